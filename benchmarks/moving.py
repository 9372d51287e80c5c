"""A card moved in the app: the key that accepts it, until it is seen and on the disk."""

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.commits import BareFile
from benchmarks.rows import By, Row
from benchmarks.stage import Stage, board_marker
from benchmarks.terminal import Terminal
from benchmarks.timing import timed

CALLBACK, LEFT, ACCEPT, UNDO = b"2", b"H", b"\r", b"u"
STILL = 0.06
"""Seconds of silence that end a reaction of several paints: a dialog closes, then the card moves."""
KB = 1024


def key_to_durable(stage: Stage) -> Iterator[Row]:
    """Move a card in both ways: a dialog accepted, and one key alone (the move taken back)."""
    for size in stage.effort.sizes(10_000):
        pipeline = stage.pipeline(size)
        board, empty = stage.start_board(pipeline), stage.empty()
        stage.at_rest(board, board_marker(size))
        board.press(CALLBACK)
        moved, undone = Moves(pipeline, board), Moves(pipeline, board)
        bare, reference = BareFile(pipeline), []
        for _ in range(max(1, stage.effort.rounds)):
            board.send(LEFT)
            board.drain(0.4)
            moved.press(ACCEPT)
            board.drain(0.5)
            undone.press(UNDO)
            board.drain(stage.effort.seconds + 0.5)  # until the message about it is gone
            reference.append(empty.press(b"j").last + timed(bare.append, 400))
        board.close()
        against = "key of the empty app + sync"
        for what, moves in (("card moved by a key (undo)", undone), ("dialog accepted", moved)):
            taken = median(moves.taken)
            yield Row(
                f"{what}: seen and durable, {size:,}",
                taken,
                median(reference),
                aim=2,
                against=against,
            )
            weight = median(moves.sizes) / KB
            yield Row(f"{what}: bytes", weight, unit="KB", aim=8, by=By.ITSELF)
        stage.forget(pipeline)


class Moves:
    """Changes made by one key: milliseconds until seen and durable, and bytes to the terminal."""

    def __init__(self, pipeline: Path, board: Terminal) -> None:
        self._ledger = pipeline.with_name("pipeline.json.ledger.jsonl")
        self._board = board
        self.taken: list[float] = []
        self.sizes: list[int] = []

    def press(self, key: bytes) -> None:
        """Press the key and wait for both."""
        before = self._ledger.stat().st_size
        reaction = self._board.press(key, STILL, lambda: self._written(before))
        self.taken.append(max(reaction.last, reaction.noticed))
        self.sizes.append(reaction.size)

    def _written(self, before: int) -> bool:
        """Return whether the change is on the disk: our own sync of the ledger returns only then."""
        if self._ledger.stat().st_size == before:
            return False
        fd = os.open(self._ledger, os.O_RDONLY)
        try:
            os.fdatasync(fd)
        finally:
            os.close(fd)
        return True
