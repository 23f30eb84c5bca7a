"""A server that nobody is limited by, and bytes straight down a socket."""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from anyio.from_thread import start_blocking_portal


@dataclass(frozen=True)
class Answer:
    """`status` is None where the connection was closed without one."""

    status: int | None
    head: str
    body: str

    def header(self, name):
        lines = [line.partition(":") for line in self.head.split("\r\n")[1:]]
        return next((v.strip() for k, _, v in lines if k.lower() == name), None)


def read(peer):
    """All that comes until the end of the connection, or of one answer."""
    came = b""
    while True:
        try:
            part = peer.recv(65_536)
        except ConnectionResetError:
            break
        came += part
        head, end, body = came.partition(b"\r\n\r\n")
        lengths = [
            line.split(b":")[1]
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        ]
        if not part or (end and lengths and len(body) >= int(lengths[0])):
            break
    head, _, body = came.partition(b"\r\n\r\n")
    words = head.split(b" ", 2)
    status = int(words[1]) if head.startswith(b"HTTP/1.1 ") else None
    return Answer(status, head.decode("latin-1"), body.decode("utf-8", "replace"))


@pytest.fixture(scope="session")
def log_file(tmp_path_factory):
    return tmp_path_factory.mktemp("open") / "log"


@pytest.fixture(scope="session")
def open_server(releases, start_server, log_file):
    """The address of a server without limits; all it says goes to `log_file`."""
    with log_file.open("w") as log:
        address, _ = start_server(
            releases,
            log=log,
            HANDRAIL_API_PER_MINUTE="0",
            HANDRAIL_PAGES_PER_MINUTE="0",
        )
        yield address


@pytest.fixture(scope="session")
def connect():
    """A function that opens a socket to an address of http, and sends bytes."""

    def opened(address, raw):
        parts = urlsplit(address)
        peer = socket.create_connection((parts.hostname, parts.port), timeout=30)
        peer.sendall(raw)
        return peer

    return opened


@pytest.fixture(scope="session")
def send(open_server, connect):
    """A function that sends bytes as they are, and gives the answer."""

    def sent(raw):
        try:
            with connect(open_server, raw) as peer:
                return read(peer)
        except (BrokenPipeError, ConnectionResetError):
            return Answer(None, "", "")

    return sent


@pytest.fixture(scope="session")
def request_bytes():
    """A function that writes a request without mending anything."""

    def written(target, *headers, method="GET", body=b""):
        lines = [f"{method} {target} HTTP/1.1", "Host: x", "Connection: close"]
        head = "\r\n".join([*lines, *headers]) + "\r\n\r\n"
        return head.encode("latin-1") + body

    return written


@pytest.fixture(scope="session")
def in_a_loop():
    """A function that runs another, awaits it, and gives what came of it. In a thread
    of its own: where a browser is open this one has a loop already."""
    with start_blocking_portal() as portal:
        yield portal.call
