"""The two lines of contact: when we came to them, and when they came to us, in the cells of a terminal."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from review_board.judgement.contact_clocks import NO_ANSWER, NO_SIGN
from review_board.judgement.evidence import Evidence
from review_board.judgement.timeline import SIGNALS, is_response
from review_board.pipeline.dates import short_day
from review_board.pipeline.vocabulary import Direction, Outcome
from review_board.wording import MONTHS

TOUCH, QUOTE, SIGNAL, ANSWER, DEFERRAL, NOTHING = "●", "■", "○", "◦", "⟳", "·"
WEEKS = 26
"""How far back the lines reach."""
LABEL = 6
"""Cells of whose line it is, before it."""
GAP = 2
"""Blank cells between a line and its age."""
FEWEST = 6
"""Cells of a line that still show when something was; with less room the ages stand alone."""
ROOMY = 26
"""Cells that a line keeps before its age takes more words."""


class ContactLine(NamedTuple):
    """Whose line it is, its signs (none where there is no room), and its age in words and in days."""

    who: str
    cells: str
    age: str
    days: int | None


class ContactLines(NamedTuple):
    """The names of the months, each above the cell of its first day, and the lines of both sides."""

    months: str
    us: ContactLine
    them: ContactLine

    def rows(self) -> list[str]:
        """Return them as three rows of text, or two where there is no room for the signs."""
        lines = [f"{who:<{LABEL}}{cells}  {age}" for who, cells, age, _ in self[1:] if cells]
        if not lines:
            return [f"{who} {age}" for who, _, age, _ in self[1:]]
        return [*self.heading(), *lines]

    def heading(self) -> list[str]:
        """Return the row above them, if there is a month to name."""
        return [f"{'':<{LABEL}}{self.months}"] if self.months else []


def contact_lines(evidence: Evidence, width: int) -> ContactLines:
    """Return both lines with their ages; the last cell holds today, and each as many days.

    They begin with the record, at most ``WEEKS`` ago. Of two things in one cell the weightier
    shows: a quote before a call, a signal before a deferral.
    """
    today = evidence.today.day
    ours, theirs = _our_days(evidence), _their_days(evidence)
    start = max(_first_day(evidence, [*ours, *theirs]), today - timedelta(WEEKS * 7 - 1))
    us, them = evidence.touch_days, evidence.signal_days
    never = "not known" if evidence.lacks_history else NEVER
    silent = never if us is None or evidence.lacks_history else NO_ANSWER
    since_us, (age, short) = days_ago(us, never), _their_age(evidence, theirs, silent)
    if width - LABEL - GAP - len(age) < ROOMY:
        age = short
    room = width - LABEL - GAP - max(len(age), len(since_us))
    return ContactLines(
        _months(start, today, room),
        ContactLine("us", _cells(ours, (TOUCH, QUOTE), start, today, room), since_us, us),
        ContactLine(
            "them",
            _cells(theirs, (ANSWER, DEFERRAL, SIGNAL), start, today, room),
            age,
            evidence.asked_days if them is None else them,
        ),
    )


def _their_age(evidence: Evidence, theirs: dict[date, str], silent: str) -> tuple[str, str]:
    """Return when they showed interest, and when they answered without any since; also in few words."""
    answered, interest = evidence.answered_on, evidence.signal_days
    if answered is None:
        put_off = len(evidence.their_deferral_days) if interest is None else 0
        words = f"put off {put_off}×" if put_off else days_ago(interest, silent)
        return f"{words}, {NO_SIGN}" if put_off else words, words
    how = "put off" if theirs.get(answered) == DEFERRAL else "answered"
    ago = days_ago(evidence.answered_days)
    said = f"{how} {ago}"
    if request := evidence.request_of(answered):
        said = f"asked {ago} for {short_day(request.on, evidence.today.day)}"
    if callback := evidence.asked_for:
        asked = f"asked for {short_day(callback.on, evidence.today.day)}"
        said = said if answered == callback.asked_on else f"{said}, {asked}"
        if interest is None:
            return said, f"asked {days_ago(evidence.asked_days)}"
    elif interest is None:
        return f"{said}, {NO_SIGN}", said
    shown = f"interest {days_ago(interest)}"
    return f"{shown}, {said}", shown


NEVER = "never"


def days_ago(days: int | None, never: str = NEVER) -> str:
    """Return ``84 d ago``, ``today`` or ``never``, which a list without contacts does not know."""
    if days is None:
        return never
    return f"{days} d ago" if days else "today"


class _Scale(NamedTuple):
    """How many cells a line has, and how many days each of them holds."""

    cells: int
    wide: int

    def place(self, ago: int) -> int:
        """Return the cell of a day so many days ago."""
        return self.cells - 1 - ago // self.wide


def _scale(start: date, today: date, room: int) -> _Scale:
    shown = (today - start).days + 1
    wide = -(-shown // room)
    return _Scale(-(-shown // wide), wide)


def _cells(
    days: dict[date, str], signs: tuple[str, ...], start: date, today: date, room: int
) -> str:
    """Return a line of at most ``room`` cells that ends today."""
    if room < FEWEST:
        return ""
    scale = _scale(start, today, room)
    cells = [NOTHING] * scale.cells
    for sign in signs:
        for day, what in days.items():
            if what == sign and start <= day <= today:
                cells[scale.place((today - day).days)] = sign
    return "".join(cells)


def _months(start: date, today: date, room: int) -> str:
    """Return ``Aug  Sep  Oct``: each name where its month begins, as far as there is room for them.

    The month in which the line begins stands at its left end, unless the next one needs the room.
    """
    if room < FEWEST:
        return ""
    scale = _scale(start, today, room)
    firsts = [day for ago in range((today - start).days) if (day := _back(today, ago)).day == 1]
    placed = [(scale.place((today - day).days), day) for day in reversed(firsts)]
    if not placed or placed[0][0] > 3:
        placed.insert(0, (0, start))
    row = ""
    for place, day in placed:
        name = MONTHS[day.month - 1][:3]
        if place >= len(row) + bool(row) and place + len(name) <= scale.cells:
            row = f"{row:<{place}}{name}"
    return row


def _back(today: date, days: int) -> date:
    return today - timedelta(days)


def _our_days(evidence: Evidence) -> dict[date, str]:
    """Return the days on which we came to them; one with a quote is a quote's."""
    ours = [d for d in evidence.timeline.touches if d.touch.direction is Direction.OUTBOUND]
    sent = [d.day for d in ours if d.touch.outcome is Outcome.QUOTE]
    quoted = [*sent, *(quote.sent_on for quote in evidence.prospect.quotes)]
    return dict.fromkeys((d.day for d in ours), TOUCH) | dict.fromkeys(quoted, QUOTE)


def _their_days(evidence: Evidence) -> dict[date, str]:
    """Return the days on which they answered, put us off, or showed interest."""
    timeline, asked = evidence.timeline, evidence.prospect.callbacks
    answers = (d.day for d in timeline.touches if is_response(d.touch))
    put_off = [*evidence.their_deferral_days, *(c.asked_on for c in asked if c.asked_by_buyer)]
    signals = (d.day for d in timeline.touches if d.touch.outcome in SIGNALS)
    days = dict.fromkeys(answers, ANSWER) | dict.fromkeys(put_off, DEFERRAL)
    return days | dict.fromkeys(signals, SIGNAL)


def _first_day(evidence: Evidence, days: Iterable[date]) -> date:
    created, today = evidence.prospect.created, evidence.today
    began = [today.day_of(created)] if created else []
    return min([*began, *days, today.day])
