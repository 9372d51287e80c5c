"""A private file is written whole or not at all, for its owner alone, and through no link."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_board import private_files
from review_board.private_files import make_folder, replacing, temporary_beside, write_new


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    usual = os.umask(0)
    yield
    os.umask(usual)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_and_folders_are_private_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two"
    make_folder(folder)
    write_new(folder / "file", b"text")
    assert [mode(folder.parent), mode(folder), mode(folder / "file")] == [0o700, 0o700, 0o600]


def test_nothing_that_is_there_is_written_to(tmp_path: Path) -> None:
    path, link = tmp_path / "file", tmp_path / "link"
    path.write_bytes(b"old")
    link.symlink_to(tmp_path / "elsewhere")
    for name in (path, link):
        with pytest.raises(FileExistsError):
            write_new(name, b"new")
    assert path.read_bytes() == b"old"
    assert link.is_symlink()
    assert not (tmp_path / "elsewhere").exists()


def test_what_fails_half_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(private_files, "write_all", _full)
    with pytest.raises(OSError, match="full"), replacing(path, temporary_beside(path), (b"new",)):
        pass
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


def _full(fd: int, data: bytes) -> None:
    raise OSError("full")


def test_who_looks_last_may_still_say_no(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="no"), replacing(path, temporary_beside(path), (b"new",)):
        raise ValueError("no")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]
    with replacing(path, temporary_beside(path), (b"n", b"ew")) as written:
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert written.st_size == 3
