"""The secret that a process keeps of its vote, and the step that it takes once both have voted."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from review_board.errors import RefusedError
from review_board.pair import voting
from review_board.pair.sealing import SECRET_BYTES, public_key, seal, unseal
from review_board.pair.session import Ballot, PairSession, RevealedVote, Sealed
from review_board.pair.vote import SALT_BYTES, Place, Vote, commitment

RandomBytes = Callable[[int], bytes]
MISFIT = "the vote did not fit its hash"


@dataclass(frozen=True, slots=True)
class Secret:
    """What only the voter's process knows until the reveal: the vote, its salt, and a secret number."""

    vote: Vote
    salt: bytes
    number: bytes

    @classmethod
    def of(cls, vote: Vote, random_bytes: RandomBytes) -> "Secret":
        """Return the secret of a vote."""
        return cls(vote, random_bytes(SALT_BYTES), random_bytes(SECRET_BYTES))

    def ballot(self, place: Place, seat: str) -> Ballot:
        """Return what may be stored of it."""
        hashed = commitment(self.salt, self.vote, place)
        return Ballot(commitment=hashed, key=public_key(self.number), seat=seat)

    @property
    def opening(self) -> RevealedVote:
        """Return what is shown at the reveal."""
        return RevealedVote(salt=self.salt.hex(), vote=self.vote)


Step = tuple[str, Callable[[PairSession], PairSession]]
"""What a process does for the reveal: its name, and the change of the state."""


def step_to_reveal(
    session: PairSession, name: str, secrets: dict[str, Secret], now: datetime
) -> Step | None:
    """Return what this process can do for the reveal now: hand over, reveal or refuse; or nothing.

    It can do nothing while somebody has not voted, or when its own salt is lost.
    """
    card, other = session.current, voting.other_voter(session, name)
    if card is None or other is None or name not in session.voters or not voting.all_in(session):
        return None
    votes = session.card
    own, theirs = votes.ballots[name], votes.ballots[other]
    secret = secrets.get(own.commitment)
    if secret is None:
        return None
    handed = votes.sealed.get(other)
    if handed is None or handed.key != own.key:
        if name in votes.sealed and votes.sealed[name].key == theirs.key:
            return None
        text = secret.opening.model_dump_json(exclude={"again"}).encode()
        where = _where(session, card, name, other)
        sealed = Sealed(key=theirs.key, text=seal(text, secret.number, theirs.key, where))
        return "hand over", lambda s: voting.hand_over(s, name, card, sealed)
    opening = _opened(session, card, other, name, secret)
    if opening is None:
        return "refuse", lambda s: voting.refuse(s, name, card, other, MISFIT)
    both = {name: secret.opening, other: opening}
    return "reveal", lambda s: voting.reveal(s, name, card, both, now)


def _opened(
    session: PairSession, card: str, other: str, name: str, secret: Secret
) -> RevealedVote | None:
    """Return what the other handed over; ``None`` where it is not the vote that they cast."""
    votes = session.card
    where = _where(session, card, other, name)
    try:
        text = unseal(votes.sealed[other].text, secret.number, votes.ballots[other].key, where)
        opening = RevealedVote.model_validate_json(text)
    except (RefusedError, ValidationError):
        return None
    return opening if voting.opens(session, other, card, opening) else None


def _where(session: PairSession, card: str, giver: str, taker: str) -> str:
    """Return what makes this sealing differ from every other one."""
    ballots = session.card.ballots
    parts = [session.id, card, session.card.turn, giver, taker]
    return json.dumps([*parts, ballots[giver].commitment, ballots[taker].commitment])
