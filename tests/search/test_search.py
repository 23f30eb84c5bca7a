"""What people type finds what they mean."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.dialling import digits
from directory.errors import BadQuery
from directory.resource import AUDIENCES, KINDS, NEEDS, TOPICS
from directory.search.question import LONGEST, Question

LONE = "\ud83d"
"""Half of an emoji: no JSON and no address holds it, a command line may."""


@pytest.mark.parametrize(
    ("words", "record_id"),
    [
        ("revenge porn", "int-stopncii"),
        ("nudes leaked", "int-ncmec-take-it-down"),
        ("childline", "gb-childline"),
        ("child helpline kenya", "ke-child-helpline-116"),
        ("Kenia Kinder", "ke-child-helpline-116"),
        ("子ども 相談", "jp-189"),
        ("子供", "jp-sos-dial"),
        ("保護專線", "tw-113"),
        ("เด็ก", "th-childline-1387"),
        ("चाइल्ड हेल्पलाइन नेपाल", "np-child-helpline-1098"),
    ],
)
def test_finds_the_service_that_is_meant(words, record_id, first):
    assert record_id in [record.id for record in first(words)]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("child porn", "csam-hotline"),
        ("pornografía infantil", "csam-hotline"),
        ("مساعدة طفل", "child-helpline"),
        ("สายด่วนเด็ก", "child-helpline"),
        ("बच्चों की मदद", "child-helpline"),
        ("pedofilia", "prevention"),
    ],
)
def test_finds_the_kind_of_service_that_is_meant(words, kind, first):
    assert kind in [record.kind for record in first(words)]


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("sextorsión", "sextortion"),
        ("шантаж", "sextortion"),
        ("यौन शोषण", "child-sexual-abuse"),
        ("ข่มขืน", "sexual-violence"),
        ("my uncle touched me", "child-sexual-abuse"),
    ],
)
def test_finds_what_it_is_about(words, topic, first):
    assert [topic in record.topics for record in first(words)] == [True] * 5


@pytest.mark.parametrize(
    ("words", "country"), [("my uncle touched me", "MY"), ("so scared", "SO")]
)
def test_a_small_word_is_no_country_code(words, country, first):
    """Whoever writes "my" doesn't ask for Malaysia, whose ids and sites hold a my."""
    found = {code for record in first(words) for code in record.jurisdictions}

    assert country not in found


@pytest.mark.parametrize("words", ["116111", "116 111", "116-111", "١١٦١١١", "११६ १११"])
def test_a_number_finds_those_who_have_it_however_it_is_written(words, first):
    found = first(words)

    assert len(found) == 5
    for record in found:
        assert any(digits(one.value).endswith("116111") for one in record.channels)


@pytest.mark.parametrize("words", ["+49 116 111", "0049116111", "+٤٩ ١١٦ ١١١"])
def test_a_country_code_before_the_number_finds_that_countrys_first(words, first):
    assert first(words)[0].id == "de-nummer-gegen-kummer"


@pytest.mark.parametrize(
    ("words", "record_id"), [("000", "au-000"), ("0800 1111", "gb-childline")]
)
def test_zeros_at_the_front_belong_to_a_number(words, record_id, first):
    assert first(words)[0].id == record_id


@pytest.mark.parametrize("words", ["Numm", "numm", "Kumme"])
def test_the_beginning_of_a_name_is_enough(words, first):
    assert first(words)[0].id == "de-nummer-gegen-kummer"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sextorsoin", "sextorsion"),
        ("sextortin", "sextortion"),
        ("helplne kenya", "helpline kenya"),
        ("revenge prn", "revenge porn"),
    ],
)
def test_one_wrong_letter_finds_the_same_service(typed, meant, first):
    """At least one of the first five: what is near in spelling is less sure."""
    assert {one.id for one in first(typed)} & {one.id for one in first(meant)}


def test_a_misspelt_name_finds_the_service(first):
    names = [record.id for record in first("nummer gegen kumer")]

    assert "de-nummer-gegen-kummer" in names


def test_words_found_nowhere_are_counted_and_the_rest_still_finds(ask):
    answer = ask(q="childline xyzzyqwv")

    assert answer.unread == 1
    assert answer.reading == 0
    assert answer.total == ask(q="childline").total


