"""The palette on the board: it runs commands, goes to prospects, shows views, remembers themes."""

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.binding import Binding
from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.board.index import Entry
from review_board.cli.command_table import COMMANDS
from review_board.errors import SettingsError
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.column import ColumnView
from review_board.tui.board.screen import BoardScreen
from review_board.tui.palette.commands import SELLERS_WORDS, TYPED, commands_on
from review_board.tui.palette.matching import MOST, best_first
from review_board.tui.palette.screen import PaletteScreen
from review_board.tui.prospect.screen import ProspectScreen
from review_board.tui.report.screen import ReportScreen
from review_board.tui.review.screen import ReviewScreen
from review_board.tui.rows import Rows
from tests.tui.conftest import (
    HOSTILE,
    SMALL,
    MakeApp,
    disk_of,
    document,
    ready,
    screen_text,
    toasts,
    type_in,
    until,
)


async def asked(pilot: Pilot[Any], typed: str, opener: str = "colon") -> str:
    """The palette after typing: the first line that fits."""
    await ready(pilot)
    await pilot.press(opener)
    await until(pilot, lambda: isinstance(pilot.app.screen, PaletteScreen))
    await type_in(pilot, typed)
    row = pilot.app.screen.query_one(Rows).row
    cells = row.cells() if row else ()
    return " | ".join(cell if isinstance(cell, str) else cell[0] for cell in cells)


@pytest.mark.parametrize("opener", ["colon", "ctrl+p"])
async def test_a_command_shows_its_key_and_is_run(make_app: MakeApp, opener: str) -> None:
    app = make_app(keys={"board.mine": "o"})
    async with app.run_test(size=(80, 24)) as pilot:
        assert await asked(pilot, "everybody", opener) == (
            "Mine | Only my prospects, or everybody's | o"
        )
        assert screen_text(app).count("Only my prospects, or everybody's") == 1, (
            "it is whole in its line"
        )
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert "mine" in screen_text(app)


async def test_a_few_letters_of_a_name_move_the_cursor(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Lakeside Dental" in await asked(pilot, "lake")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert app.screen.prospect_id == "p-lakeside-dental"  # type: ignore[attr-defined]


async def test_whom_the_filter_hides_is_opened(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"solid", "enter")
        await asked(pilot, "lakeside")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProspectScreen))
        assert "Lakeside Dental" in screen_text(app)


async def test_a_view_is_shown(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "View: Never contacted" in await asked(pilot, "never cont")
        await pilot.press("enter")
        await until(pilot, lambda: "view: Never contacted" in screen_text(app))


async def test_a_theme_is_shown_and_remembered(make_app: MakeApp) -> None:
    kept: list[tuple[str, str]] = []
    app = make_app(setting_keeper=lambda key, value: kept.append((key, value)))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Theme: nord" in await asked(pilot, "nord")
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "nord")
        assert kept == [("theme", "nord")]
        assert toasts(app) == ["Theme nord, remembered in the settings"]


async def test_a_density_is_shown_and_remembered(make_app: MakeApp) -> None:
    kept: list[tuple[str, str]] = []
    app = make_app(setting_keeper=lambda key, value: kept.append((key, value)))
    async with app.run_test(size=(120, 34)) as pilot:
        active = app.screen.query(ColumnView).first()
        pages = {"normal": active.page}
        for name in ("compact", "comfortable", "normal"):
            await asked(pilot, f"density {name}")
            await pilot.press("enter")
            await until(pilot, lambda name=name: kept[-1:] == [("density", name)])  # type: ignore[misc]
            pages.setdefault(name, active.page)
        assert pages["compact"] > pages["normal"] > pages["comfortable"]
        assert active.page == pages["normal"]


async def test_our_own_themes_come_first(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert (await asked(pilot, "settings")).startswith("Theme: calm | ")
        await pilot.press("escape")
        assert (await asked(pilot, "theme")).startswith("Theme: calm | ")


async def test_where_a_theme_is_not_remembered_that_is_told(make_app: MakeApp) -> None:
    def refuse(key: str, value: str) -> None:
        raise SettingsError("the disk is full")

    for keeper, words in ((None, "stays as it is"), (refuse, "Not remembered: the disk is full")):
        app = make_app(setting_keeper=keeper)
        async with app.run_test(size=(80, 24)) as pilot:
            await asked(pilot, "theme paper")
            await pilot.press("enter")
            await until(pilot, lambda app=app: app.theme == "paper")  # type: ignore[misc]
            assert words in toasts(app)[0]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (20, 5)])
async def test_hostile_names_are_data(make_app: MakeApp, size: tuple[int, int]) -> None:
    more = tuple(document(f"zz {name}", id=f"p-{n}") for n, name in enumerate(HOSTILE))
    app = make_app(disk_of((*SMALL, *more)))
    async with app.run_test(size=size) as pilot:
        await asked(pilot, "zz")
        assert len(app.screen.query_one(Rows)._rows) >= len(HOSTILE) - 1
        for _ in HOSTILE:
            await pilot.press("down")
        assert app.crash is None
        assert "\x1b" not in screen_text(app)


