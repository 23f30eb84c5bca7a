"""How answers get to the reader: compressed, and pages from memory while they hold."""

import datetime
from collections.abc import Callable

from litestar.enums import HttpMethod, ScopeType
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED
from litestar.types import (
    ASGIApp,
    HTTPResponseStartEvent,
    HTTPScope,
    Message,
    Receive,
    Scope,
    Send,
)

from ..language import negotiate
from .accept import preferred
from .coding import FAST, Coding, chosen, encoded
from .kept import Answer, Headers, Kept, Key, may_keep
from .outer import header

MOST_KEPT = 16_000_000
"""Bytes that each worker keeps: a third of all countries' pages in all languages."""
_LEAST = 600
"""Bytes; what is shorter fits into the same packet either way."""
_TEXT = (
    b"text/",
    b"application/json",
    b"application/problem+json",
    b"application/ld+json",
    b"application/xml",
    b"image/svg+xml",
)


class Delivery:
    """Around the application. `release` gives what is served at present: when that is
    another, all that was kept is forgotten."""

    def __init__(
        self,
        app: ASGIApp,
        release: Callable[[], object],
        clock: Callable[[], datetime.datetime],
        most_bytes: int = MOST_KEPT,
    ) -> None:
        self.app = app
        self._release = release
        self._clock = clock
        self._most = most_bytes
        self._of: object = None
        self.kept = Kept(most_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        release = self._release()
        if release is not self._of:
            self._of, self.kept = release, Kept(self._most)
        # Held on to: what is made of this release is never kept with a newer one's.
        kept = self.kept
        coding = chosen(header(scope, b"accept-encoding", ", "))
        key = _key(scope)
        answer = kept.get(key, self._clock()) if key else None
        if key and answer:
            body = kept.coded(key, answer, coding)
            await _send(send, HTTP_200_OK, answer.headers, body, coding)
            return
        scope["state"] = {**scope.get("state", {})}
        await self.app(scope, receive, _Coded(scope, send, coding, kept, key).send)


class _Coded:
    """Sends one answer on in a coding, and keeps it where it may be kept."""

    def __init__(
        self,
        scope: HTTPScope,
        send: Send,
        coding: Coding | None,
        kept: Kept,
        key: Key | None,
    ) -> None:
        self._scope = scope
        self._send = send
        self._coding = coding
        self._kept = kept
        self._key = key
        self._start: HTTPResponseStartEvent | None = None

    async def send(self, message: Message) -> None:
        """The head is held back until the first of the body is there."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] == "http.response.body" and self._start is not None:
            start, self._start = self._start, None
            if not message["more_body"] and _worth_coding(start, message["body"]):
                await self._whole(start["status"], _varying(start), message["body"])
                return
            if start["status"] == HTTP_304_NOT_MODIFIED:
                start["headers"] = _varying(start)
            await self._send(start)
        await self._send(message)

    async def _whole(self, status: int, headers: Headers, body: bytes) -> None:
        lasting = may_keep(self._scope)
        if self._key and lasting and status == HTTP_200_OK:
            answer = Answer(body, headers, *lasting)
            self._kept.put(self._key, answer)
            body = self._kept.coded(self._key, answer, self._coding)
        elif self._coding:
            body = encoded(body, self._coding, FAST)
        await _send(self._send, status, headers, body, self._coding)


def _key(scope: HTTPScope) -> Key | None:
    """Under what an answer may be kept: an address without a question, the language
    where the address has none, and the form that is asked for."""
    if scope["method"] != HttpMethod.GET or scope["query_string"]:
        return None
    path = scope["path"]
    form = preferred(header(scope, b"accept", ", "))
    if path == "/":
        return path, negotiate(header(scope, b"accept-language", ", ")), form
    return path, "", form


def _worth_coding(start: HTTPResponseStartEvent, body: bytes) -> bool:
    """Whether a body is whole, and text long enough to be worth a coding."""
    headers = dict(start["headers"])
    return (
        len(body) >= _LEAST
        and headers.get(b"content-type", b"").startswith(_TEXT)
        and b"content-encoding" not in headers
    )


def _varying(start: HTTPResponseStartEvent) -> Headers:
    """The headers without the length, and with what else the answer depends on."""
    vary = [value for name, value in start["headers"] if name == b"vary"]
    return [
        *(
            (name, value)
            for name, value in start["headers"]
            if name not in {b"vary", b"content-length"}
        ),
        (b"vary", b", ".join([*vary, b"Accept-Encoding"])),
    ]


async def _send(
    send: Send, status: int, headers: Headers, body: bytes, coding: Coding | None
) -> None:
    more = [(b"content-length", str(len(body)).encode())]
    if coding:
        more.append((b"content-encoding", coding.encode()))
    await send(
        {"type": "http.response.start", "status": status, "headers": [*headers, *more]}
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})
