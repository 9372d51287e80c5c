"""A text field whose text is clean whatever is typed or pasted."""

from textual import events
from textual.widgets import Input

from review_board.pipeline.text import LINE_LIMIT, NOTE_LIMIT, clean


class LineInput(Input):
    """One line; what is pasted loses its line breaks and control codes."""

    DEFAULT_CSS = """
    LineInput { width: 1fr; height: 1; border: none; padding: 0; background: $panel; }
    LineInput:focus { background: $cursor; border: none; }
    """

    def __init__(
        self, value: str = "", *, hint: str = "", long: bool = False, id: str | None = None
    ) -> None:
        limit = NOTE_LIMIT if long else LINE_LIMIT
        super().__init__(
            clean(value, limit=limit), placeholder=hint, id=id, max_length=limit, compact=True
        )

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert what was typed."""
        super().insert_text_at_cursor(_kept(text))

    def _on_paste(self, event: events.Paste) -> None:
        """Insert everything pasted, as one line."""
        event.prevent_default()
        event.stop()
        if text := _kept(event.text):
            start, end = self.selection
            self.replace(text, start, end) if start != end else super().insert_text_at_cursor(text)


def _kept(text: str) -> str:
    """The text cleaned, with the blanks at its ends, so that words can be typed one by one."""
    if text.isprintable() and text.isascii():
        return text
    lead = " " if text[:1].isspace() else ""
    trail = " " if len(text) > 1 and text[-1:].isspace() else ""
    return lead + clean(text, limit=NOTE_LIMIT) + trail
