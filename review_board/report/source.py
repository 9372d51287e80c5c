"""What a report is made from: the documents as they were when it was asked for, models made once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import zip_longest
from operator import attrgetter

from review_board.board.board import Board
from review_board.board.filters import NO_FILTER, Filter
from review_board.board.index import UNNAMED, Entry
from review_board.board.owners import owns
from review_board.errors import InvalidValueError
from review_board.judgement.closing_ratio import ClosingRatio, closing_ratio
from review_board.judgement.evidence import gather
from review_board.judgement.recommend import judge
from review_board.judgement.time_spent import TimeSpent, recent_time
from review_board.judgement.verdict_history import last_verdict_in, replaced_by, verdict_in_force
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect, from_document, records_in
from review_board.pipeline.text import clean, fold
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.progress import Progress
from review_board.report.facts import Overruling, Settled
from review_board.report.items import BestCallItem, CallItem, Item, ItemSource, Obligation, read
from review_board.report.ledger_replay import ColumnTotals, ReplayedLedger
from review_board.review.session import Session, session_of
from review_board.settings.tree import Settings
from review_board.store.protocol import SESSIONS, Document

_NONE: frozenset[str] = frozenset()
TO_DO = (Obligation, CallItem, BestCallItem)
"""What falls to whoever has the prospect now, not to whom the report is about."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from a first to a last, both of them included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many they are."""
        return (self.last - self.first).days + 1

    def earlier(self, times: int) -> "DateRange":
        """Return as many days, so many times before these."""
        back = timedelta(days=self.days * times)
        return DateRange(self.first - back, self.last - back)


