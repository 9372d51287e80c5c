"""What was decided: by column, what it did to the pipeline, what was purged, what was kept against advice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

from review_board.judgement.rules import words_of_rule
from review_board.pipeline.dates import Today, long_day
from review_board.pipeline.money import Money, Totals, in_currency, long_money, total_by_currency
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import SELLING, Column
from review_board.report.facts import Columns, Facts, Overruling, Settled, open_of
from review_board.report.model import (
    HIDDEN_OWNER,
    ID,
    NAME,
    OWNER,
    VALUE,
    BeforeAfter,
    Kind,
    Names,
    ReportColumn,
    ReportSection,
    Share,
    Value,
    below,
    figure,
    hidden,
    name_of,
    owner_cell,
    prospect_cells,
    table_of,
)
from review_board.settings.tree import Settings
from review_board.wording import Hint, percent, plural

MEANING = (
    "Kept are Active and Callback-Pending, where the selling time goes."
    " Purged are Nurture, where you only keep in touch, and Dropped."
)
AGAIN = "Every decision counts. Cards and their value stand where the last decision put them."


def totals_of(settled: Iterable[Settled], facts: Facts) -> Totals:
    """Return what these prospects come to; the closing ratio stands in where no probability is on record."""
    prospects, ours = [s.prospect for s in settled], facts.settings.currency
    weighted = (p.weighted(facts.closing.ratio) for p in prospects)
    return Totals(
        len(prospects),
        total_by_currency((p.value for p in prospects if p.value), ours),
        total_by_currency((money for money in weighted if money), ours),
    )


def by_column(facts: Facts) -> ReportSection:
    """Show where the cards went, and what they are worth."""
    made = Counter(s.verdict.destination for s in facts.settled)
    cards = {to: [s for s in facts.cards if s.verdict.destination is to] for to in Column}
    totals = {to: totals_of(these, facts) for to, these in cards.items()}
    is_repeated = len(facts.settled) > len(facts.cards)
    notes = (MEANING, *([AGAIN] if is_repeated else []), *_stayed(facts), *_bets(facts.settled))
    every = ReportColumn("decisions", "Decisions", Kind.FIGURE if is_repeated else Kind.HIDDEN)
    return table_of(
        "decisions",
        "Decisions",
        (
            (ReportColumn("column", "To"), lambda to: to),
            (every, lambda to: made[to]),
            (figure("cards", "Cards"), lambda to: totals[to].count),
            (VALUE, lambda to: totals[to].value),
            (figure("weighted", "Weighted"), lambda to: totals[to].weighted),
        ),
        [column for column in Column if made[column]],
        notes if facts.settled else ("No card was decided.",),
    )


def _stayed(facts: Facts) -> tuple[str, ...]:
    """Return those that a purge did not move, so that nobody takes them for time won."""
    stayed = sum(s.stayed for s in facts.settled)
    were = plural(stayed, "was there before and stays", "were there before and stay")
    return (f"{stayed:,} of those in Nurture {were}.",) if stayed else ()


def _bets(settled: Iterable[Settled]) -> Iterator[str]:
    """Yield that lost bets are among them: nobody decided these."""
    if lost := sum(s.was_lost_bet for s in settled):
        verb = plural(lost, "is a lost bet", "are lost bets")
        yield f"{lost:,} of those in Dropped {verb}: a review drops these as it begins."


MOVED_NAMED = 5
"""Cards moved since that the header names."""


def moved_since_in_words(facts: Facts) -> str:
    """Return which cards lie elsewhere than the verdict says: ``Warm 3 (kept, moved to Dropped by ann)``."""
    moved = [s for s in facts.settled if s.moved_to or s.won_since]
    named = [
        f"{s.prospect.name} ({'kept' if s.kept else 'purged'}, {_how_moved(s)} afterwards)"
        for s in moved[:MOVED_NAMED]
    ]
    rest = len(moved) - len(named)
    return "; ".join([*named, *([f"{rest:,} more"] if rest else [])])


def _how_moved(settled: Settled) -> str:
    """Return ``moved to Dropped by ann``, or that it was won."""
    to, by = settled.moved_to, settled.moved_by
    return f"moved to {to.title}{f' by {by}' if by else ''}" if to else "won"


def by_person(facts: Facts) -> ReportSection:
    """Show who settled how many, where several did."""
    names = sorted({s.verdict.by for s in facts.decided})
    made = [[s for s in facts.decided if s.verdict.by == name] for name in names]
    is_repeated = any(s.later for s in facts.decided)
    stay = Kind.FIGURE if any(s.stayed for s in facts.decided) else Kind.HIDDEN
    every = ReportColumn("decisions", "Decisions", Kind.FIGURE if is_repeated else Kind.HIDDEN)
    return table_of(
        "people",
        "By person",
        (
            (ReportColumn("by", "Person", Kind.NAME), lambda made: made[0].verdict.by),
            (figure("cards", "Cards"), lambda made: len({s.prospect.id for s in made})),
            (every, len),
            (figure("kept", "Kept"), lambda made: sum(s.kept for s in made)),
            (figure("purged", "Purged"), lambda made: sum(s.purged for s in made)),
            (
                ReportColumn("stayed_in_nurture", "Stay in Nurture", stay),
                lambda made: sum(s.stayed for s in made),
            ),
            (figure("against", "Against advice"), lambda made: sum(s.against for s in made)),
            (
                figure("seconds", "Seconds each"),
                lambda made: sum(s.verdict.seconds for s in made) // len(made) or None,
            ),
        ),
        made if len(names) > 1 else (),
    )


def before_and_after(facts: Facts) -> ReportSection:
    """Show the columns before and after, and how far what is open covers the target."""
    before, after = facts.before, facts.after
    totals: list[tuple[Value, Totals, Totals]] = [
        (column, before.get(column, Totals()), after.get(column, Totals())) for column in Column
    ]
    totals.append(("Open in all", open_of(before), open_of(after)))

    def change(was: Value, now: Value) -> Value:
        """Return before and after, or only after where nothing is known of before."""
        return BeforeAfter(was, now) if before else now

    return table_of(
        "pipeline",
        "The pipeline, before → after" if before else "The pipeline",
        (
            (ReportColumn("column", "Column"), lambda row: row[0]),
            (figure("cards", "Cards"), lambda row: change(row[1].count, row[2].count)),
            (VALUE, lambda row: change(row[1].value, row[2].value)),
            (figure("weighted", "Weighted"), lambda row: change(row[1].weighted, row[2].weighted)),
        ),
        totals,
        (*_unknown(facts), _explained(facts), *_coverage(facts)),
    )


def _unknown(facts: Facts) -> tuple[str, ...]:
    """Return why there is no before, where decisions make one ask for it."""
    if facts.before or not facts.settled:
        return ()
    came = "this file's own history does not go back that far"
    if not any(s.seq for s in facts.settled):
        came = "these decisions came with the file"
    return (f"What the columns held before is not known: {came}.",)


def _explained(facts: Facts) -> str:
    once = (
        "Where one figure stands, it did not change, or by too little to show. "
        if facts.before
        else ""
    )
    return (
        f"{once}Open: Active and Callback-Pending. Weighted: value × probability."
        f" Without a probability the closing ratio counts: {facts.closing.label}."
    )


def coverage(columns: Columns, facts: Facts) -> Share | None:
    """Return weighted open value ÷ target, in the settings' currency; ``None`` without a target."""
    target, currency = facts.settings.forecast.target, facts.settings.currency
    return Share.of(in_currency(open_of(columns).weighted, currency), target or 0)


