"""Distance, and from a town's name to a point and back."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.places import box, distance_km

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)
RADIUS_KM = 6371.0


def onward(point, bearing, km):
    """Where one comes to on a globe, by the formula in every navigator's book."""
    latitude, longitude = (math.radians(degree) for degree in point)
    angle = km / RADIUS_KM
    there = math.asin(
        math.sin(latitude) * math.cos(angle)
        + math.cos(latitude) * math.sin(angle) * math.cos(bearing)
    )
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(latitude),
        math.cos(angle) - math.sin(latitude) * math.sin(there),
    )
    return math.degrees(there), (math.degrees(longitude + east) + 540) % 360 - 180


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 1), 111.32),
        ((0, 0), (1, 0), 110.57),
        ((52.52, 13.40), (48.86, 2.35), 878),
        ((-1.3, 36.8), (-4.05, 39.67), 440),
        ((0, 179.5), (0, -179.5), 111.32),
    ],
)
def test_distance_is_along_the_earths_surface(one, other, km):
    assert distance_km(one, other) == pytest.approx(km, rel=0.01)


@given(
    latitude=LATITUDES,
    longitude=LONGITUDES,
    km=st.integers(1, 20_000),
    bearing=st.floats(0, 2 * math.pi),
    part=st.floats(0, 0.98),
)
@example(latitude=40.4, longitude=-3.7, km=9000, bearing=0.1, part=0.5)
@example(latitude=89.5, longitude=0.0, km=100, bearing=0.0, part=0.5)
@example(latitude=60.0, longitude=179.0, km=100, bearing=math.pi / 2, part=0.9)
@example(latitude=60.0, longitude=10.0, km=4000, bearing=0.5, part=0.98)
def test_a_box_holds_every_point_within_reach(latitude, longitude, km, bearing, part):
    south, north, west, east = box((latitude, longitude), km)
    there = onward((latitude, longitude), bearing, km * part)

    assert south <= there[0] <= north
    assert west <= there[1] <= east


def test_a_small_box_is_small():
    """Else every question about a place would weigh half the world."""
    south, north, west, east = box((52.5, 13.4), 100)

    assert north - south == pytest.approx(1.8, abs=0.2)
    assert east - west == pytest.approx(3.0, abs=0.3)


@pytest.fixture(scope="module")
def towns(release):
    return release.towns


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Nairobi", None, "KE"),
        ("köln", None, "DE"),
        ("KOLN", None, "DE"),
        ("東京", None, "JP"),
        ("القاهرة", None, "EG"),
        ("Paris, Texas", None, "FR"),
        ("Paris", "US", "US"),
    ],
)
def test_a_town_is_found_by_any_of_its_names(name, country, found, towns):
    """The largest of that name; what follows a comma is left unread."""
    assert towns.geocode(name, country=country).raw["country"] == found


@pytest.mark.parametrize(("name", "country"), [("Xyzzyville", None), ("Nairobi", "DE")])
def test_an_unknown_town_is_none(name, country, towns):
    assert towns.geocode(name, country=country) is None


@pytest.mark.parametrize(
    ("point", "country"),
    [((-1.3, 36.8), "KE"), ((52.5, 13.4), "DE"), ((-16.8, 179.9), "FJ")],
)
def test_a_point_lies_in_the_country_of_the_nearest_town(point, country, towns):
    """Also where the date line runs between the two."""
    assert towns.reverse(point).raw["country"] == country


@pytest.mark.parametrize(
    "point", [(0, -30), (0, 180), (-90, 0), (90, 0), (78, -40), (-48.9, -123.4)]
)
def test_on_the_open_sea_and_at_the_poles_there_is_no_town(point, towns):
    assert towns.reverse(point) is None
