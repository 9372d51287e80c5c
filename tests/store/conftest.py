"""One fixture runs the contract on both stores: each call of it opens the same pipeline again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from review_board.store.file_store import FileStore
from review_board.store.protocol import Store
from tests.memory_store import Disk, MemoryStore

Reopen = Callable[[], Store]


@pytest.fixture(params=["memory", "file"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Reopen:
    """Opens the pipeline as another process would."""
    disk = Disk()

    def memory() -> Store:
        store = MemoryStore(disk)
        store.load()
        return store

    def file() -> Store:
        store = FileStore(tmp_path / "pipeline.json", patience=0.2)
        store.load()
        return store

    return memory if request.param == "memory" else file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a pipeline may be made."""
    return tmp_path / "pipeline.json"
