"""What a copy says of itself, by which it is also recognised, and what it may weigh."""

import datetime
import zlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

MANIFEST = "export.json"

PAGE_BUDGET = 14_480
"""Bytes, compressed, of a place's page with its stylesheet: ten packets, which a server
sends before it waits for an answer."""

PLACE_BUDGET = 110_000
"""Bytes, compressed, of all that a place needs in one language."""


class Weight(msgspec.Struct, frozen=True):
    """Bytes, compressed: a place's page with its stylesheet, and everything that its
    page and its plan lead to within the copy, pages of services and advice included."""

    page: int
    all: int


class Manifest(msgspec.Struct, frozen=True):
    """`bytes` are on the disk; `places` has a weight for each place and language."""

    release: str
    sequence: int
    facts_as_of: datetime.date
    made_at: datetime.datetime
    languages: tuple[str, ...]
    files: int
    bytes: int
    places: Mapping[str, Mapping[str, Weight]]

    def over_budget(self) -> list[str]:
        """Each place and language that is too heavy, in words."""
        return [
            f"{code} in {lang}: {what} {bytes_:,} bytes compressed, over {most:,}"
            for code, weights in self.places.items()
            for lang, weight in weights.items()
            for what, bytes_, most in (
                ("its page has", weight.page, PAGE_BUDGET),
                ("all that it needs has", weight.all, PLACE_BUDGET),
            )
            if bytes_ > most
        ]


def is_copy(folder: Path) -> bool:
    """Whether a folder is an earlier copy, which may be replaced."""
    try:
        msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return False
    return True


def compressed(content: bytes) -> int:
    """Bytes of it as a server sends it, as gzip of a middling effort does."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return len(packer.compress(content)) + len(packer.flush())
