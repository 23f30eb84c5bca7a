"""Where a mirror reads releases from: a folder, HTTP or S3, through fsspec.

Nothing that comes from there is believed: every answer has a size that it may not
exceed, and its hash is taken while it is written.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec

from ..errors import Unreachable
from .manifest import File

_CHUNK = 1 << 18
_CONNECT_SECONDS = 10
_SILENT_SECONDS = 30
_WHOLE_SECONDS = 900
"""One file may take so long: an origin that drips would else hold a mirror for ever."""


class Origin:
    """A folder of releases elsewhere, with `current` in it."""

    def __init__(self, url: str) -> None:
        """Raises `Unreachable` for an address of a kind that isn't installed."""
        self.url = url.rstrip("/")
        with self._asking(""):
            options = _options(url)
            files, path = fsspec.url_to_fs(self.url, **options)
        self._files: Any = files
        self._path = str(path).rstrip("/")

    def small(self, name: str, most: int) -> bytes:
        """A file of at most so many bytes. Raises `Unreachable`."""
        return b"".join(self._chunks(name, most))

    def fetch(self, name: str, to: Path, wanted: File) -> None:
        """Write a file whose length and hash are known. Raises `Unreachable`, and
        `OSError` when it can't be written here."""
        digest = hashlib.sha256()
        length = 0
        with to.open("wb") as file:
            for chunk in self._chunks(name, wanted.bytes):
                digest.update(chunk)
                length += len(chunk)
                file.write(chunk)
        if File(bytes=length, sha256=digest.hexdigest()) != wanted:
            raise Unreachable(f"{self.url}/{name}: differs from its manifest")

    def _chunks(self, name: str, most: int) -> Iterator[bytes]:
        length = 0
        with self._asking(name):
            file = self._files.open(
                f"{self._path}/{name}", "rb", **_streaming(self._files.protocol)
            )
        try:
            while True:
                with self._asking(name):
                    chunk: bytes = file.read(min(_CHUNK, most + 1 - length))
                if not chunk:
                    return
                length += len(chunk)
                if length > most:
                    raise Unreachable(f"{self.url}/{name}: is longer than it may be")
                yield chunk
        finally:
            with self._asking(name):
                file.close()

    @contextmanager
    def _asking(self, name: str) -> Iterator[None]:
        """Each of fsspec's file systems raises faults of its own kind."""
        where = f"{self.url}/{name}".rstrip("/")
        try:
            yield
        except FileNotFoundError as fault:
            raise Unreachable(f"{where}: is not there") from fault
        except Exception as fault:
            what = str(fault) or type(fault).__name__
            raise Unreachable(f"{where}: {what}") from fault


def _options(url: str) -> dict[str, Any]:
    """How long to wait, in each library's own words."""
    if url.startswith(("http://", "https://")):
        import aiohttp  # noqa: PLC0415 — heavy, and of use to mirrors only

        limits = aiohttp.ClientTimeout(
            total=_WHOLE_SECONDS,
            sock_connect=_CONNECT_SECONDS,
            sock_read=_SILENT_SECONDS,
        )
        return {"client_kwargs": {"timeout": limits}}
    if url.startswith("s3://"):
        return {
            "config_kwargs": {
                "connect_timeout": _CONNECT_SECONDS,
                "read_timeout": _SILENT_SECONDS,
                "retries": {"max_attempts": 2},
            },
            "use_listings_cache": False,
        }
    return {}


def _streaming(protocol: str | tuple[str, ...]) -> dict[str, Any]:
    """Read from first to last byte, without asking for the size or parts of it."""
    if "http" in protocol:
        return {"block_size": 0, "size": 1}
    if "s3" in protocol:
        return {"cache_type": "readahead", "block_size": 5 << 20}
    return {}
