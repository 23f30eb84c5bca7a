"""Where things are: the few settings, read once at the start of a program."""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from . import ROOT
from .errors import BadSetting


def resources_folder() -> Path:
    """`HANDRAIL_RESOURCES`, else `resources/` in the checkout."""
    return Path(os.environ.get("HANDRAIL_RESOURCES", ROOT / "resources"))


def leave_to() -> str:
    """`HANDRAIL_LEAVE_TO`, else an everyday page: where the link to leave leads."""
    return os.environ.get("HANDRAIL_LEAVE_TO", "https://www.wikipedia.org/")


def site() -> str:
    """`HANDRAIL_SITE`, such as https://example.org: the address that printed cards lead
    to, and that pages and sitemaps name as theirs. Without it they name none."""
    return os.environ.get("HANDRAIL_SITE", "").rstrip("/")


def security_contact() -> str:
    """`HANDRAIL_SECURITY_CONTACT`: whom to tell of a hole, as an address that begins
    with https:// or mailto:. Without it there is no security.txt."""
    name = "HANDRAIL_SECURITY_CONTACT"
    written = os.environ.get(name, "")
    if written and not re.fullmatch(r"(https://|mailto:)[!-~]+", written):
        raise BadSetting(
            name, "is no address", "write mailto:security@example.org, or https://…"
        )
    return written


def releases_folder() -> Path:
    """`HANDRAIL_RELEASES`, else `build/releases/` in the checkout."""
    return Path(os.environ.get("HANDRAIL_RELEASES", ROOT / "build" / "releases"))


def keys_file() -> Path | None:
    """`HANDRAIL_KEYS`: the list of keys to trust; without it, no signature is asked."""
    named = os.environ.get("HANDRAIL_KEYS")
    return Path(named) if named else None


def trusted_proxies() -> tuple[IPv4Network | IPv6Network, ...]:
    """`HANDRAIL_TRUSTED_PROXIES`, networks between commas: whose `X-Forwarded-For` is
    believed. None by default."""
    name = "HANDRAIL_TRUSTED_PROXIES"
    written = [part.strip() for part in os.environ.get(name, "").split(",")]
    try:
        return tuple(ip_network(part) for part in written if part)
    except ValueError:
        raise BadSetting(
            name, "holds what is no network", "write 127.0.0.1, 10.0.0.0/8"
        ) from None


def per_minute() -> dict[str, int]:
    """`HANDRAIL_API_PER_MINUTE` and `HANDRAIL_PAGES_PER_MINUTE`: requests that one
    address may make of one worker; 0 for no limit."""
    return {
        "api": _number("HANDRAIL_API_PER_MINUTE", 1_200),
        "pages": _number("HANDRAIL_PAGES_PER_MINUTE", 3_000),
    }


def _number(name: str, default: int) -> int:
    written = os.environ.get(name, str(default))
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise BadSetting(name, "is no number", "write digits, or 0 for no limit")
    return int(written)
