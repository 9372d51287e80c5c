"""The sessions that can be reported: the list of them, the one that is meant, what each left over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_board.board.board import Board
from review_board.board.owners import nobody_called, owns
from review_board.errors import RefusedError, UsageError
from review_board.judgement.verdict_history import last_verdict_in
from review_board.pipeline.dates import short_day
from review_board.pipeline.prospect import Prospect
from review_board.report.facts import Settled
from review_board.report.source import ReportSource, sessions_in
from review_board.review.overruling import settles
from review_board.review.session import STALE, Session

LAST = "last"
OFFERED = 3
"""Sessions that a refusal names; the list has all."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as it is listed; ``settled`` counts the verdicts in force."""

    id: str
    day: date
    by: str
    scope: str
    settled: int
    cards: int
    finished: bool


def sessions_on(board: Board, owner: str = "") -> list[SessionLine]:
    """Return all sessions on record, the newest first; with an owner those about that owner's prospects.

    Raises ``UsageError`` for an unknown owner.
    """
    source = source_of(board, "", owner)
    return [
        _line(source, session)
        for session in reversed(source.sessions)
        if not owner or source.decided_in.get(session.id) or owns(owner, session.owner)
    ]


def any_review(board: Board) -> bool:
    """Return whether there is a review to report, of anybody."""
    return bool(ReportSource.of(board, "", "").sessions)


def source_of(board: Board, name: str, owner: str) -> ReportSource:
    """Return the source of one owner's prospects, or of all. Raises ``UsageError`` for an unknown owner."""
    source = ReportSource.of(board, name, owner)
    if owner and not source.prospect_ids:
        raise nobody_called(owner, board.owners())
    return source


def _line(source: ReportSource, session: Session) -> SessionLine:
    queue = {*session.queue}
    decided = [i for i in source.decided_in.get(session.id, []) if i in queue]
    return SessionLine(
        session.id,
        source.today.day_of(session.started),
        session.by,
        session.scope,
        len(decided),
        len({*filter(source.is_mine, queue), *decided}),
        session.finished is not None,
    )


def choose(source: ReportSource, wanted: str, by: str) -> Session:
    """Return the session asked for, by its id or how that begins, or the last that is worth reading.

    That is the person's last one that decided something, else anybody's; where none did, the last.
    One that was taken up again after others counts from when it was finished.
    """
    known = source.sessions
    if wanted != LAST:
        return _named(source, wanted)
    if not known:
        raise RefusedError("No review is on record", "say --since DATE, or review-board review")
    deciding = [session for session in known if session.id in source.deciding_sessions]
    mine = [session for session in known if session.by == by]
    meant = [s for s in deciding if s.by == by] or deciding or mine or known
    return max(reversed(meant), key=lambda s: s.finished or s.started)


def whose_review(source: ReportSource, session: Session, by: str) -> str:
    """Return the remark that the last review is somebody else's, and why; empty for one's own."""
    if session.by == by:
        return ""
    began = any(s.by == by for s in source.sessions)
    lacks = "has decided on no card in a review yet" if began else "has no review yet"
    day = short_day(source.today.day_of(session.started), source.today.day)
    return f"{by} {lacks}; this is {session.by}'s of {day}"


def _named(source: ReportSource, wanted: str) -> Session:
    exact = [s for s in source.sessions if s.id == wanted]
    found = exact or [s for s in source.sessions if s.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    said = f"{wanted[:40]!r}"
    words = f"Several sessions begin with {said}" if found else f"There is no session {said}"
    raise UsageError(words, _choice(source))


def _choice(source: ReportSource) -> str:
    """Return the last sessions in a line: id, person, day, scope, how many they settled."""
    today = source.today.day
    lines = [_line(source, session) for session in reversed(source.sessions[-OFFERED:])]
    named = [
        f"{x.id} ({', '.join(p for p in (x.by, short_day(x.day, today), x.scope) if p)},"
        f" {x.settled} decided)"
        for x in lines
    ]
    if not named:
        return "no review is on record"
    rest = "; all of them: review-board report --sessions" if len(source.sessions) > OFFERED else ""
    return f"choose from {', '.join(named)}{rest}"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """The cards of a session without a verdict, each in one place, in the order of the queue."""

    gone: list[str]
    elsewhere: list[str]
    unread: list[str]
    snoozed: list[str]
    parked: list[str]
    skipped: list[str]
    left: list[str]

    @classmethod
    def of(cls, source: ReportSource, session: Session, settled: Iterable[Settled]) -> "LeftOver":
        """Return what is left of the queue, as far as it is the owner's."""
        rest = cls([], [], [], [], [], [], [])
        done = {s.prospect.id for s in settled}
        parked, skipped = frozenset(session.parked), frozenset(session.skipped)
        for key in session.queue:
            if key in done or not source.is_mine(key):
                continue
            document = source.documents.get(key)
            if document is None or document.get("won"):
                rest.gone.append(key)
            elif (prospect := source.prospect(key)) is None:
                rest.unread.append(key)
            elif _decided_elsewhere(prospect, session):
                rest.elsewhere.append(key)
            elif session.id in sessions_in(document, "snoozes"):
                rest.snoozed.append(key)
            elif key in parked:
                rest.parked.append(key)
            else:
                (rest.skipped if key in skipped else rest.left).append(key)
        return rest


def _decided_elsewhere(prospect: Prospect, session: Session) -> bool:
    """Return whether another review decided a card while this one went on, or overruled its verdict."""
    if last_verdict_in(prospect, session.id):
        return True  # it is not among the settled: another review overruled it
    end = session.finished or session.started + STALE
    return any(
        verdict.at <= end and settles(verdict.by, verdict.at, session)
        for verdict in prospect.verdicts
    )
