"""Signs of life beside a pipeline: seen by others, gone with the process, none of the doctor's business."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from review_board.store.doctor import examine
from review_board.store.presence import Presence, PresenceFiles, PresenceInMemory
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
