"""What one prospect asks of us: dated tasks, open quotes, and when it may be called.

Every task has its day, past or to come; who shows them decides how far ahead to look. A prospect
that asked to be left alone asks nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from datetime import time as time_of_day
from enum import StrEnum

from review_board.judgement.bets import is_bet_check
from review_board.judgement.due.when_due import wakes_on
from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import (
    earliest_allowed,
    is_callback_owed,
    next_nurture_touch,
    planned_step,
    step_allowed,
)
from review_board.judgement.recommendation import Finding, next_touch
from review_board.judgement.routes import in_rescue_words
from review_board.judgement.rule import FOLLOW_UP, Owed
from review_board.judgement.whom_to_call import (
    CALL,
    WayToReach,
    reach_them,
    way_to,
    way_to_reach,
    whom_to_ask,
)
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.money import Money
from review_board.pipeline.records import Bet, Contact
from review_board.pipeline.vocabulary import (
    SELLING,
    Channel,
    Column,
    Outcome,
    QuoteState,
    Role,
    Track,
    Verdict,
)
from review_board.settings.rule_names import RuleName


class TaskKind(StrEnum):
    """What a task is about."""

    CALLBACK = "callback"
    UNPROVEN = "unproven-callback"
    STEP = "next-step"
    NURTURE = "nurture-touch"
    WAKE = "wake-up"
    BET = "bet"
    RESCUE = "rescue"
    BACK = "came-back"
    CLOSE = "close-date"
    OWED = "owed"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do on a day, at a ``time`` if one is agreed.

    It is ``owed`` once a proven callback has come to its day. ``reach`` is with whom, and how.
    """

    kind: TaskKind
    day: date
    action: str
    owed: bool = False
    time: time_of_day | None = None
    reach: WayToReach | None = None


