"""What is measured: how each server is started, and how it is asked."""

import datetime
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import peers
import psutil
from synthetic import Query, World

from directory.release.build import build_from

_BIN = Path(sys.executable).parent
_HERE = Path(__file__).parent
_START_SECONDS = 120
_LIMITS = ("sql_time_limit_ms", "facet_time_limit_ms")


@dataclass(frozen=True)
class Server:
    """`words` and `country` are its names for the two parameters, `more` what else it
    is asked; `total` is where its answer says how many there are."""

    name: str
    command: Callable[[Path, int], list[str]]
    path: str
    words: str
    country: str
    total: str
    more: tuple[tuple[str, str], ...] = ()

    def address(self, query: Query) -> str:
        pairs = [(self.words, query.words), *self.more]
        if query.country:
            pairs.append((self.country, query.country))
        return f"{self.path}?{urlencode(pairs)}"


def _handrail(folder: Path, port: int) -> list[str]:
    folder = folder / "releases"
    return [
        *(str(_BIN / "handrail"), "serve", "--from", str(folder)),
        *("--port", str(port), "--workers", "2"),
    ]


def _datasette(folder: Path, port: int) -> list[str]:
    """Without its time limits, which would cut answers short."""
    limits = [part for name in _LIMITS for part in ("--setting", name, "60000")]
    return [
        *(str(_BIN / "datasette"), "serve", "-i", str(folder / "rows.db")),
        *("--port", str(port), *limits),
    ]


def _fastapi(_folder: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "--app-dir", str(_HERE)),
        *("--factory", "peers:create_app", "--port", str(port), "--workers", "2"),
        *("--no-access-log", "--log-level", "warning"),
    ]


_TABLE = ("/rows/resources.json", "_search", "country", "filtered_table_rows_count")
_PLAIN = ("/search", "q", "country", "total")
_PAGE = (("_size", "20"), ("_shape", "objects"))
_BARE = (*_PAGE, ("_nosuggest", "1"))
_SAME = (
    *(("_facet", name) for name in peers.SINGLE),
    *(("_facet_array", name) for name in peers.LISTS),
)
HANDRAIL = Server(
    "Handrail", _handrail, "/api/v1/resources", "q", "jurisdiction", "total"
)
SERVERS = (
    HANDRAIL,
    Server("Datasette, same facets", _datasette, *_TABLE, (*_BARE, *_SAME)),
    Server("Datasette, as it comes", _datasette, *_TABLE, _PAGE),
    Server("Datasette, bare", _datasette, *_TABLE, _BARE),
    Server("FastAPI, same facets", _fastapi, *_PLAIN, (("facets", "true"),)),
    Server("FastAPI, bare", _fastapi, *_PLAIN),
)


def prepare(folder: Path, world: World, records: int) -> None:
    """The release and the peers' file, unless an earlier run left them there."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "rows.db").exists():
        return
    made = world.catalogue(records)
    began = time.perf_counter()
    build_from(made, folder / "releases", datetime.datetime.now(datetime.UTC))
    print(f"Release built in {time.perf_counter() - began:.0f} s", flush=True)
    unfinished = folder / "unfinished.db"
    unfinished.unlink(missing_ok=True)
    peers.write_rows(unfinished, made.resources.values())
    unfinished.rename(folder / "rows.db")


@contextmanager
def running(server: Server, folder: Path) -> Iterator[tuple[psutil.Process, int]]:
    """The server's first process, once it answers, and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    with log.open("wb") as output:
        process = psutil.Popen(
            server.command(folder, port),
            stdout=output,
            stderr=output,
            env=os.environ
            | {
                peers.DATABASE: str(folder / "rows.db"),
                "HANDRAIL_API_PER_MINUTE": "0",
            },
        )
    try:
        limit = time.monotonic() + _START_SECONDS
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > limit:
                sys.exit(f"{server.name} didn't start:\n{log.read_text()[-2000:]}")
            time.sleep(0.2)
        yield process, port
    finally:
        tree = [*process.children(recursive=True), process]
        process.terminate()
        for left in psutil.wait_procs(tree, timeout=15)[1]:
            left.kill()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
