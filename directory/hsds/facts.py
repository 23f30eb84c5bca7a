"""Facts that HSDS has no field for, and how each is written as an attribute's value."""

from collections.abc import Iterator

from ..channel import Channel
from ..resource import Published
from ..verification import Verification

FACTS = {
    "record-id": ("Record id", "The id under which /api/v1/resources has the record."),
    "name": ("Name in a language", "The label is its BCP 47 tag."),
    "summary": ("Summary in a language", "The label is its BCP 47 tag."),
    "catchment": ("Catchment in a language", "The label is its BCP 47 tag."),
    "referral": ("Referral in a language", "The label is its BCP 47 tag."),
    "note": ("Note in a language", "The label is its BCP 47 tag."),
    "confidence": (
        "Confidence",
        "high: from an own or official page; medium: from another; low: unconfirmed.",
    ),
    "source": ("Source", "A page that says so; the label tells whose, and its dates."),
    "verified": ("Verified", "The day of a check; the label is method and outcome."),
    "anonymous": ("Anonymous", "true: no name is needed; false: one is asked for."),
    "professionals-only": ("Professionals only", "true: others are turned away."),
    "min-age": ("Least age", "In whole years, included."),
    "max-age": ("Greatest age", "In whole years, included."),
    "min-age-in-image": (
        "Least age in the picture",
        "How old one must have been in it, for help to take it down.",
    ),
    "max-age-in-image": (
        "Greatest age in the picture",
        "How old one may have been in it, for help to take it down.",
    ),
    "shares-number-with": ("Shares its number with", "Ids of other records."),
    "successor": ("Successor", "The record to use instead; the label is its HSDS id."),
    "applies-to-channel": (
        "Applies to channel",
        "The id of the one phone, url, contact or service_at_location that it is of.",
    ),
    "opening-hours": ("Opening hours", "OpenStreetMap opening_hours syntax."),
    "iana-timezone": ("Time zone", "The IANA name of the zone the hours are meant in."),
    "languages": ("Languages", "BCP 47 tags between commas."),
    "cost": ("Cost", "free, standard (as any call) or premium."),
    "unconfirmed": ("Unconfirmed", "Claims that no cited page is known to show."),
    "police-told": ("Police told", "always, if-in-danger or never."),
    "works-without-credit": ("Works without credit", "true or false."),
    "shows-on-bill": ("Shows on the bill", "true or false."),
    "shows-in-call-log": ("Shows in the call log", "true or false."),
    "usual-wait-minutes": ("Usual wait", "In minutes, as the service says."),
    "text-relay": ("Text relay", "Number or name of the relay for deaf people."),
    "dialable-from": ("Dialable from", "Jurisdictions from which the number works."),
    "from-abroad": ("From abroad", "What a caller in another country dials."),
    "answers": ("Who answers", "Of an emergency number: police, ambulance, fire."),
    "precision": ("Precision of the point", "exact, or town: the point is the town's."),
    "confidential-place": ("Confidential place", "true: where it is, is not told."),
}
"""Code, name and what the value means, of every kind of fact."""

_OF_RECORD = (
    "confidence",
    "anonymous",
    "professionals_only",
    "min_age_in_image",
    "max_age_in_image",
    "shares_number_with",
)
_OF_CHANNEL = (
    "confidence",
    "languages",
    "cost",
    "unconfirmed",
    "min_age",
    "max_age",
    "anonymous",
    "police_told",
    "works_without_credit",
    "shows_on_bill",
    "shows_in_call_log",
    "usual_wait_minutes",
    "text_relay",
    "dialable_from",
    "from_abroad",
    "answers",
)
SAFETY = frozenset(
    {
        "anonymous",
        "police-told",
        "works-without-credit",
        "shows-on-bill",
        "shows-in-call-log",
        "confidential-place",
    }
)
PROVENANCE = frozenset({"confidence", "source", "verified", "unconfirmed", "record-id"})

Fact = tuple[str, str, str]
"""Code, value, label."""


def link_type(code: str) -> str:
    if code in SAFETY:
        return "safety"
    return "provenance" if code in PROVENANCE else "fact"


def of_record(record: Published) -> Iterator[Fact]:
    """What is said of the whole service and has no field in HSDS."""
    yield "record-id", record.id, ""
    yield from _plain(record, _OF_RECORD)
    for name in ("name", "summary", "catchment", "referral"):
        for tag, wording in (getattr(record, name) or {}).items():
            yield name, wording, tag
    for source in record.sources:
        dated = f"dated {source.dated}, " if source.dated else ""
        yield (
            "source",
            source.url,
            f"{source.publisher}: {source.title} ({dated}read on {source.seen})",
        )
    for check in record.verifications:
        if check.channel is None:
            yield "verified", *_check(check)


def of_channel(channel: Channel, record: Published) -> Iterator[Fact]:
    """What is said of one way to reach it."""
    yield from _plain(channel, _OF_CHANNEL)
    if channel.hours:
        yield "opening-hours", channel.hours, ""
    if channel.time_zone:
        yield "iana-timezone", channel.time_zone, ""
    for tag, wording in (channel.note or {}).items():
        yield "note", wording, tag
    for url in channel.sources:
        yield "source", url, ""
    for check in record.verifications:
        if check.channel == channel.value:
            yield "verified", *_check(check)
    if channel.place and channel.place.confidential:
        yield "confidential-place", "true", ""
    elif channel.place and channel.place.latitude is not None:
        yield "precision", channel.place.precision, ""


def _check(check: Verification) -> tuple[str, str]:
    return check.on.isoformat(), f"{check.method}: {check.outcome}"


def _plain(said: Channel | Published, names: tuple[str, ...]) -> Iterator[Fact]:
    for name in names:
        value = getattr(said, name)
        if value is None or value == () or (name == "professionals_only" and not value):
            continue
        yield name.replace("_", "-"), _written(value), ""


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ",".join(value)
    return str(value)
