"""``move``, ``won`` and ``answer``: where a prospect stands, and what is known of it."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.change import make
from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation
from review_board.cli.typed_words import (
    as_wrong_usage,
    column_named,
    one_called,
    one_named,
    one_of,
    past_day_named,
    track_named,
)
from review_board.errors import RefusedError, UsageError
from review_board.pipeline.dates import long_day
from review_board.pipeline.fields import SITES, read_locations
from review_board.pipeline.money import long_money
from review_board.pipeline.question_names import question_named, short_name
from review_board.pipeline.text import clean
from review_board.pipeline.typed_amounts import parse_money
from review_board.pipeline.typed_days import coming_when, parse_day
from review_board.pipeline.vocabulary import AnswerState, Column, ReasonKind, Track

if TYPE_CHECKING:
    from datetime import date

    from review_board.board.board import Board
    from review_board.pipeline.moves import Move
    from review_board.pipeline.records import NextStep
    from review_board.settings.setting_groups import Calendar


@dataclass(frozen=True, slots=True)
class MoveOptions:
    """The options of ``move`` and ``add`` as they were typed."""

    reason: str | None = None
    note: str | None = None
    day: str | None = None
    change: str | None = None
    because: str | None = None
    asked: bool = False
    track: str | None = None
    step: str | None = None


@command("move")
@click.argument("who")
@click.argument("column")
@click.option("--reason", help="Dropped: why (no-need, no-budget, no-response, timing, …).")
@click.option("--note", help="Dropped: in words. One that was won: why it is open again.")
@click.option(
    "--on",
    "day",
    metavar="DATE",
    help="Callback: its day, '18jan 10:30'. Nurture: the first contact.",
)
@click.option("--change", metavar="TEXT", help="Callback: what will have changed by then.")
@click.option("--because", metavar="KIND", help="Callback: budget, contract-end, project, …")
@click.option("--asked", is_flag=True, help="Callback: the buyer asked for it.")
@click.option(
    "--track",
    help="Nurture: monthly-email, keep-in-touch, champion, assistant, call-again-later.",
)
@click.option(
    "--next",
    "step",
    metavar="'ACTION WHEN'",
    help="Active, callback: the next step, 'demo fri agreed'.",
)
@pass_invocation
def move(call: Invocation, /, *, who: str, column: str, **typed: Any) -> None:
    """Move WHO to active, callback-pending, nurture or dropped (or 1 to 4).

    A large sale is let go by `drop` or `nurture`, which ask how important it is.
    """
    from review_board.review.direct_verdicts import lets_large_go

    where, board = column_named(column), call.board
    today, prospect_id = board.today.day, call.find(who)
    was = board.prospect(prospect_id)
    if lets_large_go(board, prospect_id, where):
        verdict = "drop" if where is Column.DROPPED else "nurture"
        cure = f"decide it: review-board {verdict} {shlex.quote(was.name)} --importance 1-5"
        raise RefusedError(f"{was.name} is a large sale, which no move lets go", cure)
    move = typed_move(where, MoveOptions(**typed), board, won=was.won is not None)
    if move.callback:  # an option left out does not take back what they said before
        move = replace(move, callback=move.callback.completed(was.callback))
    make(
        call,
        prospect_id,
        partial(move.apply, today=today),
        move.action,
        f"moved to {move.words(today)}{move.also_changes(was, today)}",
        where=where,
    )


@command("won")
@click.argument("who")
@click.option("--value", help="What they bought for (else the value on record).")
@click.option(
    "--on", "day", metavar="DATE", help="When (else today): yesterday, 18nov, 2026-11-18."
)
@pass_invocation
def won(call: Invocation, who: str, value: str | None, day: str | None) -> None:
    """WHO bought: it leaves the columns for the view Won, and stays in every report."""
    from review_board.pipeline import changes
    from review_board.pipeline.records import Won

    board = call.board
    prospect_id = call.find(who)
    known = board.prospect(prospect_id).value
    currency = known.currency if known else board.settings.currency
    with as_wrong_usage("--value"):
        paid = parse_money(value, currency) if value else known
    on = past_day_named(day, board.today.day, "--on") if day else board.today.day
    when = f" on {long_day(on, board.today.day)}" if day else ""
    exit_ = Won(on=on, value=paid, by=board.by)
    make(
        call,
        prospect_id,
        lambda prospect, _: changes.win(prospect, exit_),
        lambda prospect: f"won {prospect.name}",
        f"won{' ' + long_money(paid) if paid else ''}{when}",
    )


@command("answer")
@click.argument("who")
@click.argument("question")
@click.argument("state")
@click.argument("text", nargs=-1)
@pass_invocation
def answer(call: Invocation, who: str, question: str, state: str, text: tuple[str, ...]) -> None:
    """Answer a QUESTION about WHO: said (they say yes), proven, no or unknown.

    The answer to sites is a number: answer tire sites 120.

    The usual questions are budget, decision, process, change and next-step; other sets of questions
    have the names that the screens show, without spaces; the beginning of one is enough. A proven
    answer needs TEXT: how you know.
    """
    from review_board.judgement.questions import names_of_questions
    from review_board.pipeline import changes
    from review_board.pipeline.records import Answer

    board = call.board
    known = names_of_questions(call.settings.questions.pack)
    with as_wrong_usage():
        name = question_named(question, known)
    if name == SITES:
        _answer_sites(call, call.find(who), state)
        return
    how = _state_named(state)
    words = clean(" ".join(text), keep_lines=True)
    if how is AnswerState.CONFIRMED and not words:
        raise UsageError("A proven answer needs what proves it", "write after it how you know")
    given = Answer(state=how, text=words, on=board.today.day, by=board.by)
    make(
        call,
        call.find(who),
        lambda prospect, _: changes.answer(prospect, name, given),
        lambda prospect: f"answered {name} for {prospect.name}: {how.label}",
        f"{short_name(name, known)} is {how.label}{': ' + words if words else ''}",
    )


def _state_named(word: str) -> AnswerState:
    """Return how far an answer can be relied on; the older words are understood, and not offered."""
    from review_board.calls.answers import STATES

    known = STATES.get(word.strip().casefold())
    return known or STATES[one_named([state.label for state in AnswerState], word, "answer")]


def _answer_sites(call: Invocation, prospect_id: str, typed: str) -> None:
    """Put the number of sites on record, or that nobody knows it."""
    with as_wrong_usage():
        known = typed.casefold() != AnswerState.UNKNOWN
        found = read_locations(typed) if known else None
    make(
        call,
        prospect_id,
        lambda prospect, _: prospect.with_changes(locations=found),
        lambda prospect: f"answered sites for {prospect.name}: {found or 'unknown'}",
        f"sites: {found or 'unknown'}",
    )


def typed_move(where: Column, typed: MoveOptions, board: "Board", *, won: bool = False) -> "Move":
    """Return the move that was typed, checked; ``won`` is one that a move reopens.

    Raises ``UsageError`` where the column takes no such option, or demands another.
    """
    from review_board.pipeline.moves import Move

    _refuse_strange(where, typed, won=won)
    move = Move(where, **_PARTS[where.value](typed, board), why=typed.note or "" if won else "")
    if problem := move.problem(board.today.day):
        option, cure = OPTION_OF[problem.part].split()[0], problem.cure
        if problem.part == "reason":
            cure = f"choose from {', '.join(board.settings.drop_reasons)}"
        raise UsageError(f"{option}: {problem.message}", cure)
    return move


def typed_parts(where: Column, typed: dict[str, Any], board: "Board") -> dict[str, Any]:
    """Return what was typed for a column, by the fields of a move."""
    return _PARTS[where.value](MoveOptions(**typed), board)


def typed_step(
    typed: str, today: "date", option: str = "--next", calendar: "Calendar | None" = None
) -> "NextStep":
    """Return the next step that was typed as ``ACTION WHEN``, on a working day of the calendar."""
    from review_board.calls.grammar import parse_step

    with as_wrong_usage(option):
        return parse_step(typed, today, *([calendar.working_from] if calendar else []))


def _active_parts(typed: MoveOptions, board: "Board") -> dict[str, Any]:
    calendar = board.settings.calendar
    step = typed_step(typed.step, board.today.day, calendar=calendar) if typed.step else None
    return {"step": step}


def _callback_parts(typed: MoveOptions, board: "Board") -> dict[str, Any]:
    from review_board.pipeline.agreed_callback import AgreedCallback

    if not typed.day:
        return _active_parts(typed, board)
    today = board.today.day
    with as_wrong_usage("--on"):
        on, at = coming_when(typed.day, today, board.settings.calendar.working_from)
    callback = AgreedCallback(
        on=on,
        time=at,
        asked_by_buyer=typed.asked,
        reason=one_of(ReasonKind, typed.because, "kind of reason") if typed.because else None,
        change=typed.change or "",
    )
    return {"callback": callback, **_active_parts(typed, board)}


def _nurture_parts(typed: MoveOptions, board: "Board") -> dict[str, Any]:
    today = board.today.day
    track = track_named(typed.track) if typed.track else Track.MONTHLY_EMAIL
    with as_wrong_usage("--on"):
        first = parse_day(typed.day, today) if typed.day else None
    return {"track": track, "first": first or board.settings.first_touch(track, today)}


def _dropped_parts(typed: MoveOptions, board: "Board") -> dict[str, Any]:
    offered = board.settings.drop_reasons
    reason = one_called(offered, typed.reason, "reason") if typed.reason else None
    return {"reason": reason, "note": typed.note or ""}


_PARTS: "dict[str, Callable[[MoveOptions, Board], dict[str, Any]]]" = {
    "active": _active_parts,
    "callback-pending": _callback_parts,
    "nurture": _nurture_parts,
    "dropped": _dropped_parts,
}
_TAKES = {
    "active": ("step",),
    "callback-pending": ("day", "change", "because", "asked", "step"),
    "nurture": ("day", "track"),
    "dropped": ("reason", "note"),
}
"""Which options a column takes."""
OPTION_OF = {
    "step": "--next 'ACTION WHEN'",
    "callback": "--on DATE",
    "reason": "--reason R",
    "note": "--note TEXT",
    "first": "--on DATE",
    "track": "--track T",
    "against": "--against WHY",
    "start_anew": "--start-anew yes|no",
    "sooner": "--sooner WHY",
    "importance": "--importance 1-5",
    "idea": "--idea 'ACTION WHEN'",
    "why": "--changed WHAT",
}
"""The option that gives a part of a move or a verdict."""


def _refuse_strange(where: Column, typed: MoveOptions, *, won: bool) -> None:
    takes = (*_TAKES[where.value], *(("note",) if won else ()))
    for name in MoveOptions.__dataclass_fields__:
        if getattr(typed, name) and name not in takes:
            if name == "note":
                raise UsageError(
                    "--note belongs to a drop, or to a won deal that is taken up again",
                    "`note` adds a note",
                )
            columns = [column for column, options in _TAKES.items() if name in options]
            own = ", ".join(map(_option, takes))
            raise UsageError(
                f"{_option(name)} means nothing for {where.title}",
                f"it takes {own}; {_option(name)} is for {' and '.join(columns)}",
            )


def _option(name: str) -> str:
    return {"day": "--on", "step": "--next"}.get(name, f"--{name}")
