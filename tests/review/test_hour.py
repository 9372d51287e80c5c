"""The hour at the desk: sure purges as a list, snoozes, the clock, parking, a manager's queue."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from review_board.board.board import Board
from review_board.board.filters import parse_filter
from review_board.board.undo import undoable
from review_board.errors import UsageError
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, DoNotContact, Drop, NextStep, Push
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Verdict
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope, queue_of
from review_board.review.verdicts import Decision
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from review_board.store.protocol import SESSIONS
from tests.judgement.build import (
    TODAY,
    day,
    moment,
    money,
    prospect,
    quote,
    touch,
    touches,
    verdict_record,
)
from tests.memory_store import Disk, MemoryStore
from tests.settings.values import parse_settings


class Hands:
    """A clock that is set by hand, and the disk that outlives a kill."""

    def __init__(self) -> None:
        self.disk = Disk()
        self.now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Hands:
    return Hands()


def office(clock: Hands, *prospects: Prospect, by: str = "ann", toml: str = "") -> Board:
    settings = parse_settings(toml) if toml else Settings()
    clock.disk = Disk()
    board = Board(MemoryStore(clock.disk), settings, clock, UTC, by, "review").open()
    board.add(list(prospects), "import")
    return board


def again(board: Board, clock: Hands, by: str = "ann") -> Board:
    """The same pipeline, opened anew: after a kill, or by somebody else."""
    return Board(MemoryStore(clock.disk), board.settings, clock, UTC, by, "review").open()


def serial(number: int, **fields: object) -> Prospect:
    """One that was put off three times without a reason: a sure purge."""
    given = {"id": f"p-{number}", "name": f"Serial {number}", "owner": "ann"} | fields
    return prospect(*touches(Outcome.DEFERRED, 90, 60, 30), **given)


def working(number: int, **fields: object) -> Prospect:
    given = {"id": f"p-{number}", "name": f"Working {number}", "owner": "ann"} | fields
    return prospect(touch(Outcome.TALKED, 5), **given)


def drop_taken_back(board: Board) -> ReviewController:
    """The next review, after one whose start dropped a lost bet, and somebody took that back."""
    first = ReviewController.open(board)
    first.board.undo()
    first.finish()
    return ReviewController.open(board)


STEP = NextStep(action="call", on=TODAY.day + timedelta(days=3))
KEEP = Decision(Column.ACTIVE, step=STEP)


def keep(controller: ReviewController) -> None:
    current = controller.current
    assert current is not None
    controller.decide(KEEP, controller.board.recommendation(current))


class TestTheListOfSurePurges:
    def test_it_comes_before_the_cards_of_the_rest(self, clock: Hands) -> None:
        controller = ReviewController.open(office(clock, working(9), serial(1), serial(2)))
        assert controller.session.queue == ("p-1", "p-2", "p-9")
        assert controller.list_is_next
        assert [line.id for line in controller.sure_purges()] == ["p-1", "p-2"]

    def test_each_line_has_a_reason_of_its_own(self, clock: Hands) -> None:
        silent = prospect(
            touch(Outcome.TALKED, 90),
            *touches(Outcome.VOICEMAIL, 80, 70, 60, 50, 40, 30),
            id="p-5",
            value=money(5_000),
        )
        controller = ReviewController.open(office(clock, serial(1), silent))
        reasons = {line.id: line.decision.reason for line in controller.sure_purges()}
        assert reasons == {"p-1": DropReason.ONLY_DEFERRALS, "p-5": DropReason.NO_RESPONSE}

    def test_a_single_one_comes_as_a_card(self, clock: Hands) -> None:
        assert not ReviewController.open(office(clock, serial(1), working(9))).list_is_next

    def test_a_high_tier_one_is_no_line_but_a_card(self, clock: Hands) -> None:
        high = serial(3, value=money(500_000))
        controller = ReviewController.open(office(clock, serial(1), serial(2), high))
        assert controller.session.sure == ("p-1", "p-2")
        assert controller.session.queue[-1] == "p-3"

    def test_what_is_ticked_goes_in_one_commit_and_the_rest_comes_as_cards(
        self, clock: Hands
    ) -> None:
        board = office(clock, serial(1), serial(2), serial(3), working(9))
        controller = ReviewController.open(board)
        before = board.store.seq
        controller.purge([line for line in controller.sure_purges() if line.id != "p-2"])
        assert board.store.seq == before + 1, "the step over them is part of it"
        assert board.column(Column.DROPPED) == ["p-1", "p-3"]
        assert controller.current == "p-2"
        assert not controller.list_is_next
        keep_anyway = Decision(Column.ACTIVE, step=STEP, against="we know them", start_anew=True)
        controller.decide(keep_anyway, board.recommendation("p-2"))
        assert controller.current == "p-9"

    def test_one_undo_brings_all_of_it_back_to_the_list(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2), working(9))
        controller = ReviewController.open(board)
        controller.purge(controller.sure_purges())
        controller.undo()
        assert not board.column(Column.DROPPED)
        assert controller.list_is_next

    def test_so_it_does_when_a_single_one_was_ticked(self, clock: Hands) -> None:
        controller = ReviewController.open(
            office(clock, serial(1), serial(2), serial(3), working(9))
        )
        controller.purge(controller.sure_purges()[1:2])
        controller.undo()
        assert (controller.list_is_next, controller.current) == (True, "p-1")

    def test_a_card_before_it_that_is_open_again_comes_behind_it(self, clock: Hands) -> None:
        owed = [working(n, touches=(), created=moment(20)) for n in (7, 8)]
        board = office(clock, *owed, serial(1), serial(2), working(9))
        controller = ReviewController.open(board)
        assert controller.session.queue == ("p-7", "p-8", "p-1", "p-2", "p-9")
        keep(controller)
        keep(controller)
        board.undo(done=controller.returned_to_the_list)
        assert controller.list_is_next
        assert controller.session.queue == ("p-7", "p-1", "p-2", "p-8", "p-9")
        controller.purge(controller.sure_purges())
        assert controller.current == "p-8"

    def test_nothing_ticked_passes_the_list(self, clock: Hands) -> None:
        controller = ReviewController.open(office(clock, serial(1), serial(2)))
        controller.purge([])
        assert (controller.list_is_next, controller.current) == (False, "p-1")

    def test_the_time_of_the_list_is_shared_by_its_lines(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2))
        controller = ReviewController.open(board)
        clock.pass_by(30)
        controller.purge(controller.sure_purges())
        assert [board.prospect(i).verdicts[-1].seconds for i in ("p-1", "p-2")] == [15, 15]

    def test_after_a_kill_it_comes_up_again_without_what_was_purged(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2), serial(3))
        ReviewController.open(board)
        resumed = ReviewController.open(again(board, clock))
        assert resumed.resumed
        assert resumed.list_is_next
        resumed.purge(resumed.sure_purges()[:1])
        last = ReviewController.open(again(board, clock))
        assert (last.current, last.list_is_next) == ("p-2", False)

    def test_after_a_kill_the_ticks_and_the_reasons_are_there_again(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2), serial(3))
        controller = ReviewController.open(board)
        first, _, last = controller.sure_purges()
        controller.mark(
            [first.marked(ticked=True), last.marked(reason=DropReason.TIMING, note="later")]
        )
        controller.mark([last.marked(ticked=True, reason=DropReason.TIMING, note="later")])
        controller.mark([first])  # taken off again
        resumed = ReviewController.open(again(board, clock)).sure_purges()
        assert [line.ticked for line in resumed] == [False, False, True]
        proposed, given = resumed[0].decision, resumed[2].decision
        assert (proposed.reason, proposed.note) == (DropReason.ONLY_DEFERRALS, "")
        assert (given.reason, given.note) == (DropReason.TIMING, "later")

    def test_a_tick_is_no_verdict_and_nothing_to_undo(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2))
        controller = ReviewController.open(board)
        stood = board.documents()
        controller.mark(line.marked(ticked=True) for line in controller.sure_purges())
        assert board.documents() == stood
        assert controller.list_is_next
        assert undoable(board.history(), "ann").action == "import"

    def test_the_ticks_of_another_day_are_gone(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2))
        controller = ReviewController.open(board)
        controller.mark(line.marked(ticked=True) for line in controller.sure_purges())
        clock.pass_by(24 * 3600)
        resumed = ReviewController.open(again(board, clock))
        assert resumed.resumed
        assert not any(line.ticked for line in resumed.sure_purges())
        assert "The ticks of yesterday do not count any more" in resumed.old_ticks()
        assert resumed.old_ticks() == "", "it is told once"

    def test_a_tick_counts_for_the_purge_that_was_ticked_alone(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2))
        controller = ReviewController.open(board)
        controller.mark(line.marked(ticked=True) for line in controller.sure_purges())
        request = DoNotContact(at=moment(0), by="raj")
        board.change("p-1", lambda p, _: p.with_changes(do_not_contact=request), "logged dnc")
        changed, same = controller.sure_purges()
        assert (changed.recommendation.rule, changed.ticked) == ("do-not-contact", False)
        assert changed.was == "serial-deferral → Dropped"
        assert (same.ticked, same.was) == (True, "")
        controller.mark([changed.marked(ticked=True)])
        again = controller.sure_purges()[0]
        assert (again.ticked, again.was) == (True, "")

    def test_a_reason_given_for_a_drop_is_none_for_nurture(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2))
        controller = ReviewController.open(board)
        controller.mark(line.marked(reason=DropReason.TIMING) for line in controller.sure_purges())
        board.change("p-1", lambda p, _: p.with_changes(value=money(500_000)), "edited")
        line = controller.sure_purges()[0]
        assert line.decision == line.proposed
        assert line.decision.to is Column.NURTURE

    def test_an_undo_brings_the_list_back_as_it_was_ticked(self, clock: Hands) -> None:
        controller = ReviewController.open(office(clock, serial(1), serial(2), serial(3)))
        controller.mark(line.marked(ticked=True) for line in controller.sure_purges()[:2])
        controller.purge(line for line in controller.sure_purges() if line.ticked)
        controller.undo()
        assert [line.ticked for line in controller.sure_purges()] == [True, True, False]

    def test_a_line_that_somebody_saved_meanwhile_is_gone(self, clock: Hands) -> None:
        board = office(clock, serial(1), serial(2), serial(3))
        controller = ReviewController.open(board)
        signal = touch(Outcome.ADVANCED, 0, hour=8)
        board.change(
            "p-2", lambda p, _: p.with_changes(touches=(*p.touches, signal)), "they came round"
        )
        assert [line.id for line in controller.sure_purges()] == ["p-1", "p-3"]

    def test_a_lost_bet_beats_what_we_owe(self, clock: Hands) -> None:
        bet = Bet(id="b-1", at=moment(14), action="sign", until=day(1))
        owed = working(4, bets=(bet,), quotes=(quote(20),))
        controller = drop_taken_back(office(clock, serial(1), owed))
        assert [line.id for line in controller.sure_purges()] == ["p-1", "p-4"]

    def test_a_lost_bet_is_a_sure_purge(self, clock: Hands) -> None:
        bet = Bet(id="b-1", at=moment(14), action="sign", until=day(1))
        lost = working(4, bets=(bet,))
        controller = drop_taken_back(office(clock, serial(1), lost))
        line = next(line for line in controller.sure_purges() if line.id == "p-4")
        assert line.recommendation.rule is RuleName.LOST_BET
        assert line.recommendation.finding.because.text.startswith(
            "bet lost, “sign” is not on record by "
        )
        assert line.decision == Decision(Column.DROPPED, reason=DropReason.NO_DECISION)
        controller.purge(controller.sure_purges())
        assert controller.board.prospect("p-4").column is Column.DROPPED


class TestNotThisWeek:
    def test_it_is_counted_and_not_due_for_a_week(self, clock: Hands) -> None:
        board = office(clock, working(1), working(2))
        controller = ReviewController.open(board)
        controller.snooze()
        assert (controller.current, controller.snoozed) == ("p-2", 1)
        assert len(board.prospect("p-1").snoozes) == 1
        keep(controller)
        for days, due in ((1, ()), (6, ("p-1", "p-2"))):
            clock.now += timedelta(days=days)
            assert queue_of(again(board, clock), Scope()).ids == due

    def test_a_card_that_is_kept_too_counts_once(self, clock: Hands) -> None:
        controller = ReviewController.open(office(clock, working(1), working(2)))
        keep(controller)
        controller.back()
        controller.snooze()
        assert (len([*controller.decided()]), controller.snoozed) == (1, 0)

    def test_undo_takes_it_back(self, clock: Hands) -> None:
        controller = ReviewController.open(office(clock, working(1)))
        controller.snooze()
        controller.undo()
        assert (controller.current, controller.snoozed) == ("p-1", 0)


def up(controller: ReviewController) -> bool:
    return controller.time_is_up


class TestTheClock:
    def test_time_at_the_cards_counts_and_a_pause_hardly(self, clock: Hands) -> None:
        controller = ReviewController.open(office(clock, working(1), working(2)))
        clock.pass_by(30)
        keep(controller)
        assert controller.worked == 30
        clock.pass_by(3 * 3600)
        assert controller.worked == 30 + 600

    def test_it_is_up_after_the_minutes_of_the_settings(self, clock: Hands) -> None:
        many = [working(n) for n in range(12)]
        controller = ReviewController.open(office(clock, *many, toml="[review]\nminutes = 2"))
        for _ in range(4):
            clock.pass_by(29)
            keep(controller)
        assert not up(controller)
        clock.pass_by(10)
        assert up(controller)
        controller.go_on()
        assert not up(controller)

    def test_parked_cards_are_counted_and_stay_due(self, clock: Hands) -> None:
        board = office(clock, working(1), working(2), working(3))
        controller = ReviewController.open(board)
        keep(controller)
        controller.park()
        assert controller.session.parked == ("p-2", "p-3")
        assert controller.session.finished
        next_one = ReviewController.open(again(board, clock))
        assert (next_one.resumed, next_one.session.queue) == (False, ("p-2", "p-3"))

    def test_a_review_that_was_parked_goes_on_at_the_card_of_an_undo(self, clock: Hands) -> None:
        board = office(clock, working(1), working(2), working(3))
        controller = ReviewController.open(board)
        keep(controller)
        controller.park()
        worked = controller.worked
        clock.pass_by(5)
        controller.undo()
        assert (controller.current, controller.session.parked, controller.session.finished) == (
            "p-1",
            (),
            None,
        )
        assert controller.worked == worked, "to read the report is no work on the cards"
        keep(controller)
        assert ReviewController.open(again(board, clock)).current == "p-2"

    def test_the_time_goes_on_where_a_killed_session_left_it(self, clock: Hands) -> None:
        board = office(clock, working(1), working(2))
        controller = ReviewController.open(board)
        clock.pass_by(100)
        keep(controller)
        clock.pass_by(3600)
        assert ReviewController.open(again(board, clock)).worked == 100


class TestScope:
    def test_its_parts_combine_with_what_is_due(self, clock: Hands) -> None:
        board = office(
            clock,
            working(1, owner="raj"),
            working(2, owner="raj", verdicts=(verdict_record(1),)),
            working(3),
            serial(4, owner="raj"),
        )
        wanted = Scope(owner="raj", filter=parse_filter("verdict:keep"))
        assert queue_of(board, wanted).ids == ("p-1",)
        assert set(queue_of(board, Scope(everything=True, owner="raj")).ids) == {
            "p-1",
            "p-2",
            "p-4",
        }

    def test_one_that_nothing_can_fit_is_told(self, clock: Hands) -> None:
        with pytest.raises(UsageError, match="fits"):
            queue_of(office(clock, working(1)), Scope(filter=parse_filter("tag:nowhere")))

    def test_a_session_of_another_scope_is_not_taken_up(self, clock: Hands) -> None:
        board = office(clock, working(1), working(2, owner="raj"))
        ReviewController.open(board)
        assert not ReviewController.open(board, Scope(owner="raj")).resumed
        assert len(board.documents(SESSIONS)) == 2

    @pytest.mark.parametrize(
        ("scope", "owner"),
        [
            (Scope(owner="raj"), "raj"),
            (Scope(filter=parse_filter("owner:raj column:active")), "raj"),
            (Scope(filter=parse_filter("-owner:ann")), ""),
            (Scope(filter=parse_filter("owner:none")), ""),
            (Scope(filter=parse_filter("raj")), ""),
        ],
        ids=str,
    )
    def test_a_filter_that_names_an_owner_makes_it_a_review_of_theirs(
        self, clock: Hands, scope: Scope, owner: str
    ) -> None:
        board = office(clock, working(1), working(2, owner="raj"), working(3, owner=""))
        assert ReviewController.open(board, scope).session.owner == owner


class TestAManagersQueue:
    def cards(self) -> list[Prospect]:
        pushed = tuple(
            Push(id=f"x-{n}", at=moment(9 - n), from_day=day(0), to_day=day(-9)) for n in (1, 2)
        )
        said = {"recommended": Verdict.PURGE, "against": "I know the owner", "by": "ann"}
        return [
            serial(1, value=money(500_000)),
            working(2, verdicts=(verdict_record(9, **said),)),
            working(3, verdicts=tuple(verdict_record(n, id=f"v-{n}") for n in (28, 21, 14))),
            working(4, pushes=pushed),
            working(5, verdicts=(verdict_record(9),), owner="raj"),
            working(6, owner="raj"),
        ]

    def test_it_goes_rep_by_rep_and_says_why(self, clock: Hands) -> None:
        queue = queue_of(office(clock, *self.cards(), by="mia"), Scope(manager=True))
        assert queue.ids[:4] == ("p-1", "p-2", "p-3", "p-4")
        assert queue.ids[4:] == ("p-5", "p-6")
        assert "large sale" in queue.why["p-1"]
        assert "kept against advice by ann: “I know the owner”" in queue.why["p-2"]
        assert "kept in 3 reviews" in queue.why["p-3"]
        assert "moved 2 times" in queue.why["p-4"]
        assert "a sample of what is kept" in queue.why["p-5"]
        assert "a sample of what is to review" in queue.why["p-6"]

    def test_a_list_that_nobody_reviewed_gives_three_cards_of_each_rep_what_is_owed_first(
        self, clock: Hands
    ) -> None:
        fresh = [working(n, owner=owner) for n, owner in enumerate(["ann", "raj"] * 5)]
        owed = prospect(touch(Outcome.QUOTE, 20), id="p-owed", owner="raj", quotes=(quote(20),))
        queue = queue_of(office(clock, *fresh, owed, by="mia"), Scope(manager=True))
        assert [len(part.ids) for part in queue.parts] == [3, 3]
        assert queue.parts[1].ids[0] == "p-owed"
        assert queue.why["p-owed"] == "they are owed a call"

    def test_what_ended_since_is_not_picked_as_kept(self, clock: Hands) -> None:
        kept = (verdict_record(9), verdict_record(16, id="v-2"), verdict_record(23, id="v-3"))
        lost = Drop(at=moment(1), by="import", reason=DropReason.NO_NEED)
        board = office(
            clock,
            working(1, verdicts=kept, column=Column.DROPPED, drop=lost),
            working(2, verdicts=kept, column=Column.NURTURE),
            by="mia",
        )
        why = queue_of(board, Scope(manager=True)).why
        assert "p-1" not in why
        assert "kept" not in why.get("p-2", "")

    def test_a_rep_has_seven_cards_at_most_and_one_kept_is_always_among_them(
        self, clock: Hands
    ) -> None:
        high = [serial(n, value=money(500_000 + n)) for n in range(10, 22)]
        kept = [working(n, verdicts=(verdict_record(9),)) for n in (30, 31)]
        queue = queue_of(office(clock, *high, *kept, by="mia"), Scope(manager=True))
        assert len(queue.ids) == 7
        assert queue.ids[-1] in {"p-30", "p-31"}

    def test_a_limit_takes_of_each_rep_in_turn_and_keeps_them_together(self, clock: Hands) -> None:
        cards = [
            serial(n, value=money(900_000 - n), owner=owner)
            for owner, numbers in (("ann", (10, 11, 12)), ("raj", (20, 21)), ("sam", (30,)))
            for n in numbers
        ]
        queue = queue_of(office(clock, *cards, by="mia"), Scope(manager=True, limit=4))
        assert queue.ids == ("p-10", "p-11", "p-20", "p-30")

    def test_currencies_are_not_compared_ours_comes_first(self, clock: Hands) -> None:
        yen = Money(amount=Decimal(90_000_000), currency="JPY")
        high = [serial(1, value=yen), serial(2, value=money(500_000))]
        queue = queue_of(office(clock, *high, by="mia"), Scope(manager=True))
        assert queue.ids == ("p-2", "p-1")

    def test_few_by_rule_are_filled_up_with_kept_ones(self, clock: Hands) -> None:
        kept = [working(n, verdicts=(verdict_record(9),)) for n in range(30, 40)]
        queue = queue_of(office(clock, *kept, by="mia"), Scope(manager=True))
        assert len(queue.ids) == 3
        assert queue == queue_of(office(clock, *kept, by="mia"), Scope(manager=True))

    @pytest.mark.parametrize("put_off", [False, True])
    def test_run_again_at_once_it_is_empty(self, clock: Hands, put_off: bool) -> None:
        kept = [working(n, verdicts=(verdict_record(9),)) for n in range(30, 40)]
        pushed = tuple(
            Push(id=f"x-{n}", at=moment(9 - n), from_day=day(0), to_day=day(-9)) for n in (1, 2)
        )
        pressing = [working(n, pushes=pushed) for n in range(50, 62)]
        board = office(clock, *kept, *pressing, by="mia")
        controller = ReviewController.open(board, Scope(manager=True))
        assert len(controller.session.queue) == 7
        while controller.current:
            if put_off:
                controller.snooze()
            else:
                keep(controller)
        assert queue_of(board, Scope(manager=True)).ids == ()

    def test_what_a_manager_puts_off_the_rep_still_reviews(self, clock: Hands) -> None:
        board = office(clock, working(1, verdicts=(verdict_record(9),)), by="mia")
        ReviewController.open(board, Scope(manager=True)).snooze()
        assert queue_of(again(board, clock, "ann"), Scope()).ids == ("p-1",)

    def test_why_is_kept_with_the_session(self, clock: Hands) -> None:
        board = office(clock, *self.cards(), by="mia")
        ReviewController.open(board, Scope(manager=True))
        resumed = ReviewController.open(again(board, clock, "mia"), Scope(manager=True))
        assert "large sale" in resumed.session.why["p-1"]


@pytest.mark.parametrize("count", [0, 1, 500])
def test_a_queue_of_any_size_is_settled_to_its_end_and_then_empty(clock: Hands, count: int) -> None:
    board = office(clock, *(working(n) for n in range(count)))
    controller = ReviewController.open(board)
    assert len(controller.session.queue) == count
    for _ in range(min(count, 3)):
        keep(controller)
    while controller.current:
        controller.skip()
    assert len(controller.left) == 0
    assert controller.summary().decided == min(count, 3)
    assert len(queue_of(board, Scope()).ids) == max(0, count - 3)
