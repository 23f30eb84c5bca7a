"""Emergency numbers: sourced records first, then the labelled public list."""

from collections.abc import Mapping
from typing import get_args

import msgspec

from .catalogue import Catalogue
from .channel import Channel, EmergencyService
from .dialling import digits
from .jurisdiction import EmergencyNumber, Jurisdiction
from .resource import Published, published

_KNOWN = ("high", "medium")
_LONGEST_SHORT = 4
"""Digits of a short number."""


def with_emergency_numbers(catalogue: Catalogue) -> dict[str, Jurisdiction]:
    """Every jurisdiction with the numbers of its own emergency records put first.

    A number of the list is kept where it adds a service that no record answers for. A
    record that doesn't say who answers takes the label that the list gives its number.
    """
    records: dict[str, list[Published]] = {}
    for resource in catalogue.resources.values():
        if resource.kind == "emergency" and (shown := published(resource)):
            for code in shown.jurisdictions:
                records.setdefault(code, []).append(shown)
    return {
        code: _with(place, records.get(code, []))
        for code, place in catalogue.jurisdictions.items()
    }


def numbers_for(
    place: Jurisdiction, places: Mapping[str, Jurisdiction]
) -> tuple[tuple[EmergencyNumber, str], ...]:
    """The numbers to show, each with the code of the place that it holds for.

    A place's own; else, where it uses its country's, those of the next rung; and what
    a supranational rung adds (112 in the EU). A territory's own missing numbers are
    not guessed from the state that it belongs to.
    """
    found: list[tuple[EmergencyNumber, str]] = []
    seen: set[str] = set()
    above = False
    for code in place.ladder:
        rung = places[code]
        if not above or rung.level == "supranational":
            for number in rung.emergency:
                if number.value not in seen:
                    found.append((number, code))
                    seen.add(number.value)
        above = above or rung.own_numbers
    return tuple(found)


def _with(place: Jurisdiction, records: list[Published]) -> Jurisdiction:
    if not records:
        return place
    listed = {number.value: number.services for number in place.emergency}
    known: dict[str, EmergencyNumber] = {}
    for record in sorted(records, key=lambda r: r.confidence not in _KNOWN):
        for channel in record.channels:
            number = digits(channel.value)
            if channel.type == "phone" and _is_urgent(channel, number, listed):
                answers = _both(channel.answers, listed.get(number, ()))
                known.setdefault(number, _number(record, channel, number, answers))
    covered = {
        service
        for number in known.values()
        if number.confidence != "low"
        for service in number.services
    }
    rest = [
        number
        for number in place.emergency
        if number.value not in known and set(number.services) - covered
    ]
    return msgspec.structs.replace(place, emergency=(*known.values(), *rest))


def _is_urgent(
    channel: Channel, number: str, listed: Mapping[str, tuple[EmergencyService, ...]]
) -> bool:
    """An emergency record may also give an ordinary number, for what isn't urgent."""
    return bool(number) and (
        bool(channel.answers) or number in listed or len(number) <= _LONGEST_SHORT
    )


def _both(
    one: tuple[EmergencyService, ...], other: tuple[EmergencyService, ...]
) -> tuple[EmergencyService, ...]:
    known: tuple[EmergencyService, ...] = get_args(EmergencyService)
    return tuple(service for service in known if service in {*one, *other})


def _number(
    record: Published,
    channel: Channel,
    value: str,
    answers: tuple[EmergencyService, ...],
) -> EmergencyNumber:
    proof = tuple(s for s in record.sources if s.url in channel.sources)
    return EmergencyNumber(
        value=value,
        services=answers,
        confidence=channel.confidence or record.confidence,
        sources=proof,
        note=(channel.note or {}).get("en"),
        resource=record.id,
    )
