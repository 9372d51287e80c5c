"""What a session has come to so far: how many were kept and purged, and the hours that frees."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from review_board.judgement.time_spent import add_up, recent_time
from review_board.judgement.verdict_history import last_verdict_in, moved_since, verdict_in_force
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import SELLING, Column, Verdict
from review_board.review.session import Session
from review_board.settings.setting_groups import Minutes


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One decided card as the summary tells it."""

    prospect: Prospect
    verdict: VerdictRecord

    @property
    def moved_to(self) -> Column | None:
        """Return where a hand moved the card afterwards."""
        return moved_since(self.prospect, self.verdict)


@dataclass(frozen=True, slots=True)
class Summary:
    """How far a session has come. ``hours_freed`` is hours of work a week, by the contacts logged.

    A verdict in whose place another review put one of its own is ``overruled`` and not counted. One
    after which the card was ``moved`` by hand counts; a purge that was, frees no hours in work. A
    purge of what is in Nurture, and stays there, takes nothing away: those are the ``nurtured``. The
    ``lost_bets`` were dropped as it began; nobody decided them.
    """

    decided: int
    skipped: int
    hours_freed: Decimal
    purges: tuple[SummaryLine, ...]
    keeps: tuple[SummaryLine, ...]
    nurtured: tuple[SummaryLine, ...] = ()
    overruled: int = 0
    moved: int = 0
    lost_bets: int = 0


def summarise(
    session: Session,
    prospects: Iterable[Prospect],
    today: Today,
    minutes: Minutes,
    lost_bets: Iterable[Prospect] = (),
) -> Summary:
    """Return what a session decided; ``prospects`` are those of its queue, in order.

    The hours freed are those of the day on which the session began, and those that the ``lost_bets``
    dropped at its start free are among them, as in its report.
    """
    began = Today(today.day_of(session.started), today.zone)
    given = [p for p in prospects if last_verdict_in(p, session.id)]
    lines = _in_force(given, session, today)
    dropped = _in_force(lost_bets, session, today)
    purges = tuple(line for line in lines if line.verdict.verdict is Verdict.PURGE)
    taken = (
        line
        for line in (*purges, *dropped)
        if line.verdict.was in {*SELLING, None}  # an older verdict does not say where it stood
        and line.prospect.column not in SELLING
    )
    spent = add_up(recent_time(line.prospect, began, minutes) for line in taken)
    return Summary(
        decided=len(lines),
        skipped=len(session.skipped),
        hours_freed=spent.hours_a_week,
        purges=tuple(line for line in purges if not _stays_in_nurture(line)),
        nurtured=tuple(filter(_stays_in_nurture, purges)),
        keeps=tuple(line for line in lines if line.verdict.verdict is Verdict.KEEP),
        overruled=len(given) - len(lines),
        moved=sum(line.moved_to is not None for line in lines),
        lost_bets=len(dropped),
    )


def _in_force(prospects: Iterable[Prospect], session: Session, today: Today) -> list[SummaryLine]:
    found = ((p, verdict_in_force(p, session.id, today)) for p in prospects)
    return [SummaryLine(prospect, verdict) for prospect, verdict in found if verdict]


def _stays_in_nurture(line: SummaryLine) -> bool:
    return line.verdict.was is line.verdict.destination is Column.NURTURE
