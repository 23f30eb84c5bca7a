"""The plan and the law as JSON."""

import datetime
from typing import Any

import msgspec

from ..channel import Channel
from ..guidance import Guidance
from ..jurisdiction import WORLD, Level
from ..language import catalogue
from ..law import Finder, Law, LegalFact
from ..plan import labels
from ..plan.choice import Offer
from ..plan.plan import FIRST_SCREEN, Plan
from ..plan.situation import Situation
from ..plan.steps import Reason, Step, StepKind
from ..record import in_language
from ..shown import Shown
from . import answers
from .current import Served


class Why(msgspec.Struct, frozen=True):
    code: Reason
    text: str


class Offered(msgspec.Struct, frozen=True):
    """A service, its best channel, and the state of that channel now."""

    resource: Shown
    channel: Channel
    now: answers.Now
    rung: Level
    jurisdiction: str


class PlanStep(msgspec.Struct, frozen=True):
    """`numbers` are those of an emergency step, which has a resource only where a
    record gives the number. `about` is the place that the step is about,
    `jurisdiction` the one that the service is from."""

    kind: StepKind
    title: str
    first_screen: bool
    about: str
    resource: Shown | None
    channel: Channel | None
    now: answers.Now | None
    alternative: Offered | None
    rung: Level | None
    jurisdiction: str
    reason: Why
    checked_on: datetime.date | None
    numbers: tuple[answers.Number, ...] = ()


class PlanGap(msgspec.Struct, frozen=True):
    kind: StepKind
    jurisdiction: str
    found_in: str | None
    text: str


class ImageGuidance(msgspec.Struct, frozen=True):
    """`careful`: no official advice is known here, ours is the most careful one."""

    jurisdiction: str
    careful: bool
    text: str
    facts: tuple[LegalFact, ...]
    disclaimer: str


class Planned(msgspec.Struct, frozen=True):
    """`guidance` are addresses of pages to read; `duties` is what the law of the place
    asks of somebody who works with children."""

    release: str
    situation: Situation
    steps: tuple[PlanStep, ...]
    guidance: tuple[str, ...]
    image_guidance: ImageGuidance | None
    gaps: tuple[PlanGap, ...]
    duties: tuple[LegalFact, ...]


class Laws(msgspec.Struct, frozen=True):
    """The law of a place and of the wider rungs that hold there too."""

    release: str
    jurisdiction: str
    disclaimer: str
    laws: tuple[Law, ...]


def why(step: Step, lang: str, served: Served) -> str:
    """The reason for a step, in the reader's words."""
    text = catalogue(lang).gettext(labels.REASON[step.reason])
    name = answers.label("jurisdiction", step.place, lang, served)
    return text % {"place": name} if "%(place)s" in text else text


def gap_text(kind: StepKind, place: str, lang: str, served: Served) -> str:
    """That a place lacks something, in the reader's words."""
    texts = catalogue(lang)
    return texts.gettext(labels.GAP_IN) % {
        "place": answers.label("jurisdiction", place, lang, served),
        "what": texts.gettext(labels.GAP[kind]),
    }


_FINDER: dict[str, Finder] = {"professional": "professional", "parent": "parent"}


def image_guidance(situation: Situation, lang: str, served: Served) -> ImageGuidance:
    """What to do with a picture, by the narrowest rung that has official advice."""
    say = catalogue(lang).gettext
    finder = _FINDER.get(situation.role or "", "anyone")
    for code in served.release.jurisdictions[situation.located_in].ladder[:-1]:
        facts = facts_for(code, finder, served)
        if facts:
            text = " ".join(in_language(fact.statement, lang)[0] for fact in facts)
            return ImageGuidance(
                jurisdiction=code,
                careful=False,
                text=text,
                facts=facts,
                disclaimer=say(labels.NOT_LEGAL_ADVICE),
            )
    return ImageGuidance(
        jurisdiction=situation.located_in,
        careful=True,
        text=say(labels.MOST_CAREFUL),
        facts=facts_for(WORLD, finder, served),
        disclaimer=say(labels.NOT_LEGAL_ADVICE),
    )


