"""What the record says of a prospect, in lines: the argument, or that there is nothing to decide."""

from review_board.board.board import Board
from review_board.judgement.argument_text import PlainArgument, argument_lines, plain_argument
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.explanation import dropped_lines, explain_lines, won_lines
from review_board.judgement.record_text import PageLine, page_of
from review_board.judgement.whom_to_call import way_to_reach


def page(board: Board, prospect_id: str, width: int) -> list[PageLine]:
    """Return the page of a prospect: the lines of contact in a width, the argument, the record."""
    lines = contact_lines(board.evidence(prospect_id), width).rows()
    prospect = board.prospect(prospect_id)
    said = before_argument(board, prospect_id)
    if not prospect.won:
        made, brief = board.recommendation(prospect_id), in_plain_words(board, prospect_id)
        said += argument_lines(made, brief, prospect.column)
    record = page_of(prospect, board.today, said, board.settings)
    return [*map(PageLine, lines), PageLine(""), *record]


def in_plain_words(board: Board, prospect_id: str) -> PlainArgument:
    """Return the argument for what is still to be decided, in the seller's words."""
    evidence, made = board.evidence(prospect_id), board.recommendation(prospect_id)
    reach = way_to_reach(evidence, made.finding)
    answers = board.prospect(prospect_id).answers
    return plain_argument(made, reach, answers, board.today, board.settings.calendar)


def before_argument(board: Board, prospect_id: str) -> list[str]:
    """Return what is said before the argument: that it was won, or when and why it was dropped."""
    prospect = board.prospect(prospect_id)
    if prospect.won:
        return won_lines(prospect.won, board.today)
    return dropped_lines(board.evidence(prospect_id), board.recommendation(prospect_id))


def argument(board: Board, prospect_id: str) -> list[str]:
    """Return the whole argument; of a sale that was won, that it was, and how it is reopened.

    What was dropped is said to be so first.
    """
    said = before_argument(board, prospect_id)
    if board.prospect(prospect_id).won:
        return said
    made = board.recommendation(prospect_id)
    return [*said, *explain_lines(made, board.today, board.settings.calendar)]
