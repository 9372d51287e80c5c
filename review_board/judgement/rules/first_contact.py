"""Rules about prospects with whom no contact is on record: new, never called, or from a bare list."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from textwrap import shorten

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import NeedsReason, Owed, Rule, always, days_after
from review_board.judgement.rule_words import contacted_words, ids, in_days
from review_board.judgement.rules.shared import NO_NEED, no_history_words, no_longer_fresh
from review_board.judgement.what_would_change import BuyerSignal, Condition
from review_board.judgement.whom_to_call import CALL, reach_them
from review_board.pipeline.dates import short_day
from review_board.pipeline.stages import SaleProgress
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rule_names import RuleName
from review_board.wording import days_ago, several

LONGEST_STAGE = 24
"""Characters of a stage that a reason repeats."""
NO_HISTORY_WORDS = "no contact history in this list"


def no_contact(e: Evidence) -> str:
    """Return that nobody called, or what the list it came from can tell of contacts."""
    if e.has_no_history:
        return _what_list_tells(e)
    return "no call is on record" if e.callback else "nobody ever called"


def _what_list_tells(e: Evidence) -> str:
    """Return ``contacted 9 times, last 11 days ago, says the list``."""
    said = contacted_words(e)
    return f"{said}, says the list" if said else NO_HISTORY_WORDS


# No history


def _came_without_contacts(e: Evidence) -> Column | None:
    if not e.has_no_history:
        return None
    if e.is_fresh and e.progress is not SaleProgress.LATE and not e.was_contacted:
        return None  # a lead to be called; what has a late stage was spoken to by somebody
    return Column.DROPPED if e.is_idle and not e.is_fresh else Column.ACTIVE


def _why_no_history(e: Evidence, match: RuleMatch) -> Finding:
    late, early = e.progress is SaleProgress.LATE, e.progress is SaleProgress.EARLY
    action = "Ask where it stands" if late else "Find out where it stands"
    if e.listed_quote:
        action = "Ask where the quote stands"
    if match.verdict is Verdict.PURGE:
        what = "Still at an early stage" if early else "Nothing on record for years"
        action = f"{what}: let go?"
    return Finding(
        *match,
        because=nothing_on_record(e),
        action=action,
        needs_action=e.has_stalled,
        first_step="find out where it stands",
    )


def nothing_on_record(e: Evidence) -> Observation:
    """Return what a list without contacts leaves to judge by: its stage, age and close date."""
    still, limit = e.idle_days, e.idle_limit
    field, when = _last_dated(e)
    said, fields = ", ".join(filter(None, [no_contact(e), when])), [field]
    if e.last_listed:
        fields = [field, *ids(e.last_listed)]
    elif e.progress and not e.prospect.times_contacted:
        said = f"{short_stage(e)}, {when.removeprefix('its ')}, no contact history"
        fields = ["stage", field]
    if still is None:
        return Observation(said, "none", key=f"rules.{RuleName.NO_HISTORY}", evidence=(*fields,))
    sign = "≥" if still >= limit else "<"
    return Observation(said, f"{still} d", f"{sign} {limit}", e.idle_key, (*fields,))


def short_stage(e: Evidence) -> str:
    """Return the stage as the list said it, cut where somebody wrote a story there."""
    return shorten(e.prospect.stage, LONGEST_STAGE, placeholder=" …")


def _last_dated(e: Evidence) -> tuple[str, str]:
    """Return the field that says since when nothing moves, and that in words."""
    close, step, today = e.prospect.close_date, e.prospect.next_step, e.today
    if step:
        is_ahead = "is on" if step.on >= today.day else "was due"
        return "next_step", f"its next step {is_ahead} {short_day(step.on, today.day)}"
    if close and close < today.day:
        return "close_date", f"its close date passed {days_ago(today.days_since(close))}"
    if close:
        return "close_date", f"to be closed by {short_day(close, today.day)}"
    age = e.age_days
    if age is None:
        return "created", "" if e.last_listed else "no day on record"
    return "created", f"open for {several(age, 'day')}"


def _still_for_too_long(e: Evidence) -> Iterable[date]:
    """Return the days on which one without contact history may have been idle for too long."""
    if not e.has_no_history:
        return
    close, step, created = e.prospect.close_date, e.prospect.next_step, e.prospect.created
    yield from no_longer_fresh(e)
    yield from days_after(step.on if step else None, 1)
    yield from days_after(close or (created and e.today.day_of(created)), e.idle_limit)
    yield from days_after(e.last_listed.day if e.last_listed else None, e.idle_limit)


NO_HISTORY = Rule(
    name=RuleName.NO_HISTORY,
    words="came without contacts",
    meaning="From a list without contacts, no longer fresh: keep, and purge what lies still for years.",
    reads=("thresholds.no_history_days", "thresholds.early_stage_days", "thresholds.fresh_days"),
    match=_came_without_contacts,
    explain=_why_no_history,
    what_would_change=always(
        Condition("they take a step of their own", (BuyerSignal(),)),
        Condition("a call shows that there is no need", NO_NEED),
    ),
    card_words=no_history_words,
    change_days=_still_for_too_long,
    needs_reason=NeedsReason.NEVER,
    asks_for_locations=True,
)


# Fresh lead, and never worked


def _is_fresh_lead(e: Evidence) -> Column | None:
    return Column.ACTIVE if not e.was_contacted and e.is_fresh else None


def _is_never_worked(e: Evidence) -> Column | None:
    return Column.ACTIVE if not e.was_contacted and not e.is_fresh else None


def _why_call_first(e: Evidence, match: RuleMatch) -> Finding:
    them = reach_them(e)
    action = "Make the first call" if them == CALL else f"{them} for the first time"
    return _why_call(e, match, action)


def _why_work_or_release(e: Evidence, match: RuleMatch) -> Finding:
    found = _why_call(e, match, f"{reach_them(e)} once now, or let them go")
    return replace(found, because=replace(found.because, text=_first_call_owed(e)))


def _first_call_owed(e: Evidence) -> str:
    since = "" if e.age_days is None else f" in {several(e.age_days, 'day')}"
    return f"you owe them a first call, none is on record{since}"


def _why_call(e: Evidence, match: RuleMatch, action: str) -> Finding:
    age = e.age_days
    if age is None:
        said = f"no start date, {no_contact(e)}"
        because = Observation(said, "age unknown", key=f"rules.{match.rule}", evidence=("created",))
    else:
        owed = f"a first call is owed after {several(e.limits.fresh_days, 'day')}"
        said = f"came in {days_ago(age)}, {no_contact(e)} ({owed})"
        because = in_days(e, said, age, "fresh_days", ("created",))
    return Finding(*match, because=because, action=action, first_step="make the first call")


_NOT_A_LEAD = Condition("the first call shows that there is no need", NO_NEED)


FRESH_LEAD = Rule(
    name=RuleName.FRESH_LEAD,
    words="a new lead",
    meaning="A new lead that nobody called yet: keep, make the first call.",
    reads=("thresholds.fresh_days",),
    match=_is_fresh_lead,
    explain=_why_call_first,
    what_would_change=always(_NOT_A_LEAD),
    card_words=lambda e: f"new, {e.age_days}d" if (e.age_days or 0) > 0 else "new today",
    change_days=no_longer_fresh,
)
NEVER_WORKED = Rule(
    name=RuleName.NEVER_WORKED,
    words="never called",
    meaning="An older lead that nobody called yet: keep, call them once or let them go.",
    reads=("thresholds.fresh_days",),
    match=_is_never_worked,
    explain=_why_work_or_release,
    what_would_change=always(_NOT_A_LEAD),
    card_words=lambda _: "never called",
    change_days=no_longer_fresh,
    owes=Owed.FIRST_CALL,
    needs_reason=NeedsReason.NEVER,
)

RULES = (NO_HISTORY, FRESH_LEAD, NEVER_WORKED)
