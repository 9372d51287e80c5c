"""What each verdict demands, asked in dialogs: a decision comes out, or nothing."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.rules import RULES_BY_NAME
from review_board.judgement.rules.callbacks import tried_words
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import short_day, typed_when
from review_board.pipeline.vocabulary import SELLING, Column, Verdict
from review_board.review.overruling import deciding
from review_board.review.proposals import (
    Planned,
    proposed_agreement,
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
    asks_start_today,
    calls_too_soon,
    is_against,
    is_over,
    reason_to_go,
    takes_up,
    why_against,
)
from review_board.settings.tree import Settings
from review_board.tui.app_protocol import Asker
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.drop import DROPS, DropDialog
from review_board.tui.dialogs.line import what_has_changed, why_so_soon
from review_board.tui.dialogs.nurture import NurtureDialog
from review_board.tui.review.against_dialog import AgainstDialog, AgainstQuestion
from review_board.tui.review.importance_dialog import ImportanceDialog
from review_board.tui.review.keep_dialog import (
    BetDialog,
    CallDialog,
    EarliestDay,
    KeepDialog,
)

ASKS_IMPORTANCE_NEXT = "next, how important it is; the reason is {}"
"""What enter does where a drop asks on."""


@dataclass(frozen=True, slots=True)
class DecisionDialogs:
    """What is asked about one card before its verdict.

    ``planned`` are the steps that the review has set so far, so that not all fall on one day.
    """

    app: Asker
    evidence: Evidence
    made: Recommendation
    planned: Planned

    async def recommended(self) -> Decision | None:
        """Ask for what the record advises. A proven callback stays as it is until its day is over."""
        to = self.made.destination
        again = takes_up(self.evidence.prospect, to, self.evidence.today)
        if RULES_BY_NAME[self.made.rule].keeps_callback and not again:
            return await self._kept_callback()
        return await self.of(to)

    async def of(self, to: Column) -> Decision | None:
        """Ask what going there demands, one dialog for each demand; ``None`` when it was taken back."""
        if to is Column.DROPPED:  # its reason is what is said against the advice, too
            dropped = await self._drop(Decision(to))
            return await self.doubts(dropped) if dropped else None
        decision = await self.doubts(Decision(to))
        last = {
            Column.ACTIVE: self._step,
            Column.CALLBACK: self._callback,
            Column.NURTURE: self._nurture,
        }[to]
        return await last(decision) if decision else None

    async def bet(self) -> Decision | None:
        """Keep it on what the buyer does by a day; what is planned with them stays planned."""
        against = self._question(Decision(Column.ACTIVE))
        bet = await ask_bet(self.app, self.evidence, self._name, against)
        return await self.doubts(bet) if bet else None

    @property
    def _name(self) -> str:
        return self.evidence.prospect.name

    @property
    def _today(self) -> date:
        return self.evidence.today.day

    async def _kept_callback(self) -> Decision | None:
        """Keep the callback; when its day is over, ask on which day they are called after all."""
        old = self.evidence.callback
        callback = AgreedCallback.of(old) if old else None
        decision = Decision(Column.CALLBACK, callback=callback)
        if callback is None or not is_over(callback, self.evidence.today):
            return decision
        named = short_day(callback.on, self._today)
        action, day = proposed_call(self.made, self.evidence, self.planned)
        so_far = tried_words(self.evidence) or "and nobody called"
        title = f"{self._name} named {named}, {so_far}: when will you call?"
        return await self._dated(CallDialog, title, action, typed_when(day, None), decision)

    async def doubts(self, decision: Decision) -> Decision | None:
        """Ask in one window what letting go and deciding against the advice take, as far as it is not said.

        Who comes back from Dropped is asked in another one what has changed.
        """
        prospect, to = self.evidence.prospect, decision.to
        against = self._question(decision)
        asked: Decision | None = decision
        if asks_importance(to, prospect, self.made):
            asked = await self.ask_importance(decision, against)
        elif against:
            asked = await self._against(decision, against)
        if asked and takes_up(prospect, to, self.evidence.today) and not asked.why:
            return await self._changed(asked)
        return asked

    def _question(self, decision: Decision) -> AgainstQuestion | None:
        """Return what is still asked of a decision against the advice."""
        if decision.start_anew is not None or not asks_start_today(decision, self.made):
            return None
        said = why_against(decision, self.evidence.settings)
        return AgainstQuestion(self._against_words(decision.to), said)

    def _against_words(self, to: Column) -> str:
        return against_words(self.made, to, self.evidence.prospect.column)

    async def _against(self, decision: Decision, question: AgainstQuestion) -> Decision | None:
        """Ask why against the recommendation, and whether they would start with them today."""
        going = f"{deciding(decision.to, self._name)}: against the advice"
        asked = AgainstDialog(question, going, decision)
        return await self.app.push_screen_wait(asked)

    async def _changed(self, decision: Decision) -> Decision | None:
        drop, signal = self.evidence.prospect.drop, self.evidence.timeline.last_signal
        since, words = "it was dropped", ""
        if drop:
            since = short_day(self.evidence.today.day_of(drop.at), self._today)
        if signal and signal.touch.said:
            words = f"They said on {short_day(signal.day, self._today)}: “{signal.touch.said}”"
        dialog = what_has_changed(self._name, since, words)
        line = await self.app.push_screen_wait(dialog)
        return replace(decision, why=line) if line else None

    async def ask_importance(
        self, decision: Decision, against: AgainstQuestion | None = None
    ) -> Decision | None:
        """Ask how important a high-tier sale is before it goes, and for one more idea."""
        settings, worth = self.evidence.settings, self.evidence.prospect.worth_words
        return await self.app.push_screen_wait(
            ImportanceDialog(
                f"{deciding(decision.to, self._name)}: a large sale, {worth}",
                proposed_ideas(self.evidence),
                self._today,
                proposed_idea_day(self.evidence),
                days=settings.review.last_attempt_days,
                letting_go=reason_to_go(decision.to, self.made, _given(decision, settings)),
                against=against,
                calendar=settings.calendar,
                decision=decision,
            )
        )

    async def _step(self, decision: Decision) -> Decision | None:
        action, day, at = proposed_step(self.made, self.evidence, self.planned)
        title = f"{deciding(Column.ACTIVE, self._name)}: the dated next step"
        return await self._dated(KeepDialog, title, action, typed_when(day, at), decision)

    async def _dated(
        self, dialog: type[KeepDialog], title: str, action: str, when: str, decision: Decision
    ) -> Decision | None:
        """Ask for a step on a day, and for a word where contact pressure does not allow it yet."""
        is_call = decision.callback is not None
        asked = dialog(
            title,
            self._today,
            action,
            when,
            EarliestDay.of(self.made),
            agreed=False if is_call else proposed_agreement(self.evidence),
            calendar=self.evidence.settings.calendar,
            decision=decision,
        )
        return await self.app.push_screen_wait(asked)

    async def _callback(self, decision: Decision) -> Decision | None:
        callback = await ask_callback(self.app, self.evidence)
        if callback is None or not calls_too_soon(callback, self.made, self.evidence.today):
            return replace(decision, callback=callback) if callback else None
        assert self.made.earliest_step is not None
        day, earliest = (short_day(d, self._today) for d in (callback.on, self.made.earliest_step))
        early = f"{day} is early: better from {earliest} on ({self.made.pressure.why})."
        word = await self.app.push_screen_wait(why_so_soon(early))
        return replace(decision, callback=callback, sooner=word) if word else None

    async def _nurture(self, decision: Decision) -> Decision | None:
        settings, today = self.evidence.settings, self._today
        usual = partial(usual_first_touch, today=today, settings=settings, planned=self.planned)
        track, first = proposed_plan(self.evidence, self.made.finding)
        move = await self.app.push_screen_wait(
            NurtureDialog(
                deciding(Column.NURTURE, self._name),
                today,
                track,
                prospects=[self.evidence.prospect],
                first=first.isoformat() if first else "",
                stays=self.evidence.prospect.column is Column.NURTURE,
                usual=usual,
                calendar=settings.calendar,
            )
        )
        return replace(decision, track=move.track, first=move.first) if move else None

    async def _drop(self, decision: Decision) -> Decision | None:
        settings = self.evidence.settings
        proposed = proposed_reason(self.made.finding, settings)
        advice = self._against_words(decision.to) if is_against(decision.to, self.made) else ""
        is_last = not asks_importance(decision.to, self.evidence.prospect, self.made)
        dialog = DropDialog(
            self._name,
            proposed,
            reasons=settings.drop_reasons,
            advice=advice,
            does=DROPS if is_last else ASKS_IMPORTANCE_NEXT,
        )
        return await self.app.push_screen_wait(dialog)


def _given(decision: Decision, settings: Settings) -> str:
    """Return the reason that a person gave, and behind it what they wrote of it."""
    label = settings.reason_label(decision.reason) if decision.reason else ""
    why = why_against(decision, settings)
    return f"{label}: {why}" if label and why != label else why


def against_words(made: Recommendation, to: Column, column: Column) -> str:
    """Return ``Against the advice to keep it: …``, or ``The advice is Dropped, not Nurture: …``."""
    if made.verdict is Verdict.PURGE and to not in SELLING:
        said = f"The advice is {made.destination.title}, not {to.title}"
    else:
        is_there = made.destination is column
        goes = f"{'leave it in' if is_there else 'let it go to'} {made.destination.title}"
        said = f"Against the advice to {'keep it' if made.verdict is Verdict.KEEP else goes}"
    return f"{said}: {made.finding.because.text}"


async def ask_bet(
    app: Asker, evidence: Evidence, who: str, against: AgainstQuestion | None = None
) -> Decision | None:
    """Ask what the buyer will do, by which day, and what a bet ``against`` the advice takes."""
    settings, today = evidence.settings, evidence.today.day
    title, day = f"A bet on {who}: what will they do?", proposed_bet_day(evidence)
    return await app.push_screen_wait(
        BetDialog(
            title,
            today,
            settings.review.bet_days,
            day,
            against=against,
            calendar=settings.calendar,
        )
    )


async def ask_callback(
    app: Asker, evidence: Evidence, prefill: AgreedCallback | None = None
) -> AgreedCallback | None:
    """Ask for the callback and its proof, beginning with one that lies ahead: one that is over is no new one."""
    name, today = evidence.prospect.name, evidence.today.day
    dialog = CallbackDialog(name, today, prefill=prefill, evidence=evidence)
    return await app.push_screen_wait(dialog)
