"""What the record says of a prospect, in lines: the argument, or that there is nothing to decide."""

from review_board.board.board import Board
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.explanation import dropped_lines, explain_lines, won_lines
from review_board.judgement.record_text import PageLine, page_of


def page(board: Board, prospect_id: str, width: int) -> list[PageLine]:
    """Return the page of a prospect: the lines of contact in a width, the argument, the record."""
    lines = contact_lines(board.evidence(prospect_id), width).rows()
    said = argument(board, prospect_id)
    record = page_of(board.prospect(prospect_id), board.today, said, board.settings)
    return [*map(PageLine, lines), PageLine(""), *record]


def argument(board: Board, prospect_id: str) -> list[str]:
    """Return the whole argument; of a sale that was won, that it was, and how it is reopened.

    What was dropped is said to be so first.
    """
    prospect, today = board.prospect(prospect_id), board.today
    if prospect.won:
        return won_lines(prospect.won, today)
    made = board.recommendation(prospect_id)
    lines = explain_lines(made, today, board.settings.calendar)
    return [*dropped_lines(board.evidence(prospect_id), made), *lines]
