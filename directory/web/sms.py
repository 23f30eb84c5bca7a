"""A place in one text message: whom to call in danger, and somebody to talk to."""

import re

from .. import labels
from ..channel import NUMBERED
from .place_view import PlaceView
from .plain import as_of, ltr_mark
from .views import Viewer

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€")
"""GSM 7 bit (3GPP TS 23.038): these take the room of two."""
_MOST_PARTS = 3


def fits(text: str) -> bool:
    """Whether it goes into three texts, which phones show as one: 153 letters of GSM's
    own alphabet in each, or 67 of UCS-2 where a letter isn't in that."""
    if set(text) <= _GSM | _GSM_TWICE:
        return len(text) + sum(one in _GSM_TWICE for one in text) <= _MOST_PARTS * 153
    return len(text.encode("utf-16-be")) // 2 <= _MOST_PARTS * 67


def message(place: PlaceView, viewer: Viewer) -> str:
    """The most important first, as much as fits. A part that doesn't is shortened or
    left out whole: no number is cut, and none stands without its mark."""
    mark = ltr_mark(viewer.lang)
    low = viewer.say(labels.NOT_YET_CONFIRMED)
    parts: list[tuple[str, ...]] = [
        (f"{mark}{' / '.join(one.values)}: {one.label}{f' - {low}' * one.is_low}",)
        for one in place.numbers
    ] or [(place.no_number, _first_sentence(place.no_number))]
    talk = next((one.first for one in place.choices if one.need == "talk"), None)
    if talk:
        best = next((c for c in talk.channels if c.type in NUMBERED), talk.channels[0])
        line = f"{talk.kind_label}: {mark}{best.shown}"
        unsure = f" - {low}" * (talk.is_low or best.is_low)
        parts.append((f"{line} ({talk.name.text}){unsure}", f"{line}{unsure}"))
    found = place.name
    for spellings in [*parts, (as_of(viewer),)]:
        longer = (f"{found}\n{part}" for part in spellings)
        found = next(filter(fits, longer), found)
    return f"{found}\n"


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.।])\s", text, maxsplit=1)[0]
