"""The report at the end of a review: read, scrolled, written to a file."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.report.prepare import ReportRequest
from review_board.review.controller import ReviewController
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.tui.board.screen import BoardScreen
from review_board.tui.report.screen import ReportScreen
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.screen import ReviewScreen
from tests.memory_store import MemoryStore
from tests.tui.conftest import Harness, dialog_words, screen_text, until
from tests.tui.pictures import LARGE, SMALL, SnapCompare
from tests.tui.report.test_looking_back import unreadable
from tests.tui.review.conftest import NOON, MakeApp, scenario
from tests.tui.review.test_review_screen import in_review, press, shown, told

PURGED = ("a", "enter")
"""All sure purges of the list."""
TAKEN = ("enter", "enter")
"""The recommendation of one card."""


def test_the_beginning(snap_compare: SnapCompare, make_app: MakeApp) -> None:
    """The line to send on, who and when, decisions by column, the pipeline before and after: all
    figures whole, headings in colour, no heading underlined.
    """
    app = make_app(scenario("S2", "S4", "S5"))
    assert snap_compare(app, terminal_size=SMALL, press=["r", *PURGED])


def reported() -> ReportScreen:
    """The report of a review that dropped what is to be dropped and skipped the rest."""
    board = Board(MemoryStore(), Settings(), lambda: NOON, UTC, "ann", "review").open()
    board.add(scenario(), "import")
    controller = ReviewController.open(board)
    while current := controller.current:
        made = board.recommendation(current)
        if made.destination is Column.DROPPED:
            controller.decide(Decision(Column.DROPPED, reason=DropReason.NO_DECISION), made, 30)
        else:
            controller.skip()
    controller.finish()
    return ReportScreen(board, "northwest", ReportRequest())


def test_further_down(snap_compare: SnapCompare) -> None:
    """The purge list with rule, reason and the number under Undo; who was skipped, by name; what is
    owed and what it is worth; the next seven days, what is missing: columns line up, names may be
    cut, figures never.
    """
    assert snap_compare(Harness(reported()), terminal_size=LARGE, press=["pagedown"])


async def test_it_scrolls_by_every_key(make_app: MakeApp) -> None:
    async with make_app(scenario("S2", "S4", "S5")).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, *PURGED)
        top = screen_text(pilot.app)
        for there, back in (("j", "k"), ("down", "up"), ("space", "pageup"), ("G", "g")):
            await press(pilot, there)
            assert screen_text(pilot.app) != top, there
            await press(pilot, back)
            assert screen_text(pilot.app) == top, back


async def test_it_is_left_for_the_board(make_app: MakeApp) -> None:
    async with make_app(scenario("S2")).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, *TAKEN)
        for key in ("enter", "q", "escape"):
            shown: list[type] = [type(pilot.app.screen)]
            await press(pilot, key)
            shown.append(type(pilot.app.screen))
            assert shown == [ReportScreen, BoardScreen], key
            await press(pilot, "R")


def on_top(pilot: Pilot[int]) -> type:
    """The kind of the screen that is seen."""
    return type(pilot.app.screen)


async def test_the_last_verdict_can_still_be_taken_back_and_its_card_comes_again(
    make_app: MakeApp,
) -> None:
    async with make_app(scenario("S2")).run_test() as pilot:
        board = await in_review(pilot)
        await press(pilot, *TAKEN)
        assert on_top(pilot) is ReportScreen
        assert board.column(Column.DROPPED)
        await press(pilot, "u")
        assert on_top(pilot) is ReviewScreen
        assert "1 of 1 " in shown(pilot)
        assert "Taken back" in told(pilot)
        assert not board.column(Column.DROPPED)
        await press(pilot, "q", "R")
        assert screen_text(pilot.app).splitlines()[0].endswith("review not finished ")
        await press(pilot, "q", "r", *TAKEN)
        assert on_top(pilot) is ReportScreen
        assert board.column(Column.DROPPED)
        await press(pilot, "q", "R", "u")
        assert on_top(pilot) is BoardScreen, "a report that was asked for ends no review"


async def test_sure_purges_taken_back_at_the_report_come_as_a_list_again(make_app: MakeApp) -> None:
    async with make_app(scenario("S2", "S4")).run_test() as pilot:
        board = await in_review(pilot)
        await press(pilot, *PURGED)
        assert on_top(pilot) is ReportScreen
        await press(pilot, "u")
        assert on_top(pilot) is PurgeListScreen
        assert not board.column(Column.DROPPED)
        await press(pilot, "enter")
        assert on_top(pilot) is ReportScreen, "the ticks were kept"


async def test_what_is_taken_back_at_the_report_and_was_not_in_the_review_shows_on_the_board(
    make_app: MakeApp,
) -> None:
    async with make_app(scenario("S2", "S9")).run_test() as pilot:
        board = await in_review(pilot)
        await press(pilot, "s")
        assert on_top(pilot) is ReportScreen
        board.change("p-s9", lambda p, _: p.with_changes(tags=("new",)), "tagged")
        await press(pilot, "u")
        assert on_top(pilot) is BoardScreen


async def test_the_reviews_before_the_last_one_are_a_key_away(make_app: MakeApp) -> None:
    moments = [NOON]
    app = make_app(scenario("S2", "S7"), clock=lambda: moments[-1])
    async with app.run_test() as pilot:
        await in_review(pilot)
        await press(pilot, *TAKEN, "s")
        assert screen_text(pilot.app).splitlines()[0].endswith(" review over ")
        moments.append(NOON + timedelta(minutes=5))
        await press(pilot, "q", "r", *TAKEN, "q", "R")
        for key, place, words in (
            (None, "2 of 2", "1 card decided"),
            ("left", "1 of 2", "1 of 2 cards decided"),
            ("right", "2 of 2", "1 card decided"),
            ("left", "1 of 2", "1 of 2 cards decided"),
        ):
            await press(pilot, *filter(None, [key]))
            await until(pilot, lambda words=words: words in screen_text(pilot.app))  # type: ignore[misc]
            assert screen_text(pilot.app).splitlines()[0].endswith(f"review number {place}, over ")
        assert " · ann " in screen_text(pilot.app).splitlines()[0]
        assert "1 card decided" not in screen_text(pilot.app)
        await press(pilot, "left")
        assert told(pilot) == "This is the first review that decided a card"


async def test_what_is_in_the_way_of_a_report_stands_in_place_of_the_one_before(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [NOON]
    async with make_app(scenario("S2", "S7"), clock=lambda: moments[-1]).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, *TAKEN, "s")
        moments.append(NOON + timedelta(minutes=5))
        await press(pilot, "q", "r", *TAKEN, "q", "R")
        await until(pilot, lambda: "1 card decided" in screen_text(pilot.app))
        monkeypatch.setattr(Board, "history", unreadable)
        await press(pilot, "left")
        await until(pilot, lambda: "It is no ledger; run doctor" in screen_text(pilot.app))
        assert "1 card decided" not in screen_text(pilot.app)


async def test_the_board_shows_the_last_review_finished_or_not(make_app: MakeApp) -> None:
    async with make_app(scenario("S2", "S7")).run_test() as pilot:
        await pilot.pause()
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert told(pilot) == "There is no review to report yet; r begins one"
        await press(pilot, "r", *TAKEN, "q", "R")
        assert isinstance(pilot.app.screen, ReportScreen)
        top = screen_text(pilot.app).splitlines()[0]
        assert "scenarios.json" in top
        assert top.endswith("review not finished ")
        await press(pilot, "q", "r", "s", "enter", "R")
        assert screen_text(pilot.app).splitlines()[0].endswith("review over ")
        assert "1 of 2 cards decided" in screen_text(pilot.app)


async def test_it_is_written_to_a_file_and_over_nothing(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with make_app(scenario("S2")).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, *TAKEN, "w", "enter")
        path = tmp_path / "review-2026-11-20.html"
        assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
        assert f"Written to {path}" in told(pilot)
        path.write_text("mine")
        await press(pilot, "w", "enter")
        assert "exists already: name another" in screen_text(pilot.app)
        assert path.read_text() == "mine"


async def test_a_path_that_is_refused_is_asked_again_as_it_was_typed(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with make_app(scenario("S2")).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, *TAKEN, "w", "x", "full_stop", *"pdf", "enter")
        assert "cannot be written as .pdf" in screen_text(pilot.app)
        await press(pilot, "end", *["backspace"] * 3, *"md", "slash", "y", "enter")
        assert f"Thereisnofolder{tmp_path}/x.md" in "".join(dialog_words(pilot.app).split())
        assert list(tmp_path.iterdir()) == []
        await press(pilot, "end", *["backspace"] * 2, "enter")
        assert f"Written to {tmp_path}/x.md" in told(pilot)
        assert (tmp_path / "x.md").read_text("utf-8").startswith("# Pipeline")


async def test_a_name_is_never_markup(make_app: MakeApp) -> None:
    (card,) = scenario("S2")
    hostile = card.with_changes(name="Acme [/foo] [@click=app.quit]AG[/]")
    async with make_app([hostile]).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, *TAKEN, "pagedown", *["j"] * 3)
        assert "Acme [/foo] [@click=app.quit]AG[/]" in screen_text(pilot.app)
