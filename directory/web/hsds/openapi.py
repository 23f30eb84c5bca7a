"""The HSDS API's own description, made from the types that read and answer."""

from functools import cache
from typing import Any

import msgspec

from ... import __version__
from ...hsds import profile
from ...hsds.model import Organization, Service, ServiceAtLocation
from ...hsds.model_parts import Taxonomy, TaxonomyTerm
from ...record import Record
from ..problem import MEDIA_TYPE, Problem
from . import query
from .found import Page

_JSON = "application/json"
_REF = "#/components/schemas/{name}"
_LISTS: dict[str, tuple[type[query.Paged], type[msgspec.Struct]]] = {
    "/services": (query.Services, Service),
    "/organizations": (query.Organizations, Organization),
    "/service_at_locations": (query.ServiceAtLocations, ServiceAtLocation),
    "/taxonomies": (query.Taxonomies, Taxonomy),
    "/taxonomy_terms": (query.TaxonomyTerms, TaxonomyTerm),
}
_REQUIRED = ("/", "/services", "/services/{id}")


def document(base: str) -> bytes:
    """OpenAPI 3.1; `base` is the address of the API."""
    return msgspec.json.encode({**_document(), "servers": [{"url": base}]})


@cache
def _document() -> dict[str, Any]:
    shapes = [profile.Meta, Page, Problem, *(shape for _, shape in _LISTS.values())]
    (_, components) = msgspec.json.schema_components(shapes, ref_template=_REF)
    paths: dict[str, Any] = {"/": {"get": _operation("/", _ref("Meta"), query.Nothing)}}
    for path, (asked, shape) in _LISTS.items():
        listed = {
            "allOf": [
                _ref("Page"),
                {"properties": {"contents": {"items": _ref(shape.__name__)}}},
            ]
        }
        paths[path] = {
            "get": _operation(path, listed, asked),
            "post": _operation(path, listed, asked, verb="post"),
        }
        one = query.OneOrganization if shape is Organization else query.Nothing
        paths[f"{path}/{{id}}"] = {
            "parameters": [
                {
                    "name": "id",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "format": "uuid"},
                }
            ],
            "get": _operation(f"{path}/{{id}}", _ref(shape.__name__), one),
        }
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Handrail, HSDS",
            "version": __version__,
            "description": f"HSDS {profile.HSDS}, profile {profile.VERSION}.",
            "license": {"name": "CC BY 4.0 (data)", "identifier": "CC-BY-4.0"},
        },
        "tags": [{"name": "required"}, {"name": "optional"}],
        "paths": paths,
        "components": {"schemas": components},
    }


def _operation(
    path: str, shape: dict[str, Any], asked: type[Record], verb: str = "get"
) -> dict[str, Any]:
    answers = {"200": _answer("What was asked for.", _JSON, shape)}
    if "format" in asked.__struct_fields__:
        answers["200"]["content"]["application/x-ndjson"] = {}
    answers["400"] = _refusal("A parameter can't be understood.")
    if path.endswith("{id}") or "postcode" in asked.__struct_fields__:
        answers["404"] = _refusal("There is no such id, or no such postcode.")
    return {
        "operationId": verb + path.title().translate({ord(c): None for c in "/_{}"}),
        "tags": ["required" if verb == "get" and path in _REQUIRED else "optional"],
        "parameters": _parameters(asked),
        "responses": answers,
    }


def _parameters(asked: type[Record]) -> list[dict[str, Any]]:
    """Every field of a question, as a parameter of an address."""
    described = msgspec.json.schema(asked)["$defs"][asked.__name__]["properties"]
    found = []
    for name, field in described.items():
        schema = dict(field)
        about = schema.pop("description", "")
        found.append(
            {"name": name, "in": "query", "description": about, "schema": schema}
        )
    return found


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": _REF.format(name=name)}


def _answer(text: str, media_type: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {media_type: {"schema": shape}}}


def _refusal(text: str) -> dict[str, Any]:
    return _answer(text, MEDIA_TYPE, _ref("Problem"))
