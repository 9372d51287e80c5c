"""Torn lines, older copies, edits by hand: what is opened, and what the next commit builds on."""

import gc
import os
import shutil
from pathlib import Path

import orjson
import pytest

from review_board.errors import BadFileError, StoreError
from review_board.store import file_store
from review_board.store.check_values import seal
from review_board.store.file_store import FileStore
from tests.store.support import draft, names, opened, prospect, put, raw


@pytest.fixture
def ledger(path: Path) -> Path:
    """Where the ledger lies."""
    return path.with_name("pipeline.json.ledger.jsonl")


def edit(path: Path, **fields: object) -> None:
    """Change the first prospect by hand, as an editor saves it: a new file moved into place."""
    data = raw(path)
    next(iter(data["prospects"].values())).update(fields)
    new = path.with_name("edited")
    new.write_bytes(orjson.dumps(data))
    new.replace(path)


@pytest.mark.parametrize("torn", [b'{"seq":2,"at', b"\0" * 100, b'{"seq":2\0\0\n'])
def test_a_torn_last_line_was_never_acknowledged(path: Path, ledger: Path, torn: bytes) -> None:
    put(opened(path), "p-1", name="Acme")
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + torn)
    store = opened(path)
    assert store.seq == 1
    assert ledger.read_bytes() == whole + torn
    assert put(store, "p-1", name="Bolt").seq == 2
    assert ledger.read_bytes().startswith(whole + b'{"seq":2,"at":"')
    assert prospect(opened(path), "p-1") == {"name": "Bolt"}


def test_a_torn_first_line_is_no_ledger_yet(path: Path, ledger: Path) -> None:
    put(opened(path), "p-1", name="Acme")
    ledger.write_bytes(b'{"ledger":')
    store = opened(path)
    put(store, "p-2", name="Bolt")
    assert list(opened(path).tables["prospects"]) == ["p-2"]


def test_a_damaged_line_in_the_middle_is_not_passed_over(path: Path, ledger: Path) -> None:
    store = opened(path)
    for number in range(3):
        put(store, "p-1", n=number)
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join([*lines[:2], b'{"seq": gone}\n', *lines[3:]]))
    with pytest.raises(BadFileError, match="damaged in line 3"):
        FileStore(path).load()


def test_a_missing_line_is_not_passed_over(path: Path, ledger: Path) -> None:
    store = opened(path)
    for number in range(3):
        put(store, "p-1", n=number)
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join([*lines[:2], *lines[3:]]))
    with pytest.raises(BadFileError, match="goes on with change 3 after 1"):
        FileStore(path).load()


def test_a_line_of_a_newer_version_is_skipped(path: Path, ledger: Path) -> None:
    put(opened(path), "p-1", name="Acme")
    with ledger.open("ab") as file:
        file.write(b'{"signature": "later"}\n')
    store = opened(path)
    put(store, "p-1", name="Bolt")
    assert prospect(opened(path), "p-1") == {"name": "Bolt"}


