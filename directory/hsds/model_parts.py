"""HSDS objects that belong to others: what classifies, and ways to get in touch.

Fields have the standard's names and order. What is left out is unknown: the standard
has no null. `TABLE` of a type is its name in the standard's tabular form.
"""

from typing import Annotated, TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

T = TypeVar("T")
Maybe: TypeAlias = T | UnsetType

TABLE = "table"


def _text(form: str) -> Meta:
    return Meta(extra_json_schema={"format": form}, extra={TABLE: ("string", form)})


Uuid = Annotated[str, _text("uuid")]
Uri = Annotated[str, _text("uri")]
Email = Annotated[str, _text("email")]
Day = Annotated[str, Meta(extra={TABLE: ("date", None)})]
Moment = Annotated[
    str,
    Meta(extra_json_schema={"format": "date-time"}, extra={TABLE: ("datetime", None)}),
]
Clock = Annotated[str, Meta(extra={TABLE: ("time", None)})]


class Object(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    omit_defaults=True,
):
    """What every HSDS object has: an id of its own."""

    id: Uuid


class Taxonomy(Object, frozen=True, kw_only=True):
    name: str
    description: str
    uri: Maybe[Uri] = UNSET
    version: Maybe[str] = UNSET


class TaxonomyTerm(Object, frozen=True, kw_only=True):
    name: str
    description: str
    code: Maybe[str] = UNSET
    parent_id: Maybe[Uuid] = UNSET
    taxonomy: Maybe[str] = UNSET
    taxonomy_detail: Maybe[Taxonomy] = UNSET
    language: Maybe[str] = UNSET
    taxonomy_id: Maybe[Uuid] = UNSET
    term_uri: Maybe[Uri] = UNSET


class Attribute(Object, frozen=True, kw_only=True):
    """A term that holds of the object `link_id` of the kind `link_entity`; `value` and
    `label` where the term alone doesn't say it all."""

    link_id: Uuid
    taxonomy_term_id: Uuid
    link_entity: str
    taxonomy_term: TaxonomyTerm
    link_type: Maybe[str] = UNSET
    value: Maybe[str] = UNSET
    label: Maybe[str] = UNSET


class Metadata(Object, frozen=True, kw_only=True):
    """One look at one field; where nothing changed, both values are the same."""

    resource_id: Uuid
    resource_type: str
    last_action_date: Day
    last_action_type: str
    field_name: str
    previous_value: str
    replacement_value: str
    updated_by: str


class Described(Object, frozen=True, kw_only=True):
    """An object that attributes and metadata can hang on. Each names the two itself, so
    that a reader meets them last."""


class Language(Described, frozen=True, kw_only=True):
    service_id: Maybe[Uuid] = UNSET
    phone_id: Maybe[Uuid] = UNSET
    name: Maybe[str] = UNSET
    code: Maybe[str] = UNSET
    note: Maybe[str] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class Phone(Described, frozen=True, kw_only=True):
    """`number` stands in its publisher's own spelling."""

    number: str
    service_id: Maybe[Uuid] = UNSET
    type: Maybe[str] = UNSET
    description: Maybe[str] = UNSET
    languages: Maybe[tuple[Language, ...]] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class Url(Described, frozen=True, kw_only=True):
    url: Uri
    label: Maybe[str] = UNSET
    service_id: Maybe[Uuid] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class Contact(Described, frozen=True, kw_only=True):
    service_id: Maybe[Uuid] = UNSET
    name: Maybe[str] = UNSET
    email: Maybe[Email] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET
