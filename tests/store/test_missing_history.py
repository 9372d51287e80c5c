"""Every change knows its predecessor: whatever is missing from the history is found and named."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from review_board.board import undo
from review_board.errors import BadFileError, RefusedError
from review_board.store.doctor import Problem, examine
from review_board.store.file_store import FileStore
from review_board.store.repairs import repair, restore
from review_board.store.restore_changes import restore_changes
from tests.store.support import draft, opened, prospect, put

LATER = "2026-03-02T10:00:00Z"
Lines = list[bytes]


@pytest.fixture
def ledger(path: Path) -> Path:
    return path.with_name("pipeline.json.ledger.jsonl")


def six(path: Path) -> FileStore:
    """Six changes of one field, all in the data file."""
    store = opened(path)
    for number in range(1, 7):
        put(store, "p-1", n=number)
    store.checkpoint()
    return store


def odd(path: Path) -> list[Problem]:
    """What the doctor does not call good."""
    return [finding for finding in examine(path) if finding.weight != "good"]


def edit(ledger: Path, change: Callable[[Lines], Lines]) -> None:
    ledger.write_bytes(b"".join(change(ledger.read_bytes().splitlines(keepends=True))))


def undoable(store: FileStore) -> int:
    return undo.undoable(store.history(), "ann").seq


def test_whole_history_is_good(path: Path) -> None:
    store = six(path)
    assert odd(path) == []
    assert undoable(store) == 6
    assert {commit.gap for commit in store.history()} == {""}


def test_two_lines_out_of_the_middle(path: Path, ledger: Path) -> None:
    six(path)
    edit(ledger, lambda lines: [*lines[:3], *lines[5:]])
    (found,) = odd(path)
    assert found.what == "changes 3 and 4 are missing from the history"
    assert "put a whole copy of pipeline.json.ledger.jsonl back" in found.cure
    store = opened(path)
    commits = list(store.history())
    assert [commit.seq for commit in commits] == [6, 5, 2, 1]
    assert [commit.gap for commit in commits] == ["", "", found.what, ""]
    assert undo.named(commits, 5).seq == 5
    with pytest.raises(RefusedError, match="changes 3 and 4 are missing"):
        undo.named(commits, 4)
    with pytest.raises(RefusedError, match="changes 3 and 4 are missing"):
        undo.named(commits, 2)


def test_cut_in_half(path: Path, ledger: Path) -> None:
    """The data file holds what the ledger no longer tells; undo would take back the wrong change."""
    six(path)
    edit(ledger, lambda lines: lines[:4])
    store = FileStore(path)
    (notice,) = store.load().notices
    assert "changes 4 to 6 are missing from the history" in notice
    assert prospect(store, "p-1") == {"n": 6}
    with pytest.raises(RefusedError, match="changes 4 to 6 are missing"):
        undoable(store)
    assert "changes 4 to 6 are missing" in "".join(f.what for f in odd(path))
    put(store, "p-1", n=7)
    again = FileStore(path)
    assert again.load().notices == ()
    assert prospect(again, "p-1") == {"n": 7}
    assert undoable(again) == again.seq
    assert [f.what for f in odd(path)] == ["changes 4 to 6 are missing from the history"]
    with pytest.raises(RefusedError, match="changes 4 to 6 are missing"):
        undo.named(again.history(), 3)


def test_an_older_ledger_put_back(path: Path, ledger: Path, tmp_path: Path) -> None:
    store = opened(path)
    put(store, "p-1", n=1)
    shutil.copy(ledger, tmp_path / "old")
    put(store, "p-1", n=2)
    store.checkpoint()
    shutil.copy(tmp_path / "old", ledger)
    again = FileStore(path)
    assert "change 2 is missing from the history" in again.load().notices[0]
    assert prospect(again, "p-1") == {"n": 2}


def test_another_branch_with_equal_numbers(path: Path, ledger: Path, tmp_path: Path) -> None:
    """The folder was copied, both went on, and a sync program brought one of the two files."""
    store = opened(path)
    put(store, "p-1", n=1)
    store.checkpoint()
    shutil.copytree(path.parent, tmp_path / "b")
    other = opened(tmp_path / "b" / path.name)
    put(store, "p-1", n=2)
    put(other, "p-1", n=20)
    store.checkpoint()
    other.checkpoint()
    shutil.copy(tmp_path / "b" / ledger.name, ledger)
    again = FileStore(path)
    (notice,) = again.load().notices
    assert "change 2 is another one there" in notice
    assert prospect(again, "p-1") == {"n": 2}
    with pytest.raises(RefusedError, match="change 2"):
        undoable(again)


def test_later_changes_of_another_branch_are_not_applied(
    path: Path, ledger: Path, tmp_path: Path
) -> None:
    store = opened(path)
    put(store, "p-1", n=1)
    store.checkpoint()
    shutil.copytree(path.parent, tmp_path / "b")
    other = opened(tmp_path / "b" / path.name)
    put(store, "p-1", n=2)
    store.checkpoint()
    put(other, "p-1", n=20)
    put(other, "p-1", m=30)
    shutil.copy(tmp_path / "b" / ledger.name, ledger)
    again = opened(path)
    assert prospect(again, "p-1") == {"n": 2}
    put(again, "p-1", n=3)
    assert prospect(opened(path), "p-1") == {"n": 3}


def test_an_altered_line(path: Path, ledger: Path) -> None:
    six(path)
    edit(
        ledger,
        lambda lines: [line.replace(b'"after":{"n":3}', b'"after":{"n":9}') for line in lines],
    )
    assert "change 3 does not follow from change 2: a line was altered" in odd(path)[0].what


def test_an_altered_line_that_no_file_holds_yet(path: Path, ledger: Path) -> None:
    store = opened(path)
    for number in range(1, 4):
        put(store, "p-1", n=number)
    edit(
        ledger,
        lambda lines: [line.replace(b'"after":{"n":2}', b'"after":{"n":9}') for line in lines],
    )
    with pytest.raises(BadFileError, match="change 2 does not follow 1"):
        opened(path)
    repair(path)
    assert prospect(opened(path), "p-1") == {"n": 3}
    assert "altered" in odd(path)[0].what


def test_an_altered_side_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review_board.store.side_files.LARGE", 1)
    put(opened(path), "p-1", name="Acme")
    (side,) = path.parent.glob("*.bulk-*")
    side.write_bytes(side.read_bytes().replace(b"Acme", b"Akme"))
    with pytest.raises(BadFileError, match="was altered"):
        opened(path)


@pytest.fixture
def older(path: Path, tmp_path: Path) -> Path:
    """A pipeline of which a sync program put an older data file back: changes 3 and 4 are not in it."""
    store = opened(path)
    put(store, "alpha", name="Alpha")
    put(store, "alpha", value="5k")
    store.checkpoint()
    shutil.copy(path, tmp_path / "old")
    put(store, "beta", name="Beta")
    put(store, "alpha", phone="555")
    store.checkpoint()
    shutil.copy(tmp_path / "old", path)
    return path


def test_an_older_file_is_told_with_what_is_in_no_file_and_the_cure(older: Path) -> None:
    store = FileStore(older)
    (notice,) = store.load().notices
    assert "changes 3 and 4 (2026-03-01 09:00 UTC) are not in it" in notice
    assert f"`review-board --file {older} doctor --restore` brings everything back" in notice
    assert [commit.seq for commit in store.history()] == [2, 1]
    assert notice in [finding.what for finding in odd(older)]
    restore(older)
    assert prospect(opened(older), "beta") == {"name": "Beta"}
    assert prospect(opened(older), "alpha") == {"name": "Alpha", "value": "5k", "phone": "555"}
    assert odd(older) == []


def test_after_a_change_they_are_still_told_and_can_be_brought_back(older: Path) -> None:
    store = opened(older)
    put(store, "gamma", name="Gamma")
    store.close()
    (found,) = odd(older)
    assert "changes 3 and 4 (2026-03-01 09:00 UTC): in no file" in found.what
    assert "doctor --restore` brings back what does not conflict" in found.cure
    done = restore_changes(older, at=LATER)
    assert [finding.what for finding in done] == ["made again: edit", "made again: edit"]
    again = opened(older)
    assert set(again.tables["prospects"]) == {"alpha", "beta", "gamma"}
    assert prospect(again, "alpha")["phone"] == "555"
    newest = next(again.history())
    assert (newest.action, newest.by, newest.at, newest.restores) == (
        "restored: edit",
        "ann",
        LATER,
        4,
    )
    assert odd(older) == []


def test_a_large_change_is_brought_back_once(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.store.side_files.LARGE", 1)
    store = opened(path)
    put(store, "alpha", name="Alpha")
    store.checkpoint()
    shutil.copy(path, tmp_path / "older")
    put(store, "beta", name="Beta")
    store.checkpoint()
    shutil.copy(tmp_path / "older", path)
    put(opened(path), "gamma", name="Gamma")
    assert len(restore_changes(path, at=LATER)) == 1
    assert prospect(opened(path), "beta") == {"name": "Beta"}
    assert odd(path) == []
    assert restore_changes(path, at=LATER) == []


def test_what_conflicts_stays_told(older: Path) -> None:
    store = opened(older)
    put(store, "alpha", phone="777", by="bob")
    done = restore_changes(older, at=LATER)
    assert [finding.weight for finding in done] == ["good", "odd"]
    assert "phone of Alpha was changed by bob" in done[1].what
    assert prospect(opened(older), "alpha")["phone"] == "777"
    (found,) = odd(older)
    assert found.what.startswith("change 4 (")


def test_undo_does_not_touch_what_is_in_no_file(older: Path) -> None:
    store = opened(older)
    put(store, "gamma", name="Gamma", by="bob")
    assert undoable(store) == 2


def test_killed_while_it_went_on_from_an_older_file(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line that says so is there, the file is not written yet: that is no older copy any more."""
    store = opened(older)
    with monkeypatch.context() as patch:
        patch.setattr(store._storage, "write", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            put(store, "gamma", name="Gamma")
    again = FileStore(older)
    assert again.load().notices == ()
    assert list(again.tables["prospects"]) == ["alpha"]
    put(again, "gamma", name="Gamma")
    assert list(opened(older).tables["prospects"]) == ["alpha", "gamma"]


def test_a_gap_in_a_history_is_not_stored(path: Path) -> None:
    store = opened(path)
    store.commit(replace(draft(store, "p-1", {"name": "Acme"}), gap="nothing"))
    assert next(store.history()).gap == ""


def cut(ledger: Path, kept: int) -> None:
    edit(ledger, lambda lines: lines[:kept])


def test_an_end_that_is_cut_off_while_no_file_holds_it(path: Path, ledger: Path) -> None:
    """A large data file lies behind the ledger: nothing but the note in the lock file knew it."""
    store = opened(path)
    for number in range(1, 7):
        put(store, "p-1", n=number)
    cut(ledger, 5)
    again = FileStore(path)
    (notice,) = again.load().notices
    assert "lost its end: changes 5 and 6, saved once, are in no file" in notice
    assert prospect(again, "p-1") == {"n": 4}
    with pytest.raises(RefusedError, match="changes 5 and 6 are missing"):
        undoable(again)
    assert "changes 5 and 6 are missing from the history" in [f.what for f in odd(path)]
    put(again, "p-1", n=7)
    last = FileStore(path)
    assert last.load().notices == ()
    assert [commit.seq for commit in last.history()] == [8, 4, 3, 2, 1]
    assert [f.what for f in odd(path)] == ["changes 5 and 6 are missing from the history"]


def test_one_change_torn_off(path: Path, ledger: Path) -> None:
    store = opened(path)
    put(store, "p-1", n=1)
    put(store, "p-1", n=2)
    ledger.write_bytes(ledger.read_bytes()[:-5])
    assert "change 2, saved once, is in no file" in FileStore(path).load().notices[0]


def test_a_ledger_that_is_gone_with_what_no_file_holds(path: Path, ledger: Path) -> None:
    store = opened(path)
    put(store, "p-1", n=1)
    ledger.unlink()
    again = FileStore(path)
    assert "change 1, saved once, is in no file" in again.load().notices[0]
    put(again, "p-1", n=2)
    assert again.seq == 2
    assert "begins after change 1" in odd(path)[0].what


def test_another_end_than_the_one_saved_here(path: Path, ledger: Path, tmp_path: Path) -> None:
    store = opened(path)
    put(store, "p-1", n=1)
    shutil.copytree(path.parent, tmp_path / "b")
    put(store, "p-1", n=2)
    put(opened(tmp_path / "b" / path.name), "p-1", n=20)
    shutil.copy(tmp_path / "b" / ledger.name, ledger)
    assert "change 2 is another one than was saved here" in FileStore(path).load().notices[0]


def test_a_note_that_lags_behind_or_cannot_be_read_says_nothing(path: Path, ledger: Path) -> None:
    store = opened(path)
    put(store, "p-1", n=1)
    lock = path.with_name("pipeline.json.lock")
    older = lock.read_bytes()
    put(store, "p-1", n=2)
    for text in (older, b"", b"\0" * 128, b"[]", older[:20]):
        lock.write_bytes(text)
        assert FileStore(path).load().notices == ()
        assert odd(path) == []
    lock.write_bytes(
        older.replace(b'"seq":1', b'"seq":9').replace(b'"pipeline":"', b'"pipeline":"x')
    )
    assert odd(path) == []


def test_mending_does_not_hide_that_the_end_is_lost(path: Path, ledger: Path) -> None:
    store = opened(path)
    for number in range(1, 4):
        put(store, "p-1", n=number)
    store.checkpoint()
    put(store, "p-1", n=4)
    put(store, "p-1", n=5)
    edit(ledger, lambda lines: lines[:-1])
    path.write_text("{")
    restore(path)
    assert prospect(opened(path), "p-1") == {"n": 4}
    assert [f.what for f in odd(path) if "missing" in f.what] == [
        "change 5 is missing from the history"
    ]


def test_what_was_written_again_is_no_gap(path: Path, ledger: Path) -> None:
    store = opened(path)
    for number in range(1, 4):
        put(store, "p-1", n=number)
    cut(ledger, 2)
    store.catch_up()
    assert len(store.missing) == 2
    store.write_again()
    assert odd(path) == []
    assert undo.named(opened(path).history(), 1).seq == 1
