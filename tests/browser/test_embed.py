"""Handrail within the page of another site, whose rules for scripts are strict."""

import html
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from directory import ROOT
from directory.web.templating import embedded, integrity

pytestmark = pytest.mark.browser
AXE = Axe()
DOCS = (ROOT / "docs" / "embed.md").read_text(encoding="utf-8")
POLICY = (
    "default-src 'none'; script-src {site}; connect-src {site}; frame-src {site}; "
    "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""All that a site has to allow for both ways; no style of ours is among it."""


class Host(BaseHTTPRequestHandler):
    """The site of a school: each path shows what a test put there."""

    def do_GET(self):
        lang, inside = self.server.pages.get(self.path, ("en", ""))
        self.server.asked.append((self.path, dict(self.headers)))
        body = (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>School</title><main><h1>Contact</h1>{inside}"
            '<p><a href="/end">End</a></p></main></html>'
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def host_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.pages, server.asked, server.policy = {}, [], ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def hosted(host_server):
    """A function that puts something into the school's page, and gives its address."""

    def put(inside, site, lang="en"):
        host_server.policy = POLICY.format(site=site)
        path = f"/{len(host_server.pages)}"
        host_server.pages[path] = lang, inside
        return f"http://localhost:{host_server.server_port}{path}"

    return put


def copied(site, **chosen):
    """The code of the frame and of the element, as somebody copies it."""
    answer = httpx.post(f"{site}/en/embed", data={"place": "KE", **chosen})
    found = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    return [html.unescape(one) for one in found]


def fresh(page):
    """The element, once it shows today's facts."""
    panel = page.locator("handrail-help section")
    expect(panel).to_be_visible()
    return panel


def test_the_element_shows_today_s_facts_on_a_strict_page(context, site, hosted):
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(hosted(copied(site, need="report")[1], site))
    panel = fresh(page)

    assert panel.get_by_role("heading").all_inner_texts() == [
        *("Help in Kenya", "In danger now?", "I want to report something"),
    ]
    assert panel.locator("a[href='tel:999']").inner_text() == "999"
    assert panel.locator("bdi", has_text="0800 722 203").is_visible()
    assert panel.get_by_text("read on 21 November 2026").is_visible()
    assert panel.get_by_text("Facts as of 21 November 2026").is_visible()
    assert page.locator("handrail-help > div").is_hidden()
    assert page.get_by_role("region", name="Help in Kenya").count() == 1
    colour = panel.locator("a[href='tel:999']").evaluate(
        "one => getComputedStyle(one).backgroundColor"
    )
    assert colour == "rgb(138, 59, 18)"
    assert complaints == []


def test_the_site_s_own_style_reaches_colours_and_parts(context, site, hosted):
    page = context.new_page()
    page.goto(hosted(copied(site)[1], site))
    panel = fresh(page)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(`handrail-help { --handrail-accent: #004400 }
          handrail-help::part(title) { font-size: 40px }`);
        document.adoptedStyleSheets = [sheet]; }"""
    )

    colour = panel.locator("a[href='tel:116']").evaluate(
        "one => getComputedStyle(one).backgroundColor"
    )
    size = panel.locator("h2").evaluate("one => getComputedStyle(one).fontSize")
    assert (colour, size) == ("rgb(0, 68, 0)", "40px")


@pytest.mark.parametrize(
    ("host", "own", "shown", "direction"),
    [
        ("ar-EG", "", "ar", "rtl"),
        ("sw", "", "en", "ltr"),
        ("ar", "fr", "fr", "ltr"),
    ],
)
def test_the_element_speaks_the_language_around_it(  # noqa: PLR0917
    context, site, hosted, host, own, shown, direction
):
    page = context.new_page()
    page.goto(hosted(copied(site, spoken=own)[1], site, lang=host))
    panel = fresh(page)

    assert panel.get_attribute("lang") == shown
    assert direction == panel.evaluate("one => getComputedStyle(one).direction")
    assert panel.locator("a[href='tel:999'] bdi").get_attribute("dir") == "ltr"


def test_the_element_follows_its_attributes(context, site, hosted):
    page = context.new_page()
    page.goto(hosted(copied(site)[1], site))
    fresh(page)
    page.evaluate(
        """() => { const one = document.querySelector('handrail-help');
        one.setAttribute('jurisdiction', 'EG'); one.lang = 'ar';
        one.setAttribute('need', 'talk'); one.setAttribute('no-exit', ''); }"""
    )
    expect(page.locator("handrail-help section[lang=ar]")).to_be_visible()

    assert page.locator("handrail-help h3").count() == 2
    assert page.locator("handrail-help section [data-leave]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_no_fault_in_the_element(browser, site, hosted, scheme, lang):
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(hosted(copied(site)[1], site, lang=lang))
        fresh(page)
        answer = AXE.run(page, options={"resultTypes": ["violations"]}).response

    assert [(one["id"], one["nodes"][0]["html"]) for one in answer["violations"]] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_no_fault_in_the_frame(context, site, theme, lang):
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 480})
    page.goto(f"{site}/embed/{lang}/us?theme={theme}")
    answer = AXE.run(page, options={"resultTypes": ["violations"]}).response

    assert [(one["id"], one["nodes"][0]["html"]) for one in answer["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def focused(page):
    return page.evaluate(
        """() => { let one = document.activeElement;
        while (one.shadowRoot && one.shadowRoot.activeElement)
          one = one.shadowRoot.activeElement;
        return one.getAttribute('href'); }"""
    )


def test_every_link_of_the_element_is_reached_by_keyboard_and_none_is_a_trap(
    context, site, hosted
):
    page = context.new_page()
    page.goto(hosted(copied(site, need="report")[1], site))
    panel = fresh(page)
    links = [one.get_attribute("href") for one in panel.locator("a").all()]
    reached = []
    for _ in range(len(links) + 1):
        page.keyboard.press("Tab")
        reached.append(focused(page))

    assert reached == [*links, "/end"]
    assert links[0] == f"{site}/weather"


def test_facts_wait_while_somebody_is_on_a_copied_line(context, site, hosted):
    page = context.new_page()
    held = []
    page.route("**/*.json", lambda route: held.append(route))  # noqa: PLW0108 — Playwright can't mark a built-in function
    page.goto(hosted(copied(site)[1], site))
    page.locator("handrail-help a[href='tel:999']").focus()
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(50)
    assert len(held) == 1  # however many attributes there are
    held[0].continue_()
    page.wait_for_timeout(500)
    assert page.locator("handrail-help > div a[href='tel:999']").is_visible()

    page.get_by_role("link", name="End").focus()
    fresh(page)


def test_copied_facts_stay_with_their_day_when_we_are_down(
    context, releases, start_server, hosted
):
    address, process = start_server(releases)
    element = copied(address, need="report")[1]
    process.terminate()
    process.wait(timeout=20)
    page = context.new_page()
    page.goto(hosted(element, address))

    assert page.locator("handrail-help").get_by_text("0800 722 203").is_visible()
    assert page.get_by_text("Facts as of 21 November 2026").is_visible()
    assert page.locator("[data-old]").is_hidden()


@pytest.mark.parametrize(("until", "warned"), [("2020-01-01", True), ("2999", False)])
def test_old_copied_facts_are_shown_and_said_to_be_old(
    context, site, hosted, until, warned
):
    page = context.new_page()
    page.route("**/*.json", lambda route: route.abort())
    element = re.sub(
        'data-until="[^"]*"', f'data-until="{until}"', copied(site, need="report")[1]
    )
    with page.expect_event("requestfailed"):
        page.goto(hosted(element, site))
    page.wait_for_timeout(200)

    assert page.locator("[data-old]").is_visible() == warned
    assert page.locator("handrail-help").get_by_text("0800 722 203").is_visible()


def test_facts_come_when_the_network_is_back(context, site, hosted):
    page = context.new_page()
    page.route("**/*.json", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(hosted(copied(site)[1], site))
    page.unroute("**/*.json")
    page.evaluate("dispatchEvent(new Event('online'))")

    fresh(page)


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_script_the_copied_facts_are_there(context, site, hosted):
    page = context.new_page()
    page.goto(hosted(copied(site, need="report")[1], site))

    assert page.get_by_text("0800 722 203").is_visible()
    assert page.locator("a[data-leave]").get_attribute("href") == f"{site}/weather"


def test_another_script_than_the_one_copied_is_not_run(context, site, hosted):
    page = context.new_page()
    element = re.sub("sha384-.{9}", "sha384-AAAAAAAAA", copied(site)[1])
    page.goto(hosted(element, site))
    page.wait_for_timeout(300)

    assert page.evaluate("customElements.get('handrail-help') === undefined")
    assert page.locator("handrail-help a[href='tel:999']").is_visible()


def test_neither_way_stores_anything_or_says_where_it_stands(context, own_site, hosted):
    page = context.new_page()
    asked = []
    page.on("request", lambda one: asked.append((one.url, one.headers)))
    frame, element = copied(own_site, need="report")
    page.goto(hosted(frame.replace('loading="lazy"', "") + element, own_site))
    fresh(page)
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    ours = [(url, sent) for url, sent in asked if url.startswith(own_site)]

    assert {url.split("/")[-1].split("?")[0] for url, _ in ours} == {
        *("handrail.js", "frame.css", "ke.json", "ke")
    }
    for url, sent in ours:
        assert "cookie" not in sent
        referer = sent.get("referer", "")
        assert not referer.startswith("http://localhost") or url.endswith(".js"), url
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [
        u for u, _ in asked if not u.startswith((own_site, "http://localhost"))
    ] == []


def test_the_frame_works_as_confined_as_its_code_confines_it(
    context, own_site, hosted, elsewhere
):
    page = context.new_page()
    frame, _ = copied(own_site, need="report", theme="dark", accent="8fd0cf")
    page.goto(hosted(frame, own_site))
    inside = page.frame_locator("iframe")
    expect(inside.locator("h1")).to_have_text("Help in Kenya")

    colour = inside.locator("article .tap").first.evaluate(
        "one => getComputedStyle(one).backgroundColor"
    )
    assert colour == "rgb(143, 208, 207)"
    with context.expect_page() as opened:
        inside.get_by_role("link", name="Everything in Kenya").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{own_site}/en/ke"
    assert opened.value.evaluate("[document.referrer, window.opener]") == ["", None]
    inside.get_by_role("link", name="Leave").click()
    page.wait_for_url(elsewhere)


@pytest.mark.parametrize(
    "path", ["/en/ke", "/en/embed", "/en/", "/api/v1/jurisdictions"]
)
def test_other_pages_can_t_be_framed(context, site, hosted, path):
    page = context.new_page()
    refused = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto(hosted(f'<iframe src="{site}{path}"></iframe>', site))
    page.wait_for_timeout(300)

    assert any("frame-ancestors" in one for one in refused)
    assert page.frames[1].url.startswith("chrome-error:")


def test_the_element_s_way_out_leaves_no_way_back_to_it(
    page, own_site, hosted, elsewhere
):
    """In a Chromium with its memory of pages: the page before is what Back shows."""
    page.goto(f"{elsewhere}before")
    page.goto(hosted(copied(own_site)[1], own_site))
    fresh(page)
    page.locator("handrail-help section [data-leave]").click()
    page.wait_for_url(elsewhere)
    for _ in range(2):
        page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        assert page.url in {f"{elsewhere}before", "about:blank"}
        if page.url == "about:blank":
            break


def test_the_whole_page_is_blank_at_once_though_the_way_out_is_slow(
    context, site, hosted
):
    page = context.new_page()
    page.route("**/weather", lambda _: None)
    page.goto(hosted(copied(site)[1], site))
    leave = fresh(page).locator("[data-leave]")
    gone = leave.evaluate(
        "one => { one.click(); return [document.title, document.body] }"
    )

    assert gone == ["\u200b", None]


def test_the_copied_way_out_is_the_same(context, own_site, hosted, elsewhere):
    page = context.new_page()
    page.route("**/*.json", lambda route: route.abort())
    page.goto(hosted(copied(own_site)[1], own_site))
    page.wait_for_function("!!customElements.get('handrail-help')")
    page.locator("handrail-help > div [data-leave]").click()

    page.wait_for_url(elsewhere)
    assert page.evaluate("history.length") == 2


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_code_is_made_and_seen_without_script(context, site):
    page = context.new_page()
    page.goto(f"{site}/en/about")
    page.get_by_role("link", name="Show it on your own website").click()
    page.select_option("[name=place]", "KE")
    page.select_option("[name=need]", "report")
    page.get_by_role("button", name="Show the code").click()

    expect(page.frame_locator("iframe").locator("h1")).to_have_text("Help in Kenya")
    assert page.get_by_label("Code to copy").count() == 2


@pytest.mark.parametrize("number", range(DOCS.count("```html")))
def test_the_examples_of_the_documents_work(context, site, hosted, number):
    """As they stand there, with the address of this server and today's script."""
    example = re.findall(r"```html\n(.*?)```", DOCS, re.DOTALL)[number]
    address, script = embedded("handrail.js")
    example = example.replace("https://handrail.example", site)
    example = re.sub(r"/embed/[0-9a-f]{12}/handrail.js", address, example)
    example = re.sub('sha384-[^"]*', integrity(script), example)
    page = context.new_page()
    page.goto(hosted(example, site))

    if "<iframe" in example:
        expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    else:
        fresh(page)


def test_the_documents_name_the_policy_that_is_enough():
    written = re.search(r"Content-Security-Policy: (script-src .*)", DOCS)[1]
    named = dict(part.split(" ", 1) for part in written.split("; "))
    ours = dict(part.split(" ", 1) for part in POLICY.split("; "))

    assert named == {
        name: ours[name].format(site="https://handrail.example")
        for name in ("script-src", "connect-src", "frame-src")
    }
