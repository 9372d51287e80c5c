"""Side files carry the whole name of the data file; those of the first layout are moved over once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from review_board.errors import StoreError
from review_board.store.doctor import examine
from review_board.store.file_store import FileStore
from review_board.store.lock import locked
from review_board.store.paths import PipelinePaths
from review_board.store.repairs import repair, restore
from tests.store.support import names, opened, prospect, put, raw

FIRST_LAYOUT = Path(__file__).parent / "first_layout"
CORD = {"name": "Cord"}


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """A pipeline as the first layout left it, with one change ahead of the data file."""
    folder = tmp_path / "deals"
    shutil.copytree(FIRST_LAYOUT, folder)
    return folder / "deals.json"


def described(path: Path) -> None:
    """Make the ledger's last checkpoint describe a file, as it does where nothing was copied."""
    ledger = path.with_name("deals.ledger.jsonl")
    lines = ledger.read_bytes().splitlines(keepends=True)
    found = path.stat()
    mark = {"checkpoint": 3, "file": [found.st_ino, found.st_mtime_ns, found.st_size]}
    lines[-2] = orjson.dumps(mark) + b"\n"
    ledger.write_bytes(b"".join(lines))


@pytest.mark.parametrize("other", ["pipeline.old", "pipeline.db", "pipeline", "pipeline.json.2"])
def test_files_of_one_stem_share_nothing(path: Path, other: str) -> None:
    one, two = opened(path), opened(path.with_name(other))
    put(one, "p-1", name="Acme")
    put(two, "p-2", name="Bolt")
    put(one, "p-1", column="won")
    for store in (one, two):
        store.checkpoint()
        assert not store.catch_up()
    assert list(opened(path).tables["prospects"]) == ["p-1"]
    assert list(opened(path.with_name(other)).tables["prospects"]) == ["p-2"]


def test_a_rehearsal_in_a_copy_never_reaches_the_original(path: Path) -> None:
    original = opened(path)
    put(original, "p-1", name="Acme")
    original.checkpoint()
    copy = path.with_name("pipeline.old")
    shutil.copy(path, copy)
    rehearsal = opened(copy)
    put(rehearsal, "p-1", name="Bolt")
    rehearsal.close()
    put(original, "p-1", column="won")
    original.close()
    assert prospect(opened(path), "p-1") == {"name": "Acme", "column": "won"}
    assert prospect(opened(copy), "p-1") == {"name": "Bolt"}
    identities = {raw(file)["meta"]["1"]["pipeline"] for file in (path, copy)}
    assert len(identities) == 2
    assert not opened(path).load().notices


@pytest.mark.parametrize("copy", ["pipeline.json.old", "pipeline.json.bak", "pipeline.json.json"])
@pytest.mark.parametrize("first_layout", [False, True])
def test_a_copy_with_an_ending_more_does_not_take_the_ledger(
    deals: Path, copy: str, first_layout: bool
) -> None:
    """In the first layout its ledger would have the name that the original's has now."""
    path = deals if first_layout else deals.with_name("fresh.json")
    copied = path.with_name(copy.replace("pipeline.json", path.name))
    store = opened(path)
    put(store, "p-9", name="Acme")
    store.checkpoint()
    shutil.copy(path, copied)
    put(store, "p-9", name="Bolt")
    assert prospect(opened(copied), "p-9") == {"name": "Acme"}
    put(opened(copied), "p-9", name="Cord")
    assert prospect(opened(path), "p-9") == {"name": "Bolt"}
    assert not opened(path).load().notices


def test_the_first_layout_is_read_where_it_lies(deals: Path) -> None:
    before = names(deals.parent)
    store = FileStore(deals)
    assert store.load().notices == ()
    assert prospect(store, "p-3") == CORD
    assert prospect(store, "p-1") == {"name": "Acme", "column": "won"}
    assert [(c.seq, c.by, c.gap) for c in store.history()] == [
        (4, "ann", ""),
        (3, "bob", ""),
        (2, "ann", ""),
        (1, "ann", ""),
    ]
    store.close()
    assert {f.weight for f in examine(deals) if "others on this" not in f.what} == {"good"}
    assert names(deals.parent) == before


def test_the_first_change_moves_it_over(deals: Path) -> None:
    reader, writer = opened(deals), opened(deals)
    put(writer, "p-4", name="Dart")
    *rest, _ = sorted(names(deals.parent), key=lambda name: ".backup-" in name)
    assert rest == [
        "deals.bulk-2-3f34894f36f6654d.json",
        "deals.json",
        "deals.json.bak",
        "deals.json.ledger.jsonl",
        "deals.json.lock",
    ]
    reader.catch_up()
    assert reader.tables == writer.tables == opened(deals).tables
    put(reader, "p-4", name="Dart AG")
    again = opened(deals)
    assert [(commit.seq, commit.gap) for commit in again.history()] == [
        (n, "") for n in range(6, 0, -1)
    ]
    assert prospect(again, "p-2")["note"] == "x" * 2500
    assert raw(deals)["meta"]["1"]["schema"] == 3
    assert {f.weight for f in examine(deals) if "others on this" not in f.what} == {"good"}


