"""What a visit leaves in the browser: its profile on disk, its storage, its Back."""

import contextlib
import sqlite3
import time

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

TYPED = "zqtypedzq"
TOWN = "Malindi"
SHOWN = "zqshownzq"
NUMBER = "0800 739 1528"
SESSION_WRITTEN = 3_000
"""Milliseconds after which Chromium has written its list of open tabs to disk."""
TITLES = {
    "/en/": "Find help",
    "/en/ke": "Help in Kenya",
    "/en/search": "Search",
    "/en/r/*": "Details",
    "/en/plan": "Your next steps",
    "/weather": "Weather",
}
"""All that the history may hold of a visit. A page from which somebody left takes the
title of where they went."""


def visit(page, site, elsewhere):
    """From an everyday page through all that can be typed and sent. Gives the words
    that were shown."""
    page.goto(elsewhere)
    page.goto(f"{site}/en/")
    page.locator("#place").click()
    page.keyboard.type(TOWN)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/en/ke")
    page.locator("header nav a").last.click()
    page.locator("#q").click()
    page.keyboard.type(f"Line {TYPED}")
    page.keyboard.press("Enter")
    found = page.locator(".found li").filter(has_text=SHOWN)
    found.locator("summary").click()
    page.wait_for_timeout(SESSION_WRITTEN)
    found.locator("h3 a").click()
    page.locator("main .channels").wait_for()
    shown = [SHOWN, NUMBER, NUMBER.replace(" ", ""), page.locator("h1").inner_text()]
    page.goto(f"{site}/en/plan")
    page.select_option("#located_in", "KE")
    page.click("button[value=next]")
    page.locator("#age").click()
    page.keyboard.type("15")
    page.check("input[value=blackmail]")
    page.click("button[value=show]")
    page.locator(".steps").wait_for()
    shown += page.locator("main .who > a > bdi").all_inner_texts()
    page.wait_for_timeout(SESSION_WRITTEN)
    return shown


def leave(page, elsewhere):
    page.locator("[data-leave]").click()
    page.wait_for_url(elsewhere)


def files_with(profile, text):
    """Files of a profile that hold a text, in either of the codings that are used."""
    forms = [text.lower().encode(coding) for coding in ("utf-8", "utf-16-le")]
    return {
        file.relative_to(profile).as_posix()
        for file in profile.rglob("*")
        if file.is_file() and not file.is_symlink()
        if any(form in file.read_bytes().lower() for form in forms)
    }


def rows(file, question):
    with contextlib.closing(sqlite3.connect(file)) as database:
        return database.execute(question).fetchall()


@pytest.fixture(
    scope="module",
    params=[(True, True), (False, True), (True, False)],
    ids=["script", "no script", "closed without leaving"],
)
def visited(request, plainly, marked_site, elsewhere, tmp_path_factory):
    """A profile after a visit, what was shown in it, and whether scripts were on."""
    script, left = request.param
    profile = tmp_path_factory.mktemp("visited")
    with plainly(profile, script=script) as page:
        shown = visit(page, marked_site, elsewhere)
        if left:
            leave(page, elsewhere)
    return profile, shown, script


def test_nothing_that_was_read_is_on_disk(visited):
    profile, shown, _ = visited

    assert len(shown) > 5
    assert {text: files_with(profile, text) for text in shown} == {
        text: set() for text in shown
    }


def test_nothing_typed_is_on_disk_except_without_script_in_the_open_tabs(visited):
    """Without script the browser keeps what was sent with the tab, to restore it."""
    profile, _, script = visited
    sent = files_with(profile, TYPED) | files_with(profile, "blackmail")

    assert files_with(profile, TOWN) == set()
    assert rows(profile / "Default/Web Data", "SELECT * FROM autofill") == []
    if script:
        assert sent == set()
    else:
        assert {file.rsplit("/", 1)[0] for file in sent} <= {"Default/Sessions"}


