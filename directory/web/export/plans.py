"""A place's plans on one page: what the questions would lead to, to be opened in place.

Without a server nobody can answer, so the plan of every answer that changes much is
made beforehand, by the same planner: what would help, and who is asking. People whose
plans are the same share one. Nothing that is opened leaves a trace in the history.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ... import labels
from ...emergency import numbers_for
from ...jurisdiction import Jurisdiction
from ...plan import labels as plan_labels
from ...plan.plan import Plan, plan
from ...plan.situation import Situation, checked
from ..current import Served
from ..place_view import NumberView, number_views
from ..plan_view import PlanPage, plan_view
from ..templating import render
from ..views import Viewer

_GROWN = 30
"""Years, where all that is known is 18 or older: services for the young stay out."""

_WHO: Mapping[str, tuple[str, dict[str, Any]]] = {
    "child": (plan_labels.ROLE["child"], {"role": "child"}),
    "young-person": (plan_labels.ROLE["young-person"], {"role": "young-person"}),
    "adult": (plan_labels.ADULT, {"age": _GROWN}),
    "parent": (
        plan_labels.ROLE["parent"],
        {"role": "parent", "subject": "child-i-know"},
    ),
    "friend": (
        plan_labels.ROLE["friend"],
        {"role": "friend", "subject": "child-i-know"},
    ),
    "witness": (
        plan_labels.ROLE["witness"],
        {"role": "witness", "subject": "child-online"},
    ),
    "survivor": (
        plan_labels.ROLE["survivor"],
        {"role": "survivor", "subject": "my-past"},
    ),
    "professional": (
        plan_labels.ROLE["professional"],
        {"role": "professional", "subject": "child-i-know"},
    ),
}
_ANYONE = ("child", "young-person", "adult", "parent", "friend")
_THEMSELVES = ("child", "young-person", "adult")

_TREE: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    (labels.NEED["talk"], {"needs": ("talk",)}, _ANYONE),
    (
        plan_labels.ASK_SILENT,
        {"needs": ("talk",), "silent": True},
        _THEMSELVES,
    ),
    (labels.NEED["report"], {"needs": ("report",)}, (*_ANYONE, "witness")),
    (labels.NEED["remove"], {"needs": ("remove",)}, (*_THEMSELVES, "parent")),
    (labels.NEED["blackmail"], {"needs": ("blackmail",)}, (*_THEMSELVES, "parent")),
    (labels.NEED["past-abuse"], {"needs": ("past-abuse",)}, ("survivor",)),
    (labels.NEED["legal"], {"needs": ("legal",)}, (*_THEMSELVES, "parent")),
    (
        labels.NEED["own-thoughts"],
        {"needs": ("own-thoughts",), "subject": "my-own-thoughts"},
        _THEMSELVES,
    ),
    (labels.NEED["professional"], {"needs": ("professional",)}, ("professional",)),
)
"""What would help, and for each who may be asking."""


@dataclass(frozen=True)
class Asking:
    """`who` is empty where only one kind of reader asks."""

    who: tuple[str, ...]
    view: PlanPage


@dataclass(frozen=True)
class Answered:
    label: str
    asking: tuple[Asking, ...]


@dataclass(frozen=True)
class PlansView:
    code: str
    title: str
    numbers: tuple[NumberView, ...]
    no_number: str
    answers: tuple[Answered, ...]


class Plans:
    """Makes these pages, each plan once for all languages."""

    def __init__(self, served: Served, languages: Iterable[str]) -> None:
        self._served = served
        self._viewers = {lang: Viewer(served, lang, None) for lang in languages}
        self._made: dict[Situation, Plan] = {}

    def page(self, place: Jurisdiction, lang: str) -> bytes:
        viewer = self._viewers[lang]
        places = self._served.release.jurisdictions
        return render(
            "plans.html",
            lang,
            f"/{place.code.lower()}/plan",
            self._served,
            plans=PlansView(
                code=place.code,
                title=viewer.title(place.code),
                numbers=number_views(numbers_for(place, places), place.code, viewer),
                no_number=viewer.say(labels.NO_EMERGENCY_NUMBER),
                answers=tuple(
                    Answered(viewer.say(label), self._asking(place, asked, who, viewer))
                    for label, asked, who in _TREE
                ),
            ),
        )

    def _asking(
        self,
        place: Jurisdiction,
        asked: dict[str, Any],
        who: tuple[str, ...],
        viewer: Viewer,
    ) -> tuple[Asking, ...]:
        """One plan for all who get the same."""
        found: list[tuple[PlanPage, list[str]]] = []
        for name in who:
            label, reader = _WHO[name]
            situation = checked(Situation(located_in=place.code, **(reader | asked)))
            view = plan_view(self._plan(situation), situation, viewer)
            names = next((names for one, names in found if one == view), None)
            if names is None:
                found.append((view, [viewer.say(label)]))
            else:
                names.append(viewer.say(label))
        if len(found) == 1:
            return (Asking((), found[0][0]),)
        return tuple(Asking(tuple(names), view) for view, names in found)

    def _plan(self, situation: Situation) -> Plan:
        if situation not in self._made:
            self._made[situation] = plan(situation, self._served.release, None)
        return self._made[situation]
