"""Clients that stall, and a server that is told to stop while it answers."""

import asyncio
import select
import signal
import time

import httpx
import pytest
from litestar.exceptions import HTTPException

from directory.web.intake import Intake

HEADERS = [
    b"",
    b"GET /en/k",
    b"GET /en/ke HTTP/1.1\r\nHost: x\r\nX-A: 1",
]
BODIES = [
    b"POST /ar/search HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nq=a",
    b"POST /api/v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
    b"POST /en/plan HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab",
]
IDLE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


def test_two_hundred_stalled_clients_keep_nobody_out_and_are_closed(
    open_server, connect, log_file
):
    stalled = [
        connect(open_server, raw[n % len(raw)])
        for n in range(100)
        for raw in (HEADERS, BODIES)
    ]
    stalled.append(connect(open_server, IDLE))
    began = time.monotonic()
    for path in ("/en/ke", "/api/v1/resources/int-stopncii"):
        assert httpx.get(f"{open_server}{path}", timeout=30).status_code == 200
    answered_after = time.monotonic() - began
    said = dict.fromkeys(stalled, b"")
    while stalled and time.monotonic() < began + 60:
        for peer in select.select(stalled, [], [], 1)[0]:
            try:
                part = peer.recv(65_536)
            except ConnectionResetError:
                part = b""
            said[peer] += part
            if not part:
                stalled.remove(peer)
                peer.close()

    assert answered_after < 8  # none of the stalled had been given up by then
    assert stalled == []
    page = next(raw for raw in said.values() if b"<html" in raw)
    assert b'<html lang="ar"' in page
    assert b'href="/weather"' in page
    firsts = [raw[:12] for raw in said.values()]
    assert firsts.count(b"") == 100
    assert firsts.count(b"HTTP/1.1 408") == 100
    assert firsts[-1] == b"HTTP/1.1 200"
    assert "fault" not in log_file.read_text()


def test_somebody_who_goes_away_in_the_middle_is_no_fault(
    open_server, connect, log_file
):
    for raw in (*HEADERS, *BODIES, IDLE):
        connect(open_server, raw).close()
    assert httpx.get(f"{open_server}/en/ke").status_code == 200

    assert "fault" not in log_file.read_text()


@pytest.mark.parametrize(
    ("pause", "seconds"),
    [(10.0, {"between": 0.05, "in_all": 60.0}), (0.05, {"in_all": 0.4})],
)
def test_a_body_that_stalls_or_trickles_gets_408(in_a_loop, pause, seconds):
    """Straight into the layer: the parts come in with a pause between them."""

    async def trickle():
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def read_on(_scope, receive, _send):
        while True:
            await receive()

    scope = {"type": "http", "path": "/", "query_string": b"", "headers": []}
    with pytest.raises(HTTPException, match="408"):
        in_a_loop(Intake(**seconds).handle, scope, trickle, None, read_on)


def test_what_is_under_way_is_answered_whole_though_the_server_is_told_to_stop(
    releases, start_server, connect
):
    """An answer that is read slowly, and a question that isn't all sent yet."""
    address, process = start_server(releases)
    fields = b'{"limit": 100}'
    whole = httpx.post(f"{address}/api/v1/search", content=fields).content
    assert len(whole) > 100_000
    head = b"POST /api/v1/search HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    head += b"Content-Length: %d\r\n\r\n" % len(fields)
    with (
        connect(address, head + fields) as reading,
        connect(address, head + fields[:5]) as asking,
    ):
        came = reading.recv(1_000)
        process.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert process.poll() is None
        asking.sendall(fields[5:])
        answers = [came + _rest(reading), _rest(asking)]

    assert [one.partition(b"\r\n\r\n")[2] for one in answers] == [whole, whole]
    assert process.wait(timeout=20) == 0


def _rest(peer):
    return b"".join(iter(lambda: peer.recv(65_536), b""))
