"""Any sequence of what people do at the desk keeps what the board promises.

The laws of the judgement hold for the records that such a sequence leaves behind, too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.judgement.due.when_due import due_on
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.records import Answer, NextStep
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    DropReason,
    Outcome,
    ReasonKind,
    Verdict,
)
from review_board.review.controller import ReviewController
from review_board.review.lost_bets import LostBets
from review_board.review.scope import Scope, queue_of
from review_board.review.verdicts import Decision
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Review
from review_board.settings.tree import Settings
from tests.judgement import circumstances, laws
from tests.judgement.machines import ELSEWHERE, judged_elsewhere
from tests.memory_store import Disk, MemoryStore

NAMES = ("a", "b", "c", "d")
OUTCOMES = st.sampled_from(list(Outcome))
CHASED = (Outcome.VOICEMAIL, Outcome.DEFERRED, Outcome.LAST_CALL, Outcome.MAILING)
AMOUNTS = st.sampled_from([None, 2_000, 40_000, 500_000])
STARTS = st.builds(
    lambda change, before, hour: datetime.combine(change, time(hour)) - timedelta(days=before),
    st.sampled_from([*circumstances.CLOCK_CHANGES, date(2026, 11, 20)]),
    st.sampled_from([0, 1, 2, 8, 40]),
    st.sampled_from([0, 9, 21]),
)
"""Some days before the clocks change somewhere, so that days pass over the change."""
INTERVALS = st.sampled_from([1, 2, 7, 14, 90])
REVIEWS = st.one_of(
    st.just(Review()),
    st.builds(
        Review,
        active_days=INTERVALS,
        unproven_days=INTERVALS,
        nurture_days=INTERVALS,
        snooze_days=INTERVALS,
        bet_days=INTERVALS,
        zombie_reviews=st.integers(1, 3),
        manager_least=st.integers(1, 2),
        manager_most=st.integers(2, 4),
    ),
)
SCOPES = st.sampled_from(
    [Scope(), Scope(), Scope(manager=True), *(Scope(column=column) for column in Column)]
)


def own_first(
    sums: Mapping[str, Decimal], counts: Mapping[str, int], ours: str
) -> list[tuple[str, Decimal]]:
    """The sums that come to anything, as the board tells them: ours first, then the most used one."""
    order = sorted(sums, key=lambda code: (code != ours, -counts[code], code))
    return [(code, sums[code]) for code in order if sums[code]]


class AtTheDesk(RuleBasedStateMachine):
    """One person, a few prospects, and the days that pass; ``left`` takes the records at the end."""

    left: ClassVar[list[tuple[date, dict[str, Any]]]] = []

    def __init__(self) -> None:
        super().__init__()
        self.looked_at: set[tuple[str, int, date]] = set()
        self.disk = Disk()
        self.controller: ReviewController | None = None

    def _open(self) -> Board:
        store = MemoryStore(self.disk)
        return Board(store, self.settings, self._clock, self.zone, "ann", "review").open()

    def _clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def _some(self, place: int) -> str:
        ids = sorted(self.board.documents())
        return ids[place % len(ids)]

    @initialize(
        worth=st.lists(AMOUNTS, min_size=4, max_size=4),
        start=STARTS,
        zone=circumstances.zones,
        settings=circumstances.settings,
        review=REVIEWS,
    )
    def begin(
        self,
        worth: list[int | None],
        start: datetime,
        zone: ZoneInfo,
        settings: Settings,
        review: Review,
    ) -> None:
        self.zone, self.settings = zone, settings.model_copy(update={"review": review})
        self.now = start.replace(tzinfo=zone).astimezone(UTC)
        self.board = self._open()
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

    @rule(
        place=st.integers(0, 3),
        outcome=st.sampled_from(CHASED),
        count=st.integers(2, 7),
        apart=st.sampled_from([1, 8, 15]),
    )
    def chase(self, place: int, outcome: Outcome, count: int, apart: int) -> None:
        """The same again and again, which single steps seldom come to."""
        chased = self._some(place)
        for _ in range(count):
            self.now += timedelta(days=apart)
            self.board.change(chased, lambda p, s: changes.log_touch(p, outcome, s), "logged")

    @rule(place=st.integers(0, 3), ahead=st.integers(0, 300), proven=st.booleans())
    def promise(self, place: int, ahead: int, proven: bool) -> None:
        today = self.board.today.day
        agreed = AgreedCallback(today + timedelta(days=ahead))
        if proven:
            agreed = replace(agreed, asked_by_buyer=True, reason=ReasonKind.BUDGET, change="a vote")
        self.board.change(
            self._some(place), lambda p, _: changes.await_callback(p, agreed, today), "callback"
        )

    @rule(place=st.integers(0, 3), state=st.sampled_from(list(AnswerState)))
    def answer(self, place: int, state: AnswerState) -> None:
        given = Answer(state=state, text="so they say", on=self.board.today.day, by="ann")
        self.board.change(
            self._some(place), lambda p, _: changes.answer(p, "budget", given), "answered"
        )

    @rule(place=st.integers(0, 3), worth=st.sampled_from([700, 9_999, 120_000]))
    def quote(self, place: int, worth: int) -> None:
        asked = Money(amount=Decimal(worth), currency="EUR")
        self.board.change(
            self._some(place),
            lambda p, s: changes.quote(p, asked, self.board.today.day, s),
            "quoted",
        )

    @rule(place=st.integers(0, 3), worth=AMOUNTS, currency=st.sampled_from(["USD", "EUR", "CHF"]))
    def worth_changes(self, place: int, worth: int | None, currency: str) -> None:
        value = None if worth is None else Money(amount=Decimal(worth), currency=currency)
        self.board.change(self._some(place), lambda p, _: changes.edit(p, value=value), "edited")

    @rule(place=st.integers(0, 3), to=st.sampled_from(list(Column)))
    def move_by_hand(self, place: int, to: Column) -> None:
        today = self.board.today.day
        moves: dict[Column, Callable[[Prospect, Any], Prospect]] = {
            Column.ACTIVE: lambda p, _: changes.activate(p),
            Column.CALLBACK: lambda p, _: changes.await_callback(
                p, AgreedCallback(today + timedelta(days=9)), today
            ),
            Column.NURTURE: lambda p, _: changes.nurture(p, today),
            Column.DROPPED: lambda p, s: changes.drop(p, DropReason.NO_RESPONSE, s),
        }
        self.board.change(self._some(place), moves[to], f"moved to {to}")

    @rule(days=st.sampled_from([1, 3, 7, 14, 30, 61]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    # What a person does

    @rule()
    def sit_down(self) -> None:
        self.controller = ReviewController.open(self.board)

    @precondition(lambda self: self.controller is not None)
    @rule(to=st.sampled_from(list(Column)), bet=st.booleans())
    def settle(self, to: Column, bet: bool) -> None:
        assert self.controller is not None
        self._settle(self.controller, to, bet=bet)

    def _settle(self, controller: ReviewController, to: Column, *, bet: bool = False) -> None:
        current, today = controller.current, self.board.today.day
        if current is None:
            return
        made = self.board.recommendation(current)
        last = today + timedelta(days=self.settings.review.bet_days)
        decision = Decision(
            to,
            step=NextStep(action="call", on=made.earliest or today)
            if to is Column.ACTIVE
            else None,
            callback=AgreedCallback(today) if to is Column.CALLBACK else None,
            reason=DropReason.TIMING if to is Column.DROPPED else None,
            against="I know them",
            start_anew=True,
            importance=5,
            idea=NextStep(action="ask the assistant", on=today) if to is Column.NURTURE else None,
            why="they called",
            sooner="they wait for it",
            bet=NextStep(action="they sign", on=last) if bet and to is Column.ACTIVE else None,
        )
        if to is Column.DROPPED and made.tier == "high":
            decision = Decision(
                to, reason=DropReason.TIMING, against="we know them", start_anew=False, importance=2
            )
        before = len(self.board.prospect(current).verdicts)
        controller.decide(decision, made)
        decided = self.board.prospect(current)
        assert len(decided.verdicts) == before + 1
        assert decided.column is to
        assert decided.verdicts[-1].verdict is Verdict.of(to)
        assert decided.verdicts[-1].recommended is made.verdict

    @rule(
        scope=SCOPES,
        ways=st.lists(st.sampled_from([None, *Column]), min_size=1, max_size=4),
        ticked=st.integers(0, 3),
    )
    def settle_all_that_is_due(self, scope: Scope, ways: list[Column | None], ticked: int) -> None:
        """From the first card to the last, and run again at once the queue is empty."""
        lost = LostBets.on(self.board, scope).found  # dropped as it begins
        asked = set(queue_of(self.board, scope, lost).ids)
        controller = ReviewController.open(self.board, scope)
        settled = set(controller.session.queue)
        for to in cycle(ways):
            if controller.current is None:
                break
            if controller.list_is_next:
                controller.purge(controller.sure_purges()[:ticked])
            elif to is None:
                controller.snooze()
            else:
                self._settle(controller, to, bet=True)
        controller.finish()
        assert asked <= settled or controller.resumed
        if not controller.resumed:
            assert queue_of(self.board, scope).ids == ()
            assert ReviewController.open(self.board, scope).current is None
        self.controller = None

    @precondition(lambda self: self.controller is not None)
    @rule()
    def put_off(self) -> None:
        assert self.controller is not None
        if self.controller.current:
            self.controller.snooze()

    @precondition(lambda self: self.controller is not None)
    @rule(count=st.integers(0, 4))
    def tick(self, count: int) -> None:
        assert self.controller is not None
        if self.controller.list_is_next:
            self.controller.purge(self.controller.sure_purges()[:count])

    @precondition(lambda self: self.controller is not None)
    @rule(on=st.booleans())
    def go(self, on: bool) -> None:
        assert self.controller is not None
        if on:
            self.controller.skip()
        elif self.controller.session.place:
            self.controller.back()

    @rule()
    def undo(self) -> None:
        try:
            self.board.undo(done=self.controller.returned if self.controller else None)
        except RefusedError:
            return

    @rule()
    def killed(self) -> None:
        """The process goes without a word; another one opens the file."""
        place = self.controller.session.place if self.controller else None
        unfinished = self.controller and not self.controller.session.finished
        self.board = self._open()
        if unfinished and self.controller and self.controller.current:
            again = ReviewController.open(self.board)
            if again.session.id == self.controller.session.id:
                assert again.session.place == place
        self.controller = None

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
            ids = [verdict.id for verdict in self.board.prospect(prospect_id).verdicts]
            assert len(ids) == len(set(ids))

    @invariant()
    def what_was_settled_today_is_not_due(self) -> None:
        """Unless they came to us since; what was put off is not due before its day whatever comes."""
        today = self.board.today
        queue = set(queue_of(self.board, Scope()).ids)
        for subject in map(from_document, self.board.documents().values()):
            due = due_on(self.board.evidence(subject.id))
            assert (subject.id in queue) is (due is not None and due <= today.day)
            last = subject.verdicts[-1] if subject.verdicts else None
            if last and today.day_of(last.at) == today.day:
                since = [t for t in subject.touches if t.at > last.at]
                assert due is None or due > today.day or since
            put_off = subject.snoozes[-1] if subject.snoozes else None
            if put_off and not (put_off.manager or (last and last.at > put_off.at)):
                assert due is None or due >= put_off.until > today.day_of(put_off.at)

    @invariant()
    def currencies_are_never_summed(self) -> None:
        usual, ours = self.board.evaluator.closing.ratio, self.board.settings.currency
        for column in Column:
            value, weighted = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
            counts = Counter[str]()
            for record in map(from_document, self.board.documents().values()):
                if record.column is column and record.value and not record.won:
                    amount, currency = record.value.amount, record.value.currency
                    share = usual if record.probability is None else record.probability
                    counts[currency] += 1
                    value[currency] += amount
                    weighted[currency] += amount * share
            totals = self.board.column_totals(column)
            assert [(m.currency, m.amount) for m in totals.value] == own_first(value, counts, ours)
            assert [(m.currency, m.amount) for m in totals.weighted] == own_first(
                weighted, counts, ours
            )

    @invariant()
    def the_laws_of_the_judgement_hold(self) -> None:
        """For every record that changed, or on which another day was come; not twice for one."""
        today = self.board.today
        for subject in map(from_document, self.board.documents().values()):
            state = (subject.id, subject.rev, today.day)
            if state not in self.looked_at:
                self.looked_at.add(state)
                for law in laws.LAWS:
                    law(subject, today, self.board.settings)

    def teardown(self) -> None:
        documents = self.board.documents().values()
        self.left.extend((self.board.today.day, dict(document)) for document in documents)

    @rule(place=st.integers(0, 3), off=circumstances.switches)
    def rules_are_switched_off(self, place: int, off: frozenset[RuleName]) -> None:
        """Somebody still gets the whole recommendation, never by those rules, and what would change it does."""
        without = self.settings.model_copy(update={"rules": dict.fromkeys(off, False)})
        subject, today = self.board.prospect(self._some(place)), self.board.today
        laws.everybody_gets_a_verdict_a_rule_and_evidence(subject, today, without)
        laws.what_would_change_it_does(subject, today, without)
        assert laws.found(subject, today, without).rule not in off


def test_what_is_promised_holds_after_any_sequence_and_on_any_machine() -> None:
    steps = settings(max_examples=10, stateful_step_count=40)
    run_state_machine_as_test(AtTheDesk, settings=steps)
    left, berlin = AtTheDesk.left, ZoneInfo("Europe/Berlin")
    here = [laws.judged(from_document(d), Today(on, berlin)).decode() for on, d in left]
    assert judged_elsewhere(left, *ELSEWHERE[1]) == here
