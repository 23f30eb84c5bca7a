"""Compressed and kept: the same bytes for everybody, and never yesterday's."""

import datetime
import gzip
import random
import re
import shutil
from zoneinfo import ZoneInfo

import brotli
import msgspec
import pytest
import zstandard
from litestar.testing import TestClient

from directory.channel import Channel
from directory.hours import opening
from directory.language import served
from directory.release.build import build_from
from directory.web.app import create_app
from directory.web.coding import BEST, FAST, KEPT, chosen, encoded
from directory.web.current import Served
from directory.web.kept import Answer, Kept
from directory.web.views import Viewer

DECODERS = {
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    "gzip": gzip.decompress,
}
PATHS = ["/", "/en/", "/ar/ke", "/hi/us", "/en/search", "/fr/plan", "/es/coverage"]
PATHS += ["/de/about", "/en/in/law", "/api/v1/jurisdictions"]
PATHS += ["/api/v1/resources?jurisdiction=KE", "/api/v1/openapi.json", "/en/nothing"]
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(scope="module")
def app(releases, noon):
    return create_app(releases, clock=lambda: noon)


@pytest.fixture(scope="module")
def client(app):
    with TestClient(app, base_url="http://handrail.test") as found:
        yield found


def raw(client, path, coding, **headers):
    """An answer with its body as it was sent."""
    asked = {"Accept-Encoding": coding, **headers}
    with client.stream("GET", path, headers=asked) as answer:
        body = b"".join(answer.iter_raw())
    assert int(answer.headers.get("content-length", 0)) == len(body)
    return answer, body


@pytest.mark.parametrize("path", PATHS)
def test_every_coding_holds_the_same_bytes(client, path):
    plain, content = raw(client, path, "identity")
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["vary"]

    for _ in ("made", "kept"):
        for coding, decoded in DECODERS.items():
            answer, body = raw(client, path, coding)
            assert answer.headers["content-encoding"] == coding
            assert "Accept-Encoding" in answer.headers["vary"]
            assert decoded(body) == content
            assert answer.status_code == plain.status_code
            same = ("content-type", "cache-control", "content-security-policy")
            for name in same:
                assert answer.headers[name] == plain.headers[name]


@pytest.mark.parametrize("effort", [FAST, KEPT, BEST])
def test_even_the_fastest_level_makes_a_page_a_third(client, effort):
    _, content = raw(client, "/en/ke", "identity")

    for coding in DECODERS:
        assert len(encoded(content, coding, effort)) < len(content) / 3


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate", "gzip"),
        ("deflate", None),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *", "zstd"),
        ("gzip;q=0", None),
        ("gzip;q=0.5, br;q=0.4", "gzip"),
        ("gzip;q=1.0, identity;q=0.5", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("br ; q=0.001", "br"),
        ("identity;q=0, gzip", "gzip"),
        ("identity;q=0", None),
        ("gzip;q=x, br;q=2, zstd;q=nan", None),
        (";;,,=;q", None),
    ],
)
def test_the_coding_is_the_one_that_the_reader_likes_best(accepted, coding):
    assert chosen(accepted) == coding


def test_what_is_short_is_sent_as_it_is(client):
    answer, body = raw(client, "/healthz", "gzip")

    assert body == b"ok\n"
    assert "content-encoding" not in answer.headers


def test_a_search_that_is_sent_is_compressed_and_never_kept(client, app):
    kept = app.app.kept
    before = kept.size
    answer = client.post(
        "/en/search", data={"q": "child"}, headers={"Accept-Encoding": "br"}
    )

    assert answer.headers["content-encoding"] == "br"
    assert "found" in answer.text
    assert before == kept.size


@pytest.mark.parametrize(
    "path", ["/en/nothing", "/en/search?q=child", "/en/ke?x=1", "/s/old.css", "/en/KEN"]
)
def test_errors_questions_and_other_spellings_are_not_kept(client, app, path):
    kept = app.app.kept
    before = kept.size
    client.get(path, follow_redirects=False)

    assert before == kept.size


