"""The terminal: whether a screen can be opened on it, how wide its lines are, tables on it."""

import os
import shutil
import sys
from functools import partial
from typing import TextIO

from review_board import textlayout
from review_board.cli.ascii_fallback import writable
from review_board.errors import UsageError

SHORT = 20
"""Characters of a line that no terminal is too narrow for."""


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is there, open, and leads to a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def need_terminal(instead: str) -> None:
    """Raise ``UsageError`` unless stdin and stdout are a terminal: without one a screen spins for ever.

    ``instead`` is the command that needs none, if there is one.
    """
    rest = f", or use `{instead}`" if instead else ""
    for name, stream in (("stdin", sys.stdin), ("stdout", sys.stdout)):
        if not is_terminal(stream):
            raise UsageError(
                f"The board needs a terminal, and {name} is none", f"run it in one (ssh -t){rest}"
            )
    kind = os.environ.get("TERM", "")
    if kind in {"", "dumb", "unknown"}:
        raise UsageError(
            f"The board cannot draw on this terminal (TERM={kind})",
            f"set TERM=xterm-256color{rest}",
        )


def width_of_stdout() -> int | None:
    """Return cells in a line of the terminal that reads; ``None`` for a file or a pipe, which has no end."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def broken(text: str, stream: TextIO | None) -> list[str]:
    """Return a line as the lines of the terminal that a stream leads to, broken between words; else as it is.

    A word that is longer than a line stays whole, so that a path can be copied.
    """
    if len(text) < SHORT or not is_terminal(stream):
        return [text]
    return textlayout.hanging(text, shutil.get_terminal_size().columns, whole_words=True)


table = partial(textlayout.table, shown=writable)
"""Yields the lines of :func:`review_board.textlayout.table` in signs that stdout can write."""
