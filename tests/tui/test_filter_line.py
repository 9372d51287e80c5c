"""The filter at the foot of the board: the same grammar as on the command line, key by key."""

from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from review_board.pipeline.vocabulary import Column
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.board.view import BoardView
from review_board.tui.filter_line import FilterLine
from tests.tui.conftest import (
    MakeApp,
    disk_of,
    document,
    lines_of,
    open_board,
    ready,
    screen_text,
    until,
)

NAMES = {":": "colon", ">": "greater_than_sign", " ": "space", "-": "minus"}


async def typed(pilot: Pilot[Any], text: str) -> None:
    await pilot.press("slash", *(NAMES.get(character, character) for character in text))
    await pilot.pause()


def cards(app: ReviewBoardApp) -> set[str]:
    screen = app.screen_stack[0]
    assert isinstance(screen, BoardScreen)
    return {card_id for column in screen._columns for card_id in column._ids}


def remark(app: ReviewBoardApp) -> str:
    return app.screen.query_one("#filter", FilterLine).remark


async def test_fields_narrow_the_board(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await typed(pilot, "column:active value>10k -harbor")
        assert cards(app) == {"p-solid-labs"}
        assert remark(app) == ""
        await pilot.press("enter")
        await pilot.pause()
        assert not app.screen.query(FilterLine)
        assert "/column:active value>10k -harbor" in lines_of(app)[0]


@pytest.mark.parametrize(
    ("then", "query"), [((), "solid"), (("left",), "solid"), (("enter",), "solid")]
)
async def test_keys_that_wait_have_the_board_made_once(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, then: tuple[str, ...], query: str
) -> None:
    asked: list[str] = []
    type_query = BoardView.type_query

    def noted(view: BoardView, words: str) -> None:
        asked.append(words)
        type_query(view, words)

    monkeypatch.setattr(BoardView, "type_query", noted)
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.focused, FilterLine))
        for key in (*query, *then):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: cards(app) == {"p-solid-labs"})
        # An enter that comes in time makes the board itself.
        assert asked == [query] or (then == ("enter",) and not asked)


async def test_what_waited_to_be_told_is_forgotten_with_the_line(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"solid")
        await until(pilot, lambda: cards(app) == {"p-solid-labs"})
        line = app.screen.query_one(FilterLine)
        line.action_give_up()
        line.tell()
        await until(pilot, lambda: not app.screen.query(FilterLine))
        assert len(cards(app)) > 1


async def test_what_is_missing_is_said_and_the_rest_counts(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await typed(pilot, "column:callback value>")
        assert cards(app) == {"p-northgate-schools"}
        assert "value> needs a value; such as value>10k" in lines_of(app)[-2]
        await pilot.press("enter")
        assert app.screen.query(FilterLine)
        await pilot.press("escape")
        await pilot.pause()
        assert not app.screen.query(FilterLine)
        assert len(cards(app)) == 6


async def test_a_mistyped_field_names_the_nearest(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await typed(pilot, "ownr:ann")
        assert remark(app).startswith("There is no field 'ownr' to filter by; did you mean owner?")
        assert len(cards(app)) == 6
        assert "There is no field 'ownr'" in lines_of(app)[-2]


async def test_a_field_of_the_evidence_waits_for_nobody(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.tui.board.summaries.AT_ONCE", 0)
    monkeypatch.setattr("review_board.tui.background_sync.QUIET", 0.05)
    app = make_app()
    async with app.run_test(size=(20, 5)) as pilot:
        await ready(pilot)
        await typed(pilot, "rule:open-quote")
        await until(pilot, lambda: cards(app) == {"p-harbor-auto-glass"})
        assert cards(app) == {"p-harbor-auto-glass"}


def test_what_nobody_looked_at_yet_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review_board.tui.board.summaries.AT_ONCE", 1)
    view = BoardView(open_board(disk_of((document("A", value=2), document("B", value=1)))))
    view.query = "verdict:keep"
    assert view.ids(Column.ACTIVE) == ["p-a"]
    assert view.unread
    assert view.ids(Column.ACTIVE) == ["p-a", "p-b"]
    assert not view.unread


def test_a_changed_card_does_not_vanish_from_the_filter() -> None:
    view = BoardView(open_board(disk_of((document("A", value=2),))))
    view.query = "verdict:keep"
    assert view.ids(Column.ACTIVE) == ["p-a"]
    view.board.change("p-a", lambda p, _: p.with_changes(owner="raj"), "edit")
    assert view.ids(Column.ACTIVE) == ["p-a"]


async def test_an_owner_is_found_while_the_name_is_typed_and_enter_writes_it_out(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await typed(pilot, "owner:ra")
        assert cards(app) == {"p-corner-bakery"}
        assert remark(app) == ""
        await pilot.press("enter")
        await pilot.pause()
        assert cards(app) == {"p-corner-bakery"}
        assert "/owner:raj" in lines_of(app)[0]
        screen = app.screen
        assert isinstance(screen, BoardScreen)
        assert screen._view
        assert screen._view.scope.filter.text == "owner:raj"


async def test_a_beginning_of_several_owners_is_said_and_enter_waits(make_app: MakeApp) -> None:
    disk = disk_of((document("A", owner="Raj"), document("B", owner="Ramona")))
    app = make_app(disk)
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await typed(pilot, "owner:ra")
        assert cards(app) == {"p-a", "p-b"}
        assert remark(app) == "owner:ra may be Raj, Ramona; write more of the name"
        await pilot.press("enter", "m", "enter")
        await pilot.pause()
        assert not app.screen.query(FilterLine)
        assert cards(app) == {"p-b"}


async def test_the_lists_find_an_owner_while_typed_too(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await pilot.press("b")
        await pilot.pause()
        await typed(pilot, "owner:ra")
        assert "Solid Labs" not in screen_text(app)
        assert "Corner Bakery" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert not app.screen.query(FilterLine)
        assert "/owner:raj" in lines_of(app)[0]


def test_a_name_that_is_whole_is_not_a_beginning() -> None:
    disk = disk_of((document("A", owner="Ann"), document("B", owner="Annabel")))
    view = BoardView(open_board(disk))
    view.type_query("owner:an")
    assert view.ids(Column.ACTIVE) == ["p-a", "p-b"]
    view.type_query("owner:ann")
    assert view.ids(Column.ACTIVE) == ["p-a"]
    assert view.scope.filter.text == "owner:ann"


async def test_a_day_is_asked_for_quietly_until_it_can_be_read(make_app: MakeApp) -> None:
    dated = tuple(document(f"In {month}", close_date=f"2026-{month}-15") for month in (11, 12))
    app = make_app(disk_of(dated))
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await typed(pilot, "close>")
        said = []
        for key in "eom":
            said.append(remark(app))
            assert len(cards(app)) == 2
            await pilot.press(key)
        await pilot.pause()
        assert said[1:] == ["close> needs a day; such as close>eom"] * 2
        assert remark(app) == ""
        assert cards(app) == {"p-in-12"}
