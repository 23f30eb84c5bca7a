"""Open, closed or not known, and until when."""

import datetime
import time
from datetime import UTC
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.channel import Channel
from directory.hours import ALWAYS, Opening, fault_in, opening
from directory.jurisdiction import Jurisdiction

MINUTE = datetime.timedelta(minutes=1)
BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"
LOS_ANGELES = "America/Los_Angeles"
OFFICE = "Mo-Fr 09:00-17:00"


def at(text, zone=BERLIN):
    """A moment on the wall clock of a zone, as an instant."""
    wall = datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC)


def asked(hours, moment, *, zones=(BERLIN,), code="DE", zone=None):
    channel = Channel(type="phone", value="112", hours=hours, time_zone=zone)
    place = Jurisdiction(
        code=code, level="country", ladder=(code, "001"), time_zones=zones
    )
    return opening(channel, place, moment)


def state(hours, moment, **rest):
    return asked(hours, moment, **rest).state


def until(hours, moment, **rest):
    """The next change as an instant: two moments in one zone compare by wall clock."""
    change = asked(hours, moment, **rest).until
    return change and change.astimezone(UTC)


@pytest.mark.parametrize("zones", [(), (BERLIN,), (NEW_YORK, LOS_ANGELES)])
def test_day_and_night_is_open_and_never_changes(zones):
    assert asked(ALWAYS, at("2026-11-22 03:00"), zones=zones) == Opening(state="open")


@pytest.mark.parametrize("hours", [None, ""])
def test_unknown_hours_are_not_closed(hours):
    assert asked(hours, at("2026-11-22 03:00")) == Opening(state="unknown")


def test_hours_without_a_zone_to_read_them_in_are_unknown():
    """A worldwide service names 9 to 5 and nobody knows whose 9 to 5."""
    found = asked(OFFICE, at("2026-11-23 12:00"), zones=(), code="001")

    assert found == Opening(state="unknown")


@pytest.mark.parametrize(
    ("moment", "expected", "change"),
    [
        ("2026-11-23 08:59", "closed", "2026-11-23 09:00"),
        ("2026-11-23 09:00", "open", "2026-11-23 17:00"),
        ("2026-11-23 16:59", "open", "2026-11-23 17:00"),
        ("2026-11-23 17:00", "closed", "2026-11-24 09:00"),
        ("2026-11-27 17:00", "closed", "2026-11-30 09:00"),
    ],
)
def test_opens_at_the_first_minute_and_closes_at_the_last(moment, expected, change):
    assert asked(OFFICE, at(moment)) == Opening(
        state=expected, until=at(change).astimezone(ZoneInfo(BERLIN)), zone=BERLIN
    )


@pytest.mark.parametrize(
    ("moment", "expected", "change"),
    [
        ("2026-11-24 21:59", "closed", "2026-11-24 22:00"),
        ("2026-11-24 22:00", "open", "2026-11-25 06:00"),
        ("2026-11-25 00:00", "open", "2026-11-25 06:00"),
        ("2026-11-25 05:59", "open", "2026-11-25 06:00"),
        ("2026-11-25 06:00", "closed", "2026-12-01 22:00"),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(moment, expected, change):
    hours = "Tu 22:00-06:00"

    assert state(hours, at(moment)) == expected
    assert until(hours, at(moment)) == at(change)


def test_the_channels_own_zone_counts_before_the_places():
    moment = at("2026-11-23 12:00", BERLIN)

    assert state(OFFICE, moment) == "open"
    assert state(OFFICE, moment, zone=NEW_YORK) == "closed"
    assert asked(OFFICE, moment, zone=NEW_YORK).zone == NEW_YORK


@pytest.mark.parametrize(
    ("zone", "evening", "closes"),
    [
        (BERLIN, "2026-03-28T21:00Z", "2026-03-29T04:00Z"),
        (BERLIN, "2026-10-24T20:00Z", "2026-10-25T05:00Z"),
        (NEW_YORK, "2026-03-08T03:00Z", "2026-03-08T10:00Z"),
        (NEW_YORK, "2026-11-01T02:00Z", "2026-11-01T11:00Z"),
    ],
)
def test_a_night_in_which_the_clock_changes_is_an_hour_shorter_or_longer(
    zone, evening, closes
):
    """From 22:00 to 06:00 on the wall clock: seven hours in spring, nine in autumn."""
    moment = datetime.datetime.fromisoformat(evening)

    assert state("22:00-06:00", moment, zones=(zone,)) == "open"
    assert until("22:00-06:00", moment, zones=(zone,)) == (
        datetime.datetime.fromisoformat(closes)
    )


@pytest.mark.parametrize("hours", ["Su 02:30-05:00", "Su 00:00-02:30"])
def test_what_would_change_in_the_skipped_hour_changes_as_the_clock_jumps(hours):
    """In Berlin 2026-03-29 has no 02:30: at 01:00 UTC it is 03:00."""
    before = datetime.datetime(2026, 3, 29, 0, 15, tzinfo=UTC)
    jump = datetime.datetime(2026, 3, 29, 1, 0, tzinfo=UTC)

    assert state(hours, before) != state(hours, jump)
    assert until(hours, before) == jump


def test_in_the_repeated_hour_the_change_still_lies_ahead():
    """In Berlin 2026-10-25 has 02:15 twice; the second one is 01:15 UTC."""
    second = datetime.datetime(2026, 10, 25, 1, 15, tzinfo=UTC)

    assert state("00:00-02:30", second) == "open"
    assert until("00:00-02:30", second) == second + 15 * MINUTE


@pytest.mark.parametrize(
    "hours", ["00:00-02:30", "02:30-05:00", "22:00-06:00", "02:15-02:45", "03:00-02:00"]
)
@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        (BERLIN, "2026-03-28T23:00Z"),
        (BERLIN, "2026-10-24T22:00Z"),
        (NEW_YORK, "2026-03-08T05:00Z"),
        (NEW_YORK, "2026-11-01T04:00Z"),
    ],
)
def test_every_minute_of_a_clock_change_knows_its_next_change(hours, zone, midnight):
    start = datetime.datetime.fromisoformat(midnight)
    states = {
        minute: state(hours, minute, zones=(zone,))
        for minute in (start + n * MINUTE for n in range(6 * 60))
    }
    for minute, now in states.items():
        later = (m for m, then in states.items() if m > minute and then != now)
        if change := next(later, None):
            assert until(hours, minute, zones=(zone,)) == change, minute


