"""Serve the public side with Granian, one event loop a worker."""

import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces


def run(host: str, port: int, workers: int, releases: Path) -> None:
    """Block until stopped. No access log is written: it would hold addresses."""
    os.environ["HANDRAIL_RELEASES"] = str(releases)
    server = Granian(
        "directory.web.app:app_from_settings",
        factory=True,
        interface=Interfaces.ASGI,
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
