"""The computed side of the board: evidence when it is asked for, cached until something changes."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from review_board.board.outcomes import Outcomes, count_outcomes
from review_board.board.tiers import with_tiers
from review_board.errors import InvalidValueError
from review_board.judgement.card_status import status_line
from review_board.judgement.closing_ratio import closing_ratio
from review_board.judgement.due.due_day import due_on
from review_board.judgement.due.manager_queue import Shown, why_shown
from review_board.judgement.due.queue import Queued, is_owed, queue_card
from review_board.judgement.due.tasks import NOTHING, Agenda, agenda_of
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.recommend import judge, match_rules, recommend_from
from review_board.judgement.recommendation import Finding, Recommendation, RuleMatch
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.records import Won
from review_board.settings.tree import Settings
from review_board.store.protocol import Document

T = TypeVar("T")

MODELS_KEPT = 128
"""Validated prospects kept; a board of ten thousand holds plain documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSummary:
    """What a card and the lists need of the evidence: small, one for every prospect.

    ``card`` says where it comes in a queue, ``due_on`` when it falls due there, ``spoilt`` why the
    record cannot be read. Days are ``None`` where nothing is on record; ``shown`` says why a manager
    might look at it; ``owed`` whether we owe them a call; ``worth`` is the potential, in the currency
    of the value. What was won has no ``finding``: nothing is to be decided.
    """

    status: str
    finding: Finding | None = None
    touch_days: int | None = None
    signal_days: int | None = None
    attempts: int = 0
    deferrals: int = 0
    tier: str = ""
    shown: Shown | None = None
    worth: Decimal | None = None
    locations: int | None = None
    agenda: Agenda = NOTHING
    card: Queued | None = None
    owed: bool = False
    due_on: date | None = None
    spoilt: str = ""
    stays_dropped: bool = False

    def is_due(self, day: date) -> bool:
        """Whether it belongs in the review of a day."""
        return self.due_on is not None and self.due_on <= day


@dataclass(frozen=True, slots=True)
class LineSummary:
    """What one line of a list says of a prospect, worked out as it is asked for and not kept.

    Those fields of a ``CardSummary`` that say where it stands, without its place in queues and agendas.
    """

    evidence: Evidence
    finding: RuleMatch
    spoilt: str = ""

    @property
    def status(self) -> str:
        """Where it stands, in a few words."""
        return status_line(self.evidence, self.finding)

    @property
    def stays_dropped(self) -> bool:
        """Whether it is in Dropped and nothing new came since: then no verdict is asked for."""
        return self.evidence.resting_drop is not None

    @property
    def touch_days(self) -> int | None:
        """Days since our last touch."""
        return self.evidence.touch_days

    @property
    def signal_days(self) -> int | None:
        """Days since the buyer's last signal."""
        return self.evidence.signal_days

    @property
    def due_on(self) -> date | None:
        """The day on which it falls due in a review."""
        return due_on(self.evidence)


