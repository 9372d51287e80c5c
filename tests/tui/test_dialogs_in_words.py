"""What the board and its dialogs say: whole on the screen, whatever they look like."""

import pytest

from docs.pictures import app_over
from review_board.tui.board.column import ColumnView
from tests.tui.conftest import MakeApp, dialog_words, lines_of, screen_text, until
from tests.tui.test_snapshots import after

DIALOGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "contact": (
        ("c", "v"),
        (
            "Contact with Solid Labs",
            "▸ v voicemail left",
            "Note optional",
            "enter: log it: voicemail left",
        ),
    ),
    "callback": (
        ("L",),
        (
            *("Move Solid Labs to Callback-Pending: call back when?", "Call on"),
            "→ +3d, fri, 18jan, 2027-01-18, end of month, next quarter",
            *("Who asked b the buyer asked ● w we proposed it", "Their reason ● n no reason"),
            *("What changes by then, in their words", "They promise"),
            "not yet: A callback needs its day",
        ),
    ),
    "nurture": (
        ("2", "L"),
        ("Nurture Northgate Schools", "▸ m monthly email", "→ Mon 21 Dec, in 31 days"),
    ),
    "drop": (
        ("3", "L", "e"),
        (
            "Drop Lakeside Dental: why?",
            "▸ e no need",
            "o other",
            "Note optional",
            "enter: drop it, because: no need",
        ),
    ),
    "add": (
        ("a",),
        (
            *("Add a prospect", "Name", "Company", "Value", "Probability", "Locations", "Owner"),
            *("Close by", "Hours", "Tags", "Source", "Stage", "Review", "not yet: Type a name"),
        ),
    ),
    "won": (("W",), ("Mark Solid Labs as won?", "the view Won", "Value $52,000", "esc: not yet")),
    "next step": (
        ("2", "H"),
        (
            "Move Northgate Schools to Active: the next step?",
            "Next step",
            "On",
            "empty for no next step",
            "enter: plan no next step",
        ),
    ),
    "sort": (
        ("s", "b"),
        (
            "v most valuable first, other currencies last (now)",
            "▸ b longest without a buyer's signal",
            "p best use",
        ),
    ),
    "views": (
        ("v", "2", "enter", "v"),
        (
            *(
                "▸ 0 Everything all cards, most valuable first, other",
                "2 You owe them a call, a quote",
            ),
            *("now · 3", "7 Won bought, and off the board 0", "filter with /, sort with s"),
        ),
    ),
    "a line with an error": (
        ("semicolon", *"harbor vmm", "enter"),
        (
            *("harbor vmm", "^^^", "Harbor Auto Glass (Harbor Group), Active, $24,000, ann"),
            *("✗ There is no outcome 'vmm'; did you mean vm?", "vm voicemail"),
            "not yet: finish the line, or mend it",
        ),
    ),
}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a pause in typing does not wait."""
    monkeypatch.setattr("review_board.tui.background_sync.QUIET", 0.0)


@pytest.mark.parametrize("name", DIALOGS)
async def test_a_dialog_is_whole_on_the_screen(make_app: MakeApp, name: str) -> None:
    keys, told = DIALOGS[name]
    app = make_app(view_keeper=lambda _: None)
    async with app.run_test(size=(80, 24)) as pilot:
        await after(*keys)(pilot)
        words = dialog_words(app)
        assert [part for part in told if part not in words] == []


async def test_who_may_be_meant_is_named_where_it_is_narrow(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await after("semicolon", *"o vm")(pilot)
        words = dialog_words(app)
        assert "Any of 5: enter asks which Brandt Logistics, Dropped, $85,000, ann" in words
        assert "Solid Labs, Active, $52,000, ann and 2 more" in words
        assert words.endswith("esc cancels enter: ask which of them it is")


async def test_the_smallest_screen_shows_the_column_with_the_cursor(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(20, 5)) as pilot:
        await after("l")(pilot)
        _, column, card, _, keys = (line.rstrip() for line in lines_of(app))
        assert column == "▸Callback 1   $60k"
        assert card == "▎ Northgate S… 60k"
        assert keys == " enter Open  c  a", "no key is cut in two"


async def test_a_filter_says_how_many_fit(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 32)) as pilot:
        await after("slash", *"har")(pilot)
        lines = lines_of(app)
        assert lines[0].startswith(" northwest.json  /har  1 of 4 open  $24k")
        assert lines[1].split()[:5] == ["▸Active", "1", "of", "3", "$24k"]
        assert lines[1].count(" 0 of 1 ") == 3
        assert "Harbor Auto Glass" in lines[3]
        assert lines[-2].split() == ["har"], "what is typed stands above the keys"


async def test_the_cursor_stays_on_its_card_in_another_order(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await after("s", "n", "enter")(pilot)
        lines = lines_of(app)
        assert lines[0].startswith(" northwest.json  by name")
        names = ("Corner Bakery", "Harbor Auto", "Solid Labs")
        assert all(name in line for name, line in zip(names, lines[3:9:2], strict=True))
        assert app.screen.query(ColumnView).first().line == 2


async def test_a_dialog_that_is_whole_does_not_say_that_there_is_more() -> None:
    app = app_over("rep")
    async with app.run_test(size=(120, 34)) as pilot:
        await until(pilot, lambda: "Fernhill" in screen_text(app))
        await after("slash", *"fernhill", "enter", "N")(pilot)
        assert "How important is this sale really?" in dialog_words(app)
