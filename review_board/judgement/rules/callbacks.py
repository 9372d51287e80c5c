"""Rules about callbacks: one is honoured when it is proven, and questioned when it is not."""

from collections.abc import Iterable
from datetime import date, timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import earliest_allowed
from review_board.judgement.questions import addressee, callback_question
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import Owed, Rule, always, days_after
from review_board.judgement.rule_words import too_far
from review_board.judgement.rules.shared import (
    NO_NEED,
    READS_DEFERRALS,
    READS_SILENCE,
    deferrals_observed,
    gone_silent,
    probation_over,
    proof_needed,
    proven_callback,
    put_off_again,
    put_off_times,
)
from review_board.judgement.what_would_change import Condition
from review_board.judgement.whom_to_call import reach_them
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.vocabulary import Column, Track
from review_board.settings.rule_names import RuleName
from review_board.wording import days_ago, times


def _days_to_proven(e: Evidence) -> int | None:
    """Return the days to the open callback when it is proven; negative when overdue."""
    return e.proof.days if e.proof and e.proof.is_proven else None


def _named_day(e: Evidence) -> str:
    """Return the callback's day, with its time."""
    assert e.callback is not None
    return short_when(e.callback.on, e.callback.time, e.today.day)


def _callback_ids(e: Evidence) -> tuple[str, ...]:
    """Return the evidence ids of the callback and of the contact in which it was asked."""
    assert e.callback is not None
    asked = (d.id for d in e.timeline.touches if d.touch.id == e.callback.touch)
    return ("callback", *asked)


def _callback_day(e: Evidence) -> str:
    return short_day(e.callback.on, e.today.day) if e.callback else ""


def tried_words(e: Evidence) -> str:
    """Return how often we tried since that day, where nobody has answered yet."""
    count = len(e.callback_tries)
    return f"tried {times(count)} so far, no answer" if count else ""


def _you_owe(e: Evidence) -> str:
    """Return that the call is owed, and that it is to be tried again."""
    return f"{reach_them(e)}{' again' if e.callback_tries else ''}: you owe them"


def _call_words(e: Evidence) -> str:
    """Return ``1 Dec proven``, from that day on that the call is owed, and when to try again."""
    assert e.callback is not None
    if e.callback.on > e.today.day:
        return f"{_callback_day(e)} proven"
    if e.callback_tries:
        next_try = earliest_allowed(e) or e.today.day
        again = short_day(next_try, e.today.day) if next_try > e.today.day else "today"
        return f"call again {again}"
    return "call owed today" if e.callback.on == e.today.day else f"call owed {_callback_day(e)}"


def _near_or_overdue(e: Evidence) -> Iterable[date]:
    """Return the day on which the callback comes near, and that on which it is overdue."""
    limits = e.limits
    counts = (-limits.callback_days, limits.callback_grace_days + 1)
    return days_after(e.callback.on if e.callback else None, *counts)


_NEED_GONE = Condition("they say now that there is no need, or that they bought elsewhere", NO_NEED)


# Proven callback


def _is_proven(e: Evidence) -> Column | None:
    days, limits = _days_to_proven(e), e.limits
    if days is None or not -limits.callback_grace_days <= days <= limits.callback_days:
        return None
    return Column.CALLBACK


def _why_proven(e: Evidence, match: RuleMatch) -> Finding:
    days, limits, day = _days_to_proven(e), e.limits, _named_day(e)
    assert e.callback is not None
    assert days is not None
    is_ahead = days > 0
    when = tried_words(e) or (days_ago(-days) if days else "today")
    asked = f"proven callback on {day}" if is_ahead else f"they asked us to call on {day}, {when}"
    return Finding(
        *match,
        because=Observation(
            f"{asked}, “{e.callback.change}”",
            f"in {days} d" if days >= 0 else f"{-days} d overdue",
            f"≤ {limits.callback_days}" if days >= 0 else f"≤ {limits.callback_grace_days}",
            "thresholds.callback_days" if days >= 0 else "thresholds.callback_grace_days",
            _callback_ids(e),
        ),
        action=f"Leave it until {day}" if is_ahead else _you_owe(e),
        until=e.callback.on if is_ahead else None,
        rests=is_ahead,
    )


PROVEN_CALLBACK = Rule(
    name=RuleName.PROVEN_CALLBACK,
    words="a proven callback",
    meaning="A proven callback is ahead or just due: keep, it rests until its day.",
    reads=("thresholds.callback_days", "thresholds.callback_grace_days", "thresholds.attempts"),
    match=_is_proven,
    explain=_why_proven,
    what_would_change=always(_NEED_GONE),
    card_words=_call_words,
    change_days=_near_or_overdue,
    owes=Owed.CALLBACK,
    keeps_callback=True,
)


# Promise missed


def _is_missed(e: Evidence) -> Column | None:
    days = _days_to_proven(e)
    if days is None or days >= -e.limits.callback_grace_days:
        return None
    return Column.CALLBACK


