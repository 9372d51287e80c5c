"""Another pipeline in place of the one that is open, and what happens when that cannot be."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.board.runner import Runner, Threaded
from review_board.errors import BadFileError, RefusedError, StoreError
from review_board.login_rights import LoginRights
from review_board.pipeline import changes
from review_board.store.protocol import Commit, Receipt
from review_board.tui.app_protocol import Opening
from review_board.tui.board.screen import BoardScreen
from review_board.tui.dialogs.kept_drafts import KeptDrafts
from review_board.tui.palette.commands import commands_on
from tests.memory_store import MemoryStore
from tests.tui.conftest import (
    SMALL,
    MakeApp,
    disk_of,
    document,
    open_board,
    ready,
    screen_text,
    toasts,
    type_in,
    until,
)

OTHER = (document("Pell Foundry", value=70000), document("Quay Paper", "nurture"))


class Doors:
    """Two pipelines; opening the second one may wait, or fail."""

    def __init__(self, folder: Path) -> None:
        self.current = folder / "northwest.json"
        self.other = folder / "south [bold] west.json"
        self.disk = disk_of(OTHER)
        self.error: Exception | None = None
        self.refuses: Exception | None = None
        self.may_open = Event()
        self.may_open.set()
        self.opened: list[Board] = []
        self.taken: list[Path] = []
        self.asked: list[str] = []
        for path in (self.current, self.other):
            path.write_text("{}", encoding="utf-8")

    def recent(self) -> list[Path]:
        return [self.current, self.other, self.other.with_name("gone.json")]

    def at(self, path: Path) -> Opening:
        return Opening(
            path.stem, self._open, KeptDrafts(None), taken_up=partial(self.taken.append, path)
        )

    def sample(self) -> Opening:
        return replace(self.at(self.current.with_name("rep.json")), is_demo=True)

    def acting_as(self, name: str) -> Opening:
        def opener(runner: Runner) -> Board:
            if self.refuses:
                raise self.refuses
            self.opened.append(open_board(self.disk, name, runner))
            return self.opened[-1]

        return replace(self.at(self.current), opener=opener)

    def asking(self, pack: str) -> Opening:
        self.asked.append(pack)
        return self.acting_as("ann")

    def _open(self, runner: Runner) -> Board:
        assert self.may_open.wait(10)
        if self.error:
            raise self.error
        self.opened.append(open_board(self.disk, runner=runner))
        return self.opened[-1]


@pytest.fixture
def doors(tmp_path: Path) -> Doors:
    return Doors(tmp_path)


async def choose(pilot: Pilot[Any], name: str) -> None:
    """Run the command of the palette that opens a recent pipeline."""
    screen = pilot.app.screen
    commands = {one.name: one for one in commands_on(pilot.app, screen)}  # type: ignore[arg-type]
    commands[name].run()
    await pilot.pause()


async def test_the_other_one_is_shown_and_the_old_one_closed(
    make_app: MakeApp, doors: Doors
) -> None:
    app = make_app(make_runner=Threaded, pipelines=doors)
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        old = app.board
        assert old
        await pilot.press("m", "slash", *"harbor", "enter")
        await choose(pilot, f"Open: {doors.other.stem}")
        await until(pilot, lambda: bool(doors.taken))
        assert doors.taken == [doors.other]
        assert app.board is doors.opened[0]
        await until(pilot, lambda: "Pell Foundry" in screen_text(app))
        shown = screen_text(app)
        assert "Harbor" not in shown
        assert doors.other.stem in shown
        assert "mine" not in shown
        with pytest.raises(RuntimeError, match="shutdown"):
            old.runner.run(lambda: None, lambda _: None, lambda _: None)
        app.board.change("p-pell-foundry", lambda p, s: changes.add_note(p, "x", s), "noted")
        await until(pilot, lambda: bool(open_board(doors.disk).prospect("p-pell-foundry").notes))


async def test_one_that_cannot_be_opened_is_told_and_the_old_one_stays(
    make_app: MakeApp, doors: Doors
) -> None:
    doors.error = BadFileError("south.json is no pipeline", "name another")
    app = make_app(make_runner=Threaded, pipelines=doors)
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        old = app.board
        await choose(pilot, f"Open: {doors.other.stem}")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["south.json is no pipeline; name another"]
        assert app.board is old
        assert isinstance(app.screen, BoardScreen)
        assert "Harbor" in screen_text(app)


async def test_one_that_is_gone_is_told_before_it_begins_anew(
    make_app: MakeApp, doors: Doors
) -> None:
    app = make_app(pipelines=doors)
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await choose(pilot, "Open: gone")
        await until(pilot, lambda: "There is no file" in screen_text(app))
        await pilot.press("escape")
        await pilot.pause()
        assert not doors.taken


async def test_esc_stops_the_opening(make_app: MakeApp, doors: Doors) -> None:
    doors.may_open.clear()
    app = make_app(make_runner=Threaded, pipelines=doors)
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        old = app.board
        await choose(pilot, f"Open: {doors.other.stem}")
        await until(pilot, lambda: "Opening" in screen_text(app))
        await pilot.press("j", "escape")
        doors.may_open.set()
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["Stopped: nothing was changed"]
        assert app.board is old


class Full(MemoryStore):
    """A disk that is full, and takes its time to say so."""

    may_say = Event()

    def commit(self, draft: Commit) -> Receipt:
        self.may_say.wait(10)
        raise StoreError("The disk is full", "make room")


async def test_a_change_that_is_not_saved_keeps_the_old_one_open(
    make_app: MakeApp, doors: Doors
) -> None:
    app = make_app(make_runner=Threaded, pipelines=doors)
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        board = app.board
        assert board
        board.store = Full(disk_of(SMALL))
        board.store.load()
        board.change("p-solid-labs", lambda p, s: changes.add_note(p, "x", s), "noted")
        await choose(pilot, f"Open: {doors.other.stem}")
        await until(pilot, lambda: bool(doors.opened))
        Full.may_say.set()
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert app.board is board
        assert not doors.taken


async def test_what_cannot_be_saved_while_one_leaves_is_told_first(make_app: MakeApp) -> None:
    app = make_app(make_runner=Threaded)
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        board = app.board
        assert board
        board.store = Full(disk_of(SMALL))
        board.store.load()
        Full.may_say.clear()
        asyncio.get_running_loop().call_later(0.2, Full.may_say.set)
        board.change("p-solid-labs", lambda p, s: changes.add_note(p, "x", s), "noted")
        await pilot.press("q")
        await until(pilot, lambda: any("Not saved: noted" in text for text in toasts(app)))
        assert app.return_code is None
        await pilot.press("q")
    assert app.return_code == 0


async def test_a_path_that_does_not_exist_is_asked_about(make_app: MakeApp, doors: Doors) -> None:
    app = make_app(pipelines=doors)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("O")
        await until(pilot, lambda: "Open a pipeline" in screen_text(app))
        await type_in(pilot, "new.json")
        await pilot.press("enter")
        await until(pilot, lambda: "Begin an empty pipeline in new.json?" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert not doors.taken


async def test_a_question_pack_is_remembered_and_the_pipeline_judged_by_it(
    make_app: MakeApp, doors: Doors
) -> None:
    kept: list[tuple[str, str]] = []
    app = make_app(
        make_runner=Threaded,
        pipelines=doors,
        setting_keeper=lambda key, value: kept.append((key, value)),
    )
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await choose(pilot, "Question set: meddic")
        await until(pilot, lambda: bool(doors.taken))
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["Questions of meddic, remembered in the settings"]
        assert doors.asked == ["meddic"]
        assert kept == [("questions.pack", "meddic")]
        assert doors.taken == [doors.current]


async def test_a_question_pack_is_remembered_only_once_the_pipeline_is_open_with_it(
    make_app: MakeApp, doors: Doors
) -> None:
    doors.refuses = RefusedError("The pipeline cannot be opened now", "try again")
    kept: list[tuple[str, str]] = []
    app = make_app(pipelines=doors, setting_keeper=lambda *one: kept.append(one))
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await choose(pilot, "Question set: meddic")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["The pipeline cannot be opened now; try again"]
        assert kept == []


async def test_an_empty_board_offers_a_sample_of_which_nothing_is_remembered(
    make_app: MakeApp, doors: Doors
) -> None:
    kept: list[Any] = []
    app = make_app(disk_of(()), pipelines=doors, detail_keeper=kept.append)
    async with app.run_test(size=(168, 24)) as pilot:
        await ready(pilot)
        await pilot.pause()
        assert "T  try a sample" in screen_text(app)
        await pilot.press("T")
        await until(pilot, lambda: "Pell Foundry" in screen_text(app))
        assert toasts(app) == [
            "This is made up: play with it. To go back press : and type open northwest"
        ]
        assert "try a sample" not in screen_text(app)
        await pilot.press("T")  # with prospects on the board it is asked about
        await until(pilot, lambda: "Open a sample?" in screen_text(app))
        await pilot.press("n")
        await until(pilot, lambda: "Open a sample?" not in screen_text(app))
        assert len(doors.taken) == 1
        await pilot.press("i")
        assert kept == []
        await choose(pilot, f"Open: {doors.other.stem}")
        await until(pilot, lambda: len(doors.taken) == 2)
        await pilot.press("i")
        assert kept == [True]


async def test_whose_name_nobody_has_says_once_who_they_are(
    make_app: MakeApp, doors: Doors
) -> None:
    doors.disk = disk_of(
        (document("Pell Foundry", owner="Ann Lee"), document("Quay Paper", owner="raj"))
    )
    kept: list[tuple[str, str]] = []
    app = make_app(
        doors.disk, pipelines=doors, setting_keeper=lambda key, value: kept.append((key, value))
    )
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await pilot.press("m")
        await until(pilot, lambda: "you are Ann Lee, remembered" in screen_text(app))
        assert app.board
        me = app.board.by
        assert f"Now you are {me}, none of these:" in screen_text(app)
        await pilot.press("escape", "m")
        await until(pilot, lambda: "you are Ann Lee, remembered" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "mine" in screen_text(app))
        assert kept == [("my_name", "Ann Lee")]
        assert app.board.by == "Ann Lee"
        shown = screen_text(app)
        assert "Pell Foundry" in shown
        assert "Quay Paper" not in shown


async def test_who_is_none_of_the_owners_says_the_own_name_and_may_say_another_later(
    make_app: MakeApp, doors: Doors
) -> None:
    doors.disk = disk_of((document("Pell Foundry", owner="Jana Keller"),))
    kept: list[tuple[str, str]] = []
    app = make_app(doors.disk, pipelines=doors, setting_keeper=lambda *one: kept.append(one))
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await pilot.press("m")
        await until(pilot, lambda: "Who are you" in screen_text(app))
        await pilot.press(*"Sa")
        await until(pilot, lambda: "enter: you are Sa, a new name here" in screen_text(app))
        await type_in(pilot, "m Berger")
        await pilot.press("enter")
        await until(pilot, lambda: bool(kept))
        assert app.board
        assert (app.board.by, kept) == ("Sam Berger", [("my_name", "Sam Berger")])
        await choose(pilot, "Who am I")
        await until(pilot, lambda: "Who are you" in screen_text(app))
        await type_in(pilot, "jana keller")
        await pilot.press("enter")
        await until(pilot, lambda: len(kept) == 2)
        await choose(pilot, "Who am I")
        await until(pilot, lambda: "Who are you" in screen_text(app))
        await pilot.press(*"Sam Berger", "enter")
        await until(pilot, lambda: len(kept) == 3)
        assert [name for _, name in kept] == ["Sam Berger", "Jana Keller", "Sam Berger"]


async def test_a_name_is_remembered_only_once_the_pipeline_is_open_in_it(
    make_app: MakeApp, doors: Doors
) -> None:
    disk = disk_of((document("Pell Foundry", owner="Ann Lee"),))
    doors.refuses = RefusedError("The pipeline cannot be opened now", "try again")
    kept: list[tuple[str, str]] = []
    app = make_app(disk, pipelines=doors, setting_keeper=lambda *one: kept.append(one))
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await pilot.press("m")
        await until(pilot, lambda: "you are Ann Lee" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["The pipeline cannot be opened now; try again"]
        assert kept == []


async def test_a_name_that_a_variable_overrules_is_said_to_last_until_one_leaves(
    make_app: MakeApp, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEW_BOARD_MY_NAME", "raj")
    doors.disk = disk_of((document("Pell Foundry", owner="Ann Lee"),))
    app = make_app(doors.disk, pipelines=doors, setting_keeper=lambda *_: None)
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await pilot.press("m")
        await until(pilot, lambda: "you are Ann Lee" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: bool(toasts(app)))
        told = "REVIEW_BOARD_MY_NAME is set and wins over the settings file"
        assert toasts(app) == [f"You are Ann Lee now, until you leave: {told}"]


async def test_where_a_key_says_who_it_is_nobody_becomes_another_or_writes_files(
    make_app: MakeApp,
) -> None:
    disk = disk_of((document("Pell Foundry", owner="Ann Lee"),))
    app = make_app(disk, pipelines=None, rights=LoginRights(is_restricted=True))
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        names = {one.name for one in commands_on(app, app.screen)}
        assert not names & {"Who am I", "Export", "Calendar"}
        await pilot.press("m")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["No card here is ann's; / owner:'Ann Lee' shows one rep's"]
        assert "Pell Foundry" in screen_text(app)
        assert isinstance(app.screen, BoardScreen)


async def test_the_lists_say_where_one_says_who_one_is(make_app: MakeApp, doors: Doors) -> None:
    app = make_app(disk_of((document("Pell Foundry", owner="Ann Lee"),)), pipelines=doors)
    async with app.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await pilot.press("d")
        await pilot.press("m")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["No owner here is called ann: m on the board asks who you are"]
