"""How a pair review begins: somebody starts one, the other joins."""

from collections.abc import Collection, Iterable
from datetime import datetime

from review_board.board.board import Board
from review_board.board.document_diff import difference
from review_board.board.owners import owns
from review_board.errors import RefusedError
from review_board.pair import session as pair_sessions
from review_board.pair.controller import PairReview
from review_board.pair.handing_over import RandomBytes
from review_board.pair.recording import (
    note_which_goes_on,
    session_change,
    stored_session,
)
from review_board.pair.session import (
    PairRole,
    PairSession,
    Participant,
    is_pair,
    pair_session_of,
)
from review_board.pair.view import Process
from review_board.pipeline.dates import short_day
from review_board.review.lost_bets import LostBets
from review_board.review.scope import EVERYTHING_DUE, Queue, Scope, queue_of
from review_board.review.session import STALE, session_document
from review_board.review.session_cards import is_decided
from review_board.review.signing import Identity, check_signature
from review_board.store.presence import Presence
from review_board.store.protocol import SESSIONS, DocumentChange, Tables
from review_board.wording import listed, plural

SEAT_BYTES = 8


def start(
    board: Board,
    identity: Identity,
    role: PairRole | None,
    process: Process,
    scope: Scope = EVERYTHING_DUE,
    *,
    anew: bool = False,
) -> PairReview:
    """Go on with the pair review that this person left, or start one; ``anew`` starts one in any case.

    What goes on is the last one of the same scope, or of any where none is said. Bets that are over and
    lost are dropped in the same commit as a start, and their prospects not reviewed. Raises
    ``RefusedError`` while somebody is in another one, or when nothing is due.
    """
    left = _taken_up(board, identity, process, scope, anew=anew)
    if left:
        review = _sit_down(board, left, identity, role, process)
        review.notice += "; pair start --new begins another"
        return review
    lost, queue = _due(board, scope)
    now, stamp = board.clock(), board.stamp()
    role = role or known_role(board, identity.name, scope, queue.ids) or PairRole.REP
    person = _participant(identity, role, process.random_bytes, now)
    begun = pair_sessions.start(
        f"pair-{stamp.key}",
        person,
        now,
        queue.ids,
        scope=_name(scope),
        why=queue.why,
        owner=scope.owner or scope.filter.owner,
        outcomes=board.evaluator.outcomes,
        lost_bets=lost.bets,
    )
    today, settings, others = board.today, board.settings, _unfinished(board)
    mine = [s for s in others if _voted_in(s, identity.name) and s.scope == _name(scope)]
    ended = [s for s in others if _is_stale(s, now) or s in mine]  # begun anew takes their place

    joining = process.run("pair join")

    def build(tables: Tables) -> list[DocumentChange]:
        ends = (change for s in ended for change in _end(tables, s.id, now))
        bets = lost.changes(tables, begun.id, stamp, today, settings)
        noted = note_which_goes_on(tables, begun.id, person.seat, others, joining)
        return [*ends, *difference(SESSIONS, None, session_document(begun)), noted, *bets]

    review = PairReview(board, begun.id, person, process)
    if waits := left_review(board, identity.name, ended):
        words = words_of_left(waits, board, process.presence)
        review.notice = f"{words}, waits: the same options go on with it"
    action = lost.action if lost.found else "started a pair review"
    review.submit(build, action)
    board.hold_outcomes(begun.outcomes)
    review.tick()
    return review


def known_role(board: Board, name: str, scope: Scope, ids: Iterable[str]) -> PairRole | None:
    """Return who somebody is who starts a review: the rep where the cards are theirs, of another's the manager.

    A manager's selection is started by the manager; cards of several owners do not tell.
    """
    if scope.manager:
        return PairRole.MANAGER
    owners = {board.index.entries[prospect_id].owner for prospect_id in ids} - {""}
    if len(owners) != 1:
        return None
    return PairRole.REP if owns(name, *owners) else PairRole.MANAGER


def role_at_start(
    board: Board, identity: Identity, process: Process, scope: Scope, *, anew: bool = False
) -> PairRole:
    """Return who somebody will be in the review that they start or go on with.

    Raises what would refuse it, before anybody is asked for what it takes.
    """
    if left := _taken_up(board, identity, process, scope, anew=anew):
        return _free_role(left, identity.name, is_left=True)
    _, queue = _due(board, scope)
    return known_role(board, identity.name, scope, queue.ids) or PairRole.REP


def _taken_up(
    board: Board, identity: Identity, process: Process, scope: Scope, *, anew: bool
) -> PairSession | None:
    """Return the left review that a start goes on with; refuse who may not sign, or while somebody is in one."""
    check_signature(identity, board.settings.review)
    if running := running_review(board, identity.name, process.presence):
        raise RefusedError(announcement(running, board), process.run("pair join"))
    return None if anew else left_review(board, identity.name, scope=scope)


def left_review(
    board: Board, name: str, without: Collection[PairSession] = (), scope: Scope = EVERYTHING_DUE
) -> PairSession | None:
    """Return the review that somebody who voted in it left last: of a scope, or of any where none is said."""
    now, is_any = board.clock(), scope == EVERYTHING_DUE
    found = [
        session
        for session in _unfinished(board)
        if session not in without and not _is_stale(session, now)
        if _voted_in(session, name) and (is_any or session.scope == _name(scope))
    ]
    return found[-1] if found else None


def _voted_in(session: PairSession, name: str) -> bool:
    return name in session.people and session.people[name].role.votes


