"""What holds of every kind of page in every language."""

import re
import unicodedata

import html5lib
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from directory.language import direction, negotiate, served

LANGUAGES = list(served())
CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NUMBER = re.compile(r"(?<![\w/])\+?\(?\d[\d\s().\u2011-]{3,}\d")
PERIOD = re.compile(r"\b(19|20)\d\d\s?[–-]\s?(19|20)\d\d\b")


def shown(client, kinds, kind, lang):
    path, form = kinds[kind]
    if form is None:
        return client.get(f"/{lang}{path}")
    return client.post(f"/{lang}{path}", data=form)


def parsed(answer):
    """The page as a strict HTML parser reads it: any fault in it fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(answer.text)


@pytest.fixture(scope="module")
def pages(client, kinds):
    """Every kind in every language, parsed: (kind, language, answer, tree)."""
    found = []
    for lang in LANGUAGES:
        for kind in kinds:
            answer = shown(client, kinds, kind, lang)
            found.append((kind, lang, answer, parsed(answer)))
    return found


def each(tree):
    return [one for one in tree.iter() if isinstance(one.tag, str)]


def texts(tree):
    """Each piece of text with the element around it."""
    for one in each(tree):
        if one.tag not in {"style", "script"}:
            if one.text:
                yield one, one.text
            for child in one:
                if child.tail:
                    yield one, child.tail


def test_every_page_says_its_language_and_has_one_heading(pages, kinds):
    for kind, lang, answer, tree in pages:
        said = kind, lang
        refused = {"wrong": 400, "not there": 404, "not a place": 404}
        assert answer.status_code == refused.get(kind, 200), said
        assert b'<meta charset="utf-8">' in answer.content[:1024], said
        assert "charset=utf-8" in answer.headers["content-type"], said
        assert lang == tree.get("lang"), said
        assert direction(lang) == tree.get("dir"), said
        assert len(tree.findall(".//h1")) == 1, said
        assert tree.find(".//title").text.strip(), said
        assert len(tree.findall(".//main")) == 1, said


def test_every_tag_of_a_language_is_one(pages):
    for kind, lang, _, tree in pages:
        for one in each(tree):
            for name in ("lang", "hreflang"):
                if tag := one.get(name):
                    assert Locale.parse(tag, sep="-"), (kind, lang, tag)
            if one.get("dir"):
                assert one.get("dir") in {"ltr", "rtl", "auto"}


def test_other_languages_lead_to_the_same_page(pages, kinds, client):
    """And those of a page that was sent by a form to the form's own page."""
    for kind, lang, _, tree in pages:
        path, _ = kinds[kind]
        others = {
            one.get("hreflang"): one.get("href")
            for one in tree.iterfind(".//nav/a[@hreflang]")
        }
        here = "/" if kind in {"not there", "not a place", "near"} else path
        assert others == {tag: f"/{tag}{here}" for tag in LANGUAGES if tag != lang}, (
            kind
        )


def test_text_is_marked_up_and_not_steered_by_invisible_signs(pages):
    for kind, lang, _, tree in pages:
        for one in each(tree):
            assert not {"align", "style"} & set(one.attrib), kind
            assert one.tag not in {"b", "i"}, kind
            if one.tag == "input" and one.get("type", "text") in {"text", "search"}:
                assert one.get("dir") or one.get("inputmode") == "numeric", kind
        for _, text in texts(tree):
            assert not CONTROLS.search(text), (kind, lang, text)
            assert text == unicodedata.normalize("NFC", text), (kind, lang, text)


def test_numbers_in_a_page_from_right_to_left_are_kept_apart(pages):
    for kind, lang, _, tree in pages:
        if direction(lang) != "rtl":
            continue
        apart = {
            inner
            for one in each(tree)
            if one.tag == "bdi" or one.get("dir") == "ltr"
            for inner in one.iter()
        }
        for one, text in texts(tree):
            if one not in apart:
                assert not NUMBER.search(PERIOD.sub("", text)), (kind, text)


def test_names_are_kept_apart_and_say_their_language(pages):
    for kind, _, _, tree in pages:
        names = [
            *tree.iterfind(".//p[@class='who']/a"),
            *tree.iterfind(".//p[@class='then']/a"),
            *tree.iterfind(".//li/details/summary"),
            *tree.iterfind(".//h3/a"),
        ]
        for one in names:
            if one.get("class") != "tap":
                assert one.find("bdi") is not None, kind
                assert not (one.text or "").strip(), kind
        if kind in {"country", "found", "plan"}:
            assert len([one for one in names if one.find("bdi[@lang]") is not None]) > 2


def test_the_way_out_and_the_way_about_keep_their_place(pages):
    """Skip link, leave, home, the way about, languages, and the foot (3.2.3, 3.2.6)."""
    orders = set()
    for _, lang, _, tree in pages:
        hrefs = [one.get("href").removeprefix(f"/{lang}") for one in tree.iter("a")]
        body = [one.tag.split("}")[-1] for one in tree.find("body")]
        orders.add((*hrefs[:5], *hrefs[-3:], *body))
        assert len(tree.findall(".//a[@data-leave]")) == 1

    assert orders == {
        (
            *("#main", "/weather", "/", "/", "/search"),
            *("/about", "/coverage", "/privacy"),
            *("a", "header", "nav", "main", "footer", "svg"),
        )
    }


def test_help_in_an_emergency_comes_first_wherever_it_is(pages):
    for kind, _, _, tree in pages:
        main = [one for one in tree.find(".//main") if one.tag != "h1"]
        if kind in {"country", "region", "wider", "world", "no number"}:
            assert main[0].get("class") == "danger", kind
            assert len(tree.findall(".//section[@class='danger']")) == 1
        if kind == "plan in danger":
            steps = tree.findall(".//ol[@class='steps']/li")
            assert steps[0].find("ul[@class='numbers']") is not None
            assert all(one.find("ul[@class='numbers']") is None for one in steps[1:])


@given(st.text(max_size=60))
def test_whatever_a_browser_asks_for_a_language_answers(asked):
    assert negotiate(asked) in served()


@given(
    st.text(
        st.characters(min_codepoint=9, max_codepoint=255, exclude_characters="\r\n\0"),
        max_size=60,
    )
)
def test_a_header_of_garbage_gets_the_first_page(client, asked):
    headers = {b"accept-language": asked.encode("latin-1")}
    answer = client.get("/", headers=headers)

    assert answer.status_code == 200
    assert re.search(r'<html lang="([a-z]+)"', answer.text)[1] in LANGUAGES
