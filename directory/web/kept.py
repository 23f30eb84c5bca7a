"""Answers kept in memory as bytes, until they would say something else.

What is kept is what anybody gets: it is found by its address, language and form
alone, never by a question, and holds nothing of who asked.
"""

import datetime
from collections import OrderedDict
from dataclasses import dataclass, field

from litestar.types import Scope

from .coding import KEPT, Coding, Effort, encoded

Headers = list[tuple[bytes, bytes]]
Key = tuple[str, str, str]
"""Path, language and form."""
_MARK = "keep"


def keep(
    scope: Scope, until: datetime.datetime | None = None, effort: Effort = KEPT
) -> None:
    """Let the answer to this request be kept and sent to anybody who asks the same:
    until a moment, or without one for as long as the release is served."""
    scope["state"][_MARK] = until, effort


def may_keep(scope: Scope) -> tuple[datetime.datetime | None, Effort] | None:
    """What `keep` was told in the course of this request."""
    found: tuple[datetime.datetime | None, Effort] | None = scope["state"].get(_MARK)
    return found


@dataclass
class Answer:
    """A body with its headers, and the codings of it that were asked for so far."""

    body: bytes
    headers: Headers
    until: datetime.datetime | None
    effort: Effort
    coded: dict[Coding, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.body) + sum(map(len, self.coded.values()))


class Kept:
    """Answers of one release. Beyond `most_bytes` those go that were asked for longest
    ago. For one event loop: nothing here waits, so nothing comes in between."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self.size = 0

    def get(self, key: Key, now: datetime.datetime) -> Answer | None:
        """The answer, unless its time is over."""
        found = self._answers.get(key)
        if found is None:
            return None
        if found.until is not None and now >= found.until:
            self._drop(key)
            return None
        self._answers.move_to_end(key)
        return found

    def put(self, key: Key, answer: Answer) -> None:
        if key in self._answers:
            self._drop(key)
        self._answers[key] = answer
        self.size += answer.size
        self._shrink()

    def coded(self, key: Key, answer: Answer, coding: Coding | None) -> bytes:
        """The body in a coding, made when it is first asked for."""
        if coding is None:
            return answer.body
        if coding not in answer.coded:
            made = encoded(answer.body, coding, answer.effort)
            answer.coded[coding] = made
            if self._answers.get(key) is answer:
                self.size += len(made)
                self._shrink()
        return answer.coded[coding]

    def _drop(self, key: Key) -> None:
        self.size -= self._answers.pop(key).size

    def _shrink(self) -> None:
        while self.size > self._most:
            self._drop(next(iter(self._answers)))
