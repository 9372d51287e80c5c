from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.fixture
def shared() -> Path:
    """The real CRM files beside the repository; the test is skipped where they are not."""
    if not SHARED.is_dir():
        pytest.skip("the shared data files are not here")
    return SHARED
