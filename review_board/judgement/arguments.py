"""The arguments: the reasons to keep a prospect, and the reasons to let it go.

Every line is a fact with its threshold; none has a weight, and none is a score.
"""

from collections.abc import Iterator

from review_board.judgement.evidence import Evidence
from review_board.judgement.questions import disqualifying_answers, question_of
from review_board.judgement.recommendation import Observation, RuleMatch
from review_board.judgement.rule_words import (
    Distance,
    as_number,
    distance,
    ids,
    in_days,
    nothing_from_them,
    payoff_figure,
    payoff_words,
    put_off_words,
    size_words,
    too_far,
    tried_too_little,
)
from review_board.judgement.rules import RULES_BY_NAME
from review_board.judgement.rules.first_contact import (
    NO_HISTORY_WORDS,
    no_contact,
    nothing_on_record,
    short_stage,
)
from review_board.judgement.rules.interest import bet_runs
from review_board.judgement.rules.shared import deferrals_observed
from review_board.judgement.rules.stop_selling import (
    bet_lost,
    disqualifying_drop,
    drop_words,
    is_ruled_out,
)
from review_board.judgement.sale_evidence import HIGH, LOW
from review_board.judgement.unknown_answers import unanswered_in_reviews, unknown_questions
from review_board.judgement.whom_to_call import who_left
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.fields import CHANGE
from review_board.pipeline.money import long_money, short_money
from review_board.pipeline.records import Drop
from review_board.pipeline.stages import SaleProgress
from review_board.pipeline.vocabulary import AnswerState, Outcome, Verdict
from review_board.settings.rule_names import RuleName
from review_board.wording import as_many_as_fit, days_ago, first_few, plural, several, times

ROUTES = 60
"""Characters that the routes take at most which are named one by one."""
NAMED = 3
"""Unknown answers named one by one at most."""


def reasons_to_keep(e: Evidence, match: RuleMatch) -> Iterator[Observation]:
    """Return the facts that speak for going on, whatever is matched; what nobody asked comes first.

    Where nothing is to be asked any more, neither what we left undone nor a way not tried is one.
    """
    limits, is_asked = e.limits, not RULES_BY_NAME[match.rule].asks_nothing
    if bet := bet_runs(e):
        yield bet
    if asks_for_locations(e, match):
        yield Observation(
            "they may have more sites: worth one question",
            "unknown",
            key=f"rules.{match.rule}",
            evidence=("locations",),
        )
    yield from _proven_callback(e)
    quoted = list(_quote(e))
    yield from quoted
    yield from _stage(e)
    signal, days = e.timeline.last_signal, e.signal_days
    if signal and days is not None and days <= limits.recent_days:
        yield in_days(e, f"they showed interest {days_ago(days)}", days, "recent_days", ids(signal))
    if is_asked:
        yield from _what_we_left_undone(e, is_quoted=bool(quoted))
    yield from _few_deferrals(e)
    yield from _successor(e)
    if is_asked:
        yield from _routes(e)
    if e.tier == HIGH and (worth := e.prospect.potential):
        by = " with all of its sites" if e.prospect.has_many_locations else ""
        yield Observation(
            f"worth {long_money(worth)}{by}, {size_words(e)}",
            long_money(worth),
            f"≥ {e.settings.tiers.high_from:,f}",
            "tiers.high_from",
            ("value",),
        )


def _what_we_left_undone(e: Evidence, *, is_quoted: bool) -> Iterator[Observation]:
    """Yield that nobody ever called, or too seldom; the line of a quote counts the same attempts."""
    if not e.knows_contacts and not e.is_idle:
        if no_contact(e) == NO_HISTORY_WORDS:
            return  # that is no reason: a note says it
        rule = RuleName.FRESH_LEAD if e.is_fresh else RuleName.NEVER_WORKED
        rule = RuleName.NO_HISTORY if e.has_no_history else rule
        said = (
            "nobody noted how they answered: silence proves nothing"
            if _listed(e)
            else no_contact(e)
        )
        yield Observation(said, "none", key=f"rules.{rule}", evidence=("created",))
    elif _is_tried_too_little(e) and not is_quoted:
        yield Observation(
            tried_too_little(e),
            str(e.unanswered),
            f"< {e.limits.attempts}",
            "thresholds.attempts",
            ids(*e.timeline.unanswered) or ids(e.timeline.last_answer),
        )


