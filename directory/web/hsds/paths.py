"""The HSDS API's paths: read only, no key, open to every origin.

The standard offers each list by POST too, with the same parameters in the address.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from litestar import HttpMethod, MediaType, Response, Router, get, route
from litestar.params import FromPath

from ... import __version__
from ...errors import NotFound
from ...hsds import profile
from ...hsds.dataset import Item, Items
from .. import page as web
from ..address import address_pairs, base_of
from ..page import Incoming
from . import found, openapi, query

_SHARED = "public, max-age=300"
_NDJSON = "application/x-ndjson"
_LISTED = [HttpMethod.GET, HttpMethod.POST]


def _kept(
    request: Incoming,
    make: Callable[[], bytes],
    media_type: str = MediaType.JSON,
    **more: str,
) -> Response[bytes]:
    """An answer that holds for a release; 304 when the reader already has it."""
    release = web.current(request).release
    tag = f'"hsds-{release.id[:16]}-{release.manifest.sequence}-{__version__}"'
    headers = {"ETag": tag, "Cache-Control": _SHARED, **more}
    if request.method == HttpMethod.POST:
        headers = {"Cache-Control": "no-store", **more}
    else:
        known = request.headers.get("if-none-match", "")
        parts = {part.strip().removeprefix("W/") for part in known.split(",")}
        if parts & {tag, "*"}:
            return Response(b"", status_code=304, headers=headers)
    return Response(make(), media_type=media_type, headers=headers)


def _list(
    request: Incoming,
    asked: query.Paged,
    items: Sequence[Item],
    shown: Callable[[Item], bytes],
) -> Response[bytes]:
    if asked.format == "ndjson":
        return _kept(
            request, lambda: b"".join(shown(one) + b"\n" for one in items), _NDJSON
        )
    per_page = found.per_page_of(asked, len(items))
    return _kept(
        request,
        lambda: found.page_of(items, shown, asked.page, per_page),
        Link=found.links(address_pairs(request), asked.page, per_page, len(items)),
    )


def _one(items: Items, item_id: str) -> Item:
    """Raises `NotFound`; what is no UUID isn't found either."""
    if (item := items.get(item_id.lower())) is None:
        raise NotFound("There is nothing with that id")
    return item


def _brief(item: Item) -> bytes:
    return item.brief


def _whole(item: Item) -> bytes:
    return item.whole


def _base(request: Incoming) -> str:
    """Where this API is, as the one who asks sees it."""
    return f"{base_of(request)}/hsds"


@get("/", sync_to_thread=False)
def meta(request: Incoming) -> Response[bytes]:
    """What this API is."""
    query.asked(address_pairs(request), query.Nothing)
    return _kept(request, lambda: msgspec.json.encode(profile.meta(_base(request))))


@route("/services", http_method=_LISTED, status_code=200, sync_to_thread=True)
def services(request: Incoming) -> Response[bytes]:
    asked = query.asked(address_pairs(request), query.Services)
    here = web.current(request)
    items = found.of_services(here.hsds.services, asked, here)
    if asked.minimal:
        return _list(request, asked, items, lambda item: item.minimal)
    return _list(request, asked, items, _whole if asked.full else _brief)


@get("/services/{id:str}", sync_to_thread=True)
def service(request: Incoming, id: FromPath[str]) -> Response[bytes]:  # noqa: A002
    query.asked(address_pairs(request), query.Nothing)
    item = _one(web.current(request).hsds.services, id)
    return _kept(request, lambda: item.whole)


@route("/organizations", http_method=_LISTED, status_code=200, sync_to_thread=True)
def organizations(request: Incoming) -> Response[bytes]:
    asked = query.asked(address_pairs(request), query.Organizations)
    here = web.current(request)
    items = found.of_services(here.hsds.organizations, asked, here)
    if asked.full_service:
        return _list(request, asked, items, here.hsds.with_services)
    return _list(request, asked, items, _whole if asked.full else _brief)


