"""One contact through every door: its dialogs, the line, the command line, a batch of lines."""

import json
import re
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from review_board.board.board import Board
from review_board.pipeline.prospect import from_document
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from review_board.tui.actions import ProspectActions
from review_board.tui.calls.line_dialog import PreviewView
from review_board.tui.dialogs.dialog import Dialog, Text
from tests.cli.conftest import Shell, shell
from tests.tui.conftest import HARBOR, NOW, Harness, touch
from tests.tui.dialogs.test_dialogs import press_all
from tests.tui.fake_app import FakeApp

__all__ = ["shell"]

HARBOR_ID = HARBOR["id"]
EMPTY = HARBOR | {"value": None, "contacts": []}


class Typist(FakeApp):
    """Stands for the app: types these keys into one dialog after another, and keeps what is said."""

    def __init__(self, *keys: tuple[str, ...]) -> None:
        super().__init__()
        self.keys, self.grades = list(keys), list[str]()

    async def push_screen_wait(self, screen: Screen[Any]) -> Any:
        assert isinstance(screen, Dialog)
        if not self.keys:  # esc, where the dialog before comes again
            return None
        app = Harness(screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            *keys, last = self.keys.pop(0)
            await press_all(pilot, *keys)
            self.grades += [str(grade.content) for grade in screen.query("#grade").results(Text)]
            await press_all(pilot, last)
            if app.result != "nothing yet":
                return app.result
            preview = next(iter(screen.query(PreviewView)), None)
            error = str(screen.query_one("#error", Text).content).removeprefix("✗ ")
            self.said.append(str(preview.preview.error) if preview else error)
            return None


class Office:
    """A pipeline of one prospect in a file of its own for each door."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
        self._folder, self._monkeypatch, self._shell = folder, monkeypatch, shell

    def at(self, door: str, document: dict[str, Any]) -> Board:
        path = self._folder / f"{door}.json"
        board = Board(FileStore(path), Settings(), lambda: NOW, UTC, "ann", "board").open()
        board.add([from_document(document)], "imported a list")
        self._monkeypatch.setenv("REVIEW_BOARD_FILE", str(path))
        return board

    def run(self, *arguments: str, stdin: str = "") -> tuple[str, str]:
        given = self._shell(*arguments, "--as", "ann", stdin=stdin)
        return given.out, given.err


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> Office:
    return Office(tmp_path, monkeypatch, shell)


def record_of(board: Board) -> dict[str, Any]:
    """What is on record now but for ids and moments; and what the history calls the change."""
    board.catch_up()
    document = dict(board.document(HARBOR_ID) or {})
    key = document["touches"][-1]["id"]
    text = re.sub(r'"at": "2026-11-20[^"]*"', '"at": "now"', json.dumps(document))
    found: dict[str, Any] = json.loads(text.replace(key, "new"))
    return found | {"history": next(iter(board.history())).action}


def told_on_screen(said: list[str]) -> list[str]:
    (one,) = said
    return one.replace("\nbecomes  ", "  becomes  ").splitlines()


def told_in_terminal(out: str) -> list[str]:
    lines = (line.strip().removeprefix("saved ") for line in out.splitlines())
    return [line for line in lines if not line.startswith("ask: ")]


CONTACTS = [
    ('vm "left word"', [("v", ">tab", ">tab", "left word", ">enter")]),
    ('talk with:hiro "nice  chat"', [("t", ">tab", "1", ">tab", "nice  chat", ">enter")]),
    ("quote €30k", [("q", ">tab", "€30k", ">enter")]),
    ("quote", [("q", ">enter")]),
    (
        'cb 18jan 10:30 because:budget "the vote"',
        [
            ("c", ">tab", ">tab", "the vote", ">enter"),
            ("18jan 10:30", ">tab", ">tab", "b", ">tab", "the vote", ">enter"),
        ],
    ),
    ("cb +2w", [("c", ">enter"), ("+2w", ">enter")]),
    ('dnc "never again"', [("d", ">tab", ">tab", "never again", ">enter")]),
]


@pytest.mark.parametrize(("line", "keys"), CONTACTS, ids=[line for line, _ in CONTACTS])
async def test_one_contact_is_one_record_and_told_alike(
    office: Office, line: str, keys: list[tuple[str, ...]]
) -> None:
    board = office.at("dialogs", HARBOR)
    typist = Typist(*keys)
    assert await ProspectActions(typist, board).log(HARBOR_ID)
    record, told = record_of(board), told_on_screen(typist.said)

    board = office.at("line", HARBOR)
    typist = Typist((f"{line} ", ">enter"), (">enter",))
    assert await ProspectActions(typist, board).line(HARBOR_ID)
    assert (record_of(board), told_on_screen(typist.said)) == (record, told)

    board = office.at("command", HARBOR)
    out, _ = office.run("log", f"harbor {line}")
    assert (record_of(board), told_in_terminal(out)) == (record, told)

    board = office.at("batch", HARBOR)
    out, _ = office.run("log", stdin=f"harbor {line}\n")
    assert (record_of(board), told_in_terminal(out)) == (record, [" | ".join(told)])


REFUSED = [
    ("quote", [("q", ">enter")]),
    ("quote $lots", [("q", ">tab", "lots", ">enter")]),
    ("quote $1.234", [("q", ">tab", "1.234", ">enter")]),
    ("cb 2020-01-01", [("c", ">enter"), ("2020-01-01", ">enter")]),
    ("cb someday", [("c", ">enter"), ("someday", ">enter")]),
    ("cb next fri", [("c", ">enter"), ("next fri", ">enter")]),
]


@pytest.mark.parametrize(("line", "keys"), REFUSED, ids=[line for line, _ in REFUSED])
async def test_what_is_wrong_is_refused_in_the_same_words(
    office: Office, line: str, keys: list[tuple[str, ...]]
) -> None:
    board = office.at("dialogs", EMPTY)
    stored, typist = board.document(HARBOR_ID), Typist(*keys)
    assert not await ProspectActions(typist, board).log(HARBOR_ID)
    (told,) = typist.said
    assert board.document(HARBOR_ID) == stored

    by_line = Typist((f"{line} ", ">enter"))
    assert not await ProspectActions(by_line, board).line(HARBOR_ID)
    assert by_line.said == [told]
    assert board.document(HARBOR_ID) == stored

    _, err = office.run("log", f"harbor {line}")
    assert err.splitlines()[0] == f"review-board: {told}"
    _, err = office.run("log", stdin=f"harbor {line}\n")
    assert f"line 1: {told}" in err


BUDGET_BEFORE = touch("2026-11-05", "deferred", reason="budget", id="t-before")
ASKED_BEFORE = HARBOR | {
    "touches": [BUDGET_BEFORE],
    "callback": {
        "on": "2027-01-18",
        "asked_on": "2026-11-05",
        "asked_by_buyer": True,
        "reason": "budget",
        "change": "the vote",
        "touch": "t-before",
    },
}


@pytest.mark.parametrize(
    "keys", [[("c", ">enter"), (">tab", ">enter")], [("cb 18jan ", ">enter"), (">tab", ">enter")]]
)
async def test_a_callback_is_graded_before_enter_as_it_will_be_on_record(
    office: Office, keys: list[tuple[str, ...]]
) -> None:
    """Asked again for the day that is on record, the reason of before explains nothing new."""
    board, typist = office.at("graded", ASKED_BEFORE), Typist(*keys)
    actions = ProspectActions(typist, board)
    assert await (actions.log if keys[0][0] == "c" else actions.line)(HARBOR_ID)
    proof = board.evidence(HARBOR_ID).callback_grade.proof
    assert proof
    assert "budget was the reason before" in proof.in_words
    assert typist.grades == [proof.in_words]
