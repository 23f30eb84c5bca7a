"""The JSON API: what changed since a release that somebody has."""

import base64
import binascii
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from litestar import Response, get
from litestar.openapi.spec import Example, OpenAPIType, Parameter, Schema

from ..errors import BadQuery
from ..release.changes import Change, changes_between
from ..release.reader import Release
from .api_answer import Made, ok, paged, parameters
from .openapi import Described
from .page import Incoming, current

_MOST_DIGITS = 8
MOST = 1000
"""Changes on a page."""


class Told(Change, frozen=True):
    """A change; `show_until` is the new one of a record that is still there."""

    show_until: datetime.date | None = None


class Changes(msgspec.Struct, frozen=True):
    """One entry a record, the sum of all releases after `since` up to `until`.

    `known_since` is the lowest sequence that can be asked for. Records that no page
    names are as they were, and may be shown until their own `show_until` or until
    `unchanged_until`, whichever is later."""

    since: int
    until: int
    known_since: int
    facts_as_of: datetime.date
    unchanged_until: datetime.date
    changes: tuple[Told, ...]
    next: str | None


class _Place(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Where the next page begins: after `offset` changes between these sequences."""

    since: int
    until: int
    offset: int


@dataclass
class Asked(Described):
    """An operation that takes `since`, `until` and a page."""

    def __post_init__(self) -> None:
        number = OpenAPIType.INTEGER
        self.parameters = [
            Parameter(
                name="since",
                param_in="query",
                required=True,
                description="The sequence of the release that the reader has.",
                schema=Schema(type=number, minimum=1),
                examples={"0": Example(value=1)},
            ),
            Parameter(
                name="until",
                param_in="query",
                description="A later sequence; else that of the release served.",
                schema=Schema(type=number, minimum=1),
            ),
            Parameter(
                name="limit",
                param_in="query",
                description=f"Changes on a page; {MOST} if left out.",
                schema=Schema(type=number, minimum=1, maximum=MOST),
            ),
            Parameter(
                name="cursor",
                param_in="query",
                description="`next` of the page before.",
                schema=Schema(type=OpenAPIType.STRING, max_length=100),
            ),
        ]
        self._refusals(
            {
                "400": "A parameter can't be understood.",
                "410": "That is longer ago than what is remembered.",
            }
        )


@get(
    "/changes",
    operation_class=Asked,
    sync_to_thread=True,
    responses={200: ok(Changes, "What changed.")},
)
def changes(request: Incoming) -> Response[bytes]:
    """What was added, changed field by field, retired or removed since a release."""
    release = current(request).release
    asked = parameters(request, "since", "until", "limit", "cursor")
    if "since" not in asked:
        raise BadQuery("since", "is missing", "send the sequence that you have")
    since = _number("since", asked["since"])
    limit = _number("limit", asked.get("limit", str(MOST)), MOST)
    at = _place(asked["cursor"], since) if "cursor" in asked else None
    newest = release.manifest.sequence
    until = at.until if at else newest
    if "until" in asked:
        until = _number("until", asked["until"])
    if at and at.until != until:
        raise _again()
    if until > newest:
        raise BadQuery("until", "is not there yet", f"send at most {newest}")
    if since > until:
        raise BadQuery("since", "lies behind", f"send at most {until}")
    offset = at.offset if at else 0
    return paged(request, "en", lambda: _made(release, since, until, offset, limit))


def _made(release: Release, since: int, until: int, offset: int, limit: int) -> Made:
    found, known_since = changes_between(release.folder, since, until)
    here = found[offset : offset + limit]
    more = offset + limit < len(found)
    cursor = _cursor(_Place(since, until, offset + limit)) if more else None
    days = release.show_until()
    body = msgspec.json.encode(
        Changes(
            since,
            until,
            known_since,
            release.manifest.facts_as_of,
            min(days.values(), default=release.manifest.expires.date()),
            _told(here, days),
            cursor,
        )
    )
    return Made(body, cursor)


def _told(found: Sequence[Change], days: dict[str, datetime.date]) -> tuple[Told, ...]:
    return tuple(
        Told(
            **{name: getattr(one, name) for name in one.__struct_fields__},
            show_until=days.get(one.id) if one.kind == "resource" else None,
        )
        for one in found
    )


def _cursor(place: _Place) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def _place(text: str, since: int) -> _Place:
    """Raises `BadQuery` for what isn't a cursor of ours for that `since`."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        found = msgspec.json.decode(raw, type=_Place)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise _again() from None
    if found.since != since or found.offset < 1 or _cursor(found) != text:
        raise _again()
    return found


def _again() -> BadQuery:
    return BadQuery(
        "cursor",
        "doesn't belong to this question",
        "leave it out to start from the first page",
    )


def _number(name: str, value: str, most: int | None = None) -> int:
    digits = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
    if not digits or int(value) < 1 or (most and int(value) > most):
        upper = f"from 1 to {most}" if most else "from 1 on"
        raise BadQuery(name, "can't be understood", f"send a number {upper}")
    return int(value)
