"""A service in schema.org's words (JSON-LD), for programs that read them.

What isn't confirmed is left out, for these words have no mark to put beside a number.
Hours are given only where a week says them exactly, in the one zone of the place.
Whether a service is a government's isn't known of each, so each is a `Service`.
"""

import calendar
from typing import Any

import msgspec
from litestar import Response

from .. import labels
from ..channel import Channel
from ..dialling import link
from ..errors import NotFound
from ..hours import ALWAYS
from ..hsds.hours import week_of
from ..resource import Published
from ..source import Source
from .kept import keep
from .page import Incoming, viewer_of
from .views import Viewer, words

MEDIA_TYPE = "application/ld+json"
ENDING = ".jsonld"
_DAYS = tuple(f"https://schema.org/{name}" for name in calendar.day_name)
_NUMBERED = {"phone": "servicePhone", "sms": "serviceSmsNumber"}
_WEB = ("https://", "http://")

Node = dict[str, Any]


def linked(request: Incoming, lang: str, record: Published) -> Response[bytes]:
    """Raises `NotFound` for a service that isn't confirmed."""
    viewer = viewer_of(request, lang)
    if record.confidence == "low":
        raise NotFound("What isn't confirmed has no such description")
    site = request.app.state.site
    keep(request.scope)
    return Response(
        msgspec.json.encode(service(record, viewer, site)),
        media_type=f"{MEDIA_TYPE}; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def service(record: Published, viewer: Viewer, site: str) -> Node:
    """The record as a `Service`; `site` is where its page is, "" where not known."""
    named = [
        {"@value": text} if tag == "und" else {"@value": text, "@language": tag}
        for tag, text in record.name.items()
    ]
    summary = words(record.summary, viewer.lang)
    node: Node = {
        "@context": "https://schema.org",
        "@type": "Service",
        "identifier": record.id,
        "name": named,
        "serviceType": viewer.say(labels.KIND[record.kind]),
        "description": {"@value": summary.text, "@language": summary.lang},
        "areaServed": [_area(code, viewer) for code in record.jurisdictions],
        "availableChannel": [
            _channel(one, record, viewer)
            for one in record.channels
            if one.confidence != "low" and (one.type in _NUMBERED or link(one))
        ],
        "subjectOf": [_page(one) for one in record.sources if one.url.startswith(_WEB)],
    }
    if summary.undetermined:
        node["description"] = summary.text
    if record.organization:
        node["provider"] = {"@type": "Organization", "name": record.organization}
    if site:
        node["@id"] = f"{site}/{viewer.lang}/r/{record.page}"
    return node


def _area(code: str, viewer: Viewer) -> Node:
    level = viewer.served.release.jurisdictions[code].level
    kind = {"country": "Country", "subdivision": "AdministrativeArea"}.get(level)
    return {
        "@type": kind or "Place",
        "identifier": code,
        "name": viewer.place(code),
    }


def _channel(one: Channel, record: Published, viewer: Viewer) -> Node:
    """A number to call or text as a `ContactPoint`; any other way by its address."""
    node: Node = {"@type": "ServiceChannel"}
    if numbered := _NUMBERED.get(one.type):
        point: Node = {"@type": "ContactPoint", "telephone": one.value}
        if hours := _hours(one, record, viewer):
            point["hoursAvailable"] = hours
        node[numbered] = point
    else:
        node["serviceUrl"] = link(one)
    tags = one.languages or record.languages
    if tags and "languages" not in one.unconfirmed:
        node["availableLanguage"] = list(tags)
    return node


def _hours(one: Channel, record: Published, viewer: Viewer) -> list[Node]:
    """Nothing where the hours are unconfirmed, or where it isn't plain whose clock."""
    if one.hours is None or "hours" in one.unconfirmed:
        return []
    if one.hours == ALWAYS:
        return [_opening(_DAYS, 0, 24 * 60)]
    place = viewer.served.release.jurisdictions[record.jurisdictions[0]]
    week = week_of(one.hours) if not one.time_zone else None
    if week is None or len(place.time_zones) != 1:
        return []
    days: dict[tuple[int, int], list[str]] = {}
    for day in sorted(week):
        for span in week[day]:
            days.setdefault(span, []).append(_DAYS[day])
    return [_opening(tuple(those), *span) for span, those in days.items()]


def _opening(days: tuple[str, ...], start: int, end: int) -> Node:
    """Minutes from midnight; the whole day ends at 23:59, as schema.org has it."""
    end = min(end, 24 * 60 - 1)
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": list(days),
        "opens": f"{start // 60:02}:{start % 60:02}",
        "closes": f"{end // 60:02}:{end % 60:02}",
    }


def _page(source: Source) -> Node:
    node: Node = {
        "@type": "WebPage",
        "url": source.url,
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "lastReviewed": source.seen.isoformat(),
    }
    if source.dated:
        node["datePublished"] = source.dated
    return node
