"""Nothing is said by colour alone: every screen names the advice, the column and the debts in words or signs."""

from collections.abc import Sequence

import pytest
from textual.app import App

from review_board.review.scope import due_count
from review_board.tui.board.column import STRIPE, STRIPES
from review_board.tui.review.open_review import open_review
from review_board.tui.theme import own_colours
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

SILENT = document(
    "Silent Foundry",
    value=90000,
    touches=[
        touch(f"2026-{month:02}-{day:02}", "no-answer")
        for month in (8, 9)
        for day in (3, 9, 15, 21)
    ],
)
WALK: Sequence[tuple[Sequence[str], Sequence[str]]] = (
    ((), ("Active", "Callback", "Nurture", "Dropped", "you owe", "! ")),
    (("enter",), ("Silent Foundry", "PURGE", "to Nurture", "Active", "us ", "them ")),
    (("b",), ("Harbor Auto Glass", "KEEP")),
    (("Q",), ("Harbor Auto Glass",)),
    (("2", "x", *"call", "tab", *"+2d", "enter", "d", "w"), ("Northgate Schools", "Due 1")),
    (("W", "enter", "w"), ("won", "Active")),
    (("S",), ("Active", "Dropped", "Week by week")),
    (("slash", *"harbor", "enter", "r"), ("KEEP", "Reasons to keep", "Reasons to let go")),
    (("slash", *"silent", "enter", "r"), ("Silent Foundry", "to Nurture")),
    (
        ("slash", *"harbor", "enter", "r", "s", "s"),
        ("We owe 1 call", "calls owed", "before → after"),
    ),
    (("question_mark", "G"), ("the record says keep", "the record says let go", "you owe them")),
)


@pytest.mark.parametrize(
    ("keys", "words"), WALK, ids=[" ".join(keys) or "board" for keys, _ in WALK]
)
async def test_each_screen_says_it_in_words(
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    keys: Sequence[str],
    words: Sequence[str],
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(disk_of((*SMALL, SILENT)), theme="ansi-dark", review=open_review, due=due_count)
    async with app.run_test(size=(120, 60)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "you owe" in screen_text(app))
        await pilot.press(*keys)
        await until(pilot, lambda: all(word in screen_text(app) for word in words))


def test_the_stripes_of_the_advice_differ_in_shape() -> None:
    assert len({STRIPE, STRIPES["act"], STRIPES["let-go"]}) == 3


async def test_the_board_shows_the_advice_by_shape(make_app: MakeApp) -> None:
    app = make_app(disk_of((*SMALL, SILENT)))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: f"{STRIPES['let-go']} Silent" in screen_text(app))
        assert f"{STRIPE} Northgate" in screen_text(app)


def test_every_theme_has_our_colours() -> None:
    app: App[None] = App()
    for theme in app.available_themes.values():
        assert {"cursor", "rule", "quiet", "column-active"} <= own_colours(theme).keys()
