"""What can go wrong, said so that a person knows what to do next.

HandrailError
├── BadRecords      files under `resources/` that can't be published, all at once
├── BadExport       a static copy that can't be written, or would have dead links
├── BadQuery        a parameter that can't be understood
├── BadRelease      a release that is missing, damaged or of another version
│   └── BadKeys     keys, a list of keys or signatures that don't hold
├── BadSetting      a setting of the environment that can't be understood
├── Unreachable     an origin that a mirror can't read, or that answers wrongly
├── TooOld          a sequence from before all that is remembered
└── NotFound        no such record or place; `successor` leads on where one exists
"""

from collections.abc import Sequence
from typing import Literal

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong in one file. An "error" keeps a release from being built."""

    file: str
    field: str
    what: str
    remedy: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = f"{self.file}: {self.field}" if self.field else self.file
        return f"{where}: {self.what}; {self.remedy}"


class HandrailError(Exception):
    """Base of everything that Handrail raises on purpose."""


class BadRecords(HandrailError):
    """Carries every error found, so that one run is enough to mend them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in the records")
        self.problems = problems


class BadExport(HandrailError):
    """Nothing was written: an earlier copy, if there is one, is as it was."""


class BadQuery(HandrailError):
    """Names the parameter and the remedy; never repeats what was sent."""

    def __init__(self, parameter: str, detail: str, remedy: str) -> None:
        super().__init__(f"{parameter}: {detail}; {remedy}")
        self.parameter = parameter
        self.detail = detail
        self.remedy = remedy


class BadRelease(HandrailError):
    """The folder holds no release that can be trusted."""


class BadSetting(HandrailError):
    """Names the variable of the environment and the remedy."""

    def __init__(self, name: str, detail: str, remedy: str) -> None:
        super().__init__(f"{name} {detail}; {remedy}")


class BadKeys(BadRelease):
    """A key, a list of keys or a signature can't be read or doesn't hold."""


class Unreachable(HandrailError):
    """Another place's releases can't be read, or aren't what they say."""


class TooOld(HandrailError):
    """What changed since a sequence is no longer known."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


class NotFound(HandrailError):
    """`successor` is the id to use instead of a retired one, when there is one.
    `parameter` names what leads nowhere, `remedy` what to do about it."""

    def __init__(
        self,
        what: str,
        *,
        retired: bool = False,
        reason: str = "",
        successor: str | None = None,
        parameter: str = "id",
        remedy: str = "search for it by name",
    ) -> None:
        super().__init__(what)
        self.parameter = parameter
        self.remedy = remedy
        self.retired = retired
        self.reason = reason
        self.successor = successor
