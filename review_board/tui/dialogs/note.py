"""Asks for a note of several lines, typed here or in the person's own editor."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from review_board.errors import RefusedError, ReviewBoardError
from review_board.pipeline.text import NOTE_LIMIT, clean
from review_board.tui.crash_safe_app import CrashSafeApp
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.dialogs.kept_drafts import form_on
from review_board.tui.dialogs.typed_values import read_line

LOOK = 0.1
"""Seconds between two looks at whether the app is to end."""
PATIENCE = 0.3
"""Seconds that the editor has to end with it."""


def editor_command() -> list[str]:
    """Return the words of ``$VISUAL`` or ``$EDITOR``; none where neither is set."""
    for name in ("VISUAL", "EDITOR"):
        try:
            if words := shlex.split(os.environ.get(name, "")):
                return words
        except ValueError:  # a quote that is not closed
            continue
    return []


def editor_name() -> str:
    """Return ``vim``: the editor as it is called on screens, cleaned."""
    command = editor_command()
    return clean(Path(command[0]).name)[:20] if command else ""


def edit_text(app: CrashSafeApp, text: str) -> str:
    """Return the text as it was left in the editor, cleaned; what prevents that is an error."""
    if not app.rights.may_use_shell:
        raise RefusedError("There is no editor in a restricted login", "type it here")
    command = editor_command()
    if not command:
        raise RefusedError("No editor is set", "put its name into $EDITOR")
    folder = Path(tempfile.mkdtemp(prefix="review-board-"))  # 0700, its file 0600
    path = folder / "note.txt"
    try:
        path.touch(mode=0o600)
        path.write_text(f"{text}\n" if text else "", "utf-8")
        with app.suspend():
            ended = _run(app, [*command, str(path)])
        app.refresh()
        if isinstance(ended, OSError):
            raise ended
        if ended:
            raise RefusedError(f"{editor_name()} ended with status {ended}: the text is as before")
        written = path.read_text("utf-8", errors="replace")
        return clean(written, limit=NOTE_LIMIT, keep_lines=True)
    except SuspendNotSupported as error:
        raise RefusedError("This terminal cannot be lent to an editor", "type it here") from error
    except OSError as error:
        why = error.strerror or "it cannot be started"
        raise RefusedError(f"{editor_name()}: {why}", "the text is as before") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(app: CrashSafeApp, command: list[str]) -> int | OSError:
    """Wait for the editor; when the app is to end meanwhile, so is the editor.

    Why it cannot be started is returned: an error raised while the terminal is lent leaves it lent.
    """
    try:
        started = subprocess.Popen(command)  # noqa: S603 - the person's own, and no shell
    except OSError as error:
        return error
    with started as editor:
        while True:
            try:
                return editor.wait(LOOK)
            except subprocess.TimeoutExpired:
                if not app.is_ending:
                    continue
            editor.terminate()
            try:
                editor.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                editor.kill()
            return 0  # what was saved in it until then becomes the draft


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


STORE, EDITOR = "store", "editor"


class NoteDialog(Dialog[str]):
    """Asks for a note on a prospect, and gives it; a note does not count as a contact.

    What is typed when it is taken back is kept, and offered when a note is opened again.
    """

    accepts_letter = True
    AUTO_FOCUS = "#text"
    DEFAULT_CSS = """
    NoteDialog.-high NoteArea { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "store", "Store", id="note.store", tooltip="Store the note"),
    ]
    hint = "{note.store:ctrl+s} or tab and enter stores · {dialog.cancel:esc} keeps it for later"

    def fields(self) -> ComposeResult:
        """Yield the text, then what becomes of it."""
        yield NoteArea(id="text")
        yield Choices(list(self._choices()), initial=STORE, id="what")

    def _choices(self) -> Iterator[Choice[str]]:
        yield Choice(STORE, "s", "store it")
        editor = editor_name()
        if editor and isinstance(self.app, CrashSafeApp) and self.app.rights.may_use_shell:
            yield Choice(EDITOR, "e", f"go on in {editor}")

    def enter_line(self) -> str:
        """Say what enter does in the text, and below it."""
        if not self.query_one("#what").has_focus:
            return "enter: begin another line"
        return f"enter: go on in {editor_name()}" if self._goes_on else super().enter_line()

    def enter_does(self, note: str) -> str:
        """Say what becomes of the note."""
        return "store the note"

    def result(self) -> str:
        """Return the note typed."""
        return read_line("text", self._area.value.strip(), "The note is empty")

    @property
    def _area(self) -> NoteArea:
        return self.query_one("#text", NoteArea)

    @property
    def _goes_on(self) -> bool:
        return bool(self.picked("what") == EDITOR)

    @on(TextArea.Changed)
    def _follow_the_text(self) -> None:
        self._forget_error()
        self._save_soon()

    def accept(self) -> None:
        """Store the note, or go on with it in the editor."""
        if self._goes_on:
            self._go_on_in_editor()
        else:
            super().accept()

    def action_store(self) -> None:
        """Store the note, whatever is marked below it."""
        super().accept()

    def _go_on_in_editor(self) -> None:
        with self.prevent(Choices.Picked):  # which would take the complaint off again
            self.query_one("#what", Choices).choose(0)
        if isinstance(self.app, CrashSafeApp):
            try:
                self._area.value = edit_text(self.app, self._area.value)
            except ReviewBoardError as error:
                self._complain(str(error))
        self._area.focus()

    def action_take_back(self) -> None:
        """Store nothing; what was typed is kept for the next time."""
        form = form_on(self)
        if form and form.fields and self._area.value.strip() and isinstance(self.app, CrashSafeApp):
            self.app.kept.keep([form])
        super().action_take_back()
