"""What is to be done: what we owe, callbacks, rescues, bets, nurture, hours freed, next week's calls."""

from collections.abc import Iterable
from datetime import date, time

from review_board.judgement.due.tasks import TaskKind
from review_board.judgement.time_spent import WEEKS, TimeSpent, add_up
from review_board.pipeline.dates import long_day
from review_board.pipeline.money import Money, total_by_currency
from review_board.report.decisions import BELOW_OWNER, HIDDEN_OWNER, ID, NAME, OWNER, VALUE
from review_board.report.facts import Facts
from review_board.report.items import (
    GRADES,
    PROVEN,
    BestCallItem,
    BetItem,
    CallbackItem,
    CallItem,
    NurtureItem,
    Obligation,
    ObligationKind,
    RescueItem,
    Who,
)
from review_board.report.model import DateAndTime, Estimate, Heading, Kind, ReportSection
from review_board.report.values import sums
from review_board.wording import duration, several

BEST = 3
TOUCHES = {TaskKind.NURTURE, TaskKind.WAKE}
OWED_SHOWN = 40
CALLS_SHOWN = 40
UNTIL = Heading("until", "Until", Kind.FIGURE)
_DEBTS = {debt: place for place, debt in enumerate(ObligationKind)}


def debts(facts: Facts) -> list[Obligation]:
    """What we owe, what has no day first; the heaviest kind first, in it the most valuable."""
    return sorted(
        facts.those(Obligation),
        key=lambda o: (
            o.on is not None,
            _DEBTS[o.debt],
            *facts.size(o.stake or o.who.value),
            o.who.name,
            o.who.id,
        ),
    )


def stake(facts: Facts) -> tuple[Money, ...]:
    """The quotes among what we owe, times the closing ratio."""
    return total_by_currency(o.stake for o in facts.those(Obligation) if o.stake)


def owed(facts: Facts) -> ReportSection:
    """Promises missed, quotes not followed up to the end, leads that nobody called."""
    found = debts(facts)
    quotes = [o for o in found if o.debt is ObligationKind.QUOTE]
    notes = [] if found else ["We owe nobody a call."]
    if quotes:
        among = " among them" if len(quotes) < len(found) else ""
        amount = sums(total_by_currency(o.amount for o in quotes if o.amount))
        notes.append(
            f"{several(len(quotes), 'open quote')}{among}, {amount}; worth {sums(stake(facts))}"
            f" (estimated: amount × {facts.closing.label})."
        )
    return ReportSection(
        "owed",
        "What we owe",
        (
            ID,
            NAME,
            Heading("what", "What"),
            Heading("since", "Since", Kind.FIGURE),
            Heading("amount", "Amount", Kind.FIGURE),
            Heading("worth", "Worth", Kind.FIGURE),
            Heading("action", "Do", Kind.BELOW),
            Heading("on", "On", Kind.HIDDEN),
            Heading("planned", "Planned", Kind.BELOW),
            _owner(o.who for o in found),
        ),
        tuple(
            (
                o.who.id,
                o.who.name,
                _what(o),
                o.since,
                o.amount or o.who.value,
                Estimate(o.stake) if o.stake else None,
                o.action,
                o.on,
                _planned(o, facts.today.day),
                o.who.owner,
            )
            for o in found
        ),
        tuple(notes),
        shown=OWED_SHOWN,
    )


def _owner(who: Iterable[Who]) -> Heading:
    """The owner is read where people differ; JSON always names them."""
    return BELOW_OWNER if len({w.owner for w in who}) > 1 else HIDDEN_OWNER


def _planned(owed: Obligation, today: date) -> str | None:
    return f"its day is {long_day(owed.on, today)}: {owed.planned}" if owed.on else None


def _what(owed: Obligation) -> str:
    if owed.debt is ObligationKind.QUOTE and not owed.tries:
        return "quote, not followed up"
    return owed.debt.value


def callbacks(facts: Facts) -> ReportSection:
    """The callbacks of this review by day, with what the proof lacks; all of them in the note."""
    every = facts.those(CallbackItem)
    mine = sorted(
        (p for p in every if p.settled),
        key=lambda p: (
            p.grade != PROVEN,
            p.on is None,
            p.on or facts.today.day,
            p.time or time.max,
            p.who.name,
            p.who.id,
        ),
    )
    return ReportSection(
        "callbacks",
        "Callbacks",
        (
            ID,
            NAME,
            VALUE,
            Heading("on", "On", Kind.FIGURE),
            Heading("time", "At", Kind.HIDDEN),
            Heading("proof", "Proof"),
            Heading("missing", "Missing", Kind.BELOW),
            Heading("said", "They said", Kind.HIDDEN),
            _owner(p.who for p in mine),
        ),
        tuple(
            (
                p.who.id,
                p.who.name,
                p.who.value,
                DateAndTime(p.on, p.time) if p.on else None,
                f"{p.time:%H:%M}" if p.time else None,
                _proof(p, facts.today.day),
                ", ".join(p.missing),
                p.said,
                p.who.owner,
            )
            for p in mine
        ),
        (f"Waiting in all: {_graded(every)}.",) if every else (),
    )


def _proof(promise: CallbackItem, today: date) -> str:
    late = promise.on and promise.on < today
    return f"{promise.grade}, overdue" if late else promise.grade


def _graded(promises: list[CallbackItem]) -> str:
    """``12 proven ($1.25M), 9 claimed ($310k)``; only what is proven counts as such."""
    parts = []
    for grade in GRADES:
        these = [p for p in promises if p.grade == grade]
        if these:
            parts.append(f"{len(these):,} {grade} ({sums(_values(p.who for p in these))})")
    return ", ".join(parts)


