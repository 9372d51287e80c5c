"""How the values and rows of a report read, and how they stand in JSON: the same in every format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from review_board.pipeline.company_names import with_company
from review_board.pipeline.dates import long_day, long_when
from review_board.pipeline.money import (
    JOINT,
    Money,
    long_money,
    short_money,
    side_by_side,
    whole_money,
)
from review_board.pipeline.vocabulary import Column
from review_board.report.model import (
    BELOW_OWNER,
    BeforeAfter,
    DateAndTime,
    Estimate,
    Kind,
    Names,
    ProspectName,
    ReportColumn,
    ReportSection,
    Share,
    Value,
)
from review_board.wording import first_few, percent

JOINTS = re.compile(f"(?<={JOINT.strip()}) ")
"""Where a figure of several currencies may go on in the next line."""
NAMED = 10
"""Names that are read in a row at most."""
NONE = "–"
"""Stands where a sum has nothing in it."""


def words(value: Value, today: date) -> str:
    """Return ``$24,000``, ``$1.25M · €40k``, ``38 → 31``, ``46 %``, ``Mon 23 Nov``; empty for nothing."""
    match value:
        case Column():
            return value.title
        case ProspectName():
            return " ".join(with_company(str(value), value.company).split())
        case str():
            return " ".join(value.split())
        case date():
            return long_day(value, today)
        case DateAndTime(day, at):
            return long_when(day, at, today)
        case BeforeAfter(tuple() as before, tuple() as after):
            return JOINT.join(_shifts(before, after)) or NONE
        case BeforeAfter():
            return _shift(words(value.before, today), words(value.after, today))
        case Names():
            return first_few([" ".join(name.split()) for name in value.names], NAMED)
        case None:
            return ""
        case _:
            return _figure(value)


def _figure(value: bool | int | Decimal | Money | Estimate | Share | tuple[Money, ...]) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Money():
            return long_money(value)
        case Estimate(Money() as money):
            return whole_money(money)
        case Share():
            return percent(value.ratio)
        case tuple():
            return sums(value)
        case Decimal():
            return f"{value:,f}"
        case _:
            return f"{value:,}"


def _shifts(before: tuple[Money, ...], after: tuple[Money, ...]) -> Iterator[str]:
    """Yield the change currency by currency: ``$12.3M → $11.9M``, beside it ``£5.4k unchanged``.

    What changed too little to show is not said to be unchanged.
    """
    was, now = ({money.currency: money for money in side} for side in (before, after))
    nothing = {c: Money(amount=Decimal(0), currency=c) for c in (*now, *was)}
    sides = [(was.get(c, none), now.get(c, none)) for c, none in nothing.items()]
    shown = [(short_money(first), short_money(second)) for first, second in sides]
    still = " unchanged" if any(first != second for first, second in shown) else ""
    for (first, second), texts in zip(sides, shown, strict=True):
        yield _shift(*texts) + still * (first == second)


def _shift(before: str, after: str) -> str:
    """Return ``38 → 31``; what did not change is said once."""
    return after if before == after else f"{before} → {after}"


def sums(monies: tuple[Money, ...]) -> str:
    """Return one short sum for each currency."""
    return side_by_side(monies) or NONE


def as_json(value: Value | tuple[str, ...]) -> Any:
    """Return the value as JSON: days in ISO, decimals as text, money with its currency."""
    match value:
        case None | bool() | int():
            return value
        case Decimal():
            return f"{value:f}"
        case str():
            return str(value)
        case date():
            return value.isoformat()
        case Money():
            return value.as_json()
        case Estimate(stored) | DateAndTime(stored):
            return as_json(stored)
        case Share():
            return f"{value.ratio:f}"
        case BeforeAfter():
            return {"before": as_json(value.before), "after": as_json(value.after)}
        case Names(items) | (tuple() as items):
            return [as_json(item) for item in items]


def records_json(section: ReportSection) -> list[dict[str, Any]]:
    """Return every row of a section as JSON, by the keys of its columns."""
    return [{key: as_json(value) for key, value in row.items()} for row in section.records]


ASIDE = (Kind.BELOW, Kind.HIDDEN)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: what stands in its line, and what may stand below it."""

    main: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def aside(self) -> str:
        """Return what stands below it as one text."""
        return " · ".join(filter(None, self.below))

    @property
    def all(self) -> tuple[str, ...]:
        """Return every cell, for formats that have the width."""
        return (*self.main, *self.below)


def main_columns(section: ReportSection) -> list[ReportColumn]:
    """Return the columns that stand in the line."""
    return [heading for heading in section.columns if heading.kind not in ASIDE]


def all_columns(section: ReportSection) -> list[ReportColumn]:
    """Return the same, then those that may stand below."""
    below = [heading for heading in section.columns if heading.kind is Kind.BELOW]
    return [*main_columns(section), *below]


def cells_of(section: ReportSection, today: date) -> Iterator[Cells]:
    """Yield the rows that are shown; a figure that is not there has a dash.

    An owner below a row is called so: a name alone would read as who said the words before it.
    """
    for row in section.rows[: section.shown]:
        main, below = [], []
        for heading, value in zip(section.columns, row, strict=True):
            text = words(value, today)
            if heading.kind is Kind.BELOW:
                below.append(f"owner {text}" if heading == BELOW_OWNER and text else text)
            elif heading.kind is not Kind.HIDDEN:
                main.append(text or (NONE if heading.kind is Kind.FIGURE else ""))
        yield Cells(tuple(main), tuple(below))
