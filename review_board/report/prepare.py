"""Gathers what a report needs from an open board: verdicts, the columns before and after, what waits.

The documents are taken as they stand when the report is asked for; the rest, reading the ledger too,
may run in the store's own thread behind a screen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from review_board.board.board import Board
from review_board.judgement.time_spent import add_up
from review_board.learning.history import known_by
from review_board.learning.pair_reviews import NO_PAIRS, PairFigures, pair_figures
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.text import clean, fold
from review_board.progress import Progress, without_collecting
from review_board.report.build import make_report
from review_board.report.facts import (
    Facts,
    Period,
    PeriodFigures,
    Settled,
    decided_of,
    freed_of,
    open_of,
)
from review_board.report.ledger_replay import ReplayedLedger, replay_backwards
from review_board.report.look_back import compared, need_past
from review_board.report.model import Report
from review_board.report.pipeline_changes import PipelineChanges
from review_board.report.sessions import LAST, choose, source_of, undecided, whose_review
from review_board.report.source import DateRange, ReportSource
from review_board.review.session import Session
from review_board.settings.rule_names import RuleName
from review_board.store.protocol import Commit, Document


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which report: everything since a day, or one session by its id or as the ``LAST``.

    Without an ``owner`` a session that is about one owner is reported as theirs.
    """

    since: date | None = None
    session: str = LAST
    owner: str = ""


def report_on(board: Board, name: str, wanted: ReportRequest = ReportRequest()) -> Report:
    """Return the report; ``name`` is what the pipeline is called."""
    return prepare_report(board, name, wanted)()


def prepare_report(
    board: Board,
    name: str,
    wanted: ReportRequest = ReportRequest(),
    progress: Progress | None = None,
) -> Callable[[], Report]:
    """Take the documents as they stand; what is given back makes the report, in any one thread.

    It counts in ``progress`` how far it is, and stops where that asks for it.
    Raises ``RefusedError`` where there is no such session, ``UsageError`` for an unknown owner or
    a day after today.
    """
    source = replace(source_of(board, name, wanted.owner), progress=progress or Progress())
    owner = clean(wanted.owner)
    if (first := wanted.since) is not None:
        need_past(first, source.today.day)
        return lambda: make_report(_since(source, first, owner, board.history()))
    session = choose(source, wanted.session, board.by)
    remark = whose_review(source, session, board.by, owner) if wanted.session == LAST else ""
    reviews = tuple(
        s.id for s in source.sessions if s is session or s.id in source.deciding_sessions
    )
    source = source.of_session(session)
    owner = session.owner if source.owner == fold(session.owner) else owner

    def make() -> Report:
        with without_collecting():
            made = make_report(_of_session(source, session, owner, board.history()))
        return replace(made, remark=remark, reviews=reviews)

    return make


def _of_session(
    source: ReportSource, session: Session, owner: str, history: Iterable[Commit]
) -> Facts:
    """Return the facts of one session: from the commit before its first to its last, ended or left.

    Where no history tells how things stood as it ended, all figures are today's.
    """
    sessions = comparable_sessions(source, session)
    replayed = replay_backwards(source.documents, history, [s.id for s in sessions])
    now, since = source.documents, None
    is_told = session.finished is None or session.id in replayed.finished
    end = replayed.ends.get(session.id, now) if is_told else now
    start = replayed.starts.get(session.id, {})
    after, undone = _as_it_counts(source, session.id, end, start)
    if session.finished and is_told:
        since = compared(source, session.finished, after, now, session)
        source = source.as_of(after, session.finished)
    settled = source.settled(session, replayed)
    period = _period_of(source, session, settled, owner, undone=undone)
    return replace(
        _facts(source, period, settled, replayed, after),
        past=tuple(_session_figures(source, s, replayed) for s in sessions),
        undecided=undecided(source, session, settled),
        overruled=source.overruled(session),
        changes=_changes_to(source, sessions, replayed, after),
        since=since,
    )


def _changes_to(
    source: ReportSource,
    sessions: list[Session],
    replayed: ReplayedLedger,
    after: Mapping[str, Document],
) -> PipelineChanges | None:
    """Return what changed from the start of the review before to the end of this one."""
    before = sessions[-2] if len(sessions) > 1 else None
    if before is None or before.id not in replayed.starts:
        return None
    return compared(source, before.started, replayed.starts[before.id], after, before)


