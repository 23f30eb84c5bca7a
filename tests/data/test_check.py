"""Every rule names file, field and remedy; every fault comes in one run."""

import copy
import datetime
import json
import subprocess
import sys

import pytest

from directory import catalogue, rules
from directory.settings import resources_folder

TODAY = datetime.date(2026, 11, 21)
PAGE = "https://example.org/help"
SOURCE = {"url": PAGE, "title": "Help", "publisher": "Example", "seen": "2026-11-20"}
CHECK = {
    "on": "2026-11-20",
    "by": "editor",
    "method": "stored-copy",
    "outcome": "matches",
}
LINE = {"type": "phone", "value": "020 2651559", "sources": [PAGE]}
SOUND = {
    "id": "ke-line",
    "name": {"en": "A line"},
    "kind": "child-helpline",
    "jurisdictions": ["KE"],
    "summary": {"en": "Help for children."},
    "channels": [LINE],
    "audiences": ["child"],
    "topics": ["child-sexual-abuse"],
    "confidence": "high",
    "sources": [SOURCE],
    "verifications": [CHECK],
}
PLACES = [
    {"code": "001", "level": "world", "ladder": ["001"]},
    {"code": "EU", "level": "supranational", "ladder": ["EU", "001"]},
    {
        "code": "KE",
        "level": "country",
        "ladder": ["KE", "001"],
        "time_zones": ["Africa/Nairobi"],
    },
    {
        "code": "MN",
        "level": "country",
        "ladder": ["MN", "001"],
        "time_zones": ["Asia/Hovd", "Asia/Ulaanbaatar"],
    },
]
CONCEPT = {"id": "talk", "phrases": {"en": ["talk"]}, "needs": ["talk"]}


def write(folder, records, places=PLACES, concepts=(CONCEPT,)):
    """A whole folder of files. `records` are keyed by the file they stand in."""
    others = {
        "jurisdictions.json": places,
        "words.json": {"about": "", "concepts": concepts},
        "subdivisions.json": {},
        "guidance.json": [],
    }
    for name, content in (others | records).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        raw = content if isinstance(content, str) else json.dumps(content)
        path.write_text(raw, encoding="utf-8")


def found(folder):
    read, problems = catalogue.read(folder)
    return [*problems, *rules.problems(read, TODAY)]


def changed(record, fields):
    """A copy with the fields set, each named as a problem would: `channels[0].value`;
    a field set to `...` is taken out."""
    copied = copy.deepcopy(record)
    for field, value in fields.items():
        *way, last = field.replace("]", "").replace("[", ".").split(".")
        inner = copied
        for step in way:
            inner = inner[int(step) if step.isdigit() else step]
        if value is ...:
            del inner[last]
        elif isinstance(inner, list):
            inner[int(last) :] = [value]
        else:
            inner[last] = value
    return copied


def test_a_sound_folder_has_no_problem(tmp_path):
    write(tmp_path, {"ke/ke-line.json": SOUND})

    assert found(tmp_path) == []


