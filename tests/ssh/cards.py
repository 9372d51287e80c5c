"""The cards of a journey: some of a sample, those that the record keeps and those that it lets go."""

import os
from datetime import UTC, datetime
from pathlib import Path

from review_board.board.board import Board
from review_board.judgement.bets import open_bet
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.vocabulary import Column
from review_board.review.scope import Scope, queue_of
from review_board.samples import load_sample
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from review_board.store.protocol import Store
from tests.memory_store import Disk, MemoryStore

OTHERS = ("Whitewater Biotech",)
"""Those for which a step takes a word more."""
PLAIN = (Column.ACTIVE, Column.DROPPED)
"""Where the record sends those that take no more than a step or a reason."""


Queue = list[tuple[str, bool]]
"""The names in the order of a review, and whether the record keeps each."""


def fill(path: Path, owner: int, group: int, kept: int, purged: int) -> Queue:
    """Make a pipeline of so many cards that belongs to a login."""
    wanted = _chosen(kept, purged)
    path.parent.mkdir(parents=True, exist_ok=True)
    board = _board(FileStore(path))
    board.add(wanted, "took over a sample")
    ids = queue_of(board, Scope(everything=True)).ids
    queue = [(board.prospect(i).name, _is_kept(board, i)) for i in ids]
    board.close()
    for made in path.parent.iterdir():
        os.chown(made, owner, group)
    return queue


def _chosen(kept: int, purged: int) -> list[Prospect]:
    board = _board(MemoryStore(Disk()))
    known = [from_document(one) for one in load_sample("rep", datetime.now(UTC).date())]
    board.add(known, "looked at a sample")
    left = {True: kept, False: purged}
    chosen: list[Prospect] = []
    for key in queue_of(board, Scope()).ids:
        prospect, made = board.prospect(key), board.recommendation(key)
        is_plain = prospect.column is Column.ACTIVE and made.destination in PLAIN
        is_plain &= open_bet(prospect) is None and prospect.name not in OTHERS
        if is_plain and left[_is_kept(board, key)]:
            left[_is_kept(board, key)] -= 1
            chosen += [one for one in known if one.name == prospect.name]
    assert not any(left.values())
    return chosen


def _is_kept(board: Board, key: str) -> bool:
    return board.recommendation(key).destination is not Column.DROPPED


def _board(store: Store) -> Board:
    return Board(store, Settings(), lambda: datetime.now(UTC), UTC, "ann", "tests").open()
