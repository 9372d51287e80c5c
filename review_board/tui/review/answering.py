"""Answering a question of the card: the answer, the callback's proof, or the next step itself."""

from typing import TYPE_CHECKING

from review_board.judgement.packs import CHANGE, NEXT_STEP
from review_board.judgement.questions import put
from review_board.pipeline.changes import set_callback
from review_board.pipeline.dates import typed_when
from review_board.pipeline.locations import SITES
from review_board.tui.refusals import told
from review_board.tui.review.answer_dialog import AnswerDialog, AnswerDraft
from review_board.tui.review.card_text import AskedQuestion
from review_board.tui.review.follow_up import ask_callback

if TYPE_CHECKING:
    from review_board.board import Desk
    from review_board.tui.deeds import Asker, Deeds


async def ask_question(app: "Asker", desk: "Desk", deeds: "Deeds", asked: AskedQuestion) -> None:
    """Ask it and put the answer on record."""
    current = desk.current
    if current is None:
        return
    if asked.question.id == NEXT_STEP:
        await deeds.next_step(current)
    elif asked.question.id == SITES:
        await deeds.locations(current, asked.question)
    elif asked.question.id == CHANGE:
        await _prove(app, desk, current)
    else:
        await _answer(app, desk, current, asked)


async def _answer(app: "Asker", desk: "Desk", current: str, asked: AskedQuestion) -> None:
    board = desk.board
    evidence, prospect = board.evidence(current), board.prospect(current)
    words = put(asked.question, prospect, evidence.callback, board.today.day)
    given = prospect.answers.get(asked.question.id)
    draft: AnswerDraft | None = await app.push_screen_wait(
        AnswerDialog(asked.question, prospect.name, words, board.today.day, given)
    )
    if draft and desk.current == current:
        answer = draft.answer(board.by)
        told(app, lambda: desk.answer(asked.question.id, answer))


async def _prove(app: "Asker", desk: "Desk", current: str) -> None:
    """What will have changed is answered on the callback itself: that is its proof."""
    board = desk.board
    callback = await ask_callback(app, board.evidence(current))
    if callback:
        action = f"callback {typed_when(callback.on, callback.time)}"
        told(app, lambda: board.change(current, lambda p, _: set_callback(p, callback), action))
