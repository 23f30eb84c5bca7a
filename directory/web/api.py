"""The JSON API, version 1: searches and places. Read only, no key, open to all."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from ..errors import BadQuery, NotFound
from ..search.engine import Answer
from ..search.question import Question, from_fields, from_pairs
from ..search.resolve import code_of
from . import answers, sparse, table
from .address import address_pairs
from .api_answer import (
    CSV,
    JSON,
    Made,
    fields_sent,
    language_of,
    ok,
    only_lang,
    paged,
    tagged,
    unkept,
)
from .current import Served
from .openapi import Asked, AskedTable, Described, Sent, Single
from .page import Incoming, current, now_of

_ROWS = 100
"""Records in a table, unless one says otherwise: as many as an answer may have."""


def wants_table(request: Incoming) -> bool:
    """Whether a table is preferred to JSON, which is what anybody else gets."""
    if "text/csv" not in request.headers.get("accept", "").lower():
        return False
    return request.accept.best_match([JSON, CSV], default=JSON) == CSV


def _made(
    answer: Answer, question: Question, lang: str, here: Served, *, as_table: bool
) -> Made:
    if as_table:
        if question.fields:
            raise BadQuery("fields", "is not for tables", "leave it out")
        return Made(table.written(answer, lang, here), answer.next)
    wanted = sparse.chosen(question.fields, sparse.OF_ITEM)
    body = answers.results(answer, lang, here, lambda raw: sparse.pruned(raw, wanted))
    return Made(body, answer.next)


def _found(request: Incoming, question: Question, *, as_table: bool) -> Response[bytes]:
    lang = language_of(request, question.lang)
    now = now_of(request)
    here = current(request)
    return paged(
        request,
        lang,
        lambda: _made(
            here.engine.answer(question, now), question, lang, here, as_table=as_table
        ),
        minute=int(now.timestamp() // 60),
        media_type=CSV if as_table else JSON,
        Vary="Accept-Language, Accept",
    )


@get(
    "/resources",
    operation_class=Asked,
    sync_to_thread=False,
    responses={200: ok(answers.Results, "What was found.")},
)
def find(request: Incoming) -> Response[bytes]:
    """Find services by words, place, need and more."""
    question = from_pairs(address_pairs(request))
    return _found(request, question, as_table=wants_table(request))


@get(
    "/search.csv",
    operation_class=AskedTable,
    sync_to_thread=False,
    responses={200: ok(str, "A table, one row for each way to reach a service.", CSV)},
)
def find_table(request: Incoming) -> Response[bytes]:
    """The same as a table for spreadsheets, one row for each way to reach a service."""
    pairs = address_pairs(request)
    question = from_pairs(pairs)
    if not any(name == "limit" and value for name, value in pairs):
        question = msgspec.structs.replace(question, limit=_ROWS)
    return _found(request, question, as_table=True)


@post(
    "/search",
    operation_class=Sent,
    status_code=200,
    responses={200: ok(answers.Results, "What was found.")},
)
async def search(request: Incoming) -> Response[bytes]:
    """The same, with the fields in a body, so that no log can hold the words."""
    question = from_fields(await fields_sent(request), strict=True)
    here = current(request)
    lang = language_of(request, question.lang)
    as_table = wants_table(request)
    found = here.engine.answer(question, now_of(request))
    return unkept(
        _made(found, question, lang, here, as_table=as_table),
        CSV if as_table else JSON,
    )


@get(
    "/jurisdictions",
    operation_class=Described,
    sync_to_thread=False,
    responses={200: ok(answers.Places, "The places.")},
)
def places(request: Incoming) -> Response[bytes]:
    """Every country, and every other place that has services of its own."""
    lang = only_lang(request)
    here = current(request)
    found = [
        answers.summary(code, lang, here)
        for code, place in here.release.jurisdictions.items()
        if place.level != "subdivision" or code in here.counts
    ]
    return tagged(
        request,
        lang,
        lambda: msgspec.json.encode(answers.Places(here.release.id, tuple(found))),
    )


@get(
    "/jurisdictions/{code:str}",
    operation_class=Single,
    sync_to_thread=False,
    responses={200: ok(answers.PlaceInDetail, "The place.")},
)
def place(
    request: Incoming,
    code: Annotated[
        str,
        PathParameter(
            description="ISO 3166-1 alpha-2 or -3, ISO 3166-2, EU, 001, or a name.",
            examples=[Example(value="KE")],
        ),
    ],
) -> Response[bytes]:
    """What there is in a place: emergency numbers, services, what is missing."""
    lang = only_lang(request)
    here = current(request)
    known = here.release.jurisdictions
    try:
        exact = code_of(code, known, "code")
    except BadQuery:
        named = here.names.code(code)
        if named is None:
            raise NotFound("There is no place of that code or name") from None
        exact = named
    return tagged(
        request,
        lang,
        lambda: msgspec.json.encode(answers.place_in_detail(known[exact], lang, here)),
    )


HANDLERS = [find, find_table, search, places, place]
