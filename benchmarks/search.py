"""Measure Handrail's search beside other services on the same made-up records.

Each server runs by itself in turn, the questions and their order are the same for all,
and none keeps answers. Whole rounds are repeated and the median of each figure is
shown, because other work on a machine comes and goes.
"""

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import psutil
from load import Load, Outcome, drive
from servers import HANDRAIL, SERVERS, Server, prepare, running
from synthetic import Query, World

from directory.settings import resources_folder

_QUESTIONS = 20_000
_CHECKED = 40
_WARM_SECONDS = 3


@dataclass
class Figures:
    """One server's, a value for each round: latencies and CPU per answer in
    milliseconds, memory in megabytes."""

    rate: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def note(self, seen: Outcome, memory: int, cpu: float) -> None:
        cuts = statistics.quantiles(seen.latencies, n=100, method="inclusive")
        self.rate.append(seen.within / seen.seconds)
        self.p50.append(cuts[49] * 1e3)
        self.p99.append(cuts[98] * 1e3)
        self.cpu.append(cpu / seen.asked * 1e3)
        self.memory.append(memory / 1e6)
        self.errors.update(seen.errors)


def totals(server: Server, port: int, queries: Sequence[Query]) -> list[int]:
    """How many hits the server says there are, question by question."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found = []
    for query in queries:
        client.request("GET", server.address(query))
        found.append(json.loads(client.getresponse().read())[server.total])
    return found


def compare(totals_of: dict[str, list[int]]) -> None:
    """The peers must agree with each other; Handrail finds all that they find."""
    ours, *theirs = (totals_of[server.name] for server in SERVERS)
    if any(one != theirs[0] for one in theirs):
        sys.exit(f"The peers don't find the same: {totals_of}")
    if any(one < other for one, other in zip(ours, theirs[0], strict=True)):
        sys.exit(f"Handrail finds less: {totals_of}")


def measure(
    process: psutil.Process, load: Load, pool: ProcessPoolExecutor
) -> tuple[Outcome, int, float]:
    """What the client saw; the most memory that all the server's processes had at once,
    in bytes, pages that they share counted in each; and their seconds of CPU."""
    tree = [*process.children(recursive=True), process]
    cpu = _cpu(tree)
    most = 0
    result = pool.submit(drive, load)
    while not result.done():
        most = max(most, sum(one.memory_info().rss for one in tree))
        time.sleep(0.25)
    return result.result(), most, _cpu(tree) - cpu


def _cpu(tree: Sequence[psutil.Process]) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in tree)


def show(figures: dict[str, Figures]) -> None:
    """The table, in Markdown."""
    median = statistics.median
    best = median(figures[HANDRAIL.name].rate)
    print("\n|  | requests/s | p50 ms | p99 ms | CPU ms | memory MB | errors", end="")
    print(" | Handrail's rate is |\n| --- | --: | --: | --: | --: | --: | --: | --: |")
    for name, one in figures.items():
        rate = median(one.rate)
        errors = ", ".join(f"{n} × {what}" for what, n in one.errors.items()) or "0"
        print(
            f"| {name} | {rate:.1f} | {median(one.p50):.0f} | {median(one.p99):.0f} | "
            f"{median(one.cpu):.1f} | {max(one.memory):.0f} | {errors} | "
            f"{f'{best / rate:.1f} ×' if rate else '–'} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=10, help="of each load")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep what is built, to use again")
    asked = parser.parse_args()
    world = World(resources_folder())
    queries = world.queries(_QUESTIONS)
    figures = {server.name: Figures() for server in SERVERS}
    with (
        tempfile.TemporaryDirectory() as passing,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
    ):
        folder = asked.folder or Path(passing)
        prepare(folder, world, asked.records)
        for number in range(asked.rounds):
            totals_of = {}
            for server in SERVERS:
                before = os.getloadavg()[0]
                with running(server, folder) as (process, port):
                    totals_of[server.name] = totals(server, port, queries[:_CHECKED])
                    paths = [server.address(query) for query in queries]
                    load = Load(
                        port=port,
                        paths=paths,
                        connections=asked.connections,
                        warm_seconds=_WARM_SECONDS,
                        seconds=asked.seconds,
                    )
                    seen, memory, cpu = measure(process, load, pool)
                figures[server.name].note(seen, memory, cpu)
                print(
                    f"Round {number + 1}, {server.name}: "
                    f"{seen.within / seen.seconds:.1f} requests/s, "
                    f"{seen.bytes / len(seen.latencies) / 1e3:.1f} kB an answer, "
                    f"client {seen.busy:.0%} of a core, load before {before:.1f}",
                    flush=True,
                )
            compare(totals_of)
    show(figures)


if __name__ == "__main__":
    main()
