"""What a list holds: every condition at once, then the order, then one page of it."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import urlencode

import msgspec
from msgspec import UNSET

from ...errors import BadQuery, NotFound
from ...hsds.dataset import Item, Items
from ...places import distance_km
from ...search.question import from_fields
from ...textforms import tokens
from ..current import Served
from .query import (
    USUAL,
    Organizations,
    Paged,
    ServiceAtLocations,
    Services,
    TaxonomyTerms,
    moment,
)

Test = Callable[[Item], bool]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The standard's envelope. `size` counts what is on this page."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: Sequence[msgspec.Raw]


def page_of(
    items: Sequence[Item], shown: Callable[[Item], bytes], page: int, per_page: int
) -> bytes:
    """One page of encoded objects. A page beyond the last is empty, and last."""
    pages = math.ceil(len(items) / per_page)
    start = (page - 1) * per_page
    contents = [msgspec.Raw(shown(one)) for one in items[start : start + per_page]]
    return msgspec.json.encode(
        Page(
            total_items=len(items),
            total_pages=pages,
            page_number=page,
            size=len(contents),
            first_page=page == 1,
            last_page=page >= pages,
            empty=not contents,
            contents=contents,
        )
    )


def per_page_of(asked: Paged, total: int) -> int:
    """`minimal` is meant to bring everything at once."""
    if asked.per_page:
        return asked.per_page
    whole = isinstance(asked, Services) and asked.minimal
    return max(1, total) if whole else USUAL


def links(
    pairs: Iterable[tuple[str, str]], page: int, per_page: int, total: int
) -> str:
    """RFC 8288: the pages before and after, the first and the last, relative."""
    pages = max(1, math.ceil(total / per_page))
    others = {name: value for name, value in pairs if name not in {"page", "per_page"}}
    numbers = {"first": 1, "last": pages}
    if page > 1:
        numbers["prev"] = min(page - 1, pages)
    if page < pages:
        numbers["next"] = page + 1
    return ", ".join(
        f'<?{urlencode({**others, "page": number, "per_page": per_page})}>; rel="{rel}"'
        for rel, number in numbers.items()
    )


def of_services(
    items: Items, asked: Services | Organizations | ServiceAtLocations, served: Served
) -> list[Item]:
    """Services, or what has or is of services; words find those of the services."""
    tests: list[Test] = []
    if asked.taxonomy_term_id:
        tests.append(lambda item: asked.taxonomy_term_id in item.terms)
    if asked.taxonomy_id:
        tests.append(lambda item: asked.taxonomy_id in item.taxonomies)
    if not isinstance(asked, Organizations):
        if asked.organization_id:
            tests.append(lambda item: asked.organization_id == item.organization)
        if asked.modified_after is not UNSET:
            since = moment(asked.modified_after)
            tests.append(
                lambda item: item.modified is not None and item.modified >= since
            )
    if isinstance(asked, ServiceAtLocations):
        tests.extend(_near(asked, served))
    found = _answering(items, asked.search, served)
    return [item for item in found if all(test(item) for test in tests)]


def taxonomy_terms(asked: TaxonomyTerms, served: Served) -> list[Item]:
    return [
        item
        for item in by_words(served.hsds.taxonomy_terms, asked.search)
        if asked.taxonomy_id in {UNSET, *item.taxonomies}
        and asked.parent_id in {UNSET, item.parent}
        and not (asked.top_only and item.parent)
    ]


def by_words(items: Items, words: str) -> list[Item]:
    """Taxonomies and terms in whose name or description every word stands."""
    wanted = set(tokens(words))
    return [item for item in items.values() if wanted <= set(tokens(item.text))]


def _answering(items: Items, words: str, served: Served) -> list[Item]:
    """What answers words, best first, by the search that the pages have too; retired
    services answer none."""
    if not words.strip():
        return list(items.values())
    try:
        from_fields({"q": words})
    except BadQuery as fault:
        raise BadQuery("search", fault.detail, fault.remedy) from None
    at = served.hsds.at
    rank = {at[one]: place for place, one in enumerate(served.engine.ranked(words))}
    ranked = [
        (min(places), item)
        for item in items.values()
        if (places := [rank[one] for one in item.services if one in rank])
    ]
    return [item for _, item in sorted(ranked, key=lambda one: one[0])]


def _near(asked: ServiceAtLocations, served: Served) -> Iterator[Test]:
    """Raises `NotFound` for a postcode that the geocoder doesn't know: an empty list
    would say that there is no help."""
    if asked.postcode is UNSET:
        if asked.proximity is not UNSET:
            raise NotFound(
                "There is no postcode to measure from",
                parameter="postcode",
                remedy="send postcode as well",
            )
        return
    town = served.release.towns.geocode(asked.postcode)
    if town is None:
        raise NotFound(
            "That postcode is not known here",
            parameter="postcode",
            remedy="send a town's name, or ask /api/v1/resources with near",
        )
    middle = (town.latitude, town.longitude)
    if asked.proximity is not UNSET:
        km = float(asked.proximity) / 1000
        yield (
            lambda item: (
                item.point is not None and distance_km(item.point, middle) <= km
            )
        )
        return
    country = str(town.raw["country"]).upper()
    place = served.release.jurisdictions.get(country)
    ladder = place.ladder if place else (country,)
    yield lambda item: any(
        code in ladder or code.split("-")[0] == country for code in item.codes
    )
