"""A record that somebody poisoned: what the rules let through stays mere text."""

import datetime
import shutil

import msgspec
import pytest

from directory.channel import Channel, Place
from directory.release.build import build_from
from directory.source import Source

pytestmark = pytest.mark.browser

BUILT = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
PAYLOADS = [
    "<script>alert(1)</script><b id=zq></b>",
    '"><img src=x onerror=alert(1)><b id=zq></b>',
    "' onfocus=alert(1) autofocus tabindex=0 id=zq x='",
    "</title></style></textarea><svg onload=alert(1) id=zq>",
    "{{7*7}}{% for x in y %}<b id=zq>",
    "javascript:alert(1)//<b id=zq>",
    "]]>--><iframe srcdoc='<script>alert(1)</script>' id=zq></iframe>",
    "&lt;b id=zq&gt;&#60;script&#62;",
    "\u202ezq\u2066\ufeff\u2028",
]
LINKS = ["javascript:alert(1)//.", "data:text/html,<script>alert(1)</script>"]
INSERTED = (
    "#zq, script:not([src^='/s/']), svg:not(.icon, body > [hidden]), iframe, img, "
    "object, embed, [onerror], [onfocus], [onload]"
)


def poisoned(a_record, number, text):
    """A record with one payload in all its fields of free text. Hours are none: they
    are read by a grammar, and a fault in them keeps the record out."""
    link = LINKS[number % len(LINKS)]
    words = {"en": text}
    sources = tuple(
        Source(url=url, title=text, publisher=text, seen=a_record().sources[0].seen)
        for url in ("https://example.org/'\"><b id=zq>", link)
    )
    cited = (sources[0].url,)
    spot = Place(address=text, town=text)
    channels = (
        Channel(type="phone", value="116", sources=cited, note=words, from_abroad=text),
        *(
            Channel(type=kind, value=value, sources=cited, note=words, text_relay=text)
            for kind in ("website", "chat", "web-form", "app", "email", "whatsapp")
            for value in (text, link)
        ),
        Channel(type="in-person", value=text, sources=cited, place=spot),
    )
    return a_record(
        f"ke-poisoned-{number}",
        name=words,
        summary=words,
        organization=text,
        referral=words,
        catchment=words,
        channels=channels,
        sources=sources,
    )


@pytest.fixture(scope="module")
def poisoned_site(records, releases, a_record, tmp_path_factory, start_server):
    """A server over these records, which no check has seen."""
    folder = tmp_path_factory.mktemp("poisoned")
    shutil.copytree(releases, folder, dirs_exist_ok=True)
    few = [poisoned(a_record, n, text) for n, text in enumerate(PAYLOADS)]
    resources = {record.id: record for record in few}
    build_from(msgspec.structs.replace(records, resources=resources), folder, BUILT)
    address, _ = start_server(folder)
    return address, few


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_payload_in_a_record_stays_text(context, poisoned_site, lang):
    address, few = poisoned_site
    page, said, asked = context.new_page(), [], []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    paths = ["/ke", "/search?q=poisoned", "/coverage", *(f"/r/{r.short}" for r in few)]
    shown = ""
    for path in paths:
        answer = page.goto(f"{address}/{lang}{path}")
        assert answer.status == 200, path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert page.locator(INSERTED).count() == 0, path
        hrefs = page.eval_on_selector_all("a", "all => all.map(one => one.href)")
        assert all(
            href.startswith(("http://", "https://", "tel:", "sms:", "mailto:"))
            for href in hrefs
        ), path
        shown += page.inner_text("main")

    assert said == []
    assert all(url.startswith(address) for url in asked)
    assert "<script>alert(1)</script>" in shown
    assert "{{7*7}}" in shown


def test_json_seen_as_a_page_stays_json(context, poisoned_site):
    address, _ = poisoned_site
    page, said = context.new_page(), []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for path in ("/resources", "/resources/ke-poisoned-0", "/resources?q=<svg/onload>"):
        answer = page.goto(f"{address}/api/v1{path}")
        assert answer.headers["content-type"].startswith("application/")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert page.locator("#zq, script, iframe, img").count() == 0

    assert said == []
