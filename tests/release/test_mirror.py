"""A mirror takes over what is signed, newer and fresh; else it keeps what it has."""

import contextlib
import datetime
import functools
import http.server
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import threading
import time

import msgspec
import pytest

from directory.release.keys import read_keys
from directory.release.manifest import (
    KEYS,
    MANIFEST,
    SIGNATURES,
    current,
    fingerprint,
    read_manifest,
    written,
)
from directory.release.mirror import mirror
from directory.release.mirror_state import read_state
from directory.release.shelf import point_to, write_beside
from directory.release.signed import add_signatures, verify

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def made(build_small, a_record, tmp_path_factory):
    """Three signed releases, the newest current."""
    folder = tmp_path_factory.mktemp("made") / "releases"
    for name in ("ke-one", "ke-two", "ke-three"):
        build_small(folder, a_record(name))
    return folder


@pytest.fixture
def origin(made, tmp_path):
    return shutil.copytree(made, tmp_path / "origin")


@pytest.fixture
def node(tmp_path):
    return tmp_path / "node"


def names(folder):
    return sorted(path.name for path in folder.glob("0*"))


def again(origin, holders, *, by=("desk", "approver"), filler=None, **fields):
    """The current release once more, under the next sequence, signed anew."""
    last = current(origin)
    manifest = read_manifest(last)
    if filler:
        write_beside(last / "filler.jsonl", filler)
        more = {"filler.jsonl": fingerprint(last / "filler.jsonl")}
        fields |= {"files": manifest.files | more}
    changed = msgspec.structs.replace(
        manifest, **({"sequence": manifest.sequence + 1} | fields)
    )
    folder = origin / changed.folder_name
    shutil.copytree(last, folder, copy_function=os.link)
    for name in (MANIFEST, SIGNATURES):
        (folder / name).unlink()
    (folder / MANIFEST).write_bytes(written(changed))
    add_signatures(folder / MANIFEST, tuple(getattr(holders, role) for role in by))
    point_to(origin, folder.name)
    return folder


def refused(origin, node, holders, why, *, now=NOW):
    """Nothing changes, and it is written down why."""
    before, listed = current(node), names(node)
    state = mirror(str(origin), node, holders.keys, now)

    assert not state.ok
    assert why in state.why
    assert read_state(node) == state
    assert current(node) == before
    assert names(node) == listed
    assert not list(node.glob(".unfinished-*"))
    assert verify(before, holders.keys)


def test_it_takes_over_the_newest_release_and_then_the_next(origin, node, holders):
    assert mirror(str(origin), node, holders.keys, NOW).ok
    assert current(node).name == current(origin).name
    newer = again(origin, holders)
    state = mirror(str(origin), node, holders.keys, NOW)

    assert (state.ok, state.sequence) == (True, int(newer.name[:8]))
    assert current(node).name == newer.name
    assert verify(current(node), holders.keys)
    assert len(names(node)) == 2


def test_a_look_that_finds_nothing_new_changes_nothing(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    before = (node / "current").stat().st_mtime_ns
    state = mirror(str(origin), node, holders.keys, NOW + DAY)

    assert state.ok
    assert state.checked_at == NOW + DAY
    assert (node / "current").stat().st_mtime_ns == before


def test_a_mirror_of_a_mirror_is_the_same(origin, node, holders, tmp_path):
    mirror(str(origin), node, holders.keys, NOW)

    assert mirror(str(node), tmp_path / "second", holders.keys, NOW).ok
    assert verify(current(tmp_path / "second"), holders.keys)


def damaged(name):
    def done(folder, holders):
        raw = bytearray((folder / name).read_bytes())
        raw[len(raw) // 2] ^= 1
        write_beside(folder / name, bytes(raw))

    return done


def cut(name):
    def done(folder, holders):
        write_beside(folder / name, (folder / name).read_bytes()[:-9])

    return done


def longer(name):
    def done(folder, holders):
        raw = (folder / name).read_bytes()
        write_beside(folder / name, raw + b"\0" * 3_000_000)

    return done


def without(name):
    def done(folder, holders):
        (folder / name).unlink()

    return done


def one_key(folder, holders):
    (folder / SIGNATURES).unlink()
    add_signatures(folder / MANIFEST, (holders.desk,))


def of_another(folder, holders):
    shutil.copy(folder.parent / names(folder.parent)[0] / SIGNATURES, folder)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (damaged(MANIFEST), "0 of the 2 signatures"),
        (damaged("records.sqlite"), "records.sqlite: differs from its manifest"),
        (damaged("index/meta.json"), "differs from its manifest"),
        (damaged(KEYS), "keys.json"),
        (cut(MANIFEST), "0 of the 2 signatures"),
        (cut("records.sqlite"), "differs from its manifest"),
        (longer("records.sqlite"), "is longer than it may be"),
        (longer(MANIFEST), "is longer than it may be"),
        (without(SIGNATURES), "manifest.sig.json: is not there"),
        (without("records.sqlite"), "records.sqlite: is not there"),
        (one_key, "1 of the 2 signatures"),
        (of_another, "0 of the 2 signatures"),
    ],
)
def test_what_is_not_exactly_what_was_signed_is_refused(  # noqa: PLR0917
    spoil, why, origin, node, holders, monkeypatch
):
    mirror(str(origin), node, holders.keys, NOW)
    newer = again(origin, holders)
    monkeypatch.setattr("directory.release.mirror.finished", lambda _: [])
    spoil(newer, holders)

    refused(origin, node, holders, why)


