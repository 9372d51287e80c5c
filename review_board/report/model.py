"""What a report is made of: sections of typed values, which each format lays out in its own way."""

from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day
from decimal import Decimal
from enum import Enum, auto
from typing import TypeAlias

from review_board.pipeline.money import Money

SHOWN = 200
"""Rows of a section that are shown unless it says otherwise; JSON holds all of them."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, 0 to 1 (above, where a target is passed)."""

    ratio: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate of money: it reads without cents, whatever the arithmetic gave."""

    money: Money


@dataclass(frozen=True, slots=True)
class DateAndTime:
    """A day that reads with its time of day, where one is agreed; JSON holds the day."""

    day: date
    time: time_of_day | None = None


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A figure before and after."""

    before: "Value"
    after: "Value"


@dataclass(frozen=True, slots=True)
class Names:
    """Names in a row: the first ten are read, JSON holds all."""

    names: tuple[str, ...]


Value: TypeAlias = (
    str
    | bool
    | int
    | Decimal
    | date
    | DateAndTime
    | Money
    | tuple[Money, ...]
    | Estimate
    | Share
    | BeforeAfter
    | Names
    | None
)
"""What a cell holds; a tuple of money is one sum for each currency, exact in JSON."""

Row: TypeAlias = tuple[Value, ...]


class Kind(Enum):
    """How a column is laid out.

    A name may be shortened, a figure never is; ``BELOW`` may stand on a line of its own under the row;
    what is ``HIDDEN`` stands in JSON only.
    """

    NAME = auto()
    WORDS = auto()
    FIGURE = auto()
    BELOW = auto()
    HIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its key in JSON, its title, how it is laid out."""

    key: str
    title: str
    kind: Kind = Kind.WORDS


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the small chart: figures, the oldest first, and how each of them reads."""

    label: str
    points: tuple[Decimal, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A table under a title, with notes below it; one without rows and notes is left out."""

    key: str
    title: str
    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    chart: tuple[Series, ...] = ()
    shown: int = SHOWN

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.rows or self.notes)

    @property
    def more(self) -> int:
        """Rows beyond those that are shown."""
        return max(0, len(self.rows) - self.shown)

    @property
    def cut(self) -> str:
        """How many are left out and where they stand, or nothing."""
        if not self.more:
            return ""
        return f"and {self.more:,} more, left out here; review-board report --format json lists them all"


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``facts`` are the header's typed values by key, ``header`` the same in words.

    ``summary`` is the one line that could be sent on alone; ``remark`` is for whoever asked for the
    report and is no part of it.
    """

    title: str
    day: date
    summary: str
    header: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, Value | tuple[str, ...]], ...]
    sections: tuple[ReportSection, ...]
    remark: str = ""

    @property
    def over(self) -> bool:
        """Whether what it tells of has an end; a review that was left has none."""
        return dict(self.facts).get("ended") is not None

    @property
    def shown(self) -> tuple[ReportSection, ...]:
        """The sections that have something to say."""
        return tuple(section for section in self.sections if not section.empty)
