"""Pages as browsers of 2016 show them: Chrome 55, Firefox 50, Safari 10, Android 5.

Chromium gets the stylesheet without what those don't know. Years and versions are from
MDN's browser-compat-data (css/properties/*.json, css/selectors/*.json).
"""

import re
from itertools import pairwise

import pytest

pytestmark = pytest.mark.browser

YOUNGER = {
    r"(margin|padding)-(inline|block)": 2020,  # Chrome 87, Safari 14.1
    r"(margin|padding)-(inline|block)-(start|end)": 2018,  # Chrome 69, Safari 12.1
    r"border-(inline|block)(-.*)?": 2018,  # Chrome 69, Safari 12.1
    r"inset(-.*)?": 2020,  # Chrome 87, Safari 14.1
    r"(row-|column-)?gap": 2020,  # in flex: Chrome 84, Safari 14.1
    r"grid(-.*)?": 2017,  # Chrome 57, Firefox 52, Safari 10.1
    r"scroll-(padding|margin)(-.*)?": 2018,  # Chrome 69
    r"text-underline-offset": 2020,  # Chrome 87
    r"text-wrap": 2023,  # Chrome 114
    r"content-visibility": 2020,  # Chrome 85
    r"(accent|caret)-color": 2021,  # Chrome 93; 2017, Chrome 57
    r"aspect-ratio": 2021,  # Chrome 88
    r"place-(items|content|self)": 2017,  # Chrome 59
}
"""Properties, each with the year in which the last of those browsers' makers had it."""
VALUES = {
    r"\banywhere\b": 2020,  # overflow-wrap: Chrome 80, Safari 15.4
    r"\b(min|max|clamp)\(": 2020,  # Chrome 79, Firefox 75
    r"\bgrid\b": 2017,
    r"\bflow-root\b": 2018,  # Chrome 58, Safari 13
    r"\bmin-content\b|\bmax-content\b|\bfit-content\b": 2018,
    r"\d(dvh|svh|lvh)\b": 2022,
    r"color-mix\(|light-dark\(|oklch\(": 2023,
}
SELECTORS = re.compile(r":focus-visible|:focus-within|:is\(|:where\(|:has\(|::details")
MEDIA = re.compile(r"prefers-|forced-colors|hover|pointer|scripting")
BASE = "https?://[^/]+/s/"
PATHS = ["/", "/ke", "/search", "/us", "/coverage"]


WEAK_TEXT = """() => {
    const parse = c => c.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
      .reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
    const ground = e => { for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
    return [...document.querySelectorAll('body *')].filter(e =>
      e.checkVisibility() && [...e.childNodes].some(n =>
        n.nodeType === 3 && n.data.trim())).filter(e => {
      const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
      return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5;
    }).map(e => e.className + ': ' + e.textContent.slice(0, 40));
  }"""
"""Texts with a contrast of less than 4.5 to 1 (WCAG 2.2, 1.4.3)."""


def blocks(style):
    """Each rule's head and body, of the outermost level."""
    head, depth, start = "", 0, 0
    for at, letter in enumerate(style):
        if letter == "{":
            if not depth:
                head, start = style[start:at].strip(), at + 1
            depth += 1
        elif letter == "}":
            depth -= 1
            if not depth:
                yield head, style[start:at]
                start = at + 1


def is_younger(declaration, *, variables):
    name, _, value = (part.strip() for part in declaration.partition(":"))
    return (
        any(re.fullmatch(one, name) for one in YOUNGER)
        or any(re.search(one, value) for one in VALUES)
        or (not variables and (name.startswith("--") or "var(" in value))
    )


def aged(style, *, variables=True):
    """What a browser of 2016 keeps of a stylesheet; `variables` came in Chrome 49."""
    kept = []
    for head, body in blocks(style):
        if head.startswith("@media"):
            if not MEDIA.search(head):
                kept.append(f"{head}{{{aged(body, variables=variables)}}}")
        elif head.startswith("@") or SELECTORS.search(head):
            continue
        else:
            known = [
                one
                for one in body.split(";")
                if one.strip() and not is_younger(one, variables=variables)
            ]
            kept.append(f"{head}{{{';'.join(known)}}}")
    return "\n".join(kept)


@pytest.fixture(params=[True, False], ids=["2016", "without-variables"])
def old_page(request, context):
    """A page of 320 px whose stylesheet lost what is younger."""

    def answered(route):
        answer = route.fetch()
        body = aged(answer.text(), variables=request.param)
        assert "inset" not in body
        assert ("var(" in body) == request.param
        route.fulfill(response=answer, body=body)

    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 568})
    page.route(re.compile(rf"{BASE}.*\.css"), answered)
    return page


@pytest.mark.parametrize("lang", ["en", "ar", "hi"])
def test_the_way_out_stays_in_view_and_is_read(old_page, site, lang):
    for path in PATHS:
        old_page.goto(f"{site}/{lang}{path}")
        old_page.mouse.wheel(0, 3000)
        leave = old_page.locator("[data-leave]")
        box = leave.bounding_box()
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] >= 568 / 2
        assert box["y"] + box["height"] <= 568
        on_left = box["x"] < 160
        assert on_left == (lang == "ar")
        look = leave.evaluate(
            "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
        )
        assert look[0] != look[1]
        assert look[1] != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("lang", ["en", "ar", "hi"])
def test_nothing_is_cut_off_and_calls_are_large_enough(old_page, site, lang):
    for path in PATHS:
        old_page.goto(f"{site}/{lang}{path}")
        wide = old_page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, path
        for one in old_page.locator(".numbers .tap, .taps .tap").all():
            assert one.bounding_box()["height"] >= 44
        left = old_page.locator("h1").bounding_box()["x"]
        assert left >= 8


def test_words_and_numbers_stay_apart(old_page, site):
    """Where flex knows no gap, things laid side by side would touch."""
    old_page.goto(f"{site}/en/ke")
    for row in ("nav.languages > *", "header nav a", ".numbers .tap"):
        boxes = [one.bounding_box() for one in old_page.locator(row).all()]
        assert len(boxes) > 1
        for one, other in pairwise(boxes):
            if other["y"] < one["y"] + one["height"] / 2:
                assert other["x"] - (one["x"] + one["width"]) >= 3, row


def test_the_link_past_the_menu_is_hidden_until_it_is_reached(old_page, site):
    old_page.goto(f"{site}/en/ke")
    skip = old_page.locator(".skip")
    box = skip.bounding_box()
    assert box["y"] + box["height"] <= 0

    old_page.keyboard.press("Tab")
    assert skip.bounding_box()["y"] >= 0
    assert skip.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert skip.evaluate("e => parseFloat(getComputedStyle(e).outlineWidth)") >= 2


def test_text_stands_out_from_its_ground(old_page, site):
    """Also where half of the colours are missing."""
    for path in ("/en/ke", "/en/search", "/en/pn"):
        old_page.goto(f"{site}{path}")
        assert old_page.evaluate(WEAK_TEXT) == []


def test_what_is_folded_is_there_where_folding_is_unknown(old_page, site):
    """A browser without `details` shows its content, with the heading as plain text."""
    old_page.goto(f"{site}/en/ke")
    old_page.evaluate(
        """() => document.querySelectorAll('details').forEach(one => {
             const plain = document.createElement('div');
             plain.append(...one.childNodes);
             one.replaceWith(plain);
           })"""
    )

    assert old_page.locator("summary").first.is_visible()
    assert all(one.is_visible() for one in old_page.locator("article .tap").all())