def covered(facts: Facts) -> Value:
    """Return the coverage before and after, as far as it is known."""
    after = coverage(facts.after, facts)
    if after is None or not facts.before:
        return after
    return BeforeAfter(coverage(facts.before, facts), after)


def _coverage(facts: Facts) -> tuple[str, ...]:
    target = facts.settings.forecast.target
    after = coverage(facts.after, facts)
    if not target or after is None:
        return (
            "No sales target is set (help settings): with one, its cover by the open value stands here.",
        )
    before = coverage(facts.before, facts) if facts.before else None
    shown = f"{percent(before.ratio)} → {percent(after.ratio)}" if before else percent(after.ratio)
    money = Money(amount=target, currency=facts.settings.currency)
    others = [m.currency for m in open_of(facts.after).weighted if m.currency != money.currency]
    whose = f" of {facts.period.owner} alone" if facts.period.owner else ""
    beside = f"; {', '.join(others)} not counted" if others else ""
    return (
        f"Coverage of the target {long_money(money)}: {shown} (weighted open value{whose}{beside}).",
    )


def won(facts: Facts) -> ReportSection:
    """Show what was bought in that time."""
    bought = [(p, p.won) for p in facts.won if p.won]
    return table_of(
        "won",
        "Won",
        (
            (ID, lambda row: row[0].id),
            (NAME, lambda row: name_of(row[0])),
            (VALUE, lambda row: row[1].value or row[0].value),
            (figure("on", "On"), lambda row: row[1].on),
            (OWNER, lambda row: row[0].owner),
        ),
        bought,
    )


