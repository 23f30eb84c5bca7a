"""The rules of the plan, as a table that can be read: `docs/plan.md` in code.

A rule has a name, says when it applies, and makes its steps with what the chooser
offers. `ORDER` says, for each kind of situation, which rule comes before which.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import steps
from .choice import Chooser
from .situation import Situation
from .steps import StepKind, Steps


@dataclass(frozen=True)
class Rule:
    """It is named by the steps that it makes; `source` says where it comes from."""

    name: StepKind
    applies: Callable[[Situation], bool]
    make: Callable[[Situation, Chooser], Steps]
    source: str


def _wants_report(one: Situation) -> bool:
    """A professional reports by the rule of that name; a second one is for pictures."""
    return kind_of(one) != "professional" or one.about_images


def _is_abroad(one: Situation) -> bool:
    return bool(one.lives_in) and one.lives_in != one.located_in


_TABLE = "docs/plan.md, which step beats which"

RULES: Mapping[StepKind, Rule] = {
    rule.name: rule
    for rule in (
        Rule("emergency", lambda one: one.danger, steps.emergency, _TABLE),
        Rule("talk", lambda _one: True, steps.talk, _TABLE),
        Rule(
            "remove",
            lambda one: (
                bool({"remove", "blackmail"} & set(one.needs))
                or one.age_in_image is not None
            ),
            steps.remove,
            "the tools' own conditions on age, in their records",
        ),
        Rule("report", _wants_report, steps.report, _TABLE),
        Rule("rights", lambda _one: True, steps.rights, _TABLE),
        Rule("prevent", lambda _one: True, steps.prevent, _TABLE),
        Rule("professional", lambda _one: True, steps.professional, _TABLE),
        Rule("consular", _is_abroad, steps.consular, _TABLE),
    )
}

ORDER: Mapping[str, tuple[StepKind, ...]] = {
    "own-thoughts": ("emergency", "prevent", "talk"),
    "professional": ("emergency", "professional", "report", "remove", "consular"),
    "witness": ("emergency", "report", "remove", "talk"),
    "past": ("emergency", "talk", "remove", "rights", "report", "consular"),
    "about-another": ("emergency", "remove", "report", "talk", "rights", "consular"),
    "about-me": ("emergency", "talk", "remove", "report", "rights", "consular"),
}
"""For each kind of situation, the rules in the order of their steps."""


def kind_of(one: Situation) -> str:
    """Which row of `ORDER` holds; what is said of the subject beats the role."""
    needs = set(one.needs)
    if one.subject == "my-own-thoughts" or needs == {"own-thoughts"}:
        return "own-thoughts"
    if one.role == "professional" or needs == {"professional"}:
        return "professional"
    if one.subject == "my-past" or one.role == "survivor" or needs == {"past-abuse"}:
        return "past"
    if one.role == "witness" or one.subject == "child-online":
        return "witness"
    if one.role in {"parent", "friend"} or one.subject == "child-i-know":
        return "about-another"
    return "about-me"
