"""A pair review of others is told on the board, and joined from there by one key."""

from datetime import UTC, timedelta

import pytest

from review_board.board.board import Board
from review_board.board.runner import Inline, Runner
from review_board.pair.beginning import running_review
from review_board.pair.session import PairRole
from review_board.pipeline.vocabulary import Outcome, Verdict
from review_board.review.scope import Scope
from review_board.review.signing import Identity
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.pair.open_pair import invitation, open_from_board
from review_board.tui.pair.screen import PairScreen
from review_board.tui.review.plan_dialog import PlanDialog
from tests.judgement.build import prospect, touch, verdict_record
from tests.memory_store import Disk, MemoryStore
from tests.pair.two_people import Office, pipeline
from tests.tui.conftest import screen_text, until


class Door:
    """The way into the pair reviews of an office, as the command line gives it."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def invitation(self, board: Board, key: str) -> str:
        return invitation(board, board.by, self.office.process, key)

    def open(self, app: ReviewBoardApp, board: Board, view: Scope) -> None:
        me = Identity(board.by, board.by)
        open_from_board(app, board, me, self.office.process, view)


def board_of(office: Office, by: str = "raj") -> ReviewBoardApp:
    def opener(runner: Runner) -> Board:
        store = MemoryStore(office.on)  # type: ignore[arg-type]
        return Board(store, office.settings, office.clock, UTC, by, "board", runner).open()

    return ReviewBoardApp(opener, title="p", make_runner=lambda _: Inline(), pair=Door(office))


async def test_the_board_says_that_a_pair_review_began_and_one_key_joins() -> None:
    office = Office(Disk(), prospects=pipeline(2))
    app = board_of(office)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.board is not None)
        assert "pair review" not in screen_text(app)
        ann = office.start()
        assert app.board
        app.board.catch_up()
        said = "ann started a pair review at 09:00: P joins"
        await until(pilot, lambda: said in screen_text(app))
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PairScreen))
        ann.board.catch_up()
        assert ann.session
        assert ann.session.role_of("raj") is PairRole.MANAGER
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        back = "ann is still in the pair review that you left: P goes back"
        assert back in screen_text(app)
        ann.leave()
        app.board.catch_up()
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "0 of 2 decided, stopped at 09:00" in screen_text(app)
        assert "Go on with it?" in screen_text(app)
        assert "enter: go on" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PairScreen))
        assert "raj manager (driving)" in screen_text(app)


async def test_where_none_goes_on_the_same_key_starts_one_on_a_managers_selection() -> None:
    kept = verdict_record(0, by="sam", against="I know the owner", recommended=Verdict.PURGE)
    picked = prospect(touch(Outcome.TALKED, 20), id="one", owner="sam", verdicts=(kept,))
    office = Office(Disk(), prospects=[picked, *pipeline(1)])
    app = board_of(office)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.board is not None)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        assert "Start a pair review" in screen_text(app)
        await pilot.press("m", "enter")
        await until(pilot, lambda: isinstance(app.screen, PairScreen))
        session = running_review(office.board("ann"), "ann", office.presence)
        assert session
        assert (session.role_of("raj"), session.queue) == (PairRole.MANAGER, ("p-0", "one"))


async def test_whose_cards_they_are_is_the_rep_and_who_starts_otherwise_the_manager() -> None:
    theirs = prospect(touch(Outcome.TALKED, 20), id="one", owner="camille")
    office = Office(Disk(), prospects=[theirs])
    app = board_of(office)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.board is not None)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PairScreen))
        session = running_review(office.board("camille"), "camille", office.presence)
        assert session
        assert session.role_of("raj") is PairRole.MANAGER
        camille = office.join("camille")
        assert camille.session
        assert camille.session.role_of("camille") is PairRole.REP


@pytest.mark.parametrize(("key", "role"), [("y", PairRole.MANAGER), ("n", PairRole.REP)])
async def test_where_the_owners_do_not_tell_who_is_the_manager_one_key_says_it(
    key: str, role: PairRole
) -> None:
    cards = [prospect(touch(Outcome.TALKED, 20), id=owner, owner=owner) for owner in ("ann", "sam")]
    office = Office(Disk(), prospects=cards)
    app = board_of(office)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.board is not None)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "are you the manager?" in screen_text(app)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, PairScreen))
        session = running_review(office.board("ann"), "ann", office.presence)
        assert session
        assert session.role_of("raj") is role


async def test_the_board_is_silent_once_it_is_over() -> None:
    office = Office(Disk(), prospects=pipeline(2))
    ann = office.start()
    app = board_of(office)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "P joins" in screen_text(app))
        ann.finish()
        assert app.board
        app.board.catch_up()
        await until(pilot, lambda: "P joins" not in screen_text(app))


async def test_what_was_left_is_told_to_who_voted_in_it_and_one_key_goes_on() -> None:
    office = Office(Disk(), prospects=pipeline(2))
    ann, raj = office.both()
    raj.leave()
    office.now += timedelta(minutes=2)
    office.presence.beat(ann.seat, office.now)
    office.now += timedelta(minutes=1)  # ann is lost
    said = "The pair review of ann and raj, 0 of 2 decided, stopped at 09:02: P goes on"
    for name in ("raj", "ann", "mia"):
        app = board_of(office, name)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda app=app: app.board is not None)  # type: ignore[misc]
            await pilot.pause()
            assert (said in screen_text(app)) == (name != "mia")
            if name == "ann":
                await pilot.press("P", "enter")
                await until(pilot, lambda app=app: isinstance(app.screen, PairScreen))  # type: ignore[misc]
                assert "ann rep (driving)" in screen_text(app)
                await pilot.press("q")
                await until(pilot, lambda app=app: isinstance(app.screen, BoardScreen))  # type: ignore[misc]
                assert "stopped at 09:03: P goes on" in screen_text(app)
