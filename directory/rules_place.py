"""Rules for jurisdictions and for the words that search understands."""

from collections.abc import Iterator
from zoneinfo import available_timezones

from .catalogue import JURISDICTIONS, WORDS, Catalogue
from .dialling import cannot_exist
from .errors import Problem
from .jurisdiction import WORLD, Jurisdiction


def problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Every ladder stands and ends at the world; every zone and number is one."""
    zones = available_timezones()
    for code, place in catalogue.jurisdictions.items():
        for field, what, remedy in (
            *_ladder(place, catalogue),
            *_zones_and_numbers(place, zones),
        ):
            yield Problem(JURISDICTIONS, f"[{code}].{field}", what, remedy)
    for concept in catalogue.words:
        meant = (concept.kinds, concept.topics, concept.needs, concept.audiences)
        if not any(meant) or not any(concept.phrases.values()):
            yield Problem(
                WORDS, concept.id, "means nothing", "give phrases and what they mean"
            )


Fault = tuple[str, str, str]
"""Field, what is wrong, remedy."""


def _ladder(place: Jurisdiction, catalogue: Catalogue) -> Iterator[Fault]:
    if place.ladder[:1] != (place.code,) or place.ladder[-1] != WORLD:
        yield (
            "ladder",
            f"doesn't run from {place.code} to {WORLD}",
            "write the narrowest first and the world last",
        )
    if len(set(place.ladder)) != len(place.ladder):
        yield "ladder", "has a rung twice", "keep one"
    for rung in place.ladder:
        if rung not in catalogue.jurisdictions:
            yield "ladder", f"{rung} is unknown", "add it"


def _zones_and_numbers(place: Jurisdiction, zones: set[str]) -> Iterator[Fault]:
    for zone in place.time_zones:
        if zone not in zones:
            yield "time_zones", f"{zone} is no IANA zone", "mend it"
    for number in place.emergency:
        if cannot_exist(number.value) or not number.sources:
            yield (
                "emergency",
                f"{number.value} is no number with a source",
                "write its digits and where they stand",
            )
