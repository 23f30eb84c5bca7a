"""The one HSDS object that each channel becomes."""

from msgspec import UNSET

from .. import labels
from ..language import language_name
from ..record import in_language
from .channels import PHONE_TYPE, Way, is_email
from .ids import id_of
from .model import Location, ServiceAtLocation
from .model_parts import Contact, Language, Phone, Url

Carrier = Phone | Url | Contact | ServiceAtLocation


def carrier_of(way: Way, organization_id: str) -> Carrier:
    """Whichever its kind of channel is in HSDS, with the facts about it."""
    attributes, metadata = tuple(way.attributes()), tuple(way.checks()) or UNSET
    match way.entity:
        case "phone":
            return Phone(
                id=way.id,
                service_id=way.service_id,
                number=way.channel.value,
                type=PHONE_TYPE[way.channel.type] or UNSET,
                description=_description(way),
                languages=_languages(way) or UNSET,
                attributes=attributes,
                metadata=metadata,
            )
        case "url":
            return Url(
                id=way.id,
                service_id=way.service_id,
                url=way.link or "",
                label=way.shown,
                attributes=attributes,
                metadata=metadata,
            )
        case "service_at_location":
            return ServiceAtLocation(
                id=way.id,
                service_id=way.service_id,
                location_id=id_of("location", way.id),
                description=_description(way),
                schedules=way.schedules or UNSET,
                location=_location(way, organization_id),
                attributes=attributes,
                metadata=metadata,
            )
    return Contact(
        id=way.id,
        service_id=way.service_id,
        name=way.shown,
        email=way.channel.value if is_email(way.channel) else UNSET,
        attributes=attributes,
        metadata=metadata,
    )


def _languages(way: Way) -> tuple[Language, ...]:
    sure = "languages" not in way.channel.unconfirmed
    return tuple(language(tag, "phone", way.id, sure=sure) for tag in way.languages)


def _description(way: Way) -> str:
    parts = [labels.CHANNEL[way.channel.type]]
    if way.channel.note:
        parts.append(in_language(way.channel.note, "en")[0])
    if way.channel.from_abroad:
        parts.append(f"From abroad: {way.channel.from_abroad}")
    if (way.channel.confidence or way.record.confidence) == "low":
        parts.append("Not yet confirmed")
    return ". ".join(part.rstrip(".") for part in parts)


def _location(way: Way, organization_id: str) -> Location:
    place = way.channel.place
    assert place is not None  # noqa: S101 — only such a channel is put there
    own = id_of("location", way.id)
    parts = [place.address or way.channel.value]
    if place.town and place.town not in parts[0]:
        parts.append(place.town)
    if place.latitude is not None and place.precision == "town":
        parts.append("The point is the town's, not the building's")
    return Location(
        id=own,
        organization_id=organization_id,
        location_type="physical",
        name=way.channel.value,
        description=". ".join(parts),
        latitude=UNSET if place.latitude is None else place.latitude,
        longitude=UNSET if place.longitude is None else place.longitude,
    )


def language(tag: str, entity: str, link_id: str, *, sure: bool) -> Language:
    """ISO 639 has no scripts and regions: a tag with one stands whole in the note."""
    code, _, more = tag.partition("-")
    notes = [f"BCP 47: {tag}"] if more else []
    if not sure:
        notes.append("Not yet confirmed")
    return Language(
        id=id_of("language", link_id, tag),
        service_id=link_id if entity == "service" else UNSET,
        phone_id=link_id if entity == "phone" else UNSET,
        name=language_name(tag, "en"),
        code=code,
        note="; ".join(notes) or UNSET,
    )
