"""A note of several lines, typed in the dialog or in the person's own editor."""

import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.events import Paste

from review_board.errors import RefusedError
from review_board.login_rights import LoginRights
from review_board.tui.crash_safe_app import CrashSafeApp
from review_board.tui.dialogs.note import (
    NoteArea,
    NoteDialog,
    edit_text,
    editor_command,
    editor_name,
)
from tests.tui.conftest import (
    HOSTILE,
    Harness,
    MakeApp,
    ready,
    screen_text,
    toasts,
    type_in,
    until,
)
from tests.tui.dialogs.test_dialogs import answer


@pytest.fixture(autouse=True)
def _no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


async def test_enter_is_a_new_line_and_a_key_stores() -> None:
    steps = ("they move", ">enter", "in May", ">ctrl+s")
    assert await answer(NoteDialog("Note"), *steps) == "they move\nin May"


async def test_tab_and_enter_store_where_no_control_key_comes_through() -> None:
    assert await answer(NoteDialog("Note"), "in May", ">tab", ">enter") == "in May"


async def test_an_empty_note_is_refused() -> None:
    assert await answer(NoteDialog("Note"), ">enter", ">ctrl+s") == "nothing yet"


async def test_what_is_pasted_keeps_its_lines_and_nothing_harmful() -> None:
    app = Harness(NoteDialog("Note"))
    async with app.run_test(size=(80, 24)) as pilot:
        area = app.screen.query_one(NoteArea)
        for pasted in HOSTILE:
            area.value = ""
            area.post_message(Paste(pasted))
            await pilot.pause()
            assert area.value
            assert not [
                c for c in area.text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0
            ]
            assert "\x1b" not in screen_text(app)
        area.value = ""
        area.post_message(Paste("two\r\nlines"))
        await pilot.pause()
        assert area.value == "two\nlines"


async def test_what_is_taken_back_is_offered_again(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("n")
        await pilot.pause()
        await type_in(pilot, "half a")
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        assert app.screen.query_one(NoteArea).value == "half a"


# The editor


class Lent(CrashSafeApp):
    """An app whose terminal may be lent; as with a real driver, an error inside leaves it lent."""

    is_lent = False

    @contextmanager
    def suspend(self) -> Iterator[None]:
        self.is_lent = True
        yield
        self.is_lent = False


def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """An editor that does this to ``path``."""
    script = tmp_path / "my editor.py"
    script.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{code}\n")
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{script}' --wait")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def left_in(folder: Path) -> list[Path]:
    return list(folder.glob("review-board-*"))


def test_the_text_comes_back_cleaned_and_nothing_is_left_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = (
        "told = path.parent.parent / 'told'\n"
        "told.write_text(f'{path.stat().st_mode:o} {path.parent.stat().st_mode:o}')\n"
        "(path.parent / 'note.txt~').write_text('a copy of mine')\n"
        "path.write_text(path.read_text() + 'and [bold]\\x1b[2J more\\n')"
    )
    editor(monkeypatch, tmp_path, code)
    assert edit_text(Lent(), "one line") == "one line\nand [bold]\ufffd[2J more"
    file, folder = (int(mode, 8) for mode in (tmp_path / "told").read_text().split())
    assert (stat.S_IMODE(file), stat.S_IMODE(folder)) == (0o600, 0o700)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    ("code", "said"), [("sys.exit(3)", "ended with status 3"), ("path.unlink()", "No such file")]
)
def test_what_goes_wrong_in_it_leaves_the_text_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, said: str
) -> None:
    editor(monkeypatch, tmp_path, code)
    with pytest.raises(RefusedError, match=said):
        edit_text(Lent(), "one line")
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("name", ["nosuch-editor", "."])
def test_an_editor_that_cannot_be_started_gives_the_terminal_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """The board stayed suspended: whatever was typed went to the plain terminal."""
    editor(monkeypatch, tmp_path, "")
    monkeypatch.setenv("EDITOR", name)
    app = Lent()
    with pytest.raises(RefusedError, match="the text is as before"):
        edit_text(app, "one line")
    assert not app.is_lent
    assert left_in(tmp_path) == []


def test_an_app_that_ends_takes_the_editor_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor(monkeypatch, tmp_path, "path.write_text('saved so far')\nimport time\ntime.sleep(600)")
    app = Lent()
    app.is_ending = True
    monkeypatch.setattr("review_board.tui.dialogs.note.LOOK", 2.0)
    assert edit_text(app, "one line") == "saved so far"


def test_no_editor_and_none_in_a_restricted_login(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedError, match="No editor is set"):
        edit_text(Lent(), "")
    monkeypatch.setenv("EDITOR", "/usr/bin/no\x1bvim -n")
    monkeypatch.setenv("VISUAL", "'never closed")
    assert editor_command() == ["/usr/bin/no\x1bvim", "-n"]
    assert editor_name() == "no\ufffdvim"
    restricted = Lent()
    restricted.rights = LoginRights(is_restricted=True)
    with pytest.raises(RefusedError, match="restricted login"):
        edit_text(restricted, "")


async def test_a_restricted_login_has_neither_editor_nor_shell(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "vim")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert "go on in vim" in screen_text(app)
        await pilot.press("escape")
        app.rights = LoginRights(is_restricted=True)
        await pilot.press("n")
        await pilot.pause()
        assert "vim" not in screen_text(app)
        await pilot.press("escape", "ctrl+z")
        await pilot.pause()
        assert toasts(app) == ["There is no shell in a restricted login"]


async def test_why_the_editor_is_not_used_stays_in_sight(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "vi")
    async with make_app().run_test(size=(60, 20)) as pilot:
        await ready(pilot)
        await pilot.press("n", "x", "tab", "e")
        await pilot.pause()
        assert "✗ This terminal cannot be lent to an editor" in screen_text(pilot.app)
        await pilot.press("y")
        await until(pilot, lambda: "✗" not in screen_text(pilot.app))
