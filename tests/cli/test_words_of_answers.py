"""The command line speaks as the screens do: no dialect, no codes, and no error where there is none."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.plain_words import CODES, DIALECT, ISO_DAY

READING = [
    *(
        "list",
        "list --column callback",
        "list --won",
        "due",
        "due --days 7",
        "best",
        "quotes --all",
    ),
    *("history", "report", "report --reviews", "changes", "changes --list purged", "stats"),
    *("review --plan", "duplicates", "doctor", "show p-manager-131", "show p-manager-087"),
    *("explain p-manager-131", "explain p-manager-087", "explain p-manager-204"),
]
CHANGING = [
    "log 'p-manager-131 vm'",
    "log 'p-manager-131 talk+ ?budget=proven:\"mail of today\"'",
    "answer p-manager-131 decision said",
    "move p-manager-120 nurture",
    "move p-manager-120 active",
    "keep p-manager-204 --next 'demo mon'",
    "won p-manager-018",
    "move p-manager-018 active",
    "merge p-manager-061 p-manager-249 --dry-run",
    "add Acme --value 24k --next 'demo mon'",
    "edit Acme --close-date eom",
    "undo",
    "redo",
    "history --limit 12",
]
WRONG = [
    "move p-manager-087 nurture",
    "log 'p-manager-131'",
    "log 'p-manager-131 vmm'",
    "log 'p-manager-131 cb'",
    "log 'p-manager-131 vm +Kim:boss'",
    "move p-manager-087 nurture",
    "drop p-manager-072 --reason no-need",
    "keep p-manager-087",
    "keep p-manager-087 --next demo",
    "answer p-manager-131 budget maybe",
    "add Acme --column dropped",
    "move p-manager-131 sold",
    "list --limit 0",
    "list --sort foo",
    "export --for salesforce",
    "export prospects.doc",
    "stats --since 2030-01-01",
]


@pytest.fixture
def demo(shell: Shell) -> Shell:
    """A shell on a copy of the manager's sample."""
    return shell.on(Path(shell.ok("demo", "manager", "--no-open").strip()))


def unplain(text: str) -> list[str]:
    """Return the lines that must be read twice."""
    return [line for line in text.splitlines() if DIALECT.search(line) or CODES.search(line)]


def test_answers_are_plain_words_and_no_errors(demo: Shell) -> None:
    for typed in [*READING, *CHANGING]:
        result = demo.typed(typed)
        assert result.status == 0, (typed, result.err)
        assert unplain(result.out + result.err) == [], typed
        assert not ISO_DAY.search(result.out), typed
        assert "review-board: " not in result.err, typed


def test_refusals_are_plain_words_and_say_what_to_type(demo: Shell) -> None:
    for typed in WRONG:
        result = demo.typed(typed)
        assert result.status in {1, 2}, typed
        assert result.out == ""
        assert result.err.startswith("review-board: ")
        assert unplain(result.err.replace("deferrals", "")) == [], typed
        assert "?;" not in result.err, typed
        assert "' is no " not in result.err, typed


FOREIGN = {"mailing.py"}
"""What columns and notes of files from elsewhere are called."""


def test_an_email_has_one_spelling() -> None:
    root = Path(__file__).parents[2]
    pages = [*root.glob("*.md"), *root.glob("docs/*.*"), *root.glob("review_board/**/*.py")]
    assert len(pages) > 300
    other = re.compile(r"\be-mail", re.IGNORECASE)
    spelled = {page.name for page in pages if other.search(page.read_text("utf-8"))}
    assert spelled <= FOREIGN


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["show", "nobody"], "list"),
        (["undo", "--seq", "99"], "history"),
        (["list", "owner:nobody"], "list"),
        (["contact", "acme", "--phone", "555-0142"], ""),
        (["edit", "acme"], ""),
    ],
)
def test_a_command_that_a_message_names_is_about_the_same_file(
    shell: Shell, words: list[str], named: str
) -> None:
    shell.ok("add", "Acme")
    plain = shell(*words).err
    told = shell("--file", str(shell.path), *words).err
    if not named:
        assert told == plain
        return
    assert f"review-board {named}" in plain
    full = f"review-board --file {shell.path} {named}"
    assert told == plain.replace(f"review-board {named}", full)
    assert shell(*words, "--file", str(shell.path)).err == told
    assert shell.typed(f"{full.removeprefix('review-board ')}").status == 0


def test_a_command_that_an_answer_names_is_about_the_same_file(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers go to stdout; what a person wrote is never altered."""
    for n in range(3):
        shell.ok("add", f"Acme {n}")
        shell.ok("note", f"Acme {n}", "run review-board doctor")
        shell.ok(
            "drop",
            f"Acme {n}",
            "--reason",
            "other",
            "--note",
            "see review-board list",
            "--start-anew",
            "no",
        )
    file = ("--file", str(shell.path))
    full = f"review-board --file {shell.path} "
    told = "".join(shell.ok(*file, "report", "--since", "mon").split())  # its lines are broken
    assert f"{full}undo --seq N".replace(" ", "") in told
    assert "seereview-boardlist" in told
    assert f"{full}edit WHO --solid" in shell.ok(*file, "calibrate")
    assert "run review-board doctor" in shell.ok(*file, "show", "Acme 1")
    (shell.path.parent / f"{shell.path.name}.ledger.jsonl").unlink()
    assert f"{full}doctor" in shell(*file, "history").out


def test_a_note_of_several_lines_is_shown_in_lines(shell: Shell) -> None:
    shell.ok("add", "Acme")
    shell.ok("note", "Acme", "They moved.\nCall Kim.")
    told = shell.ok("show", "Acme").splitlines()
    place = next(n for n, line in enumerate(told) if line.endswith("They moved."))
    assert told[place + 1].strip().startswith("Call Kim.")
    assert told[place + 1].index("Call") == told[place].index("They")
