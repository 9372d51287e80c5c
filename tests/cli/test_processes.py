"""Real processes: exit status, pipes, closed ends, no terminal, what is imported."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "review_board"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    own = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
    given = {"REVIEW_BOARD_FILE": str(tmp_path / "p.json"), "REVIEW_BOARD_TODAY": "2026-11-20"}
    return {**os.environ, **own, **given, "TERM": "xterm-256color", "LC_ALL": "C"}


def start(
    environment: dict[str, str], *arguments: str, **how: object
) -> "subprocess.CompletedProcess[str]":
    given = {"capture_output": True, "stdin": subprocess.DEVNULL, **how}
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*PROGRAM, *arguments], env=environment, text=True, timeout=60, check=False, **given
    )


def test_exit_status(environment: dict[str, str]) -> None:
    assert start(environment, "add", "Müller 株式会社").returncode == 0
    refused = start(environment, "show", "nobody")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1
    assert start(environment, "--nonsense").returncode == 2
    assert "Müller 株式会社" in start(environment, "list").stdout


@pytest.mark.parametrize("arguments", [(), ("review",)])
def test_without_a_terminal_it_ends_at_once(
    environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    ended = start(environment, *arguments)
    assert ended.returncode == 2
    assert "review-board list" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_on_a_dumb_terminal_it_ends_at_once(environment: dict[str, str]) -> None:
    master, slave = pty.openpty()
    try:
        ended = start(
            {**environment, "TERM": "dumb"},
            capture_output=False,
            stdin=slave,
            stdout=slave,
            stderr=subprocess.PIPE,
        )
    finally:
        os.close(master)
        os.close(slave)
    assert ended.returncode == 2
    assert "TERM" in ended.stderr


def shell_line(environment: dict[str, str], line: str) -> "subprocess.CompletedProcess[str]":
    program = f"{sys.executable} -m review_board"
    return subprocess.run(
        ["bash", "-c", line.replace("RB", program)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_reader_that_goes_away_is_no_trouble(environment: dict[str, str]) -> None:
    lines = "\n".join(f'{{"name": "Prospect {n} {"x" * 100}"}}' for n in range(800))
    path = Path(environment["REVIEW_BOARD_FILE"]).with_name("many.json")
    path.write_text(json.dumps([json.loads(line) for line in lines.splitlines()]))
    assert start(environment, "import", str(path), "--yes").returncode == 0
    ended = shell_line(environment, "set -o pipefail; RB list | head -1")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == 1
    assert shell_line(environment, "RB list --json | head -c 5").stderr == ""
    assert shell_line(environment, "RB --help | head -1").stderr == ""


@pytest.mark.parametrize("sink", [">/dev/full", ">&-"])
def test_a_change_that_cannot_be_told_is_a_failure_that_says_so(
    environment: dict[str, str], sink: str
) -> None:
    ended = shell_line(environment, f"RB add Acme {sink}")
    assert ended.returncode == 1
    assert "what was changed is saved" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "Acme" in start(environment, "list").stdout
    assert shell_line(environment, f"RB list {sink}").returncode == 1


def test_every_line_is_acknowledged_before_the_next_is_read(environment: dict[str, str]) -> None:
    start(environment, "add", "Acme")
    with subprocess.Popen(
        [*PROGRAM, "log", "-"],
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        for outcome in ("vm", "na"):
            process.stdin.write(f"acme {outcome}\n")
            process.stdin.flush()
            assert process.stdout.readline().startswith("saved Acme: ")
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_defect_is_one_line_and_a_private_log(
    environment: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "import sys; sys.argv = ['review-board', 'list']\n"
        "from review_board.cli import context\n"
        "def broken(self, runner=None):\n"
        "    secret = 'Acme 40000'\n"
        "    raise KeyError('x')\n"
        "context.Invocation.open_board = broken\n"
        "from review_board.__main__ import main\n"
        "main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr
    (log,) = (tmp_path / "STATE" / "review-board").iterdir()
    assert log.stat().st_mode & 0o777 == 0o600
    assert str(log) in ended.stderr
    assert "KeyError" in log.read_text()


def imported(environment: dict[str, str], *arguments: str) -> set[str]:
    code = (
        f"import sys; sys.argv = ['review-board', *{arguments!r}]\n"
        "from review_board.__main__ import main\n"
        "try:\n    main()\n"
        "finally:\n    print('|'.join(m for m in sys.modules), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    return set(ended.stderr.splitlines()[-1].split("|"))


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (("--version",), {"pydantic", "orjson", "platformdirs", "review_board.board"}),
        (("--help",), {"pydantic", "orjson", "platformdirs"}),
        (("add", "--help"), {"pydantic", "orjson"}),
        (("move", "--help"), {"pydantic", "orjson"}),
        (("add", "Acme"), {"arrow", "tinydb"}),
        (("log", "acme vm"), {"arrow", "tinydb"}),
        (("list",), {"arrow", "tinydb"}),
        (("show", "acme"), {"arrow", "tinydb"}),
        (("explain", "acme"), {"arrow", "tinydb"}),
        (("schema",), {"arrow", "tinydb"}),
    ],
)
def test_a_command_imports_only_what_it_needs(
    environment: dict[str, str], arguments: tuple[str, ...], without: set[str]
) -> None:
    found = imported(environment, *arguments)
    assert "review_board.cli.root" in found
    assert not found & (without | {"textual", "rich"})
