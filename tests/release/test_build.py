"""A release is whole or it isn't there; the old one is served until the new one is."""

import datetime
import json
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import time

import msgspec
import pytest

from directory.channel import Channel, Place
from directory.errors import BadRecords
from directory.release.build import build, build_from
from directory.release.manifest import current, read_manifest, verify
from directory.release.reader import Release
from directory.release.shelf import KEPT
from directory.resource import Retired, published
from directory.search.engine import Engine
from directory.search.entry import entry_of
from directory.search.index import write_index
from directory.search.question import from_fields

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


def command(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "directory.cli", "build", *words],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def unfinished(shelf):
    return list(shelf.glob(".unfinished-*"))


def finished(shelf):
    return sorted(path.name for path in shelf.iterdir() if path.name[0] == "0")


def test_the_same_records_have_the_same_id_whoever_builds_them(release, shelf):
    """Neither the order of a set nor the time zone of a machine gets into it."""
    for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/Los_Angeles")):
        done = command("--to", str(shelf), PYTHONHASHSEED=seed, TZ=zone)

        assert done.returncode == 0, done.stderr
        assert verify(current(shelf)).release == release.id


def test_a_changed_record_changes_the_id(kenya, broken, shelf):
    before = build(kenya, shelf, NOW).release
    path = next(broken.glob("ke/*.json"))
    record = json.loads(path.read_text(encoding="utf-8"))
    record["summary"] = {"en": "Changed."}
    path.write_text(json.dumps(record), encoding="utf-8")

    assert build(broken, shelf, NOW).release != before


