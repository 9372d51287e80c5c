"""Any sequence of what two people, others and bad luck do keeps what a pair review promises.

No vote is seen early, lost or counted twice, no card has two verdicts, and from every state two willing people come to the end.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from review_board.board.board import Change
from review_board.errors import ReviewBoardError
from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole, pair_session_of
from review_board.pair.settling import Phase, decision_of_vote
from review_board.pair.vote import Vote
from review_board.pipeline import changes
from review_board.pipeline.records import NextStep, Won
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.review.verdicts import Decision
from review_board.store.protocol import PROSPECTS, SESSIONS, Commit
from tests.memory_store import Disk
from tests.pair.two_people import (
    NINE,
    Office,
    call,
    complete,
    drop,
    full,
    keep,
    later,
    nurture,
    settle,
)

VOTERS = ("ann", "raj")
OTHER_STEP = NextStep(action="send a quote", on=later(5).on)
VOTES = st.sampled_from([keep(), keep(6), keep(step=OTHER_STEP), call(), drop(), nurture()])
WHO = st.sampled_from(VOTERS)
CARDS = ("p-0", "p-1", "p-2")
TOKEN = re.compile(r"said-\d{6}")
STEPS_A_CARD = 40
"""More than two willing people ever take for a card."""


def _confirm(review: PairReview) -> None:
    if shown := review.proposal:
        review.confirm(shown)


def _take_back(review: PairReview) -> None:
    if review.phase is Phase.SETTLED:
        review.undo()


SETTLING: dict[str, Callable[[PairReview, Vote], object]] = {
    "again": lambda review, _: review.vote_again(),
    "skip the talk": lambda review, _: review.skip_talk(),
    "give in": lambda review, _: review.concede(review.proposal),
    "overrule": lambda review, _: review.overrule(review.proposal),
    "bet": lambda review, _: review.bet(
        NextStep(action="names a day", on=later(9).on), review.proposal
    ),
    "take back": lambda review, _: _take_back(review),
    "propose": lambda review, vote: review.propose(vote),
    "confirm": lambda review, _: _confirm(review),
    "complete": lambda review, _: complete(review),
}
BY_OTHERS: dict[str, Change] = {
    "log": lambda p, s: changes.log_touch(p, Outcome.TALKED, s),
    "note": lambda p, s: changes.add_note(p, f"note {s.key}", s),
    "win": lambda p, _: changes.win(p, Won(on=NINE.date())),
    "drop": lambda p, s: changes.drop(p, DropReason.TIMING, s),
}


class PairMachine(RuleBasedStateMachine):
    """Two who vote and one who watches, each in a process that may be killed; and others at the board."""

    @initialize()
    def begin(self) -> None:
        self.disk = Disk()
        self.office = Office(self.disk)
        self.at: dict[str, PairReview] = {"ann": self.office.start(), "raj": self.office.join()}
        self.session_id = self.at["ann"].session_id
        self.others = self.office.board("mia")
        self.cast: dict[str, tuple[str, int, str]] = {}
        self.votes: dict[str, Vote] = {}
        self.replaced: set[str] = set()
        self.read = 0
        self.seen: dict[str, int] = {}
        self.counted: list[tuple[str, ...]] = []

    # What people do

    def _at(self, who: str, act: Callable[[PairReview], object], *, looks: bool = True) -> None:
        """Act, by what stands on the disk or by what one saw last."""
        review = self.at.get(who)
        if review is None:
            return
        if looks:
            review.board.catch_up()
        with suppress(ReviewBoardError):
            act(review)

    @rule(who=st.sampled_from([*VOTERS, "eve"]), what=st.sampled_from(["join", "crash", "leave"]))
    def come_or_go(self, who: str, what: str) -> None:
        if what == "join":
            role = PairRole.WATCHER if who == "eve" else None
            with suppress(ReviewBoardError):
                self.at[who] = self.office.join(who, role)
            return
        if what == "leave":
            self._at(who, PairReview.leave)
        self.at.pop(who, None)

    @rule(first=WHO, votes=st.tuples(VOTES, VOTES))
    def both_vote(self, first: str, votes: tuple[Vote, Vote]) -> None:
        for who, vote in zip(sorted(VOTERS, key=lambda who: who != first), votes, strict=True):
            review = self.at.get(who)
            if review and review.needs_my_vote:
                self.vote(who, vote, looks=True)

    @rule(who=WHO, vote=VOTES, looks=st.booleans())
    def vote(self, who: str, vote: Vote, looks: bool) -> None:
        review = self.at.get(who)
        if review is None:
            return
        if looks:
            review.board.catch_up()
            if not review.needs_my_vote:
                return
        with suppress(ReviewBoardError):
            self._vote(review, vote)

    def _vote(self, review: PairReview, vote: Vote) -> None:
        """Vote with a word that no other vote has, by which it is known again."""
        session, token = review.session, f"said-{len(self.cast):06}"
        if session is None or session.current is None:
            return
        place = (session.current, session.card.turn, review.me)
        review.vote(vote.model_copy(update={"why": token}))
        self.replaced |= {t for t, p in self.cast.items() if p == place}
        self.cast[token], self.votes[token] = place, vote

    @rule(
        who=st.sampled_from([("ann",), ("raj",), ("ann", "raj", "ann"), ("eve",)]),
        looks=st.booleans(),
    )
    def look(self, who: tuple[str, ...], looks: bool) -> None:
        for one in who:
            self._at(one, PairReview.tick, looks=looks)

    @rule(seconds=st.sampled_from([1, 31, 61, 700]))
    def wait(self, seconds: int) -> None:
        self.office.now += timedelta(seconds=seconds)

    @rule(
        who=WHO, what=st.sampled_from(["skip", "back", "take_wheel", "undo"]), looks=st.booleans()
    )
    def go(self, who: str, what: str, looks: bool) -> None:
        self._at(who, lambda review: getattr(review, what)(), looks=looks)

    @rule(who=WHO, how=st.sampled_from([*SETTLING]), vote=VOTES, looks=st.booleans())
    def settle_it(self, who: str, how: str, vote: Vote, looks: bool) -> None:
        self._at(who, lambda review: SETTLING[how](review, vote), looks=looks)

    @rule()
    def do_as_asked(self) -> None:
        both = tuple(self.at[who] for who in VOTERS if who in self.at)
        self._go_on(both)
        settle(*both, rounds=2)

    # What others do

    @rule(card=st.sampled_from(CARDS), what=st.sampled_from([*BY_OTHERS]))
    def change(self, card: str, what: str) -> None:
        self.others.catch_up()
        with suppress(ReviewBoardError):
            self.others.change(card, BY_OTHERS[what], what)

    @rule(what=st.sampled_from(["undo", "decide"]))
    def others_review(self, what: str) -> None:
        self.others.catch_up()
        with suppress(ReviewBoardError):
            if what == "undo":
                self.others.undo()
                return
            review = ReviewController.open(self.others, Scope(everything=True))
            advice = self.others.recommendation(str(review.current))
            review.decide(full(Decision(Column.ACTIVE, step=later(4))), advice, 5)

    # What always holds

    @invariant()
    def no_vote_is_seen_early_or_lost(self) -> None:
        """Votes come to light by twos; until then one that was cast is among the ballots.

        Or its voter cast another in its place.
        """
        for commit in self.disk.commits[self.read :]:
            found = {token for d in commit.docs for token in TOKEN.findall(str(d.after))}
            new = {token for token in found if token not in self.seen}
            self.seen |= dict.fromkeys(new, commit.seq)
            assert len(new) in (0, 2), f"{new} came to light in commit {commit.seq}"
            if new:
                one, other = (self.cast[token] for token in new)
                assert one[:2] == other[:2]
                assert one != other
            self._count(commit)
        self.read = len(self.disk.commits)
        self.others.catch_up()
        session = pair_session_of(self.others.store.tables[SESSIONS][self.session_id])
        for token in self.cast.keys() - self.seen.keys() - self.replaced:
            card, turn, who = self.cast[token]
            votes = session.cards.get(card)
            is_there = votes is not None and votes.turn == turn and who in votes.ballots
            assert is_there, f"the vote {token} of {who} on {card} is gone"

    @invariant()
    def no_card_is_decided_twice(self) -> None:
        """A second verdict needs the first one to be taken back."""
        for document in self.others.store.tables[PROSPECTS].values():
            given = [v for v in document.get("verdicts") or () if v["session"] == self.session_id]
            assert len(given) < 2, f"two verdicts on {document['id']}"

    def _count(self, commit: Commit) -> None:
        """Each reveal is counted in one verdict, and never again; how it was settled is what it says."""
        for change in commit.docs:
            for pointer, value in change.after.items():
                if not pointer.startswith("verdicts/") or not value or not value.get("pair"):
                    continue
                assert change.before.get(pointer) is None
                self._is_settled_as_it_says(value["pair"])
                tokens = tuple(v["why"] for v in value["pair"]["first"])
                if commit.undoes is None:
                    assert tokens not in self.counted
                    self.counted.append(tokens)

    def _is_settled_as_it_says(self, pair: dict[str, Any]) -> None:
        """Two who agreed want the same in all parts; a bet follows a second vote that split as well."""
        last = [self.votes[v["why"]] for v in pair.get("second") or pair["first"]]
        if pair["settled"] == "agreed":
            assert decision_of_vote(last[0]) == decision_of_vote(last[1])
        elif pair["settled"] == "bet":
            assert pair.get("second"), "a bet before the second vote"
            assert last[0].verdict is not last[1].verdict

    def teardown(self) -> None:
        """Two who are there and willing come to the end from here."""
        if not hasattr(self, "office"):
            return
        self.office.now += timedelta(seconds=60)
        self.at = {who: self.office.join(who) for who in VOTERS}
        both = tuple(self.at.values())
        session = both[0].session
        assert session
        for _ in range(STEPS_A_CARD * (1 + len(session.queue) - session.place)):
            settle(*both)
            assert both[0].current == both[1].current
            if both[0].phase is Phase.OVER:
                break
            self._go_on(both)
        else:
            raise AssertionError(f"it stalls at {both[0].current}, {both[0].phase}")
        self.no_vote_is_seen_early_or_lost()

    def _go_on(self, both: tuple[PairReview, ...]) -> None:
        """Do what the screen asks of them."""
        for review in both:
            review.board.catch_up()
            with suppress(ReviewBoardError):
                if review.needs_my_vote:
                    self._vote(review, keep())
                elif review.phase is Phase.SPLIT:
                    review.concede(review.proposal)
                elif review.phase is Phase.DIFFERENT:
                    _confirm(review)
                elif review.phase is Phase.SETTLED:
                    complete(review)
                elif review.phase is Phase.DECIDED:
                    review.skip()


def test_any_sequence_keeps_the_promises() -> None:
    run_state_machine_as_test(
        PairMachine, settings=settings(max_examples=40, stateful_step_count=30)
    )
