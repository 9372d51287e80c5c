"""What each verdict demands, asked in dialogs: a decision comes out, or nothing."""

from typing import TYPE_CHECKING

from review_board.judgement import Evidence, Recommendation
from review_board.pipeline.records import Callback
from review_board.pipeline.vocabulary import Column
from review_board.review import Decision, is_against
from review_board.review.proposals import proposed_reason, proposed_step, proposed_track
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.drafts import CallbackDraft
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.dialogs.next_step import NextStepDialog
from review_board.tui.dialogs.nurture import NurtureDialog
from review_board.tui.dialogs.reason import ReasonDialog

if TYPE_CHECKING:
    from review_board.tui.deeds import Asker


async def ask_decision(
    app: "Asker", to: Column, evidence: Evidence, made: Recommendation
) -> Decision | None:
    """Ask what going there demands, and, against the recommendation, for the line it takes.

    ``None`` when it was taken back: nothing is decided then.
    """
    against = ""
    if is_against(to, made):
        line = await app.push_screen_wait(
            LineDialog(
                f"Against the recommendation: {made.headline}",
                f"{evidence.prospect.name} → {to.title}. What does the record not know?",
            )
        )
        if line is None:
            return None
        against = line.text
    match to:
        case Column.ACTIVE:
            return await _keep(app, evidence, made, against)
        case Column.CALLBACK:
            return await _callback(app, evidence, against)
        case Column.NURTURE:
            return await _nurture(app, evidence, made, against)
        case Column.DROPPED:
            return await _drop(app, evidence, made, against)


async def _keep(
    app: "Asker", evidence: Evidence, made: Recommendation, against: str
) -> Decision | None:
    action, day = proposed_step(made, evidence)
    step = await app.push_screen_wait(
        NextStepDialog(
            f"Keep {evidence.prospect.name}: the dated next step",
            evidence.today.day,
            action=action,
            when=day.isoformat(),
        )
    )
    return step and Decision(Column.ACTIVE, step=step.step, against=against)


async def _callback(app: "Asker", evidence: Evidence, against: str) -> Decision | None:
    callback = await ask_callback(app, evidence)
    if callback is None:
        return None
    return Decision(Column.CALLBACK, callback=callback, against=against)


async def ask_callback(app: "Asker", evidence: Evidence) -> Callback | None:
    """The promise and its proof; one that keeps its day stays the promise that it was."""
    today, old = evidence.today.day, evidence.callback
    prefill = None
    if old and old.on >= today:
        prefill = CallbackDraft(old.on, old.asked_by_buyer, old.reason, old.change)
    draft: CallbackDraft | None = await app.push_screen_wait(
        CallbackDialog(f"Call {evidence.prospect.name} back", today, prefill=prefill)
    )
    if draft is None:
        return None
    if old is None or draft.on != old.on:
        return draft.callback(today)
    proof = {"asked_by_buyer": draft.asked_by_buyer, "reason": draft.reason, "change": draft.change}
    return old.model_copy(update=proof)


async def _nurture(
    app: "Asker", evidence: Evidence, made: Recommendation, against: str
) -> Decision | None:
    plan = await app.push_screen_wait(
        NurtureDialog(f"Nurture {evidence.prospect.name}", evidence.today.day, proposed_track(made))
    )
    return plan and Decision(Column.NURTURE, track=plan.track, first=plan.first, against=against)


async def _drop(
    app: "Asker", evidence: Evidence, made: Recommendation, against: str
) -> Decision | None:
    drop = await app.push_screen_wait(
        ReasonDialog(f"Drop {evidence.prospect.name}: why?", proposed_reason(made))
    )
    return drop and Decision(Column.DROPPED, reason=drop.reason, note=drop.note, against=against)
