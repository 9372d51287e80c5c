"""What an open pipeline hands to the learning: the history of each prospect, from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from review_board.board.board import Board
from review_board.board.versions import DocumentVersion, versions
from review_board.errors import InvalidValueError
from review_board.learning.calibrate import Calibration, calibrate, drops_elsewhere
from review_board.learning.history import History, RecordVersion
from review_board.pipeline.prospect import Prospect, from_document
from review_board.progress import Progress
from review_board.store.protocol import IMPORT, Document


@dataclass(frozen=True, slots=True)
class PipelineHistory:
    """The histories of all prospects, open, dropped or won, and what cannot be read."""

    histories: tuple[History, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The figures of what can be read, and what cannot."""

    figures: Calibration
    unreadable: tuple[str, ...]


def past_of(board: Board, progress: Progress | None = None) -> PipelineHistory:
    """Return every prospect's history. An addition that was taken back for good has none."""
    present, unreadable = board.documents(), list[str]()
    histories: list[History] = []
    found = versions(board)
    counted = (progress or Progress()).over(found.items(), "reading the past", len(found))
    for key, written in counted:
        if key not in present:
            continue
        try:
            histories.append(history_of(written, board.zone, board.today.day))
        except InvalidValueError as error:
            unreadable.append(str(error))
    return PipelineHistory(tuple(histories), tuple(unreadable))


def history_of(written: Sequence[DocumentVersion], zone: tzinfo, today: date) -> History:
    """Return a history from the versions of a document, the last of each day standing for the day.

    A version counts from its commit on. One from before the record has no such moment: it tells the
    days before the next, and today when there is none.
    """
    by_day: dict[date, Document | None] = {}
    for version in written:
        if version.at is not None:
            by_day[version.at.astimezone(zone).date()] = version.document
    if not by_day:
        by_day[today] = written[-1].document
    first = next(v for v in written if v.document is not None)
    assert first.document is not None
    assert written[-1].document is not None
    return History(
        now=from_document(written[-1].document),
        oldest=from_document(first.document),
        versions=tuple(RecordVersion(day, _read(doc)) for day, doc in sorted(by_day.items())),
        zone=zone,
        always=first.at is None,
    )


def calibration(board: Board, progress: Progress | None = None) -> Calibrated:
    """Return what the outcomes on record say about our judgement."""
    readable, unreadable = _readable(board, progress or Progress())
    came_in = came_in_lost(board, readable)
    figures = calibrate(readable, board.settings.estimates, board.today, came_in)
    return Calibrated(figures, tuple(unreadable))


def _readable(board: Board, progress: Progress) -> tuple[list[Prospect], Sequence[str]]:
    """Return what can be read, as it stands today, and what cannot; today may be a day that is over."""
    newest = next(board.history(), None)
    if newest and datetime.fromisoformat(newest.at) >= board.today.end:
        past, day = past_of(board, progress), board.today.day
        there = (history for history in past.histories if history.was_there(day))
        return [p for history in there if (p := history.with_outcome_on(day))], past.unreadable
    readable, unreadable = list[Prospect](), list[str]()
    found = board.documents()
    for document in progress.over(found.values(), "reading the outcomes", len(found)):
        try:
            readable.append(from_document(document))
        except InvalidValueError as error:
            unreadable.append(str(error))
    return readable, unreadable


def came_in_lost(board: Board, prospects: Sequence[Prospect]) -> dict[str, frozenset[datetime]]:
    """Return by id, the drops with which an import brought them, or from before the record.

    Nobody here let these go.
    """
    asked = {p.id for p in prospects if drops_elsewhere(p)}
    if not asked:
        return {}
    found: dict[str, frozenset[datetime]] = {}
    for key, written in versions(board).items():
        if key in asked and (elsewhere := _elsewhere(written)):
            found[key] = elsewhere
    return found


def _elsewhere(written: Sequence[DocumentVersion]) -> frozenset[datetime]:
    """Return its drops made elsewhere: none for one put on record here, or that cannot be read."""
    first = next(version for version in written if version.document is not None)
    if first.via not in (IMPORT, "") or first.document is None:
        return frozenset()
    try:
        return drops_elsewhere(from_document(first.document))
    except InvalidValueError:
        return frozenset()


def _read(document: Document | None) -> Prospect | None:
    return None if document is None else from_document(document)
