"""What the lists of the agenda show, as plain data: columns, rows, and words for an empty list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from textual.content import Content

from review_board.board.board import Board
from review_board.board.index import Entry
from review_board.judgement.contact_clocks import clocks
from review_board.judgement.contact_lines import days_ago
from review_board.judgement.due.task_wording import (
    callable_now,
    how_late,
    nobody_callable,
    not_before,
    payoff_words,
    quote_age,
    route_words,
    sum_words,
    task_action,
    task_words,
)
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding
from review_board.judgement.whom_to_call import CALL, whom_to_ask
from review_board.pipeline.dates import short_day
from review_board.pipeline.money import Money, long_money, short_money
from review_board.tasks.lists import (
    BestHour,
    BestLine,
    DueLine,
    QuoteLine,
    QuotePart,
    QuotesOpen,
    TaskData,
    totals,
)
from review_board.tui.advice_view import advice_band, clocks_shown
from review_board.tui.board.cards import OWED, SPOILT, sums, value_words
from review_board.tui.rows import Cell, CellColour, Col, Row, heading, with_room_for
from review_board.tui.textfit import plain
from review_board.wording import owed_words, several

RANKED = 300
"""Places of a ranking that are shown: nobody's next hour holds more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list: its name, what it comes to, its rows; ``empty`` is said where there are none.

    Empty words of both are left out.
    """

    name: str
    summary: tuple[str, ...]
    cols: tuple[Col, ...]
    rows: tuple[Row, ...]
    empty: tuple[str, ...]


SMALL = 40
"""Cells under which a list shows only whom it is about."""


# Due


_DUE = (
    Col("", 1),
    Col("when", 9, right=True, least=SMALL),
    Col("day", 6, right=True, wide=True),
    Col("who", share=8, most=34),
    Col("value", 6, right=True, least=SMALL, money=True),
    Col("what to do", share=13, least=SMALL),
    Col("owner", 8, wide=True),
)
_WAIT = Col("call", 17, wide=True)
"""From when on somebody may be called; where nobody must wait it says nothing."""


def due_sheet(lines: Sequence[DueLine], task_data: TaskData, days: int) -> Sheet:
    """Return what is due today or overdue, or so many days ahead."""
    late = sum(line.task.day < task_data.today for line in lines)
    ahead = f"within {several(days, 'day')}" if days else "today or late"
    all_late, passed = late == len(lines) > 0, task_data.closes_passed
    summary = (
        f"{len(lines)} late" if all_late else f"{len(lines)} due {ahead}",
        *_owed_words(task_data, task_data.owed),
        f"{late} late" if late and not all_late else "",
        f"{several(passed, 'close date')} passed" if passed else "",
    )
    empty = (
        "Nothing is due today." if not days else f"Nothing is due within {several(days, 'day')}.",
        "Callbacks, next steps, contacts in Nurture and bets come here on their day.",
        "w looks a week ahead; 2 shows the best use of the next hour.",
        "What the board says is to review is another list: r there opens it.",
        "Past close dates have no day of their own: / close<today finds them." if passed else "",
    )
    waits = any(_wait_of(line, task_data.today) for line in lines)
    rows = tuple(_due_row(line, task_data, waits=waits) for line in lines)
    cols = with_room_for({line.entry.currency for line in lines}, _DUE)
    return Sheet("Due", summary, (*cols, _WAIT) if waits else cols, rows, empty)


def _owed_words(task_data: TaskData, here: int) -> tuple[str, ...]:
    """Return ``9 you owe``, ``4 only in Due`` and how many we owe on a day ahead, as the board does."""
    owed, later = task_data.owed, task_data.owed_later
    return (
        owed_words(task_data.owners_owed, task_data.by) if owed else "",
        f"{owed - here} only in Due" if owed > here else "",
        f"{later} owed later" if later else "",
    )


def _due_row(line: DueLine, task_data: TaskData, *, waits: bool) -> Row:
    entry = line.entry
    return Row(
        f"{entry.id}/{line.task.kind}",
        entry.id,
        partial(_due_cells, line, task_data, waits=waits),
        partial(_due_detail, line, task_data),
    )


def _due_cells(line: DueLine, task_data: TaskData, *, waits: bool) -> tuple[Cell, ...]:
    entry, task, today = line.entry, line.task, task_data.today
    wait = ((_wait_of(line, today), CellColour.ACT),) if waits else ()
    return (
        _owed_sign(line.owed),
        _late(task.day, today),
        (short_day(task.day, task.day), CellColour.QUIET),  # without its year
        entry.who,
        value_words(entry, task_data.currency),
        task_action(task),
        (entry.owner, CellColour.QUIET),
        *wait,
    )


def _owed_sign(owed: bool) -> Cell:
    return (OWED, CellColour.DEBT) if owed else ""


def _late(day: date, today: date) -> Cell:
    """Return how late it is: what is late asks for something, what is ahead can wait."""
    words = how_late(day, today)
    if day == today:
        return words
    return words, CellColour.ACT if day < today else CellColour.QUIET


def _due_detail(line: DueLine, task_data: TaskData) -> str:
    day, today = line.task.day, task_data.today
    told = f"{short_day(day, today)}, {how_late(day, today)}: {task_words(line.task)}"
    wait = _wait_of(line, today)
    return f"{told}; {wait}" if wait else told


def _wait_of(line: DueLine, today: date) -> str:
    return not_before(line.earliest, line.task.day, today)


# Best


_BEST = (
    Col("", 1),
    Col("#", 4, right=True),
    Col("who", share=4, most=34),
    Col("an hour", 9, right=True, least=SMALL, money=True),
    Col("what to do", share=6, least=SMALL),
    Col("owner", 8, wide=True),
    Col("why", share=4, least=140),
)


def best_sheet(found: BestHour, task_data: TaskData) -> Sheet:
    """Return who may be called now, by what an hour with them is worth."""
    rows = tuple(row for ranking in found.rankings for row in _best_rows(*ranking))
    first = f", the first on {short_day(found.first, task_data.today)}" if found.first else ""
    owed = sum(line.owed for _, lines in found.rankings for line in lines)
    summary = (
        callable_now(found.count, task_data.call_day, task_data.today),
        *_owed_words(task_data, owed),
        f"{found.waiting} later{first}" if found.waiting else "",
    )
    empty = (
        f"{nobody_callable(task_data.call_day, task_data.today)}.",
        f"{found.waiting} come later{first}."
        if found.waiting
        else "No prospect that is to be kept stands in Active or Callback-Pending.",
        "1 shows what is due; a on the board adds a fresh lead.",
    )
    codes = {line.entry.currency for _, lines in found.rankings for line in lines}
    return Sheet("Best hour", summary, with_room_for(codes, _BEST), rows, empty)


def _best_rows(title: str, lines: Sequence[BestLine]) -> Iterator[Row]:
    if title:
        yield heading(title)
    for place, line in enumerate(lines[:RANKED], 1):
        key, cells = line.entry.id, partial(_best_cells, place, line)
        yield Row(key, key, cells, partial(getattr, line, "action"))
    if more := len(lines[RANKED:]):
        yield heading(f"and {more:,} more; / filters them")


def _best_cells(place: int, line: BestLine) -> tuple[Cell, ...]:
    return (
        _owed_sign(line.owed),
        (f"{place}", CellColour.QUIET),
        line.entry.who,
        payoff_words(line.payoff),
        line.action,
        (line.entry.owner, CellColour.QUIET),
        (line.finding.because.text, CellColour.QUIET),
    )


# Quotes


_QUOTES = (
    Col("", 1),
    Col("who", share=4, most=40),
    Col("quote", 6, right=True, least=SMALL, money=True),
    Col("worth", 6, right=True, least=SMALL, money=True),
    Col("sent", 9, right=True, least=SMALL),
    Col("attempts", 8, right=True, least=SMALL),
    Col("contact", 9, right=True, least=70),
    Col("owner", 8, least=70),
    Col("whom to ask", share=5, wide=True),
)


def quote_sheet(found: QuotesOpen, task_data: TaskData) -> Sheet:
    """Return the open quotes in three parts, with what each part is worth."""
    parts = [part for part in found.parts(task_data.threshold) if part.lines]
    rows = tuple(row for part in parts for row in _quote_rows(part, task_data))
    stakes, listed = sums(totals((*found.never, *found.fewer))[1]), len(found.by_list)
    summary = (
        f"{found.waiting} to follow up{f', {found.later} of them later' if found.later else ''}",
        f"{len(found.others)} with no follow-up owed" if found.others else "",
        f"worth about {stakes}" if stakes else "",
        f"{listed} by their list, about {sums(totals(found.by_list)[1])}" if listed else "",
        f"by its probability, else {task_data.closing.label}",
    )
    empty = (
        "No quote is open.",
        "c logs a contact; with the outcome “quote sent” and its amount a quote comes here.",
        "So does ; and: NAME quote 24k @12oct. A list that says a quote is out counts too.",
    )
    amounts = (line.quote.amount for part in parts for line in part.lines)
    codes = {amount.currency for amount in amounts if amount}
    return Sheet("Quotes", summary, with_room_for(codes, _QUOTES), rows, empty)


def _quote_rows(part: QuotePart, task_data: TaskData) -> Iterator[Row]:
    yield heading(part.heading)
    for line in part.lines:
        entry = line.entry
        yield Row(
            f"{entry.id}/{line.quote.id}",
            entry.id,
            partial(_quote_cells, line, task_data),
            partial(_quote_detail, line, task_data),
        )


def _quote_cells(line: QuoteLine, task_data: TaskData) -> tuple[Cell, ...]:
    entry, quote = line.entry, line.quote
    return (
        "" if quote.newest else ("·", CellColour.QUIET),
        entry.who,
        short_money(quote.amount) if quote.amount else "–",
        short_money(quote.worth) if quote.worth else "–",
        (quote_age(line.age), CellColour.QUIET),
        _tries(quote.attempts, task_data.threshold),
        ((quote_age if quote.told_by else days_ago)(line.touch_days), CellColour.QUIET),
        (entry.owner, CellColour.QUIET),
        _whom(line, task_data.today),
    )


def _whom(line: QuoteLine, today: date) -> Cell:
    """Return ``call Kim Aldous 555-0142``, the day before it where that is ahead."""
    action = line.reach.action if line.reach else CALL.lower()
    return (f"{short_day(line.later, today)}: {action}", CellColour.QUIET) if line.later else action


def _tries(attempts: int | None, enough: int) -> Cell:
    """Return ``2 of 5``: a quote that nobody followed up is a debt, too few tries ask for one more."""
    if attempts is None:
        return "–", CellColour.QUIET
    words = f"{attempts} of {enough}"
    if attempts >= enough:
        return words, CellColour.QUIET
    return words, CellColour.ACT if attempts else CellColour.DEBT


def _quote_detail(line: QuoteLine, task_data: TaskData) -> str:
    quote, day = line.quote, line.quote.sent_on
    sent = f" sent on {short_day(day, task_data.today)}" if day else ""
    offer = f"{long_money(quote.amount) if quote.amount else 'no amount'}{sent}"
    if quote.told_by:
        return f"{offer}, says the list; to follow it up here press ; and type: quote @12oct"
    if not quote.newest:
        return f"{offer}: an earlier version, not counted"
    worth = f"{offer}, worth {sum_words(filter(None, [quote.worth]))} ({quote.odds})"
    return worth + (f"; next on {short_day(line.later, task_data.today)}" if line.later else "")


# More about one row


def details(board: Board, row: Row) -> list[Content]:
    """Return what is known of the prospect of a row, in four lines; a spoilt record says so."""
    entry = board.entry(row.id)
    if entry is None:
        return []
    if board.evaluator.card_summary(row.id).spoilt:
        spoilt = Content.styled(f"{SPOILT} {plain(entry.name)}", "bold $error")
        return [spoilt, Content("its record cannot be read; run review-board doctor")]
    evidence, finding = board.evidence(row.id), board.recommendation(row.id).finding
    return [
        advice_band(finding, evidence.prospect.column),
        Content(plain(row.detail())),
        Content.styled(plain(_reach(finding, evidence)), "$quiet"),
        _who(entry, evidence),
    ]


def _who(entry: Entry, evidence: Evidence) -> Content:
    """Return both clocks, and how the worth of an hour is worked out."""
    known = clocks(
        evidence.touch_days,
        evidence.signal_days,
        lacks_history=evidence.lacks_history,
        answered_days=evidence.answered_days,
        asked_days=evidence.asked_days,
    )
    limits = evidence.settings.thresholds
    parts = [_payoff(evidence), entry.owner, entry.company]
    rest = " · ".join(["", *(plain(part) for part in parts if part)])
    return clocks_shown(known, evidence.signal_days, limits, CLOCKS) + Content.styled(
        rest, "$quiet"
    )


CLOCKS = 26
"""Cells that both clocks take at most."""


def _payoff(evidence: Evidence) -> str:
    """Return ``$24k × usual closing ratio 30 % ÷ 1 h = $7.2k/h``."""
    worth, payoff = evidence.prospect.potential, evidence.payoff
    if not worth or payoff is None:
        return "no value on record"
    hour = payoff_words(Money(amount=payoff, currency=worth.currency))
    return f"{evidence.prospect.worth_words} × {evidence.odds} ÷ {evidence.hours.normalize():f} h = {hour}"


def _reach(finding: Finding, evidence: Evidence) -> str:
    """Return the route that is advised and the person, with number and address."""
    contact = whom_to_ask(evidence, finding)
    if contact is None:
        return "nobody to call is on record"
    reachable = contact.phone or contact.email
    return route_words(finding, contact) + ("" if reachable else " · no phone or email on record")
