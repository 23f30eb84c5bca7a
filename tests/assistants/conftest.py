"""`handrail mcp --http`, as a process of its own."""

import socket
import subprocess
import sys
import time

import httpx
import pytest

from directory import ROOT


@pytest.fixture(scope="session")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "stderr"


@pytest.fixture(scope="session")
def web_address(releases, log):
    """The address of `handrail mcp --http`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "directory.cli", "mcp", "--http"]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--from", str(releases)],
            stdout=written,
            stderr=written,
            cwd=ROOT,
        )
        for _ in range(150):
            try:
                httpx.get(f"http://127.0.0.1:{port}/")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
        process.terminate()
        assert process.wait(timeout=20) in {0, -15}
