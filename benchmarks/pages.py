"""Measure how fast a country's page is served, beside servers that only send its bytes.

One worker each, so that the client has a core of its own. Each server runs by itself
in turn; whole rounds are repeated and the median of each figure is shown.
"""

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from load import Load
from search import Figures, measure
from servers import running

from directory.release.build import build
from directory.settings import resources_folder
from directory.web.app import utc_now

_PAGE = "HANDRAIL_BENCH_PAGE"
_WARM_SECONDS = 2
_HERE = Path(__file__).parent
_LEFT_OUT = {"content-length", "content-encoding", "date", "server"}


@dataclass(frozen=True)
class Case:
    """A server and how it is asked; `target` is the path and the query."""

    name: str
    command: Callable[[Path, int], list[str]]
    target: str
    coding: str


def _handrail(folder: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "directory.cli", "serve"),
        *("--from", str(folder / "releases"), "--port", str(port), "--workers", "1"),
    ]


def _granian(app: str) -> Callable[[Path, int], list[str]]:
    def command(_folder: Path, port: int) -> list[str]:
        return [
            *(sys.executable, "-m", "granian", f"same_bytes:{app}"),
            *("--interface", "asgi", "--port", str(port), "--workers", "1"),
            *("--no-ws", "--working-dir", str(_HERE), "--log-level", "warning"),
        ]

    return command


def _fastapi(_folder: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "--app-dir", str(_HERE), "same_bytes:fast"),
        *("--port", str(port), "--no-access-log", "--log-level", "warning"),
    ]


_PATH = "/en/ke"
CASES = (
    Case("Handrail, made anew, plain", _handrail, f"{_PATH}?x", "identity"),
    Case("Handrail, made anew, gzip", _handrail, f"{_PATH}?x", "gzip"),
    Case("Handrail, kept, plain", _handrail, _PATH, "identity"),
    Case("Granian alone, plain", _granian("plain"), _PATH, "identity"),
    Case("Handrail, kept, gzip", _handrail, _PATH, "gzip"),
    Case("Granian alone, gzip", _granian("gzipped"), _PATH, "gzip"),
    Case("FastAPI, ready body, its gzip", _fastapi, _PATH, "gzip"),
)


def prepare(folder: Path) -> Path:
    """A release of the real records, and the page as Handrail sends it."""
    build(resources_folder(), folder / "releases", utc_now())
    page = folder / "page.html"
    with running(CASES[0], folder) as (_, port):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        client.request("GET", _PATH)
        answer = client.getresponse()
        page.write_bytes(answer.read())
        sent = {k.lower(): v for k, v in answer.getheaders()}
    kept = {name: value for name, value in sent.items() if name not in _LEFT_OUT}
    page.with_suffix(".json").write_text(json.dumps(kept))
    return page


def show(figures: dict[str, Figures]) -> None:
    """The table, in Markdown; the share is of what Granian alone manages."""
    median = statistics.median
    print("\n|  | requests/s | p50 ms | p99 ms | CPU ms | errors | of Granian alone |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    for case in CASES:
        one = figures[case.name]
        kind = "gzip" if case.coding == "gzip" else "plain"
        share = median(one.rate) / median(figures[f"Granian alone, {kind}"].rate)
        errors = ", ".join(f"{n} × {what}" for what, n in one.errors.items()) or "0"
        print(
            f"| {case.name} | {median(one.rate):,.0f} | {median(one.p50):.2f} | "
            f"{median(one.p99):.1f} | {median(one.cpu):.3f} | {errors} | {share:.0%} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="of each load")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    figures = {case.name: Figures() for case in CASES}
    with (
        tempfile.TemporaryDirectory() as passing,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
    ):
        folder = Path(passing)
        os.environ[_PAGE] = str(prepare(folder))
        for number in range(asked.rounds):
            for case in CASES:
                before = os.getloadavg()[0]
                with running(case, folder) as (process, port):
                    load = Load(
                        port=port,
                        paths=[case.target],
                        connections=asked.connections,
                        warm_seconds=_WARM_SECONDS,
                        seconds=asked.seconds,
                        coding=case.coding,
                    )
                    seen, memory, cpu = measure(process, load, pool)
                figures[case.name].note(seen, memory, cpu)
                print(
                    f"Round {number + 1}, {case.name}: "
                    f"{seen.within / seen.seconds:,.0f} requests/s, "
                    f"{seen.bytes / len(seen.latencies) / 1e3:.1f} kB an answer, "
                    f"client {seen.busy:.0%} of a core, load before {before:.1f}",
                    flush=True,
                )
    show(figures)


if __name__ == "__main__":
    main()
