"""The pages: server-rendered, without script, the same words without and with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from .. import labels
from ..errors import BadQuery, NotFound
from ..language import catalogue, locale, negotiate, place_name, served
from ..resource import short_of
from ..search.question import HOLDS_ADDRESS, Question, from_pairs
from ..search.resolve import code_of
from ..textforms import folded
from . import logs, problem
from .address import address_pairs
from .coding import BEST
from .current import Served
from .kept import keep
from .linked_data import ENDING, linked
from .outer import is_api, is_embedded
from .page import (
    FOREVER,
    Incoming,
    current,
    form,
    known,
    lasting,
    now_of,
    page,
    place_of,
    viewer_of,
)
from .place_view import LinkView, place_view
from .plain_pages import form_of, plain
from .search_view import choices, found_view, places_to_choose
from .templating import embedded, icon, render, static

_ASSETS = {
    ".css": (("style.css", "card.css"), "text/css"),
    ".js": (("page.js",), "text/javascript"),
}
_SUGGESTED = 4
_ALWAYS_SHOWN = frozenset({"q", "jurisdiction", "place", "near", "cursor"})
_HITS = 8
"""Services on a page of search, so that it arrives in the first packets."""
_WITHOUT_LANGUAGE = frozenset(
    {"about", "corrections", "coverage", "plan", "privacy", "search"}
)


@get("/", sync_to_thread=False, include_in_schema=False)
def root(request: Incoming) -> Response[bytes]:
    """The first page in the language that the browser asks for."""
    lang = negotiate(request.headers.get("accept-language"))
    return lasting(request, _home(lang, current(request)), Vary="Accept-Language")


@get("/{lang:str}", sync_to_thread=False, include_in_schema=False)
def home(request: Incoming, lang: FromPath[str]) -> Response[Any]:
    """The first page in one language; a page without a language leads to it."""
    if lang in _WITHOUT_LANGUAGE:
        chosen = negotiate(request.headers.get("accept-language"))
        return Redirect(f"/{chosen}/{lang}", status_code=303)
    return lasting(request, _home(known(lang), current(request)))


def _home(
    lang: str, here: Served, *, unknown: bool = False, nearby: Sequence[str] = ()
) -> bytes:
    countries = {
        code: LinkView(
            f"/{lang}/{code.lower()}",
            place_name(code, lang, here.release.subdivision_names),
        )
        for code, place in here.release.jurisdictions.items()
        if place.level == "country" and here.has(code)
    }
    return render(
        "home.html",
        lang,
        "/",
        here,
        places=sorted(countries.values(), key=lambda one: folded(one.label)),
        unknown=unknown,
        nearby=[countries[code] for code in nearby if code in countries],
    )


@post("/{lang:str}/go", include_in_schema=False)
async def go(request: Incoming, lang: FromPath[str]) -> Response[Any]:
    """From a country's name or code, typed, to its page. From where somebody is, if
    they asked for it, to a choice: the rounding is coarser than a border."""
    here = current(request)
    fields = dict(await form(request))
    point = Question(near=fields.get("near", "")).point()
    if point:
        nearby = here.release.towns.countries_near(point)[:_SUGGESTED]
        return page(_home(known(lang), here, unknown=not nearby, nearby=nearby))
    name = fields.get("place", "")[:100]
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
    return lasting(
        request,
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
        ),
    )


@get("/{lang:str}/privacy", sync_to_thread=False, include_in_schema=False)
def privacy(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    here = current(request)
    return lasting(request, render("privacy.html", known(lang), "/privacy", here))


@get("/{lang:str}/search", sync_to_thread=False, include_in_schema=False)
def search_page(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The form; with parameters in the address, its answer too. Others, that sites add
    to a link that is shared, are left aside."""
    pairs = [
        (name, value)
        for name, value in address_pairs(request)
        if name in Question.__struct_fields__
    ]
    if not pairs:
        keep(request.scope)
    return _search(request, known(lang), pairs)


