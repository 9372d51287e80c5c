"""What is synced before what: the part of a promise that killing processes cannot test."""

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from review_board.progress import Progress, StoppedError
from review_board.store.protocol import PROSPECTS, Commit
from tests.store.support import AT, many, names, opened, put, raw

WATCHED = ("write", "fsync", "fdatasync", "replace", "link")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done to which file, in order, as ``fsync pipeline.json``; random parts left out."""
    seen: list[str] = []

    def watched(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any, **options: Any) -> Any:
            target = args[0]
            if isinstance(target, int):
                target = Path(f"/proc/self/fd/{target}").readlink()
            seen.append(f"{name} {kind_of(Path(target).name)}")
            return call(*args, **options)

        return noted

    for name in WATCHED:
        monkeypatch.setattr(os, name, watched(name, getattr(os, name)))
    return seen


def kind_of(name: str) -> str:
    for kind in ("ledger", "bulk", "tmp", "lock", "bak"):
        if kind in name:
            return kind
    return "data" if name == "pipeline.json" else "folder"


def test_a_commit_is_synced_before_it_is_acknowledged(path: Path, calls: list[str]) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    del calls[:]
    put(store, "p-1", name="Bolt")
    assert calls == ["write ledger", "fdatasync ledger"]


def test_a_large_commit_is_synced_before_the_ledger_names_it(path: Path, calls: list[str]) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    del calls[:]
    put(store, "p-1", note="x" * 300_000)
    expected = ["write bulk", "fsync bulk", "fsync folder", "write ledger", "fdatasync ledger"]
    assert calls == expected


def test_the_file_is_written_after_a_large_import_without_holding_its_documents(path: Path) -> None:
    store = opened(path)
    put(store, "p-0", name="Acme")
    store.commit(Commit("import", "ann", AT, "test", many(2000)))
    tracemalloc.start()
    store.checkpoint()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak * 2 < path.stat().st_size
    assert opened(path).tables == store.tables
    assert [*raw(path)["prospects"]] == [str(number) for number in range(1, 2002)]


def test_a_side_file_that_is_stopped_half_way_is_removed(path: Path) -> None:
    class StoppedAt300(Progress):
        def step(self, count: int = 1) -> None:
            super().step(count)
            self.is_stopped = self.done == 300

    store = opened(path)
    put(store, "p-0", name="Acme")
    before = names(path.parent)
    docs = many(400, progress=StoppedAt300())
    with pytest.raises(StoppedError):
        store.commit(Commit("import", "ann", AT, "test", docs))
    assert names(path.parent) == before
    put(store, "p-1", name="Bolt")
    assert opened(path).tables[PROSPECTS].keys() == {"p-0", "p-1"}


def test_a_checkpoint_is_synced_before_and_after_it_takes_its_place(
    path: Path, calls: list[str]
) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    del calls[:]
    store.checkpoint()
    assert calls == [
        "write tmp",
        "fsync tmp",
        "link data",
        "replace tmp",
        "replace tmp",
        "fsync folder",
        "write ledger",
        "fdatasync ledger",
    ]


def test_a_new_pipeline_is_there_before_its_ledger(path: Path, calls: list[str]) -> None:
    put(opened(path), "p-1", name="Acme")
    assert calls == [
        "write tmp",
        "fsync tmp",
        "replace tmp",
        "fsync folder",
        "write ledger",
        "fdatasync ledger",
        "fsync folder",
        "write ledger",
        "fdatasync ledger",
    ]
