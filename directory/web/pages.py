"""The pages: server-rendered, without script, the same words without and with it."""

import datetime
from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Redirect

from .. import labels
from ..errors import BadQuery, NotFound
from ..language import catalogue, locale, negotiate, place_name, served
from ..search.question import Question, from_pairs
from ..search.resolve import code_of
from ..textforms import folded
from . import logs, problem
from .address import address_pairs, pairs_in
from .current import Served
from .outer import API
from .place_view import LinkView, place_view
from .search_view import choices, found_view, places_to_choose
from .templating import icon, render, stylesheet
from .views import Viewer

Incoming = Request[None, None, State]
_LONGEST_FORM = 20_000


def _current(request: Incoming) -> Served:
    found: Served = request.app.state.current.served
    return found


def _now(request: Incoming) -> datetime.datetime:
    moment: datetime.datetime = request.app.state.clock()
    return moment


def _page(content: bytes, status: int = 200, **headers: str) -> Response[bytes]:
    return Response(
        content,
        status_code=status,
        media_type=MediaType.HTML,
        headers={"Cache-Control": "no-store", **headers},
    )


def _known(lang: str) -> str:
    if lang not in served():
        raise NotFound("There is no such page")
    return lang


@get("/", sync_to_thread=False, include_in_schema=False)
def root(request: Incoming) -> Response[bytes]:
    """The first page in the language that the browser asks for."""
    lang = negotiate(request.headers.get("accept-language"))
    return _page(_home(lang, _current(request)), Vary="Accept-Language")


