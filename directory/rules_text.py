"""Rules for texts, language tags and addresses."""

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from .errors import Problem
from .record import Text

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UNDETERMINED = "und"
_OUTDATED = re.compile(r"child(?:ren)?['’]?s? porn\w*|kiddie porn\w*", re.IGNORECASE)


def text_faults(file: str, field: str, text: Text) -> Iterator[Problem]:
    if not text:
        yield Problem(file, field, "has no wording", "write one under its language tag")
    for tag, words in text.items():
        if fault := tag_fault(tag):
            yield Problem(file, f"{field}.{tag}", fault, "write a BCP 47 tag")
        if not words.strip() or words != words.strip():
            yield Problem(
                file, f"{field}.{tag}", "is empty or has loose spaces", "mend the text"
            )


def tag_fault(tag: str) -> str | None:
    """Why a language tag can't be used; nothing for one that CLDR knows, or `und`."""
    if tag == UNDETERMINED:
        return None
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", tag):
            return f"“{tag}” is no language tag"
    return None


def outdated_terms(text: Text) -> list[str]:
    """Terms that Handrail doesn't use in words of its own."""
    return [match[0] for words in text.values() for match in _OUTDATED.finditer(words)]


def url_fault(url: str) -> str | None:
    """Why an address can't be shown or cited: its scheme, its host, a stray space."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "is no address"
    if parts.scheme not in {"http", "https"} or "." not in host:
        return "is no http or https address"
    if re.search(r"\s", url):
        return "has a space in it"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return None
    return "names a bare number instead of a site"
