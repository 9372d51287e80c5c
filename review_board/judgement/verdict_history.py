"""Which verdicts on a prospect's record are in force, and who gave one, when and why, in words."""

from datetime import datetime, timedelta

from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep, Reason
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.settings.tree import Settings

JUST_NOW = timedelta(minutes=10)
"""How long a verdict was given "just now"."""
_DONE = {
    Column.ACTIVE: "kept it",
    Column.CALLBACK: "kept it for a callback",
    Column.NURTURE: "sent it to Nurture",
    Column.DROPPED: "dropped it",
}


def last_verdict_in(prospect: Prospect, session_id: str) -> VerdictRecord | None:
    """Return the last verdict that a session gave on a prospect, whether it is still in force or not."""
    return next((r for r in reversed(prospect.verdicts) if r.session == session_id), None)


def verdict_in_force(prospect: Prospect, session_id: str, today: Today) -> VerdictRecord | None:
    """Return the verdict of a session on a prospect, unless another review took its place."""
    verdict = last_verdict_in(prospect, session_id)
    return None if verdict is None or replaced_by(prospect, verdict, today) else verdict


def replaced_by(prospect: Prospect, verdict: VerdictRecord, today: Today) -> VerdictRecord | None:
    """Return the verdict of another review that replaced this one, or ``None``.

    The last verdict of a day is the one in force. One more of the same review is no other verdict;
    one that decides the same, and names no other, confirms it.
    """
    day = today.day_of(verdict.at)
    for later in reversed(prospect.verdicts):
        if later.id == verdict.id:
            return None
        if later.session and later.session == verdict.session:
            continue
        names_it = later.overrules is not None and later.overrules.id == verdict.id
        confirms_it = later.overrules is None and later.destination is verdict.destination
        if names_it or (today.day_of(later.at) == day and not confirms_it):
            return later
    return None


def verdicts_in_force(prospect: Prospect, today: Today) -> list[VerdictRecord]:
    """Return the verdicts in force: the last of each review, unless another review overruled it."""
    return [
        verdict
        for verdict in prospect.verdicts
        if (not verdict.session or last_verdict_in(prospect, verdict.session) is verdict)
        and not replaced_by(prospect, verdict, today)
    ]


def moved_since(prospect: Prospect, verdict: VerdictRecord) -> Column | None:
    """Return the column to which a card was moved by hand after its last verdict, or ``None``.

    The verdict counts as it was given; the card counts where it is.
    """
    is_last = bool(prospect.verdicts) and prospect.verdicts[-1].id == verdict.id
    if not is_last or prospect.won or prospect.column is verdict.destination:
        return None
    return prospect.column


def verdict_of_today(prospect: Prospect, today: Today) -> VerdictRecord | None:
    """Return the verdict of today that a move by hand would set aside, or ``None``."""
    last = prospect.verdicts[-1] if prospect.verdicts else None
    if last is None or today.day_of(last.at) != today.day or moved_since(prospect, last):
        return None
    return last


def verdict_words(
    verdict: VerdictRecord,
    by: str,
    now: datetime,
    today: Today,
    settings: Settings,
    *,
    where: str = "",
) -> str:
    """Return who decided what and when, to somebody: ``ann has just dropped it: no budget``.

    ``where`` says in which place they gave it: `` in another window``.
    """
    who = "you" if verdict.by == by else verdict.by
    why = reason_or_step(verdict.reason, verdict.step, today, settings)
    return f"{did_when(who, _DONE[verdict.destination] + where, verdict.at, now, today)}{why}"


def did_when(who: str, did: str, at: datetime | None, now: datetime, today: Today) -> str:
    """Return who did what and when: ``ann has just moved it``, ``ann moved it at 10:42``."""
    if at is None:
        return f"{who} {did}"
    if timedelta(0) <= now - at < JUST_NOW:
        return f"{who} {'have' if who == 'you' else 'has'} just {did}"
    return f"{who} {did} {_when(at, today)}"


def reason_or_step(
    reason: Reason | None, step: NextStep | None, today: Today, settings: Settings
) -> str:
    """Return why, or what comes next, after a colon: ``: no budget``; empty where neither is known."""
    if reason:
        return f": {settings.reason_label(reason)}"
    return f": {step.action}, {short_day(step.on, today.day)}" if step else ""


def _when(at: datetime, today: Today) -> str:
    day = today.day_of(at)
    if day == today.day:
        return f"at {at.astimezone(today.zone):%H:%M}"
    return f"on {short_day(day, today.day)}"
