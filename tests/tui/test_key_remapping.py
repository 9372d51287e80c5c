"""Keys as the settings have them: what can work works everywhere, what cannot is refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from review_board.tui.board.screen import BoardScreen
from review_board.tui.calls.log_dialog import LogDialog
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.filter_line import HINT, FilterLine
from review_board.tui.footer_keys import MENTION, key_of
from review_board.tui.help_screen import HelpScreen
from review_board.tui.key_remapping import (
    FIXED,
    IN_TEXT,
    faults_in,
    key_actions,
    long_names,
    places,
)
from review_board.tui.palette.commands import commands_on
from review_board.tui.theme import CALM, PAPER
from tests.tui.conftest import MakeApp, lines_of, ready, screen_text, type_in, until

KEYS = {
    "board.log": "X",
    "board.help": "f1",
    "board.down": "f,down",
    "board.filter": "percent_sign",
}


def problems(keys: dict[str, str]) -> list[str]:
    return [f"{fault.id}: {fault.problem}" for fault in faults_in(keys) if not fault.doubtful]


class TestWhatCanWork:
    @pytest.mark.parametrize(
        "keys",
        [
            {},
            {"board.log": "X"},
            {"board.log": "a", "board.add": "c"},
            {"board.log": "X, f2"},
            {"board.log": "comma"},
            {"board.log": "?", "board.help": "f1"},
            {"dialog.cancel": "f10"},
            {"review.keep": "X", "board.log": "X"},
        ],
    )
    def test_it_is_taken(self, keys: dict[str, str]) -> None:
        assert faults_in(keys) == []

    @pytest.mark.parametrize(
        ("keys", "words"),
        [
            ({"board.lgo": "X"}, "there is no such action; did you mean board.log?"),
            ({"log": "X"}, "did you mean "),
            ({"board.log": "a"}, "board.log: a is also the key of board.add"),
            ({"board.log": "X", "board.add": "X"}, "X is also the key of board.log"),
            ({"board.log": "q"}, "q is also the key of board.quit"),
            ({"board.log": "ctrl+z"}, "ctrl+z is also the key of app.suspend"),
            ({"dialog.yes": "escape"}, "esc is also the key of dialog.cancel"),
            ({"review.keep": "1"}, "1 is also the key of review.answer"),
            ({"board.log": ""}, "must be a key"),
            ({"board.log": "v,,w"}, "must be a key"),
            ({"board.log": "hyper+v"}, "there is no key “hyper+v”"),
            ({"board.log": "nonsense"}, "there is no key “nonsense”"),
            ({"review.answer": "X"}, "cannot be remapped"),
            ({"dialog.cancel": "x"}, "cannot be x: text is typed there"),
            ({"filter.clear": "enter"}, "cannot be enter: text is typed there"),
        ],
    )
    def test_it_is_refused_with_the_reason(self, keys: dict[str, str], words: str) -> None:
        assert any(words in problem for problem in problems(keys))

    @pytest.mark.parametrize("key", ["ctrl+k", "alt+v", "é", "shift+up"])
    def test_it_may_not_arrive_over_every_terminal(self, key: str) -> None:
        (doubt,) = faults_in({"board.log": key})
        assert doubt.doubtful

    def test_a_clash_is_told_once(self) -> None:
        assert len(problems({"board.log": "X", "board.add": "X"})) == 1


class TestActions:
    def test_every_screen_is_known(self) -> None:
        assert {BoardScreen, HelpScreen, FilterLine} <= set(places())
        assert {*FIXED, *IN_TEXT} <= set(key_actions())

    def test_they_show_the_keys_in_force(self) -> None:
        assert key_actions()["board.down"].shown == "j ↓"
        assert key_actions({"board.down": "f"})["board.down"].keys == ("f",)

    def test_the_usual_keys_clash_nowhere(self) -> None:
        everything = {name: ",".join(action.keys) for name, action in key_actions().items()}
        usual = {name: keys for name, keys in everything.items() if name not in FIXED}
        assert problems(usual) == []

    def test_characters_have_long_names(self) -> None:
        assert long_names("?, K ,f1") == ("question_mark", "K", "f1")


class TestInTheApp:
    async def test_the_new_key_acts_and_the_old_one_does_not(self, make_app: MakeApp) -> None:
        app = make_app(keys=KEYS)
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await pilot.press("c")
            await pilot.pause()
            assert isinstance(app.screen, BoardScreen)
            await pilot.press("X")
            await until(pilot, lambda: isinstance(app.screen, LogDialog))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, BoardScreen))

    async def test_two_keys_for_one_action(self, make_app: MakeApp) -> None:
        app = make_app(keys=KEYS)
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            screen = app.screen
            assert isinstance(screen, BoardScreen)
            first = screen.here.card_id
            await pilot.press("f")
            second = screen.here.card_id
            await pilot.press("down")
            assert len({first, second, screen.here.card_id}) == 3

    async def test_footer_help_and_palette_show_them(self, make_app: MakeApp) -> None:
        app = make_app(keys=KEYS)
        async with app.run_test(size=(90, 60)) as pilot:
            await ready(pilot)
            footer = lines_of(app)[-1]
            assert " X Contact " in footer
            assert " f1 Help" in footer
            commands = {(c.name, c.key) for c in commands_on(app, app.screen)}
            assert {("Contact", "X"), ("Help", "f1")} <= commands
            await pilot.press("f1")
            await pilot.pause()
            assert isinstance(app.screen, HelpScreen)
            shown = " ".join(screen_text(app).split())
            assert "X Contact: Log a contact" in shown
            assert "f ↓ Down" in shown

    async def test_letters_stay_letters_in_a_text_field(self, make_app: MakeApp) -> None:
        app = make_app(keys=KEYS)
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await type_in(pilot, "%five")
            await pilot.pause()
            assert "five" in screen_text(app)

    async def test_the_theme_is_there_from_the_first_picture(self, make_app: MakeApp) -> None:
        assert make_app().theme == CALM.name
        app = make_app(theme=PAPER.name)
        async with app.run_test(size=(80, 24)) as pilot:
            assert app.theme == PAPER.name
            await ready(pilot)
            assert app.screen.styles.background.hex.lower() == PAPER.background

    async def test_a_text_that_mentions_a_key_follows(self, make_app: MakeApp) -> None:
        app = make_app(keys={"board.add": "f5"})
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            assert key_of(app.screen, "board.add") == "f5"
            assert key_of(app.screen, "board.log") == "c"

    async def test_hints_name_them_too(self, make_app: MakeApp) -> None:
        app = make_app(keys={"dialog.cancel": "f9", "filter.clear": "f8"})
        async with app.run_test(size=(120, 24)) as pilot:
            await ready(pilot)
            await pilot.press("c")
            await until(pilot, lambda: isinstance(app.screen, LogDialog))
            await pilot.pause()
            assert "f9 cancels" in screen_text(app)
            await pilot.press("f9")
            await until(pilot, lambda: isinstance(app.screen, BoardScreen))
            await pilot.press("slash")
            await pilot.pause()
            assert "f8 clears" in screen_text(app)


def dialogs(of: type[Dialog[Any]] = Dialog) -> Iterator[type[Dialog[Any]]]:
    for each in of.__subclasses__():
        yield each
        yield from dialogs(each)


def test_every_key_that_a_hint_mentions_is_the_usual_one() -> None:
    actions = key_actions()
    hints = [HINT, *(dialog.hint for dialog in dialogs())]
    mentioned = {found for hint in hints for found in MENTION.findall(hint)}
    assert ("dialog.cancel", "esc") in mentioned
    for name, key in mentioned:
        assert key in actions[name].shown.split()
    assert not any(" esc " in f" {MENTION.sub('', hint)} " for hint in hints)