@pytest.mark.parametrize("call", ["replace", "unlink", "fsync", "write"])
@pytest.mark.parametrize("at", range(1, 5))
def test_moving_over_can_be_interrupted_anywhere(
    deals: Path, call: str, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(deals)
    count = iter(range(1, 100))
    real = getattr(os, call)

    def failing(*args: object, **options: object) -> object:
        if next(count) == at:
            raise OSError(5, "disk is dead")
        return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        done = True
        try:
            put(store, "p-4", name="Dart")
        except StoreError:
            done = False
    again = opened(deals)
    assert prospect(again, "p-3") == CORD
    assert ("p-4" in again.tables["prospects"]) == done
    put(again, "p-5", name="Echo")
    last = FileStore(deals)
    assert last.load().notices == ()
    assert last.tables == again.tables
    assert not deals.with_name("deals.ledger.jsonl").exists()
    assert {commit.gap for commit in last.history()} == {""}


def test_an_old_ledger_is_never_stolen_by_a_copy(deals: Path) -> None:
    copy = deals.with_name("deals.old")
    shutil.copy(deals, copy)
    described(deals)
    store = FileStore(copy)
    assert "missing" in store.load().notices[0]
    put(store, "p-9", name="Rehearsed")
    assert deals.with_name("deals.ledger.jsonl").exists()
    assert prospect(opened(deals), "p-3") == CORD
    assert "p-9" not in opened(deals).tables["prospects"]


def test_of_several_copies_the_one_that_was_written_last_owns_the_ledger(deals: Path) -> None:
    renamed = deals.with_name("deals.db")
    shutil.copy(deals, renamed)
    described(renamed)
    assert "p-3" in opened(renamed).tables["prospects"]
    assert "p-3" not in opened(deals).tables["prospects"]


@pytest.mark.parametrize("is_described", [True, False])
@pytest.mark.parametrize("copy_first", [True, False])
def test_a_copy_without_an_ending_does_not_take_the_old_ledger(
    deals: Path, is_described: bool, copy_first: bool
) -> None:
    copy = deals.with_name("deals")
    shutil.copy(deals, copy)
    if is_described:
        described(deals)
    for path in (copy, deals) if copy_first else (deals, copy):
        assert ("p-3" in opened(path).tables["prospects"]) == (path == deals)
        put(opened(path), "p-9", name=path.name)
    assert prospect(opened(deals), "p-3") == CORD
    assert [prospect(opened(path), "p-9")["name"] for path in (deals, copy)] == [
        "deals.json",
        "deals",
    ]
    assert "p-3" not in opened(copy).tables["prospects"]
    for path in (deals, copy):
        assert FileStore(path).load().notices == ()
        assert opened(path).seq == len(list(opened(path).history())) + (3 if path == copy else 0)
    assert not deals.with_name("deals.ledger.jsonl").exists()


def test_a_pipeline_without_an_ending_keeps_its_old_ledger(deals: Path) -> None:
    for name in ("deals.json", "deals.json.bak"):
        deals.with_name(name).rename(deals.with_name(name.replace("deals.json", "deals")))
    bare = deals.with_name("deals")
    assert prospect(opened(bare), "p-3") == CORD
    put(opened(bare), "p-4", name="Dart")
    shutil.copy(bare, deals)
    assert prospect(opened(bare), "p-3") == CORD
    assert {commit.gap for commit in opened(bare).history()} == {""}
    assert not deals.with_name("deals.ledger.jsonl").exists()


def test_a_ledger_of_a_pipeline_without_an_ending_is_moved_over_too(path: Path) -> None:
    """For a while this version gave it the name that the first layout has for ``deals.json``."""
    bare = path.with_name("deals")
    put(opened(bare), "p-1", name="Acme")
    PipelinePaths(bare).ledger.rename(path.with_name("deals.ledger.jsonl"))
    shutil.copy(bare, path.with_name("deals.json"))
    put(opened(path.with_name("deals.json")), "p-2", name="Bolt")
    assert list(opened(bare).tables["prospects"]) == ["p-1"]
    put(opened(bare), "p-1", column="won")
    assert prospect(opened(bare), "p-1") == {"name": "Acme", "column": "won"}
    assert len(list(opened(bare).history())) == 2


@pytest.mark.parametrize("damage", ["gone", "garbage"])
def test_a_damaged_file_keeps_its_old_ledger(deals: Path, damage: str) -> None:
    shutil.copy(deals, deals.with_name("deals.old"))
    deals.unlink() if damage == "gone" else deals.write_bytes(b"{ damaged")
    assert "p-3" not in opened(deals.with_name("deals.old")).tables["prospects"]
    restore(deals)
    assert prospect(opened(deals), "p-3") == CORD


def test_the_old_ledger_of_another_pipeline_is_left_alone(deals: Path) -> None:
    other = deals.with_name("deals.db")
    other.write_text('{"prospects": {"1": {"name": "Zeta"}}}')
    put(opened(other), "tinydb-1", column="won")
    assert prospect(opened(deals), "p-3") == CORD


def test_repair_works_on_the_first_layout(deals: Path) -> None:
    with deals.with_name("deals.ledger.jsonl").open("ab") as file:
        file.write(b'{"torn')
    repair(deals)
    assert prospect(opened(deals), "p-3") == CORD


def test_an_old_lock_is_waited_for(deals: Path) -> None:
    with locked(deals.with_name("deals.lock")), pytest.raises(StoreError, match="busy"):
        put(opened(deals), "p-4", name="Dart")


def test_a_side_file_that_another_ledger_names_is_not_swept_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pipeline was given a new name, and a new one begun under the old."""
    monkeypatch.setattr("review_board.store.side_files.LARGE", 1)
    put(opened(path), "p-1", name="Acme")
    for name in ("pipeline.json", "pipeline.json.ledger.jsonl"):
        path.with_name(name).rename(path.with_name(name.replace("pipeline", "renamed")))
    store = opened(path)
    put(store, "p-1", name="New")
    store.checkpoint()
    assert prospect(opened(path.with_name("renamed.json")), "p-1") == {"name": "Acme"}


@pytest.fixture(autouse=True)
def _private(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.rglob("*.tmp"))
