"""Two people at one pipeline: what one types never silently replaces what the other did."""

from datetime import timedelta
from decimal import Decimal

import pytest
from textual.widgets import Input

from review_board.errors import ConflictError
from review_board.pipeline import changes
from review_board.pipeline.money import Money
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.review.verdicts import Decision
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.dialog import Dialog
from tests.memory_store import Disk
from tests.tui.conftest import (
    HARBOR,
    MakeApp,
    disk_of,
    open_board,
    ready,
    screen_text,
    toasts,
    type_in,
    until,
)

HARBOR_ID = HARBOR["id"]


def worth(amount: int) -> Money:
    return Money(amount=Decimal(amount))


async def test_the_same_field_is_told_with_both_sides_and_the_text_is_kept(
    make_app: MakeApp, disk: Disk
) -> None:
    bob = open_board(disk, "bob")
    app = make_app(make_runner=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        board = app.board
        assert board is not None
        first = board.column(Column.ACTIVE)[0]
        await pilot.press("x")
        await pilot.pause()
        await type_in(pilot, "call them")
        await pilot.press("tab")
        await type_in(pilot, "+3d")
        bob.change(first, lambda p, _: changes.edit(p, owner="eve"), "edited")
        step = bob.prospect(first).next_step
        assert step is None
        bob.change(
            first,
            lambda p, _: changes.set_next_step(p, NextStep(action="wait", on=bob.today.day)),
            "set the next step",
        )
        board.catch_up()
        await pilot.press("enter")
        await until(pilot, lambda: any("was not saved" in text for text in toasts(app)))
        assert (
            "bob changed the next step of Solid Labs to wait Fri 20 Nov (our plan) just now; "
            "yours, call them Mon 23 Nov (our plan), was not saved: x to use it"
        ) in toasts(app)
        assert bob.prospect(first).owner == "eve"
        await pilot.press("x")
        await pilot.pause()
        assert app.focused is not None
        assert getattr(app.focused, "value", "") == "call them"


async def test_moving_a_card_that_a_review_decided_today_asks_first(
    make_app: MakeApp, disk: Disk
) -> None:
    bob = open_board(disk, "bob")
    app = make_app(make_runner=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        board = app.board
        assert board
        first = board.column(Column.ACTIVE)[0]
        controller = ReviewController.open(bob, Scope(everything=True))
        while controller.current != first:
            controller.skip()
        step = NextStep(action="call", on=bob.today.day + timedelta(days=3))
        kept = Decision(Column.ACTIVE, step=step, against="I know them", start_anew=True)
        controller.decide(kept, bob.recommendation(first))
        board.catch_up()
        await until(pilot, lambda: bool(board.prospect(first).verdicts))
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "Bob has just kept it" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, ConfirmDialog))
        assert board.prospect(first).column is Column.ACTIVE
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, CallbackDialog))


