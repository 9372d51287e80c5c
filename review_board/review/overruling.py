"""One verdict a card and session-day: which one stands, and what is said to whoever comes second.

A verdict of another review is first when it was given today, or since this review began. One more takes
its place: that is asked about, and recorded as an overruling. Given since this review began, it also
settles the card, which does not come up by itself any more. When the buyer answered after it and before
this review began, one more is about something else, and nobody is asked.

A manager's review takes up what others decided: their verdicts settle nothing there. Its cards tell who
decided what. To decide otherwise is an overruling, asked about once in the dialog of the verdict; to
decide the same confirms the verdict, needs no question, and both stand.
"""

from collections.abc import Container
from datetime import datetime, timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.timeline import is_response
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep, Reason, VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.review.session import Session
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings

JUST = timedelta(minutes=10)
"""How long a verdict was given "just now"."""
_DONE = {
    Column.ACTIVE: "kept it",
    Column.CALLBACK: "kept it for a callback",
    Column.NURTURE: "sent it to Nurture",
    Column.DROPPED: "dropped it",
}
_DO = {
    Column.ACTIVE: "Keep it",
    Column.CALLBACK: "Keep it for a callback",
    Column.NURTURE: "Nurture it",
    Column.DROPPED: "Drop it",
}


_NOUN = {
    Column.ACTIVE: "keep",
    Column.CALLBACK: "keep for a callback",
    Column.NURTURE: "move to Nurture",
    Column.DROPPED: "drop",
}


def last_verdict_in(prospect: Prospect, session_id: str) -> VerdictRecord | None:
    """Return the last verdict that a session gave on a prospect, whether it still stands or not."""
    return next((r for r in reversed(prospect.verdicts) if r.session == session_id), None)


def verdict_in_force(prospect: Prospect, session_id: str, today: Today) -> VerdictRecord | None:
    """Return the verdict of a session on a prospect, unless another review took its place."""
    ruling = last_verdict_in(prospect, session_id)
    return None if ruling is None or replaced_by(prospect, ruling, today) else ruling


def replaced_by(prospect: Prospect, ruling: VerdictRecord, today: Today) -> VerdictRecord | None:
    """Return the verdict of another review that stands in place of this one, or ``None``.

    The last verdict of a day stands. What was decided again in the same review is no other verdict;
    what decides the same and names no other verdict confirms it.
    """
    day = today.day_of(ruling.at)
    for later in reversed(prospect.verdicts):
        if later.id == ruling.id:
            return None
        if later.session and later.session == ruling.session:
            continue
        names_it = later.overrules is not None and later.overrules.id == ruling.id
        confirms_it = later.overrules is None and later.destination is ruling.destination
        if names_it or (today.day_of(later.at) == day and not confirms_it):
            return later
    return None


def verdicts_in_force(prospect: Prospect, today: Today) -> list[VerdictRecord]:
    """Return the verdicts that stand: the last of each review, unless another review overruled it."""
    return [
        ruling
        for ruling in prospect.verdicts
        if (not ruling.session or last_verdict_in(prospect, ruling.session) is ruling)
        and not replaced_by(prospect, ruling, today)
    ]


def settles(by: object, at: datetime, session: Session) -> bool:
    """Return whether a verdict that another review gave settles a card for this one."""
    return at > session.started and (not session.why or by == session.by)


def is_reviewed(ruling: VerdictRecord, session: Session) -> bool:
    """Return whether a manager's review looks again at a verdict: somebody else gave it."""
    return bool(session.why) and ruling.by != session.by


def confirms(destination: Column, ruling: VerdictRecord, session: Session) -> bool:
    """Return whether a manager decides the same as the verdict that is looked at again."""
    return is_reviewed(ruling, session) and ruling.destination is destination


def first_verdict(
    prospect: Prospect, session: Session, today: Today, known: Container[str]
) -> VerdictRecord | None:
    """Return the verdict that one more of this session would overrule, or ``None``.

    That is one of another review, of today or since this one began; or one of this review that is not
    among the ``known`` ones: another window gave it meanwhile.
    """
    last = prospect.verdicts[-1] if prospect.verdicts else None
    if last is None:
        return None
    if last.session == session.id:
        return None if last.id in known else last
    if last.at > session.started:
        return last
    is_of_today = today.day_of(last.at) == today.day
    return last if is_of_today and not _answered_between(prospect, last.at, session) else None


