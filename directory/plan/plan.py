"""A plan: the rules applied to a situation, and the gaps that they met."""

import datetime
from dataclasses import dataclass

from ..errors import BadQuery
from ..jurisdiction import WORLD
from ..release.reader import Release
from .choice import Chooser
from .rules import ORDER, RULES, kind_of
from .situation import Situation
from .steps import Step, StepKind, needs_speech, platform_of

FIRST_SCREEN = 4
"""Steps that a reader sees at first."""

_GUIDANCE: tuple[tuple[str, str], ...] = (
    ("blackmail", "threatened"),
    ("remove", "shared"),
    ("past-abuse", "past"),
    ("own-thoughts", "thoughts"),
    ("professional", "working"),
)
_GUIDANCE_OF_KIND = {
    "own-thoughts": ("thoughts",),
    "professional": ("working", "helping"),
    "past": ("past",),
    "witness": ("found",),
    "about-another": ("told", "helping"),
}


@dataclass(frozen=True)
class Gap:
    """Nothing known in `place` makes this step; `found_in` is the wider rung whose
    service stands in, if there is one."""

    kind: StepKind
    place: str
    found_in: str | None


@dataclass(frozen=True)
class Plan:
    """`guidance` are ids of pages to read, the nearest first."""

    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]
    guidance: tuple[str, ...]


def plan(situation: Situation, release: Release, at: datetime.datetime | None) -> Plan:
    """The plan for a situation at the moment `at`; without one, for paper and copies,
    what is always open comes before what isn't.

    Raises `BadQuery` for a platform that the directory doesn't know.
    """
    if situation.platform is not None:
        known = platforms(release)
        if situation.platform not in known:
            raise BadQuery(
                "platform", "isn't known here", f"use one of {', '.join(known)}"
            )
    chooser = Chooser(release, situation, at)
    kind = kind_of(situation)
    steps: list[Step] = []
    gaps: list[Gap] = []
    for name in ORDER[kind]:
        rule = RULES[name]
        if not rule.applies(situation):
            continue
        made = list(rule.make(situation, chooser))
        steps.extend(made)
        gaps.extend(_gaps(name, made, situation, release))
    if situation.silent:
        steps = _phone_second(steps)
    return Plan(tuple(steps), tuple(gaps), _guidance(situation, kind))


def _phone_second(steps: list[Step]) -> list[Step]:
    """For somebody who can't speak: a step that needs a voice goes behind the first
    that doesn't. Danger stays in front."""
    first = next((n for n, one in enumerate(steps) if one.kind != "emergency"), None)
    if first is None or not _is_spoken(steps[first]):
        return steps
    for n, one in enumerate(steps[first:], first):
        if not _is_spoken(one):
            return [*steps[:first], one, *steps[first:n], *steps[n + 1 :]]
    return steps


def _is_spoken(step: Step) -> bool:
    return step.offer is not None and needs_speech(step.offer)


def platforms(release: Release) -> tuple[str, ...]:
    """The platforms that have a way to report, by their short names."""
    found = {platform_of(record) for record in release.of(WORLD)}
    return tuple(sorted(name for name in found if name))


def _gaps(
    kind: StepKind, made: list[Step], situation: Situation, release: Release
) -> list[Gap]:
    """What a rule should have found in the place itself and didn't.

    That there is nothing on rights is said only to somebody who asked for it.
    """
    asked = {"legal", "past-abuse"} & set(situation.needs)
    if kind == "emergency" or (kind == "rights" and not asked):
        return []
    place = _country(
        (situation.lives_in or "") if kind == "consular" else situation.located_in,
        release,
    )
    offer = next((step.offer for step in made if step.offer), None)
    if offer is None:
        return [Gap(kind, place, None)]
    if offer.rung in {"world", "supranational"}:
        return [Gap(kind, place, offer.jurisdiction)]
    return []


def _country(place: str, release: Release) -> str:
    """The country that a place is, or lies in; a wider place is itself."""
    places = release.jurisdictions
    rungs = places[place].ladder
    return next((code for code in rungs if places[code].level == "country"), place)


def _guidance(situation: Situation, kind: str) -> tuple[str, ...]:
    found = [page for need, page in _GUIDANCE if need in situation.needs]
    found.extend(_GUIDANCE_OF_KIND.get(kind, ()))
    if situation.about_images and kind == "about-me" and "threatened" not in found:
        found.append("shared")
    found.append("after")
    return tuple(dict.fromkeys(found))
