"""What docs/privacy.md points at is there."""

import re

from directory import ROOT

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


def test_every_test_that_is_said_to_watch_a_promise_exists():
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))

    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