def _why_missed(e: Evidence, match: RuleMatch) -> Finding:
    days, grace = _days_to_proven(e), e.limits.callback_grace_days
    assert days is not None
    return Finding(
        *match,
        because=Observation(
            f"they asked us to call on {_named_day(e)}, {tried_words(e) or 'and nobody did'}",
            f"{-days} d overdue",
            f"> {grace}",
            "thresholds.callback_grace_days",
            _callback_ids(e),
        ),
        action=_you_owe(e),
    )


PROMISE_MISSED = Rule(
    name=RuleName.PROMISE_MISSED,
    words="a callback is overdue",
    meaning="A proven callback is overdue: keep, and call until they answer or enough attempts are made.",
    reads=("thresholds.callback_grace_days", "thresholds.attempts"),
    match=_is_missed,
    explain=_why_missed,
    what_would_change=always(_NEED_GONE),
    card_words=_call_words,
    change_days=_near_or_overdue,
    owes=Owed.CALLBACK,
    keeps_callback=True,
)


# Far callback


def _is_far(e: Evidence) -> Column | None:
    days = _days_to_proven(e)
    return None if days is None or days <= e.limits.callback_days else Column.NURTURE


def _why_far(e: Evidence, match: RuleMatch) -> Finding:
    days, limits = _days_to_proven(e), e.limits
    assert e.callback is not None
    wakes = e.callback.on - timedelta(days=limits.wake_days)
    return Finding(
        *match,
        because=Observation(
            f"the callback on {_named_day(e)} is {too_far(e)}",
            f"in {days} d",
            f"> {limits.callback_days}",
            "thresholds.callback_days",
            _callback_ids(e),
        ),
        action=f"Nurture; it comes back on {short_day(wakes, e.today.day)}",
        until=wakes,
        rests=True,
        track=Track.WAKE_UP,
    )


def _far_words(e: Evidence) -> str:
    """Return ``15 May too far``; of another year the month says enough: ``Jun 2027 too far``, in Nurture ``call Jun 2027``."""
    number, _, rest = _callback_day(e).partition(" ")
    day = rest if " " in rest else f"{number} {rest}"
    return f"call {day}" if e.prospect.column is Column.NURTURE else f"{day} too far"


FAR_CALLBACK = Rule(
    name=RuleName.FAR_CALLBACK,
    words="callback too far ahead",
    meaning="A sound callback is too far ahead: purge to Nurture until it wakes.",
    reads=("thresholds.callback_days", "thresholds.wake_days"),
    match=_is_far,
    explain=_why_far,
    what_would_change=lambda e: (proven_callback(e, f"they name {proof_needed(e)}"),),
    card_words=_far_words,
    change_days=_near_or_overdue,
    is_borderline=True,
)


# Unproven callback


def _is_unproven(e: Evidence) -> Column | None:
    # Silence is not ended by being put off once more: see the timeline.
    if e.has_gone_silent or e.is_nurture_exhausted:
        return None
    some = 0 < len(e.unexplained) < e.deferral_limit
    return Column.CALLBACK if some or e.is_own_plan else None


def _why_unproven(e: Evidence, match: RuleMatch) -> Finding:
    if e.is_own_plan:
        return _why_own_plan(e, match)
    last, by = e.unexplained[-1], _day_ahead(e)
    return Finding(
        *match,
        because=deferrals_observed(e),
        action="Ask what will have changed before you wait any longer",
        until=by,
        ask=callback_question(addressee(e.prospect), by, e.today.day, last.day),
        needs_action=True,
    )


def _why_own_plan(e: Evidence, match: RuleMatch) -> Finding:
    """Return that the day is one that we named: they are asked for theirs."""
    assert e.callback is not None
    return Finding(
        *match,
        because=Observation(
            f"we named {_callback_day(e)} for a call, they did not ask for it",
            "our own plan",
            key=f"rules.{RuleName.UNPROVEN_CALLBACK}",
            evidence=("callback",),
        ),
        action="Ask them for a day of their own, before you wait for yours",
        until=_day_ahead(e),
        ask=callback_question(addressee(e.prospect), None, e.today.day, e.callback.asked_on),
        needs_action=True,
    )


def _day_ahead(e: Evidence) -> date | None:
    """Return the day of the callback unless it is over."""
    return e.callback.on if e.callback and e.callback.on >= e.today.day else None


def _unproven_words(e: Evidence) -> str:
    said = "named by us" if e.is_own_plan else put_off_times(e)
    return " ".join(filter(None, (_callback_day(e), said)))


def _silent_or_off_probation(e: Evidence) -> Iterable[date]:
    yield from probation_over(e)
    yield from gone_silent(e)


UNPROVEN_CALLBACK = Rule(
    name=RuleName.UNPROVEN_CALLBACK,
    words="a callback not proven",
    meaning="Put off without a reason, not yet too often, or a day of our own: keep, and ask what will have changed.",
    reads=(*READS_SILENCE, *READS_DEFERRALS, "thresholds.nurture_contacts"),
    match=_is_unproven,
    explain=_why_unproven,
    what_would_change=put_off_again,
    card_words=_unproven_words,
    change_days=_silent_or_off_probation,
    is_borderline=True,
)


RULES = (PROVEN_CALLBACK, PROMISE_MISSED, FAR_CALLBACK, UNPROVEN_CALLBACK)
