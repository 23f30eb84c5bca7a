"""The conditions of a question, and what lifts a record without being asked for."""

from collections.abc import Iterable
from functools import lru_cache

import tantivy
from tantivy import Occur, Query

from ..errors import BadQuery
from ..hours import Opening
from ..jurisdiction import WORLD
from ..places import LatLon, box, distance_km
from ..release.reader import Release
from ..resource import takes_age
from . import cursor as cursors
from .index import any_of
from .profile import Profile, opening_of, speaks
from .question import Question

_SURE = 4096.0
"""Added to what isn't of low confidence: more than words and rung ever add up to."""
_RUNG_WEIGHT = {"subdivision": 10.0, "country": 8.0, "supranational": 4.0, "world": 1.0}
_BELOW_WEIGHT = 6.0
_ANYWHERE_WEIGHT = 3.0
"""Without a place, what serves the whole world comes before one country's own."""
_NEAR_WEIGHT = 2.0
_SCRIPT_WEIGHT = 4.0
_DEFAULT_KM = 100

Clause = tuple[Occur, Query]


class Conditions:
    """Turns the fields of a question, all but its words, into clauses of a query."""

    def __init__(self, release: Release, schema: tantivy.Schema) -> None:
        self.release = release
        self._schema = schema
        self._fitting = lru_cache(maxsize=512)(self._fitting_profiles)
        self.opening = lru_cache(maxsize=65_536)(self._opening_at)

    def where(
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

    def filters(
        self,
        question: Question,
        codes: tuple[str, ...],
        near: dict[int, float] | None,
        minute: int,
    ) -> list[Clause]:
        """What every answer must meet, at a minute since 1970."""
        schema = self._schema
        found: list[tuple[Occur, Query]] = []

        def must(query: Query) -> None:
            found.append((Occur.Must, Query.const_score_query(query, 0.0)))

        for name in ("need", "kind", "topic", "audience"):
            if values := question.values(name):
                terms = [f"{name}:{value}" for value in values]
                must(any_of(schema, "tag", terms))
        if codes:
            above = {
                rung for c in codes for rung in self.release.jurisdictions[c].ladder
            }
            must(
                Query.boolean_query(
                    [
                        (Occur.Should, any_of(schema, "within", codes)),
                        (Occur.Should, any_of(schema, "place", sorted(above))),
                    ]
                )
            )
        fitting = self._fitting(
            question.values("channel"),
            question.languages(),
            question.age,
            question.anonymous,
            minute if question.open_now else None,
        )
        if near is not None:
            must(self._within_reach(fitting, near))
        elif len(fitting) < len(self.release.profiles):
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
                and (age is None or takes_age(age, profile.min_age, profile.max_age))
                and (not anonymous or profile.anonymous is True)
                and (minute is None or self.opening(number, minute).state != "closed")
            )

        return [n for n, one in enumerate(self.release.profiles) if fits(n, one)]

    def _opening_at(self, number: int, minute: int) -> Opening:
        return opening_of(
            self.release.profiles[number],
            self.release.jurisdictions,
            cursors.moment_of(minute),
        )

    def near(self, question: Question, point: LatLon | None) -> dict[int, float] | None:
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

    def _within_reach(self, fitting: list[int], near: dict[int, float]) -> Query:
        """A fitting way that needs no place, or a fitting visit within reach. A visit
        whose place isn't known is not too far."""
        schema, profiles = self._schema, self.release.profiles
        visits = [n for n in fitting if profiles[n].type == "in-person"]
        remote = [n for n in fitting if profiles[n].type != "in-person"]
        visit = Query.term_set_query(schema, "profile", visits)
        close = Query.term_set_query(schema, "position", list(near))
        unplaced = Query.term_query(schema, "placed", False)  # noqa: FBT003
        return Query.boolean_query(
            [
                (Occur.Should, Query.term_set_query(schema, "profile", remote)),
                (Occur.Should, _both(visit, close)),
                (Occur.Should, _both(visit, unplaced)),
            ]
        )

    def preferences(
        self,
        codes: tuple[str, ...],
        near: dict[int, float] | None,
        languages: tuple[str, ...],
    ) -> list[Query]:
        """What lifts a record without being asked of it: proof, the best of its rungs,
        nearness, and, without a place, the languages written as the question is."""
        schema, places = self._schema, self.release.jurisdictions

        def lift(query: Query, by: float) -> Query:
            return Query.const_score_query(query, by)

        found = [lift(Query.term_query(schema, "low", False), _SURE)]  # noqa: FBT003
        weights: dict[tuple[str, str], float] = {}
        if not codes:
            weights["place", WORLD] = _ANYWHERE_WEIGHT
        for code in codes:
            for rung in places[code].ladder:
                weight = _RUNG_WEIGHT[places[rung].level]
                if rung == code:
                    weight = _RUNG_WEIGHT["subdivision"]
                weights["place", rung] = max(weight, weights.get(("place", rung), 0.0))
            if code != WORLD:
                weights["within", code] = _BELOW_WEIGHT
        higher: list[Clause] = []
        for weight in sorted(set(weights.values()), reverse=True):
            tier = Query.boolean_query(
                [
                    (Occur.Should, Query.term_query(schema, name, value, "basic"))
                    for (name, value), its in weights.items()
                    if its == weight
                ]
            )
            alone = Query.boolean_query([(Occur.Must, tier), *higher])
            found.append(lift(alone, weight))
            higher.append((Occur.MustNot, tier))
        if languages and not codes:
            spoken = any_of(schema, "language", languages)
            found.append(lift(spoken, _SCRIPT_WEIGHT))
        if near:
            found.append(
                lift(Query.term_set_query(schema, "position", list(near)), _NEAR_WEIGHT)
            )
        return found


def lifted(query: Query, wanted: Iterable[Query]) -> Query:
    """The same documents, each higher by what it has of `wanted`. One is put around the
    other: several beside each other are added up in windows over the whole index."""
    for one in wanted:
        query = Query.boolean_query([(Occur.Must, query), (Occur.Should, one)])
    return query


def _both(one: Query, other: Query) -> Query:
    return Query.boolean_query([(Occur.Must, one), (Occur.Must, other)])
