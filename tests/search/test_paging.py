"""The order of the answers, and going through them page by page."""

import datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import BadQuery
from directory.search import cursor as cursors
from directory.search.question import from_fields

WORDS = st.sampled_from(
    [
        "",
        "help",
        "child helpline",
        "child porn",
        "kenya",
        "sextortion england",
        "116 111",
        "110",
        "emergency 112 police",
        "my nudes got leaked",
        "ayuda",
        "مساعدة",
        "子供",
        "helplne",
        "line",
        "stopncii kenya",
    ]
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "jurisdiction": st.sampled_from(["GB-WLS", "DE", "EU", "001", "US,CA", "IN"]),
        "need": st.sampled_from(["talk", "report,remove"]),
        "channel": st.sampled_from(["phone", "sms,chat", "website"]),
        "age": st.integers(8, 25),
        "open_now": st.just(value=True),
        "near": st.sampled_from(["51.5,-3.2", "6.6,3.3", "0,-30"]),
    },
)


LIMITS = st.sampled_from([3, 7, 20, 64, 99])


@settings(max_examples=50)
@given(words=WORDS, filters=FILTERS, limit=LIMITS)
def test_all_pages_together_hold_every_record_once(ask, words, filters, limit):
    answer = ask(q=words, **filters, limit=limit)
    total, facets = answer.total, answer.facets
    found = [hit.row.id for hit in answer.hits]
    while answer.next:
        answer = ask(q=words, **filters, limit=limit, cursor=answer.next)
        assert (answer.total, answer.facets) == (total, facets)
        assert 0 < len(answer.hits) <= limit
        found += [hit.row.id for hit in answer.hits]

    assert len(found) == len(set(found)) == total


@settings(max_examples=50)
@given(words=WORDS, filters=FILTERS, limit=LIMITS)
def test_the_length_of_the_pages_makes_no_difference_to_the_order(
    walk, words, filters, limit
):
    short = walk(q=words, **filters, limit=limit)
    long = walk(q=words, **filters, limit=100)

    assert [hit.row.id for hit in short] == [hit.row.id for hit in long]


def test_one_by_one_is_a_walk_too(walk):
    one_by_one = walk(jurisdiction="KE", limit=1)

    assert [hit.row.id for hit in one_by_one] == [
        hit.row.id for hit in walk(jurisdiction="KE", limit=100)
    ]


@given(words=WORDS, filters=FILTERS)
def test_what_is_of_low_confidence_comes_after_all_others(seen, walk, words, filters):
    hits = walk(q=words, **filters, limit=100)
    low = [seen[hit.row.id].confidence == "low" for hit in hits]

    assert low == sorted(low)


def test_a_better_match_of_low_confidence_still_comes_last(engine_of, a_record, ask):
    """However well the words fit: what is only on a list may be wrong."""
    wanted = "purple octopus helpline zebra"
    few = engine_of(
        a_record("ke-low", name={"en": wanted}, confidence="low"),
        a_record("ke-high", summary={"en": f"Long text. {wanted} {'more ' * 50}"}),
    )

    hits = ask(of=few, q=wanted, jurisdiction="KE").hits

    assert [hit.row.id for hit in hits] == ["ke-high", "ke-low"]


def test_equal_records_stand_by_proof_then_urgency_then_id(engine_of, a_record, ask):
    few = engine_of(
        a_record("ke-a", kind="network", confidence="high"),
        a_record("ke-b", kind="emergency", confidence="medium"),
        a_record("ke-c", kind="emergency", confidence="high"),
        a_record("ke-d", kind="emergency", confidence="high"),
    )

    hits = ask(of=few).hits

    assert [hit.row.id for hit in hits] == ["ke-c", "ke-d", "ke-a", "ke-b"]


def test_a_name_counts_more_than_a_description(engine_of, a_record, ask):
    few = engine_of(
        a_record("ke-a", summary={"en": "Blue lamp for children"}),
        a_record("ke-b", name={"en": "Blue lamp"}),
    )

    assert [hit.row.id for hit in ask(of=few, q="blue lamp").hits] == ["ke-b", "ke-a"]


def test_the_last_page_has_no_next(ask):
    answer = ask(q="stopncii", limit=100)

    assert answer.next is None


@pytest.mark.parametrize(
    "other", [{"q": "childline"}, {"need": "talk"}, {"jurisdiction": "KE"}]
)
def test_a_cursor_of_another_question_is_refused(other, ask):
    cursor = ask(q="help", limit=2).next

    with pytest.raises(BadQuery, match="start from the first page"):
        ask(**({"q": "help"} | other), limit=2, cursor=cursor)


def test_a_cursor_of_another_release_is_refused(ask, engine_of, a_record):
    few = engine_of(a_record("ke-a"), a_record("ke-b"))
    cursor = ask(limit=1).next

    with pytest.raises(BadQuery, match="start from the first page"):
        ask(of=few, limit=1, cursor=cursor)


def test_open_and_closed_stay_as_they_were_on_the_first_page(
    engine_of, a_record, ask, noon
):
    """At noon UTC it is 15:00 in Nairobi: what closes at 16:00 stays on page two."""
    line = msgspec.structs.replace(a_record().channels[0], hours="Mo-Su 08:00-16:00")
    few = engine_of(*(a_record(f"ke-{n}", channels=(line,)) for n in "abc"))
    page = ask(of=few, open_now=True, limit=2)
    later = noon + datetime.timedelta(hours=3)

    rest = ask(of=few, now=later, open_now=True, limit=2, cursor=page.next)

    assert [hit.row.id for hit in rest.hits] == ["ke-c"]
    assert rest.hits[0].opening[0].state == "open"


@given(
    minute=st.one_of(st.integers(0, 2**33), st.integers(4_223_371_000, 4_223_372_000)),
    offset=st.sampled_from([1, 500, 10_000_000]),
    reading=st.integers(0, 2),
)
def test_a_forged_cursor_breaks_nothing(ask, release, minute, offset, reading):
    question = {"q": "help", "open_now": True, "limit": 5}
    forged = cursors.written(
        cursors.Cursor(
            release=release.id[:16],
            sequence=release.manifest.sequence,
            question=cursors.fingerprint(from_fields(question)),
            reading=reading,
            minute=minute,
            offset=offset,
        )
    )

    try:
        answer = ask(**question, cursor=forged)
    except BadQuery as fault:
        assert fault.parameter == "cursor"  # noqa: PT017 — either is right
    else:
        assert answer.next != forged
