"""Schemathesis against a real server: our own description with every check, and the
standard's with all that its document, which knows no refusal, can be held to."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REMOTE = "https://raw.githubusercontent.com/openreferral/specification/3.2/schema/"


@pytest.fixture(scope="module")
def address(start_server, releases):
    found, _ = start_server(releases)
    return f"{found}/hsds"


def schemathesis(folder, *words):
    """Runs it in a folder of its own; gives what it said when it isn't content."""
    ran = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "run", *words),
            *("--phases", "coverage,fuzzing", "--max-examples", "5", "--seed", "1"),
            *("--no-color", "--warnings", "off"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr if ran.returncode else ""


def test_it_is_as_its_own_description_says(address, tmp_path):
    assert schemathesis(tmp_path, f"{address}/openapi.json", "--checks", "all") == ""


def test_it_is_as_the_standards_description_says(address, standard, tmp_path):
    shutil.copytree(standard, tmp_path / "schema")
    document = tmp_path / "schema" / "openapi.json"
    document.chmod(0o644)
    document.write_text(document.read_text().replace(REMOTE, "./"))
    beyond_it = "status_code_conformance,positive_data_acceptance"
    said = schemathesis(
        tmp_path,
        *(str(document), "--url", address),
        *("--checks", "all", "--exclude-checks", beyond_it),
    )

    assert said == ""
