"""The folder of this user for what a program keeps between runs: small private files, crash logs, drafts."""

import json
import os
import time
import traceback
from contextlib import suppress
from pathlib import Path

from review_board.cli.command_table import APP
from review_board.errors import ReviewBoardError
from review_board.input_files import read_regular
from review_board.private_files import make_folder, replacing, temporary_beside, write_new

LIMIT = 1_000_000
"""Largest file that is read, in bytes."""


def drafts_folder() -> Path:
    """Return the folder of this user for what was typed and not stored, of every pipeline."""
    return state_folder() / "drafts"


def state_folder() -> Path:
    """Return the folder of this user for what a program keeps between runs."""
    import platformdirs

    return Path(platformdirs.user_state_dir(APP, appauthor=False))


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


# The pipelines that were opened last; demos are not noted

MOST = 12
RECENT = "recent"
DEMO = "review-board-demo-"
"""How the folder of a demo begins."""


def recent_pipelines() -> list[Path]:
    """Return the pipelines, the newest first; none where the file is not there or says nothing."""
    found = remembered(RECENT)
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    return [Path(name) for name in names if name.startswith("/") and "\0" not in name][:MOST]


def note_opened(path: Path) -> None:
    """Put a pipeline first; where that cannot be written the list stays as it was."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays a link
    if whole.parent.name.startswith(DEMO):
        return
    known = recent_pipelines()
    if known[:1] == [whole]:
        return
    names = [str(whole), *(str(other) for other in known if other != whole)][:MOST]
    remember(RECENT, names)


# A crash log has the traceback without the values of variables


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