@dataclass(frozen=True, slots=True)
class OpenQuote:
    """An open quote, the days on which we tried since, and whether it is the last one we sent.

    What it is worth is its amount times the chance of this sale, which the ``odds`` say in words.
    ``told_by`` is what in a list alone says so: then nobody knows how often we tried since, the day
    only where a column tells it, and the amount is the value of the sale, if that is known.
    """

    id: str
    sent_on: date | None
    amount: Money | None
    attempts: int | None
    worth: Money | None
    odds: str
    newest: bool = True
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that one prospect asks of us.

    ``allowed_from`` is the first day that contact pressure allows, ``step_from`` that of the step on
    record, ``earliest`` the first on which it does not rest either and no planned step is ahead, unless
    a callback is owed already; all are ``None`` when every channel is suppressed. ``reach`` is whom to
    call, and how.
    """

    tasks: tuple[Task, ...]
    quotes: tuple[OpenQuote, ...]
    allowed_from: date | None
    step_from: date | None
    earliest: date | None
    reach: WayToReach | None = None


NOTHING = Agenda((), (), None, None, None)


def agenda_of(evidence: Evidence, finding: Finding, *, says_whom: bool = True) -> Agenda:
    """Return what a prospect asks of us; without ``says_whom``, which takes its time, not whom to call."""
    prospect = evidence.prospect
    if prospect.won or prospect.do_not_contact:
        return NOTHING
    allowed_from = earliest_allowed(evidence, finding.contact)
    step_from, planned = step_allowed(evidence, allowed_from), planned_step(evidence)
    first = step_from if planned or finding.is_planned else allowed_from
    reach = way_to_reach(evidence, finding) if says_whom else None
    tasks = tuple(_tasks(evidence, finding))
    if says_whom:
        tasks = tuple(_with_reach(task, reach, evidence, finding) for task in tasks)
    return Agenda(
        tasks=tasks,
        quotes=tuple(_quotes(evidence)),
        allowed_from=allowed_from,
        step_from=step_from,
        earliest=next_touch(finding, first, planned),
        reach=reach,
    )


_OWED_ACTION = {
    Owed.QUOTE: FOLLOW_UP,
    Owed.FIRST_CALL: "make the first call",
    Owed.CALLBACK: "call them back",
}


def owed_task(owes: Owed, agenda: Agenda, today: date) -> Task:
    """Return what we owe today as a task: the call they asked for or our step, else one of its own."""
    found = dated_debt(agenda, today)
    return found or Task(TaskKind.OWED, today, _OWED_ACTION[owes], owed=True, reach=agenda.reach)


def dated_debt(agenda: Agenda, today: date) -> Task | None:
    """Return the task by which what we owe now has a day of its own: the call they asked for, or our step."""
    due = [task for task in with_plan_told(agenda.tasks, today) if task.day <= today]
    return next((task for task in due if task.owed or task.kind is TaskKind.STEP), None)


def with_plan_told(tasks: tuple[Task, ...], today: date) -> tuple[Task, ...]:
    """Return the tasks; a step planned for a call whose day has come is told with that call."""
    kinds = {TaskKind.CALLBACK, TaskKind.UNPROVEN}
    call = next((task for task in tasks if task.kind in kinds and task.day <= today), None)
    step = next((task for task in tasks if task.kind is TaskKind.STEP), None)
    if call is None or step is None or step.day < call.day:
        return tasks
    when = "today" if step.day == today else short_day(step.day, today)
    told = replace(call, action=f"{call.action}; your day {when}: {step.action}")
    return tuple(told if task is call else task for task in tasks if task is not step)


def _with_reach(task: Task, reach: WayToReach | None, evidence: Evidence, finding: Finding) -> Task:
    """Return a task with whom the advice names; a nurture track may name somebody of its own."""
    plan = evidence.prospect.nurture
    if task.kind is TaskKind.NURTURE and plan:
        person = _person_of(plan.track, evidence) or whom_to_ask(evidence, finding)
        by_mail, closed = plan.track is Track.MONTHLY_EMAIL, evidence.prospect.closed_channels
        reach = way_to(person, by_mail=by_mail, closed=closed) or reach
    return task if reach is None or task.kind is TaskKind.RESCUE else replace(task, reach=reach)


def _tasks(evidence: Evidence, finding: Finding) -> Iterator[Task]:
    """Yield the tasks in no order; a last attempt at what was dropped is a step too."""
    prospect = evidence.prospect
    bet = evidence.bet if prospect.column is not Column.DROPPED else None
    if prospect.next_step and not (bet and is_bet_check(prospect.next_step, bet)):
        yield _step(evidence)
    back = evidence.came_back_on if finding.verdict is Verdict.KEEP else None
    if back:
        yield Task(TaskKind.BACK, back, "they came back: take them up again")
    if prospect.column is Column.DROPPED:
        return
    if (
        prospect.column in SELLING
        and (close := prospect.close_date)
        and close >= evidence.today.day
    ):
        when = "today" if close == evidence.today.day else short_day(close, evidence.today.day)
        yield Task(TaskKind.CLOSE, close, f"it is to close {when}: {_at_close(finding)}")
    if evidence.callback:
        yield from _callback(evidence, finding)
    is_nurtured = prospect.column is Column.NURTURE and not back
    if is_nurtured and finding.rule is not RuleName.NURTURE_EXHAUSTED:
        yield from _nurture(evidence)
    if bet:
        yield Task(TaskKind.BET, bet.until, _bet_words(evidence, bet))
    if prospect.column is Column.ACTIVE:
        yield from _rescue(evidence)


def _at_close(finding: Finding) -> str:
    """Return what to do about a close date: what the record advises, if that is to turn to them by ourselves."""
    if finding.verdict is Verdict.PURGE or finding.is_planned or finding.rests:
        return "ask for the decision"
    return f"{finding.action[:1].lower()}{finding.action[1:]}"


def _bet_words(evidence: Evidence, bet: Bet) -> str:
    """Return what to do about a bet: nobody is asked once it is lost, the next review drops it."""
    if evidence.lost_bet and evidence.settings.is_on(RuleName.LOST_BET):
        return f"log it today if it happened: {bet.action}; the next review drops it"
    return f"ask whether it happened: {bet.action}; else it is dropped"


def _step(evidence: Evidence) -> Task:
    step = evidence.prospect.next_step
    assert step is not None
    return Task(TaskKind.STEP, step.on, f"{step.action}{_at(step.time)}", time=step.time)


def _at(agreed: time_of_day | None) -> str:
    return f" at {agreed:%H:%M}" if agreed else ""


def _callback(evidence: Evidence, finding: Finding) -> Iterator[Task]:
    """Yield the call; for one that waits in Nurture also the day on which to make sure of it.

    An unproven one is asked about only while the card takes selling time.
    """
    callback, today = evidence.callback, evidence.today.day
    assert callback is not None
    them = reach_them(evidence)
    call = f"{'call' if them == CALL else them.lower()}{_at(callback.time)}"
    if not evidence.has_proven_callback:
        if evidence.prospect.column is not Column.NURTURE:
            otherwise = ", or let go" if finding.verdict is Verdict.PURGE else ""
            yield Task(
                TaskKind.UNPROVEN,
                callback.on,
                f"{call} and ask what will have changed{otherwise}",
                time=callback.time,
            )
        return
    owed = is_callback_owed(evidence)
    late = f", asked for {short_day(callback.on, today)}" if callback.on < today else ""
    again = " again" if evidence.callback_tries else ""
    action = f"{call}{again}{late}: {callback.change}"
    yield Task(TaskKind.CALLBACK, callback.on, action, owed, callback.time)
    wakes = wakes_on(evidence)
    if evidence.prospect.column is Column.NURTURE and wakes and not owed:
        named = short_when(callback.on, callback.time, today)
        yield Task(TaskKind.WAKE, wakes, f"they named {named} for a call: make sure of it")


def _nurture(evidence: Evidence) -> Iterator[Task]:
    """Yield the track's next touch; a track that only waits for a proven callback has none of its own."""
    plan = evidence.prospect.nurture
    if plan is None or (plan.track is Track.WAKE_UP and evidence.has_proven_callback):
        return
    if day := next_nurture_touch(evidence):
        action = _touch_of(plan.track, _person_of(plan.track, evidence), evidence)
        closed = evidence.prospect.closed_channels
        if plan.track is Track.MONTHLY_EMAIL and Channel.EMAIL in closed:
            action = "keep in touch otherwise: they want no email"
        yield Task(TaskKind.NURTURE, day, action)


