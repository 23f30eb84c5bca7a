"""What is asked for is all that comes, and all of it comes."""

import datetime
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import hours
from directory.channel import CHANNEL_TYPES
from directory.jurisdiction import rung_of
from directory.resource import AUDIENCES, KINDS, NEEDS, TOPICS

LEVELS = ("subdivision", "country", "supranational", "world")
NIGHT = datetime.datetime(2026, 11, 22, 2, 0, tzinfo=datetime.UTC)
"""A Saturday night in America and a Sunday morning in Europe and Asia."""


def ids(hits):
    return {hit.row.id for hit in hits}


def codes(question):
    return [code for code in question.get("jurisdiction", "").split(",") if code]


def reaches(record, code, places):
    return any(
        covered in places[code].ladder or code in places[covered].ladder
        for covered in record.jurisdictions
    )


def is_spoken(language, channel, record):
    base = language.split("-")[0]
    return any(
        tag in {language, base} or tag.split("-")[0] == language
        for tag in channel.languages or record.languages
    )


def channel_fits(channel, record, question, places, now):
    """All that is asked of a channel holds for this one."""
    anonymous = record.anonymous if channel.anonymous is None else channel.anonymous
    least = record.min_age if channel.min_age is None else channel.min_age
    most = record.max_age if channel.max_age is None else channel.max_age
    age = question.get("age")
    place = places[record.jurisdictions[0]]
    return (
        ("channel" not in question or channel.type in question["channel"].split(","))
        and (
            "language" not in question
            or is_spoken(question["language"], channel, record)
        )
        and (age is None or (least or 0) <= age <= (120 if most is None else most))
        and (not question.get("anonymous") or anonymous is True)
        and (
            not question.get("open_now")
            or hours.opening(channel, place, now).state != "closed"
        )
    )


def fits(record, question, places, now):
    wanted = {
        "need": set(record.needs),
        "kind": {record.kind},
        "topic": set(record.topics),
        "audience": set(record.audiences),
    }
    return (
        all(
            name not in question or values & set(question[name].split(","))
            for name, values in wanted.items()
        )
        and (
            not codes(question)
            or any(reaches(record, code, places) for code in codes(question))
        )
        and any(
            channel_fits(channel, record, question, places, now)
            for channel in record.channels
        )
    )


QUESTIONS = st.fixed_dictionaries(
    {},
    optional={
        "need": st.sampled_from([*NEEDS, "talk,report"]),
        "kind": st.sampled_from([*KINDS, "emergency,child-helpline"]),
        "topic": st.sampled_from([*TOPICS, "csam,sextortion"]),
        "audience": st.sampled_from([*AUDIENCES, "child,young-person"]),
        "channel": st.sampled_from([*CHANNEL_TYPES, "sms,chat,whatsapp"]),
        "language": st.sampled_from(["en", "zh", "zh-Hans", "fa-AF", "es", "tlh"]),
        "jurisdiction": st.sampled_from(
            ["GB-WLS", "GB", "KE", "RE", "EU", "001", "US-CA", "HK", "DE,AT", "CN-SH"]
        ),
        "age": st.integers(0, 120),
        "anonymous": st.just(value=True),
        "open_now": st.just(value=True),
    },
)


@given(QUESTIONS)
def test_finds_what_a_look_at_every_record_finds(seen, release, walk, noon, question):
    expected = {
        record.id
        for record in seen.values()
        if fits(record, question, release.jurisdictions, noon)
    }

    assert ids(walk(**question, limit=100)) == expected


@given(QUESTIONS)
def test_facets_count_every_record_that_was_found(seen, ask, walk, question):
    found = [seen[hit.row.id] for hit in walk(**question, limit=100)]
    counted = {
        "kind": Counter(record.kind for record in found),
        "need": Counter(need for record in found for need in record.needs),
        "topic": Counter(topic for record in found for topic in record.topics),
        "audience": Counter(one for record in found for one in record.audiences),
        "channel": Counter(
            type_
            for record in found
            for type_ in {channel.type for channel in record.channels}
        ),
        "language": Counter(
            tag
            for record in found
            for tag in {
                *record.languages,
                *(tag for channel in record.channels for tag in channel.languages),
            }
        ),
        "jurisdiction": Counter(
            code for record in found for code in record.jurisdictions
        ),
    }

    facets = {name: dict(pairs) for name, pairs in ask(**question).facets.items()}

    assert facets == (counted if found else {})


@pytest.mark.parametrize("code", ["GB-WLS", "GB", "RE", "KE", "EU", "CN-SH", "HK"])
def test_a_place_brings_what_is_above_and_below_each_with_its_rung(
    code, seen, release, walk
):
    places = release.jurisdictions
    hits = walk(jurisdiction=code, limit=100)

    assert hits
    for hit in hits:
        covered = seen[hit.row.id].jurisdictions
        assert (hit.level, hit.jurisdiction) == rung_of(places[code], covered, places)


