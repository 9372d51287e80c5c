"""The rule about prospects for which other work pays better."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_UP, Decimal

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import Rule, days_after
from review_board.judgement.rule_words import as_number, ids, payoff_figure, payoff_words
from review_board.judgement.what_would_change import (
    Condition,
    HoursBecome,
    ValueBecomes,
)
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.settings.rule_names import RuleName
from review_board.wording import several


def _pays_too_little(e: Evidence) -> Column | None:
    limits = e.limits
    if e.payoff is None or e.payoff >= limits.min_hourly_value:
        return None
    if len(e.timeline.since_signal) < limits.attempts:
        return None
    if (e.days_without_signal or 0) <= limits.recent_days:
        return None
    return Column.NURTURE


def _why_poor(e: Evidence, match: RuleMatch) -> Finding:
    limits, attempts = e.limits, e.timeline.since_signal
    figure = f"{payoff_figure(e)} an hour"
    return Finding(
        *match,
        because=Observation(
            f"too small at {payoff_words(e)} ({e.prospect.worth_words} × {e.chance} ÷ {e.hours:f} h)"
            f"{as_number(e)}, {_attempts(e)}",
            figure,
            f"< {limits.min_hourly_value:f}",
            "thresholds.min_hourly_value",
            ids(*attempts),
        ),
        action="Nurture: other work pays better",
        drop_reason=DropReason.POOR_PAYOFF,
    )


def _attempts(e: Evidence) -> str:
    """Return ``6 attempts, 1 answered``: an answer without interest ends no count here."""
    made = len(e.timeline.since_signal)
    answered = max(0, made - e.unanswered)
    return f"{several(made, 'attempt')}{f', {answered} answered' if answered else ''}"


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


def _signal_long_ago(e: Evidence) -> Iterable[date]:
    return days_after(e.without_signal_since, e.limits.recent_days + 1)


POOR_PAYOFF = Rule(
    name=RuleName.POOR_PAYOFF,
    words="too small for the work",
    meaning="Tried often enough, and other work pays better by the hour: purge to Nurture.",
    reads=(
        "thresholds.recent_days",
        "thresholds.attempts",
        "thresholds.min_hourly_value",
        "estimates.closing_ratio",
        "estimates.closing_outcomes",
        "estimates.hours",
    ),
    match=_pays_too_little,
    explain=_why_poor,
    what_would_change=_worth_more,
    card_words=lambda _: "too small",
    change_days=_signal_long_ago,
    asks_for_locations=True,
)

RULES = (POOR_PAYOFF,)
