"""The standard's tables: their files, columns and keys, as HSDS 3.2 has them.

A column is written as its name, `:` and its type or format where that isn't plain text,
`!` where it must be filled, `!!` where it must be unique as well. Every table and
column of the standard is there, so that its own description fits our files too.
"""

from typing import Any

import msgspec

from .model import (
    CostOption,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from .model_parts import (
    Attribute,
    Contact,
    Language,
    Metadata,
    Phone,
    Taxonomy,
    TaxonomyTerm,
    Url,
)

_FORMATS = frozenset({"uuid", "uri", "email"})
_ID = "id:uuid!!"

FILES = {
    "organization": "organizations.csv",
    "program": "programs.csv",
    "service": "services.csv",
    "attribute": "attributes.csv",
    "service_at_location": "service_at_location.csv",
    "location": "locations.csv",
    "phone": "phones.csv",
    "contact": "contacts.csv",
    "address": "addresses.csv",
    "schedule": "schedules.csv",
    "funding": "funding.csv",
    "service_area": "service_areas.csv",
    "required_document": "required_documents.csv",
    "language": "languages.csv",
    "accessibility": "accessibility.csv",
    "taxonomy_term": "taxonomy_terms.csv",
    "metadata": "metadata.csv",
    "meta_table_description": "meta_table_descriptions.csv",
    "cost_option": "cost_options.csv",
    "organization_identifier": "organization_identifiers.csv",
    "taxonomy": "taxonomies.csv",
    "service_capacity": "service_capacity.csv",
    "unit": "units.csv",
    "url": "url.csv",
}
_COLUMNS = {
    "organization": (
        "name! alternate_name description! email:email website:uri tax_status "
        "tax_id year_incorporated:number legal_status logo uri:uri "
        "parent_organization_id:uuid"
    ),
    "program": "organization_id:uuid!! name! alternate_name description!",
    "service": (
        "organization_id:uuid! program_id:uuid name! alternate_name description "
        "url:uri email:email status! interpretation_services "
        "application_process fees_description wait_time fees accreditations "
        "eligibility_description minimum_age:number maximum_age:number "
        "assured_date:date assurer_email:email licenses alert "
        "last_modified:datetime"
    ),
    "attribute": (
        "link_id:uuid! taxonomy_term_id:uuid! link_type link_entity! value label"
    ),
    "service_at_location": "service_id:uuid! location_id:uuid! description",
    "location": (
        "location_type! url:uri organization_id:uuid name alternate_name "
        "description transportation latitude:number longitude:number "
        "external_identifier external_identifier_type"
    ),
    "phone": (
        "location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid "
        "service_at_location_id:uuid number! extension:number type description"
    ),
    "contact": (
        "organization_id:uuid service_id:uuid service_at_location_id:uuid "
        "location_id:uuid name title department email:email"
    ),
    "address": (
        "location_id:uuid attention address_1! address_2 city! region "
        "state_province! postal_code! country! address_type!"
    ),
    "schedule": (
        "service_id:uuid location_id:uuid service_at_location_id:uuid "
        "valid_from:date valid_to:date dtstart:date timezone:number until:date "
        "count:number wkst freq interval:number byday byweekno bymonthday "
        "byyearday description opens_at:time closes_at:time schedule_link:uri "
        "attending_type notes"
    ),
    "funding": "organization_id:uuid service_id:uuid source",
    "service_area": (
        "service_id:uuid service_at_location_id:uuid name description extent "
        "extent_type uri"
    ),
    "required_document": "service_id:uuid document uri:uri",
    "language": "service_id:uuid location_id:uuid phone_id:uuid name code note",
    "accessibility": "location_id:uuid description details url:uri",
    "taxonomy_term": (
        "code?! name! description! parent_id:uuid taxonomy language "
        "taxonomy_id:uuid term_uri:uri"
    ),
    "metadata": (
        "resource_id:uuid! resource_type! last_action_date:date! "
        "last_action_type! field_name! previous_value! replacement_value! "
        "updated_by!"
    ),
    "meta_table_description": "name language character_set",
    "cost_option": (
        "service_id:uuid! valid_from:date valid_to:date option currency "
        "amount:number amount_description"
    ),
    "organization_identifier": (
        "organization_id:uuid! identifier_scheme identifier_type! identifier!"
    ),
    "taxonomy": "name! description! uri:uri version",
    "service_capacity": (
        "service_id:uuid! unit_id:uuid! available:number! maximum:number "
        "description updated:datetime!"
    ),
    "unit": "name! scheme identifier uri:uri",
    "url": "label url:uri! organization_id:uuid service_id:uuid",
}
"""Besides `id`; `?!` is unique where it is filled."""

_ENUMS = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): ("physical", "postal", "virtual"),
    ("address", "address_type"): ("physical", "postal", "virtual"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
}
_KEYS = {
    f"{table}_id": table
    for table in FILES
    if table not in {"attribute", "metadata", "meta_table_description", "url"}
}
TABLE_OF: dict[type[msgspec.Struct], str] = {
    Organization: "organization",
    Service: "service",
    Attribute: "attribute",
    ServiceAtLocation: "service_at_location",
    Location: "location",
    Phone: "phone",
    Contact: "contact",
    Schedule: "schedule",
    ServiceArea: "service_area",
    Language: "language",
    TaxonomyTerm: "taxonomy_term",
    Taxonomy: "taxonomy",
    Metadata: "metadata",
    CostOption: "cost_option",
    Url: "url",
}


def fields_of(table: str) -> list[dict[str, Any]]:
    """The columns as a Data Package describes them."""
    return [_field(table, text) for text in [_ID, *_COLUMNS[table].split()]]


def keys_of(table: str) -> list[dict[str, Any]]:
    """Columns whose values are ids in another table."""
    return [
        {"fields": name, "reference": {"resource": _KEYS[name], "fields": "id"}}
        for name in (field["name"] for field in fields_of(table))
        if name in _KEYS
    ]


def _field(table: str, text: str) -> dict[str, Any]:
    plain = text.rstrip("!?")
    marks = text[len(plain) :]
    name, _, kind = plain.partition(":")
    known: dict[str, Any] = {"name": name, "type": "string"}
    if kind in _FORMATS:
        known["format"] = kind
    elif kind:
        known["type"] = kind
    constraints: dict[str, Any] = {
        "required": marks in {"!", "!!"},
        "unique": marks in {"!!", "?!"},
    }
    if (table, name) in _ENUMS:
        constraints["enum"] = list(_ENUMS[table, name])
    return {**known, "constraints": constraints}
