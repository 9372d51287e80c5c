"""Asks how the board is to be seen: in which order, through which view; keeps what is shown as one.

Each gives whether the board may show other cards, or in another order, afterwards.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from review_board.board.ordering import ORDERS, USUAL
from review_board.board.views import BUILT_IN, EVERYTHING, View, new_name, saved_view
from review_board.errors import ReviewBoardError
from review_board.settings.kinds import OrderName
from review_board.tui.board.view import BoardView
from review_board.tui.dialogs.choices import Choice, Choices, scroll_to_choice
from review_board.tui.dialogs.dialog import Text
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.dialogs.pick import PickDialog
from review_board.tui.footer_keys import with_keys
from review_board.tui.textfit import columns, fit

if TYPE_CHECKING:
    from review_board.tui.app_protocol import BoardApp, ViewKeeper

KEEP = "k"
"""The letter that keeps what is shown as a view."""
LETTERS = digits[: len(BUILT_IN) + 1] + ascii_lowercase.replace(KEEP, "")
"""0 for everything, digits for the built-in views, letters for one's own."""
AGAIN = 0.5
"""Seconds until views are counted again of which something was not known."""
BESIDE, INDENT = 4, 5
"""Cells beside the choices: the box's edges; and within them: mark, letter and blanks."""
NAMES = 22
"""Most cells for the names, where they stand beside what the views show."""

HOW_TO_KEEP = (
    "For one of your own: filter with {board.filter:/}, sort with {board.sort:s},"
    " then {board.views:v} and k keep it"
)
HOW_TO_WRITE = "Views of your own are written in the settings file"

Count = Callable[[View], int | None]


@dataclass(frozen=True, slots=True)
class Views:
    """What the dialog is about.

    ``current`` is the view shown now, if it is one; ``may_keep`` says that there is a place to keep
    what is shown, ``shown`` what that is. ``count`` gives ``None`` while it is not known.
    """

    all: Sequence[View]
    current: View | None
    shown: View
    count: Count
    may_keep: bool


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A view to show; ``None`` is the wish to keep what is shown as a view."""

    view: View | None


class ViewsDialog(PickDialog[ViewDraft]):
    """Asks for a view; gives a ``ViewDraft``, which may also be the wish to keep what is shown.

    Everything is chosen at first: the key that opened this and enter go back to it.
    """

    DEFAULT_CSS = """
    ViewsDialog #made { min-height: 2; }
    """

    def __init__(self, views: Views) -> None:
        super().__init__("Views: a filter with an order", (), ViewDraft(EVERYTHING))
        self._views = views
        self._counts: dict[str, int | None] = {}

    def fields(self) -> ComposeResult:
        """Yield the views, how the one under the cursor is made, then how to have one's own."""
        yield from super().fields()
        yield Text(EVERYTHING.words, id="made", classes="quiet")
        if not self._keeps:
            own = HOW_TO_KEEP if self._views.may_keep else HOW_TO_WRITE
            yield Text(with_keys(self.app, own), classes="quiet")

    def on_mount(self) -> None:
        """Begin to count once the dialog is seen."""
        self.call_after_refresh(self._count_next)

    def on_resize(self) -> None:
        """Fill the box with the lines."""
        self._relabel()

    @on(Choices.Picked)
    def _show_how_it_is_made(self, event: Choices.Picked) -> None:
        """Show the filter in full: the line of a view has no room for it."""
        chosen = event.choices.chosen
        draft = chosen.value if chosen else None
        if isinstance(draft, ViewDraft):
            self.query_one("#made", Text).show((draft.view or self._views.shown).words)

    @on(Choices.Picked)
    def _keep_in_sight(self, event: Choices.Picked) -> None:
        scroll_to_choice(self.query_one("#box", VerticalScroll), event.choices)

    def enter_does(self, draft: ViewDraft) -> str:
        """Say what is shown."""
        return f"show {draft.view.name}" if draft.view else "keep what is shown as a view"

    # The lines

    @property
    def _keeps(self) -> bool:
        """Return whether what is shown can be kept, and is no view yet."""
        return self._views.may_keep and self._views.current is None

    def options(self) -> list[Choice[ViewDraft]]:
        """Return the views, each with its count as far as that is known."""
        width = max(1, min(76, self.app.size.width) - BESIDE - INDENT)
        names = min(NAMES, max(cell_len(view.name) for view in self._views.all))
        made = [
            Choice(ViewDraft(view), letter, self._line(view, width, names))
            for view, letter in zip(self._views.all, LETTERS, strict=False)
        ]
        if self._keeps:
            line = fit(f"{'keep this…':{names}}  {self._views.shown.words}", width)
            made.append(Choice(ViewDraft(None), KEEP, line))
        return made

    def _line(self, view: View, width: int, names: int) -> str:
        count = self._counts.get(view.name)
        number = "…" if count is None else f"{count:,}"
        right = f"now · {number}" if view == self._views.current else number
        return columns(f"{fit(view.name, names)}  {view.meaning or view.words}", right, width)

    def _relabel(self) -> None:
        self.query_one(Choices).relabel(self.options())

    # Counting

    def _count_next(self) -> None:
        """Count one view at a time, so that a key need not wait for all of them."""
        unknown = [view for view in self._views.all if view.name not in self._counts]
        if unknown:
            self._counts[unknown[0].name] = self._views.count(unknown[0])
            self._relabel()
            self.call_later(self._count_next)
        elif None in self._counts.values():
            self._counts = {name: n for name, n in self._counts.items() if n is not None}
            self.set_timer(AGAIN, self._count_next)


