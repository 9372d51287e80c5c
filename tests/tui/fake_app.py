"""Stands for the app where only dialogs are asked for and messages shown."""

from collections.abc import Callable
from typing import Any

from textual.notifications import SeverityLevel
from textual.screen import Screen

from review_board.login_rights import LoginRights
from review_board.review.scope import Scope
from review_board.settings.saved_views import SavedView
from review_board.store.drafts import Draft
from review_board.store.protocol import Commit


class FakeApp:
    """Gives these answers, one to a dialog, and keeps what is said."""

    pipeline_name = "northwest"
    is_quiet = True

    def __init__(self, *answers: Any) -> None:
        self.answers, self.said, self.warned = list(answers), list[str](), list[str]()
        self.copied = list[str]()
        self.rights = LoginRights()
        self.pressed_at = float("inf")
        self.last_form: Draft | None = None
        self.view_keeper: Callable[[SavedView], None] | None = None
        self.setting_keeper: Callable[[str, str], None] | None = None

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)

    async def push_screen_wait(self, screen: Screen[Any]) -> Any:
        return self.answers.pop(0)

    def notify(self, message: str, *, severity: SeverityLevel = "information") -> None:
        self.said.append(message)
        if severity == "warning":
            self.warned.append(message)

    def open_prospect(self, prospect_id: str) -> None:
        raise AssertionError(f"no page of {prospect_id} was asked for")

    def start_review(self, scope: Scope) -> None:
        raise AssertionError(f"no review of {scope} was asked for")

    def undo(self, done: Callable[[Commit], None] | None = None) -> None:
        raise AssertionError("no undo was asked for")
