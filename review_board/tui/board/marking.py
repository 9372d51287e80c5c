"""Marking a range of cards: from where it began to wherever the cursor goes."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkedRange:
    """A range that began at a card of a column; ``before`` are the marks that stood already."""

    column: int
    start: str
    before: frozenset[str]

    def marks(self, ids: Sequence[str], here: str) -> frozenset[str]:
        """Return all marks while the cursor is on ``here``; ``ids`` is the column as it is shown.

        A card that left the column ends the range where it stood.
        """
        if self.start not in ids or here not in ids:
            return self.before
        first, last = sorted((ids.index(self.start), ids.index(here)))
        return self.before | frozenset(ids[first : last + 1])
