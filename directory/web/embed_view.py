"""What other sites show of a place: emergency numbers, and whom to turn to first."""

from dataclasses import dataclass

import msgspec

from .. import dialling, labels
from ..emergency import numbers_for
from ..jurisdiction import Jurisdiction
from ..language import direction, served, written_date
from .place_view import ChoiceView, NumberView, choice_views, number_views
from .views import ChannelView, ResourceView, Viewer, Words


@dataclass(frozen=True)
class EmbedView:
    """`as_of` and `everything` are ready sentences; `href` is the place's own page."""

    code: str
    title: str
    numbers: tuple[NumberView, ...]
    no_number: str
    choices: tuple[ChoiceView, ...]
    everything: str
    href: str
    as_of: str


def embed_view(place: Jurisdiction, viewer: Viewer, need: str = "") -> EmbedView:
    """With a need that somebody answers, its choice alone; else all of them, for
    nobody should come to an empty page."""
    release = viewer.served.release
    choices = choice_views(place, viewer)
    asked = tuple(one for one in choices if one.need == need)
    day = written_date(release.manifest.facts_as_of, viewer.lang)
    return EmbedView(
        code=place.code,
        title=viewer.title(place.code),
        numbers=number_views(
            numbers_for(place, release.jurisdictions), place.code, viewer
        ),
        no_number=viewer.say(labels.NO_EMERGENCY_NUMBER),
        choices=asked or choices,
        everything=viewer.say(labels.EVERYTHING_IN)
        % {"place": viewer.place(place.code)},
        href=f"/{viewer.lang}/{place.code.lower()}",
        as_of=viewer.say(labels.FACTS_AS_OF) % {"day": day},
    )


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """`lang` is left out where the language isn't known."""

    text: str
    lang: str = ""


class Way(msgspec.Struct, frozen=True, omit_defaults=True):
    """`shown` is spelled as its publisher does; `number` asks for left to right."""

    shown: str
    label: str = ""
    href: str = ""
    number: bool = False
    state: str = ""
    said: str = ""


class Number(msgspec.Struct, frozen=True):
    ways: tuple[Way, ...]
    label: str


class Next(msgspec.Struct, frozen=True):
    label: str
    name: Said
    page: str
    way: Way


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    need: str
    label: str
    name: Said
    page: str
    ways: tuple[Way, ...]
    proof: str
    publisher: str = ""
    other: Said | None = None
    rung: str = ""
    next: Next | None = None


class Facts(msgspec.Struct, frozen=True):
    """All that the element shows, in words, so that the script needs none of its own.

    Of every need: which one a page is about stays in that page.
    """

    lang: str
    dir: str
    title: str
    danger: str
    numbers: tuple[Number, ...]
    no_number: str
    choices: tuple[Choice, ...]
    everything: str
    href: str
    leave: str
    notes: tuple[str, ...]


def facts_of(view: EmbedView, viewer: Viewer) -> Facts:
    notes = [view.as_of]
    if served()[viewer.lang].state == "machine":
        notes.append(viewer.say(labels.BY_MACHINE))
    return Facts(
        lang=viewer.lang,
        dir=direction(viewer.lang),
        title=view.title,
        danger=viewer.say(labels.IN_DANGER),
        numbers=tuple(_number(one, viewer) for one in view.numbers),
        no_number=view.no_number,
        choices=tuple(_choice(one, viewer) for one in view.choices),
        everything=view.everything,
        href=view.href,
        leave=viewer.say(labels.LEAVE),
        notes=tuple(notes),
    )


def _number(one: NumberView, viewer: Viewer) -> Number:
    unsure = viewer.say(labels.NOT_CONFIRMED) if one.is_low else None
    return Number(
        tuple(
            Way(shown=value, href=f"tel:{dialling.dialled(value)}", number=True)
            for value in one.values
        ),
        " · ".join(part for part in (one.label, one.place, unsure) if part),
    )


def _choice(one: ChoiceView, viewer: Viewer) -> Choice:
    first, then = one.first, one.then
    proof, publisher = _proof(first, viewer)
    return Choice(
        need=one.need,
        label=one.label,
        name=_said(first.name),
        other=_said(first.other_name) if first.other_name else None,
        rung=one.wider or "",
        page=first.page,
        ways=tuple(_way(channel) for channel in first.channels[:3]),
        proof=proof,
        publisher=publisher,
        next=_next(then, viewer) if then else None,
    )


def _next(one: ResourceView, viewer: Viewer) -> Next:
    channel = one.channels[0]
    return Next(
        viewer.say(labels.IF_NOBODY_ANSWERS),
        _said(one.name),
        one.page,
        Way(
            shown=channel.shown,
            label=channel.label,
            href=channel.href or "",
            number=channel.is_number,
            said=viewer.say(labels.NOT_CONFIRMED) if one.is_low else "",
        ),
    )


def _way(channel: ChannelView) -> Way:
    zone = f" ({channel.zone})" if channel.zone and channel.state != "unknown" else ""
    return Way(
        shown=channel.shown,
        label=channel.label,
        href=channel.href or "",
        number=channel.is_number,
        state=channel.state,
        said=f"{channel.state_label}{zone}" if channel.state_label else "",
    )


def _proof(one: ResourceView, viewer: Viewer) -> tuple[str, str]:
    """How it is known, as the pages say it, and by whose page."""
    unsure = viewer.say(labels.NOT_CONFIRMED) if one.is_low else ""
    if one.confirmed:
        return f"{unsure} {one.confirmed}".strip(), ""
    if not one.proofs:
        return unsure, ""
    return f"{unsure} {one.proofs[0].when}".strip(), one.proofs[0].publisher


def _said(words: Words) -> Said:
    return Said(words.text, "" if words.undetermined else words.lang)