@get("/{lang:str}", sync_to_thread=False, include_in_schema=False)
def home(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The first page in one language."""
    return _page(_home(_known(lang), _current(request)))


def _home(lang: str, here: Served, *, unknown: bool = False) -> bytes:
    countries = [
        LinkView(
            f"/{lang}/{code.lower()}",
            place_name(code, lang, here.release.subdivision_names),
        )
        for code, place in here.release.jurisdictions.items()
        if place.level == "country"
    ]
    return render(
        "home.html",
        lang,
        "/",
        here,
        places=sorted(countries, key=lambda one: folded(one.label)),
        unknown=unknown,
    )


@post("/{lang:str}/go", include_in_schema=False)
async def go(request: Incoming, lang: FromPath[str]) -> Response[Any]:
    """From a country's name or code, typed, to its page."""
    here = _current(request)
    name = dict(await _form(request)).get("place", "")[:100]
    try:
        code = code_of(name, here.release.jurisdictions, "place")
    except BadQuery:
        code = here.names.code(name) or ""
    if not code:
        town = here.release.towns.geocode(name)
        code = town.raw["country"] if town else ""
    if not code:
        return _page(_home(_known(lang), here, unknown=True), 404)
    return Redirect(f"/{_known(lang)}/{code.lower()}", status_code=303)


@get("/{lang:str}/about", sync_to_thread=False, include_in_schema=False)
def about(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    here = _current(request)
    texts = catalogue(_known(lang))
    counts = here.release.manifest.counts
    return _page(
        render(
            "about.html",
            lang,
            "/about",
            here,
            counts={
                "resources": counts["resources"],
                "channels": counts["channels"],
                "places": len(here.counts),
            },
            translations=[
                {
                    "lang": tag,
                    "name": locale(tag).get_language_name(tag),
                    "state": texts.gettext(labels.TRANSLATION[one.state]),
                    "people": ", ".join(one.reviewed_by),
                }
                for tag, one in served().items()
            ],
        )
    )


@get("/{lang:str}/privacy", sync_to_thread=False, include_in_schema=False)
def privacy(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    return _page(render("privacy.html", _known(lang), "/privacy", _current(request)))


@get("/{lang:str}/search", sync_to_thread=False, include_in_schema=False)
def search_page(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The form; with parameters in the address, its answer too."""
    return _search(request, _known(lang), address_pairs(request))


@post("/{lang:str}/search", status_code=200, include_in_schema=False)
async def search_sent(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The answer, without a word of the question in the address."""
    return _search(request, _known(lang), await _form(request))


def _search(
    request: Incoming, lang: str, pairs: list[tuple[str, str]]
) -> Response[bytes]:
    here = _current(request)
    viewer = Viewer(here, lang, _now(request))
    wrong, found, asked = None, None, Question()
    try:
        asked = from_pairs(pairs)
        if pairs:
            found = found_view(asked, viewer)
    except BadQuery as fault:
        wrong = viewer.say(labels.WRONG.get(fault.parameter, labels.WRONG_OTHER))
    return _page(
        render(
            "search.html",
            lang,
            "/search",
            here,
            asked=asked,
            wrong=wrong,
            found=found,
            places=places_to_choose(viewer),
            choices=choices(asked, viewer, found.facets if found else None),
            again=[(name, value) for name, value in pairs if name != "cursor"],
        ),
        400 if wrong else 200,
    )


async def _form(request: Incoming) -> list[tuple[str, str]]:
    """The fields of a form. Raises `BadQuery` when it is too long or no form."""
    raw = await request.body()
    if len(raw) > _LONGEST_FORM:
        raise BadQuery("body", "is too long", f"send at most {_LONGEST_FORM} bytes")
    return pairs_in(raw)


@get("/{lang:str}/r/{page:str}", sync_to_thread=False, include_in_schema=False)
def resource(
    request: Incoming, lang: FromPath[str], page: FromPath[str]
) -> Response[bytes]:
    """One service, under an address that doesn't name it."""
    here = _current(request)
    viewer = Viewer(here, _known(lang), _now(request))
    record = here.release.by_page(page)
    return _page(
        render(
            "resource.html",
            lang,
            f"/r/{record.page}",
            here,
            one=viewer.resource(record),
            back=[
                LinkView(f"/{lang}/{code.lower()}", viewer.title(code))
                for code in record.jurisdictions
            ],
        )
    )


@get("/{lang:str}/{code:str}", sync_to_thread=False, include_in_schema=False)
def place(request: Incoming, lang: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """A country, a region, or a wider area."""
    here = _current(request)
    viewer = Viewer(here, _known(lang), _now(request))
    try:
        exact = code_of(code, here.release.jurisdictions, "code")
    except BadQuery:
        raise NotFound("There is no such page") from None
    if code != exact.lower():
        return Redirect(f"/{lang}/{exact.lower()}", status_code=301)
    view = place_view(here.release.jurisdictions[exact], viewer)
    return _page(render("place.html", lang, f"/{exact.lower()}", here, place=view))


@get("/s/{name:str}", sync_to_thread=False, include_in_schema=False)
def style(name: FromPath[str]) -> Response[bytes]:
    """The stylesheet. An old address still gets today's, but isn't kept."""
    address, content = stylesheet()
    forever = "public, max-age=31536000, immutable"
    return Response(
        content,
        media_type="text/css",
        headers={
            "Cache-Control": forever if address.endswith(f"/{name}") else "no-store"
        },
    )


@get("/icon.svg", sync_to_thread=False, include_in_schema=False)
def favicon() -> Response[bytes]:
    return Response(
        icon(),
        media_type="image/svg+xml",
        headers={"Cache-Control": "public, max-age=604800"},
    )


def answer_fault(request: Incoming, fault: Exception) -> Response[bytes]:
    """problem+json for the API; for a person, a page in their language."""
    said = problem.problem_of(fault)
    if said.status >= 500:
        logs.fault(fault)
    if request.url.path.startswith(API):
        return problem.response(said)
    first = request.url.path.strip("/").split("/")[0]
    lang = (
        first
        if first in served()
        else negotiate(request.headers.get("accept-language"))
    )
    texts = catalogue(lang)
    heading, advice = labels.ERROR.get(said.status, labels.ERROR[500])
    return _page(
        render(
            "error.html",
            lang,
            "/",
            _current(request),
            heading=texts.gettext(heading),
            advice=texts.gettext(advice),
            onward=None,
        ),
        said.status,
    )


HANDLERS = [
    root,
    home,
    go,
    about,
    privacy,
    search_page,
    search_sent,
    resource,
    place,
    style,
    favicon,
]
