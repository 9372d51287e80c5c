"""The entry point of ``review-board``, ``rb`` and ``python -m review_board``."""

import gc
import os
import sys
import threading
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn


def main() -> None:
    """Run the command line on this process's arguments, and end with its exit status."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # or it reads every package's data
    gc.disable()  # a command ends before there is garbage worth collecting; the board turns it on
    from review_board.cli.ascii_fallback import IN_LINES

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=IN_LINES)
    from review_board.cli.run import run

    _leave(run([_typed(argument) for argument in sys.argv[1:]]))


def _leave(status: int) -> NoReturn:
    """End the process. Freeing a large pipeline first would take longer than the command itself."""
    if threading.active_count() > 1:  # something is still at work: Python waits for it
        sys.exit(status)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.flush()
    os._exit(status)


def _typed(argument: str) -> str:
    """Return an argument; bytes that the locale could not read are taken for UTF-8."""
    if not any("\udc80" <= character <= "\udcff" for character in argument):
        return argument
    return os.fsencode(argument).decode("utf-8", "replace")


if __name__ == "__main__":
    main()
