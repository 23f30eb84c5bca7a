"""Where things are: the few settings, read once at the start of a program."""

import os
from pathlib import Path

from . import ROOT


def resources_folder() -> Path:
    """`HANDRAIL_RESOURCES`, else `resources/` in the checkout."""
    return Path(os.environ.get("HANDRAIL_RESOURCES", ROOT / "resources"))


def releases_folder() -> Path:
    """`HANDRAIL_RELEASES`, else `build/releases/` in the checkout."""
    return Path(os.environ.get("HANDRAIL_RELEASES", ROOT / "build" / "releases"))
