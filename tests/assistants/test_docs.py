"""The worked example of docs/assistants.md, run as it stands there."""

import re
import subprocess
import sys

from directory import ROOT


def test_the_example_runs_and_shows_the_numbers(web_address, release):
    text = (ROOT / "docs" / "assistants.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert "http://127.0.0.1:8001/mcp" in program
    done = subprocess.run(
        [
            *(sys.executable, "-c"),
            program.replace("http://127.0.0.1:8001/mcp", web_address),
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "exactly as it is spelled" in done.stdout
    assert "False Handrail. Facts as of 21 November 2026" in done.stdout
    line = release.resource("ke-child-helpline-116")
    assert f"  Phone: {line.channels[0].value}" in done.stdout


def test_the_page_names_every_tool_and_no_other():
    from directory.mcp.tools import TOOLS  # noqa: PLC0415

    text = (ROOT / "docs" / "assistants.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `(\w+)`", text, re.MULTILINE) != []
    assert set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) == {
        tool.name for tool in TOOLS
    }
