"""A record as a copy of it may be shown: with what, and until when."""

import datetime

import msgspec

from .record import Record
from .resource import Published, check_every_days
from .verification import shown_until

TOGETHER = ("name", "channels.value", "display.as_of")
"""No copy shows a way to reach somebody without whose it is and as of which day."""


class Display(Record, frozen=True):
    """`together` are the fields that are shown together or not at all; with a channel
    that has `answers`, these too. `as_of` is the day to show. `not_yet_confirmed` are
    the positions of channels, from 0, that bear that mark wherever they are shown."""

    together: tuple[str, ...]
    as_of: datetime.date
    not_yet_confirmed: tuple[int, ...] = ()


class Rules(Record, frozen=True):
    """What is added to a published record for whoever shows a copy of it. After
    `show_until`, a day that still counts, it must be fetched anew. `test` is true of
    records that are made up for testing, and of no others."""

    show_until: datetime.date
    display: Display
    test: bool = False


class Shown(Published, frozen=True, kw_only=True):
    """A record as this API, its exports and its copies give it: see `Rules`."""

    show_until: datetime.date
    display: Display
    test: bool = False


def rules_of(
    record: Published, built: datetime.datetime, expires: datetime.datetime
) -> Rules:
    """For a record in a release that was built and expires at these moments."""
    seen = (source.seen for source in record.sources)
    as_of = record.checked_on or max(seen, default=built.date())
    return Rules(
        show_until=shown_until(
            record.id, as_of, check_every_days(record.kind), built, expires
        ),
        display=Display(
            together=TOGETHER,
            as_of=as_of,
            not_yet_confirmed=tuple(
                position
                for position, channel in enumerate(record.channels)
                if (channel.confidence or record.confidence) == "low"
            ),
        ),
    )


def joined(record: bytes, rules: bytes) -> bytes:
    """The JSON of a `Shown` out of that of a record and that of its rules."""
    return record[:-1] + b"," + rules[1:]


def shown(record: Published, rules: Rules) -> Shown:
    raw = joined(msgspec.json.encode(record), msgspec.json.encode(rules))
    return msgspec.json.decode(raw, type=Shown)
