"""What a release consists of, so that any damage or mix-up is noticed."""

import datetime
import hashlib
import re
from pathlib import Path
from typing import TypeVar

import msgspec

from ..errors import BadRelease
from ..record import Record

T = TypeVar("T", bound=Record)

FORMAT = 4
MANIFEST = "manifest.json"
SIGNATURES = "manifest.sig.json"
KEYS = "keys.json"
CURRENT = "current"
RECORDS = "records.sqlite"
TOWNS = "towns.sqlite"
INDEX = "index"
EXPORT = "resources.jsonl"
CHANGES = "changes.jsonl"
BESIDE_FILES = (MANIFEST, SIGNATURES, KEYS)
"""What no manifest can name: itself, and what is added to it afterwards."""

FOLDER_NAME = re.compile(r"\d{8}-[0-9a-f]{12}")
_PART = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._-]+")
LONGEST = 1_000_000
"""Bytes of a manifest, of its signatures, of a `keys.json`: no honest one has more."""


class File(Record, frozen=True):
    bytes: int
    sha256: str


class Manifest(Record, frozen=True):
    """`release` is the hash of the records alone, `sequence` a number that only grows;
    `files` are paths within the folder. `facts_as_of` is the day of the latest
    check of any record, `expires` the moment from which a copy may no longer pass
    for fresh, `towns` the version of GeoNames' data."""

    format: int
    release: str
    sequence: int
    built_at: datetime.datetime
    expires: datetime.datetime
    facts_as_of: datetime.date
    counts: dict[str, int]
    towns: str
    files: dict[str, File]

    @property
    def folder_name(self) -> str:
        return f"{self.sequence:08d}-{self.release[:12]}"

    def expired(self, now: datetime.datetime) -> bool:
        return now >= self.expires


def written(document: Record) -> bytes:
    """The one spelling in which we write a document that is signed or hashed."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def parse_strictly(raw: bytes, kind: type[T]) -> T:
    """Raises `ValueError` for anything but the one spelling that `written` gives.

    So two programs can't read two things in it: no key stands there twice, no number
    or letter is written another way.
    """
    found = msgspec.json.decode(raw, type=kind)
    if written(found) != raw:
        raise ValueError("is not spelled as we write it")
    return found


def fingerprint(path: Path) -> File:
    """Length in bytes and sha256 of one file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(bytes=path.stat().st_size, sha256=digest)


def parse_manifest(raw: bytes, where: str) -> Manifest:
    """Raises `BadRelease` for what is no manifest, or one of another format."""
    try:
        made_by = msgspec.json.decode(raw, type=_Format).format
        manifest = parse_strictly(raw, Manifest) if made_by == FORMAT else None
    except (ValueError, RecursionError) as fault:
        raise BadRelease(f"{where}: no readable manifest; build it again") from fault
    if manifest is None:
        raise BadRelease(f"{where}: made by another version; build it again")
    for name in manifest.files:
        parts = name.split("/")
        if not all(map(_PART.fullmatch, parts)) or name in BESIDE_FILES:
            raise BadRelease(f"{where}: names a file that no release has")
    return manifest


class _Format(msgspec.Struct):
    format: int


def read_manifest(folder: Path) -> Manifest:
    """Raises `BadRelease` when there is none, or one of another format."""
    return parse_manifest(manifest_bytes(folder), str(folder))


def manifest_bytes(folder: Path) -> bytes:
    try:
        return (folder / MANIFEST).read_bytes()
    except OSError as fault:
        raise BadRelease(f"{folder}: no readable manifest; build it again") from fault


def verify(folder: Path) -> Manifest:
    """The manifest, once the files are exactly those that it names.

    Raises `BadRelease`, which names the first file that differs. Who made the release
    is not looked at: `signed.verify` does that.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raises `BadRelease` for a file that is missing, differs, or isn't named."""
    for name, wanted in manifest.files.items():
        try:
            found = fingerprint(folder / name)
        except OSError as fault:
            raise BadRelease(f"{folder / name}: is missing") from fault
        if found != wanted:
            raise BadRelease(f"{folder / name}: differs from the manifest")
    for name in sorted(files_in(folder) - manifest.files.keys()):
        raise BadRelease(f"{folder / name}: is not in the manifest; remove it")


def files_in(folder: Path) -> set[str]:
    """Every file of a release but what stands beside it; the index's locks are none."""
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if not path.is_dir() or path.is_symlink()
    }
    return {
        name
        for name, path in found.items()
        if name not in BESIDE_FILES
        and not (name.endswith(".lock") and path.stat().st_size == 0)
    }


def current(releases: Path) -> Path:
    """The folder of the release to serve. Raises `BadRelease` when there is none."""
    try:
        name = (releases / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise BadRelease(
            f"{releases}: holds no release; run `handrail build`"
        ) from fault
    if not FOLDER_NAME.fullmatch(name):
        raise BadRelease(f"{releases / CURRENT}: names no release")
    return releases / name
