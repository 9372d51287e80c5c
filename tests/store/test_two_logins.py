"""Two logins on one pipeline: in a setgid folder both write; elsewhere they are told whose the files are."""

import os
import stat
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from review_board.store.logins import FileOwner, cure
from review_board.store.presence import PresenceFiles
from tests.store.support import opened, put
from tests.tui.conftest import NOW

GROUP, ANN, RAJ = 61_000, 61_001, 61_002
"""Ids that belong to nobody."""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become two other users")


def run_as(uid: int, act: Callable[[], object], group: int = GROUP) -> str:
    """Do it in a child process of that user; gives what it raised, or nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([group])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            os.umask(0o077)
            act()
        except BaseException as error:
            os.write(writing, (str(error) or traceback.format_exc()).encode()[:4000])
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        said = told.read().decode()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def shared() -> Iterator[Path]:
    """The pipeline in a folder of Ann's whose group is shared, where other users can come to it."""
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "sales"
        folder.mkdir()
        os.chown(folder, ANN, GROUP)
        folder.chmod(0o2770)
        yield folder / "pipeline.json"


def writes(path: Path, name: str) -> Callable[[], None]:
    """Make a prospect with a long note, and bring every file up to date."""

    def act() -> None:
        store = opened(path)
        put(store, name, note="x" * 300_000)
        store.checkpoint()
        PresenceFiles(path).beat(name, NOW)

    return act


@as_root
def test_two_logins_write_by_turns_in_a_setgid_folder(shared: Path) -> None:
    writes(shared.with_name("warm.json"), "p-0")()  # imports what a child could not read
    for old in shared.parent.iterdir():
        old.unlink()
    for turn in range(3):
        for uid, name in ((ANN, f"ann-{turn}"), (RAJ, f"raj-{turn}")):
            assert run_as(uid, writes(shared, name)) == ""
    assert len(opened(shared).tables["prospects"]) == 6
    files = [path.stat() for path in shared.parent.iterdir()]
    assert {stat.S_IMODE(found.st_mode) for found in files} == {0o660}
    assert {found.st_gid for found in files} == {GROUP}
    assert {found.st_uid for found in files} == {ANN, RAJ}


@as_root
def test_who_may_not_write_is_told_whose_the_files_are(shared: Path) -> None:
    writes(shared.with_name("warm.json"), "p-0")()
    shared.parent.chmod(0o700)
    assert run_as(ANN, writes(shared, "ann-1")) == ""
    said = run_as(RAJ, writes(shared, "raj-1"))
    assert f"sales belongs to uid {ANN}, group gid {GROUP}" in said
    assert f"ask uid {ANN} for chmod g+rws on the folder" in said
    shared.parent.chmod(0o755)
    for path in shared.parent.iterdir():
        path.chmod(0o644)
    reader = run_as(RAJ, lambda: put(opened(shared), "raj-1"))
    assert f"pipeline.json may not be written: it belongs to uid {ANN}" in reader
    shared.parent.chmod(0o700)
    stranger = run_as(RAJ, writes(shared, "raj-1"), group=RAJ)
    assert f"ask uid {ANN} or root to take you into a shared group" in stranger


def test_what_is_to_be_done_depends_on_owner_and_group() -> None:
    usual = FileOwner("p.json", "ann", "sales", is_ours=False, is_in_group=True, is_shared=True)
    assert cure(usual) == "p.json belongs to ann, group sales; ask ann for chmod g+rw on it"
    assert "g+rws on the folder" in cure(usual._replace(is_shared=False))
    assert "shared group" in cure(usual._replace(is_in_group=False))
    assert cure(usual._replace(is_ours=True)) == cure(None) == "check its permissions"