def test_replay_begins_after_the_checkpoint(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    put(store, "p-1", column="won")
    assert raw(path)["meta"]["1"]["seq"] == 1
    assert prospect(opened(path), "p-1") == {"name": "Acme", "column": "won"}


def test_a_small_file_is_brought_up_to_date_at_close(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.close()
    assert raw(path)["prospects"]["1"]["name"] == "Acme"


def test_who_only_reads_writes_nothing_at_close(path: Path) -> None:
    put(opened(path), "p-1", name="Acme")
    before = path.read_bytes()
    reader = opened(path)
    reader.close()
    assert path.read_bytes() == before


def test_the_garbage_collector_is_left_as_it_was_found(path: Path) -> None:
    store = opened(path)
    assert gc.isenabled()
    gc.disable()
    store.load()
    assert not gc.isenabled()
    gc.enable()


def test_a_large_file_is_left_to_the_ledger_until_it_is_due(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", note="x" * 3_000_000)
    assert store.checkpoint_due
    store.close()
    put(store, "p-2", name="Acme")
    store.close()
    assert "2" not in raw(path)["prospects"]
    for number in range(65):
        put(store, "p-2", n=number)
    store.close()
    assert raw(path)["prospects"]["2"]["n"] == 64


def test_the_larger_the_file_the_longer_the_ledger_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_store, "LARGE_FILE", 1_000_000)
    store = opened(path)
    put(store, "p-1", note="x" * 3_000_000)
    store.checkpoint()
    for number in range(65):
        put(store, "p-2", n=number)
    assert not store.checkpoint_due
    for number in range(65, 4 * 64 + 1):
        put(store, "p-2", n=number)
    assert store.checkpoint_due


def test_an_older_copy_is_opened_as_it_is_and_built_upon(path: Path, tmp_path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    shutil.copy(path, tmp_path / "copy")
    put(store, "p-1", name="Bolt")
    store.checkpoint()
    put(store, "p-1", name="Cord")
    (tmp_path / "copy").replace(path)
    again = FileStore(path)
    assert "older copy" in again.load().notices[0]
    assert prospect(again, "p-1") == {"name": "Acme"}
    assert put(again, "p-1", column="won").seq == 5
    assert prospect(opened(path), "p-1") == {"name": "Acme", "column": "won"}
    assert [commit.seq for commit in again.history()] == [5, 1]
    assert store.catch_up().reloaded
    assert [commit.seq for commit in store.missing] == [2, 3]
    assert prospect(store, "p-1") == {"name": "Cord", "column": "won"}
    store.drop_missing()
    assert store.tables == again.tables


def test_an_older_copy_put_back_while_open(path: Path, tmp_path: Path) -> None:
    store, other = opened(path), opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    shutil.copy(path, tmp_path / "copy")
    put(store, "p-1", name="Bolt")
    store.checkpoint()
    other.catch_up()
    shutil.copy(tmp_path / "copy", path)
    news = store.catch_up()
    assert news.reloaded
    assert "older copy" in news.notices[0]
    with pytest.raises(StoreError, match="1 change is no longer in"):
        put(other, "p-1", column="won")
    other.drop_missing()
    put(other, "p-1", column="won")
    store.catch_up()
    store.drop_missing()
    assert prospect(store, "p-1") == prospect(other, "p-1") == {"name": "Acme", "column": "won"}


def test_the_history_of_another_pipeline_is_not_replayed(path: Path, tmp_path: Path) -> None:
    put(opened(path), "p-1", name="Acme")
    other = tmp_path / "other.json"
    put(opened(other), "p-9", name="Zeta")
    opened(other).checkpoint()
    other.replace(path)
    store = FileStore(path)
    assert "another pipeline" in store.load().notices[0]
    assert list(store.tables["prospects"]) == ["p-9"]
    put(store, "p-9", column="won")
    again = FileStore(path)
    assert not again.load()
    assert prospect(again, "p-9") == {"name": "Zeta", "column": "won"}


def test_a_lost_ledger_is_told_and_begun_anew(path: Path, ledger: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    ledger.unlink()
    again = FileStore(path)
    assert "missing" in again.load().notices[0]
    assert put(again, "p-1", name="Bolt").seq == 2
    assert prospect(opened(path), "p-1") == {"name": "Bolt"}
    assert store.catch_up().reloaded


@pytest.mark.parametrize("in_place", [True, False])
def test_an_edit_by_hand_is_noticed_and_kept(path: Path, in_place: bool) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme", column="new")
    store.checkpoint()
    put(store, "p-1", column="won")
    if in_place:
        path.write_bytes(path.read_bytes().replace(b"Acme", b"Akme AG"))
    else:
        edit(path, name="Akme AG")
    assert store.catch_up().reloaded
    assert prospect(store, "p-1") == {"name": "Akme AG", "column": "won"}
    store.checkpoint()
    assert raw(path)["prospects"]["1"]["name"] == "Akme AG"


def test_a_commit_and_a_checkpoint_never_write_over_an_edit_unseen(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    edit(path, name="Bolt")
    receipt = store.commit(draft(store, "p-2", {"name": "Cord"}))
    assert receipt.news.reloaded
    edit(path, name="Dart")
    store.checkpoint()
    assert raw(path)["prospects"]["1"]["name"] == "Dart"
    assert raw(path)["prospects"]["2"]["name"] == "Cord"


def test_a_checkpoint_by_another_process_is_no_news(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    put(theirs, "p-1", name="Acme")
    mine.catch_up()
    theirs.checkpoint()
    assert not mine.catch_up()
    put(mine, "p-1", name="Bolt")
    mine.checkpoint()
    assert raw(path)["prospects"]["1"]["name"] == "Bolt"


def test_a_line_that_was_read_and_then_taken_back_is_forgotten(path: Path, ledger: Path) -> None:
    mine, theirs = opened(path), opened(path)
    put(mine, "p-1", name="Acme")
    size = ledger.stat().st_size
    put(mine, "p-1", name="Bolt")
    theirs.catch_up()
    os.truncate(ledger, size)
    put(opened(path), "p-1", name="Dart", column="longer than before")
    assert theirs.catch_up().reloaded
    assert [commit.seq for commit in theirs.missing] == [2]
    theirs.drop_missing()
    assert prospect(theirs, "p-1")["name"] == "Dart"


def test_the_clock_does_not_matter(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    put(store, "p-1", name="Bolt")
    os.utime(path, (0, 0))
    os.utime(path.with_name("pipeline.json.ledger.jsonl"), (0, 0))
    assert store.catch_up().reloaded
    put(store, "p-1", column="won")
    assert prospect(opened(path), "p-1") == {"name": "Bolt", "column": "won"}


def test_leftovers_of_killed_writers_are_swept_up(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", note="x" * 300_000)
    kept = names(path.parent)
    for name in (
        "pipeline.json.0123456789abcdef.tmp",
        "pipeline.json.bulk-2-0123456789abcdef.json",
    ):
        path.with_name(name).write_text("left")
    path.with_name("pipeline.json.bulk-notes.json").write_text("somebody's own")
    store.checkpoint()
    assert names(path.parent) == sorted(
        [*kept, "pipeline.json.bulk-notes.json", "pipeline.json.bak"]
    )


def test_a_lost_side_file_is_told(path: Path) -> None:
    put(opened(path), "p-1", note="x" * 300_000)
    next(path.parent.glob("*.bulk-*")).unlink()
    with pytest.raises(BadFileError, match="part of the history"):
        FileStore(path).load()


def test_a_side_file_elsewhere_is_not_read(path: Path, ledger: Path) -> None:
    put(opened(path), "p-1", note="x" * 300_000)
    lines = ledger.read_bytes().splitlines(keepends=True)
    line = orjson.loads(lines[-1])
    line["bulk"] = "../../etc/passwd"
    body = orjson.dumps({name: line[name] for name in line if name != "chain"})
    ledger.write_bytes(lines[0] + seal(body, orjson.loads(lines[0])["chain"])[0])
    with pytest.raises(BadFileError, match="strange side file"):
        FileStore(path).load()
