"""Whoever wants a copy of everything gets it whole, with what proves it."""

import datetime
import hashlib
import io
import json
import shutil
import zipfile

import jsonschema
import msgspec
import pytest
from litestar.testing import TestClient

from directory.release.changes import changes_between
from directory.release.manifest import CHANGES, current
from directory.release.signed import check_signatures
from directory.resource import Retired
from directory.shown import Shown
from directory.web.app import create_app

MOMENT = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def shelf(build_small, a_record, tmp_path_factory):
    """Sequences 3 to 6: a record comes, changes twice, another is retired."""
    folder = tmp_path_factory.mktemp("served") / "releases"
    other = a_record("ke-other")
    gone = Retired(on=MOMENT.date(), reason="Closed.", successor="ke-line")
    build_small(folder, other)
    build_small(folder, a_record(), other)
    build_small(folder, a_record(summary={"en": "Help."}), other)
    last = msgspec.structs.replace(other, retired=gone)
    build_small(folder, a_record(anonymous=True, summary={"en": "Help."}), last)
    build_small(folder, a_record(), by=("desk",))
    return folder


@pytest.fixture(scope="module")
def node(shelf, holders):
    app = create_app(shelf, clock=lambda: MOMENT, keys=holders.file)
    with TestClient(app, base_url="http://handrail.test") as found:
        yield found


def test_the_listing_leads_to_everything(node):
    listing = node.get("/releases").json()

    assert [one["sequence"] for one in listing["releases"]] == [6, 5, 4]
    assert listing["licence"].startswith("CC BY 4.0")
    assert listing["latest"] == listing["releases"][0]["path"]
    for one in listing["releases"]:
        for name, wanted in one["files"].items():
            answer = node.get(f"{one['path']}/{name}")
            assert hashlib.sha256(answer.content).hexdigest() == wanted["sha256"]
            assert "immutable" in answer.headers["cache-control"]


def test_the_records_can_be_had_in_other_forms(node):
    exports = node.get("/releases").json()["exports"]
    answers = {form: node.get(path) for form, path in exports.items()}

    assert set(answers) == {"jsonl", "sqlite", "csv", "hsds"}
    assert {one.status_code for one in answers.values()} == {200}
    with zipfile.ZipFile(io.BytesIO(answers["hsds"].content)) as tables:
        assert "hsds/datapackage.json" in tables.namelist()
        assert b"ke-line" in b"".join(map(tables.read, tables.namelist()))
    assert answers["hsds"].content == node.get("/releases/hsds.zip").content


def test_what_is_fetched_proves_itself(node, holders):
    name = node.get("/releases/current").text.strip()
    parts = [
        node.get(f"/releases/{name}/{part}").content
        for part in ("manifest.json", "manifest.sig.json", "keys.json")
    ]

    found = check_signatures(*parts, holders.keys, "there")

    assert found.manifest.folder_name == name
    assert node.get(node.get("/releases").json()["keys"]).content == parts[2]


def test_the_export_has_every_record_as_the_api_shows_it(node):
    latest = node.get("/releases").json()["latest"]
    lines = node.get(f"{latest}/resources.jsonl").content.splitlines()

    assert [msgspec.json.decode(one, type=Shown).id for one in lines] == ["ke-line"]
    assert lines[0] == node.get("/api/v1/resources/ke-line").content


@pytest.mark.parametrize(
    "path",
    [
        "/releases/00000001-000000000000/manifest.json",
        "/releases/.lock",
        "/releases/nothing/records.sqlite",
        "/releases/{name}/nothing",
        "/releases/{name}/",
        "/releases/{name}/%2e%2e/current",
        "/releases/{name}/..%2f..%2f.lock",
        "/releases/{name}/index",
        "/releases/..%2f{name}/manifest.json",
        "/releases/%00/manifest.json",
    ],
)
def test_nothing_else_is_handed_out(path, node, shelf):
    answer = node.get(path.format(name=current(shelf).name))

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_release_that_waits_for_a_signature_is_not_handed_out(node, shelf):
    waiting = max(shelf.glob("0*")).name

    assert waiting > current(shelf).name
    assert node.get(f"/releases/{waiting}/manifest.json").status_code == 404
    assert waiting not in node.get("/releases").text


def test_what_changed_is_told_field_by_field(node):
    found = node.get("/api/v1/changes?since=5").json()

    assert (found["since"], found["until"], found["known_since"]) == (5, 6, 1)
    line, other = found["changes"]
    assert line["id"] == "ke-line"
    assert line["change"] == "changed"
    assert line["fields"] == {"anonymous": {"after": True}}
    assert other["change"] == "retired"
    assert other["retired"]["reason"] == "Closed."
    assert other["retired"]["successor"] == "ke-line"


def test_several_releases_are_told_as_one(node):
    (line,) = node.get("/api/v1/changes?since=4&until=6").json()["changes"][:1]

    assert line["fields"] == {
        "anonymous": {"after": True},
        "summary": {"before": {"en": "Help for children."}, "after": {"en": "Help."}},
    }
    everything = node.get("/api/v1/changes?since=3").json()["changes"]
    assert {one["id"]: one["change"] for one in everything} == {
        "ke-line": "added",
        "ke-other": "retired",
    }
    assert node.get("/api/v1/changes?since=6").json()["changes"] == []


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "since=",
        "since=0",
        "since=-1",
        "since=x",
        "since=7",
        "since=999999999999",
        "since=²",
        "since=2&since=3",
        "since=2&other=1",
        "since=3&until=2",
        "since=2&until=7",
    ],
)
def test_a_question_about_changes_that_makes_no_sense_is_refused(asked, node):
    answer = node.get(f"/api/v1/changes?{asked}")

    assert answer.status_code == 400
    assert answer.json()["remedy"]


def test_what_is_forgotten_is_said_with_a_way_out(shelf, holders, tmp_path):
    copy = shutil.copytree(shelf, tmp_path / "releases")
    lines = (current(copy) / CHANGES).read_text(encoding="utf-8").splitlines()
    (current(copy) / CHANGES).write_text(
        "\n".join([json.dumps({"complete_since": 3}), *lines[1:3]]) + "\n",
        encoding="utf-8",
    )
    with pytest.raises(Exception, match="known from sequence 3 on") as caught:
        changes_between(current(copy), 2, 6)

    assert "fetch the whole release" in caught.value.remedy


def test_the_answer_about_changes_obeys_the_description(node):
    document = node.get("/api/v1/openapi.json").json()
    described = document["paths"]["/api/v1/changes"]["get"]

    assert [one["name"] for one in described["parameters"]] == [
        *("since", "until", "limit", "cursor")
    ]
    assert "410" in described["responses"]
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator(
        {**schema, "components": document["components"]}
    )
    answer = node.get("/api/v1/changes?since=4").json()
    assert [fault.message for fault in validator.iter_errors(answer)] == []