def test_where_nothing_meets_every_word_the_closest_come_and_it_is_said(ask):
    """StopNCII serves the whole world, and not as a record of Kenya's own."""
    answer = ask(q="stopncii kenya")

    assert answer.total
    assert answer.reading > 0


@pytest.mark.parametrize("words", ["xyzzyqwv", "…", "😀", '"', "\0"])
def test_nothing_is_guessed_for_words_without_any_meaning(words, ask):
    answer = ask(q=words)

    assert (answer.total, answer.hits, answer.facets) == (0, (), {})


@pytest.mark.parametrize("words", ["", " ", "\t\n"])
def test_no_words_find_everything(words, ask, release):
    assert ask(q=words).total == release.manifest.counts["resources"]


SAID = {
    *NEEDS,
    *KINDS,
    *TOPICS,
    *AUDIENCES,
    *("only", "", "KE", "en"),
}


@pytest.mark.parametrize("words", ["kenya english child porn help 116", "childlin"])
def test_what_matched_is_said_without_what_was_typed(words, ask):
    hits = ask(q=words).hits

    assert hits
    assert {value for hit in hits for _, value in hit.matched} <= SAID


@pytest.mark.parametrize(
    ("words", "matched"),
    [
        ("childline", {("kind", "child-helpline"), ("name", "")}),
        ("0800 1111", {("number", "")}),
        ("nummer gegen kumer", {("name", ""), ("spelling", "")}),
    ],
)
def test_says_what_of_the_record_answered(words, matched, ask):
    assert matched <= set(ask(q=words).hits[0].matched)


HOSTILE = [
    "a" * LONGEST,
    "help " * 60,
    "1 " * 150,
    "116111 " * 42,
    "AND OR NOT * ? [ ] { } ~ ^ : \\ ( ) + - ! && ||",
    'name:* AND "child',
    "/.*/",
    "[a TO z]",
    "help~2 child^9 -porn +kenya",
    "'; DROP TABLE resource; --",
    "%' OR '1'='1",
    "<script>alert(1)</script>",
    "\0\x01\x1b[2J\x7f",
    "\u202e\u2066help\u2069",
    "é" + "\u0301" * 200,
    "👩‍👩‍👧‍👦" * 20,
    "\ufdfa" * 100,
    "²³¹①",
    "٠" * 100,
    f"help {LONE}",
    LONE,
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("rest", [{}, {"jurisdiction": "KE", "open_now": True}])
def test_no_words_break_the_search(words, rest, ask):
    try:
        answer = ask(q=words, limit=2, **rest)
    except BadQuery as fault:
        assert fault.parameter == "q"  # noqa: PT017 — either is right
    else:
        assert answer.total >= len(answer.hits)


@given(
    st.text(max_size=LONGEST)
    | st.lists(st.sampled_from([*HOSTILE, "help", "kenya", "116"]))
    .map(" ".join)
    .map(lambda text: text[:LONGEST])
)
@example("K")
def test_any_text_is_answered_or_refused(ask, words):
    answer = None
    try:
        answer = ask(q=words, limit=1)
    except BadQuery as fault:
        assert fault.parameter == "q"  # noqa: PT017 — either is right
    assert answer is None or answer.total >= len(answer.hits)


@pytest.mark.parametrize(
    "field", ["jurisdiction", "language", "place", "near", "cursor", "kind", "lang"]
)
@given(text=st.text(max_size=99))
@example(text=LONE)
@example(text="' OR 1=1 --")
@example(text="a@b")
def test_any_text_in_any_field_is_answered_or_refused(ask, field, text):
    try:
        ask(**{field: text}, limit=1)
    except BadQuery as fault:
        assert fault.parameter == field  # noqa: PT017 — either is right


@pytest.mark.parametrize("words", ["kenya swahili", "child kenya germany", "france"])
def test_what_matched_is_so_of_the_record(release, engine, noon, words):
    """A word that another record answers is never claimed for this one."""
    for hit in engine.answer(Question(q=words, limit=100), noon).hits:
        record = release.resource(hit.row.id)
        spoken = {tag for one in record.channels for tag in one.languages}
        within = {
            rung
            for code in record.jurisdictions
            for rung in release.jurisdictions[code].ladder
        }
        for by, value in hit.matched:
            if by == "jurisdiction":
                assert value in within
            if by == "language":
                assert value in {*record.languages, *spoken}
            if by == "topic":
                assert value in record.topics
