"""Every server that a browser visits writes a log; `logs` reads all at the very end."""

import pytest

pytestmark = pytest.mark.browser


def test_a_visit_leaves_no_line_in_a_log(context, site, logs, unexpected):
    page = context.new_page()
    page.goto(f"{site}/en/ke")
    page.goto(f"{site}/en/nothing")
    written = "".join(file.read_text() for file in logs.iterdir())

    assert f"Handrail is on {site}" in written
    assert unexpected(written) == []


def test_a_line_about_a_visit_would_be_found(unexpected):
    line = '[INFO] 127.0.0.1 - "GET /en/ke HTTP/1.1" 200'

    assert unexpected(line) == [line]
