"""A cursor holds for one release and one question, or it is refused."""

import base64
import datetime
import json

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.errors import BadQuery
from directory.search.cursor import (
    Cursor,
    fingerprint,
    minute_of,
    moment_of,
    read,
    written,
)
from directory.search.question import from_fields

RELEASE = "0123456789abcdef" * 4
SEQUENCE = 7
QUESTION = from_fields({"q": "help", "jurisdiction": "KE"})
REAL = Cursor(
    release=RELEASE[:16],
    sequence=SEQUENCE,
    question=fingerprint(QUESTION),
    reading=1,
    minute=29_923_920,
    offset=20,
)


def taken(text):
    """The cursor read from a text, or nothing where it is refused."""
    try:
        return read(text, QUESTION, RELEASE, SEQUENCE)
    except BadQuery:
        return None


def encoded(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@given(
    reading=st.integers(0, 2),
    minute=st.integers(0, 70_000_000),
    offset=st.integers(1, 100_000),
)
def test_what_was_written_is_read_again(reading, minute, offset):
    cursor = msgspec.structs.replace(
        REAL, reading=reading, minute=minute, offset=offset
    )

    assert taken(written(cursor)) == cursor


def test_a_cursor_needs_no_escape_in_an_address():
    assert written(REAL).replace("-", "").replace("_", "").isalnum()


def test_the_next_page_may_have_another_length_and_language():
    same = msgspec.structs.replace(QUESTION, limit=50, lang="fr", cursor="x")

    assert read(written(REAL), same, RELEASE, SEQUENCE) == REAL


@pytest.mark.parametrize(
    "change",
    [
        {"q": "helpline"},
        {"jurisdiction": "UG"},
        {"open_now": True},
        {"age": 12},
        {"within_km": 5},
        {"channel": "sms"},
    ],
)
def test_a_cursor_of_another_question_is_refused(change):
    other = msgspec.structs.replace(QUESTION, **change)

    with pytest.raises(BadQuery, match="leave it out to start from the first page"):
        read(written(REAL), other, RELEASE, SEQUENCE)


@pytest.mark.parametrize(
    ("release", "sequence"), [("f" * 64, SEQUENCE), (RELEASE, SEQUENCE + 1)]
)
def test_a_cursor_of_another_release_is_refused(release, sequence):
    with pytest.raises(BadQuery) as caught:
        read(written(REAL), QUESTION, release, sequence)

    assert caught.value.parameter == "cursor"


@pytest.mark.parametrize(
    "change",
    [
        {"offset": 0},
        {"offset": -1},
        {"offset": 2**63},
        {"reading": 3},
        {"reading": -1},
        {"minute": -1},
        {"minute": 2**32 - 1},
        {"minute": 2**63},
    ],
)
def test_a_cursor_out_of_all_bounds_is_refused(change):
    """The minute 2**32 - 1 lies beyond the year 9999, where the calendar ends."""
    assert taken(written(msgspec.structs.replace(REAL, **change))) is None


@given(st.text())
def test_any_text_is_refused_or_is_a_cursor_as_written_here(text):
    cursor = taken(text)

    assert cursor is None or written(cursor) == text


@given(
    place=st.integers(0, len(written(REAL))),
    cut=st.integers(0, 2),
    patch=st.text(alphabet="AQgw05-_+/=. \n!é", max_size=2),
)
@example(place=9, cut=0, patch="!")
@example(place=len(written(REAL)), cut=0, patch="=")
def test_a_changed_cursor_is_refused_or_is_another_one_as_written_here(
    place, cut, patch
):
    """Marks that a decoder skips would give one page many addresses."""
    text = written(REAL)
    changed = text[:place] + patch + text[place + cut :]
    cursor = taken(changed)

    assert cursor is None or written(cursor) == changed


@given(
    field=st.integers(0, 6),
    value=st.one_of(
        st.integers(),
        st.integers(0, 2**33),
        st.floats(),
        st.text(max_size=20),
        st.none(),
        st.booleans(),
    ),
)
@example(field=4, value=2**32 - 1)
def test_a_forged_field_is_refused_or_within_bounds(field, value):
    """Nothing forged may reach an index or a clock that it could break."""
    forged = list(msgspec.structs.astuple(REAL))
    forged[field : field + 1] = [value]
    cursor = taken(encoded(forged))

    if cursor is not None:
        assert (cursor.release, cursor.question) == (REAL.release, REAL.question)
        assert cursor.offset > 0
        assert moment_of(cursor.minute).tzinfo is datetime.UTC


@pytest.mark.parametrize(
    "text",
    ["", "====", "W10", encoded({}), encoded([]), encoded(None), "🙂", "\ud83d"],
)
def test_what_is_no_cursor_at_all_is_refused(text):
    assert taken(text) is None


@given(
    st.datetimes(
        min_value=datetime.datetime(1970, 1, 1),  # noqa: DTZ001 — hypothesis adds it
        max_value=datetime.datetime(2200, 1, 1),  # noqa: DTZ001
        timezones=st.just(datetime.UTC),
    )
)
def test_a_moment_is_kept_to_the_minute(moment):
    assert moment_of(minute_of(moment)) == moment.replace(second=0, microsecond=0)
