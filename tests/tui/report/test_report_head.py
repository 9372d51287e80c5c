"""The head of the report on the screen: large figures where there is room, bars of the right length."""

import pytest
from textual.widgets import Digits, Static

from review_board.tui.report.figures import BarLine, ShareBar, WeekBars, bars_from_zero
from tests.tui.conftest import Harness, screen_text
from tests.tui.review.test_report_screen import reported


async def test_a_bar_is_as_long_as_its_part() -> None:
    app = Harness(ShareBar(0.5))
    async with app.run_test(size=(20, 1)):
        assert screen_text(app).index("╺") == 10


def test_the_bars_of_weeks_begin_at_zero_and_not_at_the_lowest_week() -> None:
    assert bars_from_zero([50, 100, 0], 3) == "▄█▁"
    assert bars_from_zero([100, 90], 4) == "██▇▇"
    assert bars_from_zero([0, 0], 2) == "▁▁"
    assert bars_from_zero([], 5) == ""
    assert bars_from_zero([1, None, 0], 3) == "█ ▁"


async def test_a_line_over_the_weeks_is_drawn_as_these_bars() -> None:
    app = Harness(WeekBars([50, 100, 0]))
    async with app.run_test(size=(3, 1)):
        assert screen_text(app).strip() == "▄█▁"


@pytest.mark.parametrize(("width", "bars"), [(110, 2), (90, 2), (80, 0), (60, 0)])
async def test_the_words_of_a_column_are_never_cut_for_its_bars(width: int, bars: int) -> None:
    said = "164 → 162 cards · $12.7M · £303k · €155k → €1.2M 50"
    app = Harness(BarLine("Active", said, ShareBar(1), ShareBar(0.5), room=len(said)))
    async with app.run_test(size=(width, 3)) as pilot:
        await pilot.pause()
        assert " ".join(said.split()) in " ".join(screen_text(app).split())
        shown = [bar for bar in app.screen.query(ShareBar) if bar.region.area]
        assert len(shown) == bars


@pytest.mark.parametrize(("size", "large"), [((80, 24), True), ((60, 20), False), ((20, 5), False)])
async def test_figures_are_large_only_where_there_is_room(
    size: tuple[int, int], large: bool
) -> None:
    app = Harness(reported())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        digits = app.screen.query(Digits)
        assert bool([d for d in digits if d.region.area]) is large
        in_words = app.screen.query_one("#figures-in-words", Static)
        assert in_words.display is not large
        lines = app.screen.query(BarLine)
        assert len(lines) == 4
        assert size[0] < 60 or {line.size.height for line in lines} == {1}
