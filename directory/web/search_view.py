"""What the search page shows: the form's choices and what was found."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from babel.numbers import format_decimal

from .. import labels
from ..language import language_name, locale
from ..resource import AUDIENCES, KINDS, NEEDS, TOPICS, Published
from ..search.cursor import read
from ..search.question import Question
from ..textforms import folded
from . import answers
from .views import ResourceView, Viewer

Facets = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class OptionView:
    """`count` is how many of what was found have this value."""

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class SelectView:
    name: str
    label: str
    chosen: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True)
class HitView:
    """`where` names the rung by which it reaches the place; `because` what matched."""

    one: ResourceView
    where: str
    distance: str | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class FoundView:
    total: int
    start: int
    hits: tuple[HitView, ...]
    advice: tuple[str, ...]
    next: str | None
    facets: Facets


def found_view(question: Question, viewer: Viewer, now: datetime.datetime) -> FoundView:
    """Raises `BadQuery`."""
    served = viewer.served
    answer = served.engine.answer(question, now)
    start = 1
    if question.cursor:
        manifest = served.release.manifest
        at = read(question.cursor, question, manifest.release, manifest.sequence)
        start = at.offset + 1
    return FoundView(
        total=answer.total,
        start=start,
        hits=tuple(
            HitView(
                one=viewer.resource(msgspec.json.decode(hit.row.json, type=Published)),
                where=viewer.place(hit.jurisdiction),
                distance=viewer.say(labels.KILOMETRES)
                % {
                    "km": format_decimal(
                        round(hit.distance_km), locale=locale(viewer.lang)
                    )
                }
                if hit.distance_km is not None
                else None,
                because=tuple(
                    dict.fromkeys(
                        answers.label(by, value, viewer.lang, served)
                        if value
                        else viewer.say(labels.MATCHED[by])
                        for by, value in hit.matched
                    )
                ),
            )
            for hit in answer.hits
        ),
        advice=tuple(
            viewer.say(labels.ADVICE[code]) for code in answers.advice_codes(answer)
        ),
        next=answer.next,
        facets={group: dict(counted) for group, counted in answer.facets.items()},
    )


def places_to_choose(viewer: Viewer) -> list[OptionView]:
    """Every country, and each region with services of its own, by name."""
    jurisdictions = viewer.served.release.jurisdictions
    found = []
    for code, place in jurisdictions.items():
        if not viewer.served.has(code):
            continue
        if place.level == "subdivision":
            if code not in viewer.served.counts:
                continue
            country = next(
                c for c in place.ladder if jurisdictions[c].level == "country"
            )
            found.append(
                OptionView(code, f"{viewer.place(country)}: {viewer.place(code)}")
            )
        elif place.level == "country":
            found.append(OptionView(code, viewer.place(code)))
    return sorted(found, key=lambda one: folded(one.label))


def languages_spoken(viewer: Viewer) -> tuple[OptionView, ...]:
    """Every language that some service speaks, by its name."""
    spoken = {tag for one in viewer.served.release.profiles for tag in one.languages}
    named = (OptionView(tag, language_name(tag, viewer.lang)) for tag in spoken)
    return tuple(sorted(named, key=lambda one: (folded(one.label), one.value)))


def choices(asked: Question, viewer: Viewer, facets: Facets | None) -> list[SelectView]:
    """The closed lists as selections, and the languages that are spoken at all."""

    def select(
        name: str, label: str, group: str, values: tuple[str, ...]
    ) -> SelectView:
        return SelectView(
            name,
            viewer.say(label),
            getattr(asked, name),
            tuple(
                OptionView(
                    value,
                    answers.label(group, value, viewer.lang, viewer.served),
                    facets.get(group, {}).get(value, 0) if facets else None,
                )
                for value in values
            ),
        )

    languages = select(
        "language",
        labels.SPOKEN,
        "language",
        tuple(one.value for one in languages_spoken(viewer)),
    )
    return [
        select("need", labels.WHAT_NEED, "need", NEEDS),
        select("kind", labels.WHAT_KIND, "kind", KINDS),
        select("topic", labels.WHAT_TOPIC, "topic", TOPICS),
        select("audience", labels.FOR_WHOM, "audience", AUDIENCES),
        select("channel", labels.HOW, "channel", tuple(labels.CHANNEL)),
        languages,
    ]
