"""Open, closed or not known, for one channel at one moment.

Hours are OpenStreetMap `opening_hours` syntax, read in the zone of the place. Public
holidays are the country's, as the opening-hours library knows them.
"""

import datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, reset_tzpath

from opening_hours import (  # type: ignore[attr-defined]  # its stubs lack the errors
    OpeningHours,
    ParserError,
    UnknownCountryError,
)
from opening_hours import State as _State

from .channel import Channel
from .jurisdiction import Jurisdiction
from .record import Record

reset_tzpath(())
"""Time zones come from the locked tzdata, never from the machine's own, older one."""

State = Literal["open", "closed", "unknown"]
ALWAYS = "24/7"


class Opening(Record, frozen=True):
    """`until` is the next change, in `zone`; none when it never changes or the state
    isn't known. `zone` is the IANA name in which the hours are meant."""

    state: State
    until: datetime.datetime | None = None
    zone: str | None = None


UNKNOWN = Opening(state="unknown")


def fault_in(hours: str) -> str | None:
    """Why `hours` isn't `opening_hours` syntax; nothing when it is."""
    try:
        OpeningHours(hours)
    except ParserError as fault:
        return str(fault).splitlines()[0]
    return None


_LONGEST_WAIT = 366
"""Days after which a change is as good as none; searching on takes long."""


@lru_cache(maxsize=4096)
def _parsed(hours: str, country: str | None) -> OpeningHours:
    try:
        return OpeningHours(hours, country=country, max_interval_days=_LONGEST_WAIT)
    except UnknownCountryError:  # its holidays are not known to the library
        return OpeningHours(hours, max_interval_days=_LONGEST_WAIT)


def opening(
    channel: Channel, place: Jurisdiction, at: datetime.datetime | None
) -> Opening:
    """The state of a channel that serves `place`, at the aware moment `at`.

    A place with several zones and a channel that names none: the state is known only
    where all the zones agree. Without a moment, as on paper, only what is always open
    is known to be so.
    """
    if channel.hours == ALWAYS:
        return Opening(state="open")
    zones = (channel.time_zone,) if channel.time_zone else place.time_zones
    if not channel.hours or not zones:
        return UNKNOWN
    if at is None:
        return Opening(state="unknown", zone=zones[0] if len(zones) == 1 else None)
    country = place.code.split("-")[0]
    found = [_in_zone(channel.hours, zone, country, at) for zone in zones]
    states = {one.state for one in found}
    if len(states) > 1:
        return UNKNOWN
    if len(found) == 1:
        return found[0]
    changes = [one.until for one in found if one.until]
    return Opening(state=found[0].state, until=min(changes, default=None))


def next_change(
    channel: Channel, place: Jurisdiction, at: datetime.datetime
) -> datetime.datetime | None:
    """The first change of a channel's hours in any zone of `place`: from then on
    `opening` may find the zones agree, or disagree, where it found otherwise at `at`.
    """
    if not channel.hours or channel.hours == ALWAYS:
        return None
    zones = (channel.time_zone,) if channel.time_zone else place.time_zones
    country = place.code.split("-")[0]
    found = (_in_zone(channel.hours, zone, country, at).until for zone in zones)
    return min((one for one in found if one), default=None)


def _in_zone(hours: str, zone: str, country: str, at: datetime.datetime) -> Opening:
    """Asked and answered in local time, so that only the locked tzdata decides."""
    parsed = _parsed(hours, country if len(country) == 2 else None)
    state, _ = parsed.state(_local(at, zone))
    return Opening(state=_NAMES[state], until=_next_change(parsed, at, zone), zone=zone)


def _local(moment: datetime.datetime, zone: str) -> datetime.datetime:
    """What the clocks on the wall show."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _next_change(
    parsed: OpeningHours, at: datetime.datetime, zone: str
) -> datetime.datetime | None:
    """The moment after `at` when the state differs, in `zone`.

    The library counts in wall time, which leaps when clocks are changed: an hour that
    doesn't exist, or comes twice, can bring the change forward or put it off.
    """
    state, _ = parsed.state(_local(at, zone))
    wall = parsed.next_change(_local(at, zone))
    for _ in range(_MOST_COMMENTS):
        if wall is None or parsed.state(wall)[0] != state:
            break
        wall = parsed.next_change(wall)  # only a comment changed
    else:
        return None
    if wall is None:
        return None
    place = ZoneInfo(zone)
    moment = wall.replace(tzinfo=place).astimezone(datetime.UTC)
    if moment <= at:
        again = wall.replace(tzinfo=place, fold=1)
        moment = again.astimezone(datetime.UTC)
    leap = _clock_change(at, moment + _LONGEST_LEAP, place)
    if leap is None or moment <= leap:
        return moment.astimezone(place)
    for minute in range(_MINUTES_AROUND):
        later = leap + datetime.timedelta(minutes=minute)
        if later > at and parsed.state(_local(later, zone))[0] != state:
            return later.astimezone(place)
    return moment.astimezone(place)


_LONGEST_LEAP = datetime.timedelta(hours=3)
_MINUTES_AROUND = 6 * 60
_MOST_COMMENTS = 100


def _clock_change(
    start: datetime.datetime, end: datetime.datetime, place: ZoneInfo
) -> datetime.datetime | None:
    """The minute between two moments at which the clocks are changed, if they are."""
    first, last = int(start.timestamp() // 60), int(end.timestamp() // 60)

    def offset(minute: int) -> datetime.timedelta | None:
        moment = datetime.datetime.fromtimestamp(minute * 60, datetime.UTC)
        return moment.astimezone(place).utcoffset()

    if offset(first) == offset(last):
        return None
    before = offset(first)
    while last - first > 1:
        middle = (first + last) // 2
        if offset(middle) == before:
            first = middle
        else:
            last = middle
    return datetime.datetime.fromtimestamp(last * 60, datetime.UTC)


_NAMES: dict[_State, State] = {
    _State.OPEN: "open",
    _State.CLOSED: "closed",
    _State.UNKNOWN: "unknown",
}
