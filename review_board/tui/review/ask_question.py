"""Answering a question of the card: the answer, the callback's proof, or the next step itself."""

from datetime import date
from typing import Protocol

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.board.board import Board
from review_board.judgement.question_packs import NEXT_STEP, Question
from review_board.judgement.questions import word_question
from review_board.pipeline import changes
from review_board.pipeline.dates import typed_when
from review_board.pipeline.fields import CHANGE, SITES
from review_board.pipeline.records import Answer
from review_board.pipeline.typed_days import DayError, past_day
from review_board.pipeline.vocabulary import AnswerState
from review_board.tui.actions import ProspectActions
from review_board.tui.app_protocol import BoardApp
from review_board.tui.dialogs.choices import Choices, lettered
from review_board.tui.dialogs.dialog import (
    Dialog,
    FieldError,
    LabelledField,
    Text,
)
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.review.card_text import AskedQuestion
from review_board.tui.review.decision_dialogs import ask_callback
from review_board.tui.show_errors import attempt

_RECORDS = {
    AnswerState.CLAIMED: "what they say",
    AnswerState.CONFIRMED: "that it is proven",
    AnswerState.NEGATIVE: "that the answer is no",
    AnswerState.UNKNOWN: "that it is not known",
}


_HEARD, _EVIDENCE = "what they said", "what proves it"


def _is_on_record(answer: Answer, given: Answer | None) -> bool:
    """Tell whether it says the same as the one on record, on the same day."""
    return given is not None and answer == given.model_copy(update={"by": answer.by})


class AnswerDialog(Dialog[Answer]):
    """Asks one question; a letter picks the state, then come the words. Gives an ``Answer``."""

    is_fitted = True
    DEFAULT_CSS = """
    AnswerDialog #before { display: none; }
    """

    def __init__(
        self, question: Question, who: str, asked: str, today: date, given: Answer | None = None
    ) -> None:
        super().__init__(f"Ask {who}: {question.label}")
        self._question = question
        self._words = asked
        self._today = today
        self._given = given
        self._says_again = False  # its letter was pressed, not only looked at

    def fields(self) -> ComposeResult:
        """Yield the question, the states, the words."""
        yield Text(self._words)
        negative = f"no: {self._question.negative}" if self._question.negative else "no"
        states = (
            AnswerState.CLAIMED,
            AnswerState.CONFIRMED,
            AnswerState.NEGATIVE,
            AnswerState.UNKNOWN,
        )
        labels = ("said: they say so", "proven: with evidence", negative, "unknown")
        options = lettered(states, "ycxu", labels)
        initial = self._given.state if self._given else None
        yield Choices(options, initial=initial, id="state")
        text = self._given.text if self._given else ""
        yield LabelledField("In their words", LineInput(text, hint=_HEARD, long=True, id="text"))
        before = f"before, {self._given.state.label}: “{text}”" if self._given else ""
        yield Text(before, id="before", classes="echo")
        heard = (self._given and self._given.on) or self._today
        yield LabelledField(
            "Heard on",
            LineInput(heard.isoformat(), hint="such as: yesterday, -3d, mon, 18nov", id="on"),
        )

    @on(Choices.Picked, "#state")
    def _ask_for_its_words(self, event: Choices.Picked) -> None:
        chosen = event.choices.chosen
        if chosen is not None and not event.sure:
            self._says_again = event.typed
            self._keep_words_with_their_state(chosen.value is self._words_of)
        proven = chosen is not None and chosen.value is AnswerState.CONFIRMED
        self.query_one("#text", LineInput).show_hint(_EVIDENCE if proven else _HEARD)
        self._date_it()

    @property
    def _letter(self) -> str:
        """Return the letter of the state that is picked."""
        chosen = self.query_one("#state", Choices).chosen
        return chosen.letter if chosen else ""

    @property
    def _words_of(self) -> AnswerState | None:
        """Return the state that the words on record belong to; none where there are no words."""
        return self._given.state if self._given and self._given.text else None

    def _keep_words_with_their_state(self, theirs: bool) -> None:
        """Keep the words on record with their state: at another one they are only shown."""
        if self._given is None or self._words_of is None:
            return
        field = self.query_one("#text", Input)
        if field.value == ("" if theirs else self._given.text):
            field.value = self._given.text if theirs else ""
        self.query_one("#before").display = not theirs

    @on(Input.Changed, "#text")
    def _date_it(self) -> None:
        """Date an answer today, also the same whose letter is pressed; one only looked at keeps its day."""
        given = self._given
        if given is None or given.on is None:
            return
        days, field = (given.on.isoformat(), self._today.isoformat()), self.query_one("#on", Input)
        same = self.picked("state") is given.state and not self._says_again
        same &= self.value_of("text") == given.text
        if field.value in days:
            field.value = days[0] if same else days[1]

    def enter_does(self, answer: Answer) -> str:
        """Say what is put on record."""
        if _is_on_record(answer, self._given):
            return f"leave it as it is; {self._letter} records it as heard again today"
        return f"put on record {_RECORDS[answer.state]}"

    def result(self) -> Answer:
        """Return the answer; a confirmed one needs its evidence."""
        state, text = self.picked("state"), self.value_of("text")
        if state is None:
            raise FieldError("state", "Pick what is known: y, c, x or u")
        if state is AnswerState.CONFIRMED and not text:
            raise FieldError("text", "Write down what proves it")
        if state is AnswerState.CONFIRMED and self._is_only_the_claim(text):
            raise FieldError("text", "That is what they said: write down what proves it")
        return Answer(state=state, text=text, on=self._heard_on())

    def _heard_on(self) -> date:
        """Return the day of the answer, which lies behind us."""
        typed = self.value_of("on")
        try:
            return past_day(typed, self._today)
        except DayError as error:
            raise FieldError("on", f"Heard on: {error}", error.word) from error

    def _is_only_the_claim(self, text: str) -> bool:
        given = self._given
        return given is not None and given.state is AnswerState.CLAIMED and given.text == text


