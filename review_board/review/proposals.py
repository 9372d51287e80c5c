"""What the review fills in before a person is asked: a reason, a next step, a callback date."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import must_wait
from review_board.judgement.recommendation import Finding, Recommendation
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.vocabulary import Column, DropReason, Route, Track, Verdict
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings

IDEA_IN = 14
"""Days ahead for which the one more idea is proposed."""


def proposed_reason(finding: Finding, settings: Settings) -> DropReason | None:
    """Return the drop reason that the winning rule suggests, if it is one of those offered."""
    reason = finding.drop_reason
    return reason if reason and reason.value in settings.drop_reasons else None


def proposed_purge(evidence: Evidence, finding: Finding) -> Decision:
    """Return the purge that the record recommends, complete: for a list in which purges are only ticked."""
    if finding.destination is Column.NURTURE:
        track, first = proposed_plan(evidence, finding)
        return Decision(Column.NURTURE, track=track, first=first)
    reason = proposed_reason(finding, evidence.settings)
    note = "" if reason else finding.because.text
    return Decision(Column.DROPPED, reason=reason or DropReason.OTHER, note=note)


def completed(decision: Decision, evidence: Evidence, recommendation: Recommendation) -> Decision:
    """Return the decision with what was left unsaid as the record has it.

    One that is in Nurture keeps its track; a step or a callback that is still ahead stays as agreed;
    the reason to drop is that of the advice.
    """
    prospect, today = evidence.prospect, evidence.today.day
    if decision.to is Column.NURTURE and decision.track is None:
        track, first = proposed_plan(evidence, recommendation.finding)
        return replace(decision, track=track, first=decision.first or first)
    if decision.to is Column.DROPPED and decision.reason is None:
        return replace(decision, reason=proposed_reason(recommendation.finding, evidence.settings))
    callback = prospect.callback
    if decision.to is Column.CALLBACK and callback and decision.callback:
        return replace(decision, callback=decision.callback.completed(callback))
    if decision.to is Column.CALLBACK and callback and callback.on >= today:
        return replace(decision, callback=AgreedCallback.of(callback))
    step = prospect.next_step
    if decision.to is Column.ACTIVE and not decision.step and step and step.on >= today:
        return replace(decision, step=step)
    return decision


Planned = Mapping[date, int]
"""How many steps and first touches of Nurture a review has set for a day so far."""
NONE_PLANNED: Planned = {}


def proposed_step(
    recommendation: Recommendation, evidence: Evidence, planned: Planned = NONE_PLANNED
) -> tuple[str, date, time | None]:
    """Return the step agreed, with its time; else an action and a day from today on.

    The day is the earliest working day that contact pressure allows and that is not full; a step
    that comes too early is proposed for that day. Where a purge is advised, or that it rests until the
    day of a callback, there is no action: who keeps it must name the step.
    """
    step, today = evidence.prospect.next_step, evidence.today.day
    finding, complained = recommendation.finding, recommendation.pressure.complaint
    is_to_do = finding.verdict is Verdict.KEEP and not finding.is_planned and not finding.rests
    advised = finding.action if is_to_do else ""
    action = (step.named if step and step.on >= today else "") or finding.first_step or advised
    waits = must_wait(action, complained=complained)
    earliest = (recommendation.earliest_step if waits else None) or today
    if step and step.on >= max(today, earliest):
        return action, step.on, step.time
    return action, _free_day(earliest, evidence.settings, planned), None


def proposed_agreement(evidence: Evidence) -> bool | None:
    """Return who agreed to that step, as far as it is noted; what is only proposed is our own plan."""
    step = evidence.prospect.next_step
    return step.agreed if step and step.on >= evidence.today.day else False


def _free_day(day: date, settings: Settings, planned: Planned) -> date:
    """Return the first working day from ``day`` on for which the review proposed few enough steps."""
    day = settings.calendar.working_from(day)
    while planned.get(day, 0) >= settings.review.steps_a_day:
        day = settings.calendar.working_from(day + timedelta(days=1))
    return day


def proposed_bet_day(evidence: Evidence) -> date:
    """Return the last working day by which a bet may end."""
    today, settings = evidence.today.day, evidence.settings
    return settings.calendar.working_until(today + timedelta(days=settings.review.bet_days), today)


def proposed_idea_day(evidence: Evidence) -> date:
    """Return the working day for which the one more idea is proposed."""
    today, settings = evidence.today.day, evidence.settings
    last = today + timedelta(days=settings.review.last_attempt_days)
    when = settings.calendar.working_from(min(last, today + timedelta(days=IDEA_IN)))
    return when if when <= last else settings.calendar.working_until(last, today)


def proposed_call(
    recommendation: Recommendation, evidence: Evidence, planned: Planned = NONE_PLANNED
) -> tuple[str, date]:
    """Return the call that is owed once the day they named is over: today, or as soon as pressure allows."""
    day = max(evidence.today.day, recommendation.earliest or evidence.today.day)
    return "call them back", _free_day(day, evidence.settings, planned)


def proposed_plan(evidence: Evidence, finding: Finding) -> tuple[Track, date | None]:
    """Return the track, and its first touch where that is no usual one.

    One that stays in Nurture stays on its track and keeps the touch that is due; a far callback wakes
    on its day.
    """
    plan, today = evidence.prospect.nurture, evidence.today.day
    if evidence.prospect.column is Column.NURTURE and plan:
        due = evidence.next_nurture or today
        return plan.track, max(due, evidence.settings.calendar.working_from(today))
    track, until = finding.track or Track.KEEP_IN_TOUCH, finding.until
    return (track, until) if track is Track.WAKE_UP else (track, None)


def spread_touches(
    decisions: Iterable[Decision], today: date, settings: Settings, planned: Planned
) -> list[Decision]:
    """Return the decisions, each first touch of Nurture without a day on a day that is not full."""
    set_for, spread = Counter(planned), []
    for decision in decisions:
        first = decision.first
        if decision.to is Column.NURTURE and first is None:
            track = decision.track or Track.MONTHLY_EMAIL
            first = usual_first_touch(track, today, settings, set_for)
            set_for[first] += 1
        spread.append(replace(decision, first=first))
    return spread


def usual_first_touch(track: Track, today: date, settings: Settings, planned: Planned) -> date:
    """Return the first touch of a track: its usual day, or the next that this review has not filled."""
    return _free_day(settings.first_touch(track, today), settings, planned)


def proposed_ideas(evidence: Evidence) -> list[str]:
    """Return Robertson's five ways to warm a cold one, with the names that are on record.

    Where there is no assistant, nobody is asked what would work; who gets the monthly email is not
    put on it again.
    """
    people = {route.kind: route.name for route in evidence.routes if route.contact}
    champion = people.get(Route.CHAMPION) or people.get(Route.OTHER_CONTACT)
    assistant = people.get(Route.ASSISTANT)
    plan = evidence.prospect.nurture
    gets_mail = plan is not None and plan.track is Track.MONTHLY_EMAIL
    return [
        f"ask {champion} why it stalled" if champion else "find another contact",
        *([f"ask {assistant} what would work"] if assistant else []),
        "ask them how important this is to them",
        *(() if gets_mail else ("put them on the monthly email",)),
        "keep in touch: send an article they can use",
    ]
