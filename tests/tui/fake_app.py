"""Stands for the app where only dialogs are asked for and messages shown."""

from typing import Any

from textual.notifications import SeverityLevel
from textual.screen import Screen

from review_board.store.drafts import Draft


class FakeApp:
    """Gives these answers, one to a dialog, and keeps what is said."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.said, self.warned = list(answers), list[str](), list[str]()
        self.copied = list[str]()

    def take_form(self, form: Draft) -> None:
        """Every change of the fake app is saved."""

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)

    async def push_screen_wait(self, screen: Screen[Any]) -> Any:
        return self.answers.pop(0)

    def notify(self, message: str, *, severity: SeverityLevel = "information") -> None:
        self.said.append(message)
        if severity == "warning":
            self.warned.append(message)
