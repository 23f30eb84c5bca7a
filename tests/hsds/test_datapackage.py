"""The CSV tables, against their own description and the standard's."""

import csv
import json
import shutil

import pytest
from click.testing import CliRunner
from frictionless import validate

from directory.cli import main
from directory.hsds.datapackage import write_datapackage


@pytest.fixture(scope="module")
def package(release, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hsds") / "package"
    write_datapackage(release, folder)
    return folder


def table(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def described(resource):
    """What of a table's description is no prose."""
    schema = resource["schema"]
    fields = [
        {
            "name": field["name"],
            "type": field["type"],
            "format": field.get("format"),
            "required": field["constraints"]["required"],
            "unique": field["constraints"]["unique"],
            "enum": field["constraints"].get("enum"),
        }
        for field in schema["fields"]
    ]
    keys = sorted(
        (one["fields"], one["reference"]["resource"], one["reference"]["fields"])
        for one in schema.get("foreignKeys", [])
    )
    return resource["path"], schema["primaryKey"], fields, keys


def test_the_description_is_the_standards_table_by_table(package, standard):
    ours = json.loads((package / "datapackage.json").read_bytes())
    theirs = json.loads((standard / "datapackage.json").read_bytes())

    assert {one["name"]: described(one) for one in ours["resources"]} == {
        one["name"]: described(one) for one in theirs["resources"]
    }


def test_the_tables_are_valid_by_the_standards_own_description(package, standard):
    """Our own is the same but for prose, so one run stands for both."""
    beside = package / "official.json"
    shutil.copyfile(standard / "datapackage.json", beside)
    report = validate(str(beside))
    beside.unlink()

    assert report.valid, report.flatten(["type", "message"])[:5]


def test_the_tables_hold_what_the_api_gives(package, data):
    rows = {one["id"]: one for one in table(package, "services.csv")}
    phones = {one["id"]: one for one in table(package, "phones.csv")}
    attributes = {one["id"] for one in table(package, "attributes.csv")}

    assert set(rows) == set(data.services)
    assert {one["id"] for one in table(package, "organizations.csv")} == set(
        data.organizations
    )
    for item in data.services.values():
        service = json.loads(item.whole)
        assert rows[item.id]["name"] == service["name"]
        assert rows[item.id]["alert"] == service.get("alert", "")
        for phone in service.get("phones", []):
            assert phones[phone["id"]]["number"] == phone["number"]
            assert {one["id"] for one in phone["attributes"]} <= attributes


def test_a_number_that_begins_with_plus_is_written_as_it_is(package):
    numbers = [one["number"] for one in table(package, "phones.csv")]

    assert any(one.startswith("+") for one in numbers)
    assert not any(one.startswith(("'", "\t", " ")) for one in numbers)


def test_the_command_writes_the_same_to_the_byte_and_never_over_something(
    package, releases, tmp_path
):
    folder = tmp_path / "new" / "package"
    asked = ["hsds", str(folder), "--from", str(releases)]
    first, second = (CliRunner().invoke(main, asked) for _ in range(2))

    assert first.exit_code == 0, first.output
    assert "services in 24 tables" in first.output
    assert second.exit_code == 1
    assert "is there already" in second.output
    assert [one.name for one in folder.parent.iterdir()] == ["package"]
    for path in sorted(package.iterdir()):
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_nothing_is_left_behind_when_it_can_not_be_finished(
    tmp_path,
):
    """The release breaks off halfway, as a full disk or a kill would."""
    with pytest.raises(AttributeError):
        write_datapackage(None, tmp_path / "package")

    assert list(tmp_path.iterdir()) == []
