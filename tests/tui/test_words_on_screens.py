"""No screen speaks in codes or in sentences that must be read twice.

Each screen is opened over the sample with every kind of prospect, wide enough that nothing wraps,
and read as its viewer reads it: the runs of words between gaps.
"""

import re
from collections.abc import Iterator

import pytest

from docs.pictures import app_over
from review_board.tui.review.open_review import offer_review
from tests.plain_words import CODES, DIALECT
from tests.tui.board.test_merging import ONE, TWO
from tests.tui.conftest import lines_of

LONGEST = 80
"""Characters in one sentence: what is longer holds two ideas."""
WIDE = (230, 60)

PURGES = ("slash", *"verdict:purge", "enter")
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
SCREENS: dict[str, tuple[str, ...]] = {
    "board": (),
    "board, marked": ("space", "j", "space"),
    "filter": ("slash", *"due"),
    "views": ("v",),
    "sort": ("s",),
    "page": ("enter",),
    "page, the record below": ("enter", "G"),
    "callbacks": ("2", "enter"),
    "nurture": ("3", "enter"),
    "dropped": ("4", "enter"),
    "help": ("question_mark",),
    "contact": ("c",),
    "line": ("semicolon", *"lakemont vm"),
    "add": ("a",),
    "edit": ("e",),
    "note": ("n",),
    "next step": ("x",),
    "keep": ("K",),
    "callback": ("C",),
    "purge to nurture": ("N",),
    "drop": ("D",),
    "won": ("W",),
    "move": ("L",),
    "due": ("d",),
    "best": ("b",),
    "quotes": ("Q",),
    "changes": ("w",),
    "statistics": ("S",),
    "import": ("I",),
    "pipelines": ("O",),
    "palette": ("ctrl+p",),
    "review plan": ("r",),
    "sure purges": (*PURGES, "r", "enter"),
    "report of the review": ("slash", *"vandermeer land", "enter", "r", "enter", "s"),
    "people": ("enter", "p"),
    "duplicates": ("E",),
    "merge preview": ("V", "j", "V", "E"),
    "settings in the palette": ("colon", *"theme"),
}

QUOTED = re.compile(r"^\W*\d{1,2} [A-Z][a-z]{2}|[⟳⇄→←¶✓±] |[·●○■⟳]{9}")
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


@pytest.mark.parametrize("name", SCREENS)
async def test_each_screen_says_it_in_plain_words(name: str) -> None:
    app = app_over("manager", offer_review)
    async with app.run_test(size=WIDE) as pilot:
        for _ in range(3):
            await pilot.pause(0.05)
        if name == "duplicates":
            assert app.board
            app.board.add([ONE, TWO], "import")
        for key in SCREENS[name]:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause(0.1)
        assert OPENED.get(name, "") in type(app.screen).__name__
        shown = lines_of(app)
        assert SHOWN.get(name, "") in "\n".join(shown)
        said = list(pieces(shown))
    assert len(said) > 5
    assert [text for text in said if len(text) > LONGEST] == []
    assert [text for text in said if DIALECT.search(text)] == []
    assert [text for text in said if CODES.search(text)] == []
