"""Our HSDS profile: what this data promises beyond the standard, in its own form.

A profile is a set of JSON Merge Patches (RFC 7386), one for each schema that it makes
narrower. Ours adds no field: what HSDS has none for is an attribute.
"""

from functools import cache
from typing import Any

import msgspec
from msgspec import UNSET

from .. import ROOT
from .facts import FACTS
from .ids import NAMESPACE
from .model import Organization, Service, ServiceAtLocation
from .model_parts import Maybe, Taxonomy, TaxonomyTerm

VERSION = "1.0.0"
HSDS = "3.2.3"
_SHAPES: dict[str, type[msgspec.Struct]] = {
    "service.json": Service,
    "organization.json": Organization,
    "service_at_location.json": ServiceAtLocation,
    "taxonomy.json": Taxonomy,
    "taxonomy_term.json": TaxonomyTerm,
}
_ABOUT = (
    "Help lines, reporting channels and support for people touched by sexual abuse of "
    "children. Numbers stand in their publisher's own spelling, every fact has its "
    "source, and what is not known is left out. Places that are confidential have no "
    "location."
)
_READ_ONLY = {
    "page": {"schema": {"minimum": 1}},
    "per_page": {"schema": {"minimum": 1, "maximum": 1000}},
    "search": {"schema": {"maxLength": 300}},
    "format": {"schema": {"enum": ["json", "ndjson"]}},
    "taxonomy_term_id": {"schema": {"format": "uuid"}},
    "taxonomy_id": {"schema": {"format": "uuid"}},
    "organization_id": {"schema": {"format": "uuid"}},
}


class Publisher(msgspec.Struct, frozen=True):
    name: str
    website: str


class Meta(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the root of the API says of itself."""

    version: str
    profile: str
    openapi_url: str
    description: str
    data_guide: str
    publisher: Maybe[Publisher] = UNSET


def meta(base: str) -> Meta:
    """`base` is the address of the API, without a slash at its end."""
    return Meta(
        version=HSDS,
        profile=f"{base}/profile",
        openapi_url=f"{base}/openapi.json",
        description=_ABOUT,
        data_guide=f"{base}/guide.md",
        publisher=Publisher(name="Handrail", website=base.removesuffix("/hsds") + "/"),
    )


def index(base: str) -> dict[str, Any]:
    """What the profile consists of, and how to read what HSDS has no field for."""
    root = f"{base}/profile"
    return {
        "name": "Handrail",
        "version": VERSION,
        "hsds": HSDS,
        "uri": root,
        "description": _ABOUT,
        "data_guide": f"{base}/guide.md",
        "patches": [f"{root}/profile/{name}" for name in patches()],
        "schemas": [f"{root}/schema/{name}" for name in schemas()],
        "id_namespace": str(NAMESPACE),
        "facts": {
            f"fact:{code}": {"name": name, "value": meaning}
            for code, (name, meaning) in FACTS.items()
        },
    }


@cache
def patches() -> dict[str, dict[str, Any]]:
    """The merge patches by the name of the schema that they change."""
    return {
        "service.json": {
            "properties": {"status": {"enum": ["active", "defunct"]}},
            "required": ["id", "name", "status", "last_modified"],
        },
        "phone.json": {
            "properties": {"type": {"enum": ["voice", "text", "textphone"]}},
        },
        "attribute.json": {
            "required": [
                "id",
                "link_id",
                "link_entity",
                "taxonomy_term_id",
                "taxonomy_term",
            ],
        },
        "taxonomy_term.json": {
            "required": ["id", "name", "description", "code", "taxonomy_id"],
        },
        "location.json": {
            "properties": {"location_type": {"enum": ["physical"]}},
        },
        "openapi.json": {
            "info": {"title": "Handrail", "version": VERSION},
            "components": {"parameters": _READ_ONLY},
        },
    }


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """The whole shape of each object as it is given here, nothing else beside it."""
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **msgspec.json.schema(shape),
        }
        for name, shape in _SHAPES.items()
    }


@cache
def guide() -> bytes:
    return (ROOT / "docs" / "hsds.md").read_bytes()
