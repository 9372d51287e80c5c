"""What the tests of the screens share: a frozen clock, a small pipeline, an app over it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from inspect import getsource
from typing import Any, cast

import pytest
import textual.constants
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from review_board.board.board import Board
from review_board.board.runner import Inline, Runner
from review_board.settings.tree import Settings
from review_board.tui.app import ReviewBoardApp
from review_board.tui.theme import CALM, own_colours
from tests.memory_store import Disk, MemoryStore
from tests.tui.painting import painted_when_looked_at
from tests.tui.parsing import parsed_once
from tests.tui.pictures import both_sizes

__all__ = ["both_sizes", "painted_when_looked_at", "parsed_once"]

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

Document = dict[str, Any]


@pytest.fixture(autouse=True)
def _still_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """No animation, no colours of the developer's own terminal."""
    monkeypatch.setattr(textual.constants, "TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.app.constants.TEXTUAL_ANIMATIONS", "none")
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)


def document(
    name: str, column: str = "active", value: int | None = None, **fields: Any
) -> Document:
    """A stored prospect; its id is made of its name."""
    made: Document = {"id": f"p-{name.lower().replace(' ', '-')[:40]}", "rev": 1, "name": name}
    made |= {"column": column, "owner": "ann", "created": "2026-11-02T09:00:00Z"}
    if value is not None:
        made["value"] = {"amount": str(value), "currency": "USD"}
    return made | fields


def touch(day: str, outcome: str, **fields: Any) -> Document:
    """A stored touch."""
    made = {"id": f"t-{day}-{outcome}", "at": f"{day}T10:00:00Z", "by": "ann", "outcome": outcome}
    return made | {"channel": "phone", "direction": "outbound"} | fields


HARBOR = document(
    "Harbor Auto Glass",
    value=24000,
    company="Harbor Group",
    tags=["north"],
    touches=[
        touch("2026-10-25", "meeting", channel="in-person"),
        touch("2026-10-29", "no-answer"),
        touch("2026-11-05", "voicemail"),
        touch("2026-11-12", "voicemail", note="left the number"),
    ],
    quotes=[
        {"id": "q-1", "sent_on": "2026-10-26", "amount": {"amount": "24000", "currency": "USD"}}
    ],
    contacts=[
        {"id": "c-1", "name": "Hiro Jovanović", "role": "champion", "email": "hiro@h.example"}
    ],
)
SMALL: tuple[Document, ...] = (
    HARBOR,
    document("Solid Labs", value=52000),
    document("Corner Bakery", value=6000, owner="raj"),
    document(
        "Northgate Schools",
        "callback-pending",
        60000,
        callback={
            "on": "2027-01-18",
            "asked_on": "2026-11-15",
            "asked_by_buyer": True,
            "reason": "budget",
            "change": "the board votes the budget on 15 Jan",
        },
    ),
    document(
        "Lakeside Dental",
        "nurture",
        18000,
        nurture={"track": "monthly-email", "since": "2026-11-12", "next_on": "2026-12-12"},
    ),
    document(
        "Brandt Logistics",
        "dropped",
        85000,
        drop={"at": "2026-11-10T10:00:00Z", "by": "ann", "reason": "hostile"},
    ),
)


def disk_of(documents: tuple[Document, ...]) -> Disk:
    """A disk that holds these prospects."""
    return Disk(start={"prospects": {d["id"]: d for d in documents}})


def open_board(disk: Disk, by: str = "ann", runner: Runner | None = None) -> Board:
    """One person's board on a disk."""
    store = MemoryStore(disk)
    return Board(
        store,
        Settings(),
        clock=lambda: NOW,
        zone=UTC,
        by=by,
        via="board",
        runner=runner or Inline(),
    ).open()


def _opened(disk: Disk, runner: Runner) -> Board:
    return open_board(disk, runner=runner)


MakeApp = Callable[..., ReviewBoardApp]


@pytest.fixture
def disk() -> Disk:
    """The small pipeline."""
    return disk_of(SMALL)


@pytest.fixture
def make_app(disk: Disk) -> MakeApp:
    """An app over the small pipeline, which writes at once unless told otherwise."""

    def make(on: Disk | None = None, **options: Any) -> ReviewBoardApp:
        given: dict[str, Any] = {"title": "northwest.json", "make_runner": lambda _: Inline()}
        opener = partial(_opened, on or disk)
        return ReviewBoardApp(opener, **(given | options))

    return make