async def test_a_review_of_somebody_else_is_told_once_and_not_step_by_step(
    make_app: MakeApp, disk: Disk
) -> None:
    bob = open_board(disk, "bob")
    app = make_app(make_runner=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        controller = ReviewController.open(bob, Scope(everything=True))
        controller.skip()
        controller.back()
        assert app.board
        app.board.catch_up()
        await until(pilot, lambda: "bob began a review" in toasts(app))
        assert [text for text in toasts(app) if text.startswith("bob")] == ["bob began a review"]


def test_an_untouched_field_of_a_form_is_not_written(disk: Disk) -> None:
    ann, bob = open_board(disk), open_board(disk, "bob")
    seen = bob.document(HARBOR_ID)
    assert seen is not None
    ann.change(HARBOR_ID, lambda p, _: changes.edit(p, name="Harbor X"), "edited")
    bob.catch_up()
    form = {"name": "Harbor Auto Glass", "value": worth(33_000)}
    bob.change_many(
        {HARBOR_ID: lambda p, _: changes.edit(p, **form)}, "edited", seen={HARBOR_ID: seen}
    )
    assert bob.prospect(HARBOR_ID).name == "Harbor X"
    assert bob.prospect(HARBOR_ID).value == worth(33_000)


def test_the_same_field_is_refused(disk: Disk) -> None:
    ann, bob = open_board(disk), open_board(disk, "bob")
    seen = bob.document(HARBOR_ID)
    assert seen is not None
    ann.change(HARBOR_ID, lambda p, _: changes.edit(p, value=worth(44_000)), "edited")
    bob.catch_up()
    with pytest.raises(ConflictError, match="ann"):
        bob.change_many(
            {HARBOR_ID: lambda p, _: changes.edit(p, value=worth(33_000))},
            "edited",
            seen={HARBOR_ID: seen},
        )
    assert bob.prospect(HARBOR_ID).value == worth(44_000)


async def test_a_large_change_is_taken_back_only_after_a_question(make_app: MakeApp) -> None:
    disk = disk_of(())
    board = open_board(disk)
    stamp = board.stamp()
    many = [changes.create(f"Prospect {n}", stamp).with_changes(id=f"p-{n}") for n in range(21)]
    board.add(many, "imported a list")
    app = make_app(disk)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert len(board.documents()) == 21
        await pilot.press("n")
        await pilot.pause()
        assert app.board is not None
        assert len(app.board.column(Column.ACTIVE)) == 21
        await pilot.press("u")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert app.board.column(Column.ACTIVE) == []


async def test_quitting_at_once_after_a_change_is_no_defect(make_app: MakeApp) -> None:
    app = make_app(make_runner=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"bye", "ctrl+s", "q")
        await until(pilot, lambda: app.return_value is not None)
    assert app.crash is None
    assert app.return_value == 0


async def test_e_opens_the_form_with_what_was_not_saved_and_only_that(
    make_app: MakeApp, disk: Disk
) -> None:
    bob = open_board(disk, "bob")
    app = make_app(make_runner=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert app.board is not None
        assert app._board_screen.go_to_card(HARBOR_ID)
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#value", Input).value = "480k"
        theirs = {"value": worth(510_000), "owner": "eve"}
        bob.change(HARBOR_ID, lambda p, _: changes.edit(p, **theirs), "edited")
        await pilot.press("enter")
        await until(pilot, lambda: any("was not saved" in text for text in toasts(app)))
        assert (
            "bob changed the value of Harbor Auto Glass to $510,000 just now; "
            "yours ($480,000) was not saved: e to use it"
        ) in toasts(app)
        await pilot.press("e")
        await pilot.pause()
        assert app.screen.query_one("#value", Input).value == "480k"
        assert app.screen.query_one("#owner", Input).value == "eve"
        await pilot.press("enter")
        await until(pilot, lambda: app.board is not None and not app.board.is_saving)
    bob.catch_up()
    assert bob.prospect(HARBOR_ID).value == worth(480_000)
    assert bob.prospect(HARBOR_ID).owner == "eve"


@pytest.mark.parametrize(
    ("keys", "typed"),
    [("n", ["call back"]), ("cv", [""]), ("e", [" two"]), ("x", ["call", "+3d"]), ("L", ["+3d"])],
)
async def test_a_prospect_that_goes_while_a_dialog_is_open_is_told(
    make_app: MakeApp, disk: Disk, keys: str, typed: list[str]
) -> None:
    bob = open_board(disk, "bob")
    app = make_app(make_runner=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        board = app.board
        assert board
        stamp = bob.stamp()
        bob.add([changes.create("Tempco", stamp).with_changes(id="p-temp")], "added Tempco")
        board.catch_up()
        await until(pilot, lambda: board.entry("p-temp") is not None)
        assert app._board_screen.go_to_card("p-temp")
        await pilot.press(*keys)
        await until(pilot, lambda: isinstance(app.screen, Dialog))
        for number, text in enumerate(typed):
            await pilot.press(*["tab"][:number])
            await type_in(pilot, text)
        bob.undo()
        board.catch_up()
        await until(pilot, lambda: board.entry("p-temp") is None)
        await pilot.press("ctrl+s" if keys == "n" else "enter")
        await until(pilot, lambda: any("is gone" in text for text in toasts(app)))
        assert app.crash is None
        assert any("is gone" in text for text in toasts(app))