def rescues(facts: Facts) -> ReportSection:
    """The rescues that run, each with its route and its last day; one past it waits for a verdict."""
    found = sorted(facts.those(RescueItem), key=lambda r: (r.until, r.who.name, r.who.id))
    owner = _owner(r.who for r in found)
    over = any(r.until < facts.today.day for r in found)
    return ReportSection(
        "rescues",
        "Rescues",
        (ID, NAME, VALUE, UNTIL, Heading("route", "Through", Kind.BELOW), owner),
        tuple((r.who.id, r.who.name, r.who.value, r.until, r.route, r.who.owner) for r in found),
        ("A rescue whose day has passed brought no answer: decide.",) if over else (),
    )


def bets(facts: Facts) -> ReportSection:
    """The bets that stand; one past its day means Dropped."""
    found = sorted(facts.those(BetItem), key=lambda b: (b.until, b.who.name, b.who.id))
    owner = _owner(b.who for b in found)
    lost = any(b.until < facts.today.day for b in found)
    return ReportSection(
        "bets",
        "Bets",
        (ID, NAME, VALUE, UNTIL, Heading("action", "The buyer will", Kind.BELOW), owner),
        tuple((b.who.id, b.who.name, b.who.value, b.until, b.action, b.who.owner) for b in found),
        ("A bet whose day has passed without the buyer's action is lost: drop it.",)
        if lost
        else (),
    )


def nurture(facts: Facts) -> ReportSection:
    """The tracks: how many are on each, how many came with this review, what goes out in a week."""
    tours = facts.those(NurtureItem)
    tracks = sorted({t.track for t in tours}, key=lambda track: track or "~")
    due = {c.who.id for c in facts.those(CallItem) if c.matter in TOUCHES}
    rows = []
    for track in tracks:
        these = [t for t in tours if t.track == track]
        rows.append(
            (
                str(track).replace("-", " ") if track else "no track",
                sum(t.settled for t in these),
                len(these),
                sum(t.who.id in due for t in these),
                _values(t.who for t in these),
            )
        )
    return ReportSection(
        "nurture",
        "Nurture",
        (
            Heading("track", "Track"),
            Heading("new", "New", Kind.FIGURE),
            Heading("in_all", "In all", Kind.FIGURE),
            Heading("due", "Due in 7 days", Kind.FIGURE),
            VALUE,
        ),
        tuple(rows),
    )


def time_freed(facts: Facts) -> TimeSpent:
    """Return the time that the purged prospects took in the weeks before."""
    return add_up(s.spent for s in facts.freed)


def _measured(spent: TimeSpent) -> str:
    """Say the hours freed, and from which contacts they are added up."""
    if not spent.minutes:
        return f"No hours were freed: none of them took time in the {WEEKS} weeks before."
    return (
        f"About {spent.hours_a_week:f} h a week freed, as measured over the {WEEKS} weeks before:"
        f" {several(spent.touches, 'contact')}, {duration(spent.minutes * 60)}"
        " (minutes by kind of contact, see review-board config)."
    )


def freed(facts: Facts) -> ReportSection:
    """The hours that the purge frees, and the three best uses of them today."""
    currency = facts.settings.currency
    every = facts.those(BestCallItem)
    uses = sorted(
        (u for u in every if u.payoff.currency == currency),
        key=lambda u: (-u.payoff.amount, u.who.name, u.who.id),
    )[:BEST]
    notes = [
        _measured(time_freed(facts)),
        "An hour is worth value (or potential) × probability ÷ hours of the next step.",
    ]
    if not uses:
        notes[1] = "Nothing may be called today: contact pressure, or no value on record."
    others = sorted({u.payoff.currency for u in every} - {currency})
    notes += [f"Not ranked here, because not in {currency}: {', '.join(others)}."] if others else []
    return ReportSection(
        "best_uses",
        "Hours freed, and the best use of them",
        (
            ID,
            NAME,
            VALUE,
            Heading("payoff", "Worth an hour", Kind.FIGURE),
            Heading("action", "Do", Kind.BELOW),
            Heading("rule", "Rule", Kind.BELOW),
            _owner(u.who for u in uses),
        ),
        tuple(
            (u.who.id, u.who.name, u.who.value, Estimate(u.payoff), u.action, u.rule, u.who.owner)
            for u in uses
        ),
        tuple(notes),
    )


def overdue(facts: Facts) -> ReportSection:
    """Every call whose day has passed, the longest overdue first, and why; what we owe is among them."""
    found = [c for c in _calls(facts) if c.on < facts.today.day]
    return _to_call("overdue", "Overdue", found, ())


def next_week(facts: Facts) -> ReportSection:
    """Every call of today and the next seven days, day by day, and why.

    What we owe is among them, so that this list and the overdue are enough to work by.
    """
    found = [c for c in _calls(facts) if c.on >= facts.today.day]
    empty = "Nothing is planned for the next seven days."
    return _to_call("next_week", "The next seven days", found, () if found else (empty,))


def _calls(facts: Facts) -> list[CallItem]:
    return sorted(
        facts.those(CallItem), key=lambda c: (c.on, *facts.size(c.who.value), c.who.name, c.who.id)
    )


def _to_call(key: str, title: str, found: list[CallItem], notes: tuple[str, ...]) -> ReportSection:
    return ReportSection(
        key,
        title,
        (
            Heading("on", "Day", Kind.FIGURE),
            ID,
            NAME,
            VALUE,
            OWNER,
            Heading("why", "Why"),
            Heading("what", "What", Kind.BELOW),
        ),
        tuple((c.on, c.who.id, c.who.name, c.who.value, c.who.owner, c.why, c.what) for c in found),
        notes,
        shown=CALLS_SHOWN,
    )


def _values(who: Iterable[Who]) -> tuple[Money, ...]:
    return total_by_currency(w.value for w in who if w.value)