class ViewNameDialog(LineDialog):
    """Asks what the view that is kept is called; ``known`` names are taken. Gives the name."""

    def __init__(self, shown: View, known: Sequence[View]) -> None:
        super().__init__("Keep this view: its name?", shown.words, hint="such as: dental deals")
        self._known = known

    def enter_does(self, name: str) -> str:
        """Say under which name it is kept."""
        return f"keep it as {name}"

    def result(self) -> str:
        """Return the name typed."""
        return new_name(self.value_of("text"), self._known)


class SortDialog(PickDialog[OrderName]):
    """Asks for an order; gives its name.

    The usual order is chosen at first: the key that opened this and enter go back to it.
    """

    def __init__(self, order: OrderName) -> None:
        now = {order: " (now)"}
        options = [
            Choice(name, o.letter, f"{o.label}{now.get(name, '')}") for name, o in ORDERS.items()
        ]
        back = (
            "" if order == USUAL else "{board.sort:s} and enter go back to the most valuable first"
        )
        super().__init__("Sort the cards of every column", options, USUAL, below=back)

    def enter_does(self, name: OrderName) -> str:
        """Say how the cards are sorted."""
        return f"sort by: {ORDERS[name].label}"


async def choose_order(app: "BoardApp", view: BoardView) -> bool:
    """Ask for another order of the cards; return whether it is another."""
    order = await app.push_screen_wait(SortDialog(view.order))
    if order is None:
        return False
    view.order = order
    return True


async def choose_view(app: "BoardApp", view: BoardView, keeper: "ViewKeeper | None") -> bool:
    """Ask for another view, or keep what is shown as one; return whether another is shown."""
    shown = Views(view.views, view.current, view.as_view(""), view.count, keeper is not None)
    draft = await app.push_screen_wait(ViewsDialog(shown))
    if draft is None:
        return False
    if draft.view is None:
        if keeper is not None:
            await _keep(app, view, keeper)
        return False
    view.show(draft.view)
    return True


async def _keep(app: "BoardApp", view: BoardView, keeper: "ViewKeeper") -> None:
    """Ask for a name and write it down; the title says the name from then on."""
    dialog = ViewNameDialog(view.as_view(""), view.views)
    name = await app.push_screen_wait(dialog)
    if name is None:
        return
    kept = view.as_view(name)
    try:
        keeper(saved_view(kept))
    except ReviewBoardError as error:
        app.notify(f"Not kept: {error}", severity="warning")
        return
    view.keep(kept)
    app.notify(f"Kept as a view: {kept.name}")
