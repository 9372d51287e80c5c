"""Which cards of a session are still to be shown and to be decided, as the records stand now."""

from collections.abc import Container, Iterable

from review_board.board.board import Board
from review_board.judgement.due.queue import Group
from review_board.review.session import Session
from review_board.review.session_records import names_session, settled_elsewhere

RESTS = "nothing owed yet"
"""What the part is called for a card that we shall owe something on a later day."""
NAMED = 2
"""Records that are named where several are passed over at once."""


def is_decided(board: Board, session: Session, prospect_id: str) -> bool:
    """Whether the session gave a verdict on it."""
    return names_session(board.document(prospect_id), "verdicts", session.id)


def can_be_shown(board: Board, session: Session, prospect_id: str) -> bool:
    """Whether there still is a card: not undone, won, spoilt or settled by others meanwhile."""
    entry = board.entry(prospect_id)
    if entry is None or entry.won or why_unread(board, prospect_id):
        return False
    if is_decided(board, session, prospect_id):
        return True
    return not settled_elsewhere(board.document(prospect_id), session)


def is_reviewable(board: Board, session: Session, prospect_id: str) -> bool:
    """Whether a card comes up by itself: it can be shown, and did not go with the list."""
    if not can_be_shown(board, session, prospect_id):
        return False
    return not (prospect_id in session.sure and is_decided(board, session, prospect_id))


def next_reviewable(board: Board, session: Session, gone: Container[str] = ()) -> int:
    """The place of the next card that comes up by itself, without those that are ``gone`` just now."""
    place, queue = session.place, session.queue
    while place < len(queue) and (
        queue[place] in gone or not is_reviewable(board, session, queue[place])
    ):
        place += 1
    return place


def why_unread(board: Board, prospect_id: str) -> str:
    """Why a record that is there cannot be read, and what to do; empty where it can be."""
    there = board.entry(prospect_id) is not None
    return board.evaluator.card_summary(prospect_id, board.today).spoilt if there else ""


class Unread:
    """The records that a session passed over because they cannot be read, to be told of once each."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}
        self._untold: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._told) + len(self._untold)

    def note(self, board: Board, passed: Iterable[str]) -> None:
        """Remember those of the cards passed that cannot be read."""
        found = {i: why for i in passed if (why := why_unread(board, i)) and i not in self._told}
        self._untold |= found

    def tell(self, board: Board) -> list[str]:
        """A line about those noted since this was asked last."""
        told, self._untold = self._untold, {}
        self._told |= told
        if len(told) > 1:
            names = [entry.name for i in [*told][:NAMED] if (entry := board.entry(i))]
            rest = ["…"] if len(told) > NAMED else []
            which = f"{len(told):,} records cannot be read ({', '.join([*names, *rest])})"
            return [f"Passed over: {which}; run review-board doctor"]
        return [f"Passed over: {why}" for why in told.values()]


def part_of_queue(board: Board, prospect_id: str | None) -> str:
    """What the part of the queue is called that a card belongs to; a promise that rests is no debt yet."""
    if prospect_id is None or board.document(prospect_id) is None:
        return ""
    card_summary = board.evaluator.card_summary(prospect_id, board.today)
    if card_summary.card is None:
        return ""
    rests = card_summary.card.group is Group.OWED and not card_summary.owed
    return RESTS if rests else card_summary.card.group.title


def rep_of(board: Board, session: Session) -> str:
    """In a manager's review: whose the current card is, and the how many-th of theirs."""
    if session.current is None or not session.why:
        return ""
    owners = [entry.owner if (entry := board.entry(i)) else "" for i in session.queue]
    owner, place = owners[session.place], session.place
    nth = owners[: place + 1].count(owner)
    return f"{owner or 'no owner'} {nth} of {owners.count(owner)}"


def waits(board: Board, session: Session, prospect_id: str) -> bool:
    """Whether a card can still be decided in the session."""
    return is_reviewable(board, session, prospect_id) and not is_decided(
        board, session, prospect_id
    )
