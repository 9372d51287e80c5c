"""A review session: the queue as it stood, and how far we are. It lives in the file.

Progress is data, so that quitting, a lost connection or a kill resume at the same card.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import AwareDatetime, Field, ValidationError

from review_board.errors import InvalidValueError
from review_board.pipeline.model import Model, first_fault
from review_board.pipeline.records import Id, Reason
from review_board.pipeline.text import Line, Note
from review_board.pipeline.vocabulary import Column

PAUSE = 600
"""Seconds between two steps that count as work at most: longer is a pause."""
STALE = timedelta(days=6)
"""A session left for longer is not taken up again: its queue is another week's."""


class ListMark(Model):
    """What was done to a line of the sure purges ``on`` a day, before the list is passed; no verdict.

    It is about what the line proposed then, the ``rule`` and where ``to``. ``reason`` and ``note``
    are those given in place of what was proposed.
    """

    on: date
    rule: Line = ""
    to: Column | None = None
    ticked: bool = False
    reason: Reason | None = None
    note: Note = ""

    @property
    def says_something(self) -> bool:
        """Return whether the line is another one than without it."""
        return self.ticked or self.reason is not None


Outcomes = Annotated[int, Field(ge=0)]


class Session(Model):
    """One person's walk through a queue of prospect ids; ``place`` is the next card's index.

    What was decided is not kept here: the verdicts on the prospects name their session, so that
    undoing one is a change of its prospect alone. ``sure`` are the sure purges, which come as one
    list until it was ``listed``, with the ``marks`` made on its lines; ``parked`` what was left
    when the time was up; ``worked`` the seconds spent so far; ``overtime`` that somebody chose to
    go on after the time was up; ``why`` says for a manager's queue by which rule each card was
    picked; ``owner`` whose prospects alone it is about; ``outcomes`` how many were won and lost
    when it began, so that its figures stay the same; ``lost_bets`` the ids of the bets for which
    it dropped prospects when it began: no later one does so again, also where that was taken back.
    """

    id: Id
    rev: int = 0
    by: Line
    started: AwareDatetime
    scope: Line = ""
    owner: Line = ""
    queue: tuple[str, ...]
    place: Annotated[int, Field(ge=0)] = 0
    skipped: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    listed: bool = False
    marks: dict[str, ListMark] = Field(default_factory=dict)
    parked: tuple[str, ...] = ()
    worked: Annotated[int, Field(ge=0)] = 0
    overtime: bool = False
    why: dict[str, Line] = Field(default_factory=dict)
    outcomes: tuple[Outcomes, Outcomes] | None = None
    lost_bets: tuple[Line, ...] = ()
    finished: AwareDatetime | None = None

    @property
    def current(self) -> str | None:
        """Return the card to show, or ``None`` at the end."""
        return self.queue[self.place] if self.place < len(self.queue) else None

    @property
    def over(self) -> bool:
        """Return whether every card was passed."""
        return self.place >= len(self.queue)


AnySession = TypeVar("AnySession", bound=Session)
"""A session, or one that has more fields."""


def start(session_id: str, by: str, at: datetime, queue: Iterable[str], **parts: Any) -> Session:
    """Return a new session over a queue; ``parts`` are its scope, its sure purges, why each was picked."""
    return Session(id=session_id, by=by, started=at, queue=tuple(queue), **parts)


def step_past(session: AnySession, prospect_id: str) -> AnySession:
    """Pass a card that is decided, and go to the one after it."""
    skipped = tuple(s for s in session.skipped if s != prospect_id)
    return go_to(session.model_copy(update={"skipped": skipped}), session.place + 1)


def skip(session: AnySession) -> AnySession:
    """Leave the card as it is; it remains due."""
    current = session.current
    if current is None:
        return session
    skipped = tuple(dict.fromkeys((*session.skipped, current)))
    return go_to(session.model_copy(update={"skipped": skipped}), session.place + 1)


def go_to(session: AnySession, place: int) -> AnySession:
    """Go to the card at a place; the one after the last is the end."""
    return session.model_copy(update={"place": min(max(0, place), len(session.queue))})


