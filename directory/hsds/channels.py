"""Each channel becomes one HSDS object that its facts hang on.

Numbers to dial or text are phones; what has an address is a url; e-mail and what has
neither (an app's name, a WhatsApp number written for one country) is a contact; an
in-person channel whose place is known and not confidential is a service at a location.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from msgspec import UNSET

from .. import dialling, labels
from ..channel import Channel
from ..hours import ALWAYS
from ..resource import Published
from ..search.profile import profile_of
from . import facts, hours
from .ids import id_of
from .model import CostOption, Schedule
from .model_parts import Attribute, Metadata
from .terms import attribute, term

PHONE_TYPE = {
    "phone": "voice",
    "sms": "text",
    "text-relay": "textphone",
    "ussd": None,
}
"""RFC 6350's types; it has none for codes that a mobile phone sends."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_CONFIDENTIAL = "In person; where it is, is not told"
_CHECKED_BY = "editor"
"""A role: who it was is nobody's business."""


@dataclass(frozen=True)
class Way:
    """One channel of one record, on its way into HSDS.

    `ordinal` tells twins of one type and value apart; `zones` are those of the place
    that it serves, `since` is the day of the release.
    """

    channel: Channel
    record: Published
    service_id: str
    ordinal: int
    zones: tuple[str, ...]
    since: datetime.date

    @cached_property
    def link(self) -> str | None:
        """The address on the web behind it, if there is one."""
        link = dialling.link(self.channel)
        return link if link and link.startswith(("https://", "http://")) else None

    @cached_property
    def entity(self) -> str:
        """The name of the standard's table that it stands in."""
        if self.channel.type in PHONE_TYPE and dialling.digits(self.channel.value):
            return "phone"
        if self.link:
            return "url"
        if self.channel.place and not self.channel.place.confidential:
            return "service_at_location"
        return "contact"

    @cached_property
    def id(self) -> str:
        twin = [str(self.ordinal)] if self.ordinal else []
        parts = (self.record.id, self.channel.type, self.channel.value, *twin)
        return id_of(self.entity, *parts)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Its own, or those of the record where it doesn't say."""
        return tuple(dict.fromkeys(profile_of(self.channel, self.record).languages))

    @property
    def is_hidden(self) -> bool:
        """Whether its value might tell where a confidential place is."""
        place = self.channel.place
        return bool(place and place.confidential and self.channel.type == "in-person")

    @property
    def shown(self) -> str:
        """How one tells it from the others: "Phone 0800 1111"."""
        if self.is_hidden:
            return _CONFIDENTIAL
        return f"{labels.CHANNEL[self.channel.type]} {self.channel.value}"

    def attributes(self) -> Iterator[Attribute]:
        value = "" if self.is_hidden else self.channel.value
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
        if self.entity == "phone":
            field, value = "number", self.channel.value
        elif self.entity == "url" and self.link:
            field, value = "url", self.link
        elif is_email(self.channel):
            field, value = "email", self.channel.value
        else:
            return
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

    @cached_property
    def schedules(self) -> tuple[Schedule, ...]:
        return tuple(self._schedules())

    def _schedules(self) -> Iterator[Schedule]:
        if not self.channel.hours:
            return
        known = (self.channel.time_zone,) if self.channel.time_zone else self.zones
        zone = known[0] if len(known) == 1 else None
        at_place = self.entity == "service_at_location"
        words = f"{self.shown}: {self.channel.hours}"
        if "hours" in self.channel.unconfirmed:
            words += " (not yet confirmed)"
        note = f"Local time in {zone}" if zone and self.channel.hours != ALWAYS else ""
        for number, row in enumerate(
            hours.rows(self.channel.hours, zone, self.since) or [None]
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


def is_email(channel: Channel) -> bool:
    return channel.type == "email" and bool(_EMAIL.fullmatch(channel.value))


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
