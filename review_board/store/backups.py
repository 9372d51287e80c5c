"""Dated backups of the data file: before the first change of a day, and before every import.

A backup is a second name of the data file, which is never written in place; where the file system
has no hard links it is a copy. That of a large file's day may lack its last changes, which are in
the ledger: bringing the file up to date would hold up the first change of the day for seconds. A
backup is named after the day on which it was made, also when a change pretends another day:
rehearsing a month must not push out the backups of the last two weeks.
"""

import os
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path

from review_board import private_files
from review_board.store import files
from review_board.store.paths import PipelinePaths
from review_board.store.protocol import IMPORT, Commit

KEPT = 14
"""How many backups stay of each kind, the newest."""


def due_before(
    paths: PipelinePaths, draft: Commit, today: date, history: Iterator[Commit]
) -> Path | None:
    """Return the name of the backup to make before this change, or ``None`` when none is due.

    ``history`` (the newest first) is only looked at while ``today`` has no backup.
    """
    if draft.via == IMPORT:
        names = (paths.dated_backup(today, number) for number in count(1))
        return next(name for name in names if not os.path.lexists(name))
    name = paths.dated_backup(today)
    if os.path.lexists(name):
        return None
    last = next(history, None)
    return None if last is not None and _day(last) == _day(draft) else name


def make(paths: PipelinePaths, name: Path) -> None:
    """Keep the data file as it is now under this name, and remove the oldest others of its kind.

    Nothing is done where there is no file, or a backup of this name already. The others go, since
    a clock that was set back makes this one look the oldest. One of its kind that is the same file
    will do: an import that fails and is tried again must push none out.
    """
    with files.explain_errors(name, "written"):
        is_import = _is_import(paths, name)
        others = (path for path in newest_first(paths) if path != name)
        kind = [path for path in others if _is_import(paths, path) == is_import]
        now = files.signature(paths.data)
        is_same = is_import and any(files.signature(path) == now for path in kind)
        if now is None or is_same or os.path.lexists(name):
            return
        files.keep_as(paths.data, name, paths.temporary(), private_files.private_mode(paths.folder))
        private_files.sync_folder(paths.folder)
        for old in kind[KEPT - 1 :]:
            private_files.remove(old)


def newest_first(paths: PipelinePaths) -> list[Path]:
    """Return all dated backups; of one day, those before its imports come after it."""
    dated = [path for path in paths.folder.iterdir() if paths.backup_order(path.name)]
    return sorted(dated, key=lambda path: paths.backup_order(path.name) or (), reverse=True)


def _is_import(paths: PipelinePaths, path: Path) -> bool:
    order = paths.backup_order(path.name)
    return order is not None and order[1] > 0


def _day(commit: Commit) -> date:
    return datetime.fromisoformat(commit.at).astimezone().date()
