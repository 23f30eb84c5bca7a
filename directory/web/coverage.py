"""What there is for each country and need, how fresh, and what is missing."""

import datetime

import msgspec

from ..resource import NEEDS_IN_ORDER, Need
from . import answers
from .current import Served


class Cell(msgspec.Struct, frozen=True):
    """`services` counts what the country has of its own, `confirmed` those that aren't
    low; `checked_on` is the latest check. With none, `found_in` is the wider rung."""

    need: Need
    services: int
    confirmed: int
    checked_on: datetime.date | None
    found_in: str | None


class Row(msgspec.Struct, frozen=True):
    """One country; `emergency` counts its own emergency numbers."""

    code: str
    name: str
    emergency: int
    checked_on: datetime.date | None
    cells: tuple[Cell, ...]


class Coverage(msgspec.Struct, frozen=True):
    release: str
    needs: tuple[answers.Choice, ...]
    countries: tuple[Row, ...]


def coverage(lang: str, served: Served) -> Coverage:
    """Every country, by name. In danger is told by the emergency numbers instead."""
    needs = tuple(need for need in NEEDS_IN_ORDER if need != "in-danger")
    places = served.release.jurisdictions
    rows = [
        _row(code, needs, lang, served)
        for code, place in places.items()
        if place.level == "country" and served.has(code)
    ]
    return Coverage(
        served.release.id,
        tuple(
            answers.Choice(need, answers.label("need", need, lang, served))
            for need in needs
        ),
        tuple(sorted(rows, key=lambda row: row.name)),
    )


def _row(code: str, needs: tuple[Need, ...], lang: str, served: Served) -> Row:
    place = served.release.jurisdictions[code]
    own = served.release.of(code)
    cells = []
    for need in needs:
        fitting = [record for record in own if need in record.needs]
        cells.append(
            Cell(
                need,
                len(fitting),
                sum(record.confidence != "low" for record in fitting),
                max((r.checked_on for r in fitting if r.checked_on), default=None),
                None if fitting else served.answered_above(place, need),
            )
        )
    return Row(
        code,
        answers.label("jurisdiction", code, lang, served),
        len(place.emergency),
        max((one.checked_on for one in cells if one.checked_on), default=None),
        tuple(cells),
    )
