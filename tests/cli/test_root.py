"""The group: every command is there, explained, and imports nothing before it is called."""

import pytest

from review_board.cli import opening, screens
from review_board.cli.command_table import COMMANDS
from review_board.cli.context import Invocation
from tests.cli.conftest import Shell


def test_help_names_every_command(shell: Shell) -> None:
    out = shell.ok("--help")
    assert all(f"\n  {name} " in out for name in COMMANDS)
    assert out == shell.ok("-h")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(shell: Shell, name: str) -> None:
    out = shell.ok(name, "--help")
    assert out.startswith(f"Usage: review-board {name}")
    assert "--file" in out


def test_version(shell: Shell) -> None:
    assert shell.ok("--version").startswith("review-board 0.")


def test_demo(shell: Shell) -> None:
    listed = shell.ok("demo", "--list").splitlines()
    assert [line.split()[0] for line in listed] == ["manager", "rep", "scenarios"]
    assert "60 prospects of one salesperson" in listed[1]
    path = shell.ok("demo", "scenarios", "--no-open").strip()
    assert shell("list", "--json", "--file", path).json["count"] >= 12
    assert "choose from" in shell.fails("demo", "nothing", "--no-open", status=2)


@pytest.mark.parametrize("arguments", [[], ["review"], ["demo"], ["review", "--all"]])
def test_no_screen_without_a_terminal(shell: Shell, arguments: list[str]) -> None:
    assert "terminal" in shell.fails(*arguments, status=2)


def test_the_copy_of_a_demo_is_nobodys_change_and_stays(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched: list[Invocation] = []

    def launch(call: Invocation) -> int:
        launched.append(call)
        return 0

    monkeypatch.setattr(opening, "need_terminal", lambda _: None)
    monkeypatch.setattr(screens, "need_terminal", lambda _: None)
    monkeypatch.setattr(screens, "_launch", launch)
    out = shell.ok("demo", "scenarios")
    assert launched[0].is_demo, "a demo leaves the settings file alone"
    path = out.split()[4].rstrip(";")
    assert out == f"this copy stays at {path}; review-board --file {path} opens it again\n"
    changes = shell("history", "--json", "--file", path).json["changes"]
    assert {change["by"] for change in changes} == {"review-board"}
    assert shell("undo", "--file", path).status == 1
