"""Errors as people and programs need them: RFC 9457 for the API.

Nothing that was sent is repeated in an answer.
"""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException

from ..errors import BadQuery, NotFound, TooOld

MEDIA_TYPE = "application/problem+json"


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457, with the parameter that is wrong and what to do about it."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    parameter: str | None = None
    remedy: str | None = None
    successor: str | None = None


_REMEDIES = {
    400: "see /api/v1/openapi.json for what can be asked",
    404: "see /api/v1/openapi.json for the paths there are",
    405: "see /api/v1/openapi.json for the methods of each path",
    408: "send the body without a pause",
    413: "send at most 20,000 bytes",
    414: "send shorter words, or POST /api/v1/search with the fields in a body",
    415: "send the body as it is, neither compressed nor in parts",
    429: "wait for as many seconds as Retry-After says",
}


def problem_of(fault: Exception) -> Problem:
    """What to answer; an unforeseen fault says no more than that it happened."""
    match fault:
        case BadQuery():
            return _titled(
                400,
                f"{fault.parameter} {fault.detail}.",
                parameter=fault.parameter,
                remedy=fault.remedy,
            )
        case NotFound(retired=True):
            onward = f"ask for {fault.successor}" if fault.successor else None
            return _titled(
                410,
                f"{fault}: {fault.reason}",
                parameter="id",
                remedy=onward or "search for another service",
                successor=fault.successor,
            )
        case NotFound():
            return _titled(
                404,
                f"{fault}.",
                parameter=fault.parameter,
                remedy=fault.remedy,
            )
        case TooOld():
            return _titled(410, f"{fault}.", parameter="since", remedy=fault.remedy)
        case HTTPException():
            return _titled(
                fault.status_code,
                HTTPStatus(fault.status_code).description
                or HTTPStatus(fault.status_code).phrase,
                remedy=_REMEDIES.get(fault.status_code),
            )
    return _titled(500, "Something went wrong here, not with what was sent.")


def _titled(
    status: int,
    detail: str,
    *,
    parameter: str | None = None,
    remedy: str | None = None,
    successor: str | None = None,
) -> Problem:
    return Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        parameter=parameter,
        remedy=remedy,
        successor=successor,
    )


def headers_of(fault: Exception) -> dict[str, str]:
    """Those that belong to a refusal, such as `Allow` and `Retry-After`."""
    found = dict(fault.headers or {}) if isinstance(fault, HTTPException) else {}
    return {
        name: _with_head(value) if name.lower() == "allow" else value
        for name, value in found.items()
    }


def _with_head(methods: str) -> str:
    """Every GET is answered as a HEAD too."""
    found = set(methods.split(", "))
    return ", ".join(sorted(found | ({"HEAD"} if "GET" in found else set())))


def response(
    problem: Problem, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
