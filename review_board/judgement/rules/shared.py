"""What several rules share: the settings they read, the days they watch, the events they name."""

from collections.abc import Iterable
from datetime import date, timedelta

from review_board.judgement.bets import last_day
from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import earliest_allowed, step_allowed
from review_board.judgement.recommendation import Observation
from review_board.judgement.rule import days_after
from review_board.judgement.rule_words import put_off_words, who_put_off
from review_board.judgement.what_would_change import (
    Answered,
    Condition,
    EmptyDeferrals,
    ProvenCallback,
)
from review_board.judgement.whom_to_call import named_in_plan
from review_board.pipeline.dates import short_day
from review_board.pipeline.vocabulary import AnswerState, ReasonKind
from review_board.wording import several, times

READS_DEFERRALS = (
    "thresholds.deferrals",
    "thresholds.probation_deferrals",
    "thresholds.probation_days",
)
READS_SILENCE = (
    "thresholds.unreachable_days",
    "thresholds.gone_silent_attempts",
    "thresholds.last_call_days",
)
READS_TIERS = (
    "tiers.by",
    "tiers.low_below",
    "tiers.high_from",
    "tiers.low_percentile",
    "tiers.high_percentile",
)
NO_NEED = (Answered(("process",), AnswerState.NEGATIVE),)


def no_longer_fresh(e: Evidence) -> Iterable[date]:
    """Return the first day on which a lead is too old to be a fresh one."""
    created = e.prospect.created
    return days_after(created and e.today.day_of(created), e.limits.fresh_days + 1)


def probation_over(e: Evidence) -> Iterable[date]:
    """Return the first day after the probation of one that came back."""
    return days_after(e.probation_until, 1)


def long_silent(e: Evidence) -> Iterable[date]:
    """Return the first day of a silence that is long, not yet one that makes unreachable."""
    return days_after(e.silent_since, e.limits.recent_days + 1)


def gone_silent(e: Evidence) -> Iterable[date]:
    """Return the days on which silence, or a last call that nobody answers, makes unreachable."""
    last_call = e.timeline.last_call
    yield from days_after(e.silent_since, e.limits.unreachable_days)
    yield from days_after(last_call and last_call.day, e.limits.last_call_days)


def bet_over(e: Evidence) -> Iterable[date]:
    """Return the first day after the last one of a bet."""
    return days_after(last_day(e.bet, e.today), 1) if e.bet else ()


def step_words(e: Evidence) -> str:
    """Return ``next 12 Nov``, ``overdue 2 Nov``, ``call back 18 Jan`` or ``no next step``.

    Where a close date is past, that stands in place of the last.
    """
    return planned_words(e) or _close_words(e, is_past=True) or "no next step"


def no_history_words(e: Evidence) -> str:
    """Return the next step or the close date of one without contact history, or what is not on record."""
    said = planned_words(e) or _close_words(e, is_past=True) or _close_words(e, is_past=False)
    return said or ("no answers on record" if e.was_contacted else "no contact history")


def _close_words(e: Evidence, *, is_past: bool) -> str:
    """Return ``was to close 20 Nov`` or ``closes 22 Dec``, whichever is asked for and true."""
    close, today = e.prospect.close_date, e.today.day
    if close is None or (close < today) is not is_past:
        return ""
    return f"{'was to close' if is_past else 'closes'} {short_day(close, today)}"


def planned_words(e: Evidence) -> str:
    """Return the next step or the callback that is planned; empty where none is.

    A step ahead that comes too early for contact pressure tells the first day that this allows.
    """
    step, callback = e.prospect.next_step, e.callback
    if step is None and callback:
        is_over = callback.on < e.today.day
        return f"{'overdue' if is_over else 'call back'} {short_day(callback.on, e.today.day)}"
    if step is None:
        return ""
    if step.on < e.today.day:
        return f"overdue {short_day(step.on, e.today.day)}"
    named = named_in_plan(e) if step.on > e.today.day else None
    allowed = earliest_allowed(e, named.id if named else None) if step.on > e.today.day else None
    allowed = step_allowed(e, allowed)
    if allowed and allowed > step.on:
        return f"not before {short_day(allowed, e.today.day)}"
    return f"next {short_day(step.on, e.today.day)}"


def deferrals_observed(e: Evidence, said: str = "") -> Observation:
    """Return how many deferrals count against them, and how many are too many."""
    count, limit = len(e.unexplained), e.deferral_limit
    return Observation(
        said or put_off_words(e),
        str(count),
        f"{'≥' if count >= limit else '<'} {limit}",
        e.deferral_key,
        tuple(d.id for d in e.unexplained) or ("touches",),
    )


def put_off_times(e: Evidence) -> str:
    """Return ``put off 6×``: how often without a reason; ``date moved 4×``."""
    counted = who_put_off(e)
    if counted.theirs >= len(counted.moved):
        return f"put off {counted.theirs}×"
    return f"date moved {len(counted.moved)}×"


def put_off_again(e: Evidence) -> Iterable[Condition]:
    """Yield as many more empty deferrals as are too many."""
    more = max(1, e.deferral_limit - len(e.unexplained))
    for count in (more, more + 1):
        said = several(count, "more time") if who_put_off(e).theirs else times(count)
        words = f"they put you off {said} without a reason"
        yield Condition(words, (EmptyDeferrals(count),))


def proof_needed(e: Evidence) -> str:
    """Return what a callback that would be proven names, in words."""
    last = e.today.day + timedelta(days=e.limits.callback_days)
    return f"a day up to {short_day(last, e.today.day)}, a new reason, and what changes by then"


def proven_callback(e: Evidence, words: str) -> Condition:
    """Return that the buyer names a near day with a reason of a kind not used before."""
    # An earlier callback becomes a deferral, with its reason, once a later day than its own is named.
    used = {d.reason for d in e.timeline.deferrals} | {c.reason for c in e.prospect.callbacks}
    fresh = next((kind for kind in ReasonKind if kind not in used), ReasonKind.BUDGET)
    days = min(30, e.limits.callback_days)
    return Condition(words, (ProvenCallback(days, fresh),))
