"""``merge`` and ``duplicates``: two prospects that are one."""

from typing import TYPE_CHECKING, Any

import click

from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation, whole_number
from review_board.errors import UsageError

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.pipeline.duplicates import DuplicatePair

SHOWN = 50


@command("merge")
@click.argument("who")
@click.argument("other")
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@as_json_option
@pass_invocation
def merge(call: Invocation, /, *, who: str, other: str, dry_run: bool, as_json: bool) -> None:
    """Merge OTHER into WHO: one prospect with the history of both. Undo takes it back.

    WHO is kept; name the two the other way round to keep OTHER. What the one says otherwise that is
    not kept becomes a note; a request not to be contacted stays.
    """
    from review_board.board.merging import in_order, merge_two, preview

    board = call.board
    kept, gone = call.find(who), call.find(other)
    name = board.prospect(gone).name
    made = preview(board, kept, gone)
    more = ", of which more is on record" if in_order(board, kept, gone)[0] == gone else ""
    if not dry_run:
        board.refuse_read_only()
        made = merge_two(board, kept, gone)
    if as_json:
        document = {
            "kept": made.prospect.id,
            "merged": gone,
            "stored": not dry_run,
            "joined": dict(made.joined),
            "otherwise": list(made.otherwise),
        }
        call.out.json(document)
        return
    words = f"{name} merged into {made.prospect.name}"
    if dry_run:
        call.out.line(f"nothing stored: {words} would give")
    else:
        call.out.saved(words)
    for line in made.lines():
        call.out.line(f"      {line}")
    undo = "" if dry_run else "undo, then "
    call.out.note(f"to keep {name} instead{more}: {undo}merge {gone} {kept}")


@command("duplicates")
@click.option(
    "--not-same",
    "apart",
    nargs=2,
    metavar="WHO OTHER",
    help="Remember that these two are not the same.",
)
@click.option(
    "--same", "alike", nargs=2, metavar="WHO OTHER", help="Take that back: propose these two again."
)
@click.option("--limit", type=whole_number(1), metavar="N", help="At most so many pairs.")
@as_json_option
@pass_invocation
def duplicates(
    call: Invocation,
    /,
    *,
    apart: tuple[str, str] | None,
    alike: tuple[str, str] | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List pairs of prospects that may be one, and why.

    They share an email address, a phone number or a web domain, or nearly the same name.
    """
    from review_board.board.find import label
    from review_board.board.merging import duplicate_pairs

    if two := apart or alike:
        if as_json or (apart and alike):
            raise UsageError("That is more than one thing", "list, or say one thing of two")
        _say_of_two(call, *two, apart=apart is not None)
        return
    board = call.board
    found = duplicate_pairs(board)
    shown = found[: limit or (None if as_json else SHOWN)]
    if as_json:
        call.out.json(
            {"count": len(found), "pairs": [_pair_document(board, pair) for pair in shown]}
        )
        return
    for pair in shown:
        one, other = (label(board, board.index.entries[i]) for i in (pair.one, pair.other))
        call.out.line(f"{one} · {other}")
        call.out.line(f"      {', '.join(pair.why)}  merge {pair.one} {pair.other}")
    if shown:
        call.out.note(
            "merge keeps the first, what the second says otherwise becomes a note (--dry-run shows it); "
            "swap the two to keep the other"
        )
    if not found:
        call.out.note("No two prospects look alike")
    elif len(shown) < len(found):
        call.out.note(f"{len(found) - len(shown):,} more; --limit shows more of them")


def _say_of_two(call: Invocation, one: str, other: str, *, apart: bool) -> None:
    """Remember that two are not the same, or no longer."""
    from review_board.board.merging import keep_apart, not_the_same

    board = call.board
    ids = call.find(one), call.find(other)
    if ids[0] == ids[1]:
        raise UsageError("That is one and the same prospect", "name two")
    names = f"{_name(board, ids[0])} and {_name(board, ids[1])}"
    words = "are not the same" if apart else "may be the same"
    if (frozenset(ids) in not_the_same(board)) is apart:
        call.out.line(f"unchanged {names}: that they {words} is what the file says")
        return
    keep_apart(board, *ids, apart=apart)
    call.out.saved(f"{names} {words}")


def _name(board: "Board", prospect_id: str) -> str:
    return board.index.entries[prospect_id].name


def _pair_document(board: "Board", pair: "DuplicatePair") -> dict[str, Any]:
    ids = {"one": pair.one, "other": pair.other}
    names = {f"{key}_name": _name(board, prospect_id) for key, prospect_id in ids.items()}
    return {**ids, **names, "why": list(pair.why)}
