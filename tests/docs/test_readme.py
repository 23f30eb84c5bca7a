"""The README and the documents tell today's truth."""

import re
import shlex
import subprocess
import sys

import msgspec
import pytest
from click.testing import CliRunner

from directory import ROOT
from directory.catalogue import record_schema
from directory.channel import Channel, Place
from directory.cli import main
from directory.resource import Resource
from directory.search.question import Question
from directory.source import Source
from directory.verification import Verification

README = (ROOT / "README.md").read_text()


def test_the_counts_are_those_of_the_data(release):
    counts = release.manifest.counts
    said = re.search(
        r"([\d,]+) services with ([\d,]+) ways to reach them, ([\d,]+) countries",
        README,
    )

    assert [
        counts["resources"],
        counts["channels"],
        counts["countries"],
    ] == [int(number.replace(",", "")) for number in said.groups()]


def test_the_commands_of_the_readme_run(releases, tmp_path):
    lines = re.findall(r"^\.venv/bin/(handrail .*?)(?:\s+#.*)?$", README, re.MULTILINE)
    assert len(lines) >= 4
    for line in lines:
        words = shlex.split(line)[1:]
        if words[0] == "build":
            continue  # the fixture did
        if words[0] in {"search", "show", "plan", "export", "hsds"}:
            words += ["--from", str(releases)]
        words = [one.replace("build/", f"{tmp_path}/") for one in words]
        ran = CliRunner().invoke(main, words)
        assert ran.exit_code == 0, (line, ran.output)
        assert ran.output.strip()


def test_the_requests_of_the_readme_are_answered(client):
    lines = re.findall(r"^curl (.*)$", README, re.MULTILINE)
    assert len(lines) == 4
    for line in lines:
        words = shlex.split(line)
        path = words[-1].removeprefix("http://127.0.0.1:8000")
        if words[0] == "-d":
            answer = client.post(path, content=words[1])
        else:
            answer = client.get(path)
        assert answer.status_code == 200, line
        assert answer.json().get("total", 1) > 0


def test_every_link_of_the_documents_leads_somewhere():
    for path in [
        ROOT / "README.md",
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
    ]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), (path.name, target)


def test_every_field_of_a_record_is_documented():
    text = (ROOT / "docs" / "data-format.md").read_text()
    for noun in (Resource, Channel, Source, Verification, Place):
        for field in noun.__struct_fields__:
            assert f"`{field}`" in text, f"{noun.__name__}.{field}"


def test_the_example_record_of_the_documents_is_one():
    text = (ROOT / "docs" / "data-format.md").read_text()
    example = re.search(r"```json\n(.*?)```", text, re.DOTALL)[1]

    assert msgspec.json.decode(example, type=Resource).id == "xx-example-line"


def test_every_parameter_is_documented():
    text = (ROOT / "docs" / "api.md").read_text()
    for field in Question.__struct_fields__:
        assert re.search(rf"\b{field}\b", text), field


def test_the_schema_for_editors_is_that_of_the_types():
    assert record_schema() == (ROOT / "resources" / "schema.json").read_bytes()


@pytest.mark.parametrize(
    "command",
    [
        *("check", "build", "show", "search", "plan", "serve", "schema", "hsds"),
        *("keys", "sign", "verify", "mirror", "export"),
    ],
)
def test_every_command_explains_itself(command):
    said = CliRunner().invoke(main, [command, "--help"])

    assert said.exit_code == 0
    assert "Usage:" in said.output


def test_no_registry_and_no_path_of_a_machine_is_committed():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    backwards = ["gro.ipyp", "detsohnohtyp", "sjmpn.yrtsiger", "naibed.bed", "/toor/"]
    hosts = re.compile("|".join(re.escape(one[::-1]) for one in backwards).encode())
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            assert not hosts.search(path.read_bytes()), name


def test_the_program_runs_as_a_module_too():
    ran = subprocess.run(
        [sys.executable, "-m", "directory.cli", "--version"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )

    assert "0.1.0" in ran.stdout
