"""The report on the screen: what the hour came to, to read, to scroll, to write to a file."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from review_board.board.board import Board
from review_board.errors import RefusedError, ReviewBoardError
from review_board.report.formats.plain_text import PROSE, Style, body_lines
from review_board.report.formats.report_file import format_of, write_report
from review_board.report.headline import ColumnShares, column_shares, first_sentence, key_figures
from review_board.report.model import Report
from review_board.report.prepare import ReportRequest, prepare_report
from review_board.store.protocol import Commit
from review_board.tui.bars import Bar
from review_board.tui.board.cards import colour_of
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.report.figures import BarLine, LargeFigure, ShareBar, shown_line
from review_board.tui.report.page import MadePage
from review_board.tui.screen_keys import reading_keys
from review_board.tui.show_errors import attempt
from review_board.tui.textfit import plain, wrapped

WIDEST = 150
"""Cells of a line: in a wider one the eye loses the row."""
MARGINS = 3
"""Cells of the padding and the scroll bar."""
ROOM = Size(70, 20)
"""What it takes to show figures large; in less they stand in a line."""
USUAL = "html"
"""The format of a file whose name asks for none: the one to send on."""


GoOn = Callable[[Commit], Screen[None] | None]
"""Gives the screen that follows when a change was taken back."""


class ReportScreen(MadePage):
    """The report of a session, over or not; any of enter, q and esc leaves it.

    It is made behind the screen, once everything decided is on disk; ``name`` is what the pipeline
    is called, ``go_on`` gives the review again after an undo, at the card that it changed.
    """

    NAME, MAKING = "Report", "the report is being made…"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,escape", "leave", "Done", id="report.leave", tooltip="Back to the board"),
        Binding("w", "write_report", "Write", id="report.write", tooltip="Write it to a file, as HTML, Markdown, text or JSON; its callbacks as a calendar"),
        Binding("u", "undo", "Undo", id="report.undo", tooltip="Take back your last change; a review that just ended goes on at its card"),
        Binding("left,h", "turn(-1)", "Earlier", id="report.earlier", tooltip="The review before this one"),
        Binding("right,l", "turn(1)", "Later", id="report.later", tooltip="The review after this one"),
        *reading_keys("report"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ReportScreen VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    ReportScreen #sentence { padding: 1 0 0 0; text-style: bold; }
    ReportScreen #figures { height: auto; padding: 1 0 0 0; }
    ReportScreen #figures-in-words { display: none; padding: 1 0 0 0; }
    ReportScreen .head { padding: 1 0 0 0; text-style: bold; }
    ReportScreen #report { padding: 1 0 0 0; width: 1fr; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    ReportScreen.narrow #figures { display: none; }
    ReportScreen.narrow #figures-in-words { display: block; }
    """

    def __init__(
        self, board: Board, name: str, wanted: ReportRequest, go_on: GoOn | None = None
    ) -> None:
        super().__init__(board)
        self._pipeline = name
        self._wanted = wanted
        self._go_on = go_on
        self._report: Report | None = None

    def on_mount(self) -> None:
        """Have the report made."""
        self._make()

    def _make(self) -> None:
        prepare = partial(prepare_report, self._board, self._pipeline, self._wanted)
        self.begin_making(prepare, partial(self._made, self._wanted))

    def action_turn(self, by: int) -> None:
        """Show the report of the review before or after this one."""
        report = self._report
        if report is None:
            return
        place = report.place + by
        if 0 <= place < len(report.reviews):
            self._report, self._wanted = None, ReportRequest(session=report.reviews[place])
            self._make()
        else:
            self.notify(f"This is the {'first' if by < 0 else 'last'} review that decided a card")

    def on_resize(self) -> None:
        """Break the lines to another width."""
        self.call_after_refresh(self.redraw)

    def redraw(self) -> None:
        """Show the report in the width that there is."""
        if self._report is None or not self.is_attached:
            return
        self.set_class(self.size.width < ROOM.width or self.size.height < ROOM.height, "narrow")
        width = min(WIDEST, max(20, self.size.width - MARGINS))
        lines = body_lines(self._report, width, plain)
        text = Content("\n").join(shown_line(x) for x in lines if x.style is not Style.RULE)
        for body in self.query("#report").results(Static):
            body.update(text)
        sentences = self.query(".prose").results(Static)
        for words, shown in zip(first_sentence(self._report.summary), sentences, strict=False):
            shown.update(Content("\n".join(wrapped([plain(words)], min(width, PROSE)))))

    def _made(self, wanted: ReportRequest, report: Report) -> None:
        if wanted is not self._wanted:  # another was asked for meanwhile
            return
        self._report = report
        self.end_making()
        if self.is_attached:
            how = "over" if report.over else "not finished"
            of = f"number {report.place + 1:,} of {len(report.reviews):,}, " * (
                len(report.reviews) > 1
            )
            self.query_one("#title", Bar).set(
                [plain(report.title), plain(report.who)], f"review {of}{how}"
            )
            self.query_one(VerticalScroll).scroll_home(animate=False)
            self.lay_out(_page(report))
            if report.remark:
                self.notify(report.remark)

    async def _show_page(self, page: Iterable[Widget]) -> None:
        """Show the sentence, the figures, the columns before and after, then the sections."""
        await super()._show_page(page)
        self.redraw()

    def show_undone(self, commit: Commit) -> None:
        """Show the review at the card that is open again, else the board: the report is not true now."""
        if not self.is_current:  # left meanwhile
            return
        review = self._go_on(commit) if self._go_on else None
        if review:
            self.app.switch_screen(review)
        else:
            self.dismiss(None)

    # Writing it

    def action_write_report(self) -> None:
        """Ask for a file, and write the report to it, where this login may."""
        report, rights = self._report, self.board_app.rights
        if report and attempt(self.board_app, lambda: rights.files_in(Path.cwd())):
            self._ask(report, f"review-{report.day.isoformat()}.html")

    def _ask(self, report: Report, path: str, refused: str = "") -> None:
        self.run_worker(self._write(report, path, refused))

    async def _write(self, report: Report, proposed: str, refused: str) -> None:
        """Ask for a path and write to it; what is refused is asked again, with the path as typed."""
        rights = self.board_app.rights
        question = (
            "HTML; .md, .txt or .json in the name asks for those, .ics for a calendar of the"
            f" callbacks. The folder is {rights.files_in(Path.cwd())}"
        )
        dialog = LineDialog(
            "Write the report to a file", question, proposed, refused=refused, does="write it"
        )
        typed = await self.app.push_screen_wait(dialog)
        if typed is None:
            return
        not_written = partial(self._not_written, report, typed)
        try:
            path = rights.file_named(typed, Path.cwd())
            kind = format_of(path, USUAL)
        except ReviewBoardError as error:
            not_written(error)
            return
        self._board.runner.run(
            partial(write_report, path, report, kind),
            lambda _: self.notify(f"Written to {path}"),
            not_written,
        )

    def _not_written(self, report: Report, typed: str, error: Exception) -> None:
        """Ask again: a file in the way is not replaced, and there is no --force here to name."""
        words = str(error)
        if isinstance(error, RefusedError):
            words = f"{error.message}: name another"
        if self.is_attached:
            self._ask(report, typed, words)
        else:
            self.notify(words, severity="warning")


