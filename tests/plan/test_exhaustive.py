"""Every pair of countries: where somebody is, and where the pictures are."""

import time

import pytest

from directory.plan.plan import plan
from directory.plan.situation import from_fields

pytestmark = pytest.mark.exhaustive


@pytest.mark.parametrize("silent", [False, True])
def test_every_pair_of_countries_has_a_plan(release, noon, silent):
    countries = [
        code
        for code, place in release.jurisdictions.items()
        if place.level == "country"
    ]
    slowest = 0.0
    for here in countries:
        for hosted in countries:
            situation = from_fields(
                {
                    "located_in": here,
                    "hosted_in": hosted,
                    "role": "young-person",
                    "age": 15,
                    "needs": ["blackmail"],
                    "in_danger": True,
                    "silent": silent,
                },
                release.jurisdictions,
            )
            began = time.perf_counter()
            made = plan(situation, release, noon)
            slowest = max(slowest, time.perf_counter() - began)
            related = {
                *release.jurisdictions[here].ladder,
                *release.jurisdictions[hosted].ladder,
            }
            assert made.steps[0].kind == "emergency"
            ids = [s.offer.record.id for s in made.steps if s.offer]
            assert len(ids) == len(set(ids))
            for step in made.steps:
                if step.offer:
                    assert step.offer.jurisdiction in related
            if hosted == here:
                continue
            own = {
                record.id
                for record in release.of(hosted)
                if record.kind == "csam-hotline" and record.confidence != "low"
            }
            if own:
                seen = {s.offer.record.id for s in made.steps if s.offer} | {
                    s.then.record.id for s in made.steps if s.then
                }
                assert seen & own or made.steps
    assert slowest < 1.0
