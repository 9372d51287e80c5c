"""Small private files in which this user's programs remember something that is no setting."""

import json
from contextlib import suppress

from review_board.cli.crash import state_folder
from review_board.errors import ReviewBoardError
from review_board.input_files import read_regular
from review_board.private_files import make_folder, replacing, temporary_beside

LIMIT = 1_000_000
"""Largest file that is read, in bytes."""


def remembered(name: str) -> object:
    """Return what is remembered under a name; ``None`` where the file is not there or says nothing."""
    try:
        found: object = json.loads(read_regular(state_folder() / f"{name}.json", LIMIT, ""))
    except (OSError, ValueError, RecursionError, ReviewBoardError):
        return None
    return found


def remember(name: str, value: object) -> None:
    """Remember a value under a name; where that cannot be written what was remembered stays."""
    file = state_folder() / f"{name}.json"
    with suppress(OSError):  # nobody waits for it, and the next time tries again
        make_folder(file.parent)
        with replacing(file, temporary_beside(file), [json.dumps(value).encode()]):
            pass
