"""One qualification question, answered: what is known, how well, and in whose words."""

from dataclasses import dataclass
from datetime import date

from textual import on
from textual.app import ComposeResult

from review_board.errors import InvalidValueError
from review_board.judgement.packs import Question
from review_board.pipeline.past_day import past_day
from review_board.pipeline.records import Answer
from review_board.pipeline.vocabulary import AnswerState
from review_board.tui.dialogs.choices import Choices, lettered
from review_board.tui.dialogs.dialog import Dialog, FieldError, Row, Text
from review_board.tui.dialogs.line_input import LineInput

_CONFIRMED = AnswerState.CONFIRMED


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """How far the answer can be relied on, what was said, and when."""

    state: AnswerState
    text: str
    on: date

    def answer(self, by: str) -> Answer:
        """The answer as it is stored."""
        return Answer(state=self.state, text=self.text, on=self.on, by=by)


class AnswerDialog(Dialog[AnswerDraft]):
    """Asks one question; a letter picks the state, enter takes it. Gives an ``AnswerDraft``."""

    hint = "a letter picks · enter accepts · tab to the words · {dialog.cancel:esc} cancels"

    def __init__(
        self, question: Question, who: str, asked: str, today: date, given: Answer | None = None
    ) -> None:
        super().__init__(f"{who}: {question.label}")
        self._question = question
        self._words = asked
        self._today = today
        self._given = given

    def fields(self) -> ComposeResult:
        """The question, the states, the words."""
        yield Text(self._words)
        negative = f"no: {self._question.negative}" if self._question.negative else "no"
        states = (
            AnswerState.CLAIMED,
            AnswerState.CONFIRMED,
            AnswerState.NEGATIVE,
            AnswerState.UNKNOWN,
        )
        labels = ("claimed: they say so", "confirmed: with evidence", negative, "unknown")
        options = lettered(states, "ycxu", labels)
        initial = self._given.state if self._given else None
        yield Choices(options, initial=initial, id="state")
        text = self._given.text if self._given else ""
        yield Row("In their words", LineInput(text, hint="the evidence", long=True, id="text"))
        yield Row(
            "Heard on",
            LineInput(self._today.isoformat(), hint="yesterday, -3d, mon, 18nov", id="on"),
        )

    @on(Choices.Picked, "#state")
    def _go_to_the_words(self, event: Choices.Picked) -> None:
        """Confirmed takes its evidence, which is typed next."""
        if event.typed and event.choices.chosen and event.choices.chosen.value is _CONFIRMED:
            self.query_one("#text").focus()

    def result(self) -> AnswerDraft:
        """The answer; a confirmed one needs its evidence."""
        chosen = self.query_one("#state", Choices).chosen
        if chosen is None:
            raise FieldError("state", "Pick what is known: y, c, x or u")
        text = self.value_of("text")
        if chosen.value is AnswerState.CONFIRMED and not text:
            raise FieldError("text", "Confirmed by what? Write down the evidence")
        if chosen.value is AnswerState.CONFIRMED and self._is_only_the_claim(text):
            raise FieldError("text", "That is what they claimed. What confirms it?")
        return AnswerDraft(chosen.value, text, self._heard_on())

    def _heard_on(self) -> date:
        """The day of the answer, which lies behind us."""
        typed = self.value_of("on")
        try:
            return past_day(typed, self._today)
        except InvalidValueError as error:
            message = "When was it heard? today, yesterday, -3d, mon, 18nov, 2026-11-18"
            raise FieldError("on", message, typed) from error

    def _is_only_the_claim(self, text: str) -> bool:
        given = self._given
        return given is not None and given.state is AnswerState.CLAIMED and given.text == text
