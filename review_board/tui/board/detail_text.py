"""What the pane beside the board says of a prospect: the page in short, as many lines as fit, or all."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from review_board.errors import ReviewBoardError
from review_board.judgement.event_text import events_of
from review_board.tui.prospect.facts import argument_blocks, head_parts, people_block
from review_board.tui.prospect.timeline import last_events, timeline_text
from review_board.tui.textfit import plain

if TYPE_CHECKING:
    from review_board.board.board import Board

FEWEST, MOST = 3, 8
"""Entries of the timeline: at least, however long the rest is, and at most."""
MORE = "… more on its page"


def detail_lines(board: "Board", prospect_id: str, width: int, height: int | None) -> list[Content]:
    """Return at most ``height`` lines of a width, or everything; a record that cannot be read says why."""
    try:
        lines = _whole(board, prospect_id, width, height)
    except ReviewBoardError as error:
        lines = [Content(plain(str(error)))]
    if height is not None and len(lines) > height:
        lines = [*lines[: height - 1], Content.styled(MORE, "$quiet")]
    return [line.truncate(width, ellipsis=True) for line in lines]


def _whole(board: "Board", prospect_id: str, width: int, height: int | None) -> list[Content]:
    """Return all lines; where they are too many the weightier reasons alone."""
    lines: list[Content] = []
    for most in (None, 2, 1):
        blocks = _blocks(board, prospect_id, (width, height), most)
        lines = [line for block in blocks if block for line in [*block, Content()]][:-1]
        if height is None or len(lines) <= height:
            break
    return lines


def _blocks(
    board: "Board", prospect_id: str, size: tuple[int, int | None], most: int | None
) -> list[list[Content]]:
    """Return the blocks in their order; the entries take the lines that the others leave."""
    width, height = size
    prospect = board.prospect(prospect_id)
    before = [
        _flowing(head_parts(prospect, column=False), width),
        *argument_blocks(board, prospect_id, width, most=most),
    ]
    people = people_block(board, prospect_id, width)[1:]
    events = events_of(prospect, board.today, board.settings)
    if height is None:
        return [*before, timeline_text(events, width).content.split("\n"), people]
    taken = sum(len(block) + 1 for block in [*before, people] if block)
    room = max(FEWEST, min(MOST, height - taken))
    return [*before, last_events(events, width, room), people]


def _flowing(parts: Iterable[Content], width: int) -> list[Content]:
    """Return the parts side by side, in as many lines as they need."""
    lines: list[Content] = []
    for part in parts:
        part = part.truncate(width, ellipsis=True)  # noqa: PLW2901 - a long name is cut
        if lines and lines[-1].cell_length + 2 + part.cell_length <= width:
            lines[-1] = lines[-1] + "  " + part
        else:
            lines.append(part)
    return lines
