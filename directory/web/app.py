"""Wires the public side together."""

import datetime
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from litestar import Litestar, MediaType, Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from .. import settings
from . import api_plan, law_pages, logs, pages, plan_pages
from .current import Current
from .hsds import paths as hsds
from .outer import Outer


def utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@get(
    "/healthz", media_type=MediaType.TEXT, sync_to_thread=False, include_in_schema=False
)
def healthz() -> str:
    """The process answers."""
    return "ok\n"


@get("/readyz", sync_to_thread=False, include_in_schema=False)
def readyz(request: Request[None, None, State]) -> Response[dict[str, object]]:
    """Which release is served; what was wrong with a newer one, if anything was."""
    current: Current = request.app.state.current
    manifest = current.served.release.manifest
    return Response(
        {
            "release": manifest.release,
            "sequence": manifest.sequence,
            "built_at": manifest.built_at,
            "refused": current.fault,
        },
        headers={"Cache-Control": "no-store"},
    )


def create_app(
    releases: Path, clock: Callable[[], datetime.datetime] = utc_now
) -> Outer:
    """The application over the releases in a folder, an ASGI callable.

    Raises `BadRelease` when there is none to begin with.
    """
    logs.configure()
    current = Current(releases)

    @asynccontextmanager
    async def watching(_app: Litestar) -> AsyncIterator[None]:
        current.start()
        yield
        current.stop()

    app = Litestar(
        route_handlers=[
            api_plan.ROUTER,
            hsds.ROUTER,
            *pages.HANDLERS,
            *plan_pages.HANDLERS,
            *law_pages.HANDLERS,
            healthz,
            readyz,
        ],
        state=State({"current": current, "clock": clock}),
        openapi_config=None,
        exception_handlers={
            HTTPException: pages.answer_fault,
            Exception: pages.answer_fault,
        },
        lifespan=[watching],
        request_max_body_size=100_000,
        logging_config=None,
    )
    return Outer(app, settings.leave_to())


def app_from_settings() -> Outer:
    """What each of Granian's workers calls."""
    return create_app(settings.releases_folder())
