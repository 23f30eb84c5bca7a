"""One service that somebody can turn to, run by an organisation, for some places."""

import datetime
import hashlib
from base64 import b32encode
from typing import Literal, get_args

import msgspec

from .channel import Channel, Place, Unpublished
from .record import Confidence, Record, Text
from .source import Source
from .verification import Verification

Kind = Literal[
    "emergency",
    "csam-hotline",
    "police-report",
    "platform-report",
    "image-removal",
    "child-helpline",
    "child-protection-authority",
    "sexual-violence-helpline",
    "domestic-violence-helpline",
    "crisis-line",
    "survivor-support",
    "victim-support",
    "missing-children",
    "trafficking-hotline",
    "parent-support",
    "legal-aid",
    "victim-compensation",
    "prevention",
    "consular",
    "network",
]
KINDS: tuple[str, ...] = get_args(Kind)

Topic = Literal[
    "child-sexual-abuse",
    "csam",
    "sextortion",
    "online-grooming",
    "image-based-abuse",
    "livestreamed-abuse",
    "sexual-violence",
    "domestic-violence",
    "trafficking",
    "travelling-sex-offenders",
    "missing-child",
    "bullying",
    "mental-health",
    "legal",
    "compensation",
]
TOPICS: tuple[str, ...] = get_args(Topic)

Audience = Literal[
    "child",
    "young-person",
    "parent",
    "adult-survivor",
    "professional",
    "public",
    "person-worried-about-own-thoughts",
]
AUDIENCES: tuple[str, ...] = get_args(Audience)

Need = Literal[
    "in-danger",
    "report",
    "remove",
    "talk",
    "blackmail",
    "past-abuse",
    "legal",
    "own-thoughts",
    "professional",
]
NEEDS_IN_ORDER: tuple[Need, ...] = get_args(Need)
NEEDS: tuple[str, ...] = NEEDS_IN_ORDER

NEEDS_OF_KIND: dict[str, tuple[Need, ...]] = {
    "emergency": ("in-danger",),
    "csam-hotline": ("report", "remove"),
    "police-report": ("report",),
    "platform-report": ("report",),
    "image-removal": ("remove",),
    "child-helpline": ("talk",),
    "child-protection-authority": ("report",),
    "sexual-violence-helpline": ("talk",),
    "domestic-violence-helpline": ("talk",),
    "crisis-line": ("talk",),
    "survivor-support": ("talk", "past-abuse"),
    "victim-support": ("talk",),
    "missing-children": ("report",),
    "trafficking-hotline": ("report",),
    "parent-support": ("talk",),
    "legal-aid": ("legal",),
    "victim-compensation": ("legal",),
    "prevention": ("own-thoughts",),
    "consular": ("legal",),
    "network": (),
}
NEED_OF_TOPIC: dict[str, Need] = {
    "sextortion": "blackmail",
    "legal": "legal",
    "compensation": "legal",
}
NEED_OF_AUDIENCE: dict[str, Need] = {
    "adult-survivor": "past-abuse",
    "person-worried-about-own-thoughts": "own-thoughts",
    "professional": "professional",
}

CHECK_EVERY_DAYS: dict[str, int] = {
    "emergency": 30,
    "child-helpline": 30,
    "crisis-line": 30,
    "sexual-violence-helpline": 30,
    "domestic-violence-helpline": 30,
    "csam-hotline": 90,
    "police-report": 90,
    "child-protection-authority": 90,
    "image-removal": 90,
    "survivor-support": 90,
    "prevention": 90,
}
"""Days between checks, by risk; `OTHERWISE_DAYS` for every other kind."""
OTHERWISE_DAYS = 180


def check_every_days(kind: str) -> int:
    return CHECK_EVERY_DAYS.get(kind, OTHERWISE_DAYS)


class Retired(Record, frozen=True):
    """Why a record left the directory; `successor` is the id to use instead."""

    on: datetime.date
    reason: str
    successor: str | None = None


