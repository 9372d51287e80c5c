"""When we came to them and they to us: the routes, what a list does not tell, the days of a silence."""

from datetime import date
from functools import cached_property

from review_board.judgement.callback_evidence import CallbackEvidence
from review_board.judgement.routes import ContactRoute, find_routes
from review_board.judgement.timeline import DatedTouch, is_ours, is_response, is_try
from review_board.pipeline.stages import SaleProgress
from review_board.pipeline.vocabulary import Outcome

_TELLS_NOTHING = frozenset({Outcome.MAILING, Outcome.CONTACTED})


class ContactEvidence(CallbackEvidence):
    """The contacts, and how long each side has been silent."""

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
