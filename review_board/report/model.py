"""What a report is made of: sections of typed values, which each format lays out in its own way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from datetime import time as time_of_day
from decimal import Decimal
from enum import Enum, auto
from typing import Protocol, Self, TypeAlias, TypeVar

from review_board.judgement.contact_lines import ContactLines
from review_board.pipeline.money import Money
from review_board.wording import Hint

T = TypeVar("T")

SHOWN = 200
"""Rows of a section that are shown unless it says otherwise; JSON holds all of them."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, 0 to 1 (above, where a target is passed)."""

    ratio: Decimal

    @classmethod
    def of(cls, part: Decimal | int, whole: Decimal | int) -> "Share | None":
        """Return the share of a part; of nothing there is none."""
        return cls((Decimal(part) / whole).quantize(Decimal("0.0001"))) if whole else None


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


class ProspectName(str):
    """A name that reads with the company beside it, where it does not say that; JSON holds the name."""

    __slots__ = ("company",)

    company: str

    def __new__(cls, name: str, company: str) -> Self:
        """Return the name of a prospect of a company, which may be empty."""
        made = super().__new__(cls, name)
        made.company = company
        return made


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

    A name may be broken between words, a figure never is; ``BELOW`` may stand on a line of its own
    under the row; what is ``HIDDEN`` stands in JSON only.
    """

    NAME = auto()
    WORDS = auto()
    FIGURE = auto()
    BELOW = auto()
    HIDDEN = auto()


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column: its key in JSON, its title, how it is laid out."""

    key: str
    title: str
    kind: Kind = Kind.WORDS


def figure(key: str, title: str) -> ReportColumn:
    """Return a column of figures, which are never shortened."""
    return ReportColumn(key, title, Kind.FIGURE)


def below(key: str, title: str) -> ReportColumn:
    """Return a column that may stand on a line of its own under the row."""
    return ReportColumn(key, title, Kind.BELOW)