class Evaluator:
    """Models, evidence and recommendations of one open pipeline.

    ``closing`` is the pipeline's closing ratio, ``settings`` holds its figures of the tiers. Both
    are fixed when the file is loaded: one more deal won in a session must not turn other cards.
    While a review is open the ratio is that of its ``outcomes`` at its start.
    """

    def __init__(
        self,
        settings: Settings,
        prospect: Callable[[str], Prospect],
        document: Callable[[str], Document | None],
    ) -> None:
        self._given = settings
        self.settings = settings
        self._reviewed: Outcomes | None = None
        self.outcomes: Outcomes = (0, 0)
        self.closing = closing_ratio(0, 0, settings.estimates)
        self._prospect = prospect
        self._document = document
        self._models: OrderedDict[str, Prospect] = OrderedDict()
        self._evidence: OrderedDict[str, Evidence] = OrderedDict()
        self._recommended: OrderedDict[str, Recommendation] = OrderedDict()
        self._card_summaries: dict[str, CardSummary] = {}
        self._today: Today | None = None

    def hold_outcomes(
        self, outcomes: Outcomes | None, documents: Collection[Document], today: Today
    ) -> bool:
        """Keep to the outcomes of a review's start, or again to today's; say if that changes the ratio."""
        self._reviewed = outcomes
        self.outcomes = outcomes or count_outcomes(documents, today)
        return closing_ratio(*self.outcomes, self._given.estimates) != self.closing

    def measure(self, documents: Collection[Document], today: Today) -> None:
        """The file was loaded: forget everything, and take the pipeline's own figures."""
        self.forget_all()
        self.outcomes = self._reviewed or count_outcomes(documents, today)
        self.closing = closing_ratio(*self.outcomes, self._given.estimates)
        self.settings = with_tiers(self._given, documents)

    @property
    def weighting(self) -> tuple[Decimal, str]:
        """What sums and orders are reckoned with: the closing ratio, and the currency that is ours."""
        return self.closing.ratio, self.settings.currency

    def forget(self, prospect_id: str) -> None:
        """A prospect changed."""
        for kept in (self._models, self._evidence, self._recommended, self._card_summaries):
            kept.pop(prospect_id, None)

    def forget_all(self) -> None:
        """The file was replaced."""
        for kept in (self._models, self._evidence, self._recommended, self._card_summaries):
            kept.clear()

    def model(self, prospect_id: str, document: Document) -> Prospect:
        """The validated prospect of a document."""
        found = self._models.get(prospect_id)
        if found is None:
            found = _keep(self._models, prospect_id, from_document(document))
        return found

    def evidence(self, prospect_id: str, today: Today) -> Evidence:
        """What the record proves on a day."""
        self._turn_to(today)
        found = self._evidence.get(prospect_id)
        if found is None:
            computed = gather(self._prospect(prospect_id), today, self.settings, self.closing)
            found = _keep(self._evidence, prospect_id, computed)
        return found

    def recommendation(self, prospect_id: str, today: Today) -> Recommendation:
        """The whole argument."""
        self._turn_to(today)
        found = self._recommended.get(prospect_id)
        if found is None:
            made = recommend_from(self.evidence(prospect_id, today))
            found = _keep(self._recommended, prospect_id, made)
        return found

    def supposed(self, prospect: Prospect, today: Today) -> Recommendation:
        """The argument for a record as it would stand after a change; nothing of it is kept."""
        return recommend_from(gather(prospect, today, self.settings, self.closing))

    def known_card_summary(self, prospect_id: str, today: Today) -> CardSummary | None:
        """The glance if it is computed already."""
        self._turn_to(today)
        return self._card_summaries.get(prospect_id)

    def known_card_summaries(self, today: Today) -> Mapping[str, CardSummary]:
        """All that are computed, by id."""
        self._turn_to(today)
        return self._card_summaries

    def card_summary(self, prospect_id: str, today: Today) -> CardSummary:
        """The glance, computed now if need be; a spoilt record gives one that says so."""
        known = self.known_card_summary(prospect_id, today)
        if known is None:
            known = self._card_summaries[prospect_id] = self._compute_card_summary(
                prospect_id, today
            )
        return known

    def outline(self, prospect_id: str, today: Today) -> LineSummary | CardSummary:
        """What a line says, for those who go through all of a large pipeline once."""
        known = self.known_card_summary(prospect_id, today)
        return known or self._compute_outline(prospect_id, today)

    def _compute_outline(self, prospect_id: str, today: Today) -> LineSummary | CardSummary:
        evidence = self._gather_once(prospect_id, today)
        if isinstance(evidence, CardSummary):
            return evidence
        return LineSummary(evidence, match_rules(evidence))

    def _gather_once(self, prospect_id: str, today: Today) -> Evidence | CardSummary:
        """Return the evidence, not kept; of one that was won or cannot be read, a glance that says so."""
        try:
            prospect = self._read_once(prospect_id)
        except InvalidValueError as error:
            return CardSummary(status="cannot be read", spoilt=str(error))
        evidence = gather(prospect, today, self.settings, self.closing)
        return _won_card_summary(prospect.won, evidence, today) if prospect.won else evidence

    def _read_once(self, prospect_id: str) -> Prospect:
        """A model made for this alone goes at once: it would only push out those that are in use."""
        from review_board.pipeline.fast_load import read_usual  # a library that only lists need

        if prospect_id in self._models:
            return self._prospect(prospect_id)
        usual = read_usual(self._document(prospect_id) or {})
        if usual is not None:
            return usual
        prospect = self._prospect(prospect_id)
        self._models.pop(prospect_id, None)
        return prospect

    def _compute_card_summary(self, prospect_id: str, today: Today) -> CardSummary:
        evidence = self._gather_once(prospect_id, today)
        if isinstance(evidence, CardSummary):
            return evidence
        finding = judge(evidence)
        worth = evidence.prospect.potential
        return CardSummary(
            finding=finding,
            touch_days=evidence.touch_days,
            signal_days=evidence.signal_days,
            attempts=evidence.unanswered,
            deferrals=len(evidence.unexplained),
            status=status_line(evidence, finding),
            card=queue_card(evidence, finding.match),
            owed=is_owed(evidence, finding),
            due_on=due_on(evidence),
            tier=evidence.tier,
            shown=why_shown(evidence, finding),
            worth=worth.amount if worth else None,
            locations=evidence.prospect.locations,
            agenda=agenda_of(evidence, finding),
            stays_dropped=evidence.resting_drop is not None,
        )

    def _turn_to(self, today: Today) -> None:
        """A new day makes everything computed stale."""
        if self._today is not today and self._today != today:
            self._today = today
            self._evidence.clear()
            self._recommended.clear()
            self._card_summaries.clear()


def _won_card_summary(won: Won, evidence: Evidence, today: Today) -> CardSummary:
    """What was won: nothing is advised, owed or due."""
    worth = won.value or evidence.prospect.potential
    return CardSummary(
        status=f"won {short_day(won.on, today.day)}",
        touch_days=evidence.touch_days,
        signal_days=evidence.signal_days,
        worth=worth.amount if worth else None,
    )


def _keep(kept: OrderedDict[str, T], key: str, value: T) -> T:
    kept[key] = value
    if len(kept) > MODELS_KEPT:
        kept.popitem(last=False)
    return value
