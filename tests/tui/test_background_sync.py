"""What happens behind the screen: others' changes, failures, midnight, evidence."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from review_board.board.board import Board
from review_board.board.runner import Inline, Runner, Threaded
from review_board.errors import BadFileError, StoreError
from review_board.pipeline import changes
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.settings.tree import Settings
from review_board.store.protocol import Commit, News, Receipt
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.dialogs.kept_drafts import form_fields
from tests.memory_store import Disk, MemoryStore
from tests.tui.board.test_journeys import board_screen, card
from tests.tui.conftest import NOW, MakeApp, open_board, ready, screen_text, toasts, type_in, until


@pytest.mark.usefixtures("follow_fast")
async def test_others_changes_appear_and_are_told(make_app: MakeApp, disk: Disk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await pilot.press("j")
        raj = open_board(disk, by="raj")
        raj.change(
            "p-solid-labs",
            lambda p, s: changes.drop(p, DropReason.NO_NEED, s),
            "dropped Solid Labs",
        )
        await until(pilot, lambda: "raj dropped Solid Labs" in toasts(app))
        assert card(app) == "p-harbor-auto-glass"
        await until(pilot, lambda: "Dropped 2" in screen_text(app))


class BrokenStore(MemoryStore):
    """A disk that is full."""

    def commit(self, draft: Commit) -> Receipt:
        raise StoreError("The disk is full", "make room")


def on(store: MemoryStore, disk: Disk) -> Callable[[Runner], Board]:
    """Opens a board on this store."""

    def opener(runner: Runner) -> Board:
        board = open_board(disk, runner=runner)
        store.load()
        board.store = store
        return board

    return opener


async def test_a_change_that_cannot_be_saved_is_taken_back_and_told(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.tui.news_app.SEEN", 3600)
    app = ReviewBoardApp(on(BrokenStore(disk), disk), title="full.json")
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await pilot.press("3", "L", "e", "enter")
        await until(pilot, lambda: bool(toasts(app)))
        assert app.board
        assert app.board.prospect("p-lakeside-dental").column is Column.NURTURE
        lost = toasts(app)
        assert lost[0].startswith("Not saved: moved Lakeside Dental to Dropped; what you said")
        assert lost[0].endswith("L to use it. The disk is full; make room")
        app.notify("mere news")
        await pilot.press("j")
        await pilot.pause()
        assert toasts(app) == lost, "it stays until it can be read"
        monkeypatch.setattr("review_board.tui.news_app.SEEN", 0)
        await pilot.press("j")
        await pilot.pause()
        assert toasts(app) == []


async def test_the_writing_thread_does_not_hold_up_the_screen(disk: Disk) -> None:
    gate = threading.Event()

    class SlowStore(MemoryStore):
        def commit(self, draft: Commit) -> Receipt:
            gate.wait(5)
            return super().commit(draft)

    def opener(runner: Runner) -> Board:
        board = open_board(disk, runner=runner)
        board.store = SlowStore(disk)
        board.store.load()
        return board

    app = ReviewBoardApp(opener, title="slow.json")
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await pilot.press("3", "L", "e", "enter")
        await pilot.pause()
        assert "Dropped 2" in screen_text(app)
        await pilot.press("1", "j")
        assert card(app) == "p-harbor-auto-glass"
        gate.set()
        assert isinstance(app._runner, Threaded)
        await until(pilot, lambda: not app._busy())
        await pilot.press("q")
        await until(pilot, lambda: app.return_value is not None)
    assert app.return_value == 0


async def test_a_file_that_cannot_be_opened_ends_with_its_reason() -> None:
    def opener(_: Runner) -> Board:
        raise BadFileError("northwest.json, line 3: not JSON", "run review-board doctor")

    app = ReviewBoardApp(opener, title="northwest.json")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.return_value is not None)
    assert app.return_value == 1
    assert "line 3" in str(app.problem)


@pytest.mark.usefixtures("follow_fast")
async def test_midnight_judges_every_card_again(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        assert "27d" not in screen_text(app)
        assert "them 26d" in screen_text(app)
        assert app.board
        app.board.clock = lambda: NOW + timedelta(days=1)
        await until(pilot, lambda: "them 27d" in screen_text(app))


@pytest.mark.usefixtures("follow_fast")
async def test_what_is_owed_and_due_is_counted_when_nobody_types(make_app: MakeApp) -> None:
    app = make_app(due=lambda _: 17)
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: " yours   17 to review " in screen_text(app))


async def test_a_read_only_pipeline_says_so_and_refuses(disk: Disk) -> None:
    class LockedStore(MemoryStore):
        read_only = "northwest.json may not be written"

    def opener(runner: Runner) -> Board:
        board = open_board(disk, runner=runner)
        board.store = LockedStore(disk)
        board.store.load()
        return board

    app = ReviewBoardApp(opener, title="northwest.json")
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        await pilot.pause()
        assert "READ-ONLY: northwest.json may not be written" in screen_text(app)
        for key in ("a", "c", "L", "semicolon"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, BoardScreen)
            assert ["Nothing can be changed" in text for text in toasts(app)] == [True]


async def test_a_defect_ends_the_app_without_a_traceback(
    make_app: MakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app(review=_defect)
    with pytest.raises(ZeroDivisionError):
        await _run_into_it(app)
    assert isinstance(app.crash, ZeroDivisionError)
    assert "Traceback" not in capsys.readouterr().err


async def _run_into_it(app: ReviewBoardApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("r")


def _defect(*_: object) -> None:
    raise ZeroDivisionError


async def test_a_signal_ends_it_with_its_status(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("a", "x")
        threading.Thread(target=app.end_soon, args=(143,)).start()
        await until(pilot, lambda: app.return_value is not None)
    assert app.return_value == 143


async def test_back_from_the_shell_everything_is_painted_again(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual comes back to an empty screen: its own resume paints nothing."""
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        painted: list[str] = []
        monkeypatch.setattr(app.screen, "refresh", lambda *_, **__: painted.append("whole"))
        app.app_resume_signal.publish(app)
        await pilot.pause()
        assert "whole" in painted


