"""Where somebody with a website chooses what it shows, and copies the code for it."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath

from .. import labels
from ..language import direction, locale, served
from .embed_theme import THEMES, accent_of, theme_of
from .embed_view import EmbedView, embed_view
from .outer import PAGE_POLICY
from .page import Incoming, current, form, known, page, place_of, viewer_of
from .place_view import FIRST_NEEDS
from .search_view import OptionView, places_to_choose
from .templating import embedded, environment, integrity, render
from .views import Viewer

_POLICY = f"{PAGE_POLICY}; frame-src 'self'"
_FIELDS = ("place", "need", "spoken", "theme", "accent")
_HOLDS = datetime.timedelta(days=90)
"""For how long after their day copied facts are shown without a word of warning."""


@dataclass(frozen=True)
class CodeView:
    """What is copied, and the address of the preview. `weak` says of a colour that was
    asked for that it can't be read."""

    frame: str
    element: str
    preview: str
    title: str
    weak: bool


@get("/{lang:str}/embed", sync_to_thread=False, include_in_schema=False)
def embed_form(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The form. It isn't kept: the code holds the address that it was asked at."""
    return _answer(request, known(lang), {})


@post("/{lang:str}/embed", status_code=200, include_in_schema=False)
async def embed_code(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The code for what was chosen, with what it looks like."""
    return _answer(request, known(lang), dict(await form(request)))


def _answer(request: Incoming, lang: str, asked: dict[str, str]) -> Response[bytes]:
    viewer = viewer_of(request, lang)
    content = render(
        "embed_form.html",
        lang,
        "/embed",
        current(request),
        asked={name: asked.get(name, "") for name in _FIELDS},
        places=places_to_choose(viewer),
        needs=[OptionView(one, viewer.say(labels.NEED[one])) for one in FIRST_NEEDS],
        spoken=[
            OptionView(tag, locale(tag).get_language_name(tag) or tag)
            for tag in served()
        ],
        themes=[OptionView(one, viewer.say(labels.THEME[one])) for one in THEMES],
        code=_code(request, lang, asked) if asked.get("place") else None,
    )
    return page(content, 200, **{"Content-Security-Policy": _POLICY})


def _code(request: Incoming, lang: str, asked: dict[str, str]) -> CodeView:
    spoken = known(asked.get("spoken") or lang)
    need = next((one for one in FIRST_NEEDS if one == asked.get("need")), "")
    theme = theme_of(asked.get("theme", ""))
    wanted = asked.get("accent", "").strip()
    accent = accent_of(wanted, theme)
    # Copied facts know no moment: their hours stand there in words.
    viewer = Viewer(current(request), spoken, None)
    view = embed_view(place_of(request, asked["place"]), viewer, need)
    told = {
        "need": need,
        "theme": "" if theme == "auto" else theme,
        "accent": accent or "",
    }
    query = urlencode({name: value for name, value in told.items() if value})
    path = f"/embed/{spoken}/{view.code.lower()}{'?' if query else ''}{query}"
    site = request.app.state.site or str(request.base_url).rstrip("/")
    return CodeView(
        frame=_part("parts/embed_frame.html", spoken, src=f"{site}{path}", view=view),
        element=_element(
            site, viewer, view, need=need, theme=theme, fixed=asked.get("spoken", "")
        ),
        preview=path,
        title=view.title,
        weak=bool(wanted) and accent is None,
    )


def _element(
    site: str, viewer: Viewer, view: EmbedView, *, need: str, theme: str, fixed: str
) -> str:
    address, script = embedded("handrail.js")
    as_of = viewer.served.release.manifest.facts_as_of
    return _part(
        "parts/embed_element.html",
        viewer.lang,
        site=site,
        address=address,
        integrity=integrity(script),
        view=view,
        need=need,
        theme=theme,
        fixed=fixed,
        dir=direction(viewer.lang),
        until=(as_of + _HOLDS).isoformat(),
    )


def _part(template: str, lang: str, **view: object) -> str:
    return environment(lang).get_template(template).render(lang=lang, **view).strip()


HANDLERS = [embed_form, embed_code]
