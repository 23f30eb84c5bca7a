"""The JSON API: the plan, the law, and what is missing where."""

from functools import cache
from typing import Annotated

import msgspec
from litestar import Response, Router, get, post
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from ..errors import BadQuery, NotFound
from ..plan.plan import plan
from ..plan.situation import Situation, from_fields
from ..search.resolve import code_of
from . import api, api_changes, api_corrections, api_records, openapi, plan_answer
from .api_answer import (
    Made,
    fields_sent,
    language_of,
    ok,
    only_lang,
    tagged,
    unkept,
)
from .coverage import Coverage, coverage
from .openapi import Described, Single
from .page import Incoming, current, now_of
from .plan_answer import Laws, Planned


@post(
    "/plan",
    operation_class=openapi.SentSituation,
    status_code=200,
    responses={200: ok(Planned, "The plan.")},
)
async def make_plan(request: Incoming) -> Response[bytes]:
    """Ordered steps for a situation. Nothing of it is kept or logged."""
    here = current(request)
    situation: Situation = from_fields(
        await fields_sent(request), here.release.jurisdictions, strict=True
    )
    lang = language_of(request, situation.lang or "")
    made = plan(situation, here.release, now_of(request))
    return unkept(Made(plan_answer.planned(made, situation, lang, here)))


@get(
    "/jurisdictions/{code:str}/law",
    operation_class=Single,
    sync_to_thread=False,
    responses={200: ok(Laws, "The law.")},
)
def law(
    request: Incoming,
    code: Annotated[
        str,
        PathParameter(
            description="A code of a place, as for a jurisdiction.",
            examples=[Example(value="IN")],
        ),
    ],
) -> Response[bytes]:
    """What public pages say of the law in a place. Not legal advice."""
    lang = only_lang(request)
    here = current(request)
    try:
        exact = code_of(code, here.release.jurisdictions, "code")
    except BadQuery:
        raise NotFound("There is no place of that code") from None
    return tagged(
        request,
        lang,
        lambda: msgspec.json.encode(plan_answer.laws(exact, lang, here)),
    )


@get(
    "/coverage",
    operation_class=Described,
    sync_to_thread=False,
    responses={200: ok(Coverage, "What there is, and what is missing.")},
)
def covered(request: Incoming) -> Response[bytes]:
    """For each country and need: how many services, how well proven, how fresh."""
    lang = only_lang(request)
    here = current(request)
    return tagged(request, lang, lambda: msgspec.json.encode(coverage(lang, here)))


@get("/openapi.json", sync_to_thread=False, include_in_schema=False)
def description(request: Incoming) -> Response[bytes]:
    """The API's description, OpenAPI 3.1."""
    only_lang(request)
    return tagged(request, "en", document)


@cache
def document() -> bytes:
    """The description, as JSON."""
    return openapi.document(Router("/api/v1", route_handlers=_DESCRIBED))


_DESCRIBED = [
    *api.HANDLERS,
    *api_records.HANDLERS,
    make_plan,
    law,
    covered,
    api_changes.changes,
    *api_corrections.HANDLERS,
]
ROUTER = Router("/api/v1", route_handlers=[*_DESCRIBED, description])
