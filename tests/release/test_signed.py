"""A release holds by two of three keys, exactly as it was signed, and no other way."""

import datetime
import json
import shutil

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import BadKeys, BadRelease
from directory.release.keys import (
    Root,
    continued,
    followed,
    key_of,
    parse_keys,
    parse_unsigned,
    signature_by,
    with_signature,
)
from directory.release.manifest import (
    KEYS,
    MANIFEST,
    SIGNATURES,
    current,
    files_in,
    read_manifest,
    written,
)
from directory.release.reader import Release
from directory.release.signed import (
    Signatures,
    add_signatures,
    check_fresh,
    check_newer,
    merge_signatures,
    publish,
    verify,
)


@pytest.fixture(scope="module")
def shelf(build_small, a_record, tmp_path_factory):
    """Two signed releases of a few records."""
    folder = tmp_path_factory.mktemp("signed") / "releases"
    build_small(folder, a_record())
    build_small(folder, a_record(), a_record("ke-other"))
    return folder


@pytest.fixture(scope="module")
def folder(shelf):
    """The newest of them; each test leaves it as it was."""
    return current(shelf)


@pytest.fixture
def own(folder, tmp_path):
    """A copy that a test may damage for good."""
    return shutil.copytree(folder, tmp_path / folder.name)


def sign_anew(folder, *secrets):
    (folder / SIGNATURES).unlink()
    add_signatures(folder / MANIFEST, secrets)


def follow(holders, *roles, by, threshold=2, **more):
    """A chain with one more list, of the keys of these roles, signed by those."""
    every = {**vars(holders), **more}
    listed = tuple(key_of(every[role].public_key(), role) for role in roles)
    root = Root(version=2, threshold=threshold, keys=listed)
    chain = parse_unsigned(continued(holders.keys, root), "new")
    for role in by:
        chain = with_signature(chain, every[role])
    return chain


def test_two_of_three_keys_are_enough_whichever_two(own, holders):
    for one, other in (("desk", "approver"), ("recovery", "desk")):
        sign_anew(own, getattr(holders, one), getattr(holders, other))

        found = verify(own, holders.keys)

        assert {key.role for key in found.signers} == {one, other}


@pytest.mark.parametrize("role", ["desk", "approver", "recovery"])
def test_one_stolen_key_changes_nothing(role, own, holders):
    sign_anew(own, getattr(holders, role))

    with pytest.raises(BadKeys, match="1 of the 2 signatures that it needs"):
        Release(own, trusted=holders.keys)


def test_the_same_key_twice_counts_once(own, holders):
    one = signature_by(holders.desk, (own / MANIFEST).read_bytes())
    (own / SIGNATURES).write_bytes(written(Signatures(signatures=(one, one))))

    with pytest.raises(BadKeys, match="1 of the 2"):
        verify(own, holders.keys)


def test_a_key_under_another_ones_name_counts_for_nothing(own, holders):
    content = (own / MANIFEST).read_bytes()
    one = signature_by(holders.desk, content)
    name = key_of(holders.approver.public_key(), "").id
    both = (one, msgspec.structs.replace(one, key=name))
    (own / SIGNATURES).write_bytes(written(Signatures(signatures=both)))

    with pytest.raises(BadKeys, match="1 of the 2"):
        verify(own, holders.keys)


def test_keys_that_nobody_trusts_count_for_nothing(own, holders):
    sign_anew(own, *(Ed25519PrivateKey.generate() for _ in range(3)), holders.desk)

    with pytest.raises(BadKeys, match="1 of the 2"):
        verify(own, holders.keys)


def test_a_whole_set_of_the_thiefs_own_keys_is_refused(own, holders):
    """With a `keys.json` of their own beside the release, well signed by itself."""
    secrets = [Ed25519PrivateKey.generate() for _ in range(3)]
    listed = tuple(key_of(one.public_key(), "thief") for one in secrets)
    root = Root(version=1, threshold=2, keys=listed)
    chain = parse_unsigned(continued(None, root), "thief")
    for one in secrets:
        chain = with_signature(chain, one)
    (own / KEYS).write_bytes(written(chain))
    sign_anew(own, *secrets)

    assert verify(own, chain)
    with pytest.raises(BadKeys, match="doesn't follow from the keys"):
        verify(own, holders.keys)


