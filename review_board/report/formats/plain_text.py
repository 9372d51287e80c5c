"""The report as plain text: tables that line up in a given width, figures never cut."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from review_board.pipeline.money import JOINT
from review_board.report.model import Kind, Report, ReportColumn, ReportSection, Series
from review_board.report.values import JOINTS, Cells, cells_of, main_columns
from review_board.textlayout import GAP, INDENT, WIDE, cells, fit, in_columns, wrapped
from review_board.wording import BLOCKS, NO_BLOCK

LABEL = 14
PROSE = 100
"""Cells of a line of sentences: longer ones are tiring to read."""
NAME = range(12, 41)
"""Cells that a name takes at least and at most."""


class Style(Enum):
    """What a line is, for those who show it in colour."""

    PLAIN = auto()
    TITLE = auto()
    HEAD = auto()
    RULE = auto()
    QUIET = auto()
    STRONG = auto()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the report; so many cells at its beginning are a ``label``."""

    text: str
    style: Style = Style.PLAIN
    label: int = 0


def report_text(report: Report) -> str:
    """Return the whole report in lines of at most 80 cells, as far as its figures allow."""
    return "".join(f"{line.text.rstrip()}\n" for line in report_lines(report))


def report_lines(
    report: Report, width: int = WIDE, shown: Callable[[str], str] = str
) -> Iterator[TextLine]:
    """Yield the lines of the report; ``shown`` makes a text fit to be shown before it is measured."""
    yield TextLine(shown(report.title), Style.TITLE)
    yield TextLine("=" * cells(shown(report.title)), Style.RULE)
    lines = wrapped(shown(report.summary), min(width, PROSE))
    yield from (TextLine(text, Style.STRONG) for text in lines)
    yield TextLine("")
    yield from body_lines(report, width, shown)


def body_lines(
    report: Report, width: int = WIDE, shown: Callable[[str], str] = str
) -> Iterator[TextLine]:
    """Yield the lines below the summary: who and when, then the sections."""
    for label, text in report.header:
        lines = wrapped(shown(text), width, fit(label, LABEL), " " * LABEL)
        yield from (TextLine(line, label=LABEL) for line in lines)
    for section in report.shown:
        yield TextLine("")
        yield from section_lines(section, report.day, width, shown)


UNBROKEN = "\u00a0"
"""Stands in a figure for its blanks while lines are broken between figures."""


def section_lines(
    section: ReportSection, today: date, width: int = WIDE, shown: Callable[[str], str] = str
) -> Iterator[TextLine]:
    """Yield the lines of one section, its title first."""
    yield TextLine(section.title, Style.HEAD)
    yield TextLine("-" * cells(section.title), Style.RULE)
    yield from _table(section, today, width, shown)
    if section.cut:
        yield from (TextLine(text, Style.QUIET) for text in wrapped(section.cut, width))
    for series in section.chart:
        yield TextLine(bars(series))
    for note in section.notes:
        lines = wrapped(shown(note), min(width, PROSE))
        yield from (TextLine(text, Style.QUIET) for text in lines)


def _table(
    section: ReportSection, today: date, width: int, shown: Callable[[str], str]
) -> Iterator[TextLine]:
    if not section.rows:
        return
    headings = main_columns(section)
    rows = [_shown_cells(row, shown) for row in cells_of(section, today)]
    titles = [heading.title for heading in headings]
    widths = _widths(headings, [titles, *(row.main for row in rows)], width)
    if widths is None:
        for row in rows:
            yield from _stacked(headings, row, width)
        return
    yield TextLine(_joined(headings, titles, widths), Style.QUIET)
    start = sum(widths) + len(GAP) * len(widths)
    is_beside = 0 < max(cells(row.aside) for row in rows) <= width - start
    for row in rows:
        lines = list(_row_lines(headings, row.main, widths))
        if is_beside:
            lines[0] = f"{fit(lines[0], start)}{row.aside}"
        yield from map(TextLine, lines)
        yield from map(TextLine, () if is_beside else _lines_below(row, width))


