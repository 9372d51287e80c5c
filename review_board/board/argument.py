"""What the record says of a prospect, in lines: the argument, or that there is nothing to decide."""

from review_board.board.board import Board
from review_board.judgement import explain_lines, won_lines


def argument(board: Board, prospect_id: str) -> list[str]:
    """Return the whole argument; of a sale that was won, that it was, and how it is reopened."""
    prospect, today = board.prospect(prospect_id), board.today
    if prospect.won:
        return won_lines(prospect.won, today)
    return explain_lines(board.recommendation(prospect_id), today, board.settings.calendar)
