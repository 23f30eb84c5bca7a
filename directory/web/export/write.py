"""Write a copy: beside its name, checked, and only then put there.

The pages are the application's own answers, asked for in this process.
"""

import asyncio
import datetime
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ...errors import BadExport
from ...language import catalogue, direction, locale
from ...release.reader import Release
from ..app import application
from ..current import Copy, Fixed, Served
from ..templating import render
from .asked import answer
from .links import dead_links, file_of, relative
from .manifest import MANIFEST, Manifest, Weight, compressed, is_copy
from .plans import Plans
from .scope import copy_of, pages_of

Progress = Callable[[str, Iterable[str], int], Iterable[str]]
_MOST_NAMED = 20


def export(
    release: Release,
    folder: Path,
    now: datetime.datetime,
    *,
    leave_to: str,
    site: str = "",
    places: Sequence[str] = (),
    languages: Sequence[str] = (),
    progress: Progress = lambda _what, items, _total: items,
) -> Manifest:
    """Write the site, or the part of it for some places and languages, into `folder`.

    Raises `BadExport` for a folder that holds something else, a place or language that
    isn't there, and for dead links; `OSError` where it can't be written. Whatever
    happens, `folder` is whole: the new copy, the earlier one, or not there.
    """
    folder = folder.absolute()
    if folder.exists() and not is_copy(folder):
        raise BadExport(
            f"{folder}: exists and is no earlier copy (it has no {MANIFEST} of one); "
            "choose another folder, or move this one away"
        )
    copy = copy_of(release, places, languages)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".{folder.name}.unfinished"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        writer = _Writer(Served(release, copy), copy, beside, leave_to, site, now)
        manifest = writer.write(progress)
        _refuse(dead_links(beside))
        _put(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return manifest


def _refuse(dead: Sequence[str]) -> None:
    if dead:
        more = f"\nand {len(dead) - _MOST_NAMED} more" * (len(dead) > _MOST_NAMED)
        raise BadExport("dead links:\n" + "\n".join(dead[:_MOST_NAMED]) + more)


def _put(beside: Path, folder: Path) -> None:
    """Under its name, on the disk first; an earlier copy goes once it isn't needed."""
    os.sync()
    earlier = folder.parent / f".{folder.name}.earlier"
    shutil.rmtree(earlier, ignore_errors=True)
    if folder.exists():
        folder.rename(earlier)
    beside.rename(folder)
    shutil.rmtree(earlier, ignore_errors=True)


@dataclass
class _Writer:
    served: Served
    copy: Copy
    folder: Path
    leave_to: str
    site: str
    now: datetime.datetime
    sizes: dict[str, int] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)

    def write(self, progress: Progress) -> Manifest:
        app = application(Fixed(self.served), lambda: self.now, self.site)
        addresses = [
            address
            for lang in self.copy.languages
            for address in pages_of(self.served, self.copy, lang)
        ]
        with asyncio.Runner() as runner:
            self._page("/", self._first_page())
            for address in progress("Pages", addresses, len(addresses)):
                self._page(address, runner.run(answer(app, address)))
            plans = Plans(self.served, self.copy.languages)
            codes = sorted(self.copy.places)
            for code in progress("Plans", codes, len(codes)):
                place = self.served.release.jurisdictions[code]
                for lang in self.copy.languages:
                    self._page(f"/{lang}/{code.lower()}/plan", plans.page(place, lang))
            for address in sorted(self.needed):
                self._file(file_of(address), runner.run(answer(app, address)))
        return self._manifest()

    def _first_page(self) -> bytes:
        return render(
            "languages.html",
            self.copy.languages[0],
            "/",
            self.served,
            choices=[
                {
                    "href": f"/{lang}/",
                    "lang": lang,
                    "dir": direction(lang),
                    "name": locale(lang).get_language_name(lang) or lang,
                    "title": catalogue(lang).gettext("Find help"),
                }
                for lang in self.copy.languages
            ],
        )

    def _page(self, address: str, content: bytes) -> None:
        file = file_of(address)
        written, led = relative(content, file, self.leave_to)
        self.links[file] = {file_of(one) for one in led}
        self.needed |= {one for one in led if not file_of(one).endswith(".html")}
        self._file(file, written)

    def _file(self, file: str, content: bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.sizes[file] = compressed(content)

    def _manifest(self) -> Manifest:
        made = Manifest(
            release=self.served.release.id,
            sequence=self.served.release.manifest.sequence,
            facts_as_of=self.served.release.manifest.facts_as_of,
            made_at=self.now,
            languages=self.copy.languages,
            files=len(self.sizes) + 1,
            bytes=sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file()),
            places={
                code: {lang: self._weight(code, lang) for lang in self.copy.languages}
                for code in sorted(self.copy.places)
            },
        )
        raw = msgspec.json.format(msgspec.json.encode(made), indent=1)
        (self.folder / MANIFEST).write_bytes(raw + b"\n")
        return made

    def _weight(self, code: str, lang: str) -> Weight:
        page = file_of(f"/{lang}/{code.lower()}")
        inside = f"{lang}/{code.lower()}/"
        needs = {page, *self.links[page]}
        for file in list(needs):
            if file.startswith(inside):
                needs |= self.links[file]
        own = {
            file
            for file in needs
            if file == page
            or not file.endswith(".html")
            or file.startswith((inside, f"{lang}/r/", f"{lang}/g/"))
        }
        sheets = [file for file in self.links[page] if file.endswith(".css")]
        return Weight(
            page=sum(self.sizes[file] for file in (page, *sheets)),
            all=sum(self.sizes[file] for file in own),
        )
