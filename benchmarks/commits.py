"""A change acknowledged: how much the ledger costs beyond the disk, and whether size matters."""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path

from tinydb import TinyDB

from benchmarks.pipelines import TODAY
from benchmarks.rows import Row
from benchmarks.stage import Stage
from benchmarks.timing import both, timed
from review_board.board.board import Board
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Outcome
from review_board.settings.tree import Settings
from review_board.store.changes import change_between
from review_board.store.file_store import FileStore
from review_board.store.protocol import PROSPECTS, Commit

NOW = datetime.combine(TODAY, time(9, 0), UTC)
INSTANT = "2026-11-20T09:00:00Z"
BARE = "bare append + sync"


def change_acknowledged(stage: Stage) -> Iterator[Row]:
    """Change one field by ``Store.commit``, against a bare append and fdatasync of its bytes."""
    by_size: dict[int, float] = {}
    for size in stage.effort.sizes(100, 1_000, 10_000, 50_000):
        pipeline = stage.pipeline(size)
        store = FileStore(pipeline)
        store.load()
        commit = partial(_commit, store, list(store.tables[PROSPECTS]))
        ours, bare = both(*_beside_bare(pipeline, stage.effort.commits, commit))
        by_size[size] = ours
        yield Row(f"change acknowledged, {size:,}", ours, bare, aim=2, against=BARE)
        stage.forget(pipeline)
    least, most = min(by_size), max(by_size)
    if least < most:
        told = f"change acknowledged, {most:,} against {least:,}"
        yield Row(told, by_size[most], by_size[least], aim=1.5, against=f"at {least:,}")


def touch_logged(stage: Stage) -> Iterator[Row]:
    """Log a touch through ``Board``: validated, merged, written; for information."""
    for size in stage.effort.sizes(10_000):
        pipeline = stage.pipeline(size)
        board = opened_board(pipeline)
        log = partial(_log, board, list(board.index.entries))
        taken = _beside_bare(pipeline, stage.effort.commits, log)
        yield Row(f"touch logged through Board, {size:,}", *both(*taken), against=BARE)
        stage.forget(pipeline)


def against_tinydb(stage: Stage) -> Iterator[Row]:
    """Change the same field by TinyDB itself, which writes its whole file."""
    for size in stage.effort.sizes(10_000):
        pipeline, plain = stage.pipeline(size), stage.pipeline(size)
        store = FileStore(pipeline)
        store.load()
        ours, theirs, ids = [], [], list(store.tables[PROSPECTS])
        with TinyDB(plain) as tinydb:
            table = tinydb.table(PROSPECTS)
            for number in range(1, min(3, stage.effort.rounds) + 1):
                theirs.append(timed(table.update, {"owner": f"dan {number}"}, None, [number]))
                ours += [_commit(store, ids, number * 20 + turn) for turn in range(10)]
        told = f"change acknowledged, {size:,}"
        yield Row(told, *both(ours, theirs), aim=1 / 1000, against="TinyDB update")
        stage.forget(pipeline)
        stage.forget(plain)


class BareFile:
    """A file beside a pipeline that is appended to and synced, and nothing else."""

    def __init__(self, pipeline: Path) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._fd = os.open(pipeline.with_name("bare"), flags, 0o600)

    def append(self, length: int) -> None:
        """Append so many bytes, durably."""
        os.write(self._fd, b"x" * length)
        os.fdatasync(self._fd)

    def __del__(self) -> None:
        os.close(self._fd)


def opened_board(pipeline: Path) -> Board:
    """Return the board's core over a pipeline, without a screen."""
    return Board(FileStore(pipeline), Settings(), lambda: NOW, UTC, "ann").open()


def _beside_bare(
    pipeline: Path, times: int, change: Callable[[int], float]
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of changes, and of a bare append of as many bytes after each."""
    ledger = pipeline.with_name("pipeline.json.ledger.jsonl")
    bare, ours, reference = BareFile(pipeline), [], []
    for number in range(times):
        before = ledger.stat().st_size
        ours.append(change(number))
        reference.append(timed(bare.append, ledger.stat().st_size - before))
    return ours, reference


def _commit(store: FileStore, ids: Sequence[str], number: int) -> float:
    """Return the milliseconds until the change of one field is acknowledged."""
    identity = _some(ids, number)
    before = store.tables[PROSPECTS][identity]
    change = change_between(PROSPECTS, identity, before, {**before, "owner": f"dan {number}"})
    return timed(store.commit, Commit("edit", "ann", INSTANT, "cli", (change,)))


def _log(board: Board, ids: Sequence[str], number: int) -> float:
    """Return the milliseconds until a touch is logged."""
    identity = _some(ids, number)
    return timed(board.change, identity, _left_word, "logged a voicemail")


def _left_word(prospect: Prospect, stamp: Stamp) -> Prospect:
    return changes.log_touch(prospect, Outcome.VOICEMAIL, stamp, note="left word")


def _some(ids: Sequence[str], number: int) -> str:
    """Return some of them, here and there."""
    return ids[number * 7919 % len(ids)]
