"""K C N D where one stands: on the board, on many marked cards, on a page and in a list."""

from typing import cast

import pytest
from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.pipeline.records import NextStep, Nurture
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Track, Verdict
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.review.decide_now import _meant
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.screen import ReviewScreen
from tests.judgement.build import day, prospect, touch, touches, verdict_record
from tests.tui.conftest import dialog_words, screen_text, toasts
from tests.tui.review.conftest import MakeApp, make_app, scenario
from tests.tui.review.test_review_screen import in_review, press

__all__ = ["make_app"]

SERIAL = touches(Outcome.DEFERRED, 90, 60, 30)
ONE = prospect(*SERIAL, id="p-1", name="One Ltd")
TWO = prospect(*SERIAL, id="p-2", name="Two Ltd")
THREE = prospect(*SERIAL, id="p-4", name="Three Ltd")
GOOD = prospect(touch(Outcome.MEETING, 3), id="p-3", name="Good Ltd")


async def opened(pilot: Pilot[int]) -> Board:
    """The board once the pipeline is open."""
    await pilot.pause()
    board = cast("ReviewBoardApp", pilot.app).board
    assert board
    return board


@pytest.mark.parametrize("way_in", [[], ["enter"]])
async def test_a_drop_is_three_keys_on_the_board_and_on_the_page(
    make_app: MakeApp, way_in: list[str]
) -> None:
    async with make_app([ONE]).run_test() as pilot:
        board = await opened(pilot)
        await press(pilot, *way_in, "D", "f", "enter")
        (verdict,) = board.prospect(ONE.id).verdicts
        assert verdict.verdict is Verdict.PURGE
        assert verdict.reason is DropReason.ONLY_DEFERRALS
        assert board.prospect(ONE.id).column is Column.DROPPED


async def test_in_the_list_of_quotes(make_app: MakeApp) -> None:
    async with make_app(scenario("S1")).run_test() as pilot:
        board = await opened(pilot)
        await press(pilot, "Q", "D", "b", "tab", "n", "enter")
        (card,) = board.column(Column.DROPPED)
        assert board.prospect(card).verdicts[-1].reason is DropReason.BOUGHT_ELSEWHERE


async def test_against_the_record_the_board_asks_as_the_review_does(make_app: MakeApp) -> None:
    async with make_app([GOOD]).run_test() as pilot:
        board = await opened(pilot)
        await press(pilot, "D")
        assert "Against the advice to keep it" in dialog_words(pilot.app)
        await press(pilot, "e", "y", "tab", "'their office closes", "enter")
        (verdict,) = board.prospect(GOOD.id).verdicts
        assert (verdict.note, verdict.reason) == ("their office closes", DropReason.NO_NEED)
        assert verdict.start_anew


async def test_marked_cards_get_a_reason_each_in_one_dialog_and_one_undo(make_app: MakeApp) -> None:
    async with make_app([ONE, TWO]).run_test() as pilot:
        board = await opened(pilot)
        await press(pilot, "space", "space", "D")
        assert all(name in dialog_words(pilot.app) for name in ("One Ltd", "Two Ltd"))
        await press(pilot, "t", "down", "h", "enter")  # all of them, then the first another
        reasons = sorted(str(board.prospect(p.id).verdicts[0].reason) for p in (ONE, TWO))
        assert reasons == ["hostile", "timing"]
        assert "marked" not in str(pilot.app.screen.query_one("#title").render())
        await press(pilot, "u")
        assert not any(board.prospect(p.id).verdicts for p in (ONE, TWO))


async def test_many_are_kept_nurtured_and_called_back_with_one_answer(make_app: MakeApp) -> None:
    async with make_app([ONE, TWO]).run_test() as pilot:
        board = await opened(pilot)
        against = ("'they pay now", "enter", "n", "enter")
        await press(pilot, "space", "space", "K", *against, "'send the plan", "enter")
        steps = {board.prospect(p.id).next_step for p in (ONE, TWO)}
        assert [step.action for step in steps if step] == ["send the plan"]
        await press(pilot, "g", "space", "space", "N", "k", "enter")
        assert {board.prospect(p.id).column for p in (ONE, TWO)} == {Column.NURTURE}


@pytest.mark.parametrize(
    ("answer", "meant"), [(True, ["p-1", "p-2", "p-4"]), (False, ["p-2", "p-4"]), (None, [])]
)
async def test_no_leaves_out_only_those_that_were_decided_today(
    board: Board, answer: bool | None, meant: list[str]
) -> None:
    board.add([ONE, TWO, THREE], "added three")
    ids = [p.id for p in (ONE, TWO, THREE)]
    app = _Answering(answer)
    first = {ONE.id: verdict_record(0)}
    found = await _meant(cast("ReviewBoardApp", app), board, first, Column.NURTURE, ids)
    assert list(found) == meant
    assert "no: leave that one, go on with 2 others" in app.asked


