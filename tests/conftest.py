"""What several test files share."""

import os

import pytest
from hypothesis import settings

from dashboard.dataset import Dataset, load_dataset
from dashboard.exports.renderer import NO_BROWSER, browser_path

# A busy machine is no fault of the code: examples may take as long as they need.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """Return the shipped data, loaded once."""
    return load_dataset()


@pytest.fixture(scope="session")
def rendering() -> None:
    """A browser that renders pictures and PDF: without one, tests fail in CI and skip elsewhere."""
    if browser_path() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: the automatic check must have it")
        pytest.skip(NO_BROWSER)
