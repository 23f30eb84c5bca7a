"""The page on what can be seen of a call, place by place."""

import html5lib
import pytest

from directory.language import served


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        answer.text
    )


def text_of(node):
    return " ".join("".join(node.itertext()).split())


def after(page, heading):
    """The text between a heading and the next one."""
    said, inside = [], False
    for node in page.find(".//main"):
        if node.tag in {"h1", "h2", "h3"}:
            inside = heading in text_of(node)
        elif inside:
            said.append(text_of(node))
    return " ".join(said)


def test_a_line_known_to_be_off_the_bill_is_named_with_its_number_and_source(client):
    page = page_of(client, "/en/es/privacy")
    known = after(page, "does not show on the bill")

    assert "016" in known
    assert "Stays in the phone's own call list" in known
    assert "read on 21 November 2026 · El Periódico Extremadura" in known
    assert "900 20 20 10" not in known


def test_the_page_shown_beside_a_line_is_the_one_that_speaks_of_the_bill(client):
    """Not the newest page of the record, which may be silent on it."""
    known = after(page_of(client, "/en/dk/privacy"), "does not show on the bill")

    assert "From a page of 2018" in known
    assert "Child Helpline International" in known


def test_a_line_of_which_nothing_is_known_is_assumed_to_show(client):
    unknown = after(page_of(client, "/en/es/privacy"), "What we don't know")

    assert "Assume that it does" in unknown
    assert "900 20 20 10" in unknown
    assert "112" in unknown
    assert "016" not in unknown.split()


def test_a_place_shows_its_own_rule_and_that_of_the_union(client):
    rule = after(page_of(client, "/en/de/privacy"), "The rule")

    assert rule.index("Federal Network Agency") < rule.index("European Union")
    assert "TDDDG" in rule
    assert "read on" in rule


def test_a_member_state_without_a_rule_falls_back_to_the_union(client):
    page = page_of(client, "/en/pl/privacy")
    rule = after(page, "The rule")

    assert rule.startswith("European Union")
    assert "does not have to list free calls" in rule


def test_a_part_of_a_country_has_the_lines_and_the_rule_of_the_country(client):
    page = page_of(client, "/en/gb-wls/privacy")

    assert "0800 1111" in after(page, "does not show on the bill")
    assert "Freephone" in after(page, "The rule")


@pytest.mark.parametrize("territory", ["ai", "gg", "fo"])
def test_a_territory_is_not_judged_by_the_state_that_it_belongs_to(client, territory):
    page = page_of(client, f"/en/{territory}/privacy")

    assert "no rule on phone bills" in after(page, "The rule")
    assert "does not show on the bill" not in text_of(page.find(".//main"))


def test_a_part_of_the_union_overseas_has_its_rule(client):
    assert "European Union" in after(page_of(client, "/en/gp/privacy"), "The rule")


def test_a_place_of_which_nothing_is_known_says_so(client):
    page = page_of(client, "/en/ke/privacy")

    assert "no rule on phone bills" in after(page, "The rule")
    assert "does not show on the bill" not in text_of(page.find(".//main"))
    assert "Assume that it does" in after(page, "What we don't know")
    assert "spying app" in text_of(page.find(".//main"))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_number_reads_from_left_to_right(client, lang):
    page = page_of(client, f"/{lang}/es/privacy")
    numbers = page.findall(".//main//bdi[@class='number']")

    assert page.get("dir") == ("rtl" if lang == "ar" else "ltr")
    assert "016" in {one.text for one in numbers}
    assert {one.get("dir") for one in numbers} == {"ltr"}


@pytest.mark.parametrize("path", ["/privacy", "/ke/privacy"])
def test_the_general_part_is_on_both_pages_and_promises_nothing(client, path):
    said = text_of(page_of(client, f"/en{path}").find(".//main"))

    assert "What we can't hide" in said
    assert "No way is sure to leave nothing behind" in said
    assert "no trace" not in said.lower()
    assert "you should have" not in said.lower()


def test_the_page_of_a_place_leads_to_it_by_a_neutral_title(client):
    link = page_of(client, "/en/ke").find(".//main//a[@href='/en/ke/privacy']")
    page = page_of(client, "/en/ke/privacy")

    assert link.text == "Privacy: Kenya"
    assert page.find(".//title").text == "Privacy: Kenya"
    assert page.find(".//main//a[@href='/en/ke']") is not None


def test_an_unknown_place_and_an_unknown_language_have_no_such_page(client):
    assert "xx" not in served()
    assert client.get("/xx/ke/privacy").status_code == 404
    assert client.get("/en/zz/privacy").status_code == 404


def test_the_rule_is_in_the_api_under_its_own_topic(client):
    laws = client.get("/api/v1/jurisdictions/PL/law").json()["laws"]

    assert "call-records" in {
        fact["topic"] for law in laws for fact in law.get("facts", ())
    }
