"""What programs of one user remember beside the settings: private, and never in the way."""

import stat
from pathlib import Path

import pytest

from review_board.cli.private_state import remember, remembered
from tests.cli.conftest import Shell


@pytest.fixture
def folder(shell: Shell, tmp_path: Path) -> Path:
    return tmp_path / "state" / "review-board"


def test_a_value_is_there_the_next_time_for_this_user_alone(folder: Path) -> None:
    assert remembered("detail") is None
    remember("detail", False)
    assert remembered("detail") is False
    assert stat.S_IMODE((folder / "detail.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\udcff"])
def test_a_damaged_file_says_nothing(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "detail.json").write_text(text, errors="surrogateescape")
    assert remembered("detail") is None


def test_where_it_cannot_be_written_nothing_happens(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file in place of the folder")
    remember("detail", False)
    assert remembered("detail") is None