@given(data=st.data())
def test_any_other_byte_anywhere_is_refused(folder, holders, data):
    """Manifest, signatures, keys, databases, index and exports."""
    names = [MANIFEST, SIGNATURES, KEYS, *sorted(files_in(folder))]
    path = folder / data.draw(st.sampled_from(names))
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda one: one != whole[place]))
    path.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
    try:
        with pytest.raises(BadRelease):
            verify(folder, holders.keys)
    finally:
        path.write_bytes(whole)
    assert verify(folder, holders.keys)


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURES, KEYS, "records.sqlite"])
@pytest.mark.parametrize("change", ["cut", "empty", "longer", "gone"])
def test_truncation_is_refused(name, change, own, holders):
    whole = (own / name).read_bytes()
    if change == "gone":
        (own / name).unlink()
    else:
        changed = {"cut": whole[:-1], "empty": b"", "longer": whole + b"\n"}[change]
        (own / name).write_bytes(changed)

    with pytest.raises(BadRelease):
        verify(own, holders.keys)


@pytest.mark.parametrize(
    "name", ["records.sqlite-wal", "index/more.term", "keys.json~", ".lock2", "a.lock"]
)
def test_a_file_that_nobody_signed_is_refused(name, own, holders):
    (own / name).write_bytes(b"x")

    with pytest.raises(BadRelease, match="is not in the manifest"):
        verify(own, holders.keys)


@pytest.mark.parametrize(
    "names", [[MANIFEST], [SIGNATURES], [MANIFEST, SIGNATURES], ["records.sqlite"]]
)
def test_files_of_two_releases_do_not_mix(names, shelf, own, holders):
    older = sorted(shelf.glob("0*"))[-2]
    assert verify(older, holders.keys)
    for name in names:
        shutil.copy(older / name, own / name)

    with pytest.raises(BadRelease):
        verify(own, holders.keys)


def test_an_unknown_algorithm_is_refused(own, holders):
    path = own / SIGNATURES
    path.write_bytes(path.read_bytes().replace(b'"ed25519"', b'"none"', 1))

    with pytest.raises(BadKeys, match="holds no signatures"):
        verify(own, holders.keys)


def twice(raw):
    """The number of the release stands there a second time, with another value."""
    return raw.replace(b'"sequence":', b'"sequence": 9999,\n  "sequence":', 1)


def spelled_otherwise(raw):
    return json.dumps(json.loads(raw)).encode()


def with_an_escape(raw):
    return raw.replace(b"records.sqlite", rb"records\u002esqlite", 1)


@pytest.mark.parametrize("trick", [twice, spelled_otherwise, with_an_escape])
def test_a_manifest_spelled_otherwise_is_refused_though_well_signed(
    trick, own, holders
):
    raw = (own / MANIFEST).read_bytes()
    changed = trick(raw)
    assert changed != raw
    assert json.loads(changed) == json.loads(raw)
    (own / MANIFEST).write_bytes(changed)
    signed = tuple(
        signature_by(one, changed) for one in (holders.desk, holders.approver)
    )
    merge_signatures(own / MANIFEST, signed)

    with pytest.raises(BadRelease, match="no readable manifest"):
        verify(own, holders.keys)


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../b", "manifest.json", ""])
def test_a_manifest_can_name_nothing_outside_its_folder(name, own, holders):
    manifest = read_manifest(own)
    files = manifest.files | {name: manifest.files["records.sqlite"]}
    raw = written(msgspec.structs.replace(manifest, files=files))
    (own / MANIFEST).write_bytes(raw)
    signed = tuple(signature_by(one, raw) for one in (holders.desk, holders.approver))
    merge_signatures(own / MANIFEST, signed)

    with pytest.raises(BadRelease, match="names a file that no release has"):
        verify(own, holders.keys)


def test_a_key_is_replaced_by_two_of_the_others(own, holders):
    fresh = Ed25519PrivateKey.generate()
    chain = follow(
        *(holders, "approver", "recovery", "fresh"),
        by=("approver", "recovery"),
        fresh=fresh,
    )
    (own / KEYS).write_bytes(written(chain))
    sign_anew(own, fresh, holders.approver)

    found = verify(own, holders.keys)

    assert {key.role for key in found.signers} == {"fresh", "approver"}
    assert found.keys.last.version == 2


def test_a_revoked_key_no_longer_counts(own, holders):
    fresh = Ed25519PrivateKey.generate()
    chain = follow(
        *(holders, "approver", "recovery", "fresh"),
        by=("approver", "recovery"),
        fresh=fresh,
    )
    sign_anew(own, holders.desk, holders.approver)
    assert verify(own, holders.keys)

    with pytest.raises(BadKeys, match="1 of the 2"):
        verify(own, chain)


