"""Chromium, for the tests that look at pages as readers do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"
"""The first is Chromium without its windows, which takes a third less of a processor for the same pages."""
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium-headless-shell")


@contextmanager
def opened_chromium() -> Iterator[Browser]:
    """The browser without a window; in a container it has no sandbox of its own."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()
