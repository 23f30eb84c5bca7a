"""What programs look for: search engines, assistants, people who found a hole."""

import datetime
import re

import pytest
from litestar.testing import TestClient
from lxml import etree

from directory import settings
from directory.channel import NUMBERED
from directory.errors import BadSetting
from directory.language import served
from directory.web.app import create_app

SITE = "https://handrail.example"
CONTACT = "mailto:security@handrail.example"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NEEDS_SITE = ["/sitemap.xml", "/sitemaps/en.xml", "/opensearch.xml"]


@pytest.fixture(scope="module")
def known(releases, noon):
    """The application where its address and a contact are set."""
    app = create_app(releases, lambda: noon, site=SITE, security_contact=CONTACT)
    with TestClient(app, base_url="http://handrail.test") as found:
        yield found


@pytest.fixture(scope="module")
def urls(known):
    """Every address of the sitemaps, with its sisters by language."""
    found = {}
    for one in etree.fromstring(known.get("/sitemap.xml").content):
        answer = known.get(one[0].text.removeprefix(SITE))
        assert answer.headers["content-type"].startswith("application/xml")
        assert len(answer.content) < 50_000_000
        listed = etree.fromstring(answer.content)
        assert len(listed) < 50_000
        for url in listed.iter(f"{MAP}url"):
            found[url.find(f"{MAP}loc").text] = {
                link.get("hreflang"): link.get("href")
                for link in url.iter(f"{XHTML}link")
            }
    return found


def test_a_sitemap_has_every_place_in_every_language(urls, release):
    for lang in served():
        assert f"{SITE}/{lang}/" in urls
        for code, place in release.jurisdictions.items():
            if place.level != "subdivision" or code in release.counts():
                assert f"{SITE}/{lang}/{code.lower()}" in urls
        for one in release.guidance:
            assert f"{SITE}/{lang}/g/{one.page}" in urls


def test_each_page_names_all_its_sisters_and_they_name_it(urls):
    for url, sisters in urls.items():
        assert set(sisters) == {*served(), "x-default"}
        assert url in sisters.values()
        for lang in served():
            assert urls[sisters[lang]] == sisters


def test_what_is_listed_is_there_and_may_be_listed(urls, known):
    some = [*[url for url in urls if "/en/" in url][::9], f"{SITE}/ar/ke"]
    for url in some:
        answer = known.get(url.removeprefix(SITE), follow_redirects=False)
        assert answer.status_code == 200, url
        assert "noindex" not in answer.text, url
        assert f'<link rel="canonical" href="{url}">' in answer.text, url


def test_no_single_service_card_or_search_is_listed(urls, known, release):
    record = release.resource("gb-report-remove")
    for path in (f"/en/r/{record.page}", "/en/search", "/en/ke/card", "/en/nothing"):
        assert SITE + path not in urls
        assert 'name="robots" content="noindex' in known.get(path).text


def test_a_page_that_is_not_there_names_no_address_of_its_own(known):
    assert "canonical" not in known.get("/en/nothing").text


