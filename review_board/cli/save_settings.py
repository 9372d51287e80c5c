"""Writing into the settings file: whole or not at all, and never over what somebody else wrote."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

from review_board.errors import SettingsError
from review_board.settings.saved_views import SavedView


def save_view(path: Path, view: SavedView) -> None:
    """Append the view to the settings file."""
    from review_board.settings.edit_text import with_view

    _rewrite(path, lambda content: with_view(content, view, str(path)))


def save_setting(path: Path, key: str, value: str) -> None:
    """Set one setting in the settings file; its comments and all other lines stay."""
    from review_board.settings.edit_text import with_setting

    _rewrite(path, lambda content: with_setting(content, key, value, str(path)))


def _rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change the content of the settings file, which need not exist.

    A link is kept: the file that it names is written. Raises ``ReviewBoardError``; then the file is
    as it was.
    """
    from review_board.private_files import make_folder
    from review_board.store.files import explain_errors, read_whole, signature

    target = Path(os.path.realpath(path))
    with explain_errors(target, "written"):
        make_folder(target.parent)
        before = signature(target)
        content, mode = b"", 0o600
        if before:
            content, before = read_whole(target)
            mode = stat.S_IMODE(target.stat().st_mode)
    made = change(content)
    with explain_errors(target, "written"):
        _replace(target, made, mode, before)


def _replace(target: Path, content: bytes, mode: int, before: object) -> None:
    from review_board.private_files import replacing, temporary_beside
    from review_board.store.files import signature

    with replacing(target, temporary_beside(target), (content,), mode):
        if signature(target) != before:
            raise SettingsError(f"{target} was changed at this moment", "try again")
