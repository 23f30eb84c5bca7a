"""Wires the public side together."""

import datetime
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from litestar import Litestar, MediaType, Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from .. import settings
from ..release.keys import read_keys
from ..release.mirror_state import read_state
from . import (
    api_page,
    api_plan,
    card_pages,
    citizen,
    corrections_pages,
    embed_form,
    embed_pages,
    law_pages,
    logs,
    pages,
    plan_pages,
    privacy_pages,
)
from . import releases as release_files
from .current import Current, Fixed
from .delivery import Delivery
from .hsds import paths as hsds
from .intake import LONGEST_BODY, Intake
from .limits import Counters, RateLimits
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
    """Which release is served, and whether it has expired; what was wrong with a newer
    one, if anything was; in a mirror, how its last look at the origin ended."""
    current: Current = request.app.state.current
    manifest = current.served.release.manifest
    mirrored = read_state(current.releases)
    return Response(
        {
            "release": manifest.release,
            "sequence": manifest.sequence,
            "built_at": manifest.built_at,
            "expires": manifest.expires,
            "stale": current.served.stale(request.app.state.clock()),
            "refused": current.fault,
            "mirror": mirrored,
        },
        headers={"Cache-Control": "no-store"},
    )


def create_app(
    releases: Path,
    clock: Callable[[], datetime.datetime] = utc_now,
    limits: RateLimits | None = None,
    site: str = "",
    keys: Path | None = None,
    *,
    security_contact: str = "",
) -> Outer:
    """The application over the releases in a folder, an ASGI callable.

    Without `limits` anybody may ask as often as they like; with `keys`, only signed
    releases are served. Raises `BadRelease` when there is none to begin with.
    """
    logs.configure()
    trusted = read_keys(keys) if keys else None
    current = Current(releases, clock, trusted=trusted, site=site)

    @asynccontextmanager
    async def watching(_app: Litestar) -> AsyncIterator[None]:
        current.start()
        yield
        current.stop()

    return application(
        current, clock, site, limits, [watching], security_contact=security_contact
    )


def application(
    current: Current | Fixed,
    clock: Callable[[], datetime.datetime],
    site: str,
    limits: RateLimits | None = None,
    lifespan: Sequence[Callable[[Litestar], AbstractAsyncContextManager[None]]] = (),
    *,
    security_contact: str = "",
) -> Outer:
    """The same over what is served at present; `site` is where printed cards lead."""
    app = Litestar(
        route_handlers=[
            api_plan.ROUTER,
            hsds.ROUTER,
            *api_page.HANDLERS,
            *pages.HANDLERS,
            *plan_pages.HANDLERS,
            *law_pages.HANDLERS,
            *privacy_pages.HANDLERS,
            *card_pages.HANDLERS,
            *citizen.HANDLERS,
            *embed_pages.HANDLERS,
            *embed_form.HANDLERS,
            *corrections_pages.HANDLERS,
            *release_files.HANDLERS,
            healthz,
            readyz,
        ],
        state=State(
            {
                "current": current,
                "clock": clock,
                "site": site,
                "security_contact": security_contact,
            }
        ),
        openapi_config=None,
        exception_handlers={
            HTTPException: pages.answer_fault,
            Exception: pages.answer_fault,
        },
        lifespan=[*lifespan],
        middleware=[*([limits] if limits else []), Intake()],
        request_max_body_size=LONGEST_BODY,
        logging_config=None,
    )
    delivery = Delivery(app, lambda: current.served, clock)
    return Outer(delivery, settings.leave_to())


def app_from_settings() -> Outer:
    """What each of Granian's workers calls."""
    limits = RateLimits(
        settings.per_minute(), Counters(utc_now), settings.trusted_proxies()
    )
    return create_app(
        settings.releases_folder(),
        limits=limits,
        site=settings.site(),
        keys=settings.keys_file(),
        security_contact=settings.security_contact(),
    )