def test_the_history_names_only_the_site_and_its_quiet_pages(visited, marked_site):
    profile, _, _ = visited
    history = rows(profile / "Default/History", "SELECT url, title FROM urls")
    ours = [
        (url.removeprefix(marked_site), title)
        for url, title in history
        if url.startswith(marked_site)
    ]

    assert len(ours) >= len(TITLES) - 1
    for path, title in ours:
        known = "/en/r/*" if path.startswith("/en/r/") else path
        assert title in {TITLES[known], "Weather"}


def test_a_private_window_leaves_nothing_at_all(
    plainly, marked_site, elsewhere, tmp_path
):
    with plainly(tmp_path, "--incognito") as page:
        shown = visit(page, marked_site, elsewhere)
        leave(page, elsewhere)
    ours = [*shown, TYPED, TOWN, "blackmail", marked_site.removeprefix("http://")]

    assert {text: files_with(tmp_path, text) for text in ours} == {
        text: set() for text in ours
    }


STORED = """async () => [
    document.cookie, localStorage.length, sessionStorage.length,
    (await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length]"""


def test_no_page_stores_anything_and_leaving_only_for_two_minutes(
    page, own_site, elsewhere, every_page
):
    context = page.context
    storage = context.new_cdp_session(page)
    for path in every_page:
        page.goto(f"{own_site}{path}")
        assert page.evaluate(STORED) == ["", 0, 0, 0, 0, 0], path
    page.goto(f"{own_site}/en/search")
    page.fill("#q", "helpline")
    page.locator("#q").press("Enter")
    page.locator(".found").wait_for()
    assert page.evaluate(STORED) == ["", 0, 0, 0, 0, 0]
    used = storage.send("Storage.getUsageAndQuota", {"origin": own_site})
    assert used["usage"] == 0
    assert context.cookies() == []
    leave(page, elsewhere)
    (cookie,) = context.cookies()

    assert cookie["httpOnly"]
    assert own_site.split(":")[1] == f"//{cookie['domain']}"
    assert 0 < cookie["expires"] <= time.time() + 120


WITH_FORMS = pytest.mark.parametrize(
    "page", [{}, {"script": False}], ids=["script", "no script"], indirect=True
)


@WITH_FORMS
def test_back_after_leaving_shows_no_answer_to_anything_sent(
    page, marked_site, elsewhere
):
    shown = visit(page, marked_site, elsewhere)
    leave(page, elsewhere)
    for _ in range(10):
        back(page)
        seen = page.content()
        assert [text for text in shown if text in seen] == []
        assert page.title() not in set(TITLES.values()) - {"Weather"}
        if page.url == "about:blank":
            break


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "not kept"])
def test_back_from_a_service_never_asks_whether_to_send_again(
    page, context, marked_site, kept
):
    """To the list where it was found or, in a browser that kept no page, the search."""
    here = page if kept else context.new_page()
    find_and_open(here, marked_site)
    back(here)

    assert here.url == f"{marked_site}/en/search"
    assert here.locator("#q").input_value() == ("Line" if kept else "")
    assert here.locator(".found").count() == kept


@pytest.mark.parametrize("page", [{"script": False}], indirect=True)
def test_back_without_script_asks_and_then_leads_on(page, marked_site):
    """Browsers never keep the answer to a form. The page of a service leads on."""
    find_and_open(page, marked_site)

    assert page.locator("main .links a").first.get_attribute("href") == "/en/ke"
    assert back(page) == "net::ERR_CACHE_MISS"
    page.reload()
    assert page.locator(".found li").filter(has_text=SHOWN).is_visible()


def back(page):
    """Presses Back, and tells why the browser couldn't if so."""
    try:
        page.go_back(wait_until="commit")
    except Error as fault:
        return fault.message.splitlines()[0].rsplit(maxsplit=1)[-1]
    finally:
        page.wait_for_timeout(300)
    return ""


def find_and_open(page, site):
    page.goto(f"{site}/en/search")
    page.fill("#q", "Line")
    page.locator("#q").press("Enter")
    found = page.locator(".found li").filter(has_text=SHOWN)
    found.locator("summary").click()
    found.locator("h3 a").click()
    page.locator("main .channels").wait_for()
