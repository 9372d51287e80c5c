"""A list from elsewhere comes into an open pipeline: what would come in, in words, then all in one change.

The command line and the board both go through ``ImportPlan``.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from review_board.board import forget as forgetting
from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.exchange.import_result import ImportOptions, ImportResult, SkippedRow
from review_board.wording import first_few, plural, several

SHOWN = 5
NUMBERED = 10
REFUSED = 20
VIA = "import"
"""How a change is marked that brought a list in."""


@dataclass(frozen=True)
class ImportPlan:
    """What a file called ``name`` would bring into a pipeline; nothing is changed by making it."""

    result: ImportResult
    name: str
    warnings: tuple[str, ...]

    @property
    def count(self) -> str:
        """Say how many prospects would come in."""
        return several(len(self.result.prospects), "prospect")

    @cached_property
    def lines(self) -> list[str]:
        """Return what the file holds and what becomes of it, the count first."""
        return _summary(self.result, self.name)

    def take_in(self, board: Board) -> str:
        """Add them in one change, and say so."""
        if not self.result.prospects:
            raise RefusedError("There is nothing to import")
        board.add(self.result.prospects, f"imported {self.count} from {self.name}", via=VIA)
        return f"{self.count} from {self.name}"

    @property
    def them(self) -> str:
        """Say what is taken back again."""
        return plural(len(self.result.prospects), "it", "them")


def plan_import(board: Board, result: ImportResult, name: str) -> ImportPlan:
    """Return the plan for what was read, with warnings of those who asked to be forgotten."""
    return ImportPlan(result, name, tuple(forgetting.warnings(board, result.prospects)))


def import_options(board: Board, **given: object) -> ImportOptions:
    """Return how to read a list for this pipeline: whose it is, what is there already, its currency."""
    known = {"currency": board.settings.currency, **given}
    return ImportOptions(by=board.by, existing=frozenset(board.index.entries), **known)  # type: ignore[arg-type]


def _summary(result: ImportResult, name: str) -> list[str]:
    """Tell what the file holds and what becomes of it, the count first."""
    columns = Counter(p.column.title for p in result.prospects if not p.won)
    won = sum(1 for p in result.prospects if p.won)
    where = [f"{count:,} {title}" for title, count in columns.items()]
    where += [f"{won:,} won"] if won else []
    lines = [f"{several(len(result.prospects), 'prospect')} in {name}: {result.confidence}"]
    lines += [f"  Look: {warning}" for warning in result.warnings]
    if said := result.applied.as_json():
        lines.append(f"  as you said, now or before: {_said_words(said)}")
    lines += [f"  from {result.origin}; {', '.join(where)}"] if where else []
    if result.mapping:
        read = ", ".join(f"{field} ← {' + '.join(h)}" for field, h in result.mapping.items())
        lines.append(f"  read: {read}")
    lines += [f"  not used: {', '.join(result.unmapped)}"] if result.unmapped else []
    lines += [f"  {notice}" for notice in result.notices]
    return lines + _left_out(result)


def _said_words(said: dict[str, Any]) -> str:
    """Return ``value ← Deal size; Parked is nurture`` for a mapping as it is kept."""
    columns, stages = said.get("columns", {}), said.get("stages", {})
    parts = [f"{field or 'nothing'} ← {header}" for header, field in columns.items()]
    parts += [f"{word} is {meaning}" for word, meaning in stages.items()]
    rest = said.keys() - {"columns", "stages"}
    return "; ".join([*parts, *(f"{name} {said[name]}" for name in sorted(rest))])


def _left_out(result: ImportResult) -> list[str]:
    """Tell the refused rows one by one, the others so when they are few, else counted by reason."""
    lines = [f"  row {row.row} refused: {row.reason}" for row in result.refused[:REFUSED]]
    if len(result.refused) > REFUSED:
        lines.append(
            f"  and {len(result.refused) - REFUSED:,} more refused: --report FILE names all"
        )
    return lines + _others_left_out(
        [row for row in result.skipped if row not in set(result.refused)]
    )


def _others_left_out(skipped: list[SkippedRow]) -> list[str]:
    if len(skipped) <= SHOWN:
        return [f"  row {row.row} left out: {row.reason}" for row in skipped]
    reasons: dict[str, list[int]] = {}
    for row in skipped:
        reasons.setdefault(row.reason, []).append(row.row)
    ranked = sorted(reasons.items(), key=lambda item: -len(item[1]))
    lines = [f"  {_rows(rows)} left out: {reason}" for reason, rows in ranked[:SHOWN]]
    more = sorted(row for _, rows in ranked[SHOWN:] for row in rows)
    return lines + ([f"  {_rows(more)} left out for other reasons"] if more else [])


def _rows(rows: list[int]) -> str:
    """Return ``row 7`` or ``3 rows (7, 9, 12)``: the first ten by number."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    return f"{several(len(rows), 'row')} ({first_few([str(row) for row in rows], NUMBERED)})"
