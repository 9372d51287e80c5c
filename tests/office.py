"""A pipeline in memory that several people have open, and a clock set by hand."""

from datetime import UTC, datetime, timedelta

from review_board.board.board import Board
from review_board.board.events import Changed, Event, NotSaved, Saved
from review_board.settings.tree import Settings
from review_board.store.protocol import META
from tests.memory_store import Disk, MemoryStore


class Hands:
    """A clock that is set by hand; it starts on the morning of 2026-11-20."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **ahead: int) -> None:
        self.now += timedelta(**ahead)


class Ear:
    """Hears everything a board tells."""

    def __init__(self, board: Board) -> None:
        self.events: list[Event] = []
        self.stop = board.subscribe(self.events.append)

    def changed(self) -> list[Changed]:
        return [event for event in self.events if isinstance(event, Changed)]

    def saved(self) -> list[str]:
        return [event.commit.action for event in self.events if isinstance(event, Saved)]

    def not_saved(self) -> list[NotSaved]:
        return [event for event in self.events if isinstance(event, NotSaved)]


class Office:
    """One disk, and people who open it. The pipeline was begun already: its zone is noted."""

    def __init__(self) -> None:
        self.disk = Disk({META: {META: {"id": META, "rev": 0, "timezone": "UTC"}}})
        self.clock = Hands()

    def open(self, by: str = "ann", store: MemoryStore | None = None) -> Board:
        store = store or MemoryStore(self.disk)
        return Board(store, Settings(), self.clock, UTC, by, "board").open()
