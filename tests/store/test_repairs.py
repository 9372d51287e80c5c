"""A mending that is killed or fails takes nothing away, and says truly what it changed."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from review_board.errors import StoreError
from review_board.store.compacting import compact
from review_board.store.doctor import examine
from review_board.store.paths import PipelinePaths
from review_board.store.repairs import InterruptedRepairError, repair, restore
from tests.store.support import names, opened, prospect, put


class KilledError(BaseException):
    """Stands for the end of the process."""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the lock, which says nothing."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


@pytest.fixture
def spoilt(path: Path) -> Path:
    """43 prospects, 40 of them in the ledger alone, and a bad line in the part already in the file."""
    store = opened(path)
    for number in range(3):
        put(store, f"p-{number}", name=str(number))
        store.checkpoint()
    for number in range(3, 43):
        put(store, f"p-{number}", name=str(number))
    ledger = PipelinePaths(path).ledger
    kept = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join([kept[0], b"garbage\n", *kept[2:]]))
    return path


def failing(
    monkeypatch: pytest.MonkeyPatch, name: str, when: Callable[..., bool], error: BaseException
) -> None:
    call = getattr(os, name)

    def instead(*args: Any, **options: Any) -> Any:
        if when(*args):
            raise error
        return call(*args, **options)

    monkeypatch.setattr(os, name, instead)


def test_a_full_disk_takes_nothing_and_the_next_repair_finds_everything(
    spoilt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(spoilt.parent)
    with monkeypatch.context() as patch:
        failing(patch, "write", lambda *_: True, OSError(errno.ENOSPC, "No space left"))
        with pytest.raises(StoreError, match="disk is full; nothing was changed"):
            repair(spoilt)
    assert contents(spoilt.parent) == before
    repair(spoilt)
    assert len(opened(spoilt).tables["prospects"]) == 43


@pytest.mark.parametrize("place", range(1, 5))
def test_a_repair_killed_at_any_rename_takes_nothing(
    spoilt: Path, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    renames = iter(range(1, 100))
    with monkeypatch.context() as patch:
        for call in ("replace", "rename", "link"):
            failing(patch, call, lambda *_: next(renames) == place, KilledError())
        try:
            repair(spoilt)
        except KilledError:
            assert place < 3, "a repair of the ledger links and renames, no more"
    repair(spoilt)
    assert len(opened(spoilt).tables["prospects"]) == 43


@pytest.mark.parametrize("place", range(1, 6))
def test_a_restore_killed_at_any_rename_takes_nothing(
    spoilt: Path, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    repair(spoilt)
    spoilt.write_bytes(b"{ damaged")
    renames = iter(range(1, 100))
    with monkeypatch.context() as patch:
        for call in ("replace", "rename", "link"):
            failing(patch, call, lambda *_: next(renames) == place, KilledError())
        try:
            restore(spoilt)
        except KilledError:
            assert place < 4
    restore(spoilt)
    assert len(opened(spoilt).tables["prospects"]) == 43


def test_what_was_done_before_a_failure_is_told(
    spoilt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = PipelinePaths(spoilt).backup
    spoilt.write_bytes(b"{ damaged")
    with monkeypatch.context() as patch:
        failing(patch, "replace", lambda _, new: Path(new) == backup, OSError(errno.EIO, "error"))
        with pytest.raises(InterruptedRepairError, match="what was done before stays") as caught:
            restore(spoilt)
    assert "nothing was changed" not in str(caught.value)
    assert any("put in place as the pipeline" in line for line in caught.value.details)
    assert len(opened(spoilt).tables["prospects"]) == 43
    assert not [name for name in names(spoilt.parent) if name.endswith(".tmp")]


@pytest.mark.parametrize("mend", [repair, restore])
@pytest.mark.parametrize("step", ["open", "replace", "write"])
def test_a_mending_that_is_tried_again_keeps_each_file_once(
    spoilt: Path, mend: Callable[[Path], object], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room for the new backup, no renaming, no room for the last line in the ledger."""
    if mend is restore:
        repair(spoilt)
        spoilt.write_bytes(b"{ damaged")
    before = len(kept_as_damaged(spoilt))
    created: list[str] = []

    def fails(what: Any, data: Any = b"", *_: object) -> bool:
        if step == "open":
            created.extend([str(what)] if str(what).endswith(".tmp") and data else [])
            return len(set(created)) > 1
        return step == "replace" or b'"checkpoint":' in bytes(data)

    for _ in range(3):
        created.clear()
        with monkeypatch.context() as patch:
            failing(patch, step, fails, OSError(errno.ENOSPC, "No space left"))
            with suppress(StoreError):  # one that needs no such step is done the first time
                mend(spoilt)
    mend(spoilt)
    assert len(kept_as_damaged(spoilt)) == before + 1
    assert len(opened(spoilt).tables["prospects"]) == 43


