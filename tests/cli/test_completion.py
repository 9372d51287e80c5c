"""Completion of commands and options in the shell."""

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from review_board.cli.root import root
from tests.cli.conftest import Shell

PLACES = {
    "bash": ".local/share/bash-completion/completions/{}",
    "zsh": ".zfunc/_{}",
    "fish": ".config/fish/completions/{}.fish",
}


@pytest.fixture(autouse=True)
def home(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    return tmp_path


@pytest.mark.parametrize("name", PLACES)
def test_both_names_are_completed_from_where_the_shell_looks(
    shell: Shell, home: Path, name: str
) -> None:
    shell.ok(f"--install-completion={name}")
    for program in ("review-board", "rb"):
        script = (home / PLACES[name].format(program)).read_text()
        assert "_REVIEW_BOARD_COMPLETE" in script
        assert program in script


def test_the_pages_of_the_manual_are_offered() -> None:
    shell = ShellComplete(root, {}, "review-board", "_REVIEW_BOARD_COMPLETE")
    offered = shell.get_completions(["help"], "fi")
    assert [item.value for item in offered] == ["filters", "files"]


def test_the_shell_in_use_is_taken(shell: Shell) -> None:
    assert "review-board.fish" in shell.ok("--install-completion")


def test_a_shell_that_is_not_known_is_refused(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "write --install-completion=bash|zsh|fish" in shell.fails(
        "--install-completion=tcsh", status=2
    )
    monkeypatch.delenv("SHELL")
    assert "does not say which" in shell.fails("--install-completion", status=2)


def test_what_cannot_be_written_is_told(shell: Shell, home: Path) -> None:
    (home / ".zfunc").write_text("in the way")
    assert "cannot be written" in shell.fails("--install-completion=zsh")
