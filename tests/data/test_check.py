"""Every rule for a record names file, field and remedy."""

import pytest

FILE = "ke/ke-line.json"
PAGE = {
    "url": "https://example.org/help",
    "title": "Help",
    "publisher": "Example",
    "seen": "2026-11-20",
}
VISIT = {"channels[0].type": "in-person", "channels[0].value": "Shelter"}


def test_a_sound_folder_has_no_problem(folder, sound, found):
    assert found(folder({FILE: sound()})) == []


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
    ({"name": {"en": "A\x00 line"}}, "name.en", "hidden mark U+0000", "take it out"),
    ({"organization": "A\u202egro"}, "organization", "mark U+202E", "take it out"),
    ({"sources[0].title": "A\nB"}, "sources[0].title", "mark U+000A", "take it out"),
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
    ({"sources[1]": PAGE}, "sources[1].url", "stands twice", "keep one of them"),
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
        {"channels[0].type": "website", "channels[0].value": "example.org"},
        "channels[0].value",
        "is no http or https address",
        "write it with https://",
    ),
    (
        {"channels[0].type": "chat", "channels[0].value": "https://127.0.0.1/"},
        "channels[0].value",
        "names a bare number instead of a site",
        "write it with https://",
    ),
    (
        {"channels[0].type": "email", "channels[0].value": "help at example.org"},
        "channels[0].value",
        "is no e-mail address",
        "write name@host",
    ),
    (
        {"channels[0].type": "app", "channels[0].value": " "},
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
        {
            "channels[0].type": "chat",
            "channels[0].value": "https://example.org/chat",
            "channels[0].shows_on_bill": False,
        },
        "channels[0].shows_on_bill",
        "is said of chat",
        "phone, sms and ussd",
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
            VISIT | {"channels[0].place": {"confidential": True} | place},
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
            VISIT | {"channels[0].place": place},
            "channels[0].place",
            "has half a point",
            "give both coordinates",
        )
        for place in ({"latitude": -1.3}, {"longitude": 36.8})
    ),
    (
        VISIT | {"channels[0].place": {"latitude": 91, "longitude": 36.8}},
        "channels[0].place",
        "lies outside the earth",
        "give degrees",
    ),
]


@pytest.mark.parametrize(("fields", "field", "what", "remedy"), BROKEN)
def test_one_broken_field_gives_one_problem(fields, field, what, remedy, problems_of):
    [problem] = problems_of(fields)

    assert problem.level == "error"
    assert problem.file == FILE
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
def test_what_only_needs_a_look_is_a_warning(fields, field, what, remedy, problems_of):
    [problem] = problems_of(fields)

    assert problem.level == "warning"
    assert (problem.file, problem.field) == (FILE, field)
    assert what in problem.what
    assert remedy in problem.remedy


def test_hours_in_a_place_of_several_zones_ask_for_the_zone(folder, sound, found):
    fields = {
        "id": "mn-line",
        "jurisdictions": ["MN"],
        "channels[0].value": "108",
        "channels[0].hours": "Mo-Fr 09:00-17:00",
    }

    [problem] = found(folder({"mn/mn-line.json": sound(fields)}))

    assert problem.level == "warning"
    assert problem.field == "channels[0].time_zone"
    assert "the place has 2 zones" in problem.what


def test_a_union_has_no_numbering_plan_to_doubt_a_number_by(folder, sound, found):
    fields = {"jurisdictions": ["EU"], "channels[0].value": "116 111"}

    assert found(folder({"int/ke-line.json": sound(fields)})) == []


def test_without_any_source_a_record_is_low_and_held_back(problems_of):
    fields = {"sources": [], "channels[0].sources": []}
    held = fields | {"confidence": "low", "unpublished": "no-source"}

    assert {problem.field for problem in problems_of(fields)} == {
        "sources",
        "confidence",
        "channels[0].sources",
    }
    assert problems_of(held) == []


def test_a_record_without_places_says_so(folder, sound, found):
    problems = found(folder({"001/ke-line.json": sound({"jurisdictions": []})}))

    assert ("jurisdictions", "is empty") in {(one.field, one.what) for one in problems}


def test_a_file_with_several_faults_names_them_all(problems_of):
    fields = {
        "name": {"en": " A line"},
        "min_age": 99,
        "max_age": 9,
        "channels[0].value": "1",
        "channels[0].hours": "9-17",
        "sources[0].dated": "March",
    }

    assert [problem.field for problem in problems_of(fields)] == [
        "channels[0].hours",
        "channels[0].value",
        "min_age",
        "name.en",
        "sources[0].dated",
    ]


def test_a_file_that_is_no_record_names_all_that_keeps_it_from_being_one(problems_of):
    fields = {
        "colour": "blue",
        "kind": "hotline",
        "channels[0].type": "fax",
        "sources[0].seen": "today",
        "summary": "Help.",
    }

    assert {problem.field for problem in problems_of(fields)} == {
        "",
        "kind",
        "channels[0].type",
        "sources[0].seen",
        "summary",
    }
