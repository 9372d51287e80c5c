"""Answering a question of the card: the answer, the callback's proof, or the next step itself."""

from typing import TYPE_CHECKING, Protocol

from review_board.judgement.question_packs import CHANGE, NEXT_STEP
from review_board.judgement.questions import word_question
from review_board.pipeline.changes import agree_callback
from review_board.pipeline.dates import typed_when
from review_board.pipeline.locations import SITES
from review_board.pipeline.records import Answer
from review_board.tui.review.answer_dialog import AnswerDialog
from review_board.tui.review.card_text import AskedQuestion
from review_board.tui.review.decision_dialogs import ask_callback
from review_board.tui.show_errors import attempt

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.tui.actions import ProspectActions
    from review_board.tui.app_protocol import BoardApp


class Answerable(Protocol):
    """A review whose card is asked about."""

    @property
    def board(self) -> "Board":
        """Return the open pipeline."""

    @property
    def current(self) -> str | None:
        """Return the card."""

    def answer(self, question: str, given: Answer) -> None:
        """Answer a question about the card."""


async def ask_question(
    app: "BoardApp",
    controller: Answerable,
    prospect_actions: "ProspectActions",
    asked: AskedQuestion,
) -> None:
    """Ask it and put the answer on record."""
    current = controller.current
    if current is None:
        return
    if asked.question.id == NEXT_STEP:
        await prospect_actions.next_step(current)
    elif asked.question.id == SITES:
        await prospect_actions.locations(current, asked.question)
    elif asked.question.id == CHANGE:
        await _prove(app, controller, current)
    else:
        await _answer(app, controller, current, asked)


async def _answer(
    app: "BoardApp", controller: Answerable, current: str, asked: AskedQuestion
) -> None:
    board = controller.board
    evidence, prospect = board.evidence(current), board.prospect(current)
    words = word_question(asked.question, prospect, evidence.callback, board.today.day)
    given = prospect.answers.get(asked.question.id)
    answer: Answer | None = await app.push_screen_wait(
        AnswerDialog(asked.question, prospect.who, words, board.today.day, given)
    )
    if answer and controller.current == current:
        signed = answer.model_copy(update={"by": board.by})
        attempt(app, lambda: controller.answer(asked.question.id, signed))


async def _prove(app: "BoardApp", controller: Answerable, current: str) -> None:
    """Ask what will have changed, on the callback itself: that is its proof."""
    board = controller.board
    agreed, today = await ask_callback(app, board.evidence(current)), board.today.day
    if agreed:
        action = f"callback {typed_when(agreed.on, agreed.time)}"
        attempt(
            app,
            lambda: board.change(current, lambda p, _: agree_callback(p, agreed, today), action),
        )
