"""What changed: for programs page by page, for readers in words, for feed readers."""

import datetime
import json
import re

import jsonschema
import msgspec
import pytest
from litestar.testing import TestClient
from lxml import etree

from directory.channel import Channel
from directory.resource import Retired
from directory.verification import Verification
from directory.web.app import create_app

API = "/api/v1"
MOMENT = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
OLD, NEW = "0800 111 222", "0800 333 444"


@pytest.fixture(scope="module")
def node(build_small, a_record, holders, tmp_path_factory):
    """Releases in which a number is corrected, a check is repeated, one record is
    retired, one held back, and one comes."""
    folder = tmp_path_factory.mktemp("corrected") / "releases"

    def line(value, **more):
        page = a_record().sources[0].url
        phone = Channel(type="phone", value=value, sources=(page,), **more)
        return a_record(channels=(phone,))

    other, third = a_record("ke-other"), a_record("ke-third")
    gone = Retired(on=MOMENT.date(), reason="Closed.", successor="ke-line")
    check = Verification(
        on=MOMENT.date(), by="a", method="live-page", outcome="matches"
    )
    replace = msgspec.structs.replace
    build_small(folder, line(OLD), other, third)
    build_small(folder, line(NEW, hours="24/7"), other, third)
    checked = replace(line(NEW, hours="24/7"), verifications=(check,))
    build_small(folder, checked, other, third)
    build_small(
        folder,
        replace(checked, summary={"en": "<b>Help</b> & more."}),
        replace(other, retired=gone),
        replace(third, unpublished="unsafe"),
        a_record("ke-new"),
    )
    app = create_app(folder, clock=lambda: MOMENT, keys=holders.file)
    with TestClient(app, base_url="http://handrail.test") as found:
        yield found


@pytest.fixture(scope="module")
def since(node):
    return node.get("/readyz").json()["sequence"] - 3


def test_a_long_answer_comes_in_pages_that_make_the_whole(node, since):
    whole = node.get(f"{API}/changes?since={since}").json()
    seen, address = [], f"{API}/changes?since={since}&limit=1"
    while address:
        answer = node.get(address)
        seen += answer.json()["changes"]
        onward = re.search(r'<([^>]*)>; rel="next"', answer.headers["link"])
        address = onward[1] if onward else None
        assert bool(address) == bool(answer.json()["next"])

    assert whole["next"] is None
    assert len(seen) == len(whole["changes"]) == 4
    assert seen == whole["changes"]


def test_a_change_says_until_when_what_is_left_may_be_shown(node, since):
    body = node.get(f"{API}/changes?since={since}").json()
    by_id = {one["id"]: one for one in body["changes"]}

    record = node.get(f"{API}/resources/ke-line").json()
    assert by_id["ke-line"]["show_until"] == record["show_until"]
    assert "show_until" not in by_id["ke-other"]
    assert "show_until" not in by_id["ke-third"]
    assert body["unchanged_until"] <= record["show_until"]


@pytest.mark.parametrize("asked", ["cursor=x", "limit=0", "limit=1001", "limit=x"])
def test_a_page_that_is_none_is_refused(node, since, asked):
    answer = node.get(f"{API}/changes?since={since}&{asked}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == asked.partition("=")[0]


def test_a_cursor_of_another_question_is_refused(node, since):
    cursor = node.get(f"{API}/changes?since={since}&limit=1").json()["next"]
    for other in (f"since={since + 1}", f"since={since}&until={since + 1}"):
        assert node.get(f"{API}/changes?{other}&cursor={cursor}").status_code == 400


def test_a_record_has_its_history_also_when_it_is_gone(node):
    line = node.get(f"{API}/resources/ke-line/history").json()["changes"]
    other = node.get(f"{API}/resources/ke-other/history").json()["changes"]

    assert [sorted(one["fields"]) for one in line[:3]] == [
        ["summary"],
        ["checked_on", "verifications"],
        ["channels"],
    ]
    assert other[0]["change"] == "retired"
    assert node.get(f"{API}/resources/ke-third/history").status_code == 200
    assert node.get(f"{API}/resources/ke-nothing/history").status_code == 404


def told(node):
    return node.get(f"{API}/corrections.json?lang=en").json()["items"]


def test_a_correction_tells_what_holds_now_and_never_the_old_number(node):
    items = told(node)
    text = json.dumps(items) + node.get("/en/corrections").text

    assert any("changed again since: Phone" in one["content_text"] for one in items)
    assert any(f"Phone: {NEW}" in one["content_text"] for one in items)
    assert OLD not in text
    assert any("There is this instead: A line" in o["content_text"] for o in items)
    assert any("Taken out for now" in one["content_text"] for one in items)


def test_a_check_and_a_new_record_are_no_corrections(node):
    about_line = [one for one in told(node) if "ke-line" in one["external_url"]]

    assert len(about_line) == 3
    assert not [one for one in told(node) if "ke-new" in one["external_url"]]
    assert "Services added on the same day: 1" in node.get("/en/corrections").text


def test_what_was_held_back_is_named_nowhere(node):
    page = node.get("/en/corrections").text

    assert "Something that is no longer listed" in page
    assert "ke-third" not in page
    assert "Corrections" in re.search("<title>(.*)</title>", page)[1]
    assert "&lt;b&gt;" not in page


def test_every_link_of_a_correction_leads_somewhere(node):
    for one in told(node):
        for name in ("url", "external_url", "id"):
            if name in one:
                path = one[name].removeprefix("http://handrail.test")
                assert node.get(path.partition("#")[0]).status_code == 200
    page = node.get("/en/corrections").text
    for one in told(node):
        assert f'id="{one["id"].partition("#")[2]}"' in page


def test_the_feed_is_a_json_feed_and_obeys_the_description(node):
    answer = node.get(f"{API}/corrections.json?lang=de")
    feed = answer.json()
    document = node.get(f"{API}/openapi.json").json()
    described = document["paths"][f"{API}/corrections.json"]["get"]["responses"]["200"]
    ((media_type, content),) = described["content"].items()
    validator = jsonschema.Draft202012Validator(
        {**content["schema"], "components": document["components"]}
    )

    assert answer.headers["content-type"] == media_type == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "de"
    assert [fault.message for fault in validator.iter_errors(feed)] == []
    assert len({one["id"] for one in feed["items"]}) == len(feed["items"]) > 0


def test_the_atom_feed_tells_the_same(node):
    answer = node.get(f"{API}/corrections.atom?lang=en")
    root = etree.fromstring(answer.content)
    entries = root.findall(f"{ATOM}entry")

    assert answer.headers["content-type"].startswith("application/atom+xml")
    for parent in (root, *entries):
        for needed in ("id", "title", "updated"):
            found = parent.findtext(f"{ATOM}{needed}")
            assert found
        moment = datetime.datetime.fromisoformat(parent.findtext(f"{ATOM}updated"))
        assert moment.tzinfo
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        one["id"] for one in told(node)
    ]
    assert [one.findtext(f"{ATOM}content") for one in entries] == [
        one["content_text"] for one in told(node)
    ]


def test_an_empty_list_says_so(client):
    assert "corrected nothing yet" in client.get("/en/corrections").text
    assert client.get(f"{API}/corrections.json").json()["items"] == []
    root = etree.fromstring(client.get(f"{API}/corrections.atom").content)
    assert root.findtext(f"{ATOM}updated")
