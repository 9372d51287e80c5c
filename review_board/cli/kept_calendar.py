"""The calendar file on the disk: brought up to date on demand, or after each change."""

import os
from collections.abc import Callable, Set
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from review_board.board.events import Changed, Event
from review_board.errors import ReviewBoardError

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.card_summary import CardSummary
    from review_board.tasks.appointments import Appointment


class KeptCalendar:
    """Notes which prospects changed on a board, and writes their events when it is asked to."""

    def __init__(self, board: "Board", path: Path, *, mine: bool) -> None:
        self._board = board
        self._path = path
        self._mine = mine
        self._touched: set[str] = set()
        self._all = False
        self._failed = False
        board.subscribe(self._note)

    def _note(self, event: Event) -> None:
        if isinstance(event, Changed):
            self._touched |= event.ids
            self._all = self._all or event.everything

    def prepare(self) -> Callable[[], None] | None:
        """Collect what is to be written; gives the function that writes it, perhaps in another thread."""
        from review_board.tasks.appointments import appointments
        from review_board.tasks.lists import collect_tasks

        if not self._touched and not self._all:
            return None
        board = self._board
        whole = self._all or self._failed or not os.path.exists(self._path)  # noqa: PTH110
        touched = frozenset(self._touched)
        self._touched, self._all = set(), False

        def look(prospect_id: str) -> "CardSummary | None":
            wanted = whole or prospect_id in touched
            return board.evaluator.card_summary(prospect_id) if wanted else None

        mine = board.by if self._mine else ""
        found = appointments(collect_tasks(board, mine=mine, look=look))
        now = board.clock()
        return lambda: self._write(found, now, None if whole else touched)

    def _write(self, found: "list[Appointment]", now: datetime, touched: Set[str] | None) -> None:
        """Write the file; what could not be written is made up for with the next change."""
        self._failed = True
        try:
            update_calendar(self._path, found, now, touched)
        except ReviewBoardError as error:
            error.message = f"The calendar file was not brought up to date: {error.message}"
            raise
        self._failed = False


def update_calendar(
    path: Path, found: "list[Appointment]", now: datetime, touched: Set[str] | None = None
) -> bool:
    """Bring a calendar file up to date, or begin it; return whether it is another now.

    Only events of the ``touched`` prospects are compared, when they are given. Raises
    ``ReviewBoardError`` for what is no calendar of ours, or cannot be read or written.
    """
    from review_board.exchange.write_files import rewrite_file
    from review_board.tasks.appointments import LARGEST, calendar_text

    change = partial(calendar_text, found, now=now, touched=touched)
    return rewrite_file(path, change, LARGEST)
