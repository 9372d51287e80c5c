"""The two lines of contact: when we came to them, and when they came to us, in the cells of a terminal."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from review_board.judgement.evidence import Evidence
from review_board.judgement.timeline import SIGNALS
from review_board.pipeline.vocabulary import Direction, Outcome

TOUCH, QUOTE, SIGNAL, DEFERRAL, NOTHING = "●", "■", "○", "⟳", "·"
WEEKS = 26
"""How far back the lines reach."""
LABEL, AGE = 6, 8
"""Cells of whose line it is, before it, and of its age behind it."""
FEWEST = 6
"""Cells of a line that still show when something was; with less room the ages stand alone."""


class ContactLines(NamedTuple):
    """Our line and theirs, each as wide as was asked for."""

    us: str
    them: str


def contact_lines(evidence: Evidence, width: int) -> ContactLines:
    """Return both lines with their ages; the last cell holds today, and each as many days.

    They begin with the record, at most ``WEEKS`` ago. Of two things in one cell the weightier
    shows: a quote before a call, a signal before a deferral.
    """
    today = evidence.today.day
    ours, theirs = _our_days(evidence), _their_days(evidence)
    start = max(_first_day(evidence, [*ours, *theirs]), today - timedelta(WEEKS * 7 - 1))
    rows = (
        ("us", ours, (TOUCH, QUOTE), evidence.touch_days),
        ("them", theirs, (DEFERRAL, SIGNAL), evidence.signal_days),
    )
    room = width - LABEL - AGE
    return ContactLines(
        *(
            _row(name, _cells(days, signs, start, today, room), age, width)
            for name, days, signs, age in rows
        )
    )


def _row(name: str, cells: str, age: int | None, width: int) -> str:
    words = "never" if age is None else f"{age}d"
    row = f"{name:<{LABEL}}{cells}  {words}" if cells else f"{name} {words}"
    return f"{row:<{max(0, width)}}"[: max(0, width)]


def _cells(
    days: dict[date, str], signs: tuple[str, str], start: date, today: date, room: int
) -> str:
    """Return a line of at most ``room`` cells that ends today."""
    if room < FEWEST:
        return ""
    shown = (today - start).days + 1
    wide = -(-shown // room)
    cells = [NOTHING] * -(-shown // wide)
    for sign in signs:
        for day, what in days.items():
            if what == sign and start <= day <= today:
                cells[-1 - (today - day).days // wide] = sign
    return "".join(cells)


def _our_days(evidence: Evidence) -> dict[date, str]:
    """Return the days on which we came to them; one with a quote is a quote's."""
    ours = [d for d in evidence.timeline.touches if d.touch.direction is Direction.OUTBOUND]
    sent = [d.day for d in ours if d.touch.outcome is Outcome.QUOTE]
    quoted = [*sent, *(quote.sent_on for quote in evidence.prospect.quotes)]
    return dict.fromkeys((d.day for d in ours), TOUCH) | dict.fromkeys(quoted, QUOTE)


def _their_days(evidence: Evidence) -> dict[date, str]:
    """Return the days of their signals, and those on which they put us off."""
    timeline = evidence.timeline
    signals = (d.day for d in timeline.touches if d.touch.outcome in SIGNALS)
    return dict.fromkeys(timeline.deferral_days, DEFERRAL) | dict.fromkeys(signals, SIGNAL)


def _first_day(evidence: Evidence, days: Iterable[date]) -> date:
    created, today = evidence.prospect.created, evidence.today
    began = [today.day_of(created)] if created else []
    return min([*began, *days, today.day])
