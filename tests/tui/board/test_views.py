"""The dialogs of order and views, each alone, and the keeping of a view."""

from typing import Any

import pytest

from review_board.board.filters import parse_filter
from review_board.board.ordering import ORDERS, USUAL
from review_board.board.views import BUILT_IN, EVERYTHING, View, views_of
from review_board.settings.saved_views import SavedView
from review_board.settings.tree import Settings
from review_board.tui.board.choose_view import (
    SortDialog,
    ViewDraft,
    ViewNameDialog,
    Views,
    ViewsDialog,
)
from tests.tui.conftest import HOSTILE, Harness, lines_of, screen_text, until
from tests.tui.dialogs.test_dialogs import answer, press_all

DENTAL = View("Dental", parse_filter("tag:dental"), "contact", own=True)


def views(*own: SavedView, shown: View = DENTAL, **fields: Any) -> Views:
    known = views_of(Settings(views=own))
    current = next((view for view in known if view.shows_as(shown)), None)
    given: dict[str, Any] = {"count": lambda _: 7, "may_keep": True}
    return Views(known, current, shown, **(given | fields))


async def seen(dialog: Any, size: tuple[int, int] = (80, 24), *steps: str) -> list[str]:
    """The lines of the screen after the steps, without what is left and right of the box."""
    app = Harness(dialog)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press_all(pilot, *steps)
        await pilot.pause()
        return [line.strip() for line in lines_of(app)]


class TestSort:
    async def test_a_letter_and_enter(self) -> None:
        assert await answer(SortDialog(USUAL), "d", ">enter") == "next"

    async def test_enter_alone_goes_back_to_the_usual_order(self) -> None:
        assert await answer(SortDialog("contact"), ">enter") == USUAL

    async def test_esc_changes_nothing(self) -> None:
        assert await answer(SortDialog(USUAL), "n", ">escape") is None

    async def test_all_are_said_and_the_one_in_force_is_marked(self) -> None:
        text = "\n".join(await seen(SortDialog("contact")))
        assert all(order.label in text for order in ORDERS.values())
        assert f"{ORDERS['contact'].label} (now)" in text
        assert "s and enter go back" in text


class TestViews:
    async def test_a_digit_and_enter(self) -> None:
        draft = await answer(ViewsDialog(views()), "2", ">enter")
        assert draft.view.name == BUILT_IN[1][0]

    async def test_enter_alone_shows_everything(self) -> None:
        assert await answer(ViewsDialog(views()), ">enter") == ViewDraft(EVERYTHING)

    async def test_ones_own_have_letters(self) -> None:
        own = (SavedView(name="Big", filter="value>1m"), SavedView(name="Dental"))
        draft = await answer(ViewsDialog(views(*own)), "b", ">enter")
        assert draft.view.name == "Dental"

    async def test_what_is_shown_can_be_kept_unless_it_is_a_view(self) -> None:
        assert await answer(ViewsDialog(views()), "k", ">enter") == ViewDraft(None)
        same = ViewsDialog(views(shown=EVERYTHING))
        assert await answer(same, "k", ">enter") == ViewDraft(EVERYTHING)

    async def test_each_has_its_filter_and_count_and_the_current_one_is_marked(self) -> None:
        kept = SavedView(name="Dental", filter="tag:dental", sort="contact")
        lines = await seen(ViewsDialog(views(kept)))
        (line,) = [line for line in lines if "Dental" in line]
        assert "tag:dental · longest without contact first" in line
        assert "now · 7" in line
        assert "sort with s, then v and k keep it" in "\n".join(lines)

    @pytest.mark.parametrize("size", [(80, 24), (60, 20)])
    async def test_a_built_in_one_is_a_sentence_and_its_filter_stands_below(
        self, size: tuple[int, int]
    ) -> None:
        lines = await seen(ViewsDialog(views()), size, "4")
        (line,) = [line for line in lines if "purge advised" in line]
        assert "verdict" not in line
        told = " ".join(" ".join(lines).replace("│", " ").split())
        assert "verdict:purge stays:no -column:dropped · longest without" in told

    async def test_a_count_that_is_not_known_yet_comes_later(self) -> None:
        counted: list[int] = []
        app = Harness(ViewsDialog(views(count=lambda _: counted[0] if counted else None)))
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "…  │" in screen_text(app))
            counted.append(1234)
            await until(pilot, lambda: "1,234" in screen_text(app))

    async def test_where_nothing_can_be_kept_it_says_what_to_write(self) -> None:
        text = "\n".join(await seen(ViewsDialog(views(may_keep=False))))
        assert "keep this" not in text
        assert "Views of your own are written in the settings file" in text

    async def test_many_on_a_small_screen_can_all_be_reached(self) -> None:
        own = [SavedView(name=f"view {n}") for n in range(20)]
        lines = await seen(ViewsDialog(views(*own)), (60, 20), *["> down"] * 24)
        assert any("▸" in line and "view 16" in line for line in lines)

    async def test_a_hostile_name_stands_literally_on_one_line(self) -> None:
        own = [SavedView(name=f"{name[:25]}{n}") for n, name in enumerate(HOSTILE[:8])]
        lines = await seen(ViewsDialog(views(*own)), (80, 40))
        assert any("[@click=app.quit]Acme" in line for line in lines)
        assert len({len(line) for line in lines if line.startswith("│")}) == 1


class TestName:
    async def test_it_is_asked_for_until_it_can_be_one(self) -> None:
        dialog = ViewNameDialog(DENTAL, views_of(Settings()))
        steps = (">enter", "gone quiet", ">enter", " dentists", ">enter")
        assert await answer(dialog, *steps) == "gone quiet dentists"