BROKEN = [
    # what can't be read as a record at all
    ({"colour": "blue"}, "", "'colour' was unexpected", "mend the spelling"),
    ({"name": ...}, "", "'name' is a required property", "add it"),
    ({"kind": "hotline"}, "kind", "'hotline' is not one of", "closed list"),
    ({"summary": "Help."}, "summary", "not of type 'object'", "of that type"),
    ({"topics[0]": "abuse"}, "topics[0]", "'abuse' is not one of", "closed list"),
    ({"min_age": "ten"}, "min_age", "'ten' is not of type 'integer'", "of that type"),
    ({"channels[0].type": "fax"}, "channels[0].type", "'fax' is not one", "closed"),
    ({"channels[0].Value": "1"}, "channels[0]", "'Value' was unexpected", "spelling"),
    ({"sources[0].seen": "today"}, "sources[0].seen", "'today'", "YYYY-MM-DD"),
    ({"verifications[0].on": "1/2/26"}, "verifications[0].on", "'1/2/26'", "YYYY"),
    # the record
    ({"name": {}}, "name", "has no wording", "write one under its language tag"),
    ({"name": {"en": ""}}, "name.en", "is empty", "mend the text"),
    ({"name": {"en": "A line "}}, "name.en", "loose spaces", "mend the text"),
    ({"name": {"English": "A"}}, "name.English", "no language tag", "BCP 47"),
    ({"summary": {"en": " "}}, "summary.en", "is empty", "mend the text"),
    (
        {"summary": {"en": "Report child pornography."}},
        "summary",
        "says “child pornography”",
        "say “child sexual abuse material”",
    ),
    ({"referral": {}}, "referral", "has no wording", "write one"),
    ({"catchment": {"en": ""}}, "catchment.en", "is empty", "mend the text"),
    ({"languages": ["en", "Swahili"]}, "languages[1]", "no language tag", "sw, zh"),
    ({"channels": []}, "channels", "is empty", "add one or retire the record"),
    ({"min_age": 18, "max_age": 12}, "min_age", "no span of ages", "mend the ages"),
    ({"max_age": 121}, "min_age", "no span of ages", "mend the ages"),
    ({"min_age": -1}, "min_age", "no span of ages", "mend the ages"),
    ({"min_age": 5, "max_age": 0}, "min_age", "no span of ages", "mend the ages"),
    ({"jurisdictions": ["EU"]}, "", "stands in ke/", "move it to eu or int/"),
    ({"jurisdictions": ["MN"]}, "", "stands in ke/", "move it to mn/"),
    ({"jurisdictions[1]": "KE-99"}, "jurisdictions[1]", "no known place", "ISO 3166"),
    (
        {"sources[0].url": "ftp://a.org/", "channels[0].sources": ["ftp://a.org/"]},
        "sources[0].url",
        "is no http or https address",
        "give the page's own address",
    ),
    ({"sources[1]": SOURCE}, "sources[1].url", "stands twice", "keep one of them"),
    ({"sources[0].dated": "March 2023"}, "sources[0].dated", "no date", "2023-03"),
    ({"sources[0].dated": "2023-3"}, "sources[0].dated", "no date", "2023-03"),
    ({"sources[0].dated": "2026-12"}, "sources[0].dated", "no date up to", "2023"),
    ({"sources[0].seen": "2026-11-22"}, "sources[0].seen", "the future", "mend"),
    ({"verifications": []}, "verifications", "is empty", "who checked it, and when"),
    (
        {"verifications[0].on": "2026-11-22"},
        "verifications[0].on",
        "lies in the future",
        "mend the date",
    ),
    (
        {"verifications[0].source": "https://example.org/other"},
        "verifications[0].source",
        "is no source here",
        "add the source",
    ),
    (
        {"verifications[0].channel": "999"},
        "verifications[0].channel",
        "is no channel here",
        "mend it",
    ),
    # one channel
    ({"channels[0].value": "1"}, "channels[0].value", "has 1 digits", "publisher"),
    ({"channels[0].value": "0800 HELP 1"}, "channels[0].value", "marks", "publisher"),
    (
        {"channels[0]": LINE | {"type": "website", "value": "example.org"}},
        "channels[0].value",
        "is no http or https address",
        "write it with https://",
    ),
    (
        {"channels[0]": LINE | {"type": "chat", "value": "https://127.0.0.1/"}},
        "channels[0].value",
        "names a bare number instead of a site",
        "write it with https://",
    ),
    (
        {"channels[0]": LINE | {"type": "email", "value": "help at example.org"}},
        "channels[0].value",
        "is no e-mail address",
        "write name@host",
    ),
    (
        {"channels[0]": LINE | {"type": "app", "value": " "}},
        "channels[0].value",
        "is empty",
        "write the name of the app or place",
    ),
    (
        {"channels[0].time_zone": "Africa/Naivasha", "channels[0].hours": "24/7"},
        "channels[0].time_zone",
        "no IANA zone",
        "Africa/Nairobi",
    ),
    ({"channels[0].hours": "9-17"}, "channels[0].hours", "not opening_hours", "Mo-Fr"),
    ({"channels[0].hours": ""}, "channels[0].hours", "not opening_hours", "Mo-Fr"),
    (
        {"channels[0].sources": ["https://example.org/other"]},
        "channels[0].sources",
        "is no source of the record",
        "add it",
    ),
    ({"channels[0].sources": []}, "channels[0].sources", "nothing proves", "no-source"),
    (
        {"confidence": "medium", "channels[0].confidence": "high"},
        "channels[0].confidence",
        "is higher than the record's",
        "lower it",
    ),
    (
        {"channels[0].unconfirmed": ["hours"]},
        "channels[0].unconfirmed",
        "names hours, which isn't set",
        "mend it",
    ),
    (
        {"channels[0].languages": ["Swahili"]},
        "channels[0].languages",
        "no language tag",
        "sw, zh-Hans",
    ),
    (
        {"channels[0].min_age": 20, "channels[0].max_age": 12},
        "channels[0].min_age",
        "no span of ages",
        "mend the ages",
    ),
    (
        {"channels[0].min_age": 5, "channels[0].max_age": 0},
        "channels[0].min_age",
        "no span of ages",
        "mend the ages",
    ),
    (
        {"channels[0].dialable_from": ["KE", "UK"]},
        "channels[0].dialable_from",
        "UK is no known place",
        "mend it",
    ),
    (
        {"channels[0].from_abroad": "00254 20 2651559"},
        "channels[0].from_abroad",
        "doesn't begin with +",
        "write it with its +code",
    ),
    (
        {"channels[0].from_abroad": "+254 HELP"},
        "channels[0].from_abroad",
        "has",
        "write it with its +code",
    ),
    ({"channels[0].note": {}}, "channels[0].note", "has no wording", "write one"),
    (
        {"channels[0].note": {"en": "For child porn."}},
        "channels[0].note",
        "says “child porn”",
        "say “child sexual abuse material”",
    ),
    *(
        (
            {
                "channels[0]": LINE
                | {
                    "type": "in-person",
                    "value": "Shelter",
                    "place": {"confidential": True} | place,
                }
            },
            "channels[0].place",
            "is confidential and yet says where",
            "take out the words and the point",
        )
        for place in (
            {"address": "Main road 1"},
            {"town": "Nairobi"},
            {"latitude": -1.3, "longitude": 36.8},
            {"latitude": 0.0, "longitude": 36.8},
        )
    ),
    *(
        (
            {"channels[0]": LINE | {"type": "in-person", "place": place}},
            "channels[0].place",
            "has half a point",
            "give both coordinates",
        )
        for place in ({"latitude": -1.3}, {"longitude": 36.8})
    ),
    (
        {
            "channels[0]": LINE
            | {"type": "in-person", "place": {"latitude": 91, "longitude": 36.8}}
        },
        "channels[0].place",
        "lies outside the earth",
        "give degrees",
    ),
]


