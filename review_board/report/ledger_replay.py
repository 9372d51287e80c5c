"""The pipeline taken back through its ledger, commit by commit, and what its columns came to on the way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from review_board.board.index import Entry, Sums, column_in, entry_of
from review_board.board.versions import before
from review_board.pipeline.prospect import records_in
from review_board.pipeline.vocabulary import Column
from review_board.report.facts import Columns
from review_board.store.protocol import PROSPECTS, SESSIONS, Commit, Document, DocumentChange

Mine = Callable[[Entry], bool]
"""Whether a prospect counts."""


@dataclass(slots=True)
class ColumnTotals:
    """Adds up the columns; entries are kept while their document stays the same."""

    ratio: Decimal
    ours: str
    mine: Mine
    _known: dict[str, tuple[Document, Entry]] = field(default_factory=dict)

    def entry(self, prospect_id: str, document: Document) -> Entry:
        """Return the index entry of a document."""
        known = self._known.get(prospect_id)
        if known is None or known[0] is not document:
            known = self._known[prospect_id] = (document, entry_of(document, self.ratio, self.ours))
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


@dataclass(slots=True)
class ReplayedLedger:
    """What a walk back found: the documents at the start and the end of sessions, the commits of verdicts.

    A session ends as it was finished for the last time, one that was left with what it did last;
    of those ``finished`` the ledger tells whether they were.
    ``starts`` lacks the sessions that the ledger does not reach back to; moments stand there too.
    ``seqs`` holds, for a prospect and the id of a verdict, the newest commit that put it on record,
    unless that brought the prospect with it; ``befores`` the column it stood in until then.
    ``movers`` says who moved a prospect to another column last, ``firsts`` how one looked that came
    on record on the way.
    """

    starts: dict[str | datetime, Documents] = field(default_factory=dict)
    ends: dict[str, Documents] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    seqs: dict[tuple[str, str], int] = field(default_factory=dict)
    befores: dict[tuple[str, str], Column] = field(default_factory=dict)
    movers: dict[str, str] = field(default_factory=dict)
    firsts: dict[str, Document] = field(default_factory=dict)


def replay_backwards(
    documents: Documents,
    commits: Iterable[Commit],
    sessions: Iterable[str],
    moments: Iterable[datetime] = (),
) -> ReplayedLedger:
    """Walk the ledger back from ``documents`` until all sessions, and the moments, lie ahead.

    A session starts at the commit that made it. One that was copied in later, with a sample, left no
    trace of how things stood then.
    """
    found, now = ReplayedLedger(), dict(documents)
    ahead = sorted(set(moments))
    wanted: set[str | datetime] = {*sessions, *ahead}
    for commit in commits:
        while ahead and datetime.fromisoformat(commit.at) < ahead[-1]:
            found.starts[ahead.pop()] = dict(now)
        if wanted <= found.starts.keys():
            return found
        touched = [c for c in commit.docs if c.table == SESSIONS and c.id in wanted]
        for change in touched:
            is_end = bool(change.after.get("finished")) and change.id not in found.finished
            if is_end or change.id not in found.ends:
                found.ends[change.id] = dict(now)
            found.finished |= {change.id} if "finished" in change.after else set()
        _take_back(now, commit, found)
        found.starts |= {c.id: dict(now) for c in touched if _began_with(c, commit)}
    found.starts |= dict.fromkeys(ahead, now)
    return found


LATE = timedelta(minutes=5)
"""A session that is stored so long after its start was not stored when it started."""


def _began_with(change: DocumentChange, commit: Commit) -> bool:
    """Return whether the commit made the session, at the moment in which it started."""
    started = change.after.get("started")
    if not change.creates or not isinstance(started, str):
        return False
    return datetime.fromisoformat(commit.at) - datetime.fromisoformat(started) < LATE


def _take_back(documents: dict[str, Document], commit: Commit, found: ReplayedLedger) -> None:
    for change in reversed(commit.docs):
        if change.table != PROSPECTS:
            continue
        was = before(documents.get(change.id), change)
        if was is None:
            if first := documents.pop(change.id, None):
                found.firsts[change.id] = first
            continue
        documents[change.id] = was
        if "column" in change.after:
            found.movers.setdefault(change.id, commit.by)
        # To undo what brought the prospect itself would take all of it away.
        for verdict_id in () if change.creates else _verdicts_in(change.after):
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
