"""A small client that keeps a few connections busy, in a process of its own.

Closed loop: each connection asks the next question as soon as it has its answer. Of
an answer it looks at no more than status and length.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle

import httptools
import msgspec
import uvloop

_DRAIN_SECONDS = 30


class Load(msgspec.Struct, frozen=True):
    """`paths` are asked in their order, and over again when they run out. `coding` is
    the Accept-Encoding of each request."""

    port: int
    paths: Sequence[str]
    connections: int
    warm_seconds: float
    seconds: float
    coding: str = "identity"


class Outcome(msgspec.Struct, frozen=True):
    """`latencies` in seconds, of every answer after the warm-up; `within` counts those
    that came in time. `errors` are counted by status, or by what went wrong.
    `busy` is the share of one core that the client itself took."""

    latencies: list[float]
    within: int
    seconds: float
    asked: int
    bytes: int
    errors: dict[str, int]
    busy: float


class _Run:
    """What all connections of one run share."""

    def __init__(self, load: Load) -> None:
        self.next_path: Iterator[str] = cycle(load.paths)
        self.coding = load.coding
        self.start = time.perf_counter() + load.warm_seconds
        self.end = self.start + load.seconds
        self.latencies: list[float] = []
        self.within = self.asked = self.bytes = 0
        self.errors: Counter[str] = Counter()

    def note(self, asked_at: float, status: int, length: int) -> None:
        now = time.perf_counter()
        if now < self.start:
            return
        self.latencies.append(now - asked_at)
        self.within += now <= self.end
        self.bytes += length
        if status != 200:
            self.errors[str(status)] += 1


class _Connection(asyncio.Protocol):
    """The methods named `on_…` are called by the parser."""

    def __init__(self, run: _Run, done: asyncio.Future[None]) -> None:
        self._run = run
        self._done = done
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._length = 0
        self._asked_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._asked_at = time.perf_counter()
        if self._asked_at >= self._run.end:
            self._done.set_result(None)
            self._transport.close()
            return
        self._length = 0
        self._run.asked += 1
        self._transport.write(
            f"GET {next(self._run.next_path)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Accept-Encoding: {self._run.coding}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._length += len(body)

    def on_message_complete(self) -> None:
        self._run.note(self._asked_at, self._parser.get_status_code(), self._length)
        self._ask()

    def connection_lost(self, _exc: Exception | None) -> None:
        if not self._done.done():
            self._run.errors["connection lost"] += 1
            self._done.set_result(None)


async def _drive(load: Load) -> Outcome:
    loop = asyncio.get_running_loop()
    run = _Run(load)
    cpu = time.process_time()
    ends = [loop.create_future() for _ in range(load.connections)]
    for done in ends:
        await loop.create_connection(
            lambda done=done: _Connection(run, done), "127.0.0.1", load.port
        )
    whole = load.warm_seconds + load.seconds
    _, late = await asyncio.wait(ends, timeout=whole + _DRAIN_SECONDS)
    run.errors.update({"no answer": len(late)} if late else {})
    return Outcome(
        latencies=run.latencies,
        within=run.within,
        seconds=load.seconds,
        asked=run.asked,
        bytes=run.bytes,
        errors=dict(run.errors),
        busy=(time.process_time() - cpu) / whole,
    )


def drive(load: Load) -> Outcome:
    """Run one load to its end. Meant to be called in a process of its own."""
    return uvloop.run(_drive(load))
