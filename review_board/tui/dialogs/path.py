"""A path typed with completion, or several: tab goes on as far as the names agree."""

import os
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from review_board.errors import RefusedError
from review_board.login_rights import LoginRights, whole_path
from review_board.pipeline.text import is_clean
from review_board.store.paths import is_side_file
from review_board.tasks.exports import CALENDAR
from review_board.tui.dialogs.dialog import CANCELS, Dialog, FieldError, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.wording import first_few, several

T = TypeVar("T")

LOOKED_AT = 5_000
"""Names of a folder that are looked at: nobody waits for a huge one at each key."""
SHOWN = 6


def matching_names(typed: str, start: Path, endings: Sequence[str] = ()) -> list[str]:
    """Return the names in the folder that go on with what is typed, then folders, with ``/`` at their end.

    Hidden ones only where their dot is typed. Of files only those with one of the ``endings``,
    and of these none that a pipeline keeps beside its own.
    """
    folder, _, begun = typed.rpartition("/")
    where = whole_path(f"{folder}/" if "/" in typed else "", start)
    try:
        with os.scandir(where) as entries:
            found = list(islice(entries, LOOKED_AT))
    except (OSError, ValueError):
        return []
    names = _names(found, begun, tuple(endings))
    return sorted(names, key=lambda name: (name.endswith("/"), name.casefold(), name))


def _names(found: "list[os.DirEntry[str]]", begun: str, endings: tuple[str, ...]) -> Iterator[str]:
    for entry in found:
        name = entry.name
        is_hidden = name.startswith(".") and not begun.startswith(".")
        if is_hidden or not name.startswith(begun) or not is_clean(name):
            continue
        try:
            is_folder = entry.is_dir()
        except OSError:
            continue
        if is_folder:
            yield f"{name}/"
        elif not endings or (name.casefold().endswith(endings) and not is_side_file(name)):
            yield name


def completed(typed: str, names: Sequence[str]) -> str:
    """Return what is typed, with what all the names agree on."""
    if not names:
        return typed
    agreed = takewhile(lambda pair: pair[0] == pair[1], zip(min(names), max(names), strict=False))
    return typed[: typed.rfind("/") + 1] + "".join(letter for letter, _ in agreed)


