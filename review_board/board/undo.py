"""Undo and redo read the ledger: a commit is taken back by a commit that says the opposite."""

from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from review_board.errors import RefusedError
from review_board.store import SESSIONS, Commit, swapped

REACH = 10_000
"""How many commits back undo looks."""
TICK = "review: tick"
"""What a commit is called that only keeps a tick in a list: the history would be full of them."""


def undoable(history: Iterable[Commit], by: str, count: int = 1) -> list[Commit]:
    """The last ``count`` changes of one person that still stand, the newest first."""
    found: list[Commit] = []
    taken_back: set[int] = set()
    for commit in islice(_unbroken(history), REACH):
        if commit.seq in taken_back:
            continue
        if commit.undoes is not None:
            taken_back.add(commit.undoes)
        elif commit.by == by and not is_progress(commit):
            found.append(commit)
            if len(found) == count:
                break
    if not found:
        raise RefusedError(f"Nothing to undo: no change by {by} still stands")
    return found


def redoable(history: Iterable[Commit], by: str) -> Commit:
    """The undo that this person made last and has built nothing new upon."""
    recent = list(islice(takewhile(lambda commit: not commit.gap, history), REACH))
    known = {commit.seq: commit for commit in recent}
    taken_back: set[int] = set()
    for commit in recent:
        if commit.by != by or commit.seq in taken_back or is_progress(commit):
            continue
        if commit.undoes is None:
            break
        undone = known.get(commit.undoes)
        if undone is None or undone.undoes is None:
            return commit
        taken_back.add(undone.seq)
    raise RefusedError("Nothing to redo")


def opposite(commit: Commit, by: str, at: str, via: str) -> Commit:
    """A draft that takes a commit back: after becomes before. A review stays where it is."""
    word = "redo" if commit.undoes is not None else "undo"
    action = commit.action.removeprefix("undo: ") if word == "redo" else commit.action
    return Commit(
        action=f"{word}: {action.removeprefix('redo: ')}",
        by=by,
        at=at,
        via=via,
        docs=tuple(swapped(change) for change in commit.docs if change.table != SESSIONS),
        undoes=commit.seq,
    )


def is_progress(commit: Commit) -> bool:
    """Whether a commit only says how far a review has come: that is no change to take back."""
    return all(change.table == SESSIONS for change in commit.docs)


def named(history: Iterable[Commit], seq: int) -> Commit:
    """The commit with this number, if it still stands."""
    taken_back: set[int] = set()
    for commit in _unbroken(history):
        if commit.seq in taken_back:
            if commit.seq == seq:
                raise RefusedError(f"Change {seq} was taken back already")
            continue
        if commit.undoes is not None:
            taken_back.add(commit.undoes)
        if commit.seq == seq:
            return commit
        if commit.seq < seq:
            break
    raise RefusedError(f"There is no change {seq}", "see review-board history")


def _unbroken(history: Iterable[Commit]) -> Iterator[Commit]:
    """The commits down to where some are missing; what lies beyond is not taken back."""
    for commit in history:
        if commit.gap:
            raise RefusedError(
                f"Undo stops here: {commit.gap}", "`review-board doctor` says what can be done"
            )
        yield commit
