"""The tools served: over standard input and output, or over HTTP.

The official library's low-level server is used, and not the one that reads signatures
of functions: that one repeats what was sent in its errors.
"""

import datetime
import logging
from collections.abc import Callable
from pathlib import Path

import anyio
import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as Described

from .. import __version__
from ..errors import BadQuery, NotFound
from ..release.keys import Chain
from ..web import logs
from ..web.current import Current
from .rules import RULES
from .tools import TOOLS, Asking

Clock = Callable[[], datetime.datetime]
_BY_NAME = {tool.name: tool for tool in TOOLS}
_LONGEST_BODY = 20_000
_MOST_AT_ONCE = 200


def tools_of(current: Current, clock: Clock, site: str) -> Server:
    """A server whose tools answer from what is current at each call."""

    async def listed(_context: object, _params: object) -> ListToolsResult:
        return ListToolsResult(
            tools=[
                Described(
                    name=tool.name,
                    title=tool.title,
                    description=tool.description,
                    input_schema=tool.schema,
                    annotations=ToolAnnotations(
                        read_only_hint=True, idempotent_hint=True, open_world_hint=False
                    ),
                )
                for tool in TOOLS
            ]
        )

    async def called(_context: object, params: CallToolRequestParams) -> CallToolResult:
        asking = Asking(current.served, clock(), site)
        text, wrong = _answer(params, asking)
        return CallToolResult(content=[TextContent(text=text)], is_error=wrong)

    return Server(
        "handrail",
        version=__version__,
        title="Handrail",
        instructions=RULES,
        on_list_tools=listed,
        on_call_tool=called,
    )


def _answer(params: CallToolRequestParams, asking: Asking) -> tuple[str, bool]:
    """The answer, or what is wrong and the remedy, without what was sent."""
    tool = _BY_NAME.get(params.name)
    if tool is None:
        return f"There is no such tool; use one of {', '.join(_BY_NAME)}", True
    try:
        return tool.call(params.arguments or {}, asking), False
    except BadQuery as fault:
        return str(fault), True
    except NotFound as fault:
        onward = f"use {fault.successor}" if fault.successor else fault.remedy
        why = f" ({fault.reason})" if fault.reason else ""
        return f"{fault}{why}; {onward}", True
    except Exception as fault:  # noqa: BLE001 — its message might hold what was sent
        logs.fault(fault)
        return "Something went wrong here; try again", True


def serve(
    releases: Path,
    clock: Clock,
    site: str,
    trusted: Chain | None,
    http: tuple[str, int] | None = None,
) -> None:
    """Block until stopped: over standard input and output, or at a host and port. A
    newer release is picked up as soon as it is there. Raises `BadRelease`."""
    logs.configure()
    # The library's own log can hold what was asked.
    logging.getLogger("mcp").setLevel(logging.CRITICAL + 1)
    current = Current(releases, clock, trusted=trusted)
    current.start()
    try:
        server = tools_of(current, clock, site)
        if http:
            _serve_http(server, *http)
        else:
            anyio.run(_serve_stdio, server)
    finally:
        current.stop()


async def _serve_stdio(server: Server) -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _serve_http(server: Server, host: str, port: int) -> None:
    """Without sessions: nothing of one question is there for the next."""
    app = server.streamable_http_app(
        host=host,
        stateless_http=True,
        json_response=True,
        max_request_body_size=_LONGEST_BODY,
    )
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=5,
    )
