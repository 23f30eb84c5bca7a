"""The pages: every page in every language says the same facts, and keeps quiet."""

import re

import html5lib
import pytest

from directory.language import served
from directory.resource import short_of
from directory.web.templating import static

LANGUAGES = list(served())
PATHS = [
    "/",
    "/ke",
    "/pn",
    "/us",
    "/us-tx",
    "/eu",
    "/001",
    "/search",
    "/about",
    "/privacy",
    "/plan",
    "/coverage",
    "/in/law",
    "/ke/privacy",
    "/es/privacy",
    "/ke/card",
    "/ke/card/pocket",
]


def parsed(answer):
    """The page as a strict HTML parser reads it: any fault in it fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(answer.text)


@pytest.mark.parametrize("path", [*PATHS, "/nothing"])
def test_a_page_sets_nothing_and_asks_nobody_else(client, path):
    answer = client.get(f"/en{path}")

    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert re.findall(r"<script[^>]*>[^<]*", answer.text) == [
        f'<script src="{static("page.js")[0]}" defer>'
    ]
    assert not re.search(r"(?:src|srcset|action)=[\"']?(?:https?:)?//", answer.text)
    assert not re.search(r"<link[^>]+href=\"(?!/)", answer.text)
    assert "preconnect" not in answer.text
    assert " style=" not in answer.text


def test_behind_tls_browsers_are_told_to_stay_there(client):
    behind = client.get("/en/ke", headers={"X-Forwarded-Proto": "https"})

    assert "max-age=63072000" in behind.headers["strict-transport-security"]
    assert "strict-transport-security" not in client.get("/en/ke").headers


def test_near_a_border_both_countries_are_offered(client):
    strasbourg = client.post("/en/go", data={"near": "48.6,7.8"})
    links = [one.get("href") for one in parsed(strasbourg).findall(".//section//a")]

    assert links[:2] in (["/en/fr", "/en/de"], ["/en/de", "/en/fr"])


def test_out_on_the_sea_the_reader_is_asked_to_type(client):
    answer = client.post("/en/go", data={"near": "0,-30"})

    assert "Try the country" in answer.text


def test_what_is_no_point_is_refused_with_a_page(client):
    assert client.post("/en/go", data={"near": "there"}).status_code == 400


def test_leaving_clears_what_the_browser_keeps_and_closes_the_way_back(visitor):
    answer = visitor.get("/weather", follow_redirects=False)

    assert answer.status_code == 303
    assert not answer.headers["location"].startswith("/")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "Max-Age=120" in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]
    back = visitor.get("/en/ke", follow_redirects=False)
    assert back.status_code == 303
    assert back.headers["location"] == answer.headers["location"]
    assert visitor.get("/api/v1/resources/int-stopncii").status_code == 200


def test_over_tls_the_cookie_is_for_tls_only(visitor):
    headers = {"X-Forwarded-Proto": "https"}
    answer = visitor.get("/weather", headers=headers, follow_redirects=False)

    assert "Secure" in answer.headers["set-cookie"]


def test_the_first_page_speaks_the_browsers_language_and_guesses_no_country(client):
    german = client.get("/", headers={"Accept-Language": "de-CH,de;q=0.9"})
    unknown = client.get("/", headers={"Accept-Language": "xx, \x7f;;q=9"})

    assert parsed(german).get("lang") == "de"
    assert parsed(unknown).get("lang") == "en"
    assert "Accept-Language" in german.headers["vary"]
    assert "selected" not in german.text


def test_a_country_page_shows_the_emergency_number_before_everything(client):
    page = parsed(client.get("/en/ke"))
    first = page.find(".//main//a[@class='tap']")

    assert first.get("href") == "tel:999"
    assert "danger" in page.find(".//main/section").get("class")


def test_a_place_without_a_number_says_so_and_what_to_do(client):
    page = client.get("/en/pn").text

    assert "don&#39;t know an emergency number" in page
    assert "tel:999" not in page


def test_a_country_page_names_who_to_try_next(client):
    assert "If nobody answers:" in client.get("/en/ke").text


def test_what_a_country_lacks_is_named_with_the_wider_place(client):
    page = client.get("/en/ke").text

    assert "What we could not find here" in page
    assert 'href="/en/001"' in page


def test_regions_are_linked_and_not_listed(client):
    page = client.get("/en/us").text

    assert 'href="/en/us-tx"' in page
    assert "us-tx-" not in page


def test_unknown_hours_are_not_said_to_be_closed(client, release):
    record = release.resource("gb-report-remove")
    assert all(channel.hours is None for channel in record.channels)

    assert "closed" not in client.get(f"/en/r/{record.page}").text.lower()


def test_a_fact_shows_the_day_its_page_was_read(client, release):
    record = release.resource("ke-child-helpline-116")

    assert "read on 21 November 2026" in client.get(f"/en/r/{record.page}").text
    assert "Confirmed on" not in client.get(f"/en/r/{record.page}").text


def test_search_by_form_leaves_nothing_in_the_address(client):
    answer = client.post("/en/search", data={"q": "nudes leaked", "jurisdiction": "IN"})

    assert answer.status_code == 200
    assert "services found" in answer.text or "service found" in answer.text
    assert "nudes" not in str(answer.url)
    assert parsed(answer) is not None


def test_search_goes_on_to_a_second_page_without_repeating(client):
    first = client.post("/en/search", data={"q": "child"})
    cursor = re.search(r'name="cursor" value="([^"]+)"', first.text)[1]
    second = client.post("/en/search", data={"q": "child", "cursor": cursor})
    found = [
        set(re.findall(r"/en/r/[a-z2-7]{8}", page.text)) for page in (first, second)
    ]

    assert found[1]
    assert not found[0] & found[1]


@pytest.mark.parametrize(
    "data", [{"age": "x"}, {"place": "qqxxzz"}, {"cursor": "x"}, {"q": "a" * 400}]
)
def test_a_form_filled_in_wrongly_says_so_kindly(client, data):
    answer = client.post("/en/search", data=data)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert parsed(answer) is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_is_let_paste_an_address(client, lang):
    answer = client.post(f"/{lang}/search", data={"q": "http://example.org/a.jpg"})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "found" not in answer.text.split("</form>")[-1]


@pytest.mark.parametrize("name", ["coverage", "plan", "search", "about", "privacy"])
def test_a_page_without_a_language_leads_to_the_readers(client, name):
    headers = {"Accept-Language": "fr"}
    answer = client.get(f"/{name}", headers=headers, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/fr/{name}"


def test_what_is_typed_is_never_markup(client):
    answer = client.post("/en/search", data={"q": '"><b id=x>&'})

    assert "<b id=x>" not in answer.text


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("Kenya", "/en/ke"),
        ("ke", "/en/ke"),
        ("Deutschland", "/en/de"),
        ("Lyon", "/en/fr"),
    ],
)
def test_a_typed_country_or_town_leads_to_its_page(client, typed, path):
    answer = client.post("/en/go", data={"place": typed}, follow_redirects=False)

    assert answer.status_code == 303
    assert path == answer.headers["location"]


def test_a_place_nobody_knows_is_answered_on_the_first_page(client):
    answer = client.post("/en/go", data={"place": "qqxxzz"}, follow_redirects=False)

    assert answer.status_code == 404
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("method", "path"), [("GET", "/xyz"), ("POST", "/ke")])
def test_an_error_is_a_page_in_the_readers_language(client, lang, method, path):
    answer = client.request(method, f"/{lang}{path}")
    page = parsed(answer)

    assert answer.status_code in {404, 405}
    assert lang == page.get("lang")
    assert page.find(f".//a[@href='/{lang}/']") is not None


def test_one_address_a_place(client):
    answer = client.get("/en/KEN", follow_redirects=False)

    assert answer.status_code == 301
    assert answer.headers["location"] == "/en/ke"


def test_the_stylesheet_may_be_kept_for_ever_under_its_own_name(client):
    address = re.search(r'href="(/s/[^"]+)"', client.get("/en/").text)[1]

    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/s/old.css").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_machine_translation_says_that_it_is_one(client, lang):
    page = parsed(client.get(f"/{lang}/"))
    notes = len(page.findall(".//footer/p"))

    assert (2 if served()[lang].state == "source" else 3) == notes


def test_every_record_has_a_page_that_a_strict_parser_reads(client, release):
    for code in release.counts():
        for record in release.of(code)[::9]:
            answer = client.get(f"/ar/r/{record.page}")
            assert answer.status_code == 200
            parsed(answer)


def test_the_page_of_a_service_that_is_gone_leads_to_its_successor(client, release):
    led = 0
    for record_id, why in release.retired().items():
        answer = client.get(f"/en/r/{short_of(record_id)}", follow_redirects=False)
        if why.successor:
            led += 1
            assert answer.headers["location"] == f"/en/r/{short_of(why.successor)}"
            assert client.get(answer.headers["location"]).status_code == 200
        else:
            assert answer.status_code == 410
            assert "no longer listed" in answer.text

    assert led > 0
