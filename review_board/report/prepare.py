"""Gathers what a report needs from an open board: verdicts, the columns before and after, what waits.

The documents are taken as they stand when the report is asked for; the rest, ledger included, may
run in the store's own thread behind a screen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from review_board.board.board import Board
from review_board.errors import UsageError
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.text import clean, fold
from review_board.report.build import make_report
from review_board.report.comparison import (
    alike,
    of_sessions,
    of_stretches,
    seconds_of,
    start_of,
    stretches,
)
from review_board.report.facts import EarlierReviews, Facts, Overruling, Settled, Span, Waiting
from review_board.report.ledger_replay import ReplayedLedger, replay_backwards
from review_board.report.model import Report
from review_board.report.sessions import LAST, Rest, choose, ground_of, whose
from review_board.report.source import DateRange, ReportSource, sessions_in
from review_board.review.session import Session
from review_board.store.protocol import Commit, Document


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which report: everything since a day, or one session by its id or as the ``LAST``; of one book.

    Without an ``owner`` a session that is about one owner is reported as theirs.
    """

    since: date | None = None
    session: str = LAST
    owner: str = ""


def report_on(board: Board, name: str, wanted: ReportRequest = ReportRequest()) -> Report:
    """The report; ``name`` is what the pipeline is called."""
    return prepare_report(board, name, wanted)()


def prepare_report(
    board: Board, name: str, wanted: ReportRequest = ReportRequest()
) -> Callable[[], Report]:
    """Take the documents as they stand; what is given back makes the report, in any one thread.

    Raises ``RefusedError`` where there is no such session, ``UsageError`` for an unknown owner or
    a day after today.
    """
    ground = ground_of(board, name, wanted.owner)
    owner = clean(wanted.owner)
    if (first := wanted.since) is not None:
        _need_past(first, ground.today)
        return lambda: make_report(_since(ground, first, owner, board.history()))
    session = choose(ground, wanted.session, board.by)
    if fold(owner) in {"", fold(session.owner)}:
        ground, owner = ground.of_session(session), session.owner
    remark = whose(ground, session, board.by) if wanted.session == LAST else ""

    def make() -> Report:
        made = make_report(_of_session(ground, session, owner, board.history()))
        return replace(made, remark=remark)

    return make


def _need_past(first: date, today: Today) -> None:
    if first > today.day:
        raise UsageError(
            f"Nothing can be decided since {first}: it lies after today, {today.day}",
            "name today or a day before it",
        )


def _of_session(
    ground: ReportSource, session: Session, owner: str, history: Iterable[Commit]
) -> Facts:
    """One session: from the commit before its first to its last, whether it was ended or left."""
    compared = alike(ground, session)
    rewound = replay_backwards(ground.documents, history, [s.id for s in compared])
    settled = ground.settled(session, rewound)
    end = rewound.ends.get(session.id, ground.documents)
    after, undone = _as_it_stands(ground, session.id, end)
    return _facts(
        ground,
        _span(ground, session, settled, owner, undone),
        settled,
        rewound,
        after=after,
        past=of_sessions(ground, compared, rewound),
        waiting=_waiting(ground, session, settled),
        overruled=ground.overruled(session),
    )


def _since(ground: ReportSource, first: date, owner: str, history: Iterable[Commit]) -> Facts:
    """Everything decided from a day until today, in all sessions and outside of them."""
    days = DateRange(first, ground.today.day)
    compared = stretches(ground, days)
    moments = [start_of(ground, stretch) for stretch in compared]
    rewound = replay_backwards(ground.documents, history, (), moments)
    settled = ground.settled_within(days, rewound)
    started = {s.id for s in ground.sessions if s.started >= moments[-1]}
    span = Span(
        by=tuple(sorted({s.ruling.by for s in settled})),
        started=moments[-1],
        sessions=len(started | {s.ruling.session for s in settled} - {None}),
        owner=owner,
        seconds=sum(s.ruling.seconds for s in settled),
    )
    past = of_stretches(ground, compared, rewound)
    overruled = ground.overruled_within(days)
    after = ground.documents
    return _facts(ground, span, settled, rewound, after=after, past=past, overruled=overruled)


def _as_it_stands(
    ground: ReportSource, session_id: str, end: Mapping[str, Document]
) -> tuple[Mapping[str, Document], int]:
    """The end of a session, its verdicts undone or redone since as they stand; how many were undone."""
    then = {key for key, document in end.items() if session_id in sessions_in(document)}
    now = {key for key, document in ground.documents.items() if session_id in sessions_in(document)}
    since = {key: ground.documents[key] for key in then ^ now if key in ground.documents}
    return {**end, **since}, len(then - now)


def _span(
    ground: ReportSource, session: Session, settled: Sequence[Settled], owner: str, undone: int
) -> Span:
    """The session in figures; each card counts once."""
    queue = [key for key in session.queue if ground.is_mine(key)]
    rest = Rest.of(ground, session, settled)
    seconds, clocked = seconds_of(ground, session, settled)
    return Span(
        by=(session.by,),
        started=session.started,
        ended=session.finished,
        session=session.id,
        owner=owner,
        scope=session.scope,
        seconds=seconds,
        clocked=clocked,
        cards=len(queue),
        elsewhere=len(rest.elsewhere),
        skipped=len(rest.skipped),
        snoozed=len(rest.snoozed),
        parked=len(rest.parked),
        gone=len(rest.gone),
        unread=len(rest.unread),
        left=len(rest.left),
        taken_back=undone,
    )


def _waiting(
    ground: ReportSource, session: Session, settled: Sequence[Settled]
) -> tuple[Waiting, ...]:
    """Whom the session left undecided on purpose, in the order of its queue."""
    rest = Rest.of(ground, session, settled)
    kinds = (("skipped", rest.skipped), ("not this week", rest.snoozed), ("parked", rest.parked))
    return tuple(
        Waiting(how, tuple(ids), tuple(ground.entry(key).name for key in ids))
        for how, ids in kinds
        if ids
    )


def _facts(
    ground: ReportSource,
    span: Span,
    settled: tuple[Settled, ...],
    rewound: ReplayedLedger,
    *,
    after: Mapping[str, Document],
    past: tuple[EarlierReviews, ...],
    waiting: tuple[Waiting, ...] = (),
    overruled: tuple[Overruling, ...] = (),
) -> Facts:
    columns = ground.accounts.columns
    found, spoilt = ground.items(frozenset(s.prospect.id for s in settled))
    start = rewound.starts.get(span.session or span.started)
    return Facts(
        pipeline=ground.name,
        today=ground.today,
        settings=ground.settings,
        closing=ground.closing,
        span=span,
        settled=settled,
        found=found,
        after=columns(after),
        before=columns(start) if start else {},
        past=past,
        won=_won(ground, span),
        spoilt=spoilt,
        waiting=waiting,
        overruled=overruled,
    )


def _won(ground: ReportSource, span: Span) -> tuple[Prospect, ...]:
    """What was bought from the first day of the span to its last, in that order."""
    first = ground.today.day_of(span.started)
    last = ground.today.day_of(span.ended) if span.ended else ground.today.day
    bought = (key for key in ground.book if ground.documents[key].get("won"))
    found = [p for p in ground.prospects(bought) if p.won and first <= p.won.on <= last]
    return tuple(sorted(found, key=lambda p: (p.won.on if p.won else first, p.name, p.id)))
