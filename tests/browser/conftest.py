"""A real Chromium before a real server. Where there is none, only CI insists on it."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def site(releases, start_server):
    """The address of a running server."""
    address, _ = start_server(releases)
    return address


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("HANDRAIL_CI"):
            pytest.fail("CI has no Chromium")
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


@pytest.fixture
def context(browser, request):
    """A fresh profile; parametrise indirectly with its options."""
    found = browser.new_context(**getattr(request, "param", {}))
    yield found
    found.close()


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


@pytest.fixture(scope="session")
def weak_text():
    """A function that gives a page's texts with a contrast of less than 4.5 to 1
    (WCAG 2.2, 1.4.3)."""
    return lambda page: page.evaluate(WEAK_TEXT)
