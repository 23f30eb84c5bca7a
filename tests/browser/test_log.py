"""What the servers wrote while every other browser test visited them; runs last."""

import pytest

pytestmark = pytest.mark.browser


def test_no_visit_of_a_browser_left_a_line_in_a_log(site, logs, unexpected):
    written = {file.name: file.read_text() for file in logs.iterdir()}

    assert f"Handrail is on {site}" in "".join(written.values())
    assert {name: unexpected(text) for name, text in written.items()} == {
        name: [] for name in written
    }
