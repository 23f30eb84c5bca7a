"""One record as the index sees it."""

from collections.abc import Mapping

import msgspec

from ..channel import NUMBERED
from ..dialling import search_forms
from ..jurisdiction import Jurisdiction
from ..resource import KINDS, Published
from ..textforms import tokens
from .profile import Profile, profile_of

_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """`name` and `text` are lists of tokens joined by spaces. `tags` are the values of
    the closed lists, such as `topic:csam`. `within` holds every rung above as well."""

    id: str
    name: str
    text: str
    numbers: tuple[str, ...]
    tags: tuple[str, ...]
    places: tuple[str, ...]
    within: tuple[str, ...]
    languages: tuple[str, ...]
    channels: tuple[str, ...]
    profiles: tuple[Profile, ...]
    is_low: bool
    points: tuple[tuple[float, float], ...]


def standing(record: Published) -> tuple[int, int, str]:
    """The order among equals: better proven first, then what is most urgent."""
    return _CONFIDENCE[record.confidence], KINDS.index(record.kind), record.id


def entry_of(record: Published, places: Mapping[str, Jurisdiction]) -> Entry:
    """Analyse one record for the index."""
    names = [*record.name.values(), record.organization or ""]
    texts = [
        *record.summary.values(),
        *(record.catchment or {}).values(),
        *(word for c in record.channels for word in (c.note or {}).values()),
        *(c.value for c in record.channels if c.type not in NUMBERED),
    ]
    tags = (
        f"kind:{record.kind}",
        *(f"need:{need}" for need in record.needs),
        *(f"topic:{topic}" for topic in record.topics),
        *(f"audience:{audience}" for audience in record.audiences),
        *(("professionals:only",) if record.professionals_only else ()),
    )
    country = record.jurisdictions[0].split("-")[0]
    numbers = {
        form
        for channel in record.channels
        if channel.type in NUMBERED | {"ussd", "text-relay"}
        for form in search_forms(channel.value, country)
    }
    spoken = {tag for c in record.channels for tag in c.languages}
    return Entry(
        id=record.id,
        name=_joined(names),
        text=_joined(texts),
        numbers=tuple(sorted(numbers)),
        tags=tags,
        places=record.jurisdictions,
        within=tuple(
            dict.fromkeys(
                rung for code in record.jurisdictions for rung in places[code].ladder
            )
        ),
        languages=tuple(sorted({*record.languages, *spoken})),
        channels=tuple(dict.fromkeys(channel.type for channel in record.channels)),
        profiles=tuple(profile_of(channel, record) for channel in record.channels),
        is_low=record.confidence == "low",
        points=tuple(
            (spot.latitude, spot.longitude)
            for channel in record.channels
            if (spot := channel.place)
            and spot.latitude is not None
            and spot.longitude is not None
        ),
    )


def _joined(texts: list[str]) -> str:
    return " ".join(dict.fromkeys(token for text in texts for token in tokens(text)))
