"""From the words of a question to a query over the index.

Words are cut into parts: a telephone number, a known phrase, or a single word. A part
is found by what it stands for, by the word itself, by words that begin with it, or by
words one letter away; never by guessing further.
"""

import re
from dataclasses import dataclass, field

import regex
import tantivy
from tantivy import Occur, Query

from ..dialling import digits
from ..textforms import folded, tokens
from .index import any_of
from .words import Phrases, Term

_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-/]*\d")
_FEWEST_DIGITS = 3
_MOST_PARTS = 16
_MOST_ENDINGS = 40
_ENOUGH = 3

NAME_WEIGHT = 3.0
MEANING_WEIGHT = 4.0
NUMBER_WEIGHT = 20.0
ENDING_WEIGHT = 0.6
TYPO_WEIGHT = 0.4


_SCRIPTS: tuple[tuple[regex.Pattern[str], tuple[str, ...]], ...] = tuple(
    (regex.compile(rf"\p{{{script}}}"), languages)
    for script, languages in (
        ("Hiragana", ("ja",)),
        ("Katakana", ("ja",)),
        ("Hangul", ("ko",)),
        ("Han", ("zh", "zh-Hans", "zh-Hant", "ja")),
        ("Thai", ("th",)),
        ("Lao", ("lo",)),
        ("Khmer", ("km",)),
        ("Myanmar", ("my",)),
        ("Arabic", ("ar", "fa", "ur", "ps", "fa-AF")),
        ("Hebrew", ("he",)),
        ("Greek", ("el",)),
        ("Cyrillic", ("ru", "uk", "bg", "sr", "mk", "be", "mn", "kk", "ky")),
        ("Armenian", ("hy",)),
        ("Georgian", ("ka",)),
        ("Ethiopic", ("am", "ti")),
        ("Devanagari", ("hi", "ne", "mr")),
        ("Bengali", ("bn",)),
        ("Tamil", ("ta",)),
        ("Sinhala", ("si",)),
    )
)
"""Which languages are written so: who asks in one of them can likely speak it."""


def scripts_of(q: str) -> tuple[str, ...]:
    """The languages that the first script of a question is used for; none for Latin,
    which most languages share."""
    return next((tags for script, tags in _SCRIPTS if script.search(q)), ())


@dataclass(frozen=True)
class Part:
    """One piece of a question. `means` are index terms; `number` its digits; `endings`
    and `typos` are words of the index that begin with it or are one letter away."""

    words: tuple[str, ...] = ()
    means: frozenset[Term] = frozenset()
    number: str = ""
    endings: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    exact: bool = field(default=False)

    @property
    def is_known(self) -> bool:
        return bool(
            self.means or self.number or self.exact or self.endings or self.typos
        )


