"""Evidence for the cards, computed in slices of a few milliseconds while nobody types."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review_board.board import Board
    from review_board.pipeline.dates import Today

SLICE = 0.006
"""Seconds of one slice: a key pressed meanwhile waits no longer than that."""


class Glances:
    """What is still to be looked at: the cards on the screen first, the rest when the user rests."""

    def __init__(self, board: "Board", visible: Callable[[], Iterable[str]]) -> None:
        self._board = board
        self._visible = visible
        self._rest = deque(board.index.entries)

    @property
    def done(self) -> bool:
        """Whether every prospect has been looked at."""
        return not self._rest

    def restart(self) -> None:
        """Everything is to be looked at again."""
        self._rest = deque(self._board.index.entries)

    def again(self, ids: Iterable[str]) -> None:
        """These changed."""
        self._rest.extend(ids)

    def work(self, *, quiet: bool) -> list[str]:
        """One slice; gives the prospects whose evidence became known."""
        end = perf_counter() + SLICE
        today = self._board.today
        known: list[str] = []
        for prospect_id in self._next(today, quiet=quiet):
            self._board.assessor.glance(prospect_id, today)
            known.append(prospect_id)
            if perf_counter() > end:
                break
        return known

    def _next(self, today: "Today", *, quiet: bool) -> Iterator[str]:
        yield from (i for i in self._visible() if self._unknown(i, today))
        while quiet and self._rest:
            if self._unknown(prospect_id := self._rest.popleft(), today):
                yield prospect_id

    def _unknown(self, prospect_id: str, today: "Today") -> bool:
        board = self._board
        known = board.assessor.known_glance(prospect_id, today)
        return known is None and board.entry(prospect_id) is not None
