"""The cards of a session as their records stand now: which are decided, which still come up, what is unreadable.

Documents are read as they are: a hand may have spoilt any of them.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from review_board.board.board import Board
from review_board.board.index import read_moment
from review_board.errors import InvalidValueError
from review_board.pipeline.prospect import Prospect, from_document, records_in
from review_board.review.overruling import settles
from review_board.review.session import Session
from review_board.review.summary import Summary, summarise
from review_board.store.protocol import Document

NAMED = 2
"""Records that are named where several are passed over at once."""


def is_decided(board: Board, session: Session, prospect_id: str) -> bool:
    """Return whether the session gave a verdict on it."""
    return names_session(board.document(prospect_id), "verdicts", session.id)


def can_be_shown(board: Board, session: Session, prospect_id: str) -> bool:
    """Return whether there still is a card: not undone, won, spoilt or settled by others meanwhile."""
    entry = board.entry(prospect_id)
    if entry is None or entry.won or why_unread(board, prospect_id):
        return False
    if is_decided(board, session, prospect_id):
        return True
    return not settled_elsewhere(board.document(prospect_id), session)


def is_reviewable(board: Board, session: Session, prospect_id: str) -> bool:
    """Return whether a card comes up by itself: it can be shown, and did not go with the list."""
    if not can_be_shown(board, session, prospect_id):
        return False
    return not (prospect_id in session.sure and is_decided(board, session, prospect_id))


def next_reviewable(board: Board, session: Session, gone: Container[str] = ()) -> int:
    """Return the place of the next card that comes up by itself, without those that are ``gone`` just now."""
    place, queue = session.place, session.queue
    while place < len(queue) and (
        queue[place] in gone or not is_reviewable(board, session, queue[place])
    ):
        place += 1
    return place


def why_unread(board: Board, prospect_id: str) -> str:
    """Return why a record that is there cannot be read, and what to do; empty where it can be."""
    known = board.evaluator.known_card_summary(prospect_id)
    if known or board.entry(prospect_id) is None:
        return known.spoilt if known else ""
    try:
        board.prospect(prospect_id)
    except InvalidValueError as error:
        return str(error)
    return ""


class Unread:
    """The records that a session passed over because they cannot be read, to be told of once each."""

    def __init__(self) -> None:
        self._reported: dict[str, str] = {}
        self._new: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._reported) + len(self._new)

    def note(self, board: Board, passed: Iterable[str]) -> None:
        """Remember those of the cards passed that cannot be read."""
        found = {
            i: why for i in passed if (why := why_unread(board, i)) and i not in self._reported
        }
        self._new |= found

    def tell(self, board: Board) -> list[str]:
        """Return a line about those noted since this was asked last."""
        new, self._new = self._new, {}
        self._reported |= new
        if len(new) > 1:
            names = [entry.name for i in [*new][:NAMED] if (entry := board.entry(i))]
            rest = ["…"] if len(new) > NAMED else []
            which = f"{len(new):,} records cannot be read ({', '.join([*names, *rest])})"
            return [f"Passed over: {which}; run review-board doctor"]
        return [f"Passed over: {why}" for why in new.values()]


def part_of_queue(board: Board, prospect_id: str | None) -> str:
    """Return what the part of the queue is called that a card belongs to."""
    if prospect_id is None or board.document(prospect_id) is None:
        return ""
    card = board.evaluator.card_summary(prospect_id).card
    return card.group.title if card else ""


def part_of_session(board: Board, session: Session, prospect_id: str) -> str:
    """Return the part of a session that a card belongs to: in a manager's review it is its rep."""
    entry = board.entry(prospect_id)
    if session.why or entry is None:
        return (entry.owner if entry else "") or "no owner"
    card = board.evaluator.card_summary(prospect_id).card
    return card.group.title if card else ""


def rep_of(board: Board, session: Session) -> str:
    """Return whose the current card is in a manager's review, and its number among theirs."""
    if session.current is None or not session.why:
        return ""
    owners = [entry.owner if (entry := board.entry(i)) else "" for i in session.queue]
    owner, place = owners[session.place], session.place
    nth = owners[: place + 1].count(owner)
    return f"{owner or 'no owner'} {nth} of {owners.count(owner)}"