def kept_as_damaged(path: Path) -> list[str]:
    """The files that mendings have put aside."""
    return [name for name in names(path.parent) if ".damaged-" in name]


@pytest.mark.parametrize("mend", [repair, restore])
def test_a_file_that_was_kept_by_a_killed_mending_is_not_kept_twice(
    spoilt: Path, mend: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        with monkeypatch.context() as patch:
            failing(patch, "replace", lambda *_: True, KilledError())
            patch.setattr("review_board.private_files.remove", lambda _: None)
            with pytest.raises(KilledError):
                mend(spoilt)
    mend(spoilt)
    kept = kept_as_damaged(spoilt)
    assert len(kept) == len({name.partition(".damaged-")[0] for name in kept})


@pytest.mark.parametrize("place", ["none.json", "nowhere/none.json"])
def test_a_name_that_has_no_files_gets_none_from_a_mending(tmp_path: Path, place: str) -> None:
    path = tmp_path / "folder" / place
    (tmp_path / "folder").mkdir()
    for mend in (repair, restore, lambda path: compact(path, date(2026, 11, 29), 6)):
        with pytest.raises(StoreError, match=r"none\.json does not exist; see whether the name"):
            mend(path)
    bad_copy = tmp_path / "copy"
    bad_copy.write_text("{")
    with pytest.raises(StoreError):
        restore(path, bad_copy)
    assert not names(tmp_path / "folder")


def test_a_copy_can_be_restored_under_a_new_name(path: Path) -> None:
    put(opened(path), "p-1", name="Acme")
    opened(path).checkpoint()
    restore(path.with_name("new.json"), path)
    assert prospect(opened(path.with_name("new.json")), "p-1") == {"name": "Acme"}


def test_a_ledger_without_its_first_line_gets_a_new_one(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    put(store, "p-2", name="Bolt")
    ledger = PipelinePaths(path).ledger
    kept = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join([b"garbage\n", *kept[1:]]))
    repair(path)
    again = opened(path)
    assert prospect(again, "p-2") == {"name": "Bolt"}
    assert [commit.seq for commit in again.history()] == [2, 1]
    assert not [finding for finding in examine(path) if finding.weight == "bad"]


def test_a_line_that_a_newer_version_wrote_is_kept(spoilt: Path) -> None:
    ledger = PipelinePaths(spoilt).ledger
    with ledger.open("ab") as file:
        file.write(b'{"seal":"newer"}\n')
    repair(spoilt)
    assert b'{"seal":"newer"}\n' in ledger.read_bytes()


def test_a_damaged_ledger_is_mended_by_a_restore_too(spoilt: Path) -> None:
    spoilt.write_bytes(b"")
    ledger = PipelinePaths(spoilt).ledger
    with ledger.open("ab") as file:
        file.write(b"more garbage\n")
    restore(spoilt)
    assert len(opened(spoilt).tables["prospects"]) == 43
    assert not [finding for finding in examine(spoilt) if finding.weight == "bad"]
