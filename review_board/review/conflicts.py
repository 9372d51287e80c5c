"""Somebody was first: another window of the same person in the same review, or somebody else."""

from collections.abc import Iterable, Mapping

from review_board.board.board import Board
from review_board.errors import RefusedError, ReviewBoardError
from review_board.review.changed_meanwhile import DecidedMeanwhileError, meanwhile
from review_board.review.session import Session
from review_board.store.conflicts import FieldConflictError
from review_board.store.protocol import PROSPECTS, SESSIONS, Commit, Document


def refused_by_others(
    board: Board, session: Session, error: ReviewBoardError, sent: Mapping[str, Document]
) -> RefusedError | None:
    """Return what to tell when a step was refused because a card was decided or the review went on.

    ``sent`` are the cards of the step as they were known when it was sent. What is told is about the
    record on which the step was refused.
    """
    if not isinstance(error, FieldConflictError):
        return None
    if (error.table, error.id) == (SESSIONS, session.id):
        return RefusedError(
            "This review went on in another window meanwhile", "nothing was stored from here"
        )
    known = sent.get(error.id) if error.table == PROSPECTS else None
    if known and (news := meanwhile(board, session, error.id, known, others=error.commit)):
        return DecidedMeanwhileError(str(known.get("name") or error.id), news)
    return None


def changes_session(session: Session, commits: Iterable[Commit]) -> bool:
    """Whether others' commits changed the session itself: it goes on in another window."""
    return any(
        (change.table, change.id) == (SESSIONS, session.id)
        for commit in commits
        for change in commit.docs
    )
