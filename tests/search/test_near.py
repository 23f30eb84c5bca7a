"""Near a place: who can be reached in person, and nobody pushed away who needs none."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.channel import Place
from directory.errors import BadQuery

NAIROBI = (-1.3, 36.8)
MOMBASA = (-4.05, 39.67)
KAMPALA = (0.32, 32.58)


@pytest.fixture(scope="module")
def spots(engine_of, a_record):
    """Services in three towns of East Africa, by phone, in person, or both."""

    def line(record_id):
        return a_record(record_id).channels[0]

    def office(record_id, point, **fields):
        latitude, longitude = point or (None, None)
        return msgspec.structs.replace(
            line(record_id),
            type="in-person",
            value="Office",
            place=Place(latitude=latitude, longitude=longitude, **fields),
        )

    def at(record_id, *points, by_phone=False, **fields):
        offices = [office(record_id, point) for point in points]
        lines = [line(record_id)] if by_phone else []
        return a_record(record_id, channels=(*lines, *offices), **fields)

    hidden = msgspec.structs.replace(
        office("ke-hidden", NAIROBI), place=Place(confidential=True)
    )
    return engine_of(
        a_record("ke-phone"),
        at("ke-nairobi", NAIROBI),
        at("ke-mombasa", MOMBASA),
        at("ke-mombasa-phone", MOMBASA, by_phone=True),
        at("ke-both-towns", MOMBASA, NAIROBI),
        at("ke-somewhere", None),
        a_record("ke-hidden", channels=(hidden,)),
        at("ug-kampala", KAMPALA, jurisdictions=("UG",)),
        at("int-phone", by_phone=True, jurisdictions=("001",)),
    )


@pytest.fixture
def found(ask, spots):
    """A function that gives the distance of every record found, in km."""

    def asked(**fields):
        hits = ask(of=spots, **fields).hits
        return {hit.row.id: hit.distance_km for hit in hits}

    return asked


def near(point):
    return f"{point[0]},{point[1]}"


def test_who_needs_no_place_is_not_pushed_away(found):
    assert {"ke-phone", "int-phone"} <= found(near=near(NAIROBI)).keys()


def test_who_is_in_person_only_and_too_far_is_left_out(found):
    answers = found(near=near(NAIROBI))

    assert "ke-nairobi" in answers
    assert "ke-mombasa" not in answers


def test_who_is_too_far_but_has_a_phone_stays_and_has_no_distance(found):
    assert found(near=near(NAIROBI))["ke-mombasa-phone"] is None


def test_who_is_in_person_nobody_knows_where_is_not_too_far(found):
    """What is not known is unknown: a council that sits in every town names none."""
    assert "ke-somewhere" in found(near=near(NAIROBI))


def test_a_confidential_place_has_no_distance(found):
    assert found(near=near(NAIROBI)).get("ke-hidden") is None


def test_a_wider_circle_takes_in_more(found):
    """From Nairobi to Mombasa it is some 440 km as the crow flies."""
    distance = found(near=near(NAIROBI), within_km=500)["ke-mombasa"]

    assert 420 < distance < 460
    assert "ke-mombasa" not in found(near=near(NAIROBI), within_km=400)


def test_the_nearest_of_several_offices_counts(found):
    assert found(near=near(NAIROBI))["ke-both-towns"] < 15
    assert found(near=near(MOMBASA))["ke-both-towns"] < 15


def test_who_can_be_visited_stands_before_who_cannot_of_the_same_rung(ask, spots):
    hits = [hit.row.id for hit in ask(of=spots, near=near(NAIROBI)).hits]

    assert hits.index("ke-nairobi") < hits.index("ke-phone")


def test_all_that_is_asked_of_a_visit_holds_for_one_that_is_near(found):
    """Who asks for help in person nearby isn't sent to Mombasa because of a phone."""
    answers = found(near=near(NAIROBI), channel="in-person")

    assert "ke-nairobi" in answers
    assert "ke-mombasa-phone" not in answers


def test_a_point_brings_the_country_that_it_lies_in(found):
    assert "ug-kampala" not in found(near=near(NAIROBI), within_km=1000)
    assert "ug-kampala" in found(near=near(KAMPALA))


def test_a_country_that_was_named_counts_before_the_points(found):
    answers = found(near=near(NAIROBI), jurisdiction="UG", within_km=1000)

    assert answers.keys() == {"ug-kampala", "int-phone"}


@pytest.mark.parametrize("town", ["Nairobi", "nairobi", "NAIROBI, Kenya", "ナイロビ"])
def test_a_town_is_as_good_as_its_point(town, found):
    assert found(place=town).keys() == found(near=near(NAIROBI)).keys()


def test_a_town_is_looked_for_in_the_country_that_was_named(release):
    paris = release.towns.geocode("Paris").raw["country"]
    in_texas = release.towns.geocode("Paris", country="US")

    assert paris == "FR"
    assert in_texas.raw["country"] == "US"
    assert in_texas.latitude == pytest.approx(33.66, abs=0.1)


@pytest.mark.parametrize(
    ("fields", "parameter"),
    [
        ({"place": "Xyzzyville"}, "place"),
        ({"place": "Nairobi", "jurisdiction": "DE"}, "place"),
        ({"near": "99,0"}, "near"),
        ({"within_km": 50}, "within_km"),
    ],
)
def test_a_place_that_is_nowhere_is_refused(fields, parameter, found):
    with pytest.raises(BadQuery) as caught:
        found(**fields)

    assert caught.value.parameter == parameter


@pytest.mark.parametrize(
    ("where", "point"),
    [("Pole", "89.5,0"), ("Pole", "-90,0"), ("ocean", "0,-30"), ("ocean", "0,180")],
)
def test_far_from_every_town_no_country_is_made_up(where, point, found):
    """No town lies within 100 km: all who can be phoned are still there."""
    answers = found(near=point)

    assert {"ke-phone", "ke-mombasa-phone", "int-phone"} <= answers.keys()


@given(
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    km=st.integers(1, 20_000),
)
def test_anywhere_on_earth_is_answered(ask, spots, latitude, longitude, km):
    """Those who can be phoned from everywhere are found from everywhere."""
    hits = ask(of=spots, near=f"{latitude!r},{longitude!r}", within_km=km).hits

    assert "int-phone" in [hit.row.id for hit in hits]
    assert all(hit.distance_km is None or hit.distance_km <= km for hit in hits)
