"""What a pair review writes: its own state and the joint verdict, and which one can be taken back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from review_board.board.document_diff import difference
from review_board.board.undo import is_progress, standing
from review_board.errors import RefusedError
from review_board.judgement.recommendation import Recommendation
from review_board.pair import session as pair_sessions
from review_board.pair.session import PairSession, Settlement, is_pair, pair_session_of
from review_board.pair.settling import pair_record, settlement_of
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import from_document
from review_board.pipeline.stamp import Stamp
from review_board.review.changed_meanwhile import decided_change, verdict_ids
from review_board.review.overruling import confirms, first_verdict
from review_board.review.session import Session, session_document
from review_board.review.session_cards import names_session
from review_board.review.verdicts import Circumstances, Decision, record_decision
from review_board.settings.tree import Settings
from review_board.store.changes import change_between
from review_board.store.protocol import (
    META,
    PROSPECTS,
    SESSIONS,
    Commit,
    Document,
    DocumentChange,
    Tables,
)
from review_board.wording import listed

_NOTE = "pair"
_STATE = tuple(name for name in PairSession.model_fields if name not in ("id", "rev"))


def stored_session(tables: Tables, session_id: str) -> tuple[Document, PairSession]:
    """Return the pair review as it is on disk. Raises ``RefusedError`` when it is over."""
    document = tables.get(SESSIONS, {}).get(session_id)
    if document is None or not is_pair(document):
        raise RefusedError("This pair review is over")
    return document, pair_session_of(document)


def note_which_goes_on(
    tables: Tables, session_id: str, seat: str, known: Iterable[PairSession], joining: str
) -> DocumentChange:
    """Return the note of the review that goes on from now, begun or taken up by who sits at this ``seat``.

    Refuse it where somebody has come to another one since the ``known`` were seen; ``joining`` is the cure.
    All write the same note, so that of two at once one is refused.
    """
    people = {session.id: session.people for session in known}
    for key, document in tables.get(SESSIONS, {}).items():
        if key == session_id or not is_pair(document):
            continue
        if pair_session_of(document).people != people.get(key):
            raise RefusedError(f"{document.get('by')} has just started a pair review", joining)
    note = {"id": _NOTE, "session": session_id, "seat": seat}
    return change_between(META, _NOTE, tables.get(META, {}).get(_NOTE), note)


def ended_session(tables: Tables, session_id: str, after: Session) -> list[DocumentChange]:
    """Return the end of a review."""
    document, _ = stored_session(tables, session_id)
    note = tables.get(META, {}).get(_NOTE)
    noted = [change_between(META, _NOTE, note, None)] if note else []
    return [*session_change(document, after), *noted]


def session_change(before: Document, after: Session) -> list[DocumentChange]:
    """Return the change to the next state, which holds only while nothing else of it has changed."""
    expects = {name: before.get(name) for name in _STATE}
    return difference(SESSIONS, before, session_document(after), expects)


@dataclass(frozen=True, slots=True)
class JointVerdict:
    """The verdict of both on a card, to be put on record: as decided, on the record as it was ``seen``.

    ``ahead`` is the place of the card that comes up after it.
    """

    session_id: str
    card: str
    settlement: Settlement
    decision: Decision
    recommendation: Recommendation
    seen: Document
    ahead: int
    stamp: Stamp
    today: Today
    settings: Settings
    terminal: str = ""

    def changes(self, tables: Tables) -> Sequence[DocumentChange]:
        """Return the verdict and the step to the next card; nothing when somebody was faster.

        Nothing, too, when the record has changed since: then the recommendation may be another one.
        """
        document, session = stored_session(tables, self.session_id)
        now = tables.get(PROSPECTS, {}).get(self.card)
        if session.current != self.card or settlement_of(session) != self.settlement:
            return ()
        if now is None or now.get("rev") != self.seen.get("rev"):
            return ()
        if names_session(now, "verdicts", session.id):
            return ()
        before = from_document(now)
        first = first_verdict(before, session, self.today, verdict_ids(now))
        stays = first and (
            first.session == session.id or confirms(self.decision.to, first, session)
        )
        about = Circumstances(
            session.id,
            pair_sessions.seconds_on_card(session, self.stamp.at),
            None if stays else first,
            pair_record(session, self.settlement, self.terminal),
        )
        after = record_decision(
            before,
            self.decision,
            self.recommendation,
            self.today,
            replace(self.stamp, by=listed(sorted(about.pair.people if about.pair else ()))),
            settings=self.settings,
            circumstances=about,
        )
        past = pair_sessions.settled(session, self.card, self.stamp.at)
        past = past.model_copy(update={"place": self.ahead})
        return [*decided_change(now, before, after), *session_change(document, past)]


# What was done last, to take it back


def last_done(
    history: Iterator[Commit], session_id: str, is_meant: Callable[[Commit], bool]
) -> Commit:
    """Return the last commit that is meant of those since a review began that still stand."""
    for commit in standing(takewhile(lambda commit: not commit.gap, history)):
        if is_meant(commit):
            return commit
        if any(c.table == SESSIONS and c.id == session_id and c.creates for c in commit.docs):
            break  # there the review began
    raise RefusedError("There is nothing of this review to take back")


def card_of_verdict(commit: Commit, session_id: str) -> str:
    """Return the card on which a commit put a joint verdict of a review; empty for any other commit."""
    for change in commit.docs:
        for pointer, value in change.after.items():
            is_verdict = pointer.startswith("verdicts/") and isinstance(value, Mapping)
            if is_verdict and value.get("session") == session_id and value.get("pair"):
                return change.id
    return ""


def changes_votes(commit: Commit, session_id: str, card: str) -> bool:
    """Return whether a commit changes what was said of a card of a review, and is no verdict."""
    said = (pointer for c in commit.docs if c.id == session_id for pointer in c.after)
    return is_progress(commit) and f"cards/{card}" in said
