"""What other sites show within their pages, and the page where they get the code."""

import base64
import hashlib
import html
import re

import html5lib
import pytest

from directory.language import direction, served
from directory.web.app import create_app
from directory.web.embed_theme import GROUNDS, accent_of, contrast, modes_of
from directory.web.templating import STATIC, earlier_script, embedded

LANGUAGES = list(served())


def framed(answer):
    return "frame-ancestors *" in answer.headers["content-security-policy"]


def travelling(client, path):
    """The bytes of a body as they travel in gzip."""
    asked = {"Accept-Encoding": "gzip"}
    with client.stream("GET", path, headers=asked) as answer:
        return len(b"".join(answer.iter_raw()))


def parsed(text):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(text)


def code(client, lang="en", **chosen):
    """The two pieces of code for what was chosen, as they are copied."""
    answer = client.post(f"/{lang}/embed", data=chosen)
    assert answer.status_code == 200
    found = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    return [html.unescape(one) for one in found]


def test_only_what_is_made_for_it_may_be_framed(client, releases):
    """Each route there is, with what its parts may be; refusals, too."""
    seen = set()
    for route in create_app(releases).app.app.routes:
        for lang, code_ in (("en", "ke"), ("zz", "zz")):
            path = re.sub(r"{(lang|version)(:\w+)?}", lang, route.path_format)
            path = re.sub(r"{\w+(:\w+)?}", code_, path)
            for method in ("GET", "POST"):
                answer = client.request(method, path, follow_redirects=False)
                policy = answer.headers["content-security-policy"]
                embeddable = path.startswith("/embed/")
                assert framed(answer) == embeddable, path
                assert ("frame-ancestors 'none'" in policy) != embeddable, path
                open_ = answer.headers["cross-origin-resource-policy"] == "cross-origin"
                assert open_ or not embeddable, path
                seen.add(embeddable)
    assert seen == {True, False}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["ke", "us-tx", "pn", "001"])
def test_a_frame_is_a_sound_page_of_the_place(client, lang, place):
    answer = client.get(f"/embed/{lang}/{place}")
    tree = parsed(answer.text)

    assert tree.get("lang") == lang
    assert tree.get("dir") == direction(lang)
    assert len(tree.findall(".//h1")) == len(tree.findall(".//main")) == 1
    assert tree.find(".//a").get("href") == "/weather"
    assert tree.find(".//a").get("target") == "_top"
    assert tree.find(".//script") is None
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers


def test_a_frame_holds_numbers_sources_days_and_the_way_to_the_whole_page(client):
    text = client.get("/embed/en/ke").text

    assert '<a class="tap" href="tel:999">' in text
    assert 'class="number">0800 722 203</bdi>' in text
    assert "Open now" in text
    assert re.search(r"From a page of [^<]*, read on 21 November 2026 · <bdi>", text)
    assert "Facts as of 21 November 2026" in text
    assert '<a href="/en/ke" target="_blank" rel="noreferrer noopener">' in text


def test_no_link_of_a_frame_stays_within_it(client):
    """Our pages can't be framed, nor can those of most services."""
    for place in ("ke", "de", "001", "zz"):
        tree = parsed(client.get(f"/embed/en/{place}").text)
        for one in tree.iter("a"):
            web = one.get("href").startswith(("/", "http"))
            assert (one.get("target") in {"_blank", "_top"}) == web, one.attrib
            assert "noreferrer" in one.get("rel", "") or not web


def test_a_need_shows_its_choice_alone(client):
    tree = parsed(client.get("/embed/en/ke?need=report").text)

    assert [one.text for one in tree.iterfind(".//article/h2")] == [
        "I want to report something"
    ]


@pytest.mark.parametrize("asked", ["need=zq", "theme=zq", "accent=zq", "utm_source=zq"])
def test_what_is_not_known_is_left_aside_and_never_repeated(client, asked):
    """An embedded page is never empty, and never a fault, for a slip of its site."""
    answer = client.get(f"/embed/en/ke?{asked}")

    assert answer.status_code == 200
    assert answer.text == client.get("/embed/en/ke").text
    assert "zq" not in answer.text


