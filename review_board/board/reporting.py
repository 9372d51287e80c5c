"""Gathers what a report needs from an open board: verdicts, the columns before and after, what waits.

The documents are taken as they stand when the report is asked for; the rest, ledger included, may
run in the store's own thread behind a screen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from operator import attrgetter

from review_board.board.board import Board
from review_board.board.report_ground import Ground, sessions_in
from review_board.board.report_sessions import LAST, Rest, choose, ground_of
from review_board.board.rewinding import Rewound, rewind
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Ruling
from review_board.pipeline.text import clean, fold
from review_board.review import Session
from review_board.review.report import Facts, Past, Report, Settled, Span, Waiting, make_report
from review_board.review.report.facts import open_of
from review_board.store import Commit, Document

EARLIER = 4
"""Sessions before this one that it is compared with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: everything since a day, or one session by its id or as the ``LAST``; of one book.

    Without an ``owner`` a session that is about one owner is reported as theirs.
    """

    since: date | None = None
    session: str = LAST
    owner: str = ""


def report_on(board: Board, name: str, wanted: Wanted = Wanted()) -> Report:
    """The report; ``name`` is what the pipeline is called."""
    return prepare_report(board, name, wanted)()


def prepare_report(board: Board, name: str, wanted: Wanted = Wanted()) -> Callable[[], Report]:
    """Take the documents as they stand; what is given back makes the report, in any one thread.

    Raises ``RefusedError`` where there is no such session, ``UsageError`` for an unknown owner.
    """
    ground = ground_of(board, name, wanted.owner)
    owner = clean(wanted.owner)
    if wanted.since is not None:
        since = datetime.combine(wanted.since, time(), board.zone)
        return lambda: make_report(_since(ground, since, owner, board.history()))
    session = choose(ground, wanted.session, board.by)
    if fold(owner) in {"", fold(session.owner)}:
        ground, owner = ground.of_session(session), session.owner
    return lambda: make_report(_of_session(ground, session, owner, board.history()))


def _of_session(ground: Ground, session: Session, owner: str, history: Iterable[Commit]) -> Facts:
    """One session: from the commit before its first to its last."""
    earlier = [s for s in ground.sessions if s.by == session.by and s.started < session.started]
    compared = [*_worth_comparing(ground, earlier)[-EARLIER:], session]
    rewound = rewind(ground.documents, history, [s.id for s in compared])
    settled = ground.settled(session, rewound)
    end = rewound.ends.get(session.id) if session.finished else None
    after, undone = _with_undone(ground, session.id, end or ground.documents)
    return _facts(
        ground,
        _span(ground, session, settled, owner, undone),
        settled,
        rewound,
        after=after,
        past=_past(ground, compared, rewound),
        waiting=_waiting(ground, session, settled),
    )


def _since(ground: Ground, since: datetime, owner: str, history: Iterable[Commit]) -> Facts:
    """Everything decided since a moment, in all sessions and outside of them."""
    started = [s for s in ground.sessions if s.started >= since]
    compared = _worth_comparing(ground, ground.sessions)[-EARLIER - 1 :]
    rewound = rewind(ground.documents, history, [s.id for s in compared], since)
    judged = (key for key in ground.book if ground.documents[key].get("verdicts"))
    settled = tuple(
        ground.one_settled(p, ruling, ground.today, rewound)
        for p in sorted(ground.prospects(judged), key=attrgetter("id"))
        if (ruling := _last_since(p, since))
    )
    span = Span(
        by=tuple(sorted({s.ruling.by for s in settled})),
        started=since,
        sessions=len({s.id for s in started} | {s.ruling.session for s in settled} - {None}),
        owner=owner,
        seconds=sum(s.ruling.seconds for s in settled),
    )
    past = _past(ground, compared, rewound)
    return _facts(ground, span, settled, rewound, after=ground.documents, past=past)


def _last_since(prospect: Prospect, since: datetime) -> Ruling | None:
    return next((r for r in reversed(prospect.verdicts) if r.at >= since), None)


def _with_undone(
    ground: Ground, session_id: str, end: Mapping[str, Document]
) -> tuple[Mapping[str, Document], int]:
    """The end of a session with what was undone since taken out again, and how many verdicts that were."""
    undone = [
        key
        for key, document in end.items()
        if session_id in sessions_in(document)
        and session_id not in sessions_in(ground.documents.get(key))
    ]
    now = {key: ground.documents[key] for key in undone if key in ground.documents}
    return {**end, **now}, len(undone)


def _span(
    ground: Ground, session: Session, settled: Sequence[Settled], owner: str, undone: int
) -> Span:
    """The session in figures; each card counts once."""
    queue = [key for key in session.queue if ground.is_mine(key)]
    rest = Rest.of(ground, session, settled)
    seconds, clocked = _seconds(ground, session, settled)
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
        skipped=len(rest.skipped),
        snoozed=len(rest.snoozed),
        parked=len(rest.parked),
        gone=len(rest.gone),
        left=len(rest.left),
        taken_back=undone,
    )


def _seconds(ground: Ground, session: Session, settled: Sequence[Settled]) -> tuple[int, bool]:
    """The seconds of a session, and whether they were clocked; of a part of it the verdicts tell."""
    if session.worked and ground.owner in {"", fold(session.owner)}:
        return session.worked, True
    return sum(s.ruling.seconds for s in settled), False


def _waiting(ground: Ground, session: Session, settled: Sequence[Settled]) -> tuple[Waiting, ...]:
    """Whom the session left undecided on purpose, in the order of its queue."""
    rest = Rest.of(ground, session, settled)
    kinds = (("skipped", rest.skipped), ("not this week", rest.snoozed), ("parked", rest.parked))
    return tuple(
        Waiting(how, tuple(ids), tuple(ground.entry(key).name for key in ids))
        for how, ids in kinds
        if ids
    )


def _worth_comparing(ground: Ground, sessions: Iterable[Session]) -> list[Session]:
    """Those that settled something."""
    return [session for session in sessions if ground.decided.get(session.id)]


def _past(ground: Ground, sessions: Iterable[Session], rewound: Rewound) -> tuple[Past, ...]:
    """The sessions in a few figures, each as of its own day."""
    return tuple(_one_past(ground, session, rewound) for session in sessions)


def _one_past(ground: Ground, session: Session, rewound: Rewound) -> Past:
    settled = ground.settled(session, rewound)
    end = rewound.ends.get(session.id) if session.id in rewound.starts else None
    seconds, clocked = _seconds(ground, session, settled)
    return Past(
        day=ground.today.day_of(session.started),
        by=session.by,
        decided=len(settled),
        purged=sum(not s.kept for s in settled),
        hours=sum((s.hours for s in settled if s.freed), Decimal(0)),
        seconds=seconds // len(settled) if settled else 0,
        clocked=clocked,
        open=open_of(ground.accounts.columns(end)).value if end is not None else (),
    )


def _facts(
    ground: Ground,
    span: Span,
    settled: tuple[Settled, ...],
    rewound: Rewound,
    *,
    after: Mapping[str, Document],
    past: tuple[Past, ...],
    waiting: tuple[Waiting, ...] = (),
) -> Facts:
    columns = ground.accounts.columns
    found, spoilt = ground.items(frozenset(s.prospect.id for s in settled))
    start = rewound.starts.get(span.session or None)
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
    )


def _won(ground: Ground, span: Span) -> tuple[Prospect, ...]:
    """What was bought from the first day of the span to its last, in that order."""
    first = ground.today.day_of(span.started)
    last = ground.today.day_of(span.ended) if span.ended else ground.today.day
    bought = (key for key in ground.book if ground.documents[key].get("won"))
    found = [p for p in ground.prospects(bought) if p.won and first <= p.won.on <= last]
    return tuple(sorted(found, key=lambda p: (p.won.on if p.won else first, p.name, p.id)))
