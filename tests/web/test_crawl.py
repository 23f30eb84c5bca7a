"""Everything that a reader can come to by following links: no dead end, no link that
leads astray, no number that dials anything but what it shows, no telling address."""

import html
import re

import pytest

from directory.channel import NUMBERED
from directory.dialling import digits
from directory.language import served
from directory.web.app import create_app

ANCHOR = re.compile(r'<a [^>]*href="([^"]*)"')
LEADS = re.compile(
    r"#[\w.-]+$|#shape-\w+$|/(?!/)|(tel|sms):[+*%\d]|mailto:[\w.+-]+@[\w.-]+$|https?://[\w.-]+\.\w{2}"
)
DIALS = re.compile(
    r'<a class="tap" href="((?:tel|sms):[^"]+)"[^>]*>'
    r'(?:<svg class="icon" aria-hidden="true"><use href="#i-(?:call|text)"/></svg>'
    r"<span><span[^>]*>[^<]*</span>)?"
    r'<bdi dir="ltr" class="number">([^<]+)</bdi>(?:</span>)?</a>'
)
TELLING = {
    "en": r"abus|sex|porn|csam|nude|victim|surviv|violen|crim|rape|groom|blackmail|"
    r"extort|threat|traffick|offend|incest",
    "es": r"abus|sex|porno|v[íi]ctima|supervivi|violen|violaci|delito|chantaj|amenaz|"
    r"desnud|agresi",
    "fr": r"abus|sexe|sexu|porno|victime|surviv|violen|\bviol\b|crime|chantage|menace|"
    r"agress|\bnue?s?\b",
    "de": r"missbrauch|sex|porno|opfer|gewalt|überleb|verbrech|straftat|erpress|droh|"
    r"nackt|vergewalt|täter",
    "ar": r"إساءة|اعتداء|جنس|إباح|ضحي|ضحاي|ناجي|ناجو|عنف|جريم|ابتزاز|تهديد|"
    r"اغتصاب|عار[يى]",
    "hi": r"यौन|शोषण|दुर्व्यवहार|अश्लील|पीड़ित|हिंसा|अपराध|बलात्कार|धमकी|ब्लैकमेल|नग्न|उत्पीड़न",
}
"""Words that a title or an address must not hold: somebody may look on, or look back
into the history."""
ROUTES_TELL = re.compile(
    TELLING["en"] + r"|help|child|report|hotline|safe", re.IGNORECASE
)


@pytest.fixture(scope="module")
def pages(client):
    """Every page in English that links lead to from the first: its path, its HTML."""
    found, ahead = {}, ["/en/"]
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 200, path
        found[path] = answer.text
        links = map(html.unescape, ANCHOR.findall(answer.text))
        ahead += [href for href in links if href.startswith("/en/")]
    return found


def test_links_lead_to_every_country_and_every_service(pages, release):
    for code, place in release.jurisdictions.items():
        if place.level == "country" or code in release.counts():
            assert f"/en/{code.lower()}" in pages
    for code in release.counts():
        for record in release.of(code):
            assert f"/en/r/{record.page}" in pages, record.id


def test_links_lead_only_where_they_may(pages):
    for path, text in pages.items():
        for href in ANCHOR.findall(text):
            assert LEADS.match(html.unescape(href)), (path, href)


def test_what_a_number_dials_is_what_it_shows(pages):
    """Over all the data; and dialled digits are ASCII, whatever the page shows."""
    for path, text in pages.items():
        found = DIALS.findall(text)
        assert len(found) == len(re.findall(r'href="(?:tel|sms):', text)), path
        for href, shown in found:
            pressed = href.split(":")[1].replace("%23", "#")
            assert re.fullmatch(r"\+?[0-9*#]+", pressed), (path, href)
            assert digits(shown) == digits(pressed), (path, href)
            assert shown.strip().startswith("+") == pressed.startswith("+"), path


def test_a_number_is_spelled_as_its_publisher_does(pages, release):
    for code in release.counts():
        for record in release.of(code):
            text = pages[f"/en/r/{record.page}"]
            for channel in record.channels:
                if channel.type in NUMBERED:
                    number = html.escape(channel.value, quote=False)
                    assert f'class="number">{number}</bdi>' in text, record.id


def test_an_emergency_number_is_spelled_as_in_the_records(pages, release):
    for code, place in release.jurisdictions.items():
        for number in place.emergency if f"/en/{code.lower()}" in pages else ():
            assert f">{number.value}</bdi></a>" in pages[f"/en/{code.lower()}"], code


@pytest.mark.parametrize("lang", list(served()))
def test_no_title_says_what_a_page_is_about(client, kinds, lang):
    telling = re.compile(TELLING[lang] + "|" + TELLING["en"], re.IGNORECASE)
    for kind, (path, form) in kinds.items():
        to = f"/{lang}{path}"
        answer = client.post(to, data=form) if form else client.get(to)
        title = re.search("<title>(.*?)</title>", answer.text)[1]
        assert not telling.search(html.unescape(title)), kind


def test_no_address_says_what_a_page_is_about(pages, releases):
    """Nor that it helps anybody; a wider place's name is its own."""
    for path in pages:
        assert not ROUTES_TELL.search(path), path
    for route in create_app(releases).app.app.routes:
        if not route.path.startswith("/api/"):
            assert not ROUTES_TELL.search(route.path), route.path


def test_the_icon_shows_and_says_nothing(client):
    icon = client.get("/icon.svg").text

    assert not re.search("<text|<title|<desc|<image", icon)
