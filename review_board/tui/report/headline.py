"""What of a report is seen first: three or four large figures, and each column before and after."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from review_board.pipeline.money import Money
from review_board.pipeline.vocabulary import Column
from review_board.report.model import BeforeAfter, Report, Value
from review_board.report.values import words
from review_board.tui.report.figures import COLOURS, BarLine, ShareBar
from review_board.wording import plural


class KeyFigure(NamedTuple):
    """A figure that stands large: its digits, what it counts, the class of its colour."""

    number: str
    words: str
    colour: str = ""


def key_figures(report: Report) -> list[KeyFigure]:
    """Return what was decided, purged and freed, and what we owe."""
    facts = dict(report.facts)
    decided, purged, owed = (_count(facts.get(key)) for key in ("settled", "purged", "owed"))
    found = [
        KeyFigure(f"{decided:,}", plural(decided, "card decided", "cards decided")),
        KeyFigure(f"{purged:,}", "purged", "let-go" if purged else ""),
    ]
    hours = facts.get("hours_freed")
    if isinstance(hours, Decimal) and hours:
        found.append(KeyFigure(f"{hours:f}", "hours a week freed", "keep"))
    found.append(KeyFigure(f"{owed:,}", plural(owed, "call owed", "calls owed"), "debt"))
    return found


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def column_lines(report: Report) -> Iterator[BarLine]:
    """Yield each column with a bar for its value before and one for after; one bar where only after is known."""
    rows = [row for row in _pipeline(report) if isinstance(row["column"], Column)]
    sides = [
        (column, _sides(row["value"]))
        for row in rows
        if isinstance(column := row["column"], Column)
    ]
    currency = next((m.currency for _, (_, after) in sides for m in after), "")
    top = max((_in(side, currency) for _, pair in sides for side in pair), default=Decimal(0))
    for row, (column, (before, after)) in zip(rows, sides, strict=True):
        said = f"{words(row['cards'], report.day)} cards · {words(row['value'], report.day)}"
        bars = [ShareBar(_part(after, currency, top), classes=COLOURS[column])]
        if isinstance(row["value"], BeforeAfter):
            bars.insert(0, ShareBar(_part(before, currency, top), classes="was"))
        yield BarLine(column.title, said, *bars)


def knows_before(report: Report) -> bool:
    """Return whether it is known what stood in the columns before."""
    return any(isinstance(row["value"], BeforeAfter) for row in _pipeline(report))


def _pipeline(report: Report) -> list[dict[str, Value]]:
    section = next(s for s in report.sections if s.key == "pipeline")
    keys = [column.key for column in section.columns]
    return [dict(zip(keys, row, strict=True)) for row in section.rows]


def _sides(value: Value) -> tuple[tuple[Money, ...], tuple[Money, ...]]:
    before, after = (value.before, value.after) if isinstance(value, BeforeAfter) else ((), value)
    return (
        before if isinstance(before, tuple) else (),
        after if isinstance(after, tuple) else (),
    )


def _in(monies: tuple[Money, ...], currency: str) -> Decimal:
    return next((money.amount for money in monies if money.currency == currency), Decimal(0))


def _part(monies: tuple[Money, ...], currency: str, top: Decimal) -> float:
    return float(_in(monies, currency) / top) if top else 0.0
