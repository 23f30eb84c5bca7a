"""Where things are: the few settings, read once at the start of a program."""

import os
from pathlib import Path

from . import ROOT


def resources_folder() -> Path:
    """`HANDRAIL_RESOURCES`, else `resources/` in the checkout."""
    return Path(os.environ.get("HANDRAIL_RESOURCES", ROOT / "resources"))


def leave_to() -> str:
    """`HANDRAIL_LEAVE_TO`, else an everyday page: where the link to leave leads."""
    return os.environ.get("HANDRAIL_LEAVE_TO", "https://www.wikipedia.org/")


def releases_folder() -> Path:
    """`HANDRAIL_RELEASES`, else `build/releases/` in the checkout."""
    return Path(os.environ.get("HANDRAIL_RELEASES", ROOT / "build" / "releases"))


def keys_file() -> Path | None:
    """`HANDRAIL_KEYS`: the list of keys to trust; without it, no signature is asked."""
    named = os.environ.get("HANDRAIL_KEYS")
    return Path(named) if named else None
