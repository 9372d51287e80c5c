"""Evidence: what the record of one prospect proves on one day. Computed, never stored.

Everything a rule may look at is here; a rule reads it and compares, nothing more.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from review_board.judgement.callback_proof import CallbackProof, prove
from review_board.judgement.closing import ClosingRatio, closing_ratio
from review_board.judgement.questions import open_questions, stale_questions
from review_board.judgement.routes import Way, ways_in
from review_board.judgement.timeline import Dated, Deferral, Timeline, read_timeline
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, Quote
from review_board.pipeline.vocabulary import Column, QuoteState
from review_board.settings import Settings, Tiers

LOW, MID, HIGH = "low", "mid", "high"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is proven. Days are whole days up to today; ``None`` where nothing is on record.

    ``callback`` is the promise still open, ``proof`` its grade; ``quote`` the open quote and
    ``quote_attempts`` the days with an attempt since it; ``payoff`` is expected value an hour;
    ``unexplained`` holds the deferrals that count against the buyer.
    """

    prospect: Prospect
    today: Today
    settings: Settings
    closing: ClosingRatio
    timeline: Timeline
    unexplained: tuple[Deferral, ...]
    callback: Callback | None
    proof: CallbackProof | None
    quote: Quote | None
    quote_attempts: tuple[Dated, ...]
    tier: str
    probability: Decimal
    hours: Decimal
    payoff: Decimal | None
    probation_until: date | None
    unknown: tuple[str, ...]
    stale: tuple[str, ...]
    unknown_reviews: int
    still_unknown: tuple[str, ...]

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in, the most promising first."""
        return ways_in(self.prospect, self.timeline)

    @property
    def touch_days(self) -> int | None:
        """Days since we last touched them."""
        return self._since(self.timeline.last_ours)

    @property
    def signal_days(self) -> int | None:
        """Days since they last spent something."""
        return self._since(self.timeline.last_signal)

    @property
    def silent_days(self) -> int | None:
        """Days since their last answer, or, when there was none, since we first tried."""
        if self.timeline.last_answer:
            return self._since(self.timeline.last_answer)
        ours = next(
            (
                d
                for d in self.timeline.touches
                if d.touch.meaning.attempt or d.touch.meaning.response
            ),
            None,
        )
        return self._since(ours)

    @property
    def unanswered(self) -> int:
        """Days with an attempt since their last answer."""
        return len(self.timeline.unanswered)

    @property
    def age_days(self) -> int | None:
        """Days since the prospect was put on record."""
        created = self.prospect.created
        return self.today.days_since(self.today.day_of(created)) if created else None

    @property
    def on_probation(self) -> bool:
        """Back after a drop, and watched more closely."""
        return self.probation_until is not None and self.today.day <= self.probation_until

    @property
    def deferral_limit(self) -> int:
        """Unexplained deferrals that are too many for this prospect."""
        thresholds = self.settings.thresholds
        return thresholds.probation_deferrals if self.on_probation else thresholds.deferrals

    @property
    def callback_in(self) -> int | None:
        """Days until the open callback; negative when it is overdue."""
        return (self.callback.on - self.today.day).days if self.callback else None

    @property
    def gone_silent(self) -> bool:
        """Unreachable by the figures: long silence with enough attempts, or a last call ignored."""
        limits, silent = self.settings.thresholds, self.silent_days
        if silent is None:
            return False
        long = silent >= limits.unreachable_days and self.unanswered >= limits.silent_attempts
        return long or self.last_call_ignored

    @property
    def last_call_ignored(self) -> bool:
        """A last call stayed unanswered, after enough attempts."""
        limits, days = self.settings.thresholds, self._since(self.timeline.last_call)
        return (
            days is not None
            and days >= limits.last_call_days
            and self.unanswered >= limits.attempts
        )

    @property
    def nurture_touches(self) -> tuple[Dated, ...]:
        """Our touches since they went into Nurture without an answer since."""
        plan = self.prospect.nurture
        if self.prospect.column is not Column.NURTURE or plan is None:
            return ()
        answer = self.timeline.last_answer
        return tuple(
            d
            for d in self.timeline.touches
            if d.day >= plan.since
            and d.touch.direction == "outbound"
            and not d.touch.meaning.response
            and (answer is None or d.touch.at > answer.touch.at)
        )

    @property
    def nurture_exhausted(self) -> bool:
        """In Nurture, touched often enough, and no answer since it began."""
        plan, answer = self.prospect.nurture, self.timeline.last_answer
        if plan is None or (answer and answer.day >= plan.since):
            return False
        return len(self.nurture_touches) >= self.settings.thresholds.nurture_touches

    def _since(self, dated: Dated | None) -> int | None:
        return self.today.days_since(dated.day) if dated else None


def gather(
    prospect: Prospect, today: Today, settings: Settings, closing: ClosingRatio | None = None
) -> Evidence:
    """Read the record as it stood at the end of ``today``.

    ``closing`` is the closing ratio of the whole pipeline; without it the usual one stands in.
    """
    closing = closing or closing_ratio(0, 0, settings.estimates)
    timeline = read_timeline(prospect, today)
    callback = open_callback(prospect, timeline, today)
    proof = _proof(callback, timeline)
    unexplained = _unexplained(callback, proof, timeline)
    open_quote = next((q for q in reversed(prospect.quotes) if _is_open(q, today.day)), None)
    probability = prospect.probability if prospect.probability is not None else closing.ratio
    hours = prospect.hours or settings.estimates.hours
    pack = settings.questions.pack
    unknown = open_questions(prospect, pack, deferring=bool(timeline.deferrals or callback))
    reviews, still = _unknown_streak(prospect, unknown, today, settings)
    return Evidence(
        prospect=prospect,
        today=today,
        settings=settings,
        closing=closing,
        timeline=timeline,
        unexplained=unexplained,
        callback=callback,
        proof=proof,
        quote=open_quote,
        quote_attempts=_attempts_since(open_quote, timeline),
        tier=tier_of(prospect, settings.tiers),
        probability=probability,
        hours=hours,
        payoff=payoff_of(prospect, probability, hours),
        probation_until=_probation(prospect, timeline, today, settings.thresholds.probation_days),
        unknown=unknown,
        stale=stale_questions(prospect, pack, today.day, settings.thresholds.answer_days),
        unknown_reviews=reviews,
        still_unknown=still,
    )


def tier_of(prospect: Prospect, tiers: Tiers) -> str:
    """``low``, ``mid`` or ``high`` by value or potential; no value on record counts as low."""
    worth = prospect.potential
    if worth is None or worth.amount < tiers.low_below:
        return LOW
    return HIGH if worth.amount >= tiers.high_from else MID


def payoff_of(prospect: Prospect, probability: Decimal, hours: Decimal) -> Decimal | None:
    """Potential × probability ÷ hours of the next step; hours already spent count for nothing."""
    worth = prospect.potential
    if worth is None:
        return None
    return (worth.amount * probability / hours).quantize(Decimal("0.01"))


def open_callback(prospect: Prospect, timeline: Timeline, today: Today) -> Callback | None:
    """The callback not yet made: nobody tried or answered on or after its day."""
    callback = prospect.callback
    if callback is None or callback.asked_on > today.day:
        return None
    made = any(
        d.day >= callback.on and (d.touch.meaning.attempt or d.touch.meaning.response)
        for d in timeline.touches
    )
    return None if made else callback


def _proof(callback: Callback | None, timeline: Timeline) -> CallbackProof | None:
    if callback is None:
        return None
    own = _own_deferral(callback, timeline)
    return prove(callback, (d.reason for d in timeline.deferrals if d.reason and d.id != own))


def _own_deferral(callback: Callback, timeline: Timeline) -> str:
    """The evidence id of the touch in which the callback was asked: the linked one, or that day's."""
    if callback.touch:
        return f"touches/{callback.touch}"
    same_day = [d.id for d in timeline.deferrals if d.day == callback.asked_on]
    return same_day[-1] if same_day else "callback"


