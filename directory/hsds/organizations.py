"""Organizations, gathered from the records that name them."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import UNSET

from ..language import place_name
from ..resource import Published
from .ids import id_of
from .model import Location, Organization, Service
from .model_parts import TaxonomyTerm
from .terms import CLASSES, attribute

Key = tuple[str, str]
"""Name and country: ministries of two countries may well be named alike."""

UNKNOWN: Key = ("", "")
_MOST_NAMED = 5


def key_of(record: Published) -> Key:
    """What tells the organization from others; `UNKNOWN` where none is named."""
    if not record.organization:
        return UNKNOWN
    return record.organization, record.jurisdictions[0].split("-")[0]


def organizations_of(
    records: Iterable[Published], names: Mapping[str, Mapping[str, str]]
) -> dict[Key, Organization]:
    """Each organization by its key, as a list shows it. The records say nothing of it
    but what it runs, so that is its description."""
    runs: dict[Key, list[str]] = {UNKNOWN: []}
    for record in records:
        runs.setdefault(key_of(record), []).append(next(iter(record.name.values())))
    found = {}
    for key, services in runs.items():
        name, country = key
        if key == UNKNOWN:
            name = "Organization not known"
            description = "Who runs these services is not said in the directory."
        else:
            named = "; ".join(services[:_MOST_NAMED])
            more = "; and others" if len(services) > _MOST_NAMED else ""
            place = place_name(country, "en", names)
            description = f"Runs, by the directory ({place}): {named}{more}."
        own = id_of("organization", *key) if key != UNKNOWN else id_of("organization")
        found[key] = Organization(id=own, name=name, description=description)
    return found


def full(basic: Organization, services: Sequence[Service]) -> Organization:
    """The organization with its locations, and what its services are filed under."""
    terms: dict[str, tuple[str, TaxonomyTerm]] = {}
    locations: list[Location] = []
    for service in services:
        for one in service.attributes or ():
            if one.link_type in CLASSES:
                terms[one.taxonomy_term_id] = str(one.link_type), one.taxonomy_term
        for at in service.service_at_locations or ():
            locations.extend([at.location] if at.location else [])
    return Organization(
        id=basic.id,
        name=basic.name,
        description=basic.description,
        locations=tuple(locations) or UNSET,
        attributes=tuple(
            attribute(("organization", basic.id), link_type, term)
            for link_type, term in terms.values()
        )
        or UNSET,
    )
