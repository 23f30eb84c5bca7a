"""What a page says, as lines without markup: for terminals, for gateways that read or
send texts, and for assistants. Made of the page's own view, so it can't say another
number.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from .. import labels
from ..channel import LINKED
from ..language import direction, served, written_date
from .place_view import ChoiceView, NumberView, PlaceView
from .views import ChannelView, ResourceView, Viewer

WIDTH = 70
"""Columns of a text page."""
_MOST_WAYS = 3
"""Ways of a first choice, as on its page."""
_LTR_MARK = "\u200e"
"""Before a number where lines run from right to left: else `0800 1111` is shown as
`1111 0800`. It can't be seen and isn't part of the number."""
_WHOLE = "\ue000"
"""Stands for a space within a number while lines are broken."""
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(frozen=True)
class Line:
    """`value` is a number or an address in its publisher's spelling, which belongs to
    `text` before it and `after` behind it. `whole` is the address of a site in full,
    where `value` is only its name."""

    kind: Literal["title", "heading", "name", "said", "way"]
    text: str
    value: str = ""
    after: str = ""
    whole: str = ""


def place_lines(place: PlaceView, viewer: Viewer) -> Iterator[Line]:
    """The emergency numbers, whom to turn to first, and what isn't known."""
    yield Line("title", place.title)
    yield from number_lines(place.numbers, place.no_number, viewer)
    yield Line("heading", viewer.say(labels.WHERE_TO_START))
    for choice in place.choices:
        yield from _choice(choice, viewer)
    if place.gaps:
        yield Line("heading", viewer.say(labels.NOT_FOUND_HERE))
    for gap in place.gaps:
        nowhere = viewer.say(labels.NOTHING_KNOWN)
        found = gap.found_in.label if gap.found_in else nowhere
        yield Line("said", f"{gap.label} – {found}")
    yield from foot(viewer)


def number_lines(
    numbers: Iterable[NumberView], no_number: str, viewer: Viewer
) -> Iterator[Line]:
    """Emergency numbers with who answers, or what to do where none is known."""
    yield Line("heading", viewer.say(labels.IN_DANGER))
    found = list(each_number(numbers, viewer))
    yield from found or [Line("said", no_number)]


def each_number(numbers: Iterable[NumberView], viewer: Viewer) -> Iterator[Line]:
    """A line with no text before its value."""
    for one in numbers:
        low = viewer.say(labels.NOT_YET_CONFIRMED) if one.is_low else None
        label = " · ".join(part for part in (one.label, one.place, low) if part)
        yield from (Line("way", "", value, f" – {label}") for value in one.values)


def _choice(choice: ChoiceView, viewer: Viewer) -> Iterator[Line]:
    yield Line("heading", choice.label)
    yield Line("name", named(choice.first), after=_in_brackets(choice.wider))
    for channel in choice.first.channels[:_MOST_WAYS]:
        yield way(channel, viewer)
    yield from proof(choice.first, viewer)
    if choice.then:
        yield from otherwise(choice.then, choice.then.channels[0], viewer)


def otherwise(
    then: ResourceView, channel: ChannelView, viewer: Viewer
) -> Iterator[Line]:
    """Whom to try when nobody answers."""
    yield Line("said", f"{viewer.say(labels.IF_NOBODY_ANSWERS)} {named(then)}")
    yield way(channel, viewer, is_low=then.is_low)


def way(channel: ChannelView, viewer: Viewer, *, is_low: bool = False) -> Line:
    """One channel: what it is, its number or address, whether somebody is there."""
    low = viewer.say(labels.NOT_YET_CONFIRMED) if is_low or channel.is_low else None
    zone = channel.zone if channel.state != "unknown" else None
    state = channel.state_label and channel.state_label + _in_brackets(zone)
    after = "".join(f" – {part}" for part in (state, low) if part)
    whole = channel.href if channel.type in LINKED else None
    return Line("way", f"{channel.label}: ", channel.shown, after, whole or "")


def proof(one: ResourceView, viewer: Viewer) -> Iterator[Line]:
    """Where it comes from and of which day, and that it isn't confirmed."""
    if one.is_low:
        yield Line("said", viewer.say(labels.NOT_YET_CONFIRMED))
    if one.confirmed:
        yield Line("said", one.confirmed)
    elif one.proofs:
        yield Line("said", f"{one.proofs[0].when} · {one.proofs[0].publisher}")


def foot(viewer: Viewer) -> Iterator[Line]:
    """Of which day the facts are, what this is, and who translated it."""
    yield Line("heading", as_of(viewer))
    yield Line("said", viewer.say(labels.NO_EMERGENCY_SERVICE))
    if served()[viewer.lang].state == "machine":
        yield Line("said", viewer.say(labels.BY_MACHINE))


def as_of(viewer: Viewer) -> str:
    day = viewer.served.release.manifest.facts_as_of
    return viewer.say(labels.FACTS_AS_OF) % {"day": written_date(day, viewer.lang)}


def named(one: ResourceView) -> str:
    """The name as people there know it, and in the reader's language."""
    return one.name.text + _in_brackets(one.other_name.text if one.other_name else None)


def _in_brackets(text: str | None) -> str:
    return f" ({text})" if text else ""


def text_of(lines: Iterable[Line], lang: str, width: int | None = WIDTH) -> str:
    """Plain text. A number is never broken over two lines."""
    mark = ltr_mark(lang)
    written: list[str] = []
    for line in lines:
        value = line.whole if line.whole and width is None else line.value
        if _is_number(value):
            value = value.replace(" ", _WHOLE)
        text = f"{line.text}{mark if value else ''}{value}{line.after}"
        indent = "" if line.kind in {"title", "heading"} else "  "
        if line.kind == "heading":
            written.append("")
        if width is None:
            written.append(indent + text)
        else:
            written += textwrap.wrap(
                text,
                width,
                initial_indent=indent,
                subsequent_indent=indent + "  " * (line.kind == "way"),
                break_long_words=False,
                break_on_hyphens=False,
            )
        if line.kind == "title":
            written.append("=" * min(len(text), width or WIDTH))
    return "\n".join(written).replace(_WHOLE, " ") + "\n"


def markdown_of(lines: Iterable[Line], lang: str) -> str:
    """CommonMark, with numbers and addresses as code: nothing in them is markup."""
    mark = ltr_mark(lang)
    written: list[str] = []
    for line in lines:
        text, after = _escaped(line.text), _escaped(line.after)
        match line.kind:
            case "title":
                written += [f"# {text}", ""]
            case "heading":
                written += ["", f"## {text}", ""]
            case "name":
                written += [f"**{text}**{after}", ""]
            case "way":
                written.append(f"- {text}{mark}`{line.whole or line.value}`{after}")
            case "said":
                written += ["", text, ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(written)).strip() + "\n"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def ltr_mark(lang: str) -> str:
    return _LTR_MARK if direction(lang) == "rtl" else ""


def _is_number(value: str) -> bool:
    return re.fullmatch(r"[\d\s+*#().\-–/]+", value) is not None
