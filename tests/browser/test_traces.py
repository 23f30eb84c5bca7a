"""What a visit leaves in a browser's profile on disk."""

import shutil
import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.browser

SHOWN = "zqshownzq"
NUMBER = "0800 739 1528"
TYPED = "zqtypedzq"
TOWN = "Mombasa"


@pytest.fixture(scope="session")
def marked(releases, records, a_record, elsewhere, tmp_path_factory, start_server):
    import msgspec
    from directory.release.build import build_from
    import datetime
    record = a_record("ke-marked", name={"en": f"Line {SHOWN}"}, summary={"en": f"{SHOWN} helps children."})
    from directory.channel import Channel
    url = record.sources[0].url
    record = msgspec.structs.replace(record, channels=(Channel(type="phone", value=NUMBER, sources=(url,)),))
    folder = tmp_path_factory.mktemp("marked")
    shutil.copytree(releases, folder, dirs_exist_ok=True)
    few = {k: v for k, v in records.resources.items() if k.startswith(("int-", "ke-"))}
    build_from(msgspec.structs.replace(records, resources={**few, record.id: record}), folder, datetime.datetime(2026,11,21,12,tzinfo=datetime.UTC))
    address, _ = start_server(folder, HANDRAIL_LEAVE_TO=elsewhere)
    return address

def walk(page, site, elsewhere):
    page.goto(elsewhere)
    page.goto(f"{site}/en/")
    page.locator("#place").click()
    page.keyboard.type(TOWN)
    page.locator("form button").first.click()
    page.wait_for_url(f"{site}/en/ke")
    page.locator("header nav a").last.click()
    page.locator("#q").click()
    page.keyboard.type(f"{SHOWN} {TYPED}", delay=20)
    page.locator("form.search > button").click()
    found = page.locator(".found li").filter(has_text=SHOWN)
    found.locator("summary").click()
    found.locator("h3 a").click()
    page.locator("main .channels").wait_for()
    assert SHOWN in page.content()
    page.wait_for_timeout(4000)
    page.goto(f"{site}/en/plan")
    page.select_option("#located_in", "KE")
    page.click("button[value=next]")
    page.locator("#age").click()
    page.keyboard.type("15")
    page.check("input[value=blackmail]")
    page.click("button[value=show]")
    page.locator(".steps").wait_for()
    print("plan has", SHOWN in page.content())
    page.wait_for_timeout(4000)
    page.locator("[data-leave]").click()
    page.wait_for_url(elsewhere)
    page.wait_for_timeout(3000)

def files_with(profile, text):
    out=[]
    for f in profile.rglob("*"):
        if f.is_file() and not f.is_symlink():
            d=f.read_bytes().lower()
            if text.lower().encode() in d or text.lower().encode("utf-16-le") in d: out.append(str(f.relative_to(profile)))
    return out

@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("flags", [(), ("--incognito",)])
def test_x(plainly, marked, elsewhere, tmp_path, script, flags):
    profile = tmp_path/"p"
    with plainly(profile, *flags, script=script) as page:
        walk(page, marked, elsewhere)
    shutil.copytree(profile, f"/tmp/prof_{script}_{len(flags)}", dirs_exist_ok=True, symlinks=True)
    for t in (SHOWN, NUMBER, NUMBER.replace(" ",""), TYPED, TOWN, "blackmail", "Handrail", "127.0.0.1:", "/en/ke", "Kenya"):
        print(script, flags, t, files_with(profile, t))
    h = profile/"Default/History"
    if h.exists():
        with closing(sqlite3.connect(h)) as db:
            for r in db.execute("select url,title from urls"): print(r)
        with closing(sqlite3.connect(profile/"Default/Web Data")) as db:
            print(db.execute("select * from autofill").fetchall())
