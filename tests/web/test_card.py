"""Cards to print: short, neutral, and the same numbers as everywhere else."""

import asyncio
import gzip
import re

import pytest
import segno
from lxml import html

from directory.emergency import numbers_for
from directory.language import served
from directory.web.app import create_app
from directory.web.export.asked import answer
from directory.web.templating import static

TOPICS = re.compile(
    r"abus|sex|porn|csam|victim|surviv|violen|crim|missbrauch|gewalt|opfer|viol|"
    r"إساءة|جنس|यौन|शोषण",
    re.IGNORECASE,
)


def parsed(answered):
    return html.fromstring(answered.content)


@pytest.mark.parametrize("form", ["card", "card/pocket"])
@pytest.mark.parametrize("lang", list(served()))
@pytest.mark.parametrize("code", ["ke", "eg", "ua", "pn", "us-tx", "001"])
def test_our_own_words_on_a_card_name_no_topic(client, lang, code, form):
    page = parsed(client.get(f"/{lang}/{code}/{form}"))
    place = parsed(client.get(f"/{lang}/{code}"))
    ours = page.xpath("//title | //h1 | //h2 | //*[@class='screen']")

    assert (
        page.findtext(".//h1") == place.findtext(".//h1") == page.findtext(".//title")
    )
    assert [
        one.text_content() for one in ours if TOPICS.search(one.text_content())
    ] == []


def test_a_small_card_names_no_service_at_all(client, release):
    text = parsed(client.get("/en/gb/card/pocket")).xpath("//article")[0].text_content()

    names = {name for one in release.of("GB") for name in one.name.values()}
    assert [name for name in names if name in text] == []
    assert "0800 1111" in text


@pytest.mark.parametrize("form", ["card", "card/pocket"])
@pytest.mark.parametrize("code", ["KE", "UA", "ZM", "TM", "US"])
def test_every_emergency_number_of_the_place_is_on_its_card(
    client, release, code, form
):
    page = parsed(client.get(f"/en/{code.lower()}/{form}"))
    places = release.jurisdictions
    (urgent, *_) = page.xpath("//section[contains(@class, 'urgent')]")

    assert {one.value for one, _ in numbers_for(places[code], places)} == {
        one.text for one in urgent.xpath(".//bdi")
    }


def test_where_no_number_is_known_the_card_says_what_to_do(client):
    assert "don&#39;t know an emergency number" in client.get("/en/pn/card").text


def test_paper_says_hours_and_not_what_is_open_now(client):
    text = parsed(client.get("/en/eg/card")).text_content()

    assert "Sun–Wed 08:15–15:00; Thu 08:15–12:00 (Cairo)" in text
    assert "open now" not in text.lower()
    assert "closed now" not in text.lower()


def test_one_service_for_the_young_and_for_adults_stands_there_once(client):
    headings = [
        one.text for one in parsed(client.get("/en/bd/card")).xpath("//section/h2")
    ]

    assert (headings) == [
        "In danger now?",
        "Someone to talk to",
        "To report something online",
    ]


@pytest.mark.parametrize("form", ["card", "card/pocket"])
def test_a_square_code_is_there_where_the_sites_address_is_known(
    client, releases, noon, form
):
    app = create_app(releases, lambda: noon, site="https://example.org")
    known = html.fromstring(asyncio.run(answer(app, f"/ar/ke/{form}")))
    drawn = known.xpath("//article")[0].xpath(".//*[local-name()='path']/@d")

    svg = segno.make_qr("https://example.org/ar/ke", error="m").svg_inline(border=4)
    assert [drawn[0] in svg] == [True]
    assert "example.org/ar/ke" in known.text_content()
    assert parsed(client.get(f"/ar/ke/{form}")).xpath("//main//svg") == []


@pytest.mark.parametrize("form", ["card", "card/pocket"])
@pytest.mark.parametrize("lang", ["en", "hi", "ar"])
def test_a_card_and_its_styles_come_in_the_first_packets(client, lang, form):
    sheets = b"".join(static(name)[1] for name in ("style.css", "card.css"))
    for code in ("ua", "gb", "us", "tm"):
        page = client.get(f"/{lang}/{code}/{form}").content
        assert len(gzip.compress(page)) + len(gzip.compress(sheets)) < 14_480


def test_the_page_of_a_place_leads_to_its_card_and_back(client):
    place = parsed(client.get("/en/ke"))
    card = parsed(client.get("/en/ke/card"))

    assert "/en/ke/card" in place.xpath("//main//a/@href")
    assert card.xpath("//main//a/@href") == ["/en/ke", "/en/ke/card/pocket"]


def test_the_styles_of_cards_are_kept_like_the_others(client):
    address = static("card.css")[0]
    kept = client.get(address)

    assert kept.content == static("card.css")[1]
    assert "immutable" in kept.headers["cache-control"]
    assert client.get("/s/000000000000.css").headers["cache-control"] == "no-store"
