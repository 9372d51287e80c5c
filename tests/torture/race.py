"""Many processes on one pipeline: nothing lost, nothing twice, readers never see nonsense."""

import os
import random
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from review_board.store.file_store import FileStore
from review_board.store.protocol import PROSPECTS
from tests.torture.judge import faults_of
from tests.torture.scenarios import touch

WRITERS, CHANGES, READERS = 8, 50, 2


def race(seed: int = 0, *, kill: bool = False) -> list[str]:
    """Let eight writers make 50 changes each while two read; ``kill``: some die on the way."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "pipeline.json"
        first = FileStore(path)
        first.load()
        for number in range(4):
            touch(first, f"start-{number}", f"p-{number}")
        logs = [Path(home) / f"log-{number}" for number in range(WRITERS + READERS)]
        workers = [
            _started(partial(_write, path, number, logs[number], seed), logs[number])
            for number in range(WRITERS)
        ]
        readers = [_started(partial(_read, path), logs[WRITERS + n]) for n in range(READERS)]
        if kill:
            _kill_some(workers, seed)
        for worker in workers:
            os.waitpid(worker, 0)
        for reader in readers:
            os.kill(reader, signal.SIGTERM)
            os.waitpid(reader, 0)
        try:
            return _verdict(path, logs, kill=kill)
        except Exception:  # whatever stops the judge is itself a fault found, told in full
            return [traceback.format_exc()]


def _verdict(path: Path, logs: list[Path], *, kill: bool) -> list[str]:
    said = [line for log in logs if log.exists() for line in log.read_text().splitlines()]
    found = [line for line in said if line.startswith("crash")]
    acknowledged = {line[4:] for line in said if line.startswith("ack ")}
    acknowledged |= {f"start-{number}" for number in range(4)}
    if not kill and len(acknowledged) != WRITERS * CHANGES + 4:
        found.append(f"only {len(acknowledged)} changes were acknowledged")
    for log in logs:
        log.unlink(missing_ok=True)
    store = FileStore(path)
    store.load()
    table = store.tables[PROSPECTS]
    there = {item["id"] for document in table.values() for item in document["touches"]}
    extra = there - acknowledged
    if not kill and extra:
        found.append(f"never acknowledged, yet there: {sorted(extra)}")
    seqs = [commit.seq for commit in store.history()]
    if seqs != list(range(len(seqs), 0, -1)):
        found.append("the history has gaps or doubles")
    return found + faults_of(path, acknowledged | extra, set())


def _started(work: Callable[[], None], log: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        with log.open("a") as file:
            file.write(f"crash {traceback.format_exc()!r}\n")
    finally:
        os._exit(0)


def _write(path: Path, number: int, log: Path, seed: int) -> None:
    chance = random.Random(f"{seed} {number}")
    store = FileStore(path)
    store.load()
    with log.open("a", buffering=1) as file:
        for change in range(CHANGES):
            token = f"w{number}-{change}"
            note = "x" * 5000 if chance.random() < 0.05 else ""
            touch(store, token, f"p-{chance.randrange(4)}", note)
            file.write(f"ack {token}\n")
            if chance.random() < 0.05:
                store.checkpoint()
    store.close()


def _read(path: Path) -> None:
    """Catch up again and again; what one has seen never goes away and never comes twice."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    store = FileStore(path)
    store.load()
    seen = 0
    while True:
        store.catch_up()
        documents = store.tables[PROSPECTS].values()
        tokens = [item["id"] for document in documents for item in document["touches"]]
        assert len(tokens) == len(set(tokens)), "a touch came twice"
        assert len(tokens) >= seen, "a touch went away"
        assert len(tokens) == store.seq, "touches and seq do not agree"
        seen = len(tokens)
        time.sleep(0.002)


def _kill_some(workers: list[int], seed: int) -> None:
    chance = random.Random(seed)
    for worker in workers[::2]:
        time.sleep(chance.random() * 0.1)
        os.kill(worker, signal.SIGKILL)
