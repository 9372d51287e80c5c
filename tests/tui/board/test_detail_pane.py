"""The pane beside the board: what it says, that it follows the cursor at rest, and what that costs."""

from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.geometry import Region
from textual.widget import Widget

from review_board.board.board import Board
from review_board.tui.board.detail_pane import (
    MORE,
    REST,
    SOON,
    DetailPane,
    KeyPace,
    detail_lines,
    pane_width,
)
from tests.tui.conftest import (
    HARBOR,
    HOSTILE,
    Harness,
    MakeApp,
    disk_of,
    document,
    lines_of,
    open_board,
    ready,
    screen_text,
    toasts,
    until,
)
from tests.tui.painting import paint

HARBOR_ID = HARBOR["id"]


@pytest.fixture
def board() -> Board:
    return open_board(disk_of((HARBOR, document("Solid Labs", value=52000))))


def test_it_says_what_the_page_says_in_short(board: Board) -> None:
    lines = [line.plain for line in detail_lines(board, HARBOR_ID, 60, 60)]
    text = "\n".join(lines)
    assert lines[0].startswith("Harbor Auto Glass  Harbor Group  $24,000")
    order = (
        "ann",
        "#north",
        " KEEP ",
        "Do",
        "us ",
        "them ",
        "Reasons to keep",
        "Reasons to let go",
    )
    places = [text.index(said) for said in (*order, "Turns to", "left the number", "never asked")]
    assert places == sorted(places)
    assert max(map(len, lines)) <= 60


def test_where_it_is_low_reasons_go_before_the_rest_is_cut(board: Board) -> None:
    whole, low, lowest = (
        [line.plain for line in detail_lines(board, HARBOR_ID, 60, height)]
        for height in (60, 26, 10)
    )
    assert (len(low), len(lowest)) == (26, 10)
    assert "Reasons to keep" in whole
    assert "Reasons to keep  1 more on its page" in low
    assert lowest[-1] == MORE


def test_hostile_text_keeps_to_its_lines() -> None:
    board = open_board(
        disk_of(
            tuple(
                document(name, owner=name[:50], tags=[name[:50]], company=name)
                | {"id": f"p-{number}", "contacts": [{"id": "c", "name": name, "phone": name[:40]}]}
                for number, name in enumerate(HOSTILE)
            )
        )
    )
    for number in range(len(HOSTILE)):
        lines = detail_lines(board, f"p-{number}", 44, 40)
        assert max(line.cell_length for line in lines) <= 44
        assert not [c for line in lines for c in line.plain if ord(c) < 32 or c in "\u202e\u200b"]


async def test_only_the_lines_that_differ_are_painted(board: Board) -> None:
    pane = DetailPane()
    async with Harness(pane).run_test(size=(60, 40)) as pilot:
        pane.show(board, HARBOR_ID)
        await pilot.pause()
        assert "Harbor Auto Glass" in lines_of(pilot.app)[1]
        painted: list[Region] = []
        (text,) = pane.children
        refresh = text.refresh

        def note(*regions: Region, **options: Any) -> Widget:
            painted.extend(regions or [text.size.region])
            return refresh(*regions, **options)

        text.refresh = note  # type: ignore[method-assign]
        pane.show(board, HARBOR_ID)
        assert painted == []
        pane.show(board, None)
        assert {region.height for region in painted} == {1}
        assert min(region.width for region in painted) < 20 < text.size.width


