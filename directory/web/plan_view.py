"""What the plan's pages show: questions, steps, advice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .. import labels
from ..guidance import Guidance
from ..law import LegalFact
from ..plan import labels as plan_labels
from ..plan.plan import FIRST_SCREEN, Plan, platforms
from ..plan.situation import Situation
from ..plan.steps import Step
from ..resource import NEEDS_IN_ORDER
from . import plan_answer
from .place_view import LinkView, NumberView, number_views
from .search_view import OptionView, languages_spoken
from .views import (
    ChannelView,
    ProofView,
    ResourceView,
    Viewer,
    Words,
    proof_view,
    words,
)
from .wording import source_in_words

_ANSWERS_OF: Mapping[str, Sequence[tuple[str, str]]] = {
    "threatened": [("needs", "blackmail"), ("subject", "me")],
    "shared": [("needs", "remove"), ("subject", "me")],
    "approached": [("needs", "talk"), ("needs", "report"), ("subject", "me")],
    "found": [("role", "witness"), ("subject", "child-online"), ("needs", "report")],
    "told": [("subject", "child-i-know")],
    "past": [("subject", "my-past"), ("needs", "past-abuse")],
    "thoughts": [("subject", "my-own-thoughts"), ("needs", "own-thoughts")],
    "working": [("role", "professional"), ("subject", "child-i-know")],
    "after": [("needs", "report")],
    "helping": [("subject", "child-i-know")],
}
"""What a reader of each page of advice has answered by reading it."""


@dataclass(frozen=True)
class QuestionView:
    """`kind` is "select", "number" or "many"."""

    name: str
    label: str
    kind: str
    chosen: tuple[str, ...]
    options: tuple[OptionView, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class StepView:
    title: str
    why: str
    place: str
    numbers: tuple[NumberView, ...]
    first: ResourceView | None
    channel: ChannelView | None
    then: ResourceView | None
    then_channel: ChannelView | None


@dataclass(frozen=True)
class FactView:
    text: Words
    when: str
    publisher: str
    url: str
    statute: str | None
    is_low: bool


@dataclass(frozen=True)
class ImageView:
    """`careful` is our own wording, where no official advice is known."""

    careful: str | None
    facts: tuple[FactView, ...]
    disclaimer: str


@dataclass(frozen=True)
class PlanPage:
    steps: tuple[StepView, ...]
    first_screen: int
    image: ImageView | None
    gaps: tuple[str, ...]
    duties: tuple[FactView, ...]
    reading: tuple[LinkView, ...]


def questions_on(
    number: int,
    chosen: Mapping[str, tuple[str, ...]],
    viewer: Viewer,
    places: Sequence[OptionView],
) -> list[QuestionView]:
    """The questions of one page, three or four of them, with what is answered."""
    say = viewer.say
    everywhere = tuple(places)

    def select(
        name: str,
        label: str,
        options: tuple[OptionView, ...],
        *,
        required: bool = False,
    ) -> QuestionView:
        picked = chosen.get(name, ())
        return QuestionView(name, say(label), "select", picked, options, required)

    def many(name: str, label: str, options: tuple[OptionView, ...]) -> QuestionView:
        return QuestionView(name, say(label), "many", chosen.get(name, ()), options)

    def amount(name: str, label: str) -> QuestionView:
        return QuestionView(name, say(label), "number", chosen.get(name, ()))

    def listed(table: Mapping[str, str]) -> tuple[OptionView, ...]:
        return tuple(OptionView(value, say(label)) for value, label in table.items())

    yes = (OptionView("true", say(plan_labels.YES)),)
    if number == 1:
        return [
            select("located_in", plan_labels.ASK_WHERE, everywhere, required=True),
            many("in_danger", plan_labels.ASK_DANGER, yes),
            select("subject", plan_labels.ASK_SUBJECT, listed(plan_labels.SUBJECT)),
        ]
    if number == 2:
        needs = tuple(
            OptionView(need, say(labels.NEED[need]))
            for need in NEEDS_IN_ORDER
            if need != "in-danger"
        )
        return [
            select("role", plan_labels.ASK_ROLE, listed(plan_labels.ROLE)),
            amount("age", plan_labels.ASK_AGE),
            many("needs", plan_labels.ASK_NEEDS, needs),
        ]
    if number == 3:
        known = tuple(
            OptionView(one, one.capitalize())
            for one in platforms(viewer.served.release)
        )
        return [
            amount("age_in_image", plan_labels.ASK_AGE_IN_IMAGE),
            select("platform", plan_labels.ASK_PLATFORM, known),
            select("hosted_in", plan_labels.ASK_HOSTED, everywhere),
            select("happened_in", plan_labels.ASK_HAPPENED, everywhere),
        ]
    return [
        select("languages", plan_labels.ASK_LANGUAGE, languages_spoken(viewer)),
        many("silent", plan_labels.ASK_SILENT, yes),
        many("anonymous", plan_labels.ASK_ANONYMOUS, yes),
        select("lives_in", plan_labels.ASK_LIVES, everywhere),
    ]


def plan_view(made: Plan, situation: Situation, viewer: Viewer) -> PlanPage:
    """A plan in the reader's words."""
    served = viewer.served
    image = None
    if situation.touches_images:
        advice = plan_answer.image_guidance(situation, viewer.lang, served)
        image = ImageView(
            advice.text if advice.careful else None,
            tuple(fact_view(fact, viewer) for fact in advice.facts),
            advice.disclaimer,
        )
    return PlanPage(
        steps=tuple(_step(step, viewer) for step in made.steps),
        first_screen=FIRST_SCREEN,
        image=image,
        gaps=tuple(
            plan_answer.gap_text(gap.kind, gap.place, viewer.lang, served)
            for gap in made.gaps
        ),
        reading=(
            *(
                LinkView(
                    f"/{viewer.lang}/g/{one.page}",
                    viewer.say(plan_labels.GUIDANCE[one.id]),
                )
                for one in plan_answer.guidance_of(made, served)
            ),
            LinkView(_law_page(situation, viewer), viewer.say(plan_labels.THE_LAW)),
        ),
        duties=tuple(
            fact_view(fact, viewer) for fact in plan_answer.duties(situation, served)
        ),
    )


def _law_page(situation: Situation, viewer: Viewer) -> str:
    return f"/{viewer.lang}/{situation.located_in.lower()}/law"


def fact_view(fact: LegalFact, viewer: Viewer) -> FactView:
    source = fact.sources[0]
    return FactView(
        words(fact.statement, viewer.lang),
        source_in_words(source, viewer.lang),
        source.publisher,
        source.url,
        fact.statute,
        fact.confidence == "low",
    )


def _step(step: Step, viewer: Viewer) -> StepView:
    offer, then = step.offer, step.then
    return StepView(
        title=viewer.say(plan_labels.STEP[step.kind]),
        why=plan_answer.why(step, viewer.lang, viewer.served),
        place=viewer.place(offer.jurisdiction if offer else step.place),
        numbers=number_views(step.numbers, step.place, viewer),
        first=viewer.resource(offer.record) if offer else None,
        channel=viewer.channel(offer.channel, offer.record) if offer else None,
        then=viewer.resource(then.record) if then else None,
        then_channel=viewer.channel(then.channel, then.record) if then else None,
    )


def guidance_view(
    one: Guidance, viewer: Viewer
) -> tuple[list[ProofView], Sequence[tuple[str, str]]]:
    """The sources of a page of advice, and the answers that its readers have given."""
    proofs = [proof_view(source, viewer.lang) for source in one.sources]
    return proofs, _ANSWERS_OF.get(one.id, ())
