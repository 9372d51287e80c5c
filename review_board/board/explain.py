"""What the record says of a prospect, in lines: the argument, or that there is nothing to decide."""

from collections.abc import Iterable

from review_board.board.board import Board
from review_board.judgement.argument_text import (
    PlainArgument,
    argument_lines,
    plain_argument,
    resting_lines,
    won_lines,
)
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.event_text import TimelineEvent
from review_board.judgement.record_text import PageLine, page_of


def page(
    board: Board, prospect_id: str, width: int, changed: Iterable[TimelineEvent] = ()
) -> list[PageLine]:
    """Return the page of a prospect: the lines of contact in a width, the argument, the record.

    ``changed`` is what the ledger tells of it.
    """
    lines = contact_lines(board.evidence(prospect_id), width).rows()
    said = argument(board, prospect_id)
    record = page_of(board.prospect(prospect_id), board.today, said, board.settings, changed)
    return [*map(PageLine, lines), PageLine(""), *record]


def in_plain_words(board: Board, prospect_id: str) -> PlainArgument:
    """Return the argument for what is still to be decided, in the seller's words."""
    return plain_argument(board.evidence(prospect_id), board.recommendation(prospect_id))


def settled_lines(board: Board, prospect_id: str) -> list[str]:
    """Return what stands in place of an advice: that it was won, or dropped and is left alone."""
    prospect = board.prospect(prospect_id)
    if prospect.won:
        return won_lines(prospect.won, board.today)
    return resting_lines(board.evidence(prospect_id), board.recommendation(prospect_id))


def argument(board: Board, prospect_id: str, *, with_rules: bool = False) -> list[str]:
    """Return the whole argument; of what is settled only that it is.

    ``with_rules`` say of one that was dropped as well what would hold if it were taken up again.
    """
    prospect, settled = board.prospect(prospect_id), settled_lines(board, prospect_id)
    if settled and (prospect.won or not with_rules):
        return settled
    before = [*settled, "", "If it were taken up again:"] if settled else []
    made, said = board.recommendation(prospect_id), in_plain_words(board, prospect_id)
    return [*before, *argument_lines(made, said, prospect.column, with_rules=with_rules)]
