"""What was decided: by column, what it did to the pipeline, what was purged, what was kept against advice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

from review_board.pipeline.dates import Today, long_day
from review_board.pipeline.money import Money, long_money, total_by_currency
from review_board.pipeline.records import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.report.facts import Columns, Facts, OpenTotals, Overruling, Settled, open_of
from review_board.report.model import (
    BeforeAfter,
    Heading,
    Kind,
    Names,
    ReportSection,
    Row,
    Share,
    Value,
)
from review_board.settings.tree import Settings
from review_board.wording import percent, plural

ID = Heading("id", "Id", Kind.HIDDEN)
NAME = Heading("name", "Name", Kind.NAME)
OWNER = Heading("owner", "Owner", Kind.NAME)
BELOW_OWNER = Heading("owner", "Owner", Kind.BELOW)
HIDDEN_OWNER = Heading("owner", "Owner", Kind.HIDDEN)
VALUE = Heading("value", "Value", Kind.FIGURE)


MEANING = (
    "Kept: Active and Callback-Pending, where the selling time goes."
    " Purged: Nurture, only kept in touch with, and Dropped."
)
AGAIN = (
    "Every decision counts; cards and their value stand where the last decision on each put them."
)


def standing(settled: Iterable[Settled], chance: Decimal) -> OpenTotals:
    """What these prospects come to; ``chance`` stands in where no probability is on record."""
    prospects = [s.prospect for s in settled]
    weighted = (p.weighted(chance) for p in prospects)
    return OpenTotals(
        len(prospects),
        total_by_currency(p.value for p in prospects if p.value),
        total_by_currency(money for money in weighted if money),
    )


def decisions(facts: Facts) -> ReportSection:
    """Where the cards went, and what they are worth."""
    made = Counter(s.ruling.destination for s in facts.settled)
    sums = {
        column: standing(
            [s for s in facts.cards if s.ruling.destination is column], facts.closing.ratio
        )
        for column in Column
        if made[column]
    }
    several_a_card = len(facts.settled) > len(facts.cards)
    return ReportSection(
        "decisions",
        "Decisions",
        (
            Heading("column", "To"),
            Heading("decisions", "Decisions", Kind.FIGURE if several_a_card else Kind.HIDDEN),
            Heading("cards", "Cards", Kind.FIGURE),
            VALUE,
            Heading("weighted", "Weighted", Kind.FIGURE),
        ),
        tuple((c, made[c], s.count, s.value, s.weighted) for c, s in sums.items()),
        (MEANING, *([AGAIN] if several_a_card else []), *_stayed(facts))
        if facts.settled
        else ("No card was settled.",),
    )


def _stayed(facts: Facts) -> tuple[str, ...]:
    """Those that a purge did not move, so that nobody takes them for time won."""
    stayed = sum(s.stayed for s in facts.settled)
    were = plural(stayed, "was there before and stays", "were there before and stay")
    return (f"{stayed:,} of those in Nurture {were}.",) if stayed else ()


MOVED_NAMED = 5
"""Cards moved since that the header names."""


def moved_since_in_words(facts: Facts) -> str:
    """Return which cards lie elsewhere than the verdict says: ``Warm 3 (kept, moved to Dropped by ann)``."""
    moved = [s for s in facts.settled if s.moved_to]
    named = [
        f"{s.prospect.name} ({'kept' if s.kept else 'purged'}, moved to {to.title}"
        f"{f' by {s.moved_by}' if s.moved_by else ''} afterwards)"
        for s in moved[:MOVED_NAMED]
        if (to := s.moved_to)
    ]
    rest = len(moved) - len(named)
    return "; ".join([*named, *([f"{rest:,} more"] if rest else [])])


def people(facts: Facts) -> ReportSection:
    """Who settled how many, where several did."""
    names = sorted({s.ruling.by for s in facts.settled})
    made = {name: [s for s in facts.settled if s.ruling.by == name] for name in names}
    again = any(s.later for s in facts.settled)
    return ReportSection(
        "people",
        "By person",
        (
            Heading("by", "Person", Kind.NAME),
            Heading("cards", "Cards", Kind.FIGURE),
            Heading("decisions", "Decisions", Kind.FIGURE if again else Kind.HIDDEN),
            Heading("kept", "Kept", Kind.FIGURE),
            Heading("purged", "Purged", Kind.FIGURE),
            Heading("against", "Against advice", Kind.FIGURE),
            Heading("seconds", "s each" if again else "s a card", Kind.FIGURE),
        ),
        tuple(_person(name, these) for name, these in made.items()) if len(names) > 1 else (),
    )


def _person(name: str, made: list[Settled]) -> Row:
    cards, kept = len({s.prospect.id for s in made}), sum(s.kept for s in made)
    seconds = sum(s.ruling.seconds for s in made) // len(made)
    against = sum(s.against for s in made)
    return (name, cards, len(made), kept, len(made) - kept, against, seconds)


def pipeline(facts: Facts) -> ReportSection:
    """The columns before and after, and how far what is open covers the target."""
    before, after = facts.before, facts.after
    rows: list[Row] = [
        (
            column,
            *_shifts(before, before.get(column, OpenTotals()), after.get(column, OpenTotals())),
        )
        for column in Column
    ]
    rows.append(("Open in all", *_shifts(before, open_of(before), open_of(after))))
    return ReportSection(
        "pipeline",
        "The pipeline, before → after" if before else "The pipeline",
        (
            Heading("column", "Column"),
            Heading("cards", "Cards", Kind.FIGURE),
            VALUE,
            Heading("weighted", "Weighted", Kind.FIGURE),
        ),
        tuple(rows),
        (*_unknown(facts), _explained(facts), *_coverage(facts)),
    )


def _unknown(facts: Facts) -> tuple[str, ...]:
    """Why there is no before, where decisions make one ask for it."""
    if facts.before or not facts.settled:
        return ()
    came = "this file's own record begins later"
    if not any(s.seq for s in facts.settled):
        came = "these decisions came with the file"
    return (f"What stood in the columns before is not known: {came}.",)


def _explained(facts: Facts) -> str:
    once = "A figure that stands alone did not change. " if facts.before else ""
    return (
        f"{once}"
        "Open: Active and Callback-Pending. Weighted: value × probability; where none is on record,"
        f" the closing ratio stands in ({facts.closing.label})."
    )


def _shifts(known: Columns, was: OpenTotals, now: OpenTotals) -> Row:
    """Before and after, or only after where nothing is known of before."""
    if not known:
        return (now.count, now.value, now.weighted)
    return (
        BeforeAfter(was.count, now.count),
        BeforeAfter(was.value, now.value),
        BeforeAfter(was.weighted, now.weighted),
    )


def coverage(columns: Columns, facts: Facts) -> Share | None:
    """Weighted open value ÷ target, in the settings' currency; ``None`` without a target."""
    target, currency = facts.settings.forecast.target, facts.settings.currency
    if not target:
        return None
    weighted = open_of(columns).weighted
    mine = next((m.amount for m in weighted if m.currency == currency), Decimal(0))
    return Share((mine / target).quantize(Decimal("0.0001")))


