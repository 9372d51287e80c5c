"""What of a report is seen first: three or four figures, and each column before and after."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from review_board.pipeline.money import Money, in_currency
from review_board.pipeline.vocabulary import Column
from review_board.report.model import BeforeAfter, Report, Value
from review_board.report.values import words
from review_board.wording import plural


class KeyFigure(NamedTuple):
    """A figure that stands large: its digits, what it counts, and what it means for the eye."""

    number: str
    words: str
    meaning: str = ""


class ColumnShares(NamedTuple):
    """A column's value before (``None``: not known) and after, as parts of the largest, and in words."""

    column: Column
    before: float | None
    after: float
    words: str


def first_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence of a summary, and the rest of it."""
    head, point, rest = text.partition(". ")
    return (f"{head}.", rest) if point else (text, "")


def key_figures(report: Report) -> list[KeyFigure]:
    """Return what was decided, purged and freed, and what we owe."""
    facts = dict(report.facts)
    decided, purged, owed, later = (
        _count(facts.get(key)) for key in ("settled", "purged", "owed", "owed_dated")
    )
    owed -= later
    found = [
        KeyFigure(f"{decided:,}", plural(decided, "card decided", "cards decided")),
        KeyFigure(f"{purged:,}", "purged", "let-go" if purged else ""),
    ]
    hours = facts.get("hours_freed")
    if isinstance(hours, Decimal) and hours:
        found.append(KeyFigure(f"{hours:f}", "hours a week freed", "keep"))
    found.append(KeyFigure(f"{owed:,}", "owed now", "debt"))
    return found


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def column_shares(report: Report) -> Iterator[ColumnShares]:
    """Yield the columns in the order of the board, by value in the currency that comes first."""
    rows = [
        (c, row) for row in report.records("pipeline") if isinstance(c := row["column"], Column)
    ]
    sides = [_sides(row["value"]) for _, row in rows]
    currency = next((m.currency for _, after in sides for m in after), "")
    top = max((in_currency(side, currency) for pair in sides for side in pair), default=Decimal(0))
    for (column, row), (before, after) in zip(rows, sides, strict=True):
        cards, value = (words(row[key], report.day) for key in ("cards", "value"))
        count = row["cards"].after if isinstance(row["cards"], BeforeAfter) else row["cards"]
        is_known = isinstance(row["value"], BeforeAfter)
        yield ColumnShares(
            column,
            _part(before, currency, top) if is_known else None,
            _part(after, currency, top),
            f"{cards} {plural(_count(count), 'card')} · {value}",
        )


def _sides(value: Value) -> tuple[tuple[Money, ...], tuple[Money, ...]]:
    before, after = (value.before, value.after) if isinstance(value, BeforeAfter) else ((), value)
    return (before if isinstance(before, tuple) else (), after if isinstance(after, tuple) else ())


def _part(monies: tuple[Money, ...], currency: str, top: Decimal) -> float:
    return float(in_currency(monies, currency) / top) if top else 0.0
