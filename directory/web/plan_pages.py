"""The plan as pages: a few questions at a time, and nothing kept between them.

Answers travel in the body of each form; the address stays the same throughout.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from ..errors import BadQuery, NotFound
from ..plan import labels
from ..plan.plan import plan
from ..plan.situation import Situation, from_fields
from .kept import keep
from .page import Incoming, current, form, known, lasting, page, viewer_of
from .plan_view import guidance_view, plan_view, questions_on
from .search_view import places_to_choose
from .templating import render

_MANY = ("needs", "languages")
_PAGES = 4
_WRONG = {
    "located_in": (1, labels.WRONG_PLACE),
    "age": (2, labels.WRONG_AGE),
    "role": (2, labels.WRONG_ROLE),
    "needs": (2, labels.WRONG_NEEDS),
    "age_in_image": (3, labels.WRONG_AGES),
}
"""On which page a wrong answer is asked again, and with which words."""


@dataclass(frozen=True)
class Answers:
    """The fields of a form, several values of one name kept together."""

    values: dict[str, tuple[str, ...]]
    page: int
    go: str

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Answers":
        """Raises `BadQuery` for a page that isn't one."""
        values: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            if value:
                values[name] = (*values.get(name, ()), value)
        number = values.pop("page", ("0",))[-1]
        go = values.pop("go", ("",))[-1]
        if number not in {str(one) for one in range(_PAGES + 1)}:
            raise BadQuery("page", "isn't one", "use the buttons")
        return cls(values, int(number), go)

    def fields(self) -> dict[str, Any]:
        """As the API takes them."""
        return {
            name: list(values) if name in _MANY else values[-1]
            for name, values in self.values.items()
        }

    def pairs(self, without: Sequence[str] = ()) -> list[tuple[str, str]]:
        return [
            (name, value)
            for name, values in self.values.items()
            if name not in without
            for value in values
        ]


@get("/{lang:str}/plan", sync_to_thread=False, include_in_schema=False)
def first_questions(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The first questions."""
    keep(request.scope)
    return _questions(request, known(lang), Answers({}, 0, ""), 1)


@post("/{lang:str}/plan", status_code=200, include_in_schema=False)
async def go_on(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """The next questions, or the plan."""
    answers = Answers.of(await form(request))
    lang = known(lang)
    if answers.go == "show":
        return _plan(request, lang, answers)
    number = min(answers.page + 1, _PAGES)
    return _questions(request, lang, answers, number)


def _questions(
    request: Incoming, lang: str, answers: Answers, number: int, wrong: str = ""
) -> Response[bytes]:
    here = current(request)
    viewer = viewer_of(request, lang)
    asked = questions_on(number, answers.values, viewer, places_to_choose(viewer))
    return page(
        render(
            "questions.html",
            lang,
            "/plan",
            here,
            number=number,
            last=number == _PAGES,
            questions=asked,
            carried=answers.pairs(without=[one.name for one in asked]),
            wrong=wrong,
        ),
        400 if wrong else 200,
    )


def _plan(request: Incoming, lang: str, answers: Answers) -> Response[bytes]:
    here = current(request)
    viewer = viewer_of(request, lang)
    try:
        situation: Situation = from_fields(answers.fields(), here.release.jurisdictions)
        made = plan(situation, here.release, viewer.at)
    except BadQuery as fault:
        number, text = _WRONG.get(fault.parameter, (1, labels.WRONG_NEEDS))
        return _questions(request, lang, answers, number, viewer.say(text))
    return page(
        render(
            "plan.html",
            lang,
            "/plan",
            here,
            view=plan_view(made, situation, viewer),
            fields=answers.pairs(),
        )
    )


@get("/{lang:str}/g/{name:str}", sync_to_thread=False, include_in_schema=False)
def guidance(
    request: Incoming, lang: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A page of advice under an address that doesn't name its subject."""
    here = current(request)
    viewer = viewer_of(request, lang)
    one = next((g for g in here.release.guidance if g.page == name), None)
    if one is None:
        raise NotFound("There is no such page")
    sources, answers = guidance_view(one, viewer)
    return lasting(
        request,
        render(
            f"guidance/{one.id}.html",
            lang,
            f"/g/{one.page}",
            here,
            sources=sources,
            known=answers,
        ),
        viewer.until,
    )


HANDLERS = [first_questions, go_on, guidance]
