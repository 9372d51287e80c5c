"""What is to be done: what we owe, callbacks, rescues, bets, nurture, hours freed, next week's calls."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, time

from review_board.judgement.callback_proof import GRADES
from review_board.judgement.due.tasks import TaskKind
from review_board.judgement.time_spent import WEEKS, TimeSpent, add_up
from review_board.pipeline.dates import long_day, short_day
from review_board.pipeline.money import Money, currency_in_use, total_by_currency
from review_board.pipeline.vocabulary import Column, Track
from review_board.report.facts import Facts
from review_board.report.items import (
    AHEAD,
    PROVEN,
    BestCallItem,
    CallbackItem,
    CallItem,
    Item,
    NurtureItem,
    Obligation,
    ObligationKind,
    RunningItem,
    who_of,
)
from review_board.report.model import (
    ID,
    NAME,
    OWNER,
    VALUE,
    Cell,
    DateAndTime,
    Estimate,
    ReportColumn,
    ReportSection,
    below,
    figure,
    hidden,
    name_of,
    owner_cell,
    prospect_cells,
    table_of,
)
from review_board.report.pipeline_changes import NO_OWNER
from review_board.report.values import NAMED, sums
from review_board.wording import duration, first_few, plural, several

BEST = 3
TOUCHES = {TaskKind.NURTURE, TaskKind.WAKE}
SHOWN = 40
"""Rows that are shown of what we owe and of the calls."""
_BY_WEIGHT = {kind: place for place, kind in enumerate(ObligationKind)}

RUNS = {
    TaskKind.RESCUE: (
        "A last attempt is one more try by a way that nobody tried, until the day named.",
        "Where that day is over, it brought no answer: decide whether to keep them.",
    ),
    TaskKind.BET: (
        "A bet keeps a prospect, because the buyer will do something by a day.",
        "Where that day is over and they did not do it, the bet is lost: drop it.",
    ),
}
"""What runs until a day, and what it means when that is over."""


def quotes_worth(facts: Facts) -> tuple[Money, ...]:
    """Return what the quotes that we owe a follow-up are worth: each times the chance of its sale."""
    found = (o.worth for o in facts.those(Obligation) if o.worth)
    return total_by_currency(found, facts.settings.currency)


def owed(facts: Facts) -> ReportSection:
    """Show calls asked for and not made, quotes not followed up to the end, leads that nobody called.

    What is owed now comes first, then the heaviest kind, in it the most valuable.
    """
    found = sorted(
        facts.those(Obligation),
        key=lambda o: (
            o.on is not None,
            _BY_WEIGHT[o.kind],
            *facts.size(o.worth or o.who.value),
            o.who.name,
            o.who.id,
        ),
    )
    return table_of(
        "owed",
        "What you owe",
        (
            (ID, lambda o: o.who.id),
            (NAME, lambda o: name_of(o.who)),
            (ReportColumn("what", "What"), _what),
            (figure("since", "Since"), lambda o: o.since),
            (figure("amount", "Amount"), lambda o: o.amount or o.who.value),
            (figure("worth", "Worth"), lambda o: Estimate(o.worth) if o.worth else None),
            (below("action", "Do"), lambda o: o.action),
            (hidden("on", "On"), lambda o: o.on),
            (below("planned", "Planned"), lambda o: _planned(o, facts.today.day)),
            owner_cell(found, _owner),
        ),
        found,
        _about_owed(facts, found),
        shown=SHOWN,
    )


COLUMNS = "Worth is of quotes. Late: owed now, its day is over. Later: its day is ahead."
"""What is in the columns of who owes what."""


def owed_by_owner(facts: Facts) -> ReportSection:
    """Show which owner owes what, where there are several."""
    made = owed_by_each(facts.found, facts.settings.currency)
    return made if len(made.rows) > 1 else replace(made, rows=(), notes=())


def owed_by_each(items: Iterable[Item], ours: str) -> ReportSection:
    """Show what each owner owes now, what of it is late, and what is owed later."""
    theirs: dict[str, list[Obligation]] = defaultdict(list)
    for item in items:
        if isinstance(item, Obligation):
            theirs[item.who.owner].append(item)
    every = sorted(theirs.values(), key=lambda own: (-len(_now(own)), -len(own), own[0].who.owner))
    in_all = f"{sum(len(_now(own)) for own in every):,} are owed now in all."
    return table_of(
        "owed_by_owner",
        "What is owed, by owner",
        (
            (OWNER, lambda own: own[0].who.owner or NO_OWNER),
            (figure("now", "Owed now"), lambda own: len(_now(own))),
            (figure("calls", "Calls"), _counted(ObligationKind.PROMISE)),
            (figure("quotes", "Quotes"), _counted(ObligationKind.QUOTE)),
            (figure("first_calls", "First calls"), _counted(ObligationKind.NEVER_CALLED)),
            (
                figure("worth", "Worth"),
                lambda own: total_by_currency((o.worth for o in _now(own) if o.worth), ours),
            ),
            (figure("late", "Late"), lambda own: sum(o.late for o in own)),
            (figure("later", "Later"), lambda own: len(own) - len(_now(own))),
        ),
        every,
        (in_all, COLUMNS) if every else ("Nothing is owed.",),
    )


def _now(own: Iterable[Obligation]) -> list[Obligation]:
    return [o for o in own if o.on is None]


def _counted(kind: ObligationKind) -> Callable[[list[Obligation]], int]:
    return lambda own: sum(o.kind is kind for o in _now(own))


def _about_owed(facts: Facts, found: list[Obligation]) -> Iterator[str]:
    if not found:
        yield "You owe nobody a call."
    quotes = [o for o in found if o.kind is ObligationKind.QUOTE]
    if quotes:
        among = " among them" if len(quotes) < len(found) else ""
        amounts = (o.amount for o in quotes if o.amount)
        amount = sums(total_by_currency(amounts, facts.settings.currency))
        yield (
            f"{several(len(quotes), 'open quote')}{among}, {amount}, worth about"
            f" {sums(quotes_worth(facts))}. That is the amount × the probability, else × {facts.closing.label}."
        )


def _planned(owed: Obligation, today: date) -> str | None:
    planned = f": {owed.planned}" if owed.planned else ""
    return f"later, on {long_day(owed.on, today)}{planned}" if owed.on else None


def _what(owed: Obligation) -> str:
    if owed.kind is ObligationKind.QUOTE and not owed.tries:
        return "quote, not followed up"
    return owed.kind.value


def callbacks(facts: Facts) -> ReportSection:
    """Show the callbacks of this review by day, with what the proof lacks; all of them in the note."""
    every = facts.those(CallbackItem)
    found = sorted(
        (c for c in every if c.settled),
        key=lambda c: (
            c.grade != PROVEN,
            c.on is None,
            c.on or facts.today.day,
            c.time or time.max,
            c.who.name,
            c.who.id,
        ),
    )
    return table_of(
        "callbacks",
        "Callbacks",
        (
            *prospect_cells(who_of),
            (figure("on", "On"), lambda c: DateAndTime(c.on, c.time) if c.on else None),
            (hidden("time", "At"), lambda c: f"{c.time:%H:%M}" if c.time else None),
            (ReportColumn("proof", "Proof"), lambda c: _proof(c, facts.today.day)),
            (below("missing", "Missing"), lambda c: ", ".join(c.missing)),
            (hidden("said", "They said"), lambda c: c.said),
            owner_cell(found, _owner),
        ),
        found,
        (f"Waiting in all: {_graded(every, facts.settings.currency)}.",) if every else (),
    )


def _proof(callback: CallbackItem, today: date) -> str:
    late = callback.on and callback.on < today
    grade = GRADES[callback.grade]
    return f"{grade}, overdue" if late else grade


def _graded(callbacks: list[CallbackItem], ours: str) -> str:
    """Return ``12 proven ($1.25M), 9 not proven ($310k)``; only what is proven counts as such."""
    words = dict.fromkeys(GRADES.values())
    by_grade = [(grade, [c for c in callbacks if GRADES[c.grade] == grade]) for grade in words]
    return ", ".join(
        f"{len(these):,} {grade} ({sums(_values(these, ours))})"
        for grade, these in by_grade
        if these
    )


def rescues(facts: Facts) -> ReportSection:
    """Show the last attempts that run, each with its route and its last day."""
    return _running(facts, "rescues", "Last attempts", TaskKind.RESCUE, below("route", "Through"))


def bets(facts: Facts) -> ReportSection:
    """Show the bets that run; one past its day means Dropped."""
    return _running(facts, "bets", "Bets", TaskKind.BET, below("action", "The buyer will"))


def _running(
    facts: Facts, key: str, title: str, kind: TaskKind, what: ReportColumn
) -> ReportSection:
    """Show what runs until a day, that day first, and what it means when that day is over."""
    found = sorted(
        (item for item in facts.those(RunningItem) if item.kind is kind),
        key=lambda item: (item.until, item.who.name, item.who.id),
    )
    meaning, over = RUNS[kind]
    is_over = any(item.until < facts.today.day for item in found)
    cells: tuple[Cell[RunningItem], ...] = (
        *prospect_cells(who_of),
        (figure("until", "Until"), lambda item: item.until),
        (what, lambda item: item.what),
        owner_cell(found, _owner),
    )
    return table_of(key, title, cells, found, (meaning, over)[: len(found) and 1 + is_over])


def nurture(facts: Facts) -> ReportSection:
    """Show the tracks: how many are on each, how many came with this review, what goes out by a week from now."""
    every = facts.those(NurtureItem)
    due = {c.who.id for c in facts.those(CallItem) if c.kind in TOUCHES}
    came = {
        s.prospect.id
        for s in facts.settled
        if s.verdict.destination is Column.NURTURE and not s.stayed
    }
    by = short_day(facts.today.day + AHEAD, facts.today.day)
    tracks = sorted({n.track for n in every}, key=lambda track: track or "~")
    return table_of(
        "nurture",
        "Nurture",
        (
            (ReportColumn("track", "Track"), lambda items: _track(items[0].track)),
            (figure("new", "New"), lambda items: sum(n.who.id in came for n in items)),
            (figure("in_all", "In all"), len),
            (figure("due", f"Late, or by {by}"), lambda items: sum(n.who.id in due for n in items)),
            (VALUE, lambda items: _values(items, facts.settings.currency)),
        ),
        [[n for n in every if n.track == track] for track in tracks],
    )


def _track(track: Track | None) -> str:
    return track.label if track else "no track"


def time_freed(facts: Facts) -> TimeSpent:
    """Return the time that the purged prospects took in the weeks before."""
    return add_up(s.spent for s in facts.freed)


def _measured(spent: TimeSpent) -> str:
    """Say the hours freed, and from which contacts they are added up."""
    if not spent.minutes:
        return f"No hours were freed: nobody let go took time in the {WEEKS} weeks before."
    return (
        f"About {spent.hours_a_week:f} h a week freed. Measured over the {WEEKS} weeks before:"
        f" {several(spent.touches, 'contact')}, {duration(spent.minutes * 60)}"
        "."
    )


def best_calls(facts: Facts) -> ReportSection:
    """Show the hours that the purge frees, and the three best uses of them today."""
    every = facts.those(BestCallItem)
    currency = currency_in_use({b.payoff.currency for b in every}, facts.settings.currency)
    best = sorted(
        (b for b in every if b.payoff.currency == currency),
        key=lambda b: (-b.payoff.amount, b.who.name, b.who.id),
    )[:BEST]
    notes = [
        _measured(time_freed(facts)),
        "Worth an hour: value (of all sites) × probability ÷ the hours that the next step takes.",
    ]
    if not best:
        notes[1] = "There is nobody to contact today: it is too early, or no value is on record."
    others = sorted({b.payoff.currency for b in every} - {currency})
    notes += [f"Not ranked here, because not in {currency}: {', '.join(others)}."] if others else []
    return table_of(
        "best_uses",
        "Hours freed, and the best use of them",
        (
            *prospect_cells(who_of),
            (figure("payoff", "Worth an hour"), lambda b: Estimate(b.payoff)),
            (below("action", "Do"), lambda b: b.action),
            (hidden("rule", "Rule"), lambda b: b.rule),
            owner_cell(best, _owner),
        ),
        best,
        notes,
    )


def overdue(facts: Facts) -> ReportSection:
    """Show what is due today or late, the latest first, and why: the same as the list of that name.

    What is owed now without a task of its own stands above, and is counted here.
    """
    found = [c for c in _calls(facts) if c.on <= facts.today.day]
    dated = {c.who.id for c in found}
    rest = [o for o in facts.those(Obligation) if o.on is None and o.who.id not in dated]
    who = first_few([f"{o.who.name} ({_what(o)})" for o in rest], NAMED)
    are = f"more {plural(len(rest), 'is', 'are')} owed now"
    more = f"{len(rest):,} {are}: {who}; see What you owe."
    return _to_call("overdue", "Due today or late", found, (more,) if rest else ())


def next_week(facts: Facts) -> ReportSection:
    """Show what has its day in the seven days after today, day by day, and why."""
    found = [c for c in _calls(facts) if c.on > facts.today.day]
    empty = "Nothing is planned for the next seven days."
    return _to_call("next_week", "The next seven days", found, () if found else (empty,))


def _calls(facts: Facts) -> list[CallItem]:
    return sorted(
        facts.those(CallItem), key=lambda c: (c.on, *facts.size(c.who.value), c.who.name, c.who.id)
    )


def _to_call(key: str, title: str, found: list[CallItem], notes: tuple[str, ...]) -> ReportSection:
    return table_of(
        key,
        title,
        (
            (figure("on", "Day"), lambda c: c.on),
            *prospect_cells(who_of),
            (ReportColumn("why", "Why"), lambda c: c.why),
            (below("what", "What"), lambda c: c.what),
            owner_cell(found, _owner),
        ),
        found,
        notes,
        shown=SHOWN,
    )


def _owner(item: Item) -> str:
    return item.who.owner


def _values(items: Iterable[Item], ours: str) -> tuple[Money, ...]:
    return total_by_currency((item.who.value for item in items if item.who.value), ours)