def _shown_cells(row: Cells, shown: Callable[[str], str]) -> Cells:
    return Cells(tuple(map(shown, row.main)), tuple(map(shown, row.below)))


def _widths(
    headings: Sequence[ReportColumn], rows: Sequence[Sequence[str]], width: int
) -> list[int] | None:
    """Return cells for each column: figures whole, or broken between currencies; names take what is left."""
    room = width - len(GAP) * (len(headings) - 1)
    for whole in (True, False):
        wanted = [
            max(_width(row[place], whole=whole or h.kind is not Kind.FIGURE) for row in rows)
            for place, h in enumerate(headings)
        ]
        names = [place for place, h in enumerate(headings) if h.kind is Kind.NAME]
        spare = room - sum(w for place, w in enumerate(wanted) if place not in names)
        for place in names:
            wanted[place] = min(wanted[place], NAME[-1], max(NAME[0], spare // len(names)))
        if sum(wanted) <= room:
            return wanted
    return None


def _width(text: str, *, whole: bool) -> int:
    return cells(text) if whole else max(map(cells, _sums(text)))


def _sums(text: str) -> list[str]:
    """Return the sums of a figure, one for each currency."""
    return [part.removesuffix(JOINT.rstrip()) for part in JOINTS.split(text)]


def _row_lines(
    headings: Sequence[ReportColumn], row: Sequence[str], widths: list[int]
) -> Iterator[str]:
    """Yield one line, or several where a name or the sums of several currencies need more."""
    parts = [
        _folded(h.kind, text, width) if cells(text) > width else [text]
        for h, text, width in zip(headings, row, widths, strict=True)
    ]
    for number in range(max(map(len, parts))):
        yield _joined(headings, [p[number] if number < len(p) else "" for p in parts], widths)


def _folded(kind: Kind, text: str, width: int) -> list[str]:
    return _sums(text) if kind is Kind.FIGURE else wrapped(text, width)


def _joined(headings: Sequence[ReportColumn], texts: Sequence[str], widths: list[int]) -> str:
    figures = frozenset(place for place, h in enumerate(headings) if h.kind is Kind.FIGURE)
    return in_columns(texts, widths, figures).rstrip()


def _lines_below(row: Cells, width: int) -> list[str]:
    return wrapped(row.aside, width, INDENT, INDENT) if row.aside else []


def _stacked(headings: Sequence[ReportColumn], row: Cells, width: int) -> Iterator[TextLine]:
    """Yield a row whose columns do not fit: the first cell, and below it the others by their titles.

    Words have a line each, broken between them; figures stand in a row. What is empty is not named.
    """
    yield from map(TextLine, wrapped(row.main[0], width))
    figures = []
    for heading, text in zip(headings[1:], row.main[1:], strict=True):
        said = f"{heading.title}: {text}"
        if heading.kind is Kind.FIGURE:
            figures.append(said.replace(" ", UNBROKEN))
        elif text:
            yield from map(TextLine, wrapped(said, width, INDENT, INDENT + GAP))
    if figures:
        for line in wrapped(", ".join(figures), width, INDENT, INDENT):
            yield TextLine(line.replace(UNBROKEN, " "))
    yield from map(TextLine, _lines_below(row, width))


def bars(series: Series) -> str:
    """Return ``settled         ▅▃▂▁█  40 → 47``: heights from zero, the oldest first."""
    drawn = "".join(_bar(point, series.top) for point in series.points)
    return f"{fit(series.label, LABEL)}  {drawn}  {series.summary}"


def _bar(point: Decimal | None, top: Decimal) -> str:
    if point is None:
        return NO_BLOCK
    return BLOCKS[round(point / top * (len(BLOCKS) - 1))] if top else BLOCKS[0]
