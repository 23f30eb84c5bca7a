"""What a country's page shows: numbers first, then first choices, then everything."""

from collections.abc import Sequence
from dataclasses import dataclass

from .. import labels
from ..emergency import numbers_for
from ..hours import ALWAYS
from ..jurisdiction import EmergencyNumber, Jurisdiction
from ..resource import KINDS, Kind, Need, Published
from . import answers
from .views import ResourceView, Viewer

FIRST_NEEDS: tuple[Need, ...] = (
    "talk",
    "report",
    "remove",
    "blackmail",
    "past-abuse",
    "own-thoughts",
    "legal",
)
"""In the order of the page: somebody to talk to comes first."""

_BEST_KINDS: dict[Need, tuple[Kind, ...]] = {
    "talk": ("child-helpline", "crisis-line", "sexual-violence-helpline"),
    "report": ("csam-hotline", "child-protection-authority", "police-report"),
    "remove": ("image-removal", "csam-hotline"),
    "blackmail": ("child-helpline", "csam-hotline", "police-report", "image-removal"),
    "past-abuse": ("survivor-support", "sexual-violence-helpline", "victim-support"),
    "legal": ("legal-aid", "victim-compensation"),
}
"""Which kinds answer a need best; the others follow in the order of `KINDS`."""


@dataclass(frozen=True)
class NumberView:
    """Numbers that the same services answer. `place` names the wider place whose
    numbers they are, when they aren't this one's."""

    values: tuple[str, ...]
    label: str
    is_low: bool
    place: str | None


@dataclass(frozen=True)
class ChoiceView:
    """`then` is for when nobody answers. `wider` names the rung, when it is a wider one
    because this place has nothing confirmed of its own."""

    need: Need
    label: str
    first: ResourceView
    then: ResourceView | None
    wider: str | None


@dataclass(frozen=True)
class GroupView:
    label: str
    resources: tuple[ResourceView, ...]


@dataclass(frozen=True)
class LinkView:
    href: str
    label: str


@dataclass(frozen=True)
class GapView:
    label: str
    found_in: LinkView | None


@dataclass(frozen=True)
class PlaceView:
    code: str
    name: str
    title: str
    no_number: str
    numbers: tuple[NumberView, ...]
    choices: tuple[ChoiceView, ...]
    groups: tuple[GroupView, ...]
    below: tuple[LinkView, ...]
    above: tuple[LinkView, ...]
    gaps: tuple[GapView, ...]
    has_law: bool


def place_view(place: Jurisdiction, viewer: Viewer) -> PlaceView:
    served, release = viewer.served, viewer.served.release
    own = release.of(place.code)
    return PlaceView(
        code=place.code,
        name=viewer.place(place.code),
        title=viewer.title(place.code),
        no_number=viewer.say(labels.NO_EMERGENCY_NUMBER),
        numbers=number_views(
            numbers_for(place, release.jurisdictions), place.code, viewer
        ),
        choices=choice_views(place, viewer),
        groups=_groups(own, viewer),
        below=tuple(
            _link(one.code, viewer) for one in answers.below(place, viewer.lang, served)
        ),
        above=tuple(
            _link(code, viewer) for code in place.ladder[1:] if served.counts.get(code)
        ),
        gaps=tuple(
            GapView(
                answers.label("need", need, viewer.lang, served),
                _link(found_in, viewer) if found_in else None,
            )
            for need, found_in in answers.gaps(place, own, served)
            if need in FIRST_NEEDS
        ),
        has_law=any(release.law(code) for code in place.ladder),
    )


def choice_views(place: Jurisdiction, viewer: Viewer) -> tuple[ChoiceView, ...]:
    """Whom to turn to first for each need that somebody answers."""
    release = viewer.served.release
    ladder = [(code, release.of(code)) for code in place.ladder]
    return tuple(
        choice
        for need in FIRST_NEEDS
        if (choice := _choice(need, ladder, viewer)) is not None
    )


def number_views(
    numbers: tuple[tuple[EmergencyNumber, str], ...], asked: str, viewer: Viewer
) -> tuple[NumberView, ...]:
    """The numbers in their order, those with one label put together."""
    places = viewer.served.release.jurisdictions
    found: dict[tuple[str, bool, str | None], list[str]] = {}
    for number, code in numbers:
        label = answers.number_label(number.services, viewer.lang)
        own = code == asked or not places[code].own_numbers
        place = None if own else viewer.place(code)
        key = label, number.confidence == "low", place
        found.setdefault(key, []).append(number.value)
    return tuple(NumberView(tuple(values), *key) for key, values in found.items())


def _choice(
    need: Need, ladder: list[tuple[str, Sequence[Published]]], viewer: Viewer
) -> ChoiceView | None:
    """The best of the narrowest rung that has something confirmed, and what comes next.

    What is not yet confirmed comes after all that is, and alone only where there is
    nothing else at all.
    """
    fitting = [
        (record, code)
        for code, records in ladder
        for record in sorted(records, key=lambda one: _fitness(one, need))
        if need in record.needs
        and record.kind != "consular"
        and not record.professionals_only
    ]
    fitting.sort(key=lambda pair: pair[0].confidence == "low")
    if not fitting:
        return None
    record, code = fitting[0]
    return ChoiceView(
        need=need,
        label=viewer.say(labels.NEED[need]),
        first=viewer.resource(record),
        then=viewer.resource(fitting[1][0]) if len(fitting) > 1 else None,
        wider=None if code == ladder[0][0] else viewer.place(code),
    )


def _fitness(record: Published, need: Need) -> tuple[int, bool, bool, int]:
    best = _BEST_KINDS.get(need, ())
    kind = best.index(record.kind) if record.kind in best else len(best)
    always = any(channel.hours == ALWAYS for channel in record.channels)
    return (
        kind,
        "child" not in record.audiences and "young-person" not in record.audiences,
        not always,
        KINDS.index(record.kind),
    )


def _groups(own: Sequence[Published], viewer: Viewer) -> tuple[GroupView, ...]:
    """Every service by kind; what is not yet confirmed comes last in its kind."""
    return tuple(
        GroupView(viewer.say(labels.KIND[kind]), shown)
        for kind in KINDS
        if (
            shown := tuple(
                viewer.resource(record) for record in own if record.kind == kind
            )
        )
    )


def _link(code: str, viewer: Viewer) -> LinkView:
    return LinkView(f"/{viewer.lang}/{code.lower()}", viewer.place(code))