def _since(source: ReportSource, first: date, owner: str, history: Iterable[Commit]) -> Facts:
    """Return the facts of all that was decided from a day until today, in sessions and outside of them."""
    reported = DateRange(first, source.today.day)
    ranges = date_ranges(source, reported)
    moments = [source.start_of(days.first) for days in ranges]
    replayed = replay_backwards(source.documents, history, (), moments)
    settled = source.settled_within(reported, replayed)
    started = {s.id for s in source.sessions if s.started >= moments[-1]}
    period = Period(
        by=tuple(sorted({s.verdict.by for s in settled})),
        started=moments[-1],
        sessions=len(started | {s.verdict.session for s in settled} - {None}),
        owner=owner,
        seconds=sum(s.verdict.seconds for s in settled),
    )
    after = source.documents
    return replace(
        _facts(source, period, settled, replayed, after),
        past=range_figures(source, ranges, replayed),
        overruled=source.overruled_within(reported),
        changes=compared(source, moments[-1], replayed.starts[moments[-1]], after),
    )


def _as_it_counts(
    source: ReportSource,
    session_id: str,
    end: Mapping[str, Document],
    start: Mapping[str, Document],
) -> tuple[Mapping[str, Document], int]:
    """Return the end of a session by what counts of it until now, and how many verdicts were undone.

    Their cards are as they were at the start. A verdict that was redone since counts, one that
    another review overruled since does not, and the card tells of both.
    """
    then, now = (
        {key for key, document in state.items() if session_id in source.sessions_of(key, document)}
        for state in (end, source.documents)
    )
    undone, known = then - now, {**source.documents, **start}
    redone = {key: source.documents[key] for key in now - then}
    overruled = {
        key: {**end[key], "verdicts": source.documents[key]["verdicts"]}
        for key in (then & now).difference(source.decided_in.get(session_id, ()))
    }
    back = {key: known[key] for key in undone if key in known}
    return {**end, **redone, **overruled, **back}, len(undone)


def _who(session: Session, settled: Sequence[Settled]) -> tuple[str, ...]:
    """Return who began a session, then everybody else who voted in it."""
    voted = {vote.by for s in settled if s.verdict.pair for vote in s.verdict.pair.first}
    return (session.by, *sorted(voted - {session.by}))


def _period_of(
    source: ReportSource, session: Session, settled: Sequence[Settled], owner: str, *, undone: int
) -> Period:
    """Return the session in figures; a prospect that a lost bet dropped at the start is no card of it."""
    decided = (each.prospect.id for each in decided_of(settled))
    cards = {*filter(source.is_mine, session.queue), *decided}
    seconds, clocked = seconds_of(source, session, settled)
    return Period(
        by=_who(session, settled),
        started=session.started,
        ended=session.finished,
        session=session.id,
        owner=owner,
        scope=session.scope,
        seconds=seconds,
        clocked=clocked,
        cards=len(cards),
        taken_back=undone,
    )


def _facts(
    source: ReportSource,
    period: Period,
    settled: tuple[Settled, ...],
    replayed: ReplayedLedger,
    after: Mapping[str, Document],
) -> Facts:
    """Return what every report has, of a review or of days."""
    columns = source.totals.columns
    found, spoilt = source.items(frozenset(s.prospect.id for s in settled))
    start = replayed.starts.get(period.session or period.started)
    is_paired = any(s.verdict.pair or s.verdict.rule == RuleName.LOST_BET for s in settled)
    return Facts(
        pipeline=source.name,
        today=source.today,
        settings=source.settings,
        closing=source.closing,
        period=period,
        settled=settled,
        found=found,
        after=columns(after),
        before=columns(start) if start else {},
        won=_won(source, period, start or {}),
        spoilt=spoilt,
        pairs=_pairs(source) if is_paired else NO_PAIRS,
    )


def _pairs(source: ReportSource) -> PairFigures:
    """Return the figures of all joint verdicts and bets, as ``calibrate`` tells them."""
    documents = source.documents
    ids = [
        i for i in source.prospect_ids if documents[i].get("verdicts") or documents[i].get("bets")
    ]
    known = (known_by(prospect, source.today) for prospect in source.prospects(ids))
    return pair_figures(filter(None, known), source.today)