@pytest.mark.parametrize(("fields", "field", "what", "remedy"), BROKEN)
def test_one_broken_field_gives_one_problem(fields, field, what, remedy, tmp_path):
    write(tmp_path, {"ke/ke-line.json": changed(SOUND, fields)})

    [problem] = found(tmp_path)

    assert problem.level == "error"
    assert problem.file == "ke/ke-line.json"
    assert problem.field == field
    assert what in problem.what
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("fields", "field", "what", "remedy"),
    [
        (
            {"channels[0].value": "12345678901"},
            "channels[0].value",
            "isn't in KE's numbering plan as known here",
            "look at the source again",
        ),
        (
            {"verifications[0].on": "2026-10-01"},
            "verifications",
            "a check was due on",
            "check it",
        ),
    ],
)
def test_what_only_needs_a_look_is_a_warning(fields, field, what, remedy, tmp_path):
    write(tmp_path, {"ke/ke-line.json": changed(SOUND, fields)})

    [problem] = found(tmp_path)

    assert problem.level == "warning"
    assert (problem.file, problem.field) == ("ke/ke-line.json", field)
    assert what in problem.what
    assert remedy in problem.remedy


def test_hours_in_a_place_of_several_zones_ask_for_the_zone(tmp_path):
    fields = {
        "id": "mn-line",
        "jurisdictions": ["MN"],
        "channels[0].value": "108",
        "channels[0].hours": "Mo-Fr 09:00-17:00",
    }
    write(tmp_path, {"mn/mn-line.json": changed(SOUND, fields)})

    [problem] = found(tmp_path)

    assert problem.level == "warning"
    assert problem.field == "channels[0].time_zone"
    assert "the place has 2 zones" in problem.what


def test_a_union_has_no_numbering_plan_to_doubt_a_number_by(tmp_path):
    fields = {"jurisdictions": ["EU"], "channels[0].value": "116 111"}
    write(tmp_path, {"int/ke-line.json": changed(SOUND, fields)})

    assert found(tmp_path) == []


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
def test_a_file_in_the_wrong_place_is_told_where_to_go(name, fields, told, tmp_path):
    write(tmp_path, {name: SOUND | fields})

    [problem] = found(tmp_path)

    assert str(problem) == f"{name}: {told}"


