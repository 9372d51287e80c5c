"""Builds the facts of a report: verdicts, looks at prospects, a span of one session."""

from datetime import timedelta
from typing import Any

from review_board.judgement.closing_ratio import closing_ratio
from review_board.judgement.time_spent import TimeSpent
from review_board.pipeline.money import Totals
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.report.build import make_report
from review_board.report.facts import Facts, Left, Period, Settled, Undecided
from review_board.report.items import Item, ItemSource, read
from review_board.report.model import Report, ReportSection
from review_board.settings.tree import Settings
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    evidence,
    finding,
    moment,
    money,
    prospect,
    verdict_record,
)

CLOSING = closing_ratio(0, 0, DEFAULTS.estimates)
PERIOD = Period(
    by=("ann",),
    started=moment(0, 9),
    ended=moment(0, 9) + timedelta(minutes=38),
    session="s-1",
    seconds=38 * 60,
    cards=4,
)
LEFT_OVER = (Undecided(Left.SKIPPED, ("p-later",)), Undecided(Left.LEFT, ("p-left",)))


def verdict(to: Column, *, advised: Verdict | None = None, **fields: Any) -> VerdictRecord:
    """A verdict of today's session, as advised unless told."""
    said = Verdict.of(to)
    given = {"id": "v-1", "session": "s-1", "verdict": said, "destination": to, "seconds": 40}
    return verdict_record(0, **(given | {"recommended": advised or said} | fields))


def settled(
    to: Column,
    name: str = "Lakeside Dental",
    value: int = 18_000,
    *,
    was: Column | None = Column.ACTIVE,
    seq: int = 12,
    **fields: Any,
) -> Settled:
    """A card that took 1.5 h a week and was sent somewhere; what else is given is the verdict's."""
    card = prospect(id=f"p-{name}"[:64], name=name, value=money(value), column=to)
    return Settled(card, verdict(to, **fields), was, TimeSpent(18, 720), seq)


def look(subject: Prospect, *, mine: bool = False) -> tuple[Item, ...]:
    """What a prospect gives to a report today."""
    return tuple(read(ItemSource(evidence(subject), finding(subject), mine)))


def facts(*cards: Settled, **fields: Any) -> Facts:
    """The facts of one session on the pipeline northwest."""
    after = {Column.ACTIVE: Totals(3, (money(60_000),), (money(20_000),))}
    given: dict[str, Any] = {
        "pipeline": "northwest",
        "today": TODAY,
        "settings": Settings(),
        "closing": CLOSING,
        "period": PERIOD,
        "undecided": LEFT_OVER,
        "settled": cards,
        "found": (),
        "after": after,
    }
    return Facts(**(given | fields))


def report(*cards: Settled, **fields: Any) -> Report:
    """The report of these facts."""
    return make_report(facts(*cards, **fields))


def section(made: Report, key: str) -> ReportSection:
    """One section of a report."""
    return next(s for s in made.sections if s.key == key)


def rows(made: Report, key: str) -> list[dict[str, Any]]:
    """The rows of a section, by the keys of its columns."""
    found = section(made, key)
    keys = [heading.key for heading in found.columns]
    return [dict(zip(keys, row, strict=True)) for row in found.rows]
