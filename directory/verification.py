"""Who checked what, on which day and how; and from it, when to check again."""

import datetime
import zlib
from typing import Literal

from .record import Record

Method = Literal["stored-copy", "live-page", "publisher-confirmed"]
"""`stored-copy`: a kept copy of the page was read; `live-page`: the page itself;
`publisher-confirmed`: the service or its publisher said so. A line is never dialled."""

Outcome = Literal["matches", "differs", "not-found"]


class Verification(Record, frozen=True):
    """One check of a whole record, or of one channel when `channel` gives its value."""

    on: datetime.date
    by: str
    method: Method
    outcome: Outcome
    channel: str | None = None
    source: str | None = None


def due_on(record_id: str, last: datetime.date, interval_days: int) -> datetime.date:
    """The day by which the next check is due.

    Between three quarters of the interval and all of it, spread by id, so that records
    read on one day don't all fall due on one day.
    """
    spread = max(1, interval_days // 4)
    return last + datetime.timedelta(
        days=interval_days - zlib.crc32(record_id.encode()) % spread
    )


LEAST_DAYS = 2
"""A copy of a record whose check is late lives this long: it is shown, but briefly."""


def shown_until(
    record_id: str,
    last: datetime.date,
    interval_days: int,
    built: datetime.datetime,
    expires: datetime.datetime,
) -> datetime.date:
    """The last day on which a copy may show a record without fetching it anew.

    The earliest of: the day before the release expires; a quarter of the interval
    between checks after the release was built, so a week for crisis lines; the day on
    which the next check is due or, where that is late, `LEAST_DAYS` after the release
    was built. All days are those of UTC.
    """
    day = built.astimezone(datetime.UTC).date()
    ends = (expires.astimezone(datetime.UTC) - datetime.timedelta(days=1)).date()
    brief = day + datetime.timedelta(days=LEAST_DAYS)
    by_risk = day + datetime.timedelta(days=max(1, interval_days // 4))
    due = max(brief, due_on(record_id, last, interval_days))
    return min(ends, by_risk, due)