async def test_notices_stand_in_the_banner(make_app: MakeApp, disk: Disk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await ready(pilot)
        board_screen(app).show_banner("northwest.json was replaced")
        await pilot.pause()
        assert "northwest.json was replaced" in screen_text(app)


class OddStore(MemoryStore):
    """What is odd about its files is found while they are open."""

    odd = ""

    def catch_up(self) -> News:
        told, self.odd = self.odd, ""
        return replace(super().catch_up(), notices=(told,) if told else ())


async def test_what_is_found_odd_while_the_board_is_open_stays_in_the_banner(disk: Disk) -> None:
    store = OddStore(disk)

    def opener(runner: Runner) -> Board:
        return Board(store, Settings(), lambda: NOW, UTC, "ann", "board", runner).open()

    app = ReviewBoardApp(opener, title="odd.json", make_runner=lambda _: Inline())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        for odd in ("odd.json.ledger.jsonl is missing", "no backup of this day"):
            store.odd = odd
            assert app.board
            app.board.catch_up()
            await pilot.pause()
            assert odd in screen_text(app)
        board_screen(app).show_banner()
        await pilot.pause()
        assert "no backup of this day · odd.json.ledger.jsonl is missing" in screen_text(app)


@pytest.mark.usefixtures("follow_fast")
async def test_what_waits_for_a_quiet_moment_is_done_after_a_while_without_keys(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.tui.background_sync.IDLE", 0.0)
    seen: list[object] = []
    app = make_app(when_idle=lambda app, board: seen.append((app, board)))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: bool(seen))
        assert seen[0] == (app, app.board)


SAID = [
    ("n", ["left no number", "ctrl+s"], {"text": "left no number"}),
    ("c", ["g", "tab", "was kind", "enter"], {"outcome": "g", "note": "was kind"}),
    ("c", ["c", "enter", "+9d", "enter"], {"outcome": "c"}),
    ("c", ["voicem", "enter"], {"outcome": "v"}),
    (";", ["gk", "enter"], {"line": "gk"}),
    ("x", ["offer", "tab", "+3d", "enter"], {"action": "offer", "when": "+3d"}),
    ("W", ["7k", "enter"], {"value": "7k"}),
    ("e", [" two", "enter"], {"name": "Corner Bakery two"}),
    ("p", ["Paula", "enter"], {"name": "Paula"}),
    ("o", ["eve", "enter"], {"owner": "eve"}),
    ("D", ["b", "enter"], {"reason": "b"}),
    ("N", ["m", "enter"], {"track": "m"}),
    ("C", ["+9d", "enter"], {"when": "+9d"}),
]
NAMED_KEYS = {"enter", "tab", "ctrl+s"}


@pytest.mark.parametrize(("key", "typed", "said"), SAID)
async def test_what_was_said_for_a_change_that_is_not_saved_stands_in_its_form_again(
    disk: Disk,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    typed: list[str],
    said: dict[str, str],
) -> None:
    """What was acknowledged is never lost, and the key that led to the form leads there again."""
    monkeypatch.setattr("review_board.tui.news_app.SEEN", 3600)
    app = ReviewBoardApp(on(BrokenStore(disk), disk), title="full.json")
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        assert app._board_screen.go_to_card("p-corner-bakery")
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, Dialog))
        for word in typed:
            await (pilot.press(word) if word in NAMED_KEYS else type_in(pilot, word))
            await pilot.pause()
        await until(pilot, lambda: any("Not saved" in text for text in toasts(app)))
        assert f"what you said is kept: {key} to use it" in toasts(app)[0]
        while isinstance(app.screen, Dialog):
            await pilot.press("escape")
            await pilot.pause()
        assert app._board_screen.go_to_card("p-corner-bakery")
        await pilot.press(key)
        await pilot.pause()
        fields = form_fields(app.screen)
        assert {name: fields[name].value for name in said} == said


class HeldStore(MemoryStore):
    """A file whose lock another program holds until it is ``free``."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(disk)
        self.free = threading.Event()

    def commit(self, draft: Commit) -> Receipt:
        self.free.wait(10)
        return super().commit(draft)


@pytest.mark.usefixtures("follow_fast")
async def test_while_a_change_waits_for_the_file_the_screen_says_so(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_board.tui.background_sync.WAIT", 0.1)
    store = HeldStore(disk)
    app = ReviewBoardApp(on(store, disk), title="held.json")
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("c", "n", "enter")
        await until(pilot, lambda: "waiting for the file" in screen_text(app))
        store.free.set()
        await until(pilot, lambda: "waiting for the file" not in screen_text(app))
