"""Which pipelines were opened last: a small private file of this user, no setting. Demos are not noted."""

import json
import os
from contextlib import suppress
from pathlib import Path

from review_board.cli.crash import state_folder
from review_board.errors import ReviewBoardError
from review_board.input_files import read_regular
from review_board.private_files import make_folder, replacing, temporary_beside

MOST = 12
LIMIT = 1_000_000
"""Largest file that is read, in bytes."""
DEMO = "review-board-demo-"
"""How the folder of a demo begins."""


def recent_pipelines() -> list[Path]:
    """Return the pipelines, the newest first; none where the file is not there or says nothing."""
    try:
        found = json.loads(read_regular(_file(), LIMIT, ""))
    except (OSError, ValueError, RecursionError, ReviewBoardError):
        return []
    names = found if isinstance(found, list) else []
    return [Path(name) for name in names if isinstance(name, str) and _is_path(name)][:MOST]


def note_opened(path: Path) -> None:
    """Put a pipeline first; where that cannot be written the list stays as it was."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays a link
    if whole.parent.name.startswith(DEMO):
        return
    known = recent_pipelines()
    if known[:1] == [whole]:
        return
    names = [str(whole), *(str(other) for other in known if other != whole)][:MOST]
    file = _file()
    with suppress(OSError):  # nobody waits for it, and the next opening tries again
        make_folder(file.parent)
        with replacing(file, temporary_beside(file), [json.dumps(names).encode()]):
            pass


def _is_path(name: str) -> bool:
    return name.startswith("/") and "\0" not in name


def _file() -> Path:
    return state_folder() / "recent.json"
