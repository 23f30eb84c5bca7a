"""The release being served, replaced as a whole when a newer one is there."""

import datetime
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import structlog

from ..hsds.datapackage import zipped
from ..hsds.dataset import Dataset, dataset_of
from ..jurisdiction import Jurisdiction
from ..release.keys import Chain
from ..release.manifest import CURRENT, current
from ..release.reader import Release
from ..release.signed import check_newer
from ..resource import Need
from ..search.engine import Engine
from ..search.resolve import Names

_LOG = structlog.get_logger()


@dataclass(frozen=True)
class Copy:
    """What a static copy of the site has pages of, and in which languages."""

    places: frozenset[str]
    languages: tuple[str, ...]


class Served:
    """One release with what answers from it. Requests under way keep theirs.

    `copy` is set when the answers become files of a static copy; `site` is the address
    that pages name as their own, "" for none.
    """

    def __init__(
        self, release: Release, copy: Copy | None = None, site: str = ""
    ) -> None:
        self.release = release
        self.copy = copy
        self.site = site
        self.engine = Engine(release)
        self.names = Names(release.jurisdictions, release.subdivision_names)
        self.counts = release.counts()
        self.labels: dict[tuple[str, str, str], str] = {}
        self._needs: dict[str, frozenset[str]] = {}

    def has(self, code: str) -> bool:
        """Whether a place is among those that there are pages of."""
        return self.copy is None or code in self.copy.places

    def stale(self, now: datetime.datetime) -> bool:
        """Whether the release has expired: it is served all the same, and said so."""
        return self.release.manifest.expired(now)

    @cached_property
    def hsds(self) -> Dataset:
        """The release in HSDS, made when it is first asked for: it takes seconds."""
        return dataset_of(self.release)

    @cached_property
    def hsds_tables(self) -> bytes:
        """The same as CSV in one file, made when it is first asked for."""
        return zipped(self.release)

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


@dataclass(frozen=True)
class Fixed:
    """One release for as long as an export takes, whatever is published meanwhile."""

    served: Served


class Current:
    """Looks once a second, in a thread of its own, whether a newer release is there.

    One that is damaged is left alone, said in the log and in `fault`, and the last good
    one goes on being served.
    """

    def __init__(
        self,
        releases: Path,
        clock: Callable[[], datetime.datetime],
        *,
        trusted: Chain | None = None,
        site: str = "",
        every_seconds: float = 1.0,
    ) -> None:
        """With `trusted` keys, only what they have signed is served.

        Raises `BadRelease` when there is nothing to begin with.
        """
        self.releases = releases
        self._clock = clock
        self._every = every_seconds
        self._seen = self._mark()
        self._served = Served(Release(current(releases), trusted=trusted), site=site)
        self._said_stale = False
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
            found = (self.releases / CURRENT).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def _watch(self) -> None:
        self._say_if_stale()
        while not self._stop.wait(self._every):
            mark = self._mark()
            if mark != self._seen:
                self._seen = mark
                self.look()
            self._say_if_stale()

    def _say_if_stale(self) -> None:
        stale = self._served.stale(self._clock())
        if stale and not self._said_stale:
            manifest = self._served.release.manifest
            _LOG.error("release expired, it goes on being served", at=manifest.expires)
        self._said_stale = stale

    def look(self) -> None:
        """Open what is current now and serve it, if it is whole and, where keys are
        trusted, signed by enough of them and no older."""
        held = self._served.release
        try:
            newer = Served(
                Release(current(self.releases), trusted=held.keys),
                site=self._served.site,
            )
            if held.keys:
                check_newer(newer.release.manifest, held.manifest, str(self.releases))
        except Exception as fault:  # noqa: BLE001 — the watcher must live on, whatever it is
            self.fault = str(fault) or type(fault).__name__
            _LOG.error("newer release refused, the last good one stays", why=self.fault)
            return
        self.fault = None
        self._served = newer
        _LOG.info(
            "release",
            id=newer.release.id[:12],
            sequence=newer.release.manifest.sequence,
        )
