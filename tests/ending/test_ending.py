"""How the program ends on a real terminal: soon, nothing lost, the terminal as it was."""

import json
import os
import pty
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from queue import SimpleQueue

import pytest

from review_board.cli.run import run
from review_board.tui.launch import SignalWatch
from tests.ending.terminal import PATIENCE, ColdTerminal, Terminal

BOARD = ("-m", "review_board", "--as", "ann", "--file")
SOON = 10.0
"""Seconds: less than anybody waits, more than a busy machine needs."""
DEFECT = """
import sys
from review_board.cli.private_state import report_crash
from review_board.cli.output import tell
from review_board.tui.app import ReviewBoardApp
from review_board.tui.launch import launch

def opener(runner):
    customer = "Secret Customer Ltd"
    raise KeyError("a defect")

sys.exit(launch(ReviewBoardApp(opener), report_crash, tell))
"""


def _home(path: Path) -> dict[str, str]:
    return {"HOME": str(path), "PATH": "/usr/bin:/bin"}


@pytest.fixture
def pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    path = str(tmp_path / "p.json")
    for name in ("Harbor Auto Glass", "Lakeside Dental"):
        assert run(["--as", "ann", "--file", path, "add", name]) == 0
    return path


def names(pipeline: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert run(["--file", pipeline, "list", "--json"]) == 0
    return [p["name"] for p in json.loads(capsys.readouterr().out)["prospects"]]


def written(pipeline: str) -> str:
    """Return what the pipeline's file and its ledger hold now."""
    path = Path(pipeline)
    return "".join(
        file.read_text(errors="replace")
        for file in sorted(path.parent.glob("*p.json*"))
        if file.is_file()
    )


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1]
)
def test_a_signal_ends_it_soon(pipeline: str, tmp_path: Path, number: signal.Signals) -> None:
    kind = ColdTerminal if number is signal.SIGTERM else Terminal
    with kind(*BOARD, pipeline, home=tmp_path) as terminal:
        terminal.wait_for("Harbor")
        assert terminal.send(number) < SOON
        assert terminal.ended() == 128 + number
        assert terminal.restored


