"""A verdict of today that a change by hand sets aside: it stays on record, and that is told."""

from review_board.board.board import Board
from review_board.judgement.verdict_history import moved_since, verdict_of_today, verdict_words
from review_board.pipeline.prospect import Prospect


def set_aside(board: Board, before: Prospect, after: Prospect) -> list[str]:
    """Return what to tell of a verdict of today from which a change moved the card; mostly nothing."""
    ruling = verdict_of_today(before, board.today)
    if ruling is None or moved_since(after, ruling) is None:
        return []
    words = verdict_words(ruling, board.by, board.clock(), board.today, board.settings)
    return [f"{words}; the verdict stays on record, the report tells of the move"]
