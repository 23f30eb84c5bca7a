"""What every page's handler needs: the release, the moment, the form, the answer."""

import datetime

from litestar import MediaType, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from ..errors import BadQuery, NotFound
from ..jurisdiction import Jurisdiction
from ..language import served
from ..search.resolve import code_of
from .address import pairs_in
from .current import Served
from .kept import keep
from .views import Viewer

Incoming = Request[None, None, State]
FOREVER = "public, max-age=31536000, immutable"
"""`Cache-Control` of what gets another address whenever its content changes."""
_FORM = "application/x-www-form-urlencoded"


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


def lasting(
    request: Incoming,
    content: bytes,
    until: datetime.datetime | None = None,
    **headers: str,
) -> Response[bytes]:
    """A page that anybody gets who asks for this address in this language, so that it
    may be kept here until it would say something else."""
    keep(request.scope, until)
    return page(content, 200, **headers)


def known(lang: str) -> str:
    if lang not in served():
        raise NotFound("There is no such page")
    return lang


async def form(request: Incoming) -> list[tuple[str, str]]:
    """The fields of a form. Raises `BadQuery` for what can't be read as one."""
    media_type, _, _ = request.headers.get("content-type", _FORM).partition(";")
    if media_type.strip().lower() != _FORM:
        raise HTTPException(status_code=415)
    return pairs_in(await request.body())