def _is_tried_too_little(e: Evidence) -> bool:
    """Tell whether too few tries, or none for long since the last contact, are held against nobody but us.

    Who said that they do not buy is asked no more often for that, and who named a day with its reason
    is waited for.
    """
    if e.unanswered >= e.limits.attempts or is_ruled_out(e) or e.has_proven_callback:
        return False
    if e.unanswered:
        return True
    last = e.last_contact if e.timeline.last_answer else None
    days = [e.today.days_since(day) for day in (last, e.answered_on) if day]
    return last is not None and min(days) > e.limits.recent_days


def asks_for_locations(e: Evidence, match: RuleMatch) -> bool:
    """Return whether a small, silent prospect is about to go, and nobody knows if it is one of many.

    Of one that was dropped already nothing is asked.
    """
    if (
        e.prospect.locations is not None
        or e.drop_in_force
        or e.tier != LOW
        or not RULES_BY_NAME[match.rule].asks_for_locations
    ):
        return False
    return match.verdict is Verdict.PURGE


def _proven_callback(e: Evidence) -> Iterator[Observation]:
    if e.callback is None or e.proof is None:
        return
    day = short_when(e.callback.on, e.callback.time, e.today.day)
    if e.proof.is_proven:
        far = Distance(distance(e).seen, "", f"rules.{RuleName.FAR_CALLBACK}")
        compared = distance(e) if e.proof.is_near else far
        named = f"named {day}, " if e.proof.is_near else ""
        proof = f"they {named}gave a reason and said what changes"
        yield Observation(proof, *compared, ("callback",))


def _quote(e: Evidence) -> Iterator[Observation]:
    if e.quote is None:
        return
    limit, count = e.limits.attempts, len(e.quote_attempts)
    stake = short_money(e.quote.amount.times(e.probability))
    if count < limit:
        yield Observation(
            f"{short_money(e.quote.amount)} quote, {count} of {limit} attempts; "
            f"{stake} at stake ({e.odds})",
            str(count),
            f"< {limit}",
            "thresholds.attempts",
            (f"quotes/{e.quote.id}", *ids(*e.quote_attempts)),
        )


def _stage(e: Evidence) -> Iterator[Observation]:
    """Say that its stage is late: how far they came tells more than silence, be calls logged or not."""
    if e.progress is SaleProgress.LATE:
        key = f"rules.{RuleName.NO_HISTORY}" if e.has_no_history else ""
        is_out = e.listed_quote and e.listed_quote == e.prospect.stage
        said = "a quote is out, says its stage:" if is_out else "it got as far as"
        yield Observation(f"{said} {short_stage(e)}", "late", "", key, ("stage",))


def _successor(e: Evidence) -> Iterator[Observation]:
    """Yield who left, by an automatic reply that nobody answered since: somebody else has the desk now."""
    if left := who_left(e):
        person = e.prospect.contact(left.contact)
        yield Observation(
            f"{person.name if person else 'who we wrote to'} left, says an automatic reply",
            short_day(e.today.day_of(left.at), e.today.day),
            key="rules.rescue",
            evidence=(f"touches/{left.id}",),
        )


def _routes(e: Evidence) -> Iterator[Observation]:
    """Say which ways nobody tried yet; who showed interest of late needs no other."""
    untried, count, days = e.untried_routes, len(e.routes), e.signal_days
    is_interested = days is not None and days <= e.limits.recent_days
    if not untried or is_interested or not e.knows_contacts:
        return
    names = [route.name for route in untried]
    yield Observation(
        f"{'no try logged' if e.lacks_history else 'not tried'} yet: {as_many_as_fit(names, ROUTES)}",
        f"{len(untried)} of {count}",
        key="rules.rescue",
        evidence=tuple(f"contacts/{w.contact.id}" for w in untried if w.contact) or ("touches",),
    )


def _few_deferrals(e: Evidence) -> Iterator[Observation]:
    """Say that they put us off, but not yet too often."""
    count, lifetime = len(e.unexplained), len(e.deferral_days)
    if not (count or e.timeline.deferrals):
        return  # a note tells of those before their last sign of interest
    if e.has_proven_callback and lifetime == 1:
        return  # that is the callback, which speaks for itself
    if count < e.deferral_limit and (count or lifetime):
        yield _deferrals(e)


def _deferrals(e: Evidence) -> Observation:
    """Return how many deferrals count against them, of all that there ever were."""
    count, lifetime = len(e.unexplained), len(e.deferral_days)
    said = put_off_words(e) if count else _put_off_before(e)
    if lifetime > count > 0:
        said += f", {times(lifetime)} in all"
    return deferrals_observed(e, said)


