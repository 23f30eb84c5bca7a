"""The JSON API, version 1: read only, no key, open to every origin."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from .. import __version__
from ..errors import BadQuery, NotFound
from ..language import negotiate, served
from ..resource import Published
from ..search.question import Question, from_fields, from_pairs
from ..search.resolve import code_of
from . import answers
from .address import address_pairs
from .openapi import Asked, Described, Sent, Single
from .page import Incoming, current, now_of

_SHARED_MINUTE = "public, max-age=30"
_SHARED_FIVE = "public, max-age=300"


def ok(shape: type[msgspec.Struct], description: str) -> ResponseSpec:
    return ResponseSpec(shape, description=description, generate_examples=False)


def language_of(request: Incoming, lang: str) -> str:
    if lang and lang not in served():
        raise BadQuery(
            "lang", "is not a language of ours", f"use any of {', '.join(served())}"
        )
    return lang or negotiate(request.headers.get("accept-language"))


def only_lang(request: Incoming) -> str:
    """The answer's language; refuses any other parameter."""
    pairs = address_pairs(request)
    if any(name != "lang" for name, _ in pairs) or len(pairs) > 1:
        raise BadQuery("parameters", "only lang is known here", "send lang once")
    return language_of(request, pairs[0][1] if pairs else "")


def tagged(
    request: Incoming,
    lang: str,
    make: Callable[[], bytes],
    *,
    minute: int | None = None,
) -> Response[bytes]:
    """An answer with its tag; 304 when the reader already has it. The tag is a weak
    one: the same facts, in whichever coding."""
    release = current(request).release
    tag = f'"{release.id[:16]}-{release.manifest.sequence}-{__version__}-{lang}'
    tag += f'-{minute}"' if minute is not None else '"'
    headers = {
        "ETag": f"W/{tag}",
        "Cache-Control": _SHARED_FIVE if minute is None else _SHARED_MINUTE,
        "Vary": "Accept-Language",
    }
    known = request.headers.get("if-none-match", "")
    if tag in (part.strip().removeprefix("W/") for part in known.split(",")):
        return Response(b"", status_code=304, headers=headers)
    return Response(make(), media_type=MediaType.JSON, headers=headers)


@get(
    "/resources",
    operation_class=Asked,
    sync_to_thread=False,
    responses={
        200: ok(answers.Results, "What was found."),
    },
)
def find(request: Incoming) -> Response[bytes]:
    """Find services by words, place, need and more."""
    question = from_pairs(address_pairs(request))
    lang = language_of(request, question.lang)
    now = now_of(request)
    here = current(request)
    return tagged(
        request,
        lang,
        lambda: answers.results(here.engine.answer(question, now), lang, here),
        minute=int(now.timestamp() // 60),
    )


async def question_sent(request: Incoming) -> Question:
    """The question in a body of JSON. Raises `BadQuery` for anything else."""
    return from_fields(await fields_sent(request), strict=True)


async def fields_sent(request: Incoming) -> Any:
    """What a body of JSON holds; to JSON 5.0 is the whole number 5. Raises `BadQuery`
    for anything else."""
    if request.scope["query_string"]:
        raise BadQuery("parameters", "stand in the address", "send them in the body")
    raw = await request.body()
    try:
        sent = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadQuery("body", "is no JSON", "send a JSON object") from None
    if not isinstance(sent, dict):
        return sent
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in sent.items()
    }


@post(
    "/search",
    operation_class=Sent,
    status_code=200,
    responses={
        200: ok(answers.Results, "What was found."),
    },
)
async def search(request: Incoming) -> Response[bytes]:
    """The same, with the fields in a body, so that no log can hold the words."""
    question = await question_sent(request)
    here = current(request)
    lang = language_of(request, question.lang)
    return Response(
        answers.results(here.engine.answer(question, now_of(request)), lang, here),
        media_type=MediaType.JSON,
        headers={"Cache-Control": "no-store"},
    )


@get(
    "/resources/{id:str}",
    operation_class=Single,
    sync_to_thread=False,
    responses={200: ok(Published, "The record.")},
)
def show(
    request: Incoming,
    id: Annotated[  # noqa: A002 — the name that the address shows
        str,
        PathParameter(
            description="A record's id.",
            examples=[Example(value="int-take-it-down")],
        ),
    ],
) -> Response[bytes]:
    """One record, whole. A retired one answers 410, with its successor."""
    lang = only_lang(request)
    raw = current(request).release.raw(id)
    return tagged(request, lang, lambda: raw)


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


HANDLERS = [find, search, show, places, place]
