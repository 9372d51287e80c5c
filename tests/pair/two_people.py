"""Two people at two processes on one pipeline, in memory or in a file, with one clock."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from review_board.board.board import Board
from review_board.pair import beginning
from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole
from review_board.pair.view import Process
from review_board.pair.vote import Vote
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Track
from review_board.review.scope import Scope
from review_board.review.signing import Identity
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from review_board.store.presence import Presence, PresenceFiles
from tests.judgement.build import prospect, touch
from tests.memory_store import Disk, MemoryStore, PresenceInMemory

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
EVERYTHING = Scope(everything=True)


def later(days: int) -> NextStep:
    return NextStep(action="call them", on=NINE.date() + timedelta(days=days))


def keep(days: int = 5, **parts: Any) -> Vote:
    """A vote to keep it in Active, with a step so many days ahead."""
    given = {"step": later(days), "sure": 2, "why": "she asked"} | parts
    return Vote(to=Column.ACTIVE, **given)


def drop(**parts: Any) -> Vote:
    """A vote to drop it."""
    usual = {"reason": DropReason.NO_DECISION, "sure": 3, "why": "seven times is an answer"}
    return Vote(to=Column.DROPPED, **(usual | parts))


def call(days: int = 11, **proof: Any) -> Vote:
    """A vote to wait for a call."""
    agreed = AgreedCallback(
        NINE.date() + timedelta(days=days), **({"asked_by_buyer": True} | proof)
    )
    return Vote(to=Column.CALLBACK, callback=agreed, sure=1, why="they named the day")


def nurture(track: Track = Track.MONTHLY_EMAIL) -> Vote:
    """A vote to nurture it."""
    return Vote(to=Column.NURTURE, track=track, sure=2, why="wrong year")


def pipeline(count: int = 4) -> list[Prospect]:
    """Prospects that were talked to."""
    return [
        prospect(touch(Outcome.TALKED, 20), id=f"p-{n}", name=f"Warm {n}") for n in range(count)
    ]


@dataclass
class Office:
    """One pipeline, one clock, and who sits at it; bytes are random but the same each time."""

    on: Disk | Path
    prospects: Iterable[Prospect] = field(default_factory=pipeline)
    settings: Settings = field(default_factory=Settings)
    now: datetime = NINE

    def __post_init__(self) -> None:
        self.presence: Presence = PresenceInMemory()
        if isinstance(self.on, Path):
            self.presence = PresenceFiles(self.on)
        self._random = random.Random(7)
        self.board("setup").add(list(self.prospects), "setup")

    def clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def board(self, by: str) -> Board:
        store = FileStore(self.on) if isinstance(self.on, Path) else MemoryStore(self.on)
        return Board(store, self.settings, self.clock, UTC, by, "pair").open()

    @property
    def process(self) -> Process:
        return self.process_at("")

    def process_at(self, terminal: str) -> Process:
        return Process(self.presence, self._random.randbytes, terminal)

    def start(
        self,
        by: str = "ann",
        role: PairRole | None = PairRole.REP,
        scope: Scope = EVERYTHING,
        *,
        anew: bool = False,
    ) -> PairReview:
        me, board = Identity(by, by), self.board(by)
        return beginning.start(board, me, role, self.process, scope, anew=anew)

    def join(self, by: str = "raj", role: PairRole | None = None) -> PairReview:
        return beginning.join(self.board(by), Identity(by, by), role, self.process, take_over=True)

    def both(self) -> tuple[PairReview, PairReview]:
        ann, raj = self.start(), self.join()
        settle(ann, raj)
        return ann, raj


def settle(*reviews: PairReview, rounds: int = 4) -> None:
    """Let each process look up a few times, as they do each second, or until nothing is new."""
    for _ in range(rounds):
        before = [review.board.store.seq for review in reviews]
        for review in reviews:
            review.board.catch_up()
            review.tick()
        if before == [review.board.store.seq for review in reviews]:
            break


def still_split(ann: PairReview, raj: PairReview) -> None:
    """Let ann keep and raj drop, twice: after the second vote nothing but a bet is left, or to give in."""
    for _ in range(2):
        for review, vote in ((ann, keep()), (raj, drop())):
            review.board.catch_up()
            review.vote(vote)
        settle(ann, raj)
        session = raj.session
        if session and not session.card.again:
            raj.vote_again()


def settle_by_bet(one: PairReview, other: PairReview) -> None:
    """One proposes a bet, the other agrees to it."""
    one.bet(NextStep(action="name a start day", on=later(10).on), one.proposal)
    other.board.catch_up()
    shown = other.proposal
    assert shown
    other.confirm(shown)


def complete(review: PairReview) -> None:
    """Give what a settled card lacks, if it lacks something."""
    decision = review.decision
    if decision and review.missing(decision):
        review.record(full(decision))


def full(decision: Decision) -> Decision:
    """A decision that lacks nothing, whatever the record says."""
    return replace(
        decision,
        against=decision.against or "we know them",
        start_anew=True,
        sooner="they asked for it",
        importance=1,
        why="they called us",
    )
