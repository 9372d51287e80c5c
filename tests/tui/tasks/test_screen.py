"""The lists of the hour, from key to record: due, best hour, quotes."""

from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.filter_line import FilterLine
from review_board.tui.prospect.screen import ProspectScreen
from review_board.tui.rows import Col, Row, Rows, laid_out, widths
from review_board.tui.tasks.screen import TasksScreen
from review_board.tui.tasks.tabs import Tabs
from tests.tui.conftest import (
    HOSTILE,
    NOW,
    SMALL,
    Document,
    Harness,
    MakeApp,
    disk_of,
    document,
    lines_of,
    ready,
    screen_text,
    toasts,
    touch,
    type_in,
    until,
)

HARBOR = "p-harbor-auto-glass"
PROOF = {"asked_on": "2026-11-01", "asked_by_buyer": True, "reason": "budget", "change": "the vote"}


def step(name: str, on: str, value: int, **fields: Any) -> Document:
    talked = [touch("2026-11-10", "advanced")]
    return document(
        name, "active", value, next_step={"action": "call", "on": on}, touches=talked, **fields
    )


BUSY = (
    *SMALL,
    step("Early Bird", "2026-11-12", 3000),
    step("Late Riser", "2026-11-18", 2000, owner="raj"),
    step("Next Week", "2026-11-24", 1000),
    document("Promised", "callback-pending", 500, callback={"on": "2026-11-19", **PROOF}),
    document("Kraft AG") | {"value": {"amount": "9000", "currency": "EUR"}},
)
WE_OWE = ["Promised", "Solid Labs", "Harbor Auto Glass", "Corner Bakery", "Kraft AG"]
"""Whom we owe something now: a call, a quote's follow-up, first calls."""
TO_EARLY_BIRD = ["j"] * len(WE_OWE)


def rows(app: ReviewBoardApp) -> Rows:
    return app.screen.query_one("#rows", Rows)


def here(app: ReviewBoardApp) -> str | None:
    row = rows(app).row
    return row.id if row else None


def names(app: ReviewBoardApp) -> list[str]:
    return [app.board.index.entries[row.id].name for row in rows(app)._rows if row.id and app.board]


async def opened(pilot: Pilot[Any], key: str) -> None:
    await ready(pilot)
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, TasksScreen))
    await pilot.pause()


@pytest.mark.parametrize(
    ("key", "title", "first"),
    [
        ("d", "Due · 7 due today or late · 5 owed, 4 yours · 3 late", "p-promised"),
        (
            "b",
            "Best hour · 7 to contact now · 5 owed, 4 yours · 2 later, the first on 24 Nov",
            "p-solid-labs",
        ),
        ("Q", "Quotes · 1 to follow up · worth about $7.2k", HARBOR),
    ],
)
async def test_each_key_opens_its_list(make_app: MakeApp, key: str, title: str, first: str) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, key)
        assert lines_of(app)[0].strip().startswith(title)
        assert here(app) == first
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


async def test_tab_numbers_and_letters_turn_the_pages_and_keep_the_place(
    make_app: MakeApp,
) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "d")
        await pilot.press(*TO_EARLY_BIRD)
        assert here(app) == "p-early-bird"
        await pilot.press("tab")
        assert "▸2 Best hour" in lines_of(app)[1]
        assert here(app) == "p-solid-labs"
        await pilot.press("3")
        assert here(app) == HARBOR
        await pilot.press("shift+tab", "d")
        assert "▸1 Due 7" in lines_of(app)[1]
        assert here(app) == "p-early-bird"
        await pilot.click(Tabs, offset=(20, 0))
        assert "▸2 Best hour" in lines_of(app)[1]


