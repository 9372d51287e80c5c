"""Change against the sessions before: a table, and a small chart of the same figures."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from review_board.judgement.time_spent import WEEKS
from review_board.pipeline.money import Money, in_currency, short_money
from review_board.report.facts import Facts, Period, PeriodFigures
from review_board.report.model import (
    Kind,
    ReportColumn,
    ReportSection,
    Series,
    Share,
    figure,
    hidden,
    table_of,
)
from review_board.wording import percent, several


def trend(facts: Facts) -> ReportSection:
    """Show the sessions (or ranges of days) before, the oldest first, then this one; alone it says why."""
    past, session = facts.past, facts.period.session
    title = "Compared with the reviews before" if session else "Compared with the time before"
    if len(past) < 2:
        return ReportSection("trend", title, notes=(_alone(facts.period),))
    day, decided = ("Review", "Decided") if session else ("From", "Decisions")
    return table_of(
        "trend",
        title,
        (
            (figure("day", day), lambda p: p.day),
            (ReportColumn("by", "By", Kind.NAME if session else Kind.HIDDEN), lambda p: p.by),
            (figure("decided", decided), lambda p: p.decided),
            (figure("purged", "Purged"), lambda p: Share.of(p.purged, p.decided)),
            (figure("hours", "Hours freed"), lambda p: p.hours),
            (figure("seconds", "Seconds each"), _seconds),
            (hidden("seconds_of", "Of"), lambda p: "worked" if p.clocked else "verdicts"),
            (figure("open", "Open value"), lambda p: p.open),
        ),
        past,
        (
            _compared(facts),
            f"Hours freed: hours a week, as measured over the {WEEKS} weeks before each.",
        ),
        chart=_chart(past, facts.settings.currency),
    )


def _compared(facts: Facts) -> str:
    """Return with what this is compared, so that nobody takes other people's figures for a change."""
    period, before = facts.period, facts.past[:-1]
    if not period.session:
        days = several((facts.today.day - facts.past[-1].day).days + 1, "day")
        whose = f", {period.owner}'s prospects alone" if period.owner else ""
        return f"Each line stands for {days}, the last for this report{whose}."
    which = "the one before it" if len(before) == 1 else f"the {len(before)} before it"
    return f"This review and {which} by {facts.past[-1].by}, {_scope(period)}."


def _scope(period: Period) -> str:
    return f"of the scope {period.scope}" if period.scope else "of everything that was to review"


def _alone(period: Period) -> str:
    """Return why there is no change to tell, so that nobody takes it for left out."""
    if not period.session:
        return "Nothing to compare with: no decision lies in the days before."
    who, whose = (
        ", ".join(period.by),
        "" if period.scope or not period.owner else f" of {period.owner}'s",
    )
    return (
        f"Nothing to compare with: no earlier review by {who}, {_scope(period)},"
        f" decided a card{whose}. Reviews by others are not compared."
    )


def _chart(past: tuple[PeriodFigures, ...], currency: str) -> tuple[Series, ...]:
    """Return five lines; money of other currencies than ours is not drawn."""
    decided = [Decimal(p.decided) for p in past]
    worth = [None if p.open is None else in_currency(p.open, currency) for p in past]
    lines = [
        _line("decided", decided, str),
        _line("purged", (s.ratio for p in past if (s := Share.of(p.purged, p.decided))), percent),
        _line("hours freed", (p.hours for p in past), lambda hours: f"{hours:f}"),
        _line("seconds each", map(_seconds, past), str),
    ]
    if any(worth):
        lines.append(_line("open value", worth, lambda sum_: short_money(Money(sum_, currency))))
    return tuple(line for line in lines if line)


def _line(
    label: str, points: Iterable[Decimal | int | None], say: Callable[[Decimal], str]
) -> Series | None:
    """Return a line of the points that are known: the others are no zero. One point alone is no line."""
    known = [Decimal(point) for point in points if point is not None]
    return Series(label, tuple(known), tuple(map(say, known))) if len(known) > 1 else None


def _seconds(past: PeriodFigures) -> int | None:
    """Return seconds a decision, where any were counted."""
    return past.seconds or None
