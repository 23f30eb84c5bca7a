"""Leaving, in a Chromium started as people start it, with its memory of pages.

Playwright's own start turns that memory off: every such test would pass for nothing.
"""

import os
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser


class Elsewhere(BaseHTTPRequestHandler):
    """An everyday page on another origin."""

    def do_GET(self):
        body = b"<!doctype html><title>Weather</title><h1>Sunny</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def elsewhere():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def own_site(releases, elsewhere, start_server):
    """A server whose link to leave leads to our everyday page."""
    address, _ = start_server(releases, HANDRAIL_LEAVE_TO=elsewhere)
    return address


@pytest.fixture
def page(tmp_path):
    """A page of a plain Chromium with a profile of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("HANDRAIL_CI"):
            pytest.fail("CI has no Chromium")
        pytest.skip("no Chromium here")
    port = free_port()
    process = subprocess.Popen(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu"),
            *(f"--remote-debugging-port={port}", f"--user-data-dir={tmp_path}"),
            *("--no-first-run", "about:blank"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with sync_playwright() as playwright:
        for _ in range(100):
            try:
                found = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
                break
            except Exception:  # noqa: BLE001 — until it listens
                time.sleep(0.1)
        yield found.contexts[0].pages[0]
        found.close()
    process.terminate()
    process.wait(timeout=20)


def without_script(page):
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("typed", [True, False])
def test_back_shows_nothing_of_ours_after_leaving(
    page, own_site, elsewhere, script, typed
):
    if not script:
        without_script(page)
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
