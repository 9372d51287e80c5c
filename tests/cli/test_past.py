"""``history``, ``undo`` and ``redo``."""

from datetime import UTC, datetime

import pytest

from review_board.board.board import Board
from review_board.review.controller import ReviewController
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from tests.cli.conftest import Shell
from tests.review.test_hour import serial


@pytest.fixture
def busy(shell: Shell) -> Shell:
    shell.ok("add", "Acme", "--as", "ann")
    shell.ok("log", "acme vm", "--as", "ann")
    shell.ok("note", "acme", "hello", "--as", "raj")
    return shell


def test_history_is_newest_first(busy: Shell) -> None:
    lines = [line.split() for line in busy.ok("history").splitlines()]
    assert [line[0] for line in lines] == ["4", "3", "2", "1"]
    assert lines[0][4] == "raj,"  # through the login that runs the tests
    assert {"cli", "noted"} <= set(lines[0])
    assert lines[0][1:3] == ["20", "Nov"]


def test_history_of_one(busy: Shell) -> None:
    busy.ok("add", "Other")
    changes = busy("history", "acme", "--json", "--limit", "2").json["changes"]
    assert [change["action"] for change in changes] == [
        "noted on Acme",
        "logged for Acme: voicemail left",
    ]
    assert next(iter(changes[1]["after"])).startswith("touches/")
    assert "after" not in busy("history", "--json").json["changes"][0]


def test_history_of_one_says_what_each_field_was(shell: Shell) -> None:
    shell.ok("add", "Acme", "--value", "24k", "--owner", "raj")
    shell.ok("edit", "acme", "--value", "40k", "--owner", "karla")
    told = [line.strip() for line in shell.ok("history", "acme").splitlines()]
    assert told[1:3] == ["Value: $40,000; was $24,000", "Owner: karla; was raj"]
    assert "± Value: $40,000; was $24,000" in shell.ok("show", "acme")
    assert "Value" not in shell.ok("history")


def test_a_record_is_shown_though_its_history_is_damaged(busy: Shell) -> None:
    ledger = busy.path.with_name(f"{busy.path.name}.ledger.jsonl")
    ledger.write_bytes(ledger.read_bytes().replace(b'"action":"logged', b'"action":x"logged', 1))
    shown = busy("show", "acme")
    assert "hello" in shown.out
    assert "is damaged in line" in shown.err


def test_history_is_not_full_of_the_ticks_of_a_review(shell: Shell) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    board = Board(FileStore(shell.path), Settings(), lambda: noon, UTC, "ann", "review").open()
    board.add([serial(1), serial(2)], "import")
    controller = ReviewController.open(board)
    controller.mark(line.marked(ticked=True) for line in controller.sure_purges())
    board.close()
    changes = shell("history", "--json").json["changes"]
    assert [c["action"] for c in changes][:2] == ["review: start", "import"]


def test_undo_takes_back_ones_own_change(busy: Shell) -> None:
    assert busy.ok("undo", "--as", "ann") == "undone: logged for Acme: voicemail left\n"
    assert "touches" not in busy.document("acme")
    assert busy.document("acme")["notes"]


def test_one_prospect_of_a_batch_is_taken_back_alone(shell: Shell) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    board = Board(FileStore(shell.path), Settings(), lambda: noon, UTC, "ann", "review").open()
    board.add([serial(1), serial(2), serial(3)], "import")
    controller = ReviewController.open(board)
    controller.purge(controller.sure_purges())
    seq = board.store.seq
    names = [board.prospect(key).name for key in controller.session.queue]
    board.close()
    told = shell.ok("undo", "--seq", str(seq), "--only", names[1], "--as", "ann")
    assert told == f"took back {names[1]} alone, from: purged 3 prospects\n"
    assert [shell.document(name).get("column") for name in names] == ["dropped", None, "dropped"]
    shell.ok("undo", "--as", "ann")
    assert shell.document(names[1])["column"] == "dropped", "that can be taken back, too"
    assert shell("undo", "--only", names[1]).status == 2


