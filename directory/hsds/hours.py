"""Opening hours as HSDS schedules: weekly rows with a fixed offset from UTC.

Only what such rows say exactly is put into them. Where the clocks are changed, a row
holds from one change to the next, for a year from the release on. Hours that speak of
holidays, dates or the sun, or whose zone isn't known, are given in words alone.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..hours import ALWAYS

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_SPAN = r"\d\d:\d\d-\d\d:\d\d"
_DAY = rf"(?:{'|'.join(_DAYS)})"
_RULE = re.compile(
    rf"(?:(?P<days>{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*) )?"
    rf"(?P<spans>{_SPAN}(?:,{_SPAN})*)"
)
_MIDNIGHT = 24 * 60
_SETTLED = 4 * 60
"""Minutes after midnight by which every change of the clocks is over."""
_AHEAD = 366

Span = tuple[int, int]
"""Minutes from midnight; the end is at most 24 hours."""
Week = dict[int, tuple[Span, ...]]


@dataclass(frozen=True)
class Row:
    """One weekly row; without an offset it holds in every zone alike."""

    days: tuple[str, ...]
    opens_at: str
    closes_at: str
    offset_hours: float
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


def rows(hours: str, zone: str | None, since: datetime.date) -> list[Row]:
    """The rows that say exactly what `hours` say; none where rows can't."""
    every_day = tuple(day[:2].upper() for day in _DAYS)
    if hours == ALWAYS:
        return [Row(every_day, "00:00Z", "23:59Z", 0)]
    week = week_of(hours)
    if week is None or zone is None:
        return []
    spells = _spells(zone, since)
    changes = len({offset for _, _, offset in spells}) > 1
    early = any(span[0] < _SETTLED for spans in week.values() for span in spans)
    if changes and early:
        return []
    days_of: dict[Span, list[str]] = {}
    for day in sorted(week):
        for span in week[day]:
            days_of.setdefault(span, []).append(every_day[day])
    return [
        Row(
            tuple(days),
            _clock(start, offset),
            _clock(min(end, _MIDNIGHT - 1), offset),
            offset.total_seconds() / 3600,
            first if changes else None,
            last if changes else None,
        )
        for first, last, offset in spells
        for (start, end), days in days_of.items()
    ]


def week_of(hours: str) -> Week | None:
    """Spans by day, Monday 0; a later rule takes the place of an earlier one. Nothing
    for what isn't days and spans alone."""
    found: dict[int, tuple[Span, ...]] = {}
    rules = hours.split(";")
    for rule in rules:
        match = _RULE.fullmatch(rule.strip())
        if match is None:
            return None
        spans = [_span(text) for text in match["spans"].split(",")]
        overnight = any(span and span[1] > _MIDNIGHT for span in spans)
        if None in spans or (overnight and len(rules) > 1):
            return None
        for day in _days(match["days"]):
            found[day] = tuple(span for span in spans if span)
    week: dict[int, list[Span]] = {}
    for day, its in found.items():
        for start, end in its:
            if end > _MIDNIGHT:
                week.setdefault(day, []).append((start, _MIDNIGHT))
                week.setdefault((day + 1) % 7, []).append((0, end - _MIDNIGHT))
            else:
                week.setdefault(day, []).append((start, end))
    return {day: tuple(sorted(spans)) for day, spans in week.items()}


def _days(text: str | None) -> Iterator[int]:
    for part in (text or "Mo-Su").split(","):
        first, _, last = part.partition("-")
        start = _DAYS.index(first)
        end = _DAYS.index(last or first)
        yield from (day % 7 for day in range(start, end + 1 + 7 * (end < start)))


def _span(text: str) -> Span | None:
    """Start and end; the end of an overnight span is beyond 24 hours."""
    hours = [int(part) for part in re.split("[-:]", text)]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if start >= _MIDNIGHT or end > _MIDNIGHT or hours[1] > 59 or hours[3] > 59:
        return None
    if start == end:
        return None
    return start, end if end > start else end + _MIDNIGHT


Spell = tuple[datetime.date, datetime.date, datetime.timedelta]


@lru_cache(maxsize=1024)
def _spells(zone: str, since: datetime.date) -> tuple[Spell, ...]:
    """First day, last day and offset, from one change of the clocks to the next."""
    place = ZoneInfo(zone)

    def offset(day: datetime.date) -> datetime.timedelta:
        noon = datetime.datetime.combine(day, datetime.time(12), place)
        return noon.utcoffset() or datetime.timedelta()

    first, found = since, []
    for ahead in range(1, _AHEAD + 1):
        day = since + datetime.timedelta(days=ahead)
        if ahead == _AHEAD or offset(day) != offset(first):
            found.append((first, day - datetime.timedelta(days=1), offset(first)))
            first = day
    return tuple(found)


def _clock(minute: int, offset: datetime.timedelta) -> str:
    """HH:MM and the offset, as the standard wants it."""
    total = round(offset.total_seconds() / 60)
    sign = "-" if total < 0 else "+"
    shift = f"{sign}{abs(total) // 60:02}:{abs(total) % 60:02}" if total else "Z"
    return f"{minute // 60:02}:{minute % 60:02}{shift}"
