"""Somebody was first: another window of the same person in the same review, or somebody else."""

from collections.abc import Iterable, Mapping

from review_board.board.board import Board
from review_board.board.meanwhile import DecidedMeanwhileError, meanwhile
from review_board.errors import RefusedError, ReviewBoardError
from review_board.review import Session
from review_board.store import SESSIONS, Commit, Document, FieldConflictError


def beaten(
    board: Board, session: Session, error: ReviewBoardError, sent: Mapping[str, Document]
) -> RefusedError | None:
    """Return what to tell when a step was refused because a card was decided or the review went on.

    ``sent`` are the cards of the step as they were known when it was sent.
    """
    if not isinstance(error, FieldConflictError):
        return None
    for prospect_id, known in sent.items():
        if news := meanwhile(board, session, prospect_id, known, others=error.commit):
            return DecidedMeanwhileError(str(known.get("name") or prospect_id), news)
    if (error.table, error.id) == (SESSIONS, session.id):
        return RefusedError(
            "This review went on in another window meanwhile", "nothing was stored from here"
        )
    return None


def touches(session: Session, commits: Iterable[Commit]) -> bool:
    """Whether others' commits changed the session itself: it goes on in another window."""
    return any(
        (change.table, change.id) == (SESSIONS, session.id)
        for commit in commits
        for change in commit.docs
    )
