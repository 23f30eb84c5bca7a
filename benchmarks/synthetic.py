"""Made-up records, and questions about them: the same for the same seed.

Words are Zipf-distributed over a vocabulary of pronounceable words that mean nothing;
countries are Zipf-distributed too. How many channels, languages, audiences and topics
a record has, how long its texts are and how often hours are known follows the real
records; names, numbers and addresses belong to nobody.
"""

import datetime
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from directory import catalogue as files
from directory.catalogue import Catalogue
from directory.channel import Channel, Place
from directory.jurisdiction import WORLD, Jurisdiction
from directory.resource import AUDIENCES, KINDS, TOPICS, Resource
from directory.source import Source
from directory.verification import Verification

T = TypeVar("T")

SEED = 20261121
VOCABULARY = 50_000
_DAY = datetime.date(2026, 11, 21)
_ONSETS = (
    "",
    *"bdfghjklmnprstvz",
    "br",
    "ch",
    "dr",
    "gl",
    "kr",
    "pl",
    "sh",
    "st",
    "tr",
)
_VOWELS = (*"aeiou", "ai", "ea", "ou")
_SUFFIXES = ("s", "ren", "ing", "er", "ment", "ato", "ine", "esa", "ika")
_CODAS = ("", "", "", *"lmnrst", "nd", "rt")

_CHANNEL_COUNT = {1: 65, 2: 25, 3: 8, 4: 2}
_CHANNEL_TYPE = {
    "phone": 787,
    "website": 184,
    "web-form": 107,
    "chat": 41,
    "email": 33,
    "sms": 25,
    "whatsapp": 23,
    "in-person": 17,
}
_HOURS = {
    None: 66,
    "24/7": 25,
    "Mo-Fr 09:00-17:00": 3,
    "Mo-Fr 08:00-17:00": 2,
    "Mo-Su 08:00-23:00": 1,
    "Mo-Fr 09:00-22:00": 1,
    "Mo-Fr 16:30-08:30; Sa-Su,PH 00:00-24:00": 1,
    "Mo-Sa 10:00-18:00; PH off": 1,
}
_COST = {None: 60, "free": 35, "standard": 5}
_AGES = {(None, None): 90, (None, 18): 6, (5, 25): 2, (18, None): 2}
_ANONYMOUS = {None: 85, True: 13, False: 2}
_CONFIDENCE = {"medium": 45, "high": 42, "low": 13}
_TOPIC_COUNT = {1: 32, 2: 20, 3: 27, 4: 14, 5: 7}
_AUDIENCE_COUNT = {1: 6, 2: 12, 3: 26, 4: 36, 5: 20}


class Query(NamedTuple):
    words: str
    country: str | None