_BY_PERSON = {
    Role.CHAMPION: "ask {} how it stands inside",
    Role.ASSISTANT: "ask {} what would work",
}
_BY_POST = {
    Track.MONTHLY_EMAIL: "send the monthly email",
    Track.KEEP_IN_TOUCH: "send an article, a letter, a newsletter or a postcard",
    Track.WAKE_UP: "call again, and ask how things stand",
}


def _person_of(track: Track, evidence: Evidence) -> Contact | None:
    """Return the person whom a track turns to, where it names a role and one is on record."""
    return next((c for c in evidence.prospect.people if c.role is track.role), None)


def _touch_of(track: Track, person: Contact | None, evidence: Evidence) -> str:
    """Return what a track's touch is; "never the same twice running" is Robertson's."""
    if track.role is None:
        again = _last_sent(evidence) if track is Track.KEEP_IN_TOUCH else ""
        return _BY_POST[track] + again
    words = _BY_PERSON[track.role]
    if person is None:  # whoever else is on record can say who that is
        asks, _, what = words.partition(" {} ")
        return f"find the {track.role.value}, and {asks} {what}"
    return words.format(person.name)


def _last_sent(evidence: Evidence) -> str:
    """Return what it should not be again, as far as the record says what went out last."""
    sent = [d for d in evidence.nurture_touches if d.touch.outcome is Outcome.MAILING]
    if not sent:
        return ""
    last, today = sent[-1], evidence.today.day
    what = f"“{last.touch.note}”" if last.touch.note else last.touch.meaning.label
    return f"; not the same as last time, {short_day(last.day, today)}: {what}"


def _rescue(evidence: Evidence) -> Iterator[Task]:
    """Yield the end of a rescue that nobody answered and no verdict followed."""
    rescue, answer = evidence.prospect.rescue, evidence.timeline.last_answer
    if rescue is None or (answer and answer.day >= rescue.on):
        return
    today = evidence.today
    if not any(today.day_of(r.at) >= rescue.until for r in evidence.prospect.verdicts):
        how = in_rescue_words(rescue.route)
        action = f"decide whether to keep them: the last attempt, {how}, had no answer"
        yield Task(TaskKind.RESCUE, rescue.until, action)


def _quotes(evidence: Evidence) -> Iterator[OpenQuote]:
    """Yield every open quote; with several the last one counts, the others are its earlier versions."""
    if evidence.prospect.column is Column.DROPPED:
        return
    chance, odds = evidence.probability, evidence.odds
    if told_by := evidence.listed_quote:
        value, day = evidence.prospect.value, evidence.listed_quote_day
        value = value if value and value.amount else None
        worth = value.times(chance) if value else None
        yield OpenQuote("list", day, value, None, worth, odds, told_by=told_by)
    for quote in evidence.prospect.quotes:
        if quote.state is QuoteState.OPEN:
            tries = len(evidence.tries_since(quote))
            worth, newest = quote.amount.times(chance), quote is evidence.quote
            yield OpenQuote(quote.id, quote.sent_on, quote.amount, tries, worth, odds, newest)
