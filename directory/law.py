"""What the law of a place says, one sourced sentence at a time: not legal advice."""

import datetime
from typing import Literal, get_args

import msgspec

from .record import Confidence, Record, Text
from .source import Source

LegalTopic = Literal[
    "image-guidance",
    "possession",
    "access",
    "distribution",
    "production",
    "grooming",
    "livestreaming",
    "mandatory-reporting-professionals",
    "isp-reporting",
    "victim-anonymity",
    "victim-compensation",
    "victim-notification",
    "call-records",
]
LEGAL_TOPICS: tuple[str, ...] = get_args(LegalTopic)

Finder = Literal["anyone", "parent", "professional", "provider"]
"""Whom a sentence is for: anyone at all, parents and carers, people who work with
children, or internet and media companies."""

Held = Literal["needs-official-source", "third-party-copy", "contradicted"]
"""Why a sentence is kept in its file and shown to nobody."""


class LegalFact(Record, frozen=True):
    """`statute` names the law and its section; `max_penalty` is in the law's words."""

    topic: LegalTopic
    statement: Text
    confidence: Confidence
    sources: tuple[Source, ...]
    statute: str | None = None
    max_penalty: str | None = None
    finders: tuple[Finder, ...] = ("anyone",)
    held: Held | None = None
    notes: str | None = None


class Treaty(Record, frozen=True):
    """`since` in the words of the register, such as "3 Jan 1997 a" (accession)."""

    name: Literal["CRC", "OPSC", "Budapest", "Lanzarote", "Palermo", "ACRWC"]
    party: bool
    since: str | None = None


class Survey(Record, frozen=True):
    """What one survey of many countries says of this one: a survey, not an inventory of
    statutes. `meets_standard` is about commercial sexual exploitation of children."""

    title: str
    edition: str
    year: int
    url: str
    meets_standard: bool | None = None
    gap_named: bool | None = None


class Finding(Record, frozen=True):
    """One yes or no about the law in force, with the page on which it was read."""

    about: Literal[
        "specific-law",
        "defined",
        "technology-facilitated",
        "simple-possession",
        "provider-must-report",
    ]
    holds: bool
    sources: tuple[Source, ...]
    evidence: str | None = None


class Law(Record, frozen=True):
    """All that is known of one jurisdiction's law."""

    jurisdiction: str
    facts: tuple[LegalFact, ...] = ()
    findings: tuple[Finding, ...] = ()
    treaties: tuple[Treaty, ...] = ()
    treaty_sources: tuple[str, ...] = ()
    survey: Survey | None = None
    read_on: datetime.date | None = None
    notes: str | None = None


def shown(law: Law) -> Law:
    """What readers may see: facts that aren't held back, without editors' notes."""
    facts = tuple(
        msgspec.structs.replace(fact, notes=None)
        for fact in law.facts
        if fact.held is None and fact.sources
    )
    return msgspec.structs.replace(law, facts=facts, notes=None)
