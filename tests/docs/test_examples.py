"""The examples for other sites work, as they stand, against a real server."""

import datetime
import os
import re
import shlex
import shutil
import subprocess
import sys

import httpx
import pytest

from directory import ROOT, made_up
from directory.release.build import build
from directory.settings import resources_folder
from directory.web.table import HEADER

EXAMPLES = ROOT / "docs" / "examples"
MADE_UP = "Test Line (not real) (made up, for tests): phone 08081 570123"


@pytest.fixture(scope="module")
def address(tmp_path_factory, start_server):
    """A server of a release built just now, so that its records may be shown."""
    folder = tmp_path_factory.mktemp("today") / "releases"
    build(resources_folder(), folder, datetime.datetime.now(datetime.UTC))
    return start_server(folder)[0]


def said(*command):
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


@pytest.fixture(scope="module")
def by_python(address):
    return said(sys.executable, EXAMPLES / "find_help.py", address, "KE")


def test_the_python_example_shows_each_number_with_name_and_day(by_python):
    assert by_python[0].startswith(MADE_UP)
    assert len(by_python) > 20
    assert all(re.search(r": [\w-]+ .+ \(as of \d{4}-", one) for one in by_python)
    assert any("not yet confirmed" in one for one in by_python)
    assert any("116" in one for one in by_python)


@pytest.mark.skipif(
    not (shutil.which("node") or os.environ.get("HANDRAIL_CI")),
    reason="Node isn't there; CI insists on it",
)
def test_the_javascript_example_shows_the_same(address, by_python):
    shown = said("node", EXAMPLES / "find-help.mjs", address, "KE")

    assert shown == by_python


def test_every_request_of_the_documents_is_answered(address):
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    lines = re.findall(r"^curl ((?:[^\\\n]|\\\n)*)$", text, re.MULTILINE)

    assert len(lines) >= 4
    for line in lines:
        words = shlex.split(line.replace("\\\n", " "))
        where = words[-1].replace("http://127.0.0.1:8000", address)
        if words[0] == "-d":
            answer = httpx.post(where, content=words[1])
        else:
            answer = httpx.get(where)
        assert answer.status_code == 200, line
        assert answer.json()


def test_the_documents_name_every_column_and_every_made_up_record():

    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

    assert [one for one in (*HEADER, *made_up.IDS) if f"`{one}`" not in text] == []
