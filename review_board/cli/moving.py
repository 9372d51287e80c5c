"""``move``, ``won`` and ``answer``: where a prospect stands, and what is known of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation
from review_board.errors import UsageError

if TYPE_CHECKING:
    from review_board.board.board import Board, Change
    from review_board.pipeline.vocabulary import Column


@dataclass(frozen=True, slots=True)
class Demands:
    """The options of ``move`` as they were typed."""

    reason: str | None
    note: str | None
    day: str | None
    change: str | None
    because: str | None
    asked: bool
    track: str | None


@command("move")
@click.argument("who")
@click.argument("column")
@click.option("--reason", help="Dropped: why (no-need, no-budget, no-response, timing, …).")
@click.option("--note", help="Dropped: in words. One that was won: why it is open again.")
@click.option(
    "--on",
    "day",
    metavar="DATE",
    help="Callback: its day, '18jan 10:30'. Nurture: the first touch.",
)
@click.option("--change", metavar="TEXT", help="Callback: what will have changed by then.")
@click.option("--because", metavar="KIND", help="Callback: budget, contract-end, project, …")
@click.option("--asked", is_flag=True, help="Callback: the buyer asked for it.")
@click.option(
    "--track", help="Nurture: monthly-email, keep-in-touch, champion, assistant, wake-up."
)
@pass_invocation
def move(call: Invocation, /, *, who: str, column: str, **typed: Any) -> None:
    """Move WHO to active, callback-pending, nurture or dropped (or 1 to 4)."""
    from review_board.board.find import find
    from review_board.board.reopen import moving_words, taken_up, taking_up
    from review_board.cli.change import make
    from review_board.cli.words import column_named

    where = column_named(column)
    demands, board = Demands(**typed), call.board
    prospect_id = find(board, who)
    was = board.prospect(prospect_id)
    _refuse_strange(where, demands, won=was.won is not None)
    moved, words = _MOVES[where.value](demands, board)
    make(
        call,
        prospect_id,
        taking_up(moved, where, board.today.day, demands.note or ""),
        lambda prospect: moving_words(prospect, where, demands.note or ""),
        f"{where.title}{words}{taken_up(was, where, board.today.day)}",
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
    from review_board.board.find import find
    from review_board.cli.change import make
    from review_board.cli.words import as_wrong_usage
    from review_board.pipeline import changes
    from review_board.pipeline.dates import long_day
    from review_board.pipeline.money import long_money, parse_money
    from review_board.pipeline.records import Won
    from review_board.pipeline.typed_days import past_day

    board = call.board
    prospect_id = find(board, who)
    known = board.prospect(prospect_id).value
    currency = known.currency if known else call.settings.currency
    with as_wrong_usage("--value"):
        paid = parse_money(value, currency) if value else known
    with as_wrong_usage("--on"):
        on = past_day(day, board.today.day) if day else board.today.day
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
    """Answer a QUESTION about WHO: claimed (yes), confirmed, negative (no) or unknown.

    How many sites they have is a number: answer tire sites 120.

    The questions of the default pack are budget, decision, process, change and next-step; those of
    another have the names that the screens show, without spaces; the beginning of one is enough. A
    confirmed answer needs TEXT: how you know.
    """
    from review_board.board.find import find
    from review_board.calls.answers import STATES
    from review_board.cli.change import make
    from review_board.cli.words import as_wrong_usage, one_of
    from review_board.judgement.questions import names_of_questions
    from review_board.pipeline import changes
    from review_board.pipeline.locations import SITES
    from review_board.pipeline.question_names import called, question_named
    from review_board.pipeline.records import Answer
    from review_board.pipeline.text import clean
    from review_board.pipeline.vocabulary import AnswerState

    board = call.board
    known = names_of_questions(call.settings.questions.pack)
    with as_wrong_usage():
        name = question_named(question, known)
    if name == SITES:
        _answer_sites(call, find(board, who), state)
        return
    how = STATES.get(state.casefold()) or one_of(AnswerState, state, "state of an answer")
    words = clean(" ".join(text), keep_lines=True)
    if how is AnswerState.CONFIRMED and not words:
        raise UsageError("A confirmed answer needs its evidence", "write after it how you know")
    given = Answer(state=how, text=words, on=board.today.day, by=board.by)
    make(
        call,
        find(board, who),
        lambda prospect, _: changes.answer(prospect, name, given),
        lambda prospect: f"answered {name} for {prospect.name}: {how}",
        f"{called(name, known)} is {how}{': ' + words if words else ''}",
    )


def _answer_sites(call: Invocation, prospect_id: str, typed: str) -> None:
    """Put the number of sites on record, or that nobody knows it."""
    from review_board.cli.change import make
    from review_board.cli.words import as_wrong_usage
    from review_board.pipeline.locations import read_locations
    from review_board.pipeline.vocabulary import AnswerState

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


def _to_active(_: Demands, __: "Board") -> "tuple[Change, str]":
    from review_board.pipeline import changes

    return lambda prospect, _: changes.activate(prospect), ""


def _to_callback(demands: Demands, board: "Board") -> "tuple[Change, str]":
    from review_board.cli.words import as_wrong_usage, one_of
    from review_board.pipeline import changes
    from review_board.pipeline.agreed_callback import AgreedCallback
    from review_board.pipeline.dates import long_when
    from review_board.pipeline.typed_days import coming_when
    from review_board.pipeline.vocabulary import ReasonKind

    today = board.today.day
    if not demands.day:
        raise UsageError("A callback needs its day", "say --on 18jan")
    with as_wrong_usage("--on"):
        on, at = coming_when(demands.day, today)
    agreed = AgreedCallback(
        on=on,
        time=at,
        asked_by_buyer=demands.asked,
        reason=one_of(ReasonKind, demands.because, "kind of reason") if demands.because else None,
        change=demands.change or "",
    )
    when = f" on {long_when(on, at, today)}"
    return lambda prospect, _: changes.await_callback(prospect, agreed, today), when


def _to_nurture(demands: Demands, board: "Board") -> "tuple[Change, str]":
    from review_board.cli.words import as_wrong_usage, one_of
    from review_board.pipeline import changes
    from review_board.pipeline.dates import long_day
    from review_board.pipeline.typed_days import parse_day
    from review_board.pipeline.vocabulary import Track

    today = board.today.day
    track = one_of(Track, demands.track, "track") if demands.track else Track.MONTHLY_EMAIL
    with as_wrong_usage("--on"):
        typed = parse_day(demands.day, today) if demands.day else None
    first = typed or board.settings.first_touch(track, today)
    begins = f", first on {long_day(first, today)}" if typed else ""
    return lambda prospect, _: changes.nurture(prospect, today, track, first), f", {track}{begins}"


def _to_dropped(demands: Demands, board: "Board") -> "tuple[Change, str]":
    from review_board.cli.words import one_named
    from review_board.pipeline import changes

    offered = list(board.settings.drop_reasons)
    if not demands.reason:
        raise UsageError("Dropping needs a --reason", f"choose from {', '.join(offered)}")
    reason = one_named(offered, demands.reason, "reason")
    note = demands.note or ""
    return lambda prospect, stamp: changes.drop(prospect, reason, stamp, note), f", {reason}"


_MOVES: "dict[str, Callable[[Demands, Board], tuple[Change, str]]]" = {
    "active": _to_active,
    "callback-pending": _to_callback,
    "nurture": _to_nurture,
    "dropped": _to_dropped,
}
_TAKES = {
    "active": (),
    "callback-pending": ("day", "change", "because", "asked"),
    "nurture": ("day", "track"),
    "dropped": ("reason", "note"),
}
"""Which options a column takes."""


def _refuse_strange(where: "Column", demands: Demands, *, won: bool) -> None:
    takes = (*_TAKES[where.value], *(("note",) if won else ()))
    for name in Demands.__dataclass_fields__:
        if getattr(demands, name) and name not in takes:
            if name == "note":
                raise UsageError(
                    "--note belongs to a drop, or to a won deal that is taken up again",
                    "`note` adds a note",
                )
            option = "on" if name == "day" else name
            own = ", ".join(f"--{'on' if n == 'day' else n}" for n in takes) or "no options"
            raise UsageError(f"--{option} means nothing for {where.title}", f"it takes {own}")