def covered(facts: Facts) -> Value:
    """The coverage before and after, as far as it is known."""
    after = coverage(facts.after, facts)
    if after is None or not facts.before:
        return after
    return BeforeAfter(coverage(facts.before, facts), after)


def _coverage(facts: Facts) -> tuple[str, ...]:
    target = facts.settings.forecast.target
    after = coverage(facts.after, facts)
    if not target or after is None:
        return ("No target is set (forecast.target in the settings), so no coverage is reckoned.",)
    before = coverage(facts.before, facts) if facts.before else None
    shown = f"{percent(before.ratio)} → {percent(after.ratio)}" if before else percent(after.ratio)
    money = Money(amount=target, currency=facts.settings.currency)
    others = [m.currency for m in open_of(facts.after).weighted if m.currency != money.currency]
    whose = f" of {facts.span.owner} alone" if facts.span.owner else ""
    beside = f"; {', '.join(others)} not counted" if others else ""
    return (
        f"Coverage of the target {long_money(money)}: {shown} (weighted open value{whose}{beside}).",
    )


def won(facts: Facts) -> ReportSection:
    """What was bought in that time."""
    return ReportSection(
        "won",
        "Won",
        (ID, NAME, VALUE, Heading("on", "On", Kind.FIGURE), OWNER),
        tuple(
            (p.id, p.name, p.won.value or p.value, p.won.on, p.owner) for p in facts.won if p.won
        ),
    )


def purged(facts: Facts) -> ReportSection:
    """The purge list: where each went, by which rule, for which reason, and how to take it back."""
    cards = sorted(
        (s for s in facts.settled if not s.kept), key=lambda s: (not s.freed, *_by_value(facts, s))
    )
    return ReportSection(
        "purged",
        "Purged",
        (
            ID,
            NAME,
            VALUE,
            Heading("column", "From → to"),
            Heading("undo", "Undo", Kind.FIGURE),
            Heading("rule", "Rule", Kind.BELOW),
            Heading("reason", "Reason", Kind.BELOW),
            Heading("note", "Note", Kind.BELOW),
            Heading("idea", "One more idea", Kind.HIDDEN),
            Heading("idea_on", "On", Kind.HIDDEN),
            BELOW_OWNER,
        ),
        tuple(
            (
                s.prospect.id,
                s.prospect.name,
                s.prospect.value,
                BeforeAfter(s.was, s.ruling.destination) if s.was else s.ruling.destination,
                s.seq,
                s.ruling.rule,
                _reason(s, facts.settings),
                _remark(s, facts.today),
                s.ruling.step.action if s.ruling.step else None,
                s.ruling.step.on if s.ruling.step else None,
                s.prospect.owner,
            )
            for s in cards
        ),
        tuple(_about_purges(cards)),
    )


