"""The queue: in which order the cards of a review come.

What we owe comes first, then the sure purges, then the valuable and the borderline, then the rest
by payoff.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

from review_board.judgement.due.when_due import due_unless_put_off
from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import (
    earliest_allowed,
    is_callback_owed,
    planned_step,
    quote_waits_from,
)
from review_board.judgement.recommendation import Finding, RuleMatch, rests_until
from review_board.judgement.rule import NeedsReason, Owed
from review_board.judgement.rules import RULES_BY_NAME
from review_board.judgement.sale_evidence import HIGH
from review_board.pipeline.money import currency_rank
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rule_names import RuleName

_NOTHING = Decimal(0)
_PURGE = Verdict.PURGE


class Group(IntEnum):
    """The parts of the queue, in order."""

    OWED = 1
    SURE_PURGE = 2
    HIGH_OR_BORDERLINE = 3
    REST = 4

    @property
    def key(self) -> str:
        """Return the word that chooses the part."""
        return ("owed", "sure", "large", "rest")[self - 1]

    @property
    def title(self) -> str:
        """Return what the part is called."""
        return ("you owe them", "sure purges", "large or unclear", "the rest")[self - 1]


_OWED, _SURE_PURGE, _HIGH_OR_BORDERLINE, _REST = Group


class QueueCard(NamedTuple):
    """One card of the queue. ``payoff`` is expected value an hour, zero where none is known.

    ``currency_rank`` is the currency of both where it is not ours (see ``money.currency_rank``).
    """

    id: str
    group: Group
    rule: RuleName
    payoff: Decimal
    worth: Decimal
    currency_rank: str = ""


_by_id, _by_currency = attrgetter("id"), attrgetter("currency_rank")
_by_payoff, _by_worth = attrgetter("payoff", "worth"), attrgetter("worth", "payoff")


def due_queue(items: Iterable[QueueCard]) -> list[QueueCard]:
    """Return the cards in the order in which they are reviewed: by group, then by payoff, then by id.

    Where value decides, worth comes before payoff. Amounts of different currencies are not compared:
    in each group ours come first, then the others one by one.
    """
    by_group: dict[Group, list[QueueCard]] = {group: [] for group in Group}
    for item in sorted(items, key=_by_id):
        by_group[item.group].append(item)
    for group, members in by_group.items():
        members.sort(key=_by_worth if group is _HIGH_OR_BORDERLINE else _by_payoff, reverse=True)
        if len({*map(_by_currency, members)}) > 1:
            members.sort(key=_by_currency)
    return [item for members in by_group.values() for item in members]


def queue_card(evidence: Evidence, match: RuleMatch) -> QueueCard | None:
    """Return the queue's card for a prospect, due or not; ``None`` for one that was won."""
    prospect = evidence.prospect
    if prospect.won:
        return None
    worth = evidence.potential
    return QueueCard(
        prospect.id,
        _group(evidence, match),
        match.rule,
        evidence.payoff or _NOTHING,
        worth.amount if worth else _NOTHING,
        currency_rank(worth.currency if worth else None, evidence.settings.currency),
    )


def is_owed(evidence: Evidence, finding: Finding, *, later: bool = False) -> bool:
    """Return whether we owe them a call, or ``later`` will: a callback, a quote to follow up, the first call.

    We owe it until it is done or the prospect is let go. No verdict does it, nor "not this week"; what
    left selling time is owed again when it falls due there.
    """
    if evidence.prospect.column is Column.DROPPED:
        return False
    return is_owed_if_kept(evidence, finding, later=later)


def is_owed_if_kept(evidence: Evidence, finding: Finding, *, later: bool = False) -> bool:
    """Return the same, of one that is dropped as if it were kept after all."""
    prospect, day = evidence.prospect, evidence.today.day
    if prospect.do_not_contact:
        return False
    if is_callback_owed(evidence):
        return True
    if not _owes(evidence, finding.match, later=later) or rests_until(finding, day):
        return False
    if prospect.column is not Column.NURTURE:
        return True
    due = due_unless_put_off(evidence)
    return due is not None and due <= day


def owed_on(evidence: Evidence, finding: Finding, earliest: date | None) -> date | None:
    """Return the day of what we owe: today, or the ``earliest`` ahead; ``None`` where nothing is owed."""
    day = earliest or evidence.today.day
    return day if is_owed(evidence, finding, later=day > evidence.today.day) else None


def _group(evidence: Evidence, match: RuleMatch) -> Group:
    prospect, rule = evidence.prospect, RULES_BY_NAME[match.rule]
    rests = rule.owes is Owed.CALLBACK and not is_callback_owed(evidence)
    if _owes(evidence, match) and not rests and not _must_wait(evidence):
        return _OWED
    if evidence.tier == HIGH or rule.is_borderline:
        return _HIGH_OR_BORDERLINE
    if match.rule is RuleName.SERIAL_DEFERRAL and evidence.only_we_moved:
        return _HIGH_OR_BORDERLINE  # whom we put off ourselves is asked first
    if evidence.bet and rule.needs_reason is not NeedsReason.ANOTHER_COLUMN:
        return _HIGH_OR_BORDERLINE
    return _SURE_PURGE if _is_sure(prospect.column, match) else _REST


def what_we_owe(evidence: Evidence, match: RuleMatch) -> Owed | None:
    """Return what a rule says that we owe them; a quote that nobody followed up is owed by any that keeps."""
    owes = RULES_BY_NAME[match.rule].owes
    if owes is None and match.verdict is Verdict.KEEP and evidence.is_quote_left_alone:
        return Owed.QUOTE
    return owes


def _owes(evidence: Evidence, match: RuleMatch, *, later: bool = False) -> bool:
    is_fresh = evidence.is_quote_left_alone and quote_waits_from(evidence)
    return what_we_owe(evidence, match) is not None and (later or not is_fresh)


def _must_wait(evidence: Evidence) -> bool:
    """Tell whether what is owed has its day ahead: planned, or because we pushed enough for now."""
    allowed = earliest_allowed(evidence)
    return planned_step(evidence) is not None or bool(allowed and allowed > evidence.today.day)


def _is_sure(column: Column, match: RuleMatch) -> bool:
    """Tell whether it is a purge that moves the card: one that stays where it is needs no tick."""
    return match.verdict is _PURGE and match.destination is not column
