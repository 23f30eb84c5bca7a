"""What every answer gets, whatever made it: HEAD, and headers that protect readers."""

from typing import Any

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from . import leave

_EVERYWHERE = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(self), browsing-topics=(), payment=()"
    ),
}
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_PAGE = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TLS = {"Strict-Transport-Security": "max-age=63072000"}
_API = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_EMBEDDED = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors *; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cache-Control": "no-store",
}
"""Of what other sites show within their pages: it has no script and no form."""
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_APIS = ("/api/", "/hsds/", "/releases/")


def is_api(path: str) -> bool:
    """Whether programs ask there: errors are JSON, and every origin may call."""
    return f"{path}/".startswith(_APIS)


def is_embedded(path: str) -> bool:
    """Whether other sites may show within their pages what is there. Nothing else may
    be framed."""
    return path.startswith("/embed/")


def _headers(path: str) -> dict[str, str]:
    if is_api(path):
        return {**_EVERYWHERE, **_API}
    return {**_EVERYWHERE, **(_EMBEDDED if is_embedded(path) else _PAGE)}


class Outer:
    """Around the whole application, so that refusals of routing get it too."""

    def __init__(self, app: ASGIApp, leave_to: str) -> None:
        self.app = app
        self._leave_to = leave_to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        for_programs = is_api(scope["path"])
        headers = _headers(scope["path"])
        if for_programs and scope["method"] == HttpMethod.OPTIONS:
            await _say(send, 204, {**headers, **_PREFLIGHT})
            return
        secure = scope["scheme"] == "https" or (
            header(scope, b"x-forwarded-proto") == "https"
        )
        if secure:
            headers |= _TLS
        gone = leave.has_left(header(scope, b"cookie"))
        if not for_programs and (gone or scope["path"] == leave.PATH):
            away = leave.headers(self._leave_to, secure=secure, guard=not gone)
            await _say(send, 303, {**headers, **away})
            return
        bodiless = scope["method"] == HttpMethod.HEAD
        if bodiless:
            scope["method"] = HttpMethod.GET

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.lower().encode(), value.encode())
                        for name, value in headers.items()
                        if name.lower().encode() not in present
                    ),
                ]
            elif bodiless and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self.app(scope, receive, sent)


def header(scope: Scope, name: bytes, between: str = "; ") -> str:
    """A header, whole where it was sent in parts; empty where it wasn't sent."""
    found = [value for key, value in scope["headers"] if key.lower() == name]
    return between.encode().join(found).decode("latin-1")


async def _say(send: Send, status: int, headers: dict[str, str]) -> None:
    start: Any = {
        "type": "http.response.start",
        "status": status,
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
    }
    await send(start)
    end: Any = {"type": "http.response.body", "body": b"", "more_body": False}
    await send(end)
