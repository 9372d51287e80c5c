"""``due``, ``best``, ``quotes``: what to do today, with the next hour, and about the open quotes."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.context import Invocation
from review_board.cli.filtering import EMPTY, filter_arguments, filter_of, view_named, view_option
from review_board.cli.options import as_json_option, command, pass_invocation, whole_number
from review_board.cli.terminal import table, width_of_stdout
from review_board.pipeline.dates import short_day
from review_board.pipeline.money import short_money
from review_board.textlayout import hanging
from review_board.wording import owed_words, several

if TYPE_CHECKING:
    from datetime import date

    from review_board.board.board import Board
    from review_board.board.index import Entry
    from review_board.judgement.whom_to_call import WayToReach
    from review_board.tasks.lists import BestHour, BestLine, DueLine, QuoteLine, QuotePart, TaskData

VIEW = "A view of the board: its filter alone; the order stays that of this list."
Listing = Callable[..., None]
BEST = 10
"""Prospects that ``best`` shows unless told: more than an hour's work."""
_DUE_LIMITS = (1, 12, 10, 48, 10, 14)
_BEST_LIMITS = (1, 4, 48, 12, 14)
_QUOTE_LIMITS = (48, 10, 10, 14, 18, 16)
FAR = 3650
OUT_BY_LIST = (
    "Quotes of which only the list tells; review-board log 'NAME quote @12oct' tells when one went"
)


def task_list(name: str) -> Callable[[Listing], click.Command]:
    """Decorate a command over the prospects that FILTER, --owner and --view let through: it gets them collected."""

    def decorate(listing: Listing) -> click.Command:
        @wraps(listing)
        def over_those(
            call: Invocation,
            /,
            *,
            words: tuple[str, ...],
            owner: str | None,
            view: str | None,
            **options: Any,
        ) -> None:
            listing(call, _collected(call, words, owner, view), **options)

        return command(name)(filter_arguments(view_option(VIEW)(pass_invocation(over_those))))

    return decorate


@task_list("due")
@click.option(
    "--days", type=whole_number(0, FAR), default=0, metavar="N", help="Look so many days ahead."
)
@as_json_option
def due(call: Invocation, task_data: "TaskData", /, *, days: int, as_json: bool) -> None:
    """What is due today or late: what you owe, callbacks, next steps and what else has its day.

    `!` stands before what you owe them. FILTER is as in list.
    """
    from review_board.tasks.lists import due_lines

    lines = due_lines(task_data, days)
    if as_json:
        call.out.json(_due_document(lines, task_data, days))
        return
    if task_data.day_off:
        call.out.note(task_data.day_off)
    _print(call, _due_rows(lines, task_data), _DUE_LIMITS, 4)
    _tell_owed(call, task_data, sum(line.owed for line in lines))
    if not lines and call.board.documents():
        ahead = f"within {several(days, 'day')}" if days else "today; --days 7 looks ahead"
        call.out.note(f"Nothing is due {ahead}")
    if passed := task_data.closes_passed:
        have = "has" if passed == 1 else "have"
        said = f"{several(passed, 'close date')} in Active {have} passed"
        call.out.note(f"{said}: review-board list column:active 'close<today'")


@task_list("best")
@click.option("--limit", type=whole_number(1), default=BEST, metavar="N", help="At most so many.")
@as_json_option
def best(call: Invocation, task_data: "TaskData", /, *, limit: int, as_json: bool) -> None:
    """Show the best use of the next hour: whom to call, by what an hour with them is worth.

    Only who may be called now; on a day off, who may be called on the next working day.

    Worth an hour = potential × probability ÷ hours of the next step. `!` stands before what you owe
    them. FILTER is as in list.
    """
    from review_board.tasks.lists import best_hour

    found = best_hour(task_data)
    if as_json:
        call.out.json(_best_document(call.board, found, task_data, limit))
        return
    for heading, lines in found.rankings:
        call.out.lines(*(["", f"{heading}:"] if heading else []))
        _print(call, _best_rows(lines[:limit]), _BEST_LIMITS, 1, 3)
    _tell_best(call, found, task_data, limit)


