"""The ladder of wider places above each place, and the numbers that it leads to."""

import msgspec
import pycountry
import pytest

from directory.emergency import numbers_for, with_emergency_numbers
from directory.jurisdiction import EmergencyNumber, Jurisdiction, rung_of

COUNTRIES = [*sorted(one.alpha_2 for one in pycountry.countries), "XK"]
LEVELS = ("subdivision", "country", "supranational", "world")


@pytest.fixture(scope="module")
def places(records):
    return records.jurisdictions


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_has_a_ladder(code, places):
    assert places[code].level == "country"
    assert places[code].ladder[0] == code
    assert places[code].ladder[-1] == "001"


def test_every_subdivision_has_a_ladder(places):
    missing = [one.code for one in pycountry.subdivisions if one.code not in places]

    assert missing == []


def test_a_ladder_runs_from_the_place_to_the_world_over_known_rungs(places):
    broken = [
        code
        for code, place in places.items()
        if place.code != code
        or place.ladder[0] != code
        or place.ladder[-1] != "001"
        or len(set(place.ladder)) != len(place.ladder)
        or not set(place.ladder) <= set(places)
    ]

    assert broken == []


def test_a_ladder_never_leads_back_to_something_narrower(places):
    broken = [
        code
        for code, place in places.items()
        if (levels := [LEVELS.index(places[rung].level) for rung in place.ladder])
        != sorted(levels)
    ]

    assert broken == []


def test_a_place_lies_in_all_that_its_wider_rungs_lie_in(places):
    """Cardiff lies in Wales, so it lies in England and Wales too. Only a union may stop
    at the mainland: Aruba lies in the kingdom and not in the EU."""
    broken = {
        code: missing
        for code, place in places.items()
        if (
            missing := {
                wider
                for rung in place.ladder
                for wider in places[rung].ladder
                if wider not in place.ladder and places[wider].level != "supranational"
            }
        )
    }

    assert broken == {}


def test_a_subdivision_lies_in_its_own_country(places):
    """But for those that ISO lists as countries and that have a law of their own."""
    elsewhere = {
        one.code
        for one in pycountry.subdivisions
        if one.country_code not in places[one.code].ladder
    }

    assert elsewhere == {"CN-HK", "CN-MO", "CN-TW"}


@pytest.mark.parametrize(
    ("code", "ladder"),
    [
        ("RE", ("RE", "FR", "EU", "001")),
        ("FR-974", ("FR-974", "RE", "FR", "EU", "001")),
        ("GB-WLS", ("GB-WLS", "GB-EAW", "GB-GBN", "GB", "001")),
        ("GB-SCT", ("GB-SCT", "GB-GBN", "GB", "001")),
        ("GB-NIR", ("GB-NIR", "GB", "001")),
        ("DE-BE", ("DE-BE", "DE", "EU", "001")),
        ("US-CA", ("US-CA", "US", "001")),
        ("PR", ("PR", "US", "001")),
        ("HK", ("HK", "001")),
        ("MO", ("MO", "001")),
        ("TW", ("TW", "001")),
        ("XK", ("XK", "001")),
        ("EU", ("EU", "001")),
        ("001", ("001",)),
    ],
)
def test_the_ladder_is_the_one_that_the_law_has(code, ladder, places):
    assert places[code].ladder == ladder


@pytest.mark.parametrize(
    ("place", "covered", "rung"),
    [
        ("GB-WLS", ("GB", "001"), ("country", "GB")),
        ("GB-WLS", ("001", "GB", "GB-EAW"), ("subdivision", "GB-EAW")),
        ("GB-WLS", ("GB-WLS", "GB"), ("subdivision", "GB-WLS")),
        ("RE", ("FR",), ("country", "FR")),
        ("RE", ("EU",), ("supranational", "EU")),
        ("RE", ("001",), ("world", "001")),
        ("GB", ("GB-SCT",), ("subdivision", "GB-SCT")),
        ("EU", ("GB", "IE"), ("country", "IE")),
        ("001", ("KE",), ("country", "KE")),
    ],
)
def test_something_reaches_a_place_by_its_narrowest_rung(place, covered, rung, places):
    assert rung_of(places[place], covered, places) == rung


