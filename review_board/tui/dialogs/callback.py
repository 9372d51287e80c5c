"""A promise to call on a day, with its proof."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.pipeline.vocabulary import ReasonKind
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, Row, Text
from review_board.tui.dialogs.drafts import CallbackDraft
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.reading import echo_day, read_when

ASKED = [Choice(True, "b", "the buyer asked"), Choice(False, "w", "we proposed it")]
REASONS: list[Choice[ReasonKind | None]] = [
    Choice(None, "n", "no reason"),
    Choice(ReasonKind.BUDGET, "b", "budget"),
    Choice(ReasonKind.CONTRACT_END, "c", "contract end"),
    Choice(ReasonKind.PROJECT, "j", "project"),
    Choice(ReasonKind.PERSON, "p", "person"),
    Choice(ReasonKind.EVENT, "e", "event"),
    Choice(ReasonKind.PROCUREMENT, "m", "procurement"),
]


class CallbackDialog(Dialog[CallbackDraft]):
    """Asks for the day, who asked, the reason and what will have changed; gives a ``CallbackDraft``.

    Only the day is mandatory: a callback without the rest is stored, and counts as a deferral.
    """

    AUTO_FOCUS = "#when"

    def __init__(
        self,
        title: str,
        today: date,
        *,
        when: str = "",
        asked: bool = False,
        prefill: CallbackDraft | None = None,
    ) -> None:
        super().__init__(title)
        self._asked = prefill.asked_by_buyer if prefill else asked
        self._today = today
        self._prefill = prefill
        self._when = when or (prefill.on.isoformat() if prefill else "")

    def fields(self) -> ComposeResult:
        """The four parts of the proof."""
        old = self._prefill
        yield Row("Call on", LineInput(self._when, hint="18jan, +2w, fri 10:30", id="when"))
        yield Text(echo_day(self._when, self._today), id="echo", classes="echo")
        yield Row("Who asked", Choices(ASKED, initial=self._asked, id="asked"))
        yield Row(
            "Their reason", Choices(REASONS, initial=old.reason if old else None, id="reason")
        )
        question = "What will have changed by then that lets us move forward?"
        yield Text(question, classes="echo")
        change = old.change if old else ""
        yield Row("Changed", LineInput(change, hint="in their words", long=True, id="change"))

    @on(Input.Changed, "#when")
    def _show_the_day(self, event: Input.Changed) -> None:
        self.query_one("#echo", Text).say(echo_day(event.value, self._today))

    def result(self) -> CallbackDraft:
        """The promise, with as much proof as was given."""
        day, _ = read_when("when", self.value_of("when"), self._today)
        if day < self._today:
            raise FieldError("when", f"{day} is past; a callback lies ahead")
        asked = self.query_one("#asked", Choices).chosen
        reason = self.query_one("#reason", Choices).chosen
        return CallbackDraft(
            on=day,
            asked_by_buyer=bool(asked and asked.value),
            reason=reason.value if reason else None,
            change=self.value_of("change"),
        )
