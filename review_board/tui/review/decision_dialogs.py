"""What each verdict demands, asked in dialogs: a decision comes out, or nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from review_board.judgement.due.bet_step import check_bet
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.rules import RULES_BY_NAME
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import short_day, typed_when
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column
from review_board.review.proposals import (
    NONE_PLANNED,
    Planned,
    proposed_bet_day,
    proposed_call,
    proposed_idea_day,
    proposed_ideas,
    proposed_plan,
    proposed_reason,
    proposed_step,
    usual_first_touch,
)
from review_board.review.verdicts import (
    Decision,
    asks_importance,
    calls_too_soon,
    is_against,
    is_over,
    reason_to_go,
    takes_up,
)
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.drop import DropDialog
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.dialogs.nurture import NurtureDialog
from review_board.tui.review.against_dialog import AgainstDialog, AgainstDraft
from review_board.tui.review.importance_dialog import ImportanceDialog, ImportanceDraft
from review_board.tui.review.keep_dialog import (
    BetDialog,
    CallDialog,
    EarliestDay,
    KeepDialog,
    KeepDraft,
)

if TYPE_CHECKING:
    from review_board.tui.app_protocol import BoardApp


async def ask_decision(
    app: "BoardApp",
    to: Column,
    evidence: Evidence,
    made: Recommendation,
    planned: Planned = NONE_PLANNED,
) -> Decision | None:
    """Ask what going there demands, one dialog for each demand; ``None`` when it was taken back.

    ``planned`` are the steps that the review has set so far, so that not all fall on one day.
    """
    decision: Decision | None = Decision(to)
    last: Ask = partial(_PLANNING[to], planned=planned) if to in _PLANNING else _DESTINATIONS[to]
    for ask in (_against, _changed, _importance, last):
        if decision is not None:
            decision = await ask(app, decision, evidence, made)
    return decision


async def ask_recommended(
    app: "BoardApp", evidence: Evidence, made: Recommendation, planned: Planned = NONE_PLANNED
) -> Decision | None:
    """Ask for what the record advises. A proven callback stays as it is until its day is over."""
    prospect, today = evidence.prospect, evidence.today
    if RULES_BY_NAME[made.rule].keeps_callback and not takes_up(prospect, made.destination, today):
        return await _promised(app, evidence, made, planned)
    return await ask_decision(app, made.destination, evidence, made, planned)


async def _promised(
    app: "BoardApp", evidence: Evidence, made: Recommendation, planned: Planned
) -> Decision | None:
    """Keep the callback; when its day is over, ask on which day they are called after all."""
    promised = evidence.callback
    callback = AgreedCallback.of(promised) if promised else None
    decision = Decision(Column.CALLBACK, callback=callback)
    if callback is None or not is_over(callback, evidence.today):
        return decision
    today = evidence.today.day
    named = short_day(callback.on, today)
    action, day = proposed_call(made, evidence, planned)
    title = f"{evidence.prospect.name} named {named}, and nobody called: when will you?"
    pressure = EarliestDay(made.earliest, made.pressure.why)
    draft: KeepDraft | None = await app.push_screen_wait(
        CallDialog(
            title,
            today,
            action,
            typed_when(day, None),
            pressure,
            calendar=evidence.settings.calendar,
        )
    )
    return replace(decision, step=draft.step, sooner=draft.sooner) if draft else None


async def ask_bet(app: "BoardApp", evidence: Evidence, made: Recommendation) -> Decision | None:
    """Keep it on what the buyer does by a day; that day is the next step too."""
    decision: Decision | None = Decision(Column.ACTIVE)
    for ask in (_against, _changed):
        if decision is not None:
            decision = await ask(app, decision, evidence, made)
    if decision is None:
        return None
    days = evidence.settings.review.bet_days
    title = f"A bet on {evidence.prospect.name}: what will they do?"
    bet: NextStep | None = await app.push_screen_wait(
        BetDialog(
            title,
            evidence.today.day,
            days,
            proposed_bet_day(evidence),
            calendar=evidence.settings.calendar,
        )
    )
    if bet is None:
        return None
    step = NextStep(action=check_bet(bet.action), on=bet.on)
    sooner = f"a bet that ends on {bet.on}"
    return replace(decision, step=step, bet=bet, sooner=sooner)


async def _against(
    app: "BoardApp", decision: Decision, evidence: Evidence, made: Recommendation
) -> Decision | None:
    to = decision.destination
    if not is_against(to, made):
        return decision
    going = f"{evidence.prospect.name} → {to.title}"
    draft: AgainstDraft | None = await app.push_screen_wait(AgainstDialog(made.headline, going))
    return replace(decision, against=draft.line, start_anew=draft.start_anew) if draft else None


async def _changed(
    app: "BoardApp", decision: Decision, evidence: Evidence, made: Recommendation
) -> Decision | None:
    prospect = evidence.prospect
    if not takes_up(prospect, decision.destination, evidence.today):
        return decision
    since = "it was dropped"
    if prospect.drop:
        since = short_day(evidence.today.day_of(prospect.drop.at), evidence.today.day)
    signal = evidence.timeline.last_signal
    said = ""
    if signal and signal.touch.note:
        said = f"They said on {short_day(signal.day, evidence.today.day)}: “{signal.touch.note}”"
    title = f"{prospect.name} comes back: what has changed since {since}?"
    hint = "what is another thing now than then"
    line: str | None = await app.push_screen_wait(LineDialog(title, said, hint=hint))
    return replace(decision, changed=line) if line else None


async def _importance(
    app: "BoardApp", decision: Decision, evidence: Evidence, made: Recommendation
) -> Decision | None:
    if not asks_importance(decision.destination, evidence.prospect, made):
        return decision
    days = evidence.settings.review.last_attempt_days
    draft: ImportanceDraft | None = await app.push_screen_wait(
        ImportanceDialog(
            f"{evidence.prospect.name} is a high-tier sale",
            proposed_ideas(evidence),
            evidence.today.day,
            proposed_idea_day(evidence),
            days=days,
            letting_go=reason_to_go(decision.destination, made),
            calendar=evidence.settings.calendar,
        )
    )
    return replace(decision, importance=draft.importance, idea=draft.idea) if draft else None


async def _keep(
    app: "BoardApp",
    decision: Decision,
    evidence: Evidence,
    made: Recommendation,
    planned: Planned,
) -> Decision | None:
    action, day, at = proposed_step(made, evidence, planned)
    title = f"Keep {evidence.prospect.name}: the dated next step"
    pressure = EarliestDay(made.earliest, made.pressure.why)
    draft: KeepDraft | None = await app.push_screen_wait(
        KeepDialog(
            title,
            evidence.today.day,
            action,
            typed_when(day, at),
            pressure,
            calendar=evidence.settings.calendar,
        )
    )
    return replace(decision, step=draft.step, sooner=draft.sooner) if draft else None


async def _callback(
    app: "BoardApp", decision: Decision, evidence: Evidence, made: Recommendation
) -> Decision | None:
    callback = await ask_callback(app, evidence)
    if callback is None or not calls_too_soon(callback, made, evidence.today):
        return replace(decision, callback=callback) if callback else None
    assert made.earliest is not None
    today = evidence.today.day
    early = (
        f"{short_day(callback.on, today)} is before {short_day(made.earliest, today)}, the earliest"
        f" that contact pressure allows ({made.pressure.why})."
    )
    word: str | None = await app.push_screen_wait(
        LineDialog("Why so soon?", early, hint="they asked for it")
    )
    return replace(decision, callback=callback, sooner=word) if word else None


async def ask_callback(app: "BoardApp", evidence: Evidence) -> AgreedCallback | None:
    """Ask for the callback and its proof, beginning with the open one."""
    who, old = evidence.prospect.name, evidence.callback
    prefill = AgreedCallback.of(old) if old else None
    agreed: AgreedCallback | None = await app.push_screen_wait(
        CallbackDialog(who, evidence.today.day, prefill=prefill, evidence=evidence)
    )
    return agreed


async def _nurture(
    app: "BoardApp",
    decision: Decision,
    evidence: Evidence,
    made: Recommendation,
    planned: Planned,
) -> Decision | None:
    title, today, settings = (
        f"Nurture {evidence.prospect.name}",
        evidence.today.day,
        evidence.settings,
    )
    usual = partial(usual_first_touch, today=today, settings=settings, planned=planned)
    track, first = proposed_plan(evidence, made)
    typed = first.isoformat() if first else ""
    plan = await app.push_screen_wait(
        NurtureDialog(title, today, track, first=typed, usual=usual, calendar=settings.calendar)
    )
    return replace(decision, track=plan.track, first=plan.first) if plan else None


async def _drop(
    app: "BoardApp", decision: Decision, evidence: Evidence, made: Recommendation
) -> Decision | None:
    proposed = proposed_reason(made, evidence.settings)
    title, reasons = f"Drop {evidence.prospect.name}: why?", evidence.settings.drop_reasons
    drop = await app.push_screen_wait(DropDialog(title, proposed, reasons=reasons))
    return replace(decision, reason=drop.reason, note=drop.note) if drop else None


Ask = Callable[["BoardApp", Decision, Evidence, Recommendation], Awaitable[Decision | None]]
_DESTINATIONS: dict[Column, Ask] = {
    Column.CALLBACK: _callback,
    Column.DROPPED: _drop,
}
_PLANNING: dict[Column, Callable[..., Awaitable[Decision | None]]] = {
    Column.ACTIVE: _keep,
    Column.NURTURE: _nurture,
}
"""Those that set a day: it is one that this review has not filled."""