class World:
    """The vocabulary and the places that records and questions are drawn from."""

    def __init__(self, resources: Path, seed: int = SEED) -> None:
        real, _ = files.read(resources)
        self.base = msgspec.structs.replace(real, resources={}, files={})
        chance = random.Random(seed)
        self.vocabulary = _vocabulary(chance)
        self.countries = sorted(
            code
            for code, place in real.jurisdictions.items()
            if place.level == "country"
        )
        chance.shuffle(self.countries)
        self._word_odds = _zipf(len(self.vocabulary))
        self._country_odds = _zipf(len(self.countries))

    def words(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.vocabulary, cum_weights=self._word_odds, k=count)

    def country(self, chance: random.Random) -> str:
        return chance.choices(self.countries, cum_weights=self._country_odds)[0]

    def catalogue(self, count: int, seed: int = SEED) -> Catalogue:
        """`count` records over the real jurisdictions and the real list of phrases."""
        chance = random.Random(seed + 1)
        resources = {
            record.id: record
            for record in (self._record(chance, number) for number in range(count))
        }
        return msgspec.structs.replace(
            self.base,
            resources=resources,
            files={name: f"{name.split('-')[0]}/{name}.json" for name in resources},
        )

    def queries(self, count: int, seed: int = SEED) -> list[Query]:
        """Questions of one or two words, half of them with a country. They are drawn
        as the records' words are, so that common words are asked for often."""
        chance = random.Random(seed + 2)
        return [
            Query(
                " ".join(self.words(chance, chance.randint(1, 2))),
                self.country(chance) if chance.random() < 0.5 else None,
            )
            for _ in range(count)
        ]

    def _record(self, chance: random.Random, number: int) -> Resource:
        code = WORLD if chance.random() < 0.01 else self.country(chance)
        place = self.base.jurisdictions[code]
        name_id = f"{'int' if code == WORLD else code.lower()}-{number:07d}"
        languages = _languages(chance, place)
        name = {"en": self._text(chance, chance.randint(2, 5))}
        if languages and languages[0] != "en" and chance.random() < 0.6:
            name = {languages[0]: self._text(chance, chance.randint(2, 5)), **name}
        sources = tuple(
            Source(
                url=f"https://example.org/{name_id}/{page}",
                title=self._text(chance, 4),
                publisher=self._text(chance, 3),
                seen=_DAY,
                dated=str(chance.randint(2018, 2026)),
            )
            for page in range(1 + (chance.random() < 0.6))
        )
        least, most = _weighted(chance, _AGES)
        return Resource(
            id=name_id,
            name=name,
            kind=_uneven(chance, KINDS),
            jurisdictions=(code,),
            summary={"en": self._text(chance, chance.randint(10, 26)) + "."},
            channels=tuple(
                _channel(chance, name_id, place, languages, sources)
                for _ in range(_weighted(chance, _CHANNEL_COUNT))
            ),
            audiences=_some(chance, AUDIENCES, _weighted(chance, _AUDIENCE_COUNT)),
            topics=_some(chance, TOPICS, _weighted(chance, _TOPIC_COUNT)),
            confidence=_weighted(chance, _CONFIDENCE),
            sources=sources,
            organization=self._text(chance, 3),
            languages=languages,
            min_age=least,
            max_age=most,
            anonymous=_weighted(chance, _ANONYMOUS),
            verifications=(
                Verification(
                    on=_DAY, by="synthetic", method="stored-copy", outcome="matches"
                ),
            ),
        )

    def _text(self, chance: random.Random, count: int) -> str:
        return " ".join(self.words(chance, count)).capitalize()


def _channel(
    chance: random.Random,
    name_id: str,
    place: Jurisdiction,
    languages: tuple[str, ...],
    sources: Sequence[Source],
) -> Channel:
    kind = _weighted(chance, _CHANNEL_TYPE)
    value, spot = f"https://example.org/{name_id}", None
    if kind in {"phone", "sms", "whatsapp"}:
        value = f"0{chance.randrange(10**7, 10**9)}"
    elif kind == "email":
        value = f"{name_id}@example.org"
    elif kind == "in-person":
        latitude, longitude = chance.uniform(-50, 65), chance.uniform(-180, 180)
        spot = Place(latitude=round(latitude, 2), longitude=round(longitude, 2))
    return Channel(
        type=kind,
        value=value,
        sources=tuple(source.url for source in sources),
        hours=_weighted(chance, _HOURS),
        languages=languages,
        cost=_weighted(chance, _COST),
        place=spot,
    )


def _languages(chance: random.Random, place: Jurisdiction) -> tuple[str, ...]:
    if chance.random() < 0.3:
        return ()
    own = place.languages[:1] or ("en",)
    return (*own, "en") if chance.random() < 0.15 and own != ("en",) else own


def _vocabulary(chance: random.Random) -> list[str]:
    """In the order of their rank, shorter ones a little earlier, as in speech. Most go
    on from another, as "children" does from "child"."""
    drawn = ("".join(_syllables(chance)) for _ in range(VOCABULARY // 5))
    roots = [word for word in drawn if len(word) >= 3]
    found = dict.fromkeys(roots)
    while len(found) < VOCABULARY:
        found[chance.choice(roots) + chance.choice(_SUFFIXES)] = None
    return sorted(found, key=lambda word: len(word) + chance.gauss(0, 4))


def _syllables(chance: random.Random) -> Iterator[str]:
    for _ in range(_weighted(chance, {2: 55, 3: 45})):
        for part in (_ONSETS, _VOWELS, _CODAS):
            yield chance.choice(part)


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def _weighted(chance: random.Random, odds: dict[T, int]) -> T:
    return chance.choices(list(odds), weights=list(odds.values()))[0]


def _uneven(chance: random.Random, values: Sequence[str]) -> str:
    return chance.choices(values, cum_weights=_zipf(len(values)))[0]


def _some(chance: random.Random, values: Sequence[str], count: int) -> tuple[str, ...]:
    """`count` different values, the first of the list most often."""
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[_uneven(chance, values)] = None
    return tuple(drawn)
