"""What every answer of the API is made with: its language, its parameters, its tag."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import MediaType, Response
from litestar.openapi.datastructures import ResponseSpec

from .. import __version__
from ..errors import BadQuery
from ..language import negotiate, served
from .address import address_pairs
from .page import Incoming, current

LINKS = (
    '</api/v1/openapi.json>; rel="describedby", '
    '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
)
CSV = "text/csv"
JSON: str = MediaType.JSON
_SHARED_MINUTE = "public, max-age=30"
_SHARED_FIVE = "public, max-age=300"


@dataclass(frozen=True)
class Made:
    """A body, and the cursor of the next page where there is one."""

    body: bytes
    next: str | None = None


def ok(shape: Any, description: str, media_type: str = JSON) -> ResponseSpec:
    return ResponseSpec(
        shape, description=description, generate_examples=False, media_type=media_type
    )


def language_of(request: Incoming, lang: str) -> str:
    if lang and lang not in served():
        raise BadQuery(
            "lang", "is not a language of ours", f"use any of {', '.join(served())}"
        )
    return lang or negotiate(request.headers.get("accept-language"))


def parameters(request: Incoming, *names: str) -> dict[str, str]:
    """Those of the address, each of them at most once; one that is empty, as a form
    sends it, is the same as left out. Refuses any other."""
    found: dict[str, str] = {}
    for name, value in address_pairs(request):
        if name not in names:
            known = f"only {', '.join(names)} {'are' if len(names) > 1 else 'is'} known"
            raise BadQuery("parameters", f"hold another: {known}", "send each once")
        if name in found:
            raise BadQuery(name, "is given twice", "send it once")
        found[name] = value
    return {name: value for name, value in found.items() if value}


def only_lang(request: Incoming) -> str:
    """The answer's language; refuses any other parameter."""
    return language_of(request, parameters(request, "lang").get("lang", ""))


def tagged(
    request: Incoming,
    lang: str,
    make: Callable[[], bytes],
    *,
    minute: int | None = None,
    media_type: str = JSON,
) -> Response[bytes]:
    """An answer with its tag; 304 when the reader already has it."""
    return paged(
        request, lang, lambda: Made(make()), minute=minute, media_type=media_type
    )


def paged(
    request: Incoming,
    lang: str,
    make: Callable[[], Made],
    *,
    minute: int | None = None,
    media_type: str = JSON,
    **more: str,
) -> Response[bytes]:
    """One page of an answer, with its tag and the way to the next. The tag is a weak
    one: the same facts, in whichever coding."""
    release = current(request).release
    kind = "" if media_type == JSON else f"-{media_type.partition('/')[2]}"
    tag = f'"{release.id[:16]}-{release.manifest.sequence}-{__version__}-{lang}{kind}'
    tag += f'-{minute}"' if minute is not None else '"'
    headers = {
        "ETag": f"W/{tag}",
        "Cache-Control": _SHARED_FIVE if minute is None else _SHARED_MINUTE,
        "Vary": "Accept-Language",
        "Link": LINKS,
        **more,
    }
    if is_known(request, tag):
        return Response(b"", status_code=304, headers=headers)
    made = make()
    if made.next:
        headers["Link"] += f', <{_onward(request, made.next)}>; rel="next"'
    return Response(made.body, media_type=media_type, headers=headers)


def is_known(request: Incoming, tag: str) -> bool:
    """Whether the reader already has the answer of that tag, told without its `W/`."""
    known = request.headers.get("if-none-match", "")
    return bool(
        {part.strip().removeprefix("W/") for part in known.split(",")} & {tag, "*"}
    )


def unkept(made: Made, media_type: str = JSON) -> Response[bytes]:
    """An answer to what stood in a body: nobody keeps it."""
    headers = {"Cache-Control": "no-store", "Link": LINKS}
    return Response(made.body, media_type=media_type, headers=headers)


def _onward(request: Incoming, cursor: str) -> str:
    pairs = [one for one in address_pairs(request) if one[0] != "cursor" and one[1]]
    return f"{request.scope['path']}?{urlencode([*pairs, ('cursor', cursor)])}"


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
