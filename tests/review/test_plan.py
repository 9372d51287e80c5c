"""The plan of a review: its parts, its pace, how far the time reaches, and going from part to part."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from review_board.board.board import Board
from review_board.board.document_diff import SessionChange
from review_board.errors import RefusedError, UsageError
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column, Outcome
from review_board.review.controller import ReviewController
from review_board.review.plan import USUAL_PACE, Pace, pace_of, plan_json, plan_lines, plan_review
from review_board.review.scope import Scope
from review_board.review.session import session_document, start
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.tui.review.open_review import how_to_go_on
from tests.judgement.build import moment, money, prospect, touches
from tests.memory_store import MemoryStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def silent(key: str, value: int) -> Prospect:
    """One that nobody answers: a sure purge while it is small, a large one with a way left to try."""
    tried = touches(Outcome.VOICEMAIL, *range(100, 60, -5))
    return prospect(*tried, id=key, name=key, value=money(value))


LEAD = prospect(id="p-lead", name="Lead", created=moment(40), owner="bob")
"""One that nobody ever called: we owe them the first call."""


@pytest.fixture
def board() -> Board:
    """One card that we owe, two sure purges, one large."""
    made = Board(MemoryStore(), Settings(), lambda: NOON, UTC, "ann", "review").open()
    made.add([LEAD, silent("p-a", 500), silent("p-b", 600), silent("p-c", 900_000)], "import")
    return made


class TestParts:
    def test_they_come_in_the_order_of_the_queue(self, board: Board) -> None:
        plan = plan_review(board, Scope())
        assert [(part.key, part.cards) for part in plan.parts] == [
            ("owed", 1),
            ("sure", 2),
            ("large", 1),
        ]

    def test_only_those_chosen_are_reviewed_and_of_them_the_first(self, board: Board) -> None:
        assert plan_review(board, Scope(parts=("sure", "large"))).cards == 3
        first = plan_review(board, Scope(parts=("sure", "large"), limit=1))
        assert first.queue.ids == first.queue.sure
        assert first.cards == 1

    def test_one_that_is_not_there_is_refused(self, board: Board) -> None:
        with pytest.raises(UsageError, match="no part small"):
            plan_review(board, Scope(parts=("small",)))

    def test_a_part_is_another_scope_to_take_up(self) -> None:
        assert Scope(parts=("sure",)).name == "part sure"


class TestPace:
    def test_without_earlier_reviews_it_is_the_usual_one(self) -> None:
        assert pace_of([], "ann") == Pace(USUAL_PACE)
        assert pace_of([{"by": "ann", "worked": 100, "place": 9}], "ann") == Pace(USUAL_PACE)

    def test_it_is_measured_from_ones_own_sessions(self) -> None:
        stored: list[dict[str, object]] = [
            {"by": "ann", "started": "2026-11-01", "worked": 800, "place": 20},
            {"by": "ann", "started": "2026-11-08", "worked": 400, "place": 20},
            {"by": "ann", "started": "2026-11-09", "worked": 9, "place": 2, "skipped": ["a", "b"]},
            {"by": "bob", "started": "2026-11-08", "worked": 9_000, "place": 10},
            {"by": "ann", "worked": "spoilt", "place": None},
        ]
        assert pace_of(stored, "ann") == Pace(30, 40)
        assert pace_of(stored, "ann").words == "at your pace of 30 s a card"

    def test_a_few_cards_with_a_pause_do_not_tell_it(self) -> None:
        """A pause counts ten minutes; in a first review of a dozen cards that were two thirds of the time."""
        first = {"by": "ann", "started": "2026-11-01", "worked": 600 + 12 * 25, "place": 12}
        assert pace_of([first], "ann") == Pace(USUAL_PACE)

    def test_of_one_that_was_begun_only_what_is_left_of_cards_and_time_counts(
        self, board: Board
    ) -> None:
        ids = ["p-a", "p-b", "p-c"]
        begun = start(
            "s-1", board.by, board.clock() - timedelta(days=1), ids, place=1, worked=2_660
        )
        board.save_session(SessionChange(None, session_document(begun)), "review: start")
        plan = plan_review(board, Scope())
        assert (plan.cards, plan.ahead, plan.reach) == (4, 2, 1)
        assert plan.reach_words == "at 30 s a card you reach 1 of 2 in the time that is left"
        gone_on = replace(plan, begun=begun.model_copy(update={"overtime": True}))
        assert gone_on.reach_words == "at 30 s a card what is left takes 1 min"

    def test_the_time_reaches_as_far_as_the_pace_goes(self, board: Board) -> None:
        plan = plan_review(board, Scope())
        assert plan.reach == plan.cards
        assert plan.reach_words == "at 30 s a card that takes 2 min"
        slow = type(plan)(plan.scope, plan.queue, Pace(1_000, 10), 45)
        assert slow.reach_words == "at your pace of 1000 s a card you reach 2 of 4 in 45 min"


def test_it_is_told_in_lines_and_as_json(board: Board) -> None:
    plan = plan_review(board, Scope())
    lines = plan_lines(plan)
    assert lines[0] == "4 cards to review (everything)"
    assert [line.split()[-3:] for line in lines[1:4]] == [
        ["1", "1", "min"],
        ["2", "1", "min"],
        ["1", "1", "min"],
    ]
    assert "  sure   sure purges" in lines[2]
    assert plan_json(plan)["parts"][1] == {
        "part": "sure",
        "title": "sure purges",
        "cards": 2,
        "minutes": 1,
    }


def test_a_session_that_was_left_is_named(board: Board) -> None:
    begun = start("s-1", board.by, board.clock() - timedelta(days=1), ["p-a", "p-b"])
    board.save_session(SessionChange(None, session_document(begun)), "review: start")
    plan = plan_review(board, Scope())
    assert plan.begun is not None
    assert plan.begun.id == begun.id
    opened, others, pace = plan_lines(plan)  # and no table of another queue
    assert opened == "A review of this is open: 2 of its 2 cards are left"
    assert others.endswith("in the review after it")
    over = begun.model_copy(update={"place": 2})
    opened, *_ = plan_lines(replace(plan, begun=over, begun_left=0))
    assert opened == "A review of this is open: no card of its 2 cards is left"
    opened, *_ = plan_lines(replace(plan, begun_left=1))
    assert opened == "A review of this is open: 1 of its 2 cards is left"
    assert pace.startswith("At 30 s a card")


def test_without_a_card_it_says_why(board: Board) -> None:
    board.add([prospect(id="p-new", name="New", created=moment(1), owner="eve")], "import")
    assert plan_lines(plan_review(board, Scope(owner="eve"))) == [
        "Nothing to review (owner eve); the next card comes up on 26 Nov"
    ]
    by_hand = plan_review(board, Scope(manager=True, owner="eve"))
    assert plan_lines(by_hand)[0] == "No card of any rep stands out or is to review"


def test_a_manager_who_has_seen_all_that_stands_out_is_told_so(board: Board) -> None:
    chosen = plan_review(board, Scope(manager=True))
    controller = ReviewController.open(board, chosen.scope)
    while controller.current:
        controller.snooze()
    assert plan_lines(plan_review(board, chosen.scope, anew=True)) == [
        "All that stands out (4 cards) you decided or put off within 7 days"
    ]


class TestGoingFromPartToPart:
    def test_the_next_part_comes_up_and_this_one_last(self, board: Board) -> None:
        controller = ReviewController.open(board, Scope())
        assert controller.current == "p-lead"
        assert controller.next_part() == "sure purges"
        assert controller.list_is_next
        assert controller.session.queue[-1] == "p-lead"
        assert controller.next_part() == "large or unclear"
        assert controller.next_part() == "you owe them"
        assert controller.current == "p-lead"
        assert len(controller.left) == 4

    def test_the_only_part_that_is_left_says_so(self, board: Board) -> None:
        controller = ReviewController.open(board, Scope(parts=("owed",)))
        with pytest.raises(RefusedError, match="only part"):
            controller.next_part()


class TestWhereItWasStopped:
    AGAIN, REPORT = "r", "R"

    def words(self, controller: ReviewController) -> str:
        return how_to_go_on(controller, self.AGAIN, self.REPORT)

    def test_the_card_and_the_key_that_goes_on_there_are_told(self, board: Board) -> None:
        controller = ReviewController.open(board)
        assert self.words(controller) == "Stopped at card 1 of 4: r goes on there"

    def test_the_report_is_named_once_something_is_decided(self, board: Board) -> None:
        controller = ReviewController.open(board)
        step = NextStep(action="call", on=NOON.date() + timedelta(days=3))
        made = board.recommendation(controller.current or "")
        controller.decide(Decision(Column.ACTIVE, step=step), made)
        assert self.words(controller) == (
            "Stopped at card 2 of 4: r goes on there, R shows the report so far"
        )

    def test_after_one_that_is_over_nothing_is_said(self, board: Board) -> None:
        controller = ReviewController.open(board, Scope(parts=("owed",)))
        while controller.current:
            controller.skip()
        assert self.words(controller) == ""


def test_a_manager_is_told_what_the_selection_is_and_each_rep_once(board: Board) -> None:
    first, *parts = plan_lines(plan_review(board, Scope(manager=True)))
    assert first.endswith("to review (a manager's selection)")
    assert all(line.split().count("bob") <= 1 for line in parts)


def test_parts_of_as_many_cards_take_as_many_minutes(board: Board) -> None:
    plan = plan_review(board, Scope())
    assert [(part.cards, part.minutes) for part in plan.parts] == [(1, 1), (2, 1), (1, 1)]


def test_cards_that_went_with_the_list_are_behind_the_one_in_front(board: Board) -> None:
    """Two of four went with the list: the first card is the third, also where it is taken up again."""
    controller = ReviewController.open(board)
    assert controller.number == 1
    controller.purge(controller.sure_purges())
    assert (controller.place, controller.number) == (0, 3)
    assert plan_review(board, Scope()).begun_at == 3
    assert how_to_go_on(controller, "r", "R").startswith("Stopped at card 3 of 4")
