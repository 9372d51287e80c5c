"""The review desk: one person's session over an open board, from the first card to the summary.

It joins the pure review to the board: every verdict and the step to the next card are one commit,
so whatever happens, the session resumes at the card that was in front of the person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from review_board.board.assess import Glance
from review_board.board.board import Board, SessionChange
from review_board.errors import InvalidValueError, RefusedError, UsageError
from review_board.judgement import Recommendation
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Answer, Ruling
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column
from review_board.review import (
    Circumstances,
    Decision,
    Session,
    Summary,
    due_queue,
    rule,
    ruling_in,
    session_document,
    session_of,
    summarise,
    unfinished,
)
from review_board.review import session as sessions
from review_board.store import SESSIONS, Commit, Document

STALE = timedelta(days=6)
"""A session left for longer is not taken up again: its queue is another week's."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which prospects are reviewed. ``everything`` takes those not due as well."""

    everything: bool = False
    limit: int | None = None
    owner: str = ""
    column: Column | None = None

    @property
    def name(self) -> str:
        """The scope as stored with the session, to know it again."""
        parts = ["all"] if self.everything else []
        parts += [f"limit {self.limit}"] if self.limit else []
        parts += [f"owner {self.owner}"] if self.owner else []
        parts += [str(self.column)] if self.column else []
        return ", ".join(parts)


