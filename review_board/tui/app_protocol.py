"""What dialogs and actions need of the app, so that none of them must know it, and what the app is given.

Those that put another pipeline in the place of the open one, or look at it whole, know the app itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from review_board.board.board import Board
    from review_board.board.runner import Runner
    from review_board.review.scope import Scope
    from review_board.settings.saved_views import SavedView
    from review_board.store.drafts import Draft
    from review_board.tui.dialogs.kept_drafts import KeptDrafts

    ViewKeeper = Callable[[SavedView], None]
    """Writes a view into the settings; what keeps it from that is told as an error."""
    SettingKeeper = Callable[[str, str], None]
    """Writes one setting, by its dotted key, into the settings file; errors are told as well."""

T = TypeVar("T")

OpeningApp = Callable[["Runner"], "Board"]
"""Opens a pipeline with a runner; called in the runner's own thread."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A pipeline that can be opened: what it is called, and what belongs to it.

    ``when_idle`` is done whenever nobody has typed for a while; ``taken_up`` once it is on the screen.
    Of what is done in a demo nothing is remembered.
    """

    title: str
    opener: OpeningApp
    kept: "KeptDrafts"
    when_idle: "Callable[[Any, Board], None] | None" = None
    taken_up: Callable[[], None] = lambda: None
    is_demo: bool = False


class Pipelines(Protocol):
    """The pipelines that can be opened from the app."""

    @property
    def current(self) -> "Path":
        """Return the file of the one that is open."""

    def recent(self) -> "Sequence[Path]":
        """Return those opened last, the newest first."""

    def at(self, path: "Path") -> Opening:
        """Return how to open one, which need not exist; raises ``ReviewBoardError`` for no name."""

    def sample(self) -> Opening:
        """Return how to open a fresh copy of a sample pipeline."""

    def acting_as(self, name: str) -> Opening:
        """Return how to open the current one as somebody else."""

    def asking(self, pack: str) -> Opening:
        """Return how to open the current one with another question pack."""


class PairInvitations(Protocol):
    """The way from the board into a pair review."""

    def invitation(self, board: "Board", key: str) -> str:
        """Return what the board says of one that a key leads to; empty where there is none."""

    def open(self, app: Any, board: "Board", view: "Scope") -> None:
        """Join it, over the board; where there is none, ask what to start one on."""


class Asker(Protocol):
    """Puts up a dialog and waits for what it gives."""

    async def push_screen_wait(self, screen: "Screen[T]") -> "T | None":
        """Return the result of a dialog, ``None`` when it was taken back."""


class BoardApp(Asker, Protocol):
    """The app as dialogs and actions see it."""

    def notify(self, message: str, *, severity: "SeverityLevel" = "information") -> None:
        """Show a short message; a ``warning`` says that nothing was done."""

    def take_form(self, form: "Draft") -> None:
        """Take what was typed into a form that was accepted, in case it cannot be saved."""

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text on the clipboard of the person's own terminal."""
