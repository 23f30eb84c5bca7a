"""What may come in: how long, how slowly, and in which form.

The server has cut off before this what is no HTTP, headers that are too long or too
many, and connections that are slow to send them.
"""

import asyncio

from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.middleware import ASGIMiddleware
from litestar.types import (
    ASGIApp,
    HTTPReceiveMessage,
    Receive,
    Scope,
    Send,
)

from .outer import header

LONGEST_BODY = 20_000
"""Bytes. The longest honest form, a search with every field filled in, is shorter."""
_LONGEST_ADDRESS = 16_000


class Intake(ASGIMiddleware):
    """Refuses what is too long with 414, a body that is compressed with 415, and one
    that stalls or never ends with 408."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, *, between: float = 10.0, in_all: float = 20.0) -> None:
        """Seconds that may pass between two parts of a body, and for the whole."""
        self._between = between
        self._in_all = in_all

    async def handle(
        self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp
    ) -> None:
        if len(scope["path"]) + len(scope["query_string"]) > _LONGEST_ADDRESS:
            raise HTTPException(status_code=414)
        coding = header(scope, b"transfer-encoding").strip().lower()
        if coding not in {"", "chunked"}:  # who stands before us may read it otherwise
            raise HTTPException(status_code=400)
        if header(scope, b"content-encoding").strip().lower() not in {"", "identity"}:
            raise HTTPException(status_code=415)
        await next_app(scope, self._hurried(receive), send)

    def _hurried(self, receive: Receive) -> Receive:
        ends: float | None = None
        whole = False

        async def received() -> HTTPReceiveMessage:
            nonlocal ends, whole
            if whole:  # a long answer is being sent: whether the reader goes is asked
                return await receive()  # type: ignore[return-value]
            now = asyncio.get_running_loop().time()
            ends = ends or now + self._in_all
            try:
                async with asyncio.timeout_at(min(ends, now + self._between)):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(
                    status_code=408, headers={"Connection": "close"}
                ) from None
            if message["type"] == "http.disconnect":
                raise HTTPException(status_code=400)
            whole = not message.get("more_body", False)
            return message  # type: ignore[return-value]

        return received
