"""What each column of the board would gain or lose by an import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from review_board.board.board import Board
from review_board.imports.plan import ImportPlan
from review_board.pipeline.money import Money, total_by_currency
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column


@dataclass(frozen=True, slots=True)
class BoardChange:
    """A column of the board, or what is won: how many are in it and what they are worth, before and after."""

    title: str
    before: int
    after: int
    sums_before: tuple[Money, ...]
    sums_after: tuple[Money, ...]


Standing: TypeAlias = "tuple[str, Money | None]"
"""Where a prospect stands, and what it is worth."""


def board_changes(board: Board, plan: ImportPlan) -> list[BoardChange]:
    """Return what each column would gain or lose; those that stay empty are left out."""
    return changes_of(standings(board), plan, board.stamp())


def standings(board: Board) -> dict[str, Standing]:
    """Return where each prospect stands now."""
    return {
        key: (_WON if entry.won or not entry.column else entry.column.title, entry.value)
        for key, entry in board.index.entries.items()
        if entry.won or entry.column
    }


def changes_of(before: Mapping[str, Standing], plan: ImportPlan, stamp: Stamp) -> list[BoardChange]:
    """Return what each column would gain or lose; any thread can ask for it."""
    seen = plan.seen or {}
    changed = (u.apply(from_document(seen[u.id]), stamp) for u in plan.matched if u.changes_record)
    after = {**before} | {
        prospect.id: _standing(prospect) for prospect in (*plan.created, *changed)
    }
    titles = (*(column.title for column in Column), _WON)
    found = [_board_change(title, before.values(), after.values()) for title in titles]
    return [change for change in found if change.before or change.after]


_WON = "Won"


def _standing(prospect: Prospect) -> Standing:
    if prospect.won:
        return _WON, prospect.won.value or prospect.value
    return prospect.column.title, prospect.value


def _board_change(
    title: str,
    before: Iterable[Standing],
    after: Iterable[Standing],
) -> BoardChange:
    was, then = ([worth for place, worth in side if place == title] for side in (before, after))
    sums = (total_by_currency(filter(None, worths)) for worths in (was, then))
    return BoardChange(title, len(was), len(then), *sums)
