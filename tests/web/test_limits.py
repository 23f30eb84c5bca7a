"""One address can't ask without end, and no address is kept."""

import datetime
import time
from ipaddress import ip_network

import pytest
from litestar.testing import TestClient

from directory.errors import BadSetting
from directory.language import served
from directory.settings import per_minute, trusted_proxies
from directory.web.app import create_app
from directory.web.limits import Counters, RateLimits, client

NOON = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
API = "/api/v1"


class Clock:
    """Time that stands still until it is moved, for us and for the library."""

    def __init__(self, monkeypatch):
        self.now = NOON
        monkeypatch.setattr(time, "time", lambda: self().timestamp())

    def __call__(self):
        return self.now

    def passes(self, **span):
        self.now += datetime.timedelta(**span)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def asked(releases, clock):
    """A function that starts the application, with these limits for one address."""
    opened = []

    def started(*, trusted=(), caller=("198.51.100.7", 1), counters=None, **most):
        networks = [ip_network(one) for one in trusted]
        limits = RateLimits(most, counters or Counters(clock), networks)
        app = create_app(releases, clock, limits)

        async def called(scope, receive, send):
            await app({**scope, "client": caller}, receive, send)

        found = TestClient(called, base_url="http://handrail.test")
        opened.append(found)
        return found.__enter__()

    yield started
    for one in opened:
        one.__exit__(None, None, None)


def statuses(visitor, times, path, **sent):
    method = "POST" if sent else "GET"
    return [
        visitor.request(method, path, follow_redirects=False, **sent).status_code
        for _ in range(times)
    ]


def test_the_api_refuses_with_the_seconds_to_wait(asked):
    visitor = asked(api=3)
    assert statuses(visitor, 3, f"{API}/resources/int-stopncii") == [200] * 3
    refused = visitor.get(f"{API}/resources/int-stopncii")

    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["remedy"]
    seconds = int(refused.headers["retry-after"])
    assert 1 <= seconds <= 60
    assert refused.headers["ratelimit"] == f'"api";r=0;t={seconds}'
    assert refused.headers["ratelimit-policy"] == '"api";q=3;w=60'


def test_who_waits_is_answered_again(asked, clock):
    visitor = asked(api=3)
    statuses(visitor, 5, f"{API}/coverage")
    clock.passes(minutes=2)

    assert visitor.get(f"{API}/coverage").status_code == 200


def test_the_api_names_its_limit_and_not_what_is_left_of_it(asked):
    """What is left would show people at one address that another of them was here."""
    answer = asked(api=9).get(f"{API}/resources/int-stopncii")

    assert answer.headers["ratelimit-policy"] == '"api";q=9;w=60'
    assert "ratelimit" not in answer.headers
    assert "RateLimit-Policy" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("lang", list(served()))
def test_a_person_gets_a_calm_page_with_the_way_to_help_and_out(asked, lang):
    visitor = asked(pages=1)
    statuses(visitor, 1, f"/{lang}/search", data={"q": "help"})
    page = visitor.post(f"/{lang}/search", data={"q": "help"})

    assert page.status_code == 429
    assert page.headers["content-type"].startswith("text/html")
    assert int(page.headers["retry-after"]) >= 1
    assert page.headers["cache-control"] == "no-store"
    assert "content-security-policy" in page.headers
    assert f'<html lang="{lang}"' in page.text
    assert f'href="/{lang}/"' in page.text
    assert 'href="/weather"' in page.text
    if lang == "en":
        assert "not your fault" in page.text
        assert "numbers to call" in page.text


def test_a_page_of_help_is_never_refused(asked):
    visitor = asked(pages=1, api=1)
    statuses(visitor, 3, "/en/search", data={"q": "help"})

    paths = ["/en/", "/en/ke", "/en/search", "/en/plan", "/en/about", "/en/in/law"]
    for path in paths:
        assert statuses(visitor, 5, path) == [200] * 5
    assert statuses(visitor, 3, "/weather")[0] == 303


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/en/search", {"data": {"q": "help"}}),
        ("/en/search?q=help", {}),
        ("/en/search/?q=help", {}),
        ("/en//search?q=help", {}),
        ("/en/plan", {"data": {"page": "1"}}),
        ("/en/go", {"data": {"place": "Kenya"}}),
    ],
)
def test_what_makes_pages_work_hard_is_counted(asked, path, sent):
    assert statuses(asked(pages=2), 4, path, **sent)[2:] == [429, 429]


