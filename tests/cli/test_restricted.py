"""``--restricted``: a client opens the board and nothing else, and what it says of itself is not believed."""

import os
from pathlib import Path
from typing import Any

import pytest

from review_board.cli import screens
from review_board.cli.command_table import COMMANDS
from review_board.cli.context import Invocation
from review_board.cli.restricted import clean, command_for
from review_board.cli.root import root
from review_board.errors import RefusedError
from tests.cli.conftest import Shell

Opened = list[tuple[Invocation, dict[str, Any]]]
KEY_LINE = ("--restricted", "--as", "ann")


@pytest.fixture
def opened(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What was opened instead of a screen; the environment that is cleaned is a copy."""
    found: Opened = []

    def launch(call: Invocation, **parts: Any) -> int:
        found.append((call, parts))
        return 0

    monkeypatch.setattr(screens, "_launch", launch)
    monkeypatch.setattr(screens, "need_terminal", lambda _: None)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return found


def ask(command: str) -> None:
    os.environ["SSH_ORIGINAL_COMMAND"] = command


@pytest.mark.parametrize(
    ("asked", "is_review"),
    [("", False), ("board", False), ("review-board", False), ("review", True), ("review-board review", True)],
)  # fmt: skip
def test_the_client_chooses_among_a_few(
    shell: Shell, opened: Opened, asked: str, is_review: bool
) -> None:
    ask(asked)
    result = shell(*KEY_LINE, "--file", str(shell.path))
    assert (result.status, result.err) == (0, "")
    call, parts = opened[0]
    assert ("first" in parts) == is_review
    assert (call.by, call.path) == ("ann", shell.path)
    assert call.identity.by_key
    assert call.rights.is_restricted


@pytest.mark.parametrize(
    "asked",
    [
        "sh", "/bin/sh -i", "scp -t .", "/usr/lib/openssh/sftp-server", "internal-sftp", "pair",
        "pair join --as raj", "review; sh", "review --file /etc/passwd", "export", "'", "review\nsh",
        "--help", "review-board --as raj", "list", "\x1b]0;x\x07", "rsync --server",
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_word(shell: Shell, opened: Opened, asked: str) -> None:
    ask(asked)
    said = shell.fails(*KEY_LINE)
    assert "This key opens review_board and nothing else; ask for board, review, pair join" in said
    assert opened == []


def test_what_the_client_asks_for_counts_in_no_other_login(shell: Shell, opened: Opened) -> None:
    ask("sh")
    shell.ok("--as", "ann")
    call, _ = opened[0]
    assert not call.identity.by_key
    assert not call.rights.is_restricted


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in {"review", "pair"}])
def test_the_line_of_a_key_names_none_of_the_other_commands(
    shell: Shell, opened: Opened, command: str
) -> None:
    assert f"There is no '{command}' in a restricted login" in shell.fails(*KEY_LINE, command)


def test_a_pair_review_is_asked_for_by_two_words() -> None:
    assert command_for("pair join") == command_for("review-board pair join") == ("pair", "join")
    assert command_for("pair start") == ("pair", "start")
    with pytest.raises(RefusedError):
        command_for("pair join; sh")


def test_the_environment_says_nothing_but_who_and_which_terminal() -> None:
    environ = {
        "HOME": "/home/rb", "USER": "rb", "LOGNAME": "rb", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8", "EDITOR": "sh", "VISUAL": "sh", "PAGER": "sh", "BROWSER": "sh", "LESS": "-X",
        "REVIEW_BOARD_FILE": "/etc/x", "REVIEW_BOARD_CONFIG": "/tmp/c", "XDG_CONFIG_HOME": "/tmp", "TZ": ":/tmp/x",
        "PYTHONPATH": "/tmp", "TEXTUAL_DRIVER": "os:system", "SSH_ORIGINAL_COMMAND": "sh", "PATH": "/tmp",
        "_REVIEW_BOARD_COMPLETE": "bash_complete", "LD_PRELOAD": "/tmp/x.so", "SHELL": "/bin/sh",
    }  # fmt: skip
    clean(environ)
    assert set(environ) == {"HOME", "USER", "LOGNAME", "TERM", "LC_ALL", "LANG", "PATH"}
    assert "/tmp" not in environ["PATH"]
    odd = {
        "TERM": "../../x",
        "LANGUAGE": "../../../tmp/x",
        "LC_MESSAGES": "/tmp/x",
        "LC_FILE": "x/y",
    }
    clean(odd)
    assert set(odd) == {"PATH"}


def test_settings_of_the_client_do_not_count_but_those_of_the_line_do(
    shell: Shell, opened: Opened
) -> None:
    os.environ["REVIEW_BOARD_RESTRICTED_FOLDER"] = "/"
    config = shell.path.with_name("config.toml")
    config.write_text('[restricted]\nfolder = "/srv/lists"\n', encoding="utf-8")
    shell.ok(*KEY_LINE, "--config", str(config))
    call, _ = opened[0]
    assert call.rights.folder == Path("/srv/lists")
    assert call.path != shell.path  # $REVIEW_BOARD_FILE names that


def test_the_help_names_the_option() -> None:
    assert any("--restricted" in option.opts for option in root.params)
