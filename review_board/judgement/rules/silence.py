"""Rules about prospects who do not answer: too soon to give up, gone, worth a rescue or a last call."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import earliest_allowed
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.routes import CHANNEL_ROUTES, ContactRoute, by_route, in_rescue_words
from review_board.judgement.rule import Rule, always, days_after
from review_board.judgement.rule_words import (
    ids,
    in_attempts,
    in_days,
    nothing_from_them,
    payoff_words,
    size_words,
    tried_too_little,
    unless_you,
)
from review_board.judgement.rules.shared import READS_SILENCE, READS_TIERS, gone_silent, long_silent
from review_board.judgement.sale_evidence import HIGH, LOW, MID
from review_board.judgement.what_would_change import (
    BuyerSignal,
    Condition,
    LastCallIgnored,
    PossibleEvent,
    RescueUsed,
    Silence,
    TimePasses,
)
from review_board.judgement.whom_to_call import all_ways, who_follows
from review_board.pipeline.dates import short_day
from review_board.pipeline.records import Rescue
from review_board.pipeline.vocabulary import Channel, Column, DropReason, Route
from review_board.settings.rule_names import RuleName
from review_board.wording import capital, listed, several


def _silence(e: Evidence) -> tuple[int, tuple[str, ...]]:
    """Return the days of silence, and the touches that prove it."""
    answer = e.timeline.last_answer
    return e.silent_days or 0, ids(answer, *e.timeline.unanswered) or ("created",)


def _with_rescue(
    what: tuple[str, ...],
    events: tuple[PossibleEvent, ...],
    over: date,
    e: Evidence,
    *,
    is_one: bool,
) -> Iterable[Condition]:
    """Yield that ``what`` brings no answer by the day when it is ``over``, then with a rescue after it."""
    today, days = e.today.day, e.limits.rescue_days
    brings = "brings" if is_one else "bring"
    yield Condition(f"{listed(what)} {brings} no answer by {short_day(over, today)}", events)
    last = short_day(over + timedelta(days=days), today)
    way = f"an attempt {_through(e.untried_routes[0])}" if e.untried_routes else "a new way in"
    words = f"{listed((*what, way))} bring no answer by {last}"
    yield Condition(words, (*events, RescueUsed("untried routes", days)))


# Too soon


def _tried_too_little(e: Evidence) -> Column | None:
    limits = e.limits
    if e.unanswered >= limits.attempts or (e.silent_days or 0) <= limits.recent_days:
        return None
    return Column.ACTIVE


def _why_too_soon(e: Evidence, match: RuleMatch) -> Finding:
    way, (_, evidence) = _next_way(e), _silence(e)
    silent = f"{nothing_from_them(e)}, but " if e.unanswered else ""
    return Finding(
        *match,
        because=in_attempts(e, f"{silent}{tried_too_little(e)}", e.unanswered, evidence),
        action=f"{'Try again' if e.unanswered else 'Get back to them'} {_how(way, e)}",
        route=way.kind if way else None,
        contact=way.contact_id if way else None,
        needs_action=True,
    )


_VISITS = {
    LOW: (),
    MID: (Route.MAIL, Route.IN_PERSON),
    HIGH: (Route.IN_PERSON, Route.MAIL),
}
"""What a sale of each size deserves beside calls and emails."""
_BEFORE_OTHERS = {LOW: 3, MID: 3, HIGH: 2}
"""Attempts by phone and email at whom we know before somebody else, a letter or a visit is next."""


def _next_way(e: Evidence) -> ContactRoute | None:
    """Return how to try next: an email after a call, a call after an email, then other people and ways."""
    untried = e.untried_routes
    visits = [way for kind in _VISITS[e.tier] for way in untried if way.kind is kind]
    others = [*(way for way in untried if way.contact), *visits]
    usual = _call_or_email(e)
    is_early = e.unanswered < _BEFORE_OTHERS[e.tier]
    return next(iter([*usual, *others] if is_early else [*others, *usual]), None)


def _call_or_email(e: Evidence) -> list[ContactRoute]:
    """Return the call and the email, of which an address is on record; the one that was tried last is second."""
    last = e.timeline.unanswered[-1].touch.channel if e.timeline.unanswered else None
    both = sorted((Channel.PHONE, Channel.EMAIL), key=lambda channel: channel is last)
    known = {way.channel for way in all_ways(e.prospect)} or set(both)
    kinds = [CHANNEL_ROUTES[channel] for channel in both if channel in known]
    return [way for kind in kinds for way in e.routes if way.kind is kind]


def _how(way: ContactRoute | None, e: Evidence) -> str:
    """Return ``by email``, ``by phone, at another time of day``, ``through Kim Aldous``."""
    again = "at another time of day"
    if way is None:
        return again
    rang = any(dated.touch.channel is Channel.PHONE for dated in e.timeline.unanswered)
    return f"by phone, {again}" if way.kind is Route.PHONE and rang else by_route(way)


def _more_silence(e: Evidence) -> Iterable[Condition]:
    """Yield the attempts that are missing, and the last email where it is not out; else a long silence."""
    limits, missing = e.limits, max(1, e.limits.attempts - e.unanswered)
    calls, what = Silence(missing, 1), several(missing, "more attempt")
    over = calls.over(e.today)
    if e.timeline.last_call:
        yield from _with_rescue((what,), (calls,), over, e, is_one=missing == 1)
    else:
        until = over + timedelta(days=limits.last_call_days)
        both = (calls, LastCallIgnored(over, until))
        yield from _with_rescue((what, "the last email"), both, until, e, is_one=False)
    more = max(1, limits.gone_silent_attempts - e.unanswered)
    silence = Silence(more, max(1, limits.unreachable_days - (e.silent_days or 0)))
    what, over = several(more, "more attempt"), silence.over(e.today)
    yield from _with_rescue((what,), (silence,), over, e, is_one=more == 1)


TOO_SOON = Rule(
    name=RuleName.TOO_SOON,
    words="too few attempts",
    meaning="Silent, but tried too few times to give up: keep, and try another way.",
    reads=("thresholds.recent_days", "thresholds.attempts"),
    match=_tried_too_little,
    explain=_why_too_soon,
    what_would_change=_more_silence,
    card_words=lambda e: f"{e.unanswered} of {e.limits.attempts} attempts",
    change_days=long_silent,
)


# Gone silent


def _is_gone(e: Evidence) -> Column | None:
    if not e.has_gone_silent or (e.settings.is_on(RuleName.RESCUE) and _is_worth_a_rescue(e)):
        return None
    return Column.DROPPED if e.tier == LOW else Column.NURTURE


def _why_gone(e: Evidence, match: RuleMatch) -> Finding:
    gone = match.destination is Column.DROPPED
    because = _silence_observed(e)
    return Finding(
        *match,
        because=because,
        action=_who_follows_first(e, match.destination)
        or (
            f"Let go: they do not answer, and it is {_size(e)}"
            if gone
            else f"Nurture: they do not answer now, and it is {_size(e)}"
        ),
        drop_reason=DropReason.NO_RESPONSE,
    )


def _who_follows_first(e: Evidence, destination: Column) -> str:
    """Return whom to ask for before they go, where who we wrote to left."""
    asked = who_follows(e)
    return asked and unless_you(f"ask {asked}", destination)


def _silence_observed(e: Evidence) -> Observation:
    limits = e.limits
    days, evidence = _silence(e)
    long = days >= limits.unreachable_days and e.unanswered >= limits.gone_silent_attempts
    if long:
        return Observation(
            f"{nothing_from_them(e)}, {several(e.unanswered, 'attempt')} "
            f"({_enough(limits.unreachable_days, limits.gone_silent_attempts)})",
            f"{days} d",
            f"≥ {limits.unreachable_days}",
            "thresholds.unreachable_days",
            evidence,
        )
    last = e.timeline.last_call
    waited = e.today.days_since(last.day) if last else 0
    return Observation(
        f"last email unanswered for {several(waited, 'day')}, {several(e.unanswered, 'attempt')} "
        f"({_enough(limits.last_call_days, limits.attempts)})",
        f"{waited} d",
        f"≥ {limits.last_call_days}",
        "thresholds.last_call_days",
        ids(last) + evidence,
    )


def _enough(days: int, attempts: int) -> str:
    """Return ``60 days and 6 attempts are enough``: both are asked for."""
    return f"{several(days, 'day')} and {several(attempts, 'attempt')} are enough"


def _size(e: Evidence) -> str:
    return size_words(e) if e.prospect.value else f"{size_words(e)}, as no value is known"


_THEY_ANSWER = Condition("they answer with a step of their own", (BuyerSignal(),))


def _silence_or_rescue_over(e: Evidence) -> Iterable[date]:
    rescue = e.prospect.rescue
    yield from gone_silent(e)
    yield from days_after(rescue.until if rescue else None, 1)


GONE_SILENT = Rule(
    name=RuleName.GONE_SILENT,
    words="gone silent",
    meaning="Unreachable after enough attempts: purge a small sale to Dropped, others to Nurture.",
    reads=("thresholds.attempts", *READS_SILENCE, *READS_TIERS),
    match=_is_gone,
    explain=_why_gone,
    what_would_change=always(_THEY_ANSWER),
    card_words=lambda _: "gone silent",
    change_days=_silence_or_rescue_over,
    asks_for_locations=True,
)


# Rescue


def _can_be_rescued(e: Evidence) -> Column | None:
    return Column.ACTIVE if e.has_gone_silent and _is_worth_a_rescue(e) else None


def _is_worth_a_rescue(e: Evidence) -> bool:
    """Return whether the one rescue is running, or still to be had through an untried route."""
    if e.tier != HIGH:
        return False
    if used := e.prospect.rescue:
        return e.today.day <= used.until
    return bool(e.untried_routes)


def _why_rescue(e: Evidence, match: RuleMatch) -> Finding:
    if e.prospect.rescue:
        return _why_rescue_runs(e, match, e.prospect.rescue)
    way, begins, until = _way_in(e)
    return _rescue_finding(
        e,
        match,
        last_try_words(e.untried_routes),
        action=f"{capital(_asks(e.untried_routes))}, {_in_which_days(begins, until, e.today.day)}",
        first_step=_asks(e.untried_routes[:1]),
        until=until,
        route=way.kind,
        contact=way.contact_id,
    )


def last_try_words(untried: list[ContactRoute]) -> str:
    """Return ``3 ways are left to try, first through Kim Aldous``; of one, that it is the last."""
    if len(untried) == 1:
        return f"one last attempt is left, {_through(untried[0])}"
    return f"{len(untried)} ways are left to try, first {_through(untried[0])}"


def _through(way: ContactRoute) -> str:
    return f"through {way.contact.name}" if way.contact else by_route(way)


def _way_in(e: Evidence) -> tuple[ContactRoute, date, date]:
    """Return the way in of a rescue, the day from which it may be tried, and the last day."""
    way = e.untried_routes[0]
    begins = earliest_allowed(e, way.contact_id) or e.today.day
    return way, begins, begins + timedelta(days=e.limits.rescue_days)


def _why_rescue_runs(e: Evidence, match: RuleMatch, used: Rescue) -> Finding:
    """Return how the rescue goes on; once nothing is left to try before its end, it waits."""
    person = next((c for c in e.prospect.people if c.name == used.route), None)
    contact, last = person.id if person else None, short_day(used.until, e.today.day)
    by, is_out = in_rescue_words(used.route), _is_out(e, used, contact)
    found = _rescue_finding(
        e,
        match,
        f"the last attempt runs until {last}, {by}",
        action=f"The last attempt is out: give it until {last}"
        if is_out
        else f"Reach them {by} by {last}",
        until=used.until,
        contact=contact,
        first_step="" if is_out else f"reach them {by}",
    )
    return replace(found, rests=True, needs_action=False, ask="") if is_out else found


def _is_out(e: Evidence, used: Rescue, contact: str | None) -> bool:
    """Tell whether the end of a rescue is all that is left: they complained, or an answer may still come.

    The last of its attempts gets as many days for an answer as the last email.
    """
    timeline, days = e.timeline, timedelta(days=e.limits.last_call_days)
    tries = timeline.tries_at(contact) if contact else timeline.since_response
    is_recent = bool(tries) and tries[-1].day >= max(used.on, used.until - days)
    return is_recent or bool(timeline.complaint and timeline.complaint.day >= used.on)


ASKS = {
    Route.CHAMPION: "ask {} why it stalled",
    Route.ASSISTANT: "ask {} what would work",
    Route.OTHER_CONTACT: "go through {}",
}


def _asks(untried: list[ContactRoute]) -> str:
    """Return what to ask of two people, of each another thing; a channel when there is nobody."""
    asked: dict[Route, str] = {}
    for route in untried:
        if route.contact:
            asked.setdefault(route.kind, ASKS[route.kind].format(route.contact.name))
    return ", ".join([*asked.values()][:2]) or f"try {by_route(untried[0])}"


def _rescue_finding(
    e: Evidence,
    match: RuleMatch,
    left: str,
    *,
    action: str,
    until: date,
    first_step: str = "",
    route: Route | None = None,
    contact: str | None = None,
) -> Finding:
    """Return what is left to do first: the silence is what speaks for letting go."""
    return Finding(
        *match,
        because=replace(_silence_observed(e), text=f"{left} ({nothing_from_them(e)})"),
        action=action,
        until=until,
        route=route,
        contact=contact,
        ask="Yourself: how important is this sale really?",
        needs_action=True,
        first_step=first_step,
    )


def _in_which_days(earliest: date, until: date, today: date) -> str:
    """Return ``21 to 30 Dec``, or ``by 30 Dec`` where they may be called now."""
    last = short_day(until, today)
    if earliest <= today or earliest == until:
        return f"{'on' if earliest > today else 'by'} {last}"
    is_near = (earliest.year, earliest.month) == (until.year, until.month)
    return f"{earliest.day if is_near else short_day(earliest, today)} to {last}"


def _rescue_fails(e: Evidence) -> Iterable[Condition]:
    if e.prospect.rescue:
        last = short_day(e.prospect.rescue.until, e.today.day)
        yield Condition(f"the last attempt brings no answer by {last}", (RescueUsed("", 0),))
    else:
        route, _, until = _way_in(e)
        words = f"the attempt {_through(route)} brings no answer by {short_day(until, e.today.day)}"
        yield Condition(words, (RescueUsed(route.name, (until - e.today.day).days),))
    yield _THEY_ANSWER


def _rescue_words(e: Evidence) -> str:
    used = e.prospect.rescue
    if used:
        return f"last attempt to {short_day(used.until, e.today.day)}"
    return "last attempt left"


RESCUE = Rule(
    name=RuleName.RESCUE,
    words="one last attempt",
    meaning="Unreachable, a large sale, with a way in that nobody tried: keep once more, for a time.",
    reads=(
        "thresholds.attempts",
        *READS_SILENCE,
        "thresholds.rescue_days",
        *READS_TIERS,
    ),
    match=_can_be_rescued,
    explain=_why_rescue,
    what_would_change=_rescue_fails,
    card_words=_rescue_words,
    change_days=_silence_or_rescue_over,
    is_borderline=True,
    for_manager="a large sale that gets one more attempt",
)


# Last call


def _earns_a_last_call(e: Evidence) -> Column | None:
    limits = e.limits
    if (e.silent_days or 0) <= limits.recent_days or e.unanswered < limits.attempts:
        return None
    return Column.ACTIVE


def _why_last_call(e: Evidence, match: RuleMatch) -> Finding:
    limits = e.limits
    days, evidence = _silence(e)
    sent = e.timeline.last_call
    worth = f", worth {payoff_words(e)}" if e.payoff is not None and not sent else ""
    silent = f"({nothing_from_them(e)})"
    left = f"one last email is left {silent}{worth}"
    action, answer_by = "Send the last email: “Shall I close the file?”", None
    if sent:
        answer_by = sent.day + timedelta(days=limits.last_call_days)
        left = (
            f"they have until {short_day(answer_by, e.today.day)} to answer the last email {silent}"
        )
        action = f"The last email is out: give it until {short_day(answer_by, e.today.day)}"
    return Finding(
        *match,
        because=in_days(e, left, days, "recent_days", evidence),
        action=action,
        until=answer_by,
        rests=sent is not None,
        needs_action=sent is None,
        first_step="decide: did they answer the last email?" if sent else "send the last email",
    )


def _ignored(e: Evidence) -> Iterable[Condition]:
    today, days, sent = e.today.day, e.limits.last_call_days, e.timeline.last_call
    begins = sent.day if sent else earliest_allowed(e) or today
    over = max(begins + timedelta(days=days), today)
    ignored = TimePasses(over) if sent else LastCallIgnored(begins, over)
    yield from _with_rescue(("the last email",), (ignored,), over, e, is_one=True)


def _last_call_words(e: Evidence) -> str:
    sent = e.timeline.last_call
    return f"last email {short_day(sent.day, e.today.day)}" if sent else "send last email"


LAST_CALL = Rule(
    name=RuleName.LAST_CALL,
    words="time for a last email",
    meaning="Silent after enough attempts: keep, and send the last email.",
    reads=("thresholds.recent_days", "thresholds.attempts", "thresholds.last_call_days"),
    match=_earns_a_last_call,
    explain=_why_last_call,
    what_would_change=_ignored,
    card_words=_last_call_words,
    change_days=long_silent,
    is_borderline=True,
)

RULES = (TOO_SOON, GONE_SILENT, RESCUE, LAST_CALL)
