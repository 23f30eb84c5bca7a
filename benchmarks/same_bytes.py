"""Servers that do nothing but send a ready page: what Handrail's are measured beside.

The page is in the file that HANDRAIL_BENCH_PAGE names, its headers in one beside it.
"""

import gzip
import json
import os
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.middleware.gzip import GZipMiddleware

_FILE = Path(os.environ["HANDRAIL_BENCH_PAGE"])
_BODY = _FILE.read_bytes()
_GZIP = gzip.compress(_BODY, 9)
_SENT = json.loads(_FILE.with_suffix(".json").read_text())


def _headers(body: bytes, *more: tuple[str, str]) -> list[tuple[bytes, bytes]]:
    pairs = [*_SENT.items(), ("content-length", str(len(body))), *more]
    return [(name.encode(), value.encode()) for name, value in pairs]


def _bare(body: bytes, *more: tuple[str, str]):
    start = {
        "type": "http.response.start",
        "status": 200,
        "headers": _headers(body, *more),
    }
    end = {"type": "http.response.body", "body": body, "more_body": False}

    async def app(scope, receive, send):
        if scope["type"] == "http":
            await send(start)
            await send(end)

    return app


plain = _bare(_BODY)
gzipped = _bare(_GZIP, ("content-encoding", "gzip"))

fast = FastAPI(openapi_url=None)
fast.add_middleware(GZipMiddleware)


@fast.get("/{path:path}")
def page(path: str) -> Response:
    """FastAPI's own way: a ready body, compressed for each reader."""
    return Response(_BODY, media_type="text/html", headers=_SENT)
