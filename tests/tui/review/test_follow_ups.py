"""What each verdict and each answer demands: one dialog over the card, on both sizes of screen."""

from datetime import timedelta

import pytest

from review_board.review.scope import Scope
from review_board.tui.dialogs.dialog import Dialog
from tests.tui.conftest import dialog_words
from tests.tui.pictures import LARGE, SMALL
from tests.tui.review.conftest import NOON, MakeApp, scenario
from tests.tui.review.test_review_screen import press

FOLLOW_UPS: dict[str, tuple[str, list[str], tuple[str, ...]]] = {
    "the closed list of reasons, the proposed one marked": (
        *("S2", ["D"]),
        ("Drop Lakeside Dental: why?", "e no need", "▸ f only put us off", "Note optional"),
    ),
    "the next step, dated as proposed": (
        *("S1", ["K"]),
        ("the dated next step", "Next step follow the quote up", "→ Fri 20 Nov, today"),
    ),
    "the word that an early step takes": (
        *("S7", ["K", "tab", *"tomorrow"]),
        ("→ Sat 21 Nov, tomorrow", "no working day", "before 17 Dec", "Why so soon?"),
    ),
    "the line against the advice, and whether to start anew": (
        *("S2", ["K"]),
        (
            *(
                "Against the advice to let it go to Dropped: put off 7 times without a reason",
                "one line",
            ),
            *("would you start with it?", "y yes, I would", "n no, I would not"),
        ),
    ),
    "the callback with the grade of its five checks": (
        *("S1", ["C", *"18jan"]),
        (
            *("→ Mon 18 Jan, in 59 days", "● w we proposed it", "m procurement", "NOT PROVEN:"),
            *(
                "− they did not ask",
                "+ a day within 180 d",
                "− no reason",
            ),
            *("− nobody said what changes by then", "no step promised (optional)"),
        ),
    ),
    "the track with its first touch": (
        *("S2", ["N"]),
        (
            "m monthly email ▸ k keep in touch",
            "w call again later",
            "→ Tue 19 Jan, in 60 days",
        ),
    ),
    "the importance from 1 to 5, with five ideas": (
        *("S6", ["D", "e", "tab", "n", "enter", "5"]),
        (
            *("It goes to Dropped: no need.", "1 hardly"),
            *("▸ 5 the year depends on it", "a ask Dana Whitfield (champion) why it stalled"),
            *("e keep in touch: send an article they can use", "→ Fri 4 Dec, in 14 days"),
        ),
    ),
    "the bet with its last day": (
        *("S7", ["b"]),
        (
            "A bet on Pell & Sons: what will they do?",
            "It is kept in Active until then",
            "→ Fri 4 Dec, in 14 days",
        ),
    ),
    "the bet against the advice, in one form that begins with the bet": (
        *("S2", ["b", *"sign", "tab", "tab", *"asked", "tab", "n"]),
        (
            "A bet on Lakeside Dental: what will they do? It is kept",
            "What do you know that the record does not?",
            "▸ n no, I would not",
            "enter: keep it in Active until 4 Dec for “sign”",
        ),
    ),
    "a large sale asks on after the reason": (
        *("S6", ["D", "e", "tab", "n"]),
        ("enter: next, how important it is; the reason is no need",),
    ),
    "a large sale is named with what it is worth": (
        *("S6", ["D", "e", "tab", "n", "enter"]),
        ("a large sale, $400k",),
    ),
    "a number after the yes or no reaches the importance": (
        *("S6", ["N", *"who knows", "tab", "n", "3"]),
        ("▸ 3 fairly", "● n no, I would not"),
    ),
    "what has changed since the drop": (
        *("S11", ["enter"]),
        (
            "Take Orchard Foods up again: what has changed since 8 May 2026?",
            "They said on 18 Nov: “budget approved, can you come next week?”",
        ),
    ),
    "the question with its four states": (
        *("S1", ["1"]),
        (
            *("Is there a budget for this, or a plan to get one?", "y said: they say so"),
            *("c proven: with evidence", "x no: no budget and none planned", "u unknown"),
            *("In their words", "Heard on 2026-11-20"),
        ),
    ),
    "the drop that an answer makes ready": (
        *("S1", ["1", "x", "enter"]),
        ("Drop Harbor Auto Glass: why?", "▸ u no budget"),
    ),
    "what will have changed, asked of the callback": (
        *("S2", ["1"]),
        (
            *("Call Lakeside Dental back", "→ Tue 1 Dec, in 11 days", "● b the buyer asked"),
            *("Kim Aldous, what will have changed by 1 Dec", "NOT PROVEN: + they asked for it"),
        ),
    ),
}


@pytest.mark.parametrize("number", sorted({number for number, *_ in FOLLOW_UPS.values()}))
async def test_a_dialog_asks_for_what_is_still_missing(make_app: MakeApp, number: str) -> None:
    """Who leaves a dialog finds the next as if it were the first."""
    app = make_app(scenario(number), scope=Scope(everything=True))
    asked = {name: (keys, told) for name, (of, keys, told) in FOLLOW_UPS.items() if of == number}
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "r")
        for name, (keys, told) in asked.items():
            await press(pilot, *keys)
            for other in (LARGE if app.size == SMALL else SMALL, None):
                words = dialog_words(app)
                assert [part for part in told if part not in words] == [], name
                assert "esc cancels" in words or "esc goes back" in words, name
                if other:
                    await pilot.resize_terminal(*other)
                    await pilot.pause()
            while isinstance(app.screen, Dialog):
                await press(pilot, "escape")


async def test_the_time_is_up(make_app: MakeApp) -> None:
    """How many minutes are up, how many cards are left and what becomes of them, both ways on."""
    moments = [NOON]
    cards = scenario("S1", "S6", "S7")
    app = make_app(cards, clock=lambda: moments[-1], settings="[review]\nminutes = 9")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "r")
        moments.append(NOON + timedelta(minutes=9))
        await press(pilot, "s")
        words = dialog_words(app)
        for told in (
            *("9 minutes are up", "2 cards are left. Parked, they stay to review"),
            *("the report counts them", "p parks the rest", "g or esc goes on"),
        ):
            assert told in words
