"""The look at a list as rows with their colours: warnings, sums, stage words, columns, what becomes of it."""

from collections.abc import Sequence

from review_board.exchange.import_result import lists_of
from review_board.imports.board_changes import BoardChange
from review_board.imports.plan import ImportPlan
from review_board.imports.plan_row import PlanRow
from review_board.imports.plan_sections import COLUMN, WHOLE, Sides, sections
from review_board.tui.rows import Cell, CellColour, Col, Row, heading

COLS = (
    Col("", 1),
    Col("in the list", share=5, most=40),
    Col("becomes", 22),
    Col("for example", share=6),
)


def import_rows(
    plan: ImportPlan, changes: Sequence[BoardChange], sides: Sides, enter: str = "enter"
) -> list[Row]:
    """Return the rows from top to bottom; the key ``enter`` changes those of columns and stage words."""
    found: list[Row] = []
    for title, rows in sections(plan, changes, sides, enter):
        shown = [_row(row) for row in rows]
        found += [heading(title), *shown] if shown else []
    return found


def _row(row: PlanRow) -> Row:
    """Return a row with its cells; all of it stands below the list while it is in use."""
    quiet, act = CellColour.QUIET, CellColour.ACT
    cells: tuple[Cell, ...]
    if not row.what:
        cells = ((f"{row.sign}  {row.words}", act) if row.sign else f"   {row.words}",)
    else:
        becomes: Cell = (row.becomes, act) if row.sign else row.becomes
        becomes = (row.becomes, quiet) if row.is_quiet else becomes
        cells = (row.sign, act) if row.sign else "", row.what, becomes, (row.why, quiet)
    return Row(row.key, row.key, lambda: cells, lambda: row.words)


def asked_whole(plan: ImportPlan) -> str:
    """Return the key of the question about a whole list that keeps it from coming in; nothing where there is none."""
    lists = enumerate(lists_of(plan.result))
    return next((f"{WHOLE}{place}/{one.asks}" for place, one in lists if one.asks), "")


def unused_keys(plan: ImportPlan) -> set[str]:
    """Return the keys of the columns that are used for nothing."""
    lists = enumerate(lists_of(plan.result))
    return {
        f"{COLUMN}{place}/{u.header}" for place, one in lists for u in one.columns if not u.field
    }


def place_of(row_id: str) -> tuple[int, str]:
    """Return of which list a row is, and its column or word: both are in its id."""
    place, _, name = row_id.partition("/")[2].partition("/")
    return int(place), name