@pytest.mark.parametrize(
    ("asked", "lang"), [("de-AT", "de"), ("sw", "en"), ("AR", "ar"), ("x" * 99, "en")]
)
def test_a_language_that_is_not_served_is_answered_in_the_next_best(
    client, asked, lang
):
    assert f'<html lang="{lang}"' in client.get(f"/embed/{asked}/ke").text
    assert client.get(f"/embed/{asked}/KE.json").json()["lang"] == lang


def test_a_place_that_is_none_still_leads_to_help(client):
    answer = client.get("/embed/fr/zz")
    links = [one.get("href") for one in parsed(answer.text).iter("a")]

    assert answer.status_code == 404
    assert links == ["/weather", "/fr/", "/fr/001"]
    assert framed(answer)
    assert client.get("/embed/fr/zz.json").json()["status"] == 404


def test_the_facts_are_those_of_the_frame(client):
    """One place says the same whichever way it is embedded."""
    for lang in ("en", "ar"):
        for place in ("ke", "us", "pn"):
            facts = client.get(f"/embed/{lang}/{place}.json").json()
            page = client.get(f"/embed/{lang}/{place}").text
            shown = html.unescape(re.sub("<[^>]+>", "", page))
            said = [
                facts["title"],
                facts["danger"],
                facts["everything"],
                facts["leave"],
            ]
            said += [one["label"] for one in facts["choices"]]
            for one in facts["choices"]:
                said += [one["name"]["text"], one["proof"], one.get("publisher", "")]
                said += [way["shown"] for way in one["ways"]]
                said += [way.get("said", "") for way in one["ways"]]
                said.append(one["next"]["way"]["shown"] if one.get("next") else "")
            said += [way["shown"] for one in facts["numbers"] for way in one["ways"]]
            said += facts["notes"] + ([] if facts["numbers"] else [facts["no_number"]])
            assert [one for one in said if one not in shown] == [], (lang, place)


def test_the_facts_are_open_to_every_origin_and_say_no_need(client):
    answer = client.get(
        "/embed/en/ke.json", headers={"Origin": "https://school.example"}
    )

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == client.get("/embed/en/ke.json?need=report").content


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_ways_stay_light(client, release, lang):
    script = travelling(client, embedded("handrail.js")[0])
    style = travelling(client, embedded("frame.css")[0])
    assert script <= 3_000
    for code_, place in release.jurisdictions.items():
        if (
            place.level == "country"
            and lang != "hi"
            and code_ not in {"US", "GB", "IN"}
        ):
            continue
        if place.level != "subdivision":
            path = f"/embed/{lang}/{code_.lower()}"
            assert style + travelling(client, path) <= 10_000, code_
            assert script + travelling(client, f"{path}.json") <= 10_000, code_


def test_a_script_with_a_version_stays_and_others_do_not(client):
    address, content = embedded("handrail.js")
    kept = client.get(address)

    assert kept.content == content
    assert "immutable" in kept.headers["cache-control"]
    for other in ("/embed/handrail.js", "/embed/0123456789ab/handrail.js"):
        answer = client.get(other)
        assert answer.content == content
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["access-control-allow-origin"] == "*"


def test_an_earlier_script_is_served_for_as_long_as_a_page_may_hold_its_hash(
    client, tmp_path, monkeypatch
):
    monkeypatch.setattr("directory.web.templating.EARLIER", tmp_path)
    (tmp_path / "0123456789ab.js").write_text("earlier")

    assert client.get("/embed/0123456789ab/handrail.js").text == "earlier"
    assert earlier_script("../handrail") is None


def test_the_script_is_of_2017_and_builds_the_page_without_markup():
    script = embedded("handrail.js")[1].decode()

    for banned in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"):
        assert banned not in script
    for banned in ("eval(", "Function(", "Storage", "cookie", ".style", "?.", "??"):
        assert banned not in script
    assert re.findall(r"credentials: \"omit\"", script)
    assert not re.search(r"\{ ?\.\.\.", script)  # of 2018