class Desk:
    """A review in progress. ``session`` is where it stands; ``resumed`` says it was taken up."""

    def __init__(self, board: Board, session: Session, *, resumed: bool) -> None:
        self.board = board
        self.session = session
        self.resumed = resumed

    @classmethod
    def open(cls, board: Board, scope: Scope = Scope()) -> "Desk":
        """Take up this person's unfinished session of the same scope, or start one.

        A session over an empty queue is not stored. Raises ``UsageError`` for an unknown owner.
        """
        left = unfinished(board.documents(SESSIONS).values(), board.by)
        if left and left.scope == scope.name and board.clock() - left.started < STALE:
            desk = cls(board, left, resumed=True)
            desk.pass_over_gone()
            if desk.current:
                return desk
        cards = queue_of(board, scope)
        stamp = board.stamp()
        session = sessions.start(f"s-{stamp.key}", board.by, stamp.at, cards, scope.name)
        desk = cls(board, session, resumed=False)
        if cards and not board.read_only:
            board.save_session(SessionChange(None, session_document(session)), "review: start")
        return desk

    # Where it stands

    @property
    def current(self) -> str | None:
        """The prospect in front of the person, or ``None`` at the end."""
        return self.session.current

    def prospects(self) -> Iterator[Prospect]:
        """The prospects of the queue that are still there, in order."""
        for prospect_id in self.session.queue:
            if self.board.document(prospect_id) is not None:
                try:
                    yield self.board.prospect(prospect_id)
                except InvalidValueError:
                    continue

    def ruling_on(self, prospect_id: str) -> Ruling | None:
        """What this session decided on a prospect, if anything."""
        return ruling_in(self.board.prospect(prospect_id), self.session.id)

    def summary(self) -> Summary:
        """What the session has come to so far."""
        return summarise(
            self.session, self.prospects(), self.board.today, self.board.settings.estimates
        )

    # What a person does

    def decide(
        self,
        decision: Decision,
        recommendation: Recommendation,
        seconds: int = 0,
        seen: Document | None = None,
    ) -> None:
        """Record the verdict on the current card and go to the next, in one commit.

        ``seen`` is the record that the person looked at while deciding.
        """
        prospect_id = self._needed()
        today = self.board.today
        circumstances = Circumstances(self.session.id, seconds)

        def ruled(prospect: Prospect, stamp: Stamp) -> Prospect:
            return rule(
                prospect, decision, recommendation, today, stamp, circumstances=circumstances
            )

        after = sessions.step_past(self.session, prospect_id)
        name = self.board.prospect(prospect_id).name
        self.board.change_many(
            {prospect_id: ruled},
            f"{decision.verdict} {name} → {decision.destination.title}",
            [self._to(after)],
            seen={prospect_id: seen} if seen else None,
        )
        self.session = after
        self.pass_over_gone()

    def answer(self, question: str, given: Answer) -> None:
        """Answer a question about the current card; its recommendation changes with it."""
        action = f"answer {question}: {given.state}"
        self.board.change(
            self._needed(), lambda prospect, _: changes.answer(prospect, question, given), action
        )

    def skip(self) -> None:
        """Leave the current card as it is; it remains due."""
        self._progress(sessions.skip(self.session), "review: skip")
        self.pass_over_gone()

    def back(self) -> None:
        """To the card before."""
        if self.session.place == 0:
            raise RefusedError("This is the first card")
        self._progress(sessions.go_to(self.session, self.session.place - 1), "review: back")

    def returned(self, commit: Commit) -> None:
        """After an undo: back to the card that it changed."""
        changed = [d.id for d in commit.docs if d.id in self.session.queue]
        if changed:
            place = self.session.queue.index(changed[0])
            self._progress(sessions.go_to(self.session, place), "review: back")

    def undo(self) -> None:
        """Take back the last change, and return to the card that it changed."""
        self.board.undo(done=self.returned)

    def finish(self) -> None:
        """End the session: it is not taken up again."""
        if self.session.queue:
            ended = sessions.finish(self.session, self.board.clock())
            self._progress(ended, "review: finish")

    def refresh(self) -> None:
        """Take the session as the file has it: a write that failed has been taken back."""
        stored = self.board.document(self.session.id, SESSIONS)
        if stored is not None:
            self.session = session_of(stored)

    def pass_over_gone(self) -> None:
        """Step over cards that were undone, won, or cannot be read."""
        place = self.session.place
        while place < len(self.session.queue) and not self._stands(self.session.queue[place]):
            place += 1
        if place != self.session.place:
            self._progress(sessions.go_to(self.session, place), "review: step")

    def _stands(self, prospect_id: str) -> bool:
        entry = self.board.entry(prospect_id)
        if entry is None or entry.won:
            return False
        return not self.board.assessor.glance(prospect_id, self.board.today).spoilt

    def _needed(self) -> str:
        current = self.current
        if current is None:
            raise RefusedError("The review is over: there is no card to decide on")
        return current

    def _to(self, after: Session) -> SessionChange:
        return SessionChange(session_document(self.session), session_document(after))

    def _progress(self, after: Session, action: str) -> None:
        if not self.board.read_only and after != self.session:
            self.board.save_session(self._to(after), action)
        self.session = after


def queue_of(board: Board, scope: Scope) -> list[str]:
    """The ids to review under a scope, in the queue's order."""
    owner = fold(scope.owner)
    if owner and not any(owner in fold(e.owner) for e in board.index.entries.values()):
        raise UsageError(f"Nobody called {scope.owner!r} owns a prospect", "see review-board list")
    cards = [
        glance.card
        for glance in _glances(board, scope.column)
        if glance.card
        and (scope.everything or glance.is_due(board.today.day))
        and owner in fold(glance.card.owner)
    ]
    return [card.id for card in due_queue(cards)][: scope.limit]


def due_count(board: Board) -> int:
    """How many prospects are due for review today."""
    return sum(glance.is_due(board.today.day) for glance in _glances(board))


def next_due(board: Board) -> tuple[int, date | None]:
    """How many prospects stand on the board, and the day after today on which the next is due."""
    glances, today = list(_glances(board)), board.today.day
    ahead = [glance.due_on for glance in glances if glance.due_on and glance.due_on > today]
    return len(glances), min(ahead, default=None)


def _glances(board: Board, column: Column | None = None) -> Iterator[Glance]:
    today = board.today
    for name in [column] if column else list(Column):
        for prospect_id in board.column(name):
            yield board.assessor.glance(prospect_id, today)