class Reader:
    """Cuts questions into parts against one index and its phrases."""

    def __init__(
        self, schema: tantivy.Schema, searcher: tantivy.Searcher, phrases: Phrases
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._phrases = phrases

    def parts(self, q: str) -> list[Part]:
        """The parts of a question, at most 16; what lies beyond is left unread."""
        q = folded(q)
        found: list[Part] = []
        rest = []
        end = 0
        for run in _NUMBER.finditer(q):
            number = digits(run[0])
            if len(number) >= _FEWEST_DIGITS:
                rest.append(q[end : run.start()])
                end = run.end()
                found.append(Part(number=number.removeprefix("00")))
        rest.append(q[end:])
        words = tokens(" ".join(rest))[: _MOST_PARTS * 3]
        place = 0
        while place < len(words) and len(found) < _MOST_PARTS:
            length, means = self._phrases.at(words, place)
            length = length or 1
            last = place + length == len(words)
            found.append(
                self._part(tuple(words[place : place + length]), means, last=last)
            )
            place += length
        return found

    def _part(
        self, words: tuple[str, ...], means: frozenset[Term], *, last: bool
    ) -> Part:
        exact = all(self._frequency(word) for word in words)
        if means or len(words) > 1:
            return Part(words=words, means=means, exact=exact)
        word = words[0]
        endings = self._endings(word) if last and len(word) >= 3 else ()
        if exact or endings:
            return Part(words=words, exact=exact, endings=endings)
        near = self._phrases.nearest(word)
        if near and near != word:
            _, means = self._phrases.at([near], 0)
            if means:
                return Part(words=words, means=means)
        return Part(words=words, typos=(word,) if self._has_typo(word) else ())

    def _frequency(self, word: str) -> int:
        return self._searcher.doc_freq("name", word) + self._searcher.doc_freq(
            "text", word
        )

    def _endings(self, word: str) -> tuple[str, ...]:
        found = {
            term
            for name in ("name", "text")
            for term, _ in self._searcher.terms_with_prefix(
                name, word, limit=_MOST_ENDINGS
            )
        }
        return tuple(sorted(found - {word}))

    def _has_typo(self, word: str) -> bool:
        if len(word) < 4:
            return False
        return bool(self._searcher.search(self._fuzzy(word), 1, count=False).hits)

    def _fuzzy(self, word: str) -> Query:
        return Query.disjunction_max_query(
            [
                Query.fuzzy_term_query(self._schema, name, word, 1)
                for name in ("name", "text")
            ]
        )

    def query(self, part: Part) -> Query:
        """Whatever one part may be found by; the best of it counts."""
        term, schema = Query.term_query, self._schema
        either: list[Query] = []
        if part.number:
            either.append(
                Query.const_score_query(
                    term(schema, "number", part.number, "basic"), NUMBER_WEIGHT
                )
            )
            if len(part.number) >= 4:
                endings = [
                    number
                    for number, _ in self._searcher.terms_with_prefix(
                        "number", part.number, limit=_MOST_ENDINGS
                    )
                ]
                if endings:
                    either.append(
                        Query.const_score_query(any_of(schema, "number", endings), 5.0)
                    )
        either.extend(
            Query.const_score_query(term(schema, name, value, "basic"), MEANING_WEIGHT)
            for name, value in sorted(part.means)
        )
        if part.exact:
            for name, weight in (("name", NAME_WEIGHT), ("text", 1.0)):
                words = [
                    (Occur.Must, term(schema, name, word, "freq"))
                    for word in part.words
                ]
                either.append(Query.boost_query(Query.boolean_query(words), weight))
        if part.endings:
            either.extend(
                Query.const_score_query(
                    any_of(schema, name, part.endings),
                    weight * ENDING_WEIGHT,
                )
                for name, weight in (("name", NAME_WEIGHT), ("text", 1.0))
            )
        either.extend(
            Query.boost_query(self._fuzzy(word), TYPO_WEIGHT) for word in part.typos
        )
        if not either:
            return Query.empty_query()
        return Query.disjunction_max_query(either, 0.1)


@dataclass(frozen=True)
class Reading:
    """One way to read a question; it counts when it finds at least `enough`."""

    query: Query
    enough: int = 1


def readings(reader: Reader, parts: list[Part]) -> list[Reading]:
    """The ways to read a question, strictest first: every known part is met; every
    part with a meaning is, and bare words only lift; any part is met.

    People in need write whole sentences. So where a sentence has a meaning, one or two
    records that happen to hold its every word aren't enough to hide the others.
    """
    known = [part for part in parts if part.is_known]
    if not known:
        return [Reading(Query.empty_query())]
    each = [(bool(part.means or part.number), reader.query(part)) for part in known]
    meant, bare = any(has for has, _ in each), any(not has for has, _ in each)
    strict = Query.boolean_query([(Occur.Must, query) for _, query in each])
    found = [Reading(strict, _ENOUGH if meant and bare else 1)]
    if meant and bare:
        loose = [(Occur.Must if has else Occur.Should, query) for has, query in each]
        found.append(Reading(Query.boolean_query(loose)))
    if len(each) > 1:
        each_may = [(Occur.Should, query) for _, query in each]
        found.append(Reading(Query.boolean_query(each_may)))
    return found
