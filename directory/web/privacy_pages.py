"""Page of what can be seen of a call in one place: bills, call lists, devices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath

from ..channel import BILLED, Channel
from ..emergency import numbers_for
from ..jurisdiction import WORLD, Jurisdiction
from ..resource import Published
from ..source import Source
from .page import Incoming, current, lasting, place_of, viewer_of
from .place_view import NumberView, number_views
from .plan_view import FactView, fact_view
from .templating import render
from .views import ChannelView, ProofView, ResourceView, Viewer, proof_view


@dataclass(frozen=True)
class LineView:
    """`on_bill` and `in_call_log` are None where no cited page says it; `proof` is the
    page that does, the first among the channel's sources."""

    resource: ResourceView
    channel: ChannelView
    on_bill: bool | None
    in_call_log: bool | None
    proof: ProofView


@dataclass(frozen=True)
class RuleView:
    """`place` names the wider rung whose rule it is, when it isn't the place's own."""

    place: str | None
    facts: tuple[FactView, ...]


@dataclass(frozen=True)
class TracesView:
    hidden: tuple[LineView, ...]
    billed: tuple[LineView, ...]
    unknown: tuple[LineView, ...]
    emergency: tuple[NumberView, ...]
    rules: tuple[RuleView, ...]


@get("/{lang:str}/{code:str}/privacy", sync_to_thread=False, include_in_schema=False)
def traces(
    request: Incoming, lang: FromPath[str], code: FromPath[str]
) -> Response[bytes]:
    """What is known to show on a bill, what isn't known, and what is so anywhere."""
    here = current(request)
    viewer = viewer_of(request, lang)
    exact = place_of(request, code).code
    return lasting(
        request,
        render(
            "traces.html",
            lang,
            f"/{exact.lower()}/privacy",
            here,
            title=viewer.title(exact),
            place=viewer.place(exact),
            traces=_traces(exact, viewer),
            back=f"/{lang}/{exact.lower()}",
        ),
        viewer.until,
    )


def _traces(code: str, viewer: Viewer) -> TracesView:
    places = viewer.served.release.jurisdictions
    lines = tuple(_lines(code, viewer))
    told = {line.channel.shown for line in lines if line.on_bill is not None}
    numbers = number_views(numbers_for(places[code], places), code, viewer)
    return TracesView(
        hidden=tuple(line for line in lines if line.on_bill is False),
        billed=tuple(line for line in lines if line.on_bill),
        unknown=tuple(
            line
            for line in lines
            if line.on_bill is None and line.resource.kind != "emergency"
        ),
        emergency=tuple(one for one in numbers if not set(one.values) <= told),
        rules=tuple(_rules(code, viewer)),
    )


def _rungs(code: str, places: Mapping[str, Jurisdiction]) -> Iterator[str]:
    """The places whose phone companies and rules are this one's.

    A territory with a code of its own has phone companies of its own: nothing is
    guessed from the state that it belongs to.
    """
    within = True
    for rung in places[code].ladder:
        level = places[rung].level
        if rung != WORLD and (within or level == "supranational"):
            yield rung
        within = within and level != "country"


def _lines(code: str, viewer: Viewer) -> Iterator[LineView]:
    release = viewer.served.release
    seen = set()
    for rung in _rungs(code, release.jurisdictions):
        for record in release.of(rung):
            view = viewer.resource(record)
            for channel, shown in zip(record.channels, view.channels, strict=True):
                if channel.type in BILLED and (record.id, shown.shown) not in seen:
                    seen.add((record.id, shown.shown))
                    yield LineView(
                        view,
                        shown,
                        channel.shows_on_bill,
                        channel.shows_in_call_log,
                        proof_view(_named_first(channel, record), viewer.lang),
                    )


def _named_first(channel: Channel, record: Published) -> Source:
    return next(one for one in record.sources if one.url == channel.sources[0])


def _rules(code: str, viewer: Viewer) -> Iterator[RuleView]:
    release = viewer.served.release
    for rung in _rungs(code, release.jurisdictions):
        law = release.law(rung)
        facts = tuple(
            fact_view(fact, viewer)
            for fact in (law.facts if law else ())
            if fact.topic == "call-records"
        )
        if facts:
            yield RuleView(None if rung == code else viewer.place(rung), facts)


HANDLERS = [traces]
