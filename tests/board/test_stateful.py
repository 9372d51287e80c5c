"""Any sequence of what people do at the desk keeps what the board promises."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from review_board.board import Board, Desk, Scope
from review_board.board.scope import queue_of
from review_board.errors import RefusedError
from review_board.judgement import decide, gather
from review_board.pipeline import changes
from review_board.pipeline.money import Money
from review_board.pipeline.records import Answer, Callback, NextStep
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    DropReason,
    Outcome,
    ReasonKind,
    Verdict,
)
from review_board.review import Decision
from review_board.settings import RuleName, Settings
from review_board.store import Disk, MemoryStore

NAMES = ("a", "b", "c", "d")
OUTCOMES = st.sampled_from(list(Outcome))
RULES = st.sampled_from([rule for rule in RuleName if rule is not RuleName.WORKING])


class AtTheDesk(RuleBasedStateMachine):
    """One person, a few prospects, and the days that pass."""

    def __init__(self) -> None:
        super().__init__()
        self.disk = Disk()
        self.now = datetime(2026, 11, 20, 9, tzinfo=UTC)
        self.board = self._open()
        self.desk: Desk | None = None
        self.rulings = 0

    def _open(self) -> Board:
        return Board(MemoryStore(self.disk), Settings(), self._clock, UTC, "ann", "review").open()

    def _clock(self) -> datetime:
        self.now += timedelta(seconds=7)
        return self.now

    def _some(self, place: int) -> str:
        ids = sorted(self.board.documents())
        return ids[place % len(ids)]

    @initialize(
        worth=st.lists(st.sampled_from([None, 2_000, 40_000, 500_000]), min_size=4, max_size=4)
    )
    def begin(self, worth: list[int | None]) -> None:
        currencies = ("USD", "EUR", "USD", "EUR")
        for name, amount, currency in zip(NAMES, worth, currencies, strict=True):
            value = None if amount is None else Money(amount=Decimal(amount), currency=currency)
            added = changes.create(name, self.board.stamp(), value=value)
            self.board.add([added], f"added {name}", by="import")

    # What happens

    @rule(place=st.integers(0, 3), outcome=OUTCOMES, reason=st.sampled_from([None, *ReasonKind]))
    def touch(self, place: int, outcome: Outcome, reason: ReasonKind | None) -> None:
        self.board.change(
            self._some(place),
            lambda p, s: changes.log_touch(p, outcome, s, reason=reason),
            f"logged {outcome}",
        )

    @rule(place=st.integers(0, 3), ahead=st.integers(0, 300), proven=st.booleans())
    def promise(self, place: int, ahead: int, proven: bool) -> None:
        today = self.board.today.day
        given = {"asked_by_buyer": True, "reason": ReasonKind.BUDGET, "change": "a vote"}
        callback = Callback(
            on=today + timedelta(days=ahead), asked_on=today, **(given if proven else {})
        )
        self.board.change(
            self._some(place), lambda p, _: changes.await_callback(p, callback), "callback"
        )

    @rule(place=st.integers(0, 3), state=st.sampled_from(list(AnswerState)))
    def answer(self, place: int, state: AnswerState) -> None:
        given = Answer(state=state, text="so they say", on=self.board.today.day, by="ann")
        self.board.change(
            self._some(place), lambda p, _: changes.answer(p, "budget", given), "answered"
        )

    @rule(days=st.sampled_from([1, 3, 7, 14, 30, 61]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    # What a person does

    @rule()
    def sit_down(self) -> None:
        self.desk = Desk.open(self.board)

    @precondition(lambda self: self.desk is not None)
    @rule(to=st.sampled_from(list(Column)))
    def settle(self, to: Column) -> None:
        desk = self.desk
        assert desk is not None
        if desk.current is None:
            return
        current, today = desk.current, self.board.today.day
        made = self.board.recommendation(current)
        step = NextStep(action="call", on=made.earliest or today)
        decision = Decision(
            to,
            step=step if to is Column.ACTIVE else None,
            callback=Callback(on=today, asked_on=today) if to is Column.CALLBACK else None,
            reason=DropReason.OTHER if to is Column.DROPPED else None,
            against="I know them",
            start_anew=True,
            importance=5,
            idea=NextStep(action="ask the assistant", on=today) if to is Column.NURTURE else None,
            changed="they called",
        )
        if to is Column.DROPPED and made.tier == "high":
            decision = Decision(
                to, reason=DropReason.OTHER, against="x", start_anew=False, importance=2
            )
        before = len(self.board.prospect(current).verdicts)
        desk.decide(decision, made)
        ruled = self.board.prospect(current)
        assert len(ruled.verdicts) == before + 1
        assert ruled.column is to
        assert ruled.verdicts[-1].verdict is Verdict.of(to)
        assert ruled.verdicts[-1].recommended is made.verdict

    @precondition(lambda self: self.desk is not None)
    @rule()
    def put_off(self) -> None:
        assert self.desk is not None
        if self.desk.current:
            self.desk.snooze()

    @precondition(lambda self: self.desk is not None)
    @rule(count=st.integers(0, 4))
    def tick(self, count: int) -> None:
        assert self.desk is not None
        if self.desk.list_is_next:
            self.desk.purge(self.desk.sure_purges()[:count])

    @precondition(lambda self: self.desk is not None)
    @rule(on=st.booleans())
    def go(self, on: bool) -> None:
        assert self.desk is not None
        if on:
            self.desk.skip()
        elif self.desk.session.place:
            self.desk.back()

    @rule()
    def undo(self) -> None:
        try:
            self.board.undo(done=self.desk.returned if self.desk else None)
        except RefusedError:
            return

    @rule()
    def killed(self) -> None:
        """The process goes without a word; another one opens the file."""
        place = self.desk.session.place if self.desk else None
        unfinished = self.desk and not self.desk.session.finished
        self.board = self._open()
        if unfinished and self.desk and self.desk.current:
            again = Desk.open(self.board)
            if again.session.id == self.desk.session.id:
                assert again.session.place == place
        self.desk = None

    # What always holds

    @invariant()
    def everybody_has_a_verdict_with_its_evidence(self) -> None:
        for prospect_id in self.board.documents():
            made = self.board.recommendation(prospect_id)
            assert made.rule in RuleName
            assert made.finding.because.text
            assert made.evidence

    @invariant()
    def no_verdict_is_doubled(self) -> None:
        for prospect_id in self.board.documents():
            ids = [ruling.id for ruling in self.board.prospect(prospect_id).verdicts]
            assert len(ids) == len(set(ids))

    @invariant()
    def what_was_settled_today_is_not_due(self) -> None:
        today = self.board.today
        due = set(queue_of(self.board, Scope()).ids)
        for prospect_id in due:
            subject = self.board.prospect(prospect_id)
            settled = [r for r in subject.verdicts if today.day_of(r.at) == today.day]
            after = [t for t in subject.touches if settled and t.at > settled[-1].at]
            if settled and not after:
                assert subject.next_step is not None or subject.callback is not None

    @invariant()
    def currencies_are_never_summed(self) -> None:
        for column in Column:
            totals = self.board.column_totals(column)
            assert len({money.currency for money in totals.value}) == len(totals.value)

    @rule(place=st.integers(0, 3), off=RULES)
    def a_rule_is_switched_off(self, place: int, off: RuleName) -> None:
        """Whatever rule is off, somebody still gets a recommendation, and never by that rule."""
        without = Settings(rules={off: False})
        subject = self.board.prospect(self._some(place))
        found = decide(gather(subject, self.board.today, without), without)
        assert found.rule is not off


AtTheDesk.TestCase.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
TestAtTheDesk = AtTheDesk.TestCase
