"""Pages of the law of a place, and of what the directory covers."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath

from ..language import written_date
from ..law import LEGAL_TOPICS, Law
from ..plan import labels
from . import plan_answer
from .coverage import coverage
from .page import Incoming, current, known, lasting, place_of, viewer_of
from .plan_view import FactView, fact_view
from .templating import render
from .views import Viewer


@dataclass(frozen=True)
class TopicView:
    """`place` names the wider rung whose law it is, when it isn't the place's own."""

    label: str
    place: str | None
    facts: tuple[FactView, ...]


@dataclass(frozen=True)
class SurveyView:
    title: str
    edition: str
    result: str


@get("/{lang:str}/{code:str}/law", sync_to_thread=False, include_in_schema=False)
def law(request: Incoming, lang: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    """What public pages say of the law, by topic."""
    here = current(request)
    viewer = viewer_of(request, lang)
    exact = place_of(request, code).code
    found = plan_answer.laws(exact, lang, here).laws
    own = next((one for one in found if one.jurisdiction == exact), None)
    return lasting(
        request,
        render(
            "law.html",
            lang,
            f"/{exact.lower()}/law",
            here,
            title=viewer.title(exact),
            place=viewer.place(exact),
            disclaimer=viewer.say(labels.NOT_LEGAL_ADVICE),
            groups=[
                TopicView(
                    viewer.say(labels.LEGAL_TOPIC[topic]),
                    None if one is own else viewer.place(one.jurisdiction),
                    facts,
                )
                for topic in LEGAL_TOPICS
                for one in found
                if (facts := _facts(one, topic, viewer))
            ],
            survey=_survey(own, viewer),
            treaties=_treaties(own, viewer),
            back=f"/{lang}/{exact.lower()}",
        ),
        viewer.until,
    )


def _facts(one: Law, topic: str, viewer: Viewer) -> tuple[FactView, ...]:
    return tuple(fact_view(fact, viewer) for fact in one.facts if fact.topic == topic)


def _survey(own: Law | None, viewer: Viewer) -> SurveyView | None:
    if own is None or own.survey is None or own.survey.meets_standard is None:
        return None
    met = own.survey.meets_standard
    return SurveyView(
        own.survey.title,
        own.survey.edition,
        viewer.say(labels.SURVEY_MEETS if met else labels.SURVEY_FAILS),
    )


def _treaties(own: Law | None, viewer: Viewer) -> list[str]:
    return [
        viewer.say(labels.TREATY[one.name])
        for one in (own.treaties if own else ())
        if one.party
    ]


@get("/{lang:str}/coverage", sync_to_thread=False, include_in_schema=False)
def covered(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """What there is for each country and need, and what is missing."""
    here = current(request)
    table = coverage(known(lang), here)
    rows = [
        {
            "code": row.code,
            "name": row.name,
            "cells": row.cells,
            "checked": written_date(row.checked_on, lang) if row.checked_on else "–",
        }
        for row in table.countries
    ]
    view = {"needs": table.needs, "countries": rows}
    content = render("coverage.html", lang, "/coverage", here, table=view)
    return lasting(request, content)


HANDLERS = [law, covered]
