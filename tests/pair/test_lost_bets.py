"""A bet whose day is over without what was named: dropped when the next review starts, once."""

from dataclasses import replace
from datetime import timedelta

from review_board.pair.controller import PairReview
from review_board.pipeline import changes
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column, Outcome, SignalKind
from review_board.report.prepare import report_on
from review_board.review.controller import ReviewController
from review_board.review.lost_bets import LostBets, dropped_at_start
from review_board.review.plan import plan_lines, plan_review
from review_board.review.scope import EVERYTHING_DUE, Scope
from review_board.store.protocol import PROSPECTS, SESSIONS
from tests.memory_store import Disk
from tests.pair.two_people import Office, settle, settle_by_bet, still_split
from tests.settings.values import parse_settings


def bet_on_the_first(office: Office) -> None:
    """Split, bet, and end the review."""
    ann, raj = office.both()
    still_split(ann, raj)
    settle_by_bet(ann, raj)
    settle(ann, raj)
    assert raj.current == "p-1"
    ann.finish()
    raj.board.catch_up()


def after_the_bet(days: int = 11) -> Office:
    office = Office(Disk())
    bet_on_the_first(office)
    office.now += timedelta(days=days)
    return office


def test_an_unmet_bet_is_dropped_at_the_next_start_and_listed() -> None:
    office = after_the_bet()
    ann = office.start()
    lost = ann.board.prospect("p-0")
    assert lost.column is Column.DROPPED
    assert lost.drop
    assert (lost.drop.reason, lost.verdicts[-1].rule) == ("bet-lost", "lost-bet")
    assert "name a start day" in lost.drop.note
    assert ann.lost_bets() == ["Warm 0"]
    assert office.join().lost_bets() == ["Warm 0"]
    assert ann.session
    assert "p-0" not in ann.session.queue
    told = report_on(ann.board, "x")
    header = dict(told.header)
    assert (header["Decided"], header["Lost bets"]) == ("none", "1 dropped at the start")
    assert told.summary.startswith("0 of 3 cards decided. 1 lost bet was dropped at the start.")


def test_what_is_planned_with_them_is_named_before_they_are_dropped() -> None:
    office = after_the_bet()
    day = office.now.date() + timedelta(days=8)
    office.board("mia").change(
        "p-0",
        lambda p, _: changes.set_next_step(p, NextStep(action="demo", on=day)),
        "planned",
    )
    plan = plan_review(office.board("ann"), EVERYTHING_DUE)
    (said,) = plan.planned_with_lost
    assert said.startswith("Warm 0: demo on ")
    assert f"  still to be done: {said}" in plan_lines(plan)
    lost = office.start().board.prospect("p-0")
    assert lost.column is Column.DROPPED
    assert lost.next_step  # nobody called it off
    assert (lost.next_step.action, lost.next_step.on) == ("demo", day)


def test_on_its_last_day_and_when_it_was_met_it_is_kept() -> None:
    office = after_the_bet(10)
    assert not office.start().lost_bets()
    office = after_the_bet()
    office.now -= timedelta(days=5)
    office.board("mia").change(
        "p-0",
        lambda p, s: changes.log_touch(p, Outcome.MEETING, s, signal=SignalKind.STEP_AGREED),
        "logged",
    )
    office.now += timedelta(days=5)
    ann = office.start()
    assert not ann.lost_bets()
    assert ann.board.prospect("p-0").column is Column.ACTIVE


def test_a_lost_bet_is_dropped_once_and_can_be_taken_back() -> None:
    office = after_the_bet()
    late = office.board("raj")
    stale = LostBets.on(late, EVERYTHING_DUE)
    ann = office.start()
    stamp, today = late.stamp(), late.today
    late.catch_up()
    again = stale.changes(late.store.tables, "pair-x", stamp, today, late.settings)
    assert list(again) == []
    assert not LostBets.on(late, EVERYTHING_DUE).found
    ann.board.undo()
    back = ann.board.prospect("p-0")
    assert (back.column, len(back.verdicts)) == (Column.ACTIVE, 1)
    assert ann.session  # the review that began with it goes on
    assert not PairReview.lost_bets(ann)


def test_a_lost_bet_that_was_taken_back_comes_as_a_card_and_is_not_dropped_again() -> None:
    office = after_the_bet()
    ann = office.start()
    ann.board.undo()
    ann.finish()
    for _ in range(2):
        again = office.start()
        assert again.board.prospect("p-0").column is Column.ACTIVE
        assert not again.lost_bets()
        assert again.session
        assert "p-0" in again.session.queue
        assert again.board.recommendation("p-0").rule == "lost-bet"
        again.finish()


def test_one_that_others_touched_meanwhile_is_left_alone() -> None:
    office = after_the_bet()
    late = office.board("raj")
    stale = LostBets.on(late, EVERYTHING_DUE)
    office.board("mia").change("p-0", lambda p, s: changes.add_note(p, "rang", s), "note")
    late.catch_up()
    found = stale.changes(late.store.tables, "pair-x", late.stamp(), late.today, late.settings)
    assert not [change for change in found if change.table == PROSPECTS]


def test_a_review_by_one_drops_it_as_well_lists_it_and_takes_it_back_by_one_undo() -> None:
    office = after_the_bet()
    board = office.board("mia")
    plan = plan_review(board, EVERYTHING_DUE)
    assert "1 bet is lost; dropped at the start: Warm 0" in plan_lines(plan)
    review = ReviewController.open(board)
    assert board.prospect("p-0").column is Column.DROPPED
    assert board.prospect("p-0").verdicts[-1].rule == "lost-bet"
    assert "p-0" not in review.session.queue
    assert len(review.session.queue) == plan.cards
    assert dropped_at_start(board, review.session) == ["Warm 0"]
    assert (review.summary().lost_bets, review.summary().purges) == (1, ())
    told = report_on(board, "x")
    assert dict(told.header)["Lost bets"] == "1 dropped at the start"
    board.undo()
    assert board.prospect("p-0").column is Column.ACTIVE
    assert board.document(review.session.id, SESSIONS)
    review.finish()
    again = ReviewController.open(office.board("zoe"))
    assert again.board.prospect("p-0").column is Column.ACTIVE, "it is not lost twice"
    assert not again.session.lost_bets
    assert "p-0" in again.session.queue


def test_reviews_that_begin_at_once_lose_a_bet_once() -> None:
    office = after_the_bet()
    boards = office.board("mia"), office.board("zoe")
    for board in boards:
        ReviewController.open(board)
    for board in boards:
        board.catch_up()
        assert len(board.prospect("p-0").verdicts) == 2


def test_a_review_with_nothing_else_due_drops_it_and_is_over() -> None:
    office = after_the_bet()
    board = office.board("mia")
    review = ReviewController.open(board, Scope(limit=0))
    assert review.current is None
    assert board.prospect("p-0").column is Column.DROPPED
    stored = board.document(review.session.id, SESSIONS)
    assert stored
    assert stored["finished"]


def test_the_bets_of_others_wait_for_their_review_and_none_is_lost_where_the_rule_is_off() -> None:
    office = after_the_bet()
    board = office.board("mia")
    board.change("p-1", lambda p, _: p.with_changes(owner="zoe"), "gave it to zoe")
    ReviewController.open(board, Scope(owner="zoe"))
    assert board.prospect("p-0").column is Column.ACTIVE
    off = parse_settings("[rules]\nlost-bet = false\n")
    assert not LostBets.on(replace(board, settings=off), EVERYTHING_DUE).found
