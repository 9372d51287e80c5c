"""What a list would bring in, as JSON: for ``import --dry-run``."""

from collections.abc import Iterator
from typing import Any

from review_board.board.board import Board
from review_board.exchange.import_result import (
    HistoryReport,
    ImportResult,
    SkippedRow,
    lists_of,
)
from review_board.imports.board_changes import BoardChange, board_changes
from review_board.imports.plan import ImportPlan
from review_board.imports.plan_sections import hint_rows
from review_board.imports.three_way import FieldChange
from review_board.imports.updating import Update


def plan_json(board: Board, plan: ImportPlan) -> dict[str, Any]:
    """Return the whole plan: each list and how it is read, the board before and after, what becomes of rows."""
    return {
        "name": plan.name,
        "created": len(plan.created),
        "updated": len(plan.updated),
        "matched": plan.on_record,
        "your_decision_kept": len(plan.kept),
        "changed_there_and_here": [_field_json(*one) for one in plan.conflicts],
        "your_decision_stands": [_field_json(*one) for one in plan.standing],
        "missing_from_the_list": [
            {"id": key, "name": name} for one in plan.missing for key, name in one.names.items()
        ],
        "warnings": [*(plan.result.warnings if plan.result.parts else ()), *plan.warnings],
        "board": [_change_json(change) for change in board_changes(board, plan)],
        "activities": [row for one in plan.joined.reports for row in _read_json(one)],
        "lists": [_list_json(one) for one in lists_of(plan.result)],
    }


def _change_json(change: BoardChange) -> dict[str, Any]:
    sides = ((change.before, change.sums_before), (change.after, change.sums_after))
    before, after = ({"count": n, "sums": sums} for n, sums in sides)
    return {"column": change.title, "before": before, "after": after}


def _read_json(report: HistoryReport) -> Iterator[dict[str, Any]]:
    for (kind, outcome, inbound), read in report.read.items():
        yield {
            "file": report.name,
            "kind": kind,
            "outcome": outcome,
            "from_them": inbound,
            "rows": read.count,
            "columns": {column: rows for column, rows in read.said_by.items() if column},
            "examples": read.examples,
        }


def _field_json(update: Update, field: FieldChange) -> dict[str, Any]:
    names = {"id": update.id, "name": update.name, "field": field.field}
    return {**names, "here": field.ours, "there": field.theirs}


def _list_json(result: ImportResult) -> dict[str, Any]:
    return {
        "source": result.origin,
        "kind": result.kind,
        "why": result.confidence,
        "sheets": list(result.sheets),
        "sheets_read": list(result.read_sheets),
        "rows": result.rows,
        "duplicates": result.counts["duplicates"],
        "said": result.applied,
        "columns": [
            {"header": use.header, "field": use.field or None, "samples": list(use.samples)}
            for use in result.columns
        ],
        "states": [
            {
                "word": use.word,
                "rows": use.count,
                "meaning": use.meaning.name.lower(),
                "known": use.is_known,
            }
            for use in result.states
        ],
        "warnings": [*result.warnings, *(row.told(row.option) for row in hint_rows(0, result))],
        "notices": list(result.notices),
        "refused": _rows_json(result.refused),
        "left_out": _rows_json(result.left_out),
    }


def _rows_json(rows: tuple[SkippedRow, ...]) -> list[dict[str, Any]]:
    return [{"row": row.row, "reason": row.reason} for row in rows]