def test_without_any_source_a_record_is_low_and_held_back(tmp_path):
    fields = {"sources": [], "channels[0].sources": []}
    write(tmp_path, {"ke/ke-line.json": changed(SOUND, fields)})

    assert {problem.field for problem in found(tmp_path)} == {
        "sources",
        "confidence",
        "channels[0].sources",
    }

    held = changed(SOUND, fields | {"confidence": "low", "unpublished": "no-source"})
    write(tmp_path, {"ke/ke-line.json": held})

    assert found(tmp_path) == []


def test_a_record_without_places_says_so(tmp_path):
    write(tmp_path, {"001/ke-line.json": SOUND | {"jurisdictions": []}})

    assert "jurisdictions" in {problem.field for problem in found(tmp_path)}


SAME_NUMBER = {
    "ke/ke-line.json": SOUND,
    "ke/ke-other.json": changed(
        SOUND, {"id": "ke-other", "channels[0].value": "(020) 265-1559"}
    ),
}


def test_one_number_in_two_records_of_a_place_is_a_duplicate(tmp_path):
    write(tmp_path, SAME_NUMBER)

    [problem] = found(tmp_path)

    assert (problem.file, problem.field) == ("ke/ke-line.json", "channels")
    assert "0202651559 for KE is also in ke-other" in problem.what
    assert '"shares_number_with"' in problem.remedy


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("ke/ke-line.json", {"shares_number_with": ["ke-other"]}),
        ("ke/ke-other.json", {"shares_number_with": ["ke-line"]}),
        ("ke/ke-other.json", {"unpublished": "under-review"}),
        ("ke/ke-other.json", {"channels": [LINE | {"value": "116"}]}),
    ],
)
def test_two_records_that_own_up_to_sharing_a_number_are_none(name, fields, tmp_path):
    write(tmp_path, SAME_NUMBER | {name: SAME_NUMBER[name] | fields})

    assert found(tmp_path) == []


def test_two_files_with_one_id_are_named_both(tmp_path):
    write(tmp_path, {"ke/ke-line.json": SOUND, "ke/ke-again.json": SOUND})

    problems = [one for one in found(tmp_path) if "is also the id of" in one.what]

    assert [(one.file, one.field) for one in problems] == [("ke/ke-line.json", "id")]
    assert "ke/ke-again.json" in problems[0].what


def test_two_ids_with_one_short_address_are_told_apart(tmp_path):
    """These two were looked for: their hashes begin with the same forty bits."""
    ids = ("ke-92159", "ke-983017")
    records = {
        f"ke/{one}.json": changed(
            SOUND, {"id": one, "channels[0].value": f"020 265155{place}"}
        )
        for place, one in enumerate(ids)
    }
    write(tmp_path, records)

    [problem] = found(tmp_path)

    assert (problem.file, problem.field) == ("ke/ke-983017.json", "id")
    assert "ke-92159" in problem.what
    assert "another id" in problem.remedy


@pytest.mark.parametrize(
    "raw", ["", "{", '{"id": "ke-line"', '{"id": 5, "name"', "[1,]", "\ufeff{}"]
)
def test_what_is_not_json_says_where(raw, tmp_path):
    write(tmp_path, {"ke/ke-line.json": raw})

    [problem] = found(tmp_path)

    assert problem.file == "ke/ke-line.json"
    assert "is not JSON" in problem.what
    assert "comma, quote or brace" in problem.remedy


@pytest.mark.parametrize("name", ["words.json", "subdivisions.json", "guidance.json"])
def test_a_file_that_is_gone_is_asked_back(name, tmp_path):
    write(tmp_path, {"ke/ke-line.json": SOUND})
    (tmp_path / name).unlink()

    [problem] = found(tmp_path)

    assert problem.file == name
    assert "can't be read" in problem.what
    assert problem.remedy == "put the file back"


def test_a_folder_that_is_gone_is_an_error(tmp_path):
    with pytest.raises(NotADirectoryError, match="no such folder of records"):
        catalogue.read(tmp_path / "none")


NUMBER = {"value": "999", "services": ["police"], "confidence": "high"}


