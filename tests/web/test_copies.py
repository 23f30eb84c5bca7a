"""What whoever keeps a copy is told: until when it may be shown, with what, and the
records made up to try it with."""

import csv
import datetime
import io
import re

import msgspec
import pytest

from directory import made_up
from directory.channel import NUMBERED
from directory.release.manifest import current
from directory.resource import check_every_days
from directory.shown import Shown, rules_of
from directory.verification import due_on, shown_until

API = "/api/v1"
BUILT = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)
EXPIRES = BUILT + datetime.timedelta(days=14)
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def exported_records(releases):
    """Every record of the release, as `resources.jsonl` has it."""
    lines = (current(releases) / "resources.jsonl").read_bytes().splitlines()
    return {
        record.id: record
        for record in (msgspec.json.decode(x, type=Shown) for x in lines)
    }


def test_a_copy_lives_shorter_the_riskier_the_record():
    last = BUILT.date()
    long = BUILT + 400 * DAY
    crisis = shown_until("a", last, 30, BUILT, long)
    hotline = shown_until("a", last, 90, BUILT, long)
    other = shown_until("a", last, 180, BUILT, long)

    assert [(day - last).days for day in (crisis, hotline, other)] == [7, 22, 45]


def test_no_copy_outlives_its_release():
    for interval in (30, 90, 180):
        until = shown_until("a", BUILT.date(), interval, BUILT, BUILT + 3 * DAY)
        assert until == (BUILT + 2 * DAY).date()
        assert until < (BUILT + 3 * DAY).date()


def test_a_copy_ends_on_the_day_of_the_next_check():
    last = BUILT.date() - 20 * DAY
    due = due_on("ke-line", last, 30)

    assert shown_until("ke-line", last, 30, BUILT, EXPIRES) == min(
        due, BUILT.date() + 7 * DAY
    )
    assert due < EXPIRES.date()


def test_a_late_check_makes_copies_brief_and_empties_none():
    until = shown_until("a", BUILT.date() - 400 * DAY, 30, BUILT, EXPIRES)

    assert until == BUILT.date() + 2 * DAY


def test_every_record_says_until_when_and_with_what(exported_records, release):
    manifest = release.manifest
    assert len(exported_records) == manifest.counts["resources"]
    for record in exported_records.values():
        rules = rules_of(
            release.resource(record.id), manifest.built_at, manifest.expires
        )
        assert record.show_until == rules.show_until
        assert BUILT.date() < record.show_until < manifest.expires.date()
        longest = max(1, check_every_days(record.kind) // 4)
        assert record.show_until <= BUILT.date() + longest * DAY
        assert record.display.as_of == record.checked_on
        assert not record.test
        low = {
            position
            for position, channel in enumerate(record.channels)
            if (channel.confidence or record.confidence) == "low"
        }
        assert set(record.display.not_yet_confirmed) == low


def test_the_resources_of_a_plan_carry_the_same_rules(client, exported_records):
    steps = client.post(f"{API}/plan", json={"located_in": "KE"}).json()["steps"]
    found = [one["resource"] for one in steps if one["resource"]]

    assert found
    for one in found:
        assert one["show_until"] == exported_records[one["id"]].show_until.isoformat()


def test_page_api_table_and_export_show_one_number(client, exported_records):
    """Record by record, over all the data."""
    rows: dict[str, list[tuple[str, str]]] = {}
    address = f"{API}/search.csv?lang=en"
    while address:
        answer = client.get(address)
        for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))):
            value = row["value"].removeprefix("'")
            rows.setdefault(row["id"], []).append((row["channel"], value))
        onward = re.search(r'<([^>]*)>; rel="next"', answer.headers["link"])
        address = onward[1] if onward else None

    assert rows.keys() == exported_records.keys()
    for name, record in exported_records.items():
        ways = [(channel.type, channel.value) for channel in record.channels]
        assert rows[name] == ways
        told = client.get(f"{API}/resources/{name}").content
        assert msgspec.json.decode(told, type=Shown) == record
        page = client.get(f"/en/r/{record.page}").text
        shown = re.findall(r'class="number">([^<]+)</bdi></span></a>', page)
        numbers = [v for kind, v in ways if kind in NUMBERED & {"phone", "sms"}]
        assert [one for one in numbers if one not in shown] == [], name


FICTION = re.compile(r"07700900\d{3}|08081570\d{3}|\d{3}55501\d{2}")


@pytest.mark.parametrize("name", [one for one in made_up.IDS if "retired" not in one])
def test_a_made_up_record_is_marked_and_reaches_nobody(client, name):
    raw = client.get(f"{API}/resources/{name}").content
    record = msgspec.json.decode(raw, type=Shown)

    assert record.test
    assert "not real" in record.name["en"]
    assert record.show_until > BUILT.date()
    for channel in record.channels:
        if channel.type in NUMBERED:
            national = re.sub(r"\D", "", channel.value.replace("+44 ", "0"))
            assert FICTION.fullmatch(national), channel.value
        else:
            assert "example.org" in channel.value


def test_a_made_up_record_can_be_retired_and_have_a_history(client):
    gone = client.get(f"{API}/resources/test-retired")
    none = client.get(f"{API}/resources/test-nothing")

    assert gone.status_code == 410
    assert gone.json()["successor"] == "test-line"
    assert none.status_code == 404
    assert "test-line" in none.json()["remedy"]
    assert client.get(f"{API}/resources/test-line/history").json()["changes"] == []
    assert client.get(f"{API}/resources/test-nothing/history").status_code == 404


def test_made_up_records_are_in_no_search_and_no_export(client, exported_records):
    for name in made_up.IDS:
        assert name not in exported_records
    for words in ("Test Line", "08081 570123", "not real", "test-line"):
        found = client.get(f"{API}/resources", params={"q": words, "limit": 100}).json()
        assert not [one for one in found["items"] if one["id"].startswith("test-")]


def test_no_real_record_may_take_a_made_up_name(records):
    assert not [one for one in records.resources if one.startswith(made_up.PREFIX)]
