"""``keep``, ``callback``, ``nurture`` and ``drop``: a verdict on some prospects, outside a review."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review_board.cli.ascii_fallback import writable
from review_board.cli.context import Invocation
from review_board.cli.filtering import fitting
from review_board.cli.moving import OPTION_OF, typed_parts, typed_step
from review_board.cli.options import as_json_option, command, pass_invocation, whole_number
from review_board.cli.output import printable
from review_board.cli.terminal import is_terminal
from review_board.errors import RefusedError, UsageError
from review_board.pipeline.text import clean
from review_board.pipeline.typed_days import DayError, coming_when
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.wording import several

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.pipeline.records import NextStep
    from review_board.pipeline.verdict_record import VerdictRecord
    from review_board.review.direct_verdicts import DirectVerdict
    from review_board.review.verdicts import Decision, MissingPart

F = TypeVar("F", bound=Callable[..., object])

_NEXT = click.option(
    "--next",
    "step",
    metavar="'ACTION WHEN'",
    help="The next step: 'demo fri', or 'demo fri agreed'.",
)
_SOONER = click.option(
    "--sooner", metavar="WHY", help="Why the step comes sooner than a contact is advised."
)
_CHANGED = click.option("--changed", metavar="WHAT", help="What has changed since it was dropped.")
_IMPORTANCE = click.option(
    "--importance",
    type=whole_number(1, 5),
    metavar="1-5",
    help="How important a large sale is to you.",
)
_IDEA = click.option(
    "--idea",
    metavar="'ACTION WHEN'",
    help="For an important sale: one more thing to try, and when.",
)


def _verdict_command(function: F) -> F:
    """Decorate a command with what all verdicts take: whom, the line against the advice, the questions."""
    options: list[Callable[[F], F]] = [
        click.argument("who", nargs=-1, metavar="[WHO]..."),
        click.option(
            "--where", metavar="FILTER", help="All that FILTER lets through, instead of WHO."
        ),
        click.option("--against", metavar="WHY", help="Against the advice: why, in a line."),
        click.option(
            "--start-anew",
            type=click.Choice(["yes", "no"]),
            help="Against the advice: would you start with them today?",
        ),
        click.option("--dry-run", is_flag=True, help="Only say what would be decided."),
        click.option("--yes", is_flag=True, help="Do not ask."),
        as_json_option,
    ]
    for decorate in reversed(options):
        function = decorate(function)
    return function


@command("keep")
@_NEXT
@_SOONER
@_CHANGED
@_verdict_command
@pass_invocation
def keep(call: Invocation, /, **typed: Any) -> None:
    """Keep each WHO in Active, with its dated next step: keep lakeside --next 'demo fri'.

    A planned step that is still ahead need not be typed again. Several WHO are one change: one undo
    takes it back.
    """
    _decide(call, Column.ACTIVE, typed)


@command("callback")
@click.option("--on", "day", metavar="DATE", help="The day of the call: '18jan 10:30'.")
@click.option("--change", metavar="TEXT", help="What will have changed by then.")
@click.option("--because", metavar="KIND", help="Their reason: budget, contract-end, project, …")
@click.option("--asked", is_flag=True, help="The buyer asked for it.")
@_NEXT
@_SOONER
@_CHANGED
@_verdict_command
@pass_invocation
def callback(call: Invocation, /, **typed: Any) -> None:
    """Keep each WHO for a callback: callback northgate --on 18jan --because budget --asked.

    A callback that is agreed and still ahead need not be typed again.
    """
    _decide(call, Column.CALLBACK, typed)


@command("nurture")
@click.option(
    "--track",
    help="How to keep in touch: monthly-email, keep-in-touch, champion, assistant or call-again-later.",
)
@click.option("--on", "day", metavar="DATE", help="The first contact, if not the usual day.")
@_IMPORTANCE
@_IDEA
@_verdict_command
@pass_invocation
def nurture(call: Invocation, /, **typed: Any) -> None:
    """Purge each WHO to Nurture: no more selling, a contact now and then.

    Who is in Nurture already keeps their track, unless --track says otherwise.
    """
    _decide(call, Column.NURTURE, typed)


@command("drop")
@click.option("--reason", help="Why: no-need, no-budget, no-response, timing, …")
@click.option("--note", help="The reason in words.")
@_IMPORTANCE
@_IDEA
@_verdict_command
@pass_invocation
def drop(call: Invocation, /, **typed: Any) -> None:
    """Purge each WHO to Dropped: drop lakeside --reason no-need.

    Without --reason it is the one that the advice names; where it names none, the reason is asked for.
    """
    _decide(call, Column.DROPPED, typed)


def _decide(call: Invocation, to: Column, typed: dict[str, Any]) -> None:
    """Give one verdict to all who are named, in one change, and tell of each."""
    from review_board.review.direct_verdicts import record_verdicts, refuse_won
    from review_board.review.verdicts import DONE

    board = call.board
    dry_run, yes = typed.pop("dry_run"), typed.pop("yes")
    as_json = typed.pop("as_json")
    ids = _ids(board, typed.pop("who"), typed.pop("where"), to)
    for prospect_id in ids:
        refuse_won(board.prospect(prospect_id))
    given = _verdicts(board, ids, _decision(board, to, typed))
    if not dry_run:
        board.refuse_read_only()
        if not yes:
            _ask_first(board, given, to)
        seen = {i: document for i in ids if (document := board.document(i))}
        record_verdicts(board, given, seen)
        call.out.changed = True
    if as_json:
        call.out.json(_document(board, given, stored=not dry_run))
        return
    lines = [_words(board, i, verdict) for i, verdict in given.items()]
    if dry_run:
        call.out.lines("nothing stored; without --dry-run:", *(f"      {line}" for line in lines))
    elif len(lines) == 1:
        call.out.done(lines[0])
    else:
        call.out.done(f"{DONE[Verdict.of(to)]} {several(len(lines), 'prospect')} → {to.title}")
        call.out.lines(*(f"      {line}" for line in lines))


def _ids(board: "Board", names: Sequence[str], where: str | None, to: Column) -> list[str]:
    """Return who is meant, each once: by name, or all that a filter lets through."""
    if bool(names) == (where is not None) or where == "":
        raise UsageError("Say who is meant in one way", "name WHO, or say --where FILTER")
    if where is None:
        return list(dict.fromkeys(_find(board, name, to) for name in names))
    return [entry.id for entry in fitting(board, where)]


def _find(board: "Board", name: str, to: Column) -> str:
    """Return who is called so; where nobody is and it is a day, say how a day is given."""
    from review_board.board.find import candidates, find

    if not candidates(board, name):
        with suppress(DayError):
            coming_when(name, board.today.day)
            said = f"--next 'call {name}'" if to is Column.ACTIVE else f"--on {name}"
            cure = "leave it out" if to is Column.DROPPED else f"say {said}"
            raise UsageError(f"{name[:40]!r} is a day, and nobody is called so", cure)
    return find(board, name)


def _decision(board: "Board", to: Column, typed: dict[str, Any]) -> "Decision":
    """Return the decision that was typed, as far as it was."""
    from review_board.review.verdicts import Decision

    today = board.today.day
    anew, idea = typed.pop("start_anew"), typed.pop("idea", None)
    parts: dict[str, Any] = {
        name: clean(typed.pop(option, None) or "")
        for name, option in (("against", "against"), ("sooner", "sooner"), ("why", "changed"))
    }
    importance = typed.pop("importance", None)
    parts |= typed_parts(to, typed, board)
    if not typed.get("track"):
        parts.pop("track", None)
    if not typed.get("day"):
        parts.pop("first", None)
    return Decision(
        to,
        start_anew=None if anew is None else anew == "yes",
        importance=importance,
        idea=typed_step(idea, today, "--idea", board.settings.calendar) if idea else None,
        **parts,
    )


def _verdicts(board: "Board", ids: Sequence[str], typed: "Decision") -> "dict[str, DirectVerdict]":
    """Return the verdict on each; refuse all when one of them needs more than was typed."""
    from review_board.review.direct_verdicts import DirectVerdict, first_today
    from review_board.review.overruling import without_plans
    from review_board.review.proposals import completed
    from review_board.review.verdicts import missing_parts

    today, settings = board.today, board.settings
    given: dict[str, DirectVerdict] = {}
    missing: dict[str, list[MissingPart]] = {}
    for i in ids:
        prospect, made = board.prospect(i), board.recommendation(i)
        overrules = first_today(prospect, today, board.by)
        known = without_plans(board.evidence(i), overrules)
        decision = completed(typed, known, made)
        given[i] = DirectVerdict(decision, made, overrules)
        if parts := list(missing_parts(prospect, decision, made, today, settings)):
            missing[prospect.name] = parts
    if missing:
        raise _refusal(board, missing, len(ids))
    return given


def _refusal(
    board: "Board", missing: Mapping[str, "Sequence[MissingPart]"], count: int
) -> RefusedError:
    """Return what is missing of the first, how many more need something, and what to add for all."""
    (name, parts), *rest = missing.items()
    said = " ".join(m if (m := part.message).endswith("?") else f"{m}." for part in parts)
    more = f" ({len(rest)} more of the {count} need something too)" if rest else ""
    fields = dict.fromkeys(part.field for parts in missing.values() for part in parts)
    options = [OPTION_OF[field] for field in fields if field in OPTION_OF]
    cure = f"nothing was decided; add {' '.join(options)}"
    if "reason" in fields:
        cure = f"{cure}; R is one of {', '.join(board.settings.drop_reasons)}"
    return RefusedError(f"{name}: {said.removesuffix('.')}{more}", cure)


def _ask_first(board: "Board", given: "Mapping[str, DirectVerdict]", to: Column) -> None:
    """Ask whether a verdict of today is to be overruled, and whether so many are meant at once."""
    from review_board.board.undo import LARGE
    from review_board.review.direct_verdicts import decided_today
    from review_board.review.overruling import anyway_question

    first: dict[str, VerdictRecord] = {i: v.overrules for i, v in given.items() if v.overrules}
    if first:
        _ask(decided_today(board, first, len(given)), anyway_question(to))
    if len(given) > LARGE:
        said = f"That is one verdict on {several(len(given), 'prospect')}"
        _ask(f"{said}.", f"Do you mean all of them, to {to.title}?")


def _ask(said: str, question: str) -> None:
    """Ask on a terminal, else demand ``--yes``."""
    if not is_terminal(sys.stdin):
        told = " ".join(said.split())
        raise UsageError(f"Nothing was decided. {told.removesuffix('.')}", "say --yes to go on")
    if not click.confirm(writable(printable(f"{said}\n{question}")), err=True):
        raise RefusedError("Nothing was decided")


def _words(board: "Board", prospect_id: str, verdict: "DirectVerdict") -> str:
    """Return ``kept Harbor → Active: demo, Fri 27 Nov`` and whom it overrules."""
    from review_board.judgement.verdict_history import reason_or_step
    from review_board.review.verdicts import done_words

    made, today = verdict.decision, board.today
    name, over = board.prospect(prospect_id).name, verdict.overrules
    words = done_words(made, name)
    words += f": {made.track.label}" if made.track else ""
    words += reason_or_step(made.reason, _dated(made), today, board.settings)
    return f"{words}, overruling {over.by} ({over.destination.title})" if over else words


def _dated(made: "Decision") -> "NextStep | None":
    """Return the action and day that the decision leaves, if it names one."""
    from review_board.pipeline.records import NextStep

    if made.callback:
        return made.step or NextStep(action="call back", on=made.callback.on)
    if made.first:
        return NextStep(action="first contact", on=made.first)
    return made.step or made.idea


def _document(
    board: "Board", given: "Mapping[str, DirectVerdict]", *, stored: bool
) -> dict[str, Any]:
    """Return who was decided how, and what the record advised."""
    return {
        "stored": stored,
        "decided": [
            {
                "id": i,
                "name": board.prospect(i).name,
                "verdict": verdict.decision.verdict,
                "destination": verdict.decision.to,
                "reason": verdict.decision.reason,
                "recommended": verdict.recommendation.verdict,
                "recommended_destination": verdict.recommendation.destination,
                "overrules": verdict.overrules.by if verdict.overrules else None,
            }
            for i, verdict in given.items()
        ],
    }
