"""Somebody was first: another window of the same person in the same review, or somebody else."""

from collections.abc import Iterable

from review_board.board.board import Board
from review_board.board.decided import settled_elsewhere
from review_board.board.standing import is_decided
from review_board.errors import ReviewBoardError
from review_board.review import Session
from review_board.store import SESSIONS, Commit, FieldConflictError


def beaten(board: Board, session: Session, error: ReviewBoardError, ids: Iterable[str]) -> str:
    """What to tell when a step was refused because a card is decided or the review went on; else nothing."""
    if not isinstance(error, FieldConflictError):
        return ""
    for prospect_id in ids:
        if is_decided(board, session, prospect_id):
            return _decided(board, prospect_id, "in another window")
        if settled_elsewhere(board.document(prospect_id), session):
            first = error.commit.by if error.commit else board.by
            return _decided(
                board, prospect_id, f"by {first}" if first != board.by else "in another review"
            )
    if (error.table, error.id) == (SESSIONS, session.id):
        return "This review went on in another window meanwhile; nothing was stored from here"
    return ""


def _decided(board: Board, prospect_id: str, where: str) -> str:
    entry = board.entry(prospect_id)
    name = entry.name if entry else prospect_id
    return f"{name} was decided {where} meanwhile; nothing was stored from here"


def touches(session: Session, commits: Iterable[Commit]) -> bool:
    """Whether others' commits changed the session itself: it goes on in another window."""
    return any(
        (change.table, change.id) == (SESSIONS, session.id)
        for commit in commits
        for change in commit.docs
    )
