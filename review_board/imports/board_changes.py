"""What each column of the board would gain or lose by an import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TypeAlias

from review_board.board.board import Board
from review_board.board.index import Entry, entry_of
from review_board.imports.plan import ImportPlan
from review_board.pipeline.money import Money, total_by_currency
from review_board.pipeline.prospect import from_document, to_document
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column
from review_board.progress import Progress


@dataclass(frozen=True, slots=True)
class BoardChange:
    """A column of the board, or what is won: how many are in it and what they are worth, before and after."""

    title: str
    before: int
    after: int
    sums_before: tuple[Money, ...]
    sums_after: tuple[Money, ...]

    @property
    def is_any(self) -> bool:
        """Return whether anything changes."""
        return (self.before, self.sums_before) != (self.after, self.sums_after)


Standing: TypeAlias = "tuple[str, Money | None]"
"""Where a prospect stands, and what it is worth."""


def board_changes(board: Board, plan: ImportPlan) -> list[BoardChange]:
    """Return what each column would gain or lose; those that stay empty are left out."""
    return changes_of(standings(board), plan, board.stamp())


def standings(board: Board) -> dict[str, Standing]:
    """Return where each prospect stands now."""
    return {key: _standing(entry) for key, entry in board.index.entries.items()}


def changes_of(
    before: Mapping[str, Standing], plan: ImportPlan, stamp: Stamp, progress: Progress | None = None
) -> list[BoardChange]:
    """Return what each column would gain or lose; any thread can ask for it."""
    seen = plan.seen or {}
    changed = (u.apply(from_document(seen[u.id]), stamp) for u in plan.matched if u.changes_record)
    new, count = plan.created.documents(), len(plan.created)
    new = (progress or Progress()).over(new, "adding up the columns", count)
    documents = chain(new, map(to_document, changed))
    entries = (entry_of(document, Decimal(0), "") for document in documents)
    after = {**before, **{entry.id: _standing(entry) for entry in entries}}
    titles = (*(column.title for column in Column), _WON)
    found = [_board_change(title, before.values(), after.values()) for title in titles]
    return [change for change in found if change.before or change.after]


_WON = "Won"


def _standing(entry: Entry) -> Standing:
    return _WON if entry.column is None else entry.column.title, entry.value


def _board_change(
    title: str,
    before: Iterable[Standing],
    after: Iterable[Standing],
) -> BoardChange:
    was, then = ([worth for place, worth in side if place == title] for side in (before, after))
    sums = (total_by_currency(filter(None, worths)) for worths in (was, then))
    return BoardChange(title, len(was), len(then), *sums)
