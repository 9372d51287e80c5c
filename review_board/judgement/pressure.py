"""Contact pressure: it runs beside every rule, never changes a verdict, and says when to call next.

The figures answer the reader of "Are You Giving Up Too Soon?" for whom a caller every couple of
weeks is annoying: after each unanswered attempt the wait grows.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import ContactPressure, Finding
from review_board.judgement.timeline import DatedTouch, Timeline
from review_board.judgement.whom_to_call import worn_channel
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import closed_words
from review_board.pipeline.records import NextStep
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column
from review_board.wording import several

_SENDS = re.compile(
    r"^(?!.*\b(?:last call|last e.?mail|reminder|follow.?up)\b)(?:(?:sende?|deliver|schicke?|liefere?|envoyer|envoie|enviar|envia|envie|"
    r"mandar|manda|inviare|invia|spedire|spedisci|stuur)\b|.*(?:schicken|senden|liefern|sturen)$)"
)
"""How a step reads, folded, that brings them something; a reminder or the last email presses for an answer."""
NO_PRESSURE = "nothing stands in the way"
ASK_ABOUT_BET = "ask whether it happened"


def contact_pressure(evidence: Evidence, contact: str | None = None) -> ContactPressure:
    """Return how hard we pushed, and the earliest day for the next touch.

    Where the advice names a ``contact``, what was tried with others makes that person wait for nothing;
    a complaint is the whole house's.
    """
    pressure, timeline = evidence.settings.pressure, evidence.timeline
    attempts = _attempts(evidence, contact)
    earliest, complaint = earliest_allowed(evidence, contact), timeline.complaint is not None
    recent = sum(evidence.today.days_since(d.day) < pressure.burst_days for d in attempts)
    slow_down = recent > pressure.burst_attempts or complaint
    return ContactPressure(
        earliest=earliest,
        step_from=step_allowed(evidence, earliest),
        unanswered=len(attempts),
        wait_days=_wait_days(evidence, len(attempts)),
        slow_down=slow_down,
        complaint=complaint,
        other_channel=complaint or worn_channel(attempts) is not None,
        why=_why(evidence, len(attempts), recent, slow_down=slow_down),
    )


def earliest_allowed(evidence: Evidence, contact: str | None = None) -> date | None:
    """Return the earliest day for the next touch; ``None`` when every channel is suppressed.

    A day to come is a working day, unless they named it themselves: that one waits for nothing. Whether
    today is a working day is for those to say who plan the day.
    """
    if evidence.prospect.do_not_contact:
        return None
    attempts, today = _attempts(evidence, contact), evidence.today.day
    wait = timedelta(days=_wait_days(evidence, len(attempts)))
    waits_from = [d.day for d in _waits_from(evidence.timeline, attempts)]
    waits_from += [asked_on] if (asked_on := quote_waits_from(evidence)) else []
    last = max(waits_from, default=today)
    if not waits_from or last + wait <= today:
        return today
    named = [day for day in _days_named(evidence) if day > last]
    return max(today, min([evidence.settings.calendar.working_from(last + wait), *named]))


def _days_named(evidence: Evidence) -> Iterator[date]:
    """Yield the day of a bet, of the callback they asked for and of the step they agreed to.

    Of those who complained, only a callback and a bet since then.
    """
    complaint, callback, bet = evidence.timeline.complaint, evidence.callback, evidence.running_bet
    asked = callback is not None and callback.asked_by_buyer
    if callback and asked and (complaint is None or callback.asked_on > complaint.day):
        yield callback.on
    if bet and (complaint is None or bet.at > complaint.touch.at):
        yield bet.until
    step = evidence.prospect.next_step
    if step and step.agreed and complaint is None:
        yield step.on


def step_allowed(evidence: Evidence, allowed_from: date | None) -> date | None:
    """Return the earliest day for the step on record: what we are to send need not wait as a call does."""
    step, complained = evidence.prospect.next_step, evidence.timeline.complaint is not None
    if allowed_from is None or step is None or must_wait(step.action, complained=complained):
        return allowed_from
    return max(evidence.today.day, min(allowed_from, step.on))


def must_wait(action: str, *, complained: bool) -> bool:
    """Tell whether a step waits as a call does: what we only send them does where they complained."""
    return complained or not _SENDS.search(fold(action))


def _attempts(evidence: Evidence, contact: str | None) -> tuple[DatedTouch, ...]:
    """Return the attempts since the last response, or those of them at one person."""
    timeline = evidence.timeline
    return timeline.tries_at(contact) if contact else timeline.since_response


def quote_waits_from(evidence: Evidence) -> date | None:
    """Return the day from which an open quote waits for its next follow-up; ``None`` once it waited enough.

    A quote expects an answer as an attempt does: the first wait runs from the day it was sent, or from the
    last follow-up if they answered that one. When they come to us afterwards, nothing waits.
    """
    quote, waits = evidence.quote, evidence.settings.pressure.wait_days
    if quote is None or not waits:
        return None
    tries, answer = evidence.quote_attempts, evidence.timeline.last_response
    asked_on = tries[-1].day if tries else quote.sent_on
    if evidence.today.days_since(asked_on) >= waits[0]:
        return None
    waits_on = answer and answer.day == asked_on if tries else not answer or answer.day <= asked_on
    return asked_on if waits_on else None


def planned_step(evidence: Evidence) -> NextStep | None:
    """Return the dated step that is still ahead, unless a callback is owed already; a bet's day where it is first."""
    step = bet_first(evidence) or evidence.prospect.next_step
    if step is None or step.on <= evidence.today.day:
        return None
    return None if is_callback_owed(evidence) else step


