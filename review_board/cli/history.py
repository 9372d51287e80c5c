"""``history``, ``undo`` and ``redo``: who changed what, and taking it back."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from review_board.board.events import Changed, Event, Saved
from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation, whole_number
from review_board.cli.terminal import table
from review_board.errors import UsageError
from review_board.pipeline.dates import short_when
from review_board.store.protocol import META, Commit

if TYPE_CHECKING:
    from review_board.board.board import Board

_LIMITS = (7, 16, 40, 7)
"""Cells that number, moment, person and door may take."""
_DONE = {"undo": "undone", "redo": "done again"}
"""How a change that takes another back, or makes it again, is told."""


@command("history")
@click.argument("who", required=False)
@click.option(
    "--limit", type=whole_number(1), default=20, metavar="N", help="At most so many (else 20)."
)
@as_json_option
@pass_invocation
def history(call: Invocation, who: str | None, limit: int, as_json: bool) -> None:
    """The last changes, of all or of WHO, the newest first; `undo --seq` takes one back, `changes --of` says what it did."""
    from review_board.store.ledger_history import missing

    board = call.board
    prospect_id = call.find(who) if who else None
    commits = list(islice(_commits(board, prospect_id), limit))
    if as_json:
        call.out.json({"changes": [_as_json(commit, prospect_id) for commit in commits]})
        return
    rows = [row for commit in commits for row in _rows(call, commit, prospect_id)]
    lost = board.store.history_begins_after if len(commits) < limit else 0
    if lost:
        rows.append(_gap_row(call, missing(1, lost)))
    call.out.lines(*table(rows, _LIMITS, right=frozenset({0})))
    if not commits:
        call.out.note("No change is on record")


@command("undo")
@click.argument("count", type=whole_number(1, 1000), required=False, metavar="[N]")
@click.option(
    "--seq",
    type=whole_number(1),
    metavar="NUMBER",
    help="The change of this number (see history), whoever made it.",
)
@click.option("--only", metavar="WHO", help="Of a change of many, this prospect alone.")
@pass_invocation
def undo(call: Invocation, count: int | None, seq: int | None, only: str | None) -> None:
    """Take back your last change, or the last N; each can be made again with redo."""
    if seq is not None and count is not None:
        raise UsageError("N and --seq exclude each other", "leave one out")
    if only is not None and seq is None:
        raise UsageError("--only needs the number of the change", "say --seq N --only WHO")
    _print_what_is_saved(call)
    if seq is not None:
        call.board.undo_commit(seq, only=call.find(only) if only else None)
    else:
        call.board.undo(count or 1)


@command("redo")
@pass_invocation
def redo(call: Invocation) -> None:
    """Make again what you took back last."""
    _print_what_is_saved(call)
    call.board.redo()


def _print_what_is_saved(call: Invocation) -> None:
    """Print every change as soon as it is on disk, however many follow."""

    def on_board_event(event: Event) -> None:
        if isinstance(event, Saved):
            verb, _, what = event.commit.action.partition(": ")
            call.out.done(f"{_DONE[verb]}: {what}" if verb in _DONE else event.commit.action)
        for notice in event.notices if isinstance(event, Changed) else ():
            call.out.trouble(notice)

    call.board.subscribe(on_board_event)


def _commits(board: "Board", prospect_id: str | None) -> Iterator[Commit]:
    from review_board.board.undo import is_small_step

    changes = (commit for commit in board.history() if not is_small_step(commit))
    for commit in changes:
        if prospect_id is None or any(change.id == prospect_id for change in commit.docs):
            yield commit


def _rows(call: Invocation, commit: Commit, prospect_id: str | None) -> Iterator[tuple[str, ...]]:
    """Yield the change, below what is missing between it and the next one.

    Where one prospect is asked for, each of its fields follows with what it was.
    """
    from review_board.board.past_changes import changed_fields, changes_of

    board = call.board
    if commit.gap:
        yield _gap_row(call, commit.gap)
    at = datetime.fromisoformat(commit.at).astimezone(board.zone)
    many = f"  ({len(commit.docs):,} records)" if len(commit.docs) > 1 else ""
    moment = short_when(at.date(), at.time(), board.today.day)
    yield str(commit.seq), moment, _who(commit), commit.via, f"{commit.action}{many}"
    for change in changes_of(commit, prospect_id) if prospect_id else ():
        yield from (("", "", "", "", f"  {words}") for words in changed_fields(change, board.today))


def _gap_row(call: Invocation, words: str) -> tuple[str, ...]:
    more = call.out.in_full("`review-board doctor` says more")
    return "", "", "", "", f"({words}; {more})"


def _who(commit: Commit) -> str:
    """Say who made a change, and through which login; the program's own notes are nobody's."""
    from review_board.board.zone import APP

    is_ours = commit.by == APP and all(change.table == META for change in commit.docs)
    if commit.login is None or is_ours:
        return commit.by
    return f"{commit.by}, through the login {commit.login}"


def _as_json(commit: Commit, prospect_id: str | None) -> dict[str, Any]:
    """Return one change; say what it altered only where one prospect is asked for."""
    whole = {
        "seq": commit.seq,
        "at": commit.at,
        "by": commit.by,
        "login": commit.login,
        "via": commit.via,
        "action": commit.action,
        "undoes": commit.undoes,
        "restores": commit.restores,
        "gap": commit.gap,
        "records": len(commit.docs),
    }
    if prospect_id is None:
        return whole
    own = [change for change in commit.docs if change.id == prospect_id]
    return {
        **whole,
        "before": {name: value for change in own for name, value in change.before.items()},
        "after": {name: value for change in own for name, value in change.after.items()},
    }
