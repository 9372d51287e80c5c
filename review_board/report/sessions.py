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
    """One session as it is listed; ``settled`` counts the verdicts that stand."""

    id: str
    day: date
    by: str
    scope: str
    settled: int
    cards: int
    finished: bool


def sessions_on(board: Board, owner: str = "") -> list[SessionLine]:
    """All sessions on record, the newest first; with an owner those about that owner's prospects.

    Raises ``UsageError`` for an unknown owner.
    """
    ground = ground_of(board, "", owner)
    return [
        _line(ground, session)
        for session in reversed(ground.sessions)
        if not owner or ground.decided.get(session.id) or owns(owner, session.owner)
    ]


def any_review(board: Board) -> bool:
    """Whether there is a review to report, of anybody."""
    return bool(ReportSource.of(board, "", "").sessions)


def ground_of(board: Board, name: str, owner: str) -> ReportSource:
    """The ground of one owner's book, or of everybody's. Raises ``UsageError`` for an unknown owner."""
    ground = ReportSource.of(board, name, owner)
    if owner and not ground.book:
        raise nobody_called(owner, board.owners())
    return ground


def _line(ground: ReportSource, session: Session) -> SessionLine:
    return SessionLine(
        session.id,
        ground.today.day_of(session.started),
        session.by,
        session.scope,
        len(ground.decided.get(session.id, ())),
        sum(map(ground.is_mine, session.queue)),
        session.finished is not None,
    )


def choose(ground: ReportSource, wanted: str, by: str) -> Session:
    """The session asked for, by its id or how that begins, or the last that is worth reading.

    That is the person's last one that decided something, else anybody's; where none did, the last.
    One that was taken up again after others counts from when it was finished.
    """
    known = ground.sessions
    if wanted != LAST:
        return _named(ground, wanted)
    if not known:
        raise RefusedError("No review is on record", "say --since DATE, or review-board review")
    told = [session for session in known if session.id in ground.given]
    mine = [session for session in known if session.by == by]
    meant = [s for s in told if s.by == by] or told or mine or known
    return max(reversed(meant), key=lambda s: s.finished or s.started)


def whose(ground: ReportSource, session: Session, by: str) -> str:
    """Return the remark that the last review is somebody else's, and why; empty for one's own."""
    if session.by == by:
        return ""
    began = any(s.by == by for s in ground.sessions)
    lacks = "has settled no card in a review yet" if began else "has no review yet"
    day = short_day(ground.today.day_of(session.started), ground.today.day)
    return f"{by} {lacks}; this is {session.by}'s of {day}"


def _named(ground: ReportSource, wanted: str) -> Session:
    exact = [s for s in ground.sessions if s.id == wanted]
    found = exact or [s for s in ground.sessions if s.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    said = f"{wanted[:40]!r}"
    words = f"Several sessions begin with {said}" if found else f"There is no session {said}"
    raise UsageError(words, _choice(ground))


def _choice(ground: ReportSource) -> str:
    """The last sessions in a line: id, person, day, scope, how many they settled."""
    today = ground.today.day
    lines = [_line(ground, session) for session in reversed(ground.sessions[-OFFERED:])]
    named = [
        f"{x.id} ({', '.join(p for p in (x.by, short_day(x.day, today), x.scope) if p)},"
        f" {x.settled} settled)"
        for x in lines
    ]
    if not named:
        return "no review is on record"
    rest = "; all of them: review-board report --sessions" if len(ground.sessions) > OFFERED else ""
    return f"choose from {', '.join(named)}{rest}"


@dataclass(frozen=True, slots=True)
class Rest:
    """The cards of a session without a verdict, each in one place, in the order of the queue."""

    gone: list[str]
    elsewhere: list[str]
    unread: list[str]
    snoozed: list[str]
    parked: list[str]
    skipped: list[str]
    left: list[str]

    @classmethod
    def of(cls, ground: ReportSource, session: Session, settled: Iterable[Settled]) -> "Rest":
        """What is left of the queue, as far as it is in the book."""
        rest = cls([], [], [], [], [], [], [])
        done = {s.prospect.id for s in settled}
        parked, skipped = frozenset(session.parked), frozenset(session.skipped)
        for key in session.queue:
            if key in done or not ground.is_mine(key):
                continue
            document = ground.documents.get(key)
            if document is None or document.get("won"):
                rest.gone.append(key)
            elif (prospect := ground.prospect(key)) is None:
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
    """Whether another review decided a card while this one went on, or overruled its verdict."""
    if last_verdict_in(prospect, session.id):
        return True  # it is asked of what does not stand
    end = session.finished or session.started + STALE
    return any(
        ruling.at <= end and settles(ruling.by, ruling.at, session) for ruling in prospect.verdicts
    )
