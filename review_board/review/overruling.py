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
from datetime import datetime

from review_board.judgement.evidence import Evidence
from review_board.judgement.timeline import is_response
from review_board.judgement.verdict_history import reason_or_step
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.review.session import Session
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings

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


def settles(by: object, at: datetime, session: Session) -> bool:
    """Return whether a verdict that another review gave settles a card for this one."""
    return at > session.started and (not session.why or by == session.by)


def is_reviewed(verdict: VerdictRecord, session: Session) -> bool:
    """Return whether a manager's review looks again at a verdict: somebody else gave it."""
    return bool(session.why) and verdict.by != session.by


def confirms(destination: Column, verdict: VerdictRecord, session: Session) -> bool:
    """Return whether a manager decides the same as the verdict that is looked at again."""
    return is_reviewed(verdict, session) and verdict.destination is destination


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


def _answered_between(prospect: Prospect, after: datetime, session: Session) -> bool:
    return any(after < t.at <= session.started and is_response(t) for t in prospect.touches)


def without_plans(evidence: Evidence, overruled: VerdictRecord | None) -> Evidence:
    """Return the evidence without the step and the track that a verdict set which is overruled.

    What is proposed to whoever overrules it would else put the first person's words into their mouth.
    """
    prospect, gone = evidence.prospect, dict[str, None]()
    if overruled and overruled.step and overruled.step.says_same(prospect.next_step):
        gone["next_step"] = None
    if overruled and overruled.destination is Column.NURTURE is not overruled.was:
        gone["nurture"] = None
    if not gone:
        return evidence
    parts = evidence.today, evidence.settings, evidence.closing, evidence.timeline
    return Evidence(prospect.model_copy(update=gone), *parts)


def decision_words(decision: Decision, today: Today, settings: Settings) -> str:
    """Return what somebody is about to decide: ``drop it: no budget``."""
    step = decision.step or decision.idea
    return f"{_DO[decision.to].lower()}{reason_or_step(decision.reason, step, today, settings)}"


def deciding(to: Column, who: str) -> str:
    """Return what is being decided, and on whom: ``Nurture Harbor``."""
    return _DO[to].replace(" it", f" {who}", 1)


def not_stored_words(decision: Decision | None) -> str:
    """Return what becomes of a decision on a card that is closed: ``your drop was not stored``."""
    if decision is None:
        return "nothing was stored from here"
    return f"your {_NOUN[decision.to]} was not stored"


def anyway_question(destination: Column | None) -> str:
    """Return the question whether to go on: ``Keep it anyway?``."""
    return f"{_DO[destination] if destination else 'Decide it'} anyway?"


def where_given(verdict: VerdictRecord, by: str, session: Session) -> str:
    """Return where somebody gave a verdict of their own, for ``verdict_words``; empty for another's."""
    if verdict.by != by:
        return ""
    return " in another window" if verdict.session == session.id else " in another review"