@get("/organizations/{id:str}", sync_to_thread=True)
def organization(request: Incoming, id: FromPath[str]) -> Response[bytes]:  # noqa: A002
    asked = query.asked(address_pairs(request), query.OneOrganization)
    here = web.current(request).hsds
    item = _one(here.organizations, id)
    shown = here.with_services if asked.full_service else _whole
    return _kept(request, lambda: shown(item))


@route(
    "/service_at_locations", http_method=_LISTED, status_code=200, sync_to_thread=True
)
def service_at_locations(request: Incoming) -> Response[bytes]:
    asked = query.asked(address_pairs(request), query.ServiceAtLocations)
    here = web.current(request)
    items = found.of_services(here.hsds.service_at_locations, asked, here)
    return _list(request, asked, items, _whole if asked.full else _brief)


@get("/service_at_locations/{id:str}", sync_to_thread=True)
def service_at_location(
    request: Incoming,
    id: FromPath[str],  # noqa: A002
) -> Response[bytes]:
    query.asked(address_pairs(request), query.Nothing)
    item = _one(web.current(request).hsds.service_at_locations, id)
    return _kept(request, lambda: item.whole)


@route("/taxonomies", http_method=_LISTED, status_code=200, sync_to_thread=True)
def taxonomies(request: Incoming) -> Response[bytes]:
    asked = query.asked(address_pairs(request), query.Taxonomies)
    items = found.by_words(web.current(request).hsds.taxonomies, asked.search)
    return _list(request, asked, items, _brief)


@get("/taxonomies/{id:str}", sync_to_thread=True)
def taxonomy(request: Incoming, id: FromPath[str]) -> Response[bytes]:  # noqa: A002
    query.asked(address_pairs(request), query.Nothing)
    item = _one(web.current(request).hsds.taxonomies, id)
    return _kept(request, lambda: item.whole)


@route("/taxonomy_terms", http_method=_LISTED, status_code=200, sync_to_thread=True)
def taxonomy_terms(request: Incoming) -> Response[bytes]:
    asked = query.asked(address_pairs(request), query.TaxonomyTerms)
    items = found.taxonomy_terms(asked, web.current(request))
    return _list(request, asked, items, _brief)


@get("/taxonomy_terms/{id:str}", sync_to_thread=True)
def taxonomy_term(request: Incoming, id: FromPath[str]) -> Response[bytes]:  # noqa: A002
    query.asked(address_pairs(request), query.Nothing)
    item = _one(web.current(request).hsds.taxonomy_terms, id)
    return _kept(request, lambda: item.whole)


@get("/openapi.json", sync_to_thread=False)
def description(request: Incoming) -> Response[bytes]:
    """This API's own OpenAPI document."""
    query.asked(address_pairs(request), query.Nothing)
    return _kept(request, lambda: openapi.document(_base(request)))


@get("/guide.md", sync_to_thread=False)
def guide(request: Incoming) -> Response[bytes]:
    """How to read the data, for people."""
    query.asked(address_pairs(request), query.Nothing)
    return _kept(request, profile.guide, "text/markdown")


@get("/profile", sync_to_thread=False)
def profile_index(request: Incoming) -> Response[bytes]:
    """What the profile consists of."""
    query.asked(address_pairs(request), query.Nothing)
    return _kept(request, lambda: msgspec.json.encode(profile.index(_base(request))))


@get(
    ["/profile/profile/{name:str}", "/profile/schema/{name:str}"], sync_to_thread=False
)
def profile_part(request: Incoming, name: FromPath[str]) -> Response[bytes]:
    """A patch of the standard's schema, or the whole shape of an object here."""
    query.asked(address_pairs(request), query.Nothing)
    patches = request.url.path.split("/")[-2] == "profile"
    parts: dict[str, Any] = profile.patches() if patches else profile.schemas()
    if name not in parts:
        raise NotFound("The profile has no such part")
    return _kept(request, lambda: msgspec.json.encode(parts[name]))


ROUTER = Router(
    "/hsds",
    route_handlers=[
        meta,
        services,
        service,
        organizations,
        organization,
        service_at_locations,
        service_at_location,
        taxonomies,
        taxonomy,
        taxonomy_terms,
        taxonomy_term,
        description,
        guide,
        profile_index,
        profile_part,
    ],
)