async def test_it_follows_once_after_the_last_of_many_keys(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane, shown = DetailPane(), list[str | None]()
    monkeypatch.setattr(pane, "show", lambda _, card: shown.append(card))
    async with Harness(pane).run_test(size=(60, 40)) as pilot:
        for card in ("p-1", "p-2", "p-3"):
            pane.follow(board, card)
            assert shown == []
        await until(pilot, lambda: bool(shown))
        assert shown == ["p-3"]


def painted_bytes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bytes of each paint from now on."""
    sizes: list[int] = []

    def note(self: App[Any], screen: Any, renderable: Any) -> None:
        if renderable is not None and hasattr(renderable, "render_segments"):
            sizes.append(len(renderable.render_segments(self.console).encode()))

    monkeypatch.setattr(Compositor, "render_update", paint)
    monkeypatch.setattr(App, "_display", note)
    return sizes


def rests(*times: float) -> list[float]:
    pace = KeyPace()
    return [pace.rest(time) for time in times]


def test_after_a_key_alone_the_pane_follows_at_once() -> None:
    assert rests(1.0, 2.0, 2.2, 2.4) == [SOON] * 4


@pytest.mark.parametrize("gap", [0.02, 0.033, 0.038])
def test_a_held_key_is_waited_for_a_little_longer_than_between_its_presses(gap: float) -> None:
    steady = rests(*(gap * press for press in range(8)))[2:]
    assert all(gap < rest <= min(REST, 1.3 * gap) for rest in steady)


def test_a_held_key_that_comes_unevenly_is_waited_for_as_long_as_its_longer_gap() -> None:
    assert min(rests(1.0, 1.038, 1.040, 1.078, 1.080)[1:]) > 0.038
    assert rests(1.0, 1.0, 1.0)[-1] > SOON  # what was typed ahead comes at once


async def test_a_key_costs_what_it_did_and_the_pane_follows_at_rest(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyPace, "rest", lambda *_: 3600)
    many = tuple(document(f"Prospect {n}", value=9000 - n) for n in range(30))
    async with make_app(disk_of(many)).run_test(size=(168, 40)) as pilot:
        await ready(pilot)
        await pilot.pause()
        screen = pilot.app.screen
        screen.query_one(DetailPane)._next()
        await pilot.pause()
        assert "Prospect 0" in lines_of(pilot.app)[2][112:]
        sizes = painted_bytes(monkeypatch)
        await pilot.press("j")
        await pilot.pause()
        assert 0 < sum(sizes) < 1024
        assert "Prospect 0" in lines_of(pilot.app)[2][112:]
        sizes.clear()
        screen.query_one(DetailPane)._next()
        await pilot.pause()
        assert "Prospect 1" in lines_of(pilot.app)[2][112:]
        assert 0 < sum(sizes) < 1024


async def test_it_is_shown_or_not_by_a_key_and_that_is_remembered(make_app: MakeApp) -> None:
    kept: list[bool] = []
    async with make_app(detail_keeper=kept.append).run_test(size=(168, 30)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "Reasons to keep" in screen_text(pilot.app))
        await pilot.press("i")
        await pilot.pause()
        assert "Reasons to keep" not in screen_text(pilot.app)
        await pilot.press("i")
        await until(pilot, lambda: "Reasons to keep" in screen_text(pilot.app))
        assert kept == [False, True]
        await pilot.resize_terminal(120, 30)
        await pilot.press("i")
        assert "Reasons to keep" not in screen_text(pilot.app)
        assert toasts(pilot.app) == ["enter opens the page; details need 140 columns"]


async def test_keys_that_enter_it_scroll_it_and_come_back(make_app: MakeApp) -> None:
    async with make_app(disk_of((HARBOR,))).run_test(size=(168, 14)) as pilot:
        await ready(pilot)
        pane = pilot.app.screen.query_one(DetailPane)
        await until(pilot, lambda: "Harbor Auto Glass" in lines_of(pilot.app)[2][112:])
        assert MORE in screen_text(pilot.app)
        await pilot.press("tab")
        await pilot.pause()
        assert "▸Harbor Auto Glass" in lines_of(pilot.app)[2]
        assert "▸Active" not in screen_text(pilot.app)
        assert lines_of(pilot.app)[-1].startswith(" tab Cards  j Down  k Up  enter Open")
        assert "▾" in lines_of(pilot.app)[-2]
        await pilot.press("j", "j")
        await pilot.pause()
        assert "Harbor Auto Glass" not in lines_of(pilot.app)[2][112:]
        await pilot.press("G")
        await pilot.pause()
        assert "never asked" in screen_text(pilot.app)
        for back in ("escape", "left", "tab", "1"):
            assert pane.has_class("-entered")
            await pilot.press(back)
            assert not pane.has_class("-entered")
            await pilot.press("4", "right")
        await pilot.press("left")
        assert screen_text(pilot.app).count("▸Dropped") == 1
        await pilot.press("1", "space")
        assert lines_of(pilot.app)[-1].startswith(" space Mark  K Keep  C Callback")


async def test_it_starts_as_it_was_left(make_app: MakeApp) -> None:
    async with make_app(detail=False).run_test(size=(168, 30)) as pilot:
        await ready(pilot)
        assert not pilot.app.screen.query_one(DetailPane).display


def test_four_columns_keep_their_two_lines_beside_it() -> None:
    for terminal in range(140, 300):
        assert (terminal - pane_width(terminal)) // 4 >= 24
