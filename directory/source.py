"""Who said so: a public page, with its own date and the day it was read."""

import datetime

from .record import Record


class Source(Record, frozen=True):
    """`dated` is the page's own date as far as it shows one: `2023`, `2023-03` or
    `2023-03-14`. `seen` is the day on which the copy was read."""

    url: str
    title: str
    publisher: str
    seen: datetime.date
    dated: str | None = None