def _unexplained(
    callback: Callback | None, proof: CallbackProof | None, timeline: Timeline
) -> tuple[Deferral, ...]:
    """The deferrals without a reason; an unproven callback is one of them."""
    found = timeline.unexplained
    if callback is None or proof is None or proof.proven:
        return found
    signal = timeline.last_signal
    if signal and signal.day > callback.asked_on:
        return found
    own = _own_deferral(callback, timeline)
    if any(d.id == own for d in found):
        return found
    return (*found, Deferral(callback.asked_on, own, callback.reason, explained=False))


def _is_open(quote: Quote, day: date) -> bool:
    return quote.state is QuoteState.OPEN and quote.sent_on <= day


def _attempts_since(quote: Quote | None, timeline: Timeline) -> tuple[Dated, ...]:
    if quote is None:
        return ()
    since = [d for d in timeline.touches if d.day > quote.sent_on and d.touch.meaning.attempt]
    return tuple({d.day: d for d in since}.values())


def _probation(prospect: Prospect, timeline: Timeline, today: Today, days: int) -> date | None:
    """The last day of probation after the first signal since the drop."""
    if prospect.drop is None:
        return None
    back = next(
        (d for d in timeline.touches if d.touch.meaning.signal and d.touch.at > prospect.drop.at),
        None,
    )
    return back.day + timedelta(days=days) if back else None


def _unknown_streak(
    prospect: Prospect, unknown: tuple[str, ...], today: Today, settings: Settings
) -> tuple[int, tuple[str, ...]]:
    """Reviews in a row, up to the last one, that left the same questions open which still are."""
    still: tuple[str, ...] = unknown
    count = 0
    for ruling in reversed(prospect.verdicts):
        if today.day_of(ruling.at) > today.day:
            continue
        left = tuple(q for q in still if q in ruling.unknown)
        if len(left) < settings.thresholds.unknown_questions:
            break
        still, count = left, count + 1
        if count == settings.thresholds.unknown_reviews:
            break
    return count, still if count else ()
