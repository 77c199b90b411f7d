"""What several test files share."""

import pytest
from hypothesis import settings

from dashboard.dataset import Dataset, load_dataset

# A busy machine is no fault of the code: examples may take as long as they need.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """Return the shipped data, loaded once."""
    return load_dataset()
