"""A place as plain text, Markdown and a text message: the numbers of its page."""

import html
import re

import pytest

from directory.language import served
from directory.web.accept import preferred
from directory.web.current import Served
from directory.web.place_view import place_view
from directory.web.plain import as_of, markdown_of, place_lines, text_of
from directory.web.sms import fits, message
from directory.web.views import Viewer

LANGUAGES = list(served())
SHOWN = re.compile(r'<bdi dir="ltr" class="number">([^<]+)</bdi>')


@pytest.fixture(scope="module")
def here(release):
    return Served(release)


@pytest.fixture(scope="module")
def codes(release):
    return [
        code
        for code, place in release.jurisdictions.items()
        if place.level != "subdivision" or code in release.counts()
    ]


def on_the_page(client, path):
    """Every number of the parts that a text has too, spelled as there."""
    page = client.get(path).text
    first = page.split('aria-labelledby="plan"')[0]
    return {html.unescape(one) for one in SHOWN.findall(first)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("end", ["txt", "md"])
def test_the_numbers_are_those_of_the_page(client, lang, end):
    for code in ("ke", "us", "us-tx", "in", "eg", "eu", "001", "pn"):
        text = client.get(f"/{lang}/{code}.{end}").text
        numbers = on_the_page(client, f"/{lang}/{code}")

        for one in numbers:
            assert one in text, (code, one)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_has_every_number_of_its_page_and_no_other(here, noon, codes, lang):
    """Over all the data, from the very view that its page is made of."""
    viewer = Viewer(here, lang, noon)
    for code in codes:
        view = place_view(here.release.jurisdictions[code], viewer)
        lines = list(place_lines(view, viewer))
        text, markdown = text_of(lines, lang), markdown_of(lines, lang)
        urgent = [one for each in view.numbers for one in each.values]
        ways = [c for one in view.choices for c in one.first.channels[:3]]
        ways += [one.then.channels[0] for one in view.choices if one.then]
        numbers = {*urgent, *(one.shown for one in ways if one.is_number)}

        assert {line.value for line in lines if line.kind == "way"} == {
            *urgent,
            *(one.shown for one in ways),
        }
        for one in numbers:
            assert re.search(
                rf"(^|[ \u200e]){re.escape(one)}( –|$)", text, re.MULTILINE
            )
            assert f"`{one}`" in markdown
            assert all(mark.isascii() for mark in one if mark.isdigit())
        assert max(map(len, text.splitlines())) <= 70, code
        low = viewer.say("Not yet confirmed.")
        unsure = {one for each in view.numbers if each.is_low for one in each.values}
        told = {one.value for one in lines if not one.text and low in one.after}
        assert told == unsure, code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_message_holds_every_emergency_number_and_never_cuts_one(
    here, noon, codes, lang
):
    viewer = Viewer(here, lang, noon)
    for code in codes:
        view = place_view(here.release.jurisdictions[code], viewer)
        text = message(view, viewer)

        assert fits(text.strip()), code
        known = {one for each in view.numbers for one in each.values} | {
            channel.shown for one in view.choices for channel in one.first.channels
        }
        for each in view.numbers:
            told = {
                frozenset(re.findall(r"[\d+*#-]+", one.split(":")[0])): one
                for one in text.splitlines()
            }
            line = told[frozenset(each.values)]
            assert each.is_low == (viewer.say("Not yet confirmed.") in line), code
        if not view.numbers:
            assert re.split("[.।]", view.no_number)[0] in text
        for line in text.splitlines()[1 + max(1, len(view.numbers)) :]:
            assert line == as_of(viewer) or any(
                line.split(": ", 1)[1].lstrip("\u200e").startswith(one) for one in known
            ), code


def test_a_message_has_somebody_to_talk_to(client):
    assert "116" in client.get("/en/ke.sms.txt").text
    assert client.get("/en/ke.sms.txt").headers["content-type"].startswith("text/plain")


def test_what_is_too_long_for_three_texts_does_not_fit():
    assert fits("a" * 459)
    assert not fits("a" * 460)
    assert not fits("€" * 230)
    assert fits("ع" * 201)
    assert not fits("ع" * 202)


def test_in_lines_from_right_to_left_a_number_keeps_its_order(client):
    for end in ("txt", "md"):
        for line in client.get(f"/ar/ke.{end}").text.splitlines():
            if re.search(r"\d \d", line) and "0800" in line:
                assert re.search("\u200e`?0800", line)
    assert "\u200e" not in client.get("/en/ke.txt").text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", ""),
        ("*/*", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
        ("text/html, text/plain, text/sgml, text/css, */*;q=0.01", ""),
        ("text/html;q=0.9,text/plain;q=0.8,image/png,*/*;q=0.5", ""),
        ("text/plain", "text/plain"),
        ("text/plain, text/html;q=0.5", "text/plain"),
        ("text/plain;q=0", ""),
        ("text/plain;q=x", ""),
        ("text/plain;q=9", ""),
        ("text/markdown", "text/markdown"),
        ("text/markdown, text/html, */*", "text/markdown"),
        ("TEXT/MARKDOWN;Q=1", "text/markdown"),
        ("text/html, text/markdown;q=0.9", ""),
        ("text/plain, text/markdown;q=0.5", "text/plain"),
        (",;=,;;q=,\x00", ""),
    ],
)
def test_a_browser_gets_a_page_and_a_program_what_it_asks_for(client, accept, form):
    assert preferred(accept) == form
    if accept.isprintable():
        answer = client.get("/en/ke", headers={"Accept": accept})
        assert answer.headers["content-type"] == f"{form or 'text/html'}; charset=utf-8"
        assert "Accept" in answer.headers["vary"].split(", ")


def test_what_is_kept_for_one_form_is_never_sent_for_another(client):
    for _ in ("made", "kept"):
        forms = [
            client.get("/en/de", headers={"Accept": one}).text[:1]
            for one in ("text/html", "text/plain", "text/markdown", "*/*")
        ]
        assert forms == ["<", "H", "#", "<"]


def test_one_address_a_place_in_each_form(client):
    for end in ("txt", "md", "sms.txt"):
        answer = client.get(f"/en/KEN.{end}", follow_redirects=False)
        assert answer.headers["location"] == f"/en/ke.{end}"
        assert client.get(f"/en/nowhere.{end}").status_code == 404
        assert client.get(f"/xx/ke.{end}").status_code == 404


def test_nothing_in_a_name_is_markup():
    from directory.web.plain import Line  # noqa: PLC0415

    written = markdown_of([Line("name", "[a](http://b) <i> *c* _d_ `e` #")], "en")

    assert written == r"**\[a\](http://b) \<i\> \*c\* \_d\_ \`e\` \#**" + "\n"
