"""Keep a folder of releases in step with another one, believing only signatures.

Whatever goes wrong, the release that is held stays current.
"""

import datetime
import os
import shutil
from pathlib import Path

import msgspec

from ..errors import BadRelease, HandrailError, Unreachable
from .keys import Chain
from .manifest import (
    CURRENT,
    FOLDER_NAME,
    KEYS,
    LONGEST,
    MANIFEST,
    SIGNATURES,
    File,
    current,
    fingerprint,
    written,
)
from .mirror_state import STATE, State, read_state
from .origin import Origin
from .shelf import (
    alone,
    finished,
    point_to,
    prune,
    swept,
    synced,
    write_beside,
)
from .signed import Verified, check_fresh, check_newer, check_signatures, verify


def mirror(url: str, releases: Path, pinned: Chain, now: datetime.datetime) -> State:
    """Look once, take over what is newer, and write down how it went."""
    sequence = 0
    try:
        with alone(releases):
            sequence = _held_sequence(releases)
            sequence = _step(Origin(url), releases, pinned, now, sequence)
        state = State(checked_at=now, ok=True, why=None, sequence=sequence)
    except HandrailError as fault:
        state = State(checked_at=now, ok=False, why=str(fault), sequence=sequence)
    except OSError as fault:
        why = f"{releases}: {fault.strerror or fault}"
        state = State(checked_at=now, ok=False, why=why, sequence=sequence)
    try:
        write_beside(releases / STATE, msgspec.json.encode(state))
    except OSError as fault:
        why = state.why or f"{releases / STATE}: {fault.strerror or fault}"
        return msgspec.structs.replace(state, ok=False, why=why)
    return state


def _held_sequence(releases: Path) -> int:
    """The highest that was ever held here, though the release itself be damaged."""
    state = read_state(releases)
    try:
        pointed = int(current(releases).name[:8])
    except BadRelease:
        pointed = 0
    return max(pointed, state.sequence if state else 0)


def _step(
    origin: Origin,
    releases: Path,
    pinned: Chain,
    now: datetime.datetime,
    sequence: int,
) -> int:
    """The sequence held afterwards. Raises `BadRelease`, `BadKeys`, `Unreachable`."""
    held = _held(releases, pinned)
    name = _name(origin)
    manifest, signatures, keys = (
        origin.small(f"{name}/{part}", LONGEST) for part in (MANIFEST, SIGNATURES, KEYS)
    )
    where = f"{origin.url}/{name}"
    trusted = held.keys if held else pinned
    signed = check_signatures(manifest, signatures, keys, trusted, where)
    found = signed.manifest
    if found.folder_name != name:
        raise BadRelease(f"{where}: is release {found.folder_name}")
    if found.sequence < sequence:
        raise BadRelease(
            f"{where}: sequence {found.sequence} is older than {sequence}, which was "
            "held here already"
        )
    if held:
        check_newer(found, held.manifest, where)
    check_fresh(found, now, where)
    if held and held.manifest == found:
        return found.sequence
    folder = swept(releases)
    folder.mkdir()
    try:
        (folder / MANIFEST).write_bytes(manifest)
        (folder / SIGNATURES).write_bytes(signatures)
        (folder / KEYS).write_bytes(written(signed.keys))
        for path, wanted in found.files.items():
            _take(origin, releases, f"{name}/{path}", folder / path, wanted)
        verify(folder, trusted)
        synced(folder)
        if (releases / name).exists():
            shutil.rmtree(releases / name)
        folder.rename(releases / name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    point_to(releases, name)
    prune(releases)
    return found.sequence


def _held(releases: Path, pinned: Chain) -> Verified | None:
    """The release held, if it is whole; a damaged one is fetched again."""
    try:
        return verify(current(releases), pinned)
    except BadRelease:
        return None


def _name(origin: Origin) -> str:
    raw = origin.small(CURRENT, 100)
    name = raw.decode("ascii", "replace").strip()
    if not FOLDER_NAME.fullmatch(name):
        raise Unreachable(f"{origin.url}/{CURRENT}: names no release")
    return name


def _take(origin: Origin, releases: Path, name: str, to: Path, wanted: File) -> None:
    """Fetch a file, unless a release here has the very same: towns rarely change."""
    to.parent.mkdir(parents=True, exist_ok=True)
    path = name.partition("/")[2]
    for release in reversed(finished(releases)):
        same = release / path
        if _is(same, wanted):
            os.link(same, to)
            return
    origin.fetch(name, to, wanted)


def _is(path: Path, wanted: File) -> bool:
    try:
        return path.stat().st_size == wanted.bytes and fingerprint(path) == wanted
    except OSError:
        return False
