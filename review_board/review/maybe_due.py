"""The first day on which a review can possibly ask for a prospect, told without judging it.

Nobody judges ten thousand prospects to find the few that are due. This looks only at what sets a
day and never names one too late; which day it is, ``falling_due`` alone says.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol

from review_board.judgement.timeline import SIGNALS, is_response
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Touch
from review_board.pipeline.vocabulary import Column
from review_board.settings import Settings

_ACTIVE = Column.ACTIVE
ANY_DAY = date.min
"""Said of what is due now, or where only the judgement can tell."""


class _Stamped(Protocol):
    @property
    def at(self) -> datetime: ...


def not_due_before(prospect: Prospect, today: Today, settings: Settings) -> date | None:
    """No review asks for it before this day, as far as is known today; ``None``: for none at all."""
    if is_plain(prospect):
        at = _last(prospect.verdicts, today) if prospect.verdicts else None
        at = at or prospect.created
        days = timedelta(days=prospect.review_days or settings.review.active_days)
        return today.day_of(at) + days if at else ANY_DAY
    return None if prospect.won else _Look(prospect, today, settings).earliest()


def is_plain(prospect: Prospect) -> bool:
    """Whether nothing but its last verdict, or its beginning, sets the day: then that is the day."""
    return prospect.column is _ACTIVE and not (prospect.bets or prospect.snoozes or prospect.won)


class _Look:
    """One prospect on one day; ``_decided`` is its last verdict up to then."""

    def __init__(self, prospect: Prospect, today: Today, settings: Settings) -> None:
        self._prospect = prospect
        self._today = today
        self._settings = settings
        self._decided = _last(prospect.verdicts, today) if prospect.verdicts else None

    def earliest(self) -> date | None:
        """The earliest of all days that may count."""
        day = self._by_column()
        if self._prospect.bets:
            day = _first(day, *self._bets())
        snoozed = self._snoozed() if self._prospect.snoozes else None
        return max(day, snoozed) if day and snoozed else day

    def _by_column(self) -> date | None:
        column = self._prospect.column
        if column is Column.DROPPED:
            return _first(self._woken(), self._step())
        base = self._looked_at()
        if base is None:
            return ANY_DAY
        review = self._settings.review
        if column is Column.NURTURE:
            usual = base + self._interval(review.nurture_days)
            return _first(usual, self._answered(), self._wakes(base), self._step())
        usual = base + self._interval(review.active_days)
        return self._called_back(base, usual) if column is Column.CALLBACK else usual

    def _interval(self, usual: int) -> timedelta:
        return timedelta(days=self._prospect.review_days or usual)

    def _looked_at(self) -> date | None:
        """The day of the last verdict, or the day it was put on record."""
        at = self._decided or self._prospect.created
        return self._today.day_of(at) if at else None

    def _called_back(self, base: date, usual: date) -> date:
        """Whether the callback is proven, and whether its call was made, is not asked here."""
        named = self._named()
        if named is None:
            return usual
        questioned = base + self._interval(self._settings.review.unproven_days)
        rested = min(questioned, named if base < named else usual)
        return rested if named > self._today.day else min(rested, usual)

    def _wakes(self, base: date) -> date | None:
        named = self._named()
        wakes = named - timedelta(days=self._settings.thresholds.wake_days) if named else None
        return wakes if wakes and base < wakes else None

    def _named(self) -> date | None:
        """The day of the callback, if it was asked for by now."""
        callback = self._prospect.callback
        return callback.on if callback and callback.asked_on <= self._today.day else None

    def _step(self) -> date | None:
        step = self._prospect.next_step
        return step.on if step else None

    def _woken(self) -> date | None:
        """A signal that neither the drop nor a verdict followed."""
        signal = _last([t for t in self._prospect.touches if t.outcome in SIGNALS], self._today)
        if signal is None or (self._decided and signal <= self._decided):
            return None
        drop = self._prospect.drop
        return None if drop and signal <= drop.at < self._today.end else ANY_DAY

    def _answered(self) -> date | None:
        """A response that no verdict has looked at, unless Nurture began after it."""
        answer = _last([t for t in self._prospect.touches if _is_answer(t)], self._today)
        if answer is None or (self._decided and answer <= self._decided):
            return None
        plan = self._prospect.nurture
        return None if plan and self._today.day_of(answer) < plan.since else ANY_DAY

    def _bets(self) -> Iterator[date]:
        """The days of the bets that no verdict followed."""
        for bet in self._prospect.bets:
            if self._decided is None or self._decided <= bet.at:
                yield bet.until

    def _snoozed(self) -> date | None:
        """The day of the last "not this week", unless a verdict followed."""
        for snooze in reversed(self._prospect.snoozes):
            if snooze.at < self._today.end and not snooze.manager:
                later = self._decided and self._decided > snooze.at
                return None if later else snooze.until
        return None


def _last(records: Iterable[_Stamped], today: Today) -> datetime | None:
    """The moment of the last of these records up to the end of today."""
    end = today.end
    moments = [record.at for record in records if record.at < end]
    return max(moments) if moments else None


def _is_answer(touch: Touch) -> bool:
    return touch.outcome in SIGNALS or is_response(touch)


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
