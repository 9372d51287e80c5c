"""The pipeline taken back through its ledger, commit by commit, and what its columns came to on the way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from review_board.board.index import Entry, Sums, column_in, entry_of
from review_board.board.versions import take_back
from review_board.pipeline.dates import Today, long_day
from review_board.pipeline.prospect import records_in
from review_board.pipeline.vocabulary import Column
from review_board.report.facts import Columns
from review_board.store.protocol import SESSIONS, Commit, Document, DocumentChange

Mine = Callable[[Entry], bool]
"""Whether a prospect counts."""


@dataclass(slots=True)
class ColumnTotals:
    """Adds up the columns; entries are kept while their document stays the same."""

    ratio: Decimal
    ours: str
    mine: Mine
    known: dict[str, tuple[Document, Entry]] = field(default_factory=dict)

    def entry(self, prospect_id: str, document: Document) -> Entry:
        """Return the index entry of a document."""
        known = self.known.get(prospect_id)
        if known is None or known[0] is not document:
            known = self.known[prospect_id] = (document, entry_of(document, self.ratio, self.ours))
        return known[1]

    def columns(self, documents: "Documents") -> Columns:
        """Count, value and weighted value of each column."""
        sums = {column: Sums() for column in Column}
        for prospect_id, document in documents.items():
            entry = self.entry(prospect_id, document)
            if entry.column and self.mine(entry):
                sums[entry.column].add(entry)
        return {column: found.totals for column, found in sums.items()}


Documents = Mapping[str, Document]


class HistoryGap(NamedTuple):
    """A ledger that does not reach back far enough: it begins at a moment, or holds no change at all."""

    begins: datetime | None

    def words(self, today: Today) -> str:
        """Return ``the history of this file begins on Fri 20 Nov, 16:20``."""
        if self.begins is None:
            return "this file came without its history"
        at = self.begins.astimezone(today.zone)
        return f"the history of this file begins on {long_day(at.date(), today.day)}, {at:%H:%M}"


@dataclass(slots=True)
class ReplayedLedger:
    """What a walk back found: the documents at the start and the end of sessions, the commits of verdicts.

    A session ends as it was finished for the last time, if the ledger has that (``finished``), one
    that was left with what it did last.
    ``starts`` lacks the sessions that the ledger does not reach back to; moments stand there too,
    and the numbers of changes, as in ``ends``.
    ``seqs`` holds, for a prospect and the id of a verdict, the newest commit that put it on record,
    unless that brought the prospect with it; ``befores`` the column it stood in until then.
    ``gap`` says that the ledger begins later than was asked for, with prospects there before it.
    ``movers`` says who moved a prospect to another column last, ``firsts`` how one looked that came
    on record on the way.
    """

    starts: dict[str | datetime | int, Documents] = field(default_factory=dict)
    ends: dict[str | int, Documents] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    seqs: dict[tuple[str, str], int] = field(default_factory=dict)
    befores: dict[tuple[str, str], Column] = field(default_factory=dict)
    movers: dict[str, str] = field(default_factory=dict)
    firsts: dict[str, Document] = field(default_factory=dict)
    gap: HistoryGap | None = None


def replay_backwards(
    documents: Documents,
    commits: Iterable[Commit],
    sessions: Iterable[str],
    moments: Iterable[datetime] = (),
    changes: Iterable[int] = (),
) -> ReplayedLedger:
    """Walk the ledger back from ``documents`` until all sessions, moments and changes lie ahead.

    A session starts at the commit that made it. One that was copied in later, with a sample, left no
    trace of how things stood then.
    """
    found, now, begins = ReplayedLedger(), dict(documents), ""
    ahead = sorted(set(moments))
    numbers = frozenset(changes)
    wanted: set[str | datetime | int] = {*sessions, *ahead, *numbers}
    told: set[str] = set()
    for commit in commits:
        begins = commit.at
        while ahead and datetime.fromisoformat(commit.at) < ahead[-1]:
            found.starts[ahead.pop()] = dict(now)
        if wanted <= found.starts.keys():
            return found
        touched = [c for c in commit.docs if c.table == SESSIONS and c.id in wanted]
        for change in touched:
            is_told = "finished" in change.after and change.id not in told
            told |= {change.id} if is_told else set()
            if is_told and _is_at_the_time(change, "finished", commit):
                found.ends[change.id] = dict(now)
                found.finished.add(change.id)
            elif change.id not in found.ends:
                found.ends[change.id] = dict(now)
        if commit.seq in numbers:
            found.ends[commit.seq] = dict(now)
        _note(found, commit, now)
        if commit.seq in numbers:
            found.starts[commit.seq] = dict(now)
        began = (c for c in touched if c.creates and _is_at_the_time(c, "started", commit))
        found.starts |= {change.id: dict(now) for change in began}
    if ahead and now:
        found.gap = HistoryGap(datetime.fromisoformat(begins) if begins else None)
    found.starts |= dict.fromkeys(ahead, now)
    return found


LATE = timedelta(minutes=5)
"""What is stored so long after it happened was not stored when it happened."""


def _is_at_the_time(change: DocumentChange, field: str, commit: Commit) -> bool:
    """Return whether a commit stored the moment of a field at that moment."""
    moment = change.after.get(field)
    if not isinstance(moment, str):
        return False
    return datetime.fromisoformat(commit.at) - datetime.fromisoformat(moment) < LATE


def _note(found: ReplayedLedger, commit: Commit, documents: dict[str, Document]) -> None:
    """Take a commit back, and put down what it did."""
    for change, after, was in take_back(documents, commit):
        if was is None:
            found.firsts |= {change.id: after} if after else {}
            continue
        if "column" in change.after:
            found.movers.setdefault(change.id, commit.by)
        for verdict_id in _verdicts_in(change.after):
            found.seqs.setdefault((change.id, verdict_id), commit.seq)
            found.befores.setdefault((change.id, verdict_id), column_in(was.get("column")))


def _verdicts_in(after: Mapping[str, object]) -> list[str]:
    """Return ids of the verdicts that a change put on record, one by one or as a whole list."""
    found = [
        pointer.partition("/")[2]
        for pointer, value in after.items()
        if pointer.startswith("verdicts/") and value is not None
    ]
    return [*found, *(str(record.get("id")) for record in records_in(after, "verdicts"))]
