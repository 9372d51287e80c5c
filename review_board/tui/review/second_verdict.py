"""Tells whoever comes second who was first, and asks whether their verdict is meant all the same."""

import asyncio

from review_board.board.board import Board
from review_board.pipeline.vocabulary import Column
from review_board.review.changed_meanwhile import CardNews
from review_board.review.controller import ReviewController
from review_board.review.overruling import anyway_question, decision_words, not_stored_words
from review_board.review.verdicts import Decision
from review_board.tui.app_protocol import BoardApp
from review_board.tui.dialogs.confirm import ConfirmDialog

TAKES_ITS_PLACE = "A yes puts your verdict in the place of this one."


async def confirm_second_verdict(
    app: BoardApp,
    controller: ReviewController,
    news: CardNews,
    to: Column | None = None,
    decision: Decision | None = None,
) -> bool:
    """Return whether a person goes on although somebody was first; one who does not agrees with them.

    Both verdicts are shown as far as they are known; enter alone takes the other one as it is.
    """
    board, current = controller.board, controller.current
    entry = board.entry(current) if current else None
    name = entry.name if entry else "The card"
    if news.is_closed:
        app.notify(f"{name}: {news.text}; {not_stored_words(decision)}", severity="warning")
        return False
    lines = [f"{news.sentence}."]
    if decision:
        lines.append(f"Yours: {decision_words(decision, board.today, board.settings)}.")
    who = news.verdict.by if news.verdict and news.verdict.by != board.by else ""
    lines.append(TAKES_ITS_PLACE if news.verdict else anyway_question(to))
    no = f"leave it as {who} decided" if who else "leave it as it is"
    asked = anyway_dialog(name, to, "\n".join(lines), no=no)
    return await app.push_screen_wait(asked) is True


def anyway_dialog(
    who: str, to: Column | None, said: str, *, no: str, count: int = 1, hint: str = ""
) -> ConfirmDialog:
    """Return the question whether a verdict on one, or on ``count``, is meant although somebody was first."""
    question = anyway_question(to)
    yes = question.lower().removesuffix("?")
    yes = yes.replace(" it", " all of them") if count > 1 else yes
    return ConfirmDialog(question.replace(" it", f" {who}", 1), said, yes=yes, no=no, hint=hint)


async def wait_until_saved(board: Board) -> None:
    """Wait until everything handed in until now is on disk, or was refused and said so."""
    answered = asyncio.get_running_loop().create_future()
    board.after_pending(lambda: None if answered.done() else answered.set_result(None))
    await answered
