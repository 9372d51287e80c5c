"""A path is completed as far as the names agree; a folder, a missing file and odd names do no harm."""

from datetime import date
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from review_board.login_rights import LoginRights, whole_path
from review_board.store.paths import PipelinePaths, is_side_file
from review_board.tui.dialogs.path import FilesDialog, PathDialog, completed, matching_names
from tests.tui.conftest import Harness, screen_text, type_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "northwest.json",
        "northeast.json",
        "notes.txt",
        ".hidden.json",
        "two\nlines.json",
    ):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "north").mkdir()
    (tmp_path / "north" / "deals.json").write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "names", "after"),
    [
        ("", ["northeast.json", "northwest.json", "north/"], "north"),
        ("northe", ["northeast.json"], "northeast.json"),
        ("north/", ["deals.json"], "north/deals.json"),
        ("no/such/", [], "no/such/"),
        ("x", [], "x"),
        (".", [".hidden.json"], ".hidden.json"),
    ],
)
def test_what_goes_on_with_what_is_typed(
    folder: Path, typed: str, names: list[str], after: str
) -> None:
    found = matching_names(typed, folder, (".json",))
    assert found == names
    assert completed(typed, found) == after


def test_a_path_may_be_whole_or_begin_at_home(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert whole_path("~/a.json", Path("/elsewhere")) == folder / "a.json"
    assert whole_path(f"{folder}/a.json", Path("/elsewhere")) == folder / "a.json"
    assert whole_path("~nobody-of-this-name/a", folder) == folder / "~nobody-of-this-name/a"
    assert matching_names("~/northe", Path("/elsewhere")) == ["northeast.json"]


async def test_tab_completes_and_enter_gives_the_path(folder: Path) -> None:
    app = Harness(
        PathDialog("Open a pipeline: its file?", LoginRights(), start=folder, must_exist=True)
    )
    async with app.run_test(size=(60, 12)) as pilot:
        await type_in(pilot, "northw")
        await pilot.press("tab")
        assert "northwest.json" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.result == folder / "northwest.json"


async def test_a_pasted_line_names_its_file(folder: Path) -> None:
    app = Harness(PathDialog("Open a pipeline: its file?", LoginRights(), start=folder))
    async with app.run_test(size=(60, 12)) as pilot:
        app.screen.query_one(Input).post_message(events.Paste("northwest.json\n"))
        await pilot.pause()
        assert "no such name" not in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.result == folder / "northwest.json"


@pytest.mark.parametrize(
    ("typed", "words"), [("north", "is a folder"), ("nobody", "There is no file"), ("", "needed")]
)
async def test_what_is_no_file_is_said(folder: Path, typed: str, words: str) -> None:
    app = Harness(
        PathDialog("Import a list: its file?", LoginRights(), start=folder, must_exist=True)
    )
    async with app.run_test(size=(60, 12)) as pilot:
        await type_in(pilot, typed)
        await pilot.press("enter")
        await pilot.pause()
        assert words in screen_text(app)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("notes.txt", ["notes.txt"]),
        ("northwest.json, notes.txt,notes.txt,", ["northwest.json", "notes.txt"]),
        ("a, b.csv", ["a, b.csv"]),
        ("a, b.csv, notes.txt", []),
    ],
)
async def test_several_files_have_commas_between_them(
    folder: Path, typed: str, names: list[str]
) -> None:
    (folder / "a, b.csv").write_text("", encoding="utf-8")
    dialog = FilesDialog("Import lists: their files?", LoginRights(), start=folder, must_exist=True)
    app = Harness(dialog)
    async with app.run_test(size=(90, 12)) as pilot:
        assert "a comma between several" in screen_text(app)
        await type_in(pilot, typed)
        await pilot.press("enter")
        await pilot.pause()
        if names:
            assert app.result == tuple(folder / name for name in names)
        else:
            assert "There is no file a" in screen_text(app)


async def test_tab_completes_the_last_of_several_files(folder: Path) -> None:
    dialog = FilesDialog("Import lists: their files?", LoginRights(), start=folder)
    app = Harness(dialog)
    async with app.run_test(size=(90, 12)) as pilot:
        await type_in(pilot, "notes.txt, northw")
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert app.result == (folder / "notes.txt", folder / "northwest.json")


@pytest.mark.parametrize("rights", [LoginRights(), "restricted"])
async def test_a_name_that_no_disk_takes_is_said(folder: Path, rights: LoginRights | str) -> None:
    shut = LoginRights(is_restricted=True, folder=folder)
    app = Harness(
        PathDialog(
            "Import a list: its file?",
            rights if isinstance(rights, LoginRights) else shut,
            start=folder,
            must_exist=True,
        )
    )
    async with app.run_test(size=(60, 12)) as pilot:
        await type_in(pilot, "語" * 99)  # few letters, but more bytes than a name may have
        await pilot.press("enter")
        await pilot.pause()
        assert "There is no file" in screen_text(app)


def test_a_pipeline_is_chosen_among_pipelines_not_among_the_files_beside_them(
    tmp_path: Path,
) -> None:
    mine = PipelinePaths.of(tmp_path / "deals.json")
    beside = (
        *(mine.bulk(2), mine.ledger, mine.backup, mine.lock, mine.temporary()),
        *(mine.dated_backup(date(2026, 11, 30)), mine.archive(date(2026, 11, 30))),
    )
    for path in (mine.data, *beside, tmp_path / "deals.backup.json"):
        path.touch()
    assert matching_names("", tmp_path, (".json",)) == ["deals.backup.json", "deals.json"]
    assert all(is_side_file(path.name) for path in beside)
