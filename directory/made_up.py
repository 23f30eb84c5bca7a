"""Records made up for programs to be tested against: no real line is shown or dialled.

Every number is of a range that is kept for fiction, so that it reaches nobody:

- 07700 900000–900999 and 08081 570000–570999: Ofcom, "Telephone numbers for use in TV
  and radio drama programmes",
  ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
- 555-0100 to 555-0199 of each area code in North America: North American Numbering Plan
  Administrator, nanpa.com/numbering/555-line-numbers

Addresses are of example.org, kept for examples by RFC 2606. They are in no release, and
so in no search, list, count, export or change.
"""

import datetime
from collections.abc import Mapping

import msgspec

from .channel import Channel
from .resource import Published, Resource, Retired, published
from .shown import Shown, rules_of, shown
from .source import Source
from .verification import Verification

PREFIX = "test-"
"""No real record's id begins so."""

_PAGE = "https://example.org/help"
_FROM = (_PAGE,)


def _resource(ending: str, **fields: object) -> Resource:
    whole: dict[str, object] = {
        "id": f"{PREFIX}{ending}",
        "kind": "child-helpline",
        "jurisdictions": ("GB",),
        "summary": {"en": "Made up, to test programs with. Nobody answers here."},
        "audiences": ("child", "young-person"),
        "topics": ("child-sexual-abuse",),
        "confidence": "high",
        "organization": "Nobody",
    }
    return Resource(**(whole | fields))  # type: ignore[arg-type]


_RESOURCES = (
    _resource(
        "line",
        name={"en": "Test Line (not real)"},
        channels=(
            Channel(
                type="phone",
                value="08081 570123",
                sources=_FROM,
                hours="24/7",
                languages=("en",),
                cost="free",
                anonymous=True,
            ),
        ),
    ),
    _resource(
        "many-ways",
        name={"en": "Test of Many Ways (not real)", "es": "Prueba (no es real)"},
        kind="crisis-line",
        jurisdictions=("US",),
        min_age=13,
        max_age=25,
        channels=(
            Channel(
                type="phone",
                value="(202) 555-0142",
                sources=_FROM,
                hours="Mo-Fr 09:00-17:00; PH off",
                time_zone="America/New_York",
                languages=("en", "es"),
            ),
            Channel(type="sms", value="+44 7700 900123", sources=_FROM),
            Channel(type="chat", value="https://example.org/chat", sources=_FROM),
            Channel(type="email", value="help@example.org", sources=_FROM),
        ),
    ),
    _resource(
        "not-confirmed",
        name={"en": "Test Not Yet Confirmed (not real)"},
        confidence="low",
        channels=(
            Channel(
                type="phone",
                value="07700 900456",
                sources=_FROM,
                hours="Mo-Su 10:00-22:00",
                unconfirmed=("hours",),
            ),
        ),
    ),
)
_RETIRED = Retired(
    on=datetime.date(2026, 11, 21),
    reason="Made up, to test programs with.",
    successor="test-line",
)

IDS = (*(one.id for one in _RESOURCES), "test-retired")


def retired(record_id: str) -> Retired | None:
    return _RETIRED if record_id == "test-retired" else None


def records(
    built: datetime.datetime, expires: datetime.datetime
) -> Mapping[str, Shown]:
    """By id, as of the day on which a release was built."""
    day = built.date()
    check = Verification(on=day, by="nobody", method="live-page", outcome="matches")
    page = Source(url=_PAGE, title="Help", publisher="Nobody", seen=day)
    found: dict[str, Shown] = {}
    for one in _RESOURCES:
        dated = msgspec.structs.replace(one, sources=(page,), verifications=(check,))
        record = published(dated)
        if isinstance(record, Published):
            rules = rules_of(record, built, expires)
            found[one.id] = shown(record, msgspec.structs.replace(rules, test=True))
    return found
