"""Two real boards on one file, each in a process of its own, under random keys of a review."""

import asyncio
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.board.runner import Runner
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Outcome
from review_board.report.prepare import ReportRequest, report_on
from review_board.report.sessions import sessions_on
from review_board.review.scope import Scope
from review_board.review.session import session_of
from review_board.review.summary import summarise
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from review_board.store.protocol import SESSIONS
from review_board.tui.app import ReviewBoardApp
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.review.open_review import only_review
from review_board.tui.review.screen import ReviewScreen
from review_board.tui.review.second_verdict import wait_until_saved
from tests.judgement.build import prospect, touch, touches
from tests.review.two_reviewers import NINE, Hand, Reviewer, agree_on, counts, moved_in, opened
from tests.tui.review.test_review_screen import shown

KEYS = [*"KDNKDNCzsppuubf12y", *["enter"] * 6, "n", "escape", "tab", "o", "down", "space", "a"]
SIZES = ((80, 24), (120, 34), (168, 48))
CARDS = 14


def clock_of(began: float) -> Callable[[], datetime]:
    """The one clock of both processes."""
    return lambda: NINE + timedelta(seconds=time.monotonic() - began)


def press_keys(path: Path, by: str, seed: int, began: float, until: float, both: Barrier) -> None:
    """Review under random keys until the time is over, again and again where the review ends."""
    rng, clock = Random(f"{seed} {by}"), clock_of(began)

    def board(runner: Runner) -> Board:
        store = FileStore(path)
        return Board(store, Settings(), clock, UTC, by, "review", runner).open()

    both.wait()
    while time.monotonic() < until:
        asyncio.run(_review(board, rng, until))


async def _review(board: Callable[[Runner], Board], rng: Random, until: float) -> None:
    """One run of the board: until the time is over or the review is left."""
    app = ReviewBoardApp(board, first=only_review(Scope(everything=True)))
    async with app.run_test(size=rng.choice(SIZES)) as pilot:
        await pilot.pause(0.5)
        while time.monotonic() < until and app.is_running:
            await pilot.press(rng.choice(KEYS))
            await pilot.pause(rng.choice((0, 0, 0.05)))
        if app.is_running and app.board:
            await _compare_the_header(pilot, app.board)


async def _compare_the_header(pilot: Pilot[int], board: Board) -> None:
    """When both are done, what the screen shows is what the file says."""
    for _ in range(20):
        if not isinstance(pilot.app.screen, Dialog):
            break
        await pilot.press("escape")
    await wait_until_saved(board)
    await pilot.pause(2.5)
    screen = pilot.app.screen
    if isinstance(screen, ReviewScreen):
        kept, purged, _ = counts(Reviewer.at(screen._controller))
        assert f"kept {kept}  purged {purged}" in shown(pilot), (shown(pilot), kept, purged)
        moved = re.search(r"moved since (\d+)", shown(pilot))
        assert not moved or int(moved[1]) == screen._controller.summary().moved, shown(pilot)


def compare(path: Path, began: float) -> tuple[int, int]:
    """Header, history, columns and every report say the same; gives changes and verdicts."""
    board, hand = opened(path, clock_of(began), "boss"), Hand()
    hand.follow(board)
    settled = 0
    for session in sessions_on(board):
        report = report_on(board, "p", ReportRequest(session=session.id))
        rows = next(s for s in report.sections if s.key == "decisions").rows
        assert sum(int(str(row[2])) for row in rows) == session.settled, session
        assert moved_in(report) == _moved_in_the_header(board, session.id), session
        settled += session.settled
    cards = [board.prospect(key) for key in board.documents()]
    for card in cards:
        agree_on(card, hand.moved)
    assert settled == sum(bool(card.verdicts) for card in cards), "each card counts once"
    return board.store.seq, sum(len(card.verdicts) for card in cards)


def _moved_in_the_header(board: Board, session_id: str) -> int:
    """Return the "moved since" of the header over a session, as a desk would say it."""
    stored = board.document(session_id, SESSIONS)
    assert stored
    session = session_of(stored)
    cards = [board.prospect(key) for key in session.queue if board.document(key)]
    return summarise(session, cards, board.today, board.settings.minutes).moved


def review_with_keys(minutes: float, a_round: float = 30) -> None:
    """Round after round on a new file, until the minutes are over."""
    processes, end, seed = get_context("spawn"), time.monotonic() + minutes * 60, 0
    while time.monotonic() < end:
        with TemporaryDirectory() as folder:
            path, began = Path(folder) / "p.json", time.monotonic()
            first = opened(path, clock_of(began), "import")
            first.add(_pipeline(), "import")
            first.close()
            both = processes.Barrier(2)
            running = [
                processes.Process(
                    target=press_keys, args=(path, by, seed, began, began + a_round, both)
                )
                for by in ("ann", "bob")
            ]
            for process in running:
                process.start()
            for process in running:
                process.join()
                assert process.exitcode == 0, f"round {seed}"
            changes, verdicts = compare(path, began)
            sys.stdout.write(f"round {seed}: {changes} changes, {verdicts} verdicts, agreed\n")
            sys.stdout.flush()
        seed += 1


def _pipeline() -> list[Prospect]:
    deferred = touches(Outcome.DEFERRED, 90, 60, 30)
    sure = [prospect(*deferred, id=f"p-{n:02}", name=f"Serial {n:02}") for n in range(4)]
    warm = (touch(Outcome.TALKED, 20),)
    return sure + [prospect(*warm, id=f"p-{n:02}", name=f"Warm {n:02}") for n in range(4, CARDS)]
