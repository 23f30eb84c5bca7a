"""What the tools answer: the words of the pages, short, each fact with its day."""

import datetime
from collections.abc import Iterable, Iterator

from .. import labels
from ..channel import BILLED, Claim
from ..emergency import numbers_for
from ..jurisdiction import Jurisdiction
from ..language import catalogue, language_name, written_date
from ..plan import labels as plan_labels
from ..plan.plan import Plan
from ..plan.situation import Situation
from ..resource import Published
from ..search.engine import Answer
from ..web import answers
from ..web.place_view import place_view
from ..web.plain import (
    Line,
    as_of,
    each_number,
    named,
    otherwise,
    place_lines,
    proof,
    text_of,
    way,
)
from ..web.plan_view import FactView, StepView, plan_view
from ..web.views import ChannelView, ProofView, ResourceView, Viewer, proof_view
from ..web.wording import listed


def written(lines: Iterable[Line], viewer: Viewer, now: datetime.datetime) -> str:
    """The lines, below the day that the facts are of and whether they are too old."""
    return text_of([*_head(viewer, now), *lines], viewer.lang, width=None)


def _head(viewer: Viewer, now: datetime.datetime) -> Iterator[Line]:
    yield Line("title", f"Handrail. {as_of(viewer)}")
    if viewer.served.stale(now):
        day = viewer.served.release.manifest.expires.date()
        written_day = written_date(day, viewer.lang)
        yield Line("said", viewer.say(labels.OUT_OF_DATE) % {"day": written_day})


def found(
    answer: Answer, records: Iterable[Published], viewer: Viewer
) -> Iterator[Line]:
    """How many there are, and the first of them."""
    number = catalogue(viewer.lang).ngettext(
        "%(num)s service found", "%(num)s services found", answer.total
    )
    yield Line("said", number % {"num": answer.total})
    for code in answers.advice_codes(answer):
        yield Line("said", viewer.say(labels.ADVICE[code]))
    for record in records:
        yield from service(record, viewer)


def service(record: Published, viewer: Viewer) -> Iterator[Line]:
    """All that is known of one service, and what isn't."""
    one = viewer.resource(record)
    yield Line("heading", named(one))
    yield Line("said", f"{one.kind_label} · {', '.join(one.places)} · id {one.id}")
    yield from (Line("said", text) for text in _facts_of(record, one, viewer) if text)
    for channel, shown in zip(record.channels, one.channels, strict=True):
        yield way(shown, viewer)
        yield from _about(shown, viewer)
        if channel.type in BILLED and channel.cost is None:
            yield Line("said", _not_known("cost", viewer))
    if one.confirmed:
        yield Line("said", one.confirmed)
    yield from (_source(source) for source in one.proofs)


def _facts_of(
    record: Published, one: ResourceView, viewer: Viewer
) -> Iterator[str | None]:
    say = viewer.say
    yield one.organization
    yield say(labels.NOT_YET_CONFIRMED) if one.is_low else None
    yield one.summary.text
    yield f"{say(labels.FOR_WHOSE)} {one.catchment.text}" if one.catchment else None
    yield one.referral.text if one.referral else None
    yield say(labels.FOR_PROFESSIONALS) if one.professionals_only else None
    if one.anonymous is not None:
        yield say(labels.NO_NAME if one.anonymous else labels.NAME_ASKED)
    if record.languages:
        spoken = (language_name(tag, viewer.lang) for tag in record.languages)
        yield listed(spoken, viewer.lang)
    elif not any(channel.languages for channel in record.channels):
        yield _not_known("languages", viewer)


def _not_known(claim: Claim, viewer: Viewer) -> str:
    """That hours aren't known is said with the channel itself."""
    return viewer.say(labels.NOT_KNOWN) % {"what": viewer.say(labels.CLAIM[claim])}


def _source(one: ProofView) -> Line:
    return Line("said", f"{one.when} · {one.publisher} · {one.url}")


def _about(one: ChannelView, viewer: Viewer) -> Iterator[Line]:
    facts = [*([one.hours] if one.hours else []), *one.about]
    if facts:
        yield Line("said", " · ".join(facts))
    if one.relay:
        yield Line("way", f"{viewer.say(labels.TEXT_RELAY)}: ", one.relay)
    if one.unsure:
        what = {"what": listed(one.unsure, viewer.lang)}
        yield Line("said", viewer.say(labels.UNCONFIRMED) % what)
    if one.note:
        yield Line("said", one.note.text)
    if one.abroad:
        yield Line("way", f"{viewer.say(labels.FROM_ABROAD)} ", one.abroad)


def numbers(place: Jurisdiction, viewer: Viewer) -> Iterator[Line]:
    """A place's page in lines, with the sources of its emergency numbers."""
    known = numbers_for(place, viewer.served.release.jurisdictions)
    sources = {number.value: number.sources for number, _ in known}
    for line in place_lines(place_view(place, viewer), viewer):
        yield line
        if line.kind == "way" and not line.text:
            for source in sources[line.value]:
                yield _source(proof_view(source, viewer.lang))


def places(codes: Iterable[str], viewer: Viewer) -> Iterator[Line]:
    """Code, name, and how many services of its own each place has."""
    for code in codes:
        count = viewer.served.counts.get(code, 0)
        yield Line("said", f"{code} · {viewer.place(code)} · {count}")


def steps(
    made: Plan, situation: Situation, viewer: Viewer, site: str
) -> Iterator[Line]:
    """A plan as its page shows it; pages to read only where the site's address is
    known."""
    view = plan_view(made, situation, viewer)
    for number, step in enumerate(view.steps, 1):
        yield Line("heading", f"{number}. {step.title}")
        yield from _step(step, viewer)
    if view.image:
        yield Line("heading", viewer.say(plan_labels.ABOUT_PICTURE))
        if view.image.careful:
            yield Line("said", view.image.careful)
        yield from _facts(view.image.facts, viewer)
        yield Line("said", view.image.disclaimer)
    if view.duties:
        yield Line("heading", viewer.say(plan_labels.DUTIES))
        yield from _facts(view.duties, viewer)
        yield Line("said", viewer.say(plan_labels.NOT_LEGAL_ADVICE))
    if view.gaps:
        yield Line("heading", viewer.say(plan_labels.NOT_KNOWN))
        yield from (Line("said", gap) for gap in view.gaps)
    if site:
        yield Line("heading", viewer.say(plan_labels.GOOD_TO_KNOW))
        for link in view.reading:
            yield Line("said", f"{link.label}: {site}{link.href}")


def _step(step: StepView, viewer: Viewer) -> Iterator[Line]:
    yield Line("said", step.why)
    yield from each_number(step.numbers, viewer)
    if step.first and step.channel:
        name = f"{named(step.first)} ({step.place}) · id {step.first.id}"
        yield Line("name", name)
        yield way(step.channel, viewer)
        if step.channel.note:
            yield Line("said", step.channel.note.text)
        yield from proof(step.first, viewer)
    if step.then and step.then_channel:
        yield from otherwise(step.then, step.then_channel, viewer)
        yield from proof(step.then, viewer)


def _facts(facts: Iterable[FactView], viewer: Viewer) -> Iterator[Line]:
    for one in facts:
        yield Line("said", one.text.text)
        low = viewer.say(labels.NOT_YET_CONFIRMED) if one.is_low else None
        parts = (low, one.statute, one.when, one.publisher, one.url)
        yield Line("said", " · ".join(part for part in parts if part))
