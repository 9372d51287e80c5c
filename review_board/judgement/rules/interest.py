"""A quote lies open, the buyer moves, nobody has called, or work goes on."""

from collections.abc import Iterable
from textwrap import shorten

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import Rule, ids
from review_board.judgement.rules.callbacks import put_off_flips
from review_board.judgement.what_would_change import Answered, BuyerSignal, Condition
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.money import long_money
from review_board.pipeline.stages import Progress
from review_board.pipeline.vocabulary import AnswerState, Column, Verdict
from review_board.settings.rules import RuleName
from review_board.wording import several

_QUOTED = RuleMatch(RuleName.OPEN_QUOTE, Verdict.KEEP, Column.ACTIVE)
_ALIVE = RuleMatch(RuleName.LIVE_INTEREST, Verdict.KEEP, Column.ACTIVE)
_FRESH = RuleMatch(RuleName.FRESH_LEAD, Verdict.KEEP, Column.ACTIVE)
_NEVER_WORKED = RuleMatch(RuleName.NEVER_WORKED, Verdict.KEEP, Column.ACTIVE)
_CURRENT = RuleMatch(RuleName.NO_HISTORY, Verdict.KEEP, Column.ACTIVE)
_LIES_STILL = RuleMatch(RuleName.NO_HISTORY, Verdict.PURGE, Column.DROPPED)
_WORKED = RuleMatch(RuleName.WORKING, Verdict.KEEP, Column.ACTIVE)


LONGEST_STAGE = 60
"""Characters of a stage that a reason repeats."""
NO_HISTORY_WORDS = "no contact history in this list"
_NO_NEED = (Answered(("process",), AnswerState.NEGATIVE),)


def _open_quote(e: Evidence) -> RuleMatch | None:
    if e.quote is None or e.timeline.deferrals or e.unexplained:
        return None
    if len(e.quote_attempts) >= e.limits.attempts:
        return None
    return _QUOTED


def _why_follow_up(e: Evidence, claim: RuleMatch) -> Finding:
    limit, count = e.limits.attempts, len(e.quote_attempts)
    assert e.quote is not None
    stake = long_money(e.quote.amount.times(e.closing.ratio))
    return Finding(
        *claim,
        because=Observation(
            f"quote of {long_money(e.quote.amount)} from {short_day(e.quote.sent_on, e.today.day)}:"
            f" {count} of {limit} attempts since the quote, {stake} at stake ({e.closing.label})",
            several(count, "attempt"),
            f"< {limit}",
            "thresholds.attempts",
            (f"quotes/{e.quote.id}", *ids(*e.quote_attempts)),
        ),
        action="Follow the quote up",
    )


def _turned_down(e: Evidence) -> Iterable[Condition]:
    yield Condition(
        "they turn the quote down: bought elsewhere, or no need",
        (Answered(("process",), AnswerState.NEGATIVE),),
    )


def _live_interest(e: Evidence) -> RuleMatch | None:
    signal = e.timeline.last_signal
    if signal is None or e.today.days_since(signal.day) > e.limits.recent_days:
        return None
    return _ALIVE if len(e.unexplained) < e.deferral_limit else None


def _why_alive(e: Evidence, claim: RuleMatch) -> Finding:
    signal, limit = e.timeline.last_signal, e.limits.recent_days
    assert signal is not None
    days = e.today.days_since(signal.day)
    kind = signal.touch.signal.value.replace("-", " ") if signal.touch.signal else ""
    what = kind or signal.touch.meaning.label
    probation = ""
    if e.on_probation and e.probation_until:
        lasts = e.limits.probation_days
        probation = f"; on {lasts} d probation until {short_day(e.probation_until, e.today.day)}"
    return Finding(
        *claim,
        because=Observation(
            f"buyer signal {several(days, 'day')} ago: {what}{probation}",
            f"{days} d",
            f"≤ {limit}",
            "thresholds.recent_days",
            ids(signal),
        ),
        action=_step_or("Agree a dated next step while they move", e),
    )


def _step_or(otherwise: str, e: Evidence) -> str:
    step = e.prospect.next_step
    if step and step.on >= e.today.day:
        return f"{step.action} on {short_when(step.on, step.time, e.today.day)}"
    return otherwise


def _no_history(e: Evidence) -> RuleMatch | None:
    if not e.has_no_history:
        return None
    fresh = e.age_days is not None and e.age_days <= e.limits.fresh_days
    if fresh and e.progress is not Progress.LATE:
        return None  # a lead to be called; what has a late stage was spoken to by somebody
    return _LIES_STILL if e.lies_still and not fresh else _CURRENT


def _why_no_history(e: Evidence, claim: RuleMatch) -> Finding:
    late, early = e.progress is Progress.LATE, e.progress is Progress.EARLY
    action = "Ask where it stands" if late else "Find out where it stands"
    if claim.verdict is Verdict.PURGE:
        what = "Still at an early stage" if early else "Nothing on record for years"
        action = f"{what}: let go?"
    return Finding(*claim, because=nothing_on_record(e), action=action)