@pytest.mark.parametrize(
    ("code", "brings", "leaves"),
    [
        ("GB-WLS", {"GB-WLS", "GB-EAW", "GB", "001"}, {"GB-SCT", "GB-NIR", "EU"}),
        ("GB", {"GB-SCT", "GB-WLS", "GB", "001"}, {"IE", "EU"}),
        ("RE", {"FR", "EU", "001"}, {"GP", "MQ"}),
        ("HK", {"HK", "001"}, {"CN", "MO"}),
        ("EU", {"DE", "EU", "001"}, {"GB", "CH"}),
    ],
)
def test_the_rungs_are_those_of_the_ladder(code, brings, leaves, walk):
    rungs = {hit.jurisdiction for hit in walk(jurisdiction=code, limit=100)}

    assert brings <= rungs
    assert not leaves & rungs


def test_without_words_what_is_nearer_stands_before_what_is_wider(seen, walk):
    """But what isn't well proven stands last, however near it is."""
    levels = [
        LEVELS.index(hit.level)
        for hit in walk(jurisdiction="GB-WLS", limit=100)
        if seen[hit.row.id].confidence != "low"
    ]

    assert levels == sorted(levels)
    assert len(set(levels)) == 3


def test_of_several_places_each_record_is_labelled_with_the_first_that_it_serves(
    seen, walk
):
    hits = walk(jurisdiction="AT,DE", limit=100)
    of_germany = [hit for hit in hits if "DE" in seen[hit.row.id].jurisdictions]

    assert of_germany
    assert {hit.jurisdiction for hit in of_germany} == {"DE"}


def line(record, **fields):
    return msgspec.structs.replace(record.channels[0], **fields)


@pytest.fixture(scope="module")
def few(engine_of, a_record):
    """Kenyan records that differ in what their channels can do."""
    plain = a_record()
    night = "Mo-Su 22:00-06:00"
    day = "Mo-Su 08:00-20:00"
    return engine_of(
        a_record("ke-split", channels=(
            line(plain, languages=("sw",), hours=night),
            line(plain, type="sms", languages=("en",), hours=day),
        )),
        a_record("ke-both", channels=(
            line(plain, type="sms", languages=("sw",), hours=day),
        )),
        a_record("ke-shut", channels=(line(plain, hours=night),)),
        a_record("ke-unknown"),
        a_record("ke-always", channels=(line(plain, hours="24/7"),)),
        a_record("ke-teens", min_age=13, max_age=19),
        a_record("ke-teens-any", min_age=13, max_age=19, channels=(
            line(plain, min_age=0, max_age=120),
        )),
        a_record("ke-nameless", anonymous=True),
        a_record("ke-named", anonymous=True, channels=(line(plain, anonymous=False),)),
        a_record("ke-hans", languages=("zh-Hans",)),
        a_record("ke-zh", channels=(line(plain, languages=("zh",)),)),
    )  # fmt: skip


def test_all_conditions_hold_for_one_and_the_same_channel(few, ask):
    """One that takes Swahili by phone and texts in English takes no Swahili texts."""
    found = ask(of=few, channel="sms", language="sw").hits

    assert ids(found) == {"ke-both"}


def test_open_by_one_channel_in_a_language_spoken_only_on_another_is_not_open(few, ask):
    found = ask(of=few, language="sw", open_now=True).hits

    assert ids(found) == {"ke-both"}


def test_open_now_leaves_out_the_closed_and_keeps_the_unknown(few, ask):
    found = ids(ask(of=few, open_now=True).hits)

    assert "ke-shut" not in found
    assert {"ke-unknown", "ke-always", "ke-split"} <= found


def test_open_now_follows_the_clock(few, ask):
    """At 02:00 UTC it is 5 in the morning in Nairobi."""
    found = ids(ask(of=few, open_now=True, now=NIGHT).hits)

    assert "ke-both" not in found
    assert {"ke-shut", "ke-unknown", "ke-split"} <= found


def test_each_hit_tells_the_state_of_each_channel_in_their_order(few, ask):
    [hit] = ask(of=few, channel="sms", language="en").hits

    assert [one.state for one in hit.opening] == ["closed", "open"]


@pytest.mark.parametrize(("age", "taken"), [(12, 0), (13, 1), (19, 1), (20, 0)])
def test_an_age_leaves_out_only_who_is_known_to_turn_it_away(age, taken, few, ask):
    found = ids(ask(of=few, age=age).hits)

    assert ("ke-teens" in found) is bool(taken)
    assert {"ke-unknown", "ke-teens-any"} <= found


def test_anonymous_is_only_what_is_known_to_be(few, ask):
    """A channel that asks for the name counts before a record that doesn't."""
    assert ids(ask(of=few, anonymous=True).hits) == {"ke-nameless"}


@pytest.mark.parametrize("language", ["zh", "zh-Hans", "zh-hans", "ZH"])
def test_chinese_finds_simplified_chinese_and_the_other_way_round(language, few, ask):
    assert ids(ask(of=few, language=language).hits) == {"ke-hans", "ke-zh"}


def test_one_of_several_languages_is_enough(few, ask):
    assert ids(ask(of=few, language="sw,zh").hits) == {
        "ke-split",
        "ke-both",
        "ke-hans",
        "ke-zh",
    }