def put_off_long_ago(e: Evidence) -> str:
    """Return how often they put us off before their last sign of interest, where that is all.

    The callback that is open speaks for itself.
    """
    before = e.their_deferral_days - ({e.callback.asked_on} if e.callback else set())
    if e.unexplained or e.timeline.deferrals or not before:
        return ""
    return f"put off {times(len(before))} before their last sign of interest"


def _put_off_before(e: Evidence) -> str:
    """Return how often it was put off where none of it counts against them, and why not."""
    day, *more = sorted(e.deferral_days)
    if not more and (request := e.request_of(day)):
        return f"they asked for {short_day(request.on, e.today.day)}, with a reason"
    why = "each time with a reason" if more else "with a reason"
    what = "put off" if e.their_deferral_days else "close date moved"
    return f"{what} {times(len(e.deferral_days))}, {why}"


def reasons_to_let_go(e: Evidence, match: RuleMatch) -> Iterator[Observation]:
    """Return the facts that speak for letting go."""
    yield from _closed(e)
    yield from _deferred(e)
    yield from _no_signal(e)
    yield from _silent(e)
    yield from _complained(e)
    if not RULES_BY_NAME[match.rule].asks_nothing:
        yield from _unqualified(e)
    yield from _payoff(e)
    if e.is_idle:
        yield nothing_on_record(e)
    else:
        yield from _listed(e)
        yield from _close_date(e)
    if e.prospect.drop:
        yield _dropped(e, e.prospect.drop)


def _dropped(e: Evidence, drop: Drop) -> Observation:
    """Say that it was dropped; on probation also for how long they have been back."""
    said, limit = drop_words(e, drop), e.limits.probation_days
    if e.probation_until is None or not e.is_on_probation:
        key = f"rules.{RuleName.KNOCKED_OUT}" if disqualifying_drop(e) else ""
        return Observation(said, "recorded", key=key, evidence=("drop",))
    days, until = limit - (e.probation_until - e.today.day).days, e.probation_until
    count = e.limits.probation_deferrals
    more = "one more put-off" if count == 1 else f"{count} more put-offs"
    said += f"; {more} by {short_day(until, e.today.day)} {plural(count, 'drops', 'drop')} them"
    return in_days(e, said, days, "probation_days", ("drop",))


def _closed(e: Evidence) -> Iterator[Observation]:
    if e.prospect.do_not_contact:
        yield Observation(
            "they asked not to be contacted",
            "recorded",
            "",
            "rules.do-not-contact",
            ("do_not_contact",),
        )
    for question, _ in disqualifying_answers(e.prospect, e.settings.questions.pack):
        yield Observation(
            question.negative,
            "negative",
            "",
            "rules.knocked-out",
            (f"answers/{question.id}",),
        )
    words, limit = e.timeline.ultimatum, e.limits.hostile_days
    if words and (days := e.today.days_since(words.day)) <= limit:
        said = f"ultimatum {days_ago(days)} (it counts for {several(limit, 'day')})"
        yield in_days(e, said, days, "hostile_days", ids(words))
    if lost := bet_lost(e):
        yield lost


def _deferred(e: Evidence) -> Iterator[Observation]:
    if e.unexplained and len(e.unexplained) >= e.deferral_limit:
        yield _deferrals(e)
    if e.callback and e.proof and e.proof.is_proven and not e.proof.is_near:
        day = short_when(e.callback.on, e.callback.time, e.today.day)
        said = f"their day, {day}, is {too_far(e)}"
        yield Observation(said, *distance(e), ("callback",))
    if e.callback and e.proof and not e.proof.is_proven:
        yield Observation(
            f"{e.proof.summary}{_said_before(e)}",
            e.proof.grade,
            "",
            "rules.unproven-callback",
            ("callback",),
        )


def _said_before(e: Evidence) -> str:
    """Return what an answer says of a change that the callback itself does not name."""
    said = e.prospect.answers.get(CHANGE)
    if said is None or said.state not in {AnswerState.CLAIMED, AnswerState.CONFIRMED}:
        return ""
    if e.callback is None or e.callback.change or said.on is None or said.on >= e.callback.asked_on:
        return ""
    return f"; what they said on {short_day(said.on, e.today.day)} was about another day"


def _no_signal(e: Evidence) -> Iterator[Observation]:
    signal, days, limit = e.timeline.last_signal, e.days_without_signal, e.limits.recent_days
    if days is None or days <= limit or e.asked_for:
        return
    said = "no sign of interest for" if signal else "no sign of interest yet, after"
    said += f" {several(days, 'day')} (over {limit} is long)"
    yield in_days(e, said, days, "recent_days", ids(signal or e.timeline.first_try))


