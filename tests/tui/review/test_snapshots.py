"""Pictures of the review: what each must show stands in its docstring."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.tui.review.conftest import MakeApp, scenario

SnapCompare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])


class TestCards:
    """One card of each kind of argument."""

    @SIZES
    @pytest.mark.parametrize("number", ["S1", "S2", "S5", "S6", "S10"])
    def test_card(
        self, snap_compare: SnapCompare, make_app: MakeApp, number: str, size: Any
    ) -> None:
        """Banner, name and worth, both sides framed evenly, numbered questions, a recommendation
        with its rule, what to do and what would flip it; eight keys at 80 columns at the most.
        """
        assert snap_compare(make_app(scenario(number)), terminal_size=size, press=["r"])


class TestFollowUps:
    """What each verdict demands."""

    def test_drop(self, snap_compare: SnapCompare, make_app: MakeApp) -> None:
        """The closed list of reasons over the card, the proposed one marked."""
        assert snap_compare(make_app(scenario("S2")), terminal_size=(80, 24), press=["r", "D"])

    def test_keep(self, snap_compare: SnapCompare, make_app: MakeApp) -> None:
        """The next step proposed for the earliest day that contact pressure allows."""
        assert snap_compare(make_app(scenario("S1")), terminal_size=(80, 24), press=["r", "K"])

    def test_against(self, snap_compare: SnapCompare, make_app: MakeApp) -> None:
        """One line is asked, with the recommendation it goes against above it."""
        assert snap_compare(make_app(scenario("S2")), terminal_size=(80, 24), press=["r", "K"])

    def test_answer(self, snap_compare: SnapCompare, make_app: MakeApp) -> None:
        """The question, four states each with its letter, a line for the words."""
        assert snap_compare(make_app(scenario("S1")), terminal_size=(80, 24), press=["r", "1"])


@SIZES
def test_summary(snap_compare: SnapCompare, make_app: MakeApp, size: Any) -> None:
    """How many cards were settled, money kept and purged, hours freed, the purge list."""
    keys = ["r", "enter", "enter", "enter", "enter"]
    assert snap_compare(make_app(scenario("S2", "S4")), terminal_size=size, press=keys)