def _won(
    source: ReportSource, period: Period, start: Mapping[str, Document]
) -> tuple[Prospect, ...]:
    """Return what was bought from the first day of the period to its last, in that order.

    What had been at the ``start`` is of the time before.
    """
    first = source.today.day_of(period.started)
    last = source.today.day_of(period.ended) if period.ended else source.today.day
    bought = (
        key
        for key in source.prospect_ids
        if source.documents[key].get("won") and not start.get(key, {}).get("won")
    )
    found = [p for p in source.prospects(bought) if p.won and first <= p.won.on <= last]
    return tuple(sorted(found, key=lambda p: (p.won.on if p.won else first, p.name, p.id)))


# What it is compared with

EARLIER = 4
"""Sessions, or ranges of days, that a report is compared with at most."""


def comparable_sessions(source: ReportSource, session: Session) -> list[Session]:
    """Return the last sessions of the same person, owner and scope that settled something, then this one."""
    earlier = [
        s
        for s in source.sessions
        if s.started < session.started
        and _kind(s) == _kind(session)
        and source.decided_in.get(s.id)
    ]
    return [*earlier[-EARLIER:], session]


def _kind(session: Session) -> tuple[str, str, str]:
    """Return whose it is, about whom, and of which scope: a few picked cards are no week's review."""
    return (session.by, fold(session.owner), fold(session.scope))


def date_ranges(source: ReportSource, days: DateRange) -> list[DateRange]:
    """Return as many days before them, from the first in which somebody decided something; then these."""
    before = [days.earlier(times) for times in range(EARLIER, 0, -1) if _begins(days, times)]
    decided = {day for _, dated in source.dated_verdicts for day, _ in dated}
    while before and not any(before[0].first <= day <= before[0].last for day in decided):
        before.pop(0)
    return [*before, days]


def _begins(days: DateRange, times: int) -> bool:
    """Return whether there are so many days before it in the calendar."""
    return days.days * times < days.first.toordinal()


def _session_figures(
    source: ReportSource, session: Session, replayed: ReplayedLedger
) -> PeriodFigures:
    """Return a session in a few figures, as of its own day."""
    settled = source.settled(session, replayed)
    end = replayed.ends.get(session.id) if session.id in replayed.starts else None
    seconds, clocked = seconds_of(source, session, settled)
    made = _figures(source, source.today.day_of(session.started), settled, seconds, end)
    return replace(made, by=session.by, clocked=clocked)


def range_figures(
    source: ReportSource, ranges: list[DateRange], replayed: ReplayedLedger
) -> tuple[PeriodFigures, ...]:
    """Return the ranges in a few figures; each ends as the next one begins, the last one today."""
    ends = [replayed.starts.get(source.start_of(later.first)) for later in ranges[1:]]
    return tuple(
        _figures(
            source, days.first, settled, sum(s.verdict.seconds for s in decided_of(settled)), end
        )
        for days, end in zip(ranges, [*ends, source.documents], strict=True)
        for settled in (source.settled_within(days, replayed),)
    )


def _figures(
    source: ReportSource,
    day: date,
    settled: tuple[Settled, ...],
    seconds: int,
    end: Mapping[str, Document] | None,
) -> PeriodFigures:
    """Return what was decided from a day on in a few figures; ``end`` tells what was open then."""
    decided = decided_of(settled)
    return PeriodFigures(
        day=day,
        by=", ".join(sorted({s.verdict.by for s in settled})),
        decided=len(decided),
        purged=sum(s.purged for s in decided),
        hours=add_up(s.spent for s in freed_of(settled)).hours_a_week,
        seconds=seconds // len(decided) if decided else 0,
        open=open_of(source.totals.columns(end)).value if end else None,
    )


def seconds_of(
    source: ReportSource, session: Session, settled: Iterable[Settled]
) -> tuple[int, bool]:
    """Return the seconds of a session, and whether they were clocked; of a part of it the verdicts tell."""
    if session.worked and source.owner in {"", fold(session.owner)}:
        return session.worked, True
    return sum(s.verdict.seconds for s in settled), False