@task_list("quotes")
@click.option("--all", "everything", is_flag=True, help="Every open quote, followed up or not.")
@as_json_option
def quotes(call: Invocation, task_data: "TaskData", /, *, everything: bool, as_json: bool) -> None:
    """Quotes never followed up, then those followed up too seldom, and what they are worth.

    Worth is the amount × the probability of the sale, else × the closing ratio. FILTER is as in list.
    """
    from review_board.tasks.lists import open_quotes

    found = open_quotes(task_data)
    parts = [p for p in found.parts(task_data.threshold) if everything or p.key != "enough"]
    if as_json:
        call.out.json(_quotes_document(parts, task_data))
        return
    shown = [part for part in parts if part.lines]
    for place, part in enumerate(shown):
        call.out.lines(*([""] if place else []), *hanging(part.heading, width_of_stdout()))
        _print(call, _quote_rows(part.lines, task_data), _QUOTE_LIMITS, 1, 2)
    if not shown and call.board.documents():
        rest = len(found.enough)
        more = f"; {rest} followed up often enough: --all shows them" if rest else ""
        call.out.note(f"No open quote waits for a follow-up{more}")
    elif shown:
        call.out.note(f"Worth: the amount × its probability, else × {task_data.closing.label}")
    if found.by_list:
        call.out.note(OUT_BY_LIST)


def _tell_owed(call: Invocation, task_data: "TaskData", shown: int) -> None:
    """Say how many the sign marks of all that we owe now, and how many we owe later."""
    owed, later = task_data.owed, task_data.owed_later
    marked = ", marked !" if shown else ""
    parts = [owed_words(task_data.owners_owed, task_data.by)] if owed else []
    if shown < owed:
        parts += [f"{shown:,} here{marked}", "due shows all"]
    elif owed:
        parts[0] += marked
    parts += [f"{later:,} owed later"] if later else []
    if parts:
        call.out.note("; ".join(parts))


# Collecting


def _collected(
    call: Invocation, words: tuple[str, ...], owner: str | None, view: str | None
) -> "TaskData":
    from review_board.board.filters import fits_nobody
    from review_board.tasks.lists import collect_tasks

    board, seen = call.board, view_named(call, view)
    wanted = seen.filter.and_(filter_of(board, words, owner))
    task_data = collect_tasks(board, wanted, mine=board.by if seen.mine else "")
    if not board.documents():
        call.out.note(EMPTY)
    elif task_data.fits_nobody or (seen.mine and not task_data.prospects):
        mine = [f"owner {board.by}"] if seen.mine else []
        raise fits_nobody(", ".join([*mine, *filter(None, [task_data.filter_text])]))
    if task_data.unreadable:
        call.out.trouble(
            f"{several(task_data.unreadable, 'record')} cannot be read; run review-board doctor"
        )
    return task_data


# Text


def _print(
    call: Invocation, rows: Iterable[tuple[str, ...]], limits: tuple[int, ...], *right: int
) -> None:
    call.out.lines(*table([*rows], limits, frozenset(right), width_of_stdout()))


def _due_rows(lines: "list[DueLine]", task_data: "TaskData") -> Iterator[tuple[str, ...]]:
    from review_board.judgement.due.task_wording import how_late, not_before, task_action

    for line in lines:
        day = line.task.day
        wait = not_before(line.earliest, day, task_data.today)
        what = task_action(line.task)
        yield (
            "!" if line.owed else "",
            short_day(day, task_data.today),
            how_late(day, task_data.today),
            line.entry.who,
            short_money(line.entry.value) if line.entry.value else "",
            line.entry.owner,
            f"{what}; {wait}" if wait else what,
        )


def _best_rows(lines: "tuple[BestLine, ...]") -> Iterator[tuple[str, ...]]:
    from review_board.judgement.due.task_wording import payoff_words

    for place, line in enumerate(lines, 1):
        yield (
            "!" if line.owed else "",
            f"{place}",
            line.entry.who,
            payoff_words(line.payoff),
            line.entry.owner,
            line.action,
        )


def _tell_best(call: Invocation, found: "BestHour", task_data: "TaskData", limit: int) -> None:
    from review_board.judgement.due.task_wording import callable_now

    longest = max(len(lines) for _, lines in found.rankings)
    if task_data.day_off:
        told = callable_now(found.count, task_data.call_day, task_data.today)
        call.out.note(f"{task_data.day_off}: {told}")
    elif not found.count and call.board.documents():
        call.out.note("There is nobody to contact now")
    shown = (line for _, lines in found.rankings for line in lines[:limit])
    _tell_owed(call, task_data, sum(line.owed for line in shown))
    if longest > limit:
        call.out.note(f"{found.count:,} in all; --limit shows more of them")
    if found.waiting and found.first:
        first = short_day(found.first, task_data.today)
        call.out.note(
            f"{found.waiting:,} have a later day, or were just contacted; the first comes on {first}"
        )