class Resource(Record, frozen=True):
    """`jurisdictions` are the codes that it serves; `catchment` narrows them in words.

    `also_needs` are those it answers besides what its kind, topics and audiences say.
    Ages are in whole years, both ends included; `min_age_in_image` and its twin say how
    old one must have been in the picture. `referral` says how one is referred
    where one can't turn up unasked. `notes` are for editors and never published;
    `unpublished` keeps the whole record in its file only; `shares_number_with` names
    the records that rightly give the same number, which is otherwise a duplicate.
    """

    id: str
    name: Text
    kind: Kind
    jurisdictions: tuple[str, ...]
    summary: Text
    channels: tuple[Channel, ...]
    audiences: tuple[Audience, ...]
    topics: tuple[Topic, ...]
    confidence: Confidence
    sources: tuple[Source, ...] = ()
    organization: str | None = None
    languages: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    min_age_in_image: int | None = None
    max_age_in_image: int | None = None
    anonymous: bool | None = None
    professionals_only: bool = False
    also_needs: tuple[Need, ...] = ()
    referral: Text | None = None
    catchment: Text | None = None
    verifications: tuple[Verification, ...] = ()
    shares_number_with: tuple[str, ...] = ()
    needs_source: bool = False
    unpublished: Unpublished | None = None
    retired: Retired | None = None
    notes: str | None = None

    @property
    def short(self) -> str:
        return short_of(self.id)


def short_of(record_id: str) -> str:
    """Eight letters for the page's address, which then names no service."""
    digest = hashlib.sha256(record_id.encode()).digest()
    return b32encode(digest[:5]).decode().lower()


class Published(Resource, frozen=True, kw_only=True):
    """A resource as readers get it: without what is for editors, with what follows from
    the rest. `page` is the short address of its page; `checked_on` the latest check."""

    needs: tuple[Need, ...]
    page: str
    checked_on: datetime.date | None = None


def takes_age(age: int, least: int | None, most: int | None) -> bool:
    """Whether an age lies in a span, ends included; one left out is no limit."""
    return (least is None or age >= least) and (most is None or age <= most)


def needs_of(resource: Resource) -> tuple[Need, ...]:
    """What it can help with, in the order of `NEEDS`."""
    found: set[Need] = {*NEEDS_OF_KIND[resource.kind], *resource.also_needs}
    found.update(NEED_OF_TOPIC[t] for t in resource.topics if t in NEED_OF_TOPIC)
    found.update(
        NEED_OF_AUDIENCE[a] for a in resource.audiences if a in NEED_OF_AUDIENCE
    )
    return tuple(need for need in NEEDS_IN_ORDER if need in found)


def published(resource: Resource) -> Published | None:
    """What readers may see of it; nothing when that is nothing.

    Channels without a source stay back, a confidential place loses all that tells where
    it is, and editors' notes are left out.
    """
    if resource.unpublished or resource.retired:
        return None
    channels = tuple(
        _shown(channel)
        for channel in resource.channels
        if channel.sources and channel.unpublished is None
    )
    if not channels:
        return None
    fields = {
        name: getattr(resource, name)
        for name in resource.__struct_fields__
        if name not in {"notes", "channels", "confidence"}
    }
    return Published(
        **fields,
        channels=channels,
        confidence=_confidence(resource, channels),
        needs=needs_of(resource),
        page=resource.short,
        checked_on=max((check.on for check in resource.verifications), default=None),
    )


def _confidence(resource: Resource, channels: tuple[Channel, ...]) -> Confidence:
    """Low where every channel that readers see is, whatever the record says."""
    lowest = all(channel.confidence == "low" for channel in channels)
    return "low" if lowest else resource.confidence


def _shown(channel: Channel) -> Channel:
    if channel.place is None or not channel.place.confidential:
        return channel
    return msgspec.structs.replace(channel, place=Place(confidential=True))