async def test_the_cursor_goes_by_line_page_and_mouse_and_skips_headings(
    make_app: MakeApp,
) -> None:
    euros = document("Kraft AG") | {"value": {"amount": "9000", "currency": "EUR"}}
    many = tuple(document(f"Lead {n:02}", value=90_000 - n) for n in range(40))
    app = make_app(disk_of((*many, euros)))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "b")
        await pilot.press("down", "j", "k")
        assert here(app) == "p-lead-01"
        await pilot.press("pagedown")
        assert here(app) == "p-lead-16"
        await pilot.press("G")
        assert here(app) == "p-kraft-ag"
        await pilot.press("up")
        assert here(app) == "p-lead-39"
        await pilot.press("g")
        assert here(app) == "p-lead-00"
        await pilot.click(Rows, offset=(5, 3))
        assert here(app) == "p-lead-02"
        await pilot.click(Rows, offset=(5, 3), times=2)
        await until(pilot, lambda: isinstance(app.screen, ProspectScreen))


async def test_enter_opens_the_page_and_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "Q")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProspectScreen))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, TasksScreen))
        assert here(app) == HARBOR


async def test_after_a_contact_the_list_is_made_again_and_the_cursor_stays_near(
    make_app: MakeApp,
) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "d")
        assert names(app) == [*WE_OWE, "Early Bird", "Late Riser"]
        await pilot.press(*TO_EARLY_BIRD, "c", "v", "enter")
        await until(pilot, lambda: names(app) == [*WE_OWE, "Late Riser"])
        assert here(app) == "p-late-riser"
        assert "▸1 Due 6" in lines_of(app)[1]
        await pilot.press("u")
        await until(pilot, lambda: names(app) == [*WE_OWE, "Early Bird", "Late Riser"])
        assert here(app) == "p-late-riser"


async def test_a_row_that_is_done_and_goes_down_leaves_the_cursor_on_the_next_one(
    make_app: MakeApp,
) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "d")
        first, following = names(app)[:2]
        await pilot.press("c", "n", "enter")
        await until(pilot, lambda: names(app)[0] != first)
        assert names(app).index(first) > names(app).index(following)
        assert here(app) == f"p-{following.lower().replace(' ', '-')}"


@pytest.mark.parametrize(("key", "shown"), [("d", "CHF 13.7k"), ("b", "CHF 13.7k/h")])
async def test_an_amount_of_a_currency_without_a_sign_is_shown_whole(
    make_app: MakeApp, key: str, shown: str
) -> None:
    swiss = step("Kraft AG", "2026-11-12", 0) | {
        "value": {"amount": "13700", "currency": "CHF"},
        "probability": "1",
        "hours": "1",
    }
    app = make_app(disk_of((*SMALL, swiss)))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, key)
        assert shown in screen_text(app)


@pytest.mark.parametrize("key", ["b", "Q"])
async def test_the_week_opens_from_another_list_with_its_rows(make_app: MakeApp, key: str) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, key)
        await pilot.press("w")
        assert "Next Week" in names(app)
        await pilot.press(key, "w")
        assert "Next Week" in names(app)
        await pilot.press("w")
        assert "Next Week" not in names(app)


async def test_a_step_set_for_later_leaves_the_list(make_app: MakeApp) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "d")
        await pilot.press(*TO_EARLY_BIRD, "x")
        await pilot.pause()
        await pilot.press("tab")
        await pilot.press(*["backspace"] * 10)
        await type_in(pilot, "+3d")
        await pilot.press("enter")
        await until(pilot, lambda: names(app) == [*WE_OWE, "Late Riser"])
        await pilot.press("w")
        assert names(app) == [*WE_OWE, "Late Riser", "Early Bird", "Next Week"]
        assert "8 due within 7 days" in lines_of(app)[0]


async def test_mine_and_a_filter_narrow_the_lists_and_come_from_the_board(
    make_app: MakeApp,
) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await pilot.press("m")
        await opened(pilot, "d")
        assert names(app) == [*(name for name in WE_OWE if name != "Corner Bakery"), "Early Bird"]
        await pilot.press("m")
        assert len(names(app)) == 7
        await pilot.press("slash")
        await type_in(pilot, "owner:raj")
        await pilot.press("enter")
        await until(pilot, lambda: not app.screen.query(FilterLine))
        assert names(app) == ["Corner Bakery", "Late Riser"]
        assert "/owner:raj" in lines_of(app)[0]


