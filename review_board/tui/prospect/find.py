"""Looking for words on a page: the line in which they are typed, then what was found and its keys."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from review_board.tui.filter_line import QueryLine
from review_board.tui.footer_keys import with_keys
from review_board.tui.textfit import clip, plain


class FindLine(QueryLine):
    """What to look for; enter goes through what was found, esc gives up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Clear", id="find.clear", tooltip="Look for nothing"),
    ]
    keys = "words · enter goes on · {find.clear:esc} gives up"


class FoundLine(Static, can_focus=True):
    """Says what was found, and has the keys that go through it for as long as it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "go(1)", "Next", id="find.next", tooltip="The next place with these words"),
        Binding("N", "go(-1)", "Before", id="find.before", tooltip="The place before"),
        Binding("escape,q", "go(0)", "Done", id="find.done", tooltip="Look for nothing"),
    ]
    DEFAULT_CSS = """
    FoundLine { height: 1; width: 1fr; padding: 0 1; background: $panel; color: $foreground; }
    """

    @dataclass
    class Gone(Message):
        """A key asks for the next place, the one before (−1), or for the end (0)."""

        step: int

    def show(self, words: str, place: int, count: int, among: str = "") -> None:
        """Show ``“budget” 2 of 5`` with the keys; ``among`` which entries they were looked for."""
        said = f"{place + 1} of {count}" if count else f"not found{among}"
        go = "{find.next:n} next · {find.before:N} before · " if count else ""
        keys = go + "{find.done:esc} ends"
        text = f"“{clip(plain(words), 30)}”  {said}  ·  {with_keys(self.app, keys)}"
        self.update(Content(text))

    def action_go(self, step: int) -> None:
        """Go on, back, or end it."""
        self.post_message(self.Gone(step))
