"""Keys, signatures and checks from the command line, and with common tools alone."""

import os
import shutil
import stat
import subprocess

import pytest
from click.testing import CliRunner

from directory import ROOT
from directory.cli import main
from directory.release.manifest import KEYS, MANIFEST, SIGNATURES, current
from directory.release.signed import add_signatures, verify

VERIFY = ROOT / "docs" / "verify.sh"
BEFORE, AFTER = "2026-11-22T00:00Z", "2026-12-06T00:00Z"


def run(*words, code=0, **environment):
    done = CliRunner().invoke(main, [str(word) for word in words], env=environment)
    assert done.exit_code == code, done.output
    return done.output


def script(*words):
    return subprocess.run(
        ["bash", VERIFY, *words], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def shelf(build_small, a_record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("commands") / "releases"
    build_small(folder, a_record())
    build_small(folder, a_record("ke-other"))
    return folder


@pytest.fixture
def own(shelf, tmp_path):
    """A copy of the newest release that a test may damage."""
    folder = current(shelf)
    return shutil.copytree(folder, tmp_path / folder.name)


def test_three_people_make_keys_and_two_of_them_a_list(tmp_path):
    for role in ("desk", "approver", "recovery"):
        said = run("keys", "new", tmp_path / role)
        assert "is secret and stays here" in said
        assert stat.S_IMODE((tmp_path / role).stat().st_mode) == 0o600
    adds = [f"--add={role}={tmp_path / role}.pub" for role in ("desk", "approver")]
    adds += [f"--add=recovery={tmp_path / 'recovery'}.pub"]
    keys = tmp_path / KEYS
    run("keys", "root", keys, *adds)

    assert "waits" not in run("sign", keys, "--key", tmp_path / "desk")
    assert "1 of the 2" in run("keys", "show", keys, code=1)
    assert "List 1 holds" in run("sign", keys, "--key", tmp_path / "recovery")
    assert "2 of 3 must sign" in run("keys", "show", keys)


def test_a_lost_key_is_replaced_by_the_two_others(holders, tmp_path):
    run("keys", "new", tmp_path / "new")
    lost = holders.keys.last.keys[0]
    newer = tmp_path / "newer.json"
    run(
        *("keys", "root", newer, "--from", holders.file, "--remove", lost.id),
        f"--add=desk={tmp_path / 'new'}.pub",
    )
    run("sign", newer, "--key", holders.folder / "approver.pem")
    said = run("sign", newer, "--key", holders.folder / "recovery.pem")

    assert "List 2 holds" in said
    assert lost.id not in run("keys", "show", newer)


def test_a_key_may_have_a_passphrase(own, holders, tmp_path):
    secret = tmp_path / "locked"
    right, wrong = ({"HANDRAIL_PASSPHRASE": words} for words in ("right", "wrong"))
    run("keys", "new", secret, "--passphrase", **right)

    assert b"ENCRYPTED" in secret.read_bytes()
    refused = run("sign", own / MANIFEST, "--key", secret, code=1, **wrong)
    assert "not its passphrase" in refused
    assert "3 signatures" in run("sign", own / MANIFEST, "--key", secret, **right)


def test_a_key_that_others_can_read_is_refused(own, tmp_path):
    run("keys", "new", tmp_path / "key")
    (tmp_path / "key").chmod(0o644)

    said = run("sign", own / MANIFEST, "--key", tmp_path / "key", code=1)

    assert "chmod 600" in said


def test_a_key_is_never_overwritten(tmp_path):
    run("keys", "new", tmp_path / "key")
    before = (tmp_path / "key").read_bytes()

    assert "is there already" in run("keys", "new", tmp_path / "key", code=1)
    assert (tmp_path / "key").read_bytes() == before


def test_only_the_manifest_has_to_travel(kenya, shelf, holders, tmp_path):
    """Built and signed by the desk, signed elsewhere, brought back, published."""
    shelf = shutil.copytree(shelf, tmp_path / "releases")
    before = current(shelf)
    said = run(
        *("build", "--resources", kenya, "--to", shelf, "--keys", holders.file),
        *("--sign", holders.folder / "desk.pem"),
    )
    assert "It waits for another signature" in said
    assert current(shelf) == before
    waiting = max(shelf.glob("0*"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(waiting / MANIFEST, elsewhere)
    run("sign", elsewhere / MANIFEST, "--key", holders.folder / "approver.pem")

    back = elsewhere / SIGNATURES
    said = run("sign", waiting, "--with", back, "--keys", holders.file)

    assert "signed by desk, approver" in said
    assert "It is the current release" in said
    assert current(shelf) == waiting


def test_a_release_is_not_signed_unless_it_is_whole(own, holders):
    (own / "records.sqlite").write_bytes(b"else")

    said = run("sign", own, "--key", holders.folder / "recovery.pem", code=1)

    assert "differs from the manifest" in said


def test_verify_says_plainly_what_it_found(shelf, own, holders):
    keys = ("--keys", holders.file)

    assert "holds, signed by desk, approver" in run(
        "verify", shelf, *keys, "--at", BEFORE
    )
    assert "expired on" in run("verify", own, *keys, "--at", AFTER, code=3)
    older = run("verify", own, *keys, "--at", BEFORE, "--at-least", 99, code=1)
    assert "older than 99" in older
    assert "--keys" in run("verify", own, code=2)
    assert "write 2026-" in run("verify", own, *keys, "--at", "noon", code=2)
    (own / "towns.sqlite").write_bytes(b"")
    assert "Refused:" in run("verify", own, *keys, "--at", BEFORE, code=1)


def test_with_keys_every_command_reads_only_what_they_signed(releases, shelf, holders):
    trusted = {"HANDRAIL_KEYS": str(holders.file)}

    assert "isn't signed" in run("search", "--from", releases, code=1, **trusted)
    assert "found" in run("search", "--from", shelf, **trusted)
    assert "found" in run("search", "--from", releases)


def test_common_tools_alone_come_to_the_same_verdict(own, holders):
    done = script(own, holders.file)

    assert (done.returncode, done.stderr) == (0, "")
    assert "holds: 2 keys signed it" in done.stdout
    assert script(own, holders.file, "99").returncode == 1


def damage(name, old, new):
    def done(folder, holders):
        raw = (folder / name).read_bytes()
        assert old in raw
        (folder / name).write_bytes(raw.replace(old, new, 1))

    return done


def only(*roles):
    def done(folder, holders):
        (folder / SIGNATURES).unlink()
        add_signatures(folder / MANIFEST, tuple(getattr(holders, r) for r in roles))

    return done


def extra(folder, holders):
    (folder / "more").write_bytes(b"")


def fewer(folder, holders):
    (folder / "towns.sqlite").unlink()


@pytest.mark.parametrize(
    "tamper",
    [
        damage(MANIFEST, b'"sequence": ', b'"sequence": 9'),
        damage("records.sqlite", b"116", b"117"),
        damage("resources.jsonl", b"116", b"117"),
        damage(SIGNATURES, b'"signature": "', b'"signature": "A'),
        only("desk"),
        only(),
        extra,
        fewer,
    ],
    ids=["manifest", "records", "export", "signature", "one", "none", "extra", "fewer"],
)
def test_common_tools_alone_notice_tampering(tamper, own, holders):
    tamper(own, holders)

    done = script(own, holders.file)

    assert done.returncode == 1, done.stdout
    assert "Refused" in done.stderr
    assert "holds" not in done.stdout


def test_common_tools_alone_notice_age(own, holders, tmp_path):
    """With a `date` that says it is the year 2030."""
    fake = tmp_path / "bin"
    fake.mkdir()
    (fake / "date").write_text(
        '#!/bin/sh\n[ "$1" = +%s ] && echo 1900000000 || exec /bin/date "$@"\n'
    )
    (fake / "date").chmod(0o755)
    done = subprocess.run(
        ["bash", VERIFY, own, holders.file],
        env=os.environ | {"PATH": f"{fake}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3
    assert "It has expired" in done.stderr


def test_the_script_in_the_documents_is_this_one_and_short():
    text = VERIFY.read_text(encoding="utf-8")

    assert text.strip() in (ROOT / "docs" / "signing.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40


def test_what_the_commands_wrote_holds(own, holders):
    assert verify(own, holders.keys)