async def test_an_empty_list_says_why_and_what_to_do(make_app: MakeApp) -> None:
    app = make_app(disk_of((document("Bought", value=1, won={"on": "2026-11-02"}),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "d")
        assert "Nothing is due today." in screen_text(app)
        assert "w looks a week ahead" in screen_text(app)
        assert "is to review is another list: r there opens it" in screen_text(app)
        await pilot.press("2")
        assert "There is nobody to contact now." in screen_text(app)
        await pilot.press("3", "m")
        assert "No quote is open." in screen_text(app)
        assert "m shows everybody's prospects." in screen_text(app)
        await pilot.press("enter")
        assert "There is nobody in this list" in toasts(app)[0]


@pytest.mark.parametrize("key", ["d", "b", "Q"])
async def test_a_filter_that_nobody_fits_is_not_nothing_to_do(make_app: MakeApp, key: str) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, key)
        await pilot.press("slash")
        await type_in(pilot, "owner:nobody")
        await pilot.press("enter")
        await until(pilot, lambda: not app.screen.query(FilterLine))
        assert "No prospect on the board fits owner:nobody." in screen_text(app)
        assert "/ changes the filter." in screen_text(app)
        assert "Nothing is due" not in screen_text(app)
        await pilot.press("m")
        assert "None of your prospects fits owner:nobody." in screen_text(app)


async def test_a_narrow_screen_wraps_why_a_list_is_empty(make_app: MakeApp) -> None:
    app = make_app(disk_of((document("Solid Labs", value=52000, won={"on": "2026-11-02"}),)))
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot, "d")
        empty = [line.strip() for line in lines_of(app)[4:9]]
        assert empty == [
            "Nothing is due today.",
            "Callbacks, next steps, contacts in Nurture and bets come",
            "here on their day.",
            "w looks a week ahead; 2 shows the best use of the next",
            "hour.",
        ]


async def test_a_day_that_is_no_working_day_is_told_beside_due_and_best(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.tui.conftest.NOW", NOW + timedelta(days=2))
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "d")
        for key, told in (("d", True), ("b", True), ("Q", False)):
            await pilot.press(key)
            assert ("today is Sunday, no working day of yours" in lines_of(app)[0]) is told
            assert "to contact now" not in lines_of(app)[0]


async def test_the_details_follow_the_cursor(make_app: MakeApp) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "Q")
        text = screen_text(app)
        assert "$24k × usual closing ratio 30 % ÷ 1 h = $7.2k/h" in text
        assert "$24,000 sent on 26 Oct, worth $7,200 (usual closing ratio 30 %)" in text
        assert "Hiro Jovanović (champion) · hiro@h.example" in text
        await pilot.press("d", *TO_EARLY_BIRD)
        assert "12 Nov, 8 d late: call" in screen_text(app)


async def test_on_a_low_screen_the_rows_come_first(make_app: MakeApp) -> None:
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(60, 10)) as pilot:
        await opened(pilot, "d")
        assert not app.screen.query_one("#detail").display
        assert "Early Bird" in screen_text(app)


async def test_a_long_ranking_is_cut_and_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.tui.tasks.sheets.RANKED", 2)
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "b")
        assert names(app) == ["Solid Labs", "Harbor Auto Glass", "Kraft AG"]
        assert "and 4 more; / filters them" in screen_text(app)


async def test_a_spoilt_record_does_not_stop_the_lists(make_app: MakeApp) -> None:
    spoilt = document("Spoilt", value=9) | {"created": "never"}
    app = make_app(disk_of((*BUSY, spoilt)))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "b")
        assert "Spoilt" not in screen_text(app)
        assert len(names(app)) == 7


