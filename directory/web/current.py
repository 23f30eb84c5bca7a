"""The release being served, replaced as a whole when a newer one is there."""

import threading
from functools import cached_property
from pathlib import Path

import structlog

from ..errors import HandrailError
from ..hsds.dataset import Dataset, dataset_of
from ..jurisdiction import Jurisdiction
from ..release.manifest import CURRENT, current
from ..release.reader import Release
from ..resource import Need
from ..search.engine import Engine
from ..search.resolve import Names

_LOG = structlog.get_logger()


class Served:
    """One release with what answers from it. Requests under way keep theirs."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.engine = Engine(release)
        self.names = Names(release.jurisdictions, release.subdivision_names)
        self.counts = release.counts()
        self.labels: dict[tuple[str, str, str], str] = {}
        self._needs: dict[str, frozenset[str]] = {}

    @cached_property
    def hsds(self) -> Dataset:
        """The release in HSDS, made when it is first asked for: it takes seconds."""
        return dataset_of(self.release)

    def needs_met(self, code: str) -> frozenset[str]:
        """Every need that some service of exactly this place answers."""
        if code not in self._needs:
            self._needs[code] = frozenset(
                need for record in self.release.of(code) for need in record.needs
            )
        return self._needs[code]

    def answered_above(self, place: Jurisdiction, need: Need) -> str | None:
        """The next wider rung that has a service for a need."""
        above = place.ladder[1:]
        return next((code for code in above if need in self.needs_met(code)), None)


class Current:
    """Looks once a second, in a thread of its own, whether a newer release is there.

    One that is damaged is left alone, said in the log and in `fault`, and the last good
    one goes on being served.
    """

    def __init__(self, releases: Path, *, every_seconds: float = 1.0) -> None:
        """Raises `BadRelease` when there is nothing to begin with."""
        self._releases = releases
        self._every = every_seconds
        self._seen = self._mark()
        self._served = Served(Release(current(releases)))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.fault: str | None = None

    @property
    def served(self) -> Served:
        return self._served

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _mark(self) -> tuple[int, int] | None:
        try:
            found = (self._releases / CURRENT).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def _watch(self) -> None:
        while not self._stop.wait(self._every):
            mark = self._mark()
            if mark != self._seen:
                self._seen = mark
                self.look()

    def look(self) -> None:
        """Open what is current now and serve it, if it is whole."""
        try:
            newer = Served(Release(current(self._releases)))
        except (HandrailError, OSError, ValueError) as fault:
            self.fault = str(fault)
            _LOG.error("newer release refused, the last good one stays", why=str(fault))
            return
        self.fault = None
        self._served = newer
        _LOG.info(
            "release",
            id=newer.release.id[:12],
            sequence=newer.release.manifest.sequence,
        )
