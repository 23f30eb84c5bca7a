"""What was corrected for readers: changes of what was already there.

A new day of a check, another source or an added record corrects nothing that somebody
may have read. A value that was taken out isn't told: it may be a number that nobody
should dial.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from ..channel import ChannelType
from ..record import Record
from ..resource import Retired
from .changes import Change, Kind, newest_changes

MOST = 200
"""Corrections that a page or a feed tells."""

Part = Literal[
    "name",
    "description",
    "place",
    "hours",
    "languages",
    "cost",
    "ages",
    "anonymous",
    "proof",
    "emergency",
    "law",
    "other",
]
_OF_CHANNEL: dict[str, Part] = {
    "hours": "hours",
    "time_zone": "hours",
    "languages": "languages",
    "cost": "cost",
    "works_without_credit": "cost",
    "min_age": "ages",
    "max_age": "ages",
    "anonymous": "anonymous",
    "confidence": "proof",
    "unconfirmed": "proof",
    "note": "description",
}
_OF_RESOURCE: dict[str, Part] = {
    "name": "name",
    "organization": "name",
    "summary": "description",
    "referral": "description",
    "catchment": "description",
    "jurisdictions": "place",
    "languages": "languages",
    "min_age": "ages",
    "max_age": "ages",
    "min_age_in_image": "ages",
    "max_age_in_image": "ages",
    "anonymous": "anonymous",
    "confidence": "proof",
}
_UNREAD = frozenset(
    {
        *("channels", "checked_on", "needs_source", "page", "shares_number_with"),
        *("sources", "verifications"),
    }
)
"""Fields that tell readers nothing new, and the channels, which are looked at apart."""


_PROOFS = frozenset({"sources", "source", "seen", "verifications", "checked_on"})


class Way(Record, frozen=True):
    """A way to reach a service, as it was after that release."""

    type: ChannelType
    value: str


class Correction(Record, frozen=True):
    """`new` are ways that came or were changed, `gone` the types of those that were
    taken out without another of that type; `parts` what else is different."""

    sequence: int
    on: datetime.date
    kind: Kind
    id: str
    change: Literal["changed", "retired", "removed"]
    parts: tuple[Part, ...] = ()
    new: tuple[Way, ...] = ()
    gone: tuple[ChannelType, ...] = ()
    retired: Retired | None = None


class Issue(Record, frozen=True):
    """What one release corrected; `added` counts the services that it added."""

    sequence: int
    on: datetime.date
    added: int
    corrections: tuple[Correction, ...]


def issues(folder: Path, most: int = MOST) -> tuple[Issue, ...]:
    """The newest first; those that corrected nothing are left out."""
    found: list[Issue] = []
    room = most
    for sequence, changes in groupby(newest_changes(folder), lambda one: one.sequence):
        group = list(changes)
        corrected = [one for change in group for one in _corrected(change)][:room]
        added = sum((c.kind, c.change) == ("resource", "added") for c in group)
        room -= len(corrected)
        if corrected:
            found.append(Issue(sequence, group[0].on, added, tuple(corrected)))
        if not room:
            break
    return tuple(found)


def _corrected(change: Change) -> Iterator[Correction]:
    if change.change == "added":
        return
    told: dict[str, Any] = {}
    if change.change == "changed":
        told = _told(change)
        if not any(told.values()):
            return
    yield Correction(
        sequence=change.sequence,
        on=change.on,
        kind=change.kind,
        id=change.id,
        change=change.change,
        retired=change.retired,
        **told,
    )


def _told(change: Change) -> dict[str, Any]:
    different = {
        name
        for name, field in change.fields.items()
        if _read(field.before) != _read(field.after)
    }
    if change.kind == "law":
        return {"parts": ("law",) if different else ()}
    if change.kind == "jurisdiction":
        return {"parts": ("emergency",) if "emergency" in different else ()}
    parts: set[Part] = {_OF_RESOURCE.get(name, "other") for name in different - _UNREAD}
    new: list[Way] = []
    gone: tuple[ChannelType, ...] = ()
    if channels := change.fields.get("channels"):
        before, after = channels.before or [], channels.after or []
        known = {_way(one): one for one in before}
        now = {_way(one) for one in after}
        for one in after:
            if _way(one) in known:
                parts |= _parts(known[_way(one)], one)
            else:
                new.append(Way(type=one["type"], value=one["value"]))
        left = Counter(kind for kind, value in known if (kind, value) not in now)
        gone = tuple((left - Counter(way.type for way in new)).elements())
    return {"parts": tuple(sorted(parts)), "new": tuple(new), "gone": gone}


def _read(value: Any) -> Any:
    """A value without what tells only where and when it was read."""
    if isinstance(value, dict):
        return {k: _read(v) for k, v in value.items() if k not in _PROOFS}
    return [_read(one) for one in value] if isinstance(value, list) else value


def _way(channel: Mapping[str, Any]) -> tuple[ChannelType, str]:
    return channel["type"], channel["value"]


def _parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[Part]:
    return {
        _OF_CHANNEL.get(name, "other")
        for name in (before.keys() | after.keys()) - {"sources"}
        if before.get(name) != after.get(name)
    }
