"""Which pipelines were opened last: a small private file of this user, no setting. Demos are not noted."""

import os
from pathlib import Path

from review_board.cli.private_state import remember, remembered

MOST = 12
RECENT = "recent"
DEMO = "review-board-demo-"
"""How the folder of a demo begins."""


def recent_pipelines() -> list[Path]:
    """Return the pipelines, the newest first; none where the file is not there or says nothing."""
    found = remembered(RECENT)
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
    remember(RECENT, names)


def _is_path(name: str) -> bool:
    return name.startswith("/") and "\0" not in name
