"""How close cards and lines stand, chosen for all screens at once.

It is a class of the app, so that a list can tell it wherever it is shown.
"""

from typing import TYPE_CHECKING, Any, Final

from textual.app import App

if TYPE_CHECKING:
    from review_board.settings.kinds import DensityName

DENSITIES: Final[dict["DensityName", str]] = {
    "compact": "one line a card",
    "normal": "two lines a card, one a row of a list",
    "comfortable": "an empty line after each card and row",
}
"""Each density, and what it means."""


def set_density(app: App[Any], chosen: str) -> None:
    """Show cards and lines as close as that, on every screen that is open."""
    from review_board.tui.cursor_list import CursorList

    for name in DENSITIES:
        app.set_class(name == chosen, f"-{name}", update=False)
    for screen in app.screen_stack if app.is_running else ():
        for shown in screen.query(CursorList):
            shown.fit()


def density_of(app: App[Any]) -> "DensityName":
    """Return how close cards and lines stand."""
    return next((name for name in DENSITIES if app.has_class(f"-{name}")), "normal")
