"""Rules between files, and what can't be read: all of it in one run."""

import subprocess
import sys

import pytest

from directory import catalogue, rules
from directory.settings import resources_folder


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        (
            "ke/ke_line.json",
            {"id": "ke_line"},
            "id: has other marks than a-z, 0-9 and -; rename it",
        ),
        (
            "ke/ke-other.json",
            {},
            "id: is ke-line, unlike the file's name; rename the file",
        ),
        ("ug/ke-line.json", {}, "stands in ug/; move it to ke/"),
        ("retired/ke-line.json", {}, "stands in retired/; move it to ke/"),
        (
            "ke/ke-line.json",
            {"retired": {"on": "2026-11-20", "reason": "Closed."}},
            "stands in ke/; move it to retired/",
        ),
        (
            "retired/ke-line.json",
            {"retired": {"on": "2026-11-20", "reason": "C.", "successor": "ke-new"}},
            (
                "retired.successor: ke-new is no record that readers can see; "
                "name the one that took over, or none"
            ),
        ),
    ],
)
def test_a_file_in_the_wrong_place_is_told_where_to_go(  # noqa: PLR0917 — fixtures
    name, fields, told, folder, sound, found
):
    [problem] = found(folder({name: sound(fields)}))

    assert str(problem) == f"{name}: {told}"


@pytest.fixture
def two(sound):
    """Two records of Kenya that give one number."""
    other = sound({"id": "ke-other", "channels[0].value": "(020) 265-1559"})
    return {"ke/ke-line.json": sound(), "ke/ke-other.json": other}


def test_one_number_in_two_records_of_a_place_is_a_duplicate(two, folder, found):
    [problem] = found(folder(two))

    assert (problem.file, problem.field) == ("ke/ke-line.json", "channels")
    assert "0202651559 for KE is also in ke-other" in problem.what
    assert '"shares_number_with"' in problem.remedy


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("ke/ke-line.json", {"shares_number_with": ["ke-other"]}),
        ("ke/ke-other.json", {"shares_number_with": ["ke-line"]}),
        ("ke/ke-other.json", {"unpublished": "under-review"}),
        ("ke/ke-other.json", {"channels": []}),
    ],
)
def test_who_owns_up_to_a_shared_number_or_is_not_shown_is_no_duplicate(
    name, fields, two, folder, found
):
    problems = found(folder(two | {name: two[name] | fields}))

    assert [one for one in problems if "is also in" in one.what] == []


def test_two_files_with_one_id_are_named_both(sound, folder, found):
    problems = found(folder({"ke/ke-line.json": sound(), "ke/ke-again.json": sound()}))
    [problem] = [one for one in problems if "is also the id of" in one.what]

    assert (problem.file, problem.field) == ("ke/ke-line.json", "id")
    assert "ke/ke-again.json" in problem.what


def test_two_ids_with_one_short_address_are_told_apart(sound, folder, found):
    """These two were looked for: their hashes begin with the same forty bits."""
    records = {
        f"ke/{one}.json": sound({"id": one, "channels[0].value": number})
        for one, number in (("ke-92159", "020 2651551"), ("ke-983017", "020 2651552"))
    }

    [problem] = found(folder(records))

    assert (problem.file, problem.field) == ("ke/ke-983017.json", "id")
    assert "ke-92159" in problem.what
    assert "another id" in problem.remedy


@pytest.mark.parametrize(
    "raw", ["", "{", '{"id": "ke-line"', '{"id": 5, "name"', "[1,]", "\ufeff{}"]
)
def test_what_is_not_json_says_where(raw, folder, found):
    [problem] = found(folder({"ke/ke-line.json": raw}))

    assert problem.file == "ke/ke-line.json"
    assert "is not JSON" in problem.what
    assert "comma, quote or brace" in problem.remedy


@pytest.mark.parametrize("name", ["words.json", "subdivisions.json", "guidance.json"])
def test_a_file_that_is_gone_is_asked_back(name, sound, folder, found):
    path = folder({"ke/ke-line.json": sound()})
    (path / name).unlink()

    [problem] = found(path)

    assert problem.file == name
    assert "can't be read" in problem.what
    assert problem.remedy == "put the file back"


def test_a_folder_that_is_gone_is_an_error(tmp_path):
    with pytest.raises(NotADirectoryError, match="no such folder of records"):
        catalogue.read(tmp_path / "none")