def test_pages_and_the_api_are_counted_apart(asked):
    visitor = asked(pages=1, api=1)
    statuses(visitor, 2, f"{API}/coverage")

    assert statuses(visitor, 1, "/en/search", data={"q": "help"}) == [200]


def test_without_a_figure_nothing_is_limited(asked):
    assert statuses(asked(api=0), 9, f"{API}/coverage") == [200] * 9


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.8", False),
        ("198.51.100.7", "::ffff:198.51.100.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "", True),
    ],
)
def test_one_reader_is_one_address_or_one_network_of_ipv6(
    asked, one, other, same, clock
):
    visitor = asked(trusted=["10.0.0.0/8"], caller=("10.0.0.1", 1), api=1)
    first, second = (
        visitor.get(f"{API}/coverage", headers={"X-Forwarded-For": address})
        for address in (one, other)
    )

    assert first.status_code == 200
    assert (second.status_code == 429) is same


@pytest.mark.parametrize(
    ("nearest", "forwarded", "found"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "192.0.2.1, 198.51.100.7, 10.2.3.4", "198.51.100.7"),
        ("10.0.0.1", "10.9.9.9", "10.9.9.9"),
        ("10.0.0.1", "198.51.100.7, rubbish", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::1", "2001:db8::5", "2001:db8::5"),
    ],
)
def test_only_a_trusted_proxy_is_believed(nearest, forwarded, found):
    scope = {
        "client": (nearest, 1),
        "headers": [(b"x-forwarded-for", forwarded.encode())],
    }

    networks = [ip_network("10.0.0.0/8"), ip_network("::1")]
    assert client(scope, networks).strip() == found


def test_a_server_behind_a_socket_file_counts_its_callers_as_one():
    assert client({"client": None, "headers": []}, []) == ""


def test_no_address_lies_in_memory_after_the_request(asked, clock):
    """Neither as it was written nor as bytes, in anything that the counters hold."""
    counters = Counters(clock)
    proxied = {"trusted": ["10.0.0.0/8"], "caller": ("10.0.0.1", 1)}
    visitor = asked(**proxied, counters=counters, api=5)
    headers = {"X-Forwarded-For": "198.51.100.77"}
    assert visitor.get(f"{API}/coverage", headers=headers).status_code == 200
    held = repr(vars(counters)) + repr(vars(counters._storage))  # noqa: SLF001

    assert len(counters._storage.storage) == 1  # noqa: SLF001 — it did count
    for trace in ("198.51.100.77", "c633644d", r"\xc63dM"):
        assert trace not in held


async def _counted(counters, *addresses):
    return [await counters.wait("api", 1, address) for address in addresses]


@pytest.fixture
def keys():
    """Keys that can be told apart, and those that were drawn."""
    drawn = []

    def draw(size):
        drawn.append(bytes([len(drawn)]) * size)
        return drawn[-1]

    return draw, drawn


def test_within_the_hour_the_key_and_all_counters_are_forgotten(clock, keys, in_a_loop):

    draw, drawn = keys
    counters = Counters(clock, draw)

    async def hour():
        await _counted(counters, "198.51.100.7")
        clock.passes(minutes=59)
        await _counted(counters, "198.51.100.7")
        assert len(drawn) == 1
        clock.passes(minutes=1)
        assert await _counted(counters, "198.51.100.7") == [None]

    in_a_loop(hour)

    assert [len(key) for key in drawn] == [32, 32]
    assert len(counters._storage.storage) == 1  # noqa: SLF001


def test_a_crowd_of_addresses_never_fills_the_memory(clock, keys, in_a_loop):

    draw, drawn = keys
    counters = Counters(clock, draw)
    crowd = (f"10.{n >> 8}.{n & 255}.1" for n in range(5_100))
    in_a_loop(_counted, counters, *crowd)

    assert len(counters._storage.storage) <= 5_001  # noqa: SLF001
    assert len(drawn) == 2


def test_settings_say_what_is_wrong_with_them(monkeypatch):
    monkeypatch.setenv("HANDRAIL_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
    assert [str(one) for one in trusted_proxies()] == ["10.0.0.0/8", "::1/128"]
    monkeypatch.setenv("HANDRAIL_TRUSTED_PROXIES", "proxy.example")
    with pytest.raises(BadSetting, match=r"HANDRAIL_TRUSTED_PROXIES .* write 127"):
        trusted_proxies()
    monkeypatch.setenv("HANDRAIL_API_PER_MINUTE", "many")
    with pytest.raises(BadSetting, match=r"HANDRAIL_API_PER_MINUTE .* write digits"):
        per_minute()
