"""Evidence: what the record of one prospect proves on one day. Computed, never stored.

Everything a rule may look at is here; a rule reads it and compares, nothing more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from review_board.judgement.as_it_stood import as_it_stood, has_later_facts
from review_board.judgement.callback_proof import CallbackProof
from review_board.judgement.closing import ClosingRatio, closing_ratio
from review_board.judgement.promise import weigh_promise
from review_board.judgement.questions import open_questions, stale_questions
from review_board.judgement.routes import Way, ways_in
from review_board.judgement.timeline import (
    Dated,
    Deferral,
    Timeline,
    attempt_days,
    is_response,
    is_try,
    read_timeline,
)
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, Quote, Ruling
from review_board.pipeline.vocabulary import Column, Direction, Outcome, QuoteState
from review_board.settings import Settings, Thresholds, Tiers

LOW, MID, HIGH = "low", "mid", "high"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is proven. Days are whole days up to today; ``None`` where nothing is on record.

    ``callback`` is the promise still open, ``proof`` its grade; ``quote`` the open quote and
    ``quote_attempts`` the days with an attempt since it; ``payoff`` is expected value an hour;
    ``unexplained`` holds the deferrals that count against the buyer; ``unknown`` the questions
    without an answer, ``still_unknown`` those that the verdicts ``unknown_in`` left open too;
    ``decided`` is the moment of the last verdict.
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
    still_unknown: tuple[str, ...]
    unknown_in: tuple[str, ...]
    decided: datetime | None

    @property
    def stale(self) -> tuple[str, ...]:
        """The questions whose claimed answer is old enough to be asked again."""
        days = self.settings.thresholds.answer_days
        return stale_questions(self.prospect, self.settings.questions.pack, self.today.day, days)

    @property
    def unknown_reviews(self) -> int:
        """Reviews in a row that left the questions of ``still_unknown`` open."""
        return len(self.unknown_in)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in, the most promising first."""
        return ways_in(self.prospect, self.timeline)

    @property
    def contacted(self) -> bool:
        """Whether we ever turned to them; a mailing to many is no contact with one."""
        return any(
            d.touch.direction is Direction.OUTBOUND and d.touch.outcome is not Outcome.MAILING
            for d in reversed(self.timeline.touches)
        )

    @property
    def touch_days(self) -> int | None:
        """Days since we last touched them."""
        return self._since(self.timeline.last_ours)

    @property
    def signal_days(self) -> int | None:
        """Days since they last spent something."""
        return self._since(self.timeline.last_signal)

    @property
    def signalless_days(self) -> int | None:
        """Days since they last spent something, or, when they never did, since we first tried.

        Five calls in a week to somebody new are not thirty days without a signal.
        """
        return self._since(self.timeline.last_signal or self._first_try)

    @property
    def silent_days(self) -> int | None:
        """Days since their last answer, or, when there was none, since we first tried."""
        return self._since(self.timeline.last_answer or self._first_try)

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
        began = max(plan.since, answer.day) if answer else plan.since
        return tuple(
            d
            for d in self.timeline.touches
            if d.day >= began
            and d.touch.direction is Direction.OUTBOUND
            and not is_response(d.touch)
            and (answer is None or d.touch.at > answer.touch.at)
        )

    @property
    def next_nurture(self) -> date | None:
        """The day of the track's next touch: as planned, or an interval after the last one made."""
        plan = self.prospect.nurture
        if plan is None:
            return None
        every = timedelta(days=self.settings.tracks.days(plan.track))
        planned = plan.next_on or plan.since + every
        made = self.nurture_touches
        return max(planned, made[-1].day + every) if made else planned

    @property
    def nurture_exhausted(self) -> bool:
        """In Nurture and touched often enough without an answer."""
        return len(self.nurture_touches) >= self.settings.thresholds.nurture_touches

    @property
    def _first_try(self) -> Dated | None:
        return next((d for d in self.timeline.touches if is_try(d.touch)), None)

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
    if len(timeline.touches) < len(prospect.touches) or has_later_facts(prospect, today):
        prospect = as_it_stood(prospect, today)
    promise = weigh_promise(
        prospect.callback, timeline, settings.thresholds.callback_days, today.day
    )
    quote = _latest_quote(prospect)
    probability = prospect.probability if prospect.probability is not None else closing.ratio
    hours = prospect.hours or settings.estimates.hours
    deferring = bool(timeline.deferrals or promise.open)
    unknown = open_questions(prospect, settings.questions.pack, deferring=deferring)
    still_unknown, unknown_in = _unknown_streak(prospect, unknown, settings.thresholds)
    worth = prospect.value if prospect.locations == 1 else prospect.potential
    return Evidence(
        prospect=prospect,
        today=today,
        settings=settings,
        closing=closing,
        timeline=timeline,
        unexplained=promise.unexplained,
        callback=promise.open,
        proof=promise.proof if promise.open else None,
        quote=quote,
        quote_attempts=_tries_since(quote, timeline),
        tier=_tier(worth, settings.tiers),
        probability=probability,
        hours=hours,
        payoff=_payoff(worth, probability, hours),
        probation_until=_probation(prospect, timeline, settings.thresholds.probation_days),
        unknown=unknown,
        still_unknown=still_unknown,
        unknown_in=unknown_in,
        decided=max((r.at for r in prospect.verdicts), default=None),
    )