def _page(report: Report) -> Iterator[Widget]:
    """Yield the page from top to bottom; sentences and sections are filled in for the width."""
    _, rest = first_sentence(report.summary)
    yield Static(markup=False, id="sentence", classes="prose")
    if rest:
        yield Static(markup=False, classes="prose")
    figures = key_figures(report)
    yield Horizontal(
        *(LargeFigure(f.number, f.words, classes=f.meaning) for f in figures), id="figures"
    )
    words = " · ".join(f"{figure.number} {figure.words}" for figure in figures)
    yield Static(words, markup=False, id="figures-in-words")
    columns = list(column_shares(report))
    is_known = any(column.before is not None for column in columns)
    head = "The columns, before → after" if is_known else "The columns"
    yield Static(head, markup=False, classes="head")
    room = max((cell_len(column.words) for column in columns), default=0)
    yield from (_bars(column, room) for column in columns)
    yield Static(markup=False, id="report")


def _bars(column: ColumnShares, room: int) -> BarLine:
    """Return a column with a bar for its value before, where that is known, and one for after."""
    bars = [ShareBar(column.after, classes=colour_of(column.column))]
    if column.before is not None:
        bars.insert(0, ShareBar(column.before, classes="was"))
    return BarLine(column.column.title, column.words, *bars, room=room)
