"""How many reviews kept a prospect in a row."""

from review_board.judgement.due.manager_queue import kept_without_signal
from review_board.pipeline.vocabulary import Column, Verdict
from tests.judgement.build import evidence, moment, prospect, verdict_record


def test_a_verdict_that_was_overruled_the_same_day_is_no_review() -> None:
    dropped = verdict_record(
        1,
        id="v-ann",
        at=moment(1, 9),
        session="s-ann",
        verdict=Verdict.PURGE,
        destination=Column.DROPPED,
    )
    kept = verdict_record(1, id="v-bob", by="bob", session="s-bob")
    again = verdict_record(1, id="v-cal", by="cal", session="s-cal", at=moment(1, 15))
    subject = prospect(verdicts=(verdict_record(9), dropped, kept, again))
    assert kept_without_signal(evidence(subject)) == 2
