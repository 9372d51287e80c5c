"""Who is at a pair review just now, as the header shows it."""

from dataclasses import dataclass
from datetime import datetime

from review_board.pair import session as pair_sessions
from review_board.pair.session import PairRole, PairSession, Participant, Seen


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
    driver = pair_sessions.driver_of(session, seen, now)
    here = [
        PersonHere(
            p.name,
            p.role,
            p.name == driver,
            pair_sessions.is_lost(session, p.name, seen, now),
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
