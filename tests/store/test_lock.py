"""One writer at a time: others wait, then say so; reading goes on."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_board.errors import BusyError
from review_board.store.lock import locked
from tests.store.support import opened, put

HOLD = """
import fcntl, sys
file = open(sys.argv[1], "r+")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of a pipeline with one prospect."""
    put(opened(path), "p-1", name="Acme")
    lock = path.with_name("pipeline.json.lock")
    command = [sys.executable, "-c", HOLD, str(lock)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("held")
def test_a_held_lock_is_busy_and_reading_goes_on(path: Path) -> None:
    store = opened(path)
    begun = time.monotonic()
    with pytest.raises(BusyError, match=r"busy.*nothing was changed"):
        put(store, "p-1", name="Bolt")
    assert 0.2 <= time.monotonic() - begun < 2
    assert store.tables["prospects"]["p-1"]["name"] == "Acme"
    store.catch_up()
    store.close()


def test_the_lock_of_a_killed_process_is_free(path: Path, held: subprocess.Popen[str]) -> None:
    held.kill()
    held.wait()
    assert put(opened(path), "p-1", name="Bolt").seq == 2


def test_a_lock_that_was_removed_is_made_again(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    path.with_name("pipeline.json.lock").unlink()
    put(store, "p-1", name="Bolt")
    assert path.with_name("pipeline.json.lock").exists()


def test_two_handles_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    with locked(path), pytest.raises(BusyError), locked(path, 0.05):
        pass
    with locked(path, 0.05):
        pass
