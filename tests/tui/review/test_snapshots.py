"""Pictures of the review: what each must show stands in its docstring."""

import pytest

from review_board.review.scope import Scope
from tests.tui.pictures import LARGE, SMALL, BothSizes, SnapCompare
from tests.tui.review.cards import CARDS
from tests.tui.review.conftest import MakeApp, scenario

EVERYTHING = Scope(everything=True)


class TestCards:
    """One card as a whole; what each kind of card says is told by ``test_card_view``."""

    @pytest.mark.parametrize("name", ["serial-deferral", "came-back"])
    def test_card(self, snap_compare: SnapCompare, make_app: MakeApp, name: str) -> None:
        """Banner, name and worth, both sides framed evenly, three questions at most with their
        digits, a recommendation with its rule, what to do and what would change it; eight keys at the
        most. One that came back says why it was dropped and asks what has changed.
        """
        app = make_app([CARDS[name]], scope=EVERYTHING, at_once=True)
        assert snap_compare(app, terminal_size=SMALL)

    def test_thresholds_on_a_narrow_screen(
        self, snap_compare: SnapCompare, make_app: MakeApp
    ) -> None:
        """``i`` adds to each line its threshold and settings key, and the guards considered."""
        assert snap_compare(make_app(scenario("S6")), terminal_size=SMALL, press=["r", "i"])

    def test_a_large_screen(self, snap_compare: SnapCompare, make_app: MakeApp) -> None:
        """Thresholds and keys of the settings stand beside each line, the whole file below."""
        assert snap_compare(make_app(scenario("S6")), terminal_size=LARGE, press=["r"])


async def test_importance(both_sizes: BothSizes, make_app: MakeApp) -> None:
    """One dialog over the dimmed card, whole on the screen: the importance from 1 to 5, five ideas,
    the field of the idea with its day.
    """
    keys = ["r", "D", *"no", "space", *"need", "enter", "n", "enter", "5"]
    assert await both_sizes(make_app(scenario("S6"), scope=EVERYTHING), press=keys)


def test_sure_purges(snap_compare: SnapCompare, make_app: MakeApp) -> None:
    """A line each with name, value, rule and comparison, where it goes and why; two are ticked, and
    under the list stands the whole of what speaks against the line with the cursor.
    """
    app = make_app(scenario("S2", "S4", "S5", "S12b"))
    assert snap_compare(app, terminal_size=SMALL, press=["r", "space", "space"])
