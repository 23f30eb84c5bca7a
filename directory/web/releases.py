"""The releases themselves, for whoever mirrors them or keeps a copy.

The paths are those of the folder on disk, so that a mirror reads a node, a plain web
server and a bucket alike.
"""

import datetime
import hashlib
from pathlib import Path
from typing import Any

import msgspec
from litestar import MediaType, Response, get
from litestar.params import FromPath
from litestar.response import File

from ..errors import BadRelease, NotFound
from ..release import manifest as files
from ..release.keys import Chain
from ..release.manifest import CURRENT, FOLDER_NAME, KEYS, MANIFEST, SIGNATURES
from ..release.shelf import finished
from ..release.signed import verify_manifest
from .api_answer import LINKS, is_known
from .current import Current
from .page import FOREVER, Incoming

_ROOT = "/releases"
_TABLES = "hsds.zip"
_SHORTLY = "public, max-age=30"
_LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


class Listed(msgspec.Struct, frozen=True):
    """A release that can be fetched; `path` is its folder here."""

    path: str
    sequence: int
    release: str
    built_at: datetime.datetime
    expires: datetime.datetime
    facts_as_of: datetime.date
    counts: dict[str, int]
    files: dict[str, files.File]


class Listing(msgspec.Struct, frozen=True):
    """`latest` is the path of the release that is served; `keys` that of the list of
    keys under which it is signed, if it is; `exports` are its records in other
    forms."""

    latest: str
    licence: str
    keys: str | None
    changes: str
    exports: dict[str, str]
    releases: list[Listed]


@get(_ROOT, sync_to_thread=True, include_in_schema=False)
def listing(request: Incoming) -> Response[bytes]:
    """Which releases there are, the newest first."""
    current: Current = request.app.state.current
    served = current.served.release
    here = f"{_ROOT}/{served.manifest.folder_name}"
    found = Listing(
        latest=here,
        licence=_LICENCE,
        keys=f"{here}/{KEYS}" if (served.folder / KEYS).exists() else None,
        changes="/api/v1/changes?since=",
        exports={
            "jsonl": f"{here}/{files.EXPORT}",
            "sqlite": f"{here}/{files.RECORDS}",
            "csv": "/api/v1/search.csv",
            "hsds": f"{_ROOT}/{_TABLES}",
        },
        releases=[
            Listed(
                path=f"{_ROOT}/{one.folder_name}",
                sequence=one.sequence,
                release=one.release,
                built_at=one.built_at,
                expires=one.expires,
                facts_as_of=one.facts_as_of,
                counts=one.counts,
                files=one.files,
            )
            for one in _shown(current)
        ],
    )
    return _answer(request, msgspec.json.encode(found), MediaType.JSON)


@get(f"{_ROOT}/{CURRENT}", sync_to_thread=False, include_in_schema=False)
def pointer(request: Incoming) -> Response[bytes]:
    """The folder of the release that is served, as a mirror asks for it."""
    current: Current = request.app.state.current
    name = current.served.release.manifest.folder_name
    return _answer(request, f"{name}\n".encode(), MediaType.TEXT)


@get(
    f"{_ROOT}/{{name:str}}/{{path:path}}", sync_to_thread=True, include_in_schema=False
)
def file(request: Incoming, name: FromPath[str], path: FromPath[str]) -> File:
    """One file of a release. Raises `NotFound` unless its manifest names it."""
    current: Current = request.app.state.current
    if not FOLDER_NAME.fullmatch(name):
        raise _none()
    folder = current.releases / name
    manifest = _readable(folder, current.served.release.keys)
    part = path.lstrip("/")
    if manifest is None or manifest.sequence > current.served.release.manifest.sequence:
        raise _none()
    added_later = part in {SIGNATURES, KEYS}
    if not (added_later or part == MANIFEST or part in manifest.files):
        raise _none()
    if not (folder / part).is_file():
        raise _none()
    return File(
        folder / part,
        filename=Path(part).name,
        media_type=_kind_of(part),
        headers={"Cache-Control": _SHORTLY if added_later else FOREVER},
    )


@get(f"{_ROOT}/{_TABLES}", sync_to_thread=True, include_in_schema=False)
def tables(request: Incoming) -> Response[bytes]:
    """The release that is served as the tables of Open Referral's standard, zipped."""
    current: Current = request.app.state.current
    return _answer(request, current.served.hsds_tables, "application/zip")


def _shown(current: Current) -> list[files.Manifest]:
    """Those that are whole in form and, where keys are trusted, signed; none that still
    waits to be published."""
    newest = current.served.release.manifest.sequence
    found = [
        _readable(folder, current.served.release.keys)
        for folder in reversed(finished(current.releases))
    ]
    return [one for one in found if one and one.sequence <= newest]


def _readable(folder: Path, trusted: Chain | None) -> files.Manifest | None:
    try:
        if trusted:
            return verify_manifest(folder, trusted).manifest
        return files.read_manifest(folder)
    except BadRelease:
        return None


def _kind_of(part: str) -> str:
    kinds = {"json": "application/json", "jsonl": "application/jsonl"}
    return kinds.get(part.rpartition(".")[2], "application/octet-stream")


def _none() -> NotFound:
    return NotFound(f"There is no such file; see {_ROOT}")


def _answer(request: Incoming, content: bytes, kind: str) -> Response[Any]:
    """By the tag of its content, which is weak as it comes in several codings."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    headers = {"Cache-Control": _SHORTLY, "ETag": f"W/{tag}", "Link": LINKS}
    if is_known(request, tag):
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)


HANDLERS = [listing, pointer, tables, file]
