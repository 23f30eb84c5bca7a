"""The pages: server-rendered, without script, the same words without and with it."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from .. import labels
from ..errors import BadQuery
from ..language import catalogue, locale, negotiate, place_name, served
from ..search.question import HOLDS_ADDRESS, Question, from_pairs
from ..search.resolve import code_of
from ..textforms import folded
from . import logs, problem
from .address import address_pairs
from .allowed import allowed
from .current import Served
from .outer import is_api
from .page import Incoming, current, form, known, now_of, page, place_of
from .place_view import LinkView, place_view
from .search_view import choices, found_view, places_to_choose
from .templating import icon, render, stylesheet
from .views import Viewer

_WITHOUT_LANGUAGE = frozenset({"about", "coverage", "plan", "privacy", "search"})


@get("/", sync_to_thread=False, include_in_schema=False)
def root(request: Incoming) -> Response[bytes]:
    """The first page in the language that the browser asks for."""
    lang = negotiate(request.headers.get("accept-language"))
    return page(_home(lang, current(request)), Vary="Accept-Language")


@get("/{lang:str}", sync_to_thread=False, include_in_schema=False)
def home(request: Incoming, lang: FromPath[str]) -> Response[Any]:
    """The first page in one language; a page without a language leads to it."""
    if lang in _WITHOUT_LANGUAGE:
        chosen = negotiate(request.headers.get("accept-language"))
        return Redirect(f"/{chosen}/{lang}", status_code=303)
    return page(_home(known(lang), current(request)))


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
    here = current(request)
    name = dict(await form(request)).get("place", "")[:100]
    try:
        code = code_of(name, here.release.jurisdictions, "place")
    except BadQuery:
        code = here.names.code(name) or ""
    if not code:
        town = here.release.towns.geocode(name)
        code = town.raw["country"] if town else ""
    if not code:
        return page(_home(known(lang), here, unknown=True), 404)
    return Redirect(f"/{known(lang)}/{code.lower()}", status_code=303)


@get("/{lang:str}/about", sync_to_thread=False, include_in_schema=False)
def about(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    here = current(request)
    texts = catalogue(known(lang))
    counts = here.release.manifest.counts
    return page(
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
    return page(render("privacy.html", known(lang), "/privacy", current(request)))


@get("/{lang:str}/search", sync_to_thread=False, include_in_schema=False)
def search_page(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The form; with parameters in the address, its answer too."""
    return _search(request, known(lang), address_pairs(request))


@post("/{lang:str}/search", status_code=200, include_in_schema=False)
async def search_sent(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The answer, without a word of the question in the address."""
    return _search(request, known(lang), await form(request))


def _search(
    request: Incoming, lang: str, pairs: list[tuple[str, str]]
) -> Response[bytes]:
    here = current(request)
    viewer = Viewer(here, lang, now_of(request))
    wrong, found, asked = None, None, Question()
    try:
        asked = from_pairs(pairs)
        if pairs:
            found = found_view(asked, viewer)
    except BadQuery as fault:
        text = labels.WRONG.get(fault.parameter, labels.WRONG_OTHER)
        if fault.detail == HOLDS_ADDRESS:
            text = labels.WRONG_ADDRESS
        wrong = viewer.say(text)
    return page(
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


@get("/{lang:str}/r/{name:str}", sync_to_thread=False, include_in_schema=False)
def resource(
    request: Incoming, lang: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """One service, under an address that doesn't name it."""
    here = current(request)
    viewer = Viewer(here, known(lang), now_of(request))
    record = here.release.by_page(name)
    return page(
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
    here = current(request)
    viewer = Viewer(here, known(lang), now_of(request))
    found = place_of(request, code)
    exact = found.code
    if code != exact.lower():
        return Redirect(f"/{lang}/{exact.lower()}", status_code=301)
    view = place_view(found, viewer)
    return page(render("place.html", lang, f"/{exact.lower()}", here, place=view))


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
    path = request.url.path
    headers = {"Allow": allowed(request.app, path)} if said.status == 405 else {}
    if is_api(path):
        return problem.response(said, headers)
    first = path.strip("/").split("/")[0]
    lang = (
        first
        if first in served()
        else negotiate(request.headers.get("accept-language"))
    )
    texts = catalogue(lang)
    heading, advice = labels.ERROR.get(said.status, labels.ERROR[500])
    return page(
        render(
            "error.html",
            lang,
            "/",
            current(request),
            heading=texts.gettext(heading),
            advice=texts.gettext(advice),
        ),
        said.status,
        **headers,
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