@pytest.fixture
def follow_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others' changes are looked for all the time."""
    monkeypatch.setattr("review_board.tui.background_sync.FOLLOW", 0.02)
    monkeypatch.setattr("review_board.tui.background_sync.QUIET", 0.0)


class Harness(App[Any]):
    """A tiny app under one widget or screen; ``heard`` collects the messages asked for."""

    def __init__(self, shown: Widget | Screen[Any], *listen: type) -> None:
        super().__init__()
        self.register_theme(CALM)
        self.theme = CALM.name
        self.shown = shown
        self.listen = listen
        self.heard: list[Any] = []
        self.result: Any = "nothing yet"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return own_colours(self.current_theme)

    def compose(self) -> ComposeResult:
        if not isinstance(self.shown, Screen):
            yield self.shown

    def on_mount(self) -> None:
        if isinstance(self.shown, Screen):
            self.push_screen(self.shown, self._dismissed)

    def _dismissed(self, result: Any) -> None:
        self.result = result

    async def _on_message(self, message: Any) -> None:
        if isinstance(message, self.listen):
            self.heard.append(message)
        await super()._on_message(message)


def lines_of(app: App[Any]) -> list[str]:
    """The screen as text, a string a line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def screen_text(app: App[Any]) -> str:
    """The screen as one string."""
    return "\n".join(lines_of(app))


def dialog_words(app: App[Any]) -> str:
    """The words of the dialog on top, which is whole on the screen with what has the focus; first its title."""
    box = app.screen.query_one("#box")
    assert app.screen.region.contains_region(box.region)
    assert bool(box.border_subtitle) is (box.scroll_y < box.max_scroll_y), "it says what is below"
    assert app.focused is None or box.region.contains_region(app.focused.region)
    lines = lines_of(app)[box.region.y : box.region.bottom - 1]
    inside = [line[box.region.x + 1 : box.region.right - 1] for line in lines]
    return " ".join(" ".join(inside).replace("─", " ").split())


async def type_in(pilot: Pilot[Any], text: str) -> None:
    """Type a text key by key, as quickly as a terminal sends them; the screen is waited for once."""
    names: Mapping[str, str] = {" ": "space", "+": "plus", "-": "minus", ".": "full_stop"}
    names = {**names, ",": "comma", "%": "percent_sign", ":": "colon", "€": "€", "/": "slash"}
    for character in text[:-1]:
        event = Key(names.get(character, character), character)
        event.set_sender(pilot.app)
        cast("Driver", pilot.app._driver).send_message(event)
    await pilot.press(*(names.get(character, character) for character in text[-1:]))


async def ready(pilot: Pilot[Any]) -> None:
    """Until the pipeline is open and drawn."""
    for _ in range(200):
        app = pilot.app
        if isinstance(app, ReviewBoardApp) and app.board is not None:
            break
        await pilot.pause(0.01)
    await pilot.pause()


def toasts(app: App[Any]) -> list[str]:
    """The messages that stand on the screen."""
    return [notification.message for notification in app._notifications]


async def until(pilot: Pilot[Any], done: Callable[[], bool]) -> None:
    """Wait for what takes its time; what does not come in ten seconds fails."""
    for _ in range(1000):
        if done():
            break
        await pilot.pause(0.01)
    else:
        raise AssertionError(f"it did not come: {getsource(done).strip()}")
    await pilot.pause()


HOSTILE = (
    "[@click=app.quit]Acme[/]",
    "Acme [/foo] AG",
    "[bold",
    "\x1b]52;c;aGVsbG8=\x07clip",
    "\x1b[2Jcleared",
    "\x9b31mred",
    "\u202egnp.exe",
    "zero\u200bwidth",
    "line\u2028break",
    "nul\x00byte",
    "lone\ud800surrogate",
    "a" + "\u0301" * 500,
    "👨‍👩‍👧‍👦 family",
    "👍🏽 thumbs",
    "🇩🇪 flag ❤️",
    "日本電気株式会社 東京支店",
    "مرحبا بالعالم",
    "W" * 10_000,
    "-rf",
    "=x",
    "../../x",
    "two\nlines\tand tab",
)