def _answered_between(prospect: Prospect, verdict_change: datetime, session: Session) -> bool:
    return any(
        verdict_change < t.at <= session.started and is_response(t) for t in prospect.touches
    )


def without_plans(evidence: Evidence, overruled: VerdictRecord | None) -> Evidence:
    """Return the evidence without the step and the track that a verdict set which is overruled.

    What is proposed to whoever overrules it would else put the first person's words into their mouth.
    """
    prospect, gone = evidence.prospect, dict[str, None]()
    if overruled and overruled.step and overruled.step == prospect.next_step:
        gone["next_step"] = None
    if overruled and overruled.destination is Column.NURTURE is not overruled.was:
        gone["nurture"] = None
    if not gone:
        return evidence
    parts = evidence.today, evidence.settings, evidence.closing, evidence.timeline
    return Evidence(prospect.model_copy(update=gone), *parts)


def moved_since(prospect: Prospect, ruling: VerdictRecord) -> Column | None:
    """Return the column to which a card was moved by hand after its last verdict, or ``None``.

    The verdict counts as it was given; the card counts where it is.
    """
    is_last = bool(prospect.verdicts) and prospect.verdicts[-1].id == ruling.id
    if not is_last or prospect.won or prospect.column is ruling.destination:
        return None
    return prospect.column


def verdict_of_today(prospect: Prospect, today: Today) -> VerdictRecord | None:
    """Return the verdict of today that a move by hand would set aside, or ``None``."""
    last = prospect.verdicts[-1] if prospect.verdicts else None
    if last is None or today.day_of(last.at) != today.day or moved_since(prospect, last):
        return None
    return last


def verdict_words(
    ruling: VerdictRecord,
    by: str,
    now: datetime,
    today: Today,
    settings: Settings,
    *,
    session: Session | None = None,
) -> str:
    """Return who decided what and when, to somebody: ``ann has just dropped it: no budget``.

    In a ``session`` it says of their own verdict where they gave it.
    """
    is_own = ruling.by == by
    who = "you" if is_own else ruling.by
    where = ""
    if is_own and session:
        where = " in another window" if ruling.session == session.id else " in another review"
    did = f"{_DONE[ruling.destination]}{where}"
    why = _why(ruling.reason, ruling.step, today, settings)
    return f"{did_when(who, did, ruling.at, now, today)}{why}"


def did_when(who: str, did: str, at: datetime | None, now: datetime, today: Today) -> str:
    """Return who did what and when: ``ann has just moved it``, ``ann moved it at 10:42``."""
    if at is None:
        return f"{who} {did}"
    if timedelta(0) <= now - at < JUST:
        return f"{who} {'have' if who == 'you' else 'has'} just {did}"
    return f"{who} {did} {_when(at, today)}"


def yours(decision: Decision, today: Today, settings: Settings) -> str:
    """Return what somebody is about to decide: ``drop it: no budget``."""
    step = decision.step or decision.idea
    return f"{_DO[decision.destination].lower()}{_why(decision.reason, step, today, settings)}"


def not_stored(decision: Decision | None) -> str:
    """Return what becomes of a decision on a card that is closed: ``your drop was not stored``."""
    if decision is None:
        return "nothing was stored from here"
    return f"your {_NOUN[decision.destination]} was not stored"


def anyway(destination: Column | None) -> str:
    """Return the question whether to go on: ``Keep it anyway?``."""
    return f"{_DO[destination] if destination else 'Decide it'} anyway?"


def _why(reason: Reason | None, step: NextStep | None, today: Today, settings: Settings) -> str:
    if reason:
        return f": {settings.reason_label(reason)}"
    return f": {step.action}, {short_day(step.on, today.day)}" if step else ""


def _when(at: datetime, today: Today) -> str:
    day = today.day_of(at)
    if day == today.day:
        return f"at {at.astimezone(today.zone):%H:%M}"
    return f"on {short_day(day, today.day)}"
