"""The application asked for a page in this process, without a server."""

from typing import Any

from ...errors import BadExport
from ..outer import Outer


async def answer(app: Outer, address: str) -> bytes:
    """What the application answers to a plain GET. Raises `BadExport` for a fault."""
    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": address,
        "raw_path": address.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": None,
        "server": ("localhost", 80),
        "state": {},
    }
    status = 0
    body = bytearray()

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        body.extend(message.get("body", b""))

    await app(scope, receive, send)
    if status != 200:
        raise BadExport(f"{address}: the site answers {status} instead of a page")
    return bytes(body)
