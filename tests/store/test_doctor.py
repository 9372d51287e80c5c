"""The doctor says what is wrong, and mends it without throwing anything away."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from review_board.errors import BadFileError, StoreError
from review_board.store.doctor import Problem, examine
from review_board.store.paths import PipelinePaths
from review_board.store.repairs import repair, restore
from tests.store.support import names, opened, prospect, put


def weights(findings: list[Problem]) -> set[str]:
    return {finding.weight for finding in findings}


def text(findings: list[Problem]) -> str:
    return "\n".join(f"{f.where}: {f.what}" for f in findings)


@pytest.fixture
def worked(path: Path) -> Path:
    """A pipeline with changes before and after two checkpoints."""
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    put(store, "p-2", name="Bolt")
    store.checkpoint()
    put(store, "p-1", column="won")
    return path


def lines(path: Path) -> list[bytes]:
    return path.with_name("pipeline.json.ledger.jsonl").read_bytes().splitlines(keepends=True)


def test_a_sound_pipeline(worked: Path) -> None:
    before = {name: worked.with_name(name).read_bytes() for name in names(worked.parent)}
    findings = examine(worked)
    assert weights(findings) == {"good"}
    assert "1 change ahead" in text(findings)
    assert before == {name: worked.with_name(name).read_bytes() for name in names(worked.parent)}


def test_it_names_all_that_a_backup_must_hold(
    worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large change lies in a file of its own, which the ledger only names."""
    assert (
        examine(worked)[-1].what == "copy these together: pipeline.json, pipeline.json.ledger.jsonl"
    )
    monkeypatch.setattr("review_board.store.side_files.LARGE", 1)
    put(opened(worked), "p-3", name="Cole")
    worked.with_name("pipeline.json.bulk-99-0123456789abcdef.json").write_text("left over")
    (side,) = (n for n in names(worked.parent) if ".bulk-" in n and "-99-" not in n)
    (whole,) = (f for f in examine(worked) if f.where == "backup")
    assert whole.what == f"copy these together: pipeline.json, pipeline.json.ledger.jsonl, {side}"


def test_no_pipeline_at_all(path: Path) -> None:
    assert weights(examine(path)) == {"odd"}
    assert weights(examine(path.parent / "none" / "pipeline.json")) == {"odd"}


def test_whatever_lies_there_is_a_finding(path: Path) -> None:
    path.mkdir()
    assert "bad" in weights(examine(path))


def test_keys_that_stand_twice_are_told(path: Path) -> None:
    path.write_text('{"prospects": {"1": {"name": "a"}, "1": {"name": "b"}}}')
    assert "'1' stands twice" in text(examine(path))


def test_modes_are_told_and_closed(worked: Path) -> None:
    worked.chmod(0o644)
    assert "others on this machine" in text(examine(worked))
    repair(worked)
    assert worked.stat().st_mode & 0o777 == 0o600
    assert weights(examine(worked)) == {"good"}


