"""What a report is compared with: earlier sessions of the same person and scope, or as many days before."""

from collections.abc import Iterable
from datetime import datetime, time

from review_board.judgement.time_spent import add_up
from review_board.pipeline.text import fold
from review_board.report.facts import EarlierReviews, Settled, freed_of, open_of
from review_board.report.ledger_replay import ReplayedLedger
from review_board.report.source import DateRange, ReportSource
from review_board.review.session import Session

EARLIER = 4
"""Sessions, or stretches of days, that a report is compared with at most."""


def alike(ground: ReportSource, session: Session) -> list[Session]:
    """The last sessions of the same person, owner and scope that settled something, then this one."""
    earlier = [
        s
        for s in ground.sessions
        if s.started < session.started and _kind(s) == _kind(session) and ground.decided.get(s.id)
    ]
    return [*earlier[-EARLIER:], session]


def _kind(session: Session) -> tuple[str, str, str]:
    """Whose it is, about whom, and of which scope: a few picked cards are no week's review."""
    return (session.by, fold(session.owner), fold(session.scope))


def stretches(ground: ReportSource, span: DateRange) -> list[DateRange]:
    """As many days before the span, from the first in which somebody decided something; then the span."""
    before = [span.earlier(times) for times in range(EARLIER, 0, -1) if _begins(span, times)]
    days = {day for _, dated in ground.judged for day, _ in dated}
    while before and not any(before[0].first <= day <= before[0].last for day in days):
        before.pop(0)
    return [*before, span]


def _begins(span: DateRange, times: int) -> bool:
    """Whether there are so many days before it in the calendar."""
    return span.days * times < span.first.toordinal()


def start_of(ground: ReportSource, span: DateRange) -> datetime:
    """The moment in which its first day begins."""
    return datetime.combine(span.first, time(), ground.today.zone)


def of_sessions(
    ground: ReportSource, sessions: Iterable[Session], rewound: ReplayedLedger
) -> tuple[EarlierReviews, ...]:
    """The sessions in a few figures, each as of its own day."""
    return tuple(_of_session(ground, session, rewound) for session in sessions)


def _of_session(ground: ReportSource, session: Session, rewound: ReplayedLedger) -> EarlierReviews:
    settled = ground.settled(session, rewound)
    end = rewound.ends.get(session.id) if session.id in rewound.starts else None
    seconds, clocked = seconds_of(ground, session, settled)
    return EarlierReviews(
        day=ground.today.day_of(session.started),
        by=session.by,
        decided=len(settled),
        purged=sum(not s.kept for s in settled),
        hours=add_up(s.spent for s in settled if s.freed).hours_a_week,
        seconds=seconds // len(settled) if settled else 0,
        clocked=clocked,
        open=open_of(ground.accounts.columns(end)).value if end is not None else None,
    )


def of_stretches(
    ground: ReportSource, spans: list[DateRange], rewound: ReplayedLedger
) -> tuple[EarlierReviews, ...]:
    """The stretches in a few figures; each ends as the next one begins, the last one today."""
    ends = [rewound.starts.get(start_of(ground, later)) for later in spans[1:]]
    return tuple(
        EarlierReviews(
            day=span.first,
            by=", ".join(sorted({s.ruling.by for s in settled})),
            decided=len(settled),
            purged=sum(not s.kept for s in settled),
            hours=add_up(s.spent for s in freed_of(settled)).hours_a_week,
            seconds=sum(s.ruling.seconds for s in settled) // len(settled) if settled else 0,
            open=open_of(ground.accounts.columns(end)).value if end else None,
        )
        for span, end in zip(spans, [*ends, ground.documents], strict=True)
        for settled in (ground.settled_within(span, rewound),)
    )


def seconds_of(
    ground: ReportSource, session: Session, settled: Iterable[Settled]
) -> tuple[int, bool]:
    """The seconds of a session, and whether they were clocked; of a part of it the verdicts tell."""
    if session.worked and ground.owner in {"", fold(session.owner)}:
        return session.worked, True
    return sum(s.ruling.seconds for s in settled), False
