"""Asks for a verdict on one prospect or many, wherever the person stands, and records it."""

from collections.abc import Sequence
from functools import partial

from review_board.board.board import Board
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.review.direct_verdicts import (
    DirectVerdict,
    decided_today,
    first_today,
    record_verdicts,
    refuse_won,
)
from review_board.review.overruling import without_plans
from review_board.review.proposals import NONE_PLANNED
from review_board.review.where_it_is import where_it_is
from review_board.tui.app_protocol import BoardApp
from review_board.tui.dialogs.steps import Steps
from review_board.tui.review.decision_dialogs import DecisionDialogs
from review_board.tui.review.many_decisions import ManyDecisions
from review_board.tui.review.second_verdict import TAKES_ITS_PLACE, anyway_dialog
from review_board.wording import several

Overruled = dict[str, VerdictRecord]


async def decide_now(
    app: BoardApp, board: Board, ids: Sequence[str], to: Column, session: str | None = None
) -> bool:
    """Ask what the verdict demands and record it; return whether it was.

    Whoever comes second on one day is asked first whether it is meant. Raises ``RefusedError`` for a
    sale that was won.
    """
    prospects = [board.prospect(i) for i in ids]
    for prospect in prospects:
        refuse_won(prospect)
    found = ((p.id, first_today(p, board.today, board.by)) for p in prospects)
    first: Overruled = {i: verdict for i, verdict in found if verdict}
    if first and not (ids := await _meant(app, board, first, to, ids)):
        return False
    seen = {i: document for i in ids if (document := board.document(i))}
    steps = Steps(app)
    cards = {
        i: DecisionDialogs(
            steps,
            without_plans(board.evidence(i), first.get(i)),
            board.recommendation(i),
            NONE_PLANNED,
        )
        for i in ids
    }
    if len(cards) > 1:
        decisions = await steps.through(partial(ManyDecisions(steps, cards).of, to))
    else:
        ((only, dialogs),) = cards.items()
        decision = await steps.through(partial(dialogs.of, to))
        decisions = {only: decision} if decision else None
    if not decisions:
        return False
    given = {
        i: DirectVerdict(decision, cards[i].made, first.get(i)) for i, decision in decisions.items()
    }
    record_verdicts(board, given, seen, session)
    if len(ids) > 1:
        app.notify(f"{len(ids)} prospects are in {to.title} now; one undo brings them back")
    else:
        app.notify(where_it_is(board.evidence(only), prospects[0].column))
    return True


async def _meant(
    app: BoardApp, board: Board, first: Overruled, to: Column, ids: Sequence[str]
) -> Sequence[str]:
    """Return those whom the verdict is meant for, although somebody decided on some today already."""
    (prospect_id, verdict), count = next(iter(first.items())), len(ids)
    others = [i for i in ids if i not in first]
    said = f"{decided_today(board, first, count)}\n{TAKES_ITS_PLACE}"
    refuse = f"leave it as {'it was' if verdict.by == board.by else verdict.by} decided"
    who, hint = board.prospect(prospect_id).name, ""
    if count > 1:
        who, hint = f"{count} prospects", "a letter answers · {dialog.cancel:esc} changes nothing"
        those = "that one" if len(first) == 1 else f"these {len(first)}"
        refuse = "leave them all"
        if others:
            refuse = f"leave {those}, go on with {several(len(others), 'other')}"
    asked = anyway_dialog(who, to, said, no=refuse, count=count, hint=hint)
    answer = await app.push_screen_wait(asked)
    return ids if answer else others if answer is False else ()