def purged(facts: Facts) -> ReportSection:
    """Show the purge list: where each went, by which rule, for which reason, how to take it back."""
    cards = sorted(
        (s for s in facts.settled if not s.kept), key=lambda s: (not s.freed, *_by_value(facts, s))
    )
    return table_of(
        "purged",
        "Purged",
        (
            *prospect_cells(_prospect),
            (ReportColumn("column", "From → to"), _from_to),
            (figure("undo", "Undo"), lambda s: s.seq),
            (hidden("rule", "Rule"), lambda s: s.verdict.rule),
            (below("reason", "Reason"), lambda s: _reason(s, facts.settings)),
            (below("note", "Note"), lambda s: _remark(s, facts.today)),
            (
                hidden("idea", "One more idea"),
                lambda s: s.verdict.step.action if s.verdict.step else None,
            ),
            (hidden("idea_on", "On"), lambda s: s.verdict.step.on if s.verdict.step else None),
            owner_cell(cards, _owner),
        ),
        cards,
        _about_purges(cards),
    )


def _prospect(item: Settled | Overruling) -> Prospect:
    return item.prospect


def _owner(item: Settled | Overruling) -> str:
    return item.prospect.owner


def _from_to(settled: Settled) -> Value:
    to = settled.verdict.destination
    return BeforeAfter(settled.was, to) if settled.was else to


def _about_purges(cards: list[Settled]) -> Iterator[str]:
    """Yield what must be known of the list: what freed nothing, what stands no more, how to undo it."""
    if not cards:
        yield "Nothing was purged."
    yield from _added_up(cards)
    stayed = sum(s.stayed for s in cards)
    before = sum(s.was_let_go and not s.stayed for s in cards)
    back = sum(s.moved_to in SELLING for s in cards)
    won = sum(s.won_since for s in cards)
    for count, what in (
        (stayed, f"in Nurture before, {plural(stayed, 'stays', 'stay')} there"),
        (before, "out of selling time before"),
        (back, "moved back since"),
        (won, "won since"),
    ):
        if count:
            yield f"{count:,} of them {plural(count, 'was', 'were')} {what} and freed no hour."
    if any(s.later for s in cards):
        yield "Some were decided again later: their note says when, and to which column."
    if not all(s.seq for s in cards):
        yield "What came with the file has no number to undo."
    if any(s.seq for s in cards):
        undo = (
            "To take one back: K on its card, or review-board undo --seq N, its number under Undo."
        )
        if _shared(cards):
            undo += " Cards with the same number come back together. --only WHO takes back one."
        yield Hint(undo)


def _added_up(cards: list[Settled]) -> Iterator[str]:
    """Yield what the rows come to, where more stand here than were purged."""
    counts = (
        (sum(s.purged for s in cards), "purged"),
        (sum(s.stayed for s in cards), "left in Nurture"),
        (sum(s.was_lost_bet for s in cards), "dropped for a lost bet"),
    )
    if counts[0][0] != len(cards):
        said = ", ".join(f"{count:,} {what}" for count, what in counts if count)
        yield f"{len(cards):,} rows: {said}."


