"""Theme and keys are known before the first picture; other settings are not waited for."""

import sys
from pathlib import Path

import pytest

from review_board.cli.context import Invocation
from review_board.cli.ui_settings import ui_settings_of
from review_board.errors import SettingsError
from review_board.judgement.rules import RULES
from review_board.settings.descriptions import starter_file
from tests.cli.conftest import Shell


@pytest.fixture
def call(tmp_path: Path, shell: Shell) -> Invocation:
    made = Invocation()
    made.settings_file = str(tmp_path / "rb.toml")
    return made


def write(call: Invocation, text: str) -> None:
    call.settings_path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["", "currency = 'EUR'\n", "a = 1\n", starter_file(RULES)],
    ids=["empty", "currency", "faulty", "starter"],
)
def test_settings_without_a_look_are_not_read_yet(call: Invocation, text: str) -> None:
    write(call, text)
    assert ui_settings_of(call) == {}
    assert "reading" not in vars(call)


def test_theme_and_keys(call: Invocation) -> None:
    write(call, "theme = 'paper'\n[keys]\nboard.log = '?, X'\nboard.help = 'f1'\n")
    keys = {"board.log": "question_mark,X", "board.help": "f1"}
    assert ui_settings_of(call) == {"theme": "paper", "density": "normal", "keys": keys}


def test_a_density_alone(call: Invocation) -> None:
    write(call, "density = 'compact'\n")
    assert ui_settings_of(call) == {"theme": "calm", "density": "compact", "keys": {}}


def test_a_theme_alone_looks_at_no_screen(
    call: Invocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "review_board.tui.key_remapping", raising=False)
    monkeypatch.setenv("REVIEW_BOARD_THEME", "paper")
    write(call, "")
    assert ui_settings_of(call) == {"theme": "paper", "density": "normal", "keys": {}}
    assert "review_board.tui.key_remapping" not in sys.modules


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[keys]\nboard.log = 'a'\n", "rb.toml, line 2: keys.board.log: a is also the key"),
        ("theme = 'plaid'\n", "rb.toml, line 1: theme: must be one of"),
        ("theme = \n", "rb.toml, line 1: invalid value"),
        ("[" * 5000, "rb.toml"),
        ("theme = 'paper'\n\n[rules]\nhostil = false\n", "line 4: unknown setting"),
    ],
)
def test_what_cannot_work_is_told_on_the_plain_terminal(
    call: Invocation, text: str, words: str
) -> None:
    write(call, text)
    with pytest.raises(SettingsError) as refused:
        ui_settings_of(call)
    assert words in str(refused.value)


def test_a_named_file_must_be_there(call: Invocation) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        ui_settings_of(call)
