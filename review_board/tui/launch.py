"""Runs the app on a real terminal and gives back the exit status, whatever ends it."""

import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from review_board.errors import ReviewBoardError, UsageError
from review_board.tui.pasting import make_pastes_safe
from review_board.tui.signal_watch import SIGNALLED, SignalWatch

if TYPE_CHECKING:
    from review_board.tui.app import ReviewBoardApp

Report = Callable[[BaseException], str]
"""Writes a crash down where only its owner reads it; gives the one line to tell."""

GONE = SIGNALLED + 1
"""The status when the terminal went away without a word: as if it had hung up."""


def launch(app: "ReviewBoardApp", report: Report, tell: Callable[[str], None]) -> int:
    """Run the app. An unforeseen error is reported in one line; the terminal is always restored.

    ``tell`` shows a line on the plain terminal once the app is gone.
    """
    make_pastes_safe()
    ending = SignalWatch(app.end_soon)
    threading.excepthook = lambda args: _thread_failed(app, args.exc_value)
    with ending.watching():
        result = app.run()
        _settle(app, tell)
    if app.crash is not None and ending.status is None:
        tell(report(app.crash))
        return 1
    if app.problem is not None:
        tell(f"review-board: {app.problem}")
        return 2 if isinstance(app.problem, UsageError) else 1
    if app.last_words:
        tell(app.last_words)
    return ending.status if ending.status is not None else result or 0


def _settle(app: "ReviewBoardApp", tell: Callable[[str], None]) -> None:
    """Let what is under way reach the disk, after an end that could not wait for it."""
    board = app.board
    if board is None:
        return
    try:
        board.close()
    except ReviewBoardError as error:
        tell(f"review-board: {error}")


def _thread_failed(app: "ReviewBoardApp", error: BaseException | None) -> None:
    """End after a helper thread failed: without a terminal there is nobody to show anything to."""
    if isinstance(error, OSError) and not terminal_is_there():
        app.end_soon(GONE)
    elif isinstance(error, Exception):
        app.call_from_outside(lambda: app.crashed(error))


def terminal_is_there() -> bool:
    """Return whether somebody can still see and type."""
    try:
        return os.isatty(sys.__stdin__.fileno()) if sys.__stdin__ else False
    except (OSError, ValueError):
        return False
