"""One backup a day, and one before every import."""

import errno
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from review_board.errors import StoreError
from review_board.store.backups import newest_first
from review_board.store.doctor import examine
from review_board.store.file_store import FileStore
from review_board.store.ledger import Ledger
from review_board.store.paths import PipelinePaths
from review_board.store.repairs import restore
from tests.store.support import draft, names, opened, prospect, put


def put_on(path: Path, day: str, name: str, via: str = "test", today: str = "") -> None:
    """Change the one prospect at noon of a day, which is pretended where ``today`` is another."""
    store = FileStore(path, patience=0.2, today=lambda: date.fromisoformat(today or day))
    store.load()
    commit = draft(store, "p-1", {"name": name})
    store.commit(replace(commit, at=f"{day}T12:00:00Z", via=via))


def backups(path: Path) -> list[str]:
    return [found.name.partition("backup-")[2] for found in newest_first(PipelinePaths(path))]


def test_the_first_change_of_a_day_keeps_the_pipeline_as_it_was_before(path: Path) -> None:
    put_on(path, "2026-03-01", "first")
    put_on(path, "2026-03-01", "last of the day")
    assert backups(path) == []
    put_on(path, "2026-03-02", "next day")
    put_on(path, "2026-03-02", "later")
    assert backups(path) == ["2026-03-02"]
    copy = opened(newest_first(PipelinePaths(path))[0])
    assert prospect(copy, "p-1") == {"name": "last of the day"}
    assert prospect(opened(path), "p-1") == {"name": "later"}


def test_the_first_change_of_a_day_does_not_wait_for_a_large_file(path: Path) -> None:
    """Its backup is the file as it lies; what it lacks is in the ledger, and is restored from there."""
    store = opened(path)
    put(store, "p-2", note="x" * 3_000_000)
    store.checkpoint()
    put_on(path, "2026-03-01", "last of the day")
    inode = path.stat().st_ino
    put_on(path, "2026-03-02", "next day")
    (made,) = newest_first(PipelinePaths(path))
    assert path.stat().st_ino == made.stat().st_ino == inode
    path.unlink()
    PipelinePaths(path).backup.unlink()
    restore(path)
    assert prospect(opened(path), "p-1") == {"name": "next day"}
    put_on(path, "2026-03-02", "list", via="import")
    newest = opened(newest_first(PipelinePaths(path))[0])
    assert prospect(newest, "p-1") == {"name": "next day"}


def test_every_import_is_preceded_by_a_backup(path: Path) -> None:
    put_on(path, "2026-03-01", "list 1", via="import")
    put_on(path, "2026-03-01", "list 2", via="import")
    put_on(path, "2026-03-01", "list 3", via="import")
    assert backups(path) == ["2026-03-01-import-2", "2026-03-01-import-1"]
    newest = opened(newest_first(PipelinePaths(path))[0])
    assert prospect(newest, "p-1") == {"name": "list 2"}


def test_an_import_that_fails_again_and_again_pushes_out_no_backup(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on(path, "2026-03-01", "list 1", via="import")
    put_on(path, "2026-03-01", "list 2", via="import")
    opened(path).checkpoint()

    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as failing:
        failing.setattr(Ledger, "append", full)
        for _ in range(20):
            with pytest.raises(StoreError):
                put_on(path, "2026-03-01", "list 3", via="import")
    assert len(backups(path)) == 2
    put_on(path, "2026-03-01", "list 3", via="import")
    put_on(path, "2026-03-01", "list 4", via="import")
    newest = opened(newest_first(PipelinePaths(path))[0])
    assert prospect(newest, "p-1") == {"name": "list 3"}


def test_fourteen_of_each_kind_are_kept(path: Path) -> None:
    for day in range(1, 21):
        put_on(path, f"2026-03-{day:02}", f"by hand {day}")
        put_on(path, f"2026-03-{day:02}", f"list {day}", via="import")
    kept = [f"2026-03-{day:02}" for day in range(20, 6, -1)]
    assert [name for name in backups(path) if "import" not in name] == kept
    assert [name for name in backups(path) if "import" in name] == [f"{d}-import-1" for d in kept]


def test_pretended_days_push_out_no_backup(path: Path) -> None:
    for day in range(1, 21):
        put_on(path, f"2026-03-{day:02}", f"by hand {day}")
    before = backups(path)
    for day in range(1, 29):
        put_on(path, f"2030-01-{day:02}", "rehearsed", today="2026-03-20")
        put_on(path, f"2030-01-{day:02}", "rehearsed", "import", today="2026-03-20")
    assert [name for name in backups(path) if "import" not in name] == before
    put_on(path, "2026-03-21", "next day")
    assert backups(path)[0] == "2026-03-21"


def test_a_clock_that_was_set_back_still_leaves_a_backup(path: Path) -> None:
    for day in range(1, 21):
        put_on(path, f"2026-03-{day:02}", f"by hand {day}")
    put_on(path, "2020-01-02", "after the battery died")
    assert len(backups(path)) == 14
    oldest = newest_first(PipelinePaths(path))[-1]
    assert oldest.name.endswith("2020-01-02")
    assert prospect(opened(oldest), "p-1") == {"name": "by hand 20"}


def test_a_backup_is_a_second_name_of_the_file_and_private(path: Path) -> None:
    put_on(path, "2026-03-01", "first")
    opened(path).checkpoint()
    inode = path.stat().st_ino
    put_on(path, "2026-03-02", "next day")
    (made,) = newest_first(PipelinePaths(path))
    assert made.stat().st_ino == inode
    assert made.stat().st_mode & 0o777 == 0o600
    made.chmod(0o644)
    assert any(f.where == made.name and "others" in f.what for f in examine(path))


def test_without_room_a_call_is_saved_and_told_but_no_import(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on(path, "2026-03-01", "first")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    store = opened(path)
    commit = replace(draft(store, "p-1", {"name": "next day"}), at="2026-03-02T12:00:00Z")
    receipt = store.commit(commit)
    assert "no backup of this day" in receipt.news.notices[0]
    assert "disk is full" in receipt.news.notices[0]
    with pytest.raises(StoreError, match="disk is full; nothing was changed"):
        put_on(path, "2026-03-02", "list", via="import")
    assert prospect(opened(path), "p-1") == {"name": "next day"}
    assert not [name for name in names(path.parent) if name.endswith(".tmp")]


def test_a_backup_is_restored_when_the_last_copy_is_bad_too(path: Path) -> None:
    """Damage in place reaches the newest backup too, which is the same file; never the one before."""
    for day in range(1, 4):
        put_on(path, f"2026-03-{day:02}", f"day {day}")
    expected = opened(path).tables
    path.write_bytes(b"{ damaged")
    PipelinePaths(path).backup.unlink()
    PipelinePaths(path).backup.write_bytes(b"")
    done = restore(path)
    assert any("backup-2026-03-02 put in place" in finding.what for finding in done)
    assert opened(path).tables == expected
