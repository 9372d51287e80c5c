"""A reviewer who settles every card of a pipeline; made to be killed in a process of its own."""

from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from review_board.board import Board, Desk
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column
from review_board.review import Decision
from review_board.settings import Settings
from review_board.store import FileStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def opened(path: Path) -> Board:
    """The pipeline in a file, at noon."""
    return Board(FileStore(path), Settings(), lambda: NOON, UTC, "ann", "review").open()


def review(path: Path, told: Connection) -> None:
    """Decide card by card; what is decided is told once it is on disk."""
    board = opened(path)
    desk = Desk.open(board)
    step = NextStep(action="call", on=board.today.day + timedelta(days=3))
    kept = Decision(Column.ACTIVE, step=step, against="x", start_anew=True, sooner="x")
    while desk.current:
        if desk.list_is_next:
            lines = desk.sure_purges()[:3]
            desk.purge(lines)
            told.send([line.id for line in lines])
        else:
            done = desk.current
            desk.decide(kept, board.recommendation(done))
            told.send([done])