def _is_stale(session: PairSession, now: datetime) -> bool:
    return now - session.started >= STALE


def _name(scope: Scope) -> str:
    return ", ".join(filter(None, ("pair", scope.name)))


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

    Where nobody is in one, it is the one that this person left last. Raises ``AlreadyHereError`` while
    the same person is at another terminal, unless they ``take_over``; who was there in a process that
    has ended is not asked.
    """
    name, presence = identity.name, process.presence
    running = (
        running_review(board, name, presence)
        or left_review(board, name)
        or next(reversed(_unfinished(board)), None)
    )
    if running is None:
        raise RefusedError("No pair review is going on", process.run("pair start"))
    if not take_over and is_here(running, name, presence, board.clock()):
        raise AlreadyHereError(
            f"You are in this review as {name} at another terminal",
            "join with --take-over to go on here, a second person with --as NAME",
        )
    return _sit_down(board, running, identity, role, process)


def _sit_down(
    board: Board, running: PairSession, identity: Identity, role: PairRole | None, process: Process
) -> PairReview:
    """Let somebody into a review; the first voter who comes back to one that was left drives it."""
    now, seen = board.clock(), process.presence.seen()
    is_left = not any(is_here(running, n, process.presence, now) for n in running.voters)
    role = role or _free_role(running, identity.name, is_left=is_left)
    if role.votes:
        check_signature(identity, board.settings.review)
    person = _participant(identity, role, process.random_bytes, now)
    others = [session for session in _unfinished(board) if session.id != running.id]

    def build(tables: Tables) -> list[DocumentChange]:
        document, session = stored_session(tables, running.id)
        joined = pair_sessions.join(session, person, seen)
        if not is_left:
            return session_change(document, joined)
        if role.votes and not pair_sessions.driver_of(joined, seen, now):
            joined = pair_sessions.take_wheel(joined, person.name)
        noted = note_which_goes_on(
            tables, running.id, person.seat, others, process.run("pair join")
        )
        return [*session_change(document, joined), noted]

    review = PairReview(board, running.id, person, process)
    if is_left:
        review.notice = f"{words_of_left(running, board, process.presence)}, goes on"
    review.submit(build, "joined the pair review")
    board.hold_outcomes(running.outcomes)
    review.tick()
    return review


def _unfinished(board: Board) -> list[PairSession]:
    """Return the pair reviews that are not finished, the one that somebody was in last at the end."""
    found = [pair_session_of(d) for d in board.documents(SESSIONS).values() if is_pair(d)]
    return sorted(found, key=lambda s: (s.last_seen, s.started, s.id))


def running_review(board: Board, name: str, presence: Presence) -> PairSession | None:
    """Return the pair review that somebody is in just now, rather one that ``name`` has a part in.

    Two go on where one stood still long enough to count as left, such as on a laptop that slept.
    """
    now = board.clock()
    running = [
        s
        for s in reversed(_unfinished(board))
        if any(is_here(s, one, presence, now) for one in s.people)
    ]
    return max(running, key=lambda s: name in s.people, default=None)


def is_here(session: PairSession, name: str, presence: Presence, now: datetime) -> bool:
    """Return whether somebody is at a review just now: joined, not left, not lost, their process alive."""
    if session.role_of(name) is None:
        return False
    if pair_sessions.is_lost(session, name, presence.seen(), now):
        return False
    return presence.lives(session.people[name].seat)


def announcement(session: PairSession, board: Board) -> str:
    """Return what a board says of a pair review: ``ann started a pair review at 10:02``.

    To who left it: ``ann is still in the pair review that you left``.
    """
    me = session.people.get(board.by)
    if me and me.left:
        here = sorted(p.name for p in session.people.values() if p.left is None)
        return f"{listed(here)} {plural(len(here), 'is', 'are')} still in the pair review that you left"
    at = session.started.astimezone(board.zone)
    return f"{session.by} started a pair review at {at:%H:%M}"


def words_of_left(session: PairSession, board: Board, presence: Presence) -> str:
    """Return which review was left: ``The pair review of ann and raj, 4 of 8 decided, stopped at 15:58``.

    It stopped when the last of them left, or gave a sign before their connection was lost.
    """
    who = listed(sorted(p.name for p in session.people.values() if p.role.votes))
    done = sum(is_decided(board, session, card) for card in session.queue)
    seen, lost = presence.seen(), (p.seat for p in session.people.values() if p.left is None)
    signs = (seen[seat] for seat in lost if seat in seen)
    at = max([session.last_seen, *signs]).astimezone(board.zone)
    day = board.today.day
    when = f"at {at:%H:%M}" if at.date() == day else f"on {short_day(at.date(), day)}"
    return f"The pair review of {who}, {done} of {len(session.queue)} decided, stopped {when}"


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


def _free_role(session: PairSession, name: str, *, is_left: bool) -> PairRole:
    """Return the role that somebody had here, if it is free, or another that is; else to watch.

    While a review is left by all voters, their roles are kept for them.
    """
    others = (p for p in session.people.values() if p.name != name)
    taken = {p.role for p in others if p.role.votes and (is_left or p.left is None)}
    known = [session.people[name].role] if name in session.people else []
    wanted = (*known, PairRole.REP, PairRole.MANAGER, PairRole.WATCHER)
    return next(role for role in wanted if role not in taken)


def _end(tables: Tables, session_id: str, now: datetime) -> list[DocumentChange]:
    """Return the end of a review that nobody is in any more."""
    document, session = stored_session(tables, session_id)
    return session_change(document, pair_sessions.finish(session, now))
