"""Makes the pictures of the README from the running app: ``python -m docs.pictures``.

They are taken of the sample pipelines on one fixed day, so that the same code gives the same bytes.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from review_board.board.board import Board
from review_board.board.filters import parse_filter
from review_board.board.runner import Inline, Runner
from review_board.pair import beginning
from review_board.pair.session import PairRole
from review_board.pair.view import Process
from review_board.pair.vote import Vote
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.review.scope import Scope, due_count
from review_board.review.signing import Identity
from review_board.samples import load_sample
from review_board.settings.tree import Settings
from review_board.tui.app import ReviewBoardApp
from review_board.tui.pair.open_pair import only_pair
from review_board.tui.review.open_review import open_review
from tests.memory_store import Disk, MemoryStore, PresenceInMemory

HERE = Path(__file__).parent
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SETTLING = 0.2
"""Seconds that the app is given to compute what it shows in the background."""


@cache
def _prospects(sample: str) -> tuple[Prospect, ...]:
    return tuple(from_document(d) for d in load_sample(sample, NOON.date()))


def app_over(
    sample: str, review: Callable[[ReviewBoardApp, Board, Scope], None] = open_review
) -> ReviewBoardApp:
    """The app over a sample, in memory, with its clock at noon of a fixed day.

    ``review`` opens the review: at once, unless it is told to offer the plan first.
    """

    def opener(runner: Runner) -> Board:
        board = Board(MemoryStore(), Settings(), lambda: NOON, UTC, "ann", "board").open()
        board.add(_prospects(sample), "import")
        board.runner = runner
        return board

    return ReviewBoardApp(
        opener,
        title=sample,
        make_runner=lambda _: Inline(),
        review=review,
        due=due_count,
    )


async def take(name: str, sample: str, keys: Sequence[str], size: tuple[int, int]) -> None:
    """Press the keys and write what is seen to ``docs/NAME.svg``."""
    app = app_over(sample)
    async with app.run_test(size=size) as pilot:
        for _ in range(10):
            await pilot.pause(SETTLING)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause(SETTLING)
        svg = app.export_screenshot(title=f"review_board — {sample}")
    # The exporter names its styles at random: one name keeps the bytes the same.
    svg = re.sub(r"terminal-\d+-", f"{name}-", svg)
    (HERE / f"{name}.svg").write_text(svg + "\n", "utf-8")


async def take_pair(name: str, votes: Sequence[str], other: Vote) -> None:
    """Write ``docs/NAME.svg``: ann's side of a pair review, after her votes and the other's."""
    disk, presence, random = Disk(), PresenceInMemory(), Random(7)  # noqa: S311 (the same picture)

    def board(by: str, runner: Runner | None = None) -> Board:
        return Board(
            MemoryStore(disk), Settings(), lambda: NOON, UTC, by, "pair", runner or Inline()
        ).open()

    def process() -> Process:
        return Process(presence, random.randbytes)

    board("ann").add(_prospects("scenarios"), "import")
    only = Scope(everything=True, filter=parse_filter("lakeside"))
    ann = beginning.start(board("ann"), Identity("ann", "ann"), PairRole.REP, process(), only)
    raj = beginning.join(board("raj"), Identity("raj", "raj"), PairRole.MANAGER, process())
    app = ReviewBoardApp(
        lambda runner: board("ann", runner),
        make_runner=lambda _: Inline(),
        first=only_pair(
            lambda board, _: beginning.join(
                board, Identity("ann", "ann"), None, process(), take_over=True
            )
        ),
    )
    ann.board.catch_up()
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(10):
            await pilot.pause(SETTLING)
        for key in votes:
            await pilot.press(key)
            await pilot.pause()
        raj.board.catch_up()
        raj.vote(other)
        for _ in range(10):
            raj.board.catch_up()
            raj.tick()
            await pilot.pause(SETTLING)
        svg = app.export_screenshot(title="review_board: pair review")
    svg = re.sub(r"terminal-\d+-", f"{name}-", svg)
    (HERE / f"{name}.svg").write_text(svg + "\n", "utf-8")


async def main() -> None:
    """Every picture."""
    callback = ["C", "enter", "2", "tab", *"she asked for the price list", "enter"]
    seven = Vote(
        to=Column.DROPPED, reason=DropReason.ONLY_DEFERRALS, sure=3, why="seven times is an answer"
    )
    await take_pair("pair-vote", [], seven)
    await take_pair("pair-split", callback, seven)
    await take("board", "rep", ["down", "down"], (120, 32))
    await take("board-wide", "rep", ["down", "down", "down", "down"], (168, 34))
    await take("review", "scenarios", ["r", "s", "enter", "enter", "s"], (100, 30))
    await take(
        "purges", "rep", ["slash", *"verdict:purge", "enter", "r", "space", "space"], (100, 20)
    )
    keys = ["slash", *"verdict:purge", "enter", "r", "a", "enter", *"ssssssssssss"]
    await take("report", "rep", keys, (100, 36))


if __name__ == "__main__":
    asyncio.run(main())
