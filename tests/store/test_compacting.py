"""Older history goes into an archive; nothing else changes, whenever it is interrupted."""

import errno
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from review_board.errors import BadFileError, StoreError
from review_board.store.compacting import compact
from review_board.store.doctor import examine
from review_board.store.file_store import FileStore
from review_board.store.paths import PipelinePaths
from review_board.store.protocol import Commit
from review_board.store.repairs import repair, restore
from tests.store.support import draft, names, opened, put

TODAY = date(2026, 11, 29)


def history(path: Path) -> list[Commit]:
    return list(opened(path).history())


def archives(path: Path) -> list[Path]:
    return sorted(p for p in path.parent.iterdir() if ".archive-" in p.name)


def put_on(store: FileStore, day: str, identity: str, **fields: Any) -> None:
    before = store.tables["prospects"].get(identity, {})
    store.commit(replace(draft(store, identity, {**before, **fields}), at=f"{day}T12:00:00Z"))


@pytest.fixture
def old(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three changes of 2025, the second one large, and two of this autumn, all in file and backup."""
    monkeypatch.setattr("review_board.store.side_files.LARGE", 1000)
    store = opened(path)
    put_on(store, "2025-05-01", "p-1", name="Acme")
    put_on(store, "2025-06-01", "p-2", name="Bolt", note="x" * 2000)
    put_on(store, "2025-07-01", "p-3", name="Cole")
    put_on(store, "2026-10-01", "p-1", name="Acme Ltd")
    store.checkpoint()
    put_on(store, "2026-10-02", "p-3", name="Cole Ltd")
    store.checkpoint()
    return path


def test_history_reads_on_in_the_archive_and_nothing_else_changes(old: Path) -> None:
    before, tables = history(old), opened(old).tables
    done = compact(old, TODAY, 12)
    assert any("holds 3 changes from before 2025-11-29" in finding.what for finding in done)
    (made,) = archives(old)
    assert made.name == "pipeline.json.archive-2026-11-29.jsonl.gz"
    assert made.stat().st_mode & 0o777 == 0o600
    assert history(old) == before
    assert opened(old).tables == tables
    assert not [name for name in names(old.parent) if ".bulk-" in name]
    assert b"Bolt" not in PipelinePaths(old).ledger.read_bytes()
    assert {finding.weight for finding in examine(old)} == {"good"}


def test_history_about_one_prospect_passes_over_the_changes_of_others(old: Path) -> None:
    for _ in ("in the ledger", "in the archive"):
        found = [*opened(old).history("p-1")]
        assert [commit.seq for commit in found] == [4, 2, 1], "of the large one it is not known"
        assert [c for c in found if c.docs and c.seq != 2] == [
            c for c in history(old) if c.docs[0].id == "p-1"
        ]
        assert {commit.gap for commit in found} == {""}
        compact(old, TODAY, 12)


def test_a_second_archive_goes_on_from_the_first(old: Path) -> None:
    before = history(old)
    compact(old, date(2026, 5, 15), 12)
    put(opened(old), "p-4", name="Dyer")
    compact(old, TODAY, 12)
    compact(old, TODAY, 12)
    assert [path.name for path in archives(old)] == [
        "pipeline.json.archive-2026-05-15.jsonl.gz",
        "pipeline.json.archive-2026-11-29.jsonl.gz",
    ]
    assert history(old)[1:] == before
    assert [commit.seq for commit in history(old)] == [6, 5, 4, 3, 2, 1]


def test_an_open_board_goes_on(old: Path) -> None:
    running = opened(old)
    compact(old, TODAY, 12)
    assert running.catch_up().notices == ()
    assert put(running, "p-1", name="Acme again").seq == 6
    assert opened(old).tables == running.tables
    assert [commit.seq for commit in running.history()] == [6, 5, 4, 3, 2, 1]


def test_file_and_backup_stay_restorable(old: Path) -> None:
    expected = opened(old).tables
    compact(old, TODAY, 1)
    old.unlink()
    old.write_bytes(b"{ damaged")
    restore(old)
    assert opened(old).tables == expected


def test_a_change_that_the_backup_does_not_hold_stays(path: Path) -> None:
    store = opened(path)
    for day in range(1, 4):
        put_on(store, f"2025-01-{day:02}", "p-1", name=str(day))
        store.checkpoint()
    compact(path, TODAY, 12)
    assert b'"seq":3' in PipelinePaths(path).ledger.read_bytes()
    assert [commit.seq for commit in history(path)] == [3, 2, 1]


def test_young_history_stays_where_it_is(old: Path) -> None:
    before = PipelinePaths(old).ledger.read_bytes()
    (done,) = compact(old, date(2026, 1, 1), 12)
    assert done.what == "holds no change older than 12 months"
    assert PipelinePaths(old).ledger.read_bytes() == before


@pytest.mark.parametrize("place", [1, 2])
def test_killed_at_a_rename_everything_is_found_once(
    old: Path, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, renames, real = history(old), iter(range(1, 9)), os.replace

    def killing(*names: Any) -> None:
        if next(renames) == place:
            raise KeyboardInterrupt
        real(*names)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killing)
        patch.setattr(os, "rename", killing)
        with pytest.raises(KeyboardInterrupt):
            compact(old, TODAY, 12)
    assert history(old) == before
    compact(old, TODAY, 12)
    assert history(old) == before
    assert len(archives(old)) == 1


def test_a_full_disk_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: old.with_name(name).read_bytes() for name in names(old.parent)}

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StoreError, match="disk is full; nothing was changed"):
            compact(old, TODAY, 12)
    assert before == {name: old.with_name(name).read_bytes() for name in names(old.parent)}


def test_a_damaged_ledger_is_refused(old: Path) -> None:
    with PipelinePaths(old).ledger.open("ab") as file:
        file.write(b"garbage\n")
    with pytest.raises(BadFileError, match="1 bad line;"):
        compact(old, TODAY, 12)
    assert archives(old) == []


@pytest.mark.parametrize("size", [0, 30, -20])
def test_a_damaged_archive_is_told_and_keeps_nobody_from_work(old: Path, size: int) -> None:
    compact(old, TODAY, 12)
    (made,) = archives(old)
    made.write_bytes(made.read_bytes()[:size])
    store = opened(old)
    assert put(store, "p-9", name="next").seq == 6
    with pytest.raises(BadFileError, match="older history, is damaged"):
        list(store.history())
    assert any(f.where == made.name and f.weight == "odd" for f in examine(old))
    repair(old)


def test_a_large_ledger_is_compacted_by_a_checkpoint(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.store.ledger.LARGE", 1000)
    before = history(old)
    store = opened(old)
    put(store, "p-8", name="next")
    put_on(store, "2026-11-29", "p-9", name="newest")
    store.checkpoint()
    assert len(archives(old)) == 1
    put(store, "p-9", name="and on")
    assert history(old)[3:] == before


def test_an_archive_that_is_gone_is_told(old: Path) -> None:
    compact(old, TODAY, 12)
    (made,) = archives(old)
    made.unlink()
    assert any("begins after change 3" in f.what and f.weight == "odd" for f in examine(old))
    assert [commit.seq for commit in history(old)] == [5, 4]


def test_changes_missing_from_an_archive_are_told(old: Path) -> None:
    ledger = PipelinePaths(old).ledger
    kept = ledger.read_bytes().splitlines(keepends=True)
    (cole,) = (line for line in kept if b"Cole" in line and b"Ltd" not in line)
    ledger.write_bytes(b"".join(line for line in kept if line != cole))
    told = [f.what for f in examine(old) if f.weight == "odd"]
    assert any("change 3 is missing" in what for what in told)
    compact(old, TODAY, 12)
    assert [f.what for f in examine(old) if f.weight == "odd"] == told
