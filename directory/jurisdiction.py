"""A place with its own law and services, and the ladder of wider places above it."""

from collections.abc import Mapping
from typing import Literal

from .channel import EmergencyService
from .record import Confidence, Record
from .source import Source

WORLD = "001"

Level = Literal["subdivision", "country", "supranational", "world"]
"""Narrowest to widest: the rungs of a ladder."""


class EmergencyNumber(Record, frozen=True):
    """An empty `services` means: the number is known, who answers is not. `resource` is
    the id of the record that it comes from, when it comes from one."""

    value: str
    services: tuple[EmergencyService, ...]
    confidence: Confidence
    sources: tuple[Source, ...]
    note: str | None = None
    resource: str | None = None


class Jurisdiction(Record, frozen=True):
    """`ladder` runs from this place itself to the world, narrowest first; one place may
    lie in several wider ones (GB-WLS: GB-EAW, GB-GBN, GB). `own_numbers` is false where
    the emergency numbers of the next rung hold here too, as in a subdivision."""

    code: str
    level: Level
    ladder: tuple[str, ...]
    alpha_3: str | None = None
    languages: tuple[str, ...] = ()
    time_zones: tuple[str, ...] = ()
    emergency: tuple[EmergencyNumber, ...] = ()
    own_numbers: bool = True


def rung_of(
    place: Jurisdiction, covered: tuple[str, ...], all_: Mapping[str, Jurisdiction]
) -> tuple[Level, str]:
    """The rung and code by which something that covers `covered` reaches `place`.

    The narrowest code of the ladder that is covered; where the cover lies below the
    place (a town's service, asked for the country), that narrower code with its level.
    Raises `LookupError` when nothing of `covered` is above, at or below the place.
    """
    for code in place.ladder:
        if code in covered:
            return all_[code].level, code
    for code in covered:
        if place.code in all_[code].ladder:
            return all_[code].level, code
    raise LookupError(f"{covered} neither contains nor lies in {place.code}")
