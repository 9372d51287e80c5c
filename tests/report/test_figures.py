"""The review's other figures, wherever they are set: snoozes, bets and how many a manager sees."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.judgement.due.manager_queue import (
    Candidate,
    ManagerPick,
    PickReason,
    manager_queue,
)
from review_board.judgement.due.when_due import due_on
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope, queue_of
from review_board.review.verdicts import Decision, bet_day_words, refusal
from review_board.settings.rule_names import RuleName
from tests.judgement.build import TODAY, advice, day, verdict_record
from tests.review.test_hour import Hands, office, working

DAYS = [1, 2, 6, 7, 8, 13, 14, 15, 30, 89, 90]


def set_to(key: str, value: int) -> str:
    return f"[review]\n{key} = {value}\n"


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.mark.parametrize("days", DAYS)
def test_a_snooze_lasts_so_many_days_and_not_one_less(clock: Hands, days: int) -> None:
    board = office(
        clock, working(1, verdicts=(verdict_record(9),)), toml=set_to("snooze_days", days)
    )
    ReviewController.open(board).snooze()
    assert board.prospect("p-1").snoozes[-1].until == day(-days)
    clock.pass_by((days - 1) * 86_400)
    assert queue_of(board, Scope()).ids == ()
    clock.pass_by(86_400)
    assert queue_of(board, Scope()).ids == ("p-1",)


@pytest.mark.parametrize("days", DAYS)
def test_a_bet_ends_within_so_many_days_and_is_lost_the_day_after(clock: Hands, days: int) -> None:
    board = office(clock, working(1, verdicts=(verdict_record(9),)), toml=set_to("bet_days", days))
    controller, subject = ReviewController.open(board), board.prospect("p-1")

    def bet(ahead: int) -> Decision:
        step = NextStep(action="call", on=day(-2))
        return Decision(Column.ACTIVE, step=step, bet=NextStep(action="sign", on=day(-ahead)))

    for ahead, refused in ((0, True), (1, False), (days, False), (days + 1, True)):
        told = refusal(subject, bet(ahead), advice(subject), TODAY, board.settings)
        assert told == (bet_day_words(days) if refused else None)
    controller.decide(bet(days), board.recommendation("p-1"))
    assert due_on(board.evidence("p-1")) == day(-days - 1)
    clock.pass_by(days * 86_400)
    assert board.recommendation("p-1").rule is not RuleName.LOST_BET
    clock.pass_by(86_400)
    assert board.recommendation("p-1").rule is RuleName.LOST_BET


@pytest.mark.parametrize(("least", "most"), [(1, 1), (1, 2), (2, 2), (2, 9), (4, 5), (5, 5)])
def test_a_manager_sees_as_many_of_each_rep_as_are_set(clock: Hands, least: int, most: int) -> None:
    kept = [working(n, verdicts=(verdict_record(9),)) for n in range(30, 40)]
    against = {"against": "I know the owner"}
    pressing = [
        working(n, owner="raj", verdicts=(verdict_record(9, **against),)) for n in range(50, 60)
    ]
    toml = f"[review]\nmanager_least = {least}\nmanager_most = {most}\n"
    board = office(clock, *kept, *pressing, by="mia", toml=toml)
    queue = queue_of(board, Scope(manager=True)).ids
    seen = Counter(board.prospect(i).owner for i in queue)
    assert seen == {"ann": least, "raj": most}


candidates = st.lists(st.sampled_from(PickReason), max_size=12).map(
    lambda picks: [
        Candidate(f"p-{n}", "ann", ManagerPick(pick, pick.name), Decimal(n % 3))
        for n, pick in enumerate(picks)
    ]
)
FIGURES = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted)


@given(candidates, FIGURES)
def test_what_a_manager_sees_is_bounded_on_both_sides(
    known: list[Candidate], figures: list[int]
) -> None:
    least, most = figures
    pick = {c.id: c.pick.reason for c in known}
    chosen = [key for key, _ in manager_queue(known, least, most, "2026-47")]
    pressing = [c.id for c in known if c.pick.reason < PickReason.KEPT]
    kept = sum(c.pick.reason is PickReason.KEPT for c in known)
    others = len(known) - len(pressing)
    assert len(set(chosen)) == len(chosen)
    assert min(least, len(known)) <= len(chosen) <= most
    seen = [key for key in chosen if pick[key] < PickReason.KEPT]
    assert len(seen) == min(len(pressing), most - min(1, kept))
    assert [pick[key] for key in seen] == sorted(pick[key] for key in pressing)[: len(seen)]
    drawn = chosen[len(seen) :]
    assert len(drawn) == min(others, max(min(1, kept), least - len(pressing)))
    assert [pick[key] for key in drawn] == sorted(pick[c.id] for c in known)[len(pressing) :][
        : len(drawn)
    ]
