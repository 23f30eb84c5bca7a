"""Every page arrives in the first packets that a server may send, with its style.

Ten packets of 1,448 bytes come before the first answer of the reader's side (RFC 6928);
what is more costs another round trip, seconds on a slow phone.
"""

import re

import pytest

from directory.language import served

FIRST_FLIGHT = 14_480
SCRIPT = 3_000
LANGUAGES = list(served())
PATHS = ["/", "/search", "/about", "/privacy", "/plan", "/coverage", "/nothing"]
PLACES = ["/us", "/in", "/gb", "/au", "/za", "/001", "/eu", "/us-tx", "/pn"]
LAWS = ["/us/law", "/in/law", "/de/law"]
SEARCHES = [
    {"q": "child"},
    {"q": "abuse", "jurisdiction": "IN"},
    {"q": "child", "jurisdiction": "US"},
]
PLAN = {
    "located_in": "IN",
    "role": "professional",
    "subject": "child-i-know",
    "in_danger": "true",
    "age": "15",
    "age_in_image": "14",
    "needs": ["report", "remove", "talk", "blackmail", "past-abuse", "legal"],
    "platform": "roblox",
    "happened_in": "US",
    "hosted_in": "DE",
    "lives_in": "GB",
}


def sent(client, path, data=None):
    """The bytes of an answer as they travel in gzip, with its headers, and its text."""
    method = "POST" if data else "GET"
    asked = {"Accept-Encoding": "gzip"}
    with client.stream(method, path, data=data, headers=asked) as answer:
        body = b"".join(answer.iter_raw())
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return len("HTTP/1.1 200 OK\r\n\r\n") + head + len(body), answer


def text_of(client, path):
    return client.get(path).text


@pytest.fixture(scope="module")
def first_load(client):
    """A function that weighs a page with all that it loads, or what a form gets."""
    weights = {}

    def weighed(path, data=None):
        whole, _ = sent(client, path, data)
        if data:
            # Style and script came with the form that was filled in.
            return whole
        page = text_of(client, path)
        for part in set(re.findall(r'(?:src|href)="(/s/[^"]+|/icon[^"]*)"', page)):
            if part not in weights:
                weights[part], _ = sent(client, part)
                if part.endswith(".js"):
                    assert weights[part] <= SCRIPT
            whole += weights[part]
        return whole

    return weighed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_page_arrives_at_once(first_load, release, lang):
    guidance = [f"/g/{one.page}" for one in release.guidance]
    longest = sorted(
        (record for code in release.counts() for record in release.of(code)),
        key=lambda record: len(record.channels) + len(record.sources),
    )[-3:]
    records = [f"/r/{record.page}" for record in longest]
    pages = [(path, None) for path in PATHS + PLACES + LAWS + guidance + records]
    pages += [("/search", data) for data in SEARCHES]
    pages += [("/plan", PLAN | {"go": "show"})]
    pages += [("/plan", PLAN | {"page": str(number)}) for number in range(4)]
    heavy = {
        (path, str(data)): weight
        for path, data in pages
        if (weight := first_load(f"/{lang}{path}", data)) > FIRST_FLIGHT
    }

    assert heavy == {}


def test_every_country_arrives_at_once_in_the_longest_script(first_load, release):
    """Hindi takes three bytes a letter: what fits in Hindi fits."""
    weights = {
        code: first_load(f"/hi/{code.lower()}")
        for code, place in release.jurisdictions.items()
        if place.level != "subdivision" or code in release.counts()
    }

    assert len(weights) > 300
    assert {code: one for code, one in weights.items() if one > FIRST_FLIGHT} == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_every_place_arrives_at_once(first_load, release, lang):
    codes = [
        code
        for code, place in release.jurisdictions.items()
        if place.level != "subdivision" or code in release.counts()
    ]
    paths = [f"/{code.lower()}{more}" for code in codes for more in ("", "/law")]
    paths += [f"/r/{r.page}" for code in release.counts() for r in release.of(code)]

    for path in paths:
        assert first_load(f"/{lang}{path}") <= FIRST_FLIGHT, path


def test_the_style_brings_no_font_no_picture_and_nothing_else(client):
    page = text_of(client, "/en/ke")
    style = text_of(client, re.search(r'href="(/s/[^"]+\.css)"', page)[1])

    for heavy in ("@font-face", "@import", "url("):
        assert heavy not in style
    assert "data:" not in page
    assert "<img" not in page
    assert "<style" not in page
