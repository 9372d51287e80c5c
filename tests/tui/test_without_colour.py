"""Nothing is said by colour alone: every screen names the advice, the column and the debts in words or signs."""

from collections.abc import Sequence

import pytest
from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.theme import BUILTIN_THEMES, Theme

from docs.pictures import app_over
from review_board.review.scope import due_count
from review_board.tui.board.column import STRIPES, ColumnView
from review_board.tui.review.open_review import open_review
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.theme import (
    GROUNDS,
    INKS,
    READ,
    READ_FIRST,
    THEMES,
    contrast,
    own_colours,
    readable,
)
from tests.tui.conftest import (
    SMALL,
    MakeApp,
    disk_of,
    document,
    ready,
    screen_text,
    touch,
    until,
)

UNANSWERED = [
    touch(f"2026-{month:02}-{day:02}", "no-answer") for month in (8, 9) for day in (3, 9, 15, 21)
]
SILENT = document("Silent Foundry", value=90000, touches=UNANSWERED)
WALK: Sequence[tuple[Sequence[str], str, Sequence[str]]] = (
    ((), "BoardScreen", ("Active", "Callback", "Nurture", "Dropped", "owe", "! ")),
    (
        ("enter",),
        "ProspectScreen",
        ("Silent Foundry", "PURGE", "to Nurture", "Active", "us ", "them "),
    ),
    (("b",), "TasksScreen", ("Harbor Auto Glass", "KEEP")),
    (("Q",), "TasksScreen", ("Harbor Auto Glass",)),
    (
        ("2", "x", *"call", "tab", *"+2d", "enter", "d", "w"),
        "TasksScreen",
        ("Northgate Schools", "Due 4"),
    ),
    (("W", "enter", "w"), "ChangesScreen", ("won", "Active")),
    (("S",), "StatsScreen", ("Active", "Dropped", "Week by week")),
    (
        ("slash", *"harbor", "enter", "r"),
        "ReviewScreen",
        ("KEEP", "Reasons to keep", "Reasons to let go"),
    ),
    (("slash", *"silent", "enter", "r"), "ReviewScreen", ("Silent Foundry", "to Nurture")),
    (
        ("slash", *"harbor", "enter", "r", "s", "s"),
        "ReportScreen",
        ("Owed now: 1 quote", "owed now", "before → after"),
    ),
    (
        ("question_mark", "G"),
        "HelpScreen",
        ("the record says KEEP", "the record says PURGE", "you owe them"),
    ),
)
"""The keys, the screen that they open, and the words that it says."""


@pytest.mark.parametrize(
    ("keys", "screen", "words"), WALK, ids=[" ".join(keys) or "board" for keys, *_ in WALK]
)
async def test_each_screen_says_it_in_words(
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    keys: Sequence[str],
    screen: str,
    words: Sequence[str],
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(disk_of((*SMALL, SILENT)), theme="ansi-dark", review=open_review, due=due_count)
    async with app.run_test(size=(120, 60)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "owe" in screen_text(app))
        await pilot.press(*keys)
        await until(pilot, lambda: all(word in screen_text(app) for word in words))
        assert type(app.screen).__name__ == screen


async def test_the_sure_purges_say_it_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_over("rep")
    async with app.run_test(size=(120, 60)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "owe" in screen_text(app))
        await pilot.press("slash", *"verdict:purge", "enter", "r")
        await until(pilot, lambda: isinstance(app.screen, PurgeListScreen))
        await until(pilot, lambda: "[ ]" in screen_text(app))
        assert "Drop: no response" in screen_text(app)


def test_the_stripes_of_the_advice_differ_in_shape() -> None:
    assert len({STRIPES[tone] for tone in ("keep", "act", "let-go", "nurture")}) == 4


async def test_the_board_shows_the_advice_by_shape(make_app: MakeApp) -> None:
    app = make_app(disk_of((*SMALL, SILENT)))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: f"{STRIPES['let-go']} Silent" in screen_text(app))
        assert f"{STRIPES['keep']} Northgate" in screen_text(app)


def test_every_theme_has_our_colours() -> None:
    app: App[None] = App()
    for theme in app.available_themes.values():
        assert {"cursor", "rule", "quiet", "column-active"} <= own_colours(theme).keys()


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
def test_the_terminals_own_colours_go_to_it_unchanged(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for no_color, mixed in ((False, False), (True, True)):
        if no_color:
            monkeypatch.setenv("NO_COLOR", "1")
        app = make_app(theme=name)
        (mixing,) = (one for one in app._filters if isinstance(one, ANSIToTruecolor))
        assert mixing.enabled == mixed
    shown = own_colours(app.current_theme)
    assert shown["cursor"] not in {shown["quiet"], "ansi_default"}
    assert shown["filled"] not in {"ansi_default", shown["cursor"]}


async def test_on_the_terminals_own_cursor_all_words_have_one_colour(make_app: MakeApp) -> None:
    app = make_app(disk_of((*SMALL, SILENT)), theme="ansi-dark")
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        column = app.screen.query(ColumnView).first()
        inks = {column._colour(name, at_cursor=True).color for name in ("title", "quiet", "keep")}
        assert len(inks) == 1
        assert app.get_css_variables()["accent"] != app.get_css_variables()["success"]


THEMES_WITH_COLOURS = [t for t in (*THEMES, *BUILTIN_THEMES.values()) if not t.ansi]


@pytest.mark.parametrize("theme", THEMES_WITH_COLOURS, ids=lambda theme: theme.name)
def test_words_can_be_read_in_every_theme(theme: Theme) -> None:
    made = own_colours(theme) | theme.to_color_system().generate() | theme.variables
    shown = made | readable(made)
    for ground in ("background", *GROUNDS):
        for name, least in [("foreground", READ_FIRST), *((ink, READ) for ink in INKS)]:
            found = contrast(Color.parse(shown[name]), Color.parse(shown[ground]))
            assert found >= least - 0.01, (name, ground)
    assert contrast(Color.parse(shown["foreground"]), Color.parse(shown["quiet"])) > 1.4
    if theme in THEMES:
        assert readable(made) == {name: Color.parse(made[name]).hex for name in readable(made)}
