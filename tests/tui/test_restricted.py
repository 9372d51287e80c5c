"""A restricted login on the screens: nothing that leads outside is offered, and nothing of it works."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot

from review_board.login_rights import LoginRights
from review_board.report.prepare import ReportRequest
from review_board.tui.app import ReviewBoardApp
from review_board.tui.crash_safe_app import LARGEST, CrashSafeApp
from review_board.tui.palette.commands import commands_on
from review_board.tui.report.screen import ReportScreen
from tests.tui.conftest import MakeApp, ready, screen_text, toasts, type_in, until

SHUT = LoginRights(is_restricted=True)
LEAD_OUT = {"Suspend", "Pipelines", "Import", "Sample"}
REFUSED = {"O": "No other pipeline", "T": "No sample", "I": "no files", "ctrl+z": "no shell"}


def told(app: ReviewBoardApp, word: str) -> bool:
    return any(word in toast for toast in toasts(app))


async def on_report(pilot: Pilot[Any]) -> None:
    """Open a report, with its keys."""
    app = pilot.app
    assert isinstance(app, ReviewBoardApp)
    assert app.board
    app.push_screen(ReportScreen(app.board, "northwest", ReportRequest()))
    await until(pilot, lambda: "Report" in screen_text(app))


def names(app: ReviewBoardApp) -> set[str]:
    return {command.name for command in commands_on(app, app.screen)}


async def test_what_leads_outside_is_offered_nowhere_and_refused(make_app: MakeApp) -> None:
    app = make_app(rights=SHUT)
    async with app.run_test(size=(100, 40)) as pilot:
        await ready(pilot)
        assert not LEAD_OUT & names(app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Suspend" not in screen_text(app)
        await pilot.press("escape")
        for key, word in REFUSED.items():
            await pilot.press(key)
            await until(pilot, partial(told, app, word))
        await app.run_action("screenshot")
        app.open_url("https://example.com")


async def test_the_usual_login_is_offered_all_of_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(100, 40)) as pilot:
        await ready(pilot)
        assert names(app) >= LEAD_OUT


async def test_files_come_from_the_folder_by_bare_names(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "deals.csv").write_text("Deal Name\nPell deal\n", encoding="utf-8")
    (tmp_path / "secret.csv").write_text("Deal Name\nSecret\n", encoding="utf-8")
    app = make_app(rights=LoginRights(is_restricted=True, folder=folder))
    async with app.run_test(size=(100, 40)) as pilot:
        await ready(pilot)
        await pilot.press("I")
        await until(pilot, lambda: "Import lists" in screen_text(app))
        assert "deals.csv" in screen_text(app)
        await type_in(pilot, "../")
        assert "secret.csv" not in screen_text(app)
        await type_in(pilot, "secret.csv")
        await pilot.press("enter")
        await pilot.pause()
        assert "Only the bare name of a file" in screen_text(app)


async def test_a_report_is_written_to_the_folder_alone(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(rights=SHUT)
    async with app.run_test(size=(100, 40)) as pilot:
        await ready(pilot)
        await on_report(pilot)
        assert "Write" not in names(app)
        app.rights = LoginRights(is_restricted=True, folder=tmp_path)
        assert "Write" in names(app)


async def test_a_terminal_larger_than_any_costs_no_more_than_a_large_one() -> None:
    app = CrashSafeApp()
    async with app.run_test() as pilot:
        claimed = Size(65_535, 65_535)
        app.post_message(events.Resize(claimed, claimed))
        await until(pilot, lambda: app.size == LARGEST)
