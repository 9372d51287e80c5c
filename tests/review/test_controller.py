"""The desk: a session over an open board, resumed, undone and summed up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.errors import RefusedError, UsageError
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep, Won
from review_board.pipeline.vocabulary import AnswerState, Column, DropReason, Outcome, Track
from review_board.report.prepare import ReportRequest, report_on
from review_board.review.controller import ReviewController
from review_board.review.plan import plan_review
from review_board.review.scope import Scope, due_count, next_due
from review_board.review.session_cards import part_of_queue
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.store.protocol import SESSIONS, Commit
from review_board.tasks.lists import collect_tasks
from tests.judgement.build import TODAY, answer, promise, prospect, touch, touches, verdict_record
from tests.memory_store import Disk, MemoryStore

STEP = NextStep(action="call", on=TODAY.day + timedelta(days=3))
TRACK = Track.KEEP_IN_TOUCH
AGAINST: dict[str, Any] = {"against": "they said so", "start_anew": True, "sooner": "they asked"}


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def disk() -> Disk:
    return Disk()


def opened(disk: Disk, clock: Hands, by: str = "ann") -> Board:
    return Board(MemoryStore(disk), Settings(), clock, UTC, by, "review").open()


@pytest.fixture
def board(disk: Disk, clock: Hands) -> Board:
    board = opened(disk, clock)
    serial = [
        prospect(*touches(Outcome.DEFERRED, 90, 60, 30), id=f"p-{n}", name=f"Serial {n}", owner=who)
        for n, who in enumerate(("ann", "raj", "raj"))
    ]
    fresh = prospect(
        touch(Outcome.TALKED, 2), id="p-9", name="Fresh", verdicts=(verdict_record(1),)
    )
    board.add([*serial, fresh], "import")
    return board


DROP = Decision(Column.DROPPED, reason=DropReason.ONLY_DEFERRALS)


def drop(controller: ReviewController) -> None:
    current = controller.current
    assert current is not None
    controller.decide(DROP, controller.board.recommendation(current), 20)


def test_only_what_is_due_is_put_before_somebody(board: Board) -> None:
    controller = ReviewController.open(board)
    assert controller.session.queue == ("p-0", "p-1", "p-2")
    assert due_count(board) == 3
    assert ReviewController.open(board, Scope(everything=True)).session.queue == (
        "p-0",
        "p-1",
        "p-2",
        "p-9",
    )


def test_a_verdict_and_the_step_to_the_next_card_are_one_commit(board: Board) -> None:
    controller = ReviewController.open(board)
    before = board.store.seq
    drop(controller)
    assert board.store.seq == before + 1
    assert controller.current == "p-1"
    assert board.column(Column.DROPPED) == ["p-0"]


def test_it_resumes_at_the_same_card_in_another_process(
    board: Board, disk: Disk, clock: Hands
) -> None:
    controller = ReviewController.open(board)
    drop(controller)
    controller.skip()
    again = ReviewController.open(opened(disk, clock))
    assert again.resumed
    assert again.current == "p-2"
    assert len(again.summary().purges) == 1


def test_it_resumes_at_a_decided_card_that_somebody_went_back_to(
    board: Board, disk: Disk, clock: Hands
) -> None:
    controller = ReviewController.open(board)
    drop(controller)
    controller.back()
    again = ReviewController.open(opened(disk, clock))
    assert (controller.current, again.current) == ("p-0", "p-0")


def test_a_session_left_for_a_week_is_not_taken_up(board: Board, clock: Hands) -> None:
    drop(ReviewController.open(board))
    clock.now += timedelta(days=7)
    assert not ReviewController.open(board).resumed


def test_a_look_at_another_scope_leaves_the_session_where_it_was(
    board: Board, clock: Hands
) -> None:
    first = ReviewController.open(board)
    first.mark(line.marked(ticked=True) for line in first.sure_purges())
    first.skip()
    clock.now += timedelta(minutes=5)
    card_summary = ReviewController.open(board, Scope(owner="raj"))
    assert card_summary.current == "p-1"
    drop(card_summary)
    clock.now += timedelta(minutes=5)
    again = ReviewController.open(board)
    assert again.resumed
    assert again.session.id == first.session.id
    assert again.session.skipped == ("p-0",)
    assert [line.id for line in again.sure_purges() if line.ticked] == ["p-0", "p-2"]
    assert again.current == "p-2", "what was decided in the other one is passed over"
    assert ReviewController.open(board, Scope(owner="raj")).session.id == card_summary.session.id


def test_the_same_review_in_two_windows_decides_each_card_once(
    board: Board, disk: Disk, clock: Hands
) -> None:
    here = ReviewController.open(board)
    there = ReviewController.open(opened(disk, clock))
    drop(here)
    with pytest.raises(RefusedError, match="you have just dropped it in another window"):
        drop(there)
    assert there.current == "p-0", "the card stays until they go on"
    there.pass_on()
    assert there.current == "p-1", "and then it goes on where the other is"
    drop(there)
    with pytest.raises(RefusedError, match="This review went on in another window"):
        here.skip()
    assert here.current == "p-2"
    assert len(here.summary().purges) == 2


def test_a_window_follows_the_other(board: Board, disk: Disk, clock: Hands) -> None:
    here, other = ReviewController.open(board), opened(disk, clock)
    there = ReviewController.open(other)
    drop(here)
    heard: list[Commit] = []
    other.subscribe(lambda event: heard.extend(getattr(event, "others", ())))
    other.catch_up()
    assert there.follow(heard)
    assert there.current == "p-0", "the card is not exchanged under the fingers"
    assert there.news
    assert there.news.text.startswith("you have just dropped it in another window: ")
    there.skip()
    assert there.current == "p-1"
    assert not there.follow([])


def test_a_callback_that_rests_until_its_day_is_not_called_owed(board: Board) -> None:
    rests = prospect(
        touch(Outcome.DEFERRED, 5), id="p-r", column=Column.CALLBACK, callback=promise(5, 60)
    )
    missed = prospect(
        touch(Outcome.DEFERRED, 60), id="p-m", column=Column.CALLBACK, callback=promise(60, -3)
    )
    board.add([rests, missed], "import")
    assert part_of_queue(board, "p-r") == "the rest"
    plan = plan_review(board, Scope(everything=True))
    assert [part.cards for part in plan.parts if part.key == "owed"] == [1]
    assert sum(summary.owed for _, summary in collect_tasks(board).prospects) == 1
    assert part_of_queue(board, "p-m") == "you owe them"
    assert part_of_queue(board, None) == ""


def test_somebody_elses_session_is_not_taken_up(board: Board, disk: Disk, clock: Hands) -> None:
    ReviewController.open(board)
    assert not ReviewController.open(opened(disk, clock, "raj")).resumed


def test_undo_returns_to_the_card_with_its_verdict_gone(board: Board) -> None:
    controller = ReviewController.open(board)
    drop(controller)
    controller.skip()
    controller.undo()
    assert controller.current == "p-0"
    assert board.column(Column.DROPPED) == []
    assert controller.verdict_on("p-0") is None
    assert controller.summary().decided == 0


def test_going_back_changes_nothing_that_undo_could_take_back(board: Board) -> None:
    controller = ReviewController.open(board)
    drop(controller)
    controller.back()
    assert controller.current == "p-0"
    controller.undo()
    assert board.column(Column.DROPPED) == []


def test_a_card_may_be_decided_again(board: Board) -> None:
    controller = ReviewController.open(board)
    drop(controller)
    controller.back()
    controller.decide(
        Decision(Column.ACTIVE, step=STEP, against="they called", start_anew=True),
        board.recommendation("p-0"),
    )
    assert board.prospect("p-0").column is Column.ACTIVE
    assert len(board.prospect("p-0").verdicts) == 2
    assert controller.summary().decided == 1


def test_an_answer_changes_the_recommendation_at_once(board: Board) -> None:
    controller = ReviewController.open(board)
    assert board.recommendation("p-0").rule == "serial-deferral"
    said = answer(AnswerState.NEGATIVE)
    board.change("p-0", lambda p, _: changes.answer(p, "budget", said), "answered budget")
    assert board.recommendation("p-0").rule == "knocked-out"
    assert controller.current == "p-0"


def test_run_again_at_once_the_queue_is_empty(board: Board) -> None:
    controller = ReviewController.open(board)
    for _ in range(3):
        drop(controller)
    assert controller.current is None
    controller.finish()
    again = ReviewController.open(board)
    assert again.current is None
    assert next_due(board) == TODAY.day + timedelta(days=6)


def test_nothing_is_stored_for_an_empty_queue(clock: Hands, disk: Disk) -> None:
    board = opened(disk, clock)
    assert ReviewController.open(board).current is None
    assert board.documents(SESSIONS) == {}
    assert next_due(board) is None


def test_a_card_that_is_won_meanwhile_is_passed_over(board: Board) -> None:
    controller = ReviewController.open(board)
    board.change("p-1", lambda p, _: changes.win(p, Won(on=TODAY.day)), "won")
    drop(controller)
    assert controller.current == "p-2"


def test_the_scope_narrows_what_is_due(board: Board) -> None:
    assert ReviewController.open(board, Scope(owner="RAJ")).session.queue == ("p-1", "p-2")
    assert ReviewController.open(board, Scope(limit=1)).session.queue == ("p-0",)
    assert ReviewController.open(board, Scope(column=Column.NURTURE)).current is None
    with pytest.raises(UsageError, match="Nobody called 'eve'"):
        ReviewController.open(board, Scope(owner="eve"))


def test_the_first_card_has_none_before_it(board: Board) -> None:
    with pytest.raises(RefusedError, match="first card"):
        ReviewController.open(board).back()


def test_a_spoilt_record_is_passed_over(board: Board) -> None:
    board.store.tables["prospects"]["p-0"] = {
        **board.store.tables["prospects"]["p-0"],
        "value": {"amount": "a lot"},
    }
    board.evaluator.forget_all()
    assert "p-0" not in ReviewController.open(board).session.queue


def spoil(board: Board, *ids: str) -> None:
    """By hand, in a way that the fast reader lets pass."""
    for prospect_id in ids:
        stood = board.store.tables["prospects"][prospect_id]
        board.store.tables["prospects"][prospect_id] = {**stood, "created": "1850-01-02T09:00:00Z"}
    board.evaluator.forget_all()


def test_what_the_judgement_alone_refuses_is_told_once_when_it_is_passed_over(
    board: Board, disk: Disk, clock: Hands
) -> None:
    spoil(board, "p-1")
    controller = ReviewController.open(board)
    assert controller.session.queue == ("p-0", "p-1", "p-2")
    assert controller.passed_unread() == []
    drop(controller)
    assert controller.current == "p-2"
    (told,) = controller.passed_unread()
    assert told.startswith("Passed over: 'Serial 1' cannot be read: created: ")
    assert told.endswith("; run review-board doctor")
    controller.back()
    assert controller.current == "p-0", "nor is it gone back to"
    controller.skip()
    assert (controller.current, controller.passed_unread()) == ("p-2", [])


def test_many_that_are_passed_over_are_told_in_one_line(board: Board) -> None:
    spoil(board, "p-0", "p-1", "p-2")
    controller = ReviewController.open(board)
    assert controller.current is None
    assert controller.unreadable == 3
    assert controller.passed_unread() == [
        "Passed over: 3 records cannot be read (Serial 0, Serial 1, …); run review-board doctor"
    ]


def test_back_to_nothing_but_spoilt_records_is_refused(board: Board) -> None:
    spoil(board, "p-0")
    controller = ReviewController.open(board)
    assert controller.current == "p-1"
    with pytest.raises(RefusedError, match="first card"):
        controller.back()


def test_what_was_decided_is_told_from_the_prospects(board: Board) -> None:
    controller = ReviewController.open(board)
    drop(controller)
    kept: Prospect = board.prospect("p-0")
    assert kept.verdicts[-1].session == controller.session.id
    assert controller.verdict_on("p-0") == kept.verdicts[-1]


def closing_label(board: Board, session: str) -> object:
    """The label of the ratio in the report of a session."""
    return dict(report_on(board, "book", ReportRequest(session=session)).facts)[
        "closing_ratio_label"
    ]


def many_won(disk: Disk, clock: Hands) -> None:
    """Twenty more outcomes, all of them won, from another window."""
    won = [prospect(id=f"w-{n}", won=Won(on=TODAY.day)) for n in range(20)]
    opened(disk, clock, "raj").add(won, "import")


def test_the_closing_ratio_of_a_review_is_that_of_its_start_also_when_it_is_resumed(
    board: Board, disk: Disk, clock: Hands
) -> None:
    controller = ReviewController.open(board)
    drop(controller)
    many_won(disk, clock)
    again = opened(disk, clock)
    assert again.evaluator.closing.label.startswith("your closing ratio 100 %")
    resumed = ReviewController.open(again)
    assert resumed.resumed
    assert again.evaluator.closing.label == "usual closing ratio 30 %"
    session = resumed.session
    assert closing_label(again, session.id) == "usual closing ratio 30 %"
    resumed.finish()
    assert again.evaluator.closing.label.startswith("your closing ratio 100 %")
    assert closing_label(again, session.id) == "usual closing ratio 30 %"


def test_a_file_loaded_again_under_a_review_leaves_its_closing_ratio(
    board: Board, disk: Disk, clock: Hands
) -> None:
    ReviewController.open(board)
    many_won(disk, clock)
    board.open()
    assert board.evaluator.closing.label == "usual closing ratio 30 %"


def test_steps_and_first_touches_of_one_review_share_the_working_days(
    disk: Disk, clock: Hands
) -> None:
    """One a day is enough here; a day that the person names is theirs."""
    settings = Settings().model_copy(
        update={"review": Settings().review.model_copy(update={"steps_a_day": 1})}
    )
    board = Board(MemoryStore(disk), settings, clock, UTC, "ann", "review").open()
    board.add([prospect(*touches(Outcome.DEFERRED, 9), id=f"p-{n}") for n in range(4)], "import")
    controller, usual = (
        ReviewController.open(board, Scope(everything=True)),
        settings.first_touch(TRACK, TODAY.day),
    )
    step = Decision(Column.ACTIVE, step=NextStep(action="call", on=usual), **AGAINST)
    touch_later = Decision(Column.NURTURE, track=TRACK, **AGAINST)
    named = Decision(Column.NURTURE, track=TRACK, first=usual, **AGAINST)
    for decision in (step, touch_later, touch_later, named):
        current = str(controller.current)
        controller.decide(decision, board.recommendation(current))
    plans = [board.prospect(f"p-{n}").nurture for n in range(1, 4)]
    next_day = settings.calendar.working_from(usual + timedelta(days=1))
    day_after = settings.calendar.working_from(next_day + timedelta(days=1))
    assert [plan and plan.next_on for plan in plans] == [next_day, day_after, usual]
    assert controller.planned() == {usual: 2, next_day: 1, day_after: 1}
