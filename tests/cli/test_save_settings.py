"""A view is written into the settings file whole, privately, and never over somebody else's change."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from review_board import private_files
from review_board.cli.save_settings import save_setting, save_view
from review_board.errors import ReviewBoardError
from review_board.settings.saved_views import SavedView
from tests.settings.values import load_settings

VIEW = SavedView(name="Dental", filter="tag:dental")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "rb.toml"


def written(file: Path, text: str) -> str:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    return text


def test_a_file_begins_with_it_for_its_owner_alone(file: Path) -> None:
    save_view(file, VIEW)
    assert load_settings(file).views == (VIEW,)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_comments_and_mode_stay(file: Path) -> None:
    before = written(file, "# mine\ntheme = 'paper'  # bright room\n")
    file.chmod(0o640)
    save_view(file, VIEW)
    assert file.read_text(encoding="utf-8").startswith(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [f.name for f in file.parent.iterdir()] == ["rb.toml"]


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    written(file, "")
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    save_view(link, VIEW)
    assert link.is_symlink()
    assert load_settings(file).views == (VIEW,)


def test_what_somebody_wrote_meanwhile_stays(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(file, "")
    usual = private_files.write_parts

    def meanwhile(path: Path, parts: Iterable[bytes], mode: int) -> os.stat_result:
        file.write_text("theme = 'paper'\n", encoding="utf-8")
        return usual(path, parts, mode)

    monkeypatch.setattr(private_files, "write_parts", meanwhile)
    with pytest.raises(ReviewBoardError, match="was changed at this moment; try again"):
        save_view(file, VIEW)
    assert file.read_text(encoding="utf-8") == "theme = 'paper'\n"
    assert [f.name for f in file.parent.iterdir()] == ["rb.toml"]


def test_a_full_disk_is_told_and_leaves_all_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(file, "theme = 'paper'\n")

    def full(fd: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(private_files, "write_all", full)
    with pytest.raises(ReviewBoardError, match="the disk is full"):
        save_view(file, VIEW)
    assert file.read_text(encoding="utf-8") == before
    assert [f.name for f in file.parent.iterdir()] == ["rb.toml"]


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(ReviewBoardError, match="is a folder"):
        save_view(file, VIEW)


def test_one_setting_is_changed_and_all_the_rest_stays(file: Path) -> None:
    written(file, "# mine\ncurrency = 'EUR'\ntheme = 'paper'  # bright room\n\n[keys]\n")
    save_setting(file, "theme", "nord")
    assert file.read_text(encoding="utf-8") == (
        "# mine\ncurrency = 'EUR'\ntheme = \"nord\"  # bright room\n\n[keys]\n"
    )


def test_a_setting_begins_a_file(file: Path) -> None:
    save_setting(file, "theme", "nord")
    assert file.read_text(encoding="utf-8") == 'theme = "nord"\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
