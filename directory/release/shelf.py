"""A folder of releases: which is current, how one becomes it, which are kept."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from ..errors import BadRelease
from .manifest import CURRENT, FOLDER_NAME, current

KEPT = 3
"""Releases that stay on disk: the one served, and two to look back at."""
LOCK = ".lock"
"""Held by whoever writes; a folder that has this file is a folder of releases."""


@contextlib.contextmanager
def alone(releases: Path) -> Iterator[None]:
    """Whoever writes into one folder of releases waits for the other."""
    releases.mkdir(parents=True, exist_ok=True)
    with (releases / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def swept(releases: Path) -> Path:
    """Where to write the next release; what a killed writer left is removed."""
    for left in releases.glob(".unfinished-*"):
        shutil.rmtree(left)
    return releases / f".unfinished-{os.getpid()}"


def finished(releases: Path) -> list[Path]:
    """Every whole folder, current or not, in the order of their sequence."""
    return sorted(
        path for path in releases.iterdir() if FOLDER_NAME.fullmatch(path.name)
    )


def next_sequence(releases: Path) -> int:
    return max((int(path.name[:8]) for path in finished(releases)), default=0) + 1


def point_to(releases: Path, name: str) -> None:
    """Make a finished release the current one."""
    write_beside(releases / CURRENT, f"{name}\n".encode("ascii"))


def prune(releases: Path) -> None:
    """Keep the current release, those before it and those that wait for a signature."""
    try:
        here = current(releases).name
    except BadRelease:
        here = ""
    names = [path.name for path in finished(releases)]
    before = [name for name in names if name < here]
    waiting = [name for name in names if name > here]
    for name in [*before[: -(KEPT - 1)], *waiting[:-KEPT]]:
        shutil.rmtree(releases / name)


def write_beside(path: Path, content: bytes) -> None:
    """Write a file beside, then rename it over the old one."""
    beside = path.with_name(f".{path.name}")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    _sync(path.parent)


def synced(folder: Path) -> None:
    """Return once everything in a folder is on the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
