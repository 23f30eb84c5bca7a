"""One way to reach a resource, with all that may differ from its neighbours."""

from typing import Literal, get_args

from .record import Confidence, Record, Text

ChannelType = Literal[
    "phone",
    "sms",
    "whatsapp",
    "telegram",
    "signal",
    "chat",
    "email",
    "web-form",
    "website",
    "app",
    "ussd",
    "text-relay",
    "in-person",
]
CHANNEL_TYPES: tuple[str, ...] = get_args(ChannelType)

NUMBERED: frozenset[str] = frozenset({"phone", "sms", "whatsapp", "signal"})
"""Types whose value is a telephone number."""
BILLED: frozenset[str] = frozenset({"phone", "sms", "ussd"})
"""Types that a phone company can put on a bill."""
LINKED: frozenset[str] = frozenset({"chat", "web-form", "website"})
"""Types whose value is an https or http address."""
SILENT: frozenset[str] = frozenset(CHANNEL_TYPES) - {"phone", "in-person", "ussd"}
"""Types that can be used without speaking aloud."""

Cost = Literal["free", "standard", "premium"]
PoliceTold = Literal["always", "if-in-danger", "never"]
EmergencyService = Literal["police", "ambulance", "fire"]
Claim = Literal["hours", "languages", "cost"]
Unpublished = Literal["no-source", "unsafe", "under-review", "asked-not-to-be-listed"]
"""Why something is kept in its file and shown to nobody."""


class Place(Record, frozen=True):
    """Where an in-person channel is. Coordinates in degrees (WGS 84).

    `precision` is "town" when the point is the town's, not the building's. A
    confidential place carries neither address nor town nor point.
    """

    address: str | None = None
    town: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: Literal["exact", "town"] = "town"
    confidential: bool = False


class Channel(Record, frozen=True):
    """`value` stands in its publisher's own spelling: a number, an address, the name of
    an app. `sources` are addresses out of the resource's own list of sources.

    `hours` is OpenStreetMap `opening_hours` syntax in `time_zone` (IANA), or in the
    jurisdiction's zone when that is left out. `unconfirmed` names the claims that no
    cited page is known to show. `answers` says, for an emergency number, who picks up.
    `from_abroad` is what a caller in another country dials, if a source says so;
    `dialable_from` are the jurisdiction codes from which `value` works.
    `shows_on_bill` is the phone company's itemised bill, on paper or online,
    `shows_in_call_log` the list that the caller's own phone keeps.
    """

    type: ChannelType
    value: str
    sources: tuple[str, ...] = ()
    confidence: Confidence | None = None
    hours: str | None = None
    time_zone: str | None = None
    languages: tuple[str, ...] = ()
    cost: Cost | None = None
    min_age: int | None = None
    max_age: int | None = None
    anonymous: bool | None = None
    police_told: PoliceTold | None = None
    works_without_credit: bool | None = None
    shows_on_bill: bool | None = None
    shows_in_call_log: bool | None = None
    usual_wait_minutes: int | None = None
    text_relay: str | None = None
    dialable_from: tuple[str, ...] | None = None
    from_abroad: str | None = None
    answers: tuple[EmergencyService, ...] = ()
    unconfirmed: tuple[Claim, ...] = ()
    place: Place | None = None
    unpublished: Unpublished | None = None
    note: Text | None = None
