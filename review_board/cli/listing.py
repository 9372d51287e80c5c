"""``list``: the prospects, column by column, the most valuable first unless told otherwise."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.context import Invocation
from review_board.cli.filtering import EMPTY, filter_arguments, filter_of, view_named, view_option
from review_board.cli.options import as_json_option, command, pass_invocation, whole_number
from review_board.cli.terminal import table, width_of_stdout
from review_board.cli.typed_words import column_named, one_named
from review_board.pipeline.money import short_money
from review_board.pipeline.vocabulary import Column
from review_board.textlayout import GAP, INDENT, cells

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.card_summary import CardSummary
    from review_board.board.filters import Filter
    from review_board.board.index import Entry
    from review_board.board.views import View
    from review_board.settings.kinds import OrderName

_LIMITS = (48, 10, 16, 16, 64)
"""Cells that name, value, column, owner and id may take."""
_RIGHT = frozenset({1})
_STATUS = 34
"""Cells that the verdict and where it stands take at most."""


@command("list")
@filter_arguments
@click.option("--column", help="Only this column.")
@view_option("A view of the board: its filter and order.")
@click.option(
    "--sort", metavar="ORDER", help="Each column by value, name, next, contact, signal or payoff."
)
@click.option("--won", is_flag=True, help="Only what was won.")
@click.option("--limit", type=whole_number(1), metavar="N", help="At most so many.")
@as_json_option
@pass_invocation
def list_(
    call: Invocation,
    /,
    *,
    words: tuple[str, ...],
    column: str | None,
    view: str | None,
    sort: str | None,
    owner: str | None,
    won: bool,
    limit: int | None,
    as_json: bool,
) -> None:
    """List prospects that FILTER lets through.

    FILTER: words to look for in name, company, owner, stage, tags and people; and terms such as
    owner:ann, column:callback, rule:serial-deferral, verdict:purge, tier:high, tag:dental,
    stage:proposal, reason:budget, 'value>10k', 'potential>=1m', 'contact>30d', 'signal>8w' (how
    long ago; signal:never), 'close<eom' (a day as you type one; close:none), 'attempts>=3',
    'deferrals>=2', locations:none, review:yes, owed:yes, won:yes. All must hold; - or not: before a
    term turns it around. In the shell, quote what has > or < in it.

    Each column is sorted by itself. ORDER: value (the most valuable first), name, next (the next
    date first), contact (longest since our last one), signal (longest since the buyer's last
    signal) or payoff (the best use of time).
    """
    board = call.board
    wanted = column_named(column) if column else None
    filtering, seen = filter_of(board, words, owner), view_named(call, view)
    is_won = True if won or seen.filter.only_won else None if view is None else False
    order = _order(sort, seen)
    found = list(_found(board, wanted, is_won, (filtering, seen), order))
    shown = found[:limit]
    if as_json:
        call.out.json(_document(call.board, shown, len(found)))
        return
    for line in _lines(call.board, shown):
        call.out.line(line)
    if not found:
        filtered = filtering or wanted or won or view
        call.out.note("No prospect fits; review-board list shows all" if filtered else EMPTY)
    elif len(shown) < len(found):
        call.out.note(f"{len(found) - len(shown):,} more; --limit shows more of them")


def _found(
    board: "Board",
    column: Column | None,
    is_won: bool | None,
    shown: "tuple[Filter, View]",
    order: "OrderName",
) -> "Iterator[Entry]":
    """Yield what stands in the column, ``is_won`` or not where that is said, and filter and view show, in order."""
    from review_board.board.ordering import ordered

    today, look, (filtering, view) = board.today, board.evaluator.card_summary, shown
    fitting = [
        entry
        for entry in board.index.entries.values()
        if (column is None or entry.column is column)
        and (is_won is None or bool(entry.won) is is_won)
        and view.lets_through(entry, board.by, look, today)
        and filtering.picks(entry, look, today)
    ]
    for place in (*Column, None):  # what was won comes last
        yield from ordered((entry for entry in fitting if entry.column is place), order, look)


def _order(name: str | None, view: "View") -> "OrderName":
    from review_board.board.ordering import ORDERS
    from review_board.settings.kinds import order_name

    orders = {str(order): order for order in ORDERS}
    return (
        view.order if name is None else orders[one_named(list(orders), order_name(name), "order")]
    )


def _lines(board: "Board", entries: "list[Entry]") -> Iterator[str]:
    """Yield one line for each, on a narrow terminal two with the id on the second.

    Where it stands is worked out as it is printed, so that a pager starts at once.
    """
    width = width_of_stdout()
    rows = [_head(entry) for entry in entries]
    heads = list(table(rows, _LIMITS, right=_RIGHT))
    longest = max(map(cells, heads), default=0)
    narrow = width is not None and longest + len(GAP) + _STATUS > width
    if narrow:
        heads = list(table([row[:-1] for row in rows], _LIMITS[:-1], right=_RIGHT, width=width))
    for entry, head in zip(entries, heads, strict=True):
        outline = board.evaluator.outline(entry.id)
        sites = f" · {outline.sites} sites at this value each" if outline.sites > 1 else ""
        status = _advice(entry, outline) + outline.status + sites
        if narrow:
            yield head
        yield f"{INDENT + entry.id if narrow else head}{GAP}{status}".rstrip()


def _advice(entry: "Entry", outline: "CardSummary") -> str:
    from review_board.judgement.card_status import advice_words

    finding = outline.finding
    if finding is None or entry.column is None:
        return ""
    return f"{advice_words(finding, entry.column, is_left=outline.is_left_there)}: "


def _head(entry: "Entry") -> tuple[str, ...]:
    value = short_money(entry.value) if entry.value else ""
    column = entry.column.title if entry.column else "Won"
    return entry.who, value, column, entry.owner, entry.id


def _document(board: "Board", entries: "list[Entry]", count: int) -> dict[str, Any]:
    return {
        "today": board.today.day,
        "count": count,
        "shown": len(entries),
        "prospects": [_prospect(board, entry) for entry in entries],
    }


def _prospect(board: "Board", entry: "Entry") -> dict[str, Any]:
    outline = board.evaluator.outline(entry.id)
    finding = outline.finding
    return {
        "id": entry.id,
        "name": entry.name,
        "company": entry.company,
        "owner": entry.owner,
        "column": entry.column,
        "won": entry.won,
        "value": entry.value,
        "verdict": finding.verdict.value if finding else None,
        "destination": finding.destination.value if finding else None,
        "rule": finding.rule.value if finding else None,
        "status": outline.status,
        "last_touch_days": outline.touch_days,
        "last_signal_days": outline.signal_days,
        "due_on": outline.due_on,
        "error": outline.spoilt or None,
    }
