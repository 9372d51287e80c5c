"""Reads from an open board what changed since a day or a review.

The documents are taken as they stand when it is asked for; reading the ledger may run in another
thread.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from review_board.board.board import Board
from review_board.board.undo import is_progress, standing
from review_board.errors import RefusedError, UsageError
from review_board.pipeline.dates import long_day
from review_board.progress import Progress, without_collecting
from review_board.report.ledger_replay import Documents, replay_backwards
from review_board.report.pipeline_changes import Comparison, PipelineChanges
from review_board.report.sessions import LAST, any_review, choose, source_of
from review_board.report.source import ReportSource
from review_board.report.statistics import Statistics, statistics_of, weeks_from
from review_board.review.scope import EVERYTHING_DUE, Scope
from review_board.review.session import Session
from review_board.store.protocol import IMPORT, Commit

USUAL_WEEKS, MOST_WEEKS = 12, 104
"""Weeks that the statistics cover unless asked otherwise, and at most."""
USUAL_DAYS = 7
"""Days that are looked back over where no review tells from when on."""


@dataclass(frozen=True, slots=True)
class ChangesRequest:
    """From when on: a day, or with ``review`` the start of the last review; else that, or a week.

    ``imported`` begins with the last import of a list; ``alone`` is that import and nothing after it,
    as ``change`` is the change of a number. Of a ``scope`` the owner and the filter count.
    """

    since: date | None = None
    review: bool = False
    imported: bool = False
    alone: bool = False
    change: int | None = None
    scope: Scope = EVERYTHING_DUE


def _change_of(board: Board, wanted: ChangesRequest) -> Commit | None:
    """Return the change that is asked for by its number, or as the last import that stands."""
    if wanted.change is not None:
        found = next((c for c in board.history() if c.seq == wanted.change), None)
        if found is None:
            raise RefusedError(f"There is no change {wanted.change}", "see review-board history")
        return found
    lists = (c for c in standing(board.history()) if c.via == IMPORT and not is_progress(c))
    if wanted.imported and (found := next(lists, None)) is None:
        raise RefusedError("No import is left in the history", "name a day")
    return found if wanted.imported else None


def prepare_changes(board: Board, wanted: ChangesRequest) -> Callable[[], PipelineChanges]:
    """Take the documents as they stand; what is given back compares them, in any one thread.

    Raises ``RefusedError`` where there is no review, ``UsageError`` for a day ahead, or where nothing
    is in the scope; what is given back where there is no such change.
    """
    source = source_of(board, "", wanted.scope.owner, wanted.scope.filter)
    is_of_change, session = wanted.imported or wanted.change is not None, None
    if wanted.review or (not is_of_change and wanted.since is None and any_review(board)):
        session = choose(source, LAST, board.by)
    first = wanted.since or source.today.day - timedelta(days=USUAL_DAYS)
    need_past(first, source.today.day)

    def make() -> PipelineChanges:
        change, until = _change_of(board, wanted), source.today.end
        since = session.started if session else source.start_of(first)
        begun, numbers = [session.id] if session else [], [change.seq] if change else []
        if change:
            since = datetime.fromisoformat(change.at)
        moments = {since, until}
        replayed = replay_backwards(source.documents, board.history(), begun, moments, numbers)
        states = replayed.starts
        begins = change.seq if change else session.id if session else since
        is_alone = wanted.alone or wanted.change is not None
        made = compared(
            source,
            since,
            states.get(begins, states[since]),
            replayed.ends[change.seq] if change and is_alone else states[until],
            session,
            reader=board.by,
            firsts=replayed.firsts,
            change=change,
        )
        is_known = begins != since and begins in states
        gap = "" if is_known or not replayed.gap else replayed.gap.words(source.today)
        return replace(made, change=change.seq if change and is_alone else None, gap=gap)

    return make


def prepare_statistics(
    board: Board,
    since: date | None = None,
    scope: Scope = EVERYTHING_DUE,
    progress: Progress | None = None,
) -> Callable[[], Statistics]:
    """Take the documents as they stand; what is given back makes the statistics, in any one thread.

    It counts in ``progress`` how far it is, and stops where that asks for it.
    Raises ``UsageError`` for a day ahead, or where nothing is in the scope.
    """
    counted = progress or Progress()
    source = replace(source_of(board, "", scope.owner, scope.filter), progress=counted)
    today = source.today.day
    first = since or weeks_back(today, USUAL_WEEKS)
    need_past(first, today)
    weeks = weeks_from(first, today)[-MOST_WEEKS:]

    def make() -> Statistics:
        with without_collecting():
            for key in counted.over(source.documents, "reading the cards", len(source.documents)):
                source.prospect(key)
            moments = [source.start_of(week.first) for week in weeks]
            replayed = replay_backwards(source.documents, board.history(), (), moments)
            found = statistics_of(source, weeks, replayed, counted)
            source.let_models_go()
            return found

    return make


def weeks_back(today: date, weeks: int) -> date:
    """Return a day in the first of so many weeks, of which the running one is the last."""
    return today - timedelta(weeks=weeks - 1)


def need_past(first: date, today: date) -> None:
    """Raise ``UsageError`` for a day that is still to come."""
    if first > today:
        raise UsageError(
            f"Nothing can have changed since {first}: it lies after today, {today}",
            "name today or a day before it",
        )


def compared(
    source: ReportSource,
    since: datetime,
    then: Documents,
    now: Documents,
    session: Session | None = None,
    *,
    reader: str = "",
    firsts: Documents = MappingProxyType({}),
    change: Commit | None = None,
) -> PipelineChanges:
    """Return what changed between two states of a source, told to a ``reader``, or to anybody.

    ``firsts`` are those that came in between, as they were at first; a ``change`` may have begun it.
    """
    comparison = Comparison(
        since,
        source.today,
        source.settings,
        source.totals.entry,
        source.owns_entry,
        firsts,
        is_begun_by_change=change is not None,
    )
    return PipelineChanges(
        since,
        _beginning(source, since, session, reader, change),
        source.today.day,
        tuple(comparison.changes(then, now)),
        session.id if session else "",
    )


def _beginning(
    source: ReportSource,
    since: datetime,
    session: Session | None,
    reader: str,
    change: Commit | None,
) -> str:
    """Return ``Mon 23 Nov``, or ``ann's review of Mon 23 Nov, 16:20``: it begins at an hour of that day."""
    at = since.astimezone(source.today.zone)
    day = long_day(at.date(), source.today.day)
    if change:
        is_import = change.via == IMPORT and change.undoes is None
        return f"{'the import' if is_import else f'change {change.seq}'} of {day}, {at:%H:%M}"
    if session is None:
        return f"{day} (today)" if at.date() == source.today.day else day
    whose = "your" if source.is_review_of(session, reader) else f"{session.by}'s"
    return f"{whose} review of {day}, {at:%H:%M}"
