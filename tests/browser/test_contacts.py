"""Whom a browser contacts because of our pages, and what it tells them."""

import re
import socket
import threading
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
)
MAKERS = re.compile(r"(?<!fonts)(?<!ajax)(?<!maps)\.(google|googleapis|gvt1)\.com$")
"""What Chromium asks its maker of its own accord, these flags notwithstanding. Hosts
from which websites take parts of their pages aren't among it."""

AHEAD_OF_NEED = "link[rel*=pre], link[href*='//'], [src*='//'], meta[http-equiv]"
"""A name that is only looked up ahead (dns-prefetch) reaches no socket."""


class Sink:
    """Notes each connection and the name in its first bytes: TLS (SNI) or HTTP (Host).

    A page's requests show only a part: a connection opened ahead of need isn't one.
    """

    def __init__(self):
        self.names = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._open, daemon=True).start()

    def _open(self):
        while True:
            try:
                caller, _ = self.door.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._note, args=(caller,), daemon=True).start()

    def _note(self, caller):
        with caller:
            caller.settimeout(5)
            try:
                said = caller.recv(4096)
            except OSError:
                said = b""
            self.names.append(name_in(said))

    def outside(self):
        return {name for name in self.names if not MAKERS.search(name)}


def name_in(said):
    """Of the host that somebody says they want to speak with."""
    if host := re.search(rb"\r\nHost: ([^\r:]+)", said):
        return host[1].decode()
    for start in re.finditer(rb"(?s)(?=\x00\x00(.))", said):
        name = said[start.start() + 3 :][: start[1][0]]
        if re.fullmatch(rb"[a-z0-9-]+(\.[a-z0-9-]+)+", name):
            return name.decode()
    return "no name"


@pytest.fixture
def sink():
    found = Sink()
    yield found
    found.door.close()


@pytest.fixture
def page(plainly, sink, tmp_path):
    """In a browser for which every name leads to the sink."""
    everything = f"MAP * 127.0.0.1:{sink.port}, EXCLUDE 127.0.0.1"
    flags = (*QUIET, f"--host-resolver-rules={everything}")
    with plainly(tmp_path / "profile", *flags) as found:
        yield found


def test_no_page_contacts_anybody_else(page, site, sink, every_page):
    for path in every_page:
        answer = page.goto(f"{site}{path}")
        assert "link" not in answer.headers
        assert page.locator(AHEAD_OF_NEED).count() == 0, path
    page.goto(f"{site}/en/search")
    page.fill("#q", "helpline")
    page.locator("#q").press("Enter")
    page.locator(".found summary").first.click()
    page.wait_for_timeout(2000)
    assert sink.outside() == set()

    page.evaluate(
        "document.head.append(Object.assign(document.createElement('link'),"
        " {rel: 'preconnect', href: 'https://ahead.example'}))"
    )
    page.wait_for_timeout(2000)
    assert sink.outside() == {"ahead.example"}


def test_a_link_contacts_its_own_host_once_pressed_and_nobody_before(
    page, site, sink, release
):
    """Chromium opens the connection when the finger comes down, not when it lifts."""
    page.goto(f"{site}/en/r/{release.resource('int-stopncii').page}")
    link = page.locator("main a[href^='https:']").first
    host = urlsplit(link.get_attribute("href")).hostname
    link.hover()
    page.wait_for_timeout(2000)
    assert sink.outside() == set()

    page.mouse.down()
    page.wait_for_timeout(2000)
    assert sink.outside() <= {host}


@pytest.mark.parametrize("rel", [True, False], ids=["rel", "header alone"])
def test_no_link_says_where_somebody_came_from(
    context, marked_site, elsewhere, elsewhere_server, rel
):
    """Each link says so itself, and the header of every page says it once more."""
    page = context.new_page()
    page.goto(f"{marked_site}/en/ke")
    service = page.locator(".choice .who a").first.get_attribute("href")
    paths = ["site", "source", ""]
    elsewhere_server.asked.clear()
    for path in paths:
        page.goto(f"{marked_site}{service}")
        if not rel:
            page.evaluate("for (const a of document.links) { a.rel = ''; }")
        target = f"{elsewhere}{path}" if path else "/weather"
        page.locator(f"a[href='{target}']").first.click()
        page.wait_for_url(f"{elsewhere}{path}")
        assert page.evaluate("document.referrer") == ""
    asked = [one for one in elsewhere_server.asked if one[0] != "/favicon.ico"]

    assert [f"/{path}" for path in paths] == [path for path, _ in asked]
    for _, headers in asked:
        names = {name.lower() for name in headers}
        assert not names & {"referer", "origin", "cookie"}


def test_no_form_can_be_turned_elsewhere(
    context, own_site, elsewhere, elsewhere_server
):
    page = context.new_page()
    page.goto(f"{own_site}/en/search")
    elsewhere_server.asked.clear()
    page.fill("#q", "helpline")
    page.evaluate(
        "(to) => { document.forms[0].action = to; document.forms[0].submit(); }",
        elsewhere,
    )
    page.wait_for_timeout(1000)

    assert elsewhere_server.asked == []
    assert page.url == f"{own_site}/en/search"
