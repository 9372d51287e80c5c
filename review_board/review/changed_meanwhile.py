"""What somebody else did to a card or to the session while a person was looking at it or deciding on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from review_board.board.board import Board
from review_board.board.document_diff import difference, merged
from review_board.errors import RefusedError, ReviewBoardError
from review_board.judgement.verdict_history import did_when, verdict_words
from review_board.pipeline.dates import short_day
from review_board.pipeline.prospect import Prospect, records_in, to_document
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.review.overruling import first_verdict, is_reviewed, where_given
from review_board.review.session import Session
from review_board.store.conflicts import FieldConflictError
from review_board.store.pointers import is_nothing, same
from review_board.store.protocol import PROSPECTS, SESSIONS, Commit, Document, DocumentChange
from review_board.wording import capital

PLACING = ("column", "drop", "nurture", "callback", "do_not_contact", "won")
"""The fields that say where a card belongs."""
DECIDING = ("verdicts", *PLACING, "touches")
"""The fields that a verdict is about: it is refused when somebody changed one of them meanwhile."""


@dataclass(frozen=True, slots=True)
class CardNews:
    """What others did to a card, in words.

    ``verdict`` is the verdict that one more would overrule; it ``is_reviewed`` where a manager looks at
    it again. The card ``is_settled`` when they placed it: who agrees goes on to the next. It
    ``is_closed`` when nothing is left to decide.
    """

    text: str
    verdict: VerdictRecord | None = None
    is_reviewed: bool = False
    is_settled: bool = True
    is_closed: bool = False

    @property
    def sentence(self) -> str:
        """Return the words as a sentence begins."""
        return capital(self.text)


class DecidedMeanwhileError(RefusedError):
    """Somebody was first: one more verdict must be meant."""

    def __init__(self, name: str, news: CardNews) -> None:
        super().__init__(f"{name}: {news.text}", "nothing was stored from here")
        self.news = news


class CardWatch:
    """The card in front of a person: how it was when it came up, and who touched it since."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._id: str | None = None
        self._others: Commit | None = None
        self.first: Document | None = None

    def watch(self, prospect_id: str | None) -> None:
        """Begin anew when another card comes up."""
        if prospect_id != self._id:
            self._id, self._others = prospect_id, None
            self.first = self._board.document(prospect_id) if prospect_id else None

    def note(self, commits: Iterable[Commit]) -> None:
        """Remember who touched the card last."""
        for commit in commits:
            if any(
                (c.table, c.id) == (PROSPECTS, self._id) and c.touches(DECIDING)
                for c in commit.docs
            ):
                self._others = commit

    def news(self, session: Session) -> CardNews | None:
        """Return what must be said before the card is decided: it has its place from somebody else."""
        if self._id is None or self.first is None:
            return None
        news = meanwhile(self._board, session, self._id, self.first, others=self._others)
        if news is None or news.verdict:
            return news
        return news if self._others and news.is_settled else None

    def since(
        self, session: Session, seen: Document, overruling: VerdictRecord | None
    ) -> CardNews | None:
        """Return what others did to the card since somebody began to decide on it."""
        prospect_id = str(seen["id"])
        others = self._others if prospect_id == self._id else None
        return meanwhile(
            self._board, session, prospect_id, seen, others=others, overruling=overruling
        )


