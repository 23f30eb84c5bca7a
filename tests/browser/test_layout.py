"""What is seen, at every size, in every mode and on paper."""

import pytest

from directory import ROOT
from directory.language import direction, served

pytestmark = pytest.mark.browser
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
LONGEST = ("de", "ar")
"""German has the longest words, Arabic runs the other way: they walk every page."""
PICTURED = ("home", "country", "found", "plan in danger", "advice threatened")

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important} p {margin-block-end: 2em !important}`);
  document.adoptedStyleSheets = [sheet];
}"""
"""WCAG 2.2, 1.4.12."""

CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
  if (!one.checkVisibility() || one.closest('.wide, .skip, option')) return false;
  const box = one.getBoundingClientRect();
  return box.left < -1 || box.right > innerWidth + 1
    || (getComputedStyle(one).overflowX !== 'visible' && one.tagName !== 'SELECT'
        && one.tagName !== 'INPUT' && one.scrollWidth > one.clientWidth + 1);
}).map(one => one.outerHTML.slice(0, 100))"""
"""What reaches beyond the screen, or is cut off. A table scrolls in its own frame."""

WEAK = """() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
  return [...document.querySelectorAll('main *')].filter(one =>
    one.checkVisibility() && [...one.childNodes].some(n => n.data && n.data.trim())
    && 1.05 / (light(parse(getComputedStyle(one).color)) + .05) < 4.5
  ).map(one => one.className + ': ' + one.textContent.slice(0, 40));
}"""
"""Text that is hard to read on white paper."""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", list(served()))
def test_no_page_scrolls_sideways(context, visit, kinds, lang, width):
    """Keeps pictures of the main pages, for people to look at."""
    pictures = ROOT / "build" / "screenshots" / lang
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    for kind in kinds:
        if kind not in PICTURED and (width > 320 or lang not in LONGEST):
            continue
        visit(page, lang, kind)
        if kind in PICTURED:
            name = f"{kind.replace(' ', '-')}-{width}.jpg"
            page.screenshot(path=pictures / name, type="jpeg", quality=60)
        seen = page.evaluate(
            """() => [document.documentElement.scrollWidth <= innerWidth,
                      getComputedStyle(document.body).direction]"""
        )
        assert seen == [True, direction(lang)], kind


@pytest.mark.parametrize("lang", ["ar", "de"])
@pytest.mark.parametrize("how", ["as it is", "spaced", "large"])
def test_nothing_is_cut_off(context, visit, lang, how):
    """On a narrow screen, with more space in the text, with text twice as large."""
    page = context.new_page()
    width = 640 if how == "large" else 320
    page.set_viewport_size({"width": width, "height": 640})
    for kind in ("home", "country", "found", "questions 2", "plan in danger", "law"):
        visit(page, lang, kind)
        page.evaluate(OPEN_ALL)
        if how == "spaced":
            page.evaluate(SPACED)
        elif how == "large":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(CUT) == [], kind


@pytest.mark.parametrize("lang", list(served()))
def test_what_is_tapped_is_large_enough(context, visit, lang):
    """24 pixels (WCAG 2.2, 2.5.8); calls, messages and the way out 44."""
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    for kind in ("country", "found", "questions 2", "law"):
        visit(page, lang, kind)
        page.evaluate(OPEN_ALL)
        small = page.evaluate(
            """() => [...document.querySelectorAll('a, button, input, select, summary')]
              .filter(one => {
                if (!one.checkVisibility() || one.matches('.skip')) return false;
                const box = one.getBoundingClientRect();
                const least = one.matches('.tap, [data-leave]') ? 44 : 24;
                return box.height < least || box.width < least;
              }).map(one => one.outerHTML.slice(0, 90))"""
        )
        assert small == [], kind


def test_whom_to_call_is_seen_without_scrolling_on_a_small_phone(context, visit):
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 640})
    visit(page, "en", "country")

    first = page.locator(".choice .tap").first.bounding_box()
    assert first["y"] + first["height"] <= 640


@pytest.mark.parametrize("context", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_for_those_who_ask_for_stillness(context, visit):
    page = context.new_page()
    for kind in ("home", "country", "found", "plan"):
        visit(page, "en", kind)
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter(one => {
              const style = getComputedStyle(one);
              return style.scrollBehavior === 'smooth'
                || [style.animationDuration, style.transitionDuration].some(all =>
                     all.split(',').some(time => parseFloat(time) > 0.01));
            }).map(one => one.outerHTML.slice(0, 90))"""
        )
        assert moving == []


@pytest.mark.parametrize("context", [{"forced_colors": "active"}], indirect=True)
def test_what_is_pressed_has_an_edge_where_colours_are_forced(context, visit):
    """There, backgrounds are gone: only an edge tells a button from a word."""
    page = context.new_page()
    for kind in ("country", "questions 2"):
        visit(page, "en", kind)
        bare = page.evaluate(
            """() => [...document.querySelectorAll('.tap, [data-leave], button')]
              .filter(one => getComputedStyle(one).borderTopStyle === 'none')
              .map(one => one.outerHTML.slice(0, 90))"""
        )
        assert bare == []


@pytest.mark.parametrize("context", [{"color_scheme": "dark"}, {}], indirect=True)
def test_paper_shows_names_and_numbers_in_black_on_white(context, visit):
    page = context.new_page()
    page.emulate_media(media="print")
    for kind in ("country", "plan in danger", "service", "found"):
        visit(page, "en", kind)
        numbers = page.locator(".number")
        assert numbers.count() > 0 or kind == "service"
        for one in (*numbers.all(), *page.locator("main bdi[lang]").all()):
            assert one.is_visible()
        assert page.evaluate(WEAK) == [], kind
        grounds = page.evaluate(
            """() => [...document.querySelectorAll('html, body, .danger, main .tap')]
              .map(one => getComputedStyle(one).backgroundColor)"""
        )
        assert set(grounds) == {"rgba(0, 0, 0, 0)"}
        assert not page.locator("[data-leave]").is_visible()
        assert page.locator("main button:visible").count() == 0
