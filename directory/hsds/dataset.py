"""A whole release in HSDS: made once, kept as encoded bytes."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec
from msgspec import UNSET

from ..release.reader import Release
from .model import Service, brief
from .model_parts import Attribute, Maybe, TaxonomyTerm
from .organizations import UNKNOWN, full, key_of, organizations_of
from .services import World, service_of, tombstone
from .terms import TAXONOMIES, place_term, taxonomy

_encode = msgspec.json.encode


@dataclass(frozen=True, kw_only=True)
class Item:
    """An object as lists, trees and filters need it.

    `brief` is what a list shows, `whole` the tree. `terms` and `taxonomies` are those
    that the object itself is filed under; `services` the ids of services that it has or
    is of; `codes` the jurisdictions it serves.
    """

    id: str
    brief: bytes
    whole: bytes
    text: str = ""
    minimal: bytes = b""
    terms: frozenset[str] = frozenset()
    taxonomies: frozenset[str] = frozenset()
    organization: str = ""
    services: tuple[str, ...] = ()
    parent: str = ""
    modified: datetime.datetime | None = None
    point: tuple[float, float] | None = None
    codes: tuple[str, ...] = ()


Items = Mapping[str, Item]
"""By id, in the order in which they are listed."""


@dataclass(frozen=True)
class Dataset:
    """Services stand in the order of the release, retired ones after all others."""

    services: Items
    organizations: Items
    service_at_locations: Items
    taxonomies: Items
    taxonomy_terms: Items

    @cached_property
    def at(self) -> tuple[str, ...]:
        """The id of the service at each position of the release."""
        return tuple(self.services)

    def with_services(self, organization: Item) -> bytes:
        """The organization's tree with its services' trees in it."""
        trees = (self.services[one].whole for one in organization.services)
        return _joined(organization.minimal, "services", trees)


def trees(release: Release) -> Iterator[Service]:
    """Every service whole, one after the other."""
    records = list(release.resources())
    world = World(
        release.jurisdictions,
        release.subdivision_names,
        release.manifest.built_at.date(),
    )
    organizations = organizations_of(records, release.subdivision_names)
    for record in records:
        yield service_of(record, organizations[key_of(record)], world)
    for record_id, why in release.retired().items():
        yield tombstone(record_id, why, organizations[UNKNOWN])


def dataset_of(release: Release) -> Dataset:
    services: dict[str, Item] = {}
    places: dict[str, Item] = {}
    of_organization: dict[str, list[Service]] = {}
    terms: dict[str, TaxonomyTerm] = {}
    for service in trees(release):
        services[service.id] = _service(service)
        places.update((one.id, one) for one in _places(service))
        of_organization.setdefault(str(service.organization_id), []).append(service)
        terms.update((one.id, one) for one in terms_in(service))
    organizations = (_organization(found) for found in of_organization.values())
    listed = with_countries(terms.values(), release)
    return Dataset(
        services=services,
        organizations={one.id: one for one in organizations if one},
        service_at_locations=places,
        taxonomies={one.id: one for one in _taxonomies()},
        taxonomy_terms={one.id: _term(one) for one in listed},
    )


def terms_in(service: Service) -> Iterator[TaxonomyTerm]:
    """Every term that an attribute anywhere in a tree has."""
    for one in attributes_in(service):
        yield one.taxonomy_term


def attributes_in(part: object) -> Iterator[Attribute]:
    """Every attribute of an object and of all in it."""
    if isinstance(part, Attribute):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from attributes_in(one)
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from attributes_in(getattr(part, name))


def with_countries(
    terms: Iterable[TaxonomyTerm], release: Release
) -> list[TaxonomyTerm]:
    """Terms by taxonomy and code, and with every subdivision the country it is in."""
    found = {one.id: one for one in terms}
    for one in list(found.values()):
        if one.parent_id and one.parent_id not in found:
            country = place_term(
                str(one.code).partition("-")[0], release.subdivision_names
            )
            found[country.id] = country
    order = [taxonomy(code).id for code in TAXONOMIES]
    return sorted(
        found.values(), key=lambda one: (order.index(str(one.taxonomy_id)), one.code)
    )


def _service(service: Service) -> Item:
    return Item(
        id=service.id,
        brief=_encode(brief(service)),
        whole=_encode(service),
        minimal=_encode(
            Service(
                id=service.id,
                name=service.name,
                status=service.status,
                last_modified=service.last_modified,
            )
        ),
        terms=_terms(service.attributes),
        taxonomies=_taxonomies_of(service.attributes),
        organization=str(service.organization_id),
        services=(service.id,),
        modified=_when(service),
    )


def _when(service: Service) -> datetime.datetime:
    return datetime.datetime.fromisoformat(str(service.last_modified))


def _organization(services: list[Service]) -> Item | None:
    basic = services[0].organization
    if not basic:
        return None
    tree = full(basic, services)
    frame = _encode(tree)
    simple = (
        _encode(msgspec.structs.replace(brief(one), organization=UNSET))
        for one in services
    )
    return Item(
        id=basic.id,
        brief=_encode(basic),
        whole=_joined(frame, "services", simple),
        minimal=frame,
        terms=_terms(tree.attributes),
        taxonomies=_taxonomies_of(tree.attributes),
        services=tuple(one.id for one in services),
    )


def _places(service: Service) -> Iterator[Item]:
    inner = msgspec.structs.replace(service, service_at_locations=UNSET)
    for place in service.service_at_locations or ():
        tree = msgspec.structs.replace(place, service=inner)
        spot = place.location
        yield Item(
            id=place.id,
            brief=_encode(brief(tree)),
            whole=_encode(tree),
            terms=_terms(place.attributes),
            taxonomies=_taxonomies_of(place.attributes),
            organization=str(service.organization_id),
            services=(service.id,),
            modified=_when(service),
            point=(spot.latitude, spot.longitude)
            if spot and spot.latitude is not UNSET and spot.longitude is not UNSET
            else None,
            codes=tuple(
                str(one.taxonomy_term.code)
                for one in service.attributes or ()
                if one.link_type == "jurisdiction"
            ),
        )


def _taxonomies() -> Iterator[Item]:
    for code in TAXONOMIES:
        one = taxonomy(code)
        raw = _encode(one)
        yield Item(
            id=one.id, brief=raw, whole=raw, text=f"{one.name} {one.description}"
        )


def _term(term: TaxonomyTerm) -> Item:
    group = next(code for code in TAXONOMIES if taxonomy(code).id == term.taxonomy_id)
    raw = _encode(msgspec.structs.replace(term, taxonomy_detail=taxonomy(group)))
    return Item(
        id=term.id,
        brief=raw,
        whole=raw,
        text=f"{term.name} {term.description} {term.code}",
        taxonomies=frozenset({str(term.taxonomy_id)}),
        parent=term.parent_id or "",
    )


def _terms(attributes: Maybe[tuple[Attribute, ...]]) -> frozenset[str]:
    return frozenset(one.taxonomy_term_id for one in attributes or ())


def _taxonomies_of(attributes: Maybe[tuple[Attribute, ...]]) -> frozenset[str]:
    return frozenset(str(one.taxonomy_term.taxonomy_id) for one in attributes or ())


def _joined(frame: bytes, name: str, parts: Iterable[bytes]) -> bytes:
    """An encoded object with one more list of encoded objects at its end."""
    return b'%b,"%b":[%b]}' % (frame[:-1], name.encode(), b",".join(parts))
