"""A small folder of records, and a shelf of releases to build onto."""

import shutil

import pytest

from directory.settings import resources_folder


@pytest.fixture(scope="session")
def kenya(tmp_path_factory):
    """The real records of one country, in all the real places."""
    folder = tmp_path_factory.mktemp("resources")
    for path in resources_folder().glob("*.json"):
        shutil.copy(path, folder)
    shutil.copytree(resources_folder() / "ke", folder / "ke")
    return folder


@pytest.fixture
def broken(kenya, tmp_path):
    """The same records, for a test that breaks some of them."""
    return shutil.copytree(kenya, tmp_path / "resources")


@pytest.fixture
def shelf(releases, tmp_path):
    """A folder with one finished release of all real records."""
    return shutil.copytree(releases, tmp_path / "releases")
