"""Which pages a search engine may list, and the same page in every language.

Not listed: what is found by asking (search, plans), cards, and the page of each single
service. A service's own site should be found first, and an engine shows what it once
read for weeks: a number out of date there can't be marked. The page of each place names
every service with its date.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from ..language import DEFAULT, served
from .current import Served

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def paths(here: Served) -> Iterator[str]:
    """What stands behind the language, each page once."""
    yield from ("/", "/about", "/coverage", "/privacy", "/plan")
    yield from (f"/g/{one.page}" for one in here.release.guidance)
    for code, place in here.release.jurisdictions.items():
        if place.level != "subdivision" or code in here.counts:
            yield f"/{code.lower()}"
        if here.release.law(code):
            yield f"/{code.lower()}/law"


def index(site: str) -> str:
    """One sitemap a language: each stays far below the 50,000 addresses and 50 MB that
    a single one may have."""
    maps = "".join(
        f"<sitemap><loc>{escape(site)}/sitemaps/{lang}.xml</loc></sitemap>\n"
        for lang in served()
    )
    return f"{_HEAD}<sitemapindex {_SITEMAPS}>\n{maps}</sitemapindex>\n"


def sitemap(site: str, lang: str, here: Served) -> str:
    """The pages of one language, each with its sisters in all others. For a reader of
    none of them there is the first page, which asks the browser, or else English."""
    site = escape(site)
    urls = []
    for path in paths(here):
        others = [(tag, f"{site}/{tag}{path}") for tag in served()]
        fallback = f"{site}/" if path == "/" else f"{site}/{DEFAULT}{path}"
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{href}"/>'
            for tag, href in [*others, ("x-default", fallback)]
        )
        urls.append(f"<url><loc>{site}/{lang}{path}</loc>{links}</url>\n")
    return f"{_HEAD}<urlset {_SITEMAPS} {_XHTML}>\n{''.join(urls)}</urlset>\n"
