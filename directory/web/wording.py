"""Hours, times and dates in the reader's words."""

import calendar
import datetime
import re
from collections.abc import Iterable

from babel.dates import format_datetime, format_time, get_day_names, get_month_names
from babel.lists import format_list

from .. import labels
from ..hours import ALWAYS, Opening
from ..language import catalogue, locale, written_date, written_partial
from ..source import Source

_DAYS = {"Mo": 0, "Tu": 1, "We": 2, "Th": 3, "Fr": 4, "Sa": 5, "Su": 6}
_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_WORDS = {
    "PH": labels.PUBLIC_HOLIDAYS,
    "SH": labels.SCHOOL_HOLIDAYS,
    "off": labels.NOT_OPEN,
    "closed": labels.NOT_OPEN,
}
_NAMED = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off|closed|[JFMASOND][a-z]{2})\b")
_DASH = re.compile(r"(?<=\S)-(?=\S)")


def hours_in_words(hours: str, lang: str) -> str:
    """`Mo-Fr 09:00-17:00; PH off` with the names of days in `lang`."""
    texts = catalogue(lang)
    if hours == ALWAYS:
        return texts.gettext(labels.DAY_AND_NIGHT)
    days = get_day_names("abbreviated", locale=locale(lang))
    months = get_month_names("abbreviated", locale=locale(lang))

    def named(match: re.Match[str]) -> str:
        word = match[0]
        if word in _DAYS:
            return str(days[_DAYS[word]])
        if word in _MONTHS:
            return str(months[_MONTHS[word]])
        return texts.gettext(_WORDS[word]) if word in _WORDS else word

    return _NAMED.sub(named, _DASH.sub("–", hours)).replace(",", ", ")


_STATES = {
    ("open", True): (labels.OPEN, labels.OPEN_UNTIL),
    ("closed", True): (labels.CLOSED, labels.OPENS_AT),
    ("open", False): (labels.PROBABLY_OPEN, labels.PROBABLY_OPEN_UNTIL),
    ("closed", False): (labels.PROBABLY_CLOSED, labels.PROBABLY_OPENS_AT),
}


def state_in_words(
    opening: Opening, at: datetime.datetime, lang: str, *, confirmed: bool
) -> str:
    """Open until, closed and opens at, or not known, at the moment `at`; only probably
    so where no page is known to show the hours."""
    texts = catalogue(lang)
    if opening.state == "unknown":
        return texts.gettext(labels.HOURS_UNKNOWN)
    plain, timed = _STATES[opening.state, confirmed]
    when = _when(opening.until, at, lang) if opening.until else None
    return texts.gettext(timed) % {"when": when} if when else texts.gettext(plain)


def _when(moment: datetime.datetime, at: datetime.datetime, lang: str) -> str | None:
    """A time today, or the day and the time within a week; the date beyond."""
    local = at.astimezone(moment.tzinfo)
    days = (moment.date() - local.date()).days
    if days == 0:
        return str(format_time(moment, "HH:mm", locale=locale(lang)))
    if days < 7:
        return str(format_datetime(moment, "EEEE HH:mm", locale=locale(lang)))
    if days < 300:
        return written_date(moment.date(), lang)
    return None


def next_midnight(
    at: datetime.datetime, zone: datetime.tzinfo | None
) -> datetime.datetime:
    """When the day changes next by the clocks of a zone: `_when` says other words."""
    tomorrow = at.astimezone(zone).date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time(), zone)


def listed(items: Iterable[str], lang: str) -> str:
    """Several things in a row, as the language writes it."""
    return str(format_list(list(items), style="standard", locale=locale(lang)))


def source_in_words(source: Source, lang: str) -> str:
    """The page's own date, if it shows one, and the day on which it was read."""
    texts = catalogue(lang)
    read = written_date(source.seen, lang)
    if source.dated is None:
        return texts.gettext(labels.READ_ON) % {"read": read}
    return texts.gettext(labels.DATED_READ_ON) % {
        "dated": written_partial(source.dated, lang),
        "read": read,
    }