async def test_a_large_board_is_read_in_the_background(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.tui.board.summaries.AT_ONCE", 2)
    monkeypatch.setattr("review_board.tui.tasks.screen.AGAIN", 0.02)
    monkeypatch.setattr("review_board.tui.background_sync.QUIET", 0.05)
    app = make_app(disk_of(BUSY))
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "d")
        await until(pilot, lambda: len(names(app)) == 7)
        await until(pilot, lambda: "reading" not in lines_of(app)[0])
        assert names(app) == [*WE_OWE, "Early Bird", "Late Riser"]


async def test_a_colleagues_change_is_seen(make_app: MakeApp, follow_fast: None) -> None:
    from tests.tui.conftest import open_board

    disk = disk_of(BUSY)
    app = make_app(disk)
    async with app.run_test(size=(120, 32)) as pilot:
        await opened(pilot, "d")
        raj = open_board(disk, by="raj")
        raj.change("p-late-riser", lambda p, _: p.with_changes(next_step=None), "step done")
        await until(pilot, lambda: "Late Riser" not in names(app))


async def test_hostile_text_stays_on_its_line(make_app: MakeApp) -> None:
    documents = tuple(
        document(
            name,
            value=1000 + n,
            next_step={"action": name[:150], "on": "2026-11-19"},
            touches=[touch("2026-11-10", "advanced")],
        )
        | {"id": f"p-{n}"}
        for n, name in enumerate(HOSTILE)
    )
    app = make_app(disk_of(documents))
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot, "d")
        assert f"Due {len(HOSTILE)}" in lines_of(app)[1]
        for _ in HOSTILE:
            await pilot.press("j")
        assert app.is_running
        assert "[@click=app.quit]Acme" in screen_text(app)


# The parts


COLS = (Col("a", 3), Col("b", share=1), Col("c", 4, right=True), Col("d", 9, wide=True))


@pytest.mark.parametrize("room", [20, 40, 109, 110, 160])
def test_a_row_fills_its_room_exactly(room: int) -> None:
    line = "".join(text for text, _ in laid_out(("x", "日本電気" * 20, "12", "owner"), COLS, room))
    from rich.cells import cell_len

    assert cell_len(line) == room
    assert bool(widths(COLS, room)[3]) == (room >= 110)


def test_what_needs_room_gives_way_to_names() -> None:
    cols = (Col("who", share=1), Col("owner", 8, least=70))
    assert widths(cols, 69) == [69, 0]
    assert widths(cols, 70) == [60, 8]


def test_a_column_takes_no_more_than_its_most() -> None:
    cols = (Col("who", share=1, most=20), Col("why", share=2), Col("owner", 8))
    assert widths(cols, 60) == [16, 32, 8]
    assert widths(cols, 100) == [20, 68, 8]


def listed(*keys: str) -> tuple[Row, ...]:
    """Rows by their keys; those that begin with ``head`` are headings."""

    def row(key: str) -> Row:
        return Row(key, "" if key.startswith("head") else key, lambda: (key,))

    return tuple(map(row, keys))


async def test_when_its_row_left_the_cursor_takes_the_next() -> None:
    shown = Rows()
    app = Harness(shown)

    def here() -> str:
        return shown.row.id if shown.row else "nobody"

    async with app.run_test(size=(40, 10)):
        shown.show((), listed("head/1", "a", "b", "head/2", "c"), ())
        assert here() == "a"
        shown.step(2)
        assert here() == "c"
        shown.show((), listed("head/1", "a", "b"), ())
        assert here() == "b"
        shown.show((), listed("head/1", "c"), ())
        assert here() == "c"
        shown.show((), (), ("Nothing.",))
        assert here() == "nobody"
        shown.step(1)
        assert here() == "nobody"


async def test_the_lists_are_not_made_anew_between_two_keys(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("b")
        await pilot.pause()
        made: list[str] = []
        screen = app.screen
        assert isinstance(screen, TasksScreen)
        monkeypatch.setattr(screen, "remake", lambda: made.append("lists"))
        monkeypatch.setattr("review_board.tui.background_sync.QUIET", 3600.0)
        screen._look_again()
        assert made == []
        monkeypatch.setattr("review_board.tui.background_sync.QUIET", -1.0)
        screen._look_again()
        assert made == ["lists"]