def test_the_form_of_a_file_does_not_change_the_id(kenya, broken, shelf):
    before = build(kenya, shelf, NOW).release
    for path in broken.glob("ke/*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(record), encoding="utf-8")

    assert build(broken, shelf, NOW).release == before


def test_the_manifest_counts_what_readers_see(release, records):
    counts = release.manifest.counts
    seen = [
        release.resource(row.id) for row in release.rows(range(counts["resources"]))
    ]

    assert counts["channels"] == sum(len(record.channels) for record in seen)
    assert counts["countries"] == 250
    assert counts["resources"] + counts["retired"] + counts["unpublished"] == len(
        records.resources
    )


def test_the_sequence_grows_with_every_build(kenya, shelf):
    start = read_manifest(current(shelf)).sequence

    assert [build(kenya, shelf, NOW).sequence - start for _ in range(4)] == [1, 2, 3, 4]


def test_old_releases_are_pruned_and_the_current_one_stays(kenya, shelf):
    manifests = [build(kenya, shelf, NOW) for _ in range(KEPT + 2)]

    assert len(finished(shelf)) == KEPT == 3
    assert current(shelf).name == finished(shelf)[-1]
    assert verify(current(shelf)) == manifests[-1]


def test_who_reads_a_release_keeps_it_while_newer_ones_replace_it(kenya, shelf):
    folder = current(shelf)
    reading = Release(folder)
    engine = Engine(reading)
    for _ in range(KEPT):
        build(kenya, shelf, NOW)

    assert not folder.exists()
    answer = engine.answer(from_fields({"q": "childline", "near": "51.5,-0.1"}), NOW)
    assert "gb-childline" in [hit.row.id for hit in answer.hits]
    reading.close()


def test_a_broken_record_stops_the_build_with_every_problem(broken, shelf):
    before = current(shelf)
    (broken / "ke" / "ke-not-json.json").write_text("{", encoding="utf-8")
    path = next(broken.glob("ke/ke-[!n]*.json"))
    record = json.loads(path.read_text(encoding="utf-8"))
    record |= {"kind": "hotline", "colour": "blue"}
    path.write_text(json.dumps(record), encoding="utf-8")

    with pytest.raises(BadRecords) as caught:
        build(broken, shelf, NOW)

    assert {(one.file, one.field) for one in caught.value.problems} >= {
        ("ke/ke-not-json.json", ""),
        (f"ke/{path.name}", "kind"),
        (f"ke/{path.name}", ""),
    }
    assert current(shelf) == before
    assert verify(before)
    assert not unfinished(shelf)


def test_the_command_names_every_problem_and_says_that_the_old_one_stays(broken, shelf):
    for name in ("ke-one", "ke-two"):
        (broken / "ke" / f"{name}.json").write_text("{", encoding="utf-8")

    done = command("--resources", str(broken), "--to", str(shelf))

    assert done.returncode == 1
    assert "error: ke/ke-one.json: is not JSON" in done.stderr
    assert "error: ke/ke-two.json: is not JSON" in done.stderr
    assert "2 errors; nothing was built, the old release stays" in done.stderr


def test_what_a_killed_build_left_is_swept_up_by_the_next(kenya, shelf):
    left = shelf / ".unfinished-999999"
    left.mkdir()
    (left / "records.sqlite").write_bytes(b"half")

    build(kenya, shelf, NOW)

    assert not unfinished(shelf)


@pytest.mark.parametrize("attempt", range(5))
def test_a_build_that_fails_half_way_leaves_nothing_behind(attempt, kenya, shelf):
    """Five times: the index has threads of its own, which may still be writing."""
    before = current(shelf)

    def full(_what, items, _total):
        yield next(iter(items))
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        build(kenya, shelf, NOW, full)

    assert current(shelf) == before
    assert not unfinished(shelf)


def test_killed_at_any_moment_the_current_release_is_whole(kenya, shelf):
    """Twenty times, at moments spread over a whole build, with no time to tidy up."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["directory.release.build"])

    def begun():
        process = processes.Process(target=build, args=(kenya, shelf, NOW))
        process.start()
        return process

    begun().join()
    began = time.monotonic()
    begun().join()
    whole = time.monotonic() - began
    moments = random.Random(20)  # noqa: S311 — any spread will do
    caught_at_work = 0
    for _ in range(20):
        process = begun()
        time.sleep(moments.uniform(0, whole))
        process.kill()
        process.join()
        caught_at_work += bool(unfinished(shelf))

        assert verify(current(shelf)).sequence >= 3

    assert caught_at_work >= 3
    assert verify(current(shelf)).sequence < build(kenya, shelf, NOW).sequence
    assert not unfinished(shelf)


def test_two_builds_at_once_wait_for_each_other(kenya, shelf):
    processes = multiprocessing.get_context("forkserver")
    both = [processes.Process(target=build, args=(kenya, shelf, NOW)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()

    assert [process.exitcode for process in both] == [0, 0]
    assert [verify(shelf / name).sequence for name in finished(shelf)] == [1, 2, 3]
    assert current(shelf).name == finished(shelf)[-1]


@pytest.mark.parametrize("blocks", [1, 100, 2000, 20_000])
def test_a_full_disk_is_said_and_leaves_the_old_release(blocks, kenya, shelf):
    """No file may grow beyond so many blocks: as when the disk is full."""
    before = current(shelf)
    line = f'ulimit -f {blocks}; exec "$@"'
    words = ["build", "--resources", str(kenya), "--to", str(shelf)]

    done = subprocess.run(
        ["sh", "-c", line, "sh", sys.executable, "-m", "directory.cli", *words],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "nothing was built, the old release stays" in done.stderr
    assert "Traceback" not in done.stderr
    assert current(shelf) == before
    assert verify(before)
    assert not unfinished(shelf)


def test_an_index_that_cannot_be_written_is_an_error_of_the_disk(
    release, a_record, tmp_path
):
    """Tantivy speaks of a value, and a build would end in its words."""
    entry = entry_of(published(a_record()), release.jurisdictions)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_index(tmp_path / "index", [(0, entry, (0,))])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("where", ["/proc/nowhere", "file/releases"])
def test_a_folder_that_cannot_be_written_is_said(where, kenya, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    done = command("--resources", str(kenya), "--to", str(tmp_path / where))

    assert done.returncode == 1
    assert "nothing was built" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_folder_of_records_is_said(shelf, tmp_path):
    done = command("--resources", str(tmp_path / "none"), "--to", str(shelf))

    assert done.returncode == 1
    assert "no such folder of records" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_for_editors_gets_into_no_file(records, a_record, shelf):
    """Neither notes, nor where a shelter is, nor what has no source."""
    secret = Place(
        address="XMARKERX 1", town="XMARKERX", latitude=1.5, confidential=True
    )
    line = a_record().channels[0]
    shelter = msgspec.structs.replace(line, type="in-person", place=secret)
    unproven = Channel(type="website", value="https://xmarkerx.org/")
    few = (
        a_record("ke-a", notes="XMARKERX", channels=(line, shelter, unproven)),
        a_record("ke-b", unpublished="unsafe", summary={"en": "XMARKERX"}),
        a_record(
            "ke-c",
            retired=Retired(on=NOW.date(), reason="Closed."),
            summary={"en": "XMARKERX"},
        ),
    )
    resources = {record.id: record for record in few}
    build_from(msgspec.structs.replace(records, resources=resources), shelf, NOW)

    files = [path for path in current(shelf).rglob("*") if path.is_file()]
    leaks = [path.name for path in files if b"xmarkerx" in path.read_bytes().lower()]
    assert len(files) > 5
    assert leaks == []


def test_every_real_record_is_in_the_release_or_retired_or_held_back(release, records):
    for record in records.resources.values():
        if not (record.unpublished or record.retired):
            page = release.resource(record.id).page

            assert release.by_page(page).id == record.id


def test_the_facts_are_as_old_as_the_latest_check(release, records):
    checks = (
        check.on
        for record in records.resources.values()
        if not (record.unpublished or record.retired)
        for check in record.verifications
    )

    assert release.manifest.facts_as_of == max(checks)