def test_redo_makes_it_again(busy: Shell) -> None:
    busy.ok("undo", "--as", "ann")
    assert busy.ok("redo", "--as", "ann") == "done again: logged for Acme: voicemail left\n"
    assert busy.document("acme")["touches"]
    assert "Nothing to redo" in busy.fails("redo", "--as", "ann")


def test_undo_several(busy: Shell) -> None:
    for line in ('acme vm "again"', "acme em"):
        busy.ok("log", line, "--as", "raj")
    out = busy.ok("undo", "2", "--as", "raj").splitlines()
    assert out == [
        "undone: logged for Acme: email sent",
        "undone: logged for Acme: voicemail left",
    ]


def test_undo_a_named_change_of_somebody_else(busy: Shell) -> None:
    assert busy.ok("undo", "--seq", "3", "--as", "raj").startswith("undone: logged")
    assert "already" in busy.fails("undo", "--seq", "3")
    assert "no change 99" in busy.fails("undo", "--seq", "99")


def test_undo_of_an_adding_that_others_built_on_is_refused(busy: Shell) -> None:
    assert busy.fails("undo", "--seq", "2")


@pytest.mark.parametrize("arguments", [["0"], ["-1"], ["x"], ["1", "--seq", "2"], ["--seq", "0"]])
def test_undo_refuses_what_is_no_number(busy: Shell, arguments: list[str]) -> None:
    busy.fails("undo", *arguments, status=2)


def test_the_programs_own_entry_is_not_taken_back(shell: Shell) -> None:
    shell.ok("add", "Acme", "--as", "ann")
    told = shell.fails("undo", "--seq", "1", "--as", "ann")
    assert "nothing to take back in change 1: “began the pipeline” is the program's own" in told
    assert "Nothing to undo" in shell.fails("undo", "--as", "review-board")
    assert "undo:" not in shell.ok("history")


def test_nothing_to_undo(shell: Shell) -> None:
    assert "Nothing to undo" in shell.fails("undo")
    assert "No change" in shell("history").err


def test_history_tells_the_login_where_another_name_was_given(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is what somebody says; the login is by the number of the user, whatever $LOGNAME says."""
    monkeypatch.setenv("LOGNAME", "mallory")
    monkeypatch.setattr("review_board.store.logins.user_name", lambda uid: f"user{uid}")
    monkeypatch.setattr("os.getuid", lambda: 7)
    shell.ok("--as", "boss", "add", "Acme")
    shell.ok("add", "Bolt")
    bolt, acme, begun = (" ".join(line.split()) for line in shell.ok("history").splitlines())
    assert "boss, through the login user7 cli added Acme" in acme
    assert "user7 cli added Bolt" in bolt
    assert "through" not in bolt
    assert "review-board cli began the pipeline" in begun
    found = [
        (change["by"], change["login"]) for change in shell("history", "--json").json["changes"]
    ]
    assert found[:2] == [("user7", None), ("boss", "user7")]


def test_history_shows_where_changes_are_missing(shell: Shell) -> None:
    for name in ("Acme", "Bolt", "Cord", "Dart"):
        shell.ok("add", name)
    ledger = shell.path.with_name(f"{shell.path.name}.ledger.jsonl")
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(line for line in lines if not line.startswith(b'{"seq":3,')))
    text = shell.ok("history")
    assert "(change 3 is missing from the history;" in text
    gaps = {change["seq"]: change["gap"] for change in shell("history", "--json").json["changes"]}
    assert gaps[2] == "change 3 is missing from the history"
    shell.ok("undo", "2")
    assert "change 3 is missing" in shell.fails("undo")


def test_history_says_that_its_beginning_is_missing(shell: Shell) -> None:
    for name in ("Acme", "Bolt"):
        shell.ok("add", name)
    assert "missing" not in shell.ok("history")
    shell.path.with_name(f"{shell.path.name}.ledger.jsonl").unlink()
    words = "(changes 1 to 3 are missing from the history; `review-board doctor` says more)"
    assert words in shell.ok("history")
    shell.ok("add", "Cord")
    cord, lost = shell.ok("history").splitlines()
    assert "added Cord" in cord
    assert words in lost
    assert words in shell.ok("history", "Acme")
    assert "missing" not in shell.ok("history", "--limit", "1")
