"""How each kind of step is made: whom the chooser is asked for, and why them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..emergency import numbers_for
from ..jurisdiction import EmergencyNumber
from ..resource import Kind, Published, takes_age
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


def emergency(one: Situation, chooser: Chooser) -> Steps:
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


def talk(one: Situation, chooser: Chooser) -> Steps:
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
        made = then is None or takes_age(
            then, record.min_age_in_image, record.max_age_in_image
        )
        return made and (now is None or takes_age(now, record.min_age, record.max_age))

    return fits


def remove(one: Situation, chooser: Chooser) -> Steps:
    then = one.age_in_image if one.age_in_image is not None else one.age
    reason: Reason = "remove-age-unknown"
    if one.age_in_image is not None or (one.age is not None and one.age < ADULT):
        made_under_18 = then is not None and then < ADULT
        reason = "remove-made-under-18" if made_under_18 else "remove-made-as-adult"
    offers = chooser.offers(
        one.located_in, kinds=("image-removal",), fits=_fits_image(one)
    )
    if reason == "remove-age-unknown":
        offers = _one_of_each(offers)
    yield from _step("remove", reason, one.located_in, chooser.take(offers))


def _one_of_each(offers: list[Offer]) -> list[Offer]:
    """The best for pictures made under 18, then the best for those made later."""
    younger = [o for o in offers if o.record.max_age_in_image is not None]
    older = [o for o in offers if o.record.max_age_in_image is None]
    older.sort(key=lambda offer: (offer.record.min_age_in_image or 0) < ADULT)
    return [*younger[:1], *older, *younger[1:]]


_IMAGE_REPORT: tuple[Kind, ...] = ("csam-hotline", "police-report")
_ABUSE_REPORT: tuple[Kind, ...] = ("child-protection-authority", "police-report")


def report(one: Situation, chooser: Chooser) -> Steps:
    if one.touches_images:
        offers = chooser.offers(
            one.located_in, kinds=_IMAGE_REPORT, prefer=_IMAGE_REPORT
        )
        reason: Reason = "report-here"
    else:
        offers, reason = _abuse_offers(one, chooser)
    hosted = _hosted(one, chooser)
    pair = chooser.take(offers)
    if pair and reason == "report-here" and pair[0].rung in {"supranational", "world"}:
        reason = "report-wider"
    yield from _step("report", reason, one.located_in, pair)
    yield from hosted
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


def _hosted(one: Situation, chooser: Chooser) -> list[Step]:
    """The hotline of where the pictures are. Taken before that of where one is, whose
    alternative it must not become."""
    if one.hosted_in is None or one.hosted_in == one.located_in:
        return []
    offers = chooser.offers(one.hosted_in, kinds=("csam-hotline",), ladder=False)
    return list(_step("report", "report-hosted", one.hosted_in, chooser.take(offers)))


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


def rights(one: Situation, chooser: Chooser) -> Steps:
    place = one.happened_in or one.located_in
    kinds: tuple[Kind, ...] = ("victim-compensation", "legal-aid", "victim-support")
    offers = chooser.offers(place, kinds=kinds, prefer=("legal-aid", *kinds))
    yield from _step("rights", "rights", place, chooser.take(offers))


def prevent(one: Situation, chooser: Chooser) -> Steps:
    offers = chooser.offers(one.located_in, kinds=("prevention",))
    yield from _step("prevent", "prevent", one.located_in, chooser.take(offers))


def professional(one: Situation, chooser: Chooser) -> Steps:
    offers, reason = _abuse_offers(one, chooser)
    if reason == "report-abuse":
        reason = "professional"
    yield from _step("professional", reason, one.located_in, chooser.take(offers))


def consular(one: Situation, chooser: Chooser) -> Steps:
    if one.lives_in is None:
        return
    offers = chooser.offers(one.lives_in, kinds=("consular",), ladder=False)
    yield from _step("consular", "consular", one.lives_in, chooser.take(offers))
