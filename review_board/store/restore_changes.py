"""Making changes again that are in no file: the pipeline went on from an older copy of its file."""

import os
from dataclasses import replace

from review_board.errors import BadFileError, ConflictError
from review_board.store.doctor import Problem
from review_board.store.file_store import FileStore


def restore_changes(path: str | os.PathLike[str], *, at: str) -> list[Problem]:
    """Commit changes that are in no file again at the moment ``at``, as far as nobody changed the same since.

    The pipeline went on from an older copy of its file. Returns what was done; nothing while the file
    itself has to be restored first.
    """
    store, done = FileStore(path), []
    try:
        store.load()
    except BadFileError:
        return []
    for commit in store.left_out() if store.is_joined else ():
        action = f"restored: {commit.action}"
        draft = replace(commit, action=action, at=at, undoes=None, restores=commit.seq)
        try:
            store.commit(draft)
            done.append(Problem("good", f"change {commit.seq}", f"made again: {commit.action}"))
        except ConflictError as error:
            what = f"not made again ({commit.action}): {error.message}"
            done.append(Problem("odd", f"change {commit.seq}", what))
    store.close()
    return done
