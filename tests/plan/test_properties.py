"""What holds for every plan, whatever the situation."""

import datetime
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory import ROOT
from directory.errors import BadQuery
from directory.plan.choice import CONVERSING, ways
from directory.plan.plan import plan, platforms
from directory.plan.rules import ORDER, RULES, kind_of
from directory.plan.situation import ROLES, SUBJECTS, from_fields
from directory.resource import NEEDS

MOMENTS = st.datetimes(
    min_value=datetime.datetime(2026, 1, 1),  # noqa: DTZ001 — hypothesis adds the zone
    max_value=datetime.datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(datetime.UTC),
)


@pytest.fixture(scope="module")
def ladders(release):
    """One place for each distinct ladder's end: every country and every region that has
    services of its own."""
    return sorted(
        code
        for code, place in release.jurisdictions.items()
        if place.level != "subdivision" or code in release.counts()
    )


def holds(situation, made, release):
    """Every promise of `docs/plan.md` that can be checked on any plan."""
    places = release.jurisdictions
    named = [situation.located_in, situation.happened_in, situation.hosted_in]
    named.append(situation.lives_in)
    related = {rung for code in named if code for rung in places[code].ladder}
    seen = set()
    assert made.steps or made.gaps
    if situation.danger:
        assert made.steps[0].kind == "emergency"
    for step in made.steps:
        assert step.kind == "emergency" or step.offer
        for offer in (step.offer, step.then):
            if offer is None:
                continue
            assert offer.jurisdiction in related
            assert not seen & ways(offer.record)
            seen |= ways(offer.record)
            audiences = set(offer.record.audiences)
            if situation.reader_is_minor is True:
                assert audiences & {"child", "young-person", "public"}
                assert (offer.record.min_age or 0) < 18
            if situation.reader_is_minor is False:
                assert audiences - {"child", "young-person"}
            if offer.record.professionals_only:
                assert situation.role == "professional"
        if step.offer and step.then:
            is_low = step.offer.record.confidence == "low"
            assert not is_low or step.then.record.confidence == "low"
        if situation.silent and step.offer and step.offer.channel.type == "phone":
            types = {channel.type for channel in step.offer.record.channels}
            assert not types & (CONVERSING if step.kind == "talk" else {"chat", "sms"})


@settings(
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), at=MOMENTS)
def test_any_situation_gets_a_plan_that_keeps_every_promise(release, ladders, data, at):
    some = st.one_of(st.none(), st.sampled_from(ladders))
    fields = {
        "located_in": data.draw(st.sampled_from(ladders)),
        "happened_in": data.draw(some),
        "hosted_in": data.draw(some),
        "lives_in": data.draw(some),
        "platform": data.draw(
            st.one_of(st.none(), st.sampled_from(platforms(release)))
        ),
        "subject": data.draw(st.one_of(st.none(), st.sampled_from(SUBJECTS))),
        "role": data.draw(st.one_of(st.none(), st.sampled_from(ROLES))),
        "age": data.draw(st.one_of(st.none(), st.integers(0, 120))),
        "age_in_image": data.draw(st.one_of(st.none(), st.integers(0, 120))),
        "needs": data.draw(st.lists(st.sampled_from(NEEDS), unique=True, max_size=3)),
        "languages": data.draw(
            st.lists(st.sampled_from(["sw", "es", "ar", "fr"]), max_size=2)
        ),
        "silent": data.draw(st.booleans()),
        "anonymous": data.draw(st.booleans()),
        "in_danger": data.draw(st.booleans()),
    }
    try:
        situation = from_fields(fields, release.jurisdictions)
    except BadQuery as fault:
        assert fault.parameter in fields  # noqa: PT017 — only contradictions may fail
        return
    made = plan(situation, release, at)

    holds(situation, made, release)
    assert made == plan(situation, release, at)


@pytest.mark.parametrize("need", NEEDS)
def test_every_place_and_need_has_a_first_step(release, ladders, noon, need):
    for place in ladders:
        situation = from_fields(
            {"located_in": place, "needs": [need]}, release.jurisdictions
        )
        made = plan(situation, release, noon)
        holds(situation, made, release)
        assert made.steps, place


def test_every_rule_has_a_name_and_a_source_and_is_used():
    used = {name for order in ORDER.values() for name in order}

    assert used == set(RULES)
    assert all(rule.source and rule.name == name for name, rule in RULES.items())


def test_every_scenario_of_the_document_is_a_test():
    text = (ROOT / "docs" / "plan.md").read_text()
    rows = re.findall(
        r"^\| \d+ \| .* \| .* \|$", text.split("## Scenarios")[1], re.MULTILINE
    )
    tests = (Path(__file__).parent / "test_scenarios.py").read_text()

    assert len(rows) == 40
    assert tests.count("\ndef test_") >= 40


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, "located_in"),
        ({"located_in": "ZZ"}, "located_in"),
        ({"located_in": "KE", "age": 12, "age_in_image": 15}, "age_in_image"),
        ({"located_in": "KE", "age": 40, "role": "child"}, "role"),
        ({"located_in": "KE", "age": 12, "role": "survivor"}, "role"),
        ({"located_in": "KE", "age": 200}, "age"),
        ({"located_in": "KE", "needs": ["pizza"]}, "needs"),
        ({"located_in": "KE", "hosted_in": "QQ"}, "hosted_in"),
        (
            {"located_in": "KE", "subject": "my-own-thoughts", "needs": ["remove"]},
            "needs",
        ),
        ({"located_in": "KE", "languages": ["!"]}, "languages"),
        ({"located_in": "KE", "lang": "xx"}, "lang"),
        ({"located_in": "KE", "unheard": 1}, "body"),
        ([], "body"),
    ],
)
def test_what_contradicts_itself_names_the_field(release, fields, named):
    with pytest.raises(BadQuery) as caught:
        from_fields(fields, release.jurisdictions)

    assert named == caught.value.parameter


def test_a_platform_nobody_knows_is_answered_with_those_that_are(release, noon):
    situation = from_fields(
        {"located_in": "KE", "platform": "nowhere"}, release.jurisdictions
    )
    with pytest.raises(BadQuery) as caught:
        plan(situation, release, noon)

    assert "discord" in caught.value.remedy


def test_what_is_said_of_the_subject_beats_the_role(release):
    situation = from_fields(
        {"located_in": "KE", "subject": "my-own-thoughts", "role": "parent"},
        release.jurisdictions,
    )

    assert kind_of(situation) == "own-thoughts"


def test_a_plan_takes_less_than_fifty_milliseconds(release, ladders, noon):
    """A bound with much room: the median is about one."""
    situation = from_fields(
        {"located_in": "US-TX", "hosted_in": "DE", "needs": ["blackmail"]},
        release.jurisdictions,
    )
    plan(situation, release, noon)
    began = time.perf_counter()
    for _ in range(20):
        plan(situation, release, noon)

    assert (time.perf_counter() - began) / 20 < 0.05
