"""Each channel becomes one HSDS object that its facts hang on.

Numbers to dial or text are phones; what has an address is a url; e-mail and what has
neither (an app's name, a WhatsApp number written for one country) is a contact; an
in-person channel whose place is known and not confidential is a service at a location.
"""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from msgspec import UNSET

from .. import dialling, labels
from ..channel import Channel
from ..hours import ALWAYS
from ..language import language_name
from ..record import in_language
from ..resource import Published
from ..search.profile import profile_of
from . import facts, hours
from .ids import id_of
from .model import CostOption, Location, Schedule, ServiceAtLocation
from .model_parts import Attribute, Contact, Language, Metadata, Phone, Url
from .terms import attribute, term

_PHONE_TYPE = {
    "phone": "voice",
    "sms": "text",
    "text-relay": "textphone",
    "ussd": None,
}
"""RFC 6350's types; it has none for codes that a mobile phone sends."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_CONFIDENTIAL = "In person; where it is, is not told"
_FIELD = {"phone": "number", "url": "url"}
_CHECKED_BY = "editor"
"""A role: who it was is nobody's business."""

Carrier = Phone | Url | Contact | ServiceAtLocation


class Way:
    """One channel of one record, on its way into HSDS."""

    def __init__(
        self, channel: Channel, record: Published, service_id: str, ordinal: int
    ) -> None:
        """`ordinal` tells twins of one type and value apart."""
        self.channel = channel
        self.record = record
        self.service_id = service_id
        self.link = _url(channel)
        self.entity = _entity(channel, self.link)
        parts = (record.id, channel.type, channel.value)
        self.id = id_of(self.entity, *parts, *([str(ordinal)] if ordinal else []))
        self.profile = profile_of(channel, record)

    @property
    def shown(self) -> str:
        """How one tells it from the others: "Phone 0800 1111"."""
        if self.channel.place and self.channel.place.confidential:
            return _CONFIDENTIAL
        return f"{labels.CHANNEL[self.channel.type]} {self.channel.value}"

    def carrier(self, organization_id: str) -> Carrier:
        attributes, metadata = tuple(self.attributes()), tuple(self.checks())
        match self.entity:
            case "phone":
                return Phone(
                    id=self.id,
                    service_id=self.service_id,
                    number=self.channel.value,
                    type=_PHONE_TYPE[self.channel.type] or UNSET,
                    description=self._description(),
                    languages=self._languages() or UNSET,
                    attributes=attributes,
                    metadata=metadata,
                )
            case "url":
                return Url(
                    id=self.id,
                    service_id=self.service_id,
                    url=self.link or "",
                    label=self.shown,
                    attributes=attributes,
                    metadata=metadata,
                )
            case "service_at_location":
                return ServiceAtLocation(
                    id=self.id,
                    service_id=self.service_id,
                    location_id=id_of("location", self.id),
                    description=self._description(),
                    schedules=self.schedules or UNSET,
                    location=self._location(organization_id),
                    attributes=attributes,
                    metadata=metadata,
                )
        email = is_email(self.channel)
        return Contact(
            id=self.id,
            service_id=self.service_id,
            name=self.shown,
            email=self.channel.value if email else UNSET,
            attributes=attributes,
            metadata=metadata,
        )

    def attributes(self) -> Iterator[Attribute]:
        hidden = self.channel.place and self.channel.place.confidential
        value = "" if hidden else self.channel.value
        yield attribute(
            (self.entity, self.id), "channel", term("channel", self.channel.type), value
        )
        for code, said, label in facts.of_channel(self.channel, self.record):
            yield attribute(
                (self.entity, self.id),
                facts.link_type(code),
                term("fact", code),
                said,
                label,
            )

    def checks(self) -> Iterator[Metadata]:
        """A check of the whole record is one of each of its numbers and addresses."""
        field = _FIELD.get(self.entity)
        if field is None:
            return
        value = self.channel.value if field == "number" else self.link or ""
        for check in self.record.verifications:
            if check.outcome == "matches" and check.channel in {
                None,
                self.channel.value,
            }:
                day = check.on.isoformat()
                yield Metadata(
                    id=id_of("metadata", self.id, field, day, check.method),
                    resource_id=self.id,
                    resource_type=self.entity,
                    last_action_date=day,
                    last_action_type=f"checked by {check.method}",
                    field_name=field,
                    previous_value=value,
                    replacement_value=value,
                    updated_by=_CHECKED_BY,
                )

    def scheduled(self, zones: tuple[str, ...], since: datetime.date) -> None:
        """Make its schedules: `zones` are those of the place that it serves."""
        self.schedules = tuple(self._schedules(zones, since))

    def _schedules(
        self, zones: tuple[str, ...], since: datetime.date
    ) -> Iterator[Schedule]:
        if not self.channel.hours:
            return
        known = (self.channel.time_zone,) if self.channel.time_zone else zones
        zone = known[0] if len(known) == 1 else None
        at_place = self.entity == "service_at_location"
        shown = "24/7" if self.channel.hours == ALWAYS else self.channel.hours
        words = f"{self.shown}: {shown}"
        if "hours" in self.channel.unconfirmed:
            words += " (not yet confirmed)"
        note = f"Local time in {zone}" if zone and self.channel.hours != ALWAYS else ""
        for number, row in enumerate(
            hours.rows(self.channel.hours, zone, since) or [None]
        ):
            own = id_of("schedule", self.id, str(number))
            yield Schedule(
                id=own,
                service_id=UNSET if at_place else self.service_id,
                service_at_location_id=self.id if at_place else UNSET,
                description=words,
                notes=note or UNSET,
                attributes=(
                    attribute(
                        ("schedule", own),
                        "channel",
                        term("fact", "applies-to-channel"),
                        self.id,
                    ),
                ),
                **_fields(row),
            )

    def cost(self) -> CostOption | None:
        if self.channel.cost is None:
            return None
        words = labels.COST[self.channel.cost]
        if "cost" in self.channel.unconfirmed:
            words += " (not yet confirmed)"
        own = id_of("cost_option", self.id)
        return CostOption(
            id=own,
            service_id=self.service_id,
            option=self.shown,
            amount=0 if self.channel.cost == "free" else UNSET,
            amount_description=words,
            attributes=(
                attribute(
                    ("cost_option", own),
                    "channel",
                    term("fact", "applies-to-channel"),
                    self.id,
                ),
            ),
        )

    def _languages(self) -> tuple[Language, ...]:
        sure = "languages" not in self.channel.unconfirmed
        return tuple(
            language(tag, "phone", self.id, sure=sure)
            for tag in dict.fromkeys(self.profile.languages)
        )

    def _description(self) -> str:
        parts = [labels.CHANNEL[self.channel.type]]
        if self.channel.note:
            parts.append(in_language(self.channel.note, "en")[0])
        if self.channel.from_abroad:
            parts.append(f"From abroad: {self.channel.from_abroad}")
        if (self.channel.confidence or self.record.confidence) == "low":
            parts.append("Not yet confirmed")
        return ". ".join(part.rstrip(".") for part in parts)

    def _location(self, organization_id: str) -> Location:
        place = self.channel.place
        assert place is not None  # noqa: S101 — only such a channel is put there
        own = id_of("location", self.id)
        parts = [place.address or self.channel.value]
        if place.town and place.town not in parts[0]:
            parts.append(place.town)
        if place.latitude is not None and place.precision == "town":
            parts.append("The point is the town's, not the building's")
        return Location(
            id=own,
            organization_id=organization_id,
            location_type="physical",
            name=self.channel.value,
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


def is_email(channel: Channel) -> bool:
    return channel.type == "email" and bool(_EMAIL.fullmatch(channel.value))


def _url(channel: Channel) -> str | None:
    """The address on the web behind a channel, if there is one."""
    link = dialling.link(channel)
    return link if link and link.startswith(("https://", "http://")) else None


def _entity(channel: Channel, link: str | None) -> str:
    if channel.type in _PHONE_TYPE and dialling.digits(channel.value):
        return "phone"
    if link:
        return "url"
    if channel.place and not channel.place.confidential:
        return "service_at_location"
    return "contact"


def _fields(row: hours.Row | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "freq": "WEEKLY",
        "byday": ",".join(row.days),
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "timezone": row.offset_hours,
        **({"valid_from": row.valid_from.isoformat()} if row.valid_from else {}),
        **({"valid_to": row.valid_to.isoformat()} if row.valid_to else {}),
    }
