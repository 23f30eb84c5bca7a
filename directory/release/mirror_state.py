"""How a mirror fares: the small file that it leaves for the server beside it."""

import datetime
from pathlib import Path

import msgspec

from ..record import Record

STATE = "mirror.json"


class State(Record, frozen=True, omit_defaults=False):
    """How the last look at the origin ended: `why` says what was wrong, if anything.

    `sequence` is that of the release held; the mirror takes none that is older."""

    checked_at: datetime.datetime
    ok: bool
    why: str | None
    sequence: int


def read_state(releases: Path) -> State | None:
    """What the mirror last wrote; nothing when this folder is no mirror."""
    try:
        return msgspec.json.decode((releases / STATE).read_bytes(), type=State)
    except (OSError, ValueError):
        return None
