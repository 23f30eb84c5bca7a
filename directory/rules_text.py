"""Rules for texts, language tags and addresses."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from .errors import Problem
from .record import Text

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UNDETERMINED = "und"
_OUTDATED = re.compile(r"child(?:ren)?['’]?s? porn\w*|kiddie porn\w*", re.IGNORECASE)
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]"
)


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


def hidden_marks(file: str, value: Any, at: str = "") -> Iterator[Problem]:
    """Marks that aren't seen and change what is, in any text of a record: control marks
    and those that turn the order of letters and digits round. Joiners stay: scripts
    need them."""
    if isinstance(value, str) and (found := _HIDDEN.search(value)):
        code = f"U+{ord(found[0]):04X}"
        yield Problem(file, at, f"has the hidden mark {code} in it", "take it out")
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from hidden_marks(file, part, f"{at}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from hidden_marks(file, part, f"{at}[{number}]")


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
