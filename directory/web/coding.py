"""Content codings: which one a reader takes, and bodies put into it.

A secret and words of a reader compressed into one body would let somebody who watches
its length guess the secret (BREACH). No body of ours holds a secret: there are no
accounts, no tokens in forms, and no cookie whose value says anything.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import brotli
import zstandard

Coding = Literal["br", "zstd", "gzip"]
CODINGS: tuple[Coding, ...] = ("br", "zstd", "gzip")
"""The best first, where a reader takes several equally well."""


@dataclass(frozen=True)
class Effort:
    """The level of each coding."""

    br: int
    zstd: int
    gzip: int


FAST = Effort(br=4, zstd=3, gzip=6)
"""For what is sent once: less than a millisecond for 50 kB."""
KEPT = Effort(br=6, zstd=9, gzip=9)
"""For pages, sent many times but made anew when a line opens: about a millisecond."""
BEST = Effort(br=11, zstd=19, gzip=9)
"""For files that never change: dozens of milliseconds, once."""

_ENCODERS: dict[Coding, Callable[[bytes, Effort], bytes]] = {
    "br": lambda body, effort: brotli.compress(body, quality=effort.br),
    "zstd": lambda body, effort: zstandard.compress(body, effort.zstd),
    "gzip": lambda body, effort: gzip.compress(body, effort.gzip, mtime=0),
}


def encoded(body: bytes, coding: Coding, effort: Effort) -> bytes:
    return _ENCODERS[coding](body, effort)


def chosen(accepted: str | None) -> Coding | None:
    """The coding that an Accept-Encoding header likes best; none for the plain body.

    RFC 9110, 12.5.3. A reader who takes neither the plain body nor any coding of ours
    gets the plain one, as the RFC prefers to an error. A weight that is none counts
    as a refusal.
    """
    if not accepted:
        return None
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.partition(";")
        weights[name.strip().replace("x-gzip", "gzip")] = _weight(rest)
    others = weights.get("*", 0.0)
    liked = [(weights.get(one, others), one) for one in CODINGS]
    most, best = max(liked, key=lambda pair: pair[0])
    return best if most > 0 and most >= weights.get("identity", 0.0) else None


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        found = float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
    return found if 0 <= found <= 1 else 0.0
