"""Output: literal, one line, aligned; safe whatever is stored, typed or named."""

import io
import json
import sys

import pytest

from review_board.cli.output import printable, tell
from review_board.pipeline.text import clean
from review_board.textlayout import cells
from tests.cli.conftest import Shell

HOSTILE = [
    "[@click=app.quit]Acme[/]",
    "Acme [/foo] AG",
    "[bold",
    "a\x1b]52;c;ZXZpbA==\x07b",
    "a\x1b[2Jb",
    "a\x9b31mb",
    "a\u202eb",
    "a\u200bb",
    "a\u2028b",
    "a\nb\tc",
    "a\ud800b",
    "e" + "\u0301" * 500,
    "👨‍👩‍👧‍👦 Family",
    "株式会社テスト",
    "شركة الاختبار",
    "W" * 10_000,
    "=1+1",
    "../../x",
    "a;b|c,d",
    "'\"`$(id)",
    "%s %n {0}",
    "\N{LATIN SMALL LETTER E WITH ACUTE}",
]


def is_safe(text: str) -> bool:
    return all(c.isprintable() or c in "\n\u200d" for c in text)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_literally_on_one_line(shell: Shell, name: str) -> None:
    shell.ok("add", "--tag", name, "--company", name, "--as", name, "--", name)
    shown = clean(name)
    prospect = shell("list", "--json").json["prospects"][0]
    assert prospect["name"] == prospect["company"] == prospect["owner"] == shown
    own = prospect["id"]
    for command in (
        ["list"],
        ["list", "--json"],
        ["show", own],
        ["show", own, "--json"],
        ["explain", own],
        ["explain", own, "--json"],
        ["log", f"{own} vm"],
        ["history"],
        ["history", own, "--json"],
        ["export", "--json"],
        ["edit", own, "--tag", name + "2"],
        ["undo", "--as", name],
    ):
        result = shell(*command)
        assert is_safe(result.out + result.err), command
    assert len(shell.ok("list").splitlines()) == 1
    assert len(shell.ok("explain", own).splitlines()[0]) <= 200


@pytest.mark.parametrize("text", HOSTILE)
def test_messages_are_safe(shell: Shell, text: str) -> None:
    for command in (
        ["show", "--", text],
        ["log", text],
        ["log", f"x vm {text}"],
        ["move", "x", "--", text],
        ["--today", text, "list"],
        ["--config", text[:200], "list"],
        ["import", "--", text[:200]],
        [text],
    ):
        result = shell(*command)
        assert is_safe(result.out + result.err), command
        assert "Traceback" not in result.err
        assert result.status in {1, 2}


def test_hand_made_names_are_safe_too(shell: Shell) -> None:
    shell.ok("add", "Acme")
    document = json.loads(shell.path.read_text())
    document["prospects"]["1"] |= {"name": "x\x1b[2J\x9b", "own\x1b": "\x9b31m", "owner": "\u202e"}
    shell.path.write_text(json.dumps(document))
    for command in (["list"], ["show", "x"], ["show", "x", "--json"], ["export", "--json"]):
        assert is_safe(shell.ok(*command))
    assert shell.document("x")["own\x1b"] == "\x9b31m"


def test_columns_line_up_whatever_the_script(shell: Shell) -> None:
    for name in ("Acme", "株式会社テスト", "Müller", "e\u0301" * 8, "W" * 300):
        shell.ok("add", name, "--as", "ann")
    places = {cells(line[: line.index("Active")]) for line in shell.ok("list").splitlines()}
    assert len(places) == 1


def test_printable() -> None:
    assert printable("a\x00\u2028b\u200dc") == "a\N{REPLACEMENT CHARACTER} b\u200dc"


def test_a_long_line_breaks_between_words_on_a_terminal_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "30")
    screen, pipe = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    path = "/a/path/that/is/longer/than/any/line.json"
    tell(f"review-board: the owner of Primary Contact is not known in {path}")
    assert screen.getvalue().splitlines() == [
        "review-board: the owner of",
        "  Primary Contact is not known",
        "  in",
        f"  {path}",
    ]
    monkeypatch.setattr(sys, "stderr", pipe)
    tell("word " * 20)
    assert pipe.getvalue().count("\n") == 1
