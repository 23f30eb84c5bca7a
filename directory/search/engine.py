"""Questions answered from one open release."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec
import tantivy
from tantivy import Occur, Query

from ..errors import BadQuery
from ..hours import Opening
from ..jurisdiction import WORLD, Level, rung_of
from ..places import LatLon, box, distance_km
from ..release.reader import Release, Row
from . import cursor as cursors
from .profile import Profile, opening_of, speaks, takes_age
from .question import Question
from .resolve import code_of
from .text import Part, Reader, queries
from .words import phrases_of

_SURE = 1000.0
"""Added to what isn't of low confidence: more than words and rung ever add up to."""
_RUNG_WEIGHT = {"subdivision": 4.0, "country": 3.0, "supranational": 2.0, "world": 1.0}
_BELOW_WEIGHT = 1.5
_ANYWHERE_WEIGHT = 3.0
"""Without a place, what serves the whole world comes before one country's own."""
_NEAR_WEIGHT = 2.0
_DEFAULT_KM = 100
_FACETS = {
    "kind": ("tag", "kind:"),
    "need": ("tag", "need:"),
    "topic": ("tag", "topic:"),
    "audience": ("tag", "audience:"),
    "channel": ("channel", ""),
    "language": ("language", ""),
    "jurisdiction": ("place", ""),
}


@dataclass(frozen=True)
class Hit:
    """`opening` has one state a channel, in their order. `matched` says what of the
    record answered the words: pairs such as ("topic", "csam") or ("name", "")."""

    row: Row
    level: Level
    jurisdiction: str
    matched: tuple[tuple[str, str], ...]
    opening: tuple[Opening, ...]
    distance_km: float | None


