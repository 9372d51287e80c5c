"""Whose files these are: links, permissions, folders shared by two logins."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from review_board.errors import ReadOnlyError, StoreError
from review_board.store.doctor import examine
from review_board.store.file_store import FileStore
from review_board.store.repairs import repair, restore
from review_board.store.restore_changes import restore_changes
from tests.store.support import draft, names, opened, put


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file that somebody hopes we overwrite through a link."""
    made = tmp_path / "elsewhere" / "victim"
    made.parent.mkdir()
    made.write_text("precious")
    return made


@pytest.fixture(params=[0o000, 0o022, 0o077])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("_umask")
def test_files_and_folders_are_private_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deeper" / "pipeline.json"
    store = opened(path)
    put(store, "p-1", note="x" * 300_000)
    store.checkpoint()
    assert {mode(made) for made in path.parent.iterdir()} == {0o600}
    assert mode(path.parent) == mode(path.parent.parent) == 0o700
    assert len(names(path.parent)) == 5


@pytest.mark.usefixtures("_umask")
def test_a_setgid_folder_is_shared_by_its_group(path: Path) -> None:
    path.parent.chmod(0o2770)
    store = opened(path)
    put(store, "p-1", note="x" * 300_000)
    store.checkpoint()
    assert {mode(made) for made in path.parent.iterdir()} == {0o660}


def test_reading_creates_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path / "none" / "pipeline.json")
    store.catch_up()
    store.close()
    assert names(tmp_path) == []


def test_a_linked_pipeline_keeps_its_link_and_shares_its_ledger(tmp_path: Path) -> None:
    real = tmp_path / "real" / "pipeline.json"
    put(opened(real), "p-1", name="Acme")
    link = tmp_path / "link.json"
    link.symlink_to(real)
    through, direct = opened(link), opened(real)
    put(through, "p-1", name="Bolt")
    through.checkpoint()
    assert link.is_symlink()
    assert direct.catch_up().commits
    assert names(tmp_path) == ["link.json", "real"]


@pytest.mark.parametrize("name", ["pipeline.json.lock", "pipeline.json.ledger.jsonl"])
def test_links_planted_for_lock_and_ledger_are_refused(path: Path, victim: Path, name: str) -> None:
    path.with_name(name).symlink_to(victim)
    with pytest.raises(StoreError, match="symbolic link"):
        put(opened(path), "p-1", name="Acme")
    assert victim.read_text() == "precious"


def test_a_link_planted_for_the_backup_is_replaced(path: Path, victim: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    backup = path.with_name("pipeline.json.bak")
    backup.symlink_to(victim)
    store.checkpoint()
    assert victim.read_text() == "precious"
    assert not backup.is_symlink()


@pytest.mark.parametrize("token", ["tmp", "bulk"])
def test_links_planted_for_temporary_files_are_refused(
    path: Path, victim: Path, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    monkeypatch.setattr(os, "urandom", lambda count: b"\0" * count)
    name = {"tmp": f"pipeline.json.{'0' * 16}.tmp", "bulk": f"pipeline.json.bulk-2-{'0' * 16}.json"}
    path.with_name(name[token]).symlink_to(victim)
    large = draft(store, "p-2", {"note": "x" * 300_000})
    with pytest.raises(StoreError):
        store.checkpoint() if token == "tmp" else store.commit(large)
    assert victim.read_text() == "precious"


def test_a_read_only_file_opens_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(opened(path), "p-1", name="Acme")
    monkeypatch.setattr(os, "access", lambda found, _: Path(found) != path)
    store = opened(path)
    assert store.tables["prospects"]["p-1"]["name"] == "Acme"
    assert store.read_only == "pipeline.json may not be written"
    with pytest.raises(ReadOnlyError, match="nothing was changed"):
        put(store, "p-1", name="Bolt")


def test_a_read_only_folder_opens_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(opened(path), "p-1", name="Acme")
    monkeypatch.setattr(os, "access", lambda found, _: Path(found) != path.parent)
    store = opened(path)
    assert store.read_only is not None
    assert "folder" in store.read_only


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "input/output error"),
    ],
)
def test_a_failing_disk_is_told_and_changes_nothing(
    path: Path, number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    ledger = path.with_name("pipeline.json.ledger.jsonl")
    before = ledger.read_bytes()

    def failing(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", failing)
        with pytest.raises(StoreError, match=words) as caught:
            put(store, "p-1", name="Bolt")
    assert "nothing was changed" in str(caught.value)
    assert ledger.read_bytes() == before
    assert store.tables["prospects"]["p-1"]["name"] == "Acme"
    assert put(store, "p-1", name="Bolt").seq == 2


def test_without_hard_links_the_backup_is_a_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    before = path.read_bytes()

    def unsupported(*_: object, **__: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "not supported")

    monkeypatch.setattr(os, "link", unsupported)
    store.checkpoint()
    assert path.with_name("pipeline.json.bak").read_bytes() == before
    assert FileStore(path).load().notices == ()


NOBODY = 65534


@contextmanager
def without_search_permission(folder: Path) -> Iterator[None]:
    """The folder's names can be read and nothing in it; the root user, who may all, is nobody here."""
    is_root, before = os.geteuid() == 0, mode(folder)
    folder.chmod(0o644)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(before)


def bring(path: Path) -> None:
    restore_changes(path, at="2026-03-02T10:00:00Z")


@pytest.mark.parametrize("doing", [lambda path: FileStore(path).load(), repair, restore, bring])
def test_a_folder_without_search_permission(path: Path, doing: Callable[[Path], object]) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    examine(path)
    with without_search_permission(path.parent):
        with pytest.raises(StoreError, match="not permitted") as caught:
            doing(path)
        assert "check its permissions" in caught.value.cure or "belongs to" in caught.value.cure
        with pytest.raises(StoreError, match="not permitted"):
            examine(path)
        store.catch_up()
        assert "not permitted" in str(store.lost)
        with pytest.raises(StoreError, match="not permitted"):
            put(store, "p-1", name="Bolt")
    assert not store.catch_up().reloaded
    put(store, "p-1", name="Bolt")


def test_a_pipeline_that_is_a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)
    for doing in (lambda: FileStore(path).load(), lambda: repair(path), lambda: restore(path)):
        with pytest.raises(StoreError, match="is a link that leads back to itself"):
            doing()
    assert path.is_symlink()
    assert names(path.parent) == ["pipeline.json"]


def test_restore_from_a_link_to_itself(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    before = path.read_bytes()
    loop = path.with_name("loop.json")
    loop.symlink_to(loop)
    with pytest.raises(StoreError, match="is a link that leads back to itself"):
        restore(path, loop)
    assert path.read_bytes() == before
