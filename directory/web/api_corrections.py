"""The JSON API: what was corrected, as feeds that any feed reader can follow."""

import datetime
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Response, get
from lxml import etree

from .. import labels
from ..language import catalogue
from .address import base_of
from .api_answer import ok, only_lang, tagged
from .corrections_view import CorrectionView, IssueView, issue_views
from .openapi import Described
from .page import Incoming, current

JSON_FEED = "application/feed+json"
ATOM = "application/atom+xml"
_VERSION = "https://jsonfeed.org/version/1.1"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A correction: `url` is where people read it, `external_url` its data."""

    id: str
    title: str
    content_text: str
    date_published: datetime.datetime
    external_url: str
    url: str | None = None


class Feed(msgspec.Struct, frozen=True):
    """A feed by JSON Feed 1.1."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    language: str
    items: tuple[Entry, ...]


def _feed(request: Incoming, lang: str, path: str) -> Feed:
    base = base_of(request)
    found = issue_views(lang, current(request))
    title = catalogue(lang).gettext(labels.CORRECTIONS)
    return Feed(
        version=_VERSION,
        title=f"Handrail: {title}",
        home_page_url=f"{base}/{lang}/corrections",
        feed_url=f"{base}{path}?lang={lang}",
        language=lang,
        items=tuple(
            _entry(one, issue, base, lang)
            for issue in found
            for one in issue.corrections
        ),
    )


def _entry(one: CorrectionView, issue: IssueView, base: str, lang: str) -> Entry:
    return Entry(
        id=f"{base}/{lang}/corrections#c{one.key}",
        title=one.title,
        content_text="\n".join(one.lines),
        date_published=datetime.datetime.fromisoformat(f"{issue.on}T00:00:00+00:00"),
        external_url=f"{base}{one.data}",
        url=f"{base}/{lang}{one.path}" if one.path else None,
    )


@get(
    "/corrections.json",
    operation_class=Described,
    sync_to_thread=True,
    responses={200: ok(Feed, "A feed by JSON Feed 1.1.", JSON_FEED)},
)
def json_feed(request: Incoming) -> Response[bytes]:
    """What was corrected for readers, the newest first, as a JSON Feed."""
    lang = only_lang(request)
    path = request.scope["path"]
    return tagged(
        request,
        lang,
        lambda: msgspec.json.encode(_feed(request, lang, path)),
        media_type=JSON_FEED,
    )


@get(
    "/corrections.atom",
    operation_class=Described,
    sync_to_thread=True,
    responses={200: ok(str, "An Atom feed.", ATOM)},
)
def atom_feed(request: Incoming) -> Response[bytes]:
    """What was corrected for readers, the newest first, as an Atom feed."""
    lang = only_lang(request)
    path = request.scope["path"]
    built = current(request).release.manifest.built_at
    return tagged(
        request,
        lang,
        lambda: _atom(_feed(request, lang, path), built),
        media_type=ATOM,
    )


def _atom(feed: Feed, built: datetime.datetime) -> bytes:
    """RFC 4287; a feed without entries bears the day on which the release was built."""
    nsmap: Any = {None: _NAMESPACE}  # the stubs know no default namespace
    root = etree.Element(f"{{{_NAMESPACE}}}feed", nsmap=nsmap)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", feed.language)
    newest = max((one.date_published for one in feed.items), default=built)
    author = etree.SubElement(root, f"{{{_NAMESPACE}}}author")
    for parent, name, text in (
        (root, "id", feed.feed_url),
        (root, "title", feed.title),
        (root, "updated", newest.isoformat()),
        (root, "rights", "CC BY 4.0"),
        (author, "name", "Handrail"),
    ):
        etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}").text = text
    _link(root, "self", feed.feed_url, ATOM)
    _link(root, "alternate", feed.home_page_url, "text/html")
    _link(root, "license", _LICENCE, "text/html")
    for one in feed.items:
        entry = etree.SubElement(root, f"{{{_NAMESPACE}}}entry")
        for name, text in _texts(one):
            etree.SubElement(entry, f"{{{_NAMESPACE}}}{name}").text = _printable(text)
        _link(entry, "alternate", one.url or one.id, "text/html")
        _link(entry, "related", one.external_url, "application/json")
    raw: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw


def _texts(one: Entry) -> Iterator[tuple[str, str]]:
    day = one.date_published.isoformat()
    yield from (("id", one.id), ("title", one.title), ("updated", day))
    yield from (("published", day), ("content", one.content_text))


def _link(parent: etree._Element, rel: str, href: str, kind: str) -> None:
    etree.SubElement(
        parent, f"{{{_NAMESPACE}}}link", {"rel": rel, "href": href, "type": kind}
    )


def _printable(text: str) -> str:
    """Without the marks that XML can't hold."""
    return "".join(mark for mark in text if mark >= " " or mark in "\n\t")


HANDLERS = [json_feed, atom_feed]