EUROPE = {"code": "EU", "level": "supranational", "ladder": ["EU", "001"]}
WORLD = {"code": "001", "level": "world", "ladder": ["001"]}
NUMBER = {"value": "999", "services": ["police"], "confidence": "high", "sources": []}
PROOF = {
    "url": "https://example.org/",
    "title": "Numbers",
    "publisher": "Example",
    "seen": "2026-11-20",
}


@pytest.mark.parametrize(
    ("fields", "field", "what"),
    [
        ({"ladder": ["001"]}, "ladder", "doesn't run from KE to 001"),
        ({"ladder": ["KE"]}, "ladder", "doesn't run from KE to 001"),
        ({"ladder": []}, "ladder", "doesn't run from KE to 001"),
        ({"ladder": ["KE", "EU", "EU", "001"]}, "ladder", "has a rung twice"),
        ({"ladder": ["KE", "EAC", "001"]}, "ladder", "EAC is unknown"),
        ({"time_zones": ["Nairobi"]}, "time_zones", "Nairobi is no IANA zone"),
        ({"emergency": [NUMBER]}, "emergency", "999 is no number with a source"),
        (
            {"emergency": [NUMBER | {"value": "9", "sources": [PROOF]}]},
            "emergency",
            "9 is no number with a source",
        ),
    ],
)
def test_a_broken_place_is_named_by_its_code(fields, field, what, folder, found):
    kenya = {"code": "KE", "level": "country", "ladder": ["KE", "001"]} | fields

    problems = found(folder({}, places=[WORLD, EUROPE, kenya]))
    [problem] = [one for one in problems if one.field == f"[KE].{field}"]

    assert problem.file == "jurisdictions.json"
    assert problem.what == what
    assert problem.remedy


@pytest.mark.parametrize("fields", [{"needs": []}, {"phrases": {}}])
def test_a_concept_that_means_nothing_is_named(fields, folder, found):
    concept = {"id": "talk", "phrases": {"en": ["talk"]}, "needs": ["talk"]} | fields

    [problem] = found(folder({}, concepts=[concept]))

    assert (problem.file, problem.field) == ("words.json", "talk")
    assert problem.what == "means nothing"


def test_faults_of_several_files_come_in_one_run(sound, folder, found):
    records = {
        "ke/ke-line.json": sound({"channels[0].value": "1"}),
        "ke/ke-not-json.json": "{",
        "ke/ke-no-record.json": {},
    }

    assert {problem.file for problem in found(folder(records))} == set(records)


def check(folder, *options):
    return subprocess.run(
        [
            *(sys.executable, "-m", "directory.cli", "check"),
            *("--resources", folder, *options),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_file_field_fault_and_remedy_and_fails(sound, folder):
    fields = {"channels[0].hours": "9-17", "channels[0].value": "12345678901"}
    path = folder({"ke/ke-line.json": sound(fields)})

    done = check(path)

    assert done.returncode == 1
    assert "error: ke/ke-line.json: channels[0].hours: is not opening" in done.stdout
    assert 'write it like "Mo-Fr 09:00-17:00; PH off"' in done.stdout
    assert "warning: ke/ke-line.json: channels[0].value: isn't in KE" in done.stdout
    assert "1 records, 1 errors, 1 warnings" in done.stdout
    assert "warning: " not in check(path, "--quiet").stdout


def test_a_warning_alone_is_no_failure(sound, folder):
    path = folder({"ke/ke-line.json": sound({"channels[0].value": "12345678901"})})

    assert check(path).returncode == 0


def test_the_real_records_have_no_error(records):
    """As of the latest day on which a page of theirs was read or checked."""
    days = [
        day
        for record in records.resources.values()
        for day in (
            *(source.seen for source in record.sources),
            *(check.on for check in record.verifications),
        )
    ]
    problems = rules.problems(records, max(days))

    assert [str(one) for one in problems if one.level == "error"] == []


def test_every_file_is_as_the_directory_would_write_it(records):
    """Two spaces, no escapes, a newline at the end: changes show as what they are."""
    strange = [
        name
        for record_id, name in records.files.items()
        if (resources_folder() / name).read_bytes()
        != catalogue.encode(records.resources[record_id])
    ]

    assert strange == []
