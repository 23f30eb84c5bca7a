"""A real Chromium before a real server. Where there is none, only CI insists on it."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def site(releases, start_server):
    """The address of a running server."""
    address, _ = start_server(releases)
    return address


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("HANDRAIL_CI"):
            pytest.fail("CI has no Chromium")
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


@pytest.fixture
def context(browser, request):
    """A fresh profile; parametrise indirectly with its options."""
    found = browser.new_context(**getattr(request, "param", {}))
    yield found
    found.close()
