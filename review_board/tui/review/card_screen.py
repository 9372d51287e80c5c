"""What the screens share that show one card of a review: its questions, its record, one dialog at a time."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from review_board.store.protocol import Commit
from review_board.tui.bars import KeyBar
from review_board.tui.footer_keys import footer_keys
from review_board.tui.pipeline_screen import PipelineScreen
from review_board.tui.review.ask_question import Answerable, ask_question
from review_board.tui.review.card_text import AskedQuestion
from review_board.tui.review.card_view import ReviewCardView
from review_board.tui.review.review_bar import ReviewBar
from review_board.tui.screen_keys import KeyMaker

GoOn = Callable[[Commit], Screen[None] | None]
"""Gives the review again after an undo at its report, if that was about it."""


def card_keys(place: str, *, shows_note: bool = False) -> list[Binding]:
    """Return the keys that write to a card and scroll it; ``place`` begins their names."""
    key = KeyMaker(place)
    return [
        key("c", "act('log')", "Contact", "log", "Log a contact"),
        key("semicolon", "line", "Line", "line", 'All of a call in one line: vm "left word" >call fri'),
        key("n", "act('note')", "Note", "note", "Write a note", show=shows_note),
        key("e", "act('edit')", "Edit", "edit", "Change the plain fields"),
        key("1,2,3,4,5", "answer", "Answer", "answer", "Answer the question with this number"),
        key("pagedown", "scroll(10)", "Page down", "page_down", "Scroll the card further"),
        key("pageup", "scroll(-10)", "Page up", "page_up", "Scroll the card further up"),
        key("j,down", "scroll(1)", "Down", "down", "Scroll the card"),
        key("k,up", "scroll(-1)", "Up", "up", "Scroll the card"),
    ]  # fmt: skip


class CardScreen(PipelineScreen[None]):
    """A screen with one card of a ``review``: dismissed when that is left or over."""

    doing = "decided"
    card_view: ClassVar[type[ReviewCardView]] = ReviewCardView

    def __init__(self, review: Answerable) -> None:
        super().__init__(review.board)
        self.review = review
        self._asked: list[AskedQuestion] = []
        self._busy: object | None = None

    @property
    def prospect_id(self) -> str | None:
        """Return the prospect of the card."""
        return self.review.current

    def compose(self) -> ComposeResult:
        """Yield banner, card, keys."""
        yield ReviewBar(id="title")
        yield self.card_view()
        yield KeyBar(footer_keys(self), id="keys")

    def redraw(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError  # each screen draws its own card; Textual's screens are no ABC

    def show_report(self, session: str, go_on: GoOn | None = None) -> None:
        """Let the report take the screen's place; an undo there may ``go_on`` with the review."""
        from review_board.report.prepare import ReportRequest
        from review_board.tui.report.screen import ReportScreen

        name, wanted = self.board_app.pipeline_name, ReportRequest(session=session)
        self.app.switch_screen(ReportScreen(self.review.board, name, wanted, go_on))

    def after_work(self) -> None:
        """Show what came of a dialog."""
        self.redraw()

    async def tell(self, telling: Awaitable[object]) -> None:
        """Let what they told come on record."""
        await telling

    def on_resize(self) -> None:
        """Redraw: a wide screen shows the record beside the card."""
        self.call_after_refresh(self.redraw)

    def on_key(self, event: events.Key) -> None:
        """Open the question of a digit."""
        if event.key.isdigit() and event.key != "0":
            event.stop()
            self.action_answer(int(event.key))

    def action_answer(self, digit: int = 0) -> None:
        """Answer a question; the recommendation is another at once."""
        asked = next((a for a in self._asked if a.digit == digit), None)
        if asked is None:
            self.notify(f"There is no question {digit} on this card" if digit else "Which?")
        elif self.may_change():
            answered = ask_question(self.board_app, self.review, self.prospect_actions, asked)
            self.start(self.tell(answered))

    def action_line(self) -> None:
        """Open the after-call line."""
        if prospect_id := self.prospect_here():
            self.start(self.tell(self.prospect_actions.line(prospect_id)))

    def action_timeline(self) -> None:
        """Open the prospect's page."""
        if prospect_id := self.prospect_id:
            self.board_app.open_prospect(prospect_id)

    def action_details(self) -> None:
        """Show thresholds, settings keys and guards, where there is no room for them by itself."""
        view = self.query_one(ReviewCardView)
        view.full = not view.full
        self.redraw()

    def action_scroll(self, lines: int) -> None:
        """Scroll the card, when it is longer than the screen."""
        self.query_one(ReviewCardView).scroll_relative(y=lines, animate=False)

    def prospect_here(self) -> str | None:
        """Return the prospect of the card, unless something is being asked or the file is read-only."""
        current = self.prospect_id
        return current if current and self.may_change() else None

    def may_change(self) -> bool:
        """Return whether a verdict may be given now: not while something is asked."""
        return super().may_change() and not self._busy

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Begin what asks: one dialog at a time, so keys queued behind it do not open another."""
        mine = self._busy = object()

        async def done() -> None:
            try:
                await work
            finally:
                if self._busy is mine:
                    self._busy = None
                self.after_work()

        super().start(done())
