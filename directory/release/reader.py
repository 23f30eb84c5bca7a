"""One release, opened for reading. It never changes while it is open."""

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from ..concept import Concept
from ..errors import BadRelease, NotFound
from ..guidance import Guidance
from ..jurisdiction import Jurisdiction
from ..law import Law
from ..places import Towns
from ..resource import Published, Retired, short_of
from ..search.profile import Profile
from ..shown import Shown, joined
from . import signed
from .keys import Chain
from .manifest import INDEX, RECORDS, TOWNS, Manifest, read_manifest, verify

T = TypeVar("T")

_ROW = "position, id, json, rules, name, text, tags, numbers, places, profiles"

_MOST_KEPT = 200
"""Places with no more records than this are decoded once and kept in memory."""


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A record's line: its ready JSON, and its tokens, each list joined by spaces."""

    position: int
    id: str
    json: bytes
    rules: bytes
    name: str
    text: str
    tags: str
    numbers: str
    places: str
    profiles: str

    @property
    def shown(self) -> bytes:
        """The record's JSON as readers get it, with what a copy must obey."""
        return joined(self.json, self.rules)


class Release:
    """What a folder made by `build` holds; small things in memory, records on disk."""

    def __init__(
        self, folder: Path, *, checked: bool = True, trusted: Chain | None = None
    ) -> None:
        """Raises `BadRelease` when a file is missing or, if `checked`, differs;
        `BadKeys` when too few of the trusted keys have signed it."""
        self.folder = folder
        self.keys = trusted
        self.manifest: Manifest
        if trusted:
            found = signed.verify(folder, trusted)
            self.manifest, self.keys = found.manifest, found.keys
        else:
            self.manifest = verify(folder) if checked else read_manifest(folder)
        if not (folder / RECORDS).is_file():
            raise BadRelease(f"{folder / RECORDS}: is missing; build it again")
        self._db = sqlite3.connect(
            f"{(folder / RECORDS).absolute().as_uri()}?mode=ro&immutable=1",
            uri=True,
            check_same_thread=False,
        )
        self.jurisdictions: Mapping[str, Jurisdiction] = {
            code: msgspec.json.decode(raw, type=Jurisdiction)
            for code, raw in self._db.execute("SELECT code, json FROM jurisdiction")
        }
        self.profiles: Sequence[Profile] = [
            msgspec.json.decode(raw, type=Profile)
            for (raw,) in self._db.execute("SELECT json FROM profile ORDER BY number")
        ]
        self.words = self._document("words", tuple[Concept, ...])
        self.subdivision_names = self._document(
            "subdivisions", dict[str, dict[str, str]]
        )
        self.guidance = self._document("guidance", tuple[Guidance, ...])
        self._kept: dict[str, Sequence[Published]] = {}
        self.towns = Towns(folder / TOWNS)
        self.index_folder = folder / INDEX

    def close(self) -> None:
        self._db.close()
        self.towns.close()

    def _document(self, name: str, kind: type[T]) -> T:
        (raw,) = self._db.execute(
            "SELECT json FROM document WHERE name = ?", (name,)
        ).fetchone()
        return msgspec.json.decode(raw, type=kind)

    @property
    def id(self) -> str:
        return self.manifest.release

    def raw(self, record_id: str) -> bytes:
        """The ready JSON of a `Shown` record. Raises `NotFound`, with the successor of
        a retired one."""
        return joined(*self._parts(record_id))

    def _parts(self, record_id: str) -> tuple[bytes, bytes]:
        row: tuple[bytes, bytes] | None = self._db.execute(
            "SELECT json, rules FROM resource WHERE id = ?", (record_id,)
        ).fetchone()
        if row:
            return row
        gone = self._db.execute(
            "SELECT json FROM retired WHERE id = ?", (record_id,)
        ).fetchone()
        if gone:
            why = msgspec.json.decode(gone[0], type=Retired)
            raise NotFound(
                "This record was retired",
                retired=True,
                reason=why.reason,
                successor=why.successor,
            )
        raise NotFound("There is no record with that id")

    def resource(self, record_id: str) -> Published:
        """Raises `NotFound` as `raw` does."""
        return msgspec.json.decode(self._parts(record_id)[0], type=Published)

    def shown(self, record_id: str) -> Shown:
        """Raises `NotFound` as `raw` does."""
        return msgspec.json.decode(self.raw(record_id), type=Shown)

    def show_until(self) -> dict[str, datetime.date]:
        """Of every record, the last day on which a copy of this release may show it."""
        rows = self._db.execute("SELECT id, show_until FROM resource")
        return {one: datetime.date.fromisoformat(day) for one, day in rows}

    def by_page(self, page: str) -> Published:
        """The record with that short page address. Raises `NotFound` as `raw` does."""
        row = self._db.execute(
            "SELECT json FROM resource WHERE page = ?", (page,)
        ).fetchone()
        if row:
            return msgspec.json.decode(row[0], type=Published)
        for (gone,) in self._db.execute("SELECT id FROM retired"):
            if short_of(gone) == page:
                self.raw(gone)
        raise NotFound("There is no such page")

    def of(self, code: str) -> Sequence[Published]:
        """The records that serve exactly this jurisdiction, in their standing order."""
        if code in self._kept:
            return self._kept[code]
        rows = self._db.execute(
            "SELECT json FROM covers JOIN resource USING (position)"
            " WHERE place = ? ORDER BY position",
            (code,),
        )
        found = [msgspec.json.decode(raw, type=Published) for (raw,) in rows]
        if len(found) <= _MOST_KEPT:
            self._kept[code] = found
        return found

    def resources(self) -> Iterator[Published]:
        """Every record, in its standing order."""
        for (raw,) in self._db.execute("SELECT json FROM resource ORDER BY position"):
            yield msgspec.json.decode(raw, type=Published)

    def retired(self) -> dict[str, Retired]:
        """Why each record that is gone was retired, by its id."""
        rows = self._db.execute("SELECT id, json FROM retired ORDER BY id")
        return {one: msgspec.json.decode(raw, type=Retired) for one, raw in rows}

    def law(self, code: str) -> Law | None:
        """What is known of the law of exactly this jurisdiction, if anything is."""
        row = self._db.execute(
            "SELECT json FROM law WHERE code = ?", (code,)
        ).fetchone()
        return msgspec.json.decode(row[0], type=Law) if row else None

    def counts(self) -> dict[str, int]:
        """How many records serve each jurisdiction that has any."""
        return dict(
            self._db.execute("SELECT place, count(*) FROM covers GROUP BY place")
        )

    def rows(self, positions: Iterable[int]) -> list[Row]:
        """The lines at those positions, in the order asked for."""
        wanted = list(positions)
        marks = ",".join("?" * len(wanted))
        found = {
            row[0]: row
            for row in self._db.execute(
                f"SELECT {_ROW} FROM resource WHERE position IN ({marks})",  # noqa: S608 — marks only
                wanted,
            )
        }
        return [Row(*found[position]) for position in wanted]

    def placed(
        self, south: float, north: float, west: float, east: float
    ) -> list[tuple[int, float, float]]:
        """Position and point of every in-person channel within a box, in degrees."""
        return list(
            self._db.execute(
                "SELECT position, latitude, longitude FROM point"
                " WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?",
                (south, north, west, east),
            )
        )
