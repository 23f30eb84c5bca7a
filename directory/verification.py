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
