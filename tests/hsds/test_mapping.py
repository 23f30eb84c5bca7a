"""What a record says is what HSDS readers get: no more, no less, to the letter."""

import datetime
import json
import uuid

import msgspec
import pytest

from directory.channel import Channel, Place
from directory.hsds.dataset import attributes_in
from directory.hsds.facts import FACTS
from directory.hsds.ids import NAMESPACE, id_of
from directory.hsds.services import service_id
from directory.resource import Published, Retired
from directory.verification import Verification

PAGE = "https://example.org/"
DAY = datetime.date(2026, 11, 20)


def tree(data, record_id):
    return json.loads(data.services[service_id(record_id)].whole)


def facts(part):
    """The facts that hang on one object: code and value."""
    return {
        (one["taxonomy_term"]["code"], one.get("value"))
        for one in part.get("attributes", [])
    }


def carriers(service):
    """Every object that stands for a channel."""
    for name in ("phones", "additional_urls", "contacts", "service_at_locations"):
        yield from service.get(name, [])


def test_every_channel_of_every_record_is_there_as_its_publisher_spells_it(
    release, data
):
    for record in release.resources():
        found = sorted(
            (one["taxonomy_term"]["code"].removeprefix("channel:"), one["value"])
            for part in carriers(tree(data, record.id))
            for one in part["attributes"]
            if one["link_type"] == "channel"
        )

        assert found == sorted((c.type, c.value) for c in record.channels)


def test_every_number_to_dial_is_a_phone_with_exactly_that_number(release, data):
    for record in release.resources():
        numbers = [one["number"] for one in tree(data, record.id).get("phones", [])]
        dialled = {"phone", "sms", "ussd", "text-relay"}

        assert numbers == [c.value for c in record.channels if c.type in dialled]


def test_every_source_of_a_channel_hangs_on_it(release, data):
    for record in release.resources():
        said = [
            {value for code, value in facts(part) if code == "fact:source"}
            for part in carriers(tree(data, record.id))
        ]

        assert sorted(map(sorted, said)) == sorted(
            sorted(set(c.sources)) for c in record.channels
        )


def test_every_field_of_a_record_and_of_a_channel_has_its_place():
    """A new field must be put somewhere, or named here as standing elsewhere."""
    in_fields = {
        "id", "kind", "jurisdictions", "channels", "audiences", "topics", "sources",
        "organization", "languages", "min_age", "max_age", "verifications", "needs",
    }  # fmt: skip
    not_for_readers = {
        "also_needs", "needs_source", "unpublished", "retired", "notes", "page",
        "checked_on",
    }  # fmt: skip
    as_facts = {code.replace("-", "_") for code in FACTS}
    assert (
        set(Published.__struct_fields__) - in_fields - not_for_readers - as_facts
        == set()
    )
    of_channel = {"type", "value", "sources", "place", "unpublished"}
    renamed = {"hours", "time_zone"}
    assert set(Channel.__struct_fields__) - of_channel - renamed - as_facts == set()


def test_a_channel_that_is_not_published_appears_nowhere(a_record, data_of):
    kept = Channel(type="phone", value="116", sources=(PAGE,))
    hidden = [
        Channel(type="phone", value="0700 111 111"),
        Channel(
            type="phone", value="0700 222 222", sources=(PAGE,), unpublished="unsafe"
        ),
    ]
    found = data_of(a_record(channels=(kept, *hidden)))

    assert b"0700" not in b"".join(one.whole for one in found.services.values())
    assert [one["number"] for one in tree(found, "ke-line")["phones"]] == ["116"]


def test_a_confidential_place_is_told_nowhere(a_record, data_of):
    shelter = Channel(
        type="in-person",
        value="12 Hidden Lane",
        sources=(PAGE,),
        place=Place(confidential=True),
    )
    found = data_of(a_record(channels=(shelter,)))
    service = tree(found, "ke-line")
    everything = b"".join(
        item.whole + item.brief
        for items in (found.services, found.organizations)
        for item in items.values()
    )

    assert not found.service_at_locations
    assert b"Hidden Lane" not in everything
    assert b"latitude" not in everything
    assert service["contacts"][0]["name"] == "In person; where it is, is not told"
    assert ("fact:confidential-place", "true") in facts(service["contacts"][0])


def test_a_known_place_is_a_location_without_a_made_up_address(a_record, data_of):
    place = Place(town="Kisumu", latitude=-0.1, longitude=34.75)
    visit = Channel(
        type="in-person",
        value="The Centre",
        sources=(PAGE,),
        hours="Mo-Fr 09:00-17:00",
        place=place,
    )
    service = tree(data_of(a_record(channels=(visit,))), "ke-line")
    (at,) = service["service_at_locations"]

    assert at["location"]["latitude"] == -0.1
    assert "addresses" not in at["location"]
    assert at["location"]["description"].startswith("The Centre. Kisumu. The point is")
    assert at["schedules"][0]["opens_at"] == "09:00+03:00"
    assert "schedules" not in service


def test_what_is_of_low_confidence_says_so(release, data):
    for record in release.resources():
        service = tree(data, record.id)
        low = record.confidence == "low"

        assert service.get("alert", "").startswith("Not yet confirmed") == low
        assert ("fact:confidence", record.confidence) in facts(service)