def test_what_was_saved_survives_a_kill(
    pipeline: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Terminal(*BOARD, pipeline, home=tmp_path) as terminal:
        terminal.wait_for("Harbor")
        terminal.type("a")
        terminal.wait_for("Add a prospect")
        terminal.type("Pell & Sons")
        terminal.wait_for("Pell & Sons")
        terminal.type("\r")
        terminal.wait_until(lambda: "Pell & Sons" in written(pipeline))
        terminal.send(signal.SIGKILL)
    assert "Pell & Sons" in names(pipeline, capsys)


def test_a_form_that_was_open_is_offered_again(pipeline: str, tmp_path: Path) -> None:
    with Terminal(*BOARD, pipeline, home=tmp_path) as terminal:
        terminal.wait_for("Harbor")
        terminal.type("n")
        terminal.wait_for("Note on")
        terminal.type("half a thought")
        terminal.wait_for("thought")
        terminal.send(signal.SIGHUP)
    with Terminal(*BOARD, pipeline, home=tmp_path) as terminal:
        terminal.wait_for("Kept from last time")
        terminal.type("n")
        terminal.wait_for("half a thought")


def test_what_is_typed_into_a_form_survives_a_kill(pipeline: str, tmp_path: Path) -> None:
    drafts = tmp_path / ".local/state/review-board/drafts"

    def saved() -> str:
        return "".join(path.read_text() for path in drafts.glob("draft-*.json"))

    def holds(text: str) -> bool:
        return text in saved()

    with (
        Terminal(*BOARD, pipeline, home=tmp_path) as terminal,
        Terminal(*BOARD, pipeline, home=tmp_path) as other,
    ):
        for window, text in ((terminal, "half a thought"), (other, "another")):
            window.wait_for("Harbor")
            window.type("a")
            window.wait_for("Add a prospect")
            window.type(text)
            window.wait_until(partial(holds, text))
        other.type("\x1b")
        other.wait_until(lambda: not holds("another"))
        terminal.send(signal.SIGKILL)
        other.type("a")
        other.wait_for("half a thought")
        other.type("\r")
        other.wait_until(lambda: not saved())
    assert not list(drafts.iterdir())


def test_of_two_windows_and_two_names_no_draft_is_lost_or_crossed(
    pipeline: str, tmp_path: Path
) -> None:
    def lost(who: str, text: str) -> None:
        with Terminal("-m", "review_board", "--as", who, "--file", pipeline, home=tmp_path) as one:
            one.wait_for("Harbor")
            one.type("n")
            one.wait_for("Note on")
            one.type(text)
            one.wait_for(text)
            if who == "ann" and text == "first":
                lost("ann", "second")
            one.send(signal.SIGHUP)

    lost("ann", "first")
    lost("boss", "secret")
    offered = []
    for _ in range(2):
        with Terminal(*BOARD, pipeline, home=tmp_path) as terminal:
            terminal.wait_for("Kept from last time")
            terminal.type("n")
            terminal.wait_for("your text from before")
            offered += [text for text in ("first", "second", "secret") if text in terminal.text]
            terminal.type("\x13d")
            terminal.wait_for("Best hour")  # the note is stored, and its draft is gone
    assert sorted(offered) == ["first", "second"]
    with Terminal(*BOARD, pipeline, home=tmp_path) as terminal:
        terminal.wait_for("Harbor")
        terminal.type("n")
        terminal.wait_for("Note on")
        assert "Kept from last time" not in terminal.text


def test_a_paste_with_escape_codes_is_text_and_never_keys_and_quitting_restores_the_terminal(
    pipeline: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ColdTerminal(*BOARD, pipeline, home=tmp_path) as terminal:
        terminal.wait_for("Harbor")
        terminal.type("a")
        terminal.wait_for("Add a prospect")
        terminal.type("\x1b[200~Red\x1b[31mText\nq\x1b[201~")
        terminal.wait_for("[31mText")
        terminal.type("\r")
        terminal.wait_until(lambda: "Red" in written(pipeline))
        terminal.type("q")
        assert terminal.ended() == 0
        assert terminal.restored
    assert any("Red" in name and "Text" in name for name in names(pipeline, capsys))


def test_a_paste_without_marks_is_text_and_never_keys(
    pipeline: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Terminal(*BOARD, pipeline, home=tmp_path) as terminal:
        terminal.wait_for("Harbor")
        terminal.type("they said:\rawful\rKdo not call\r")
        terminal.wait_for("is not taken as keys")
        terminal.type("n")
        terminal.wait_for("Note on")
        terminal.type("they said:\rawful\rKdo not call\r")
        terminal.wait_for("Kdo not call")
        terminal.type("\x13")
        terminal.wait_until(lambda: "Kdo not call" in written(pipeline))
        terminal.type("q")
        assert terminal.ended() == 0
    assert names(pipeline, capsys) == ["Harbor Auto Glass", "Lakeside Dental"]
    assert r"they said:\nawful\nKdo not call" in Path(pipeline).read_text()


def test_a_paste_without_its_end_does_not_make_the_board_deaf(
    pipeline: str, tmp_path: Path
) -> None:
    with Terminal(*BOARD, pipeline, home=tmp_path) as terminal:
        terminal.wait_for("Harbor")
        terminal.type("\x1b[200~half a paste")
        terminal.wait_for("is not taken as keys")
        terminal.type("n")
        terminal.wait_for("Note on")


def test_a_terminal_that_stops_reading_cannot_hold_it(pipeline: str, tmp_path: Path) -> None:
    with Terminal(*BOARD, pipeline, home=tmp_path, size=(200, 60)) as terminal:
        terminal.wait_for("Harbor")
        for _ in range(60):
            terminal.type("?" + "jk" * 20 + "q")
        assert terminal.send(signal.SIGTERM) < SOON
        assert terminal.process.returncode in {143, -15}


def test_a_terminal_that_hangs_up_without_a_signal_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = pty.openpty()
    ended: SimpleQueue[int] = SimpleQueue()
    monkeypatch.setattr(SignalWatch, "give_up", lambda *_: None)
    with os.fdopen(slave) as stdin, monkeypatch.context() as patched:
        patched.setattr(sys, "__stdin__", stdin)
        with SignalWatch(ended.put).watching():
            os.close(master)
            assert ended.get(timeout=PATIENCE) == 129


def test_a_terminal_that_does_not_know_its_size_shows_the_board(
    pipeline: str, tmp_path: Path
) -> None:
    with Terminal(*BOARD, pipeline, home=tmp_path, size=(0, 0)) as terminal:
        terminal.wait_for("Harbor")
        terminal.type("q")
        assert terminal.ended() == 0


def test_a_defect_is_one_line_without_what_customers_told_us(tmp_path: Path) -> None:
    with Terminal("-c", DEFECT, home=tmp_path) as terminal:
        assert terminal.ended() == 1
        assert b"A defect stopped this (KeyError)" in terminal.shown
        assert b"Traceback" not in terminal.shown
        assert b"Secret Customer" not in terminal.shown
        assert terminal.restored
    (log,) = (tmp_path / ".local/state/review-board").glob("crash-*.log")
    assert log.stat().st_mode & 0o777 == 0o600
    assert "Secret Customer" not in log.read_text().replace('customer = "Secret', "")


def test_without_a_terminal_it_ends_at_once_and_says_the_cure(
    pipeline: str, tmp_path: Path
) -> None:
    command = [sys.executable, *BOARD, pipeline]
    listed = f"review-board --file {pipeline} list".encode()
    for more, cure in (
        ([], listed),
        (["review"], listed),
        (["demo"], b""),
    ):
        tried = subprocess.run(
            [*command, *more],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
            env=_home(tmp_path),
        )
        assert tried.returncode == 2
        assert tried.stderr.count(b"\n") == 1
        assert b"needs a terminal" in tried.stderr
        assert cure in tried.stderr


def test_a_dumb_terminal_is_refused(pipeline: str, tmp_path: Path) -> None:
    with Terminal(*BOARD, pipeline, home=tmp_path, TERM="dumb") as terminal:
        assert terminal.ended() == 2
        assert b"TERM=xterm-256color" in terminal.shown


def test_a_bad_file_is_told_on_the_plain_terminal(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"prospects": {"1"')
    with Terminal(*BOARD, str(path), home=tmp_path) as terminal:
        assert terminal.ended() == 1
        assert terminal.restored
        assert b"p.json" in terminal.shown[terminal.shown.rfind(b"\x1b[?1049l") :]
    assert path.read_text() == '{"prospects": {"1"'


def test_review_alone_says_when_nothing_is_due(pipeline: str, tmp_path: Path) -> None:
    with Terminal(*BOARD, pipeline, "review", home=tmp_path) as terminal:
        assert terminal.ended() == 0
        assert b"Nothing to review" in terminal.shown


def test_a_review_of_what_nobody_fits_is_wrong_usage(pipeline: str, tmp_path: Path) -> None:
    for more in (("tag:nowhere",), ("--owner", "nobody")):
        with Terminal(*BOARD, pipeline, "review", *more, home=tmp_path) as terminal:
            assert terminal.ended() == 2
            assert b"No" in terminal.shown[terminal.shown.rfind(b"\x1b[?1049l") :]


def test_a_killed_review_resumes_at_the_same_card(pipeline: str, tmp_path: Path) -> None:
    review = (*BOARD, pipeline, "review", "--all")
    with Terminal(*review, home=tmp_path) as terminal:
        terminal.wait_for("1 of 2 ")
        begun = written(pipeline)
        terminal.type("s")
        terminal.wait_for("2 of 2 ")
        terminal.wait_until(lambda: written(pipeline) != begun)
        terminal.send(signal.SIGKILL)
    with Terminal(*review, home=tmp_path) as terminal:
        terminal.wait_for("2 of 2 ")
        terminal.type("q")
        assert terminal.ended() == 0