def hidden(key: str, title: str) -> ReportColumn:
    """Return a column that stands in JSON only."""
    return ReportColumn(key, title, Kind.HIDDEN)


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the small chart: figures, the oldest first, and how each of them reads.

    A figure that is not known is a gap. ``said`` is what the line comes to, else its first and last.
    """

    label: str
    points: tuple[Decimal | None, ...]
    words: tuple[str, ...]
    said: str = ""

    @property
    def top(self) -> Decimal:
        """Return the largest figure."""
        return max((point for point in self.points if point is not None), default=Decimal(0))

    @property
    def summary(self) -> str:
        """Return ``40 → 47``, or what the line comes to."""
        return self.said or f"{self.words[0]} → {self.words[-1]}"


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A table under a title, with notes below it; one without rows and notes is left out."""

    key: str
    title: str
    columns: tuple[ReportColumn, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    chart: tuple[Series, ...] = ()
    shown: int = SHOWN
    shows_more: str = "review-board report --all shows them"

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to say."""
        return not (self.rows or self.notes)

    @property
    def records(self) -> list[dict[str, Value]]:
        """Return every row by the keys of its columns."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]

    @property
    def more(self) -> int:
        """Return rows beyond those that are shown."""
        return max(0, len(self.rows) - self.shown)

    @property
    def cut(self) -> str:
        """Return how many are left out and where they stand, or nothing."""
        if not self.more:
            return ""
        return f"and {self.more:,} more, left out here; {self.shows_more}"

    def calling(self, in_full: Callable[[str], str]) -> "ReportSection":
        """Return the section with the commands of its hints named ``in_full``."""

        def named(value: Value) -> Value:
            return in_full(value) if isinstance(value, Hint) else value

        rows = tuple(tuple(map(named, row)) for row in self.rows)
        notes = tuple(in_full(note) if isinstance(note, Hint) else note for note in self.notes)
        return replace(self, rows=rows, notes=notes, shows_more=in_full(self.shows_more))


Cell: TypeAlias = tuple[ReportColumn, Callable[[T], Value]]
"""A column, and what it holds for one item of a section."""


def table_of(
    key: str,
    title: str,
    cells: Iterable[Cell[T]],
    items: Iterable[T],
    notes: Iterable[str] = (),
    *,
    chart: tuple[Series, ...] = (),
    shown: int = SHOWN,
) -> ReportSection:
    """Return a section with a row for each item; every column is told once, with its value."""
    cells = tuple(cells)
    rows = tuple(tuple(value(item) for _, value in cells) for item in items)
    columns = tuple(column for column, _ in cells)
    return ReportSection(key, title, columns, rows, tuple(notes), chart, shown)


class Named(Protocol):
    """A prospect as a section names it."""

    @property
    def id(self) -> str:
        """Return its id."""

    @property
    def name(self) -> str:
        """Return its name."""

    @property
    def company(self) -> str:
        """Return the company that it is with."""

    @property
    def value(self) -> Money | None:
        """Return what it is worth."""


ID = hidden("id", "Id")
NAME = ReportColumn("name", "Name", Kind.NAME)
OWNER = ReportColumn("owner", "Owner", Kind.NAME)
BELOW_OWNER = below("owner", "Owner")
HIDDEN_OWNER = hidden("owner", "Owner")
VALUE = figure("value", "Value")


def name_of(prospect: Named) -> ProspectName:
    """Return the cell that names a prospect."""
    return ProspectName(prospect.name, prospect.company)


def prospect_cells(prospect_of: Callable[[T], Named]) -> tuple[Cell[T], ...]:
    """Return the columns that name the prospect of an item: id, name, value."""
    return (
        (ID, lambda item: prospect_of(item).id),
        (NAME, lambda item: name_of(prospect_of(item))),
        (VALUE, lambda item: prospect_of(item).value),
    )


def owner_cell(items: Sequence[T], owner_of: Callable[[T], str]) -> Cell[T]:
    """Return the owner's column: it is read where people differ; JSON always names them."""
    differ = len({owner_of(item) for item in items}) > 1
    return (BELOW_OWNER if differ else HIDDEN_OWNER), owner_of


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``facts`` are the header's typed values by key, ``header`` the same in words.

    ``summary`` could be sent on alone; ``remark`` is for whoever asked for the report and is no part
    of it. ``reviews`` are the ids of all reviews with a decision, and this one, the oldest first; of
    days there are none. ``contacts`` draw the lines of contact of the cards that it discusses, by id.
    """

    title: str
    day: date
    summary: str
    header: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, Value | tuple[str, ...]], ...]
    sections: tuple[ReportSection, ...]
    remark: str = ""
    reviews: tuple[str, ...] = ()
    contacts: Mapping[str, ContactLines] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Return whether what it tells of has an end; a review that was left has none."""
        return dict(self.facts).get("ended") is not None

    @property
    def who(self) -> str:
        """Return who decided."""
        return dict(self.header).get("Who", "")

    @property
    def place(self) -> int:
        """Return the place of the review among ``reviews``."""
        return self.reviews.index(str(dict(self.facts)["session"]))

    @property
    def in_full(self) -> "Report":
        """Return the report with every row of every section."""
        sections = (replace(section, shown=len(section.rows)) for section in self.sections)
        return replace(self, sections=tuple(sections))

    def calling(self, in_full: Callable[[str], str]) -> "Report":
        """Return the report with its commands named ``in_full``: such as are about the same pipeline."""
        return replace(self, sections=tuple(part.calling(in_full) for part in self.sections))

    def records(self, key: str) -> list[dict[str, Value]]:
        """Return the rows of one section; of one that is not there none."""
        return [row for section in self.sections if section.key == key for row in section.records]

    @property
    def shown(self) -> tuple[ReportSection, ...]:
        """Return the sections that have something to say."""
        return tuple(section for section in self.sections if not section.empty)
