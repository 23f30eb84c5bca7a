"""A real Chromium before a real server. Where there is none, only CI insists on it."""

import contextlib
import datetime
import os
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest
from playwright.sync_api import Error, sync_playwright

from directory.channel import Channel
from directory.release.build import build_from


@pytest.fixture(scope="session")
def logs(tmp_path_factory, unexpected):
    """Where every server that a browser visits writes its log. When all is done, none
    may tell more than how the server itself does."""
    folder = tmp_path_factory.mktemp("logs")
    yield folder
    told = {file.name: unexpected(file.read_text()) for file in folder.iterdir()}
    assert {name: lines for name, lines in told.items() if lines} == {}


@pytest.fixture(scope="session")
def start_server(start_server, logs):
    """As everywhere, but each server's log is kept and read when all is done."""

    def start(folder, **settings):
        number = len(list(logs.iterdir()))
        with (logs / f"{number}.log").open("w") as log:
            return start_server(folder, log=log, **settings)

    return start


@pytest.fixture(scope="session")
def site(releases, start_server):
    """The address of a running server."""
    address, _ = start_server(releases)
    return address


class Elsewhere(BaseHTTPRequestHandler):
    """An everyday page on another origin. It notes what it was asked, and how."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        body = b"<!doctype html><title>Weather</title><h1>Sunny</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def elsewhere_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def elsewhere(elsewhere_server):
    return f"http://localhost:{elsewhere_server.server_port}/"


@pytest.fixture(scope="session")
def own_site(releases, elsewhere, start_server):
    """A server whose link to leave leads to our everyday page."""
    address, _ = start_server(releases, HANDRAIL_LEAVE_TO=elsewhere)
    return address


@pytest.fixture(scope="session")
def marked_site(  # noqa: PLR0917
    records, a_record, releases, elsewhere, start_server, tmp_path_factory
):
    """A server with one service whose words and numbers stand nowhere else, and whose
    website and source are our everyday page."""
    known = a_record("ke-marked")
    source = msgspec.structs.replace(known.sources[0], url=f"{elsewhere}source")
    marked = msgspec.structs.replace(
        known,
        name={"en": "Line zqshownzq"},
        summary={"en": "Here zqshownzq listens."},
        sources=(source,),
        channels=(
            Channel(type="phone", value="0800 739 1528", sources=(source.url,)),
            Channel(type="website", value=f"{elsewhere}site", sources=(source.url,)),
        ),
    )
    few = [one for one in records.resources.values() if "001" in one.jurisdictions]
    folder = tmp_path_factory.mktemp("marked")
    shutil.copytree(releases, folder, dirs_exist_ok=True)
    resources = {one.id: one for one in (marked, *few)}
    now = datetime.datetime.now(datetime.UTC)
    build_from(msgspec.structs.replace(records, resources=resources), folder, now)
    address, _ = start_server(folder, HANDRAIL_LEAVE_TO=elsewhere)
    return address


@pytest.fixture(scope="session")
def every_page(release):
    """The path of a page of each template."""
    service = release.resource("gb-report-remove")
    return [
        *("/en/", "/en/ke", "/ar/us", "/en/001", "/en/search", "/en/plan"),
        *("/en/about", "/en/coverage", "/en/privacy", "/en/in/law", "/en/nothing"),
        *(f"/en/g/{one.page}" for one in release.guidance),
        f"/en/r/{service.page}",
    ]


@pytest.fixture(scope="session")
def chromium():
    """Where Chromium is."""
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("HANDRAIL_CI"):
            pytest.fail("CI has no Chromium")
        pytest.skip("no Chromium here")
    return found


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright, chromium):
    found = playwright.chromium.launch(
        executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
    )
    yield found
    found.close()


@pytest.fixture(scope="session")
def visit(site, kinds):
    """A function that shows a kind of page in a language; forms are really sent."""

    def shown(page, lang, kind):
        path, form = kinds[kind]
        if form is None:
            page.goto(f"{site}/{lang}{path}")
            return
        page.goto(f"{site}/{lang}/privacy")
        with page.expect_navigation():
            page.evaluate(SEND, [f"/{lang}{path}", form])

    return shown


SEND = """([to, fields]) => {
  const form = document.createElement('form');
  Object.assign(form, {method: 'post', action: to});
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    Object.assign(input, {type: 'hidden', name, value});
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture
def context(browser, request):
    """A fresh profile; parametrise indirectly with its options."""
    found = browser.new_context(**getattr(request, "param", {}))
    yield found
    found.close()


@pytest.fixture(scope="session")
def plainly(playwright, chromium):
    """Starts Chromium as people start it, with its memory of pages and a profile.

    Playwright's own start turns that memory off: tests of what remains would pass for
    nothing. Gives a page; at the end Chromium is closed as its own menu does it, so
    that the profile is whole.
    """

    @contextlib.contextmanager
    def started(profile, *flags, script=True):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen(
            [
                *(chromium, "--headless", "--no-sandbox", "--disable-gpu"),
                *(f"--remote-debugging-port={port}", f"--user-data-dir={profile}"),
                *("--no-first-run", *flags, "about:blank"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            found = _connected(playwright, port)
            page = found.contexts[0].pages[0]
            if not script:
                page.context.new_cdp_session(page).send(
                    "Emulation.setScriptExecutionDisabled", {"value": True}
                )
            yield page
            with contextlib.suppress(Error):  # it closes before it answers
                found.new_browser_cdp_session().send("Browser.close")
            process.wait(timeout=60)
        finally:
            process.terminate()
            process.wait(timeout=20)

    return started


def _connected(playwright, port):
    for _ in range(300):
        try:
            return playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        except Error:  # not yet listening
            time.sleep(0.1)
    raise AssertionError("Chromium didn't start")


@pytest.fixture
def page(plainly, tmp_path, request):
    """A page of a plain Chromium; parametrise indirectly to have no script."""
    with plainly(tmp_path / "profile", **getattr(request, "param", {})) as found:
        yield found
