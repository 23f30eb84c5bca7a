"""Leaving, in a Chromium started as people start it, with its memory of pages."""

import base64
import contextlib
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image
from playwright.sync_api import Error

pytestmark = pytest.mark.browser


EITHER_WAY = pytest.mark.parametrize(
    "page", [{}, {"script": False}], ids=["script", "no script"], indirect=True
)


@EITHER_WAY
@pytest.mark.parametrize("typed", [True, False])
def test_back_shows_nothing_of_ours_after_leaving(page, own_site, elsewhere, typed):
    if not typed:
        page.goto(elsewhere)
    page.goto(f"{own_site}/en/")
    page.goto(f"{own_site}/en/ke")
    page.locator("[data-leave]").click()
    page.wait_for_url(elsewhere)
    for _ in range(3):
        page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        assert not page.url.startswith(f"{own_site}/en")
        assert "Help in" not in page.title()
        if page.url == "about:blank":
            break


def test_ordinary_back_works_while_somebody_reads(page, own_site):
    page.goto(f"{own_site}/en/")
    page.goto(f"{own_site}/en/ke")
    page.go_back(wait_until="commit")

    assert page.url == f"{own_site}/en/"


def test_the_way_out_is_seen_on_every_screen(page, own_site):
    page.set_viewport_size({"width": 320, "height": 480})
    for path in ("/en/", "/ar/ke", "/hi/plan"):
        page.goto(f"{own_site}{path}")
        page.mouse.wheel(0, 4000)
        box = page.locator("[data-leave]").bounding_box()
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] + box["height"] <= 480


class Slow(BaseHTTPRequestHandler):
    """Says nothing until the test is over."""

    over = threading.Event()

    def do_GET(self):
        self.over.wait(60)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def slow_site(releases, start_server):
    """A server whose link to leave leads to a page that hardly comes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address, _ = start_server(
        releases, HANDRAIL_LEAVE_TO=f"http://localhost:{server.server_port}/"
    )
    yield address
    Slow.over.set()
    server.shutdown()
    server.server_close()


def press_escape_twice(page):
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def test_the_page_is_blank_at_once_though_the_way_out_is_slow(page, slow_site):
    page.goto(f"{slow_site}/en/ke")
    session = page.context.new_cdp_session(page)
    assert len(colours(session)) > 1
    at = page.locator("[data-leave]").bounding_box()
    for kind in ("mousePressed", "mouseReleased"):
        session.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": at["x"] + 5,
                "y": at["y"] + 5,
                "button": "left",
                "clickCount": 1,
            },
        )
    targets = session.send("Target.getTargets")["targetInfos"]

    assert {"\u200b"} == {one["title"] for one in targets if slow_site in one["url"]}
    assert len(colours(session)) == 1


def colours(session):
    """Of the screen as it is now. What asks the page itself waits for the next one."""
    shot = base64.b64decode(session.send("Page.captureScreenshot")["data"])
    return Image.open(io.BytesIO(shot)).convert("RGB").getcolors(maxcolors=1_000_000)


def test_escape_twice_leaves(page, own_site, elsewhere):
    page.goto(f"{own_site}/en/ke")
    press_escape_twice(page)

    page.wait_for_url(elsewhere)


def test_escape_once_stays(page, own_site):
    page.goto(f"{own_site}/en/ke")
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)

    assert page.url == f"{own_site}/en/ke"


def test_escape_twice_stays_while_somebody_types(page, own_site):
    page.goto(f"{own_site}/en/search")
    page.locator("#q").focus()
    press_escape_twice(page)
    page.wait_for_timeout(500)

    assert page.url == f"{own_site}/en/search"


def test_escape_twice_stays_while_a_dialog_is_open(page, own_site):
    page.goto(f"{own_site}/en/ke")
    page.evaluate(
        "() => { const d = document.createElement('dialog');"
        " document.body.append(d); d.show(); }"
    )
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)

    assert page.url == f"{own_site}/en/ke"


def test_back_after_leaving_shows_nothing_though_our_server_is_gone(
    page, releases, elsewhere, start_server
):
    address, process = start_server(releases, HANDRAIL_LEAVE_TO=elsewhere)
    page.goto(f"{address}/en/")
    page.goto(f"{address}/en/ke")
    page.locator("[data-leave]").click()
    page.wait_for_url(elsewhere)
    process.terminate()
    process.wait(timeout=20)
    for _ in range(2):
        with contextlib.suppress(Error):  # nobody answers there any more
            page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        assert "Kenya" not in page.content()
        assert "Handrail" not in page.content()
