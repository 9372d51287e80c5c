"""Verdicts given outside a review: what goes on record, together or alone, and who was first."""

from datetime import UTC, datetime

import pytest

from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Won
from review_board.pipeline.verdict_record import PairRecord
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Verdict
from review_board.review.controller import ReviewController
from review_board.review.direct_verdicts import DirectVerdict, first_today, record_verdicts
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from tests.judgement.build import TODAY, day, prospect, touch, touches, verdict_record
from tests.memory_store import MemoryStore

DROP = Decision(Column.DROPPED, reason=DropReason.ONLY_DEFERRALS)


def serial(name: str, **fields: object) -> Prospect:
    return prospect(*touches(Outcome.DEFERRED, 90, 60, 30), id=f"p-{name}", name=name, **fields)


@pytest.fixture
def board() -> Board:
    clock = datetime(2026, 11, 20, 12, tzinfo=UTC)
    board = Board(MemoryStore(), Settings(), lambda: clock, UTC, "ann", "board").open()
    board.add([serial("one"), serial("two")], "import")
    return board


def given(board: Board, *ids: str, session: str | None = None) -> None:
    verdicts = {i: DirectVerdict(DROP, board.recommendation(i)) for i in ids}
    record_verdicts(board, verdicts, {}, session)


def test_a_verdict_is_on_record_with_what_was_recommended_and_without_a_session(
    board: Board,
) -> None:
    given(board, "p-one")
    dropped = board.prospect("p-one")
    (verdict,) = dropped.verdicts
    assert dropped.column is Column.DROPPED
    assert (verdict.verdict, verdict.recommended, verdict.session) == (
        Verdict.PURGE,
        Verdict.PURGE,
        None,
    )
    assert next(board.history()).action == "purged one → Dropped"


def test_many_are_one_change_and_one_undo(board: Board) -> None:
    given(board, "p-one", "p-two")
    assert next(board.history()).action == "purged 2 prospects → Dropped"
    board.undo()
    assert not any(board.prospect(i).verdicts for i in ("p-one", "p-two"))


def test_what_a_verdict_demands_is_demanded_of_each_and_nothing_is_half_done(board: Board) -> None:
    without = {
        i: DirectVerdict(Decision(Column.DROPPED), board.recommendation(i)) for i in ["p-one"]
    }
    with pytest.raises(RefusedError, match="reason"):
        record_verdicts(board, without, {})
    assert not board.prospect("p-one").verdicts


def test_a_verdict_from_the_list_belongs_to_its_review(board: Board) -> None:
    controller = ReviewController.open(board)
    given(board, "p-one", session=controller.session.id)
    assert [p.id for p in controller.decided()] == ["p-one"]
    assert [line.id for line in controller.sure_purges()] == ["p-two"]


def test_a_review_that_is_left_open_passes_over_what_was_decided_on_the_board(board: Board) -> None:
    controller = ReviewController.open(board)
    later = datetime(2026, 11, 20, 13, tzinfo=UTC)
    board.clock = lambda: later
    given(board, "p-one", "p-two")
    controller.pass_over_gone()
    assert controller.current is None


def test_somebody_elses_verdict_of_today_is_asked_about_and_ones_own_is_corrected() -> None:
    by_raj = serial("x", verdicts=(verdict_record(0, by="raj"),))
    own = serial("x", verdicts=(verdict_record(0, by="ann", session=None),))
    in_review = serial("x", verdicts=(verdict_record(0, by="ann", session="s-1"),))
    pair = PairRecord(first=(), settled="agreed")
    of_two = serial("x", verdicts=(verdict_record(0, by="ann", session="s-1", pair=pair),))
    yesterday = serial("x", verdicts=(verdict_record(1, by="raj"),))
    assert first_today(by_raj, TODAY, "ann") == by_raj.verdicts[0]
    assert first_today(of_two, TODAY, "ann") == of_two.verdicts[0]
    assert first_today(in_review, TODAY, "ann") is None
    assert first_today(own, TODAY, "ann") is None
    assert first_today(yesterday, TODAY, "ann") is None
    answered = by_raj.with_changes(touches=(touch(Outcome.TALKED, 0, hour=23),))
    assert first_today(answered, TODAY, "ann") is None


def test_what_was_won_is_reopened_by_a_move_and_not_by_a_verdict(board: Board) -> None:
    board.change("p-one", lambda p, _: p.with_changes(won=Won(on=day(0))), "won")
    with pytest.raises(RefusedError, match="was won"):
        given(board, "p-one")