def _about_purges(cards: list[Settled]) -> Iterator[str]:
    """What must be known of the list: what freed nothing, what stands no more, how to undo it."""
    if not cards:
        yield "Nothing was purged."
    if stayed := sum(not s.freed for s in cards):
        were = plural(stayed, "was", "were")
        yield f"{stayed:,} of them {were} out of selling time before and freed no hour."
    if any(s.later for s in cards):
        yield "Some were decided again later: their note says when, and to which column."
    if not all(s.seq for s in cards):
        yield "What came with the file has no number to undo."
    if any(s.seq for s in cards):
        undo = "To take one back: review-board undo --seq N, with its number under Undo."
        if _shared(cards):
            undo += (
                " Cards with the same number come back together; --only WHO takes back one of them."
            )
        yield undo


def _shared(cards: list[Settled]) -> bool:
    numbers = [s.seq for s in cards if s.seq]
    return len(set(numbers)) < len(numbers)


def _reason(settled: Settled, settings: Settings) -> str:
    """The reason in words, unless there is none or it only says the rule again."""
    reason = settled.ruling.reason
    if reason is None or reason == settled.ruling.rule:
        return ""
    return settings.reason_label(reason)


def _again(later: VerdictRecord, today: Today) -> str:
    day = long_day(today.day_of(later.at), today.day)
    return f"decided again {day}: {later.destination.title}"


def _remark(settled: Settled, today: Today) -> str:
    ruling = settled.ruling
    parts = [ruling.note] if ruling.note else []
    parts += [f"against advice: “{ruling.against}”"] if settled.against and ruling.against else []
    parts += [f"importance {ruling.importance} of 5"] if ruling.importance else []
    if ruling.step:
        parts.append(f"one more idea: {ruling.step.action}, {long_day(ruling.step.on, today.day)}")
    parts += [_again(settled.later, today)] if settled.later else []
    return "; ".join(parts)


def kept_against(facts: Facts) -> ReportSection:
    """Kept although the record said purge: the line, and whether they would start with it today."""
    cards = sorted(
        (s for s in facts.settled if s.kept and s.against), key=partial(_by_value, facts)
    )
    return ReportSection(
        "kept_against_advice",
        "Kept against advice",
        (
            ID,
            NAME,
            VALUE,
            Heading("rule", "Rule"),
            Heading("start_anew", "Would start anew", Kind.FIGURE),
            Heading("because", "Because", Kind.BELOW),
            Heading("again", "Again", Kind.BELOW),
            BELOW_OWNER,
        ),
        tuple(
            (
                s.prospect.id,
                s.prospect.name,
                s.prospect.value,
                s.ruling.rule,
                s.ruling.start_anew,
                s.ruling.against or "no line was given",
                _again(s.later, facts.today) if s.later else None,
                s.prospect.owner,
            )
            for s in cards
        ),
    )


def overruled(facts: Facts) -> ReportSection:
    """The cards that two people decided on one day: who was first, and whose verdict stands."""
    return ReportSection(
        "overruled",
        "Overruled",
        (
            ID,
            NAME,
            VALUE,
            Heading("first", "First"),
            Heading("first_by", "By", Kind.NAME),
            Heading("stands", "Stands"),
            Heading("stands_by", "By", Kind.NAME),
            Heading("why", "Why", Kind.BELOW),
            HIDDEN_OWNER,
        ),
        tuple(
            (
                o.prospect.id,
                o.prospect.name,
                o.prospect.value,
                o.first.destination,
                o.first.by,
                o.stands.destination,
                o.stands.by,
                "; ".join(_said(r, facts.settings) for r in (o.first, o.stands)),
                o.prospect.owner,
            )
            for o in sorted(facts.overruled, key=partial(_by_value, facts))
        ),
        ("A verdict that was overruled the same day counts for whoever decided last.",)
        if facts.overruled
        else (),
    )


def _said(ruling: VerdictRecord, settings: Settings) -> str:
    """``ann: no budget``; what was said against the advice, else the reason or the next step."""
    reason = settings.reason_label(ruling.reason) if ruling.reason else ""
    step = ruling.step.action if ruling.step else ""
    return f"{ruling.by}: {reason or ruling.against or step or ruling.destination.title}"


def waiting(facts: Facts) -> ReportSection:
    """The cards that were left undecided on purpose, by name."""
    return ReportSection(
        "not_settled",
        "Not settled",
        (
            Heading("how", "How"),
            Heading("cards", "Cards", Kind.FIGURE),
            Heading("ids", "Ids", Kind.HIDDEN),
            Heading("names", "Who", Kind.BELOW),
        ),
        tuple((w.how, len(w.ids), Names(w.ids), Names(w.names)) for w in facts.waiting),
    )


def _by_value(facts: Facts, settled: Settled | Overruling) -> tuple[str, Decimal, str, str]:
    """The most valuable first, then by name."""
    return (*facts.size(settled.prospect.value), settled.prospect.name, settled.prospect.id)
