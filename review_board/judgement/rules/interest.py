"""Rules about a buyer who moves, and about what goes on: an open quote, live interest, a bet, daily work."""

from collections.abc import Iterable
from datetime import date, timedelta

from review_board.judgement.bets import last_day, what_did_not_come
from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import ASK_ABOUT_BET
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import FOLLOW_UP, Owed, Rule, always, days_after
from review_board.judgement.rule_words import contacted_words, ids, in_attempts, in_days
from review_board.judgement.rules.shared import (
    NO_NEED,
    READS_DEFERRALS,
    bet_over,
    probation_over,
    put_off_again,
    step_words,
)
from review_board.judgement.what_would_change import Condition, TimePasses
from review_board.pipeline.dates import short_day
from review_board.pipeline.money import long_money, short_money
from review_board.pipeline.vocabulary import Column
from review_board.settings.rule_names import RuleName
from review_board.wording import capital, days_ago, several

# Open quote


def _has_open_quote(e: Evidence) -> Column | None:
    if e.quote is None or e.timeline.deferrals or e.unexplained:
        return None
    return Column.ACTIVE if len(e.quote_attempts) < e.limits.attempts else None


def _why_follow_up(e: Evidence, match: RuleMatch) -> Finding:
    count = len(e.quote_attempts)
    assert e.quote is not None
    stake = short_money(e.quote.amount.times(e.probability))
    said = (
        f"quote of {long_money(e.quote.amount)} from {short_day(e.quote.sent_on, e.today.day)}, "
        f"{count} of {e.limits.attempts} attempts, {stake} at stake"
    )
    evidence = (f"quotes/{e.quote.id}", *ids(*e.quote_attempts))
    return Finding(
        *match,
        because=in_attempts(e, said, count, evidence),
        action=capital(FOLLOW_UP),
        first_step=FOLLOW_UP,
    )


OPEN_QUOTE = Rule(
    name=RuleName.OPEN_QUOTE,
    words="a quote is open",
    meaning="A quote is open and not yet followed up often enough: keep, follow it up.",
    reads=("thresholds.attempts", "estimates.closing_ratio", "estimates.closing_outcomes"),
    match=_has_open_quote,
    explain=_why_follow_up,
    what_would_change=always(
        Condition("they turn the quote down: bought elsewhere, or no need", NO_NEED)
    ),
    card_words=lambda e: f"quote {len(e.quote_attempts)} of {e.limits.attempts}",
    owes=Owed.QUOTE,
)


# Live interest


def _has_live_interest(e: Evidence) -> Column | None:
    signal = e.timeline.last_signal
    if signal is None or e.today.days_since(signal.day) > e.limits.recent_days:
        return None
    return Column.ACTIVE if len(e.unexplained) < e.deferral_limit else None


def _why_alive(e: Evidence, match: RuleMatch) -> Finding:
    signal = e.timeline.last_signal
    assert signal is not None
    days = e.today.days_since(signal.day)
    what = signal.touch.signal.said if signal.touch.signal else signal.touch.meaning.label
    said = f"they showed interest {days_ago(days)} ({what})"
    return Finding(
        *match,
        because=in_days(e, said, days, "recent_days", ids(signal)),
        action="Agree a dated next step while they are interested",
        first_step="agree a date with them",
    )


def _signal_old_or_off_probation(e: Evidence) -> Iterable[date]:
    signal = e.timeline.last_signal
    yield from days_after(signal and signal.day, e.limits.recent_days + 1)
    yield from probation_over(e)


LIVE_INTEREST = Rule(
    name=RuleName.LIVE_INTEREST,
    words="showed interest lately",
    meaning="The buyer showed interest of late: keep, with a dated next step.",
    reads=("thresholds.recent_days", *READS_DEFERRALS),
    match=_has_live_interest,
    explain=_why_alive,
    what_would_change=put_off_again,
    card_words=step_words,
    change_days=_signal_old_or_off_probation,
)


# Running bet


def _runs_on_a_bet(e: Evidence) -> Column | None:
    if e.running_bet is None:
        return None
    return Column.CALLBACK if e.callback else Column.ACTIVE


