"""What screens, dialogs and actions need of the app, so that none of them must know it, and what the app is given."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from textual.notifications import SeverityLevel
    from textual.screen import Screen
    from textual.theme import Theme

    from review_board.board.board import Board
    from review_board.board.runner import Runner
    from review_board.errors import ReviewBoardError
    from review_board.exchange.source_mapping import Mappings
    from review_board.login_rights import LoginRights
    from review_board.review.scope import Scope
    from review_board.settings.saved_views import SavedView
    from review_board.store.drafts import Draft
    from review_board.store.protocol import Commit
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


class PipelineApp(BoardApp, Protocol):
    """The app as those see it that put another pipeline in the place of the open one, or look at it whole."""

    theme: str
    pressed_at: float
    rights: "LoginRights"
    view_keeper: "ViewKeeper | None"
    setting_keeper: "SettingKeeper | None"
    board: "Board | None"
    detail_keeper: "Callable[[bool], None] | None"
    mappings: "Mappings | None"
    pipelines: Pipelines | None

    @property
    def pipeline_name(self) -> str:
        """Return what the pipeline is called."""

    @property
    def is_quiet(self) -> bool:
        """Return whether nobody types at the moment."""

    @property
    def has_more_keys(self) -> bool:
        """Return whether somebody types on: keys were pressed that nothing has answered yet."""

    def open_prospect(self, prospect_id: str) -> None:
        """Open the page of a prospect."""

    def start_review(self, scope: "Scope") -> None:
        """Open review mode."""

    def undo(self, done: "Callable[[Commit], None] | None" = None) -> None:
        """Take back the last change; ``done`` hears which it was."""

    def open_pair(self, view: "Scope") -> None:
        """Join the pair review that goes on, or start one."""

    def invitation(self, key: str) -> str:
        """Return what the board says of a pair review that a key leads to; empty where there is none."""

    @property
    def available_themes(self) -> "dict[str, Theme]":
        """Return the themes by their names."""

    @property
    def refused(self) -> int:
        """Return how many changes could not be saved and were told."""

    def push_screen(self, screen: "Screen[Any]") -> "Awaitable[Any]":
        """Put up a screen; to be waited for until it is there."""

    def new_runner(self) -> "Runner":
        """Return a runner for one pipeline."""

    async def put_down(self) -> None:
        """Close the open pipeline, everything of which is saved."""

    def take_up(self, opening: Opening, board: "Board") -> None:
        """Show another pipeline."""


class StartedApp(PipelineApp, Protocol):
    """The app as that sees it for which alone it was started: it ends with it.

    ``last_words`` are for the plain terminal, ``problem`` is what went wrong.
    """

    last_words: str
    problem: "ReviewBoardError | None"

    def run_worker(self, work: Coroutine[Any, Any, None]) -> Any:
        """Begin some work that waits for the person."""

    def exit(self, result: int) -> None:
        """Leave at once, with this exit status."""

    async def action_leave(self) -> None:
        """Save what is outstanding, and leave."""