def test_what_lies_elsewhere_reaches_a_place_by_no_rung(places):
    with pytest.raises(LookupError):
        rung_of(places["GB-WLS"], ("GB-SCT", "IE"), places)


def number(value, *services):
    return EmergencyNumber(
        value=value, services=services, confidence="high", sources=()
    )


def a_place(code, level, *above, numbers=(), own=True):
    return Jurisdiction(
        code=code,
        level=level,
        ladder=(code, *above),
        emergency=tuple(number(value, "police") for value in numbers),
        own_numbers=own,
    )


@pytest.fixture(scope="module")
def made_up():
    """A state in a union, its region, its town, and a territory far away."""
    return {
        place.code: place
        for place in (
            a_place("001", "world"),
            a_place("UN", "supranational", "001", numbers=["112"]),
            a_place("ST", "country", "UN", "001", numbers=["17", "112"]),
            a_place("ST-R", "subdivision", "ST", "UN", "001", own=False),
            a_place("ST-T", "subdivision", "ST-R", "ST", "UN", "001", own=False),
            a_place("TE", "country", "ST", "001"),
            a_place("TU", "country", "ST", "UN", "001"),
        )
    }


def values(code, places):
    return [(one.value, holds) for one, holds in numbers_for(places[code], places)]


def test_a_country_has_its_own_numbers_and_those_of_its_union_once(made_up):
    assert values("ST", made_up) == [("17", "ST"), ("112", "ST")]


@pytest.mark.parametrize("code", ["ST-R", "ST-T"])
def test_a_subdivision_uses_its_countrys_numbers(code, made_up):
    assert values(code, made_up) == [("17", "ST"), ("112", "ST")]


def test_a_territorys_missing_numbers_are_not_guessed(made_up):
    assert values("TE", made_up) == []


def test_a_territory_in_the_union_gets_the_unions_number_and_no_other(made_up):
    assert values("TU", made_up) == [("112", "UN")]


def test_all_of_the_european_union_can_dial_112(records):
    places = with_emergency_numbers(records)
    without = [
        code
        for code, place in places.items()
        if "EU" in place.ladder and "112" not in dict(values(code, places))
    ]

    assert without == []


@pytest.mark.parametrize("code", ["SJ", "TF", "NF", "PN"])
def test_nobody_guessed_a_number_for_a_territory_without_a_list(code, records):
    places = with_emergency_numbers(records)

    assert values(code, places) == []


def test_a_record_comes_before_the_list(records, a_record):
    """The list's number stays where it brings a service that no record answers for."""
    kenya = msgspec.structs.replace(
        records.jurisdictions["KE"],
        emergency=(number("999", "police"), number("1199", "ambulance")),
    )
    line = a_record().channels[0]
    police = msgspec.structs.replace(line, value="9 1 1", answers=("police",))
    one = a_record(kind="emergency", channels=(police,))

    places = with_emergency_numbers(
        msgspec.structs.replace(
            records,
            resources={one.id: one},
            jurisdictions=records.jurisdictions | {"KE": kenya},
        )
    )

    assert [(n.value, n.services, n.resource) for n in places["KE"].emergency] == [
        ("911", ("police",), one.id),
        ("1199", ("ambulance",), None),
    ]


def test_a_record_that_names_no_service_takes_the_lists_word(records, a_record):
    kenya = msgspec.structs.replace(
        records.jurisdictions["KE"], emergency=(number("116", "police", "fire"),)
    )
    one = a_record(kind="emergency")

    places = with_emergency_numbers(
        msgspec.structs.replace(
            records,
            resources={one.id: one},
            jurisdictions=records.jurisdictions | {"KE": kenya},
        )
    )

    assert [(n.value, n.services) for n in places["KE"].emergency] == [
        ("116", ("police", "fire"))
    ]
