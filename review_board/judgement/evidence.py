"""Evidence: what the record of one prospect proves on one day. Computed, never stored.

Everything a rule may look at is here; a rule reads it and compares, nothing more.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from review_board.judgement.bets import is_answered, last_day, open_bet
from review_board.judgement.callback_proof import CallbackProof, callback_in_force, grade_callback
from review_board.judgement.closing_ratio import ClosingRatio, closing_ratio
from review_board.judgement.question_packs import REFUTED_BY
from review_board.judgement.record_on_day import has_later_facts, record_on_day
from review_board.judgement.routes import ContactRoute, find_routes
from review_board.judgement.timeline import (
    SIGNALS,
    DatedTouch,
    Timeline,
    attempt_days,
    is_ours,
    is_response,
    is_try,
    read_timeline,
)
from review_board.pipeline.dates import Today
from review_board.pipeline.fields import show_share
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, Callback, Drop, Quote
from review_board.pipeline.stages import SaleProgress, is_quote_stage, stage_progress
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    Direction,
    Outcome,
    QuoteState,
)
from review_board.settings.tree import Settings

# A name is found faster than a member.
_NURTURE, _OUTBOUND = Column.NURTURE, Direction.OUTBOUND
_YES = frozenset({AnswerState.CLAIMED, AnswerState.CONFIRMED})
_TELLS_NOTHING = frozenset({Outcome.MAILING, Outcome.CONTACTED})
LOW, MID, HIGH = "low", "mid", "high"
CENTS = Decimal("0.01")


class Evidence:
    """What is proven. Days are whole days up to today; ``None`` where nothing is on record.

    ``callback`` is the one that is still open, ``unexplained`` the deferrals that count against
    the buyer, ``limits`` the thresholds of the rules. What is not asked is not worked out: most
    rules look at little, and ten thousand prospects are judged at a time.
    """

    def __init__(
        self,
        prospect: Prospect,
        today: Today,
        settings: Settings,
        closing: ClosingRatio,
        timeline: Timeline,
    ) -> None:
        self.prospect: Final = prospect
        self.today: Final = today
        self.settings: Final = settings
        self.closing: Final = closing
        self.timeline: Final = timeline
        self.potential: Final = prospect.potential
        self.limits: Final = settings.thresholds
        asked = prospect.callback and callback_in_force(prospect.callbacks, timeline, self.limits)
        asked = None if asked and _was_let_go(asked, prospect) else asked
        grade = grade_callback(asked, timeline, self.limits, today.day)
        self.callback_grade: Final = grade
        self.callback: Final = grade.open
        self.unexplained: Final = grade.unexplained

    def on(self, today: Today) -> "Evidence":
        """Return the same record read on another day, when nothing was added to it since."""
        return Evidence(self.prospect, today, self.settings, self.closing, self.timeline)

    def of_record(self, prospect: Prospect) -> "Evidence":
        """Return what another record proves to the same eyes: mostly this one as a change leaves it."""
        return gather(prospect, self.today, self.settings, self.closing)

    @property
    def proof(self) -> CallbackProof | None:
        """Return what the open callback proves."""
        return self.callback_grade.proof if self.callback else None

    @property
    def has_proven_callback(self) -> bool:
        """Tell whether the open callback is proven."""
        return self.proof is not None and self.proof.is_proven

    @property
    def callback_tries(self) -> tuple[DatedTouch, ...]:
        """Return the attempts to make the proven callback, one for each day, which nobody answered."""
        return self.callback_grade.tries if self.has_proven_callback else ()

    @property
    def called_back_on(self) -> date | None:
        """Return the day of the first try to make a proven callback, where they have not answered since."""
        grade, answer = self.callback_grade, self.timeline.last_answer
        if not grade.tries or not grade.proof_holds:
            return None
        first = grade.tries[0].day
        return None if answer and answer.day >= first else first

    @property
    def asked_for(self) -> Callback | None:
        """Return the open callback for which they named the day and a reason: they are not silent."""
        return self.callback if self.proof is not None and self.proof.is_reasoned else None

    def request_of(self, day: date) -> Callback | None:
        """Return the callback that they asked for with a reason on a day, called or not."""
        asked = (c for c in reversed(self.prospect.callbacks) if c.asked_by_buyer and c.reason)
        return next((callback for callback in asked if callback.asked_on == day), None)

    @property
    def asked_days(self) -> int | None:
        """Return the days since they asked for it."""
        return self._days_since(self.asked_for.asked_on) if self.asked_for else None

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

    @property
    def quote(self) -> Quote | None:
        """Return the open quote that was sent last."""
        if not self.prospect.quotes:
            return None
        still_open = [q for q in self.prospect.quotes if q.state is QuoteState.OPEN]
        return max(reversed(still_open), key=lambda q: q.sent_on, default=None)

    @property
    def has_stage_quote(self) -> bool:
        """Tell whether only the stage says that a quote is out: its day and follow-ups nobody noted."""
        prospect = self.prospect
        worth = prospect.value.amount if prospect.value else 0
        return worth > 0 and not prospect.quotes and is_quote_stage(prospect.stage)

    @cached_property
    def quote_attempts(self) -> tuple[DatedTouch, ...]:
        """Return one touch for each day since the open quote on which we tried, answered or not."""
        return self.tries_since(self.quote) if self.quote else ()

    @property
    def is_quote_left_alone(self) -> bool:
        """Tell whether nobody ever followed the open quote up: that is owed, whatever else is so."""
        return self.quote is not None and not self.quote_attempts

    def tries_since(self, quote: Quote) -> tuple[DatedTouch, ...]:
        """Return one for each day since a quote on which we tried, answered or not.

        On its own day what came after it counts, where the record holds the contact in which it went
        out; where it does not, nobody knows what came first, and the day does not count. A contact of
        which only a list tells was a try, however it ended.
        """
        sent, is_out = quote.sent_on, False
        made: list[DatedTouch] = []
        for dated in self.timeline.touches:
            touch = dated.touch
            if dated.day == sent and (touch.id == quote.id or touch.outcome is Outcome.QUOTE):
                is_out, made = True, []
            elif dated.day > sent or (is_out and dated.day == sent):
                made += [dated] if is_try(touch) or touch.outcome is Outcome.CONTACTED else []
        return attempt_days(made)

    @cached_property
    def tier(self) -> str:
        """Return ``low``, ``mid`` or ``high`` by value or potential; no value on record counts as low."""
        worth, tiers = self.potential, self.settings.tiers
        if worth is None or worth.amount < tiers.low_below:
            return LOW
        return HIGH if worth.amount >= tiers.high_from else MID

    @property
    def probability(self) -> Decimal:
        """Return the probability of this sale, 0 to 1: as on record, else the closing ratio."""
        known = self.prospect.probability
        return known if known is not None else self.closing.ratio

    @property
    def chance(self) -> str:
        """Return ``25 %``, or ``usual 30 %`` where none is on record."""
        known = self.prospect.probability
        return self.closing.as_chance if known is None else show_share(known)

    @property
    def odds(self) -> str:
        """Return ``probability 25 %``, or ``usual closing ratio 30 %`` where none is on record."""
        known = self.prospect.probability
        return self.closing.short if known is None else f"probability {show_share(known)}"

    @property
    def hours(self) -> Decimal:
        """Return the hours of the next step: as on record, else the usual."""
        return self.prospect.hours or self.settings.estimates.hours

    @cached_property
    def payoff(self) -> Decimal | None:
        """Return potential × probability ÷ hours of the next step; hours already spent do not count."""
        if self.potential is None:
            return None
        return (self.potential.amount * self.probability / self.hours).quantize(CENTS)

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
    def routes(self) -> tuple[ContactRoute, ...]:
        """Return the routes to them, the most promising first."""
        return find_routes(self.prospect, self.timeline)

    @property
    def untried_routes(self) -> list[ContactRoute]:
        """Return those that nobody has tried."""
        return [route for route in self.routes if not route.tried]

    @property
    def was_contacted(self) -> bool:
        """Tell whether we ever turned to them."""
        return self.prospect.times_contacted > 0 or any(
            map(is_ours, reversed(self.timeline.record))
        )

    @property
    def knows_contacts(self) -> bool:
        """Tell whether we turned to them, and the record is not only what a list tells of it."""
        return self.was_contacted and not self.has_no_history

    @property
    def has_no_history(self) -> bool:
        """Tell whether it came from a list that could not bring contacts, and nothing was logged since.

        A day in a column ("Last Contacted") is no history: it tells of one contact of many; neither is
        a call whose outcome nobody noted, for they may have answered. Older
        imports did not note that; they are known by the id that the list gave them.
        """
        came_without = not self.prospect.contact_history or bool(self.prospect.external_id)
        return came_without and all(
            touch.outcome in _TELLS_NOTHING or touch.from_list for touch in self.timeline.record
        )

    @property
    def lacks_history(self) -> bool:
        """Tell whether nobody knows all that was: it came without contacts, or with calls of no outcome."""
        return (
            self.has_no_history
            or not self.prospect.contact_history
            or self.timeline.last_unnoted is not None
        )

    @property
    def last_listed(self) -> DatedTouch | None:
        """Return the last contact of which a list tells no more than its day."""
        listed = (
            dated
            for dated in reversed(self.timeline.touches)
            if dated.touch.from_list or dated.touch.outcome is Outcome.CONTACTED
        )
        return next(listed, None)

    @property
    def idle_days(self) -> int | None:
        """Return the days since its close date passed, else since it was put on record.

        0 while a day is ahead; a contact that the list tells of begins them anew.
        """
        close, step = self.prospect.close_date, self.prospect.next_step
        if step and step.on >= self.today.day:
            return 0
        still = max(0, self.today.days_since(close)) if close else self.age_days
        known = [days for days in (still, self._since(self.last_listed)) if days is not None]
        return min(known, default=None)

    @cached_property
    def progress(self) -> SaleProgress | None:
        """Return how far the list says that the sale has come: early, late, or neither."""
        return stage_progress(self.prospect.stage)

    @property
    def idle_key(self) -> str:
        """Return the settings key of the days that it may be idle."""
        less = self.idle_limit < self.limits.no_history_days
        return f"thresholds.{'early_stage_days' if less else 'no_history_days'}"

    @property
    def idle_limit(self) -> int:
        """Return the days that it may be idle without contact history: fewer at an early stage."""
        limits = self.limits
        early, other = limits.early_stage_days, limits.no_history_days
        return min(early, other) if self.progress is SaleProgress.EARLY else other

    @property
    def is_idle(self) -> bool:
        """Tell whether it came without contact history, and nothing moved for too long."""
        still = self.idle_days
        return self.has_no_history and still is not None and still >= self.idle_limit

    @property
    def has_stalled(self) -> bool:
        """Tell whether its list says that it should have moved: the close date is over, a contact long ago.

        A step ahead is a move; where neither of both is known, its age tells.
        """
        close, step, today = self.prospect.close_date, self.prospect.next_step, self.today.day
        if not self.has_no_history or (step and step.on >= today):
            return False
        days = self._since(self.last_listed)
        if days is None and close is None:
            days = self.age_days
        is_old = days is not None and days > self.limits.recent_days
        return is_old or (close is not None and close < today)

    @property
    def touch_days(self) -> int | None:
        """Return the days since we last touched them."""
        return self._since(self.timeline.our_last_touch)

    @property
    def contact_days(self) -> int | None:
        """Return the days since the last contact of either side."""
        return self._days_since(self.last_contact)

    @property
    def signal_days(self) -> int | None:
        """Return the days since their last signal."""
        return self._since(self.timeline.last_signal)

    @cached_property
    def answered_on(self) -> date | None:
        """Return the day of their last answer without interest, where nothing that showed any came later.

        A callback that they asked for is an answer, also where nobody logged the call.
        """
        signal, last = self.timeline.last_signal, self.timeline.last_response
        asked = (c.asked_on for c in self.prospect.callbacks if c.asked_by_buyer)
        days = [day for day in asked if day <= self.today.day]
        days += [last.day] if last and last is not signal else []
        return max((day for day in days if signal is None or day >= signal.day), default=None)

    @property
    def answered_days(self) -> int | None:
        """Return the days since their last answer without interest."""
        return self._days_since(self.answered_on)

    @property
    def last_contact(self) -> date | None:
        """Return the day on which either side last came to the other: our quote is one, a mailing is none."""
        made = (
            d.day
            for d in reversed(self.timeline.touches)
            if is_ours(d.touch) or is_response(d.touch)
        )
        days = [next(made, None), self.quote and self.quote.sent_on]
        return max((day for day in days if day and day <= self.today.day), default=None)

    @property
    def without_signal_since(self) -> date | None:
        """Return the day of their last signal, or, when there was none, the day on which we first tried.

        Five calls in a week to somebody new are not thirty days without a signal.
        """
        began = self._began(self.timeline.last_signal)
        return began if self.timeline.last_signal else self._after_unnoted(began)

    @property
    def days_without_signal(self) -> int | None:
        """Return the days since then."""
        return self._days_since(self.without_signal_since)

    @property
    def quiet_days(self) -> int | None:
        """Return the days without a signal; where only a list tells of contacts, since the last of these."""
        days = self.days_without_signal
        return self._since(self.last_listed) if days is None else days

    @property
    def silent_since(self) -> date | None:
        """Return the day of their last answer, or, when there was none, the day on which we first tried.

        A call whose outcome nobody noted begins it anew: they may have answered. Who named a day with
        its reason was not silent before we tried on that day or later.
        """
        began = self._after_unnoted(self._began(self.timeline.last_answer))
        return max(began, self.called_back_on) if began and self.called_back_on else began

    @property
    def is_answer_unnoted(self) -> bool:
        """Tell whether a contact since their last answer may have been answered: nobody noted how it ended.

        Of who came from a list without contacts, nobody knows whether they ever answered.
        """
        unnoted, answer = self.timeline.last_unnoted, self.timeline.last_answer
        if answer is None:
            return self.lacks_history
        return unnoted is not None and unnoted.touch.at > answer.touch.at

    @property
    def silent_days(self) -> int | None:
        """Return the days since then."""
        return self._days_since(self.silent_since)

    @property
    def unanswered(self) -> int:
        """Count the days with an attempt since their last answer."""
        return self.timeline.days_unanswered

    @property
    def age_days(self) -> int | None:
        """Return the days since the prospect was put on record."""
        created = self.prospect.created
        return max(0, self.today.days_since(self.today.day_of(created))) if created else None

    @property
    def is_fresh(self) -> bool:
        """Tell whether it was put on record so lately that nobody need have called yet."""
        return self.age_days is not None and self.age_days <= self.limits.fresh_days

    @property
    def is_on_probation(self) -> bool:
        """Tell whether they are back after a drop, and watched more closely."""
        return self.probation_until is not None and self.today.day <= self.probation_until

    @property
    def deferral_days(self) -> set[date]:
        """Return all days on which they put us off, with that of a callback which proves nothing."""
        return self.timeline.deferral_days | {deferral.day for deferral in self.unexplained}

    @property
    def their_deferral_days(self) -> set[date]:
        """Return those on which they did it themselves: what we moved is none of theirs."""
        theirs = {deferral.day for deferral in self.unexplained if not deferral.ours}
        return self.timeline.their_deferral_days | theirs

    @property
    def only_we_moved(self) -> bool:
        """Tell whether all that counts as put off are days that we moved ourselves."""
        return bool(self.unexplained) and all(deferral.ours for deferral in self.unexplained)

    @property
    def is_own_plan(self) -> bool:
        """Tell whether the open callback is our own plan, and nothing was put off beside it."""
        is_ours = self.callback is not None and not self.callback.asked_by_buyer
        return is_ours and not self.unexplained

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

    @property
    def has_gone_silent(self) -> bool:
        """Tell whether they are unreachable: long silence with enough attempts, or a last call ignored."""
        limits = self.limits
        tried = self.unanswered >= limits.gone_silent_attempts
        long = tried and (self.silent_days or 0) >= limits.unreachable_days
        return long or self.is_last_call_ignored

    @property
    def is_last_call_ignored(self) -> bool:
        """Tell whether a last call stayed unanswered, after enough attempts."""
        if self.unanswered < self.limits.attempts:
            return False
        days = self._since(self.timeline.last_call)
        return days is not None and days >= self.limits.last_call_days

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
        return len(self.nurture_touches) >= self.limits.nurture_touches

    def _began(self, last: DatedTouch | None) -> date | None:
        """Return the day from which a silence counts: that of the last word, else of the first try.

        What came between a day in a column of a list and the first contact logged here, nobody knows.
        """
        if last is None:
            last = self.timeline.first_try
        elif last.touch.from_list:
            later = (d for d in self.timeline.touches if d.touch.at > last.touch.at)
            last = next((d for d in later if is_try(d.touch)), None)
        return last.day if last else None

    def _after_unnoted(self, began: date | None) -> date | None:
        unnoted = self.timeline.last_unnoted
        return max(began, unnoted.day) if began and unnoted else began

    def _since(self, dated: DatedTouch | None) -> int | None:
        return self._days_since(dated.day) if dated else None

    def _days_since(self, day: date | None) -> int | None:
        return (self.today.day - day).days if day else None


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


def _was_let_go(callback: Callback, prospect: Prospect) -> bool:
    """Tell whether people sent it to Nurture when the day of the callback had come: that call is owed no more."""
    plan = prospect.nurture
    return prospect.column is _NURTURE and plan is not None and callback.on <= plan.since