@pytest.mark.parametrize(
    "by", [(), ("desk",), ("thief",), ("desk", "thief"), ("thief", "second")]
)
def test_one_stolen_key_cannot_change_the_list_of_keys(by, holders):
    """A new list needs two of the list before it."""
    more = {name: Ed25519PrivateKey.generate() for name in ("thief", "second")}
    chain = follow(holders, "desk", "thief", "second", by=by, **more)

    with pytest.raises(BadKeys, match=r"list 2 has \d of the 2 signatures"):
        parse_keys(written(chain), "keys.json")


def test_a_new_list_needs_signatures_of_its_own_keys_too(holders):
    """Else a key could be listed that its holder cannot use."""
    more = {name: Ed25519PrivateKey.generate() for name in ("one", "two", "three")}
    chain = follow(holders, *more, by=("desk", "approver"), **more)

    with pytest.raises(BadKeys, match="that list 2 asks for"):
        parse_keys(written(chain), "keys.json")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"threshold": 1}, "asks for 1 signatures of 3"),
        ({"threshold": 0}, "asks for 0 signatures"),
        ({"threshold": 4}, "asks for 4 signatures of 3"),
        ({"version": 2}, "calls itself 2"),
        ({"keys": ()}, "of 0 keys"),
    ],
)
def test_an_unsound_list_is_refused_though_well_signed(changes, what, holders):
    root = msgspec.structs.replace(holders.keys.last, **changes)

    with pytest.raises(BadKeys, match=what):
        continued(None, root)


def test_a_key_cannot_stand_in_a_list_twice(holders):
    root = holders.keys.last
    twin = msgspec.structs.replace(root.keys[0], role="another")

    with pytest.raises(BadKeys, match="has a key twice"):
        continued(None, msgspec.structs.replace(root, keys=(*root.keys, twin)))


@pytest.mark.parametrize("field", ["id", "public", "algorithm"])
def test_a_key_that_is_not_what_it_says_is_refused(field, holders):
    root = holders.keys.last
    odd = msgspec.structs.replace(root.keys[0], **{field: "0123456789abcdef"})

    with pytest.raises(BadKeys, match="is no list of keys"):
        continued(None, msgspec.structs.replace(root, keys=(odd, *root.keys[1:])))


def test_what_is_trusted_grows_and_never_shrinks(holders):
    longer = follow(
        holders, "desk", "approver", "recovery", by=("desk", "approver"), threshold=3
    )

    assert followed(holders.keys, longer, "") == longer
    assert followed(longer, holders.keys, "") == longer


def test_an_older_release_is_not_published_over_a_newer_one(shelf, holders):
    older, newest = sorted(shelf.glob("0*"))[-2:]

    with pytest.raises(BadRelease, match="is older than"):
        publish(shelf, older.name, holders.keys)

    assert current(shelf) == newest


def test_another_release_of_the_same_number_is_refused(folder):
    held = read_manifest(folder)
    other = msgspec.structs.replace(held, release="0" * 64)

    check_newer(held, held, "")
    with pytest.raises(BadRelease, match="differs from the release of the same"):
        check_newer(other, held, "")


def test_a_release_waits_for_its_second_signature(
    build_small, a_record, holders, tmp_path
):
    shelf = tmp_path / "releases"
    first = build_small(shelf, a_record())

    stays = build_small(shelf, a_record("ke-other"), by=("desk",))
    waiting = max(shelf.glob("0*"))
    add_signatures(waiting / MANIFEST, (holders.recovery,))
    publish(shelf, waiting.name, holders.keys)

    assert stays == first != waiting
    assert current(shelf) == waiting


def test_releases_that_wait_never_push_out_the_one_that_is_served(
    build_small, a_record, holders, tmp_path
):
    shelf = tmp_path / "releases"
    served = build_small(shelf, a_record())
    for _ in range(5):
        build_small(shelf, a_record(), by=("desk",))

    assert current(shelf) == served
    assert verify(served, holders.keys)
    assert len(list(shelf.glob("0*"))) <= 6


def test_an_expired_release_is_not_taken_in_and_a_clock_behind_is_noticed(folder):
    manifest = read_manifest(folder)
    moment = datetime.timedelta(seconds=1)

    check_fresh(manifest, manifest.expires - moment, "")
    with pytest.raises(BadRelease, match="expired on 2026-12-05"):
        check_fresh(manifest, manifest.expires, "")
    with pytest.raises(BadRelease, match="set this machine's clock"):
        check_fresh(manifest, manifest.built_at - datetime.timedelta(days=2), "")


def test_an_expired_release_is_still_read(folder, holders):
    assert Release(folder, trusted=holders.keys).manifest.expires.year == 2026
