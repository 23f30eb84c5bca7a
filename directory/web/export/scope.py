"""Which pages a copy has: of which places, and everything that these lead to."""

from collections.abc import Iterable, Iterator, Sequence

from ...errors import BadExport, BadQuery
from ...jurisdiction import WORLD
from ...language import served as languages_served
from ...release.reader import Release
from ...search.resolve import code_of
from ..current import Copy, Served

_OF_A_PLACE = ("law", "privacy", "card", "card/pocket")


def copy_of(
    release: Release, places: Sequence[str] = (), languages: Sequence[str] = ()
) -> Copy:
    """A copy of those places, with the wider ones that they lead to and the regions
    below them, in those languages; of everything where nothing is chosen.

    Raises `BadExport` for a place or a language that isn't there.
    """
    known = tuple(languages_served())
    for lang in languages:
        if lang not in known:
            raise BadExport(
                f"languages: {lang} is none of ours; use any of {', '.join(known)}"
            )
    chosen = tuple(one for one in known if one in languages) if languages else known
    return Copy(frozenset(_places(release, places)), chosen)


def _places(release: Release, asked: Sequence[str]) -> Iterable[str]:
    """With something on their page: a country always, a region with help or law."""
    jurisdictions = release.jurisdictions
    filled = release.counts()
    there = {
        code
        for code, place in jurisdictions.items()
        if place.level != "subdivision" or code in filled or release.law(code)
    }
    if not asked:
        return there
    found = {WORLD}
    for text in asked:
        try:
            code = code_of(text, jurisdictions, "places")
        except BadQuery as fault:
            raise BadExport(f"{fault}: {text}") from None
        found.update(jurisdictions[code].ladder)
        if jurisdictions[code].level in {"country", "subdivision"}:
            found.update(one for one in there if code in jurisdictions[one].ladder)
    return found


def pages_of(served: Served, copy: Copy, lang: str) -> Iterator[str]:
    """The addresses that the application answers, in one language."""
    for name in ("", "about", "coverage", "privacy", "search"):
        yield f"/{lang}/{name}"
    for one in served.release.guidance:
        yield f"/{lang}/g/{one.page}"
    for code in sorted(copy.places):
        place = f"/{lang}/{code.lower()}"
        yield place
        yield from (f"{place}/{name}" for name in _OF_A_PLACE)
    for page in sorted(
        {record.page for code in copy.places for record in served.release.of(code)}
    ):
        yield f"/{lang}/r/{page}"