@post("/{lang:str}/search", status_code=200, include_in_schema=False)
async def search_sent(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The answer, without a word of the question in the address."""
    return _search(request, known(lang), await form(request))


def _search(
    request: Incoming, lang: str, pairs: list[tuple[str, str]]
) -> Response[bytes]:
    here = current(request)
    viewer = viewer_of(request, lang)
    wrong, found, asked = None, None, Question()
    try:
        asked = from_pairs(pairs)
        if "limit" not in dict(pairs):
            asked = msgspec.structs.replace(asked, limit=_HITS)
        if pairs:
            found = found_view(asked, viewer, now_of(request))
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
            narrowed=any(value for name, value in pairs if name not in _ALWAYS_SHOWN),
            again=[(name, value) for name, value in pairs if name != "cursor"],
        ),
        400 if wrong else 200,
    )


@get("/{lang:str}/r/{name:str}", sync_to_thread=False, include_in_schema=False)
def resource(
    request: Incoming, lang: FromPath[str], name: FromPath[str]
) -> Response[Any]:
    """One service, under an address that doesn't name it. That of one that is gone
    leads to the one that took its place."""
    here = current(request)
    viewer = viewer_of(request, lang)
    try:
        record = here.release.by_page(name.removesuffix(ENDING))
    except NotFound as gone:
        if gone.successor is None:
            raise
        return Redirect(f"/{lang}/r/{short_of(gone.successor)}", status_code=303)
    if name.endswith(ENDING):
        return linked(request, lang, record)
    one = viewer.resource(record)
    return lasting(
        request,
        render(
            "resource.html",
            lang,
            f"/r/{record.page}",
            here,
            one=one,
            back=[
                LinkView(f"/{lang}/{code.lower()}", viewer.title(code))
                for code in record.jurisdictions
                if here.has(code)
            ],
        ),
        viewer.until,
    )


@get("/{lang:str}/{code:str}", sync_to_thread=False, include_in_schema=False)
def place(request: Incoming, lang: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """A country, a region, or a wider area; for programs also as plain text."""
    here = current(request)
    viewer = viewer_of(request, lang)
    bare, form = form_of(request, code)
    found = place_of(request, bare)
    exact = found.code
    if bare != exact.lower():
        end = code.removeprefix(bare)
        return Redirect(f"/{lang}/{exact.lower()}{end}", status_code=301)
    if form:
        return plain(request, lang, found, form)
    view = place_view(found, viewer)
    content = render("place.html", lang, f"/{exact.lower()}", here, place=view)
    return lasting(request, content, viewer.until, Vary="Accept")


@get("/s/{name:str}", sync_to_thread=False, include_in_schema=False)
def asset(request: Incoming, name: FromPath[str]) -> Response[bytes]:
    """A stylesheet or the script. An old address still gets today's, but isn't
    kept."""
    files, media_type = _ASSETS.get(Path(name).suffix, ((), ""))
    if not files:
        raise NotFound("There is no such page")
    found = dict(static(file) for file in files)
    exact = found.get(f"/s/{name}")
    if exact is not None:
        keep(request.scope, effort=BEST)
    return Response(
        exact or static(files[0])[1],
        media_type=media_type,
        headers={"Cache-Control": FOREVER if exact is not None else "no-store"},
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
    headers = problem.headers_of(fault)
    path = request.scope["path"]
    framed = is_embedded(path)
    if is_api(path) or (framed and path.endswith(".json")):
        return problem.response(said, headers)
    first = path.removeprefix("/embed").strip("/").split("/")[0]
    lang = (
        first
        if first in served()
        else negotiate(request.headers.get("accept-language"))
    )
    texts = catalogue(lang)
    heading, advice = labels.ERROR.get(
        said.status, labels.ERROR[400 if said.status < 500 else 500]
    )
    return page(
        render(
            "embed_error.html" if framed else "error.html",
            lang,
            "/",
            current(request),
            frame_style=embedded("frame.css")[0],
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
    asset,
    favicon,
]
