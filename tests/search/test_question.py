"""What can be asked, and how a wrong question is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import BadQuery
from directory.search.question import LISTS, Question, from_fields, from_pairs
from directory.search.resolve import Names, code_of

MARKER = "zqMARKERqz"


def refused(fields):
    with pytest.raises(BadQuery) as caught:
        from_fields(fields)
    return caught.value


def test_nothing_at_all_is_a_question():
    assert from_fields({}) == from_pairs([]) == Question()


def test_fields_of_a_form_that_were_left_empty_are_left_out():
    pairs = [("q", "help"), ("age", ""), ("need", ""), ("open_now", "")]

    assert from_pairs(pairs) == Question(q="help")


def test_an_address_says_the_same_as_a_body():
    pairs = [("age", "13"), ("open_now", "true"), ("channel", "sms,chat")]
    body = {"age": 13, "open_now": True, "channel": ["sms", "chat"], "kind": None}

    assert from_pairs(pairs) == from_fields(body)
    assert from_pairs(pairs).age == 13
    assert from_pairs(pairs).open_now is True


@pytest.mark.parametrize(
    ("pairs", "parameter"),
    [
        ([("kind", "emergency"), ("kind", "network")], "kind"),
        ([("q", ""), ("q", "")], "q"),
        ([(MARKER, "a"), (MARKER, "b")], "parameters"),
    ],
)
def test_a_parameter_given_twice_is_refused(pairs, parameter):
    with pytest.raises(BadQuery, match="given twice") as caught:
        from_pairs(pairs)

    assert caught.value.parameter == parameter


@pytest.mark.parametrize("name", ["Q", "query", "country", "page", "", "`", MARKER])
def test_an_unknown_parameter_is_refused_with_the_known_ones(name):
    for fault in (refused({name: "x"}), refused({"q": "help", name: ""})):
        assert fault.parameter == "parameters"
        assert "jurisdiction" in fault.remedy


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("age", -1),
        ("age", 121),
        ("age", "thirteen"),
        ("age", 13.5),
        ("age", True),
        ("limit", 0),
        ("limit", 101),
        ("limit", "all"),
        ("within_km", 0),
        ("within_km", 20_001),
        ("open_now", "maybe"),
        ("anonymous", 2),
        ("q", "a" * 301),
        ("q", 116111),
        ("q", {"words": "help"}),
        ("q", ["help", 116111]),
        ("place", "a" * 101),
        ("cursor", "a" * 301),
        ("lang", "xx"),
        ("lang", "EN"),
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_field(field, value):
    fault = refused({field: value})

    assert fault.parameter == field
    assert fault.remedy
    assert str(fault) == f"{field}: {fault.detail}; {fault.remedy}"


@pytest.mark.parametrize("body", [None, [], "help", 5, [["q", "help"]]])
def test_a_body_that_is_no_object_is_refused(body):
    assert refused(body).parameter == "body"


def test_a_point_and_a_town_at_once_are_refused():
    assert refused({"near": "0,0", "place": "Nairobi"}).parameter == "place"


@pytest.mark.parametrize("parameter", LISTS)
def test_a_value_outside_its_closed_list_is_refused_with_the_list(parameter):
    allowed = tuple(LISTS[parameter])
    question = from_fields({parameter: f"{allowed[0]},{MARKER}"})

    with pytest.raises(BadQuery) as caught:
        question.values(parameter)

    assert caught.value.parameter == parameter
    assert allowed[-1] in caught.value.remedy


@pytest.mark.parametrize("parameter", LISTS)
def test_every_value_of_a_closed_list_is_understood(parameter):
    allowed = tuple(LISTS[parameter])
    question = from_fields({parameter: list(allowed)})

    assert question.values(parameter) == allowed


def test_values_are_taken_once_and_without_their_spaces():
    question = from_fields({"channel": " sms ,, phone,sms,"})

    assert question.values("channel") == ("sms", "phone")


@pytest.mark.parametrize("parameter", ["language", "jurisdiction"])
def test_more_values_than_anybody_needs_are_refused(parameter):
    codes = [f"{a}{b}" for a in "abcdef" for b in "abcdef"]

    assert len(from_fields({parameter: codes[:30]}).values(parameter)) == 30
    with pytest.raises(BadQuery, match="at most 30"):
        from_fields({parameter: codes[:31]}).values(parameter)


@pytest.mark.parametrize("language", ["sw", "zh-Hans", "fa-AF", "pt-BR", "tpi", "und"])
def test_a_language_is_a_bcp_47_tag(language):
    assert from_fields({"language": language}).languages() == (language,)


@pytest.mark.parametrize("language", ["Swahili", "e", "en_GB", "-", "@", "x" * 99])
def test_what_is_no_language_tag_is_refused(language):
    with pytest.raises(BadQuery, match="language: "):
        from_fields({"language": language}).languages()


@pytest.mark.parametrize(
    "near",
    ["1", "1,2,3", "a,b", "91,0", "-90.1,0", "0,180.5", "nan,0", "0,inf", "1;2", ","],
)
def test_what_is_no_point_on_earth_is_refused(near):
    with pytest.raises(BadQuery, match="near: "):
        from_fields({"near": near}).point()


@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
def test_an_exact_place_is_never_worked_with(latitude, longitude):
    """A tenth of a degree is some ten kilometres: a home can't be read from it."""
    point = from_fields({"near": f"{latitude!r},{longitude!r}"}).point()

    assert point == (round(latitude, 1), round(longitude, 1))


