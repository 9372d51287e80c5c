"""The first day on which a review can possibly ask for a prospect, found without judging it.

Nobody judges ten thousand prospects to find the few that are due. This looks only at what sets a
day and never names one too late; which day it is, ``falling_due`` alone says.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from review_board.judgement.timeline import SIGNALS, is_response
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Touch
from review_board.pipeline.vocabulary import Column
from review_board.settings.tree import Settings

_ACTIVE, _CALLBACK, _DROPPED = Column.ACTIVE, Column.CALLBACK, Column.DROPPED
ANY_DAY = date.min
"""Said of what is due now, or where only the judgement can tell."""


class _Stamped(Protocol):
    @property
    def at(self) -> datetime: ...


class DuePrefilter:
    """Who can be due on one day at all."""

    def __init__(self, today: Today, settings: Settings) -> None:
        review = settings.review
        self._today, self._day, self._end = today, today.day, today.end
        self._active = timedelta(days=review.active_days)
        self._nurture = timedelta(days=review.nurture_days)
        self._unproven = timedelta(days=review.unproven_days)
        self._wake = timedelta(days=settings.thresholds.wake_days)

    def first_day(self, prospect: Prospect) -> date | None:
        """Return the day before which no review asks for it, as far as is known today; ``None``: none ever does."""
        if prospect.won:
            return None
        decided = self._last(prospect.verdicts)
        day = self._by_column(prospect, decided)
        if prospect.bets:
            day = _first(day, *self._bets(prospect, decided))
        snoozed = self._snoozed(prospect, decided) if prospect.snoozes else None
        return max(day, snoozed) if day and snoozed else day

    def is_certain(self, prospect: Prospect) -> bool:
        """Tell whether the first day is the day itself, so that nothing has to be judged."""
        if prospect.bets or prospect.callback:
            return False
        return prospect.drop is None or prospect.drop.at < self._end

    def _by_column(self, prospect: Prospect, decided: datetime | None) -> date | None:
        column = prospect.column
        if column is _DROPPED:
            return _first(self._woken(prospect, decided), self._idea(prospect, decided))
        looked_at = decided or prospect.created
        if looked_at is None:
            return ANY_DAY
        base = self._today.day_of(looked_at)
        if column is _ACTIVE:
            return base + _interval(prospect, self._active)
        if column is _CALLBACK:
            return self._called_back(prospect, base)
        answered, wakes = self._answered(prospect, decided), self._wakes(prospect, base)
        usual, idea = base + _interval(prospect, self._nurture), self._idea(prospect, decided)
        return _first(usual, answered, wakes, idea)

    def _called_back(self, prospect: Prospect, base: date) -> date:
        """Return the first day whether or not the callback is proven, and whether or not the call was made."""
        usual, named = base + _interval(prospect, self._active), self._named(prospect)
        if named is None:
            return usual
        questioned = base + _interval(prospect, self._unproven)
        rested = min(questioned, named if base < named else usual)
        return rested if named > self._day else min(rested, usual)

    def _wakes(self, prospect: Prospect, base: date) -> date | None:
        named = self._named(prospect)
        wakes = named - self._wake if named else None
        return wakes if wakes and base < wakes else None

    def _named(self, prospect: Prospect) -> date | None:
        """Return the day of the callback, if it was asked for by now."""
        callback = prospect.callback
        return callback.on if callback and callback.asked_on <= self._day else None

    def _woken(self, prospect: Prospect, decided: datetime | None) -> date | None:
        """Return that it may be due at once after a signal that neither the drop nor a verdict followed."""
        signal = self._last([touch for touch in prospect.touches if touch.outcome in SIGNALS])
        if signal is None or (decided and signal <= decided):
            return None
        drop = prospect.drop
        return None if drop and signal <= drop.at < self._end else ANY_DAY

    def _answered(self, prospect: Prospect, decided: datetime | None) -> date | None:
        """Return that it may be due at once after an answer later than the last verdict and than Nurture."""
        answer = self._last([touch for touch in prospect.touches if _is_answer(touch)])
        if answer is None or (decided and answer <= decided):
            return None
        plan = prospect.nurture
        return None if plan and self._today.day_of(answer) < plan.since else ANY_DAY

    def _idea(self, prospect: Prospect, decided: datetime | None) -> date | None:
        """Return the day of the last attempt, later than the verdict that named it."""
        step = prospect.next_step
        if step is None or decided is None:
            return step.on if step else None
        return max(step.on, self._today.day_of(decided) + timedelta(days=1))

    def _bets(self, prospect: Prospect, decided: datetime | None) -> list[date]:
        """Return the days after the bets that no verdict followed."""
        over = timedelta(days=1)
        return [bet.until + over for bet in prospect.bets if decided is None or decided <= bet.at]

    def _snoozed(self, prospect: Prospect, decided: datetime | None) -> date | None:
        """Return the day of the last "not this week", unless a verdict followed."""
        for snooze in reversed(prospect.snoozes):
            if snooze.at < self._end and not snooze.manager:
                return None if decided and decided > snooze.at else snooze.until
        return None

    def _last(self, records: Iterable[_Stamped]) -> datetime | None:
        """Return the moment of the last of these records up to the end of today."""
        last = None
        for record in records:
            at = record.at
            if at < self._end and (last is None or at > last):
                last = at
        return last


def _interval(prospect: Prospect, usual: timedelta) -> timedelta:
    return timedelta(days=prospect.review_days) if prospect.review_days else usual


def _is_answer(touch: Touch) -> bool:
    return touch.outcome in SIGNALS or is_response(touch)


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
