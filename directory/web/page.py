"""What every page's handler needs: the release, the moment, the form, the answer."""

import datetime

from litestar import MediaType, Request, Response
from litestar.datastructures import State

from ..errors import BadQuery, NotFound
from ..jurisdiction import Jurisdiction
from ..language import served
from ..search.resolve import code_of
from .address import pairs_in
from .current import Served
from .views import Viewer

Incoming = Request[None, None, State]
_LONGEST_BODY = 20_000


def current(request: Incoming) -> Served:
    found: Served = request.app.state.current.served
    return found


def now_of(request: Incoming) -> datetime.datetime:
    moment: datetime.datetime = request.app.state.clock()
    return moment


def viewer_of(request: Incoming, lang: str) -> Viewer:
    """Views in the language of an address, now; in a static copy, at no moment."""
    here = current(request)
    return Viewer(here, known(lang), None if here.copy else now_of(request))


def place_of(request: Incoming, code: str) -> Jurisdiction:
    """The place of an address. Raises `NotFound` for a code that is none."""
    places = current(request).release.jurisdictions
    try:
        return places[code_of(code, places, "code")]
    except BadQuery:
        raise NotFound("There is no such page") from None


def page(content: bytes, status: int = 200, **headers: str) -> Response[bytes]:
    return Response(
        content,
        status_code=status,
        media_type=MediaType.HTML,
        headers={"Cache-Control": "no-store", **headers},
    )


def known(lang: str) -> str:
    if lang not in served():
        raise NotFound("There is no such page")
    return lang


async def body_of(request: Incoming) -> bytes:
    """What was sent. Raises `BadQuery` when it is too long."""
    raw = await request.body()
    if len(raw) > _LONGEST_BODY:
        raise BadQuery("body", "is too long", f"send at most {_LONGEST_BODY} bytes")
    return raw


async def form(request: Incoming) -> list[tuple[str, str]]:
    """The fields of a form. Raises `BadQuery` when it is too long or no form."""
    return pairs_in(await body_of(request))
