"""Pictures of the review: what each must show stands in its docstring."""

import pytest

from review_board.review.scope import Scope
from tests.tui.pictures import LARGE, SMALL, SnapCompare
from tests.tui.review.cards import CARDS
from tests.tui.review.conftest import MakeApp, scenario

EVERYTHING = Scope(everything=True)


class TestCards:
    """One card as a whole; what each kind of card says is told by ``test_card_view``."""

    @pytest.mark.parametrize("name", ["serial-deferral", "came-back"])
    def test_card(self, snap_compare: SnapCompare, make_app: MakeApp, name: str) -> None:
        """The progress as a bar, name and worth, the advice as one band with what to do, the lines of
        contact, both sides, three questions at most with their digits, what would turn it, their own
        words; eight keys at the most. One that came back says why it was dropped and asks what changed.
        """
        app = make_app([CARDS[name]], scope=EVERYTHING, at_once=True)
        assert snap_compare(app, terminal_size=SMALL)

    def test_a_large_screen(self, snap_compare: SnapCompare, make_app: MakeApp) -> None:
        """The record stands beside the card, and nothing of the card is broken."""
        assert snap_compare(make_app(scenario("S6")), terminal_size=LARGE, press=["r"])


def test_importance(snap_compare: SnapCompare, make_app: MakeApp) -> None:
    """One dialog over the dimmed card, whole on the screen: the importance from 1 to 5, five ideas,
    the field of the idea with its day.
    """
    keys = ["r", "D", "e", "tab", "n", "enter", "5"]
    app = make_app(scenario("S6"), scope=EVERYTHING)
    assert snap_compare(app, terminal_size=SMALL, press=keys)


def test_sure_purges(snap_compare: SnapCompare, make_app: MakeApp) -> None:
    """Groups by reason with their subtotals; a line each with name, value and why; two are ticked, and
    under the list stands the whole of what speaks against the line with the cursor.
    """
    app = make_app(scenario("S2", "S4", "S5", "S12b"))
    assert snap_compare(app, terminal_size=SMALL, press=["r", "space", "space"])
