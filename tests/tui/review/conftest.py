"""The app over a small pipeline in memory, with its clock at noon of the scenarios' day."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest

from review_board.board.board import Board
from review_board.board.runner import Inline, Runner
from review_board.pipeline.dates import Clock
from review_board.pipeline.prospect import Prospect
from review_board.review.scope import Scope, due_count
from review_board.tui.app import ReviewBoardApp
from review_board.tui.review.open_review import only_review, open_review
from tests.judgement.scenarios import load_scenarios
from tests.memory_store import MemoryStore
from tests.settings.values import parse_settings

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

MakeApp = Callable[..., ReviewBoardApp]


def scenario(*numbers: str) -> list[Prospect]:
    """The prospects of these scenarios (``S2``), in this order; all of them for none."""
    known = {s.id: s.prospect for s in load_scenarios()}
    return [known[number] for number in numbers] if numbers else list(known.values())


@pytest.fixture
def make_app() -> MakeApp:
    """Makes an app over prospects; every write is done at once.

    ``clock`` stands still at noon unless given; ``scope`` is what the board shows unless given.
    The review opens ``at_once``, as on the command line, or at ``r`` on the board.
    """

    def make(
        prospects: Iterable[Prospect],
        *,
        scope: Scope | None = None,
        clock: Clock = lambda: NOON,
        settings: str = "",
        by: str = "ann",
        at_once: bool = False,
        review: Callable[..., None] = open_review,
    ) -> ReviewBoardApp:
        def opener(runner: Runner) -> Board:
            store, read = MemoryStore(), parse_settings(settings)
            board = Board(store, read, clock, UTC, by, "review", Inline()).open()
            board.add(list(prospects), "import")
            board.runner = runner
            return board

        return ReviewBoardApp(
            opener,
            first=only_review(scope or Scope()) if at_once else None,
            title="scenarios.json",
            make_runner=lambda _: Inline(),
            review=lambda app, board, shown: review(app, board, scope or shown),
            due=due_count,
        )

    return make
