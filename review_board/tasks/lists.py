"""Three lists over an open board: what is due, the best use of the next hour, open quotes.

All three are made of one look over the board. Who cannot wait hands in a ``look`` that gives only
what is known already; ``unread`` then says how many prospects are still missing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from review_board.board.board import Board
from review_board.board.card_summary import CardSummary
from review_board.board.filters import NO_FILTER, Filter
from review_board.board.index import Entry, read_day
from review_board.judgement.closing_ratio import ClosingRatio
from review_board.judgement.due.task_wording import advice_action, day_off_note, with_sites
from review_board.judgement.due.tasks import OpenQuote, Task, TaskKind, owed_task, with_plan_told
from review_board.judgement.recommendation import Finding
from review_board.judgement.whom_to_call import WayToReach
from review_board.pipeline.money import Money, currency_in_use, side_by_side, total_by_currency
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import SELLING, Column, Verdict
from review_board.wording import several

Look = Callable[[str], CardSummary | None]


@dataclass(frozen=True, slots=True)
class TaskData:
    """The prospects that a filter lets through, with what is known of them.

    So many are ``unread``: not looked at yet; so many ``unreadable``: their record is broken.
    ``filter_text`` is the filter as it is written; ``day_off`` says that today is no working day,
    ``call_day`` is the first day from today on that is one: nobody is called before it, and who was
    called today not before ``next_call_day``. ``by`` is who asks.
    """

    prospects: tuple[tuple[Entry, CardSummary], ...]
    unread: int
    unreadable: int
    today: date
    currency: str
    closing: ClosingRatio
    threshold: int
    filter_text: str
    day_off: str
    call_day: date
    next_call_day: date
    by: str

    @property
    def fits_nobody(self) -> bool:
        """Tell whether there is a filter and no prospect fits it: not the same as nothing to do."""
        return bool(self.filter_text) and not self.prospects and not self.unread

    @property
    def owners_owed(self) -> tuple[str, ...]:
        """Return the owners of the prospects that we owe something now, one for each prospect."""
        return tuple(entry.owner for entry, summary in self.prospects if summary.owed)

    @property
    def owed(self) -> int:
        """Return how many of the prospects we owe something now."""
        return len(self.owners_owed)

    @property
    def owed_later(self) -> int:
        """Return how many of them we owe something on a day that is ahead."""
        return sum(card_summary.owed_later for _, card_summary in self.prospects)

    @property
    def closes_passed(self) -> int:
        """Count those in Active whose close date is over: they have no task of their own."""
        closes = (
            read_day(entry.document.get("close_date"))
            for entry, _ in self.prospects
            if entry.column is Column.ACTIVE
        )
        return sum(close is not None and close < self.today for close in closes)

    def comparable(self, currency: str) -> bool:
        """Tell whether an amount is in the main currency; others are only compared with their like."""
        return currency == self.currency


def collect_tasks(
    board: Board, wanted: Filter = NO_FILTER, *, mine: str = "", look: Look | None = None
) -> TaskData:
    """Collect the prospects that count; ``mine`` is the one owner whose prospects count, to the letter."""
    today = board.today
    look = look or board.evaluator.card_summary
    seen: list[tuple[Entry, CardSummary]] = []
    unread: list[str] = []

    def note(prospect_id: str) -> CardSummary | None:
        card_summary = look(prospect_id)
        if card_summary is None:
            unread.append(prospect_id)
        return card_summary

    for entry in board.index.entries.values():
        if entry.won or (mine and entry.owner != mine):
            continue
        if wanted and not wanted.picks(entry, note, today):
            continue
        if card_summary := look(entry.id) if wanted.needs_evidence else note(entry.id):
            seen.append((entry, card_summary))
    closing, settings = board.evaluator.closing, board.settings
    return TaskData(
        tuple(seen),
        len(unread),
        sum(bool(card_summary.spoilt) for _, card_summary in seen),
        today.day,
        settings.currency,
        closing,
        settings.thresholds.attempts,
        wanted.text,
        day_off_note(today.day, settings.calendar),
        settings.calendar.working_from(today.day),
        settings.calendar.working_from(today.day + timedelta(days=1)),
        board.by,
    )


# What is due


@dataclass(frozen=True, slots=True)
class DueLine:
    """One task of one prospect; ``earliest`` is the first day on which they may be called.

    What we owe a prospect now is one line, and that is ``owed``.
    """

    entry: Entry
    task: Task
    worth: Decimal
    earliest: date | None
    owed: bool


def due_lines(task_data: TaskData, days: int = 0) -> list[DueLine]:
    """Return what is due by so many days ahead: what we owe first, then by day, by time, by worth.

    Within a day what has a time comes first: it cannot be moved about as the rest can.
    """
    last = task_data.today + timedelta(days=days)
    found = [
        DueLine(
            entry,
            task,
            card_summary.worth or Decimal(0),
            _from_when(task, card_summary, task_data),
            owed,
        )
        for entry, card_summary in task_data.prospects
        for task, owed in tasks_of(card_summary, task_data.today)
        if task.day <= last
    ]

    def order(line: DueLine) -> tuple[bool, date, time, bool, str, Decimal, str, str]:
        task, code = line.task, line.entry.currency
        apart = not task_data.comparable(code)
        name = (fold(line.entry.name), line.entry.id)
        at = task.time or time.max
        return (not line.owed, task.day, at, apart, code, -line.worth, *name)

    return sorted(found, key=order)


def tasks_of(card_summary: CardSummary, today: date) -> Iterator[tuple[Task, bool]]:
    """Yield the tasks of a prospect, each with whether it is the one that we owe now."""
    agenda, owes = card_summary.agenda, card_summary.owes
    owed = owed_task(owes, agenda, today) if owes and card_summary.owed else None
    tasks = with_plan_told(agenda.tasks, today)
    if owed and owed not in tasks:
        yield owed, True
    yield from ((task, task == owed) for task in tasks)


AGREED = frozenset({TaskKind.CALLBACK, TaskKind.STEP})
"""What has its day by agreement, be it a day off."""
NEVER_WAIT = frozenset({TaskKind.CLOSE, TaskKind.BET})
"""What has its day whatever contact pressure allows: a bet that is asked about later is lost."""


def _from_when(task: Task, card_summary: CardSummary, task_data: TaskData) -> date | None:
    """Return the first day that contact pressure and the working days allow, where it asks for them."""
    agenda = card_summary.agenda
    allowed_from = agenda.step_from if task.kind is TaskKind.STEP else agenda.allowed_from
    allowed_from = None if task.kind in NEVER_WAIT else allowed_from
    if allowed_from is None or (task.kind in AGREED and task.day == task_data.today):
        return allowed_from
    return max(allowed_from, task_data.call_day)


# The best use of the next hour


@dataclass(frozen=True, slots=True)
class BestLine:
    """One prospect that may be called; ``amount`` is expected value an hour, if it is known.

    ``reach`` is whom to call, and how.
    """

    entry: Entry
    finding: Finding
    amount: Decimal | None
    owed: bool
    reach: WayToReach | None = None

    @property
    def payoff(self) -> Money | None:
        """Return the amount with its currency."""
        if self.amount is None:
            return None
        return Money(amount=self.amount, currency=self.entry.currency)

    @property
    def action(self) -> str:
        """Return what to do and how; where its sites make an hour worth so much, how many these are."""
        sites = self.entry.document.get("locations")
        action = advice_action(self.finding, self.reach)
        return with_sites(action, self.entry.value, sites if isinstance(sites, int) else None)


@dataclass(frozen=True, slots=True)
class BestHour:
    """``ranked`` in the main currency; the ``other_currencies`` each by itself.

    Those without a value come last, beside the only other currency where nothing is in the main one.

    ``waiting`` may not be called yet, the first of them on ``first``.
    """

    ranked: tuple[BestLine, ...]
    other_currencies: tuple[tuple[BestLine, ...], ...]
    waiting: int
    first: date | None

    @property
    def rankings(self) -> tuple[tuple[str, tuple[BestLine, ...]], ...]:
        """Return each ranking under its heading, which only what cannot be compared with others has."""
        is_mixed = bool(self.ranked) or len(self.other_currencies) > 1
        apart = "In {}, ranked apart: no amount is converted" if is_mixed else ""
        others = ((apart.format(lines[0].entry.currency), lines) for lines in self.other_currencies)
        return (("", self.ranked), *others)

    @property
    def count(self) -> int:
        """Count those that may be called."""
        return sum(len(lines) for _, lines in self.rankings)


def best_hour(task_data: TaskData) -> BestHour:
    """Return what is to be kept and may be called now, by payoff; currencies are ranked apart.

    Whom we contacted today waits, unless we owe them a call still. On a day off that is what may be
    called on the next working day.
    """
    now: dict[str, list[BestLine]] = {}
    later: list[date] = []
    for entry, card_summary in task_data.prospects:
        earliest = card_summary.agenda.earliest
        if not _worth_an_hour(entry, card_summary) or earliest is None:
            continue
        if card_summary.touch_days == 0 and not card_summary.owed:
            earliest = max(earliest, task_data.next_call_day)
        if earliest > task_data.call_day:
            later.append(earliest)
            continue
        line = _best_line(entry, card_summary)
        now.setdefault("" if line.amount is None else entry.currency, []).append(line)
    valueless = now.pop("", [])
    now.setdefault(currency_in_use(now, task_data.currency), []).extend(valueless)
    ranked = now.pop(task_data.currency, [])
    return BestHour(
        _ranked(ranked),
        tuple(_ranked(now[code]) for code in sorted(now)),
        len(later),
        min(later, default=None),
    )


def _worth_an_hour(entry: Entry, card_summary: CardSummary) -> bool:
    """Tell whether it is to be kept where it is sold to, or came back while it was not."""
    kept = card_summary.finding is not None and card_summary.finding.verdict is Verdict.KEEP
    is_back = any(task.kind is TaskKind.BACK for task in card_summary.agenda.tasks)
    return is_back or (kept and entry.column in SELLING)


def _best_line(entry: Entry, card_summary: CardSummary) -> BestLine:
    assert card_summary.finding is not None
    card = card_summary.card
    payoff = card.payoff if card and card_summary.worth is not None else None
    reach = card_summary.agenda.reach
    return BestLine(entry, card_summary.finding, payoff, card_summary.owed, reach)


def _ranked(lines: Iterable[BestLine]) -> tuple[BestLine, ...]:
    def order(line: BestLine) -> tuple[bool, Decimal, str, str]:
        amount = line.amount or Decimal(0)
        return (line.amount is None, -amount, fold(line.entry.name), line.entry.id)

    return tuple(sorted(lines, key=order))


# Quotes


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """An open quote; ``touch_days`` is since we called.

    ``age`` is the days since it was sent, where that is known; ``later`` the day ahead on which its
    prospect is next contacted, ``reach`` whom to call about it. It is ``owed`` a follow-up unless
    another call comes first, or a newer version of it.
    """

    entry: Entry
    quote: OpenQuote
    age: int | None
    touch_days: int | None
    later: date | None = None
    reach: WayToReach | None = None
    owed: bool = False


@dataclass(frozen=True, slots=True)
class QuotePart:
    """Open quotes that wait for the same, under a title; ``key`` is what JSON calls them."""

    key: str
    title: str
    lines: tuple[QuoteLine, ...]

    @property
    def heading(self) -> str:
        """Return ``Never followed up: 2 quotes, $400k · €9.5k, worth about $120k · €2.85k``."""
        amounts, stakes = map(side_by_side, totals(self.lines))
        without = sum(line.quote.amount is None for line in self.lines)
        unknown = f", {without:,} without an amount" if without else ""
        worth = f", {amounts}, worth about {stakes}" if amounts else ""
        return f"{self.title}: {several(len(self.lines), 'quote')}{unknown}{worth}"


@dataclass(frozen=True, slots=True)
class QuotesOpen:
    """``never`` followed up, ``fewer`` times than the threshold: we owe them; ``enough`` times.

    On the ``others`` no follow-up is owed: they are put off or let go, or a newer one is out.
    Of those ``by_list`` only a list says that a quote is out, by its stage or in a column.
    """

    never: tuple[QuoteLine, ...]
    fewer: tuple[QuoteLine, ...]
    others: tuple[QuoteLine, ...]
    enough: tuple[QuoteLine, ...]
    by_list: tuple[QuoteLine, ...]

    @property
    def waiting(self) -> int:
        """Count those that we owe a follow-up, as the report does."""
        return len(self.never) + len(self.fewer)

    @property
    def later(self) -> int:
        """Count those of them whose day is ahead."""
        return sum(line.later is not None for line in (*self.never, *self.fewer))

    @property
    def count(self) -> int:
        """Count those that are listed: what was followed up often enough is no task."""
        return self.waiting + len(self.others) + len(self.by_list)

    def parts(self, threshold: int) -> tuple[QuotePart, ...]:
        """Return the parts in the order in which they are shown."""
        times = several(threshold, "time")
        return (
            QuotePart("never", "Never followed up", self.never),
            QuotePart("fewer", f"Followed up fewer than {times}", self.fewer),
            QuotePart("others", "Open, but no follow-up is owed", self.others),
            QuotePart("enough", f"Followed up {times} or more", self.enough),
            QuotePart("by_list", "Out, says the list", self.by_list),
        )


def open_quotes(task_data: TaskData) -> QuotesOpen:
    """Return the open quotes, the largest first; the main currency before the others."""
    lines = sorted(
        (
            _quote_line(entry, card_summary, quote, task_data)
            for entry, card_summary in task_data.prospects
            for quote in card_summary.agenda.quotes
        ),
        key=lambda line: _quote_order(line, task_data),
    )
    tried = [(tries, line) for line in lines if (tries := line.quote.attempts) is not None]
    enough = max(1, task_data.threshold)
    few = [(tries, line) for tries, line in tried if tries < enough]
    return QuotesOpen(
        tuple(line for tries, line in few if line.owed and tries == 0),
        tuple(line for tries, line in few if line.owed and tries),
        tuple(line for _, line in few if not line.owed),
        tuple(line for tries, line in tried if tries >= enough),
        tuple(line for line in lines if line.quote.attempts is None),
    )


def _quote_line(
    entry: Entry, card_summary: CardSummary, quote: OpenQuote, task_data: TaskData
) -> QuoteLine:
    age = (task_data.today - quote.sent_on).days if quote.sent_on else None
    agenda = card_summary.agenda
    later = agenda.earliest if agenda.earliest and agenda.earliest > task_data.today else None
    owed = quote.newest and card_summary.owes_quote
    return QuoteLine(entry, quote, age, card_summary.touch_days, later, agenda.reach, owed)


def _quote_order(line: QuoteLine, task_data: TaskData) -> tuple[bool, str, Decimal, str, str]:
    money = line.quote.amount
    apart = money is None or not task_data.comparable(money.currency)
    code, amount = (money.currency, money.amount) if money else ("~", Decimal(0))
    return (apart, code, -amount, fold(line.entry.name), line.quote.id)


def totals(lines: Iterable[QuoteLine]) -> tuple[tuple[Money, ...], tuple[Money, ...]]:
    """Return the amount and what is at stake, a sum for each currency; an earlier version is not counted twice."""
    counted = [line for line in lines if line.quote.newest]
    ours = next((line.entry.currency for line in counted if not line.entry.currency_rank), "")
    return (
        total_by_currency(filter(None, (line.quote.amount for line in counted)), ours),
        total_by_currency(filter(None, (line.quote.worth for line in counted)), ours),
    )