def duties(situation: Situation, served: Served) -> tuple[LegalFact, ...]:
    """What the law asks of a professional, from every rung that holds at the place."""
    if situation.role != "professional":
        return ()
    laws = map(
        served.release.law, served.release.jurisdictions[situation.located_in].ladder
    )
    return tuple(
        fact
        for law in laws
        for fact in (law.facts if law else ())
        if fact.topic == "mandatory-reporting-professionals"
    )


def facts_for(code: str, finder: Finder, served: Served) -> tuple[LegalFact, ...]:
    """The advice of one jurisdiction on pictures: for anyone, and for that finder."""
    law = served.release.law(code)
    return tuple(
        fact
        for fact in (law.facts if law else ())
        if fact.topic == "image-guidance" and {"anyone", finder} & set(fact.finders)
    )


def planned(plan: Plan, situation: Situation, lang: str, served: Served) -> bytes:
    """The JSON of a plan."""
    return msgspec.json.encode(
        Planned(
            release=served.release.id,
            situation=situation,
            steps=tuple(
                _step(step, number, lang, served)
                for number, step in enumerate(plan.steps)
            ),
            guidance=tuple(
                f"/{lang}/g/{one.page}" for one in guidance_of(plan, served)
            ),
            image_guidance=image_guidance(situation, lang, served)
            if situation.touches_images
            else None,
            gaps=tuple(
                PlanGap(
                    gap.kind,
                    gap.place,
                    gap.found_in,
                    gap_text(gap.kind, gap.place, lang, served),
                )
                for gap in plan.gaps
            ),
            duties=duties(situation, served),
        )
    )


def guidance_of(plan: Plan, served: Served) -> list[Guidance]:
    """The pages of advice that the plan names, as far as the release has them."""
    known = {one.id: one for one in served.release.guidance}
    return [known[name] for name in plan.guidance if name in known]


def _now(offer: Offer) -> answers.Now:
    one = offer.opening
    return answers.Now(one.state, one.until, one.zone)


def _step(step: Step, number: int, lang: str, served: Served) -> PlanStep:
    offer, then, release = step.offer, step.then, served.release
    reason = Why(step.reason, why(step, lang, served))
    return PlanStep(
        kind=step.kind,
        title=catalogue(lang).gettext(labels.STEP[step.kind]),
        first_screen=number < FIRST_SCREEN,
        about=step.place,
        resource=release.shown(offer.record.id)
        if offer
        else _record_of_number(step, served),
        channel=offer.channel if offer else _emergency_channel(step),
        now=_now(offer) if offer else None,
        alternative=Offered(
            release.shown(then.record.id),
            then.channel,
            _now(then),
            then.rung,
            then.jurisdiction,
        )
        if then
        else None,
        rung=offer.rung if offer else release.jurisdictions[step.place].level,
        jurisdiction=offer.jurisdiction if offer else step.place,
        reason=reason,
        checked_on=offer.record.checked_on if offer else _seen(step),
        numbers=tuple(answers.number(one, code, lang) for one, code in step.numbers),
    )


def _emergency_channel(step: Step) -> Channel | None:
    """The first number of an emergency step as a channel to dial."""
    if not step.numbers:
        return None
    number, _ = step.numbers[0]
    return Channel(
        type="phone",
        value=number.value,
        sources=tuple(source.url for source in number.sources),
        confidence=number.confidence,
        answers=number.services,
    )


def _record_of_number(step: Step, served: Served) -> Shown | None:
    """The record that an emergency number comes from, where it comes from one."""
    if not step.numbers or step.numbers[0][0].resource is None:
        return None
    return served.release.shown(step.numbers[0][0].resource)


def _seen(step: Step) -> datetime.date | None:
    days = [source.seen for number, _ in step.numbers for source in number.sources]
    return max(days, default=None)


def laws(code: str, lang: str, served: Served) -> Laws:
    """What is known of the law in a place, its own rung first."""
    found: list[Any] = [
        served.release.law(rung) for rung in served.release.jurisdictions[code].ladder
    ]
    return Laws(
        served.release.id,
        code,
        catalogue(lang).gettext(labels.NOT_LEGAL_ADVICE),
        tuple(law for law in found if law),
    )
