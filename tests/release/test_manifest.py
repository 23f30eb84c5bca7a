"""Any damage or mix-up of a release is noticed before it is served."""

import shutil

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.errors import BadRelease
from directory.release.manifest import (
    CURRENT,
    MANIFEST,
    current,
    fingerprint,
    read_manifest,
    verify,
)
from directory.release.reader import Release


@pytest.fixture(scope="module")
def folder(releases, tmp_path_factory):
    """A release of this module's own; each test leaves it as it was."""
    shelf = tmp_path_factory.mktemp("damaged")
    shutil.copytree(releases, shelf, dirs_exist_ok=True)
    return current(shelf)


@pytest.fixture
def own(folder, tmp_path):
    """A copy that a test may damage for good."""
    return shutil.copytree(folder, tmp_path / folder.name)


def names(folder):
    return sorted(read_manifest(folder).files)


def test_an_untouched_release_is_whole(folder):
    assert verify(folder) == read_manifest(folder)


def test_a_release_may_be_copied_and_moved(own):
    assert verify(own)


def test_the_manifest_names_every_file_but_itself(folder):
    """A file of which nothing is known could be anything."""
    on_disk = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }

    assert on_disk - {MANIFEST} == set(names(folder))
    assert {"records.sqlite", "towns.sqlite", "index/meta.json"} <= on_disk


@given(data=st.data())
def test_one_flipped_bit_in_any_file_is_noticed(folder, data):
    path = folder / data.draw(st.sampled_from(names(folder)))
    size = path.stat().st_size
    place = data.draw(st.integers(0, max(0, size - 1)))
    flip = 1 << data.draw(st.integers(0, 7))
    with path.open("r+b") as file:
        file.seek(place)
        whole = file.read(1)
        file.seek(place)
        file.write(bytes([(whole or b"\0")[0] ^ flip]))
    try:
        with pytest.raises(BadRelease, match="differs from the manifest") as caught:
            verify(folder)
    finally:
        with path.open("r+b") as file:
            file.seek(place)
            file.write(whole)
            file.truncate(size)

    assert str(path) in str(caught.value)


@pytest.mark.parametrize("change", ["cut", "longer", "empty"])
def test_a_file_of_another_length_is_noticed(change, own):
    path = own / "records.sqlite"
    raw = path.read_bytes()
    path.write_bytes({"cut": raw[:-1], "longer": raw + b"\0", "empty": b""}[change])

    with pytest.raises(BadRelease, match=r"records\.sqlite: differs"):
        Release(own)


@pytest.mark.parametrize("pattern", ["records.sqlite", "towns.sqlite", "index/*.idx"])
def test_a_missing_file_is_named(pattern, own):
    path = next(own.glob(pattern))
    path.unlink()

    with pytest.raises(BadRelease, match=f"{path.name}: is missing"):
        Release(own)


def test_a_missing_file_is_named_without_reading_them_all(own):
    (own / "records.sqlite").unlink()

    with pytest.raises(BadRelease, match=r"records\.sqlite"):
        Release(own, checked=False)


def rewritten(folder, **fields):
    path = folder / MANIFEST
    manifest = msgspec.json.decode(path.read_bytes())
    raw = msgspec.json.encode(manifest | fields)
    path.write_bytes(msgspec.json.format(raw, indent=2))


def test_a_release_of_another_format_is_refused(own):
    rewritten(own, format=read_manifest(own).format + 1)

    with pytest.raises(BadRelease, match="made by another version; build it again"):
        Release(own)


@pytest.mark.parametrize(
    "fields",
    [
        {"unknown": 1},
        {"files": None},
        {"sequence": "seven"},
        {"built_at": "yesterday"},
    ],
)
def test_a_manifest_of_another_shape_is_refused(fields, own):
    rewritten(own, **fields)

    with pytest.raises(BadRelease, match="no readable manifest; build it again"):
        verify(own)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_a_manifest_that_is_no_manifest_is_refused(raw, own):
    (own / MANIFEST).write_bytes(raw)

    with pytest.raises(BadRelease, match="no readable manifest"):
        verify(own)


def test_a_folder_without_a_manifest_is_refused(tmp_path):
    with pytest.raises(BadRelease, match="no readable manifest"):
        verify(tmp_path)


def test_without_any_release_it_is_said_how_to_build_one(tmp_path):
    with pytest.raises(BadRelease, match="handrail build"):
        current(tmp_path)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return tmp_path_factory.mktemp("empty")


@given(raw=st.binary(max_size=40))
@example(raw=b"../00000001-0123456789ab")
@example(raw=b"/etc")
@example(raw=b".unfinished-7")
@example(raw=b"")
@example(raw=b"\xff")
@example(raw=b"00000001\0")
@example(raw=b"..")
def test_whatever_stands_in_the_pointer_of_an_empty_shelf_is_refused(empty, raw):
    (empty / CURRENT).write_bytes(raw)

    with pytest.raises(BadRelease):
        verify(current(empty))


def test_the_fingerprint_of_a_file_is_its_length_and_sha256(tmp_path):
    """The hash of "abc" stands in FIPS 180-2."""
    (tmp_path / "abc").write_bytes(b"abc")
    found = fingerprint(tmp_path / "abc")

    assert found.bytes == 3
    assert found.sha256 == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
