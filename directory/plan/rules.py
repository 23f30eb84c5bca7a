"""The rules of the plan, as a table that can be read: `docs/plan.md` in code.

A rule has a name, says when it applies, and makes its steps with what the chooser
offers. `ORDER` says, for each kind of situation, which rule comes before which.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..emergency import numbers_for
from ..jurisdiction import EmergencyNumber
from ..resource import Kind, Published
from .choice import Chooser, Offer
from .situation import ADULT, Situation

StepKind = Literal[
    "emergency",
    "report",
    "remove",
    "talk",
    "rights",
    "prevent",
    "professional",
    "consular",
]

Reason = Literal[
    "danger",
    "danger-unknown-number",
    "talk",
    "talk-survivor",
    "talk-for-parent",
    "talk-no-silent-way",
    "remove-made-under-18",
    "remove-made-as-adult",
    "remove-age-unknown",
    "report-here",
    "report-hosted",
    "report-platform",
    "report-where-it-happened",
    "report-abuse",
    "report-wider",
    "rights",
    "prevent",
    "professional",
    "consular",
]


@dataclass(frozen=True)
class Step:
    """`place` is the jurisdiction that the step is about. An emergency step has its
    numbers, none where none is known; an offer only where one can write instead."""

    kind: StepKind
    reason: Reason
    place: str
    offer: Offer | None = None
    then: Offer | None = None
    numbers: tuple[tuple[EmergencyNumber, str], ...] = ()


Steps = Iterable[Step]


@dataclass(frozen=True)
class Rule:
    """`source` says where the rule comes from."""

    name: str
    applies: Callable[[Situation], bool]
    make: Callable[[Situation, Chooser], Steps]
    source: str


def _emergency(one: Situation, chooser: Chooser) -> Steps:
    places = chooser.release.jurisdictions
    numbers = numbers_for(places[one.located_in], places)
    reason: Reason = "danger" if numbers else "danger-unknown-number"
    written = None
    if one.silent:
        offers = chooser.offers(one.located_in, kinds=("emergency",))
        written = next((o for o in offers if not needs_speech(o)), None)
    yield Step("emergency", reason, one.located_in, offer=written, numbers=numbers)


def _step(
    kind: StepKind, reason: Reason, place: str, pair: tuple[Offer, Offer | None] | None
) -> Steps:
    if pair:
        yield Step(kind, reason, place, offer=pair[0], then=pair[1])


_TALK_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "minor": ("child-helpline", "crisis-line", "sexual-violence-helpline"),
    "parent": ("parent-support", "child-helpline", "victim-support"),
    "adult": (
        "survivor-support",
        "sexual-violence-helpline",
        "victim-support",
        "crisis-line",
    ),
}


def _talk(one: Situation, chooser: Chooser) -> Steps:
    reason: Reason = "talk"
    who = "minor" if one.reader_is_minor is not False else "adult"
    if one.role in {"parent", "friend"}:
        who, reason = "parent", "talk-for-parent"
    if one.role == "survivor" or one.subject == "my-past":
        who, reason = "adult", "talk-survivor"
    pair = chooser.take(
        chooser.offers(
            one.located_in, need="talk", prefer=_TALK_KINDS[who], conversing=True
        )
    )
    if pair and one.silent and needs_speech(pair[0]):
        reason = "talk-no-silent-way"
    yield from _step("talk", reason, one.located_in, pair)


def needs_speech(offer: Offer) -> bool:
    return offer.channel.type in {"phone", "ussd", "in-person"}


def _fits_image(one: Situation) -> Callable[[Published], bool]:
    """Whether help to take a picture down fits the ages; unknown ages shut nothing."""
    then, now = one.age_in_image, one.age
    if then is None and now is not None and now < ADULT:
        then = now

    def fits(record: Published) -> bool:
        made = then is None or (
            (record.min_age_in_image or 0) <= then <= (record.max_age_in_image or 120)
        )
        today = now is None or ((record.min_age or 0) <= now <= (record.max_age or 120))
        return made and today

    return fits


def _remove(one: Situation, chooser: Chooser) -> Steps:
    then = one.age_in_image if one.age_in_image is not None else one.age
    reason: Reason = "remove-age-unknown"
    if one.age_in_image is not None or (one.age is not None and one.age < ADULT):
        made_under_18 = then is not None and then < ADULT
        reason = "remove-made-under-18" if made_under_18 else "remove-made-as-adult"
    offers = chooser.offers(
        one.located_in, kinds=("image-removal",), fits=_fits_image(one)
    )
    if reason == "remove-age-unknown":
        offers.sort(key=lambda offer: offer.record.max_age_in_image is None)
    yield from _step("remove", reason, one.located_in, chooser.take(offers))


_IMAGE_REPORT: tuple[Kind, ...] = ("csam-hotline", "police-report")
_ABUSE_REPORT: tuple[Kind, ...] = ("child-protection-authority", "police-report")


def _report(one: Situation, chooser: Chooser) -> Steps:
    if one.about_images or one.role == "witness":
        offers = chooser.offers(
            one.located_in, kinds=_IMAGE_REPORT, prefer=_IMAGE_REPORT
        )
        reason: Reason = "report-here"
    else:
        offers, reason = _abuse_offers(one, chooser)
    yield from _step("report", reason, one.located_in, chooser.take(offers))
    if one.hosted_in and one.hosted_in != one.located_in:
        hosted = chooser.offers(one.hosted_in, kinds=("csam-hotline",), ladder=False)
        yield from _step("report", "report-hosted", one.hosted_in, chooser.take(hosted))
    if one.platform:
        own = chooser.offers(
            one.located_in,
            kinds=("platform-report",),
            fits=lambda record: platform_of(record) == one.platform,
        )
        yield from _step(
            "report", "report-platform", one.located_in, chooser.take(own[:1])
        )
    if one.happened_in and one.happened_in not in {one.located_in, one.hosted_in}:
        there = chooser.offers(
            one.happened_in,
            kinds=("police-report", "child-protection-authority"),
            prefer=("police-report",),
            ladder=False,
        )
        yield from _step(
            "report",
            "report-where-it-happened",
            one.happened_in,
            chooser.take(there),
        )


def _abuse_offers(one: Situation, chooser: Chooser) -> tuple[list[Offer], Reason]:
    """Who takes reports of abuse in the place itself: another place's office can't.
    Where nobody is known, the worldwide hotlines, which take reports of pictures."""
    kinds = (*_ABUSE_REPORT, "csam-hotline")
    here = chooser.offers(one.located_in, kinds=kinds, prefer=kinds, ladder=False)
    if here:
        return here, "report-abuse"
    return chooser.offers(one.located_in, kinds=("csam-hotline",)), "report-wider"


def platform_of(record: Published) -> str | None:
    """The short name of the platform that a record reports to: `int-discord-reporting`
    is `discord`."""
    if record.kind != "platform-report":
        return None
    return record.id.split("-")[1]


def _rights(one: Situation, chooser: Chooser) -> Steps:
    place = one.happened_in or one.located_in
    kinds: tuple[Kind, ...] = ("victim-compensation", "legal-aid", "victim-support")
    offers = chooser.offers(place, kinds=kinds, prefer=("legal-aid", *kinds))
    yield from _step("rights", "rights", place, chooser.take(offers))


def _prevent(one: Situation, chooser: Chooser) -> Steps:
    offers = chooser.offers(one.located_in, kinds=("prevention",))
    yield from _step("prevent", "prevent", one.located_in, chooser.take(offers))


def _professional(one: Situation, chooser: Chooser) -> Steps:
    offers, reason = _abuse_offers(one, chooser)
    if reason == "report-abuse":
        reason = "professional"
    yield from _step("professional", reason, one.located_in, chooser.take(offers))


def _consular(one: Situation, chooser: Chooser) -> Steps:
    if one.lives_in is None:
        return
    offers = chooser.offers(one.lives_in, kinds=("consular",), ladder=False)
    yield from _step("consular", "consular", one.lives_in, chooser.take(offers))


def _wants_report(one: Situation) -> bool:
    """A professional reports by the rule of that name; a second one is for pictures."""
    return kind_of(one) != "professional" or one.about_images


def _is_abroad(one: Situation) -> bool:
    return bool(one.lives_in) and one.lives_in != one.located_in


_TABLE = "docs/plan.md, which step beats which"

RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("emergency", lambda one: one.danger, _emergency, _TABLE),
        Rule("talk", lambda _one: True, _talk, _TABLE),
        Rule(
            "remove",
            lambda one: (
                bool({"remove", "blackmail"} & set(one.needs))
                or one.age_in_image is not None
            ),
            _remove,
            "the tools' own conditions on age, in their records",
        ),
        Rule("report", _wants_report, _report, _TABLE),
        Rule("rights", lambda _one: True, _rights, _TABLE),
        Rule("prevent", lambda _one: True, _prevent, _TABLE),
        Rule("professional", lambda _one: True, _professional, _TABLE),
        Rule("consular", _is_abroad, _consular, _TABLE),
    )
}

ORDER: Mapping[str, tuple[str, ...]] = {
    "own-thoughts": ("emergency", "prevent", "talk"),
    "professional": ("emergency", "professional", "report", "remove", "consular"),
    "witness": ("emergency", "report", "remove", "talk"),
    "past": ("emergency", "talk", "remove", "rights", "report", "consular"),
    "about-another": ("emergency", "remove", "report", "talk", "rights", "consular"),
    "about-me": ("emergency", "talk", "remove", "report", "rights", "consular"),
}
"""For each kind of situation, the rules in the order of their steps."""


def kind_of(one: Situation) -> str:
    """Which row of `ORDER` holds; what is said of the subject beats the role."""
    needs = set(one.needs)
    if one.subject == "my-own-thoughts" or needs == {"own-thoughts"}:
        return "own-thoughts"
    if one.role == "professional" or needs == {"professional"}:
        return "professional"
    if one.subject == "my-past" or one.role == "survivor" or needs == {"past-abuse"}:
        return "past"
    if one.role == "witness" or one.subject == "child-online":
        return "witness"
    if one.role in {"parent", "friend"} or one.subject == "child-i-know":
        return "about-another"
    return "about-me"
