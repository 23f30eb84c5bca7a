"""Help near somebody: only when asked, and never more exactly than about 10 km."""

import pytest

pytestmark = pytest.mark.browser

NAIROBI = {
    "geolocation": {"latitude": -1.286389, "longitude": 36.817223},
    "permissions": ["geolocation"],
}


@pytest.mark.parametrize("context", [NAIROBI], indirect=True)
@pytest.mark.parametrize("path", ["/en/", "/ar/search"])
def test_a_place_is_rounded_before_it_is_sent(context, site, path):
    page = context.new_page()
    sent = []
    page.on("request", lambda request: sent.append(request.post_data))
    page.goto(f"{site}{path}")
    with page.expect_navigation():
        page.locator("[data-near] button").click()
    forms = [one for one in sent if one]

    assert len(forms) == 1
    assert "near=-1.3%2C36.8" in forms[0]
    assert "36.81" not in forms[0]


@pytest.mark.parametrize("context", [NAIROBI], indirect=True)
def test_the_first_page_offers_the_country_and_chooses_none(context, site):
    page = context.new_page()
    page.goto(f"{site}/en/")
    with page.expect_navigation():
        page.locator("[data-near] button").click()

    assert page.locator("[role=status] a").first.get_attribute("href") == "/en/ke"


def test_a_browser_that_refuses_leads_to_typing(context, site):
    page = context.new_page()
    page.goto(f"{site}/en/")
    page.locator("[data-near] button").click()
    page.locator("[data-failed]").wait_for()

    assert page.locator("#place").is_visible()


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_script_nothing_is_offered_that_cannot_work(context, site):
    page = context.new_page()
    page.goto(f"{site}/en/")

    assert page.locator("[data-near]").is_hidden()
    assert page.locator("#place").is_visible()
