"""The site as files: the same facts, no moment, and nothing that needs a server."""

import datetime
import re

import msgspec
import pytest
from lxml import html

from directory import labels
from directory.language import catalogue
from directory.plan.plan import plan
from directory.plan.situation import Situation
from directory.web.export.manifest import MANIFEST, Manifest
from directory.web.export.write import export

PLACES = ["001", "CA", "CA-QC", "EG", "KE", "US", "US-TX"]
"""Those asked for, and the wider ones that they lead to."""

NEUTRAL = re.compile(
    r"(?:en|ar)/(?:index|about|coverage|privacy|search|r/[a-z2-7]{8}|g/[a-z2-7]{6}"
    r"|[a-z0-9-]{2,6}(?:/(?:law|plan|privacy|card|card/pocket))?)\.html"
)


@pytest.fixture(scope="module")
def pages(exported):
    """Every page, by its file's name."""
    return {
        path.relative_to(exported).as_posix(): html.fromstring(path.read_bytes())
        for path in exported.rglob("*.html")
    }


def manifest_of(folder):
    return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)


def dialled(page):
    return {href for href in page.xpath("//a/@href") if href.startswith("tel:")}


def test_has_every_page_of_its_places_in_each_language(pages, release):
    names = {
        *("index", "about", "coverage", "privacy", "search"),
        *(f"g/{one.page}" for one in release.guidance),
        *(f"r/{one.page}" for code in PLACES for one in release.of(code)),
        *(code.lower() for code in PLACES),
        *(
            f"{code.lower()}/{name}"
            for code in PLACES
            for name in ("law", "plan", "privacy", "card", "card/pocket")
        ),
    }
    wanted = {f"{lang}/{name}.html" for lang in ("en", "ar") for name in names}

    assert {"index.html", *wanted} == set(pages)


def test_the_first_page_is_a_choice_of_its_languages(pages):
    links = pages["index.html"].xpath("//main//a")

    assert [one.get("href") for one in links] == ["en/index.html", "ar/index.html"]
    assert [one.get("lang") for one in links] == ["en", "ar"]


@pytest.mark.parametrize("path", ["en/ke", "ar/us", "en/001", "en/us-tx"])
def test_a_page_has_the_numbers_of_the_live_one(client, pages, path):
    live = html.fromstring(client.get(f"/{path}").content)

    assert dialled(live) == dialled(pages[f"{path}.html"])


def test_lists_and_links_name_only_places_that_it_has(pages):
    home = pages["en/index.html"].xpath("//ul[@class='countries']//a/@href")
    covered = pages["en/coverage.html"].xpath("//tbody//a/@href")
    finder = pages["en/search.html"].xpath("//ul[@class='countries']//a/@href")

    assert ["ca.html", "eg.html", "ke.html", "us.html"] == home == covered
    assert {"us-tx.html", "ca-qc.html"} == set(finder) - set(home)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_page_says_what_is_open_at_a_moment(pages, lang):
    say = catalogue(lang).gettext
    momentary = [
        say(text).split("%")[0].strip()
        for text in (
            *(labels.OPEN, labels.OPEN_UNTIL, labels.CLOSED, labels.OPENS_AT),
            *(labels.PROBABLY_OPEN, labels.PROBABLY_CLOSED),
        )
    ]
    for file, page in pages.items():
        if file.startswith(f"{lang}/"):
            text = page.text_content()
            assert [one for one in momentary if one in text] == [], file
            assert page.xpath("//*[contains(@class, 'state open')]") == []


def test_hours_are_told_in_words_with_their_zone(pages, release):
    record = release.resource("eg-unhcr-child-protection")
    shown = pages[f"en/r/{record.page}.html"].text_content()

    assert "Sun–Wed 08:15–15:00; Thu 08:15–12:00 (Cairo)" in shown
    assert "Day and night, every day" in pages["en/ke.html"].text_content()


def test_nothing_waits_for_a_server_that_is_not_there(pages):
    for file, page in pages.items():
        assert page.xpath("//form | //button | //input | //select") == [], file
        assert "/api/" not in html.tostring(page).decode()


def test_the_way_out_leads_straight_outside_and_privacy_says_what_that_means(pages):
    for page in pages.values():
        (leave,) = page.xpath("//a[@data-leave]")
        assert leave.get("href") == "https://weather.example/"
        assert leave.get("rel") == "noreferrer"
        assert page.xpath("//meta[@name='referrer']/@content") == ["no-referrer"]
    text = pages["en/privacy.html"].text_content()
    assert "Back button is not guarded" in text
    assert "For two minutes" not in text


def test_no_path_and_no_title_says_what_it_is_about(pages):
    assert [one for one in pages if not NEUTRAL.fullmatch(one)] == ["index.html"]
    titles = {page.findtext(".//title") for page in pages.values()}
    allowed = {"Handrail", "Details", "Good to know", "Your next steps", "Find help"}
    english = {
        t for f, p in pages.items() if f[:3] == "en/" for t in p.xpath("//title")
    }
    assert {
        one.text for one in english if not one.text.startswith(("Help ", "Privacy: "))
    } - allowed == {"About", "What is in it", "Privacy", "Search"}
    assert all(titles)


def test_a_plan_is_the_planners_and_people_with_the_same_plan_share_it(pages, release):
    page = pages["en/ke/plan.html"]
    by_label = {
        one.findtext("summary").strip(): one for one in page.xpath("//main/details")
    }
    threatened = by_label["Someone is threatening me"]
    who, *_ = threatened.xpath("details")
    made = plan(
        Situation(located_in="KE", role="child", needs=("blackmail",)), release, None
    )

    assert (
        who.findtext("summary")
        == "I am a child (under 13) · I am a young person (13 to 17)"
    )
    assert [f"../r/{step.offer.record.page}.html" for step in made.steps] == [
        one.get("href") for one in who.xpath(".//p[@class='who']/a")
    ]
    assert len(by_label) == 9


def test_without_a_moment_what_is_always_open_comes_first(release):
    made = plan(Situation(located_in="KE"), release, None)

    assert made.steps[0].offer.opening.state == "open"


def test_the_manifest_says_what_it_is_and_weighs(exported, release):
    files = [path for path in exported.rglob("*") if path.is_file()]
    made = manifest_of(exported)

    assert release.id == made.release
    assert release.manifest.sequence == made.sequence
    assert release.manifest.facts_as_of == made.facts_as_of
    assert len(files) == made.files
    weighed = sum(path.stat().st_size for path in files if path.name != MANIFEST)
    assert weighed == made.bytes
    assert sorted(made.places) == PLACES


def test_the_heaviest_places_keep_their_budgets(exported, release, tmp_path):
    """Those with most services, in the language that takes most bytes."""
    heaviest = export(
        release,
        tmp_path / "copy",
        datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
        leave_to="https://weather.example/",
        places=["US-TX", "CA-QC"],
        languages=["hi"],
    )

    assert manifest_of(exported).over_budget() == []
    assert heaviest.over_budget() == []
    assert heaviest.places["US"]["hi"].all > 50_000


def test_a_heavy_place_is_named_with_its_bytes(exported):
    made = manifest_of(exported)
    heavy = msgspec.structs.replace(made.places["KE"]["en"], page=20_000)
    found = msgspec.structs.replace(made, places={"KE": {"en": heavy}}).over_budget()

    assert found == ["KE in en: its page has 20,000 bytes compressed, over 14,480"]
