"""Contact pressure: it runs beside every rule, never changes a verdict, and says when to call next.

The figures answer the reader of "Are You Giving Up Too Soon?" for whom a caller every couple of
weeks is annoying: after each unanswered attempt the wait grows.
"""

from collections.abc import Iterator
from datetime import timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import ContactPressure
from review_board.judgement.timeline import Dated, Timeline

SAME_CHANNEL = 3
"""Unanswered attempts through one channel after which another is due."""


def contact_pressure(evidence: Evidence) -> ContactPressure:
    """How hard we pushed, and the earliest day for the next touch."""
    pressure, timeline = evidence.settings.pressure, evidence.timeline
    attempts = timeline.since_response
    waits = pressure.wait_days
    wait = waits[min(len(attempts), len(waits)) - 1] if attempts else 0
    complaint = timeline.complaint is not None
    if complaint:
        wait = max(wait, pressure.complaint_days)
    recent = [
        d for d in timeline.since_response if evidence.today.days_since(d.day) < pressure.burst_days
    ]
    suppressed = evidence.prospect.do_not_contact is not None
    earliest = max(
        (d.day + timedelta(days=wait) for d in _waits_from(timeline)), default=evidence.today.day
    )
    channels = {d.touch.channel for d in attempts[-SAME_CHANNEL:]}
    return ContactPressure(
        earliest=None if suppressed else max(earliest, evidence.today.day),
        unanswered=len(attempts),
        wait_days=wait,
        slow_down=len(recent) > pressure.burst_attempts or complaint,
        complaint=complaint,
        other_channel=complaint or (len(attempts) >= SAME_CHANNEL and len(channels) == 1),
        why=_why(
            len(attempts),
            len(recent),
            pressure.burst_days,
            complaint=complaint,
            suppressed=suppressed,
        ),
    )


def _waits_from(timeline: Timeline) -> Iterator[Dated]:
    """The touches from which the wait runs: the last attempt, or a complaint and all of ours."""
    if timeline.complaint:
        yield timeline.complaint
        if timeline.last_ours:
            yield timeline.last_ours
    elif timeline.since_response:
        yield timeline.since_response[-1]


def _why(attempts: int, recent: int, days: int, *, complaint: bool, suppressed: bool) -> str:
    if suppressed:
        return "they asked not to be contacted"
    parts = []
    if attempts:
        parts.append(f"{attempts} unanswered {'attempt' if attempts == 1 else 'attempts'}")
    if recent > 1:
        parts.append(f"{recent} of them within {days} d")
    if complaint:
        parts.append("they complained about our calls")
    return ", ".join(parts) or "nothing stands in the way"
