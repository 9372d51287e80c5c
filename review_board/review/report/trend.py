"""Change against the sessions before: a table, and a small chart of the same figures."""

from decimal import Decimal

from review_board.pipeline.money import Money, short_money
from review_board.review.report.facts import Facts, Past
from review_board.review.report.model import Heading, Kind, Row, Section, Series, Share
from review_board.review.report.words import percent


def trend(facts: Facts) -> Section:
    """The sessions, the oldest first; the last one is the newest. One alone tells no change."""
    past = facts.past
    if len(past) < 2:
        return Section("trend", "Against the sessions before")
    return Section(
        "trend",
        "Against the sessions before",
        (
            Heading("day", "Session", Kind.FIGURE),
            Heading("by", "By", Kind.NAME),
            Heading("decided", "Settled", Kind.FIGURE),
            Heading("purged", "Purged", Kind.FIGURE),
            Heading("hours", "Hours freed", Kind.FIGURE),
            Heading("seconds", "s a card", Kind.FIGURE),
            Heading("seconds_of", "Of", Kind.HIDDEN),
            Heading("open", "Open value", Kind.FIGURE),
        ),
        tuple(map(_row, past)),
        ("Hours a week, estimated by our touches of the four weeks before each session.",),
        chart=_chart(past, facts.settings.currency),
    )


def _row(past: Past) -> Row:
    timed = "worked" if past.clocked else "verdicts"
    share = Share(_share(past))
    return (past.day, past.by, past.decided, share, past.hours, past.seconds, timed, past.open)


def _chart(past: tuple[Past, ...], currency: str) -> tuple[Series, ...]:
    """Five lines; money of other currencies than ours is not drawn."""
    decided = tuple(p.decided for p in past)
    shares = tuple(_share(p) for p in past)
    hours = tuple(p.hours for p in past)
    seconds = tuple(p.seconds for p in past)
    worth = tuple(_in(p.open, currency) for p in past)
    drawn = [
        Series("settled", tuple(map(Decimal, decided)), tuple(map(str, decided))),
        Series("purged", shares, tuple(map(percent, shares))),
        Series("hours freed", hours, tuple(f"{h:f}" for h in hours)),
        Series("seconds a card", tuple(map(Decimal, seconds)), tuple(map(str, seconds))),
    ]
    if any(money.amount for money in worth):
        amounts = tuple(money.amount for money in worth)
        drawn.append(Series("open value", amounts, tuple(map(short_money, worth))))
    return tuple(drawn)


def _share(past: Past) -> Decimal:
    if not past.decided:
        return Decimal(0)
    return (Decimal(past.purged) / past.decided).quantize(Decimal("0.0001"))


def _in(monies: tuple[Money, ...], currency: str) -> Money:
    nothing = Money.model_construct(amount=Decimal(0), currency=currency)
    return next((money for money in monies if money.currency == currency), nothing)
