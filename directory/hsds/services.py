"""One record as an HSDS service, whole."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from msgspec import UNSET

from .. import labels
from ..jurisdiction import Jurisdiction
from ..record import in_language
from ..resource import Published, Retired
from . import facts
from .carriers import carrier_of, language
from .channels import Way, is_email
from .ids import id_of
from .model import CostOption, Organization, Service, ServiceArea, ServiceAtLocation
from .model_parts import Attribute, Contact, Maybe, Phone, Url
from .terms import CLASSES, attribute, place_term, term, urn

T = TypeVar("T")

_LOW = "Not yet confirmed: known only from lists. Check it before you rely on it."
_PROFESSIONALS = "For professionals only."


@dataclass(frozen=True)
class World:
    """What a record needs besides itself. `since` is the day of the release."""

    places: Mapping[str, Jurisdiction]
    names: Mapping[str, Mapping[str, str]]
    since: datetime.date


def service_id(record_id: str) -> str:
    return id_of("service", record_id)


def service_of(record: Published, organization: Organization, world: World) -> Service:
    """The service with all that hangs on it."""
    own = service_id(record.id)
    ways = _ways(record, own, world)
    carriers = [carrier_of(way, organization.id) for way in ways]
    attributes = tuple(_attributes(record, own, world))
    name = next(iter(record.name.values()))
    other = in_language(record.name, "en")[0]
    emails = [way.channel.value for way in ways if is_email(way.channel)]
    sites = [
        way.link
        for way in ways
        if way.channel.type == "website" and way.link is not None
    ]
    costs = [cost for way in ways if (cost := way.cost())]
    modified = last_modified(record)
    return Service(
        id=own,
        organization_id=organization.id,
        name=name,
        alternate_name=other if other != name else UNSET,
        description=in_language(record.summary, "en")[0],
        status="active",
        url=sites[0] if sites else UNSET,
        email=emails[0] if emails else UNSET,
        application_process=in_language(record.referral, "en")[0]
        if record.referral
        else UNSET,
        fees_description=_joined(_fee(cost) for cost in costs),
        eligibility_description=_eligibility(record),
        minimum_age=_known(record.min_age),
        maximum_age=_known(record.max_age),
        assured_date=_assured(record),
        alert=_LOW if record.confidence == "low" else UNSET,
        last_modified=moment(modified),
        organization=organization,
        phones=_of(Phone, carriers),
        additional_urls=_of(Url, carriers),
        contacts=_of(Contact, carriers),
        service_at_locations=_some(
            _filed(one, attributes)
            for one in carriers
            if isinstance(one, ServiceAtLocation)
        ),
        schedules=_some(
            row
            for way in ways
            if way.entity != "service_at_location"
            for row in way.schedules
        ),
        service_areas=_some(_areas(record, own, world)),
        languages=_some(
            language(tag, "service", own, sure=sure)
            for tag, sure in _languages(ways).items()
        ),
        cost_options=_some(costs),
        attributes=attributes,
    )


def tombstone(record_id: str, why: Retired, organization: Organization) -> Service:
    """A retired record: kept in lists so that who copied it hears that it is gone."""
    own = service_id(record_id)
    said = [("record-id", record_id, "")]
    if why.successor:
        said.append(("successor", why.successor, service_id(why.successor)))
    return Service(
        id=own,
        organization_id=organization.id,
        name=f"Retired: {record_id}",
        description="This service is no longer listed.",
        status="defunct",
        alert=why.reason,
        last_modified=moment(why.on),
        organization=organization,
        attributes=tuple(
            attribute(
                ("service", own),
                facts.link_type(code),
                term("fact", code),
                value,
                label,
            )
            for code, value, label in said
        ),
    )


def last_modified(record: Published) -> datetime.date:
    """The latest day on which anybody looked at the record or at a page it stands on.
    A record says no more of when it was changed; no change comes without a look."""
    days = [check.on for check in record.verifications]
    days += [source.seen for source in record.sources]
    return max(days)


def moment(day: datetime.date) -> str:
    """The beginning of a day in UTC, to the millisecond as the standard asks."""
    return f"{day.isoformat()}T00:00:00.000Z"


def _filed(
    place: ServiceAtLocation, attributes: Iterable[Attribute]
) -> ServiceAtLocation:
    """Under what its service is filed under, so that it is found by that, too."""
    own = tuple(place.attributes or ())
    there = {one.taxonomy_term_id for one in own}
    more = tuple(
        attribute(("service_at_location", place.id), str(one.link_type), holds)
        for one in attributes
        if one.link_type in CLASSES - {"channel"}
        and (holds := one.taxonomy_term).id not in there
    )
    return msgspec.structs.replace(place, attributes=own + more)


def _ways(record: Published, own: str, world: World) -> list[Way]:
    zones = world.places[record.jurisdictions[0]].time_zones
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for channel in record.channels:
        twin = (channel.type, channel.value)
        found.append(Way(channel, record, own, seen[twin], zones, world.since))
        seen[twin] += 1
    return found


def _attributes(record: Published, own: str, world: World) -> Iterator[Attribute]:
    found: list[tuple[str, str]] = [("kind", record.kind)]
    found += [("need", need) for need in record.needs]
    found += [("topic", topic) for topic in record.topics]
    found += [("audience", audience) for audience in record.audiences]
    kinds = dict.fromkeys(channel.type for channel in record.channels)
    found += [("channel", kind) for kind in kinds]
    for group, value in found:
        yield attribute(("service", own), group, term(group, value))
    for code in record.jurisdictions:
        yield attribute(("service", own), "jurisdiction", place_term(code, world.names))
    seen = set()
    for code, value, label in facts.of_record(record):
        if (code, value, label) not in seen:
            seen.add((code, value, label))
            link = facts.link_type(code)
            yield attribute(("service", own), link, term("fact", code), value, label)


def _areas(record: Published, own: str, world: World) -> Iterator[ServiceArea]:
    for code in record.jurisdictions:
        area = id_of("service_area", own, code)
        holds = place_term(code, world.names)
        yield ServiceArea(
            id=area,
            service_id=own,
            name=holds.name,
            description=in_language(record.catchment, "en")[0]
            if record.catchment
            else UNSET,
            uri=urn(code) or UNSET,
            attributes=(attribute(("service_area", area), "jurisdiction", holds),),
        )


def _languages(ways: Iterable[Way]) -> dict[str, bool]:
    """Every language spoken on any channel, and whether some page shows it."""
    found: dict[str, bool] = {}
    for way in ways:
        sure = "languages" not in way.channel.unconfirmed
        for tag in way.languages:
            found[tag] = found.get(tag, False) or sure
    return found


def _eligibility(record: Published) -> Maybe[str]:
    parts = []
    if record.audiences:
        whom = ", ".join(labels.AUDIENCE[one] for one in record.audiences)
        parts.append(f"For: {whom}.")
    if record.professionals_only:
        parts.append(_PROFESSIONALS)
    if record.catchment:
        parts.append(in_language(record.catchment, "en")[0])
    return " ".join(parts) or UNSET


def _assured(record: Published) -> Maybe[str]:
    """The day of the last check that found what the record says."""
    days = [check.on for check in record.verifications if check.outcome == "matches"]
    return max(days).isoformat() if days else UNSET


def _fee(cost: CostOption) -> str:
    return f"{cost.option}: {cost.amount_description}."


def _joined(parts: Iterable[str]) -> Maybe[str]:
    return " ".join(parts) or UNSET


def _known(age: int | None) -> Maybe[float]:
    return UNSET if age is None else age


def _of(kind: type[T], carriers: Iterable[object]) -> Maybe[tuple[T, ...]]:
    return _some(one for one in carriers if isinstance(one, kind))


def _some(found: Iterable[T]) -> Maybe[tuple[T, ...]]:
    """A list is left out where it is empty."""
    return tuple(found) or UNSET
