"""The due queue: who must be looked at today, in which order, and why.

The order is: what we owe, the sure purges, the valuable and the borderline, then the rest by
payoff. Intervals are settings; a card decided today is not due again today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from review_board.judgement.evidence import HIGH, Evidence
from review_board.judgement.recommendation import Finding
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings import RuleName, Settings


class Group(IntEnum):
    """The parts of the queue, in order."""

    OWED = 1
    SURE_PURGE = 2
    DELICATE = 3
    REST = 4

    @property
    def title(self) -> str:
        """What the part is called."""
        return ("owed by us", "sure purges", "high value, borderline", "the rest")[self - 1]


OWED_RULES = frozenset(
    {
        RuleName.PROMISE_MISSED,
        RuleName.PROVEN_CALLBACK,
        RuleName.OPEN_QUOTE,
        RuleName.NEVER_WORKED,
    }
)
BORDERLINE_RULES = frozenset(
    {
        RuleName.RESCUE,
        RuleName.LAST_CALL,
        RuleName.UNPROVEN_CALLBACK,
        RuleName.UNANSWERED_QUESTIONS,
        RuleName.FAR_CALLBACK,
    }
)


@dataclass(frozen=True, slots=True)
class Queued:
    """One card of the queue. ``payoff`` is expected value an hour, zero where none is known."""

    id: str
    owner: str
    column: Column
    group: Group
    rule: RuleName
    payoff: Decimal
    worth: Decimal

    @property
    def order(self) -> tuple[int, Decimal, Decimal, str]:
        """Its place: by group, then by payoff (worth, where value decides), then by id."""
        first = self.worth if self.group is Group.DELICATE else self.payoff
        second = self.payoff if self.group is Group.DELICATE else self.worth
        return (self.group, -first, -second, self.id)


def due_queue(items: Iterable[Queued]) -> list[Queued]:
    """The cards in the order in which they are reviewed."""
    return sorted(items, key=lambda item: item.order)


def queue_card(evidence: Evidence, finding: Finding) -> Queued | None:
    """The queue's card for a prospect, due or not; ``None`` for one that was won."""
    prospect = evidence.prospect
    if prospect.won:
        return None
    worth = prospect.potential
    return Queued(
        id=prospect.id,
        owner=prospect.owner,
        column=prospect.column,
        group=_group(evidence, finding),
        rule=finding.rule,
        payoff=evidence.payoff or Decimal(0),
        worth=worth.amount if worth else Decimal(0),
    )


def _group(evidence: Evidence, finding: Finding) -> Group:
    if finding.rule in OWED_RULES:
        return Group.OWED
    if finding.verdict is Verdict.PURGE and finding.destination is Column.DROPPED:
        return Group.SURE_PURGE
    if evidence.tier == HIGH or finding.rule in BORDERLINE_RULES:
        return Group.DELICATE
    return Group.REST


def due_on(evidence: Evidence) -> date | None:
    """The day on which a prospect falls due; ``None`` while nothing but a signal can wake it."""
    prospect, settings = evidence.prospect, evidence.settings
    if prospect.won:
        return None
    if prospect.column is Column.DROPPED:
        return _woken_on(evidence)
    base = _last_looked_at(evidence)
    if base is None:
        return evidence.today.day
    if prospect.column is Column.NURTURE:
        days = [base + timedelta(days=settings.review.nurture_days)]
        days += [day for day in (_answered_on(evidence), _wakes_on(evidence)) if day]
        return min(days)
    if prospect.column is Column.CALLBACK and evidence.callback:
        return _callback_due(evidence, base, settings)
    return base + timedelta(days=settings.review.active_days)


def _last_looked_at(evidence: Evidence) -> date | None:
    """The day of the last verdict, or the day it was put on record."""
    rulings = [r for r in evidence.prospect.verdicts if _up_to_now(evidence, r.at)]
    if rulings:
        return evidence.today.day_of(max(r.at for r in rulings))
    created = evidence.prospect.created
    return evidence.today.day_of(created) if created else None


def _callback_due(evidence: Evidence, base: date, settings: Settings) -> date:
    """A proven callback rests until its date; an unproven one is questioned every two weeks."""
    assert evidence.callback is not None
    proven = evidence.proof is not None and evidence.proof.proven
    if proven:
        again = base + timedelta(days=settings.review.active_days)
        return (
            max(evidence.callback.on, again)
            if base >= evidence.callback.on
            else (evidence.callback.on)
        )
    return base + timedelta(days=settings.review.unproven_days)


def _woken_on(evidence: Evidence) -> date | None:
    """The day of the signal that came after a drop and after the last verdict."""
    signal, drop = evidence.timeline.last_signal, evidence.prospect.drop
    if signal is None:
        return None
    after = [r.at for r in evidence.prospect.verdicts if _up_to_now(evidence, r.at)]
    after += [drop.at] if drop else []
    return signal.day if all(signal.touch.at > moment for moment in after) else None


def _answered_on(evidence: Evidence) -> date | None:
    """The day of a response in Nurture that no verdict has looked at."""
    response, plan = evidence.timeline.last_response, evidence.prospect.nurture
    if response is None or (plan and response.day < plan.since):
        return None
    seen = any(
        r.at >= response.touch.at for r in evidence.prospect.verdicts if _up_to_now(evidence, r.at)
    )
    return None if seen else response.day


def _wakes_on(evidence: Evidence) -> date | None:
    """The day on which a far callback wakes, unless a verdict was given since."""
    if evidence.callback is None:
        return None
    wakes = evidence.callback.on - timedelta(days=evidence.settings.thresholds.wake_days)
    base = _last_looked_at(evidence)
    return wakes if base is None or base < wakes else None


def _up_to_now(evidence: Evidence, moment: datetime) -> bool:
    return evidence.today.day_of(moment) <= evidence.today.day
