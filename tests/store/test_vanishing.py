"""The pipeline's files go away while it is open: memory stays, nothing is created, then it goes on."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from review_board.errors import StoreError
from review_board.store import files
from review_board.store.file_store import FileStore
from tests.store.support import names, opened, prospect, put


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A pipeline in a folder of its own."""
    (tmp_path / "sales").mkdir()
    return tmp_path / "sales" / "p.json"


@pytest.fixture
def store(path: Path) -> FileStore:
    """The pipeline, open, with a change that the data file does not hold."""
    store = opened(path)
    put(store, "p-1", name="Acme")
    put(store, "p-2", name="Bolt")
    return store


def the_file(path: Path) -> Path:
    path.rename(path.with_name("away"))
    return path


def the_folder(path: Path) -> Path:
    path.parent.rename(path.parent.with_name("away"))
    return path.parent


def the_folder_for_an_empty_one(path: Path) -> Path:
    the_folder(path)
    path.parent.mkdir()
    return path.parent


def the_folder_for_a_file(path: Path) -> Path:
    the_folder(path)
    path.parent.write_text("no folder")
    return path.parent


def the_folder_for_another_pipeline(path: Path) -> Path:
    the_folder_for_an_empty_one(path)
    put(opened(path), "p-1", name="Somebody else")
    return path.parent


def the_file_for_another_pipeline(path: Path) -> Path:
    the_file(path)
    elsewhere = path.with_name("other.json")
    put(opened(elsewhere), "p-1", name="Somebody else")
    elsewhere.rename(path)
    return path


TAKING = [
    (the_file, "p.json is gone"),
    (the_folder, "The folder of p.json is gone"),
    (the_folder_for_an_empty_one, "The folder of p.json is gone"),
    (the_folder_for_a_file, "The folder of p.json is gone"),
    (the_folder_for_another_pipeline, "Another pipeline is in the place of p.json"),
    (the_file_for_another_pipeline, "Another pipeline is in the place of p.json"),
]


def content(folder: Path) -> dict[str, bytes]:
    """All files below a folder, byte for byte."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def is_lost(store: FileStore) -> bool:
    return store.lost is not None


def restore_changes(taken: Path) -> None:
    if taken.is_dir():
        shutil.rmtree(taken)
    else:
        taken.unlink(missing_ok=True)
    taken.with_name("away").rename(taken)


@pytest.mark.parametrize(("take", "words"), TAKING)
def test_it_stays_in_memory_and_goes_on_when_it_is_back(
    path: Path, tmp_path: Path, store: FileStore, take: Callable[[Path], Path], words: str
) -> None:
    tables = store.tables
    taken = take(path)
    left = content(tmp_path)
    for _ in range(2):
        assert not store.catch_up()
        assert str(store.lost) == f"{words}; nothing can be written until it is back"
        with pytest.raises(StoreError, match=words):
            put(store, "p-1", name="Cord")
    with pytest.raises(StoreError, match=words):
        store.checkpoint()
    store.close()
    assert store.tables is tables
    assert content(tmp_path) == left
    restore_changes(taken)
    store.catch_up()
    assert not is_lost(store)
    assert store.missing == ()
    put(store, "p-1", name="Cord")
    assert prospect(opened(path), "p-1") == {"name": "Cord"}
    assert prospect(opened(path), "p-2") == {"name": "Bolt"}


@pytest.mark.parametrize("take", [take for take, _ in TAKING])
def test_a_write_notices_it_without_a_look_before(
    path: Path, tmp_path: Path, store: FileStore, take: Callable[[Path], Path]
) -> None:
    taken = take(path)
    left = content(tmp_path)
    with pytest.raises(StoreError, match="until it is back"):
        put(store, "p-1", name="Cord")
    assert content(tmp_path) == left
    restore_changes(taken)
    put(store, "p-1", name="Cord")
    assert prospect(opened(path), "p-1") == {"name": "Cord"}


def test_a_pipeline_put_back_from_a_copy_goes_on(path: Path, store: FileStore) -> None:
    shutil.copytree(path.parent, path.parent.with_name("copy"))
    shutil.rmtree(path.parent)
    store.catch_up()
    assert is_lost(store)
    path.parent.with_name("copy").rename(path.parent)
    store.catch_up()
    assert not is_lost(store)
    put(store, "p-2", name="Cord")
    assert prospect(opened(path), "p-2") == {"name": "Cord"}


def test_a_permission_taken_away_is_no_end(
    path: Path, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    def denied(name: os.PathLike[str], **options: bool) -> os.stat_result:
        if Path(name).parent == path.parent:
            raise PermissionError(13, "Permission denied")
        return real(name, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", denied)
        assert not store.catch_up()
        assert "not permitted" in str(store.lost)
        with pytest.raises(StoreError, match="not permitted"):
            put(store, "p-1", name="Cord")
    assert prospect(store, "p-1") == {"name": "Acme"}
    put(store, "p-1", name="Cord")
    assert not is_lost(store)


def test_a_pipeline_that_was_not_yet_begun_may_be(tmp_path: Path) -> None:
    store = opened(tmp_path / "new" / "p.json")
    assert not store.catch_up()
    put(store, "p-1", name="Acme")
    assert files.signature(store.path)


@pytest.fixture
def mount_point(tmp_path: Path) -> Iterator[Path]:
    """A tmpfs of its own, unmounted at the end."""
    point = tmp_path / "disk"
    point.mkdir()
    if os.getuid() or mount(point).returncode:
        pytest.skip("mounting is not permitted here")
    yield point
    while not subprocess.run(["umount", point], check=False, capture_output=True).returncode:
        pass


def mount(point: Path) -> subprocess.CompletedProcess[bytes]:
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)]
    return subprocess.run(command, check=False, capture_output=True)


def test_an_unmounted_disk_leaves_its_mount_point_empty(mount_point: Path, tmp_path: Path) -> None:
    path = mount_point / "p.json"
    store = opened(path)
    put(store, "p-1", name="Acme")
    shutil.copytree(mount_point, tmp_path / "copy")
    subprocess.run(["umount", mount_point], check=True)
    assert not store.catch_up()
    assert "The folder of p.json is gone" in str(store.lost)
    with pytest.raises(StoreError, match="until it is back"):
        put(store, "p-2", name="Bolt")
    store.close()
    assert names(mount_point) == []
    assert not mount(mount_point).returncode
    shutil.copytree(tmp_path / "copy", mount_point, dirs_exist_ok=True)
    store.catch_up()
    put(store, "p-2", name="Bolt")
    assert sorted(opened(path).tables["prospects"]) == ["p-1", "p-2"]


@pytest.mark.parametrize("call", ["review_board.store.file_store.backups.due_before", "os.open"])
def test_an_empty_folder_that_comes_at_the_last_moment_stays_empty(
    path: Path, store: FileStore, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Just before the backup of a day, and just before the lock."""

    def instead(*_: object, **__: object) -> object:
        monkeypatch.undo()
        the_folder_for_an_empty_one(path)
        return path.with_name("backup") if "backups" in call else os.open(*_, **__)  # type: ignore[arg-type]

    store.checkpoint()
    put(store, "p-1", column="won")
    monkeypatch.setattr(call, instead)
    with pytest.raises(StoreError, match=r"gone|no such file"):
        put(store, "p-3", name="Cord")
    with pytest.raises(StoreError, match=r"The folder of p\.json is gone"):
        put(store, "p-3", name="Cord")
    assert names(path.parent) == []
    path.parent.rmdir()
    path.parent.with_name("away").rename(path.parent)
    put(store, "p-3", name="Cord")
    assert len(opened(path).tables["prospects"]) == 3