ANYTHING = st.one_of(
    st.text().map(lambda text: text[:9] + MARKER + text[9:]),
    st.just(f"{MARKER}," * 40),
    st.just(MARKER * 40),
    st.just([MARKER]),
    st.just([MARKER, 5]),
    st.just({MARKER: MARKER}),
    st.just([[MARKER]]),
)


@given(
    field=st.sampled_from([*Question.__struct_fields__, MARKER, f"`{MARKER}`"]),
    value=ANYTHING,
)
def test_a_refusal_never_repeats_what_was_sent(field, value):
    """It may stand in a log, or on a screen that somebody else can see."""
    said = ""
    try:
        question = from_fields({field: value})
        for name in LISTS:
            question.values(name)
        question.languages()
        question.point()
        for code in question.values("jurisdiction"):
            code_of(code, {}, "jurisdiction")
    except BadQuery as fault:
        said = f"{fault} {fault.parameter} {fault.detail} {fault.remedy} {fault.args}"

    assert MARKER.lower() not in said.lower()


NAMES = {*Question.__struct_fields__, "parameters"}


def answer(read, raw):
    """The parameter that was refused, or that it was none."""
    try:
        read(raw)
    except BadQuery as fault:
        return fault.parameter
    return "a question"


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=5))
def test_whatever_an_address_holds_is_understood_or_refused(pairs):
    assert answer(from_pairs, pairs) in {"a question", *NAMES}


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(Question.__struct_fields__), JSON) | JSON)
def test_whatever_a_body_holds_is_understood_or_refused(body):
    assert answer(from_fields, body) in {"a question", "body", *NAMES}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KE", "KE"),
        ("ke", "KE"),
        (" Ke ", "KE"),
        ("KEN", "KE"),
        ("gbr", "GB"),
        ("gb-wls", "GB-WLS"),
        ("eu", "EU"),
        ("001", "001"),
        ("xk", "XK"),
    ],
)
def test_a_place_is_known_by_any_of_its_codes(text, code, records):
    assert code_of(text, records.jurisdictions, "jurisdiction") == code


@pytest.mark.parametrize("text", ["", "ZZ", "ZZZ", "Kenya", "KE-99", "002"])
def test_an_unknown_place_is_refused_with_what_a_code_looks_like(text, records):
    with pytest.raises(BadQuery, match="use a code such as KE, GB-WLS"):
        code_of(text, records.jurisdictions, "located_in")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kenya", "KE"),
        ("Allemagne", "DE"),
        ("alemania", "DE"),
        ("ألمانيا", "DE"),
        ("जर्मनी", "DE"),
        ("wales", "GB-WLS"),
        ("Georgia", "GE"),
        ("Atlantis", None),
    ],
)
def test_a_place_is_known_by_its_name_in_every_language_of_ours(name, code, records):
    """A country before a region of the same name."""
    names = Names(records.jurisdictions, records.subdivision_names)

    assert names.code(name) == code