def _silent(e: Evidence) -> Iterator[Observation]:
    """Say that they do not answer: only who was tried since the last answer can be silent."""
    limits, days = e.limits, e.silent_days
    is_waited_for = e.asked_for and not e.callback_tries
    if days is None or days <= limits.recent_days or not e.unanswered or is_waited_for:
        return
    long = days >= limits.unreachable_days
    limit = limits.unreachable_days if long else limits.recent_days
    which = f"over {limit} is long" if not long else f"{limit} is too long"
    tried = f"{several(e.unanswered, 'attempt')} unanswered"
    mailed = any(dated.touch.outcome is Outcome.MAILING for dated in e.nurture_touches)
    apart = " (mailings not counted)" if mailed else ""
    yield Observation(
        f"{nothing_from_them(e)} ({which}), {tried}{apart}",
        f"{days} d",
        f"≥ {limit}" if long else f"> {limit}",
        "thresholds.unreachable_days" if long else "thresholds.recent_days",
        ids(e.timeline.last_answer, *e.timeline.unanswered) or ("created",),
    )


def _complained(e: Evidence) -> Iterator[Observation]:
    if complaint := e.timeline.complaint:
        said = f"they complained about our calls {days_ago(e.today.days_since(complaint.day))}"
        yield Observation(said, "recorded", evidence=ids(complaint))


def _unqualified(e: Evidence) -> Iterator[Observation]:
    limits, unknown = e.limits, unknown_questions(e)
    if len(unknown) < limits.unknown_questions:
        return
    pack = e.settings.questions.pack
    labels = [q.label.lower() for i in unknown if (q := question_of(pack, i))]
    still, reviews = unanswered_in_reviews(e)
    counts = len(reviews) >= limits.unknown_reviews
    limit = f"{several(limits.unknown_questions, 'is', 'are')} too many"
    once = "not counted yet"
    yield Observation(
        f"{len(unknown)} not known: {first_few(labels, NAMED)} ({limit if counts else once})",
        str(len(unknown)),
        f"≥ {limits.unknown_questions}",
        "thresholds.unknown_questions",
        tuple(f"answers/{i}" for i in unknown),
    )
    if counts:
        count = len(still)
        which = f"all {count}" if count == len(unknown) else f"{count} of these"
        yield Observation(
            f"{which} unknown in {several(len(reviews), 'review')} in a row",
            several(len(reviews), "review"),
            f"≥ {limits.unknown_reviews}",
            "thresholds.unknown_reviews",
            reviews,
        )


def _listed(e: Evidence) -> list[Observation]:
    """Say that the last contact is long ago by what a list tells, where there is nothing else to go by."""
    last, limit = e.last_listed, e.limits.recent_days
    days = e.today.days_since(last.day) if last else 0
    if not e.has_no_history or days <= limit:
        return []
    said = f"last contact {days_ago(days)}, says the list (over {limit} is long)"
    return [in_days(e, said, days, "recent_days", ids(last))]


def _close_date(e: Evidence) -> Iterator[Observation]:
    day = e.prospect.close_date
    if day is not None and day < e.today.day:
        late = e.today.days_since(day)
        yield Observation(
            f"the expected close date passed {days_ago(late)}",
            f"{late} d",
            evidence=("close_date",),
        )


def _payoff(e: Evidence) -> Iterator[Observation]:
    limit = e.limits.min_hourly_value
    if e.payoff is not None and e.payoff < limit:
        yield Observation(
            f"worth {payoff_words(e)} (under {limit:f} is little){as_number(e)}",
            payoff_figure(e),
            f"< {limit:f}",
            "thresholds.min_hourly_value",
            ("value",),
        )


def _contacts_so_far(e: Evidence) -> int:
    """Count what is on record; where a list told more, its number and what came since."""
    listed, touches = e.prospect.times_contacted, e.prospect.touches
    told_at = max((one.at for one in e.prospect.imports), default=None)
    since = [touch for touch in touches if told_at and touch.at > told_at]
    return max(len(e.timeline.touches), listed + len(since) if listed else 0)


def already_spent(e: Evidence) -> Observation | None:
    """Return what went into it so far, shown grey: hours only where somebody wrote them down, and nothing that keeps it."""
    hours, touches = e.prospect.hours_spent, _contacts_so_far(e)
    if not hours and not touches:
        return None
    parts = [f"{hours:f} hours of work"] if hours else []
    parts.append(several(touches, "contact"))
    return Observation(
        f"{', '.join(parts)} so far{': no reason to go on' if hours else ''}", parts[0]
    )