@pytest.mark.parametrize(
    ("fields", "field", "what"),
    [
        ({"ladder": ["001"]}, "ladder", "doesn't run from KE to 001"),
        ({"ladder": ["KE"]}, "ladder", "doesn't run from KE to 001"),
        ({"ladder": []}, "ladder", "doesn't run from KE to 001"),
        ({"ladder": ["KE", "EU", "EU", "001"]}, "ladder", "has a rung twice"),
        ({"ladder": ["KE", "EAC", "001"]}, "ladder", "EAC is unknown"),
        ({"time_zones": ["Nairobi"]}, "time_zones", "Nairobi is no IANA zone"),
        (
            {"emergency": [NUMBER | {"sources": []}]},
            "emergency",
            "999 is no number with a source",
        ),
        (
            {"emergency": [NUMBER | {"value": "9", "sources": [SOURCE]}]},
            "emergency",
            "9 is no number with a source",
        ),
    ],
)
def test_a_broken_place_is_named_by_its_code(fields, field, what, tmp_path):
    kenya = next(place for place in PLACES if place["code"] == "KE")
    places = [kenya | fields if place is kenya else place for place in PLACES]
    write(tmp_path, {"ke/ke-line.json": SOUND}, places)

    problems = [one for one in found(tmp_path) if one.field == f"[KE].{field}"]

    assert [one.file for one in problems] == ["jurisdictions.json"]
    assert problems[0].what == what
    assert problems[0].remedy


@pytest.mark.parametrize("fields", [{"needs": []}, {"phrases": {}}])
def test_a_concept_that_means_nothing_is_named(fields, tmp_path):
    write(tmp_path, {"ke/ke-line.json": SOUND}, concepts=[CONCEPT | fields])

    [problem] = found(tmp_path)

    assert (problem.file, problem.field) == ("words.json", "talk")
    assert problem.what == "means nothing"


def test_a_file_with_several_faults_names_them_all(tmp_path):
    fields = {
        "name": {"en": " A line"},
        "min_age": 99,
        "max_age": 9,
        "channels[0].value": "1",
        "channels[0].hours": "9-17",
        "sources[0].dated": "March",
    }
    write(tmp_path, {"ke/ke-line.json": changed(SOUND, fields)})

    assert [problem.field for problem in found(tmp_path)] == [
        "channels[0].hours",
        "channels[0].value",
        "min_age",
        "name.en",
        "sources[0].dated",
    ]


def test_a_file_that_is_no_record_names_all_that_keeps_it_from_being_one(tmp_path):
    fields = {
        "colour": "blue",
        "kind": "hotline",
        "channels[0].type": "fax",
        "sources[0].seen": "today",
        "summary": "Help.",
    }
    write(tmp_path, {"ke/ke-line.json": changed(SOUND, fields)})

    assert {problem.field for problem in found(tmp_path)} == {
        "",
        "kind",
        "channels[0].type",
        "sources[0].seen",
        "summary",
    }


def test_faults_of_several_files_come_in_one_run(tmp_path):
    write(
        tmp_path,
        {
            "ke/ke-line.json": changed(SOUND, {"channels[0].value": "1"}),
            "ke/ke-not-json.json": "{",
            "ke/ke-no-record.json": {},
        },
    )

    assert {problem.file for problem in found(tmp_path)} == {
        "ke/ke-line.json",
        "ke/ke-not-json.json",
        "ke/ke-no-record.json",
    }


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


def test_the_command_prints_file_field_fault_and_remedy_and_fails(tmp_path):
    fields = {"channels[0].hours": "9-17", "channels[0].value": "12345678901"}
    write(tmp_path, {"ke/ke-line.json": changed(SOUND, fields)})

    done = check(tmp_path)

    assert done.returncode == 1
    assert "error: ke/ke-line.json: channels[0].hours: is not opening" in done.stdout
    assert 'write it like "Mo-Fr 09:00-17:00; PH off"' in done.stdout
    assert "warning: ke/ke-line.json: channels[0].value: isn't in KE" in done.stdout
    assert "1 records, 1 errors, 1 warnings" in done.stdout
    assert "warning: " not in check(tmp_path, "--quiet").stdout


def test_a_warning_alone_is_no_failure(tmp_path):
    fields = {"channels[0].value": "12345678901"}
    write(tmp_path, {"ke/ke-line.json": changed(SOUND, fields)})

    assert check(tmp_path).returncode == 0


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
