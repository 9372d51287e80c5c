"""Phrases and comparisons that rules, arguments and guards share, so that all say the same."""

from decimal import Decimal
from typing import NamedTuple

from review_board.judgement.evidence import Evidence
from review_board.judgement.timeline import DatedTouch

SINCE_ANSWER = "since they last answered"
"""Says which attempts count as unanswered, where those since a quote are counted too."""
FAR_BUT_SOUND = "sound, but too far ahead to rest on"
"""Says of a callback that all of its proof holds and its day is beyond the horizon."""


class Distance(NamedTuple):
    """How far off the day of a callback is, against what, and which setting that is."""

    seen: str
    threshold: str
    key: str


def distance(e: Evidence) -> Distance:
    """Compare the day of the open callback: ahead with the horizon, overdue with the days of grace."""
    assert e.proof is not None
    days, limits = e.proof.days, e.limits
    if days >= 0:
        sign = "≤" if e.proof.is_near else ">"
        limit, key = e.proof.horizon, "thresholds.callback_days"
        return Distance(f"{days} d ahead", f"{sign} {limit}", key)
    sign = "≤" if -days <= limits.callback_grace_days else ">"
    limit, key = limits.callback_grace_days, "thresholds.callback_grace_days"
    return Distance(f"{-days} d overdue", f"{sign} {limit}", key)


def payoff_figure(e: Evidence) -> str:
    """Return what an hour pays, in whole units but where those would hide that it is below the limit."""
    paid = e.payoff or Decimal(0)
    rounded = paid.quantize(Decimal(1))
    hides = (rounded < e.limits.min_hourly_value) is not (paid < e.limits.min_hourly_value)
    return f"{paid:,.2f}" if hides else f"{rounded:,f}"


def tier_words(e: Evidence) -> str:
    """Return ``high tier``, and what it rests on where the value is in another currency."""
    return f"{e.tier} tier{as_number(e, 'tiers are')}"


def as_number(e: Evidence, what: str) -> str:
    """Remark on an amount that is compared as it is, since nothing can convert it."""
    worth, own = e.prospect.value, e.settings.currency
    if worth is None or worth.currency == own:
        return ""
    return f" ({worth.currency} taken as a number: {what} in {own}, no rates are kept)"


def ids(*dated: DatedTouch | None) -> tuple[str, ...]:
    """Return the evidence ids of these touches, without gaps."""
    return tuple(d.id for d in dated if d)
