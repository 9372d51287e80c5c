"""``show``, ``explain`` and ``schema``: what is on record of a prospect, what follows, how it is stored."""

from typing import TYPE_CHECKING, Any

import click

from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation
from review_board.cli.terminal import width_of_stdout
from review_board.errors import StoreError
from review_board.pipeline.dates import long_day
from review_board.textlayout import WIDE, hanging

INDENT = "  "

if TYPE_CHECKING:
    from collections.abc import Iterator

    from review_board.board.board import Board
    from review_board.judgement.event_text import TimelineEvent


@command("show")
@click.argument("who")
@as_json_option
@pass_invocation
def show(call: Invocation, who: str, as_json: bool) -> None:
    """Show all that is on record about WHO; with --json the document as `schema` describes it."""
    from review_board.board.explain import page
    from review_board.pipeline.prospect import to_document

    board = call.board
    prospect_id = call.find(who)
    prospect = board.prospect(prospect_id)
    if as_json:
        call.out.json({"rev": prospect.rev, **to_document(prospect)})
        return
    _print(call, f"{prospect.name}  {prospect.id}", *_next_date(board, prospect_id), "")
    room = min(width_of_stdout() or WIDE, WIDE) - len(INDENT)
    for line in page(board, prospect_id, room, _changed(call, prospect_id)):
        label = f"{line.label:13}" if line.label else ""
        margin = "" if line.head else f"{INDENT}{label}"
        first, *more = line.text.split("\n")
        under = " " * len(margin) + INDENT
        _print(call, f"{margin}{first}".rstrip(), *(f"{under}{text}".rstrip() for text in more))


@command("explain")
@click.argument("who")
@click.option("--rules", is_flag=True, help="Name the rule, its limits and the settings as well.")
@as_json_option
@pass_invocation
def explain(call: Invocation, who: str, rules: bool, as_json: bool) -> None:
    """Explain what should become of WHO: why, both sides of the evidence, and what would change it.

    With --rules for whoever tunes them; with --json it has all of it.
    """
    from review_board.board.explain import argument
    from review_board.judgement.recommendation import as_json as recommendation_json

    board = call.board
    prospect_id = call.find(who)
    prospect = board.prospect(prospect_id)
    if as_json:
        head = {"id": prospect_id, "name": prospect.name, "today": board.today.day}
        won = prospect.won
        rest: dict[str, Any] = (
            {"verdict": None, "won": won.model_dump(mode="json", include={"on", "value"})}
            if won
            else recommendation_json(board.recommendation(prospect_id))
        )
        call.out.json(head | rest)
        return
    _print(call, prospect.name, *argument(board, prospect_id, with_rules=rules))


def _next_date(board: "Board", prospect_id: str) -> "Iterator[str]":
    """Say what comes next and how far off it is, if anything has a day or is owed now.

    A close date ahead is none where something is to be done before it.
    """
    from review_board.judgement.due.task_wording import how_late, not_before, task_action
    from review_board.judgement.due.tasks import TaskKind
    from review_board.tasks.lists import NEVER_WAIT, tasks_of

    today = board.today.day
    summary = board.evaluator.card_summary(prospect_id)
    agenda, tasks = summary.agenda, [task for task, _ in tasks_of(summary, today)]
    if agenda.earliest and agenda.earliest <= today:
        tasks = [task for task in tasks if task.kind is not TaskKind.CLOSE or task.day <= today]
    if tasks:
        task = min(tasks, key=lambda task: task.day)
        said = [task_action(task), f"{long_day(task.day, today)}, {how_late(task.day, today)}"]
        earliest = None if task.kind in NEVER_WAIT else agenda.earliest
        yield f"Next: {'; '.join(filter(None, [*said, not_before(earliest, task.day, today)]))}"


def _changed(call: Invocation, prospect_id: str) -> "list[TimelineEvent]":
    """Return what the ledger tells of it; where that cannot be read the record is shown all the same."""
    from review_board.board.past_changes import past_changes

    try:
        return [*past_changes(call.board.history(prospect_id), prospect_id, call.board.today)]
    except StoreError as error:
        call.out.trouble(str(error))
        return []


def _print(call: Invocation, *lines: str) -> None:
    """Print lines that a terminal need not break inside a word."""
    width = width_of_stdout()
    for line in lines:
        call.out.lines(*hanging(line, width))


@command("schema")
@as_json_option
@pass_invocation
def schema(call: Invocation, as_json: bool) -> None:
    """The JSON Schema of a stored prospect, and so of an export's list."""
    from review_board.pipeline.prospect import json_schema

    call.out.json(json_schema())