async def test_two_clicks_run_a_command_once(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(ReviewBoardApp, "action_help", lambda app: ran.append("help"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, "all keys")
        rows = app.screen.query_one(Rows)
        assert rows.row
        for _ in range(2):
            rows.post_message(Rows.RowOpened(rows.row))
        await until(pilot, lambda: bool(ran))
        assert ran == ["help"]
        assert isinstance(app.screen, BoardScreen)


async def test_keys_before_the_list_is_laid_out_do_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        for key in ("colon", *["pagedown"] * 8, "escape", "escape"):
            app.post_message(events.Key(key, ":" if key == "colon" else None))
        await until(pilot, app._key_queue._waiting.empty)
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert app.crash is None


async def test_each_key_looks_at_every_name_once_among_ten_thousand(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No timing: a search reads the folded names alone, and makes a line only of what is seen."""
    many = tuple(document(f"Deal {n} Foundry", id=f"p-{n}") for n in range(10_000))
    labels: list[str] = []

    def facts(board: Board, entry: Entry) -> list[str]:
        labels.append(entry.id)
        return [entry.name]

    monkeypatch.setattr("review_board.tui.palette.commands.facts", facts)
    app = make_app(disk_of(many))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Deal" in await asked(pilot, "foundry")
        assert len(labels) <= len("foundry") * MOST


async def test_what_only_the_command_line_does_is_found_and_says_how_it_is_typed(
    make_app: MakeApp,
) -> None:
    assert {line.split()[0] for line, _ in TYPED.values()} <= set(COMMANDS)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        for words in ("delete", "email", "lost", "phone", "calendar"):
            assert await asked(pilot, words), words
            await pilot.press("escape")
        await asked(pilot, "doctor")
        await pilot.press("enter")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["Not on the board: type review-board doctor in a shell"]


async def test_export_and_calendar_ask_for_a_file_and_write_it(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken.csv").touch()
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await asked(pilot, "export")
        await pilot.press("enter")
        await until(pilot, lambda: "northwest.json-2026" in screen_text(app))
        await pilot.press(*"taken.csv", "enter")
        await until(pilot, lambda: "taken.csv is there already" in screen_text(app))
        await pilot.press("ctrl+u", *"all.csv", "enter")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app)[0].startswith(f"Saved 6 prospects to {tmp_path / 'all.csv'}")
        assert "Harbor Auto Glass" in (tmp_path / "all.csv").read_text("utf-8-sig")
        await asked(pilot, "calendar")
        await pilot.press("enter")
        await until(pilot, lambda: "of all prospects" in screen_text(app))
        await pilot.press("enter")
        calendar = tmp_path / "northwest.json.ics"
        await until(pilot, calendar.exists)
        assert "Northgate Schools" in calendar.read_text("utf-8")


WALK = {
    "Edit": "amount value price money worth probability stage rename company close",
    "People": "phone number mobile mail email address",
    "Copy": "phone number email",
    "Report": "print paper pdf boss manager send",
    "Export": "export save backup send excel csv print",
    "Export for a CRM": "hubspot crm",
    "Forget": "delete remove privacy",
    "Drop": "lost lose dead delete remove",
    "Contact": "phone email call meeting visit",
    "Next step": "appointment meeting reminder",
    "Owner": "assign colleague hand",
    "Won": "sold bought order",
    "Statistics": "forecast figures chart boss weighted team quarter",
    "Calendar": "outlook appointment",
    "Merge": "duplicate",
    "Undo": "mistake",
    "Import": "upload excel",
    "Quotes": "offer",
    "Due": "owes who late",
    "Mark": "select",
    "Move right": "stage",
    "Doctor": "repair",
    "Manual": "password login",
    "Config": "language currency holidays",
    "Quit": "exit",
}
"""The commands among the first that fit each of these words."""


async def test_commands_are_found_by_the_words_of_sellers(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await ready(pilot)
        commands = commands_on(app, app.screen)
        missed = {
            word: found
            for name, words in WALK.items()
            for word in words.split()
            if name not in (found := [one.name for one in best_first(commands, word, 6)])
        }
    assert missed == {}


def test_every_command_with_further_words_is_one_that_there_is() -> None:
    screens = (BoardScreen, ReviewScreen, ProspectScreen, ReportScreen)
    keys = {
        binding.description
        for place in (*screens, ReviewBoardApp)
        for binding in place.BINDINGS
        if isinstance(binding, Binding)
    }
    assert SELLERS_WORDS.keys() - keys - TYPED.keys() == {"Calendar", "Export", "Who am I"}


async def test_a_long_meaning_is_whole_below_the_list_of_a_small_terminal(
    make_app: MakeApp,
) -> None:
    async with make_app().run_test(size=(60, 20)) as pilot:
        await asked(pilot, "merge")
        meaning = " ".join(screen_text(pilot.app).replace("│", " ").split())
        assert "Merge two marked ones; without marks, likely duplicates" in meaning
