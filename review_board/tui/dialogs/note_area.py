"""A text of several lines that is clean whatever is typed or pasted."""

from textual import events
from textual.widgets import TextArea

from review_board.pipeline.text import NOTE_LIMIT, clean


class NoteArea(TextArea):
    """Several lines of plain text; what is pasted loses its control codes and keeps its lines."""

    DEFAULT_CSS = """
    NoteArea {
        width: 1fr; height: auto; min-height: 4; max-height: 12;
        border: none; padding: 0; background: $panel; scrollbar-size-vertical: 1;
    }
    NoteArea:focus { border: none; }
    NoteArea:focus .text-area--cursor-line { background: $cursor; }
    """

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        text = clean(value, limit=NOTE_LIMIT, keep_lines=True)
        super().__init__(text, id=id, compact=True, highlight_cursor_line=True)
        self.original = text
        self.cursor_blink = False  # an idle screen sends nothing

    @property
    def value(self) -> str:
        """Return the text, cleaned."""
        return clean(self.text, limit=NOTE_LIMIT, keep_lines=True)

    @value.setter
    def value(self, text: str) -> None:
        self.text = clean(text, limit=NOTE_LIMIT, keep_lines=True)
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert what is pasted, cleaned."""
        event.prevent_default()
        event.stop()
        room = max(0, NOTE_LIMIT - len(self.text))
        text = clean(event.text, limit=NOTE_LIMIT, keep_lines=True)[:room]
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)
