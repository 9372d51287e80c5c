"""Tells what becomes of changes: not saved, taken back, missing in the files, made by others."""

from time import time
from typing import TYPE_CHECKING, cast

from textual.notifications import Notification, Notify

from review_board.tui.board.screen import BoardScreen
from review_board.tui.crash_safe_app import CrashSafeApp
from review_board.tui.footer_keys import key_of
from review_board.tui.pipeline_screen import PipelineScreen
from review_board.tui.textfit import plain, plain_lines

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from review_board.board.board import Board
    from review_board.board.events import NotSaved
    from review_board.store.drafts import Draft
    from review_board.store.protocol import Commit
    from review_board.tui.dialogs.kept_drafts import KeptDrafts


TOAST_LIMIT = 300
WAITING = (
    "waiting for the file: your last changes are not saved yet",
    "another program may hold it",
)
SEEN = 1.5
"""Seconds after which a key may take away the news that something was not saved."""


class ToastApp(CrashSafeApp):
    """An app whose newest message alone is shown, as plain text."""

    CSS = """
    ToastRack { scrollbar-size-vertical: 0; }
    Toast { padding: 0 1; width: auto; max-width: 100%; margin-top: 0; }
    """

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: "SeverityLevel" = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a short message, never read as markup; a ``warning`` says that nothing was done."""
        text = plain_lines(message[:TOAST_LIMIT])
        super().notify(text, title=title, severity=severity, timeout=timeout, markup=False)

    def on_notify(self, event: Notify) -> None:
        """Show only the newest message; but nothing takes the place of work that was lost."""
        if event.notification.severity != "error" and any(map(_is_loss, self._notifications)):
            event.prevent_default()
        else:
            self.clear_notifications()

    def clear_seen(self) -> None:
        """Clear the message after a key; one that work was lost only once it could be read."""
        shown = list(self._notifications)
        if shown and not any(_is_loss(n) and time() - n.raised_at < SEEN for n in shown):
            self.clear_notifications()


def _is_loss(message: Notification) -> bool:
    """Return whether a message says that work was not saved."""
    return message.severity == "error"


class NewsApp(ToastApp):
    """An app over a pipeline, ``None`` while it is being opened, that says what happens to its changes."""

    def __init__(self, kept: "KeptDrafts | None", title: str) -> None:
        super().__init__(kept)
        self.board: Board | None = None
        self._title = plain(title)
        self._not_saved = 0
        self._waits = False

    @property
    def pipeline_name(self) -> str:
        """Return what the pipeline is called."""
        return self._title

    @property
    def refused(self) -> int:
        """Return how many changes could not be saved and were told."""
        return self._not_saved

    @property
    def _board_screen(self) -> BoardScreen:
        return cast("BoardScreen", self.screen_stack[0])

    def take_form(self, form: "Draft") -> None:
        """Take what was typed into a form that was accepted: the change that comes next is made of it."""
        if self.board and form.fields:
            self.board.forms[form.prospect, form.title] = form

    def drop_forms(self) -> None:
        """Let go of what was accepted for a change that is not made after all."""
        if self.board:
            self.board.forms.clear()

    def _tell_not_saved(self, event: "NotSaved") -> None:
        """Tell what was refused and, where somebody was first, both sides; keep what was typed."""
        from review_board.store.conflicts import FieldConflictError

        self.kept.keep(event.forms)
        if not event.ids:
            self.notify(str(event.error), severity="warning")
            return
        self._not_saved += 1
        error, again = event.error, ""
        for form in event.forms[:1]:
            again = f"{form.key or 'open its form again'} to use it"
        if isinstance(error, FieldConflictError):
            text = ": ".join(filter(None, [error.message, again]))
        else:
            kept = f"; what you said is kept: {again}" if again else ""
            text = f"Not saved: {event.action}{kept}. {error}"
        self.notify(text, severity="error")

    @property
    def warning(self) -> tuple[str, ...]:
        """Return what became of the files, for a line on every screen; nothing when all is well."""
        if self.board is None:
            return ()
        if self._waits:
            return WAITING
        if not self.board.trouble.parts:
            return ()
        what, *rest = self.board.trouble.parts
        if not self.board.trouble.is_lost:
            rest = [f"{key_of(self, 'app.missing')} writes them again or gives them up", *rest]
        return what, *rest

    def tell_waiting(self, waits: bool) -> None:
        """Say that changes wait for the file, or that this is over."""
        if self._waits != waits:
            self._waits = waits
            self._warn_all()

    def _tell_trouble(self, *, is_back: bool) -> None:
        """Tell that the files were lost, or are back, or that changes are missing in them."""
        parts = self.warning
        self._warn_all()
        self._board_screen.show_banner()
        if is_back:
            parts = (f"{self._title or 'The pipeline'} is back: you can go on", *parts)
        if parts:
            self.notify("; ".join(parts), severity="warning" if self.warning else "information")

    def _warn_all(self) -> None:
        from review_board.tui.sized_screen import SizedScreen

        for screen in self.screen_stack:
            if isinstance(screen, SizedScreen):
                screen.warn(self.warning)

    def _tell_others(self, commits: "tuple[Commit, ...]") -> None:
        if not commits:
            return
        from review_board.review.changed_meanwhile import news_of

        screens = [screen for screen in self.screen_stack if isinstance(screen, PipelineScreen)]
        new = [commit for commit in commits if not any(screen.shows(commit) for screen in screens)]
        told = [(commit.by, news) for commit in new if (news := news_of(commit))]
        if len(told) > 3:
            names = ", ".join(sorted({by for by, _ in told}))
            self.notify(f"{names}: {len(told)} changes")
        elif told:
            self.notify("; ".join(f"{by} {news}" for by, news in told))
