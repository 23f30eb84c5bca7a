"""What readers may see of a record, what it helps with, and when to check it again."""

import datetime
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.channel import Channel, Place
from directory.record import in_language
from directory.resource import (
    KINDS,
    NEEDS,
    NEEDS_OF_KIND,
    Retired,
    needs_of,
    published,
)
from directory.verification import Verification, due_on

SOURCED = Channel(type="phone", value="116", sources=("https://example.org/",))
UNSOURCED = Channel(type="sms", value="117")
DAY = datetime.date(2026, 11, 21)


def values(shown):
    return [channel.value for channel in shown.channels]


def test_a_channel_without_a_source_stays_back(a_record):
    shown = published(a_record(channels=(UNSOURCED, SOURCED)))

    assert values(shown) == ["116"]


@pytest.mark.parametrize(
    "reason", ["no-source", "unsafe", "under-review", "asked-not-to-be-listed"]
)
def test_what_is_kept_back_on_purpose_is_shown_to_nobody(a_record, reason):
    kept = msgspec.structs.replace(SOURCED, value="118", unpublished=reason)

    assert values(published(a_record(channels=(kept, SOURCED)))) == ["116"]
    assert published(a_record(unpublished=reason)) is None


def test_a_record_without_any_channel_to_show_is_not_shown(a_record):
    assert published(a_record(channels=(UNSOURCED,))) is None


def test_a_retired_record_is_not_shown(a_record):
    assert published(a_record(retired=Retired(on=DAY, reason="Closed."))) is None


def test_editors_notes_leak_nowhere(a_record):
    shown = published(a_record(notes="MARKER: rang twice, ask Ann"))

    assert b"MARKER" not in msgspec.json.encode(shown)


def test_a_confidential_place_loses_all_that_tells_where_it_is(a_record):
    shelter = Channel(
        type="in-person",
        value="Shelter",
        sources=SOURCED.sources,
        place=Place(
            address="MARKER road",
            town="MARKER",
            latitude=1.25,
            longitude=36.75,
            precision="exact",
            confidential=True,
        ),
    )

    shown = published(a_record(channels=(shelter,)))

    assert shown.channels[0].place == Place(confidential=True)
    assert b"MARKER" not in msgspec.json.encode(shown)
    assert b"36.75" not in msgspec.json.encode(shown)


def test_a_place_that_is_no_secret_stays(a_record):
    spot = Place(address="Main road 1", town="Nairobi", latitude=-1.3, longitude=36.8)
    office = msgspec.structs.replace(SOURCED, type="in-person", place=spot)

    assert published(a_record(channels=(office,))).channels[0].place == spot


@pytest.mark.parametrize(
    ("of_channels", "of_record", "shown"),
    [
        (("low", "low"), "high", "low"),
        (("low", "medium"), "high", "high"),
        (("low", None), "medium", "medium"),
        ((None, None), "high", "high"),
        ((None,), "low", "low"),
    ],
)
def test_a_record_is_low_when_all_that_readers_see_is_low(
    a_record, of_channels, of_record, shown
):
    channels = tuple(
        msgspec.structs.replace(SOURCED, confidence=one) for one in of_channels
    )

    found = published(a_record(channels=channels, confidence=of_record))

    assert found.confidence == shown


def test_a_better_channel_that_nobody_sees_lifts_nothing(a_record):
    low = msgspec.structs.replace(SOURCED, confidence="low")
    better = msgspec.structs.replace(UNSOURCED, confidence="high")

    assert published(a_record(channels=(low, better))).confidence == "low"


def test_checked_on_is_the_latest_check(a_record):
    checks = tuple(
        Verification(on=day, by="editor", method="stored-copy", outcome="matches")
        for day in (DAY, DAY - datetime.timedelta(9))
    )

    assert published(a_record(verifications=checks)).checked_on == DAY
    assert published(a_record()).checked_on is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_it_helps_with(kind):
    assert set(NEEDS_OF_KIND[kind]) <= set(NEEDS)


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({}, ("talk",)),
        ({"kind": "csam-hotline"}, ("report", "remove")),
        ({"topics": ("sextortion",)}, ("talk", "blackmail")),
        ({"topics": ("legal", "compensation")}, ("talk", "legal")),
        ({"audiences": ("adult-survivor",)}, ("talk", "past-abuse")),
        ({"audiences": ("professional", "child")}, ("talk", "professional")),
        ({"also_needs": ("remove", "in-danger")}, ("in-danger", "remove", "talk")),
        ({"kind": "network"}, ()),
    ],
)
def test_needs_follow_from_kind_topics_and_audiences(a_record, fields, needs):
    record = a_record(**fields)

    assert needs_of(record) == needs
    assert published(record).needs == needs


def test_the_short_address_of_a_page_never_changes(a_record):
    """A bookmark lives for years. What is expected was made by sha256sum and base32."""
    assert a_record("de-nummer-gegen-kummer").short == "il4fcy4r"


@given(record_id=st.from_regex(r"[a-z]{2}(-[a-z0-9]{4,9}){1,4}", fullmatch=True))
def test_the_short_address_names_no_service(a_record, record_id):
    """Whoever looks over a shoulder reads nothing in it."""
    short = a_record(record_id).short

    assert len(short) == 8
    assert set(short) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert not any(part in short for part in record_id.split("-")[1:])


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ({"en": "a", "fr": "b"}, "fr", ("b", "fr")),
        ({"en": "a", "fr": "b"}, "fr-CA", ("b", "fr")),
        ({"en": "a", "zh-Hans": "b"}, "zh", ("b", "zh-Hans")),
        ({"en": "a", "zh-Hans": "b", "zh-Hant": "c"}, "zh-Hant", ("c", "zh-Hant")),
        ({"de": "a", "en": "b"}, "fr", ("b", "en")),
        ({"sw": "a", "de": "b"}, "fr", ("a", "sw")),
        ({"und": "a"}, "en", ("a", "und")),
    ],
)
def test_falls_back_to_the_same_base_language_then_english_then_the_first(
    text, lang, shown
):
    assert in_language(text, lang) == shown


def test_a_text_without_wording_is_refused():
    with pytest.raises(StopIteration):
        in_language({}, "en")


@given(
    record_id=st.text(min_size=1),
    last=st.dates(max_value=datetime.date(2100, 1, 1)),
    interval=st.sampled_from([30, 90, 180]),
)
def test_a_check_is_due_between_three_quarters_of_the_interval_and_all_of_it(
    record_id, last, interval
):
    days = (due_on(record_id, last, interval) - last).days

    assert interval * 3 / 4 <= days <= interval


@pytest.mark.parametrize("interval", [30, 90, 180])
def test_records_read_on_one_day_do_not_fall_due_on_one_day(interval):
    """500 records spread over all the days there are, none with thrice its share."""
    due = Counter(due_on(f"de-line-{n}", DAY, interval) for n in range(500))
    share = 500 / (interval // 4)

    assert len(due) == interval // 4
    assert max(due.values()) < 3 * share
