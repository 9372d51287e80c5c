"""How a pair review begins: somebody starts one, the other joins."""

from datetime import datetime

from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.pair import session as pair_sessions
from review_board.pair.controller import PairReview
from review_board.pair.handing_over import RandomBytes
from review_board.pair.recording import new_session, session_change, stored_session
from review_board.pair.session import (
    PairRole,
    PairSession,
    Participant,
    is_pair,
    pair_session_of,
)
from review_board.pair.view import Process
from review_board.review.lost_bets import LostBets
from review_board.review.scope import EVERYTHING_DUE, Queue, Scope, queue_of
from review_board.review.session import STALE
from review_board.review.signing import Identity, check_signature
from review_board.store.presence import Presence
from review_board.store.protocol import SESSIONS, DocumentChange, Tables

SEAT_BYTES = 8


def start(
    board: Board,
    identity: Identity,
    role: PairRole | None,
    process: Process,
    scope: Scope = EVERYTHING_DUE,
) -> PairReview:
    """Start a pair review, or take up the unfinished one of this scope that nobody is in.

    Who names no scope goes on with any that was left, in the role that they had there.
    Bets that are over and lost are dropped in the same commit, and their prospects not reviewed.
    Raises ``RefusedError`` while somebody is in another one, or when nothing is due.
    """
    running = _unfinished(board, identity, process)
    name, now = _name(scope), board.clock()
    if running and _goes_on(running, scope, now):
        return join(board, identity, role, process, take_over=True)
    lost, queue = _due(board, scope)
    stamp = board.stamp()
    person = _participant(identity, role or role_of_first(scope), process.random_bytes, now)
    begun = pair_sessions.start(
        f"pair-{stamp.key}",
        person,
        now,
        queue.ids,
        scope=name,
        why=queue.why,
        owner=scope.owner or scope.filter.owner,
        outcomes=board.evaluator.outcomes,
        lost_bets=lost.bets,
    )
    today, settings = board.today, board.settings

    def build(tables: Tables) -> list[DocumentChange]:
        known = running.id if running else ""
        left = _end(tables, known, now) if known else []
        bets = lost.changes(tables, begun.id, stamp, today, settings)
        return [*left, *new_session(tables, begun, known), *bets]

    review = PairReview(board, begun.id, person, process)
    action = lost.action if lost.found else "started a pair review"
    review.submit(build, action)
    board.hold_outcomes(begun.outcomes)
    review.tick()
    return review


def role_of_first(scope: Scope) -> PairRole:
    """Return who somebody is who starts a review of a scope: the manager of a manager's selection."""
    return PairRole.MANAGER if scope.manager else PairRole.REP


def check_start(board: Board, identity: Identity, process: Process, scope: Scope) -> None:
    """Raise what would refuse a start now: before somebody is asked for anything that it takes."""
    running = _unfinished(board, identity, process)
    if not (running and _goes_on(running, scope, board.clock())):
        _due(board, scope)


def _unfinished(board: Board, identity: Identity, process: Process) -> PairSession | None:
    """Return the review that was left unfinished; refuse who may not sign, or while somebody is in it."""
    check_signature(identity, board.settings.review)
    running = running_review(board)
    if running and is_anybody_there(running, process.presence, board.clock()):
        raise RefusedError(announcement(running, board), "run review-board pair join")
    return running


def _name(scope: Scope) -> str:
    return ", ".join(filter(None, ("pair", scope.name)))


def _goes_on(running: PairSession, scope: Scope, now: datetime) -> bool:
    is_meant = scope == EVERYTHING_DUE or running.scope == _name(scope)
    return is_meant and now - running.started < STALE


def _due(board: Board, scope: Scope) -> tuple[LostBets, Queue]:
    """Return the bets that are lost, and the cards of a new review; refuse one that has neither."""
    board.hold_outcomes(None)
    lost = LostBets.on(board, scope)
    queue = queue_of(board, scope, lost.found)
    if not queue.ids and not lost.found:
        raise RefusedError("Nothing to review")
    return lost, queue


class AlreadyHereError(RefusedError):
    """Somebody of this name is in the review at another terminal; joining takes that one's place."""


def join(
    board: Board,
    identity: Identity,
    role: PairRole | None,
    process: Process,
    *,
    take_over: bool = False,
) -> PairReview:
    """Join the pair review that goes on; without a role in the one that is free, else to watch.

    Raises ``AlreadyHereError`` while the same person is at another terminal, unless they ``take_over``;
    who was there in a process that has ended is not asked.
    """
    running = running_review(board)
    if running is None:
        raise RefusedError("No pair review is going on", "run review-board pair start")
    now, seen = board.clock(), process.presence.seen()
    if not take_over and is_here(running, identity.name, process.presence, now):
        raise AlreadyHereError(
            f"You are in this review as {identity.name} at another terminal",
            "join with --take-over to go on here, a second person with --as NAME",
        )
    role = role or _free_role(running, identity.name)
    if role.votes:
        check_signature(identity, board.settings.review)
    person = _participant(identity, role, process.random_bytes, now)
    review = PairReview(board, running.id, person, process)
    review.change(lambda s: pair_sessions.join(s, person, seen), "joined the pair review")
    board.hold_outcomes(running.outcomes)
    review.tick()
    return review


def running_review(board: Board) -> PairSession | None:
    """Return the pair review that goes on, the one that began last."""
    documents = [d for d in board.documents(SESSIONS).values() if is_pair(d)]
    found = [pair_session_of(document) for document in documents]
    return max(found, key=lambda s: (s.started, s.id), default=None)


def is_one_going_on(board: Board) -> bool:
    """Return whether there is a pair review to join; one that cannot be read is told of by joining it."""
    return any(map(is_pair, board.documents(SESSIONS).values()))


def is_anybody_there(session: PairSession, presence: Presence, now: datetime) -> bool:
    """Return whether somebody is at a review who was not lost."""
    return any(is_here(session, name, presence, now) for name in session.people)


def is_here(session: PairSession, name: str, presence: Presence, now: datetime) -> bool:
    """Return whether somebody is at a review just now: joined, not left, not lost, their process alive."""
    if session.role_of(name) is None:
        return False
    if pair_sessions.is_lost(session, name, presence.seen(), now):
        return False
    return presence.lives(session.people[name].seat)


def announcement(session: PairSession, board: Board) -> str:
    """Return what a board says of a pair review that goes on: ``ann started a pair review at 10:02``."""
    at = session.started.astimezone(board.zone)
    return f"{session.by} started a pair review at {at:%H:%M}"


def _participant(
    identity: Identity, role: PairRole, random_bytes: RandomBytes, now: datetime
) -> Participant:
    login = "" if identity.login == identity.name else identity.login
    seat = random_bytes(SEAT_BYTES).hex()
    return Participant(
        name=identity.name,
        role=role,
        seat=seat,
        joined=now,
        login=login,
        asserted=identity.is_asserted,
    )


def _free_role(session: PairSession, name: str) -> PairRole:
    """Return the role that somebody had here, if it is free, or another that is; else to watch."""
    others = (p for p in session.people.values() if p.left is None and p.name != name)
    taken = {p.role for p in others if p.role.votes}
    known = [session.people[name].role] if name in session.people else []
    wanted = (*known, PairRole.REP, PairRole.MANAGER, PairRole.WATCHER)
    return next(role for role in wanted if role not in taken)


def _end(tables: Tables, session_id: str, now: datetime) -> list[DocumentChange]:
    """Return the end of a review that nobody is in any more."""
    document, session = stored_session(tables, session_id)
    return session_change(document, pair_sessions.finish(session, now))
