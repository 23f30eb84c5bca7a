"""Real servers, a real mirror between them, and keys that both trust."""

import contextlib
import datetime
import os
import shutil
import subprocess
import sys
import threading
import time

import boto3
import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from directory.errors import BadRelease
from directory.release.manifest import (
    KEYS,
    MANIFEST,
    SIGNATURES,
    current,
    files_in,
    read_manifest,
    written,
)
from directory.release.mirror import mirror
from directory.release.shelf import point_to, prune, write_beside
from directory.release.signed import add_signatures, verify
from directory.web.current import Current


def now():
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture(scope="module")
def made(build_small, a_record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "releases"
    for name in ("ke-one", "ke-two"):
        build_small(folder, a_record(name), now=now())
    return folder


@pytest.fixture
def origin(made, tmp_path):
    return shutil.copytree(made, tmp_path / "origin")


def again(origin, holders, *, by=("desk", "approver"), **fields):
    """The current release once more, under the next sequence, signed anew."""
    last = current(origin)
    manifest = read_manifest(last)
    fields = {"sequence": manifest.sequence + 1} | fields
    changed = msgspec.structs.replace(manifest, **fields)
    folder = origin / changed.folder_name
    shutil.copytree(last, folder, copy_function=os.link)
    for name in (MANIFEST, SIGNATURES):
        (folder / name).unlink()
    (folder / MANIFEST).write_bytes(written(changed))
    add_signatures(folder / MANIFEST, tuple(getattr(holders, role) for role in by))
    point_to(origin, folder.name)
    return changed.sequence


def ready(address):
    return httpx.get(f"{address}/readyz").json()


def waited(address, holds):
    """What /readyz says once a condition holds, or after ten seconds anyway."""
    for _ in range(100):
        state = ready(address)
        if holds(state):
            break
        time.sleep(0.1)
    return state


def test_a_server_with_keys_does_not_start_on_what_nobody_signed(small, holders):
    done = subprocess.run(
        [sys.executable, "-m", "directory.cli", "serve", "--from", small],
        env=os.environ | {"HANDRAIL_KEYS": str(holders.file)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    assert "isn't signed; sign it with `handrail sign`" in done.stderr


def test_a_running_server_keeps_the_last_good_release(origin, holders, start_server):
    address, _ = start_server(origin, HANDRAIL_KEYS=str(holders.file))
    good = ready(address)["sequence"]

    def refused(why):
        state = waited(address, lambda state: why in (state["refused"] or ""))
        assert why in state["refused"]
        assert state["sequence"] == good
        assert httpx.get(f"{address}/en/ke").status_code == 200

    again(origin, holders, by=("desk",))
    refused("1 of the 2 signatures")
    again(origin, holders)
    path = current(origin) / "records.sqlite"
    write_beside(path, path.read_bytes()[:-1] + b"x")
    refused("differs from the manifest")


def test_a_running_server_does_not_go_back(
    build_small, a_record, holders, origin, start_server
):
    build_small(origin, a_record("ke-three"), now=now())
    address, _ = start_server(origin, HANDRAIL_KEYS=str(holders.file))
    good = ready(address)["sequence"]
    point_to(origin, sorted(path.name for path in origin.glob("0*"))[-2])
    state = waited(address, lambda state: state["refused"])

    assert "is older than" in state["refused"]
    assert state["sequence"] == good


def test_any_other_byte_is_refused_at_start_and_on_reload(made, holders, tmp_path):
    folder = shutil.copytree(made, tmp_path / "releases")
    older, newer = sorted(folder.glob("0*"))[-2:]
    point_to(folder, older.name)
    watched = Current(folder, now, trusted=holders.keys)
    point_to(folder, newer.name)
    names = [MANIFEST, SIGNATURES, KEYS, *sorted(files_in(newer))]

    @given(data=st.data())
    def flipped(data):
        path = newer / data.draw(st.sampled_from(names))
        whole = path.read_bytes()
        place = data.draw(st.integers(0, len(whole) - 1))
        bit = 1 << data.draw(st.integers(0, 7))
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]
        )
        with pytest.raises(BadRelease):
            Current(folder, now, trusted=holders.keys)
        watched.look()
        path.write_bytes(whole)

        assert watched.fault
        assert watched.served.release.folder == older

    flipped()
    watched.look()
    assert watched.fault is None
    assert watched.served.release.folder == newer


def test_an_expired_release_is_served_and_said_to_be_stale(
    origin, holders, start_server, tmp_path
):
    again(origin, holders, expires=now() + datetime.timedelta(seconds=4))
    log = tmp_path / "log"
    with log.open("w") as out:
        address, _ = start_server(origin, log=out, HANDRAIL_KEYS=str(holders.file))
        state = waited(address, lambda state: state["stale"])
        time.sleep(1.2)

    assert state["stale"]
    assert httpx.get(f"{address}/en/ke").status_code == 200
    assert "release expired, it goes on being served" in log.read_text()


def test_a_node_follows_another_through_its_releases_pages(
    origin, holders, start_server, tmp_path
):
    """Origin and node are real servers; what the origin gets, the node serves."""
    node = tmp_path / "node"
    trust = {"HANDRAIL_KEYS": str(holders.file)}
    first, _ = start_server(origin, **trust)
    assert mirror(f"{first}/releases", node, holders.keys, now()).ok
    second, _ = start_server(node, **trust)
    assert ready(second)["mirror"]["ok"]
    sequence = again(origin, holders)
    waited(first, lambda state: state["sequence"] == sequence)

    state = mirror(f"{first}/releases", node, holders.keys, now())

    assert (state.ok, state.sequence) == (True, sequence)
    assert (
        waited(second, lambda state: state["sequence"] == sequence)["refused"] is None
    )
    point_to(origin, min(path.name for path in origin.glob("0*")))
    (origin / "current").write_text("nothing")
    state = mirror(f"{first}/nothing", node, holders.keys, now())
    said = ready(second)["mirror"]
    assert not state.ok
    assert (said["ok"], said["why"]) == (False, state.why)
    assert httpx.get(f"{second}/en/ke").status_code == 200


@pytest.fixture
def bucket(monkeypatch):
    """A bucket on a real server that speaks S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with contextlib.closing(boto3.client("s3")) as client:
        client.create_bucket(Bucket="handrail")
        yield client
    server.stop()


def upload(client, origin):
    for path in origin.rglob("*"):
        if path.is_file():
            name = path.relative_to(origin).as_posix()
            client.upload_file(str(path), "handrail", f"releases/{name}")


def test_a_bucket_will_do_as_well(bucket, origin, holders, tmp_path):
    node, address = tmp_path / "node", "s3://handrail/releases"
    upload(bucket, origin)
    state = mirror(address, node, holders.keys, now())
    assert (state.ok, state.why) == (True, None)
    again(origin, holders)
    upload(bucket, origin)
    assert mirror(address, node, holders.keys, now()).ok
    assert current(node).name == current(origin).name
    again(origin, holders, by=("desk",))
    upload(bucket, origin)

    state = mirror(address, node, holders.keys, now())

    assert "1 of the 2 signatures" in state.why
    assert verify(current(node), holders.keys)


def test_no_request_fails_while_a_hundred_releases_come_and_go(
    origin, holders, start_server, tmp_path
):
    node = tmp_path / "node"
    mirror(str(origin), node, holders.keys, now())
    address, _ = start_server(
        node,
        "--workers",
        "2",
        HANDRAIL_KEYS=str(holders.file),
        HANDRAIL_API_PER_MINUTE="0",
    )
    failures, asked, seen, done = [], [], set(), threading.Event()

    def reader():
        with httpx.Client(base_url=address, timeout=30) as client:
            while not done.is_set():
                for path in ("/en/ke", "/api/v1/resources?jurisdiction=KE", "/readyz"):
                    answer = client.get(path)
                    asked.append(path)
                    if answer.status_code != 200:
                        failures.append((path, answer.status_code))
                seen.add(answer.json()["sequence"])
                time.sleep(0.02)

    readers = [threading.Thread(target=reader) for _ in range(2)]
    for one in readers:
        one.start()
    for _ in range(100):
        last = again(origin, holders)
        prune(origin)
        state = mirror(str(origin), node, holders.keys, now())
        assert (state.ok, state.why) == (True, None)
        time.sleep(0.1)  # a worker looks once a second
    done.set()
    for one in readers:
        one.join()

    assert failures == []
    assert len(asked) > 100
    assert len(seen) > 3
    for _whichever_worker_answers in range(10):
        assert (
            waited(address, lambda state: state["sequence"] == last)["sequence"] == last
        )
