"""From the blind vote to the reveal: what may happen to the votes on the card that is up.

1. Each voter casts a ballot: the hash of salt and vote, and a public key. Nothing else is stored.
2. When both ballots are there, each hands its vote over, sealed for the other.
3. Whoever could open the other's, and holds their own, reveals both in one step.

A voter whose process is gone has lost the salt and votes again; the ballot of the other stays, and
so does what they handed over, which nobody can read any more. Where both had handed over before one
of them was lost, the other reveals all the same.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from review_board.errors import RefusedError
from review_board.pair.session import (
    Ballot,
    CardVotes,
    PairSession,
    Reveal,
    RevealedVote,
    Sealed,
    with_card,
)
from review_board.pair.vote import Place, fits


def place_of(session: PairSession, card: str, name: str) -> Place:
    """Return where somebody's vote of this turn is cast."""
    turn = session.cards.get(card, CardVotes()).turn
    return Place(session.id, card, turn, name)


def all_in(session: PairSession) -> bool:
    """Return whether both ballots of this turn are there, and nothing is revealed yet."""
    votes, voters = session.card, session.voters
    return votes.is_voting and len(voters) == 2 and all(name in votes.ballots for name in voters)


def other_voter(session: PairSession, name: str) -> str | None:
    """Return who votes beside somebody, once they are there."""
    return next((voter for voter in session.voters if voter != name), None)


def cast(session: PairSession, place: Place, ballot: Ballot) -> PairSession:
    """Put a ballot in. It takes the place of one whose salt is lost, or that did not fit its hash."""
    votes, name, card = session.card, place.by, place.card
    if not votes.is_voting or votes.turn != place.turn:
        raise RefusedError("The votes are revealed already", "nothing was stored from here")
    old = votes.ballots.get(name)
    again = old.again + 1 if old else int(name in votes.refused)
    return with_card(
        session,
        name,
        card,
        ballots={**votes.ballots, name: ballot.model_copy(update={"again": again})},
        sealed={},  # each was for a key that is gone, or of a vote that is
        refused={key: why for key, why in votes.refused.items() if key != name},
    )


def hand_over(session: PairSession, name: str, card: str, sealed: Sealed) -> PairSession:
    """Store a vote that is sealed for the other, once both are bound by their ballots."""
    votes, other = session.card, other_voter(session, name)
    if not all_in(session) or other is None or votes.ballots[other].key != sealed.key:
        raise RefusedError("Nothing is handed over before both have voted")
    return with_card(session, name, card, sealed={**votes.sealed, name: sealed})


def reveal(
    session: PairSession, name: str, card: str, opened: Mapping[str, RevealedVote], at: datetime
) -> PairSession:
    """Bring both votes to light at once. Raises ``RefusedError`` unless each fits its ballot."""
    votes = session.card
    if not all_in(session) or set(opened) != set(session.voters):
        raise RefusedError("Both votes are revealed at once or none is")
    for voter, opening in opened.items():
        if not opens(session, voter, card, opening):
            raise RefusedError(f"The vote of {voter} does not fit what they cast")
    known = {
        voter: opening.model_copy(update={"again": votes.ballots[voter].again})
        for voter, opening in opened.items()
    }
    reveals = (*votes.reveals, Reveal(at=at, votes=known))
    gone: dict[str, Any] = {"ballots": {}, "sealed": {}, "refused": {}}
    return with_card(session, name, card, reveals=reveals, spoken=0, talk=at, **gone)


def opens(session: PairSession, voter: str, card: str, opening: RevealedVote) -> bool:
    """Return whether a vote and its salt fit the ballot that somebody cast."""
    ballot = session.card.ballots.get(voter)
    if ballot is None:
        return False
    try:
        salt = bytes.fromhex(opening.salt)
    except ValueError:
        return False
    return fits(ballot.commitment, salt, opening.vote, place_of(session, card, voter))


def refuse(session: PairSession, name: str, card: str, of: str, why: str) -> PairSession:
    """Take a ballot out whose vote did not fit it, and say so: that person votes again."""
    votes = session.card
    if not all_in(session) or of not in votes.sealed:
        raise RefusedError("There is no vote to refuse")
    left = {key: ballot for key, ballot in votes.ballots.items() if key != of}
    refused = {**votes.refused, of: why}
    return with_card(session, name, card, ballots=left, sealed={}, refused=refused)
