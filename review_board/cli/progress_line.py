"""How far a long command is: one line on stderr, only on a terminal and only when it takes a while."""

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from review_board.cli.ascii_fallback import is_unicode
from review_board.cli.terminal import is_terminal
from review_board.progress import Progress

AFTER = 1.0
"""Seconds before it is shown."""
AGAIN = 0.2
WIDEST = 78


@contextmanager
def progress_line() -> Iterator[Progress]:
    """Give what to count in; the line is gone again when the block ends, also by ctrl+c."""
    progress = Progress()
    if not is_terminal(sys.stderr):
        yield progress
        return
    ended = threading.Event()
    shown = threading.Thread(target=_show, args=(progress, ended), daemon=True)
    shown.start()
    try:
        yield progress
    finally:
        ended.set()
        shown.join()


def _show(progress: Progress, ended: threading.Event) -> None:
    width = min(WIDEST, shutil.get_terminal_size().columns - 1)
    marks = "█░" if is_unicode(sys.stderr.encoding or "utf-8") else "#."
    if ended.wait(AFTER):
        return
    with suppress(OSError, ValueError):  # the terminal may go away meanwhile: then nobody reads it
        while not ended.wait(AGAIN):
            _write(progress.bar(width, marks).ljust(width))
        _write(" " * width)
        _write("")


def _write(text: str) -> None:
    sys.stderr.write(f"\r{text}")
    sys.stderr.flush()
