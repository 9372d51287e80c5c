"""Which cards of a session are still to be shown and to be decided, as the records stand now."""

from review_board.board.board import Board
from review_board.board.decided import names_session, settled_elsewhere
from review_board.review import Session


def is_decided(board: Board, session: Session, prospect_id: str) -> bool:
    """Whether the session gave a verdict on it."""
    return names_session(board.document(prospect_id), "verdicts", session.id)


def stands(board: Board, session: Session, prospect_id: str) -> bool:
    """Whether a card can be shown: not undone, won, spoilt, settled by others or gone with the list."""
    entry = board.entry(prospect_id)
    if entry is None or entry.won:
        return False
    if board.assessor.glance(prospect_id, board.today).spoilt:
        return False
    decided = is_decided(board, session, prospect_id)
    if not decided and settled_elsewhere(board.document(prospect_id), session):
        return False
    return not (decided and prospect_id in session.sure)


def waits(board: Board, session: Session, prospect_id: str) -> bool:
    """Whether a card can still be decided in the session."""
    return stands(board, session, prospect_id) and not is_decided(board, session, prospect_id)
