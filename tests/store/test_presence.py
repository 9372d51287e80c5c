"""Signs of life beside a pipeline: seen by others, gone with the process, none of the doctor's business."""

import os
import signal
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from review_board.store.doctor import examine
from review_board.store.presence import Presence, PresenceFiles
from tests.memory_store import PresenceInMemory
from tests.store.support import opened, put

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANN, RAJ = "a" * 16, "b" * 16


@pytest.fixture(params=["memory", "files"])
def presence(request: pytest.FixtureRequest, tmp_path: Path) -> Presence:
    if request.param == "memory":
        return PresenceInMemory()
    return PresenceFiles(tmp_path / "pipeline.json")


def test_the_last_sign_of_each_is_seen_until_they_leave(presence: Presence) -> None:
    presence.beat(ANN, NOON)
    presence.beat(RAJ, NOON + timedelta(seconds=5))
    presence.beat(ANN, NOON + timedelta(seconds=9))
    assert presence.seen() == {
        ANN: NOON + timedelta(seconds=9),
        RAJ: NOON + timedelta(seconds=5),
    }
    presence.leave(ANN)
    assert [*presence.seen()] == [RAJ]
    presence.leave(ANN)


def test_who_gave_a_sign_lives_until_they_leave(presence: Presence) -> None:
    assert not presence.lives(ANN)
    for moment in (NOON, NOON + timedelta(seconds=5)):
        presence.beat(ANN, moment)
        assert presence.lives(ANN)
        assert presence.lives(ANN), "to ask takes nothing away"
    presence.leave(ANN)
    assert not presence.lives(ANN)


def test_a_killed_process_lives_no_more_though_its_sign_is_fresh(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.json"
    here, (read, write) = PresenceFiles(path), os.pipe()
    pid = os.fork()
    if not pid:  # the other process: it tells that it has given its sign, and is killed
        PresenceFiles(path).beat(RAJ, NOON)
        os.write(write, b".")
        signal.pause()
    try:
        assert os.read(read, 1) == b"."
        assert here.lives(RAJ)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(read)
        os.close(write)
    assert here.seen() == {RAJ: NOON}
    assert not here.lives(RAJ)


def test_a_file_that_somebody_removed_is_made_anew(tmp_path: Path) -> None:
    here = PresenceFiles(tmp_path / "pipeline.json")
    here.beat(ANN, NOON)
    next(tmp_path.iterdir()).unlink()
    here.beat(ANN, NOON)
    assert here.lives(ANN)
    assert here.seen() == {ANN: NOON}


def test_what_a_killed_process_left_goes_after_a_day(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.json"
    killed, here = PresenceFiles(path), PresenceFiles(path)
    killed.beat(RAJ, NOON)
    here.beat(ANN, NOON + timedelta(days=2))
    here.leave(ANN)
    assert [*tmp_path.iterdir()] == []


def test_the_files_are_private_and_known_to_the_doctor(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.json"
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.close()
    before = examine(path)
    PresenceFiles(path).beat(ANN, NOON)
    (made,) = tmp_path.glob("*.here-*")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert examine(path) == before
    made.chmod(0o644)
    assert len(examine(path)) == len(before) + 1
    assert list(PresenceFiles(tmp_path / "other.json").seen()) == []


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    before = victim.stat()
    (tmp_path / f"pipeline.json.here-{ANN}").symlink_to(victim)
    PresenceFiles(tmp_path / "pipeline.json").beat(ANN, NOON)
    assert victim.stat().st_mtime == before.st_mtime


def test_one_that_leaves_while_others_look_hides_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = PresenceFiles(tmp_path / "pipeline.json")
    here.beat(RAJ, NOON)
    found = [*tmp_path.iterdir()]
    here.beat(ANN, NOON)
    gone = [path for path in tmp_path.iterdir() if path not in found]
    gone[0].unlink()
    monkeypatch.setattr(Path, "iterdir", lambda _: iter([*gone, *found]))
    assert here.seen() == {RAJ: NOON}
