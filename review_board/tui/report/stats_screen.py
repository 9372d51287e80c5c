"""The pipeline week by week and rep by rep, drawn: the same figures as ``review-board stats``."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Static

from review_board.board.board import Board
from review_board.pipeline.money import in_currency
from review_board.report.formats.plain_text import Style, section_lines
from review_board.report.look_back import prepare_statistics, weeks_back
from review_board.report.model import ReportSection
from review_board.report.statistics import (
    TITLES,
    Statistics,
    chart_section,
    reps_section,
    weeks_section,
)
from review_board.review.scope import Scope
from review_board.textlayout import cells
from review_board.tui.bars import Bar
from review_board.tui.board.cards import colour_of
from review_board.tui.report.figures import WeekLine, shown_line
from review_board.tui.report.page import MadePage, ScopedScreen
from review_board.tui.screen_keys import reading_keys
from review_board.tui.textfit import plain

WEEKS = (12, 26, 52)
"""Weeks that one may look back over."""
LEAST, MOST = 10, 40
"""Cells that the bar of a rep takes at least and at most."""
NAMES = {title: colour_of(column) for column, title in TITLES.items()}


class StatsScreen(ScopedScreen, MadePage):
    """A line for each figure over the weeks, the reps and the weeks as tables."""

    NAME, MAKING = "Statistics", "the figures are being made…"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,escape", "leave", "Back", id="stats.back", tooltip="Back to the board"),
        Binding("s", "look_back", "Since", id="stats.since", tooltip="Look back over 12, 26 or 52 weeks"),
        Binding("m", "mine", "Mine", id="stats.mine", tooltip="Only my prospects, or everybody's"),
        *reading_keys("stats"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    StatsScreen VerticalScroll { height: 1fr; padding: 0 0 0 1; scrollbar-size-vertical: 1; }
    StatsScreen .sentence { padding: 1 0; text-style: bold; }
    StatsScreen .head { padding: 1 0 0 0; text-style: bold; }
    StatsScreen .note { color: $quiet; }
    StatsScreen .first { padding-top: 1; }
    StatsScreen .table { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    MINE = "stats.mine"

    def __init__(self, board: Board, scope: Scope) -> None:
        super().__init__(board, scope)
        self._at = 0

    def action_look_back(self) -> None:
        """Look further back, and after the furthest over twelve weeks again."""
        self._at = (self._at + 1) % len(WEEKS)
        self.remake()

    def remake(self) -> None:
        """Have the figures made anew; those in the making stop."""
        first = weeks_back(self._board.today.day, WEEKS[self._at])
        prepare = partial(prepare_statistics, self._board, first, self._scope)
        self.begin_making(prepare, self._made)

    def _made(self, found: Statistics) -> None:
        if self.is_attached:
            self.end_making()
            title = ["Statistics", _span(len(found.weeks), WEEKS[self._at])]
            self.query_one("#title", Bar).set(title, self.scope_words)
            self.lay_out(_page(found))


def _span(shown: int, asked: int) -> str:
    """Return ``12 weeks``, or ``11 of the last 12 weeks`` where no more is on record."""
    return f"{asked} weeks" if shown == asked else f"{shown} of the last {asked} weeks"


def _page(found: Statistics) -> Iterator[Widget]:
    """Yield the page from top to bottom: the sentence, the lines, what is owed, the reps, the weeks."""
    yield _text(found.summary, "sentence")
    chart = chart_section(found)
    for series in chart.chart:
        yield WeekLine(series, classes=NAMES.get(series.label, ""))
    lines = "Each line goes from zero to its highest week."
    about = lines if chart.chart else "Lines are drawn from the second week on."
    yield _text(about, "note first")
    for note in chart.notes:
        yield _text(note, "note")
    yield SectionTable(found.owed, found.today)
    yield SectionTable(reps_section(found), found.today, _shares(found))
    yield SectionTable(weeks_section(found), found.today)


def _text(text: str, classes: str) -> Static:
    return Static(Content(plain(text)), markup=False, classes=classes)


def _shares(found: Statistics) -> list[float]:
    """Return what each rep has open, against the largest."""
    worth = [in_currency(rep.open.value, found.currency) for rep in found.reps]
    top = max(worth, default=Decimal(0)) or 1
    return [float(value / top) for value in worth]


class SectionTable(Static):
    """A section as the report has it, in the width that there is, a bar behind each row where one fits."""

    def __init__(self, section: ReportSection, today: date, shares: Sequence[float] = ()) -> None:
        super().__init__(markup=False, classes="table")
        self._section, self._today, self._shares = section, today, shares

    def on_resize(self, event: Resize) -> None:
        """Lay it out for this width."""
        width = event.size.width
        found = list(section_lines(self._section, self._today, width, plain))
        lines = [line for line in found if line.style is not Style.RULE]
        table = [line.text for line in lines if line.style is Style.PLAIN]
        room = min(MOST, width - max(map(cells, table), default=0) - 2)
        are_shown = len(table) == len(self._shares) > 1 and room >= LEAST
        bars = iter(self._shares if are_shown else ())
        shown = [shown_line(line) for line in lines]
        if are_shown:
            head = next(n for n, line in enumerate(lines) if line.style is Style.QUIET)
            shown[head] += Content.styled("  open value", "$quiet")
        for place, line in enumerate(lines):
            if line.style is Style.PLAIN and (share := next(bars, None)) is not None:
                bar = "━" * max(1, round(room * share))
                shown[place] += Content.styled(f"  {bar}", "$quiet")
        self.update(Content("\n").join([Content(), *shown]))
