"""The JSON API: one record, and what changed in it."""

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from .. import made_up
from ..errors import NotFound
from ..release.changes import Change, changes_of
from ..shown import Shown
from . import sparse
from .api_answer import language_of, ok, only_lang, parameters, tagged
from .current import Served
from .openapi import Single, SingleSparse
from .page import Incoming, current

Id = Annotated[
    str,
    PathParameter(
        description="A record's id.",
        examples=[Example(value="int-take-it-down"), Example(value="test-line")],
    ),
]


class History(msgspec.Struct, frozen=True):
    """What changed in one record, the newest first; `known_since` is the sequence of
    the release from which on this is known."""

    id: str
    known_since: int
    changes: tuple[Change, ...]


def _raw(name: str, here: Served) -> bytes:
    """A record's JSON, or that of one made up for tests. Raises `NotFound`."""
    if not name.startswith(made_up.PREFIX):
        return here.release.raw(name)
    manifest = here.release.manifest
    records = made_up.records(manifest.built_at, manifest.expires)
    if name in records:
        return msgspec.json.encode(records[name])
    if gone := made_up.retired(name):
        raise NotFound(
            "This record was retired",
            retired=True,
            reason=gone.reason,
            successor=gone.successor,
        )
    known = ", ".join(made_up.IDS)
    raise NotFound("There is no record with that id", remedy=f"for tests ask {known}")


@get(
    "/resources/{id:str}",
    operation_class=SingleSparse,
    sync_to_thread=False,
    responses={200: ok(Shown, "The record.")},
)
def show(
    request: Incoming,
    id: Id,  # noqa: A002 — the name that the address shows
) -> Response[bytes]:
    """One record, whole or with some fields. A retired one answers 410, with its
    successor."""
    asked = parameters(request, "lang", "fields")
    lang = language_of(request, asked.get("lang", ""))
    wanted = sparse.chosen(asked.get("fields", ""), sparse.OF_RECORD)
    raw = _raw(id, current(request))
    return tagged(request, lang, lambda: sparse.pruned(raw, wanted))


@get(
    "/resources/{id:str}/history",
    operation_class=Single,
    sync_to_thread=True,
    responses={200: ok(History, "Its changes.")},
)
def history(
    request: Incoming,
    id: Id,  # noqa: A002 — the name that the address shows
) -> Response[bytes]:
    """What changed in one record, release by release, also after it was retired."""
    lang = only_lang(request)
    here = current(request)
    if id.startswith(made_up.PREFIX):
        if id not in made_up.IDS:
            _raw(id, here)
        since = here.release.manifest.sequence
        empty = msgspec.json.encode(History(id, since, ()))
        return tagged(request, lang, lambda: empty)
    changes, since = changes_of(here.release.folder, "resource", id)
    if not changes and id not in here.release.retired():
        here.release.raw(id)
    found = msgspec.json.encode(History(id, since, changes))
    return tagged(request, lang, lambda: found)


HANDLERS = [show, history]