def test_colours_are_used_only_where_they_can_be_read(client):
    assert modes_of("1f5f63") == ("light",)
    assert modes_of("8fd0cf") == ("dark",)
    assert modes_of("808080") == ()
    assert accent_of("#1F5F63", "auto") == "1f5f63"
    assert accent_of("1f5f63", "dark") is None
    assert accent_of("red;}", "auto") is None
    assert contrast("000000", "ffffff") == pytest.approx(21)
    sheet = client.get("/embed/theme/1f5f63.css")
    assert "dark" not in sheet.text
    assert "--calm:#1f5f63" in sheet.text
    for wrong in ("zz.css", "1f5f63", "1F5F63.css", "1f5f63}.css"):
        assert client.get(f"/embed/theme/{wrong}").status_code == 404


def test_the_grounds_are_those_of_the_stylesheet():
    style = (STATIC / "frame.css").read_text()
    known = re.findall(r"--(?:paper|card):#(\w+)", style)
    wide = [
        one if len(one) == 6 else "".join(2 * part for part in one) for one in known
    ]

    assert wide == [*GROUNDS["light"], *GROUNDS["dark"], *GROUNDS["dark"]]


def test_a_theme_is_a_class_and_a_colour_a_stylesheet(client):
    text = client.get("/embed/en/ke?theme=dark&accent=8fd0cf").text

    assert 'class="dark"' in text
    assert '<link rel="stylesheet" href="/embed/theme/8fd0cf.css">' in text
    assert "style=" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_code_to_copy_is_for_the_choice(client, lang):
    frame, element = code(
        client, lang, place="KE", need="report", theme="dark", accent="8fd0cf"
    )
    inner = parsed(f"<!doctype html><title>x</title><body>{frame}").find(".//iframe")
    address = html.unescape(inner.get("src"))

    assert address.endswith(f"/embed/{lang}/ke?need=report&theme=dark&accent=8fd0cf")
    assert client.get(address).status_code == 200
    assert inner.get("referrerpolicy") == "no-referrer"
    assert "allow-scripts" not in inner.get("sandbox")
    assert "allow-same-origin" not in inner.get("sandbox")
    assert 'jurisdiction="KE" need="report" theme="dark"' in element


def test_the_code_of_the_element_holds_its_hash_and_dated_facts(client, release):
    _, element = code(client, place="KE", need="report")
    address, content = embedded("handrail.js")
    digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
    tree = parsed(f"<!doctype html><title>x</title><body>{element}")
    inside = tree.find(".//handrail-help")
    told = " ".join("".join(inside.itertext()).split())

    assert f'{address}" integrity="sha384-{digest}" crossorigin="anonymous"' in element
    assert {"tel:999", "tel:0800722203"} <= {
        one.get("href") for one in inside.iter("a")
    }
    assert "0800 722 203" in told
    assert "Facts as of 21 November 2026" in told
    assert inside.get("data-until") > release.manifest.facts_as_of.isoformat()
    assert "lang" not in inside.attrib
    assert 'lang="ar"' in code(client, place="KE", spoken="ar")[1]


def test_no_code_without_a_place_and_none_for_a_place_that_is_none(client):
    assert code(client, place="") == []
    assert client.post("/en/embed", data={"place": "zz"}).status_code == 404
    assert (
        client.post("/en/embed", data={"place": "KE", "spoken": "zz"}).status_code
        == 404
    )


def test_a_colour_that_is_too_weak_is_left_out_and_said_to_be(client):
    answer = client.post("/en/embed", data={"place": "KE", "accent": "#808080"})

    assert "hard to read" in answer.text
    assert "808080" not in html.unescape(answer.text).split('id="code"')[1]


def test_the_page_about_us_leads_to_the_code(client):
    assert '<a href="/en/embed">' in client.get("/en/about").text
