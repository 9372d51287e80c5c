"""``due``, ``best``, ``quotes``: what to do today, with the next hour, and about money on the desk."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.context import Invocation
from review_board.cli.filtering import chosen, filter_arguments, view_named, view_option
from review_board.cli.options import as_json_option, command, pass_invocation
from review_board.pipeline.counting import several

if TYPE_CHECKING:
    from datetime import date

    from review_board.board import Board, Entry
    from review_board.board.agenda import BestHour, BestLine, DueLine, Gathered, QuoteLine
    from review_board.pipeline.money import Money

VIEW = "A view of the board: its filter alone; the order stays that of this list."
BEST = 10
"""Prospects that ``best`` shows unless told: more than an hour's work."""
_DUE_LIMITS = (1, 12, 10, 36, 10, 14)
_BEST_LIMITS = (1, 4, 36, 12, 14)
_QUOTE_LIMITS = (36, 10, 10, 14, 7, 16)
FAR = 3650


@command("due")
@filter_arguments
@view_option(VIEW)
@click.option(
    "--days", type=click.IntRange(0, FAR), default=0, metavar="N", help="Look so many days ahead."
)
@as_json_option
@pass_invocation
def due(
    call: Invocation,
    /,
    *,
    words: tuple[str, ...],
    owner: str | None,
    view: str | None,
    days: int,
    as_json: bool,
) -> None:
    """Promises and touches due today or overdue: callbacks, next steps, nurture, bets, rescues.

    `!` stands before what you owe them. FILTER is as in list.
    """
    from review_board.board.agenda import due_lines

    gathered = _gathered(call, words, owner, view)
    lines = due_lines(gathered, days)
    if as_json:
        call.out.json(_due_document(lines, gathered, days))
        return
    _tell_day_off(call, gathered)
    _print(call, _due_rows(lines, gathered), _DUE_LIMITS, right=frozenset({4}))
    if not lines:
        ahead = f"within {days} d" if days else "today; --days 7 looks ahead"
        call.out.note(f"nothing is due {ahead}")