def test_an_older_release_is_refused(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    point_to(origin, names(origin)[0])

    refused(origin, node, holders, "is older than")


def test_an_older_release_is_refused_though_the_newer_one_is_damaged_here(
    origin, node, holders
):
    mirror(str(origin), node, holders.keys, NOW)
    (current(node) / "records.sqlite").write_bytes(b"")
    point_to(origin, names(origin)[0])
    state = mirror(str(origin), node, holders.keys, NOW)

    assert not state.ok
    assert "which was held here already" in state.why


def test_a_release_that_was_damaged_here_is_fetched_again(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    (current(node) / "records.sqlite").write_bytes(b"")

    assert mirror(str(origin), node, holders.keys, NOW).ok
    assert verify(current(node), holders.keys)


def test_a_release_under_another_ones_name_is_refused(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    newer = again(origin, holders)
    newer.rename(origin / f"00000099-{newer.name[9:]}")
    point_to(origin, f"00000099-{newer.name[9:]}")

    refused(origin, node, holders, f"is release {newer.name}")


def test_an_expired_release_is_not_taken_in(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    again(origin, holders)

    refused(origin, node, holders, "expired on", now=NOW + 30 * DAY)


def test_an_origin_that_stands_still_is_noticed(origin, node, holders):
    """Held and served on, but a mirror that says nothing would hide it."""
    mirror(str(origin), node, holders.keys, NOW)

    refused(origin, node, holders, "the origin is stuck", now=NOW + 30 * DAY)


def test_a_clock_that_is_behind_is_noticed(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    again(origin, holders)

    refused(origin, node, holders, "set this machine's clock", now=NOW - 30 * DAY)


def test_an_origin_that_is_gone_is_said(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    origin.rename(origin.with_name("elsewhere"))

    refused(origin, node, holders, "current: is not there")


@pytest.mark.parametrize(
    "raw", [b"", b"../../etc", b"<html>", b"\xff" * 50, b"x" * 999]
)
def test_a_pointer_that_names_no_release_is_refused(raw, origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    (origin / "current").write_bytes(raw)

    refused(origin, node, holders, "current: ")


def test_an_address_of_an_unknown_kind_is_said(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)

    refused("gopher://example.org", node, holders, "gopher")


def test_a_file_that_cannot_be_written_is_said(origin, node, holders):
    """No file may grow beyond so many blocks: as when the disk is full."""
    again(origin, holders, built_at=now(), expires=now() + DAY)
    words = ["mirror", origin, node, "--keys", holders.file]
    line = 'ulimit -f 200; exec "$@"'
    done = subprocess.run(
        ["sh", "-c", line, "sh", sys.executable, "-m", "directory.cli", *words],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(node) == []
    assert not list(node.glob(".unfinished-*"))


@contextlib.contextmanager
def tiny_disk(folder, megabytes):
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only an administrator can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_on_a_disk_that_is_full_the_release_held_stays(
    build_small, a_record, origin, node, holders
):
    size = sum(path.stat().st_size for path in current(origin).rglob("*.*"))
    with tiny_disk(node, int(size * 2.5 / 1e6)) as small:
        assert mirror(str(origin), small, holders.keys, NOW).ok
        build_small(origin, a_record("ke-four"))
        filler = small / "filler"
        with contextlib.suppress(OSError), filler.open("ab", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
        before = current(small)
        state = mirror(str(origin), small, holders.keys, NOW)

        assert not state.ok
        assert "No space left on device" in state.why
        assert current(small) == before
        assert verify(before, holders.keys)
        filler.unlink()
        assert mirror(str(origin), small, holders.keys, NOW).ok
        assert current(small).name == current(origin).name


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@contextlib.contextmanager
def web_server(folder, handler=Quiet):
    serve = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_any_web_server_over_a_folder_will_do(origin, node, holders):
    with web_server(origin) as address:
        assert mirror(address, node, holders.keys, NOW).ok
        again(origin, holders)
        assert mirror(address, node, holders.keys, NOW).ok
    assert current(node).name == current(origin).name

    refused(address, node, holders, "current: ")


class Drops(Quiet):
    """Ends each larger answer in the middle."""

    def copyfile(self, source, outputfile):
        outputfile.write(source.read(50_000))


def test_a_connection_that_breaks_leaves_nothing_half(origin, node, holders):
    mirror(str(origin), node, holders.keys, NOW)
    shutil.rmtree(node / names(node)[0])
    with contextlib.suppress(FileNotFoundError):
        (node / "current").unlink()
    with web_server(origin, Drops) as address:
        state = mirror(address, node, holders.keys, NOW)

    assert not state.ok
    assert names(node) == []
    assert not list(node.glob(".unfinished-*"))
    assert mirror(str(origin), node, holders.keys, NOW).ok


class Hangs(Quiet):
    """Never answers."""

    def do_GET(self):
        time.sleep(2)


def test_an_origin_that_is_silent_does_not_hold_the_mirror(
    origin, node, holders, monkeypatch
):
    mirror(str(origin), node, holders.keys, NOW)
    monkeypatch.setattr("directory.release.origin._SILENT_SECONDS", 0.3)
    with web_server(origin, Hangs) as address:
        refused(address, node, holders, "imeout")


def test_killed_at_any_moment_a_mirror_holds_a_whole_release(origin, node, holders):
    """Thirty times, at moments spread over a whole look, with no time to tidy up."""
    moments = random.Random(30)  # noqa: S311 — any spread will do
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["directory.release.mirror"])
    mirror(str(origin), node, holders.keys, NOW)

    def begun(target):
        process = processes.Process(
            target=mirror, args=(str(origin), target, holders.keys, NOW)
        )
        process.start()
        return process

    again(origin, holders, filler=moments.randbytes(3_000_000))
    began = time.monotonic()
    begun(node).join()
    whole = time.monotonic() - began
    caught_at_work = 0
    for _ in range(30):
        again(origin, holders, filler=moments.randbytes(3_000_000))
        process = begun(node)
        time.sleep(moments.uniform(0, whole))
        process.kill()
        process.join()
        caught_at_work += bool(list(node.glob(".unfinished-*")))

        assert verify(current(node), holders.keys)
        for folder in origin.glob("0*"):
            if folder.name < names(origin)[-2]:
                shutil.rmtree(folder)

    assert mirror(str(origin), node, holders.keys, NOW).ok
    assert current(node).name == current(origin).name
    assert not list(node.glob(".unfinished-*"))
    assert caught_at_work >= 1


def test_the_command_looks_once_or_says_why_not(origin, node, holders):
    def run(*more):
        return subprocess.run(
            [sys.executable, "-m", "directory.cli", "mirror", origin, node, *more],
            capture_output=True,
            text=True,
            check=False,
        )

    keys = ("--keys", holders.file)
    again(origin, holders, built_at=now(), expires=now() + DAY)
    assert run().returncode == 2
    done = run(*keys)
    assert (done.returncode, done.stderr) == (0, "")
    point_to(origin, names(origin)[0])
    done = run(*keys)
    assert done.returncode == 1
    assert "Refused, what is held stays" in done.stderr


def now():
    return datetime.datetime.now(datetime.UTC)


def test_the_pinned_keys_can_come_from_a_file(holders):
    assert read_keys(holders.file) == holders.keys
