"""What only a browser can tell: what is seen, sent and kept."""

import pytest

from directory.language import direction, served

pytestmark = pytest.mark.browser
PATHS = [
    "/",
    "/ke",
    "/us",
    "/001",
    "/search",
    "/privacy",
    "/plan",
    "/in/law",
    "/coverage",
]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", list(served()))
def test_no_page_scrolls_sideways(context, site, lang, width):
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    for path in PATHS:
        page.goto(f"{site}/{lang}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path


@pytest.mark.parametrize("lang", ["ar", "hi", "en"])
def test_numbers_are_seen_in_the_order_of_their_digits(context, site, lang):
    """In a right-to-left page a bare number is shown with its groups turned round."""
    page = context.new_page()
    for path in ("/gb", "/za", "/de"):
        page.goto(f"{site}/{lang}{path}")
        wrong = page.evaluate(
            """() => [...document.querySelectorAll('.number')].filter(one => {
                 const text = one.firstChild, range = document.createRange();
                 let last = -Infinity;
                 if (!one.checkVisibility()) return false;
                 for (let i = 0; i < text.length; i++) {
                   if (!/\\d/.test(text.data[i])) continue;
                   range.setStart(text, i); range.setEnd(text, i + 1);
                   const left = range.getBoundingClientRect().left;
                   if (left <= last) return true;
                   last = left;
                 }
                 return false;
               }).map(one => one.textContent)"""
        )
        assert wrong == []


def test_a_visit_asks_nobody_else_and_leaves_nothing_stored(context, site):
    asked = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        page.goto(f"{site}/en{path}")
    page.goto(f"{site}/en/search")
    page.fill("#q", "nudes leaked")
    page.select_option("select[name=jurisdiction]", "IN")
    page.click("main button")

    assert [url for url in asked if not url.startswith(f"{site}/")] == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert f"{site}/en/search" == page.url
    assert page.locator(".found li").count() > 0


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_everything_works_without_script(context, site):
    page = context.new_page()
    page.goto(f"{site}/en/")
    page.fill("#place", "Kenya")
    page.click("main button")
    assert "/en/ke" in page.url

    page.locator("summary").first.click()
    assert page.locator("details[open] .tap").first.is_visible()

    page.goto(f"{site}/en/search")
    page.fill("#q", "child helpline")
    page.click("main button")
    page.locator(".found summary").first.click()
    assert page.locator(".found details[open] .tap").first.is_visible()


def test_whom_to_call_is_seen_without_scrolling_on_a_small_phone(context, site):
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{site}/en/ke")

    first = page.locator(".choice .tap").first.bounding_box()
    assert first["y"] + first["height"] <= 640


@pytest.mark.parametrize("lang", list(served()))
def test_what_is_tapped_is_large_enough(context, site, lang):
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/{lang}/ke")
    for one in page.locator(".numbers .tap, .taps .tap").all():
        box = one.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44
    assert direction(lang) == page.evaluate("getComputedStyle(document.body).direction")


@pytest.mark.parametrize("context", [{"color_scheme": "dark"}, {}], indirect=True)
def test_text_stands_out_from_its_ground(context, site):
    """Contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), light and dark."""
    page = context.new_page()
    for path in ("/en/ke", "/en/search", "/en/pn"):
        page.goto(f"{site}{path}")
        weak = page.evaluate(
            """() => {
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
        )
        assert weak == []


def test_a_printed_plan_has_every_step_and_nothing_to_press(context, site):
    page = context.new_page()
    page.goto(f"{site}/en/plan")
    page.select_option("#located_in", "DE")
    page.click("button[value=next]")
    page.select_option("#role", "young-person")
    page.fill("#age", "15")
    page.check("input[value=blackmail]")
    page.click("button[value=next]")
    page.select_option("#platform", "roblox")
    page.select_option("#hosted_in", "US")
    page.select_option("#happened_in", "FR")
    page.click("button[value=show]")
    page.emulate_media(media="print")

    steps = page.locator(".steps > li")
    assert steps.count() > 4
    assert all(steps.nth(n).is_visible() for n in range(steps.count()))
    assert not page.locator("main button").is_visible()
    assert not page.locator("[data-leave]").is_visible()