def test_the_modes_of_all_kinds_of_files_are_looked_at(
    worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.store.side_files.LARGE", 1)
    put(opened(worked), "p-3", name="Cole")
    worked.with_name("pipeline.json.bak.damaged-0123456789abcdef").write_text("kept")
    theirs = worked.with_name("pipeline.json.old")
    theirs.write_text("none of ours")
    ours = [path for path in worked.parent.iterdir() if path != theirs]
    for path in [*ours, theirs]:
        path.chmod(0o644)
    told = {f.where for f in examine(worked) if "others on this machine" in f.what}
    assert told == {path.name for path in ours}
    assert len(told) == 6
    repair(worked)
    assert {path.stat().st_mode & 0o777 for path in ours} == {0o600}
    assert theirs.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("kind", ["named pipe", "folder", "symbolic link"])
def test_a_lock_that_is_no_file_is_named(worked: Path, kind: str) -> None:
    lock = PipelinePaths(worked).lock
    lock.unlink()
    _MAKE[kind](lock)
    (found,) = (f for f in examine(worked) if f.where == lock.name)
    assert found.weight == "bad"
    assert kind in found.what
    with pytest.raises(StoreError, match=kind):
        repair(worked)


_MAKE: dict[str, Callable[[Path], None]] = {
    "named pipe": os.mkfifo,
    "folder": os.mkdir,
    "symbolic link": lambda path: path.symlink_to(path),
}


def test_a_disk_that_fails_while_history_is_read_is_told(
    worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(worked)

    def failing(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "pread", failing)
    with pytest.raises(StoreError, match="input/output error"):
        next(store.history())
    assert any("input/output error" in f.what for f in examine(worked))


def test_leftovers_and_a_torn_line_are_told_and_removed(worked: Path) -> None:
    litter = worked.with_name("pipeline.json.0123456789abcdef.tmp")
    litter.write_text("left")
    with worked.with_name("pipeline.json.ledger.jsonl").open("ab") as file:
        file.write(b'{"seq":4')
    assert {"left over", "never acknowledged"} <= {
        phrase for phrase in ("left over", "never acknowledged") if phrase in text(examine(worked))
    }
    repair(worked)
    assert not litter.exists()
    assert weights(examine(worked)) == {"good"}
    assert prospect(opened(worked), "p-1")["column"] == "won"


def test_a_damaged_line_is_set_aside(worked: Path) -> None:
    kept = lines(worked)
    worked.with_name("pipeline.json.ledger.jsonl").write_bytes(
        b"".join([kept[0], b"rotten\n", *kept[2:]])
    )
    assert "line 2" in text(examine(worked))
    done = text(repair(worked))
    assert "good lines kept" in done
    assert any("damaged" in name for name in names(worked.parent))
    assert [f.what for f in examine(worked) if f.weight != "good"] == [
        "change 1 is missing from the history"
    ]
    assert prospect(opened(worked), "p-1")["column"] == "won"


def test_after_a_lost_line_the_rest_still_counts(path: Path) -> None:
    store = opened(path)
    for number in range(4):
        put(store, f"p-{number}", name=str(number))
    ledger = path.with_name("pipeline.json.ledger.jsonl")
    kept = lines(path)
    ledger.write_bytes(b"".join([*kept[:2], *kept[3:]]))
    with pytest.raises(BadFileError):
        opened(path)
    repair(path)
    again = opened(path)
    assert list(again.tables["prospects"]) == ["p-0", "p-2", "p-3"]
    put(again, "p-9", name="next")
    assert len(opened(path).tables["prospects"]) == 4


def test_a_damaged_file_is_restored_with_nothing_lost(worked: Path) -> None:
    expected = opened(worked).tables
    worked.write_bytes(b"{ damaged")
    with pytest.raises(BadFileError):
        repair(worked)
    done = text(restore(worked))
    assert "2 changes applied again" in done
    store = opened(worked)
    assert store.tables == expected
    aside = next(worked.parent.glob("*.damaged-*"))
    assert aside.read_bytes() == b"{ damaged"
    assert put(store, "p-3", name="next").seq == 4
    assert opened(worked).tables == store.tables


def test_a_file_that_is_gone_is_restored(worked: Path) -> None:
    expected = opened(worked).tables
    worked.unlink()
    restore(worked)
    assert opened(worked).tables == expected


def test_it_can_be_restored_twice(worked: Path) -> None:
    expected = opened(worked).tables
    for _ in range(2):
        worked.write_bytes(b"damaged")
        restore(worked)
    put(opened(worked), "p-1", name="Acme")
    assert opened(worked).tables["prospects"].keys() == expected["prospects"].keys()


def test_a_pipeline_without_a_backup_is_told_by_its_ledger(path: Path) -> None:
    put(opened(path), "p-1", name="Acme")
    path.write_bytes(b"")
    restore(path)
    assert prospect(opened(path), "p-1") == {"name": "Acme"}


def test_without_backup_and_ledger_nothing_is_touched(path: Path) -> None:
    path.write_bytes(b"{")
    with pytest.raises(BadFileError, match="name a good copy"):
        restore(path)
    assert path.read_bytes() == b"{"


def test_a_taken_in_plain_file_is_restored_with_its_changes(path: Path) -> None:
    path.write_text('{"prospects": {"1": {"name": "Acme"}}}')
    put(opened(path), "tinydb-1", column="won")
    path.write_bytes(b"")
    restore(path)
    assert prospect(opened(path), "tinydb-1") == {"name": "Acme", "column": "won"}


def test_a_given_copy_is_taken_as_it_is(worked: Path, tmp_path: Path) -> None:
    old = tmp_path / "monday.json"
    shutil.copy(worked.with_name("pipeline.json.bak"), old)
    running = opened(worked)
    restore(worked, old)
    assert list(opened(worked).tables["prospects"]) == ["p-1"]
    assert running.catch_up().reloaded
    assert [commit.seq for commit in running.missing] == [3]
    running.drop_missing()
    put(running, "p-5", name="next")
    assert list(opened(worked).tables["prospects"]) == ["p-1", "p-5"]


def test_a_bad_copy_is_refused_and_nothing_touched(worked: Path, tmp_path: Path) -> None:
    before = worked.read_bytes()
    bad = tmp_path / "bad.json"
    bad.write_text("[]")
    for copy in (bad, tmp_path / "none.json"):
        with pytest.raises(BadFileError):
            restore(worked, copy)
    assert worked.read_bytes() == before


def test_what_an_older_copy_left_behind_stays_behind(worked: Path) -> None:
    worked.with_name("pipeline.json.bak").replace(worked)
    store = opened(worked)
    put(store, "p-7", name="after")
    expected = opened(worked).tables
    worked.write_bytes(b"damaged")
    restore(worked)
    assert opened(worked).tables == expected
