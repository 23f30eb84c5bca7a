"""What can be asked of the directory, and how a wrong question is answered."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ..channel import CHANNEL_TYPES
from ..errors import BadQuery
from ..language import served
from ..record import Record
from ..resource import AUDIENCES, KINDS, NEEDS, TOPICS
from ..rules_text import tag_fault

LONGEST = 300
MOST = 100
LISTS: Mapping[str, Collection[str]] = {
    "need": NEEDS,
    "kind": KINDS,
    "topic": TOPICS,
    "audience": AUDIENCES,
    "channel": CHANNEL_TYPES,
}
"""Parameters that take values of a closed list, several of them between commas."""

SEVERAL = frozenset(LISTS) | {"jurisdiction", "language", "fields"}
"""Parameters that take several values."""

HOLDS_ADDRESS = "holds the address of a page, which must not be sent here"
_ADDRESS = re.compile(r"https?:|www\.|\.onion\b", re.IGNORECASE)
"""Nobody shall paste the address of a picture here: it is never asked for, and what
finds services are words, names and numbers."""

_PATH = re.compile(r" - at `\$\.?(?P<field>[^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<field>[^`]*)`")


def holds_address(text: str) -> bool:
    """Whether the address of a page is in it, which must not be sent here."""
    return _ADDRESS.search(text) is not None


def _about(text: str, *examples: Any) -> Meta:
    return Meta(description=text, examples=list(examples) or None)


def _one_of(values: Collection[str]) -> str:
    return f"Any of, between commas: {', '.join(values)}."


class Question(Record, frozen=True):
    """The same fields in an address and in a body; none is needed."""

    q: Annotated[
        str,
        Meta(max_length=LONGEST),
        _about("Words in any language, a name or a number.", "child helpline"),
    ] = ""
    jurisdiction: Annotated[
        str,
        _about(
            "ISO 3166-1 or 3166-2 codes, EU or 001. Brings all that lies in it, and "
            "the wider rungs above it.",
            "KE",
            "GB-WLS",
        ),
    ] = ""
    need: Annotated[str, _about(_one_of(NEEDS), "talk")] = ""
    kind: Annotated[str, _about(_one_of(KINDS), "child-helpline")] = ""
    topic: Annotated[str, _about(_one_of(TOPICS), "csam")] = ""
    audience: Annotated[str, _about(_one_of(AUDIENCES), "young-person")] = ""
    age: (
        Annotated[
            int,
            Meta(ge=0, le=120),
            _about("Age in years; leaves out what is known not to take it.", 13),
        ]
        | None
    ) = None
    language: Annotated[
        str, _about("Languages that the service speaks, BCP 47.", "sw,en")
    ] = ""
    channel: Annotated[str, _about(_one_of(CHANNEL_TYPES), "phone,chat")] = ""
    open_now: Annotated[
        bool,
        _about("Leaves out what is known to be closed; unknown hours are not closed."),
    ] = False
    anonymous: Annotated[
        bool, _about("Only what is known to help people who give no name.")
    ] = False
    near: Annotated[
        str, _about("Latitude,longitude in degrees; rounded before use.", "-1.3,36.8")
    ] = ""
    place: Annotated[
        str, Meta(max_length=100), _about("A town, instead of `near`.", "Nairobi")
    ] = ""
    within_km: (
        Annotated[
            int,
            Meta(ge=1, le=20000),
            _about("How far away in-person help may be; 100 if left out.", 50),
        ]
        | None
    ) = None
    limit: Annotated[int, Meta(ge=1, le=MOST), _about("Records on a page.", 20)] = 20
    cursor: Annotated[
        str, Meta(max_length=300), _about("`next` of the page before.")
    ] = ""
    fields: Annotated[
        str,
        Meta(max_length=LONGEST * 2),
        _about(
            "Names of fields, between commas, to get these of each record and no "
            "others; `id`, `show_until` and `display` always come along.",
            "name,channels",
        ),
    ] = ""
    lang: Annotated[
        str, _about("Language of labels and advice; else by Accept-Language.", "en")
    ] = ""

    def values(self, parameter: str) -> tuple[str, ...]:
        """The values between the commas, each once. Raises `BadQuery` for an unknown
        value of a closed list."""
        found = tuple(
            dict.fromkeys(
                part.strip()
                for part in getattr(self, parameter).split(",")
                if part.strip()
            )
        )
        allowed = LISTS.get(parameter)
        if allowed and not set(found) <= set(allowed):
            raise BadQuery(
                parameter,
                "holds a value that isn't in its list",
                f"use any of {', '.join(allowed)}",
            )
        if len(found) > 30:
            raise BadQuery(parameter, "holds too many values", "send at most 30")
        return found

    def languages(self) -> tuple[str, ...]:
        """Raises `BadQuery` for what is no language tag."""
        found = tuple(_cased(tag) for tag in self.values("language"))
        if any(tag_fault(tag) for tag in found):
            raise BadQuery(
                "language", "holds no language tag", "write BCP 47 tags: sw, zh-Hans"
            )
        return found

    def point(self) -> tuple[float, float] | None:
        """The point asked about, rounded to a tenth of a degree (about 10 km), so that
        no exact place is worked with. Raises `BadQuery`."""
        if not self.near:
            return None
        parts = self.near.split(",")
        try:
            latitude, longitude = (float(part) for part in parts)
        except ValueError:
            latitude, longitude = 999.0, 999.0
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise BadQuery(
                "near",
                "is no point on earth",
                "write latitude,longitude in degrees, such as -1.3,36.8",
            )
        return round(latitude, 1), round(longitude, 1)


def from_pairs(pairs: Iterable[tuple[str, str]]) -> Question:
    """A question from an address or a form. Raises `BadQuery` with the parameter."""
    raw: dict[str, str] = {}
    for name, value in pairs:
        if name in raw:
            raise BadQuery(
                name if name in Question.__struct_fields__ else "parameters",
                "is given twice",
                "give it once, with commas between several values",
            )
        if name in {"age", "within_km"} and value.lower() == "null":  # None to msgspec
            raise BadQuery(name, "can't be understood", _REMEDIES[name])
        raw[name] = value
    return from_fields({k: v for k, v in raw.items() if v != "" or k not in _FIELDS})


def from_fields(raw: Any, *, strict: bool = False) -> Question:
    """A question from decoded fields. Raises `BadQuery` with the parameter.

    A list may also come as an array; unless `strict`, numbers and true or false also as
    text.
    """
    if not isinstance(raw, dict):
        raise BadQuery("body", "is no JSON object", 'send one, such as {"q": "help"}')
    fields = {
        name: ",".join(value)
        if name in SEVERAL
        and isinstance(value, list)
        and all(isinstance(part, str) for part in value)
        else value
        for name, value in raw.items()
        if value is not None
    }
    try:
        question = msgspec.convert(fields, type=Question, strict=strict)
    except msgspec.ValidationError as fault:
        raise _refusal(str(fault)) from None
    if question.lang and question.lang not in served():
        raise BadQuery(
            "lang", "is not a language of ours", f"use any of {', '.join(served())}"
        )
    if holds_address(question.q):
        raise BadQuery("q", HOLDS_ADDRESS, "report it on a hotline's own form")
    if question.near and question.place:
        raise BadQuery("place", "comes together with `near`", "send one of the two")
    return question


def _cased(tag: str) -> str:
    """A tag in its usual case, as records have it: zh-Hans, fa-AF."""
    first, *rest = tag.split("-")
    usual = (part.title() if len(part) == 4 else part.upper() for part in rest)
    return "-".join((first.lower(), *usual))


_FIELDS = frozenset(Question.__struct_fields__)


_REMEDIES = {
    "q": f"send at most {LONGEST} characters",
    "age": "send whole years from 0 to 120",
    "limit": f"send a number from 1 to {MOST}",
    "within_km": "send kilometres from 1 to 20000",
    "fields": f"send at most {LONGEST * 2} characters",
    "open_now": "send true or false",
    "anonymous": "send true or false",
}


def _refusal(message: str) -> BadQuery:
    """msgspec's refusal, without what was sent."""
    if _UNKNOWN.search(message):
        return BadQuery(
            "parameters",
            "hold one that isn't known here",
            f"use only {', '.join(Question.__struct_fields__)}",
        )
    at = _PATH.search(message)
    field = at["field"] if at else "body"
    return BadQuery(
        field if field in _FIELDS else "body",
        "is too long" if "length" in message else "can't be understood",
        _REMEDIES.get(field, "send text, at most 300 characters"),
    )
