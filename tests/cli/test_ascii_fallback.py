"""Signs on a stream that cannot write them: told in other characters, never as a question mark."""

import ast
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import review_board
from review_board.cli.ascii_fallback import IN_LINES, ON_SCREENS
from review_board.cli.run import run
from review_board.cli.terminal import table
from review_board.pipeline.money import SYMBOLS
from tests.cli.conftest import Shell

SOURCES = Path(review_board.__file__).parent
NOT_PRINTED = {"tui/textfit.py", "tui/short_codes.py", "pipeline/text.py"}
"""Their signs are ranges of characters, to be told apart or taken out."""


def written(text: str, encoding: str = "ascii", how: str = IN_LINES) -> str:
    return text.encode(encoding, how).decode(encoding)


def signs_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (c for c in node.value if not (c.isascii() or c.isalnum() or c.isspace()))


def printed_signs() -> set[str]:
    invisible = {"\u200d", "\N{REPLACEMENT CHARACTER}"}
    paths = [p for p in SOURCES.rglob("*.py") if str(p.relative_to(SOURCES)) not in NOT_PRINTED]
    found = {sign for path in paths for sign in signs_in(path)}
    return {sign for sign in found if sign.isprintable()} - invisible


def test_every_sign_that_we_print_has_its_replacement() -> None:
    lost = {sign for sign in printed_signs() if "?" in written(sign)}
    assert lost == set()


def test_on_screens_every_sign_stays_as_wide_as_it_is() -> None:
    wide = {sign for sign in printed_signs() if len(written(sign, how=ON_SCREENS)) != 1}
    assert wide == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("€1.23k", "EUR 1.23k"),
        ("KEEP → Active fresh-lead (0 d ≤ 14)", "KEEP -> Active fresh-lead (0 d <= 14)"),
        ("voicemail left · “left word”", 'voicemail left - "left word"'),
        ("Müller & Søn 株", "Muller & S?n ?"),
    ],
)
def test_in_ascii(text: str, shown: str) -> None:
    assert written(text) == shown


def test_what_the_encoding_can_write_stays() -> None:
    assert written("€5 → Müller · ok", "cp1252") == "€5 -> Müller · ok"
    assert written("£5 €5", "latin-1") == "£5 EUR 5"


def test_every_currency_sign_is_told_by_its_code() -> None:
    for sign, code in SYMBOLS.items():
        assert written(f"{sign}5") in {f"{code} 5", "$5"}


@contextmanager
def in_ascii() -> Iterator[io.BytesIO]:
    """Stdout as it is without a locale, and what was written to it."""
    data = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(data, "ascii", errors=IN_LINES))
        yield data


def test_columns_still_line_up() -> None:
    rows = [("€1.23k", "a"), ("$9", "b"), ("a name that is far too long", "c")]
    with in_ascii():
        lines = [written(line) for line in table(rows, (12,))]
    assert lines == ["EUR 1.23k     a", "$9            b", "a name th...  c"]


@pytest.mark.parametrize("command", ["list --json", "export --json", "show 株 --json"])
def test_json_is_whole_in_any_locale(shell: Shell, command: str) -> None:
    """A question mark in an export is a name lost."""
    shell.ok("add", "Müller → 株式会社", "--value", "€5")
    with in_ascii() as data:
        assert run(command.split()) == 0
        sys.stdout.flush()
        told = json.loads(data.getvalue().decode("utf-8"))
    assert told == json.loads(shell.ok(*command.split()))
