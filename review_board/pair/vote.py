"""A vote: what one person would decide, and the commitment that binds them to it before the reveal."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationError

from review_board.errors import InvalidValueError
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.model import Model, first_fault
from review_board.pipeline.records import Day, NextStep, Reason
from review_board.pipeline.text import Line, Note
from review_board.pipeline.verdict_record import Sure
from review_board.pipeline.vocabulary import Column, Track, Verdict

WHY_LIMIT = 80
"""Characters of the line that says why."""
SALT_BYTES = 32
"""Random bytes of a salt: nobody can try them all, however few the possible votes are."""


def _short(why: str) -> str:
    if len(why) > WHY_LIMIT:
        raise ValueError(f"say why in {WHY_LIMIT} characters at most")
    return why


class Vote(Model):
    """Where one person would send a card, with what that demands, and if they said so how ``sure`` they are and ``why``.

    The parts are those of a :class:`~review_board.review.verdicts.Decision`; ``changed`` is what has
    changed since the card was dropped.
    """

    to: Column
    step: NextStep | None = None
    callback: AgreedCallback | None = None
    track: Track | None = None
    first: Day | None = None
    reason: Reason | None = None
    note: Note = ""
    changed: Note = ""
    sure: Sure | None = None
    why: Annotated[Line, AfterValidator(_short)] = ""

    @property
    def verdict(self) -> Verdict:
        """Keep or purge."""
        return Verdict.of(self.to)

    @property
    def on(self) -> date | None:
        """Return the day that goes with the destination; a drop has none."""
        if self.to is Column.ACTIVE:
            return self.step.on if self.step else None
        if self.to is Column.CALLBACK:
            return self.callback.on if self.callback else None
        return self.first if self.to is Column.NURTURE else None

    @property
    def what(self) -> str:
        """Return what goes with the destination beside its day: a step, a track, a reason."""
        match self.to:
            case Column.ACTIVE:
                return self.step.action if self.step else ""
            case Column.NURTURE:
                return str(self.track or "")
            case Column.DROPPED:
                return str(self.reason or "")
            case _:
                return self.callback.change if self.callback else ""


def vote_of(**parts: Any) -> Vote:
    """Return a vote of what a person gave; ``InvalidValueError`` says which part cannot be."""
    try:
        return Vote(**parts)
    except ValidationError as error:
        raise InvalidValueError(
            first_fault(error), "nobody has seen your vote; vote again"
        ) from error


@dataclass(frozen=True, slots=True)
class Place:
    """Where a vote is cast: nothing that was committed to elsewhere, or by another, fits here."""

    session: str
    card: str
    turn: int
    by: str


def canonical(vote: Vote, place: Place) -> bytes:
    """Return a vote at its place as bytes: equal votes give equal bytes in every process."""
    where = [place.session, place.card, place.turn, place.by]
    said = [where, vote.model_dump(mode="json")]
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment(salt: bytes, vote: Vote, place: Place) -> str:
    """Return the hash that binds to a vote and tells nothing about it while the salt is secret."""
    return hashlib.sha256(salt + canonical(vote, place)).hexdigest()


def fits(expected: str, salt: bytes, vote: Vote, place: Place) -> bool:
    """Return whether a vote is the one that was committed to."""
    is_whole = len(salt) == SALT_BYTES  # a salt of another length could move the border to the vote
    return is_whole and hmac.compare_digest(expected, commitment(salt, vote, place))
