"""What a review is about: a scope, and the queue of cards that fall due within it."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from review_board.board.board import Board
from review_board.board.filters import NO_FILTER, Filter, fits_nobody
from review_board.board.index import Entry
from review_board.board.owners import nobody_called, owns
from review_board.errors import InvalidValueError, UsageError
from review_board.judgement.due.manager_queue import (
    Candidate,
    ManagerPick,
    PickReason,
    manager_queue,
)
from review_board.judgement.due.queue_order import Group, QueueCard, due_queue, queue_card
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.recommend import match_rules
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column
from review_board.progress import Progress

FEW = 40
"""Prospects that are looked at in one go, in some milliseconds."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which prospects are reviewed. ``everything`` takes those not due as well.

    ``manager`` picks a few cards of each rep by rule instead of what is due. Of the queue that comes
    out ``parts`` keeps those with these keys, and ``limit`` the first so many, of a manager's the first
    of each rep in turn. All of it combines.
    """

    everything: bool = False
    limit: int | None = None
    owner: str = ""
    column: Column | None = None
    filter: Filter = NO_FILTER
    manager: bool = False
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the scope as stored with the session, to know it again."""
        parts = ["manager"] if self.manager else []
        parts += ["all"] if self.everything else []
        parts += [f"limit {self.limit}"] if self.limit else []
        parts += [f"owner {self.owner}"] if self.owner else []
        parts += [str(self.column)] if self.column else []
        parts += [self.filter.text] if self.filter else []
        parts += [f"part {part}" for part in self.parts]
        return ", ".join(parts)


NOBODY = "nobody"
"""The key of the part of a manager's review that belongs to no rep."""

EVERYTHING_DUE = Scope()
"""What is due, of all owners and columns."""


