"""A copy is there as a whole or not at all, and never in the place of other things."""

import datetime
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from directory.cli import main
from directory.web.export.links import dead_links, file_of
from directory.web.export.manifest import MANIFEST
from directory.web.export.write import export

PAGE = "<!doctype html><title>Help</title><h1 id='top'>Help</h1><p>{}</p>"


def names(folder):
    return [path.name for path in folder.iterdir()]


def run(releases, folder, *options):
    return CliRunner().invoke(
        main, ["export", str(folder), "--from", str(releases), *options]
    )


def small(releases, folder, place="PN", lang="en"):
    done = run(releases, folder, "--places", place, "--languages", lang)
    assert done.exit_code == 0, done.output
    return done


def test_an_earlier_copy_is_replaced_as_a_whole(releases, tmp_path):
    copy = tmp_path / "copy"
    small(releases, copy)
    assert (copy / "en" / "pn.html").is_file()
    done = small(releases, copy, place="TV", lang="ar")

    assert (copy / "ar" / "tv.html").is_file()
    assert not (copy / "en").exists()
    assert names(tmp_path) == ["copy"]
    assert "2 places, ar." in done.output
    assert "give --site" in done.output


def test_a_folder_with_something_else_is_left_alone(releases, tmp_path):
    (tmp_path / "letters").mkdir()
    letter = tmp_path / "letters" / "letter.txt"
    letter.write_text("Dear")
    done = run(releases, tmp_path / "letters", "--places", "PN")

    assert done.exit_code == 1
    assert "is no earlier copy" in done.output
    assert letter.read_text() == "Dear"
    assert names(tmp_path) == ["letters"]


def test_where_nothing_can_be_written_that_is_said(releases, tmp_path):
    (tmp_path / "file").write_text("")
    done = run(releases, tmp_path / "file" / "copy", "--places", "PN")

    assert done.exit_code == 1
    assert "file: File exists; nothing was changed" in done.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--places", "KE,QQ"], "places: is no place known here"),
        (["--languages", "en,xx"], "languages: xx is none of ours; use any of"),
    ],
)
def test_what_is_not_there_is_refused(releases, tmp_path, options, said):
    done = run(releases, tmp_path / "copy", *options)

    assert done.exit_code == 1
    assert said in done.output
    assert names(tmp_path) == []


def test_a_run_that_is_killed_leaves_the_earlier_copy_or_nothing(releases, tmp_path):
    for earlier in (False, True):
        copy = tmp_path / f"copy-{earlier}"
        if earlier:
            small(releases, copy)
        before = (copy / MANIFEST).read_bytes() if earlier else None
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "directory.cli", "export", str(copy)),
                *("--from", str(releases), "--languages", "en"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        beside = tmp_path / f".{copy.name}.unfinished"
        for _ in range(600):
            if len(list(beside.glob("en/*.html"))) > 20:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)

        assert beside.is_dir()
        assert copy.exists() is earlier
        if earlier:
            assert before == (copy / MANIFEST).read_bytes()
        small(releases, copy, place="TV")
        assert not beside.exists()
        assert not (copy / "en" / "pn.html").exists()


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/en/", "en/index.html"),
        ("/en/ke", "en/ke.html"),
        ("/en/ke/card/pocket", "en/ke/card/pocket.html"),
        ("/s/0a1b.css", "s/0a1b.css"),
        ("/icon.svg", "icon.svg"),
    ],
)
def test_an_address_has_its_file(address, file):
    assert file == file_of(address)


@pytest.mark.parametrize(
    ("planted", "why"),
    [
        ("<a href='gone.html'>", "gone.html leads to no file"),
        ("<a href='../en/gone.html'>", "../en/gone.html leads to no file"),
        ("<img src='gone.png'>", "gone.png leads to no file"),
        ("<a href='#gone'>", "#gone leads to no such part of the page"),
        ("<a href='two.html#gone'>", "two.html#gone leads to no such part of the page"),
        ("<a href='/en/two'>", "/en/two needs a server of its own"),
        ("<a href='//example.org/'>", "//example.org/ needs a server of its own"),
        ("<a href='javascript:go()'>", "javascript:go() is of a kind that isn't"),
        ("<form></form>", "a form needs a server"),
    ],
)
def test_a_dead_link_is_named_with_its_page(tmp_path, planted, why):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "one.html").write_text(PAGE.format(planted))
    (tmp_path / "en" / "two.html").write_text(PAGE.format(""))
    found = dead_links(tmp_path)

    assert len(found) == 1
    assert found[0].startswith("en/one.html: ")
    assert why in found[0]


def test_links_that_lead_somewhere_are_no_fault(tmp_path):
    sound = "two.html two.html#top #top https://example.org/ tel:116 mailto:a@b.org"
    links = "".join(f"<a href='{one}'>x</a>" for one in sound.split())
    (tmp_path / "one.html").write_text(PAGE.format(links))
    (tmp_path / "two.html").write_text(PAGE.format(""))

    assert dead_links(tmp_path) == []


def test_a_dead_link_in_a_real_copy_is_found(releases, tmp_path):
    small(releases, tmp_path / "copy")
    page = tmp_path / "copy" / "en" / "pn.html"
    assert dead_links(tmp_path / "copy") == []
    page.write_text(page.read_text().replace('"search.html"', '"serach.html"', 1))

    assert dead_links(tmp_path / "copy") == ["en/pn.html: serach.html leads to no file"]


def test_a_copy_with_a_dead_link_is_not_put_there(releases, tmp_path, monkeypatch):
    monkeypatch.setenv("HANDRAIL_LEAVE_TO", "nowhere.html")
    done = run(releases, tmp_path / "copy", "--places", "PN", "--languages", "en")

    assert done.exit_code == 1
    assert "en/gb/card.html: nowhere.html leads to no file\n" in done.output
    assert names(tmp_path) == []


def test_two_copies_of_one_release_are_alike(release, tmp_path):
    found = []
    for name in ("one", "two"):
        export(
            release,
            tmp_path / name,
            datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
            leave_to="https://weather.example/",
            places=["PN"],
            languages=["en"],
        )
        found.append(
            {
                path.relative_to(tmp_path / name): path.read_bytes()
                for path in (tmp_path / name).rglob("*")
                if path.is_file()
            }
        )

    assert found[0] == found[1]