@command("best")
@filter_arguments
@view_option(VIEW)
@click.option(
    "--limit", type=click.IntRange(min=1), default=BEST, metavar="N", help="At most so many."
)
@as_json_option
@pass_invocation
def best(
    call: Invocation,
    /,
    *,
    words: tuple[str, ...],
    owner: str | None,
    view: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """The best use of the next hour: who may be called now, by what an hour with them is worth.

    Worth an hour = potential × probability ÷ hours of the next step. `!` stands before what you owe
    them. FILTER is as in list.
    """
    from review_board.board.agenda import best_hour

    gathered = _gathered(call, words, owner, view)
    found = best_hour(gathered)
    if as_json:
        call.out.json(_best_document(call.board, found, gathered, limit))
        return
    rows = _best_rows(call.board, found.ranked[:limit])
    _print(call, rows, _BEST_LIMITS, right=frozenset({1, 3}))
    for lines in found.apart:
        code = lines[0].entry.currency
        call.out.lines("", f"In {code}, not comparable with {gathered.currency}:")
        _print(call, _best_rows(call.board, lines[:limit]), _BEST_LIMITS, right=frozenset({1, 3}))
    _tell_best(call, found, gathered, limit)


@command("quotes")
@filter_arguments
@view_option(VIEW)
@click.option("--all", "everything", is_flag=True, help="Every open quote, followed up or not.")
@as_json_option
@pass_invocation
def quotes(
    call: Invocation,
    /,
    *,
    words: tuple[str, ...],
    owner: str | None,
    view: str | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Quotes never followed up, then those followed up too seldom, and what lies on the desk.

    On the desk = amount × closing ratio. FILTER is as in list.
    """
    from review_board.board.agenda import open_quotes
    from review_board.cli.layout import hanging
    from review_board.cli.terminal import width_of_stdout

    gathered = _gathered(call, words, owner, view)
    found = open_quotes(gathered)
    parts = {"never": found.never, "fewer": found.fewer}
    parts |= {"enough": found.enough} if everything else {}
    if as_json:
        call.out.json(_quotes_document(parts, gathered))
        return
    shown = {name: lines for name, lines in parts.items() if lines}
    for place, (name, lines) in enumerate(shown.items()):
        head = _quotes_head(name, lines, gathered)
        call.out.lines(*([""] if place else []), *hanging(head, width_of_stdout()))
        _print(call, _quote_rows(lines, gathered), _QUOTE_LIMITS, right=frozenset({1, 2}))
    if not shown:
        rest = len(found.enough)
        more = f"; {rest} followed up often enough: --all shows them" if rest else ""
        call.out.note(f"no open quote waits for a follow-up{more}")


# Gathering


def _gathered(
    call: Invocation, words: tuple[str, ...], owner: str | None, view: str | None
) -> "Gathered":
    from review_board.board.agenda import gather
    from review_board.board.filters import fits_nobody

    board, seen = call.board, view_named(call, view)
    wanted = seen.filter.and_(chosen(board, words, owner))
    gathered = gather(board, wanted, mine=board.by if seen.mine else "")
    if not board.documents():
        call.out.note("the pipeline is empty; add a prospect, import a list, or try demo")
    elif gathered.fits_nobody or (seen.mine and not gathered.seen):
        mine = [f"owner {board.by}"] if seen.mine else []
        raise fits_nobody(", ".join([*mine, *filter(None, [gathered.wanted])]))
    if gathered.spoilt:
        call.out.note(
            f"{several(gathered.spoilt, 'record')} cannot be read; run review-board doctor"
        )
    return gathered


# Text


def _tell_day_off(call: Invocation, gathered: "Gathered") -> None:
    if gathered.day_off:
        call.out.note(gathered.day_off)


def _print(
    call: Invocation,
    rows: Iterable[tuple[str, ...]],
    limits: tuple[int, ...],
    right: frozenset[int],
) -> None:
    from review_board.cli.layout import table
    from review_board.cli.terminal import width_of_stdout

    for line in table(list(rows), limits, right=right, width=width_of_stdout()):
        call.out.line(line)


def _due_rows(lines: "list[DueLine]", gathered: "Gathered") -> Iterator[tuple[str, ...]]:
    from review_board.pipeline.dates import short_day
    from review_board.review.agenda_words import how_late, not_before, to_do

    for line in lines:
        day = line.duty.day
        wait = not_before(line.earliest, gathered.today)
        what = to_do(line.duty)
        yield (
            "!" if line.duty.owed else "",
            short_day(day, gathered.today),
            how_late(day, gathered.today),
            line.entry.name,
            _value(line.entry),
            line.entry.owner,
            f"{what}; {wait}" if wait else what,
        )


def _best_rows(board: "Board", lines: "tuple[BestLine, ...]") -> Iterator[tuple[str, ...]]:
    from review_board.review.agenda import whom_to_ask
    from review_board.review.agenda_words import an_hour, way_in

    for place, line in enumerate(lines, 1):
        contact = whom_to_ask(board.evidence(line.entry.id), line.finding)
        way = way_in(line.finding, contact)
        what = f"{line.finding.action}  ({line.finding.rule})"
        yield (
            "!" if line.owed else "",
            f"{place}",
            line.entry.name,
            an_hour(line.payoff),
            line.entry.owner,
            f"{what}  {way}" if way else what,
        )


def _tell_best(call: Invocation, found: "BestHour", gathered: "Gathered", limit: int) -> None:
    from review_board.pipeline.dates import short_day
    from review_board.review.agenda_words import callable_now

    longest = max((len(lines) for lines in (found.ranked, *found.apart)), default=0)
    if gathered.day_off:
        told = callable_now(found.count, gathered.call_day, gathered.today)
        call.out.note(f"{gathered.day_off}: {told}")
    elif not found.count:
        call.out.note("nobody may be called now")
    if longest > limit:
        call.out.note(f"{found.count:,} in all; raise --limit to see them")
    if found.waiting and found.first:
        first = short_day(found.first, gathered.today)
        call.out.note(f"{found.waiting:,} may not be called yet, the first on {first}")


HEADS: dict[str, Callable[[int], str]] = {
    "never": lambda _: "Never followed up",
    "fewer": lambda limit: f"Followed up fewer than {several(limit, 'time')}",
    "enough": lambda limit: f"Followed up {several(limit, 'time')} or more",
}


def _quotes_head(name: str, lines: "tuple[QuoteLine, ...]", gathered: "Gathered") -> str:
    from review_board.board.agenda import totals
    from review_board.review.agenda_words import sums

    amounts, stakes = totals(lines)
    return (
        f"{HEADS[name](gathered.threshold)}: {len(lines)}, {sums(amounts)};"
        f" {sums(stakes)} left on the desk ({gathered.closing_label})"
    )


def _quote_rows(lines: "tuple[QuoteLine, ...]", gathered: "Gathered") -> Iterator[tuple[str, ...]]:
    from review_board.pipeline.dates import short_day
    from review_board.pipeline.money import short_money

    for line in lines:
        tries = f"{line.quote.attempts}/{gathered.threshold}"
        touched = "no contact" if line.touch_days is None else f"{line.touch_days} d ago"
        yield (
            line.entry.name,
            short_money(line.quote.amount),
            short_money(line.stake),
            f"{line.age} d old",
            tries,
            line.entry.owner,
            f"last touch {touched}"
            + (f"; it rests until {short_day(line.rests, gathered.today)}" if line.rests else "")
            + ("" if line.quote.newest else "; an earlier version"),
        )


def _value(entry: "Entry") -> str:
    from review_board.pipeline.money import short_amount, symbol_of

    return "" if entry.amount is None else symbol_of(entry.currency) + short_amount(entry.amount)


# JSON


def _due_document(lines: "list[DueLine]", gathered: "Gathered", days: int) -> dict[str, Any]:
    return {
        "today": gathered.today.isoformat(),
        "days": days,
        "count": len(lines),
        "due": [_due_line(line, gathered.today) for line in lines],
    }


def _due_line(line: "DueLine", today: "date") -> dict[str, Any]:
    return {
        **_who(line.entry),
        "kind": line.duty.matter.value,
        "day": line.duty.day.isoformat(),
        "time": f"{line.duty.time:%H:%M}" if line.duty.time else None,
        "days_late": (today - line.duty.day).days,
        "owed": line.duty.owed,
        "action": line.duty.action,
        "earliest_next_touch": line.earliest.isoformat() if line.earliest else None,
    }


def _best_document(
    board: "Board", found: "BestHour", gathered: "Gathered", limit: int
) -> dict[str, Any]:
    apart = {lines[0].entry.currency: lines for lines in found.apart}
    return {
        "today": gathered.today.isoformat(),
        "call_day": gathered.call_day.isoformat(),
        "currency": gathered.currency,
        "count": found.count,
        "best": [_best_line(board, line) for line in found.ranked[:limit]],
        "other_currencies": {
            code: [_best_line(board, line) for line in lines[:limit]]
            for code, lines in apart.items()
        },
        "waiting": found.waiting,
        "first_waiting": found.first.isoformat() if found.first else None,
    }


def _best_line(board: "Board", line: "BestLine") -> dict[str, Any]:
    from review_board.review.agenda import whom_to_ask

    evidence = board.evidence(line.entry.id)
    contact = whom_to_ask(evidence, line.finding)
    return {
        **_who(line.entry),
        "payoff_an_hour": _money(line.payoff),
        "probability": f"{evidence.probability:f}",
        "hours": f"{evidence.hours:f}",
        "owed": line.owed,
        "rule": line.finding.rule.value,
        "action": line.finding.action,
        "route": line.finding.route.value if line.finding.route else None,
        "contact": contact and contact.model_dump(mode="json", include=set(_CONTACT)),
    }


_CONTACT = ("id", "name", "role", "email", "phone")


def _quotes_document(
    parts: "dict[str, tuple[QuoteLine, ...]]", gathered: "Gathered"
) -> dict[str, Any]:
    from review_board.board.agenda import totals

    def part(lines: "tuple[QuoteLine, ...]") -> dict[str, Any]:
        amounts, stakes = totals(lines)
        return {
            "count": len(lines),
            "amount": [_money(money) for money in amounts],
            "on_the_desk": [_money(money) for money in stakes],
            "quotes": [_quote_line(line) for line in lines],
        }

    return {
        "today": gathered.today.isoformat(),
        "closing_ratio": f"{gathered.closing:f}",
        "closing_ratio_label": gathered.closing_label,
        "threshold": gathered.threshold,
        **{name: part(lines) for name, lines in parts.items()},
    }


def _quote_line(line: "QuoteLine") -> dict[str, Any]:
    return {
        **_who(line.entry),
        "quote": line.quote.id,
        "amount": _money(line.quote.amount),
        "on_the_desk": _money(line.stake),
        "sent_on": line.quote.sent_on.isoformat(),
        "age_days": line.age,
        "attempts": line.quote.attempts,
        "newest": line.quote.newest,
        "last_touch_days": line.touch_days,
        "rests_until": line.rests.isoformat() if line.rests else None,
    }


def _who(entry: "Entry") -> dict[str, Any]:
    value = None
    if entry.amount is not None:
        value = {"amount": f"{entry.amount:f}", "currency": entry.currency}
    return {"id": entry.id, "name": entry.name, "owner": entry.owner, "value": value}


def _money(money: "Money | None") -> dict[str, str] | None:
    if money is None:
        return None
    return {"amount": f"{money.amount:f}", "currency": money.currency}
