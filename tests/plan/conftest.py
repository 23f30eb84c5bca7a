import pytest

from directory.plan.plan import plan
from directory.plan.situation import from_fields


class Outcome:
    """A plan as a test reads it: the ids of each kind of step, in order."""

    def __init__(self, made):
        self.plan = made
        self.kinds = [step.kind for step in made.steps]
        self.reasons = [step.reason for step in made.steps]
        self.gaps = {(gap.kind, gap.place, gap.found_in) for gap in made.gaps}

    def of(self, kind):
        return [step for step in self.plan.steps if step.kind == kind]

    def first(self, kind):
        """The id of the service that the first step of a kind names."""
        return self.of(kind)[0].offer.record.id

    def ids(self, kind=None):
        """Every service of the steps of a kind, the alternatives too."""
        return [
            offer.record.id
            for step in self.plan.steps
            if kind in {None, step.kind}
            for offer in (step.offer, step.then)
            if offer
        ]

    def jurisdictions(self, kind=None):
        return {
            offer.jurisdiction
            for step in self.plan.steps
            if kind in {None, step.kind}
            for offer in (step.offer, step.then)
            if offer
        }


@pytest.fixture(scope="session")
def planned(release, noon):
    """Makes the plan for a situation given as the API's fields."""

    def make(at=noon, **fields):
        return Outcome(plan(from_fields(fields, release.jurisdictions), release, at))

    return make
