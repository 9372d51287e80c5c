"""Acknowledged changes that somebody took from the disk stay, are told, and can be written again."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from review_board.errors import ConflictError, StoreError
from review_board.store.file_store import FileStore
from review_board.store.missing_changes import REMEMBERED, Acknowledged
from tests.store.support import draft, opened, prospect, put


def ledger_of(path: Path) -> Path:
    return opened(path)._paths.ledger


def truncated(path: Path) -> None:
    """Three lines are left: the header and two changes."""
    ledger = ledger_of(path)
    kept = ledger.read_bytes().splitlines(keepends=True)[:3]
    os.truncate(ledger, len(b"".join(kept)))


def emptied(path: Path) -> None:
    os.truncate(ledger_of(path), 0)


def removed(path: Path) -> None:
    ledger_of(path).unlink()


def older(path: Path) -> None:
    """As a sync program puts it back: another file of that name."""
    ledger = ledger_of(path)
    new = ledger.with_name("old")
    new.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:3]))
    new.replace(ledger)


def of_another_pipeline(path: Path) -> None:
    other = path.with_name("other.json")
    put(opened(other), "p-9", name="Zeta")
    ledger_of(other).replace(ledger_of(path))


def numbers(store: FileStore) -> list[int]:
    return [commit.seq for commit in store.missing]


CUTS = [
    (truncated, ["p-3", "p-1"]),
    (older, ["p-3", "p-1"]),
    (emptied, ["p-1", "p-2", "p-3", "p-1"]),
    (removed, ["p-1", "p-2", "p-3", "p-1"]),
    (of_another_pipeline, ["p-1", "p-2", "p-3", "p-1"]),
]


@pytest.fixture
def store(path: Path) -> FileStore:
    """Four changes, by two people, that only the ledger holds."""
    store, other = opened(path), opened(path)
    put(store, "p-1", name="Acme")
    put(other, "p-2", "bob", name="Bolt")
    put(store, "p-3", name="Cord")
    put(store, "p-1", column="won")
    return store


@pytest.mark.parametrize(("cut", "missing"), CUTS)
def test_they_stay_and_are_written_again(
    path: Path, store: FileStore, cut: Callable[[Path], None], missing: list[str]
) -> None:
    before = {i: prospect(store, i) for i in store.tables["prospects"]}
    cut(path)
    assert store.catch_up().reloaded
    assert [commit.docs[0].id for commit in store.missing] == missing
    assert {i: prospect(store, i) for i in store.tables["prospects"]} == before
    with pytest.raises(StoreError, match=r"no longer in pipeline.json \(the last one: ann edit\)"):
        put(store, "p-4", name="Dart")
    store.write_again()
    assert store.missing == ()
    again = opened(path)
    assert {i: prospect(again, i) for i in again.tables["prospects"]} == before
    written = list(again.history())[: len(missing)][::-1]
    assert [commit.docs[0].id for commit in written] == missing
    assert {c.by for c in written if c.docs[0].id == "p-2"} <= {"bob"}
    put(store, "p-4", name="Dart")


@pytest.mark.parametrize(("cut", "missing"), CUTS)
def test_they_are_given_up(
    path: Path, store: FileStore, cut: Callable[[Path], None], missing: list[str]
) -> None:
    cut(path)
    store.catch_up()
    assert store.drop_missing().reloaded
    assert len(missing) == 4 - len(store.tables["prospects"].keys() & {"p-1", "p-2"})
    assert store.tables == opened(path).tables
    assert store.missing == ()
    put(store, "p-4", name="Dart")
    assert not store.catch_up()


def test_a_write_that_finds_them_missing_is_refused(path: Path, store: FileStore) -> None:
    truncated(path)
    with pytest.raises(StoreError, match="2 changes are no longer"):
        put(store, "p-4", name="Dart")
    assert len(store.missing) == 2
    assert store.catch_up().reloaded


def test_what_a_checkpoint_saved_is_not_missing(path: Path, store: FileStore) -> None:
    store.checkpoint()
    put(store, "p-3", name="Dart")
    removed(path)
    store.catch_up()
    assert [commit.seq for commit in store.missing] == [5]
    store.write_again()
    assert prospect(opened(path), "p-3") == {"name": "Dart"}


def test_an_older_folder_put_back_is_told(path: Path, store: FileStore) -> None:
    store.checkpoint()
    shutil.copytree(path.parent, path.parent / "copy")
    put(store, "p-1", name="Later")
    store.checkpoint()
    put(store, "p-2", name="Last")
    for name in ("pipeline.json", ledger_of(path).name):
        shutil.copy(path.parent / "copy" / name, path.parent)
    store.catch_up()
    assert [commit.docs[0].after for commit in store.missing] == [
        {"name": "Later"},
        {"name": "Last"},
    ]
    store.write_again()
    assert prospect(opened(path), "p-1") == {"name": "Later", "column": "won"}
    assert prospect(opened(path), "p-2") == {"name": "Last"}


def test_an_older_file_beside_its_ledger_is_told_back_to_its_day(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    shutil.copy(path, path.with_name("copy"))
    put(store, "p-1", name="Bolt")
    store.checkpoint()
    later = opened(path)
    path.with_name("copy").replace(path)
    later.catch_up()
    assert [commit.seq for commit in later.missing] == [2]
    assert prospect(later, "p-1") == {"name": "Bolt"}
    later.write_again()
    assert prospect(opened(path), "p-1") == {"name": "Bolt"}


def test_who_writes_first_writes_for_all(path: Path, store: FileStore) -> None:
    other = opened(path)
    truncated(path)
    store.catch_up()
    other.catch_up()
    assert numbers(other) == numbers(store) == [3, 4]
    store.write_again()
    other.catch_up()
    assert numbers(other) == []
    assert other.tables == store.tables


def test_what_others_changed_meanwhile_is_not_written_over(path: Path, store: FileStore) -> None:
    truncated(path)
    put(opened(path), "p-3", "bob", name="Taken")
    store.catch_up()
    with pytest.raises(ConflictError, match="bob"):
        store.write_again()
    assert len(store.missing) == 2
    assert store.catch_up().reloaded
    assert prospect(opened(path), "p-3") == {"name": "Taken"}
    store.drop_missing()
    assert prospect(store, "p-3") == {"name": "Taken"}


def test_an_undo_written_again_names_what_it_undoes_by_its_new_number(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    put(store, "p-1", name="Bolt")
    put(store, "p-1", name="Cord")
    store.commit(replace(draft(store, "p-1", {"name": "Bolt"}), undoes=3))
    ledger = ledger_of(path)
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:2]))
    put(opened(path), "p-9", name="Between")
    store.catch_up()
    store.write_again()
    undo, done = list(store.history())[:2]
    assert (undo.undoes, done.seq, undo.seq) == (8, 8, 9)


def test_what_is_cut_the_moment_it_was_written_is_missed(
    path: Path, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = ledger_of(path)
    size, sync = ledger.stat().st_size, os.fdatasync

    def sync_and_lose(fd: int) -> None:
        sync(fd)
        os.truncate(ledger, size)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", sync_and_lose)
        put(store, "p-2", column="won")
    assert store.catch_up().reloaded
    assert numbers(store) == [5]
    assert prospect(store, "p-2")["column"] == "won"


def test_an_edit_by_hand_is_nothing_missing(path: Path, store: FileStore) -> None:
    store.checkpoint()
    path.write_bytes(path.read_bytes().replace(b"Acme", b"Akme"))
    assert store.catch_up().reloaded
    assert store.missing == ()


def test_many_are_not_all_remembered(store: FileStore) -> None:
    many = replace(draft(store, "p-1", {}), docs=[*draft(store, "p-1", {}).docs] * (REMEMBERED + 1))
    known = Acknowledged()
    known.add(replace(many, seq=1), replace(many, seq=2), replace(many, seq=3))
    known.trim(2)
    assert [commit.seq for commit in known._commits] == [3]
