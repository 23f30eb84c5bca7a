"""The shapes of the API's answers, and how they are filled in the reader's language."""

import datetime
from collections.abc import Callable, Sequence

import msgspec

from .. import labels
from ..channel import EmergencyService
from ..emergency import numbers_for
from ..hours import Opening, State
from ..jurisdiction import EmergencyNumber, Jurisdiction, Level
from ..language import catalogue, language_name, place_name
from ..record import Confidence
from ..resource import NEEDS_IN_ORDER, Need, Published
from ..search.engine import Answer, Hit
from ..shown import Shown
from ..source import Source
from .current import Served
from .wording import listed


class Now(msgspec.Struct, frozen=True, omit_defaults=True):
    """One channel's state at the minute of the answer; `until` in its own zone."""

    state: State
    until: datetime.datetime | None = None
    zone: str | None = None


class Match(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of the record answered the words: its name, text or number, a value of a
    closed list, its place or a language."""

    by: str
    value: str | None = None
    label: str | None = None


class Item(Shown, frozen=True, kw_only=True):
    """A record as found: `rung` and `jurisdiction` say how it reaches the place asked
    for, `now` has one state a channel, in their order."""

    rung: Level
    jurisdiction: str
    matched: tuple[Match, ...]
    open_now: bool | None
    now: tuple[Now, ...]
    distance_km: float | None = None


class Count(msgspec.Struct, frozen=True):
    value: str
    label: str
    count: int


class Choice(msgspec.Struct, frozen=True):
    value: str
    label: str


class Advice(msgspec.Struct, frozen=True):
    code: str
    text: str


class Results(msgspec.Struct, frozen=True):
    release: str
    total: int
    items: tuple[Item, ...]
    facets: dict[str, tuple[Count, ...]]
    next: str | None
    advice: tuple[Advice, ...] = ()


class _Results(msgspec.Struct, frozen=True):
    """`Results` with its items as ready bytes."""

    release: str
    total: int
    items: list[msgspec.Raw]
    facets: dict[str, list[Count]]
    next: str | None
    advice: list[Advice]


class _Found(msgspec.Struct, frozen=True, omit_defaults=True):
    rung: Level
    jurisdiction: str
    matched: list[Match]
    open_now: bool | None
    now: list[Now]
    distance_km: float | None = None


class Number(msgspec.Struct, frozen=True):
    """`services` is empty when it isn't known who answers. `jurisdiction` is the place
    whose number it is."""

    value: str
    services: tuple[EmergencyService, ...]
    label: str
    confidence: Confidence
    jurisdiction: str
    sources: tuple[Source, ...]


class Rung(msgspec.Struct, frozen=True):
    code: str
    name: str
    level: Level
    resources: int


class Gap(msgspec.Struct, frozen=True):
    """A need that nothing here answers; `found_in` is the next rung that does."""

    need: Need
    label: str
    found_in: str | None


class Place(msgspec.Struct, frozen=True):
    code: str
    name: str
    level: Level
    resources: int
    alpha_3: str | None = None


class Places(msgspec.Struct, frozen=True):
    release: str
    items: tuple[Place, ...]


class PlaceInDetail(msgspec.Struct, frozen=True):
    release: str
    code: str
    name: str
    level: Level
    alpha_3: str | None
    languages: tuple[str, ...]
    time_zones: tuple[str, ...]
    emergency: tuple[Number, ...]
    emergency_advice: str | None
    ladder: tuple[Rung, ...]
    resources: int
    kinds: tuple[Count, ...]
    below: tuple[Place, ...]
    missing: tuple[Gap, ...]


_LABELS = {
    "kind": labels.KIND,
    "need": labels.NEED,
    "topic": labels.TOPIC,
    "audience": labels.AUDIENCE,
    "channel": labels.CHANNEL,
}


def label(group: str, value: str, lang: str, served: Served) -> str:
    """A value of a closed list, a language or a place, in the reader's words. Looked up
    once for each: an answer holds hundreds."""
    key = group, value, lang
    found = served.labels.get(key)
    if found is None:
        found = served.labels[key] = _label(group, value, lang, served)
    return found


def _label(group: str, value: str, lang: str, served: Served) -> str:
    if group == "language":
        return language_name(value, lang)
    if group == "jurisdiction":
        return place_name(value, lang, served.release.subdivision_names)
    table = _LABELS.get(group, {})
    return catalogue(lang).gettext(table[value]) if value in table else value


def results(
    answer: Answer,
    lang: str,
    served: Served,
    pruned: Callable[[bytes], bytes] = lambda raw: raw,
) -> bytes:
    """The JSON of a list of records found, each of them pruned."""
    return msgspec.json.encode(
        _Results(
            release=served.release.id,
            total=answer.total,
            items=[
                msgspec.Raw(pruned(_item(hit, lang, served))) for hit in answer.hits
            ],
            facets={
                group: [
                    Count(value, label(group, value, lang, served), count)
                    for value, count in counted
                ]
                for group, counted in answer.facets.items()
            },
            next=answer.next,
            advice=[
                Advice(code, catalogue(lang).gettext(labels.ADVICE[code]))
                for code in advice_codes(answer)
            ],
        )
    )


def advice_codes(answer: Answer) -> list[str]:
    """What to tell somebody about an answer that may not be what they hoped for."""
    if not answer.total:
        return ["nothing-found"]
    return ["some-words"] if answer.reading or answer.unread else []


def open_now(opening: tuple[Opening, ...]) -> bool | None:
    """True when some way is open, false when all are closed, none when unsure."""
    states = {one.state for one in opening}
    if "open" in states:
        return True
    return None if "unknown" in states or not states else False


def _item(hit: Hit, lang: str, served: Served) -> bytes:
    found = _Found(
        rung=hit.level,
        jurisdiction=hit.jurisdiction,
        matched=[
            Match(by, value or None, label(by, value, lang, served) if value else None)
            for by, value in hit.matched
        ],
        open_now=open_now(hit.opening),
        now=[Now(one.state, one.until, one.zone) for one in hit.opening],
        distance_km=None if hit.distance_km is None else round(hit.distance_km, 1),
    )
    return msgspec.json.encode(found)[:-1] + b"," + hit.row.shown[1:]


def number_label(services: tuple[EmergencyService, ...], lang: str) -> str:
    """Who picks up, or that it isn't known."""
    texts = catalogue(lang)
    if not services:
        return texts.gettext(labels.UNKNOWN_SERVICE)
    if set(services) == set(labels.SERVICE):
        return texts.gettext(labels.EVERY_SERVICE)
    return listed((texts.gettext(labels.SERVICE[one]) for one in services), lang)


def number(one: EmergencyNumber, code: str, lang: str) -> Number:
    """An emergency number with who answers, and the place that it holds for."""
    return Number(
        one.value,
        one.services,
        number_label(one.services, lang),
        one.confidence,
        code,
        one.sources,
    )


def place_in_detail(place: Jurisdiction, lang: str, served: Served) -> PlaceInDetail:
    """What is there for a place, what is missing, and where to look instead."""
    release = served.release
    own = release.of(place.code)
    kinds: dict[str, int] = {}
    for record in own:
        kinds[record.kind] = kinds.get(record.kind, 0) + 1
    numbers = numbers_for(place, release.jurisdictions)
    return PlaceInDetail(
        release=release.id,
        code=place.code,
        name=label("jurisdiction", place.code, lang, served),
        level=place.level,
        alpha_3=place.alpha_3,
        languages=place.languages,
        time_zones=place.time_zones,
        emergency=tuple(number(one, code, lang) for one, code in numbers),
        emergency_advice=None
        if numbers
        else catalogue(lang).gettext(labels.NO_EMERGENCY_NUMBER),
        ladder=tuple(
            Rung(
                code,
                label("jurisdiction", code, lang, served),
                release.jurisdictions[code].level,
                served.counts.get(code, 0),
            )
            for code in place.ladder
        ),
        resources=len(own),
        kinds=tuple(
            Count(kind, label("kind", kind, lang, served), count)
            for kind, count in kinds.items()
        ),
        below=tuple(below(place, lang, served)),
        missing=tuple(
            Gap(need, label("need", need, lang, served), found_in)
            for need, found_in in gaps(place, own, served)
        ),
    )


def below(place: Jurisdiction, lang: str, served: Served) -> list[Place]:
    """The places next below, that have services of their own, by name."""
    found = [
        summary(code, lang, served)
        for code in served.counts
        if code != place.code
        and served.has(code)
        and place.code in served.release.jurisdictions[code].ladder
        and place.level != "world"
    ]
    return sorted(found, key=lambda one: one.name)


def summary(code: str, lang: str, served: Served) -> Place:
    place = served.release.jurisdictions[code]
    return Place(
        code,
        label("jurisdiction", code, lang, served),
        place.level,
        served.counts.get(code, 0),
        place.alpha_3,
    )


def gaps(
    place: Jurisdiction, own: Sequence[Published], served: Served
) -> list[tuple[Need, str | None]]:
    """The needs that nothing of the place's own answers, and where the next answer is.

    Danger is left out: emergency numbers are told apart from services.
    """
    met = {need for record in own for need in record.needs}
    return [
        (need, served.answered_above(place, need))
        for need in NEEDS_IN_ORDER
        if need not in met and need != "in-danger"
    ]
