"""The history of changes outlives the releases that it tells of."""

import datetime

import pytest

from directory.errors import TooOld
from directory.release import changes
from directory.release.changes import changes_between
from directory.release.manifest import current, read_manifest

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "releases"


@pytest.fixture
def published(build_small, a_record, shelf):
    """A function that publishes one record with a summary; the sequence."""

    def done(summary, *more, **options):
        record = a_record(summary={"en": summary})
        folder = build_small(shelf, record, *more, **options)
        return read_manifest(folder).sequence

    return done


def test_changes_are_known_though_the_release_itself_is_gone(published, shelf):
    first = published("One.")
    for words in ("Two.", "Three.", "Four.", "Five."):
        last = published(words)

    assert not list(shelf.glob(f"{first:08d}-*"))
    (found,), _ = changes_between(current(shelf), first, last)
    assert found.fields["summary"].before == {"en": "One."}
    assert found.fields["summary"].after == {"en": "Five."}


def test_what_was_changed_and_changed_back_is_no_change(published, shelf):
    first = published("One.")
    published("Two.")
    last = published("One.")

    assert changes_between(current(shelf), first, last)[0] == ()


def test_whole_releases_are_forgotten_the_oldest_first(published, shelf, monkeypatch):
    monkeypatch.setattr(changes, "MOST_LINES", 2)
    sequences = [published(words) for words in ("One.", "Two.", "Three.", "Four.")]
    folder, last = current(shelf), sequences[-1]

    assert len(changes_between(folder, sequences[1], last)[0]) == 1
    with pytest.raises(TooOld, match=f"from sequence {sequences[1]} on"):
        changes_between(folder, sequences[0], last)


def test_a_release_that_was_never_published_is_not_in_the_history(published, shelf):
    first = published("One.")
    published("Never.", by=("desk",))
    last = published("Two.")

    (found,), _ = changes_between(current(shelf), first, last)
    assert found.fields["summary"].before == {"en": "One."}
    assert found.sequence == last == first + 2


def test_a_record_that_is_held_back_is_told_as_removed(
    build_small, a_record, published, shelf
):
    first = published("One.", a_record("ke-other"))
    last = published("One.", a_record("ke-other", unpublished="unsafe"))

    (found,), _ = changes_between(current(shelf), first, last)
    assert (found.id, found.change, found.retired) == ("ke-other", "removed", None)
