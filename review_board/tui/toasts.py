"""Short messages above the footer: one at a time, gone with the next key, lost work longest."""

from time import time
from typing import TYPE_CHECKING

from textual.notifications import Notification, Notify

from review_board.tui.crash_safe_app import CrashSafeApp
from review_board.tui.textfit import plain_lines

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

TOAST_LIMIT = 300
SEEN = 1.5
"""Seconds after which a key may take away the news that something was not saved."""


class ToastApp(CrashSafeApp):
    """An app whose newest message alone is shown, as plain text."""

    CSS = """
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
