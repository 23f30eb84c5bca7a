"""Taxonomies and their terms: our closed lists, the places, and kinds of fact.

Whatever HSDS has no field for is an attribute with one of these terms.
"""

from collections.abc import Mapping
from functools import cache

from msgspec import UNSET

from .. import labels
from ..jurisdiction import WORLD
from ..language import place_name
from .facts import FACTS
from .ids import id_of
from .model_parts import Attribute, Taxonomy, TaxonomyTerm

_TAXONOMIES = {
    "kind": ("Kinds of service", "What sort of service it is; each has exactly one."),
    "need": ("Needs", "What somebody turns to it for."),
    "topic": ("Topics", "What it deals with."),
    "audience": ("Audiences", "Whom it is for."),
    "channel": ("Contact channels", "A way to reach it; the value is as published."),
    "jurisdiction": (
        "ISO 3166 and UN M49",
        "Countries and their subdivisions by ISO 3166 code; 001 is the world.",
    ),
    "fact": (
        "Safety and provenance",
        "What HSDS has no field for; the attribute's value is the fact.",
    ),
}
_WORDINGS = {
    "kind": labels.KIND,
    "need": labels.NEED,
    "topic": labels.TOPIC,
    "audience": labels.AUDIENCE,
    "channel": labels.CHANNEL,
}
_URN = "urn:iso:std:iso:3166:"


@cache
def taxonomy(code: str) -> Taxonomy:
    name, description = _TAXONOMIES[code]
    return Taxonomy(id=id_of("taxonomy", code), name=name, description=description)


TAXONOMIES = tuple(_TAXONOMIES)
CLASSES = frozenset(TAXONOMIES) - {"fact"}
"""What one files services under: as link types, the names of the taxonomies."""


@cache
def term(group: str, value: str) -> TaxonomyTerm:
    """A value of one of the closed lists, or a kind of fact."""
    if group == "fact":
        name, description = FACTS[value]
    else:
        name = _WORDINGS[group][value]
        description = f"{_TAXONOMIES[group][0]}: {name}."
    return TaxonomyTerm(
        id=id_of("taxonomy_term", group, value),
        name=name,
        description=description,
        code=f"{group}:{value}",
        taxonomy=_TAXONOMIES[group][0],
        language="en",
        taxonomy_id=taxonomy(group).id,
    )


def urn(code: str) -> str | None:
    """The name that ISO's codes have among URIs; the world has none."""
    if code == WORLD:
        return None
    return f"{_URN}{'-2' if '-' in code else '-1'}:{code}"


def place_term(code: str, names: Mapping[str, Mapping[str, str]]) -> TaxonomyTerm:
    """A jurisdiction; a subdivision has its country as parent."""
    country, _, rest = code.partition("-")
    name = place_name(code, "en", names)
    return TaxonomyTerm(
        id=id_of("taxonomy_term", "jurisdiction", code),
        name=name,
        description=f"It serves {name}.",
        code=code,
        parent_id=id_of("taxonomy_term", "jurisdiction", country) if rest else UNSET,
        taxonomy=_TAXONOMIES["jurisdiction"][0],
        language="en",
        taxonomy_id=taxonomy("jurisdiction").id,
        term_uri=urn(code) or UNSET,
    )


Linked = tuple[str, str]
"""The name of one of the standard's tables, and the id of an object in it."""


def attribute(
    of: Linked, link_type: str, holds: TaxonomyTerm, value: str = "", label: str = ""
) -> Attribute:
    """What holds of an object; `value` and `label` where the term isn't all of it."""
    entity, link_id = of
    return Attribute(
        id=id_of("attribute", link_id, holds.id, value, label),
        link_id=link_id,
        taxonomy_term_id=holds.id,
        link_entity=entity,
        taxonomy_term=holds,
        link_type=link_type,
        value=value or UNSET,
        label=label or UNSET,
    )
