"""A text field whose text is clean whatever is typed or pasted."""

from rich.cells import cell_len
from textual import events
from textual.suggester import Suggester
from textual.widgets import Input
from textual.widgets.input import Selection

from review_board.pipeline.text import LINE_LIMIT, NOTE_LIMIT, clean
from review_board.tui.textfit import clip


class LineInput(Input):
    """One line; what is pasted loses its line breaks and control codes."""

    DEFAULT_CSS = """
    LineInput { width: 1fr; height: 1; border: none; padding: 0; background: $panel; }
    LineInput:focus { background: $cursor; border: none; }
    LineInput, LineInput:ansi { & > .input--placeholder { color: $quiet; text-style: italic; } }
    LineInput:focus:ansi > .input--placeholder { color: $foreground; }
    LineInput > .input--selection {
        background: $accent; color: $filled; text-style: underline;
    }
    """

    def __init__(
        self,
        value: str = "",
        *,
        hint: str = "",
        long: bool = False,
        suggester: Suggester | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        limit = NOTE_LIMIT if long else LINE_LIMIT
        super().__init__(
            clean(value, limit=limit),
            placeholder=hint,
            id=id,
            max_length=limit,
            compact=True,
            suggester=suggester,
        )
        self.hint = hint
        self.original = self.value
        self.cursor_blink = False  # an idle screen sends nothing

    def show_hint(self, hint: str) -> None:
        """Show another hint while the field is empty."""
        self.hint = hint
        self.placeholder = _fitting(hint, self.size.width) if self.size.width else hint

    def on_resize(self) -> None:
        """Show as much of the hint as has room."""
        self.show_hint(self.hint)

    def mark(self, start: int, end: int) -> None:
        """Take the focus with this range selected, where else the focus would select everything."""
        self.select_on_focus = False
        self.focus()
        self.selection = Selection(start, end)

    def go_behind(self) -> None:
        """Take the focus behind the text, where else a key would replace it."""
        self.mark(len(self.value), len(self.value))

    def _on_focus(self, _: events.Focus) -> None:
        """Show the beginning of a text that is longer than its place, once the focus has selected it."""
        self.call_after_refresh(self._show_beginning)

    def _show_beginning(self) -> None:
        whole = Selection(0, len(self.value))
        if self.selection == whole and cell_len(self.value) >= self.size.width:
            self.selection = Selection(whole.end, whole.start)

    def _on_blur(self, _: events.Blur) -> None:
        """Select everything when the focus comes again, but not what was typed here: a key would wipe it."""
        self.select_on_focus = self.value == self.original

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of a range: everything typed and pasted comes through here."""
        room = (self.max_length or NOTE_LIMIT) - len(self.value) + abs(end - start)
        super().replace(_kept(text)[: max(0, room)], start, end)

    def _on_paste(self, event: events.Paste) -> None:
        """Insert everything pasted, as one line."""
        event.prevent_default()
        event.stop()
        self.replace(event.text, *self.selection)


def _fitting(hint: str, room: int) -> str:
    """Return a hint without its last parts for which there is no room."""
    while cell_len(hint) > room and (end := max(map(hint.rfind, ("; ", ", ", " · ")))) > 0:
        hint = hint[:end]
    return clip(hint, room)


def _kept(text: str) -> str:
    """Return the text cleaned, with a blank at its ends kept, so that words can be typed one by one."""
    if text.isprintable() and text.isascii():
        return text
    lead = " " if text[:1].isspace() else ""
    trail = " " if len(text) > 1 and text[-1:].isspace() else ""
    return lead + clean(text, limit=NOTE_LIMIT) + trail
