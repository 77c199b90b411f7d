"""What several test files share."""

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks.drawing import ARGUMENTS, CHROMIUM
from dashboard import columnar
from dashboard.dataset import Dataset, load_dataset
from dashboard.exports.renderer import NO_BROWSER, browser_path

# A busy machine is no fault of the code: examples may take as long as they need.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


PATIENCE_MILLISECONDS = 20_000


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """Return the shipped data, loaded once."""
    return load_dataset()


@pytest.fixture(scope="module", params=["by line", "by column"])
def either_reader(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have small files read line by line, as they are, and then by column, as large ones are."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "by column":
            patch.setattr(columnar, "FEWEST_BYTES", 0)
        yield


@pytest.fixture(scope="session")
def rendering() -> None:
    """A browser that renders pictures and PDF: without one, tests fail in CI and skip elsewhere."""
    if browser_path() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: the automatic check must have it")
        pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real browser: Playwright can be started once only, for all tests of a process."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: the automatic check must have it")
        pytest.skip("Chromium is missing: install it to run the tests in the browser")
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def own_event_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave a test free to run an event loop, though Playwright's stays marked as running."""
    if {"browser", "context", "page"} & set(request.fixturenames):
        yield
        return
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)
