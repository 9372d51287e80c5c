"""The computed side of the board: evidence when it is asked for, cached until something changes.

What judges a record is imported when the first one is judged: a board shows its cards before that.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, MutableMapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from review_board.board.own_figures import Outcomes, count_outcomes, with_own_figures
from review_board.errors import InvalidValueError
from review_board.judgement.closing_ratio import ClosingRatio, closing_ratio

if TYPE_CHECKING:
    from review_board.board.card_summary import CardSummary
    from review_board.judgement.evidence import Evidence
    from review_board.judgement.recommendation import Recommendation
    from review_board.pipeline.dates import Today
    from review_board.pipeline.prospect import Prospect
    from review_board.settings.tree import Settings
    from review_board.store.protocol import Document

Weighting: TypeAlias = tuple[Decimal, str]
"""What sums and orders are made with: the closing ratio, and our own currency."""
T = TypeVar("T")

MODELS_KEPT = 128
"""Validated prospects kept; a board of ten thousand holds plain documents."""


class Evaluator:
    """Models, evidence and recommendations of one open pipeline.

    ``closing`` is the pipeline's closing ratio, ``settings`` holds its tiers and its currency. Both
    are fixed when the file is loaded: one more deal won in a session must not change other cards.
    A pipeline without any value (``has_no_value``) has no currency yet: its first value brings it.
    While a review is open the ratio is that of its ``outcomes`` at its start.
    """

    def __init__(
        self,
        settings: "Settings",
        prospect: "Callable[[str], Prospect]",
        document: "Callable[[str], Document | None]",
        today: "Callable[[], Today]",
    ) -> None:
        self._given = settings
        self.settings = settings
        self.has_no_value = True
        self._reviewed: Outcomes | None = None
        self.outcomes: Outcomes = (0, 0)
        self.closing = closing_ratio(0, 0, settings.estimates)
        self._prospect = prospect
        self._document = document
        self._today = today
        self._models: OrderedDict[str, Prospect] = OrderedDict()
        self._evidence: OrderedDict[str, Evidence] = OrderedDict()
        self._recommended: OrderedDict[str, Recommendation] = OrderedDict()
        self._card_summaries: dict[str, CardSummary] = {}
        self._due: dict[str, Any] = {}
        computed = (self._evidence, self._recommended, self._card_summaries, self._due)
        self._computed: tuple[MutableMapping[str, Any], ...] = (self._models, *computed)
        self._day: Today | None = None

    def prepare(self) -> None:
        """Import what judging a record needs, so that the first card need not wait for it."""
        import review_board.board.card_summary  # noqa: F401

        self.settings.is_on  # noqa: B018 - builds the settings where they are not built yet

    def hold_outcomes(self, outcomes: Outcomes | None, documents: "Collection[Document]") -> bool:
        """Keep to the outcomes of a review's start, or again to today's; say if that changes the ratio."""
        self._reviewed = outcomes
        self.outcomes = outcomes or count_outcomes(documents, self._today())
        return closing_ratio(*self.outcomes, self._given.estimates) != self.closing

    def measure(self, documents: "Collection[Document]") -> None:
        """Forget everything, because the file was loaded, and take the pipeline's own figures."""
        self.outcomes = self._reviewed or count_outcomes(documents, self._today())
        self.closing = closing_ratio(*self.outcomes, self._given.estimates)
        self.take_currency(documents)

    def take_currency(self, documents: "Collection[Document]") -> None:
        """Take the currency and the tiers of the values on record."""
        self.forget_all()
        self.settings = with_own_figures(self._given, documents)
        self.has_no_value = not any(document.get("value") for document in documents)

    @property
    def weighting(self) -> Weighting:
        """Return what sums and orders are made with: the closing ratio, and our own currency."""
        return self.closing.ratio, self.settings.currency

    def weighting_with(self, documents: "Collection[Document]") -> Weighting:
        """Return the same as it will be with these documents, whose first value brings the currency."""
        settings = with_own_figures(self._given, documents) if self.has_no_value else self.settings
        return self.closing.ratio, settings.currency

    def forget(self, prospect_id: str) -> None:
        """Forget what was computed of a prospect that changed."""
        for kept in self._computed:
            kept.pop(prospect_id, None)

    def forget_all(self) -> None:
        """Forget what was computed of every prospect."""
        for kept in self._computed:
            kept.clear()

    def model(self, prospect_id: str, document: "Document") -> "Prospect":
        """Return the validated prospect of a document."""
        from review_board.pipeline.prospect import from_document

        found = self._models.get(prospect_id)
        if found is None:
            found = _keep(self._models, prospect_id, from_document(document))
        return found

    def evidence(self, prospect_id: str) -> "Evidence":
        """Return what the record proves today."""
        from review_board.judgement.evidence import gather

        today = self._turned_to_today()
        found = self._evidence.get(prospect_id)
        if found is None:
            computed = gather(self._prospect(prospect_id), today, self.settings, self.closing)
            found = _keep(self._evidence, prospect_id, computed)
        return found

    def recommendation(self, prospect_id: str) -> "Recommendation":
        """Return the whole argument."""
        from review_board.judgement.recommend import recommend_from

        self._turned_to_today()
        found = self._recommended.get(prospect_id)
        if found is None:
            made = recommend_from(self.evidence(prospect_id))
            found = _keep(self._recommended, prospect_id, made)
        return found

    def supposed(self, prospect: "Prospect") -> "Recommendation":
        """Return the argument for a record as it would be after a change; nothing of it is kept."""
        from review_board.judgement.evidence import gather
        from review_board.judgement.recommend import recommend_from

        return recommend_from(gather(prospect, self._today(), self.settings, self.closing))

    def known_card_summary(self, prospect_id: str) -> "CardSummary | None":
        """Return the summary of a card if it is computed already."""
        self._turned_to_today()
        return self._card_summaries.get(prospect_id)

    def known_card_summaries(self) -> "Mapping[str, CardSummary]":
        """Return all that are computed, by id."""
        self._turned_to_today()
        return self._card_summaries

    def known_due(self) -> dict[str, Any]:
        """Return what those who make queues know of each prospect; it is forgotten as all else is."""
        self._turned_to_today()
        return self._due

    def card_summary(self, prospect_id: str) -> "CardSummary":
        """Return the summary of a card, computed now if need be; that of a spoilt record says so."""
        known = self.known_card_summary(prospect_id)
        if known is None:
            from review_board.board.card_summary import summarize_card

            known = self._summarized(prospect_id, summarize_card)
            self._card_summaries[prospect_id] = known
        return known

    def outline(self, prospect_id: str) -> "CardSummary":
        """Return what a line says, for those who go through all of a large pipeline once."""
        from review_board.board.card_summary import summarize_line

        known = self.known_card_summary(prospect_id)
        if known is not None:
            return known
        return self._summarized(prospect_id, summarize_line)

    def _summarized(
        self,
        prospect_id: str,
        summarize: "Callable[[Prospect, Today, Settings, ClosingRatio], CardSummary]",
    ) -> "CardSummary":
        try:
            prospect = self._read_once(prospect_id)
        except InvalidValueError as error:
            from review_board.board.card_summary import spoilt_card

            return spoilt_card(error)
        return summarize(prospect, self._today(), self.settings, self.closing)

    def _read_once(self, prospect_id: str) -> "Prospect":
        """Return a prospect without keeping it: it would only push out those that are in use."""
        from review_board.pipeline.prospect import from_document

        document = self._document(prospect_id)
        if document is None or prospect_id in self._models:
            return self._prospect(prospect_id)
        return from_document(document)

    def _turned_to_today(self) -> "Today":
        """Return today, once what was computed for another day is forgotten."""
        today = self._today()
        if self._day != today:
            self._day = today
            self.forget_all()
        return today


def _keep(kept: OrderedDict[str, T], key: str, value: T) -> T:
    kept[key] = value
    if len(kept) > MODELS_KEPT:
        kept.popitem(last=False)
    return value
