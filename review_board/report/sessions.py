"""The sessions that can be reported: the list of them, the one that is meant, what each left over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_board.board.board import Board
from review_board.board.filters import NO_FILTER, Filter, fits_nobody
from review_board.board.owners import nobody_called, owns
from review_board.errors import RefusedError, UsageError
from review_board.judgement.verdict_history import last_verdict_in
from review_board.pipeline.dates import short_day
from review_board.pipeline.prospect import Prospect
from review_board.report.facts import Left, Settled, Undecided
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


def source_of(board: Board, name: str, owner: str, wanted: Filter = NO_FILTER) -> ReportSource:
    """Return the source of one owner's prospects, or of all, as far as they fit a filter.

    Raises ``UsageError`` for an unknown owner, and for a filter that fits nobody.
    """
    source = ReportSource.of(board, name, owner, wanted)
    if (owner or wanted) and not source.prospect_ids:
        owners = board.owners()
        is_known = not owner or any(owns(owner, one) for one in owners)
        raise fits_nobody(wanted.text) if is_known else nobody_called(owner, owners)
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
    mine = [session for session in known if source.is_review_of(session, by)]
    meant = [s for s in deciding if source.is_review_of(s, by)] or deciding or mine or known
    return max(reversed(meant), key=lambda s: s.finished or s.started)


def whose_review(source: ReportSource, session: Session, by: str, owner: str) -> str:
    """Return the remark that the last review is somebody else's, and why; empty for one's own.

    The ``owner`` who was asked for is named as that was written.
    """
    if source.is_review_of(session, by):
        return ""
    began = any(source.is_review_of(s, by) for s in source.sessions)
    of = f" of {owner}'s" if owner else ""
    lacks = f"has decided on no card{of} in a review yet" if began else "has no review yet"
    day = short_day(source.today.day_of(session.started), source.today.day)
    return f"{by} {lacks}; this is {session.by}'s of {day}"


def _named(source: ReportSource, wanted: str) -> Session:
    exact = [s for s in source.sessions if s.id == wanted]
    found = exact or [s for s in source.sessions if s.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    said = f"{wanted[:40]!r}"
    words = f"Several reviews begin with {said}" if found else f"There is no review {said}"
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
    rest = "; all of them: review-board report --reviews" if len(source.sessions) > OFFERED else ""
    return f"choose from {', '.join(named)}{rest}"


ON_PURPOSE = (Left.SKIPPED, Left.SNOOZED, Left.PARKED)
"""How somebody left a card for later; such cards are named."""


def undecided(
    source: ReportSource, session: Session, settled: Iterable[Settled]
) -> tuple[Undecided, ...]:
    """Return what is left of the queue without a verdict, as far as it is the owner's, in its order."""
    done = {s.prospect.id for s in settled}
    later = dict.fromkeys(session.skipped, Left.SKIPPED) | dict.fromkeys(
        session.parked, Left.PARKED
    )
    found: dict[Left, list[str]] = {how: [] for how in Left}
    for key in session.queue:
        if key not in done and source.is_mine(key):
            how = _how_ended(source, session, key) or later.get(key, Left.LEFT)
            found[how].append(key)
    return tuple(
        Undecided(how, tuple(ids), _names(source, ids) if how in ON_PURPOSE else ())
        for how, ids in found.items()
        if ids
    )


def _names(source: ReportSource, ids: list[str]) -> tuple[str, ...]:
    return tuple(source.entry(key).name for key in ids)


def _how_ended(source: ReportSource, session: Session, key: str) -> Left | None:
    """Return what became of a card in another place than this session."""
    document = source.documents.get(key)
    if document is None or document.get("won"):
        return Left.GONE
    if (prospect := source.prospect(key)) is None:
        return Left.UNREAD
    if _decided_elsewhere(prospect, session):
        return Left.ELSEWHERE
    if session.id in sessions_in(document, "snoozes"):
        return Left.SNOOZED
    return None


def _decided_elsewhere(prospect: Prospect, session: Session) -> bool:
    """Return whether another review decided a card while this one went on, or overruled its verdict."""
    if last_verdict_in(prospect, session.id):
        return True  # it is not among the settled: another review overruled it
    end = session.finished or session.started + STALE
    return any(
        verdict.at <= end and settles(verdict.by, verdict.at, session)
        for verdict in prospect.verdicts
    )
