"""The crash log: a traceback without the values of variables, readable by its owner alone."""

import os
import time
import traceback
from contextlib import suppress
from pathlib import Path

from review_board.cli.context import APP
from review_board.private_files import make_folder, write_new


def _write_crash_log(error: BaseException) -> Path | None:
    """Write what happened to a new file; gives its path, or ``None`` when that fails too."""
    with suppress(OSError):
        folder = state_folder()
        make_folder(folder)
        path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
        write_new(path, "".join(traceback.format_exception(error)).encode("utf-8", "replace"))
        return path
    return None


def report_crash(error: BaseException) -> str:
    """Write the crash down; gives the one line to tell."""
    path = _write_crash_log(error)
    where = f"the details are in {path}" if path else "its details could not be written"
    return (
        f"review-board: A defect stopped this ({type(error).__name__}); {where}, please report it"
    )


def drafts_folder() -> Path:
    """Return the folder of this user for what was typed and not stored, of every pipeline."""
    return state_folder() / "drafts"


def state_folder() -> Path:
    """Return the folder of this user for what a program keeps between runs."""
    import platformdirs

    return Path(platformdirs.user_state_dir(APP, appauthor=False))
