"""Somebody who uses the keyboard alone reaches everything, and sees where they are."""

import pytest

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const seen = ([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (one === top || one.contains(top));
  };
  const points = [...one.getClientRects()].flatMap(part => [
    [(part.left + part.right) / 2, (part.top + part.bottom) / 2],
    [part.left + 3, part.top + 3], [part.right - 3, part.bottom - 3]]);
  return {
    what: one.outerHTML.slice(0, 90),
    href: one.getAttribute('href'),
    name: one.getAttribute('name'),
    tag: one.tagName,
    ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: points.some(seen),
  };
}"""
"""The focused element; `seen` when a point of it isn't under anything else."""


def press(page, key="Tab", times=1):
    for _ in range(times):
        page.keyboard.press(key)
    return page.evaluate(FOCUSED)


def tab_to(page, wanted, most=80):
    """Presses Tab until `wanted` holds of what is focused."""
    for _ in range(most):
        focused = press(page)
        if focused and wanted(focused):
            return focused
    pytest.fail("not reached with the keyboard")
    return None


def test_the_first_stops_are_the_help_and_the_way_out(context, visit):
    page = context.new_page()
    for kind in ("home", "country", "found", "plan", "questions 2", "not there"):
        visit(page, "en", kind)
        assert press(page)["href"] == "#main"
        assert page.locator(".skip").bounding_box()["x"] >= 0
        assert press(page)["href"] == "/weather", kind


def test_the_keyboard_alone_finds_a_number(context, visit):
    page = context.new_page()
    visit(page, "en", "home")
    tab_to(page, lambda one: one["name"] == "place")
    page.keyboard.type("Kenya")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/en/ke")

    press(page)
    page.keyboard.press("Enter")  # skips to the help
    assert press(page)["href"] == "tel:999"
    tab_to(page, lambda one: one["href"] == "tel:116")
    tab_to(page, lambda one: one["tag"] == "SUMMARY")
    page.keyboard.press("Enter")
    assert tab_to(page, lambda one: one["tag"] == "A")["seen"]
    assert page.locator("details[open]").count() == 1


def test_the_keyboard_alone_makes_a_whole_plan(context, visit):
    page = context.new_page()
    visit(page, "en", "questions 1")

    def next_page():
        tab_to(page, lambda one: 'value="next"' in one["what"])
        with page.expect_navigation():
            page.keyboard.press("Enter")

    tab_to(page, lambda one: one["name"] == "located_in")
    page.keyboard.type("Germany")
    next_page()
    tab_to(page, lambda one: one["name"] == "age")
    page.keyboard.type("15")
    tab_to(page, lambda one: 'value="blackmail"' in one["what"])
    page.keyboard.press("Space")
    next_page()
    tab_to(page, lambda one: one["name"] == "platform")
    page.keyboard.type("Roblox")
    next_page()
    tab_to(page, lambda one: 'value="show"' in one["what"])
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator(".steps > li").count() > 3
    assert tab_to(page, lambda one: (one["href"] or "").startswith("tel:"))["seen"]
    tab_to(page, lambda one: one["tag"] == "SUMMARY")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("kind", ["country", "found", "questions 2"])
def test_what_has_the_focus_is_ringed_and_never_hidden(context, visit, kind, lang):
    """On a small screen, or a large one enlarged (WCAG 2.2, 2.4.7 and 2.4.11)."""
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 256})
    visit(page, lang, kind)
    page.evaluate("document.querySelectorAll('details').forEach(o => o.open = true)")
    hidden, stops = [], 0
    for way in ("Tab", "Shift+Tab"):
        while focused := press(page, way):
            stops += 1
            if not (focused["seen"] and focused["ringed"]):
                hidden.append((way, focused))

    assert hidden == []
    assert stops > 15
