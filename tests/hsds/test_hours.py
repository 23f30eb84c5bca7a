"""Schedules say exactly what the opening hours say, or nothing."""

import datetime

import pytest

from directory.channel import Channel
from directory.hours import opening
from directory.hsds.hours import rows
from directory.jurisdiction import Jurisdiction

SINCE = datetime.date(2026, 11, 21)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def at_offset(text):
    """09:00+03:00 as a time, with its offset."""
    return datetime.time.fromisoformat(text)


def is_open(found, moment):
    """What somebody makes of the rows who knows no more than the standard."""
    for row in found:
        opens, closes = at_offset(row.opens_at), at_offset(row.closes_at)
        local = moment.astimezone(opens.tzinfo)
        if row.valid_from and not row.valid_from <= local.date() <= row.valid_to:
            continue
        if DAYS[local.weekday()] not in row.days:
            continue
        if opens.replace(tzinfo=None) <= local.time() and (
            local.time() < closes.replace(tzinfo=None)
            or (closes.hour, closes.minute) == (23, 59)
        ):
            return True
    return False


def agrees(hours, zone, found):
    place = Jurisdiction(code="001", level="world", ladder=("001",))
    channel = Channel(type="phone", value="1", hours=hours, time_zone=zone)
    start = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    for hour in range(0, 24 * 362, 5):
        moment = start + datetime.timedelta(hours=hour, minutes=hour % 60)
        wanted = opening(channel, place, moment).state == "open"
        assert is_open(found, moment) == wanted, (hours, zone, moment)


def test_every_structured_schedule_of_the_data_agrees_with_the_hours(release):
    """Over a year, at moments of every hour and weekday, also where clocks change."""
    seen = set()
    for record in release.resources():
        zones = release.jurisdictions[record.jurisdictions[0]].time_zones
        for channel in record.channels:
            known = (channel.time_zone,) if channel.time_zone else zones
            if channel.hours and len(known) == 1:
                seen.add((channel.hours, known[0]))
    exact = [(*one, found) for one in sorted(seen) if (found := rows(*one, SINCE))]
    hours = {one[0] for one in exact}
    assert len(hours) > 20
    for one in {found[0]: found for found in exact}.values():
        agrees(*one)


@pytest.mark.parametrize(
    ("hours", "zone"),
    [
        ("Mo-Fr 16:30-23:30", "Europe/Berlin"),
        ("Mo-Fr 08:00-12:00,13:00-24:00; We 10:00-11:00", "America/New_York"),
        ("Fr-Mo 20:00-02:00", "Africa/Nairobi"),
        ("06:00-05:00", "Asia/Kolkata"),
        ("Sa 09:00-10:00", "Australia/Lord_Howe"),
        ("Mo-Fr 09:00-17:00", "Africa/Casablanca"),
    ],
)
def test_hours_of_days_become_rows_that_agree(hours, zone):
    found = rows(hours, zone, SINCE)

    assert found
    agrees(hours, zone, found)


@pytest.mark.parametrize(
    "hours",
    [
        "Mo-Fr 09:00-17:00; PH off",
        "Mo-Su 16:00-21:00; Dec 29-Jan 03 off",
        "Mo-Fr 16:30-08:30; Sa-Su,PH 00:00-24:00",
        "sunrise-sunset",
        "Mo-Fr 09:00+",
        "Mo[1] 09:00-17:00",
        "Mo-Fr 09:00-17:00 || 10:00-11:00",
        "week 1-20 Mo 09:00-17:00",
        "Mo-Fr 09:00-09:00",
    ],
)
def test_what_rows_can_not_say_is_left_to_words(hours):
    assert rows(hours, "Africa/Nairobi", SINCE) == []


def test_hours_around_a_change_of_the_clocks_are_left_to_words():
    assert rows("Mo-Su 01:00-05:00", "Europe/Berlin", SINCE) == []
    assert rows("Mo-Su 01:00-05:00", "Africa/Nairobi", SINCE) != []


def test_hours_without_a_zone_are_left_to_words_but_day_and_night_needs_none():
    assert rows("Mo-Fr 09:00-17:00", None, SINCE) == []
    assert [(row.opens_at, row.closes_at) for row in rows("24/7", None, SINCE)] == [
        ("00:00Z", "23:59Z")
    ]


def test_offsets_follow_the_clocks():
    first, second, *_ = rows("Mo 09:00-17:00", "Europe/Berlin", SINCE)

    assert (first.opens_at, first.offset_hours) == ("09:00+01:00", 1)
    assert first.valid_to == datetime.date(2027, 3, 27)
    assert (second.opens_at, second.offset_hours) == ("09:00+02:00", 2)
    assert second.valid_from == datetime.date(2027, 3, 28)
