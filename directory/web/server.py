"""Serve the public side with Granian, one event loop a worker."""

import os
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

_HTTP1 = HTTP1Settings(header_read_timeout=10_000, max_buffer_size=32_768)
"""Milliseconds for the headers of a request, also of the next one on a connection that
stays open; bytes for all of them together."""


def run(host: str, port: int, workers: int, releases: Path) -> None:
    """Block until stopped. No access log is written: it would hold addresses."""
    os.environ["HANDRAIL_RELEASES"] = str(releases)
    server = Granian(
        "directory.web.app:app_from_settings",
        factory=True,
        interface=Interfaces.ASGI,
        # What stands before us speaks HTTP/1, as browsers do without TLS, and its
        # HTTP/2 has no time limit for headers.
        http=HTTPModes.http1,
        http1_settings=_HTTP1,
        # Connections of one worker. Stalled ones count, so there should be many, but
        # no more than the 1,024 files that a process may usually open.
        backpressure=900,
        address=host,
        port=port,
        workers=workers,
        log_access=False,
        websockets=False,
        # A worker told to stop while it still starts doesn't hear it.
        workers_kill_timeout=10,
    )

    @server.on_startup
    def say_where() -> None:
        shown = f"[{host}]" if ":" in host else host
        print(f"Handrail is on http://{shown}:{port}", flush=True)  # noqa: T201

    server.serve()
