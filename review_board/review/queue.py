"""The queue: in which order the cards of a review come.

What we owe comes first, then the sure purges, then the valuable and the borderline, then the rest
by payoff.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple

from review_board.judgement.evidence import HIGH, Evidence
from review_board.judgement.recommendation import Claim, Finding, rests_until
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.review.bets import lost_bet, open_bet
from review_board.review.falling_due import due_on
from review_board.settings import RuleName

_NOTHING = Decimal(0)


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
"""What a person must weigh: no purge among these is a sure one."""


class Queued(NamedTuple):
    """One card of the queue. ``payoff`` is expected value an hour, zero where none is known."""

    id: str
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


def queue_card(evidence: Evidence, claim: Claim) -> Queued | None:
    """The queue's card for a prospect, due or not; ``None`` for one that was won."""
    prospect = evidence.prospect
    if prospect.won:
        return None
    worth = prospect.potential
    return Queued(
        id=prospect.id,
        group=_group(evidence, claim),
        rule=claim.rule,
        payoff=evidence.payoff or _NOTHING,
        worth=worth.amount if worth else _NOTHING,
    )


def is_owed(evidence: Evidence, finding: Finding) -> bool:
    """Whether it is among those that we owe something, and not put to rest until a day ahead.

    A verdict pays no debt: it stands while the prospect takes selling time, elsewhere when it is due.
    """
    if _group(evidence, finding.claim) is not Group.OWED:
        return False
    day = evidence.today.day
    if rests_until(finding, day):
        return False
    due = due_on(evidence)
    return Verdict.of(evidence.prospect.column) is Verdict.KEEP or (due is not None and due <= day)


def _group(evidence: Evidence, claim: Claim) -> Group:
    prospect, today = evidence.prospect, evidence.today
    if lost_bet(prospect, today):
        return Group.DELICATE if evidence.tier == HIGH else Group.SURE_PURGE
    if claim.rule in OWED_RULES:
        return Group.OWED
    if evidence.tier == HIGH or claim.rule in BORDERLINE_RULES or open_bet(prospect, today):
        return Group.DELICATE
    return Group.SURE_PURGE if _is_sure(prospect.column, claim) else Group.REST


def _is_sure(column: Column, claim: Claim) -> bool:
    """A purge that moves the card: one that stays where it is is no purge to tick."""
    return claim.verdict is Verdict.PURGE and claim.destination is not column
