"""Whether a screen can be opened here: without a terminal one would spin for ever."""

import os
import sys

from review_board.errors import UsageError


def need_terminal(instead: str) -> None:
    """Raise ``UsageError`` unless stdin and stdout are a terminal that can be drawn on."""
    for name, stream in (("stdin", sys.stdin), ("stdout", sys.stdout)):
        try:
            there = stream is not None and stream.isatty()
        except ValueError:
            there = False
        if not there:
            raise UsageError(
                f"The board needs a terminal, and {name} is none",
                f"run it in one (ssh -t), or use `{instead}`",
            )
    kind = os.environ.get("TERM", "")
    if kind in {"", "dumb", "unknown"}:
        raise UsageError(
            f"The board cannot draw on this terminal (TERM={kind})",
            f"set TERM=xterm-256color, or use `{instead}`",
        )
