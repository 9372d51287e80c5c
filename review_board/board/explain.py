"""What the record says of a prospect, in lines: the argument, or that there is nothing to decide."""

from review_board.board.board import Board
from review_board.judgement.argument_text import PlainArgument, argument_lines, plain_argument
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.explanation import (
    dropped_lines,
    explain_lines,
    resting_lines,
    won_lines,
)
from review_board.judgement.record_text import PageLine, page_of
from review_board.judgement.whom_to_call import way_to_reach


def page(board: Board, prospect_id: str, width: int) -> list[PageLine]:
    """Return the page of a prospect: the lines of contact in a width, the argument, the record."""
    lines = contact_lines(board.evidence(prospect_id), width).rows()
    prospect = board.prospect(prospect_id)
    said = settled_lines(board, prospect_id)
    if not said:
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


def settled_lines(board: Board, prospect_id: str) -> list[str]:
    """Return what stands in place of an advice: that it was won, or dropped and is left alone."""
    prospect = board.prospect(prospect_id)
    if prospect.won:
        return won_lines(prospect.won, board.today)
    return resting_lines(board.evidence(prospect_id), board.recommendation(prospect_id))


def argument(board: Board, prospect_id: str, *, with_rules: bool = False) -> list[str]:
    """Return the whole argument; of a sale that was won, that it was, and how it is reopened.

    What was dropped is said to be so first.
    """
    if (won := board.prospect(prospect_id).won) is not None:
        return won_lines(won, board.today)
    made = board.recommendation(prospect_id)
    said = dropped_lines(board.evidence(prospect_id), made)
    calendar = board.settings.calendar
    return [*said, *explain_lines(made, board.today, calendar, with_rules=with_rules)]
