"""Evidence for every card, computed in slices of a few milliseconds while nobody types.

A card on the screen gets its evidence when it is drawn; this is for all the others, so that what
needs the whole board (how many we owe something) is known without anybody waiting for it.
"""

import gc
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.card_summary import CardSummary

SLICE = 0.006
"""Seconds of one slice: a key pressed meanwhile waits no longer than that."""

FROZEN_AFTER = 2_000
"""Summaries after which they are put where the garbage collector does not look: walking those of a large
pipeline again and again would hold up keys for a fifth of a second."""

AT_ONCE = 20
"""Prospects that a list looks at on the spot; the rest comes in slices."""


class SummaryQueue:
    """What is still to be looked at: whatever the evaluator does not know, for whichever reason."""

    def __init__(self, board: "Board") -> None:
        self._board = board
        self._rest: deque[str] = deque()
        self._fresh = 0

    @property
    def done(self) -> bool:
        """Return whether every prospect has been looked at, and nothing of it was forgotten since."""
        board = self._board
        return len(board.evaluator.known_card_summaries()) >= len(board.index.entries)

    def work(self) -> None:
        """Work out one slice."""
        board = self._board
        end = perf_counter() + SLICE
        if not self._rest:
            known = board.evaluator.known_card_summaries()
            self._rest.extend(i for i in board.index.entries if i not in known)
        while self._rest and perf_counter() < end:
            prospect_id = self._rest.popleft()
            if board.entry(prospect_id) is not None:
                board.evaluator.card_summary(prospect_id)
                self._fresh += 1
        if self._fresh >= FROZEN_AFTER:
            self._fresh = 0
            gc.freeze()


def quick_lookup(
    board: "Board", missed: Callable[[], object] = lambda: None
) -> "Callable[[str], CardSummary | None]":
    """Return a lookup that gives what is known, works out a few of the rest, and tells which it ``missed``.

    After a change only a few are unknown, and these must not vanish from a list for a moment.
    """
    left, evaluator = AT_ONCE, board.evaluator

    def look(prospect_id: str) -> "CardSummary | None":
        nonlocal left
        known = evaluator.known_card_summary(prospect_id)
        if known is None and left:
            left -= 1
            return evaluator.card_summary(prospect_id)
        if known is None:
            missed()
        return known

    return look
