"""What changed from one release to the next, carried on from release to release.

`changes.jsonl` begins with a line that says from which sequence on it is complete; each
later line is one changed record, the newest first. It outlives the releases that it
tells of, so who mirrors records can ask for what is new since their own sequence.
"""

import datetime
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import msgspec

from ..errors import TooOld
from ..record import Record
from ..resource import Retired
from .manifest import CHANGES, RECORDS

MOST_LINES = 5_000
"""Changes that a release remembers; the oldest whole releases are forgotten first."""

Kind = Literal["resource", "jurisdiction", "law"]
_TABLES: tuple[tuple[Kind, str], ...] = (
    ("resource", "SELECT id, json FROM resource"),
    ("jurisdiction", "SELECT code, json FROM jurisdiction"),
    ("law", "SELECT code, json FROM law"),
)


class Field(Record, frozen=True):
    """A field's value in the older and in the newer release; left out where it has
    none."""

    before: Any = None
    after: Any = None


class Change(Record, frozen=True):
    """`sequence` is that of the release that brought it. `retired` records say why and
    what to use instead; `removed` ones are held back for now."""

    sequence: int
    on: datetime.date
    kind: Kind
    id: str
    change: Literal["added", "changed", "retired", "removed"]
    fields: dict[str, Field] = msgspec.field(default_factory=dict)
    retired: Retired | None = None


class _Head(Record, frozen=True):
    complete_since: int


def write_changes(
    folder: Path, last: Path | None, sequence: int, on: datetime.date
) -> None:
    """Compare a release with the one published before it, and carry on its history."""
    if last is None:
        _write(folder / CHANGES, sequence, [])
        return
    kept = list(_between(last, folder, sequence, on))
    with _history(last) as (known_since, earlier):
        complete_since = known_since
        for since, changes in groupby(earlier, key=lambda one: one.sequence):
            group = list(changes)
            if len(kept) + len(group) > MOST_LINES:
                complete_since = since
                break
            kept += group
    _write(folder / CHANGES, complete_since, kept)


def changes_between(
    folder: Path, since: int, until: int
) -> tuple[tuple[Change, ...], int]:
    """What a reader of release `since` must know to be at `until`; one a record.

    Also the sequence from which on anything is known. Raises `TooOld`.
    """
    found: dict[tuple[str, str], Change] = {}
    with _history(folder) as (complete_since, lines):
        if since < complete_since:
            raise TooOld(
                f"Changes are known from sequence {complete_since} on",
                "fetch the whole release, then ask from its sequence on",
            )
        for one in lines:
            if one.sequence <= since:
                break
            if one.sequence <= until:
                key = (one.kind, one.id)
                later = found.get(key)
                found[key] = one if later is None else _joined(one, later)
    return tuple(
        one for one in found.values() if one.change != "changed" or one.fields
    ), complete_since


def changes_of(
    folder: Path, kind: Kind, record_id: str
) -> tuple[tuple[Change, ...], int]:
    """What each release changed in one record, the newest first; and the sequence from
    which on anything is known."""
    with _history(folder) as (complete_since, lines):
        found = tuple(one for one in lines if (one.kind, one.id) == (kind, record_id))
    return found, complete_since


def newest_changes(folder: Path) -> Iterator[Change]:
    """Every change that is known, the newest first."""
    with _history(folder) as (_, lines):
        yield from lines


def _joined(earlier: Change, later: Change) -> Change:
    """Two changes of one record as one."""
    if later.change != "changed":
        return later
    if earlier.change == "added":
        return msgspec.structs.replace(
            earlier, sequence=later.sequence, on=later.on, change="added"
        )
    fields = dict(earlier.fields)
    for name, field in later.fields.items():
        before = fields[name].before if name in fields else field.before
        fields[name] = Field(before=before, after=field.after)
    changed = {n: field for n, field in fields.items() if field.before != field.after}
    return msgspec.structs.replace(later, fields=changed)


def _between(
    old: Path, new: Path, sequence: int, on: datetime.date
) -> Iterator[Change]:
    with closing(_opened(old)) as older, closing(_opened(new)) as newer:
        gone = {
            id: msgspec.json.decode(raw, type=Retired)
            for id, raw in newer.execute("SELECT id, json FROM retired")  # noqa: A001
        }
        for kind, query in _TABLES:
            before, after = dict(older.execute(query)), dict(newer.execute(query))
            for name in sorted(before.keys() | after.keys()):
                if before.get(name) == after.get(name):
                    continue
                retired = gone.get(name) if kind == "resource" else None
                yield Change(
                    sequence=sequence,
                    on=on,
                    kind=kind,
                    id=name,
                    change=_kind_of(
                        name in before, name in after, retired=retired is not None
                    ),
                    fields=_fields(before[name], after[name])
                    if name in before and name in after
                    else {},
                    retired=None if name in after else retired,
                )


def _kind_of(
    was: bool,  # noqa: FBT001
    stays: bool,  # noqa: FBT001
    *,
    retired: bool,
) -> Literal["added", "changed", "retired", "removed"]:
    if stays:
        return "changed" if was else "added"
    return "retired" if retired else "removed"


def _fields(before: bytes, after: bytes) -> dict[str, Field]:
    old, new = json.loads(before), json.loads(after)
    return {
        name: Field(before=old.get(name), after=new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }


def _opened(folder: Path) -> sqlite3.Connection:
    path = (folder / RECORDS).absolute().as_uri()
    return sqlite3.connect(f"{path}?mode=ro&immutable=1", uri=True)


@contextmanager
def _history(folder: Path) -> Iterator[tuple[int, Iterator[Change]]]:
    """From which sequence on a release knows its changes, and these, newest first."""
    with (folder / CHANGES).open("rb") as file:
        head = msgspec.json.decode(file.readline(), type=_Head)
        lines = (msgspec.json.decode(line, type=Change) for line in file)
        yield head.complete_since, lines


def _write(path: Path, complete_since: int, changes: Iterable[Change]) -> None:
    with path.open("wb") as file:
        for line in (_Head(complete_since=complete_since), *changes):
            file.write(msgspec.json.encode(line) + b"\n")
