"""What other sites show within their own pages: a frame, or an element with its facts.

Both are for a reader who never asked for us: no cookie, no script in the frame, and no
dead end. A language that isn't served is answered in English, a need or a colour that
isn't known as if none were asked.
"""

from typing import Any

import msgspec
from litestar import MediaType, Response, get
from litestar.params import FromPath

from ..errors import NotFound
from ..language import negotiate, served
from .address import address_pairs
from .coding import BEST
from .embed_theme import accent_of, accent_sheet, theme_of
from .embed_view import embed_view, facts_of
from .kept import keep
from .page import (
    FOREVER,
    Incoming,
    current,
    lasting,
    page,
    place_of,
    viewer_of,
)
from .templating import earlier_script, embedded, render

_FOREVER = {"Cache-Control": FOREVER}
_FACTS = ".json"


@get("/embed/{lang:str}/{name:str}", sync_to_thread=False, include_in_schema=False)
def embed(
    request: Incoming, lang: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A place's page for a frame; with `.json`, what the element shows."""
    if name.endswith(_FACTS):
        return _facts(request, lang, name.removesuffix(_FACTS))
    asked = dict(address_pairs(request))
    viewer = viewer_of(request, negotiate(lang))
    view = embed_view(place_of(request, name), viewer, asked.get("need", ""))
    theme = theme_of(asked.get("theme", ""))
    content = render(
        "embed.html",
        viewer.lang,
        "/",
        current(request),
        view=view,
        theme=theme,
        accent=accent_of(asked.get("accent", ""), theme),
        frame_style=embedded("frame.css")[0],
    )
    if asked or not _is_exact(lang, name):
        return page(content)
    return lasting(request, content, viewer.until)


def _facts(request: Incoming, lang: str, code: str) -> Response[bytes]:
    viewer = viewer_of(request, negotiate(lang))
    view = embed_view(place_of(request, code), viewer)
    if _is_exact(lang, code):
        keep(request.scope, viewer.until)
    return Response(
        msgspec.json.encode(facts_of(view, viewer)), media_type=MediaType.JSON
    )


def _is_exact(lang: str, code: str) -> bool:
    """Whether an address is the one of its page; of others there is no end to keep."""
    return lang in served() and code == code.lower()


@get("/embed/handrail.js", sync_to_thread=False, include_in_schema=False)
def newest_script(request: Incoming) -> Response[bytes]:
    """Today's element, for pages that hold no hash of it."""
    return _asset(request, "handrail.js", "text/javascript")


@get("/embed/{version:str}/handrail.js", sync_to_thread=False, include_in_schema=False)
def script(request: Incoming, version: FromPath[str]) -> Response[bytes]:
    """The element as it was when its address was copied: pages hold its hash."""
    return _asset(request, "handrail.js", "text/javascript", earlier_script(version))


@get("/embed/{version:str}/frame.css", sync_to_thread=False, include_in_schema=False)
def frame_style(request: Incoming) -> Response[bytes]:
    return _asset(request, "frame.css", "text/css")


def _asset(
    request: Incoming, name: str, media_type: str, earlier: bytes | None = None
) -> Response[Any]:
    """What has a version is kept for ever; another address gets today's, and isn't."""
    address, content = embedded(name)
    if earlier is not None:
        return Response(earlier, media_type=media_type, headers=_FOREVER)
    if request.scope["path"] != address:
        return Response(content, media_type=media_type)
    keep(request.scope, effort=BEST)
    return Response(content, media_type=media_type, headers=_FOREVER)


@get("/embed/theme/{name:str}", sync_to_thread=False, include_in_schema=False)
def theme_style(name: FromPath[str]) -> Response[bytes]:
    """One colour as a stylesheet: `1f5f63.css`. No page may style itself."""
    sheet = accent_sheet(name.removesuffix(".css")) if name.endswith(".css") else None
    if sheet is None:
        raise NotFound("There is no such page")
    return Response(sheet, media_type="text/css", headers=_FOREVER)


HANDLERS = [embed, newest_script, script, frame_style, theme_style]
