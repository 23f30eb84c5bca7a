"""What only a browser can tell: what is sent and kept, what script changes, and how
numbers stand and are read out."""

import pytest

from directory.dialling import digits

pytestmark = pytest.mark.browser

TURNED = """() => [...document.querySelectorAll('.number, main bdi')].filter(one => {
  const marks = [];
  if (!one.checkVisibility() || !/^[\\d\\s()+*#.\\/–-]+$/.test(one.textContent))
    return false;
  const range = document.createRange(), text = one.firstChild;
  for (let i = 0; i < text.length; i++) {
    range.setStart(text, i); range.setEnd(text, i + 1);
    const box = range.getBoundingClientRect();
    if (box.width && text.data[i].trim()) marks.push([box.left, text.data[i]]);
  }
  marks.sort((a, b) => a[0] - b[0]);
  return marks.map(mark => mark[1]).join('') !== text.data.replace(/\\s/g, '');
}).map(one => one.textContent)"""
"""Numbers whose marks, from left to right as they are seen, aren't as they are written.
In a right-to-left page a bare `0800 1111` is shown as `1111 0800`."""


@pytest.mark.parametrize("lang", ["ar", "hi"])
def test_numbers_are_seen_in_the_order_of_their_digits(context, site, lang):
    page = context.new_page()
    for code in ("gb", "za", "de", "us", "fr", "jp", "br", "eg", "au", "se"):
        page.goto(f"{site}/{lang}/{code}")
        page.evaluate(
            "document.querySelectorAll('details').forEach(o => o.open = true)"
        )
        assert page.locator(".number").count() > 2
        assert page.evaluate(TURNED) == [], code


def test_a_number_that_is_not_kept_apart_is_seen_turned_round(context):
    """So that the test above can fail."""
    page = context.new_page()
    page.set_content('<p dir=rtl><span class="number">0800 1111</span></p>')

    assert page.evaluate(TURNED) == ["0800 1111"]


def test_a_number_is_read_out_as_its_digits_after_its_way(context, site):
    """Its name for a screen reader is what is seen, and nothing put over it."""
    page = context.new_page()
    page.goto(f"{site}/en/gb")
    links = page.locator("main a[href^='tel:']:visible, main a[href^='sms:']:visible")
    for link in links.all():
        seen = " ".join(link.inner_text().split())
        assert f'link "{seen}"' in link.aria_snapshot()
        assert digits(link.locator(".number").inner_text()) == digits(
            link.get_attribute("href").replace("%23", "#")
        )
    assert page.get_by_role("link", name="Phone 0800 1111", exact=True).count() > 0
    assert (
        page.locator("main [aria-label*='0800'], main [aria-hidden]:not(svg)").count()
        == 0
    )


def test_a_visit_asks_nobody_else_and_leaves_nothing_stored(
    context, site, visit, kinds
):
    asked = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for kind in kinds:
        visit(page, "en", kind)
    page.goto(f"{site}/en/search")
    page.fill("#q", "nudes leaked")
    page.select_option("select[name=jurisdiction]", "IN")
    page.click("main button:not([type])")

    assert [url for url in asked if not url.startswith(f"{site}/")] == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert f"{site}/en/search" == page.url
    assert page.locator(".found li").count() > 0


def test_without_script_every_page_says_the_same(browser, visit, kinds):
    with (
        browser.new_context() as with_script,
        browser.new_context(java_script_enabled=False) as without,
    ):
        pages = with_script.new_page(), without.new_page()
        for kind in kinds:
            if kind.startswith("advice ") and kind != "advice threatened":
                continue
            said = []
            for page in pages:
                visit(page, "en", kind)
                said.append(page.locator("body").text_content())
            assert said[0] == said[1], kind
            assert len(said[0]) > 300


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_everything_works_without_script(context, site):
    page = context.new_page()
    page.goto(f"{site}/en/")
    page.fill("#place", "Kenya")
    page.click("main button:not([type])")
    assert "/en/ke" in page.url

    page.locator("main summary").first.click()
    assert page.locator("details[open] .tap").first.is_visible()

    page.goto(f"{site}/en/search")
    page.fill("#q", "child helpline")
    page.click("main button:not([type])")
    page.locator(".found summary").first.click()
    assert page.locator(".found details[open] .tap").first.is_visible()

    page.goto(f"{site}/en/ke")
    page.locator("nav.languages a[hreflang=ar]").click()
    assert page.url.endswith("/ar/ke")
    page.locator("main form button").click()
    page.select_option("#located_in", "KE")
    page.click("button[value=show]")
    assert page.locator(".steps > li .tap").count() > 1


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