def _quote_rows(lines: "tuple[QuoteLine, ...]", task_data: "TaskData") -> Iterator[tuple[str, ...]]:
    from review_board.judgement.contact_lines import days_ago
    from review_board.judgement.due.task_wording import NOT_KNOWN, quote_age

    for line in lines:
        tries = line.quote.told_by or f"{line.quote.attempts} of {task_data.threshold} attempts"
        ago = quote_age if line.quote.told_by else days_ago
        touched = f"last contact {ago(line.touch_days)}"
        yield (
            line.entry.who,
            short_money(line.quote.amount) if line.quote.amount else "–",
            short_money(line.quote.worth) if line.quote.worth else "–",
            f"sent {days_ago(line.age)}" if line.age is not None else f"day {NOT_KNOWN}",
            tries,
            line.entry.owner,
            touched
            + (f"; next on {short_day(line.later, task_data.today)}" if line.later else "")
            + ("" if line.quote.newest else "; an earlier version"),
        )


# JSON


def _due_document(lines: "list[DueLine]", task_data: "TaskData", days: int) -> dict[str, Any]:
    return {
        "today": task_data.today,
        "days": days,
        "count": len(lines),
        "due": [_due_line(line, task_data.today) for line in lines],
    }


def _due_line(line: "DueLine", today: "date") -> dict[str, Any]:
    return {
        **_who(line.entry),
        "kind": line.task.kind,
        "day": line.task.day,
        "time": f"{line.task.time:%H:%M}" if line.task.time else None,
        "days_late": (today - line.task.day).days,
        "owed": line.owed,
        "action": line.task.action,
        "earliest_next_touch": line.earliest,
        "contact": _reach(line.task.reach) if line.task.reach else None,
    }


def _reach(reach: "WayToReach") -> dict[str, Any]:
    phone, email = (reach.to, "") if reach.is_number else ("", reach.to)
    return {"name": reach.name, "phone": phone, "email": email}


def _best_document(
    board: "Board", found: "BestHour", task_data: "TaskData", limit: int
) -> dict[str, Any]:
    apart = {lines[0].entry.currency: lines for lines in found.other_currencies}
    return {
        "today": task_data.today,
        "call_day": task_data.call_day,
        "currency": task_data.currency,
        "count": found.count,
        "best": [_best_line(board, line) for line in found.ranked[:limit]],
        "other_currencies": {
            code: [_best_line(board, line) for line in lines[:limit]]
            for code, lines in apart.items()
        },
        "waiting": found.waiting,
        "first_waiting": found.first,
    }


def _best_line(board: "Board", line: "BestLine") -> dict[str, Any]:
    from review_board.judgement.whom_to_call import whom_to_ask

    evidence = board.evidence(line.entry.id)
    contact = whom_to_ask(evidence, line.finding)
    return {
        **_who(line.entry),
        "payoff_an_hour": line.payoff,
        "probability": evidence.probability,
        "hours": evidence.hours,
        "owed": line.owed,
        "rule": line.finding.rule,
        "action": line.finding.action,
        "route": line.finding.route,
        "contact": contact and contact.model_dump(mode="json", include=set(_CONTACT)),
    }


_CONTACT = ("id", "name", "role", "email", "phone")


def _quotes_document(parts: "Iterable[QuotePart]", task_data: "TaskData") -> dict[str, Any]:
    from review_board.tasks.lists import totals

    def document(lines: "tuple[QuoteLine, ...]") -> dict[str, Any]:
        amounts, stakes = totals(lines)
        return {
            "count": len(lines),
            "amount": amounts,
            "on_the_desk": stakes,
            "quotes": [_quote_line(line) for line in lines],
        }

    return {
        "today": task_data.today,
        "closing_ratio": task_data.closing.ratio,
        "closing_ratio_label": task_data.closing.label,
        "threshold": task_data.threshold,
        **{part.key: document(part.lines) for part in parts},
    }


def _quote_line(line: "QuoteLine") -> dict[str, Any]:
    return {
        **_who(line.entry),
        "quote": line.quote.id,
        "amount": line.quote.amount,
        "on_the_desk": line.quote.worth,
        "sent_on": line.quote.sent_on,
        "age_days": line.age,
        "attempts": line.quote.attempts,
        "newest": line.quote.newest,
        "told_by": line.quote.told_by or None,
        "last_touch_days": line.touch_days,
        "rests_until": line.later,
    }


def _who(entry: "Entry") -> dict[str, Any]:
    return {"id": entry.id, "name": entry.name, "owner": entry.owner, "value": entry.value}