@pytest.mark.parametrize("path", NEEDS_SITE)
def test_without_an_address_nothing_is_made_up(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert "HANDRAIL_SITE" in answer.text
    assert "canonical" not in client.get("/en/ke").text
    assert "Sitemap" not in client.get("/robots.txt").text


def test_a_sitemap_of_no_language_of_ours_is_not_there(known):
    for name in ("xx.xml", "en", "en.txt", ".xml"):
        assert known.get(f"/sitemaps/{name}").status_code == 404


def test_robots_may_read_all_but_what_leads_away_and_what_is_for_mirrors(known):
    from urllib.robotparser import RobotFileParser  # noqa: PLC0415

    rules = RobotFileParser()
    rules.parse(known.get("/robots.txt").text.splitlines())

    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in ("/en/ke", "/api/v1/resources", "/llms.txt", "/s/x.css"):
        assert rules.can_fetch("any", SITE + path)
    for path in ("/weather", "/releases", "/hsds/services"):
        assert not rules.can_fetch("any", SITE + path)


def fields(text):
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_security_txt_is_valid_for_less_than_a_year(known, release):
    answer = known.get("/.well-known/security.txt")
    found = fields(answer.text)
    expires = datetime.datetime.fromisoformat(found["Expires"])

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert found["Contact"] == CONTACT
    assert found["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert found["Preferred-Languages"] == "en"
    assert set(found) == {"Contact", "Canonical", "Preferred-Languages", "Expires"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found["Expires"])
    age = expires - release.manifest.built_at
    assert datetime.timedelta(days=300) < age < datetime.timedelta(days=365)


def test_without_a_contact_none_is_made_up(client):
    answer = client.get("/.well-known/security.txt")

    assert answer.status_code == 404
    assert "HANDRAIL_SECURITY_CONTACT" in answer.text
    assert "Contact:" not in answer.text


@pytest.mark.parametrize(
    "wrong", ["me@x.org", "http://x.org", "mailto:a b", "mailto:a\nExpires: never"]
)
def test_a_contact_that_is_no_address_is_refused_at_the_start(monkeypatch, wrong):
    monkeypatch.setenv("HANDRAIL_SECURITY_CONTACT", wrong)

    with pytest.raises(BadSetting, match="HANDRAIL_SECURITY_CONTACT is no address"):
        settings.security_contact()


def test_llms_txt_tells_the_rules_and_links_that_work(known, client):
    text = known.get("/llms.txt").text

    assert text.startswith("# Handrail\n\n> ")
    for rule in ("exactly as it is spelled", "not yet confirmed", "Never ask for pict"):
        assert rule in text
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) >= 4
    for link in links:
        assert known.get(link.removeprefix(SITE)).status_code == 200
    assert "](/en/001.md)" in client.get("/llms.txt").text


def test_what_llms_txt_asks_to_send_is_understood(known):
    sent = re.findall(
        r"`POST \S+(/api\S+)` with JSON such as `([^`]+)`", known.get("/llms.txt").text
    )

    assert [path for path, _ in sent] == ["/api/v1/search", "/api/v1/plan"]
    for path, body in sent:
        headers = {"Content-Type": "application/json"}
        assert known.post(path, content=body, headers=headers).status_code == 200


def test_a_browsers_search_goes_by_post_and_names_nothing(known):
    answer = known.get("/opensearch.xml", headers={"Accept-Language": "fr"})
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    found = etree.fromstring(answer.content)
    url = found.find(f"{space}Url")

    assert found.find(f"{space}ShortName").text == "Handrail"
    assert url.get("method") == "post"
    assert "?" not in url.get("template")
    name = url.find(f"{space}Param").get("name")
    sent = known.post(url.get("template").removeprefix(SITE), data={name: "enfant"})
    assert sent.status_code == 200
    assert "opensearch" not in known.get("/fr/search").text


def each_node(node):
    if isinstance(node, dict):
        yield node
    for one in node.values() if isinstance(node, dict) else node:
        if isinstance(one, (dict, list)):
            yield from each_node(one)


def test_a_services_description_has_its_numbers_as_spelled_and_none_that_is_low(
    client, release
):
    """Over all the data; what is low has no such description at all."""
    for record in release.resources():
        answer = client.get(f"/en/r/{record.page}.jsonld")
        if record.confidence == "low":
            assert answer.status_code == 404
            continue
        assert answer.headers["content-type"] == "application/ld+json; charset=utf-8"
        node = answer.json()
        told = {one["telephone"] for one in each_node(node) if "telephone" in one}
        known = {
            one.value
            for one in record.channels
            if one.type in {"phone", "sms"} and one.confidence != "low"
        }
        assert told == known, record.id
        assert told <= {c.value for c in record.channels if c.type in NUMBERED}
        assert node["subjectOf"], record.id
        assert all("lastReviewed" in one for one in node["subjectOf"])
        assert {one["identifier"] for one in node["areaServed"]} == set(
            record.jurisdictions
        )


def test_hours_are_described_only_where_they_are_exact_and_confirmed(client, release):
    described = 0
    for record in release.resources():
        if record.confidence == "low":
            continue
        channels = client.get(f"/en/r/{record.page}.jsonld").json()["availableChannel"]
        points = [
            one.get("servicePhone") or one.get("serviceSmsNumber") for one in channels
        ]
        for point in filter(None, points):
            (of_number, *_) = [
                one for one in record.channels if one.value == point["telephone"]
            ]
            for row in point.get("hoursAvailable", ()):
                described += 1
                assert of_number.hours is not None
                assert "hours" not in of_number.unconfirmed
                assert row["opens"] < row["closes"]
                if of_number.hours == "24/7":
                    assert (row["opens"], row["closes"]) == ("00:00", "23:59")
                    assert len(row["dayOfWeek"]) == 7
    assert described > 50


def test_a_service_links_to_its_description_and_a_low_one_does_not(client, release):
    low = next(one for one in release.resources() if one.confidence == "low")
    high = release.resource("ke-child-helpline-116")

    page = client.get(f"/en/r/{high.page}").text
    assert f'href="/en/r/{high.page}.jsonld"' in page
    assert ".jsonld" not in client.get(f"/en/r/{low.page}").text
    assert "<script type" not in page


def test_the_descriptions_address_is_its_pages(known, release):
    record = release.resource("ke-child-helpline-116")
    node = known.get(f"/fr/r/{record.page}.jsonld").json()

    assert node["@id"] == f"{SITE}/fr/r/{record.page}"
    assert node["@type"] == "Service"
