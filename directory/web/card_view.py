"""What a printed card shows: the few numbers that somebody carries with them.

Whom it names is the plan's choice, for a young person, for an adult, and for somebody
who came across something. Paper knows no moment, so hours stand there in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import segno

from .. import labels
from ..channel import SILENT, Channel
from ..emergency import numbers_for
from ..jurisdiction import Jurisdiction
from ..plan.choice import Offer
from ..plan.plan import plan
from ..plan.situation import Situation
from ..plan.steps import StepKind
from .place_view import NumberView, number_views
from .views import ChannelView, ResourceView, Viewer

_MOST_WAYS = 3
_MANY = 7


@dataclass(frozen=True)
class LineView:
    """`ways` has the best channel first; `pocket` are the one or two for little room:
    the best, and one for when speaking, or writing, won't do."""

    label: str
    one: ResourceView
    ways: tuple[ChannelView, ...]
    pocket: tuple[ChannelView, ...]
    then: ResourceView | None
    then_way: ChannelView | None


@dataclass(frozen=True)
class CodeView:
    """A square code as SVG, and the address that it leads to."""

    svg: str
    shown: str


@dataclass(frozen=True)
class CardView:
    code: str
    title: str
    numbers: tuple[NumberView, ...]
    no_number: str
    lines: tuple[LineView, ...]
    square: CodeView | None

    @property
    def is_full(self) -> bool:
        """Whether a sheet has so much on it that it needs a smaller type."""
        ways = sum(len(line.ways) for line in self.lines)
        return not self.numbers or ways + len(self.numbers) > _MANY


def card_view(place: Jurisdiction, viewer: Viewer, site: str) -> CardView:
    """A place's card; `site` is where its code leads, "" for no code.

    `viewer` is one without a moment.
    """
    places = viewer.served.release.jurisdictions
    return CardView(
        code=place.code,
        title=viewer.title(place.code),
        numbers=number_views(numbers_for(place, places), place.code, viewer),
        no_number=viewer.say(labels.NO_EMERGENCY_NUMBER),
        lines=tuple(_lines(place.code, viewer)),
        square=_square(f"{site}/{viewer.lang}/{place.code.lower()}") if site else None,
    )


def _lines(code: str, viewer: Viewer) -> Iterable[LineView]:
    young = _offered(
        Situation(located_in=code, role="young-person", needs=("talk",)), "talk", viewer
    )
    adult = _offered(
        Situation(located_in=code, age=30, needs=("talk",)), "talk", viewer
    )
    report = _offered(
        Situation(
            located_in=code, role="witness", subject="child-online", needs=("report",)
        ),
        "report",
        viewer,
    )
    found = [(labels.CARD_YOUNG, young), (labels.CARD_ADULT, adult)]
    if young and adult and young[0].record.id == adult[0].record.id:
        found = [(labels.CARD_TALK, adult)]
    for label, pair in (*found, (labels.CARD_REPORT, report)):
        if pair:
            yield _line(viewer.say(label), *pair, viewer)


def _offered(
    situation: Situation, kind: StepKind, viewer: Viewer
) -> tuple[Offer, Offer | None] | None:
    made = plan(situation, viewer.served.release, viewer.at)
    for step in made.steps:
        if step.kind == kind and step.offer:
            return step.offer, step.then
    return None


def _line(label: str, offer: Offer, then: Offer | None, viewer: Viewer) -> LineView:
    record = offer.record
    others = [one for one in record.channels if one != offer.channel]
    ways = [offer.channel, *others]
    other = next(
        (one for one in others if _is_silent(one) != _is_silent(ways[0])), None
    )
    return LineView(
        label=label,
        one=viewer.resource(record),
        ways=tuple(viewer.channel(one, record) for one in ways[:_MOST_WAYS]),
        pocket=tuple(viewer.channel(one, record) for one in (ways[0], other) if one),
        then=viewer.resource(then.record) if then else None,
        then_way=viewer.channel(then.channel, then.record) if then else None,
    )


def _is_silent(channel: Channel) -> bool:
    return channel.type in SILENT


def _square(address: str) -> CodeView:
    svg = segno.make_qr(address, error="m").svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
    return CodeView(svg, address.split("://", 1)[-1])
