"""The after-call line: one line for a contact and all that came of it, echoed while it is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from review_board.board.index import Entry
from review_board.calls.recorder import ON_RECORD, CallRecorder, EntryPreview
from review_board.calls.tokens import LineError
from review_board.pipeline.money import symbol_of
from review_board.pipeline.question_names import example_answer
from review_board.tui.calls.preview_rows import ROWS, RowStyle, mark_under, preview_rows, reminder
from review_board.tui.dialogs.choices import Choice
from review_board.tui.dialogs.dialog import CANCELS, PICKS, Dialog, FieldError
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.pick import PickDialog
from review_board.tui.textfit import plain

MOST = 9
"""Prospects that a digit can pick."""


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A whole line as it was typed, and what it comes to."""

    text: str
    preview: EntryPreview


class PreviewView(Widget):
    """The mark under the line, what the line comes to, and how lines are written."""

    DEFAULT_CSS = """
    PreviewView { width: 1fr; height: auto; }
    """

    def __init__(self, recorder: CallRecorder, field: LineInput) -> None:
        super().__init__()
        self._recorder = recorder
        self._field = field
        self.preview = EntryPreview()
        self._loud = False

    def show(self, preview: EntryPreview, *, loud: bool = False) -> None:
        """Show another preview; ``loud`` for an error that enter met with."""
        self.preview, self._loud = preview, loud
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw all rows."""
        width = max(1, self.size.width)
        preview, line = self.preview, self._field.value
        look = RowStyle.LOUD if self._loud else RowStyle.QUIET
        rows = [(mark_under(line, preview.error, self._field.scroll_offset.x, width), look)]
        if line.strip() or self._loud:
            rows += preview_rows(preview, self._recorder.label, width, loud=self._loud)
        else:
            rows += [(hint, RowStyle.QUIET) for hint in self._beginning()]
        rows += [("", RowStyle.STORED)] * (ROWS + 1 - len(rows))
        defaults = self._recorder.defaults
        answer, sign = example_answer(defaults.questions), symbol_of(defaults.currency)
        lines = [[row] for row in rows] + reminder(width, answer, sign)
        return Content("\n").join(
            Content.assemble(*((plain(text), str(look)) for text, look in line)) for line in lines
        )

    def _beginning(self) -> Sequence[str]:
        if self._recorder.card:
            return ("How did it go? For another prospect begin with its name.",)
        return ("Who, and how did it go?",)


class AfterCallDialog(Dialog[LineDraft]):
    """Asks for one line; gives a ``LineDraft`` whose line is whole."""

    AUTO_FOCUS = "#line"
    hint = CANCELS

    def __init__(self, recorder: CallRecorder, text: str = "") -> None:
        card = recorder.card
        super().__init__(_title(card))
        self._recorder = recorder
        self._text = text
        self.preview = EntryPreview()

    def fields(self) -> ComposeResult:
        """Yield the line, and what it comes to."""
        example = 'vm "left word" >call fri'
        hint = example if self._recorder.card else f"lakeside {example}"
        field = LineInput(self._text, hint=hint, long=True, id="line")
        field.original = ""  # what stands there was typed before
        yield field
        yield PreviewView(self._recorder, field)

    def on_mount(self) -> None:
        """Preview a line that was typed before."""
        self._follow()

    @on(Input.Changed, "#line")
    def _follow(self) -> None:
        """Show the preview of what is typed so far, under the name of whom it is about."""
        preview = self.preview = self._recorder.preview(self._line.value)
        self.entitle(_title(preview.one or (None if preview.whom else self._recorder.card)))
        self.query_one(PreviewView).show(preview)

    def result(self) -> LineDraft:
        """Return the line, once it is whole and somebody is meant."""
        text = self._line.value
        preview = self._recorder.preview(text, patient=True)
        if preview.error:
            self.preview = preview
            raise FieldError("line", str(preview.error))
        return LineDraft(text, preview)

    def tried(self) -> tuple[LineDraft | None, Exception | None]:
        """Return what the line comes to as it is previewed: a search with each key would take too long."""
        if self.preview.error or not self._line.value.strip():
            return None, FieldError("line", "finish the line, or mend it")
        return LineDraft(self._line.value, self.preview), None

    def enter_does(self, draft: LineDraft) -> str:
        """Say that it is stored, or what is asked first."""
        if len(draft.preview.whom) > 1:
            return "ask which of them it is"
        if draft.preview.turn == ON_RECORD:
            return "store nothing, it is on record already"
        return "ask what will have changed by then" if draft.preview.asks else "store it"

    def point_at(self, error: FieldError) -> None:
        """Mark the word to blame: what is typed next replaces it. The preview says what is wrong."""
        self.query_one(PreviewView).show(self.preview, loud=True)
        line, wrong = self._line, self.preview.error
        end = len(line.value)
        start, end = (wrong.start, wrong.end) if isinstance(wrong, LineError) else (end, end)
        line.mark(min(start, len(line.value)), min(end, len(line.value)))

    @property
    def _line(self) -> LineInput:
        return self.query_one("#line", LineInput)


def _title(whom: Entry | None) -> str:
    return f"After the call with {whom.who}" if whom else "After the call"


class WhichDialog(PickDialog[str]):
    """Asks which of several prospects is meant; gives its id."""

    AUTO_FOCUS = "Choices"
    hint = f"{PICKS} · {{dialog.cancel:esc}} back to the line"

    def __init__(self, title: str, entries: Sequence[Entry], labels: Sequence[str]) -> None:
        offered = zip(entries[:MOST], labels, strict=False)
        options = [
            Choice(entry.id, str(number), name) for number, (entry, name) in enumerate(offered, 1)
        ]
        more = len(entries) - MOST
        below = f"and {more:,} more: esc, and write more of the name" if more > 0 else ""
        missing = "Press the number of who it is"
        super().__init__(title, options, below=below, missing=missing)

    def enter_does(self, prospect_id: str) -> str:
        """Say whom it means."""
        return f"it is {self.label(prospect_id)}"
