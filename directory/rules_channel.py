"""Rules for one channel: its value, its hours, and the sources that prove it."""

import re
from collections.abc import Iterator
from zoneinfo import available_timezones

from . import dialling, hours
from .catalogue import Catalogue
from .channel import BILLED, LINKED, NUMBERED, Channel, Place
from .errors import Problem
from .resource import Resource
from .rules_text import outdated_terms, tag_fault, text_faults, url_fault

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_RANK = {"low": 0, "medium": 1, "high": 2}


def problems(
    file: str, place: int, channel: Channel, record: Resource, catalogue: Catalogue
) -> Iterator[Problem]:
    """Every fault of `record.channels[place]`."""
    at = f"channels[{place}]"
    yield from _value(file, at, channel, record)
    yield from _hours(file, at, channel, record, catalogue)
    yield from _proof(file, at, channel, record)
    yield from _people(file, at, channel)
    yield from _reach(file, at, channel, catalogue)
    if channel.note is not None:
        yield from text_faults(file, f"{at}.note", channel.note)
        for term in outdated_terms(channel.note):
            yield Problem(
                file,
                f"{at}.note",
                f"says “{term}”",
                "say “child sexual abuse material”",
            )


def _proof(file: str, at: str, channel: Channel, record: Resource) -> Iterator[Problem]:
    urls = {source.url for source in record.sources}
    for url in channel.sources:
        if url not in urls:
            yield Problem(
                file, f"{at}.sources", f"{url} is no source of the record", "add it"
            )
    kept_back = channel.unpublished or record.unpublished or record.retired
    if not channel.sources and not kept_back:
        yield Problem(
            file,
            f"{at}.sources",
            "is empty: nothing proves this channel",
            'add a source, or set "unpublished": "no-source"',
        )
    if channel.confidence and _RANK[channel.confidence] > _RANK[record.confidence]:
        yield Problem(
            file,
            f"{at}.confidence",
            "is higher than the record's",
            "lower it, or raise the record's",
        )
    for claim in channel.unconfirmed:
        if not getattr(channel, claim):
            yield Problem(
                file, f"{at}.unconfirmed", f"names {claim}, which isn't set", "mend it"
            )
    for trace in ("shows_on_bill", "shows_in_call_log"):
        if getattr(channel, trace) is not None and channel.type not in BILLED:
            yield Problem(
                file,
                f"{at}.{trace}",
                f"is said of {channel.type}, which makes no call",
                "leave it out: it is about phone, sms and ussd",
            )


def _people(file: str, at: str, channel: Channel) -> Iterator[Problem]:
    for tag in channel.languages:
        if fault := tag_fault(tag):
            yield Problem(
                file, f"{at}.languages", fault, "write a BCP 47 tag: sw, zh-Hans"
            )
    most = 120 if channel.max_age is None else channel.max_age
    if not 0 <= (channel.min_age or 0) <= most <= 120:
        yield Problem(
            file, f"{at}.min_age", "is no span of ages within 0 to 120", "mend the ages"
        )


def _reach(
    file: str, at: str, channel: Channel, catalogue: Catalogue
) -> Iterator[Problem]:
    for code in channel.dialable_from or ():
        if code not in catalogue.jurisdictions:
            yield Problem(
                file, f"{at}.dialable_from", f"{code} is no known place", "mend it"
            )
    if channel.from_abroad and (fault := dialling.cannot_exist(channel.from_abroad)):
        yield Problem(file, f"{at}.from_abroad", fault, "write it with its +code")
    elif channel.from_abroad and not channel.from_abroad.startswith("+"):
        yield Problem(
            file, f"{at}.from_abroad", "doesn't begin with +", "write it with its +code"
        )
    spot = channel.place
    if spot and spot.confidential and spot != Place(confidential=True):
        yield Problem(
            file,
            f"{at}.place",
            "is confidential and yet says where",
            "take out the words and the point",
        )
    if spot and (spot.latitude is None) != (spot.longitude is None):
        yield Problem(file, f"{at}.place", "has half a point", "give both coordinates")
    if spot and not (
        -90 <= (spot.latitude or 0) <= 90 and -180 <= (spot.longitude or 0) <= 180
    ):
        yield Problem(file, f"{at}.place", "lies outside the earth", "give degrees")


def _value(file: str, at: str, channel: Channel, record: Resource) -> Iterator[Problem]:
    field = f"{at}.value"
    if channel.type in NUMBERED | {"ussd"}:
        country = (record.jurisdictions or ("001",))[0].split("-")[0]
        if fault := dialling.cannot_exist(channel.value):
            yield Problem(file, field, fault, "write it as its publisher does")
        elif len(country) == 2 and dialling.is_doubtful(channel.value, country):
            yield Problem(
                file,
                field,
                f"isn't in {country}'s numbering plan as known here",
                "look at the source again",
                "warning",
            )
    elif channel.type in LINKED:
        if fault := url_fault(channel.value):
            yield Problem(file, field, fault, "write it with https://")
    elif channel.type == "email" and not _EMAIL.fullmatch(channel.value):
        yield Problem(file, field, "is no e-mail address", "write name@host")
    elif not channel.value.strip():
        yield Problem(file, field, "is empty", "write the name of the app or place")


def _hours(
    file: str, at: str, channel: Channel, record: Resource, catalogue: Catalogue
) -> Iterator[Problem]:
    if channel.time_zone and channel.time_zone not in available_timezones():
        yield Problem(
            file,
            f"{at}.time_zone",
            f"{channel.time_zone} is no IANA zone",
            "write one such as Africa/Nairobi",
        )
    if channel.hours is None:
        return
    if fault := hours.fault_in(channel.hours):
        yield Problem(
            file,
            f"{at}.hours",
            f"is not opening_hours syntax ({fault})",
            'write it like "Mo-Fr 09:00-17:00; PH off"',
        )
    zones = {
        zone
        for code in record.jurisdictions
        if code in catalogue.jurisdictions
        for zone in catalogue.jurisdictions[code].time_zones
    }
    if channel.hours != hours.ALWAYS and not channel.time_zone and len(zones) != 1:
        yield Problem(
            file,
            f"{at}.time_zone",
            f"is left out, and the place has {len(zones)} zones",
            "name the zone in which the hours are meant, if a source says so",
            "warning",
        )
