"""The JSON API: what changed since a release that somebody has."""

import datetime
from dataclasses import dataclass

import msgspec
from litestar import Response, get
from litestar.openapi.spec import Example, OpenAPIType, Parameter, Schema

from ..errors import BadQuery
from ..release.changes import Change, changes_between
from . import api
from .address import address_pairs
from .openapi import Described
from .page import Incoming, current

_MOST_DIGITS = 8


class Changes(msgspec.Struct, frozen=True):
    """One entry a record, the sum of all releases after `since` up to `until`.

    `known_since` is the lowest sequence that can be asked for."""

    since: int
    until: int
    known_since: int
    facts_as_of: datetime.date
    changes: tuple[Change, ...]


@dataclass
class Asked(Described):
    """An operation that takes `since` and `until`."""

    def __post_init__(self) -> None:
        self.parameters = [
            Parameter(
                name="since",
                param_in="query",
                required=True,
                description="The sequence of the release that the reader has.",
                schema=Schema(type=OpenAPIType.INTEGER, minimum=1),
                examples={"0": Example(value=1)},
            ),
            Parameter(
                name="until",
                param_in="query",
                description="A later sequence; else that of the release served.",
                schema=Schema(type=OpenAPIType.INTEGER, minimum=1),
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
    responses={200: api.ok(Changes, "What changed.")},
)
def changes(request: Incoming) -> Response[bytes]:
    """What was added, changed field by field, retired or removed since a release."""
    release = current(request).release
    newest = release.manifest.sequence
    asked = _asked(request)
    if "since" not in asked:
        raise BadQuery("since", "is missing", "send the sequence that you have")
    since, until = asked["since"], asked.get("until", newest)
    if until > newest:
        raise BadQuery("until", "is not there yet", f"send at most {newest}")
    if since > until:
        raise BadQuery("since", "lies behind", f"send at most {until}")

    def answer() -> bytes:
        found, known_since = changes_between(release.folder, since, until)
        facts_as_of = release.manifest.facts_as_of
        return msgspec.json.encode(
            Changes(since, until, known_since, facts_as_of, found)
        )

    return api.tagged(request, "en", answer)


def _asked(request: Incoming) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, value in address_pairs(request):
        if name not in {"since", "until"} or name in found:
            raise BadQuery(
                "parameters", "only since and until are known", "send each once"
            )
        digits = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
        if not digits or int(value) < 1:
            raise BadQuery(name, "is no sequence", "send a number from 1 on")
        found[name] = int(value)
    return found