def nothing_on_record(e: Evidence) -> Observation:
    """Return what a list without contacts leaves to judge by: its stage, age and close date."""
    still, limit = e.still_days, e.still_limit
    field, when = _lying_since(e)
    said, fields = f"{NO_HISTORY_WORDS}, {when}", [field]
    if e.progress:
        said = f"{short_stage(e)}, {when.removeprefix('its ')}, {NO_HISTORY_WORDS}"
        fields = ["stage", field]
    if still is None:
        return Observation(said, "none", key=f"rules.{RuleName.NO_HISTORY}", evidence=(*fields,))
    sign = "≥" if still >= limit else "<"
    return Observation(said, f"{still} d", f"{sign} {limit}", e.still_key, (*fields,))


def short_stage(e: Evidence) -> str:
    """Return the stage as the list said it, cut where somebody wrote a story there."""
    return shorten(e.prospect.stage, LONGEST_STAGE, placeholder=" …")


def _lying_since(e: Evidence) -> tuple[str, str]:
    """The field that tells since when nothing moves, and what it says."""
    close, step, today = e.prospect.close_date, e.prospect.next_step, e.today
    if step and step.on >= today.day:
        return "next_step", f"its next step is on {short_day(step.on, today.day)}"
    if close and close < today.day:
        return "close_date", f"its close date passed {several(today.days_since(close), 'day')} ago"
    if close:
        return "close_date", f"to be closed by {short_day(close, today.day)}"
    age = e.age_days
    return "created", "no dates" if age is None else f"open for {several(age, 'day')}"


def _first_words(e: Evidence) -> Iterable[Condition]:
    yield Condition("they take a step of their own", (BuyerSignal(),))
    yield Condition("a call shows that there is no need", _NO_NEED)


def _fresh_or_never_worked(e: Evidence) -> RuleMatch | None:
    if e.contacted:
        return None
    age = e.age_days
    fresh = age is not None and age <= e.limits.fresh_days
    return _FRESH if fresh else _NEVER_WORKED


def _why_to_call(e: Evidence, claim: RuleMatch) -> Finding:
    limit, age = e.limits.fresh_days, e.age_days
    fresh = claim.rule is RuleName.FRESH_LEAD
    if age is None:
        said = f"on record since nobody knows when, {no_contact(e)}"
        because = Observation(said, "age unknown", key=f"rules.{claim.rule}", evidence=("created",))
    else:
        because = Observation(
            f"on record for {age} d, {no_contact(e)}",
            f"{age} d",
            f"≤ {limit}" if fresh else f"> {limit}",
            "thresholds.fresh_days",
            ("created",),
        )
    return Finding(
        *claim,
        because=because,
        action="Make the first call" if fresh else f"Work it or release it: {no_contact(e)}",
    )


def no_contact(e: Evidence) -> str:
    """Return that nobody called, or that the list it came from could not tell."""
    return NO_HISTORY_WORDS if e.has_no_history else "nobody ever called"


def _not_a_lead(_: Evidence) -> Iterable[Condition]:
    yield Condition("the first call shows that there is no need", _NO_NEED)


def _working(_: Evidence) -> RuleMatch:
    return _WORKED


def _why_worked(e: Evidence, claim: RuleMatch) -> Finding:
    step, last = e.prospect.next_step, e.timeline.last_answer or e.timeline.last_ours
    dated = bool(step and step.on >= e.today.day)
    silent = e.silent_days if e.silent_days is not None else 0
    limit = e.limits.recent_days
    seen = (
        f"last answer {silent} d ago" if e.timeline.last_answer else f"first tried {silent} d ago"
    )
    return Finding(
        *claim,
        because=Observation(
            f"{seen}, {several(e.unanswered, 'unanswered attempt')}",
            f"{silent} d",
            f"{'≤' if silent <= limit else '>'} {limit}",
            "thresholds.recent_days",
            ids(last) or ("created",),
        ),
        action=_step_or("Keep only with a dated next step", e),
        ask="" if dated else "What is the next step, and on which day?",
    )


OPEN_QUOTE = Rule((RuleName.OPEN_QUOTE,), _open_quote, _why_follow_up, _turned_down)
LIVE_INTEREST = Rule((RuleName.LIVE_INTEREST,), _live_interest, _why_alive, put_off_flips)
FRESH_OR_NEVER_WORKED = Rule(
    (RuleName.FRESH_LEAD, RuleName.NEVER_WORKED), _fresh_or_never_worked, _why_to_call, _not_a_lead
)
NO_HISTORY = Rule((RuleName.NO_HISTORY,), _no_history, _why_no_history, _first_words)
WORKING = Rule((RuleName.WORKING,), _working, _why_worked, put_off_flips)