def test_a_retired_record_stays_as_defunct_and_leads_on(release, data):
    retired = release.retired()

    assert retired
    for record_id, why in retired.items():
        service = tree(data, record_id)
        assert service["status"] == "defunct"
        assert service["alert"] == why.reason
        assert not list(carriers(service))
        if why.successor:
            assert ("fact:successor", why.successor) in facts(service)
    live = [one for one in data.services.values() if b'"defunct"' not in one.minimal]
    assert len(live) == release.manifest.counts["resources"]


def test_a_retired_record_was_modified_when_it_was_retired(a_record, data_of):
    gone = a_record(retired=Retired(on=DAY, reason="Closed", successor="ke-other"))
    service = tree(data_of(gone, a_record("ke-other")), "ke-line")

    assert service["last_modified"] == "2026-11-20T00:00:00.000Z"


def test_assured_is_only_what_a_check_found_to_match(a_record, data_of):
    def checked(outcome):
        return Verification(on=DAY, by="ann", method="live-page", outcome=outcome)

    found = data_of(
        a_record("ke-right", verifications=(checked("matches"),)),
        a_record("ke-wrong", verifications=(checked("differs"),)),
        a_record("ke-never"),
    )

    assert tree(found, "ke-right")["assured_date"] == "2026-11-20"
    assert "assured_date" not in tree(found, "ke-wrong")
    assert "assured_date" not in tree(found, "ke-never")
    (said,) = tree(found, "ke-right")["phones"][0]["metadata"]
    assert said["previous_value"] == said["replacement_value"] == "116"
    assert said["updated_by"] == "editor"


def test_no_checkers_name_is_given(data):
    everything = b"".join(one.whole for one in data.services.values())

    assert b"gathering" not in everything
    assert b"assurer_email" not in everything


def test_cost_is_free_only_where_the_channel_is(a_record, data_of):
    ways = (
        Channel(type="phone", value="116", sources=(PAGE,), cost="free"),
        Channel(type="sms", value="117", sources=(PAGE,), cost="standard"),
        Channel(type="chat", value=PAGE, sources=(PAGE,)),
    )
    service = tree(data_of(a_record(channels=ways)), "ke-line")

    assert [one.get("amount") for one in service["cost_options"]] == [0, None]
    assert service["fees_description"] == (
        "Phone 116: Free. Text message 117: Usual call price."
    )


def test_ages_of_zero_are_ages(a_record, data_of):
    service = tree(data_of(a_record(min_age=0, max_age=17)), "ke-line")

    assert (service["minimum_age"], service["maximum_age"]) == (0, 17)


def test_a_language_with_a_script_keeps_it_in_the_note(a_record, data_of):
    service = tree(data_of(a_record(languages=("zh-Hant", "sw"))), "ke-line")

    said = [(one["code"], one.get("note")) for one in service["languages"]]
    assert said == [("zh", "BCP 47: zh-Hant"), ("sw", None)]


def test_an_emergency_number_for_whatsapp_is_never_a_phone_to_dial(a_record, data_of):
    ways = (
        Channel(type="whatsapp", value="+254 700 000 000", sources=(PAGE,)),
        Channel(type="whatsapp", value="0700 000 001", sources=(PAGE,)),
    )
    service = tree(data_of(a_record(channels=ways)), "ke-line")

    assert "phones" not in service
    assert service["additional_urls"][0]["url"] == "https://wa.me/254700000000"
    assert service["contacts"][0]["name"] == "WhatsApp 0700 000 001"


def test_organizations_of_one_name_in_two_countries_are_two(a_record, data_of):
    ministry = {"organization": "Ministry"}
    found = data_of(
        a_record("ke-a", **ministry),
        a_record("ke-b", **ministry),
        a_record("ug-c", jurisdictions=("UG",), **ministry),
        a_record("ug-d", jurisdictions=("UG",)),
    )
    ids = [
        tree(found, one)["organization_id"] for one in ("ke-a", "ke-b", "ug-c", "ug-d")
    ]

    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert len(found.organizations) == 3


def test_ids_are_those_of_yesterday():
    """Whoever copied the data finds it again by them: these never change."""
    assert uuid.UUID("20743acd-52b8-5830-88e6-870ea246f156") == NAMESPACE
    assert service_id("ke-child-helpline-116") == "f38f6a41-529b-5a49-a6db-c0b8aa57e214"


@pytest.mark.parametrize("parts", [(), ("a",), ("a b", "é"), ("", "")])
def test_an_id_is_a_usual_version_5_uuid(parts):
    name = " ".join(("kind", *parts))

    assert id_of("kind", *parts) == str(uuid.uuid5(NAMESPACE, name))


def test_attributes_are_linked_to_what_they_hang_on(services):
    for service in services:
        for one in service.attributes:
            assert (one.link_entity, one.link_id) == ("service", service.id)
        for phone in service.phones or ():
            for one in phone.attributes:
                assert (one.link_entity, one.link_id) == ("phone", phone.id)


def test_every_term_in_use_is_listed_with_its_taxonomy_and_parent(services, data):
    used = {one.taxonomy_term_id for one in attributes_in(tuple(services))}
    listed = {
        one: msgspec.json.decode(item.whole)
        for one, item in data.taxonomy_terms.items()
    }

    assert used <= set(listed)
    for term in listed.values():
        assert term["taxonomy_detail"]["id"] == term["taxonomy_id"]
        assert term["taxonomy_id"] in data.taxonomies
        assert term.get("parent_id", term["id"]) in listed
    codes = [term["code"] for term in listed.values()]
    assert len(codes) == len(set(codes))
