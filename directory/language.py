"""The languages that Handrail itself speaks, and the names of things in each.

Names of countries and languages are CLDR's (through Babel); those of subdivisions are
CLDR's too, kept in `resources/subdivisions.json` because Babel doesn't carry them.
"""

import datetime
import gettext
import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from . import ROOT
from .jurisdiction import WORLD
from .record import Record

DEFAULT = "en"
_WRITTEN = {"en": "en_001"}
"""Dates in English as the world writes them: 21 November 2026."""
_RANGE = re.compile(
    r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?"
)


class Translation(Record, frozen=True):
    """How far a language's wording can be trusted: the original, made by a machine, or
    read and approved by speakers (whose names or initials `reviewed_by` holds)."""

    state: Literal["source", "machine", "reviewed"]
    reviewed_by: tuple[str, ...] = ()
    reviewed_on: datetime.date | None = None


@cache
def served() -> dict[str, Translation]:
    """Every language that the pages are served in, in the order they are offered."""
    raw = (ROOT / "i18n" / "languages.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, Translation])


@cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """The compiled texts of a served language; English needs none.

    Raises `FileNotFoundError` when they are not compiled yet (`make i18n`).
    """
    if lang == DEFAULT:
        return gettext.NullTranslations()
    return gettext.translation("messages", ROOT / "i18n", [lang])


def negotiate(accept: str | None) -> str:
    """The served language that an Accept-Language header likes best, else English."""
    wanted = [
        (float(match[2] or 1), -place, match[1].lower())
        for place, part in enumerate((accept or "")[:500].split(","))
        if (match := _RANGE.fullmatch(part.strip()))
    ]
    for weight, _, tag in sorted(wanted, reverse=True):
        if weight and tag.split("-")[0] in served():
            return tag.split("-")[0]
    return DEFAULT


@cache
def locale(lang: str) -> Locale:
    return Locale.parse(lang, sep="-")


def direction(tag: str) -> str:
    """ "ltr" or "rtl", by the script in which a language is usually written."""
    try:
        return str(locale(tag).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


@cache
def language_name(tag: str, lang: str) -> str:
    """A language's name in `lang`; the bare tag where CLDR has none."""
    try:
        named = locale(tag)
    except (UnknownLocaleError, ValueError):
        named = None
    name = named.get_display_name(lang) if named else None
    return name or locale(lang).languages.get(tag.split("-", maxsplit=1)[0], tag)


def place_name(
    code: str, lang: str, subdivisions: Mapping[str, Mapping[str, str]]
) -> str:
    """A jurisdiction's name in `lang`, in English where CLDR has no other."""
    if code == WORLD or len(code) == 2:
        return str(locale(lang).territories.get(code, code))
    names = subdivisions.get(code, {})
    return names.get(lang) or names.get("en") or names.get("und") or code


def written_date(day: datetime.date, lang: str) -> str:
    """21 November 2026, in the words of `lang`."""
    return format_date(day, "long", locale=_WRITTEN.get(lang, lang))


def written_partial(dated: str, lang: str) -> str:
    """`2023`, `2023-03` or `2023-03-14` in words, as precise as it is."""
    parts = [int(part) for part in dated.split("-")]
    if len(parts) == 3:
        return written_date(datetime.date(*parts), lang)
    if len(parts) == 2:
        day = datetime.date(parts[0], parts[1], 1)
        return str(format_skeleton("yMMMM", day, locale=_WRITTEN.get(lang, lang)))
    return str(parts[0])
