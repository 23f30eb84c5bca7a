"""What a first visit costs, as Chromium counts what came over the wire."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/en/", "/en/ke", "/hi/us", "/hi/search", "/ar/plan"])
def test_a_first_visit_fits_into_the_first_packets(context, site, path):
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    lengths = {}
    session.on(
        "Network.loadingFinished",
        lambda event: lengths.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(f"{site}{path}", wait_until="networkidle")

    assert len(lengths) >= 2
    assert 0 < sum(lengths.values()) <= 14_480
