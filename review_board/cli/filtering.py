"""FILTER, --owner and --view on the command line: the same for every command that lists prospects."""

from typing import TYPE_CHECKING, TypeVar

import click

from review_board.board.owners import nobody_called
from review_board.cli.typed_words import as_wrong_usage, one_named
from review_board.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from review_board.board.board import Board
    from review_board.board.filters import Filter
    from review_board.board.index import Entry
    from review_board.board.views import View
    from review_board.cli.context import Invocation

EMPTY = "The pipeline is empty; add a prospect, import a list, or try demo"

F = TypeVar("F", bound="Callable[..., object]")


def filter_arguments(function: F) -> F:
    """Decorate a command with FILTER (``words``) and ``--owner``."""
    click.argument("words", nargs=-1, metavar="[FILTER]")(function)
    click.option("--owner", metavar="NAME", help="Only those of this owner.")(function)
    return function


def view_option(help: str) -> "Callable[[F], F]":
    """Decorate a command with ``--view``; ``help`` says what of a view counts there."""
    return click.option("--view", metavar="NAME", help=help)


def view_named(call: "Invocation", name: str | None) -> "View":
    """Return the view of that name, of which a beginning is enough; without one, everything."""
    from review_board.board.views import EVERYTHING, OLD_NAMES, views_of
    from review_board.cli.ui_settings import refuse_faulty_views
    from review_board.settings.saved_views import slug

    if name is None:
        return EVERYTHING
    refuse_faulty_views(call)
    views = {slug(known.name): known for known in views_of(call.settings)}
    wanted = slug(name)
    wanted = wanted if wanted in views else OLD_NAMES.get(wanted, wanted)
    return views[one_named(list(views), wanted, "view")]


def read_filter(words: tuple[str, ...], currency: str, today: "date | None" = None) -> "Filter":
    """Return the filter that the words make; one that cannot be read is wrong usage."""
    from review_board.board.filter_fields import ANY_DAY
    from review_board.board.filters import parse_filter

    with as_wrong_usage():
        return parse_filter(" ".join(words), currency, today or ANY_DAY)


def filter_of(board: "Board", words: tuple[str, ...], owner: str | None) -> "Filter":
    """Return the filter that the words make; refuse an owner whom nobody knows."""
    from review_board.board.filters import owned_by

    wanted = read_filter(words, board.settings.currency, board.today.day)
    if owner is None:
        return wanted
    with as_wrong_usage():
        mine = owned_by(owner)
    entries = board.index.entries.values()
    if not any(mine.matches(entry, None, board.today) for entry in entries):
        raise nobody_called(owner, {entry.owner for entry in entries})
    return wanted.and_(mine)


def fitting(board: "Board", text: str) -> "list[Entry]":
    """Return the prospects that a filter lets through; what was won only when it asks for that.

    Raises ``RefusedError`` where it lets nobody through.
    """
    wanted = filter_of(board, (text,), None)
    today, look = board.today, board.evaluator.card_summary
    found = [
        entry
        for entry in board.index.entries.values()
        if (wanted.only_won or not entry.won) and wanted.picks(entry, look, today)
    ]
    if not found:
        raise RefusedError("No prospect fits", "see review-board list, which takes the same filter")
    return found
