"""``help``: the manual, a page at a time."""

import difflib
import shutil
from collections.abc import Iterator
from pathlib import Path

import click

import review_board
from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation
from review_board.cli.terminal import table, width_of_stdout
from review_board.errors import UsageError

TOPICS = (
    *("board", "review", "after-call", "filters", "commands", "rules", "pair-review"),
    *("changes", "learning", "settings", "keys", "files", "import", "import-files"),
    *("data", "evidence"),
)
"""The pages, in the order in which one would read them."""
_PACKAGE = Path(review_board.__file__).parent


def page(topic: str) -> str:
    """Return the Markdown of a page."""
    return (_folder() / f"{topic}.md").read_text("utf-8")


def _folder() -> Path:
    """Return the folder of the pages: inside the package in a wheel, beside it in a checkout."""
    packed = _PACKAGE / "docs"
    return packed if packed.is_dir() else _PACKAGE.parent / "docs"


WIDEST = 100
"""Cells of a line of text; longer ones are hard to read."""
UNKNOWN_WIDTH = 80
"""Cells of a line for a file or a pipe."""
NAMED = 5
"""Pages that an error names at most."""


def _pages_begun(_: click.Context, __: click.Parameter, word: str) -> list[str]:
    """Return what a shell offers after ``help``."""
    return [topic for topic in TOPICS if topic.startswith(word)]


@command("help")
@click.argument("topic", required=False, nargs=-1, shell_complete=_pages_begun)
@pass_invocation
def help_(call: Invocation, topic: tuple[str, ...]) -> None:
    """Show a page of the manual, or list the pages; TOPIC may be a command as well.

    A page that is longer than the terminal is shown by $PAGER (else less).
    """
    from review_board.cli.command_table import COMMANDS

    wanted = "-".join(topic).strip().casefold().replace(" ", "-").replace("_", "-")
    if not wanted:
        call.out.lines(*_list_of_pages())
    elif found := _begun(wanted, TOPICS):
        _show(call, list(_page(found)))
    elif wanted in COMMANDS:
        _show(call, _options_of(wanted))
    else:
        raise UsageError(f"There is no page {wanted[:40]!r}", _cure(wanted))


def _begun(word: str, names: tuple[str, ...]) -> str | None:
    """Return the name that is meant: whole, or by a beginning that no other has."""
    if word in names:
        return word
    begun = [name for name in names if name.startswith(word)]
    return begun[0] if len(begun) == 1 else None


def _width() -> int:
    return min(width_of_stdout() or UNKNOWN_WIDTH, WIDEST)


def _list_of_pages() -> Iterator[str]:
    from review_board.cli.manual_pages import read_page, summary

    rows = [(f"  {topic}", summary(read_page(page(topic)))) for topic in TOPICS]
    yield "Pages of the manual:"
    yield from table(rows, (14,), width=_width())
    yield ""
    yield "`review-board help review` shows a page, also of a command: `help list`."


def _page(topic: str) -> Iterator[str]:
    from review_board.cli.command_table import COMMANDS
    from review_board.cli.manual_pages import plain_lines, read_page

    yield from plain_lines(read_page(page(topic)), _width())
    if topic in COMMANDS:
        yield from ("", f"`review-board {topic} --help` lists the options of the command.")


def _options_of(name: str) -> list[str]:
    """Return what ``review-board NAME --help`` says."""
    from review_board.cli.root import root

    group = click.Context(root, info_name="review-board")
    found = root.get_command(group, name)
    assert found is not None
    ctx = click.Context(found, info_name=name, parent=group, **found.context_settings)
    return found.get_help(ctx).splitlines()


def _cure(word: str) -> str:
    """Return what to type instead: names like it, else the pages that speak of it, else all."""
    from review_board.cli.command_table import COMMANDS

    names = dict.fromkeys((*TOPICS, *COMMANDS))
    begun = [name for name in names if name.startswith(word)]
    if near := begun or difflib.get_close_matches(word, names, n=2):
        return f"did you mean {' or '.join(near)}?"
    text = word.replace("-", " ")
    speak = [topic for topic in TOPICS if text in page(topic).casefold()][:NAMED]
    if speak:
        return f"the word stands in {', '.join(speak)}"
    return f"choose from {', '.join(TOPICS)}"


def _show(call: Invocation, lines: list[str]) -> None:
    """Print the lines; through a pager when the terminal is too low for all of them."""
    if width_of_stdout() is None or len(lines) < shutil.get_terminal_size().lines:
        call.out.lines(*lines)
    else:
        click.echo_via_pager(f"{line}\n" for line in lines)