@dataclass(frozen=True)
class Answer:
    """`facets` counts values over all `total` records. `reading` is 0 when every known
    word was met, more when some were not; `unread` counts words found nowhere."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Sequence[tuple[str, int]]]
    next: str | None
    reading: int
    unread: int


class Engine:
    """Search over one release. Small, immutable, made once for each release."""

    def __init__(self, release: Release) -> None:
        self.release = release
        index = tantivy.Index.open(str(release.index_folder))
        self._schema = index.schema
        self._searcher = index.searcher()
        served = release.counts()
        named = {
            code: place
            for code, place in release.jurisdictions.items()
            if place.level != "subdivision" or code in served
        }
        languages = [tag for one in release.profiles for tag in one.languages]
        self._reader = Reader(
            self._schema,
            self._searcher,
            phrases_of(release.words, named, release.subdivision_names, languages),
        )
        self._fitting = lru_cache(maxsize=512)(self._fitting_profiles)
        self._opening = lru_cache(maxsize=8192)(self._opening_at)

    def answer(self, question: Question, now: datetime.datetime) -> Answer:
        """Raises `BadQuery` for a value that can't be understood."""
        release = self.release
        at = None
        if question.cursor:
            at = cursors.read(
                question.cursor, question, release.id, release.manifest.sequence
            )
        minute = at.minute if at else cursors.minute_of(now)
        codes = tuple(
            code_of(code, release.jurisdictions, "jurisdiction")
            for code in question.values("jurisdiction")
        )
        point, near_country = self._where(question, codes)
        if near_country and not codes:
            codes = (near_country,)
        filters = self._filters(question, codes, minute)
        near = self._near(question, point)
        if near is not None:
            filters.append((Occur.Must, self._within_reach(near)))
        wanted = self._preferences(codes, near)

        parts = self._reader.parts(question.q) if question.q.strip() else []
        readings = queries(self._reader, parts) if question.q.strip() else [None]
        offset = at.offset if at else 0
        found = None
        for number, words in enumerate(readings):
            if at and number != min(at.reading, len(readings) - 1):
                continue
            clauses = [*filters, *wanted]
            clauses.append((Occur.Must, words or Query.all_query()))
            query = Query.boolean_query(clauses)
            found = self._searcher.search(query, question.limit, offset=offset)
            total = int(getattr(found, "count", 0))
            reading = number
            if total:
                break
        if found is None:  # pragma: no cover — a reading is always there
            raise BadQuery("cursor", "fits nothing", "leave it out")
        hits = self._hits(found, codes, parts, minute, near)
        after = offset + len(hits)
        return Answer(
            total=total,
            hits=hits,
            facets=self._facets(query) if total else {},
            next=cursors.written(
                cursors.Cursor(
                    release=release.id[:16],
                    sequence=release.manifest.sequence,
                    question=cursors.fingerprint(question),
                    reading=reading,
                    minute=minute,
                    offset=after,
                )
            )
            if hits and after < total
            else None,
            reading=reading,
            unread=sum(not part.is_known for part in parts),
        )

    def _where(
        self, question: Question, codes: tuple[str, ...]
    ) -> tuple[LatLon | None, str | None]:
        """The point asked about and its country, if one is asked about at all."""
        towns = self.release.towns
        point = question.point()
        if point:
            town = towns.reverse(point)
            return point, town.raw["country"] if town else None
        if not question.place:
            if question.within_km is not None:
                raise BadQuery(
                    "within_km", "comes without a place", "add `near` or `place`"
                )
            return None, None
        country = codes[0].split("-")[0] if codes else None
        town = towns.geocode(
            question.place, country=country if country and len(country) == 2 else None
        )
        if town is None:
            raise BadQuery(
                "place",
                "is no town known here",
                "try a larger town nearby, or send `near` with a point",
            )
        return (town.latitude, town.longitude), town.raw["country"]

    def _filters(
        self, question: Question, codes: tuple[str, ...], minute: int
    ) -> list[tuple[Occur, Query]]:
        schema = self._schema
        found: list[tuple[Occur, Query]] = []

        def must(query: Query) -> None:
            found.append((Occur.Must, Query.const_score_query(query, 0.0)))

        for name in ("need", "kind", "topic", "audience"):
            if values := question.values(name):
                terms = [f"{name}:{value}" for value in values]
                must(Query.term_set_query(schema, "tag", terms))
        if codes:
            above = {
                rung for c in codes for rung in self.release.jurisdictions[c].ladder
            }
            must(
                Query.boolean_query(
                    [
                        (Occur.Should, Query.term_set_query(schema, "within", codes)),
                        (
                            Occur.Should,
                            Query.term_set_query(schema, "place", sorted(above)),
                        ),
                    ]
                )
            )
        channels, languages = question.values("channel"), question.languages()
        if (
            channels
            or languages
            or question.age is not None
            or question.anonymous
            or question.open_now
        ):
            fitting = self._fitting(
                channels,
                languages,
                question.age,
                question.anonymous,
                minute if question.open_now else None,
            )
            must(Query.term_set_query(schema, "profile", fitting))
        return found

    def _fitting_profiles(
        self,
        channels: tuple[str, ...],
        languages: tuple[str, ...],
        age: int | None,
        anonymous: bool,  # noqa: FBT001 — part of a cache key
        minute: int | None,
    ) -> list[int]:
        """The profiles that meet every condition at once."""

        def fits(number: int, profile: Profile) -> bool:
            return (
                (not channels or profile.type in channels)
                and (not languages or any(speaks(profile, tag) for tag in languages))
                and (age is None or takes_age(profile, age))
                and (not anonymous or profile.anonymous is True)
                and (minute is None or self._opening(number, minute).state != "closed")
            )

        return [n for n, one in enumerate(self.release.profiles) if fits(n, one)]

    def _opening_at(self, number: int, minute: int) -> Opening:
        return opening_of(
            self.release.profiles[number],
            self.release.jurisdictions,
            cursors.moment_of(minute),
        )

    def _near(
        self, question: Question, point: LatLon | None
    ) -> dict[int, float] | None:
        """Distance in km of every record with in-person help within reach."""
        if point is None:
            return None
        reach = question.within_km or _DEFAULT_KM
        found: dict[int, float] = {}
        for position, latitude, longitude in self.release.placed(*box(point, reach)):
            km = distance_km(point, (latitude, longitude))
            if km <= reach:
                found[position] = min(km, found.get(position, km))
        return found

    def _within_reach(self, near: dict[int, float]) -> Query:
        """In person within reach, or by any way that needs no place."""
        schema = self._schema
        remote = [
            number
            for number, profile in enumerate(self.release.profiles)
            if profile.type != "in-person"
        ]
        return Query.const_score_query(
            Query.boolean_query(
                [
                    (Occur.Should, Query.term_set_query(schema, "profile", remote)),
                    (
                        Occur.Should,
                        Query.term_set_query(schema, "position", list(near)),
                    ),
                ]
            ),
            0.0,
        )

    def _preferences(
        self, codes: tuple[str, ...], near: dict[int, float] | None
    ) -> list[tuple[Occur, Query]]:
        """What lifts a record without being asked of it: proof, rung, nearness."""
        schema, places = self._schema, self.release.jurisdictions

        def lift(query: Query, by: float) -> tuple[Occur, Query]:
            return Occur.Should, Query.const_score_query(query, by)

        found = [lift(Query.term_query(schema, "low", False), _SURE)]  # noqa: FBT003
        weights: dict[str, float] = {} if codes else {WORLD: _ANYWHERE_WEIGHT}
        for code in codes:
            for rung in places[code].ladder:
                weight = _RUNG_WEIGHT[places[rung].level]
                if rung == code:
                    weight = _RUNG_WEIGHT["subdivision"]
                weights[rung] = max(weight, weights.get(rung, 0.0))
        rungs = [
            Query.const_score_query(
                Query.term_query(schema, "place", rung, "basic"), weight
            )
            for rung, weight in weights.items()
        ]
        rungs.extend(
            Query.const_score_query(
                Query.term_query(schema, "within", code, "basic"), _BELOW_WEIGHT
            )
            for code in codes
            if code != WORLD
        )
        if rungs:
            found.append((Occur.Should, Query.disjunction_max_query(rungs)))
        if near:
            found.append(
                lift(Query.term_set_query(schema, "position", list(near)), _NEAR_WEIGHT)
            )
        return found

    def _hits(
        self,
        found: tantivy.SearchResult,
        codes: tuple[str, ...],
        parts: list[Part],
        minute: int,
        near: dict[int, float] | None,
    ) -> tuple[Hit, ...]:
        addresses = [address for _, address in found.hits]
        positions = self._searcher.fast_field_values("position", addresses)
        rows = self.release.rows(int(p) for p in positions if p is not None)
        return tuple(self._hit(row, codes, parts, minute, near) for row in rows)

    def _hit(
        self,
        row: Row,
        codes: tuple[str, ...],
        parts: list[Part],
        minute: int,
        near: dict[int, float] | None,
    ) -> Hit:
        covered = tuple(row.places.split())
        places = self.release.jurisdictions
        level, code = places[covered[0]].level, covered[0]
        for asked in codes:
            try:
                level, code = rung_of(places[asked], covered, places)
            except LookupError:
                continue
            break
        numbers = msgspec.json.decode(row.profiles, type=tuple[int, ...])
        return Hit(
            row=row,
            level=level,
            jurisdiction=code,
            matched=_matched(row, parts),
            opening=tuple(self._opening(number, minute) for number in numbers),
            distance_km=near.get(row.position) if near else None,
        )

    def _facets(self, query: Query) -> dict[str, list[tuple[str, int]]]:
        counted = self._searcher.aggregate(
            query,
            {
                field: {"terms": {"field": field, "size": 500}}
                for field in ("tag", "channel", "language", "place")
            },
        )
        return {
            name: [
                (bucket["key"].removeprefix(prefix), bucket["doc_count"])
                for bucket in counted[field]["buckets"]
                if bucket["key"].startswith(prefix)
            ]
            for name, (field, prefix) in _FACETS.items()
        }


def _matched(row: Row, parts: list[Part]) -> tuple[tuple[str, str], ...]:
    """What of a record answers each part. Never what was typed, only what was found."""
    found: dict[tuple[str, str], None] = {}
    tags = set(row.tags.split())
    for part in parts:
        for name, value in sorted(part.means):
            if name == "tag" and value in tags:
                group, _, plain = value.partition(":")
                found[group, plain] = None
            elif name == "within":
                found["jurisdiction", value] = None
            elif name == "language":
                found["language", value] = None
        if part.number and f" {part.number}" in row.numbers:
            found["number", ""] = None
        wordings = (*part.words, *part.endings) if part.exact or part.endings else ()
        if any(f" {word} " in row.name for word in wordings):
            found["name", ""] = None
        elif any(f" {word} " in row.text for word in wordings):
            found["text", ""] = None
        if part.typos:
            found["spelling", ""] = None
    return tuple(found)