@dataclass
class ReportSource:
    """The documents of one ``owner`` (folded; empty is everybody), and what is computed from them.

    ``also`` belong to them whoever owns them now. ``fits`` tells which entries count, where not all do,
    ``progress`` how far the reading is.
    """

    name: str
    today: Today
    settings: Settings
    closing: ClosingRatio
    documents: Mapping[str, Document]
    session_documents: Mapping[str, Document]
    owner: str = ""
    also: frozenset[str] = frozenset()
    fits: Callable[[Entry], bool] | None = None
    progress: Progress = field(default_factory=Progress)
    _models: dict[str, Prospect | None] = field(default_factory=dict)
    _entries: dict[str, tuple[Document, Entry]] = field(default_factory=dict)
    _sessions: dict[str, tuple[Document, frozenset[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, board: Board, name: str, owner: str, wanted: Filter = NO_FILTER) -> "ReportSource":
        """Return the source as the board stands; ``name`` is what the pipeline is called.

        What a filter lets through today counts, as it was on any day.
        """
        return cls(
            clean(name) or UNNAMED,
            board.today,
            board.settings,
            board.evaluator.closing,
            board.documents(),
            board.documents(SESSIONS),
            fold(owner),
            fits=_fitting(board, wanted),
        )

    def of_session(self, session: Session) -> "ReportSource":
        """Return the same by the outcomes at the start of a session, for the owner that it is about.

        Its queue counts, whoever has it by now; another owner who was asked for stays.
        """
        found = self
        if self.owner in {"", fold(session.owner)}:
            also = frozenset(session.queue if session.owner else ())
            found = replace(self, owner=fold(session.owner), also=also)
        if session.outcomes:
            closing = closing_ratio(*session.outcomes, self.settings.estimates)
            found = replace(found, closing=closing, _entries={})
        return found

    def as_of(self, documents: Mapping[str, Document], moment: datetime) -> "ReportSource":
        """Return the same as the pipeline stood at a moment, with nothing of what came later."""
        today = Today(self.today.day_of(moment), self.today.zone)
        return replace(self, documents=documents, today=today, _models={})

    def start_of(self, day: date) -> datetime:
        """Return the moment in which a day begins."""
        return datetime.combine(day, time(), self.today.zone)

    @cached_property
    def totals(self) -> ColumnTotals:
        """Return what adds up the columns of these prospects."""
        ratio, currency = self.closing.ratio, self.settings.currency
        return ColumnTotals(ratio, currency, self.owns_entry, self._entries)

    def owns_entry(self, entry: Entry) -> bool:
        """Return whether a prospect is the owner's, or is counted as theirs."""
        theirs = not self.owner or entry.id in self.also or owns(self.owner, entry.owner)
        return theirs and (self.fits is None or self.fits(entry))

    def entry(self, prospect_id: str) -> Entry:
        """Return the index entry of a prospect that is there."""
        return self.totals.entry(prospect_id, self.documents[prospect_id])

    @cached_property
    def prospect_ids(self) -> tuple[str, ...]:
        """Return the ids of the owner's prospects, or of all."""
        if not self.owner and self.fits is None:
            return tuple(self.documents)
        return tuple(key for key in self.documents if self.owns_entry(self.entry(key)))

    def is_mine(self, prospect_id: str) -> bool:
        """Return whether a prospect is the owner's; one that is gone is everybody's."""
        if prospect_id not in self.documents:
            return not self.owner or prospect_id in self.also
        return self.owns_entry(self.entry(prospect_id))

    def prospect(self, prospect_id: str) -> Prospect | None:
        """Return the model of a prospect that is there and can be read."""
        document = self.documents.get(prospect_id)
        if prospect_id not in self._models:
            self._models[prospect_id] = readable(document) if document else None
        return self._models[prospect_id]

    def let_models_go(self) -> None:
        """Forget the models: what was made of them needs them no more, and the collector is spared them."""
        self._models.clear()
        vars(self).pop("dated_verdicts", None)

    def prospects(self, ids: Iterable[str]) -> Iterator[Prospect]:
        """Return the models of those that are there and can be read."""
        return (found for prospect_id in ids if (found := self.prospect(prospect_id)))

    def items(
        self,
        settled: frozenset[str] = frozenset(),
        read: Callable[[ItemSource], Iterator[Item]] = read,
    ) -> tuple[tuple[Item, ...], tuple[str, ...]]:
        """Return what every prospect gives to the report, and the names of what cannot be read.

        The models are let go of again: ten thousand would take twice the memory of the documents.
        """
        found: list[Item] = []
        spoilt: list[str] = []
        keys = self.prospect_ids
        for key in self.progress.over(keys, "looking what is owed", len(keys)):
            prospect = self._models.get(key) or readable(self.documents[key])
            if prospect is None:
                spoilt.append(self.entry(key).name)
                continue
            evidence = gather(prospect, self.today, self.settings, self.closing)
            finding = judge(evidence)
            theirs = not self.owner or owns(self.owner, prospect.owner)
            items = read(ItemSource(evidence, finding, key in settled))
            found += items if theirs else (i for i in items if not isinstance(i, TO_DO))
        return tuple(found), tuple(sorted(spoilt))

    @cached_property
    def dated_verdicts(self) -> tuple[tuple[Prospect, tuple[tuple[date, VerdictRecord], ...]], ...]:
        """Return the prospects by id, each with its verdicts by day, the oldest first."""
        ids = sorted(key for key in self.prospect_ids if self.documents[key].get("verdicts"))
        day_of = self.today.day_of
        return tuple(
            (p, tuple((day_of(r.at), r) for r in sorted(p.verdicts, key=attrgetter("at"))))
            for p in self.prospects(ids)
        )

    # Sessions

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Return all sessions up to today that can be read, the oldest first."""
        found = []
        end = self.today.end
        for document in self.session_documents.values():
            try:
                session = session_of(document)
            except InvalidValueError:
                continue  # the doctor tells of it; a report of the others stands
            if session.started < end:
                found.append(session)
        return tuple(sorted(found, key=attrgetter("started", "id")))

    @cached_property
    def decided_in(self) -> dict[str, list[str]]:
        """Return for each session the ids of the prospects on which its verdict is in force."""
        found: dict[str, list[str]] = {}
        for prospect_id in self.prospect_ids:
            for session_id in self.sessions_of(prospect_id, self.documents[prospect_id]):
                if self._is_in_force(prospect_id, session_id):
                    found.setdefault(session_id, []).append(prospect_id)
        return found

    @cached_property
    def deciding_sessions(self) -> frozenset[str]:
        """Return the sessions that gave a verdict on these prospects, overruled or not."""
        documents = self.documents
        return frozenset().union(*(self.sessions_of(i, documents[i]) for i in self.prospect_ids))

    @cached_property
    def voters_in(self) -> dict[str, set[str]]:
        """Return for each pair review who voted in it."""
        found: dict[str, set[str]] = {}
        for document in self.documents.values():
            for verdict in records_in(document, "verdicts"):
                pair = verdict.get("pair")
                for vote in records_in(pair if isinstance(pair, Mapping) else None, "first"):
                    found.setdefault(str(verdict.get("session")), set()).add(str(vote.get("by")))
        return found

    def sessions_of(self, prospect_id: str, document: Document) -> frozenset[str]:
        """Return the sessions whose verdicts a document of a prospect holds; it is read once."""
        known = self._sessions.get(prospect_id)
        if known is None or known[0] is not document:
            found = frozenset(sessions_in(document)) if document.get("verdicts") else _NONE
            known = self._sessions[prospect_id] = (document, found)
        return known[1]

    def is_review_of(self, session: Session, by: str) -> bool:
        """Return whether somebody began a review, or voted in it."""
        return by == session.by or by in self.voters_in.get(session.id, ())

    def _is_in_force(self, prospect_id: str, session_id: str) -> bool:
        """Return whether no other review overruled a session's verdict; most records need no model for that."""
        is_one = len(self.documents[prospect_id]["verdicts"]) == 1
        prospect = None if is_one else self.prospect(prospect_id)
        return prospect is None or verdict_in_force(prospect, session_id, self.today) is not None

    def overruled(self, session: Session) -> tuple[Overruling, ...]:
        """Return the cards on which a session overruled another review of that day, or was overruled."""
        documents = self.documents
        decided = (i for i in self.prospect_ids if session.id in self.sessions_of(i, documents[i]))
        return tuple(
            pair
            for prospect in self.prospects(decided)
            for pair in self._pairs(prospect)
            if session.id in {pair.first.session, pair.last.session}
        )

    def overruled_within(self, days: DateRange) -> tuple[Overruling, ...]:
        """Return every verdict of a range of days that was overruled."""
        return tuple(
            pair
            for prospect, _ in self.dated_verdicts
            for pair in self._pairs(prospect)
            if days.first <= self.today.day_of(pair.first.at) <= days.last
        )

    def _pairs(self, prospect: Prospect) -> Iterator[Overruling]:
        """Yield the verdicts that are overruled, each with the one in force; the last of each review."""
        for verdict in prospect.verdicts:
            last = replaced_by(prospect, verdict, self.today)
            is_last = not verdict.session or last_verdict_in(prospect, verdict.session) is verdict
            if last and is_last:
                yield Overruling(prospect, verdict, last)

    def settled(self, session: Session, replayed: ReplayedLedger) -> tuple[Settled, ...]:
        """Return what a session decided and nobody took back, in the order of its queue; hours as of its day."""
        places = {prospect_id: place for place, prospect_id in enumerate(session.queue)}
        ids = self.decided_in.get(session.id, [])
        ids = sorted(ids, key=lambda key: (places.get(key, len(places)), key))
        today = Today(self.today.day_of(session.started), self.today.zone)
        start = replayed.starts.get(session.id, {})
        return tuple(
            Settled(
                prospect,
                verdict,
                self.totals.entry(prospect.id, document).column if document else verdict.was,
                self._spent(prospect, today.day),
                replayed.seqs.get((prospect.id, verdict.id)),
                moved_by=replayed.movers.get(prospect.id, ""),
            )
            for prospect in self.prospects(ids)
            if (verdict := last_verdict_in(prospect, session.id))
            for document in (start.get(prospect.id),)
        )

    def settled_within(self, days: DateRange, replayed: ReplayedLedger) -> tuple[Settled, ...]:
        """Return every decision of a range of days that was not overruled, card by card, as they were made."""
        found: list[Settled] = []
        for prospect, dated in self.dated_verdicts:
            verdicts = [
                verdict
                for day, verdict in dated
                if days.first <= day <= days.last and not replaced_by(prospect, verdict, self.today)
            ]
            if not verdicts:
                continue
            for verdict, later in zip_longest(verdicts, verdicts[1:]):
                key = (prospect.id, verdict.id)
                was, seq = replayed.befores.get(key, verdict.was), replayed.seqs.get(key)
                spent = self._spent(prospect, self.today.day_of(verdict.at))
                mover = replayed.movers.get(prospect.id, "")
                found.append(Settled(prospect, verdict, was, spent, seq, later, mover))
        return tuple(found)

    def _spent(self, prospect: Prospect, day: date) -> TimeSpent:
        """Return the time spent on a prospect in the weeks up to a day."""
        return recent_time(prospect, Today(day, self.today.zone), self.settings.minutes)


def _fitting(board: Board, wanted: Filter) -> Callable[[Entry], bool] | None:
    """Return what tells whether a card fits a filter today; of one that is gone its last state tells."""
    if not wanted:
        return None
    today, look, entries = board.today, board.evaluator.card_summary, board.index.entries
    known = {key: wanted.picks(entry, look, today) for key, entry in entries.items()}
    return lambda entry: (
        known[entry.id] if entry.id in known else wanted.matches(entry, None, today)
    )


def sessions_in(document: Document | None, field: str = "verdicts") -> set[str]:
    """Return the sessions whose verdicts (or snoozes) a document holds."""
    found = (record.get("session") for record in records_in(document, field))
    return {session_id for session_id in found if isinstance(session_id, str)}


def readable(document: Document) -> Prospect | None:
    """Return the prospect of a document, ``None`` for one that cannot be read."""
    try:
        return from_document(document)
    except InvalidValueError:
        return None
