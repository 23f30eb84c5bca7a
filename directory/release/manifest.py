"""What a release consists of, so that any damage or mix-up is noticed."""

import datetime
import hashlib
import re
from pathlib import Path

import msgspec

from ..errors import BadRelease
from ..record import Record

FORMAT = 2
MANIFEST = "manifest.json"
CURRENT = "current"
RECORDS = "records.sqlite"
TOWNS = "towns.sqlite"
INDEX = "index"


_NAME = re.compile(r"\d{8}-[0-9a-f]{12}")


class File(Record, frozen=True):
    bytes: int
    sha256: str


class Manifest(Record, frozen=True):
    """`release` is the hash of the records alone, `sequence` a number that only grows;
    `files` are paths within the folder. `facts_as_of` is the day of the latest
    check of any record, `towns` the version of GeoNames' data."""

    format: int
    release: str
    sequence: int
    built_at: datetime.datetime
    facts_as_of: datetime.date
    counts: dict[str, int]
    towns: str
    files: dict[str, File]


def fingerprint(path: Path) -> File:
    """Length in bytes and sha256 of one file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(bytes=path.stat().st_size, sha256=digest)


def read_manifest(folder: Path) -> Manifest:
    """Raises `BadRelease` when there is none, or one of another format."""
    try:
        raw = (folder / MANIFEST).read_bytes()
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (OSError, ValueError) as fault:
        raise BadRelease(f"{folder}: no readable manifest; build it again") from fault
    if manifest.format != FORMAT:
        raise BadRelease(f"{folder}: made by another version; build it again")
    return manifest


def verify(folder: Path) -> Manifest:
    """The manifest, once every file has the length and hash that it names.

    Raises `BadRelease`, which names the first file that differs.
    """
    manifest = read_manifest(folder)
    for name, wanted in manifest.files.items():
        try:
            found = fingerprint(folder / name)
        except OSError as fault:
            raise BadRelease(f"{folder / name}: is missing") from fault
        if found != wanted:
            raise BadRelease(f"{folder / name}: differs from the manifest")
    return manifest


def current(releases: Path) -> Path:
    """The folder of the release to serve. Raises `BadRelease` when there is none."""
    try:
        name = (releases / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise BadRelease(
            f"{releases}: holds no release; run `handrail build`"
        ) from fault
    if not _NAME.fullmatch(name):
        raise BadRelease(f"{releases / CURRENT}: names no release")
    return releases / name