def _shared(cards: list[Settled]) -> bool:
    numbers = [s.seq for s in cards if s.seq]
    return len(set(numbers)) < len(numbers)


def _reason(settled: Settled, settings: Settings) -> str:
    """Return the reason in words: the one that was given, else that of the rule, unless it spoke against it."""
    reason = settled.verdict.reason
    if reason is None or reason == settled.verdict.rule:
        return "" if settled.against else words_of_rule(settled.verdict.rule)
    return settings.reason_label(reason)


def _again(later: VerdictRecord, today: Today) -> str:
    day = long_day(today.day_of(later.at), today.day)
    return f"decided again {day}: {later.destination.title}"


def _remark(settled: Settled, today: Today) -> str:
    verdict = settled.verdict
    parts = [verdict.note] if verdict.note else []
    parts += [f"against advice: “{verdict.against}”"] if settled.against and verdict.against else []
    parts += [f"importance {verdict.importance} of 5"] if verdict.importance else []
    if verdict.step:
        parts.append(
            f"one more idea: {verdict.step.action}, {long_day(verdict.step.on, today.day)}"
        )
    parts += [_again(settled.later, today)] if settled.later else []
    return "; ".join(parts)


def kept_against(facts: Facts) -> ReportSection:
    """Show what was kept although the record said purge: why, and whether it would be begun today."""
    kept = sorted((s for s in facts.settled if s.kept and s.against), key=partial(_by_value, facts))
    return table_of(
        "kept_against_advice",
        "Kept against advice",
        (
            *prospect_cells(_prospect),
            (hidden("rule", "Rule"), lambda s: s.verdict.rule),
            (ReportColumn("advice", "The advice was"), lambda s: words_of_rule(s.verdict.rule)),
            (figure("start_anew", "Start today?"), lambda s: s.verdict.start_anew),
            (below("because", "Because"), lambda s: s.verdict.against or "no line was given"),
            (below("again", "Again"), lambda s: _again(s.later, facts.today) if s.later else None),
            owner_cell(kept, _owner),
        ),
        kept,
    )


def overruled(facts: Facts) -> ReportSection:
    """Show the cards that two people decided on one day: who was first, and whose verdict counts."""
    return table_of(
        "overruled",
        "Decided twice",
        (
            *prospect_cells(_prospect),
            (ReportColumn("first", "First"), lambda o: o.first.destination),
            (ReportColumn("first_by", "By", Kind.NAME), lambda o: o.first.by),
            (ReportColumn("stands", "Now"), lambda o: o.last.destination),
            (ReportColumn("stands_by", "By", Kind.NAME), lambda o: o.last.by),
            (
                below("why", "Why"),
                lambda o: "; ".join(_why(v, facts.settings) for v in (o.first, o.last)),
            ),
            (HIDDEN_OWNER, _owner),
        ),
        sorted(facts.overruled, key=partial(_by_value, facts)),
        ("A verdict that was overruled the same day counts for whoever decided last.",)
        if facts.overruled
        else (),
    )


def _why(verdict: VerdictRecord, settings: Settings) -> str:
    """Return ``ann: no budget``; what was said against the advice, else the reason or the next step."""
    reason = settings.reason_label(verdict.reason) if verdict.reason else ""
    step = verdict.step.action if verdict.step else ""
    return f"{verdict.by}: {reason or verdict.against or step or verdict.destination.title}"


def not_settled(facts: Facts) -> ReportSection:
    """Show the cards that were left undecided on purpose, by name."""
    return table_of(
        "not_settled",
        "Left undecided",
        (
            (ReportColumn("how", "How"), lambda left: left.how.value),
            (figure("cards", "Cards"), lambda left: len(left.ids)),
            (hidden("ids", "Ids"), lambda left: Names(left.ids)),
            (below("names", "Who"), lambda left: Names(left.names)),
        ),
        [left for left in facts.undecided if left.names],
    )


def _by_value(facts: Facts, settled: Settled | Overruling) -> tuple[str, Decimal, str, str]:
    """Return the most valuable first, then by name."""
    return (*facts.size(settled.prospect.value), settled.prospect.name, settled.prospect.id)
