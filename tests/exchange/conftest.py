from pathlib import Path

import pytest


@pytest.fixture
def shared() -> Path:
    """The real CRM files beside the repository; the test is skipped where they are not."""
    folder = Path(__file__).parents[2].parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data files are not here")
    return folder