def card_number(board: Board, session: Session, place: int) -> int:
    """Return the number of the card: those further on that went with the list are behind it."""
    ahead = session.queue[place + 1 :]
    return place + 1 + sum(is_decided(board, session, i) for i in ahead)


def dropped_ids(board: Board, session: Session) -> tuple[str, ...]:
    """Return those that were dropped when the review began since their bets were lost: no cards of it."""
    if not session.lost_bets:
        return ()
    return tuple(
        key
        for key, document in board.documents().items()
        if key not in session.queue and names_session(document, "verdicts", session.id)
    )


def cards_left(board: Board, session: Session) -> list[str]:
    """Return the cards from the current one on that a session has not decided."""
    return [i for i in session.queue[session.place :] if waits(board, session, i)]


def waits(board: Board, session: Session, prospect_id: str) -> bool:
    """Return whether a card can still be decided in the session."""
    return is_reviewable(board, session, prospect_id) and not is_decided(
        board, session, prospect_id
    )


# What documents say of verdicts and snoozes


def names_session(document: Document | None, records: str, session_id: str) -> bool:
    """Return whether one of these records was made in a session."""
    return any(record.get("session") == session_id for record in records_in(document, records))


def settled_elsewhere(document: Document | None, session: Session) -> bool:
    """Return whether a verdict of another review settles a card, as ``overruling`` tells.

    What one put off in another one of the same kind since this one began is settled too.
    """
    by_verdict = any(
        settles(record.get("by"), at, session)
        for record, at in _elsewhere(document, "verdicts", session)
    )
    return by_verdict or any(
        at > session.started and _is_own(record, session)
        for record, at in _elsewhere(document, "snoozes", session)
    )


def _elsewhere(
    document: Document | None, records: str, session: Session
) -> Iterator[tuple[Mapping[str, Any], datetime]]:
    """Yield the records that were not made in a session, and when they were made."""
    for record in records_in(document, records):
        at = read_moment(record.get("at"))
        if record.get("session") != session.id and at:
            yield record, at


def _is_own(snooze: Mapping[str, Any], session: Session) -> bool:
    manager = bool(snooze.get("manager"))
    return snooze.get("by") == session.by and manager == bool(session.why)


# What was decided


class DecidedCards:
    """Reads the decided cards of a session; each is built once for each state of its document.

    It is built of the document itself: what the board built before may be older for a moment, while
    the store takes in what others did.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self._models: dict[str, tuple[Document, Prospect]] = {}
        self._dropped: tuple[str, ...] = ()

    def of(self, session: Session) -> Iterator[Prospect]:
        """Yield the prospects that a session has decided, in the queue's order."""
        yield from self._decided(session, session.queue)

    def _decided(self, session: Session, ids: Iterable[str]) -> Iterator[Prospect]:
        for prospect_id in ids:
            document = self._board.document(prospect_id)
            if document is not None and names_session(document, "verdicts", session.id):
                try:
                    yield self._model(prospect_id, document)
                except InvalidValueError:
                    continue

    def summary(self, session: Session) -> Summary:
        """Return what a session has come to so far."""
        board = self._board
        self._dropped = self._dropped or dropped_ids(board, session)
        dropped = self._decided(session, self._dropped)
        return summarise(session, self.of(session), board.today, board.settings.minutes, dropped)

    def planned(self, session: Session) -> Mapping[date, int]:
        """Return how many steps and first touches of Nurture a session has set for each day."""
        decided = [*self.of(session)]
        steps = [p.next_step.on for p in decided if p.next_step]
        touches = [p.nurture.next_on for p in decided if p.nurture and p.nurture.next_on]
        return Counter(steps + touches)

    def _model(self, prospect_id: str, document: Document) -> Prospect:
        kept = self._models.get(prospect_id)
        if kept is None or kept[0] is not document:
            kept = self._models[prospect_id] = (document, from_document(document))
        return kept[1]
