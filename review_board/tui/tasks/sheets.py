"""What the lists of the agenda show, as plain data: columns, rows, and words for an empty list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from review_board.judgement.due.task_wording import (
    advice_action,
    callable_now,
    how_late,
    nobody_callable,
    not_before,
    payoff_words,
    promised_calls,
    route_words,
    sum_words,
    task_action,
    task_words,
)
from review_board.judgement.whom_to_call import whom_to_ask
from review_board.pipeline.dates import short_day
from review_board.pipeline.money import Money, long_money, short_amount, short_money, symbol_of
from review_board.tasks.lists import (
    BestHour,
    BestLine,
    DueLine,
    QuoteLine,
    QuotesOpen,
    TaskData,
    totals,
)
from review_board.tui.board.cards import OWED, SPOILT, sums
from review_board.tui.rows import Col, Row
from review_board.wording import percent, several

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.index import Entry
    from review_board.judgement.evidence import Evidence
    from review_board.pipeline.records import Contact

RANKED = 300
"""Places of a ranking that are shown: nobody's next hour holds more."""


def _head(key: str, text: str) -> Row:
    return Row(f"head/{key}", "", lambda: (text,))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list: its name, what it comes to, its rows; ``empty`` is said where there are none."""

    name: str
    summary: tuple[str, ...]
    cols: tuple[Col, ...]
    rows: tuple[Row, ...]
    empty: tuple[str, ...]


# Due


_DUE = (
    Col("", 1),
    Col("day", 6),
    Col("late", 10),
    Col("who", share=3),
    Col("value", 6, right=True),
    Col("owner", 10, wide=True),
    Col("what to do", share=5),
    Col("may be called", 18, wide=True),
)


def due_sheet(lines: Sequence[DueLine], task_data: TaskData, days: int) -> Sheet:
    """Return what is due today or overdue, or so many days ahead."""
    promised = sum(line.task.owed for line in lines)
    late = sum(line.task.day < task_data.today for line in lines)
    ahead = f"up to {days} d ahead" if days else "today or overdue"
    summary = (
        f"{len(lines)} due {ahead}",
        *((promised_calls(promised),) if promised else ()),
        *((f"{late} overdue",) if late else ()),
    )
    empty = (
        "Nothing is due today." if not days else f"Nothing is due within {several(days, 'day')}.",
        "Callbacks, next steps, nurture touches and bets come here on their day.",
        "w looks a week ahead; 2 shows the best use of the next hour.",
    )
    rows = tuple(_due_row(line, task_data) for line in lines)
    return Sheet("Due", summary, _DUE, rows, empty)


def _due_row(line: DueLine, task_data: TaskData) -> Row:
    entry = line.entry
    return Row(
        f"{entry.id}/{line.task.kind}",
        entry.id,
        partial(_due_cells, line, task_data),
        partial(_due_detail, line, task_data),
    )


def _due_cells(line: DueLine, task_data: TaskData) -> tuple[str, ...]:
    entry, task, today = line.entry, line.task, task_data.today
    return (
        OWED if task.owed else "",
        _day(task.day),
        how_late(task.day, today),
        entry.name,
        _value(entry, task_data.currency),
        entry.owner,
        task_action(task),
        not_before(line.earliest, today) or "now",
    )


def _due_detail(line: DueLine, task_data: TaskData) -> tuple[str, ...]:
    day, today = line.task.day, task_data.today
    told = f"{short_day(day, today)}, {how_late(day, today)}; {task_words(line.task)}"
    wait = not_before(line.earliest, today)
    return (wait, told) if wait else (told,)


def _day(day: date) -> str:
    """Return a day without its year: how late it is stands beside it."""
    return short_day(day, day)


# Best


_BEST = (
    Col("", 1),
    Col("#", 4, right=True),
    Col("who", share=3),
    Col("an hour", 9, right=True),
    Col("owner", 10, wide=True),
    Col("what to do", share=5),
    Col("rule", 20, wide=True),
)


def best_sheet(found: BestHour, task_data: TaskData) -> Sheet:
    """Return who may be called now, by what an hour with them is worth."""
    rows = _best_rows(found.ranked, task_data.currency)
    for lines in found.other_currencies:
        code = lines[0].entry.currency
        rows.append(_head(code, f"In {code}, not comparable with {task_data.currency}"))
        rows += _best_rows(lines, code)
    first = f", the first on {short_day(found.first, task_data.today)}" if found.first else ""
    owed = sum(line.owed for lines in (found.ranked, *found.other_currencies) for line in lines)
    summary = (
        callable_now(found.count, task_data.call_day, task_data.today),
        *((f"you owe {owed} of them",) if owed else ()),
        *((f"{found.waiting} not yet{first}",) if found.waiting else ()),
    )
    empty = (
        f"{nobody_callable(task_data.call_day, task_data.today)}.",
        f"{found.waiting} may not be called yet{first}."
        if found.waiting
        else "No prospect that is to be kept stands in Active or Callback-Pending.",
        "1 shows what is due; a on the board adds a fresh lead.",
    )
    return Sheet("Best hour", summary, _BEST, tuple(rows), empty)


def _best_rows(lines: Sequence[BestLine], code: str) -> list[Row]:
    rows = [_best_row(place, line) for place, line in enumerate(lines[:RANKED], 1)]
    more = len(lines) - len(rows)
    return [*rows, _head(f"more/{code}", f"and {more:,} more; / filters them")] if more else rows


def _best_row(place: int, line: BestLine) -> Row:
    entry, action = line.entry, advice_action(line.finding, line.reach)
    return Row(entry.id, entry.id, partial(_best_cells, place, line), lambda: (action,))


def _best_cells(place: int, line: BestLine) -> tuple[str, ...]:
    return (
        OWED if line.owed else "",
        f"{place}",
        line.entry.name,
        payoff_words(line.payoff),
        line.entry.owner,
        advice_action(line.finding, line.reach),
        line.finding.rule.value,
    )


# Quotes


_QUOTES = (
    Col("", 1),
    Col("who", share=4),
    Col("quote", 6, right=True),
    Col("at stake", 8, right=True),
    Col("age", 5, right=True),
    Col("tried", 5, right=True),
    Col("touched", 9, right=True),
    Col("owner", 8),
    Col("company", share=3, wide=True),
)


def quote_sheet(found: QuotesOpen, task_data: TaskData) -> Sheet:
    """Return the open quotes in three parts, with what each part is worth."""
    limit = task_data.threshold
    parts = (
        ("Never followed up", found.never),
        (f"Followed up fewer than {several(limit, 'time')}", found.fewer),
        (f"Followed up {several(limit, 'time')} or more", found.enough),
    )
    rows = tuple(
        row for name, lines in parts if lines for row in _quote_part(name, lines, task_data)
    )
    stakes = sums(totals((*found.never, *found.fewer))[1])
    summary = (
        f"{found.waiting} to follow up",
        *((f"{stakes} left on the desk",) if stakes else ()),
        task_data.closing_label,
    )
    empty = (
        "No quote is open.",
        "c logs a contact; with the outcome “quote sent” and its amount a quote comes here.",
    )
    return Sheet("Quotes", summary, _QUOTES, rows, empty)


def _quote_part(name: str, lines: Sequence[QuoteLine], task_data: TaskData) -> Iterator[Row]:
    amounts, stakes = totals(lines)
    text = f"{name}: {len(lines)}, {sums(amounts)}; {sums(stakes)} on the desk"
    yield _head(name, text)
    for line in lines:
        entry = line.entry
        yield Row(
            f"{entry.id}/{line.quote.id}",
            entry.id,
            partial(_quote_cells, line, task_data),
            partial(_quote_detail, line, task_data),
        )


def _quote_cells(line: QuoteLine, task_data: TaskData) -> tuple[str, ...]:
    entry, quote = line.entry, line.quote
    return (
        "" if quote.newest else "·",
        entry.name,
        short_money(quote.amount),
        short_money(line.stake),
        f"{line.age} d",
        f"{quote.attempts}/{task_data.threshold}",
        "never" if line.touch_days is None else f"{line.touch_days} d ago",
        entry.owner,
        entry.company,
    )


def _quote_detail(line: QuoteLine, task_data: TaskData) -> tuple[str, ...]:
    quote = line.quote
    offer = f"{long_money(quote.amount)} from {short_day(quote.sent_on, task_data.today)}"
    if not quote.newest:
        return (f"{offer}: an earlier version, not counted",)
    stake = f"{offer} × {task_data.closing_label} = {sum_words([line.stake])} at stake"
    rests = (f"it rests until {short_day(line.rests, task_data.today)}",) if line.rests else ()
    return (*rests, stake)


# More about one row


def details(board: "Board", row: Row) -> list[str]:
    """Return what is known of the prospect of a row, in four lines; a spoilt record says so."""
    entry = board.entry(row.id)
    if entry is None:
        return []
    if board.evaluator.card_summary(row.id, board.today).spoilt:
        return [f"{SPOILT} {entry.name}", "its record cannot be read; run review-board doctor"]
    evidence, made = board.evidence(row.id), board.recommendation(row.id)
    contact = whom_to_ask(evidence, made.finding)
    return [
        _who(entry, evidence),
        " · ".join(row.detail()),
        f"{made.rule}: {made.finding.because.text}",
        route_words(made.finding, contact) + _no_way(contact),
    ]


def _who(entry: "Entry", evidence: "Evidence") -> str:
    """Return who it is, and how the worth of an hour is worked out."""
    column = entry.column.title if entry.column else "Won"
    worth, payoff = evidence.prospect.potential, evidence.payoff
    worked_out = "no value on record"
    if worth and payoff is not None:
        hour = payoff_words(Money(amount=payoff, currency=worth.currency))
        own, odds = (
            evidence.prospect.probability,
            f"closing ratio {percent(evidence.probability)}",
        )
        if own is not None:
            odds = f"its own probability {(own * 100).normalize():f} %"
        worked_out = f"{short_money(worth)} × {odds} ÷ {evidence.hours.normalize():f} h = {hour}"
    parts = (entry.name, worked_out, column, entry.owner, entry.company)
    return " · ".join(part for part in parts if part)


def _no_way(contact: "Contact | None") -> str:
    if contact is None:
        return "no contact on record"
    return "" if contact.phone or contact.email else " · no phone or email on record"


def _value(entry: "Entry", usual: str) -> str:
    if entry.amount is None:
        return ""
    sign = "" if entry.currency == usual else symbol_of(entry.currency)
    return sign + short_amount(entry.amount)
