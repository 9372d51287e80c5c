"""Review mode: one card after another until the queue is settled, one screen updated in place."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from review_board.errors import ReviewBoardError
from review_board.pipeline.changes import set_callback
from review_board.pipeline.vocabulary import Column
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.deeds import told
from review_board.tui.keys import footer_keys
from review_board.tui.prospect_screen import ProspectScreen
from review_board.tui.review.answer_dialog import AnswerDialog
from review_board.tui.review.card_text import AskedQuestion, banner
from review_board.tui.review.card_view import CardView
from review_board.tui.review.follow_up import ask_callback, ask_decision
from review_board.tui.review.summary_screen import SummaryScreen

if TYPE_CHECKING:
    from review_board.board import Desk, Event
    from review_board.store import Commit
    from review_board.tui.app import ReviewBoardApp
    from review_board.tui.deeds import Asker, Deeds


class ReviewScreen(Screen[None]):
    """The review; dismissed when it is stopped or over. What is decided is on disk by then."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take_it", "Take it", id="review.take", tooltip="Take the recommendation"),
        Binding("K", "decide('active')", "Keep", id="review.keep", tooltip="Keep it in Active, with a dated next step"),
        Binding("C", "decide('callback-pending')", "Callback", id="review.callback", tooltip="Keep it for a callback on a day"),
        Binding("N", "decide('nurture')", "Nurture", id="review.nurture", tooltip="Purge it to Nurture"),
        Binding("D", "decide('dropped')", "Drop", id="review.drop", tooltip="Purge it to Dropped, for a reason"),
        Binding("s", "skip", "Skip", id="review.skip", tooltip="Leave it as it is; it stays due"),
        Binding("u", "undo", "Undo", id="review.undo", tooltip="Take back the last change and return to its card"),
        Binding("question_mark", "app.help", "Help", id="review.help", tooltip="All keys"),
        Binding("p", "back", "Back", id="review.back", tooltip="The card before"),
        Binding("t", "timeline", "Timeline", id="review.timeline", tooltip="The whole record"),
        Binding("q,escape", "stop", "Stop", id="review.stop", tooltip="Stop; the review resumes at this card"),
        Binding("1,2,3,4,5", "answer", "Answer", id="review.answer", show=False, tooltip="Answer the question with this number"),
        Binding("c", "log", "Contact", id="review.log", show=False, tooltip="Log a contact"),
        Binding("n", "note", "Note", id="review.note", show=False, tooltip="Write a note"),
        Binding("e", "edit", "Edit", id="review.edit", show=False, tooltip="Change the plain fields"),
        Binding("j,down", "scroll(1)", "Down", id="review.down", show=False, tooltip="Scroll the card"),
        Binding("k,up", "scroll(-1)", "Up", id="review.up", show=False, tooltip="Scroll the card"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ReviewScreen { background: $background; }
    """

    def __init__(self, desk: "Desk", deeds: "Deeds") -> None:
        super().__init__()
        self._desk = desk
        self._deeds = deeds
        self._asked: list[AskedQuestion] = []
        self._shown: str | None = None
        self._since = desk.board.clock()
        self._busy = False

    @property
    def _asker(self) -> "Asker":
        return cast("Asker", self.app)

    # Drawing

    def compose(self) -> ComposeResult:
        """Banner, card, keys."""
        yield Bar(id="title")
        yield CardView()
        yield KeyBar(footer_keys(self))

    def on_mount(self) -> None:
        """The first card, or the one left last time."""
        self.call_after_refresh(self.redraw)
        if self._desk.resumed:
            self._asker.say(f"Taken up at card {self._desk.session.place + 1}")

    def on_resize(self, event: events.Resize) -> None:
        """Wide screens show thresholds and keys."""
        self.call_after_refresh(self.redraw)

    def hear(self, event: "Event") -> None:
        """Something changed: a write that failed is taken back, others' changes show."""
        if getattr(event, "error", None) is not None:
            self._desk.refresh()
        ids: frozenset[str] = getattr(event, "ids", frozenset())
        if self._desk.current in ids or getattr(event, "everything", False):
            self._desk.pass_over_gone()
            self.redraw()

    def redraw(self) -> None:
        """The banner and the current card as the record stands now."""
        desk, board = self._desk, self._desk.board
        cards = len(desk.session.queue)
        elapsed = int((board.clock() - desk.session.started).total_seconds() // 60)
        minutes = f" · {elapsed} of {board.settings.review.minutes} min" if elapsed < 600 else ""
        parts = banner(desk.session.place, cards, desk.summary())
        self.query_one("#title", Bar).set(parts, f"{board.by}{minutes}")
        current = desk.current
        if current != self._shown:
            self._shown, self._since = current, board.clock()
        if current is None:
            self._end()
            return
        try:
            prospect, evidence = board.prospect(current), board.evidence(current)
            made, before = board.recommendation(current), desk.ruling_on(current)
        except ReviewBoardError as error:
            self._asked = []
            self.query_one(CardView).say(str(error))
            return
        self._asked = self.query_one(CardView).show(prospect, evidence, made, before)

    def _end(self) -> None:
        """Every card was passed: the summary takes the screen's place."""
        self._desk.finish()
        self.app.switch_screen(SummaryScreen(self._desk.summary()))

    # Deciding

    def action_take_it(self) -> None:
        """Do what the record recommends, with what that demands."""
        if current := self._desk.current:
            self._decide(self._desk.board.recommendation(current).destination)

    def action_decide(self, column: str) -> None:
        """Decide otherwise, or likewise by name."""
        if self._desk.current:
            self._decide(Column(column))

    def _decide(self, to: Column) -> None:
        if self._may_change():
            self._do(self._decided(to))

    async def _decided(self, to: Column) -> None:
        current = self._desk.current
        if current is None:
            return
        board = self._desk.board
        made, seen = board.recommendation(current), board.document(current)
        decision = await ask_decision(self._asker, to, board.evidence(current), made)
        if decision is None or self._desk.current != current:
            return
        seconds = max(0, int((board.clock() - self._since).total_seconds()))
        if told(self._asker, lambda: self._desk.decide(decision, made, seconds, seen)):
            self.redraw()

    def on_key(self, event: events.Key) -> None:
        """A digit opens its question."""
        if event.key.isdigit() and event.key != "0":
            event.stop()
            self.action_answer(int(event.key))

    def action_answer(self, digit: int = 0) -> None:
        """Answer a question; the recommendation is another at once."""
        asked = next((a for a in self._asked if a.digit == digit), None)
        if asked is None:
            self._asker.say(f"There is no question {digit} on this card" if digit else "Which?")
        elif self._may_change():
            self._do(self._answered(asked))

    async def _answered(self, asked: AskedQuestion) -> None:
        current, board = self._desk.current, self._desk.board
        if current is None:
            return
        if asked.question.id == "next-step":
            await self._deeds.next_step(current)
            return
        if asked.question.id == "change":
            await self._proven(current)
            return
        prospect = board.prospect(current)
        given = prospect.answers.get(asked.question.id)
        draft = await self.app.push_screen_wait(AnswerDialog(asked.question, prospect.name, given))
        if draft is None:
            return
        answer = draft.answer(board.today.day, board.by)
        told(self._asker, lambda: self._desk.answer(asked.question.id, answer))
        self.redraw()

    async def _proven(self, current: str) -> None:
        """What will have changed is answered on the callback itself: that is its proof."""
        board = self._desk.board
        callback = await ask_callback(self._asker, board.evidence(current))
        if callback:
            action = f"callback {callback.on}"
            told(
                self._asker,
                lambda: board.change(current, lambda p, _: set_callback(p, callback), action),
            )

    # Going

    def action_skip(self) -> None:
        """Leave it."""
        if told(self._asker, self._desk.skip):
            self.redraw()

    def action_back(self) -> None:
        """The card before."""
        if told(self._asker, self._desk.back):
            self.redraw()

    def action_undo(self) -> None:
        """Take back the last change, and go back to its card."""
        app = cast("ReviewBoardApp", self.app)
        app.undo(done=self._undone)

    def _undone(self, commit: "Commit") -> None:
        self._desk.returned(commit)
        self.redraw()

    def action_stop(self) -> None:
        """Stop here; the session stays open."""
        self.dismiss(None)

    # The record

    def action_timeline(self) -> None:
        """The prospect's page."""
        if current := self._desk.current:
            self.app.push_screen(ProspectScreen(self._desk.board, self._deeds, current))

    def action_log(self) -> None:
        """Log a contact; the card is shown again."""
        self._deed("log")

    def action_note(self) -> None:
        """Write a note."""
        self._deed("note")

    def action_edit(self) -> None:
        """Change the plain fields."""
        self._deed("edit")

    def _deed(self, name: str) -> None:
        if (current := self._desk.current) and self._may_change():
            self._do(getattr(self._deeds, name)(current))

    def action_scroll(self, lines: int) -> None:
        """The card, when it is longer than the screen."""
        self.query_one(CardView).scroll_relative(y=lines, animate=False)

    @on(KeyBar.KeyClicked)
    async def _run_key(self, event: KeyBar.KeyClicked) -> None:
        await self.run_action(event.action)

    def _may_change(self) -> bool:
        reason = self._desk.board.read_only
        if reason:
            self._asker.say(f"Nothing can be decided: {reason}", bad=True)
        return not reason and not self._busy

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        """One dialog at a time: keys queued behind it must not open another."""
        self._busy = True

        async def done() -> None:
            try:
                await work
            finally:
                self._busy = False

        self.run_worker(done())
