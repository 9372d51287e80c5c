"""No answer. Too soon to give up, gone, worth a rescue, or worth one last call."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal

from review_board.judgement.evidence import HIGH, LOW, Evidence
from review_board.judgement.pressure import contact_pressure
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.routes import Way, is_a_way_left
from review_board.judgement.rule import SINCE_ANSWER, Rule, an_hour, as_number, ids, tier_words
from review_board.judgement.what_would_change import (
    BuyerSignal,
    Condition,
    HoursBecome,
    LastCallIgnored,
    LastCallWaited,
    PossibleEvent,
    RescueUsed,
    Silence,
    ValueBecomes,
)
from review_board.pipeline.dates import short_day
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.vocabulary import Column, Route, Verdict
from review_board.settings.rules import RuleName
from review_board.wording import several

_TOO_SOON = RuleMatch(RuleName.TOO_SOON, Verdict.KEEP, Column.ACTIVE)
_RESCUED = RuleMatch(RuleName.RESCUE, Verdict.KEEP, Column.ACTIVE)
_GONE = RuleMatch(RuleName.GONE_SILENT, Verdict.PURGE, Column.NURTURE)
_GONE_AND_SMALL = RuleMatch(RuleName.GONE_SILENT, Verdict.PURGE, Column.DROPPED)
_POOR = RuleMatch(RuleName.POOR_PAYOFF, Verdict.PURGE, Column.NURTURE)
_ONE_LAST_CALL = RuleMatch(RuleName.LAST_CALL, Verdict.KEEP, Column.ACTIVE)


def _silence(e: Evidence) -> tuple[int, tuple[str, ...]]:
    """Days of silence, and the touches that prove it."""
    answer = e.timeline.last_answer
    return e.silent_days or 0, ids(answer, *e.timeline.unanswered) or ("created",)


def _too_soon(e: Evidence) -> RuleMatch | None:
    limits = e.limits
    if e.unanswered >= limits.attempts or (e.silent_days or 0) <= limits.recent_days:
        return None
    return _TOO_SOON


def _why_too_soon(e: Evidence, claim: RuleMatch) -> Finding:
    limits = e.limits
    days, evidence = _silence(e)
    return Finding(
        *claim,
        because=Observation(
            f"silent for {days} d, but only {e.unanswered} of {limits.attempts} attempts {SINCE_ANSWER}",
            several(e.unanswered, "attempt"),
            f"< {limits.attempts}",
            "thresholds.attempts",
            evidence,
        ),
        action=f"Try again {_another_channel(e)}",
    )


def _another_channel(e: Evidence) -> str:
    way = next((w for w in e.ways if not w.tried), None)
    if way is None:
        return "by another channel"
    if way.contact:
        return f"through {way.name}"
    return way.name if way.route is Route.IN_PERSON else f"by {way.name}"


def _more_silence(e: Evidence) -> Iterable[Condition]:
    limits = e.limits
    more = max(1, limits.gone_silent_attempts - e.unanswered)
    lasts = f" until {limits.unreachable_days} d of silence"
    until = "" if (e.silent_days or 0) >= limits.unreachable_days else lasts
    yield Condition(
        f"{several(more, 'more attempt')} stay without an answer{until}",
        (Silence(more, max(1, limits.unreachable_days - (e.silent_days or 0))),),
    )
    yield Condition(
        f"{several(more, 'more attempt')} stay without an answer{until} and the rescue brings nothing",
        (
            Silence(more, max(1, limits.unreachable_days - (e.silent_days or 0))),
            RescueUsed("untried routes", limits.rescue_days),
        ),
    )


def _gone_silent_or_rescue(e: Evidence) -> RuleMatch | None:
    if not e.gone_silent:
        return None
    if e.tier == HIGH and e.settings.is_on(RuleName.RESCUE) and _rescue_is_left(e):
        return _RESCUED
    return _GONE_AND_SMALL if e.tier == LOW else _GONE


def _rescue_is_left(e: Evidence) -> bool:
    """The one rescue: running, or still to be had through an untried route."""
    if used := e.prospect.rescue:
        return e.today.day <= used.until
    return is_a_way_left(e.prospect, e.timeline)


def _why_silent(e: Evidence, claim: RuleMatch) -> Finding:
    if claim.rule is RuleName.RESCUE:
        return _why_rescue(e, claim)
    gone = claim.destination is Column.DROPPED
    action = "Let go: they do not answer" if gone else "Nurture: they do not answer now"
    return Finding(*claim, because=_silence_observed(e), action=action)


def _silence_observed(e: Evidence) -> Observation:
    limits = e.limits
    days, evidence = _silence(e)
    tier = tier_words(e) if e.prospect.value else f"no value on record, so {tier_words(e)}"
    long = days >= limits.unreachable_days and e.unanswered >= limits.gone_silent_attempts
    if long:
        return Observation(
            f"{days} d ≥ {limits.unreachable_days}, "
            f"{several(e.unanswered, 'attempt')} ≥ {limits.gone_silent_attempts}, {tier}",
            f"{days} d",
            f"≥ {limits.unreachable_days}",
            "thresholds.unreachable_days",
            evidence,
        )
    last = e.timeline.last_call
    waited = e.today.days_since(last.day) if last else 0
    return Observation(
        f"last call unanswered for {waited} d ≥ {limits.last_call_days}, "
        f"{several(e.unanswered, 'attempt')} ≥ {limits.attempts}, {tier}",
        f"{waited} d",
        f"≥ {limits.last_call_days}",
        "thresholds.last_call_days",
        ids(last) + evidence,
    )


def _why_rescue(e: Evidence, claim: RuleMatch) -> Finding:
    if used := e.prospect.rescue:
        return _rescue_finding(e, claim, f"rescue through {used.route}", used.until, None)
    untried = [way for way in e.ways if not way.tried]
    until = e.today.day + timedelta(days=e.limits.rescue_days)
    return _rescue_finding(e, claim, _asks(untried), until, untried[0].route)


ASKS = {
    Route.CHAMPION: "ask {} why it stalled",
    Route.ASSISTANT: "ask {} what would work",
    Route.OTHER_CONTACT: "go through {}",
}


def _asks(untried: list[Way]) -> str:
    """What to ask of whom: the people first, a channel when there is nobody."""
    people = [way for way in untried if way.contact]
    if not people:
        return f"try {untried[0].name}"
    asked = [ASKS[way.route].format(way.name) for way in people[:3]]
    return ", ".join(asked)


def _rescue_finding(
    e: Evidence, claim: RuleMatch, how: str, until: date, route: Route | None
) -> Finding:
    return Finding(
        *claim,
        because=_silence_observed(e),
        action=f"{how[0].upper()}{how[1:]}, until {short_day(until, e.today.day)}",
        until=until,
        route=route,
        ask="How important is this sale really?",
    )


def _back(e: Evidence) -> Iterable[Condition]:
    if e.prospect.rescue is None and e.tier == HIGH:
        way = next((w.name for w in e.ways if not w.tried), "the untried routes")
        days = e.limits.rescue_days
        yield Condition(f"{way} brings no answer within {days} d", (RescueUsed(way, days),))
    elif e.prospect.rescue and e.tier == HIGH:
        yield Condition("the rescue brings no answer in its time", (RescueUsed("", 0),))
    yield Condition("they answer with a step of their own", (BuyerSignal(),))


def _poor_payoff(e: Evidence) -> RuleMatch | None:
    limits = e.limits
    if e.payoff is None or e.payoff >= limits.min_hourly_value:
        return None
    if len(e.timeline.since_signal) < limits.attempts:
        return None
    if (e.signalless_days or 0) <= limits.recent_days:
        return None
    return _POOR


def _why_poor(e: Evidence, claim: RuleMatch) -> Finding:
    limits, attempts = e.limits, e.timeline.since_signal
    hour = f"{an_hour(e)} an hour"
    return Finding(
        *claim,
        because=Observation(
            f"{_worth(e)} × {e.probability:.2f} ÷ {e.hours:f} h pays {hour}"
            f"{as_number(e, 'the limit is')}, after "
            f"{several(len(attempts), 'attempt')} without a signal",
            hour,
            f"< {limits.min_hourly_value:f}",
            "thresholds.min_hourly_value",
            ids(*attempts),
        ),
        action="Nurture: other work pays better",
    )


def _worth(e: Evidence) -> str:
    return long_money(e.prospect.potential) if e.prospect.potential else "nothing"


def _worth_more(e: Evidence) -> Iterable[Condition]:
    limit, worth = e.limits.min_hourly_value, e.prospect.potential
    if worth and e.probability > 0:
        needed = (limit * e.hours / e.probability).to_integral_value(ROUND_UP)
        value = Money(amount=needed, currency=worth.currency)
        yield Condition(f"it is worth {long_money(value)} or more", (ValueBecomes(value),))
    if worth and worth.amount * e.probability > 0 and limit > 0:
        hours = (worth.amount * e.probability / limit).quantize(Decimal("0.01"))
        if hours > 0:
            yield Condition(f"the next step takes {hours:f} h or less", (HoursBecome(hours),))
    yield Condition("they take a step of their own", (BuyerSignal(),))


def _last_call(e: Evidence) -> RuleMatch | None:
    limits = e.limits
    if (e.silent_days or 0) <= limits.recent_days or e.unanswered < limits.attempts:
        return None
    return _ONE_LAST_CALL


def _why_last_call(e: Evidence, claim: RuleMatch) -> Finding:
    limits = e.limits
    days, evidence = _silence(e)
    sent = e.timeline.last_call
    payoff = f", pays {e.payoff:,.0f} an hour" if e.payoff is not None else ""
    action = "Send the last call: “Shall I close the file?”"
    if sent:
        answer_by = sent.day + timedelta(days=limits.last_call_days)
        action = f"The last call is out: give it until {short_day(answer_by, e.today.day)}"
    return Finding(
        *claim,
        because=Observation(
            f"silent for {days} d after {several(e.unanswered, 'attempt')}{payoff}",
            f"{days} d",
            f"> {limits.recent_days}",
            "thresholds.recent_days",
            evidence,
        ),
        action=action,
    )


def _ignored(e: Evidence) -> Iterable[Condition]:
    days = e.limits.last_call_days
    if sent := e.timeline.last_call:
        ignored: PossibleEvent = LastCallWaited(sent.day + timedelta(days=days), days)
    else:
        ignored = LastCallIgnored(contact_pressure(e).earliest or e.today.day, days)
    yield Condition(f"the last call stays unanswered for {days} d", (ignored,))
    yield Condition(
        f"the last call stays unanswered for {days} d and the rescue brings nothing",
        (ignored, RescueUsed("untried routes", e.limits.rescue_days)),
    )


TOO_SOON = Rule((RuleName.TOO_SOON,), _too_soon, _why_too_soon, _more_silence)
GONE_SILENT_OR_RESCUE = Rule(
    (RuleName.GONE_SILENT, RuleName.RESCUE), _gone_silent_or_rescue, _why_silent, _back
)
POOR_PAYOFF = Rule((RuleName.POOR_PAYOFF,), _poor_payoff, _why_poor, _worth_more)
LAST_CALL = Rule((RuleName.LAST_CALL,), _last_call, _why_last_call, _ignored)