def _why_bet(e: Evidence, match: RuleMatch) -> Finding:
    because, bet = bet_runs(e), e.running_bet
    assert because is not None
    assert bet is not None
    return Finding(
        *match,
        because=because,
        action=f"Ask by {short_day(bet.until, e.today.day)} whether it happened",
        is_planned=e.prospect.next_step is None,
        first_step=ASK_ABOUT_BET,
    )


def bet_runs(e: Evidence) -> Observation | None:
    """Return on what and until when the card is kept: so people agreed, whatever else the record says."""
    bet = e.running_bet
    if bet is None:
        return None
    day = short_day(bet.until, e.today.day)
    said = f"a bet until {day}, “{bet.action}”, else dropped"
    return Observation(said, day, key=f"rules.{RuleName.RUNNING_BET}", evidence=(f"bets/{bet.id}",))


def bet_words(e: Evidence) -> str:
    """Return ``bet to 14 Dec``, or nothing where no bet is running."""
    return f"bet to {short_day(e.running_bet.until, e.today.day)}" if e.running_bet else ""


def bet_is_lost(e: Evidence) -> Iterable[Condition]:
    """Yield that the bet on which it is kept is not won by its day: that drops it, whatever rule keeps it."""
    if bet := e.running_bet:
        lost = TimePasses(last_day(bet, e.today) + timedelta(days=1))
        yield Condition(what_did_not_come(bet, e.today), (lost,))


RUNNING_BET = Rule(
    name=RuleName.RUNNING_BET,
    words="kept on a bet",
    meaning="Kept on a bet whose day is still to come: keep until that day.",
    match=_runs_on_a_bet,
    explain=_why_bet,
    what_would_change=always(),
    card_words=bet_words,
    change_days=bet_over,
    is_borderline=True,
)


# Working


def _why_worked(e: Evidence, match: RuleMatch) -> Finding:
    step, last = e.prospect.next_step, e.timeline.last_answer or e.timeline.our_last_touch
    dated = bool(step and step.on >= e.today.day)
    silent = e.silent_days if e.silent_days is not None else 0
    tries = several(e.unanswered, "attempt")
    ago, open_tries = days_ago(silent), f", {tries} unanswered" if e.unanswered else ""
    seen = f"they answered {ago}"
    if e.called_back_on:
        seen = f"first called as they asked {ago}"
    elif e.is_answer_unnoted and (before := contacted_words(e)):
        listed = e.last_listed
        if listed and e.last_contact and listed.day < e.last_contact:
            before = f"contact of {short_day(listed.day, e.today.day)}"
        seen = f"{before}, outcome not noted"
    elif not e.timeline.last_answer:
        seen, open_tries = f"{_few_so_far(e)}, the first {ago}", ""
    last_answer, complaint = e.timeline.last_answer, e.timeline.complaint
    complained = complaint and not (last_answer and last_answer.touch.at > complaint.touch.at)
    said = f"{seen}{open_tries}{', they complained' if complained else ''}"
    return Finding(
        *match,
        because=in_days(e, said, silent, "recent_days", ids(last) or ("created",)),
        action="Agree the next step and its day, else let it go",
        ask="" if dated else "What is the next step, and on which day?",
        first_step="contact them again",
    )


def _few_so_far(e: Evidence) -> str:
    """Return how often we tried without any answer yet, and that it is too early to give up.

    A list that came without contacts may have had more before.
    """
    tries = several(e.unanswered, "attempt")
    if e.is_answer_unnoted:
        return f"{tries} logged so far"
    return (
        f"only {tries} so far"
        if e.unanswered < e.limits.attempts
        else f"too early to give up after {tries}"
    )


WORKING = Rule(
    name=RuleName.WORKING,
    words="in work",
    meaning="Otherwise: keep, with a dated next step.",
    match=lambda _: Column.ACTIVE,
    explain=_why_worked,
    what_would_change=put_off_again,
    card_words=step_words,
)

RULES = (OPEN_QUOTE, LIVE_INTEREST, RUNNING_BET, WORKING)