class Answerable(Protocol):
    """A review whose card is asked about."""

    @property
    def board(self) -> Board:
        """Return the open pipeline."""

    @property
    def current(self) -> str | None:
        """Return the card."""


async def ask_question(
    app: BoardApp,
    controller: Answerable,
    prospect_actions: ProspectActions,
    asked: AskedQuestion,
) -> None:
    """Ask it and put the answer on record."""
    current = controller.current
    if current is None:
        return
    if asked.question.id == NEXT_STEP:
        await prospect_actions.next_step(current, asks=True)
    elif asked.question.id == SITES:
        await prospect_actions.locations(current, asked.question)
    elif asked.question.id == CHANGE:
        await _prove(app, controller, current)
    else:
        await _answer(app, controller, current, asked)


async def _answer(
    app: BoardApp, controller: Answerable, current: str, asked: AskedQuestion
) -> None:
    board = controller.board
    evidence, prospect = board.evidence(current), board.prospect(current)
    words = word_question(asked.question, prospect, evidence.callback, board.today.day)
    given = prospect.answers.get(asked.question.id)
    answer = await app.push_screen_wait(
        AnswerDialog(asked.question, prospect.who, words, board.today.day, given)
    )
    if answer and not _is_on_record(answer, given) and controller.current == current:
        question, signed = asked.question.id, answer.model_copy(update={"by": board.by})
        action = f"answered {question}: {answer.state.said(answer.text)}"
        attempt(
            app,
            lambda: board.change(current, lambda p, _: changes.answer(p, question, signed), action),
        )


async def _prove(app: BoardApp, controller: Answerable, current: str) -> None:
    """Ask what will have changed, on the callback itself: that is its proof."""
    board = controller.board
    agreed, today = await ask_callback(app, board.evidence(current)), board.today.day
    if agreed:
        action = f"callback {typed_when(agreed.on, agreed.time)}"
        attempt(
            app,
            lambda: board.change(
                current, lambda p, _: changes.agree_callback(p, agreed, today), action
            ),
        )
