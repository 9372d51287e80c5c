"""Told from the plain document: the first day on which a review can possibly ask for a prospect.

Nobody validates and judges ten thousand prospects to find the few that are due. This reads only
what sets a day and never names one too late; which day it is, ``review.falling_due`` alone says.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from review_board.pipeline.dates import Today
from review_board.pipeline.vocabulary import OUTCOMES, Column, Direction
from review_board.settings import Settings

ANY_DAY = date.min
"""Said where a document cannot be read for certain, or is due now: let the judgement look."""

Record = Mapping[str, Any]

_SIGNALS = frozenset(o.value for o, meaning in OUTCOMES.items() if meaning.signal)
_RESPONSES = _SIGNALS | {o.value for o, meaning in OUTCOMES.items() if meaning.response}
_ATTEMPTS = frozenset(o.value for o, meaning in OUTCOMES.items() if meaning.attempt)


def not_due_before(document: Record, today: Today, settings: Settings) -> date | None:
    """No review asks for it before this day, as far as is known today; ``None``: for none at all."""
    if document.get("won") is not None:
        return None
    try:
        return _Reading(document, today, settings).earliest()
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        return ANY_DAY


class _Reading:
    """One document on one day; ``_decided`` is its last verdict up to then."""

    def __init__(self, document: Record, today: Today, settings: Settings) -> None:
        self._document = document
        self._today = today
        self._end = today.end
        self._settings = settings
        self._decided = self._last("verdicts") if document.get("verdicts") else None

    def earliest(self) -> date | None:
        """The earliest of all days that may count."""
        day, document = self._by_column(), self._document
        if document.get("bets"):
            day = _first(day, *self._bets())
        snoozed = self._snoozed() if document.get("snoozes") else None
        return max(day, snoozed) if day and snoozed else day

    def _by_column(self) -> date | None:
        column = self._document.get("column", Column.ACTIVE)
        if column == Column.DROPPED:
            return _first(self._woken(), self._step())
        base = self._looked_at()
        if base is None:
            return ANY_DAY
        review = self._settings.review
        if column == Column.NURTURE:
            usual = base + self._interval(review.nurture_days)
            return _first(usual, self._answered(), self._wakes(base), self._step())
        usual = base + self._interval(review.active_days)
        return self._called_back(base, usual) if column == Column.CALLBACK else usual

    def _interval(self, usual: int) -> timedelta:
        return timedelta(days=self._document.get("review_days") or usual)

    def _looked_at(self) -> date | None:
        """The day of the last verdict, or the day it was put on record."""
        created = self._document.get("created")
        at = self._decided or (_moment(created) if created is not None else None)
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
        callback = self._document.get("callback")
        if callback is None or _day(callback["asked_on"]) > self._today.day:
            return None
        return _day(callback["on"])

    def _step(self) -> date | None:
        step = self._document.get("next_step")
        return _day(step["on"]) if step is not None else None

    def _woken(self) -> date | None:
        """A signal that neither the drop nor a verdict followed."""
        signal = self._last("touches", _is_signal)
        if signal is None or (self._decided and signal <= self._decided):
            return None
        drop = self._document.get("drop")
        dropped = _moment(drop["at"]) if drop is not None else None
        return None if dropped and signal <= dropped < self._end else ANY_DAY

    def _answered(self) -> date | None:
        """A response that no verdict has looked at, unless Nurture began after it."""
        answer = self._last("touches", _is_response)
        if answer is None or (self._decided and answer <= self._decided):
            return None
        plan = self._document.get("nurture")
        before = plan is not None and self._today.day_of(answer) < _day(plan["since"])
        return None if before else ANY_DAY

    def _bets(self) -> Iterator[date]:
        """The days of the bets that no verdict followed."""
        for bet in self._document.get("bets", ()):
            if self._decided is None or self._decided <= _moment(bet["at"]):
                yield _day(bet["until"])

    def _snoozed(self) -> date | None:
        """The day of the last "not this week", unless a verdict followed."""
        for snooze in reversed(self._document.get("snoozes", ())):
            at = _moment(snooze["at"])
            if at < self._end and not snooze.get("manager"):
                later = self._decided and self._decided > at
                return None if later else _day(snooze["until"])
        return None

    def _last(
        self, name: str, wanted: Callable[[Record], bool] = lambda _: True
    ) -> datetime | None:
        """The moment of the last of these records up to the end of today."""
        moments = (_moment(r["at"]) for r in self._document.get(name, ()) if wanted(r))
        return max((at for at in moments if at < self._end), default=None)


def _is_signal(touch: Record) -> bool:
    return touch["outcome"] in _SIGNALS


def _is_response(touch: Record) -> bool:
    outcome = touch["outcome"]
    return outcome in _RESPONSES or (
        outcome in _ATTEMPTS and touch["direction"] == Direction.INBOUND
    )


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _moment(text: str) -> datetime:
    """Raises ``ValueError`` for what a validated record may read in another way, such as digits."""
    if text[4:5] != "-":
        raise ValueError("no ISO 8601")
    return datetime.fromisoformat(text)


def _day(text: str) -> date:
    if text[4:5] != "-" or len(text) != len("2026-11-20"):
        raise ValueError("no ISO 8601")
    return date.fromisoformat(text)
