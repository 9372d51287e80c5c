"""Somebody at a process of their own, who does what they are told and may be killed at any moment."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.pair import beginning
from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole
from review_board.pair.settling import Phase
from review_board.pair.view import Process
from review_board.review.controller import ReviewController
from review_board.review.signing import Identity
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from review_board.store.presence import PresenceFiles
from tests.pair.two_people import EVERYTHING, NINE, complete, drop, keep


@dataclass
class Clock:
    """A clock of the machine's pace, from nine on that day, and so many seconds later."""

    later: float = 0
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return NINE + timedelta(seconds=self.later) + (datetime.now(UTC) - self.began)


def opened(path: Path, by: str, later: float) -> Board:
    return Board(FileStore(path), Settings(), Clock(later), UTC, by, "pair").open()


def sit(path: Path, by: str, later: float, told: Connection) -> None:
    """Start or join, then do each thing that is asked, and say where the review stands."""
    board, process = opened(path, by, later), Process(PresenceFiles(path), os.urandom)
    if by == "ann" and later == 0:
        identity = Identity(by, by)
        review = beginning.start(board, identity, PairRole.REP, process, EVERYTHING)
    else:
        review = beginning.join(board, Identity(by, by), None, process)  # nobody is asked
    told.send(_standing(review))
    while asked := told.recv():
        board.catch_up()
        try:
            _do(review, asked)
        except RefusedError as error:
            told.send(("refused", str(error)))
            continue
        told.send(_standing(review))


def begin_review(path: Path, by: str, later: float) -> None:
    """Begin a review by one."""
    ReviewController.open(opened(path, by, later))


def _do(review: PairReview, asked: str) -> None:
    match asked:
        case "vote":
            review.vote(keep())
        case "drop":
            review.vote(drop())
        case "concede":
            review.concede(review.proposal)
        case "look":
            review.tick()
            complete(review)
        case "as asked" if review.needs_my_vote:
            review.vote(keep())
        case "as asked" if review.phase is not Phase.OVER:
            review.tick()
            complete(review)


def _standing(review: PairReview) -> tuple[str, str | None]:
    return str(review.phase), review.current
