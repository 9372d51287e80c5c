"""What the record says of the sale: what it is worth, its chance, its stage and its quotes."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from review_board.judgement.closing_ratio import ClosingRatio
from review_board.judgement.timeline import DatedTouch, Timeline, attempt_days, is_try
from review_board.pipeline.dates import Today
from review_board.pipeline.fields import show_share
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Quote
from review_board.pipeline.stages import SaleProgress, is_quote_stage, stage_progress
from review_board.pipeline.vocabulary import Outcome, QuoteState
from review_board.settings.tree import Settings

LOW, MID, HIGH = "low", "mid", "high"
CENTS = Decimal("0.01")


class SaleEvidence:
    """The sale. Days are whole days up to today; ``None`` where nothing is on record.

    ``limits`` are the thresholds of the rules. What is not asked is not worked out: most rules look
    at little, and ten thousand prospects are judged at a time.
    """

    def __init__(
        self,
        prospect: Prospect,
        today: Today,
        settings: Settings,
        closing: ClosingRatio,
        timeline: Timeline,
    ) -> None:
        self.prospect: Final = prospect
        self.today: Final = today
        self.settings: Final = settings
        self.closing: Final = closing
        self.timeline: Final = timeline
        self.potential: Final = prospect.potential
        self.limits: Final = settings.thresholds

    @cached_property
    def tier(self) -> str:
        """Return ``low``, ``mid`` or ``high`` by value or potential; no value on record counts as low."""
        worth, tiers = self.potential, self.settings.tiers
        if worth is None or worth.amount < tiers.low_below:
            return LOW
        return HIGH if worth.amount >= tiers.high_from else MID

    @property
    def probability(self) -> Decimal:
        """Return the probability of this sale, 0 to 1: as on record, else the closing ratio."""
        known = self.prospect.probability
        return known if known is not None else self.closing.ratio

    @property
    def chance(self) -> str:
        """Return ``25 %``, or ``usual 30 %`` where none is on record."""
        known = self.prospect.probability
        return self.closing.as_chance if known is None else show_share(known)

    @property
    def odds(self) -> str:
        """Return ``probability 25 %``, or ``usual closing ratio 30 %`` where none is on record."""
        known = self.prospect.probability
        return self.closing.short if known is None else f"probability {show_share(known)}"

    @property
    def hours(self) -> Decimal:
        """Return the hours of the next step: as on record, else the usual."""
        return self.prospect.hours or self.settings.estimates.hours

    @cached_property
    def payoff(self) -> Decimal | None:
        """Return potential × probability ÷ hours of the next step; hours already spent do not count."""
        if self.potential is None:
            return None
        return (self.potential.amount * self.probability / self.hours).quantize(CENTS)

    @cached_property
    def progress(self) -> SaleProgress | None:
        """Return how far the list says that the sale has come: early, late, or neither."""
        return stage_progress(self.prospect.stage)

    @property
    def age_days(self) -> int | None:
        """Return the days since the prospect was put on record."""
        created = self.prospect.created
        return max(0, self.today.days_since(self.today.day_of(created))) if created else None

    @property
    def is_fresh(self) -> bool:
        """Tell whether it was put on record so lately that nobody need have called yet."""
        return self.age_days is not None and self.age_days <= self.limits.fresh_days

    @property
    def quote(self) -> Quote | None:
        """Return the open quote that was sent last."""
        if not self.prospect.quotes:
            return None
        still_open = [q for q in self.prospect.quotes if q.state is QuoteState.OPEN]
        return max(reversed(still_open), key=lambda q: q.sent_on, default=None)

    @property
    def listed_quote(self) -> str:
        """Return what alone says that a quote is out, its stage or a column; empty where nothing does."""
        if self.prospect.quotes:
            return ""
        if is_quote_stage(self.prospect.stage):
            return self.prospect.stage
        return "says the list" if self.listed_quote_day else ""

    @property
    def listed_quote_day(self) -> date | None:
        """Return the day of the last quote that went out, as a list tells it."""
        told = (t for t in reversed(self.timeline.record) if t.from_list)
        sent = (t for t in told if t.outcome is Outcome.QUOTE)
        return next(map(self.timeline.day_of, sent), None)

    @cached_property
    def quote_attempts(self) -> tuple[DatedTouch, ...]:
        """Return one touch for each day since the open quote on which we tried, answered or not."""
        return self.tries_since(self.quote) if self.quote else ()

    @property
    def is_quote_left_alone(self) -> bool:
        """Tell whether nobody ever followed the open quote up: that is owed, whatever else is so."""
        return self.quote is not None and not self.quote_attempts

    def tries_since(self, quote: Quote) -> tuple[DatedTouch, ...]:
        """Return one for each day since a quote on which we tried, answered or not.

        On its own day what came after it counts, where the record holds the contact in which it went
        out; where it does not, nobody knows what came first, and the day does not count. A contact of
        which only a list tells was a try, however it ended.
        """
        sent, is_out = quote.sent_on, False
        made: list[DatedTouch] = []
        for dated in self.timeline.touches:
            touch = dated.touch
            if dated.day == sent and (touch.id == quote.id or touch.outcome is Outcome.QUOTE):
                is_out, made = True, []
            elif dated.day > sent or (is_out and dated.day == sent):
                made += [dated] if is_try(touch) or touch.outcome is Outcome.CONTACTED else []
        return attempt_days(made)

    def _since(self, dated: DatedTouch | None) -> int | None:
        return self._days_since(dated.day) if dated else None

    def _days_since(self, day: date | None) -> int | None:
        return (self.today.day - day).days if day else None
