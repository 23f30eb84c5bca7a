"""Jinja2 for the pages: one environment a language, undefined names are errors."""

import base64
import hashlib
import re
from functools import cache, partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from .. import ROOT, dialling
from ..language import catalogue, direction, locale, served, written_date
from .current import Served
from .wording import listed

STATIC = ROOT / "templates" / "static"


@cache
def static(name: str) -> tuple[str, bytes]:
    """Address and content of a stylesheet or the script; with the content its
    address changes."""
    content = (STATIC / name).read_bytes()
    suffix = name.rsplit(".", maxsplit=1)[1]
    return f"/s/{_version(content)}.{suffix}", content


EARLIER = STATIC / "earlier"
"""Scripts as other sites once copied their addresses: `<hash>.js`. A page that holds
the hash of one takes no other, so that what was given out must stay."""


@cache
def embedded(name: str) -> tuple[str, bytes]:
    """Address and content of what other sites load. Apart from our pages' own: frames
    without an origin may take a stylesheet only from where every origin may."""
    content = (STATIC / name).read_bytes()
    return f"/embed/{_version(content)}/{name}", content


def earlier_script(version: str) -> bytes | None:
    """The script that once had this version, if it was another than today's."""
    file = EARLIER / f"{version}.js"
    if not re.fullmatch("[0-9a-f]{12}", version) or not file.is_file():
        return None
    return file.read_bytes()


def integrity(content: bytes) -> str:
    """What a page writes beside an address so that its browser takes nothing else."""
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def icon() -> bytes:
    return (STATIC / "icon.svg").read_bytes()


@cache
def environment(lang: str) -> Environment:
    found = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    found.policies["ext.i18n.trimmed"] = True
    found.install_gettext_translations(  # type: ignore[attr-defined]
        catalogue(lang), newstyle=True
    )
    found.filters["digits"] = dialling.digits
    found.filters["dialled"] = dialling.dialled
    found.filters["listed"] = partial(listed, lang=lang)
    return found


def render(
    template: str,
    lang: str,
    path: str,
    here: Served,
    **view: object,
) -> bytes:
    """One page. `path` is the page's own address without its language, so that each
    language's link leads to the same page."""
    page = (
        environment(lang)
        .get_template(template)
        .render(
            lang=lang,
            dir=direction(lang),
            style=static("style.css")[0],
            script=static("page.js")[0],
            static=here.copy is not None,
            canonical=f"{here.site}/{lang}{path}" if here.site else None,
            machine=served()[lang].state == "machine",
            as_of=written_date(here.release.manifest.facts_as_of, lang),
            languages=[
                {
                    "lang": tag,
                    "name": locale(tag).get_language_name(tag) or tag,
                    "dir": direction(tag),
                    "href": f"/{tag}{path}",
                }
                for tag in (here.copy.languages if here.copy else served())
            ],
            **view,
        )
    )
    return page.encode()
