"""The palette: every key of the screen, found by its name or by the words of its description."""

from typing import Any

from textual.command import CommandList, CommandPalette, Hit, Hits
from textual.message import Message
from textual.system_commands import SystemCommandsProvider
from textual.widgets import OptionList

from review_board.pipeline.text import each_begins, fold
from review_board.tui.sized_screen import SizedScreen

IN_DESCRIPTION = 0.01
"""The score of a command whose description has the words: behind those whose name fits."""


class KeyCommands(SystemCommandsProvider):
    """The commands of the screen under the palette."""

    async def search(self, query: str) -> Hits:
        """Give those whose name fits the letters, then those whose description has the words."""
        matcher, words = self.matcher(query), fold(query).split()
        for name, description, run, _ in self.app.get_system_commands(self.screen):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=description)
            elif _has_words(f"{name} {description}", words):
                yield Hit(IN_DESCRIPTION, name, run, help=description)


def _has_words(text: str, typed: list[str]) -> bool:
    """Return whether each typed word begins a word of the text."""
    words = [word.strip(".,:;()\"'") for word in fold(text).split()]
    return bool(typed) and each_begins(typed, words)


class KeyPalette(CommandPalette, SizedScreen[Any]):
    """Textual's palette, mended where a double click or a page key at its opening ended the app."""

    async def _on_message(self, message: Message) -> None:
        """Choose once: of two clicks in one read the second comes after the palette was closed."""
        if self.app.screen is self or not isinstance(message, OptionList.OptionSelected):
            await super()._on_message(message)

    def _action_command_list(self, action: str) -> None:
        """Move in the list, once it is laid out."""
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
