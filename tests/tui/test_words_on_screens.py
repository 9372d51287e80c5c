"""No screen speaks in codes or in sentences that must be read twice.

Each screen is opened over the sample with every kind of prospect, wide enough that nothing wraps,
and read as its viewer reads it: the runs of words between gaps.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from docs.pictures import app_over
from review_board.exchange.read_files import import_bytes
from review_board.imports.plan import PipelineNow, import_options, plan_import
from review_board.pipeline.changes import create, edit
from review_board.pipeline.money import Money
from review_board.tui.board.screen import BoardScreen
from review_board.tui.dialogs.path import FilesDialog
from review_board.tui.imports.screen import ImportScreen, MeaningDialog
from review_board.tui.review.open_review import offer_review
from review_board.tui.rows import Rows
from tests.plain_words import CODES, DIALECT
from tests.tui.board.test_merging import ONE, TWO
from tests.tui.conftest import lines_of, screen_text, until

LONGEST = 80
"""Characters in one sentence: what is longer holds two ideas."""
WIDE = (230, 60)

PURGES = ("slash", *"verdict:purge", "enter")
Screens = dict[str, tuple[str, ...]]
OPENED = {
    "sure purges": "PurgeListScreen",
    "report of the review": "ReportScreen",
    "people": "PeopleDialog",
    "duplicates": "DuplicatesScreen",
    "merge preview": "MergeDialog",
    "review plan": "PlanDialog",
}
"""What must really have been opened where several keys lead to it."""
SHOWN = {"sure purges": "[ ]", "duplicates": "nearly the same name"}
"""What must stand on it where the screen may also be empty."""
OVER_A_CARD: Screens = {
    "contact": ("c",),
    "edit": ("e",),
    "note": ("n",),
    "next step": ("x",),
    "keep": ("K",),
    "callback": ("C",),
    "purge to nurture": ("N",),
    "drop": ("D",),
    "won": ("W",),
    "move": ("L",),
    "people": ("enter", "p"),
    "page": ("enter",),
    "page, the record below": ("enter", "G"),
}
OVER_THE_BOARD: Screens = {
    "board": (),
    "views": ("v",),
    "sort": ("s",),
    "help": ("question_mark",),
    "line": ("semicolon", *"lakemont vm"),
    "add": ("a",),
    "due": ("d",),
    "best": ("b",),
    "quotes": ("Q",),
    "changes": ("w",),
    "statistics": ("S",),
    "import": ("I",),
    "pipelines": ("O",),
    "palette": ("ctrl+p",),
    "settings in the palette": ("colon", *"theme"),
    "review plan": ("r",),
    "callbacks": ("2", "enter"),
    "nurture": ("3", "enter"),
    "dropped": ("4", "enter"),
    "duplicates": ("E",),
}
LASTING: tuple[Screens, ...] = (
    {"board, marked": ("space", "j", "space")},
    {"filter": ("slash", *"due")},
    {"sure purges": (*PURGES, "r", "enter")},
    {"report of the review": ("slash", *"vandermeer land", "enter", "r", "enter", "s")},
    {"merge preview": ("V", "j", "V", "E")},
)
"""What leaves marks, filters or a review behind has a board of its own."""

QUOTED = re.compile(r"^\W*\d{1,2} [A-Z][a-z]{2}|[⟳⇄→←¶◆±] |[·●○■⟳]{9}")
"""What the record says in people's own words, and the drawn lines of contact."""


def pieces(lines: list[str]) -> Iterator[str]:
    """The runs of words that stand on a screen, sentence by sentence."""
    for line in lines:
        if QUOTED.search(line):
            continue
        for run in re.split(r"\s{2,}|[│┃▏▎▍▌▐─━]+", line):
            yield from (
                said
                for said in re.split(r"(?<=[.;:?!]) | · | if (?=they |we )", run.strip())
                if said
            )


@pytest.mark.parametrize("screens", [OVER_A_CARD, OVER_THE_BOARD, *LASTING])
async def test_each_screen_says_it_in_plain_words(screens: Screens) -> None:
    """One after the other, each opened from the board and left again."""
    app = app_over("manager", offer_review)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.board is not None)
        await pilot.pause(0.15)
        for name, keys in screens.items():
            if name == "duplicates":
                assert app.board
                app.board.add([ONE, TWO], "import")
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await pilot.pause(0.1)
            assert OPENED.get(name, "") in type(app.screen).__name__
            shown = lines_of(app)
            assert SHOWN.get(name, "") in "\n".join(shown)
            assert_plain(shown)
            while len(screens) > 1 and not isinstance(app.screen, BoardScreen):
                await pilot.press("escape")


def assert_plain(shown: list[str]) -> None:
    """Hold what stands on a screen to the words and lengths that people read at once."""
    said = list(pieces(shown))
    assert len(said) > 5
    assert [text for text in said if len(text) > LONGEST] == []
    assert [text for text in said if DIALECT.search(text)] == []
    assert [text for text in said if CODES.search(text)] == []


def shows(app: App[Any], text: str) -> bool:
    """Tell whether a text stands on the screen."""
    return text in screen_text(app)


FIRST = "Record ID,Deal Name,Company,Amount,Deal Stage,Reach\n1,Pell deal,Pell Foundry,12000,Proposal,\n"
AGAIN = FIRST.replace("12000,Proposal,", "15000,Proposal,jo@pell.example") + (
    "2,Quay deal,Quay Paper,900,Limbo,max@quay.example\n,,,5,Open,\n"
    "3,Castings line,Pell Foundry Ltd,70,Open,jo@pell.example\n"
)


async def test_a_list_and_what_it_asks_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look at a list that came before, each kind of question that enter asks there, and those after y."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deals.csv").write_text(AGAIN)
    app = app_over("manager")
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.board is not None)
        assert app.board
        options = import_options(app.board)
        result = import_bytes(FIRST.encode(), now=app.board.clock(), options=options)
        plan_import(PipelineNow.of(app.board), result, "deals.csv").take_in(app.board)
        casting = create("Casting line", app.board.stamp(), company="Pell Foundry")
        app.board.add([casting], "added")
        (pell,) = (k for k, d in app.board.documents().items() if d["name"] == "Pell deal")
        app.board.change(pell, lambda p, _: edit(p, value=Money(Decimal(5000))), "edited")
        await pilot.press("I")
        await until(pilot, lambda: isinstance(app.screen, FilesDialog))
        await pilot.press(*"deals.csv", "enter")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        shown = lines_of(app)
        for part in (
            "Look at this first",
            "The list and the board differ",
            "Refused",
            "One by one",
        ):
            assert part in "\n".join(shown)
        assert "--" not in "\n".join(shown)
        assert_plain(shown)
        for begins in ("column/", "state/", "whole/0/kind", "whole/0/dates"):
            rows = app.screen.query_one(Rows)
            rows.step(-rows.count)
            for _ in range(rows.count):
                if rows.row and rows.row.id.startswith(begins):
                    break
                rows.step(1)
            else:
                pytest.fail(f"no row {begins}")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
            assert_plain(lines_of(app))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("y")
        for asked, answer in (("mean?", "a"), ("new, or here", "n"), (": Value", "h")):
            await until(pilot, partial(shows, app, asked))
            assert_plain(lines_of(app))
            await pilot.press(answer)
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