def _tier(worth: Money | None, tiers: Tiers) -> str:
    """``low``, ``mid`` or ``high`` by value or potential; no value on record counts as low."""
    if worth is None or worth.amount < tiers.low_below:
        return LOW
    return HIGH if worth.amount >= tiers.high_from else MID


def _payoff(worth: Money | None, probability: Decimal, hours: Decimal) -> Decimal | None:
    """Potential × probability ÷ hours of the next step; hours already spent count for nothing."""
    if worth is None:
        return None
    return (worth.amount * probability / hours).quantize(Decimal("0.01"))


def _latest_quote(prospect: Prospect) -> Quote | None:
    """The open quote that was sent last."""
    still_open = [q for q in prospect.quotes if q.state is QuoteState.OPEN]
    return max(reversed(still_open), key=lambda q: q.sent_on, default=None)


def _tries_since(quote: Quote | None, timeline: Timeline) -> tuple[Dated, ...]:
    """The days after the quote on which we tried, answered or not."""
    if quote is None:
        return ()
    return attempt_days(d for d in timeline.touches if d.day > quote.sent_on and is_try(d.touch))


def _probation(prospect: Prospect, timeline: Timeline, days: int) -> date | None:
    """The last day of probation after the first signal since the drop."""
    if prospect.drop is None:
        return None
    back = next(
        (d for d in timeline.touches if d.touch.meaning.signal and d.touch.at > prospect.drop.at),
        None,
    )
    return back.day + timedelta(days=days) if back else None


def _unknown_streak(
    prospect: Prospect, unknown: tuple[str, ...], thresholds: Thresholds
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the last reviews in a row all left open and still is, and the verdicts that did."""
    still = unknown
    reviews: list[str] = []
    for ruling in _one_for_each_review(prospect.verdicts):
        left = tuple(q for q in still if q in ruling.unknown)
        if len(left) < thresholds.unknown_questions:
            break
        still = left
        reviews.append(f"verdicts/{ruling.id}")
        if len(reviews) == thresholds.unknown_reviews:
            break
    return (still if reviews else ()), tuple(reversed(reviews))


def _one_for_each_review(verdicts: tuple[Ruling, ...]) -> Iterator[Ruling]:
    """The newest first; a card decided twice in one session was reviewed once."""
    seen: set[str] = set()
    for ruling in reversed(verdicts):
        if ruling.session not in seen:
            yield ruling
        if ruling.session:
            seen.add(ruling.session)