def test_several_zones_that_agree_change_when_the_first_of_them_does():
    coasts = (NEW_YORK, LOS_ANGELES)
    noon = at("2026-11-23 13:00", NEW_YORK)
    night = at("2026-11-23 22:00", NEW_YORK)

    assert state(OFFICE, noon, zones=coasts) == "open"
    assert until(OFFICE, noon, zones=coasts) == at("2026-11-23 17:00", NEW_YORK)
    assert state(OFFICE, night, zones=coasts) == "closed"
    assert until(OFFICE, night, zones=coasts) == at("2026-11-24 09:00", NEW_YORK)


def test_several_zones_that_disagree_make_the_state_unknown():
    early = at("2026-11-23 09:30", NEW_YORK)

    found = asked(OFFICE, early, zones=(NEW_YORK, LOS_ANGELES))

    assert found == Opening(state="unknown")


@pytest.mark.parametrize(
    ("code", "zone", "day"),
    [
        ("DE", BERLIN, "2026-12-25"),
        ("FR", "Europe/Paris", "2026-07-14"),
        ("US", NEW_YORK, "2026-12-25"),
        ("US-NY", NEW_YORK, "2026-12-25"),
    ],
)
def test_a_public_holiday_of_the_country_is_closed_where_the_hours_say_so(
    code, zone, day
):
    noon = at(f"{day} 12:00", zone)
    where = {"zones": (zone,), "code": code}

    assert state(OFFICE, noon, **where) == "open"
    assert state(f"{OFFICE}; PH off", noon, **where) == "closed"


def test_after_a_holiday_on_a_friday_it_opens_on_monday():
    christmas_eve = at("2026-12-24 18:00")

    change = until(f"{OFFICE}; PH off", christmas_eve)

    assert change == at("2026-12-28 09:00")


def test_one_countrys_holiday_is_a_working_day_in_another():
    noon = at("2026-12-25 12:00", "Asia/Tokyo")
    where = {"zones": ("Asia/Tokyo",), "code": "JP"}

    assert state(f"{OFFICE}; PH off", noon, **where) == "open"


@pytest.mark.parametrize("code", ["PK", "TW", "MY", "XK", "EU", "PK-PB"])
@pytest.mark.parametrize("hours", [OFFICE, f"{OFFICE}; PH off"])
def test_a_country_whose_holidays_nobody_listed_still_has_hours(code, hours):
    assert state(hours, at("2026-11-23 12:00"), code=code) == "open"
    assert state(hours, at("2026-11-23 20:00"), code=code) == "closed"


def test_a_comment_is_no_change_of_state():
    saturday = at("2026-06-06 12:00")

    change = until(f'{OFFICE}; Sa off "summer"', saturday)

    assert change == at("2026-06-08 09:00")


def test_a_later_rule_can_make_some_hours_unknown():
    hours = f"{OFFICE}; Sa unknown"

    assert state(hours, at("2026-06-06 12:00")) == "unknown"


