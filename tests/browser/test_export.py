"""A walk through the static copy, opened from a folder, without script."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_copy_is_read_from_a_folder_alone(context, exported, lang):
    asked = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((exported / "index.html").as_uri())
    page.click(f"main a[lang={lang}]")
    page.click(".countries a[href='ke.html']")
    assert page.locator(".numbers .tap").first.is_visible()
    assert page.locator("h1").evaluate("one => getComputedStyle(one).fontSize") > "20"

    page.locator(".choice .who a").first.click()
    assert page.url.startswith((exported / lang / "r").as_uri())
    assert page.locator(".channels .tap").first.is_visible()
    page.locator(".links a").first.click()

    page.click("section[aria-labelledby=plan] a")
    page.locator("main > details > summary").nth(4).click()
    page.locator("main > details[open] > details > summary").first.click()
    steps = page.locator("main > details[open] > details[open] > .steps > li")
    assert steps.first.locator(".tap").first.is_visible()

    page.locator("details[open] .links a[href*='/g/']").locator(
        "visible=true"
    ).first.click()
    assert page.url.startswith((exported / lang / "g").as_uri())
    page.locator("main a").locator("visible=true").first.click()
    assert [url for url in asked if not url.startswith(exported.as_uri())] == []
    assert len(asked) > 8


def test_no_page_of_a_copy_scrolls_sideways(context, exported):
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    for file in ("index", "ar/us/plan", "en/us-tx/plan", "en/search", "en/ke/card"):
        page.goto((exported / f"{file}.html").as_uri())
        for closed in page.locator("details").all():
            closed.evaluate("one => one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, file
