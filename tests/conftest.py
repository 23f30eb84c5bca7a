"""The real records, built once for all tests."""

import datetime
import logging
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from types import SimpleNamespace

import httpx
import msgspec
import pytest
from hypothesis import settings
from litestar.testing import TestClient

from directory import catalogue
from directory.channel import Channel
from directory.release.build import Signing, build, build_from
from directory.release.keys import (
    Root,
    continued,
    key_of,
    parse_unsigned,
    with_signature,
)
from directory.release.manifest import current, fingerprint, read_manifest, written
from directory.release.reader import Release
from directory.release.secret import new_secret, read_secret
from directory.resource import Resource
from directory.search.engine import Engine
from directory.settings import resources_folder
from directory.source import Source
from directory.web.app import create_app
from directory.web.export.write import export

settings.register_profile("handrail", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("handrail")
"""The same examples in every run; `--hypothesis-profile=long` looks for new ones."""


def pytest_collection_modifyitems(items):
    """The browser's tests come last: what drives it leaves a loop running."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


BUILT = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def records():
    """The catalogue of all real records."""
    found, problems = catalogue.read(resources_folder())
    assert problems == []
    return found


@pytest.fixture(scope="session")
def releases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    build(resources_folder(), folder, BUILT)
    return folder


@pytest.fixture(scope="session")
def release(releases):
    return Release(current(releases))


@pytest.fixture(scope="session")
def engine(release):
    return Engine(release)


@pytest.fixture(scope="session")
def a_record():
    """A function that writes the smallest sound record, with what a test is about."""

    def written(record_id="ke-line", **fields):
        page = Source(
            url="https://example.org/",
            title="Help",
            publisher="Example",
            seen=BUILT.date(),
        )
        line = Channel(type="phone", value="116", sources=(page.url,))
        known = {
            "name": {"en": "A line"},
            "summary": {"en": "Help for children."},
            "kind": "child-helpline",
            "jurisdictions": ("KE",),
            "audiences": (),
            "topics": (),
            "confidence": "high",
            "sources": (page,),
            "channels": (line,),
        }
        return Resource(id=record_id, **(known | fields))

    return written


@pytest.fixture(scope="session")
def engine_of(records, releases, tmp_path_factory):
    """A function that builds a release of a few records, in all the real places."""

    def opened(*few):
        folder = tmp_path_factory.mktemp("few")
        shutil.copytree(releases, folder, dirs_exist_ok=True)
        resources = {record.id: record for record in few}
        build_from(msgspec.structs.replace(records, resources=resources), folder, BUILT)
        return Engine(Release(current(folder)))

    return opened


@pytest.fixture(scope="session")
def holders(tmp_path_factory):
    """Three people's keys, and `keys.json`: any two of them must sign."""
    folder = tmp_path_factory.mktemp("keys")
    secrets = {}
    for role in ("desk", "approver", "recovery"):
        new_secret(folder / f"{role}.pem", "")
        secrets[role] = read_secret(folder / f"{role}.pem", "")
    listed = tuple(key_of(one.public_key(), role) for role, one in secrets.items())
    root = Root(version=1, threshold=2, keys=listed)
    chain = parse_unsigned(continued(None, root), "keys")
    for role in ("desk", "recovery"):
        chain = with_signature(chain, secrets[role])
    (folder / "keys.json").write_bytes(written(chain))
    return SimpleNamespace(
        folder=folder, file=folder / "keys.json", keys=chain, **secrets
    )


@pytest.fixture(scope="session")
def small(records, releases, a_record, tmp_path_factory):
    """A release of one record and few towns, to be copied and built onto."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(releases, folder, dirs_exist_ok=True)
    last = current(folder)
    with closing(sqlite3.connect(last / "towns.sqlite")) as db:
        db.execute("DELETE FROM town WHERE population < 5000000")
        db.execute("DELETE FROM named WHERE town NOT IN (SELECT id FROM town)")
        db.commit()
        db.execute("VACUUM")
    manifest = read_manifest(last)
    files = manifest.files | {"towns.sqlite": fingerprint(last / "towns.sqlite")}
    changed = msgspec.structs.replace(manifest, files=files)
    (last / "manifest.json").write_bytes(written(changed))
    one = msgspec.structs.replace(records, resources={"ke-line": a_record()})
    build_from(one, folder, BUILT)
    shutil.rmtree(last)
    return folder


@pytest.fixture(scope="session")
def build_small(records, small, holders):
    """A function that builds few records onto a folder, signed by those named."""

    def built(folder, *few, by=("desk", "approver"), now=BUILT, keys=None):
        if not folder.exists():
            shutil.copytree(small, folder)
        resources = {record.id: record for record in few}
        secrets = tuple(getattr(holders, role) for role in by)
        signing = Signing(keys or holders.keys, secrets) if by else None
        build_from(
            msgspec.structs.replace(records, resources=resources),
            folder,
            now,
            signing=signing,
        )
        return current(folder)

    return built


@pytest.fixture(scope="session")
def noon():
    """A Monday, no holiday anywhere that a test looks at."""
    return datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def client(releases, noon):
    """The application in this process, at noon."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    app = create_app(releases, clock=lambda: noon)
    with TestClient(app, base_url="http://handrail.test") as found:
        yield found


@pytest.fixture(scope="session")
def exported(release, noon, tmp_path_factory):
    """A static copy of a few places in two languages."""
    folder = tmp_path_factory.mktemp("exported") / "copy"
    with ThreadPoolExecutor(1) as beside_an_open_browser:
        beside_an_open_browser.submit(
            export,
            release,
            folder,
            noon,
            leave_to="https://weather.example/",
            site="https://handrail.example",
            places=["KE", "EG", "US-TX", "CA-QC"],
            languages=["en", "ar"],
        ).result()
    return folder


@pytest.fixture
def visitor(client):
    """A visitor whose cookies end with the test."""
    yield client
    client.cookies.clear()


_LOG_LINES = re.compile(
    r"\[INFO\] ((Starting|Shutting down) granian|Listening at|Granian shutdown|"
    r"(Spawning|Started|Stopping|Stopped) worker)[^?]{0,60}"
    r"|Handrail is on http://127\.0\.0\.1:\d+"
    r'|\{"kind": "\w+", "through": \[("\w+:\d+"(, )?)+\], "event": "fault",'
    r' "level": "error", "timestamp": "[\d:.TZ-]+"\}'
)
"""Starting, stopping, and a fault with the lines of code it came through: no more."""


@pytest.fixture(scope="session")
def unexpected():
    """The lines of a server's log that tell more than how the server itself does."""
    return lambda text: [
        line for line in text.splitlines() if not _LOG_LINES.fullmatch(line)
    ]


@pytest.fixture(scope="session")
def kinds(release):
    """Every kind of page: its address behind the language, and the form sent to it.

    A form is None where the page is just opened.
    """
    germany = {"located_in": "DE", "subject": "me"}
    told = {**germany, "role": "young-person", "age": "15", "needs": "blackmail"}
    about = {**told, "platform": "roblox", "hosted_in": "US", "happened_in": "FR"}
    opened = {
        "home": "/",
        "country": "/ke",
        "region": "/us-tx",
        "wider": "/eu",
        "world": "/001",
        "no number": "/pn",
        "search": "/search",
        "service": f"/r/{release.resource('gb-report-remove').page}",
        "questions 1": "/plan",
        "law": "/in/law",
        "coverage": "/coverage",
        "about": "/about",
        "corrections": "/corrections",
        "for programs": "/api",
        "privacy": "/privacy",
        "privacy there": "/es/privacy",
        "embed": "/embed",
        "not there": "/nothing",
    }
    advice = {f"advice {one.id}": f"/g/{one.page}" for one in release.guidance}
    sent = {
        "found": ("/search", {"q": "child helpline"}),
        "wrong": ("/search", {"q": "child", "age": "x"}),
        "not a place": ("/go", {"place": "qqxxzz"}),
        "near": ("/go", {"near": "48.6,7.8"}),
        "questions 2": ("/plan", {**germany, "page": "1", "go": "next"}),
        "questions 3": ("/plan", {**told, "page": "2", "go": "next"}),
        "questions 4": ("/plan", {**about, "page": "3", "go": "next"}),
        "plan": ("/plan", {**about, "page": "4", "go": "show"}),
        "embedded": ("/embed", {"place": "KE", "need": "report", "accent": "#888"}),
        "plan in danger": ("/plan", {**told, "in_danger": "true", "go": "show"}),
    }
    return {name: (path, None) for name, path in (opened | advice).items()} | sent


@pytest.fixture(scope="session")
def start_server():
    """Starts `handrail serve` as a process of its own, and waits until it answers.

    Gives the address and the process; what is still running ends with the tests.
    """
    running = []

    def start(folder, *options, log=subprocess.DEVNULL, **settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "directory.cli", "serve", "--port", str(port)),
                *("--from", str(folder), *options),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **settings},
        )
        running.append(process)
        address = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                httpx.get(f"{address}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        return address, process

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=20)
