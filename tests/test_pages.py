"""README and docs: short, their links lead somewhere, and what they tell to type works."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from textual.binding import Binding

from docs.import_pages import files_page, sources_page
from review_board.cli.command_table import COMMANDS
from review_board.cli.help import TOPICS
from review_board.cli.root import root
from review_board.settings.setting_names import known_keys
from review_board.tui.board.keys import BOARD_KEYS
from review_board.tui.footer_keys import key_name
from review_board.tui.prospect.screen import ProspectScreen
from review_board.tui.tasks.screen import TasksScreen
from tests.cli.conftest import Shell, shell

__all__ = ["shell"]

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
DEVELOPERS = [ROOT / "CONTRIBUTING.md", ARCHITECTURE, ROOT / "docs" / "adding-a-rule.md"]
PAGES = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
DEALS = "Deal Name,Amount,Deal Stage\nAcme,5000,proposal\n"
FROM_HUBSPOT = "Record ID,Deal Name,Amount,Deal Stage\n77,Quince Hall,5000,proposal\n"
ON_A_SCREEN = {"", "demo", "review", "pair"}
"""Commands that open a screen: only their options are checked."""
MADE_BY_HAND = {"performance.md", "evidence.md"}
"""Pages whose commands read files that are not there."""
NAMES = 30
"""Columns of the drawing of the rooms in which their names stand."""


def blocks(page: Path) -> Iterator[str]:
    """The lines of its code blocks."""
    for block in re.findall(r"^```\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE):
        yield from block.splitlines()


def commands(page: Path) -> list[list[str]]:
    """What it tells to type after ``review-board``."""
    lines = [shlex.split(line, comments=True) for line in blocks(page) if "review-board" in line]
    return [words[1:] for words in lines if words[0] == "review-board"]


def is_form(words: list[str]) -> bool:
    """Whether a line stands for many, with a word such as COPY to put something in for."""
    return any(re.fullmatch(r"\[?[A-Z]+(=[A-Z]+)?\]?", word) for word in words)


def prose(page: Path) -> str:
    """Its sentences, without code blocks, tables, pictures and headings."""
    text = re.sub(r"^```.*?^```$", ".", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^(?:\||#|!\[).*$", ".", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*(?:-|\d+\.) ", ". ", text, flags=re.MULTILINE)
    return re.sub(r"\]\([^)]*\)", "]", text)


class TestForDevelopers:
    @pytest.mark.parametrize("page", DEVELOPERS, ids=lambda page: page.name)
    def test_the_paths_that_they_name_are_there(self, page: Path) -> None:
        paths = re.findall(r"`((?:review_board|tests|docs)/[\w/.-]+)`", page.read_text("utf-8"))
        assert paths
        assert not [path for path in paths if not (ROOT / path).exists()]

    @pytest.mark.parametrize("page", DEVELOPERS, ids=lambda page: page.name)
    def test_the_names_that_they_name_are_in_the_source(self, page: Path) -> None:
        """Such as ``VerdictRecord``, ``SECTIONS`` and ``Board.catch_up``."""
        source = "".join(p.read_text("utf-8") for p in (ROOT / "review_board").rglob("*.py"))
        known = set(re.findall(r"(?:class |def |^)([A-Za-z_]+)", source, re.MULTILINE))
        spans = re.findall(r"`([A-Z]\w+(?:\.\w+)?)`", page.read_text("utf-8"))
        named = {name for span in spans for name in span.split(".")} - {"Decimal", "Binding"}
        assert named
        assert not named - known - {"BINDINGS"}

    def test_the_drawing_shows_the_floors_of_the_import_rules(self) -> None:
        rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
        rooms = {init.parent.name for init in (ROOT / "review_board").glob("*/__init__.py")}
        drawn = [rooms & set(line[:NAMES].split()) for line in blocks(ARCHITECTURE)]
        floors = [rooms & set(floor.split(" | ")) for floor in rules["contracts"][0]["layers"]]
        assert [floor for floor in drawn if floor] == [floor for floor in floors if floor]


class TestSources:
    def test_the_page_says_what_becomes_of_each_column_today(self) -> None:
        """``python -m docs.import_pages`` makes it."""
        assert (ROOT / "docs" / "import.md").read_text("utf-8") == sources_page()

    def test_the_table_of_files_names_no_place_of_a_machine(self, tmp_path: Path) -> None:
        (tmp_path / "crm").mkdir()
        (tmp_path / "crm" / "a.csv").write_text(DEALS)
        (tmp_path / "crm" / "b|.csv").write_text("")
        made = files_page(tmp_path)
        assert "| crm/a.csv | 1 Active | taken as a list of deals |" in made
        assert "| refused | it is empty; export the list again |" in made
        assert str(tmp_path) not in made


class TestReadme:
    def test_it_is_short(self) -> None:
        assert len(README.read_text("utf-8").splitlines()) <= 110

    def test_so_are_its_sentences(self) -> None:
        sentences = re.split(r"[.!?:;](?=\s)", prose(README))
        assert not [s for s in sentences if len(s.split()) >= 25]

    def test_the_pages_of_its_table_are_those_of_help(self) -> None:
        rows = [r for r in README.read_text("utf-8").splitlines() if r.startswith("| [")]
        named = [name for row in rows for name in re.findall(r"\[([\w-]+)\]\(docs/", row)]
        assert sorted(named) == sorted(TOPICS)

    def test_it_leads_to_every_page(self) -> None:
        text = README.read_text("utf-8")
        paths = [page.relative_to(ROOT) for page in PAGES[1:]]
        assert not [path for path in paths if f"({path})" not in text]


ONLY_ON_A_SCREEN = {
    *("help", "back", "quit", "clear", "detail", "read", "pane", "turn", "turn_back"),
    *("down", "up", "first", "last", "top", "end", "go_left", "go_right"),
    *("page_down", "page_up", "pagedown", "pageup"),
    *("active", "callback", "nurture", "dropped"),
}
"""What keys of the board, the lists and the page do that only moves or shows."""


def test_what_a_key_does_is_a_command_too() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    part = page.split("## What a key does, as a command")[1].split("\n## ")[0]
    rows = [line.split(" | ") for line in part.splitlines() if line.startswith("| `")]
    told = {key for row in rows for key in re.findall(r"`(.+?)`", row[0])}
    keys = {
        binding.id.split(".")[1]: key_name(binding.key.split(",")[0])
        for binding in (*BOARD_KEYS, *TasksScreen.BINDINGS, *ProspectScreen.BINDINGS)
        if isinstance(binding, Binding) and binding.id
    }
    untold = {name for name, key in keys.items() if key not in told} - ONLY_ON_A_SCREEN
    assert not untold - {"callback", "due", "best", "quotes"}
    named = [words.split() for row in rows for words in re.findall(r"`(.+?)`", row[2])]
    assert not {words[0] for words in named if words[0][0] != "-"} - COMMANDS.keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_settings_that_it_names_exist(page: Path) -> None:
    """As ``section.name`` in the text, by the last part in the table of the evidence."""
    text = page.read_text("utf-8")
    named = set(re.findall(r"`([a-z]+\.[a-z_]+)`", text))
    known = known_keys()
    sections = {key.partition(".")[0] for key in known}
    assert not [n for n in named if n.partition(".")[0] in sections and n not in known]
    if page.name == "evidence.md":
        rows = re.findall(r"^\| `([a-z_]+)` \d", text, re.MULTILINE)
        assert rows
        assert not [row for row in rows if f"thresholds.{row}" not in known]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_it_tells_to_type_exists(page: Path) -> None:
    for words in commands(page):
        name = words[0] if words and not words[0].startswith("-") else ""
        found = root.get_command(click.Context(root), name) if name else root
        assert found is not None, words
        found.make_parser(click.Context(found, **found.context_settings)).parse_args(
            words[bool(name) :]
        )


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.name not in MADE_BY_HAND], ids=lambda page: page.name
)
def test_what_it_tells_to_type_works(
    shell: Shell, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of the page, on the pipeline of the demo with the names that the pages use."""
    monkeypatch.chdir(tmp_path)
    Path("deals.csv").write_text(DEALS)
    sample = shell.ok("demo", "rep", "--no-open", "--today", "2026-11-20").strip()
    monkeypatch.setenv("REVIEW_BOARD_FILE", sample)
    Path("book.csv").write_text(FROM_HUBSPOT)
    shell.ok("import", "book.csv", "--yes")
    shell.ok("edit", "Old Harbor Inn", "--name", "Old Haven Inn")
    Path("crm.csv").write_text("Record ID,Deal Name,Deal Stage\n77,Quill,proposal\n")
    shell.ok("import", "crm.csv", "--yes")
    for name in ("Northgate", "Lakeside"):
        shell.ok("add", name)
    if ["add", "Harbor Auto Glass", "--value", "24k"] not in commands(page):
        shell.ok("add", "Harbor Auto Glass")
    for words in commands(page):
        name = words[0] if words else ""
        if name in COMMANDS and name not in ON_A_SCREEN and not is_form(words):
            agreed = ["--yes"] if name in {"import", "forget"} and "--dry-run" not in words else []
            assert shell(*words, *agreed).status == 0, words
