"""A pair review as it is stored while it goes on: who is there, who drives, and what is said of each card.

It is a review session with more fields, one document of the table ``sessions``. What happens to it is
a function from one state to the next, given who does it and the moment; ``RefusedError`` says what
cannot be. When it ends, the fields of the pair go: the verdicts stay, and a session as any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, ValidationError

from review_board.errors import InvalidValueError, RefusedError
from review_board.pair.vote import Vote
from review_board.pipeline.model import Model, first_fault
from review_board.pipeline.records import NextStep
from review_board.pipeline.text import Line
from review_board.review import session as sessions
from review_board.review.session import Session

LOST_AFTER = timedelta(seconds=30)
"""So long after the last sign of a person their connection counts as lost, and the wheel is free."""
TALK = timedelta(seconds=60)
"""How long each of two who disagree may speak."""


class PairRole(StrEnum):
    """What somebody does in a pair review; there is one rep and one manager, and any number watch."""

    REP = "rep"
    MANAGER = "manager"
    WATCHER = "watcher"

    @property
    def votes(self) -> bool:
        """Return whether this one has a vote."""
        return self is not PairRole.WATCHER

    @property
    def other(self) -> "PairRole":
        """Return the role of who votes beside this one."""
        return PairRole.REP if self is PairRole.MANAGER else PairRole.MANAGER


class Participant(Model):
    """Somebody who joined. ``seat`` is the process that they sit at, ``left`` when they went."""

    name: Line
    role: PairRole
    seat: Line
    joined: AwareDatetime
    left: AwareDatetime | None = None
    login: Line = ""
    asserted: bool = False


Count = Annotated[int, Field(ge=0)]


class Ballot(Model):
    """A vote that was cast and is not revealed: its hash, the key to hand it over, and from which seat.

    ``again`` counts the votes that it took the place of.
    """

    commitment: Line
    key: str
    seat: Line
    again: Count = 0


class Sealed(Model):
    """A vote that its voter handed over to the holder of ``key``, once all had cast theirs."""

    key: str
    text: str


class RevealedVote(Model):
    """A vote that was revealed, with the salt that proves it was the one cast."""

    salt: str
    vote: Vote
    again: Count = 0


class Reveal(Model):
    """All votes of one turn, which came to light together."""

    at: AwareDatetime
    votes: dict[str, RevealedVote]


class Settlement(Model):
    """What a card came to: how, the ``vote`` that it follows, and ``by`` whom where one of the two did it.

    ``how`` is one of the words in which a verdict record says how it was ``settled``.
    """

    how: Line
    by: Line = ""
    vote: Vote
    bet: NextStep | None = None
    moved: tuple[Line, ...] = ()
    dissent: Line = ""


class Proposal(Model):
    """What one asks the other to agree to: another way to do what both want, or a ``bet`` at a split."""

    by: Line
    vote: Vote
    bet: NextStep | None = None


class CardVotes(Model):
    """What was said of one card. ``refused`` says whose vote did not fit its hash, until they vote again.

    ``again`` says that the one re-vote has begun. ``spoken`` counts the turns to speak that were cut
    short at a split, ``talk`` is when the one after them began.
    """

    ballots: dict[str, Ballot] = Field(default_factory=dict)
    sealed: dict[str, Sealed] = Field(default_factory=dict)
    reveals: tuple[Reveal, ...] = ()
    refused: dict[str, Line] = Field(default_factory=dict)
    again: bool = False
    spoken: Count = 0
    talk: AwareDatetime | None = None
    proposal: Proposal | None = None
    settlement: Settlement | None = None

    @property
    def turn(self) -> int:
        """Return which vote this is: 1, or 2 from the re-vote on."""
        return 2 if self.again else 1

    @property
    def is_voting(self) -> bool:
        """Return whether votes of this turn are still hidden."""
        return len(self.reveals) < self.turn


class PairSession(Session):
    """A review session of two. ``people`` by name; ``driver`` moves on; ``since`` when the card came up."""

    people: dict[str, Participant] = Field(default_factory=dict)
    driver: Line = ""
    since: AwareDatetime | None = None
    cards: dict[str, CardVotes] = Field(default_factory=dict)

    @property
    def voters(self) -> tuple[str, ...]:
        """Return who votes just now, in the order in which they joined."""
        here = (p for p in self.people.values() if p.role.votes and p.left is None)
        return tuple(p.name for p in sorted(here, key=lambda p: (p.joined, p.name)))

    @property
    def last_seen(self) -> datetime:
        """Return the last moment at which somebody came, went, or went on to another card."""
        moments = (moment for p in self.people.values() for moment in (p.joined, p.left) if moment)
        return max(self.since or self.started, *moments)

    @property
    def card(self) -> CardVotes:
        """Return what was said of the current card."""
        return self.cards.get(self.current or "", CardVotes())

    def role_of(self, name: str) -> PairRole | None:
        """Return what somebody does who is there; ``None`` for everybody else."""
        person = self.people.get(name)
        return person.role if person and person.left is None else None


Seen = Mapping[str, datetime]
"""When there was the last sign of life, by seat."""


# Beginning and end


def start(
    session_id: str, person: Participant, at: datetime, queue: Iterable[str], **parts: Any
) -> PairSession:
    """Return a pair review over a queue, with one person there who drives."""
    if not person.role.votes:
        raise RefusedError(
            "Who only watches cannot start a pair review", "start it as rep or manager"
        )
    return PairSession(
        id=session_id,
        by=person.name,
        started=at,
        queue=tuple(queue),
        since=at,
        people={person.name: person},
        driver=person.name,
        **parts,
    )


def finish(session: PairSession, at: datetime) -> Session:
    """End it. What remains is a session as any other: nothing of votes, keys and presence."""
    counted = _worked(session, at)
    known = {name: getattr(counted, name) for name in Session.model_fields}
    return sessions.finish(Session(**known, **(session.model_extra or {})), at)


def is_pair(document: Mapping[str, Any]) -> bool:
    """Return whether a stored session is a pair review that goes on."""
    return bool(document.get("people")) and not document.get("finished")


def pair_session_of(document: Mapping[str, Any]) -> PairSession:
    """Return the pair review in a stored document."""
    try:
        return PairSession.model_validate(document)
    except ValidationError as error:
        raise InvalidValueError(
            f"A pair review cannot be read: {first_fault(error)}", "run review-board doctor"
        ) from error


# Who is there


def join(session: PairSession, person: Participant, seen: Seen) -> PairSession:
    """Let somebody in, or back in from another terminal, which takes the seat of the first.

    A role that votes is free when nobody has it, or who has it left or was lost.
    """
    for other in session.people.values():
        is_taken = other.role is person.role and person.role.votes and other.name != person.name
        if not is_taken or other.left:
            continue
        if not is_lost(session, other.name, seen, person.joined):
            raise RefusedError(
                f"{other.name} is the {other.role} of this review", "join as another, or to watch"
            )
        session = leave(session, other.name, person.joined)
    people = {**session.people, person.name: person}
    return session.model_copy(update={"people": people})


def leave(session: PairSession, name: str, at: datetime) -> PairSession:
    """Note that somebody went. The wheel is free if they had it; what they cast can be cast again."""
    person = _there(session, name)
    people = {**session.people, name: person.model_copy(update={"left": at})}
    driver = "" if session.driver == name else session.driver
    return session.model_copy(update={"people": people, "driver": driver})


def is_lost(session: PairSession, name: str, seen: Seen, now: datetime) -> bool:
    """Return whether there was no sign of somebody for 30 seconds."""
    person = session.people[name]
    last = max(person.joined, seen.get(person.seat, person.joined))
    return now - last >= LOST_AFTER


# The wheel


def driver_of(session: PairSession, seen: Seen, now: datetime) -> str:
    """Return who drives; nobody when they left or were lost for 30 seconds."""
    name = session.driver
    return "" if session.role_of(name) is None or is_lost(session, name, seen, now) else name


def take_wheel(session: PairSession, name: str) -> PairSession:
    """Let a voter drive, whoever did before."""
    _voter(session, name)
    return session.model_copy(update={"driver": name})


def drive(session: PairSession, name: str, seen: Seen, now: datetime) -> PairSession:
    """Return the session with somebody at the wheel who drives or finds it free; refuse it to others."""
    driver = driver_of(session, seen, now)
    if driver not in ("", name):
        raise RefusedError(f"{driver} is driving", "take over first")
    return take_wheel(session, name)


def go_to(session: PairSession, place: int, at: datetime) -> PairSession:
    """Bring up the card at a place for all; what was said of the one before stays with it."""
    moved = sessions.go_to(_worked(session, at), place)
    return moved.model_copy(update={"since": at})


def skip(session: PairSession, at: datetime) -> PairSession:
    """Leave the current card as it is, still due."""
    return sessions.skip(_worked(session, at)).model_copy(update={"since": at})


def settled(session: PairSession, card: str, at: datetime) -> PairSession:
    """Return the session past a card whose verdict is on record; nothing of the votes on it is kept."""
    cards = {key: votes for key, votes in session.cards.items() if key != card}
    past = sessions.step_past(_worked(session, at), card)
    return past.model_copy(update={"since": at, "cards": cards})


def seconds_on_card(session: PairSession, now: datetime) -> int:
    """Return how long the current card has been up; a pause counts as ten minutes at most."""
    return sessions.seconds_of_work(session.since or session.started, now)


def _worked(session: PairSession, at: datetime) -> PairSession:
    return sessions.work(session, seconds_on_card(session, at))


# Checks that others share


def _there(session: PairSession, name: str) -> Participant:
    person = session.people.get(name)
    if person is None or person.left is not None:
        raise RefusedError(f"{name} is not in this review", "join it first")
    return person


def _voter(session: PairSession, name: str) -> Participant:
    person = _there(session, name)
    if not person.role.votes:
        raise RefusedError(f"{name} only watches", "the rep and the manager vote and drive")
    return person


def with_card(session: PairSession, name: str, card: str, **said: Any) -> PairSession:
    """Return the session with what a voter says of the current card; refuse it for any other card."""
    _voter(session, name)
    check_current(session, card)
    votes = session.card.model_copy(update=said)
    return session.model_copy(update={"cards": {**session.cards, card: votes}})


def check_current(session: PairSession, card: str | None) -> None:
    """Refuse what is meant for a card that is up no more."""
    if card != session.current:
        raise RefusedError("The review has gone on to another card", "nothing was stored from here")


@dataclass(frozen=True, slots=True)
class PersonHere:
    """Somebody in the header: ``voted`` is ``None`` for who has no vote, or where nothing is voted on."""

    name: str
    role: PairRole
    drives: bool
    is_lost: bool
    voted: bool | None


def people_here(
    session: PairSession, seen: Seen, now: datetime, *, is_blind: bool
) -> list[PersonHere]:
    """Return who is there, those who drive first, then who vote; ``is_blind``: votes are hidden now."""
    driver = driver_of(session, seen, now)
    here = [
        PersonHere(
            p.name,
            p.role,
            p.name == driver,
            is_lost(session, p.name, seen, now),
            _has_voted(session, p) if is_blind and p.role.votes else None,
        )
        for p in session.people.values()
        if p.left is None
    ]
    return sorted(here, key=lambda p: (not p.drives, not p.role.votes, p.name))


def _has_voted(session: PairSession, person: Participant) -> bool:
    """Return whether somebody's vote is in; one that was cast at another seat is cast again."""
    ballot = session.card.ballots.get(person.name)
    return ballot is not None and ballot.seat == person.seat
