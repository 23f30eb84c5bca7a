"""Cards as Chromium prints them: one sheet each, and nothing cut off."""

import io

import pytest
from pypdf import PdfReader

from directory.dialling import digits

pytestmark = pytest.mark.browser

FULLEST = [
    "/en/ua",
    "/de/zm",
    "/de/um",
    "/fr/jm",
    "/hi/tm",
    "/es/bd",
    "/ar/gb",
    "/es/za-wc",
]
"""Places whose cards have most on them."""


def numbers_on(page):
    return {digits(text) for text in page.locator("article .number").all_inner_texts()}


@pytest.mark.parametrize("form", ["card", "card/pocket"])
@pytest.mark.parametrize("place", ["/en/ke", "/ar/eg", *FULLEST])
def test_a_card_prints_on_one_sheet_with_every_number(context, site, place, form):
    page = context.new_page()
    page.goto(f"{site}{place}/{form}")
    shown = numbers_on(page)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    words = "".join(sheets[0].extract_text().split())
    printed = digits(words)

    assert len(sheets) == 1
    assert [round(float(side) / 72 * 25.4) for side in sheets[0].mediabox[2:]] == [
        *(210, 297)
    ]
    assert [one for one in shown if one not in printed] == []


@pytest.mark.parametrize("place", ["/en/ke", "/ar/eg", *FULLEST])
def test_nothing_on_a_folded_card_is_cut_off(context, site, place):
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(f"{site}{place}/card/pocket")
    for panel in page.locator(".panel").all():
        assert panel.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
        assert panel.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
        box = panel.bounding_box()
        assert 84 < box["width"] / 96 * 25.4 <= 85.6
        assert 53 < box["height"] / 96 * 25.4 <= 54
