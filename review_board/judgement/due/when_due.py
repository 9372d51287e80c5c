"""When a prospect falls due for review. Intervals are settings; one decided today rests today.

A verdict, a snooze, a bet and a last attempt each set the next day; an interval of its own beats the
settings'; a signal wakes what was dropped.
"""

from datetime import date, timedelta

from review_board.judgement.bets import last_day
from review_board.judgement.evidence import Evidence
from review_board.pipeline.records import Snooze
from review_board.pipeline.vocabulary import Column


def due_on(evidence: Evidence) -> date | None:
    """Return the day on which a prospect falls due; ``None`` while only a signal can make it due."""
    day, snoozed = due_unless_put_off(evidence), snoozed_until(evidence)
    return max(day, snoozed.until) if day and snoozed else day


def due_unless_put_off(evidence: Evidence) -> date | None:
    """Return the day on which a prospect falls due where "not this week" does not count."""
    if evidence.prospect.won:
        return None
    if evidence.bet:  # until its last day is over nobody can say that it is lost
        return last_day(evidence.bet, evidence.today) + timedelta(days=1)
    return _by_column(evidence)


def snoozed_until(evidence: Evidence) -> Snooze | None:
    """Return the last "not this week" of a rep's own review, unless a verdict has been given since."""
    last = next((s for s in reversed(evidence.prospect.snoozes) if not s.manager), None)
    if last is None:
        return None
    return None if evidence.last_verdict_at and evidence.last_verdict_at > last.at else last


def _by_column(evidence: Evidence) -> date | None:
    prospect, base = evidence.prospect, _last_looked_at(evidence)
    if prospect.column is Column.DROPPED:
        return _earliest(_woken_on(evidence), _last_attempt_on(evidence))
    if base is None:
        return evidence.today.day
    if prospect.column is Column.NURTURE:
        usual = base + _interval(evidence, evidence.settings.review.nurture_days)
        woken = (_answered_on(evidence), wakes_on(evidence), _last_attempt_on(evidence))
        return _earliest(usual, *woken)
    if prospect.column is Column.CALLBACK and evidence.callback:
        return _callback_due(evidence, base)
    return base + _interval(evidence, evidence.settings.review.active_days)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _interval(evidence: Evidence, usual: int) -> timedelta:
    """Return its own interval, or the usual one."""
    return timedelta(days=evidence.prospect.review_days or usual)


def _last_attempt_on(evidence: Evidence) -> date | None:
    """Return the day of the last attempt that an important sale was purged with; later than the purge."""
    step, decided = evidence.prospect.next_step, evidence.last_verdict_at
    if step is None or decided is None:
        return step.on if step else None
    return max(step.on, evidence.today.day_of(decided) + timedelta(days=1))


def _last_looked_at(evidence: Evidence) -> date | None:
    """Return the day of the last verdict, or the day it was put on record."""
    at = evidence.last_verdict_at or evidence.prospect.created
    return evidence.today.day_of(at) if at else None


def _callback_due(evidence: Evidence, base: date) -> date:
    """Return the day of a proven callback; one that is not, or too far ahead to wait for, is asked about earlier."""
    assert evidence.callback is not None
    review, proof = evidence.settings.review, evidence.proof
    if proof is None or not (proof.is_proven and proof.is_near):
        return base + _interval(evidence, review.unproven_days)
    named = evidence.callback.on
    return named if base < named else base + _interval(evidence, review.active_days)


def _woken_on(evidence: Evidence) -> date | None:
    """Return the day of the signal that came after a drop and after the last verdict."""
    signal, drop = evidence.timeline.last_signal, evidence.prospect.drop
    if signal is None:
        return None
    before = (evidence.last_verdict_at, drop.at if drop else None)
    return signal.day if all(signal.touch.at > moment for moment in before if moment) else None


def _answered_on(evidence: Evidence) -> date | None:
    """Return the day of a response in Nurture that came after the last verdict."""
    response, plan = evidence.timeline.last_response, evidence.prospect.nurture
    if response is None or (plan and response.day < plan.since):
        return None
    seen = evidence.last_verdict_at and evidence.last_verdict_at >= response.touch.at
    return None if seen else response.day


def wakes_on(evidence: Evidence) -> date | None:
    """Return the day on which a far callback wakes, unless a verdict was given since."""
    if evidence.callback is None:
        return None
    wakes = evidence.callback.on - timedelta(days=evidence.settings.thresholds.wake_days)
    base = _last_looked_at(evidence)
    return wakes if base is None or base < wakes else None
