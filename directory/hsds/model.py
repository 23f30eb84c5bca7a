"""HSDS objects that have a path of their own, and when, where and for whom they are."""

from typing import Literal, TypeVar

import msgspec
from msgspec import UNSET

from .model_parts import (
    Attribute,
    Clock,
    Contact,
    Day,
    Described,
    Email,
    Language,
    Maybe,
    Metadata,
    Moment,
    Phone,
    Uri,
    Url,
    Uuid,
)

Frequency = Literal["WEEKLY", "MONTHLY"]
Status = Literal["active", "inactive", "defunct", "temporarily closed"]


class Schedule(Described, frozen=True, kw_only=True):
    """Hours of one channel, which `applies-to-channel` in the attributes names."""

    service_id: Maybe[Uuid] = UNSET
    service_at_location_id: Maybe[Uuid] = UNSET
    valid_from: Maybe[Day] = UNSET
    valid_to: Maybe[Day] = UNSET
    timezone: Maybe[float] = UNSET
    freq: Maybe[Frequency] = UNSET
    byday: Maybe[str] = UNSET
    description: Maybe[str] = UNSET
    opens_at: Maybe[Clock] = UNSET
    closes_at: Maybe[Clock] = UNSET
    notes: Maybe[str] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class ServiceArea(Described, frozen=True, kw_only=True):
    service_id: Maybe[Uuid] = UNSET
    name: Maybe[str] = UNSET
    description: Maybe[str] = UNSET
    uri: Maybe[str] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class CostOption(Described, frozen=True, kw_only=True):
    service_id: Maybe[Uuid] = UNSET
    option: Maybe[str] = UNSET
    amount: Maybe[float] = UNSET
    amount_description: Maybe[str] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class Location(Described, frozen=True, kw_only=True):
    """Without `addresses`: the standard takes only whole ones, split into parts that
    no source of ours gives. The address as published is the description."""

    location_type: Literal["physical", "postal", "virtual"]
    organization_id: Maybe[Uuid] = UNSET
    name: Maybe[str] = UNSET
    description: Maybe[str] = UNSET
    latitude: Maybe[float] = UNSET
    longitude: Maybe[float] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class Organization(Described, frozen=True, kw_only=True):
    """`services` stand in what is asked for at /organizations only."""

    name: str
    description: str
    locations: Maybe[tuple[Location, ...]] = UNSET
    services: Maybe[tuple["Service", ...]] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class ServiceAtLocation(Described, frozen=True, kw_only=True):
    """`service` stands in what is asked for at /service_at_locations only."""

    service_id: Maybe[Uuid] = UNSET
    location_id: Maybe[Uuid] = UNSET
    description: Maybe[str] = UNSET
    schedules: Maybe[tuple[Schedule, ...]] = UNSET
    location: Maybe[Location] = UNSET
    service: Maybe["Service"] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


class Service(Described, frozen=True, kw_only=True):
    name: str
    status: Status
    organization_id: Maybe[Uuid] = UNSET
    alternate_name: Maybe[str] = UNSET
    description: Maybe[str] = UNSET
    url: Maybe[Uri] = UNSET
    additional_urls: Maybe[tuple[Url, ...]] = UNSET
    email: Maybe[Email] = UNSET
    application_process: Maybe[str] = UNSET
    fees_description: Maybe[str] = UNSET
    eligibility_description: Maybe[str] = UNSET
    minimum_age: Maybe[float] = UNSET
    maximum_age: Maybe[float] = UNSET
    assured_date: Maybe[Day] = UNSET
    alert: Maybe[str] = UNSET
    last_modified: Maybe[Moment] = UNSET
    phones: Maybe[tuple[Phone, ...]] = UNSET
    schedules: Maybe[tuple[Schedule, ...]] = UNSET
    service_areas: Maybe[tuple[ServiceArea, ...]] = UNSET
    service_at_locations: Maybe[tuple[ServiceAtLocation, ...]] = UNSET
    languages: Maybe[tuple[Language, ...]] = UNSET
    organization: Maybe[Organization] = UNSET
    cost_options: Maybe[tuple[CostOption, ...]] = UNSET
    contacts: Maybe[tuple[Contact, ...]] = UNSET
    attributes: Maybe[tuple[Attribute, ...]] = UNSET
    metadata: Maybe[tuple[Metadata, ...]] = UNSET


T = TypeVar("T", bound=Described)


def brief(full: T) -> T:
    """The same object as it stands in a list: its own fields and what there is one of,
    without any list."""
    changed: dict[str, object] = {}
    for name in full.__struct_fields__:
        value = getattr(full, name)
        if isinstance(value, tuple):
            changed[name] = UNSET
        elif isinstance(value, Described):
            changed[name] = brief(value)
    return msgspec.structs.replace(full, **changed)