def test_the_tag_is_the_same_in_every_coding_and_found_again(client):
    path = "/api/v1/resources/int-stopncii"
    tags = {raw(client, path, one)[0].headers["etag"] for one in ("gzip", "identity")}
    tag = tags.pop()
    assert tags == set()
    assert tag.startswith('W/"')

    for known in (tag, tag.removeprefix("W/"), f'"x", {tag}'):
        again, body = raw(client, path, "gzip", **{"If-None-Match": known})
        assert again.status_code == 304
        assert body == b""
        assert "Accept-Encoding" in again.headers["vary"]
    assert client.head(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_head_request_says_how_long_the_compressed_page_is(client):
    _, body = raw(client, "/en/ke", "gzip")
    head = client.head("/en/ke", headers={"Accept-Encoding": "gzip"})

    assert head.headers["content-encoding"] == "gzip"
    assert int(head.headers["content-length"]) == len(body)


def test_the_first_page_is_kept_for_each_language(client):
    for _ in ("made", "kept"):
        for lang in served():
            answer = client.get("/", headers={"Accept-Language": lang})
            assert f'<html lang="{lang}"' in answer.text
            assert "Accept-Language" in answer.headers["vary"]


@pytest.fixture
def at_any_time(releases, noon):
    """A client, and a list with the moment that the test sets."""
    moment = [noon]
    app = create_app(releases, clock=lambda: moment[0])
    with TestClient(app, base_url="http://handrail.test") as found:
        yield found, moment


def states(page):
    return re.findall(r'<span class="state ([a-z]+)">([^<]*)', page.text)


def test_a_kept_page_says_open_once_the_line_opens(at_any_time, release):
    client, moment = at_any_time
    noon = moment[0]
    line, until = next(
        (record, found.until)
        for record in release.of("DE")
        for found in [
            opening(channel, release.jurisdictions["DE"], noon)
            for channel in record.channels
        ]
        if found.state == "closed" and found.until
    )
    path = f"/en/r/{line.page}"
    opens = until.astimezone(datetime.UTC)
    moment[0] = opens - MINUTE
    before = states(client.get(path))
    assert before == states(client.get(path))
    moment[0] = opens
    after = states(client.get(path))

    assert any(said.startswith("Opens") or "closed" in kind for kind, said in before)
    assert after != before
    assert any(kind == "open" for kind, _ in after)


def test_a_kept_page_says_the_same_as_one_made_now(at_any_time, releases):
    """Over three days, at moments drawn at random, around midnights too."""
    client, moment = at_any_time
    start = moment[0]
    draw = random.Random(7)  # noqa: S311
    minutes = sorted(draw.sample(range(3 * 24 * 60), 60))
    for minute in minutes:
        moment[0] = start + minute * MINUTE
        for path in ("/en/us", "/en/au"):
            # With a question in the address a page is made anew.
            assert client.get(path).content == client.get(f"{path}?x").content


@pytest.fixture
def office(release, a_record):
    """A function that views a line open on weekdays from 9 to 17 in a country, at a
    moment: the viewer, and the state of the line at any moment."""

    def viewed(country, at):
        line = Channel(type="phone", value="116", hours="Mo-Fr 09:00-17:00")
        record = msgspec.structs.replace(
            release.of(country)[0], jurisdictions=(country,), channels=(line,)
        )
        viewer = Viewer(Served(release), "en", at)
        viewer.resource(record)
        place = release.jurisdictions[country]
        return viewer, lambda moment: opening(line, place, moment).state

    return viewed


def test_words_for_a_day_change_at_midnight_there(office):
    """`Tuesday 09:00` is `09:00` once the day has come."""
    zone = ZoneInfo("Asia/Tokyo")
    viewer, _ = office("JP", datetime.datetime(2026, 11, 23, 23, 0, tzinfo=zone))

    assert viewer.until == datetime.datetime(2026, 11, 24, tzinfo=zone)


def test_a_page_is_made_anew_when_its_line_closes(office):
    zone = ZoneInfo("Asia/Tokyo")
    viewer, _ = office("JP", datetime.datetime(2026, 11, 24, 10, 0, tzinfo=zone))

    assert viewer.until == datetime.datetime(2026, 11, 24, 17, 0, tzinfo=zone)


def test_zones_that_disagree_are_asked_again_when_one_changes(office):
    """Open in New York and closed in Los Angeles is not known, but not for long."""
    at = datetime.datetime(2026, 11, 24, 15, 5, tzinfo=datetime.UTC)
    viewer, state = office("US", at)
    step = at
    assert state(at) == "unknown"
    while step < viewer.until:
        assert state(step) == "unknown"
        step += MINUTE

    assert viewer.until <= at + datetime.timedelta(hours=2)


def test_a_page_that_shows_no_hours_holds_as_long_as_its_release(client, release):
    viewer = Viewer(Served(release), "en", datetime.datetime.now(datetime.UTC))
    record = release.resource("gb-report-remove")
    viewer.resource(record)

    assert viewer.until is None


def test_a_newer_release_drops_what_was_kept(records, releases, tmp_path, noon):
    folder = tmp_path / "releases"
    shutil.copytree(releases, folder)
    app = create_app(folder, clock=lambda: noon)
    resources = {
        name: one for name, one in records.resources.items() if name[:3] != "ke-"
    }
    with TestClient(app, base_url="http://handrail.test") as client:
        before, kept = client.get("/en/ke").text, app.app.kept
        without = msgspec.structs.replace(records, resources=resources)
        build_from(without, folder, noon)
        app.app.app.state.current.look()
        after = client.get("/en/ke").text

    assert 'href="tel:116"' in before
    assert 'href="tel:116"' not in after
    assert kept.size
    assert app.app.kept is not kept


def test_no_more_is_kept_than_was_allowed():
    kept = Kept(10_000)
    now = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    draw = random.Random(1)  # noqa: S311
    for number in range(200):
        key = (f"/{draw.randrange(40)}", "")
        answer = kept.get(key, now)
        if answer is None:
            body = draw.randbytes(draw.randrange(1, 3000))
            answer = Answer(body, [], now + number % 3 * MINUTE, KEPT)
            kept.put(key, answer)
        kept.coded(key, answer, draw.choice(["br", "gzip", "zstd", None]))
        assert kept.size <= 10_000
    held = kept._answers.values()  # noqa: SLF001 — whether it counts rightly
    assert kept.size == sum(answer.size for answer in held)
    kept.put(("/", ""), Answer(b"x" * 20_000, [], None, KEPT))
    assert kept.size == 0


def test_what_was_asked_for_longest_ago_goes_first():
    kept = Kept(3)
    now = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    for name in "abc":
        kept.put((name, ""), Answer(b"x", [], None, KEPT))
    kept.get(("a", ""), now)
    kept.put(("d", ""), Answer(b"x", [], None, KEPT))

    assert kept.get(("a", ""), now)
    assert kept.get(("b", ""), now) is None


def test_somebody_who_left_gets_nothing_kept(client):
    client.get("/en/ke")
    client.get("/weather", follow_redirects=False)
    back = client.get("/en/ke", follow_redirects=False)

    client.cookies.clear()
    assert back.status_code == 303
    assert back.content == b""