def meanwhile(
    board: Board,
    session: Session,
    prospect_id: str,
    seen: Document,
    *,
    others: Commit | None = None,
    overruling: VerdictRecord | None = None,
) -> CardNews | None:
    """Return what was done to a card since it was ``seen``, or ``None``.

    The verdict that somebody chose to overrule is known to them.
    """
    now = board.document(prospect_id)
    if now is None:
        return CardNews("somebody took back its adding", is_closed=True)
    prospect = board.prospect(prospect_id)
    if prospect.won and not seen.get("won"):
        return CardNews(_who_did(board, others, "marked it as won"), is_closed=True)
    first = first_verdict(prospect, session, board.today, verdict_ids(seen))
    if first and (overruling is None or first.id != overruling.id):
        where = where_given(first, board.by, session)
        words = verdict_words(
            first, board.by, board.clock(), board.today, board.settings, where=where
        )
        return CardNews(words, first, is_reviewed=is_reviewed(first, session))
    changed = {name for name in DECIDING if _differs(now.get(name), seen.get(name))}
    if changed & set(PLACING):
        did, why = _moved(board, prospect, changed)
        return CardNews(f"{_who_did(board, others, did)}{why}")
    if "touches" in changed and len(prospect.touches) > len(seen.get("touches") or ()):
        touch = prospect.touches[-1]
        who = "you" if touch.by == board.by else touch.by or "somebody"
        logged = did_when(who, "logged", _moment(others), board.clock(), board.today)
        return CardNews(f"{logged}: {touch.meaning.label}", is_settled=False)
    return None


def news_of(commit: Commit) -> str:
    """Return what to tell others of a change; empty for a mere step from one card to another."""
    if any(change.table != SESSIONS for change in commit.docs):
        undone, redone = commit.action.removeprefix("undo: "), commit.action.removeprefix("redo: ")
        if undone != commit.action:
            return f"took back: {undone}"
        return f"did again: {redone}" if redone != commit.action else commit.action
    return "began a review" if any(change.creates for change in commit.docs) else ""


def verdict_ids(document: Document) -> frozenset[str]:
    """Return the ids of the verdicts in a stored record."""
    return frozenset(str(record.get("id")) for record in records_in(document, "verdicts"))


def _differs(one: object, other: object) -> bool:
    return not same(one, other) and not (is_nothing(one) and is_nothing(other))


def _who_did(board: Board, commit: Commit | None, did: str) -> str:
    """Return who did it and when, as far as that is known."""
    who = "somebody" if commit is None else "you" if commit.by == board.by else commit.by
    return did_when(who, did, _moment(commit), board.clock(), board.today)


def _moment(commit: Commit | None) -> datetime | None:
    return datetime.fromisoformat(commit.at) if commit else None


def _moved(board: Board, prospect: Prospect, changed: set[str]) -> tuple[str, str]:
    """Return what was done outside of a review, and why: ``moved it to Dropped``, ``: no budget``."""
    if prospect.do_not_contact and "do_not_contact" in changed:
        return "noted that they want no contact", ""
    if prospect.column is Column.DROPPED and prospect.drop and changed & {"column", "drop"}:
        return "moved it to Dropped", f": {board.settings.reason_label(prospect.drop.reason)}"
    if "column" not in changed and "callback" in changed and prospect.callback:
        return f"set its callback to {short_day(prospect.callback.on, board.today.day)}", ""
    return f"moved it to {prospect.column.title}", ""


def refused_by_others(
    board: Board, session: Session, error: ReviewBoardError, sent: Mapping[str, Document]
) -> RefusedError | None:
    """Return what to tell when a step was refused because a card was decided or the review went on.

    ``sent`` are the cards of the step as they were known when it was sent. What is told is about the
    record on which the step was refused.
    """
    if not isinstance(error, FieldConflictError):
        return None
    if (error.table, error.id) == (SESSIONS, session.id):
        return RefusedError(
            "This review went on in another window meanwhile", "nothing was stored from here"
        )
    known = sent.get(error.id) if error.table == PROSPECTS else None
    if known and (news := meanwhile(board, session, error.id, known, others=error.commit)):
        return DecidedMeanwhileError(str(known.get("name") or error.id), news)
    return None


def changes_session(session: Session, commits: Iterable[Commit]) -> bool:
    """Return whether others' commits changed the session itself: it goes on in another window."""
    return any(
        (change.table, change.id) == (SESSIONS, session.id)
        for commit in commits
        for change in commit.docs
    )


def decided_change(raw: Document, before: Prospect, after: Prospect) -> list[DocumentChange]:
    """Return the change of a prospect by a verdict, which holds only while nobody else decides it."""
    expects = {name: raw.get(name) for name in DECIDING}
    new = merged(raw, to_document(before), to_document(after))
    return difference(PROSPECTS, raw, new, expects)
