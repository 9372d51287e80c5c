"""How far work is, in one line of the width that there is; and the wish that it stops."""

import io
import sys
from time import sleep

import pytest

from review_board.cli import progress_line as line
from review_board.progress import Progress, StoppedError


def test_a_bar_fills_its_width_and_says_what_is_done() -> None:
    progress = Progress()
    assert progress.bar(30) == ""
    progress.begin("opening")
    assert progress.bar(30) == "opening …"
    progress.begin("reading rows", 200)
    progress.step(90)
    assert progress.bar(38) == "█████████░░░░░░░░░░░  45% reading rows"
    assert progress.bar(38, "#.") == "#########...........  45% reading rows"
    assert all(len(progress.bar(width)) <= width for width in range(40))


def test_items_are_counted_until_it_is_stopped() -> None:
    progress = Progress()
    items = progress.over([1, 2, 3], "reading", 3)
    assert [next(items), next(items)] == [1, 2]
    progress.stop()
    with pytest.raises(StoppedError, match="nothing was changed"):
        next(items)
    assert progress.done == 2


def test_what_is_on_disk_is_stopped_by_nobody() -> None:
    progress = Progress()
    progress.stop()
    progress.last()
    assert [*progress.over([1, 2], "showing", 2)] == [1, 2]


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_long_command_shows_a_line_and_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "AFTER", 0.0)
    monkeypatch.setattr(line, "AGAIN", 0.001)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    def work() -> None:
        with line.progress_line() as progress:
            progress.begin("replaying", 4)
            progress.step()
            while "25% replaying" not in terminal.getvalue():
                sleep(0.001)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    written = terminal.getvalue()
    assert written.endswith(" \r")
    assert written.rstrip("\r").rpartition("\r")[2].isspace()
    assert "\x1b" not in written
    assert "\n" not in written


def test_a_pipe_gets_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "AFTER", 0.0)
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with line.progress_line() as progress:
        progress.begin("replaying", 4)
    assert pipe.getvalue() == ""
