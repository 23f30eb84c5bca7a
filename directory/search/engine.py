"""Questions answered from one open release."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import tantivy
from rapidfuzz.distance import DamerauLevenshtein
from tantivy import Occur, Query

from ..hours import Opening
from ..jurisdiction import Level, rung_of
from ..release.reader import Release, Row
from . import cursor as cursors
from .conditions import Conditions, lifted
from .question import Question
from .resolve import code_of
from .text import Part, Reader, Reading, readings, scripts_of
from .words import phrases_of

_MOST_VALUES = 10_000
"""More than there are jurisdictions: no value is left out of a facet."""
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
        self._everything = self._counts(Query.all_query())
        self._conditions = Conditions(release, self._schema)

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
        point, near_country = self._conditions.where(question, codes)
        if near_country and not codes:
            codes = (near_country,)
        near = self._conditions.near(question, point)
        filters = self._conditions.filters(question, codes, near, minute)
        wanted = self._conditions.preferences(codes, near, scripts_of(question.q))

        parts = self._reader.parts(question.q) if question.q.strip() else []
        ways = (
            readings(self._reader, parts)
            if question.q.strip()
            else [Reading(Query.all_query())]
        )
        offset = at.offset if at else 0
        reading = min(at.reading, len(ways) - 1) if at else 0
        while True:
            words = ways[reading]
            query = Query.boolean_query([*filters, (Occur.Must, words.query)])
            found = self._searcher.search(
                lifted(query, wanted), question.limit, offset=offset
            )
            total = int(getattr(found, "count", 0))
            if at or total >= words.enough or reading + 1 == len(ways):
                break
            reading += 1
        hits = self._hits(found, codes, parts, minute, near)
        after = offset + len(hits)
        return Answer(
            total=total,
            hits=hits,
            facets=self._facets(query, total) if total else {},
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

    def ranked(self, words: str) -> tuple[int, ...]:
        """Positions of every record that answers words alone, in `answer`'s order."""
        query = Query.all_query()
        for reading in readings(self._reader, self._reader.parts(words)):
            query = reading.query
            found = self._searcher.search(query, 1)
            if int(getattr(found, "count", 0)) >= reading.enough:
                break
        wanted = self._conditions.preferences((), None, scripts_of(words))
        most = max(1, self._searcher.num_docs)
        found = self._searcher.search(lifted(query, wanted), most)
        addresses = [address for _, address in found.hits]
        positions = self._searcher.fast_field_values("position", addresses)
        return tuple(int(p) for p in positions if p is not None)

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
            matched=self._matched(row, parts, numbers),
            opening=tuple(
                self._conditions.opening(number, minute) for number in numbers
            ),
            distance_km=near.get(row.position) if near else None,
        )

    def _facets(self, query: Query, total: int) -> dict[str, list[tuple[str, int]]]:
        """Counted over what was found or, where that is less, over what wasn't."""
        if 2 * total <= self._searcher.num_docs:
            counted = self._counts(query)
        else:
            rest = [(Occur.Must, Query.all_query()), (Occur.MustNot, query)]
            missing = self._counts(Query.boolean_query(rest))
            counted = {
                field: {
                    value: left
                    for value, count in all_of.items()
                    if (left := count - missing[field].get(value, 0))
                }
                for field, all_of in self._everything.items()
            }
        ordered = {
            field: sorted(values.items(), key=lambda one: (-one[1], one[0]))
            for field, values in counted.items()
        }
        return {
            name: [
                (value.removeprefix(prefix), count)
                for value, count in ordered[field]
                if value.startswith(prefix)
            ]
            for name, (field, prefix) in _FACETS.items()
        }

    def _counts(self, query: Query) -> dict[str, dict[str, int]]:
        counted = self._searcher.aggregate(
            query,
            {
                field: {"terms": {"field": field, "size": _MOST_VALUES}}
                for field in ("tag", "channel", "language", "place")
            },
        )
        return {
            field: {one["key"]: one["doc_count"] for one in found["buckets"]}
            for field, found in counted.items()
        }

    def _matched(
        self, row: Row, parts: list[Part], profiles: tuple[int, ...]
    ) -> tuple[tuple[str, str], ...]:
        """What of a record answers each part. Never what was typed, only what was
        found, and only what is so of this record."""
        places = self.release.jurisdictions
        terms = {("tag", tag) for tag in row.tags.split()}
        terms |= {("within", r) for c in row.places.split() for r in places[c].ladder}
        terms |= {
            ("language", tag)
            for number in profiles
            for tag in self.release.profiles[number].languages
        }
        found: dict[tuple[str, str], None] = {}
        for part in parts:
            for name, value in sorted(part.means & terms):
                group, _, plain = value.rpartition(":")
                found[group or _SAID_AS.get(name, name), plain] = None
            found.update(dict.fromkeys(_worded(row, part)))
        return tuple(found)


_SAID_AS = {"within": "jurisdiction"}


def _worded(row: Row, part: Part) -> Iterator[tuple[str, str]]:
    """Where a part's number or words stand in a record."""
    if part.number and f" {part.number}" in row.numbers:
        yield "number", ""
    wordings = (*part.words, *part.endings) if part.exact or part.endings else ()
    if any(f" {word} " in row.name for word in wordings):
        yield "name", ""
    elif any(f" {word} " in row.text for word in wordings):
        yield "text", ""
    if any(
        DamerauLevenshtein.distance(word, one, score_cutoff=1) <= 1
        for word in part.typos
        for one in f"{row.name} {row.text}".split()
    ):
        yield "spelling", ""