@dataclass(frozen=True, slots=True)
class QueuePart:
    """One part of a queue: the key that chooses it, what it is called, its prospects in order."""

    key: str
    title: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """The parts to review, in order; which prospects are sure purges; why a manager sees each.

    ``unread`` counts the records that should be looked at and cannot be read, ``seen`` those that a
    manager would see and has looked at of late.
    """

    parts: tuple[QueuePart, ...] = ()
    sure: tuple[str, ...] = ()
    why: dict[str, str] = field(default_factory=dict)
    unread: int = 0
    seen: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the prospects to review, in order."""
        return tuple(prospect_id for part in self.parts for prospect_id in part.ids)


def queue_of(board: Board, scope: Scope, without: Container[str] = ()) -> Queue:
    """Return the queue of a scope; ``without`` these prospects, which are dropped when it begins.

    Raises ``UsageError`` when nothing on the board can ever fit it.
    """
    if scope.manager:
        return _managers(
            board, scope, (e for e in _entries_in(board, scope) if e.id not in without)
        )
    if not scope.everything and scope.filter.only_resting:
        raise UsageError(
            f"{scope.name} asks for what is not to review yet, and a review is of what is",
            "add --all",
        )
    if scope.filter.only_won:
        raise UsageError(f"{scope.name} asks for what was won: nothing is to be decided there")
    positions = QueuePositions(board)
    only_due = scope.filter.needs_evidence and not scope.everything
    entries = _entries_in(board, scope, positions.due if only_due else None)
    position_of = positions.place if scope.everything else positions.due
    asked = (entry for entry in entries if entry.id not in without)
    found = [position for entry in asked if (position := position_of(entry.id))]
    queue = due_queue(position.card for position in found if position.card)
    members: dict[Group, list[str]] = {group: [] for group in Group}
    for card in queue:
        members[card.group].append(card.id)
    parts = _wanted((QueuePart(g.key, g.title, tuple(ids)) for g, ids in members.items()), scope)
    sure = tuple(i for part in parts if part.key == Group.SURE_PURGE.key for i in part.ids)
    unread = sum(position.spoilt != "" for position in found)
    return Queue(parts, sure, unread=unread)


def _wanted(parts: Iterable[QueuePart], scope: Scope) -> tuple[QueuePart, ...]:
    """Return the parts that a scope asks for, and of their cards the first so many."""
    known = [*parts]
    keys = {part.key for part in known}
    if unknown := [key for key in scope.parts if key not in keys]:
        raise UsageError(f"There is no part {unknown[0]}", f"choose from {', '.join(sorted(keys))}")
    found, room = [], scope.limit if scope.limit is not None else sum(len(p.ids) for p in known)
    for part in known:
        ids = part.ids[:room] if part.key in scope.parts or not scope.parts else ()
        room -= len(ids)
        found += [QueuePart(part.key, part.title, ids)] if ids else []
    return tuple(found)


def _entries_in(
    board: Board, scope: Scope, wanted: Callable[[str], object] | None = None
) -> Iterable[Entry]:
    """Return the prospects on the board that fit the scope, and of these only the ``wanted``.

    Who is not wanted is not asked of the filter either, which may have to look at the evidence.
    """
    _check_owner(board, scope.owner)
    summary_of, today = board.evaluator.card_summary, board.today
    wants = scope.owner
    entries = [e for e in _entries(board, scope.column) if not wants or owns(wants, e.owner)]
    asked = (e for e in entries if wanted(e.id)) if wanted else entries
    if not scope.filter:
        return asked
    fitting = [e for e in asked if scope.filter.picks(e, summary_of, today)]
    if not (fitting or any(scope.filter.picks(e, summary_of, today) for e in entries)):
        raise fits_nobody(scope.name)
    return fitting


def _check_owner(board: Board, owner: str) -> None:
    owners = board.owners() if owner else set()
    if owner and not any(owns(owner, name) for name in owners):
        raise nobody_called(owner, owners)


def _managers(board: Board, scope: Scope, entries: Iterable[Entry]) -> Queue:
    """Return a few cards of each rep; what this person decided within the interval is not shown again."""
    review = board.settings.review
    summary_of = board.evaluator.card_summary
    shown = [
        Candidate(
            entry.id,
            entry.owner,
            card_summary.manager_pick,
            card_summary.worth or Decimal(0),
            entry.currency_rank,
        )
        for entry in entries
        if (card_summary := summary_of(entry.id)).manager_pick
    ]
    seen = {card.id for card in shown if _seen_lately(board, card.pick)}
    candidates = [card for card in shown if card.id not in seen]
    owners = Counter(card.owner for card in shown if card.id in seen)
    year, week, _ = board.today.day.isocalendar()
    picked = manager_queue(
        candidates, review.manager_least, review.manager_most, f"{year}-{week:02}", owners
    )
    owner_of = {card.id: card.owner for card in candidates}
    reps: dict[str, list[str]] = {}
    for key, _ in picked:
        reps.setdefault(owner_of[key], []).append(key)
    parts = (QueuePart(fold(o) or NOBODY, o or "no owner", tuple(ids)) for o, ids in reps.items())
    reason_of = {card.id: card.pick.reason for card in candidates}
    wanted = _in_turn(_wanted(parts, replace(scope, limit=None)), scope.limit, reason_of)
    shown_ids = {prospect_id for part in wanted for prospect_id in part.ids}
    why = {key: why for key, why in picked if key in shown_ids}
    return Queue(wanted, why=why, seen=len(seen))


def _in_turn(
    reps: tuple[QueuePart, ...], limit: int | None, reason_of: Mapping[str, PickReason]
) -> tuple[QueuePart, ...]:
    """Return so many cards: the first of each rep before the second of any, the most pressing ones first."""
    turns = [(n, reason_of[key], key) for rep in reps for n, key in enumerate(rep.ids)]
    taken = {key for *_, key in sorted(turns, key=lambda turn: turn[:2])[:limit]}
    found = [replace(rep, ids=tuple(key for key in rep.ids if key in taken)) for rep in reps]
    return tuple(rep for rep in found if rep.ids)


def _seen_lately(board: Board, pick: ManagerPick) -> bool:
    """Return whether this person looked at it last, within the interval."""
    days = board.settings.review.active_days
    return any(by == board.by and board.today.days_since(on) < days for by, on in pick.seen)


def due_count(board: Board) -> int:
    """Return how many prospects are due for review today."""
    positions, day = QueuePositions(board), board.today.day
    known = board.evaluator.known_card_summaries()
    ids = (entry.id for entry in board.index.entries.values() if entry.column)
    found = (known.get(prospect_id) or positions.due(prospect_id) for prospect_id in ids)
    return sum(1 for one in found if one and one.due_on and one.due_on <= day and not one.spoilt)


def next_due(board: Board, scope: Scope = EVERYTHING_DUE) -> date | None:
    """Return the day after today on which the next prospect of a scope falls due, if one does.

    Raises ``UsageError`` when nothing on the board can ever fit it.
    """
    positions, today = QueuePositions(board), board.today.day
    days = (positions.place(entry.id).due_on for entry in _entries_in(board, scope))
    return min((day for day in days if day and day > today), default=None)


def _entries(board: Board, column: Column | None) -> Iterator[Entry]:
    """Yield the entries on the board, column by column."""
    entries = board.index.entries
    for name in [column] if column else list(Column):
        for prospect_id in board.column(name):
            yield entries[prospect_id]


class QueuePosition(NamedTuple):
    """Where a prospect comes in a queue, and the day on which it falls due there.

    ``spoilt`` says why the record cannot be read.
    """

    card: QueueCard | None = None
    due_on: date | None = None
    spoilt: str = ""


def look_ahead(board: Board, progress: Progress) -> Iterator[None]:
    """Look at every prospect on the board, a few in each step, so that the queues after it come at once."""
    ids = [entry.id for entry in _entries(board, None)]
    progress.begin("prospects looked at", len(ids))
    for start in range(0, len(ids), FEW):
        positions = QueuePositions(board)  # anew: between two steps others may change the board
        for prospect_id in ids[start : start + FEW]:
            if board.entry(prospect_id):
                positions.due(prospect_id)
        progress.step(FEW)
        yield


class QueuePositions:
    """The positions of today. Card summaries that the board has are used; else records are read fast."""

    def __init__(self, board: Board) -> None:
        from review_board.pipeline.fast_load import read_plainly  # a library that only queues need

        self._board = board
        self._today, self._day = board.today, board.today.day
        self._settings = board.evaluator.settings
        self._closing = board.evaluator.closing
        self._known = board.evaluator.known_card_summaries()
        self._due: dict[str, QueuePosition] = board.evaluator.known_due()
        self._read = read_plainly

    def due(self, prospect_id: str) -> QueuePosition | None:
        """Return its place if it is due today, or if nobody can tell: what cannot be read is not judged."""
        found = self._due.get(prospect_id)
        if found is None:
            found = self._due[prospect_id] = self._found(prospect_id, only_due=True)
        is_due = found.due_on is not None and found.due_on <= self._day
        return found if found.spoilt or is_due else None

    def place(self, prospect_id: str) -> QueuePosition:
        """Return its position, due or not; one that cannot be read has none."""
        return self._found(prospect_id)

    def _found(self, prospect_id: str, *, only_due: bool = False) -> QueuePosition:
        if known := self._known.get(prospect_id):
            return QueuePosition(known.card, known.due_on, known.spoilt)
        with suppress(ArithmeticError):  # a figure out of all range: the model says what is wrong
            if plain := self._read(self._board.document(prospect_id) or {}):
                evidence = gather(plain, self._today, self._settings, self._closing)
                return self._position(evidence, only_due=only_due)
        try:
            evidence = self._board.evaluator.evidence(prospect_id)
        except InvalidValueError as error:
            return QueuePosition(spoilt=str(error))
        return self._position(evidence, only_due=only_due)

    def _position(self, evidence: Evidence, *, only_due: bool) -> QueuePosition:
        """Return the position of a card; with ``only_due`` without the card of one that is not due."""
        day = due_on(evidence)
        if only_due and (day is None or day > self._day):
            return QueuePosition(due_on=day)
        return QueuePosition(queue_card(evidence, match_rules(evidence)), day)