@pytest.mark.parametrize(
    "hours",
    [
        "Mo-Su 00:00-24:00",
        "Mo-Su 06:00-06:00",
        'Mo-Su off "closed for good"',
        'Mo-Fr off "moved"; Sa-Su off "closed"',
    ],
)
def test_hours_that_never_change_answer_at_once(hours):
    """Walking on to the year 9999 to be sure takes most of a second."""
    moment = at("2026-11-23 12:00")
    began = time.process_time()
    change = until(hours, moment)

    assert change is None
    assert time.process_time() - began < 0.3


@pytest.mark.parametrize(
    "hours",
    [
        OFFICE,
        "24/7",
        "22:00-06:00",
        "Mo-Fr 09:00-12:00,13:00-18:00; PH off",
        "Mo-Su 16:00-21:00; Dec 29-Jan 03 off",
        "Su-We 08:15-15:00; Th 08:15-12:00",
    ],
)
def test_finds_no_fault_in_what_openstreetmap_would_write(hours):
    assert fault_in(hours) is None


@pytest.mark.parametrize("hours", ["", " ", "9-17", "always", "Mon to Fri", "9am-5pm"])
def test_names_the_fault_in_what_is_no_opening_hours(hours):
    assert fault_in(hours)


@given(st.text())
@example("Mo-Fr 09:00-17:00\n")
def test_a_fault_is_one_line_whatever_is_written(hours):
    fault = fault_in(hours)

    assert fault is None or (fault and len(fault.splitlines()) == 1)


zones = st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"}))
moments = st.datetimes(
    min_value=datetime.datetime(2020, 1, 1),  # noqa: DTZ001 — hypothesis adds the zone
    max_value=datetime.datetime(2035, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
clock = st.integers(0, 24 * 60 - 1)


def written(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


@given(
    zone=zones,
    moment=moments,
    span=st.tuples(clock, clock).filter(lambda s: s[0] < s[1]),
)
@example(zone="Africa/Cairo", moment=at("2026-04-23 23:30", "UTC"), span=(0, 480))
@example(zone="America/Asuncion", moment=at("2024-03-22 12:00", "UTC"), span=(1, 1439))
def test_weekly_hours_are_what_a_walk_through_the_minutes_finds(zone, moment, span):
    """The oracle looks at a wall clock, minute after minute, and at nothing else."""
    start, end = span
    wall = ZoneInfo(zone)

    def is_open(instant):
        local = instant.astimezone(wall)
        return local.weekday() < 5 and start <= local.hour * 60 + local.minute < end

    now = is_open(moment)
    change = moment.replace(second=0, microsecond=0)
    while is_open(change) == now:
        change += MINUTE
    hours = f"Mo-Fr {written(start)}-{written(end)}"

    assert state(hours, moment, zones=(zone,)) == ("open" if now else "closed")
    assert until(hours, moment, zones=(zone,)) == change


days = st.sampled_from(["Mo-Fr", "Sa-Su", "Mo-Su", "We", "Fr-Mo", "PH", "Mo,We,Fr"])
spans = st.tuples(clock, clock).map(lambda s: f"{written(s[0])}-{written(s[1])}")
rules = st.one_of(
    st.tuples(days, spans).map(" ".join),
    st.tuples(days, spans, spans).map(lambda rule: f"{rule[0]} {rule[1]},{rule[2]}"),
    days.map(lambda day: f"{day} off"),
    days.map(lambda day: f'{day} off "closed for once"'),
    st.tuples(days, spans).map(lambda rule: f'{rule[0]} {rule[1]} "by appointment"'),
    st.just("Dec 24-26 off"),
)


@given(
    hours=st.lists(rules, min_size=1, max_size=4).map("; ".join),
    zone=zones,
    moment=moments,
    country=st.sampled_from(["DE", "US", "JP", "PK"]),
)
def test_the_state_holds_until_the_change_and_no_longer(hours, zone, moment, country):
    where = {"zones": (zone,), "code": country}
    change = until(hours, moment, **where)
    if change is None:
        return
    now = state(hours, moment, **where)

    assert change > moment
    assert state(hours, change - datetime.timedelta(seconds=1), **where) == now
    assert state(hours, change, **where) != now


@given(moment=moments, seen_from=zones)
def test_the_same_instant_has_the_same_answer_wherever_it_is_asked(moment, seen_from):
    there = moment.astimezone(ZoneInfo(seen_from))

    assert asked(OFFICE, there) == asked(OFFICE, moment)


def test_without_a_moment_only_what_is_always_open_is_known():
    assert asked(ALWAYS, None) == Opening(state="open")
    assert asked(OFFICE, None) == Opening(state="unknown", zone=BERLIN)
    assert asked(OFFICE, None, zones=(NEW_YORK, LOS_ANGELES)).zone is None
    assert (
        asked(OFFICE, None, zones=(NEW_YORK, LOS_ANGELES), zone=BERLIN).zone == BERLIN
    )
