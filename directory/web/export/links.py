"""Addresses of the site as files beside one another, and whether each leads on."""

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from lxml import html

from .. import leave

_OUTSIDE = frozenset({"https", "http", "tel", "sms", "mailto"})
_ATTRIBUTES = ("href", "src", "action")


def file_of(address: str) -> str:
    """`/en/` → `en/index.html`, `/en/ke/law` → `en/ke/law.html`, `/icon.svg` as is."""
    path = address.lstrip("/")
    if not path or path.endswith("/"):
        return f"{path}index.html"
    return path if "." in posixpath.basename(path) else f"{path}.html"


def relative(page: bytes, file: str, leave_to: str) -> tuple[bytes, set[str]]:
    """A page with every link of ours led to the file beside it, and the addresses that
    they had. The link to leave leads straight outside."""
    tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    led = set()
    for element, name, value in _links(tree):
        if not value.startswith("/"):
            continue
        address, fragment = urldefrag(value)
        if address == leave.PATH:
            element.set(name, leave_to)
            continue
        led.add(address)
        near = posixpath.relpath(file_of(address), posixpath.dirname(file) or ".")
        element.set(name, f"{near}#{fragment}" if fragment else near)
    written: bytes = html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
    return written, led


def _links(tree: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str, str]]:
    for element in tree.iter():
        for name in _ATTRIBUTES:
            if (value := element.get(name)) is not None:
                yield element, name, value


def dead_links(folder: Path) -> list[str]:
    """Every link of a finished copy that leads nowhere, with its page and why."""
    found: list[str] = []
    ids: dict[str, frozenset[str]] = {}
    links: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.html")):
        file = path.relative_to(folder).as_posix()
        tree = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()
        ids[file] = frozenset(tree.xpath("//@id"))
        links[file] = list(dict.fromkeys(value for _, _, value in _links(tree)))
        if tree.find(".//form") is not None:
            found.append(f"{file}: a form needs a server; show it without one")
    found.extend(
        f"{file}: {value} {why}"
        for file, values in links.items()
        for value in values
        if (why := _fault(value, file, folder, ids))
    )
    return found


def _fault(
    value: str, file: str, folder: Path, ids: Mapping[str, frozenset[str]]
) -> str | None:
    parts = urlsplit(value)
    if parts.scheme:
        return None if parts.scheme in _OUTSIDE else "is of a kind that isn't allowed"
    if parts.netloc or value.startswith("/"):
        return "needs a server of its own"
    here = posixpath.dirname(file)
    target = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
    target = target if parts.path else file
    if target not in ids and not (folder / target).is_file():
        return "leads to no file"
    if parts.fragment and parts.fragment not in ids.get(target, ()):
        return "leads to no such part of the page"
    return None
