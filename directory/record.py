"""What every noun shares: strictness, and text that carries its language."""

from typing import Literal

import msgspec

Text = dict[str, str]
"""Words that a record brings itself, keyed by BCP 47 tag (`und` when unknown)."""

Confidence = Literal["high", "medium", "low"]
"""How a fact was seen: on the organisation's, a government's or its network's own
page (high), on a reputable secondary page (medium), or only on a list (low)."""


class Record(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    omit_defaults=True,
):
    """Base of all nouns. A key that is left out is unknown, never false or free."""


def in_language(text: Text, lang: str) -> tuple[str, str]:
    """The wording to show a reader of `lang`, with the tag it is written in.

    Falls back to the same base language, then English, then whatever comes first.
    Raises `StopIteration` for an empty text, which the rules refuse.
    """
    base = lang.split("-", maxsplit=1)[0]
    for tag in (lang, base, *(t for t in text if t.split("-")[0] == base), "en"):
        if tag in text:
            return text[tag], tag
    tag = next(iter(text))
    return text[tag], tag
