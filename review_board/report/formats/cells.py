"""The cells of a report's tables as text: what every format but JSON starts from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from review_board.report.model import Heading, Kind, ReportSection
from review_board.report.values import NONE, words

ASIDE = (Kind.BELOW, Kind.HIDDEN)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: what stands in its line, and what may stand below it."""

    main: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every cell, for formats that have the width."""
        return (*self.main, *self.below)


def main_columns(section: ReportSection) -> list[Heading]:
    """The columns that stand in the line."""
    return [heading for heading in section.headings if heading.kind not in ASIDE]


def all_columns(section: ReportSection) -> list[Heading]:
    """The same, then those that may stand below."""
    below = [heading for heading in section.headings if heading.kind is Kind.BELOW]
    return [*main_columns(section), *below]


def cells_of(section: ReportSection, today: date) -> Iterator[Cells]:
    """The rows that are shown; a figure that is not there has a dash."""
    for row in section.rows[: section.shown]:
        main, below = [], []
        for heading, value in zip(section.headings, row, strict=True):
            text = words(value, today)
            if heading.kind is Kind.BELOW:
                below.append(text)
            elif heading.kind is not Kind.HIDDEN:
                main.append(text or (NONE if heading.kind is Kind.FIGURE else ""))
        yield Cells(tuple(main), tuple(below))
