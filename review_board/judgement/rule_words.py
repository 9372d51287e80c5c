"""Phrases and comparisons that rules, arguments and guards share, so that all say the same."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Observation
from review_board.judgement.sale_evidence import HIGH, LOW, MID
from review_board.judgement.timeline import DatedTouch, Deferral
from review_board.pipeline.dates import short_day
from review_board.pipeline.money import symbol_of
from review_board.pipeline.records import Push
from review_board.pipeline.vocabulary import Column
from review_board.wording import days_ago, listed, several, times

SIZES: Mapping[str, str] = {LOW: "small", MID: "medium", HIGH: "large"}
"""What a sale of each tier is called."""


def in_days(
    e: Evidence, said: str, days: int, setting: str, evidence: tuple[str, ...]
) -> Observation:
    """Return what was seen so many days ago, compared with the days of a threshold, by its name."""
    limit: int = getattr(e.limits, setting)
    sign = "≤" if days <= limit else ">"
    return Observation(said, f"{days} d", f"{sign} {limit}", f"thresholds.{setting}", evidence)


def in_attempts(e: Evidence, said: str, count: int, evidence: tuple[str, ...]) -> Observation:
    """Return how many attempts were made, compared with how many persistence asks for."""
    limit = e.limits.attempts
    compared = f"{'<' if count < limit else '≥'} {limit}"
    return Observation(said, several(count, "attempt"), compared, "thresholds.attempts", evidence)


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


def too_far(e: Evidence) -> str:
    """Say of a callback whose proof holds that its day is beyond the horizon."""
    return f"too far ahead (over {several(e.limits.callback_days, 'day')})"


def nothing_from_them(e: Evidence) -> str:
    """Return for how long they gave no answer; being put off without a reason is none.

    A card counts its days from their last interest: where an answer came later, it is the answer
    that is missing, not all of them.
    """
    timeline, days = e.timeline, several(e.silent_days or 0, "day")
    if timeline.last_response is not timeline.last_answer:
        return f"no real answer for {days}"
    if e.is_answer_unnoted:
        return f"no answer noted for {days}"
    if timeline.last_answer is None and not e.called_back_on:
        return f"never an answer in {days}"
    return f"{'nothing from them' if e.silent_days == e.signal_days else 'no answer'} for {days}"


def tried_too_little(e: Evidence) -> str:
    """Return how often we tried without an answer, where that is too seldom to count as silence.

    Where nobody tried, what was last counts: ``nobody called since the quote of 7 Sep``.
    """
    if e.unanswered:
        made = "logged" if e.is_answer_unnoted else "made"
        return f"only {e.unanswered} of {several(e.limits.attempts, 'attempt')} {made}"
    last = e.last_contact
    if last is None:
        return "nobody called yet"
    ago, day = days_ago(e.today.days_since(last)), short_day(last, e.today.day)
    if e.quote and e.quote.sent_on == last:
        return f"nobody called since the quote of {day}"
    answered = e.timeline.last_answer
    if answered and answered.day == last:
        return f"nobody tried since they answered {ago}"
    if last in e.deferral_days:
        return f"nobody called since they put us off {ago}"
    return f"nobody called since the contact of {day}"


def contacted_words(e: Evidence) -> str:
    """Return ``contacted 9 times, last 11 days ago``, as far as a list tells; how they answered it does not."""
    count, last = e.prospect.times_contacted, e.last_listed
    said = [f"contacted {times(count)}"] if count else []
    if last:
        said += [f"last{'' if said else ' contact'} {days_ago(e.today.days_since(last.day))}"]
    return ", ".join(said)


def put_off_words(e: Evidence) -> str:
    """Return how often it was put off without proof, by whom, and how often is too often.

    So few times that it is a reason to keep them is said to be few.
    """
    since = " since they came back" if e.is_on_probation else ""
    few = "only " if len(e.unexplained) < e.deferral_limit else ""
    too_many = several(e.deferral_limit, "is", "are")
    counted = who_put_off(e)
    return f"{_in_parts(counted, few)} {_what_was_missing(e)}{since} ({too_many} too many)"


def unless_you(ask: str, destination: Column) -> str:
    """Return ``Nurture it; keep it only if you ask who follows Kim``: first what the purge does."""
    goes = "Let it go" if destination is Column.DROPPED else "Nurture it"
    return f"{goes}; keep it only if you {ask}"


class PutOff(NamedTuple):
    """How many of the days that count were put off by them, and which by a close date moved."""

    theirs: int
    moved: tuple[Push, ...]

    @property
    def moved_words(self) -> str:
        """Return ``4 times by owen``: how often the close date was moved, and by whom."""
        who = sorted({push.by for push in self.moved if push.by})
        return f"{times(len(self.moved))}{f' by {listed(who)}' if who else ''}"


def who_put_off(e: Evidence) -> PutOff:
    """Tell what counts as put off by who did it."""
    ours = {deferral.id for deferral in e.unexplained if deferral.ours}
    moved = tuple(push for push in e.prospect.pushes if f"pushes/{push.id}" in ours)
    return PutOff(len(e.unexplained) - len(ours), moved)


def _in_parts(counted: PutOff, few: str) -> str:
    """Return ``put off only 2 times``, ``close date moved 4 times by owen``, or both."""
    if counted.moved and not counted.theirs:
        return f"close date moved {few}{counted.moved_words}"
    parts = [
        f"put off {few}{times(counted.theirs)}" if counted.theirs else "",
        f"close date moved {times(len(counted.moved))}" if counted.moved else "",
    ]
    return listed(filter(None, parts))


def _what_was_missing(e: Evidence) -> str:
    """Say what the deferrals that count did not give: a reason, another one than before, or the change."""
    if not any(one.reason for one in e.unexplained):
        return "without a reason"
    if any(_repeats_a_reason(one, e) for one in e.unexplained):
        return "without a new reason"
    return "with no word of what will change"


def _repeats_a_reason(deferral: Deferral, e: Evidence) -> bool:
    before = (d.reason for d in e.timeline.deferrals if d.day < deferral.day)
    return deferral.reason is not None and deferral.reason in before


def payoff_figure(e: Evidence) -> str:
    """Return what an hour pays, in whole units but where those would hide that it is below the limit."""
    paid = e.payoff or Decimal(0)
    rounded = paid.quantize(Decimal(1))
    hides = (rounded < e.limits.min_hourly_value) is not (paid < e.limits.min_hourly_value)
    return f"{paid:,.2f}" if hides else f"{rounded:,f}"


def payoff_words(e: Evidence) -> str:
    """Return what an hour of work on it is worth: ``$499 per hour of work``."""
    worth = e.prospect.potential
    return f"{symbol_of(worth.currency) if worth else ''}{payoff_figure(e)} per hour of work"


def size_words(e: Evidence) -> str:
    """Return ``a large sale``, and what that rests on where the value is in another currency."""
    return f"a {SIZES[e.tier]} sale{as_number(e)}"


def as_number(e: Evidence) -> str:
    """Remark on an amount that is compared as it is, since nothing can convert it."""
    worth, own = e.prospect.value, e.settings.currency
    if worth is None or worth.currency == own:
        return ""
    return f" ({worth.currency} counted as {own})"


def ids(*dated: DatedTouch | None) -> tuple[str, ...]:
    """Return the evidence ids of these touches, without gaps."""
    return tuple(d.id for d in dated if d)
