"""What a report stands on: the documents as they were when it was asked for, models made once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter

from review_board.board.board import Board
from review_board.board.index import UNNAMED, Entry
from review_board.board.owners import owns
from review_board.board.rewinding import Accounts, Rewound
from review_board.errors import InvalidValueError
from review_board.judgement import ClosingRatio, decide, gather
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.records import Ruling
from review_board.pipeline.text import clean, fold
from review_board.review import Session, ruling_in, session_of, weekly_hours
from review_board.review.report import Item, Look, Settled, read
from review_board.settings import Settings
from review_board.store import SESSIONS, Document


@dataclass
class Ground:
    """The documents of one book (``owner`` folded; empty is everybody's), and what is computed from them.

    ``also`` are in the book whoever owns them now.
    """

    name: str
    today: Today
    settings: Settings
    closing: ClosingRatio
    documents: Mapping[str, Document]
    session_documents: Mapping[str, Document]
    owner: str = ""
    also: frozenset[str] = frozenset()
    _models: dict[str, Prospect | None] = field(default_factory=dict)

    @classmethod
    def of(cls, board: Board, name: str, owner: str) -> "Ground":
        """The ground as the board stands; ``name`` is what the pipeline is called."""
        return cls(
            clean(name) or UNNAMED,
            board.today,
            board.settings,
            board.assessor.closing,
            board.documents(),
            board.documents(SESSIONS),
            fold(owner),
        )

    def of_session(self, session: Session) -> "Ground":
        """The same for the owner that a session is about; its queue counts, whoever has it by now."""
        owner, also = fold(session.owner), frozenset(session.queue if session.owner else ())
        return self if owner == self.owner and not also else replace(self, owner=owner, also=also)

    @cached_property
    def accounts(self) -> Accounts:
        """Reckons what the columns of this book come to."""
        return Accounts(self.closing.ratio, self._owns)

    def _owns(self, entry: Entry) -> bool:
        return not self.owner or entry.id in self.also or owns(self.owner, entry.owner)

    def entry(self, prospect_id: str) -> Entry:
        """The index entry of a prospect that is there."""
        return self.accounts.entry(prospect_id, self.documents[prospect_id])

    @cached_property
    def book(self) -> tuple[str, ...]:
        """The ids of this book's prospects."""
        return tuple(key for key in self.documents if self._owns(self.entry(key)))

    def is_mine(self, prospect_id: str) -> bool:
        """Whether a prospect is in the book; one that is gone is in everybody's."""
        if prospect_id not in self.documents:
            return not self.owner or prospect_id in self.also
        return self._owns(self.entry(prospect_id))

    def prospect(self, prospect_id: str) -> Prospect | None:
        """The model of a prospect that is there and can be read."""
        document = self.documents.get(prospect_id)
        if prospect_id not in self._models:
            self._models[prospect_id] = _readable(document) if document else None
        return self._models[prospect_id]

    def prospects(self, ids: Iterable[str]) -> Iterator[Prospect]:
        """The models of those that are there and can be read."""
        return (found for prospect_id in ids if (found := self.prospect(prospect_id)))

    def items(self, settled: frozenset[str]) -> tuple[tuple[Item, ...], tuple[str, ...]]:
        """What every prospect of the book gives to the report, and the names of what cannot be read.

        The models are let go of again: ten thousand would take twice the memory of the documents.
        """
        found: list[Item] = []
        spoilt: list[str] = []
        for key in self.book:
            prospect = self._models.get(key) or _readable(self.documents[key])
            if prospect is None:
                spoilt.append(self.entry(key).name)
                continue
            evidence = gather(prospect, self.today, self.settings, self.closing)
            finding = decide(evidence, self.settings)
            found += read(Look(evidence, finding, key in settled))
        return tuple(found), tuple(sorted(spoilt))

    # Sessions

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions that can be read, the oldest first."""
        found = []
        for document in self.session_documents.values():
            try:
                found.append(session_of(document))
            except InvalidValueError:
                continue  # the doctor tells of it; a report of the others stands
        return tuple(sorted(found, key=attrgetter("started", "id")))

    @cached_property
    def decided(self) -> dict[str, list[str]]:
        """For each session the ids of the book's prospects that it decided on."""
        found: dict[str, list[str]] = {}
        for prospect_id in self.book:
            for session_id in sessions_in(self.documents[prospect_id]):
                found.setdefault(session_id, []).append(prospect_id)
        return found

    def settled(self, session: Session, rewound: Rewound) -> tuple[Settled, ...]:
        """What a session decided and nobody took back, in the order of its queue; hours as of its day."""
        places = {prospect_id: place for place, prospect_id in enumerate(session.queue)}
        ids = self.decided.get(session.id, [])
        ids = sorted(ids, key=lambda key: (places.get(key, len(places)), key))
        today = Today(self.today.day_of(session.started), self.today.zone)
        return tuple(
            self.one_settled(prospect, ruling, today, rewound, session.id)
            for prospect in self.prospects(ids)
            if (ruling := ruling_in(prospect, session.id))
        )

    def one_settled(
        self,
        prospect: Prospect,
        ruling: Ruling,
        today: Today,
        rewound: Rewound,
        start: str | None = None,
    ) -> Settled:
        """A verdict with the column that the card stood in at a start, its hours, and its commit."""
        document = rewound.starts.get(start, {}).get(prospect.id)
        return Settled(
            prospect,
            ruling,
            self.accounts.entry(prospect.id, document).column if document else None,
            weekly_hours(prospect, today, self.settings.estimates),
            rewound.seqs.get((prospect.id, ruling.id)),
        )


def sessions_in(document: Document | None, field: str = "verdicts") -> set[str]:
    """The sessions whose verdicts (or snoozes) a document holds."""
    records = (document or {}).get(field)
    if not isinstance(records, list):
        return set()
    found = (record.get("session") for record in records if isinstance(record, Mapping))
    return {session_id for session_id in found if isinstance(session_id, str)}


def _readable(document: Document) -> Prospect | None:
    try:
        return from_document(document)
    except InvalidValueError:
        return None
