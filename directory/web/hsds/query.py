"""What each path of the HSDS API can be asked, by the standard's own names."""

import datetime
import re
from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ...errors import BadQuery
from ...hsds.ids import is_uuid
from ...record import Record
from ...search.question import LONGEST

MOST = 1000
USUAL = 50
_LARGEST = 1_000_000_000
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:[Zz]|[+-]\d\d:\d\d)?)?"
)
_PATH = re.compile(r" - at `\$\.?(?P<field>[^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `")

Q = TypeVar("Q", bound=Record)


def _about(text: str) -> Meta:
    return Meta(description=text)


Id = Annotated[str, Meta(extra_json_schema={"format": "uuid"})]
Search = Annotated[
    str,
    Meta(max_length=LONGEST),
    _about("Words in any language, a name or a number. No addresses of pages."),
]
Full = Annotated[bool, _about("The whole tree of each, not its own fields alone.")]
FullService = Annotated[
    bool, _about("Organizations with the whole tree of each of their services.")
]
TermId = Annotated[Id, _about("Only what has an attribute with this taxonomy term.")]
TaxonomyId = Annotated[Id, _about("Only what has a term of this taxonomy.")]
OrganizationId = Annotated[Id, _about("Only what this organization provides.")]
ModifiedAfter = Annotated[
    str,
    Meta(extra_json_schema={"format": "date-time"}),
    _about(
        "Only what was modified on or after this moment (RFC 3339, or a day); without "
        "an offset it is UTC."
    ),
]


class Nothing(Record, frozen=True):
    """No parameter at all."""


class Paged(Record, frozen=True):
    """What every list takes."""

    search: Search = ""
    page: Annotated[
        int,
        Meta(ge=1, le=_LARGEST),
        _about("Which page; one beyond the last is empty."),
    ] = 1
    per_page: (
        Annotated[
            int,
            Meta(ge=1, le=MOST),
            _about(f"Objects on a page; {USUAL} if left out, all if `minimal`."),
        ]
        | UnsetType
    ) = UNSET
    format: Annotated[
        Literal["json", "ndjson"],
        _about("ndjson: all that was found, one object a line, without pages."),
    ] = "json"


class Services(Paged, frozen=True):
    taxonomy_term_id: TermId | UnsetType = UNSET
    taxonomy_id: TaxonomyId | UnsetType = UNSET
    organization_id: OrganizationId | UnsetType = UNSET
    modified_after: ModifiedAfter | UnsetType = UNSET
    minimal: Annotated[
        bool,
        _about("Only id, name, status and last_modified, whatever `full` says."),
    ] = False
    full: Full = False


class Organizations(Paged, frozen=True):
    taxonomy_term_id: TermId | UnsetType = UNSET
    taxonomy_id: TaxonomyId | UnsetType = UNSET
    full: Full = False
    full_service: FullService = False


class OneOrganization(Record, frozen=True):
    full_service: FullService = False


class ServiceAtLocations(Paged, frozen=True):
    taxonomy_term_id: TermId | UnsetType = UNSET
    taxonomy_id: TaxonomyId | UnsetType = UNSET
    organization_id: OrganizationId | UnsetType = UNSET
    modified_after: ModifiedAfter | UnsetType = UNSET
    full: Full = False
    postcode: (
        Annotated[
            str,
            Meta(min_length=1, max_length=100),
            _about(
                "A postcode, as far as the geocoder knows it, or a town: only services "
                "for its country, or near it if `proximity` is given."
            ),
        ]
        | UnsetType
    ) = UNSET
    proximity: (
        Annotated[
            str,
            Meta(pattern=r"^\d{1,9}(\.\d{1,9})?$"),
            _about("Metres from the middle of `postcode`."),
        ]
        | UnsetType
    ) = UNSET


class Taxonomies(Paged, frozen=True):
    pass


class TaxonomyTerms(Paged, frozen=True):
    taxonomy_id: Annotated[Id, _about("Only terms of this taxonomy.")] | UnsetType = (
        UNSET
    )
    top_only: Annotated[bool, _about("Only terms that have no parent.")] = False
    parent_id: Annotated[Id, _about("Only terms with this parent.")] | UnsetType = UNSET


def asked(pairs: Iterable[tuple[str, str]], kind: type[Q]) -> Q:
    """The parameters of an address, each at most once. Raises `BadQuery`."""
    raw: dict[str, str] = {}
    for name, value in pairs:
        if name in raw:
            known = name if name in kind.__struct_fields__ else "parameters"
            raise BadQuery(known, "is given twice", "give it once")
        raw[name] = value.lower() if name.endswith("_id") else value
    try:
        found = msgspec.convert(raw, type=kind, strict=False)
    except msgspec.ValidationError as fault:
        raise _refusal(str(fault), kind) from None
    for name in kind.__struct_fields__:
        value = getattr(found, name)
        if name.endswith("_id") and value is not UNSET and not is_uuid(value):
            raise BadQuery(name, "is no UUID", "send an id that this API gave")
    return found


def moment(text: str) -> datetime.datetime:
    """The moment that `modified_after` names. Raises `BadQuery`."""
    try:
        found = datetime.datetime.fromisoformat(
            text.upper() if _MOMENT.fullmatch(text) else ""
        )
    except ValueError:
        raise BadQuery(
            "modified_after",
            "is no date and time",
            "write 2026-11-21T00:00:00Z; a + in an address is %2B",
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


_REMEDIES = {
    "search": f"send at most {LONGEST} characters",
    "page": "send a whole number, 1 or more",
    "per_page": f"send a whole number from 1 to {MOST}",
    "format": "send json or ndjson",
    "postcode": "send 1 to 100 characters",
    "proximity": "send metres, such as 5000",
}


def _refusal(message: str, kind: type[Record]) -> BadQuery:
    """msgspec's refusal, without what was sent."""
    known = kind.__struct_fields__
    if _UNKNOWN.search(message):
        remedy = f"use only {', '.join(known)}" if known else "send none"
        return BadQuery("parameters", "hold one that isn't known here", remedy)
    at = _PATH.search(message)
    field = at["field"] if at and at["field"] in known else "parameters"
    return BadQuery(
        field, "can't be understood", _REMEDIES.get(field, "send true or false")
    )
