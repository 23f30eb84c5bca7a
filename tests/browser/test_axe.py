"""What axe-core can tell of every kind of page: no fault of WCAG 2.2 AA, nor of its
own best practices. The other tests here look at what it can't tell."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from directory.language import served

pytestmark = pytest.mark.browser
AXE = Axe()
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
TWICE = "document.documentElement.style.fontSize = '200%'"
MODES = {
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "large text": {},
}
OFTEN = ["country", "found", "questions 2", "plan in danger"]
"""The kinds that hold everything there is to style: numbers, forms, steps, notes."""
ADVICE = {"advice threatened", "advice thoughts"}
"""Pages of advice differ in their words alone."""

REVIEWED = {
    # Beyond the edge of the table's own scroller axe can't see the ground; the colours
    # are the page's own, measured in every other cell.
    ("coverage", "color-contrast"),
    ("for programs", "color-contrast"),
    # Within the frame is a page of its own, which test_embed.py looks at.
    ("embedded", "frame-tested"),
}
"""What axe leaves to a person, and a person has looked at."""


def faults(page, *, system_colours=False):
    """The rules that found a fault or couldn't tell, each with its first element.

    In forced colours the system chooses the colours, and axe reads ours: its contrast
    means nothing there.
    """
    rules = {
        "target-size": {"enabled": True},
        "color-contrast": {"enabled": not system_colours},
    }
    options = {"resultTypes": ["violations", "incomplete"], "rules": rules}
    answer = AXE.run(page, options=options).response
    return (
        {one["id"]: one["nodes"][0]["html"] for one in answer["violations"]},
        {one["id"]: one["nodes"][0]["html"] for one in answer["incomplete"]},
    )


def sound(page, kind, **options):
    page.evaluate(OPEN_ALL)
    wrong, unsure = faults(page, **options)
    assert wrong == {}, kind
    assert {(kind, rule) for rule in unsure} <= REVIEWED, unsure


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("ar", 320)])
def test_axe_finds_no_fault_in_any_kind_of_page(context, visit, kinds, lang, width):
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    for kind in kinds:
        if kind.startswith("advice ") and kind not in ADVICE:
            continue
        visit(page, lang, kind)
        sound(page, kind)


@pytest.mark.parametrize("lang", [one for one in served() if one not in {"en", "ar"}])
def test_axe_finds_no_fault_in_any_language(context, visit, lang):
    page = context.new_page()
    for kind in ("country", "plan in danger"):
        visit(page, lang, kind)
        sound(page, kind)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("mode", list(MODES))
def test_axe_finds_no_fault_in_any_mode(browser, visit, mode, lang):
    with browser.new_context(**MODES[mode]) as context:
        page = context.new_page()
        page.set_viewport_size({"width": 640, "height": 640})
        for kind in OFTEN:
            visit(page, lang, kind)
            if mode == "large text":
                page.evaluate(TWICE)
            sound(page, kind, system_colours="forced" in mode)


def test_axe_sees_the_faults_that_are_planted(context):
    page = context.new_page()
    page.set_content(
        """<html><body><h1>A</h1><h3>B</h3><img src="data:,"><button></button>
        <input><p style="color:#999;background:#fff">weak</p>
        <a href="#x" style="display:inline-block;height:9px;width:9px"></a>
        <ul><p>no item</p></ul></body></html>"""
    )
    wrong, _ = faults(page)

    assert set(wrong) >= {
        "html-has-lang",
        "document-title",
        "image-alt",
        "button-name",
        "label",
        "link-name",
        "color-contrast",
        "list",
        "heading-order",
    }
