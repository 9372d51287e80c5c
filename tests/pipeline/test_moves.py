"""What is told of sales that are taken up again."""

from datetime import date

from review_board.pipeline import changes
from review_board.pipeline.moves import all_reopened
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep, Won
from tests.judgement.build import prospect

DAY = date(2026, 11, 20)


def won(name: str, step: date | None) -> Prospect:
    planned = NextStep(action="call", on=step) if step else None
    return changes.win(prospect(name=name, next_step=planned), Won(on=DAY))


def test_of_several_those_are_named_whose_next_step_is_over() -> None:
    today = date(2026, 11, 24)
    told = all_reopened([won("A", today), won("B", None), won("C", DAY)], today)
    assert told == "; their wins are taken back; next steps that are over: C"
    many = [won(f"P{number}", DAY) for number in range(5)]
    assert all_reopened(many, today).endswith("P0, P1, P2 and 2 more")
    assert all_reopened(many, DAY) == "; their wins are taken back"
