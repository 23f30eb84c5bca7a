"""A place's page without markup: text, Markdown, and one text message."""

from litestar import Response

from ..jurisdiction import Jurisdiction
from .accept import preferred
from .kept import keep
from .page import Incoming, viewer_of
from .place_view import PlaceView, place_view
from .plain import markdown_of, place_lines, text_of
from .sms import message
from .views import Viewer

_ENDS = {".sms.txt": "message", ".txt": "text/plain", ".md": "text/markdown"}


def form_of(request: Incoming, code: str) -> tuple[str, str]:
    """The code of a place in an address, without its ending, and the form asked for; ""
    for a page."""
    for end, form in _ENDS.items():
        if code.endswith(end):
            return code.removesuffix(end), form
    return code, preferred(request.headers.get("accept", ""))


def plain(
    request: Incoming, lang: str, place: Jurisdiction, form: str
) -> Response[str]:
    """What its page says first, in that form."""
    viewer = viewer_of(request, lang)
    written = _written(place_view(place, viewer), viewer, form)
    keep(request.scope, viewer.until)
    media_type = "text/plain" if form == "message" else form
    return Response(
        written,
        media_type=media_type,
        headers={
            "Cache-Control": "no-store",
            "Content-Language": viewer.lang,
            "Vary": "Accept",
        },
    )


def _written(place: PlaceView, viewer: Viewer, form: str) -> str:
    if form == "message":
        return message(place, viewer)
    lines = place_lines(place, viewer)
    if form == "text/markdown":
        return markdown_of(lines, viewer.lang)
    return text_of(lines, viewer.lang)