class _Answering:
    """Answers each question alike, and keeps what it was asked."""

    def __init__(self, answer: bool | None) -> None:
        self._answer, self.asked = answer, ""

    async def push_screen_wait(self, dialog: ConfirmDialog) -> bool | None:
        self.asked = " ".join(choice.label for choice in dialog._options)
        return self._answer


async def test_nurturing_many_keeps_the_track_of_those_that_are_on_one(make_app: MakeApp) -> None:
    plan = Nurture(track=Track.CHAMPION, since=day(5), next_on=day(-85))
    three = THREE.with_changes(column=Column.NURTURE, nurture=plan)
    async with make_app([ONE, three]).run_test() as pilot:
        board = await opened(pilot)
        await press(pilot, "A", "N")
        assert "Nurture 1 prospect; 1 of the 2 keep their track" in dialog_words(pilot.app)
        await press(pilot, "k", "enter")
        tracks = [nurture.track for p in (ONE, THREE) if (nurture := board.prospect(p.id).nurture)]
        assert tracks == [Track.KEEP_IN_TOUCH, Track.CHAMPION]


async def test_more_than_twenty_take_one_more_question(make_app: MakeApp) -> None:
    many = [prospect(*SERIAL, id=f"p-{n}", name=f"Firm {n:02}") for n in range(21)]
    async with make_app(many).run_test() as pilot:
        board = await opened(pilot)
        await press(pilot, "A", "o")
        assert "All 21 prospects at once?" in dialog_words(pilot.app)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoardScreen), "enter alone changes nothing"
        await press(pilot, "o", "y", "'raj", "enter")
        assert {board.prospect(p.id).owner for p in many} == {"raj"}


async def test_a_line_of_the_sure_purges_is_decided_alone_and_taken_back(
    make_app: MakeApp,
) -> None:
    async with make_app([ONE, TWO]).run_test() as pilot:
        board = await in_review(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, PurgeListScreen)
        first = screen.prospect_id
        assert first
        await press(pilot, "D", "h", "enter")
        (verdict,) = board.prospect(first).verdicts
        assert (verdict.reason, verdict.session) == (DropReason.HOSTILE, screen.session_id)
        assert screen.prospect_id != first
        await press(pilot, "u")
        assert not board.prospect(first).verdicts
        assert screen.prospect_id


async def test_on_the_page_of_a_card_in_review_the_review_decides(make_app: MakeApp) -> None:
    async with make_app([ONE]).run_test() as pilot:
        board = await in_review(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        session = pilot.app.screen.session_id
        await press(pilot, "t", "D", "f", "enter")
        (verdict,) = board.prospect(ONE.id).verdicts
        assert verdict.session == session


async def test_a_range_is_marked_by_moving_and_all_that_is_shown_by_one_key(
    make_app: MakeApp,
) -> None:
    three = [prospect(*SERIAL, id=f"p-{n}", name=f"Firm {n}") for n in range(3)]
    async with make_app(three).run_test() as pilot:
        await opened(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, BoardScreen)
        ids = screen.here.visible_ids
        await press(pilot, "V", "j")
        assert screen.ids_here() == list(ids[:2])
        await press(pilot, "j", "k", "V", "j")
        assert screen.ids_here() == list(ids[:2])
        await press(pilot, "A")
        assert screen.ids_here() == list(ids)
        await press(pilot, "A")
        assert screen.ids_here() == [ids[2]], "no mark is left: the card under the cursor"


async def test_marked_cards_get_an_owner_tags_and_a_step_with_one_undo_each(
    make_app: MakeApp,
) -> None:
    async with make_app([ONE, TWO]).run_test() as pilot:
        board = await opened(pilot)

        def both(field: str) -> list[object]:
            return [getattr(board.prospect(p.id), field) for p in (ONE, TWO)]

        await press(pilot, "A", "o", "'raj", "enter")
        assert both("owner") == ["raj", "raj"]
        await press(pilot, "A", "t", "'north, fair", "enter")
        assert both("tags") == [("north", "fair")] * 2
        await press(pilot, "A", "t", "tab", "'NORTH", "enter")
        assert both("tags") == [("fair",)] * 2
        await press(pilot, "A", "x", "'send the plan", "tab", "'+3d", "enter")
        assert [step.action for step in map(step_of, both("next_step"))] == ["send the plan"] * 2
        await press(pilot, "A", "c")
        assert "1 other card is marked, and this is for one: esc unmarks" in toasts(pilot.app)
        await press(pilot, "x", "enter")
        assert "Take 2 next steps off?" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert [step.action for step in map(step_of, both("next_step"))] == ["send the plan"] * 2
        await press(pilot, "x", "enter", "y")
        assert both("next_step") == [None, None]
        await press(pilot, "u")
        assert None not in both("next_step")
        await press(pilot, "u", "u")
        assert both("next_step") == [None, None]
        assert both("tags") == [("north", "fair")] * 2


def step_of(found: object) -> NextStep:
    assert isinstance(found, NextStep)
    return found
