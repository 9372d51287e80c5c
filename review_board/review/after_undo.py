"""Where a review stands after an undo: at the card that it changed, or at the list of sure purges."""

from collections.abc import Iterable

from review_board.review import session as sessions
from review_board.review.session import Session
from review_board.store.protocol import SESSIONS, Commit

DECIDED = ("verdicts", "snoozes")
"""The records that settle a card in a session: one taken back opens the card again."""


def after_undo(session: Session, commit: Commit, history: Iterable[Commit]) -> Session:
    """Return the session at the first card that the undo changed, or at the list when it was purged there.

    A session that was over goes on.
    """
    changed = [d.id for d in commit.docs if d.id in session.queue]
    if not changed:
        return session
    session = sessions.reopen(session)
    if commit.undoes is not None and _passed_the_list(session, commit.undoes, history):
        return sessions.list_again(session)
    return sessions.go_to(session, min(session.queue.index(i) for i in changed))


def after_undo_at_the_list(session: Session, commit: Commit) -> Session:
    """Return the session still at the list. A card before it that is open again comes once more behind it."""
    for change in commit.docs:
        if change.id in session.sure:
            place = session.queue.index(change.id)
            session = sessions.go_to(session, min(session.place, place))
        elif change.id in session.queue[: session.place] and change.touches(DECIDED):
            session = sessions.behind_the_list(session, change.id)
    return session


def _passed_the_list(session: Session, seq: int, history: Iterable[Commit]) -> bool:
    """Return whether this commit is the one that purged what was ticked in the list."""
    commit = next((c for c in history if c.seq <= seq), None)
    return commit is not None and any(
        change.table == SESSIONS and change.id == session.id and change.after.get("listed") is True
        for change in (commit.docs if commit.seq == seq else ())
    )