def seconds_of_work(since: datetime, now: datetime) -> int:
    """Return how much of the time between two steps counts as work."""
    return max(0, min(PAUSE, int((now - since).total_seconds())))


def work(session: AnySession, seconds: int) -> AnySession:
    """Add so much time spent on it."""
    return session.model_copy(update={"worked": session.worked + max(0, seconds)})


def pass_list(session: Session) -> Session:
    """Pass the list of sure purges; what was not ticked comes as a card."""
    return session.model_copy(update={"listed": True})


def list_again(session: Session) -> Session:
    """Bring up the list again, with the first of its cards: what was ticked was taken back."""
    place = min((session.queue.index(i) for i in session.sure), default=session.place)
    return go_to(session.model_copy(update={"listed": False}), place)


def behind_the_list(session: Session, prospect_id: str) -> Session:
    """Put a card that is open again behind the sure purges: it comes up once more after them."""
    ahead, behind = session.queue[: session.place], session.queue[session.place :]
    last = max((n for n, i in enumerate(behind, 1) if i in session.sure), default=0)
    ahead = tuple(i for i in ahead if i != prospect_id)
    queue = (*ahead, *behind[:last], prospect_id, *behind[last:])
    return session.model_copy(update={"queue": queue, "place": len(ahead)})


def mark(session: Session, marks: Mapping[str, ListMark]) -> Session:
    """Set how lines of the list are marked; those not named stay as they were."""
    both = {**session.marks, **marks}
    kept = {key: one for key, one in both.items() if one.says_something}
    return session.model_copy(update={"marks": kept})


def forget_marks(session: Session, before: date) -> Session:
    """Drop the marks of the days before one."""
    kept = {key: one for key, one in session.marks.items() if one.on >= before}
    return session.model_copy(update={"marks": kept})


def go_on(session: Session) -> Session:
    """Note that somebody chose to go on after the time was up."""
    return session.model_copy(update={"overtime": True})


def park(session: Session, left: Iterable[str]) -> Session:
    """Count what is left as parked, as the time was up; it stays due."""
    return session.model_copy(update={"parked": tuple(left)})


def finish(session: Session, at: datetime) -> Session:
    """End it: it is not taken up again."""
    return session.model_copy(update={"finished": at})


def reopen(session: Session) -> Session:
    """Go on with it although it was done; what was parked is ahead again."""
    return session.model_copy(update={"finished": None, "parked": ()})


def session_of(document: Mapping[str, Any]) -> Session:
    """Return the session in a stored document."""
    try:
        return Session.model_validate(document)
    except ValidationError as error:
        raise InvalidValueError(
            f"A review cannot be read: {first_fault(error)}", "run review-board doctor"
        ) from error


def session_document(session: Session) -> dict[str, Any]:
    """Return the session as JSON values."""
    return session.model_dump(mode="json", exclude_defaults=True)


def unfinished(documents: Iterable[Mapping[str, Any]], by: str, scope: str) -> Session | None:
    """Return the session of this scope that this person began last and has not finished.

    One of another scope, begun since, does not end it.
    """
    theirs = (d for d in documents if d.get("by") == by and d.get("scope", "") == scope)
    open_ones = [d for d in theirs if not d.get("finished")]
    if not open_ones:
        return None
    return session_of(max(open_ones, key=lambda d: (str(d.get("started")), str(d.get("id")))))


def fresh_unfinished(
    documents: Iterable[Mapping[str, Any]], by: str, scope: str, now: datetime
) -> Session | None:
    """Return that session, if its queue is not another week's: it is the one to take up again."""
    left = unfinished(documents, by, scope)
    return left if left and now - left.started < STALE else None


def put_last(session: Session, ids: Iterable[str]) -> Session:
    """Put cards that are still ahead at the end of the queue; what follows them comes up now."""
    later = {*ids}
    ahead, behind = session.queue[: session.place], session.queue[session.place :]
    first, last = [i for i in behind if i not in later], [i for i in behind if i in later]
    return session.model_copy(update={"queue": (*ahead, *first, *last)})
