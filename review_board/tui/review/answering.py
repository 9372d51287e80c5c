"""Answering a question of the card: the answer, the callback's proof, or the next step itself."""

from typing import TYPE_CHECKING

from review_board.judgement.packs import CHANGE, NEXT_STEP
from review_board.judgement.questions import put
from review_board.pipeline.changes import set_callback
from review_board.pipeline.dates import typed_when
from review_board.pipeline.vocabulary import AnswerState
from review_board.settings import RuleName
from review_board.tui.deeds import told
from review_board.tui.review.answer_dialog import AnswerDialog, AnswerDraft
from review_board.tui.review.card_text import AskedQuestion
from review_board.tui.review.follow_up import ask_callback

if TYPE_CHECKING:
    from review_board.board import Desk
    from review_board.tui.deeds import Asker, Deeds


async def ask_question(app: "Asker", desk: "Desk", deeds: "Deeds", asked: AskedQuestion) -> bool:
    """Ask it and put the answer on record; whether the answer knocks the prospect out."""
    current = desk.current
    if current is None:
        return False
    if asked.question.id == NEXT_STEP:
        await deeds.next_step(current)
        return False
    if asked.question.id == CHANGE:
        await _prove(app, desk, current)
        return False
    return await _answer(app, desk, current, asked)


async def _answer(app: "Asker", desk: "Desk", current: str, asked: AskedQuestion) -> bool:
    board = desk.board
    evidence, prospect = board.evidence(current), board.prospect(current)
    words = put(asked.question, prospect, evidence.callback, board.today.day)
    given = prospect.answers.get(asked.question.id)
    draft: AnswerDraft | None = await app.push_screen_wait(
        AnswerDialog(asked.question, prospect.name, words, board.today.day, given)
    )
    if draft is None or desk.current != current:
        return False
    answer = draft.answer(board.by)
    if not told(app, lambda: desk.answer(asked.question.id, answer)):
        return False
    negative = draft.state is AnswerState.NEGATIVE
    return negative and board.recommendation(current).rule is RuleName.KNOCKED_OUT


async def _prove(app: "Asker", desk: "Desk", current: str) -> None:
    """What will have changed is answered on the callback itself: that is its proof."""
    board = desk.board
    callback = await ask_callback(app, board.evidence(current))
    if callback:
        action = f"callback {typed_when(callback.on, callback.time)}"
        told(app, lambda: board.change(current, lambda p, _: set_callback(p, callback), action))
