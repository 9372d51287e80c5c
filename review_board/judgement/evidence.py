"""Evidence: what the record of one prospect proves on one day. Computed, never stored.

Everything a rule may look at is here; a rule reads it and compares, nothing more.
"""

from datetime import date, datetime, timedelta
from functools import cached_property

from review_board.judgement.bets import is_answered, last_day, open_bet
from review_board.judgement.closing_ratio import ClosingRatio, closing_ratio
from review_board.judgement.contact_evidence import ContactEvidence
from review_board.judgement.question_packs import REFUTED_BY
from review_board.judgement.record_on_day import has_later_facts, record_on_day
from review_board.judgement.timeline import (
    SIGNALS,
    DatedTouch,
    attempt_days,
    is_response,
    read_timeline,
)
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, Drop
from review_board.pipeline.vocabulary import AnswerState, Column, Direction, Outcome
from review_board.settings.tree import Settings

# A name is found faster than a member.
_NURTURE, _OUTBOUND = Column.NURTURE, Direction.OUTBOUND
_YES = frozenset({AnswerState.CLAIMED, AnswerState.CONFIRMED})


class Evidence(ContactEvidence):
    """What is proven of the sale, its callback and contacts, and of what people decided about it."""

    def on(self, today: Today) -> "Evidence":
        """Return the same record read on another day, when nothing was added to it since."""
        return Evidence(self.prospect, today, self.settings, self.closing, self.timeline)

    def of_record(self, prospect: Prospect) -> "Evidence":
        """Return what another record proves to the same eyes: mostly this one as a change leaves it."""
        return gather(prospect, self.today, self.settings, self.closing)

    @cached_property
    def bet(self) -> Bet | None:
        """Return the bet on which the card is kept, won or lost; a later verdict settles it."""
        return open_bet(self.prospect)

    @property
    def lost_bet(self) -> Bet | None:
        """Return that bet, when its last day is over and they did nothing of the kind."""
        if self.bet is None or self.today.day <= last_day(self.bet, self.today):
            return None
        answered = is_answered(self.bet, self.timeline, self.proof, self.today)
        return None if answered else self.bet

    @property
    def running_bet(self) -> Bet | None:
        """Return that bet up to its last day, unless they were dropped or went to Nurture since."""
        bet, drop = self.bet, self.prospect.drop
        if bet is None or self.prospect.column is _NURTURE or (drop and drop.at > bet.at):
            return None
        return bet if self.today.day <= last_day(bet, self.today) else None

    @cached_property
    def probation_until(self) -> date | None:
        """Return the last day of probation after the first signal since the drop."""
        drop = self.prospect.drop
        if drop is None:
            return None
        signal = self.timeline.last_signal
        if signal is None or signal.touch.at <= drop.at:
            return None
        signals = (t.at for t in self.timeline.record if t.outcome in SIGNALS)
        back = self.today.day_of(next(at for at in signals if at > drop.at))
        return back + timedelta(days=self.limits.probation_days)

    @property
    def is_on_probation(self) -> bool:
        """Tell whether they are back after a drop, and watched more closely."""
        return self.probation_until is not None and self.today.day <= self.probation_until

    @property
    def deferral_limit(self) -> int:
        """Return how many unexplained deferrals are too many for this prospect."""
        if self.prospect.drop and self.is_on_probation:
            return self.limits.probation_deferrals
        return self.limits.deferrals

    @property
    def deferral_key(self) -> str:
        """Return the settings key of that limit."""
        name = "probation_deferrals" if self.is_on_probation else "deferrals"
        return f"thresholds.{name}"

    @cached_property
    def drop_in_force(self) -> Drop | None:
        """Return the drop that nobody took up again, when nothing new came from the buyer since.

        New is a signal, a proven callback, or an answer that speaks against the reason of the drop.
        """
        drop = self.prospect.drop
        if drop is None or drop.taken_up:
            return None
        is_back = self.probation_until is not None
        return None if is_back or self._is_proven_since(drop) or self._refuted(drop) else drop

    @property
    def resting_drop(self) -> Drop | None:
        """Return that drop for a card that is in the Dropped column: nothing is asked for there."""
        return self.drop_in_force if self.prospect.column is Column.DROPPED else None

    @property
    def came_back_on(self) -> date | None:
        """Return the day of the last signal of one in Nurture or Dropped, given since it lies there."""
        signal, drop, plan = self.timeline.last_signal, self.prospect.drop, self.prospect.nurture
        if signal is None:
            return None
        is_back = {
            Column.DROPPED: drop is not None and signal.touch.at > drop.at,
            Column.NURTURE: plan is not None and signal.day > plan.since,
        }
        return signal.day if is_back.get(self.prospect.column) else None

    def _is_proven_since(self, drop: Drop) -> bool:
        """Tell whether the open callback is proven, and was asked for after the drop."""
        if self.callback is None or not self.has_proven_callback:
            return False
        place = self.timeline.place_of_request(self.callback)
        if place < 0:
            return self.callback.asked_on > self.today.day_of(drop.at)
        return self.timeline.record[place].at > drop.at

    def _refuted(self, drop: Drop) -> bool:
        """Tell whether an answer given on a later day says otherwise than the reason of the drop."""
        dropped_on, answers = self.today.day_of(drop.at), self.prospect.answers
        asked = (answers.get(question) for question in REFUTED_BY.get(drop.reason, ()))
        return any(a and a.state in _YES and a.on and a.on > dropped_on for a in asked)

    @cached_property
    def last_verdict_at(self) -> datetime | None:
        """Return the moment of the last verdict."""
        verdicts = self.prospect.verdicts
        return max([verdict.at for verdict in verdicts]) if verdicts else None

    @cached_property
    def nurture_touches(self) -> tuple[DatedTouch, ...]:
        """Return our touches since they went into Nurture without an answer since, one for each day."""
        plan = self.prospect.nurture
        if self.prospect.column is not _NURTURE or plan is None:
            return ()
        answer = self.timeline.last_answer
        began = max(plan.since, answer.day) if answer else plan.since
        return attempt_days(
            d
            for d in self.timeline.since_last_signal
            if d.day >= began
            and d.touch.direction is _OUTBOUND
            and not is_response(d.touch)
            and (answer is None or d.touch.at > answer.touch.at)
        )

    @property
    def next_nurture(self) -> date | None:
        """Return the day of the track's next touch: as planned, or later, after the last contact.

        An interval has to pass since the last real contact of either side, whoever began it.
        """
        plan = self.prospect.nurture
        if plan is None:
            return None
        every = timedelta(days=self.settings.tracks.days(plan.track))
        planned = plan.next_on or plan.since + every
        made = [
            d.day
            for d in self.timeline.touches
            if d.touch.outcome is not Outcome.AUTO_REPLY
            and (d.day > plan.since or d.day >= planned)
        ]
        return max(planned, made[-1] + every) if made else planned

    @property
    def is_nurture_exhausted(self) -> bool:
        """Tell whether they are in Nurture and were touched often enough without an answer."""
        if self.prospect.column is not _NURTURE:
            return False
        return len(self.nurture_touches) >= self.limits.nurture_contacts


def gather(
    prospect: Prospect, today: Today, settings: Settings, closing: ClosingRatio | None = None
) -> Evidence:
    """Read the record as it stood at the end of ``today``.

    ``closing`` is the closing ratio of the whole pipeline; without it the usual one is taken.
    """
    closing = closing or closing_ratio(0, 0, settings.estimates)
    timeline = read_timeline(prospect, today)
    if len(timeline.record) < len(prospect.touches) or has_later_facts(prospect, today):
        prospect = record_on_day(prospect, today)
    return Evidence(prospect, today, settings, closing, timeline)
