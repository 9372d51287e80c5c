"""A callback is honoured when it is proven, and questioned when it is not."""

from collections.abc import Iterable
from datetime import timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.questions import addressee, callback_question
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import FAR_BUT_SOUND, Rule
from review_board.judgement.what_would_change import (
    Answered,
    Condition,
    EmptyDeferrals,
    ProvenCallback,
)
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.vocabulary import AnswerState, Column, ReasonKind, Verdict
from review_board.settings.rules import RuleName
from review_board.wording import several

_PROVEN = RuleMatch(RuleName.PROVEN_CALLBACK, Verdict.KEEP, Column.CALLBACK)
_MISSED = RuleMatch(RuleName.PROMISE_MISSED, Verdict.KEEP, Column.CALLBACK)
_FAR = RuleMatch(RuleName.FAR_CALLBACK, Verdict.PURGE, Column.NURTURE)
_UNPROVEN = RuleMatch(RuleName.UNPROVEN_CALLBACK, Verdict.KEEP, Column.CALLBACK)


def _days_to_proven(e: Evidence) -> int | None:
    """Days to the open callback when it is proven; negative when overdue."""
    return e.callback_in if e.proof and e.proof.proven else None


def _promise(e: Evidence) -> tuple[str, tuple[str, ...]]:
    """The callback's day, with its time, and evidence."""
    assert e.callback is not None
    asked = (d.id for d in e.timeline.touches if d.touch.id == e.callback.touch)
    return short_when(e.callback.on, e.callback.time, e.today.day), ("callback", *asked)


def _proven_callback(e: Evidence) -> RuleMatch | None:
    days, limits = _days_to_proven(e), e.limits
    if days is None or not -limits.callback_grace_days <= days <= limits.callback_days:
        return None
    return _PROVEN


def _why_proven(e: Evidence, claim: RuleMatch) -> Finding:
    days, limits = e.callback_in, e.limits
    assert e.callback is not None
    assert days is not None
    day, evidence = _promise(e)
    rests = f"rests until {day}" if days > 0 else f"due {day}"
    return Finding(
        *claim,
        because=Observation(
            f"proven callback on {day}: {e.callback.change}",
            f"in {days} d" if days >= 0 else f"{-days} d overdue",
            f"≤ {limits.callback_days}" if days >= 0 else f"≤ {limits.callback_grace_days}",
            "thresholds.callback_days" if days >= 0 else "thresholds.callback_grace_days",
            evidence,
        ),
        action=f"It {rests}" if days > 0 else f"Call now: they named {day}",
        until=e.callback.on,
    )


def _promise_missed(e: Evidence) -> RuleMatch | None:
    days = _days_to_proven(e)
    if days is None or days >= -e.limits.callback_grace_days:
        return None
    return _MISSED


def _why_missed(e: Evidence, claim: RuleMatch) -> Finding:
    days, grace = e.callback_in, e.limits.callback_grace_days
    assert days is not None
    day, evidence = _promise(e)
    return Finding(
        *claim,
        because=Observation(
            f"they asked us to call on {day}, and nobody did",
            f"{-days} d overdue",
            f"> {grace}",
            "thresholds.callback_grace_days",
            evidence,
        ),
        action="Call now, you owe them",
    )


def _given_up(e: Evidence) -> Iterable[Condition]:
    yield Condition(
        "they say now that there is no need, or that they bought elsewhere",
        (Answered(("process",), AnswerState.NEGATIVE),),
    )


def _far_callback(e: Evidence) -> RuleMatch | None:
    days = _days_to_proven(e)
    if days is None or days <= e.limits.callback_days:
        return None
    return _FAR


def _why_far(e: Evidence, claim: RuleMatch) -> Finding:
    days, limits = e.callback_in, e.limits
    assert e.callback is not None
    day, evidence = _promise(e)
    wakes = e.callback.on - timedelta(days=limits.wake_days)
    return Finding(
        *claim,
        because=Observation(
            f"the callback on {day} is {FAR_BUT_SOUND}",
            f"in {days} d",
            f"> {limits.callback_days}",
            "thresholds.callback_days",
            evidence,
        ),
        action=f"Nurture; it wakes on {short_day(wakes, e.today.day)}",
        until=wakes,
    )


def _nearer(e: Evidence) -> Iterable[Condition]:
    yield proven_callback_flip(e, f"they name {a_proven_day(e)}")


def _unproven_callback(e: Evidence) -> RuleMatch | None:
    # Silence is not ended by being put off once more: see the timeline.
    some = 0 < len(e.unexplained) < e.deferral_limit
    if not some or e.gone_silent or e.nurture_exhausted:
        return None
    return _UNPROVEN


def _why_unproven(e: Evidence, claim: RuleMatch) -> Finding:
    count, last = len(e.unexplained), e.unexplained[-1]
    by = e.callback.on if e.callback else None
    return Finding(
        *claim,
        because=Observation(
            f"put off {several(count, 'time')} without a reason",
            str(count),
            f"< {e.deferral_limit}",
            e.deferral_key,
            tuple(d.id for d in e.unexplained),
        ),
        action="Ask what will have changed before you wait any longer",
        until=e.callback.on if e.callback else None,
        ask=callback_question(addressee(e.prospect), by, e.today.day, last.day),
    )


def _put_off_again(e: Evidence) -> Iterable[Condition]:
    yield from put_off_flips(e)


def put_off_flips(e: Evidence) -> Iterable[Condition]:
    """As many more empty deferrals as make a serial deferrer."""
    more = max(1, e.deferral_limit - len(e.unexplained))
    for count in (more, more + 1):
        words = f"they put you off {several(count, 'more time')} without a reason"
        yield Condition(words, (EmptyDeferrals(count),))


def a_proven_day(e: Evidence) -> str:
    """What such a callback names, in words."""
    near = f"a day within {e.limits.callback_days} d"
    return f"{near}, a new reason, and what will have changed"


def proven_callback_flip(e: Evidence, words: str) -> Condition:
    """The buyer names a near day with a reason of a kind not used before."""
    promises = (
        *e.prospect.earlier_callbacks,
        *([e.prospect.callback] if e.prospect.callback else ()),
    )
    # A promise of before becomes a deferral, with its reason, as soon as a later day than its own is named.
    used = {d.reason for d in e.timeline.deferrals} | {promise.reason for promise in promises}
    fresh = next((kind for kind in ReasonKind if kind not in used), ReasonKind.BUDGET)
    days = min(30, e.limits.callback_days)
    return Condition(words, (ProvenCallback(days, fresh),))


PROVEN_CALLBACK = Rule((RuleName.PROVEN_CALLBACK,), _proven_callback, _why_proven, _given_up)
PROMISE_MISSED = Rule((RuleName.PROMISE_MISSED,), _promise_missed, _why_missed, _given_up)
FAR_CALLBACK = Rule((RuleName.FAR_CALLBACK,), _far_callback, _why_far, _nearer)
UNPROVEN_CALLBACK = Rule(
    (RuleName.UNPROVEN_CALLBACK,), _unproven_callback, _why_unproven, _put_off_again
)