def bet_first(evidence: Evidence) -> NextStep | None:
    """Return that the bet is to be asked about, where one runs and no step comes by its day."""
    step, bet = evidence.prospect.next_step, evidence.running_bet
    if bet is None or (step and step.on <= bet.until):
        return None
    return NextStep(action=ASK_ABOUT_BET, on=bet.until)


def planned_nurture(evidence: Evidence, finding: Finding) -> NextStep | None:
    """Return the next touch of what stays in Nurture, while its day is ahead and the advice names none."""
    plan, day = evidence.prospect.nurture, next_nurture_touch(evidence)
    stays = evidence.prospect.column is finding.destination is Column.NURTURE
    if not stays or finding.rests or plan is None or day is None or day <= evidence.today.day:
        return None
    return NextStep(action=plan.track.label, on=day)


def is_callback_owed(evidence: Evidence) -> bool:
    """Return whether the day of a proven callback has come, and the call is not made.

    A drop that is in force owes nobody a call; in which column the card lies says nothing.
    """
    callback = evidence.callback
    if callback is None or not evidence.has_proven_callback:
        return False
    return callback.on <= evidence.today.day and evidence.drop_in_force is None


def next_nurture_touch(evidence: Evidence) -> date | None:
    """Return the day of the track's next touch, and not before contact pressure allows it."""
    planned, pressed = evidence.next_nurture, earliest_allowed(evidence)
    if planned is None or pressed is None or pressed <= evidence.today.day:
        return planned
    return max(planned, pressed)


def _wait_days(evidence: Evidence, attempts: int) -> int:
    """Return the wait after so many attempts; after a complaint a long one at least."""
    pressure, timeline = evidence.settings.pressure, evidence.timeline
    waits = pressure.wait_days
    attempts = max(attempts, 1 if quote_waits_from(evidence) else 0)
    wait = waits[min(attempts, len(waits)) - 1] if attempts else 0
    return max(wait, pressure.complaint_days) if timeline.complaint else wait


def _waits_from(timeline: Timeline, attempts: Sequence[DatedTouch]) -> Iterator[DatedTouch]:
    """Yield the touches from which the wait runs: the last attempt, or a complaint and our last touch."""
    if timeline.complaint:
        yield timeline.complaint
        if timeline.our_last_touch:
            yield timeline.our_last_touch
    elif attempts:
        yield attempts[-1]


def _quote_words(evidence: Evidence) -> str:
    asked_on, today = quote_waits_from(evidence), evidence.today.day
    if asked_on is None:
        return ""
    when = "today" if asked_on == today else f"on {short_day(asked_on, today)}"
    return f"the quote {'was followed up' if evidence.quote_attempts else 'went out'} {when}"


def _why(evidence: Evidence, attempts: int, recent: int, *, slow_down: bool) -> str:
    """Return the weightiest reason alone: a sentence has room for one."""
    prospect, days = evidence.prospect, evidence.settings.pressure.burst_days
    if prospect.do_not_contact:
        return "they asked not to be contacted"
    if evidence.timeline.complaint:
        return "they complained about our calls"
    if quote := _quote_words(evidence):
        return quote
    if slow_down:
        return f"{several(recent, 'attempt')} in the last {several(days, 'day')}"
    if attempts:
        return f"{several(attempts, 'attempt')} without an answer"
    closed = closed_words(prospect.closed_channels)
    return f"they want {closed}" if closed else NO_PRESSURE