class PathLine(Dialog[T]):
    """Asks for files that the login may name.

    ``start`` is where relative paths begin, or else the folder in which the program runs.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="path.complete", tooltip="Go on with the name"),
    ]
    of_prospect = False
    nothing: ClassVar[str] = "no such name"
    """What is said of a name that goes on with no other."""
    between: ClassVar[str] = ""
    """What stands between two files; without it all that is typed is one."""

    def __init__(
        self,
        title: str,
        rights: LoginRights,
        *,
        start: Path | None = None,
        endings: Sequence[str] = (),
        must_exist: bool = False,
        proposed: str = "",
    ) -> None:
        super().__init__(title)
        self._rights = rights
        self._start = rights.files_in(start or Path.cwd())
        self._endings = endings
        self._must_exist = must_exist
        self._proposed = proposed

    def fields(self) -> ComposeResult:
        """Yield the line, and the names that go on with it."""
        yield LineInput(self._proposed, hint=f"in {self._start}", long=True, id="path")
        yield Text(id="names", classes="quiet")

    def on_mount(self) -> None:
        """Show what is there."""
        self._show_names(self._proposed)

    @on(Input.Changed)
    def _follow_typing(self, event: Input.Changed) -> None:
        if isinstance(event.input, LineInput):
            event.input.original = event.value  # a path half typed is not worth keeping
        self._show_names(event.value)

    def _show_names(self, typed: str) -> None:
        names = self._matching(typed.rstrip())  # a pasted line ends with a blank
        self.query_one("#names", Text).show(first_few(names, SHOWN) if names else self.nothing)

    def action_complete(self) -> None:
        """Go on with the name as far as all that fit agree."""
        field = self.query_one(LineInput)
        names = self._matching(field.value)
        before, last = self._last_of(field.value)
        field.value = before + completed(last, names)
        field.cursor_position = len(field.value)

    def _last_of(self, typed: str) -> tuple[str, str]:
        """Return what is typed as what is before the last file, and that file."""
        cut = typed.rfind(self.between) + 1 if self.between else 0
        last = typed[cut:].lstrip() if cut else typed
        return typed[: len(typed) - len(last)], last

    def _matching(self, line: str) -> list[str]:
        _, typed = self._last_of(line)
        if not self._rights.may_list(typed):
            return []
        return matching_names(typed, self._start, self._endings)

    def path_of(self, typed: str) -> Path:
        """Return the file that is meant; ``FieldError`` where it cannot be used."""
        if not typed:
            raise FieldError("path", "A file is needed here")
        try:
            path = self._rights.file_named(typed, self._start)
        except RefusedError as error:
            raise FieldError("path", str(error)) from error
        if os.path.isdir(path):  # noqa: PTH112 - of what may not be looked at it says no
            raise FieldError("path", f"{typed} is a folder: name a file in it")
        if self._must_exist and not os.path.exists(path):  # noqa: PTH110
            raise FieldError("path", f"There is no file {typed}")
        return path


class PathDialog(PathLine[Path]):
    """Asks for one file to open, and gives its path."""

    hint = f"{{path.complete:tab}} completes · {CANCELS}"

    def enter_does(self, path: Path) -> str:
        """Say which file is opened, or begun where there is none."""
        does = "open" if os.path.exists(path) else "begin an empty pipeline in"  # noqa: PTH110
        return f"{does} {path.name}"

    def result(self) -> Path:
        """Return the path typed."""
        return self.path_of(self.value_of("path"))


class ExportDialog(PathLine[Path]):
    """Asks for the file that is written, and gives its path; ``words`` say which endings mean what.

    Only a calendar may be there already: it goes on from what it was.
    """

    nothing = "a new file"
    hint = f"{{path.complete:tab}} completes · {CANCELS}"

    def __init__(self, title: str, rights: LoginRights, words: str, **options: Any) -> None:
        super().__init__(title, rights, **options)
        self._words = words

    def fields(self) -> ComposeResult:
        """Yield what the endings mean, the line, and the names that go on with it."""
        yield Text(self._words)
        yield from super().fields()

    def enter_does(self, path: Path) -> str:
        """Say which file is written, and in which folder."""
        return f"write {path.name} in {path.parent}"

    def result(self) -> Path:
        """Return the path typed."""
        path = self.path_of(self.value_of("path"))
        if path.suffix.casefold() not in self._endings:
            raise FieldError("path", f"End the name with one of {' '.join(self._endings)}")
        if path.suffix.casefold() != CALENDAR and os.path.lexists(path):
            raise FieldError("path", f"{path.name} is there already: name another")
        return path


class FilesDialog(PathLine[tuple[Path, ...]]):
    """Asks for one or several files with commas between them, and gives their paths."""

    hint = f"a comma between several · {PathDialog.hint}"
    between = ","

    def enter_does(self, paths: tuple[Path, ...]) -> str:
        """Say how many files are looked at."""
        return f"look at what {several(len(paths), 'file')} would bring"

    def _last_of(self, typed: str) -> tuple[str, str]:
        """Return what is before the last file, and that file; a comma may be part of the only name."""
        return super()._last_of(typed) if not self._goes_on(typed) else ("", typed)

    def _goes_on(self, typed: str) -> bool:
        may_look = self._rights.may_list(typed)
        return may_look and bool(matching_names(typed, self._start, self._endings))

    def result(self) -> tuple[Path, ...]:
        """Return the paths typed, each once."""
        typed = self.value_of("path")
        if self._goes_on(typed):  # a name with a comma
            return (self.path_of(typed),)
        parts = [part.strip() for part in typed.split(self.between)]
        return tuple(dict.fromkeys(self.path_of(part) for part in parts if part or len(parts) == 1))
