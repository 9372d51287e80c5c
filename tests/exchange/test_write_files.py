import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from review_board.errors import RefusedError, ReviewBoardError
from review_board.exchange.project_json import to_json
from review_board.exchange.write_files import write_file
from tests.exchange.support import taken


def test_an_export_is_for_the_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    before = os.umask(0)
    try:
        write_file(path, to_json(taken('[{"name": "Acme"}]').prospects))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(taken(path.read_bytes()).prospects) == 1


def test_nothing_is_replaced_without_force(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_file(path, b"one")
    with pytest.raises(RefusedError, match=r"exists already.*--force"):
        write_file(path, b"two")
    assert path.read_bytes() == b"one"
    write_file(path, b"two", force=True)
    assert path.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    for target in (victim, tmp_path / "nothing"):
        link = tmp_path / f"link-{target.name}"
        link.symlink_to(target)
        with pytest.raises(RefusedError):
            write_file(link, b"x")
        write_file(link, b"x", force=True)
        assert not link.is_symlink()
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "nothing").exists()


def test_folders_devices_and_pipes_are_refused_even_with_force(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path, tmp_path / "fifo", Path("/dev/null")):
        with pytest.raises(RefusedError, match="not a file"):
            write_file(path, b"x", force=True)


def test_a_name_that_is_taken_meanwhile_is_respected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    fsync = os.fsync

    def sneak_in(descriptor: int) -> None:
        path.write_bytes(b"theirs")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", sneak_in)
    with pytest.raises(RefusedError, match="exists already"):
        write_file(path, b"ours")
    assert path.read_bytes() == b"theirs"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("call", ["fsync", "link", "open", "fchmod"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_disk_that_refuses_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(ReviewBoardError, match="cannot be written"):
            write_file(tmp_path / "out.json", b"x")
    assert list(tmp_path.iterdir()) == []


def test_file_systems_without_links_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_file(tmp_path / "out.json", b"x")
    assert (tmp_path / "out.json").read_bytes() == b"x"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReviewBoardError, match="cannot be written: No such file"):
        write_file(tmp_path / "no" / "out.json", b"x")
