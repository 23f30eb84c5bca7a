"""Names and values out of an address or a form, each as it was sent."""

import re
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request

from ..errors import BadQuery

_MOST_FIELDS = 40
_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


def pairs_in(raw: bytes) -> list[tuple[str, str]]:
    """Raises `BadQuery` for what is no form: too many fields, or bytes of no text."""
    try:
        return parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise BadQuery(
            "parameters", "can't be read", "send UTF-8, percent-encoded"
        ) from None


def address_pairs(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    """The parameters of an address. Raises `BadQuery` as `pairs_in` does."""
    return pairs_in(request.scope["query_string"])


def base_of(request: Request[Any, Any, Any]) -> str:
    """Where this site is, as the one who asks sees it, without a slash at the end."""
    host = request.headers.get("host", "")
    forwarded = request.headers.get("x-forwarded-proto")
    scheme = "https" if forwarded == "https" else request.scope["scheme"]
    return f"{scheme}://{host if _HOST.fullmatch(host) else 'localhost'}"
