"""From what people type to what the records say: phrases, names of places, labels.

A phrase of several words is found as a whole, the longest first. What is found is a
set of index terms such as `tag:topic:csam` or `within:KE`.
"""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from .. import labels
from ..concept import Concept
from ..jurisdiction import WORLD, Jurisdiction
from ..language import catalogue, language_name, place_name, served
from ..textforms import tokens

Term = tuple[str, str]
"""Field and value of the index."""

_LABELS = {
    "need": labels.NEED,
    "kind": labels.KIND,
    "topic": labels.TOPIC,
    "audience": labels.AUDIENCE,
}
_SHORTEST_TYPO = 4


class Phrases:
    """Which index terms a run of tokens stands for."""

    def __init__(self) -> None:
        self._terms: dict[tuple[str, ...], set[Term]] = {}
        self._longest = 0
        self._words: list[str] = []
        self._known: set[str] = set()

    def add(self, phrase: str, terms: Iterable[Term]) -> None:
        key = tuple(tokens(phrase))
        if key:
            self._terms.setdefault(key, set()).update(terms)
            self._longest = max(self._longest, len(key))
            for word in key:
                if word not in self._known:
                    self._known.add(word)
                    self._words.append(word)

    def at(self, words: Sequence[str], start: int) -> tuple[int, frozenset[Term]]:
        """How many tokens from `start` the longest known phrase takes, and its terms;
        zero when none begins there."""
        for length in range(min(self._longest, len(words) - start), 0, -1):
            found = self._terms.get(tuple(words[start : start + length]))
            if found:
                return length, frozenset(found)
        return 0, frozenset()

    def nearest(self, word: str) -> str | None:
        """A known word that is one letter away, or the word itself; else nothing."""
        if word in self._known:
            return word
        if len(word) < _SHORTEST_TYPO:
            return None
        hit = process.extractOne(
            word,
            self._words,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=1,
        )
        return str(hit[0]) if hit else None


def phrases_of(
    words: Iterable[Concept],
    places: Mapping[str, Jurisdiction],
    subdivisions: Mapping[str, Mapping[str, str]],
    languages: Iterable[str],
) -> Phrases:
    """All phrases: the concepts', our own labels, and the names of places and of the
    languages spoken, in every served language."""
    phrases = Phrases()
    for concept in words:
        terms = {
            *(("tag", f"kind:{value}") for value in concept.kinds),
            *(("tag", f"topic:{value}") for value in concept.topics),
            *(("tag", f"need:{value}") for value in concept.needs),
            *(("tag", f"audience:{value}") for value in concept.audiences),
        }
        for wordings in concept.phrases.values():
            for wording in wordings:
                phrases.add(wording, terms)
    spoken = sorted(set(languages))
    for lang in served():
        texts = catalogue(lang)
        for group, table in _LABELS.items():
            for value, label in table.items():
                phrases.add(texts.gettext(label), [("tag", f"{group}:{value}")])
        for code in places:
            if code != WORLD:
                phrases.add(place_name(code, lang, subdivisions), [("within", code)])
        for tag in spoken:
            phrases.add(language_name(tag, lang), [("language", tag)])
    return phrases
