"""Real processes: exit status, pipes, closed ends, no terminal, what is imported."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

PROGRAM = [sys.executable, "-m", "review_board"]


@pytest.fixture
def environment(shell: Shell) -> dict[str, str]:
    """That of the shell without processes: what need not be a process is done there."""
    return {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C"}


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


def test_a_reader_that_goes_away_is_no_trouble(environment: dict[str, str], shell: Shell) -> None:
    path = shell.path.with_name("many.json")
    path.write_text(json.dumps([{"name": f"Prospect {n} {'x' * 100}"} for n in range(800)]))
    shell.ok("import", str(path), "--yes")
    ended = shell_line(environment, "set -o pipefail; RB list | head -1")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == 1
    assert shell_line(environment, "RB list --json | head -c 5").stderr == ""
    assert shell_line(environment, "RB --help | head -1").stderr == ""


@pytest.mark.parametrize("sink", [">/dev/full", ">&-"])
def test_a_change_that_cannot_be_told_is_a_failure_that_says_so(
    environment: dict[str, str], shell: Shell, sink: str
) -> None:
    ended = shell_line(environment, f"RB add Acme {sink}")
    assert ended.returncode == 1
    assert "what was changed is saved" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "Acme" in shell.ok("list")
    assert shell_line(environment, f"RB list {sink}").returncode == 1


def test_every_line_is_acknowledged_before_the_next_is_read(
    environment: dict[str, str], shell: Shell
) -> None:
    shell.ok("add", "Acme")
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
    (log,) = (tmp_path / "state" / "review-board").iterdir()
    assert log.stat().st_mode & 0o777 == 0o600
    assert str(log) in ended.stderr
    assert "KeyError" in log.read_text()


WITHOUT: list[tuple[tuple[str, ...], set[str]]] = [
    (("--version",), {"pydantic", "orjson", "platformdirs", "review_board.board"}),
    (("--help",), {"pydantic", "orjson", "platformdirs"}),
    (("add", "--help"), {"pydantic", "orjson"}),
    (("move", "--help"), {"pydantic", "orjson"}),
    (("add", "Acme"), {"arrow", "tinydb"}),
    (("log", "acme vm"), {"arrow", "tinydb", "msgspec", "icalendar"}),
    (("list",), {"arrow", "tinydb", "msgspec", "icalendar"}),
    (("show", "acme"), {"tinydb"}),
    (("explain", "acme"), {"arrow", "tinydb"}),
    (("schema",), {"arrow", "tinydb"}),
]
ONE_AFTER_ANOTHER = """
import json
import os
import sys
from review_board.__main__ import main

os._exit = sys.exit
found = []
for arguments in json.loads(sys.stdin.read()):
    sys.argv = ["review-board", *arguments]
    print("\\0", end="")
    try:
        main()
    except SystemExit as end:
        found.append([end.code, *sys.modules])
print(json.dumps(found), file=sys.stderr)
"""


def one_after_another(
    environment: dict[str, str], commands: list[tuple[str, ...]]
) -> list[tuple[int, str, list[str]]]:
    """Run commands in one process; of each its status, what it told and what is loaded after it."""
    ended = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_ANOTHER],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=json.dumps(commands),
        timeout=60,
        check=True,
    )
    told = ended.stdout.split("\0")[1:]
    found = json.loads(ended.stderr.splitlines()[-1])
    return [(code, out, modules) for out, (code, *modules) in zip(told, found, strict=True)]


def test_a_command_imports_only_what_it_needs(environment: dict[str, str]) -> None:
    """What is there after a command was needed by none so far."""
    found = one_after_another(environment, [arguments for arguments, _ in WITHOUT])
    for (arguments, without), (status, _, modules) in zip(WITHOUT, found, strict=True):
        assert status == 0, arguments
        assert "review_board.cli.root" in modules
        assert not {*modules} & (without | {"textual", "rich"}), arguments


FIRST_CARDS = """
import os
import sys
from review_board.__main__ import main
from review_board.cli import screens
from review_board.tui import app, launch

os._exit = sys.exit
sys.argv = ["review-board"]
screens.need_terminal = lambda instead: None
launch.launch = lambda app, *_: app.run(headless=True)
app.ReviewBoardApp._judge = lambda self, board, view: self.exit(self._board_screen.here.count)
try:
    main()
except SystemExit as end:
    print(end.code, *sys.modules, file=sys.stderr)
"""
HEAVY = {
    *("pydantic", "pydantic_core", "click", "tinydb", "arrow", "msgspec", "importlib.metadata"),
    *(
        "tomllib",
        "icalendar",
        "review_board.exchange",
        "review_board.settings.tree",
        "review_board.judgement.evidence",
        "review_board.pipeline.typed_amounts",
    ),
}


def test_the_first_cards_need_no_model_and_no_settings(environment: dict[str, str]) -> None:
    subprocess.run([*PROGRAM, "add", "Acme"], env=environment, check=True, capture_output=True)
    ended = subprocess.run(
        [sys.executable, "-c", FIRST_CARDS],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    shown, *modules = ended.stderr.splitlines()[-1].split()
    assert shown == "1"
    assert "review_board.tui.board.view" in modules
    assert not HEAVY & {*modules}


AHEAD = {
    "review_board.tui.dialogs.fields",
    "review_board.tui.dialogs.note",
    "review_board.tui.imports.open_import",
    "review_board.tui.tasks.screen",
}
"""What the keys a, n, I and d of the board open."""


def test_what_keys_open_is_loaded_before_they_are_pressed(environment: dict[str, str]) -> None:
    loading = "import sys, review_board.tui.app as app; app._load_dialogs(); print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", loading],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert not AHEAD - {*ended.stdout.split()}


def test_a_shell_that_asks_for_completions_gives_no_arguments(environment: dict[str, str]) -> None:
    asked = {"_REVIEW_BOARD_COMPLETE": "bash_complete", "COMP_WORDS": "rb li", "COMP_CWORD": "1"}
    assert start({**environment, **asked}).stdout == "plain,list\n"


def test_without_a_locale_currencies_and_arrows_are_told_in_ascii(
    environment: dict[str, str],
) -> None:
    plain = {**environment, "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}
    added = start(plain, "add", "Euro Ltd", "--owner", "Jürgen", "--value", "€1.234,56")
    assert "(EUR 1,234.56)" in added.stdout
    start(plain, "log", "euro", "vm")
    lines = ("list", "show euro", "explain euro", "history", "best", "due", "--help")
    commands = [tuple(line.split()) for line in lines]
    told, usual = (one_after_another(where, commands) for where in (plain, environment))
    for line, (status, out, _), (_, as_usual, _) in zip(lines, told, usual, strict=True):
        assert status == 0, line
        assert out.count("?") == as_usual.count("?"), line
    assert "EUR 1.23k" in told[0][1]
    assert "-> voicemail left" in told[1][1]
    assert "Jürgen" in usual[0][1]
