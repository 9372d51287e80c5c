"""What is said after a verdict: where the prospect is now, and what comes next on which day."""

from typing import Any

import pytest

from review_board.pipeline.records import Drop, NextStep, Nurture
from review_board.pipeline.vocabulary import Column, DropReason, Track
from review_board.review.where_it_is import where_it_is
from tests.judgement.build import day, evidence, moment, promise, prospect

STEP = NextStep(action="make the first call", on=day(-3))


@pytest.mark.parametrize(
    ("was", "fields", "said"),
    [
        (Column.ACTIVE, {"next_step": STEP}, "stays in Active: make the first call on 23 Nov"),
        (Column.DROPPED, {"next_step": STEP}, "is in Active now: make the first call on 23 Nov"),
        (
            Column.ACTIVE,
            {"column": Column.CALLBACK, "callback": promise(0, 59)},
            "is in Callback-Pending now: call on 18 Jan, proven",
        ),
        (
            Column.CALLBACK,
            {"column": Column.CALLBACK, "callback": promise(0, 59, proven=False)},
            "stays in Callback-Pending: call on 18 Jan, not proven",
        ),
        (
            Column.ACTIVE,
            {
                "column": Column.NURTURE,
                "nurture": Nurture(track=Track.MONTHLY_EMAIL, since=day(0), next_on=day(-17)),
            },
            "is in Nurture now: monthly email, next on 7 Dec",
        ),
        (
            Column.ACTIVE,
            {
                "column": Column.DROPPED,
                "drop": Drop(at=moment(0), reason=DropReason.NO_RESPONSE),
                "next_step": STEP,
            },
            "is in Dropped now: no response",
        ),
        (Column.ACTIVE, {}, "stays in Active"),
    ],
)
def test_it_names_the_column_and_the_day(was: Column, fields: dict[str, Any], said: str) -> None:
    moved = prospect(name="Harbor", **fields)
    assert where_it_is(evidence(moved), was) == f"Harbor {said}"
