"""Goes on with a text in the person's own editor: the app steps aside and comes back.

The text lies in a folder that only they can read, with whatever the editor leaves beside it, and
the folder is removed afterwards.
"""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from review_board.errors import RefusedError
from review_board.pipeline.text import NOTE_LIMIT, clean

if TYPE_CHECKING:
    from review_board.tui.crash_safe_app import CrashSafeApp

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


def edit_text(app: "CrashSafeApp", text: str) -> str:
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
            status = _run(app, [*command, str(path)])
        app.refresh()
        if status:
            raise RefusedError(f"{editor_name()} ended with status {status}: the text is as before")
        written = path.read_text("utf-8", errors="replace")
        return clean(written, limit=NOTE_LIMIT, keep_lines=True)
    except SuspendNotSupported as error:
        raise RefusedError("This terminal cannot be lent to an editor", "type it here") from error
    except OSError as error:
        why = error.strerror or "it cannot be started"
        raise RefusedError(f"{editor_name()}: {why}", "the text is as before") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(app: "CrashSafeApp", command: list[str]) -> int:
    """Wait for the editor; when the app is to end meanwhile, so is the editor."""
    with subprocess.Popen(command) as editor:  # noqa: S603 - the person's own, and no shell
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
