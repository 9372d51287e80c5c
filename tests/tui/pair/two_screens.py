"""Two apps over one pipeline in memory, each with the pair review of one person on it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.board.runner import Inline, Runner
from review_board.pair import beginning
from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole
from review_board.review.signing import Identity
from review_board.tui.app import ReviewBoardApp
from review_board.tui.pair.open_pair import only_pair
from review_board.tui.pair.screen import PairScreen
from tests.memory_store import Disk, MemoryStore
from tests.pair.story import Fact, told
from tests.pair.two_people import EVERYTHING, Office
from tests.tui.conftest import lines_of, screen_text, until

SIZE = (100, 30)
PATIENCE = 30.0
"""Seconds after which a screen that does not paint fails a test."""


@dataclass
class Person:
    """Somebody at a screen of theirs."""

    name: str
    pilot: Pilot[Any]
    office: Office

    @property
    def app(self) -> App[Any]:
        return self.pilot.app

    @property
    def screen(self) -> PairScreen:
        """Their side of the pair review, below any dialog."""
        return next(s for s in self.app.screen_stack if isinstance(s, PairScreen))

    @property
    def review(self) -> PairReview:
        return self.screen.review

    @property
    def sees(self) -> str:
        return screen_text(self.app)

    @property
    def story(self) -> frozenset[Fact]:
        """All that the screen tells of the review and the two; the record may stand beside the card."""
        first, *lines = lines_of(self.app)
        width = self.screen.query_one("#band").region.right
        other = "raj" if self.name == "ann" else "ann"
        return told([first, *(line[:width] for line in lines)], self.name, other)

    def read(self) -> None:
        """Read what is on the screen: what has just come up is not agreed to at once."""
        self.office.now += timedelta(seconds=2)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.painted()

    async def painted(self) -> None:
        """Wait until what the screen was told is painted, however busy the machine is."""
        await self.pilot.pause()
        for _ in range(2):  # a widget tells the screen that it changed, then the screen paints it
            shown = asyncio.Event()
            self.app.screen.call_after_refresh(shown.set)
            async with asyncio.timeout(PATIENCE):
                while not shown.is_set() and self.app.is_running:
                    await asyncio.sleep(0.001)

    async def look(self) -> None:
        """Look at what is new, as the screen does each second."""
        self.screen._look()
        await self.painted()


@dataclass
class TwoScreens:
    """Both, and the clock of their office."""

    office: Office
    ann: Person
    raj: Person

    async def look(self) -> None:
        """Let both screens look at what the other did, as they do each second: then both say the same."""
        for screen in self.raj.app.screen_stack:
            if isinstance(screen, PairScreen):
                vars(screen).pop("redraw", None)
                vars(screen.review).pop("tick", None)
        before = None
        while before != (before := self._told()):
            for person in (self.ann, self.raj):
                if isinstance(person.app, ReviewBoardApp) and person.app.board:
                    person.app.board.catch_up()
                for screen in person.app.screen_stack:
                    if isinstance(screen, PairScreen):
                        screen._look()
                await person.painted()
        together = [p for p in (self.ann, self.raj) if isinstance(p.app.screen, PairScreen)]
        if len(together) > 1 and all(is_with_the_other(p) for p in together):
            ann, raj = self.ann.story, self.raj.story
            assert ann == raj, f"two stories: {sorted(ann ^ raj)}"

    def _told(self) -> tuple[int, object]:
        """Return what one can tell the other: that nothing is new ends the looking."""
        assert isinstance(self.office.on, Disk)
        return len(self.office.on.commits), self.office.presence.seen()

    async def lose_raj(self) -> None:
        """Let ann look after 40 seconds in which nothing came from raj, nor does until both look."""
        silent, screen = self.raj.review, self.raj.screen
        silent.tick = screen.redraw = lambda: None  # type: ignore[method-assign]
        self.office.now += timedelta(seconds=40)
        await self.ann.look()

    async def vote(self, person: Person, *keys: str) -> None:
        person.read()
        await person.press(*keys)
        await self.look()


def is_with_the_other(person: Person) -> bool:
    """Whether somebody looks at the card of both, at the terminal where they have a say."""
    return person.review.alone_at is None and person.review.is_seated


def app_of(office: Office, by: str, role: PairRole | None) -> ReviewBoardApp:
    """The app of one person, who starts as the rep or joins."""

    def opener(runner: Runner) -> Board:
        store = MemoryStore(office.on)  # type: ignore[arg-type]
        return Board(store, office.settings, office.clock, UTC, by, "pair", runner).open()

    def begin(board: Board, anyway: bool) -> PairReview:
        if role is PairRole.REP:
            return beginning.start(board, Identity(by, by), role, office.process, EVERYTHING)
        me = Identity(by, by)
        return beginning.join(board, me, role, office.process, take_over=anyway)

    return ReviewBoardApp(opener, title="p", make_runner=lambda _: Inline(), first=only_pair(begin))


@asynccontextmanager
async def two_screens(office: Office, size: tuple[int, int] = SIZE) -> AsyncIterator[TwoScreens]:
    """Ann, who started, and raj, who joined as the manager."""
    async with AsyncExitStack() as stack:
        people = []
        for name, role in (("ann", PairRole.REP), ("raj", PairRole.MANAGER)):
            app = app_of(office, name, role)
            pilot = await stack.enter_async_context(app.run_test(size=size))
            await until(pilot, _is_there(app))
            people.append(Person(name, pilot, office))
        both = TwoScreens(office, *people)
        await both.look()
        yield both


def _is_there(app: ReviewBoardApp) -> Callable[[], bool]:
    return lambda: any(isinstance(screen, PairScreen) for screen in app.screen_stack)
