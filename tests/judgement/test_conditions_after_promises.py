"""The named condition holds for any day that its words allow, with earlier promises on record too."""

from datetime import UTC, date, datetime, timedelta

from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import Today
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Outcome, ReasonKind
from tests.judgement import condition_laws


def test_the_reason_of_an_earlier_promise_is_not_named_as_a_new_one() -> None:
    began = date(2026, 3, 8)
    record = changes.create("harbor", Stamp(datetime(2026, 3, 8, 9, tzinfo=UTC), "ann", "k0"))
    promise = AgreedCallback(
        on=began + timedelta(days=33),
        asked_by_buyer=True,
        reason=ReasonKind.BUDGET,
        change="a vote",
    )
    record = changes.await_callback(record, promise, began)
    for day in (9, 10, 11):
        stamp = Stamp(datetime(2026, 3, day, 9, tzinfo=UTC), "ann", f"k{day}")
        record = changes.log_touch(record, Outcome.DEFERRED, stamp)
    record = changes.await_callback(record, AgreedCallback(date(2026, 3, 20)), date(2026, 3, 11))
    assert condition_laws.any_day_that_a_flip_allows_will_do(record, Today(date(2026, 3, 11), UTC))
