"""What a verdict on many prospects demands: each thing is asked once for all whom it concerns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from review_board.pipeline.dates import short_day, typed_when
from review_board.pipeline.vocabulary import Column
from review_board.review.overruling import deciding
from review_board.review.proposals import completed, proposed_reason, usual_first_touch
from review_board.review.verdicts import (
    Decision,
    asks_importance,
    calls_too_soon,
    is_against,
    step_too_soon,
    takes_up,
)
from review_board.tui.app_protocol import Asker
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.drop_many import DropManyDialog
from review_board.tui.dialogs.line import what_has_changed, why_so_soon
from review_board.tui.dialogs.nurture import NurtureDialog
from review_board.tui.review.against_dialog import AgainstDialog, AgainstQuestion
from review_board.tui.review.decision_dialogs import DecisionDialogs
from review_board.tui.review.keep_dialog import EarliestDay, KeepDialog
from review_board.wording import NAMED, first_few, several

Decisions = dict[str, Decision]


@dataclass(frozen=True, slots=True)
class ManyDecisions:
    """What is asked about several prospects that go to one column; ``cards`` is id → what is known.

    A reason to drop is one each; a step, a callback and a track are the same for all.
    """

    app: Asker
    cards: Mapping[str, DecisionDialogs]

    async def of(self, to: Column) -> Decisions | None:
        """Ask what going there demands; ``None`` when it was taken back."""
        decisions: Decisions | None = {i: Decision(to) for i in self.cards}
        last = {
            Column.ACTIVE: self._step,
            Column.CALLBACK: self._callback,
            Column.NURTURE: self._nurture,
            Column.DROPPED: self._drop,
        }[to]
        doubts = (self._against, self._changed, self._importance)
        # the reason of a drop is what is said against the advice, too
        order = (last, self._importance) if to is Column.DROPPED else (*doubts, last)
        for ask in order:
            decisions = await ask(decisions) if decisions else None
        return decisions

    @property
    def _any(self) -> DecisionDialogs:
        return next(iter(self.cards.values()))

    @property
    def _who(self) -> str:
        return several(len(self.cards), "prospect")

    def _those(self, concerned: Callable[[DecisionDialogs], bool]) -> list[str]:
        return [i for i, card in self.cards.items() if concerned(card)]

    def _names(self, ids: list[str]) -> str:
        return first_few([self.cards[i].evidence.prospect.name for i in ids], NAMED)

    async def _against(self, decisions: Decisions) -> Decisions | None:
        to = next(iter(decisions.values())).to
        ids = self._those(lambda card: is_against(to, card.made))
        if not ids:
            return decisions
        question = AgainstQuestion(self._advice(ids))
        going = f"{deciding(to, self._names(ids))}: against the advice"
        draft = await self.app.push_screen_wait(AgainstDialog(question, going))
        if draft is None:
            return None
        return decisions | {
            i: replace(decisions[i], against=draft.against, start_anew=draft.start_anew)
            for i in ids
        }

    def _advice(self, against: list[str]) -> str:
        return f"Against the advice for {len(against)} of these {len(self.cards)}"

    async def _changed(self, decisions: Decisions) -> Decisions | None:
        to, today = next(iter(decisions.values())).to, self._any.evidence.today
        ids = self._those(lambda card: takes_up(card.evidence.prospect, to, today))
        if not ids:
            return decisions
        dialog = what_has_changed(self._names(ids), "the drop")
        line = await self.app.push_screen_wait(dialog)
        return decisions | {i: replace(decisions[i], why=line) for i in ids} if line else None

    async def _importance(self, decisions: Decisions) -> Decisions | None:
        """Ask about each high-tier sale alone: the one more idea is its own."""
        for prospect_id, card in self.cards.items():
            decision = decisions[prospect_id]
            if asks_importance(decision.to, card.evidence.prospect, card.made):
                answered = await card.ask_importance(decision)
                if answered is None:
                    return None
                decisions = decisions | {prospect_id: answered}
        return decisions

    async def _step(self, decisions: Decisions) -> Decisions | None:
        known, today = self._any.evidence, self._any.evidence.today.day
        pressure = EarliestDay.of(*(card.made for card in self.cards.values()))
        day = known.settings.calendar.working_from(max(today, pressure.earliest or today))
        title = f"Keep {self._who}: the dated next step of all of them"
        draft = await self.app.push_screen_wait(
            KeepDialog(
                title,
                today,
                "",
                typed_when(day, None),
                pressure,
                calendar=known.settings.calendar,
            )
        )
        if draft is None:
            return None
        step = draft.step
        assert step is not None
        early = self._those(lambda card: step_too_soon(step, card.made))
        stepped = {i: replace(d, step=step) for i, d in decisions.items()}
        return stepped | {i: replace(stepped[i], sooner=draft.sooner) for i in early}

    async def _callback(self, decisions: Decisions) -> Decisions | None:
        today = self._any.evidence.today
        callback = await self.app.push_screen_wait(CallbackDialog(self._who, today.day))
        if callback is None:
            return None
        called = {i: replace(d, callback=callback) for i, d in decisions.items()}
        early = self._those(lambda card: calls_too_soon(callback, card.made, today))
        if not early:
            return called
        day = short_day(callback.on, today.day)
        why = f"{day} is sooner than contact pressure allows for {self._names(early)}."
        word = await self.app.push_screen_wait(why_so_soon(why))
        return called | {i: replace(called[i], sooner=word) for i in early} if word else None

    async def _nurture(self, decisions: Decisions) -> Decisions | None:
        """Ask for the track of those that are on none; the others keep theirs."""
        on_track = self._those(lambda card: card.evidence.prospect.column is Column.NURTURE)
        kept = {
            i: completed(decisions[i], self.cards[i].evidence, self.cards[i].made) for i in on_track
        }
        new = [i for i in self.cards if i not in kept]
        if not new:
            return kept
        settings, today = self._any.evidence.settings, self._any.evidence.today.day
        usual = partial(usual_first_touch, today=today, settings=settings, planned={})
        others = f"; {len(kept)} of the {len(self.cards)} keep their track" if kept else ""
        who = several(len(new), "prospect")
        dialog = NurtureDialog(
            f"Nurture {who}{others}",
            today,
            prospects=[self.cards[i].evidence.prospect for i in new],
            usual=usual,
            calendar=settings.calendar,
        )
        move = await self.app.push_screen_wait(dialog)
        if move is None or move.track is None:
            return None
        first = move.first if move.first != usual(move.track) else None  # usual days are spread
        asked = {i: replace(decisions[i], track=move.track, first=first) for i in new}
        return {i: (kept | asked)[i] for i in self.cards}

    async def _drop(self, decisions: Decisions) -> Decisions | None:
        settings = self._any.evidence.settings
        proposed = {
            i: proposed_reason(card.made.finding, settings) for i, card in self.cards.items()
        }
        names = {i: card.evidence.prospect.name for i, card in self.cards.items()}
        against = self._those(lambda card: is_against(Column.DROPPED, card.made))
        advice = f"{self._advice(against)}: {self._names(against)}" if against else ""
        dialog = DropManyDialog(
            self._who,
            names,
            proposed,
            reasons=settings.drop_reasons,
            advice=advice,
            against=against,
        )
        return await self.app.push_screen_wait(dialog)
