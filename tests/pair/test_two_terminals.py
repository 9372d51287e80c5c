"""Two real terminals on one file: what both show, one of them killed, and the verdict all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGKILL

import pytest

from review_board.cli.run import run
from review_board.store.file_store import FileStore
from tests.ending.terminal import Terminal

SIZE = (100, 30)
WIDE = (200, 24)
"""Room for a command with the longest path in one line."""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    path = str(tmp_path / "p.json")
    assert run(["--as", "ann", "--file", path, "add", "Harbor Auto Glass"]) == 0
    return path


@contextmanager
def sitting(path: str, by: str, *arguments: str) -> Iterator[Terminal]:
    home = Path(path).parent
    command = ("-m", "review_board", "--as", by, "--file", path, "pair", *arguments)
    with Terminal(*command, home=home, size=SIZE) as terminal:
        terminal.wait_for("until both have voted")
        yield terminal


KEEP = (
    ("K", "the dated next step"),
    ("call them", ": call them"),
    ("\r", "How sure"),
    ("\r", "voted ✓"),
)
DROP = (("D", "why?"), ("e", "drop it, because"), ("\r", "How sure"))


def test_a_split_a_kill_and_the_verdict_of_both(path: str) -> None:
    with sitting(path, "ann", "start", "--all") as ann:
        with sitting(path, "raj", "join", "--role", "manager") as raj:
            ann.press(*KEEP)
            raj.wait_for("voted ✓")
            raj.press(*DROP)
            raj.type("\r")
            for one in (ann, raj):
                one.wait_for("why to keep it")
            with again(path, "at another terminal") as second:
                second.type("\x1b")
                assert second.ended() == 1
            raj.send(SIGKILL)
        with again(path, "Split") as raj:  # at once: the process that was there has ended
            raj.wait_for("PURGE")
            ann.press_until("\r", "would you start with them")
            ann.press(("\r", "What was said: no need"), ("y", "▸ y"), ("\r", "is decided"))
            raj.wait_for("ann ends the review")
            ann.press_until("\r", "Decided  ")
            raj.wait_for("Decided  ")
            raj.press(("q", "Filter"))  # from the report to the board
            raj.type("q")
            assert raj.ended() == 0
    store = FileStore(path)
    store.load()
    (document,) = store.tables["prospects"].values()
    (verdict,) = document["verdicts"]
    assert verdict["pair"]["settled"] == "conceded"
    assert [vote["by"] for vote in verdict["pair"]["first"]] == ["ann", "raj"]


@contextmanager
def again(path: str, seen: str) -> Iterator[Terminal]:
    """Raj joins once more; what he sees first."""
    command = ("-m", "review_board", "--as", "raj", "--file", path, "pair", "join")
    with Terminal(*command, home=Path(path).parent, size=SIZE) as terminal:
        terminal.wait_for(seen)
        yield terminal


def test_what_cannot_be_joined_or_started_is_said_plainly(path: str) -> None:
    home = Path(path).parent
    begin = ("-m", "review_board", "--file", path)
    with Terminal(*begin, "pair", "join", home=home, size=WIDE) as terminal:
        terminal.wait_for("No pair review is going on; run review-board --file")
        terminal.wait_for("pair start")
        assert terminal.ended() == 1
    with sitting(path, "ann", "start", "--all"):
        with Terminal(*begin, "--as", "eve", "pair", "start", home=home, size=WIDE) as terminal:
            terminal.wait_for("run review-board --file")
            terminal.wait_for("pair join")
            assert terminal.ended() == 1
        with Terminal(*begin, "--as", "eve", "pair", "join", "--role", "rep", home=home) as taken:
            taken.wait_for("ann is the rep of this review")
            assert taken.ended() == 1


def test_two_at_one_terminal_are_asked_for_by_options_that_fit(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in (["--with", "raj"], ["--hot-seat", "--plan"], ["--hot-seat", "--json"]):
        assert run(["--file", path, "review", *options]) == 2
        assert "--hot-seat" in capsys.readouterr().err


def test_two_at_one_terminal_sign_and_are_told_when_to_hand_over(path: str) -> None:
    command = ("-m", "review_board", "--as", "ann", "--file", path, "review", "--all")
    home = Path(path).parent
    with Terminal(*command, "--hot-seat", "--with", "raj", home=home, size=SIZE) as both:
        both.wait_for("By which name does the manager sign?")
        both.press(("\r", "ann votes"), ("K", "Why"))
        both.press(("call", "••••"), ("\r", "when raj sits here"), (" ", "raj votes"))
        both.press(("D", "Why"), ("e", "•"), ("\r", "why to keep it"))
        both.type("q")
        assert both.ended() == 0
