"""Where a list of answers goes on. A cursor holds for one release and one question."""

import base64
import binascii
import datetime
import zlib

import msgspec

from ..errors import BadQuery
from .question import Question

_AGAIN = BadQuery(
    "cursor",
    "doesn't belong to this question and release",
    "leave it out to start from the first page",
)
_LAST_MINUTE = 100_000_000
"""In the year 2160, so that every minute of a cursor is a date."""


class Cursor(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """`offset` records were given already, by `reading` of the words, as of `minute`
    (minutes since 1970): open and closed are kept as they were on the first page."""

    release: str
    sequence: int
    question: int
    reading: int
    minute: int
    offset: int


def fingerprint(question: Question) -> int:
    """A number that is the same for the same question, whatever page of it."""
    same = msgspec.structs.replace(question, cursor="", fields="", lang="", limit=20)
    return zlib.crc32(repr(same).encode("utf-8", "backslashreplace"))


def written(cursor: Cursor) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def read(text: str, question: Question, release: str, sequence: int) -> Cursor:
    """Raises `BadQuery` for what this release didn't write for this question."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        cursor = msgspec.json.decode(raw, type=Cursor)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise _AGAIN from None
    if (
        cursor.release != release[:16]
        or cursor.sequence != sequence
        or cursor.question != fingerprint(question)
        or not 0 <= cursor.reading <= 2
        or not 0 < cursor.offset <= 10_000_000
        or not 0 <= cursor.minute < _LAST_MINUTE
        or written(cursor) != text
    ):
        raise _AGAIN
    return cursor


def minute_of(at: datetime.datetime) -> int:
    return int(at.timestamp() // 60)


def moment_of(minute: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(minute * 60, datetime.UTC)
