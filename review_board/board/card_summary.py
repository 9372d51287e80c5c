"""What is computed of one prospect for its card, its line in a list and its place in queues."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from review_board.errors import InvalidValueError
from review_board.judgement.card_status import is_left_there, status_line
from review_board.judgement.closing_ratio import ClosingRatio
from review_board.judgement.due.manager_queue import ManagerPick, pick_for_manager
from review_board.judgement.due.queue_order import QueueCard, owed_on, queue_card, what_we_owe
from review_board.judgement.due.tasks import NOTHING, Agenda, agenda_of
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.recommend import judge
from review_board.judgement.recommendation import Finding
from review_board.judgement.rule import Owed
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Won
from review_board.settings.tree import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSummary:
    """What a card and the lists need of the evidence: small, one for every prospect.

    ``card`` says where it comes in a queue, ``due_on`` when it falls due there, ``spoilt`` why the
    record cannot be read. Days are ``None`` where nothing is on record; it ``had_contact`` also where only
    a list says so, without a day; ``shown`` says why a manager might look at it; it ``is_left_there`` in
    Nurture or Dropped; what we owe them (``owes``) is ``owed`` now, or ``owed_later``: its day is ahead;
    ``worth`` is the potential of all ``sites``, in the currency of the value. What was won has no
    ``finding``: nothing is to be decided.
    """

    status: str
    finding: Finding | None = None
    touch_days: int | None = None
    contact_days: int | None = None
    signal_days: int | None = None
    quiet_days: int | None = None
    attempts: int = 0
    deferrals: int = 0
    tier: str = ""
    manager_pick: ManagerPick | None = None
    worth: Decimal | None = None
    sites: int = 1
    agenda: Agenda = NOTHING
    card: QueueCard | None = None
    owes: Owed | None = None
    owed: bool = False
    owed_later: bool = False
    due_on: date | None = None
    spoilt: str = ""
    is_left_there: bool = False
    lacks_history: bool = False
    answered_days: int | None = None
    asked_days: int | None = None
    had_contact: bool = False

    @property
    def owes_quote(self) -> bool:
        """Return whether what we owe them, now or later, is the follow-up of a quote."""
        return self.owes is Owed.QUOTE and not any(task.owed for task in self.agenda.tasks)

    def is_due(self, day: date) -> bool:
        """Return whether it belongs in the review of a day."""
        return self.due_on is not None and self.due_on <= day


def summarize_card(
    prospect: Prospect, today: Today, settings: Settings, closing: ClosingRatio
) -> CardSummary:
    """Return what the card of a prospect shows; of what was won, only that."""
    evidence = gather(prospect, today, settings, closing)
    if prospect.won:
        return _won_card_summary(prospect.won, evidence, today)
    finding = judge(evidence)
    worth = evidence.prospect.potential
    agenda = agenda_of(evidence, finding)
    owed = owed_on(evidence, finding, agenda.earliest)
    return CardSummary(
        **_of_line(evidence, finding),
        contact_days=evidence.contact_days,
        quiet_days=evidence.quiet_days,
        attempts=evidence.unanswered,
        deferrals=len(evidence.unexplained),
        card=queue_card(evidence, finding.match),
        owes=(what_we_owe(evidence, finding.match) or Owed.CALLBACK) if owed else None,
        owed=owed is not None and owed <= today.day,
        owed_later=owed is not None and owed > today.day,
        tier=evidence.tier,
        manager_pick=pick_for_manager(evidence, finding),
        worth=worth.amount if worth else None,
        agenda=agenda,
        lacks_history=evidence.lacks_history,
        answered_days=evidence.answered_days,
        asked_days=evidence.asked_days,
        had_contact=_had_contact(evidence),
    )


def summarize_line(
    prospect: Prospect, today: Today, settings: Settings, closing: ClosingRatio
) -> CardSummary:
    """Return of the summary what one line of a list says: where it stands, not its place in queues."""
    evidence = gather(prospect, today, settings, closing)
    if prospect.won:
        return _won_card_summary(prospect.won, evidence, today)
    return CardSummary(**_of_line(evidence, judge(evidence)))


def _of_line(evidence: Evidence, finding: Finding) -> dict[str, Any]:
    """Return the fields of a summary that a line says, too."""
    prospect, rests = evidence.prospect, evidence.resting_drop is not None
    return {
        "status": status_line(evidence, finding),
        "finding": finding,
        "touch_days": evidence.touch_days,
        "signal_days": evidence.signal_days,
        "due_on": due_on(evidence),
        "sites": prospect.locations or 1,
        "is_left_there": is_left_there(prospect.column, finding.destination, rests=rests),
    }


def _had_contact(e: Evidence) -> bool:
    """Return whether either side turned to the other, also where no day is known."""
    asked = any(callback.asked_by_buyer for callback in e.prospect.callbacks)
    return e.was_contacted or e.last_contact is not None or asked


def spoilt_card(error: InvalidValueError) -> CardSummary:
    """Return what the card of a prospect shows whose record cannot be read."""
    return CardSummary(status="cannot be read", spoilt=str(error))


def _won_card_summary(won: Won, evidence: Evidence, today: Today) -> CardSummary:
    """Return the summary of what was won: nothing is advised, owed or due."""
    worth = won.value or evidence.prospect.potential
    return CardSummary(
        status=f"won {short_day(won.on, today.day)}",
        touch_days=evidence.touch_days,
        contact_days=evidence.contact_days,
        had_contact=_had_contact(evidence),
        signal_days=evidence.signal_days,
        worth=worth.amount if worth else None,
    )
