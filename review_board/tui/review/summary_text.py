"""The words of the summary at the end of a review."""

from collections.abc import Iterator

from review_board.judgement.record_text import Line as TextLine
from review_board.pipeline.money import Money, long_money
from review_board.review import Summary
from review_board.review.summary import Line

SHOWN = 200
"""Most cards listed under one heading."""


def summary_lines(summary: Summary) -> Iterator[TextLine]:
    """What was decided, what it frees, and what was decided against advice."""
    yield TextLine("What the hour came to", head=True)
    yield TextLine(f"{summary.decided} of {summary.cards} cards{_waiting(summary)}", "Settled")
    if not summary.decided:
        return
    counts = [f"{count} → {column.title}" for column, count in summary.by_destination]
    yield TextLine(", ".join(counts), "Decided")
    yield TextLine(_sum(summary.kept_value), "Kept")
    yield TextLine(_sum(summary.purged_value), "Purged")
    if summary.purges:
        yield TextLine(f"{summary.hours_freed:f} h a week, by our touches of four weeks", "Freed")
    if summary.seconds_a_card:
        yield TextLine(f"{summary.seconds_a_card} s a card", "Pace")
    yield from _listed("Purged", summary.purges)
    yield from _listed("Against the recommendation", summary.against)
    yield from _listed("Kept", summary.keeps)


def _waiting(summary: Summary) -> str:
    parts = [f"{summary.skipped} skipped"] if summary.skipped else []
    parts += [f"{summary.left} left"] if summary.left else []
    return f"; {', '.join(parts)}, still due" if parts else ""


def _sum(totals: tuple[Money, ...]) -> str:
    return " + ".join(long_money(money) for money in totals) or "no value on record"


def _listed(title: str, lines: tuple[Line, ...]) -> Iterator[TextLine]:
    if not lines:
        return
    yield TextLine("")
    yield TextLine(f"{title} ({len(lines)})", head=True)
    for line in lines[:SHOWN]:
        yield TextLine(f"{line.prospect.name}: {_why(line)}")
    if len(lines) > SHOWN:
        yield TextLine(f"and {len(lines) - SHOWN} more: review-board list --column dropped")


def _why(line: Line) -> str:
    ruling, value = line.ruling, line.prospect.value
    parts = [f"→ {ruling.destination.title}", ruling.rule]
    parts += [str(ruling.reason)] if ruling.reason and str(ruling.reason) != ruling.rule else []
    parts += [long_money(value)] if value else []
    parts += [f"“{ruling.against}”"] if ruling.against else []
    return ", ".join(parts)
