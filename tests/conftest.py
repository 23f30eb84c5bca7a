"""The real records, built once for all tests."""

import datetime
import logging

import pytest
from litestar.testing import TestClient

from directory.release.build import build
from directory.release.manifest import current
from directory.release.reader import Release
from directory.settings import resources_folder
from directory.web.app import create_app

BUILT = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def releases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    build(resources_folder(), folder, BUILT)
    return folder


@pytest.fixture(scope="session")
def release(releases):
    return Release(current(releases))


@pytest.fixture(scope="session")
def noon():
    """A Monday, no holiday anywhere that a test looks at."""
    return datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def client(releases, noon):
    """The application in this process, at noon."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    app = create_app(releases, clock=lambda: noon)
    with TestClient(app, base_url="http://handrail.test") as found:
        yield found
