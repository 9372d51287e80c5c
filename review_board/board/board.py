"""Board: an open pipeline. Every door goes through it; it is the only one that knows the store."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import count
from typing import TYPE_CHECKING, TypeVar, cast

from review_board.board import undo
from review_board.board.document_diff import SessionChange, difference, merged
from review_board.board.evaluator import Evaluator, Weighting
from review_board.board.events import Changed, Event, NotSaved, Saved, TroubleChanged
from review_board.board.file_trouble import Trouble
from review_board.board.index import Entry, Index, entry_of, matching
from review_board.board.own_figures import Outcomes
from review_board.board.pending_changes import Key, PendingChanges
from review_board.board.runner import Inline, Runner
from review_board.board.zone import beginning
from review_board.errors import ConflictError, RefusedError, ReviewBoardError
from review_board.pipeline.dates import Clock, Today, instant
from review_board.pipeline.money import Totals
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import TypedWords, has_words
from review_board.pipeline.vocabulary import Column
from review_board.progress import Progress
from review_board.store.changes import ManyChanges, change_between
from review_board.store.conflicts import FieldConflictError
from review_board.store.forgotten import forgotten
from review_board.store.pointers import apply
from review_board.store.protocol import (
    PROSPECTS,
    SESSIONS,
    Commit,
    Document,
    DocumentChange,
    News,
    Receipt,
    Store,
    Tables,
)

if TYPE_CHECKING:
    from review_board.judgement.evidence import Evidence
    from review_board.judgement.recommendation import Recommendation
    from review_board.pipeline.packed_prospects import PackedProspects
    from review_board.pipeline.prospect import Prospect
    from review_board.settings.tree import Settings
    from review_board.store.drafts import Draft

T = TypeVar("T")
Change = Callable[["Prospect", Stamp], "Prospect"]
"""A change: from a prospect (and who changes it, when) to the changed prospect."""

Listener = Callable[[Event], None]
ATTEMPTS = 20
"""How often a change is built anew because others were faster, before it is given up."""


@dataclass(slots=True)
class Board:
    """An open pipeline: read it, change it, follow others, undo.

    ``by`` names the person, ``via`` the door. Changes show at once; they are durable when ``Saved``
    is published (with the inline runner: when the call returns). ``evaluator`` computes summaries of
    cards, evidence and recommendations. ``forms`` is what was typed for the change that comes next, by
    prospect and title: ``NotSaved`` gives it back.
    """

    store: Store
    settings: "Settings"
    clock: Clock
    zone: tzinfo
    by: str
    via: str = "cli"
    runner: Runner = field(default_factory=Inline)
    notices: tuple[str, ...] = ()
    evaluator: Evaluator = field(init=False)
    _index: Index | None = None
    _pending_changes: PendingChanges = field(default_factory=PendingChanges)
    _listeners: list[Listener] = field(default_factory=list)
    trouble: Trouble = field(default_factory=Trouble)
    forms: "dict[tuple[str, str], Draft]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.settings, self.prospect, self.document, lambda: self.today)

    # Opening and following

    def open(self) -> "Board":
        """Load the pipeline; ``notices`` say what was odd about the file, and go on saying it."""
        self.take_in_load(self.store.load())
        return self

    def take_in_load(self, news: News) -> None:
        """Build the indexes over what the store has just loaded."""
        self.notices = news.notices
        self.trouble = Trouble(read_at=self.clock())
        self._rebuild()

    def build_index(self, progress: Progress) -> None:
        """Build the index now, so that nobody waits for it on a screen; counts the prospects."""
        documents = self.documents().values()
        counted = progress.over(documents, "reading the prospects", len(documents))
        self._index = Index.of(counted, *self.evaluator.weighting)

    def catch_up(self) -> None:
        """Take in what other processes did; listeners hear of it."""
        self.runner.run(self.store.catch_up, self._take_in, self._catch_up_failed)

    def write_again(self, done: Callable[[], None] | None = None) -> None:
        """Write the changes that are no longer on disk again, as new ones."""
        ids = frozenset(d.id for c in self.store.missing for d in c.docs if d.table == PROSPECTS)

        def failed(error: ReviewBoardError) -> None:
            self.catch_up()
            if isinstance(self.runner, Inline):
                raise error
            self._publish(NotSaved("write again what is no longer on disk", error, ids))

        self.runner.run(self.store.write_again, self._taken_in(done), failed)

    def drop_missing(self, done: Callable[[], None] | None = None) -> None:
        """Give the changes up that are no longer on disk."""
        self.runner.run(self.store.drop_missing, self._taken_in(done), self._catch_up_failed)

    def _taken_in(self, done: Callable[[], None] | None) -> Callable[[News], None]:
        def taken_in(news: News) -> None:
            self._take_in(news)
            if done:
                done()

        return taken_in

    def after_pending(self, then: Callable[[], None]) -> None:
        """Call once everything handed in until now is on disk, or was refused and said so."""
        self.runner.run(lambda: None, lambda _: then(), lambda _: then())

    def checkpoint(self) -> None:
        """Bring the file up to date if enough is outstanding; for moments when nobody waits."""
        if not self.read_only and self.store.checkpoint_due:
            self.runner.run(self.store.checkpoint, lambda _: None, self._catch_up_failed)

    def close(self) -> None:
        """Bring the file up to date and let go of it."""
        self.runner.finish()
        self.store.close()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every event; gives the function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @property
    def today(self) -> Today:
        """Return the pipeline's one today, whoever looks."""
        return Today.at(self.clock(), self.zone)

    @property
    def read_only(self) -> str | None:
        """Say why nothing can be changed, or return ``None``."""
        return self.trouble.reason or self.store.read_only

    @property
    def missing(self) -> tuple[Commit, ...]:
        """Return acknowledged changes that are no longer on disk; they are shown all the same."""
        return self.store.missing

    @property
    def is_saving(self) -> bool:
        """Return whether changes that show are not on disk yet."""
        return self._pending_changes.is_any

    # Reading

    def document(self, prospect_id: str, table: str = PROSPECTS) -> Document | None:
        """Return a document as it will stand once everything under way is on disk."""
        return self._pending_changes.document(self.store.tables, table, prospect_id)

    def documents(self, table: str = PROSPECTS) -> dict[str, Document]:
        """Return all documents of a table, by id."""
        return self._pending_changes.documents(self.store.tables, table)

    def prospect(self, prospect_id: str) -> "Prospect":
        """Return the prospect, validated; ``InvalidValueError`` when its record is spoilt."""
        document = self.document(prospect_id)
        if document is None:
            raise self.gone(prospect_id)
        return self.evaluator.model(prospect_id, document)

    def gone(self, prospect_id: str) -> RefusedError:
        """Say what became of a prospect that is not there: only what is known to be true."""
        if prospect_id in forgotten(self.store.tables):
            return RefusedError("That prospect was forgotten", "it is erased from every file")
        return RefusedError("That prospect is gone")

    def evidence(self, prospect_id: str) -> "Evidence":
        """Return what the record proves today."""
        return self.evaluator.evidence(prospect_id)

    def recommendation(self, prospect_id: str) -> "Recommendation":
        """Return what should become of it, with the whole argument."""
        return self.evaluator.recommendation(prospect_id)

    def hold_outcomes(self, outcomes: Outcomes | None) -> None:
        """Keep the closing ratio at the outcomes of a review's start.

        With ``None`` take today's.
        """
        documents = self.documents().values()
        if self.evaluator.hold_outcomes(outcomes, documents):
            self._rebuild()
            self._publish(Changed(frozenset(), everything=True))

    def column(self, column: Column) -> list[str]:
        """Return the ids in a column, in order."""
        return self.index.ids(column)

    @property
    def index(self) -> Index:
        """Return the order of the columns and their sums; built when first asked for."""
        if self._index is None:
            self._index = Index.of(self.documents().values(), *self.evaluator.weighting)
        return self._index

    def totals(self, ids: Sequence[str]) -> Totals:
        """Count, value and weighted value of these prospects."""
        return self.index.totals(ids)

    def column_totals(self, *columns: Column) -> Totals:
        """Return the same for whole columns."""
        return self.index.column_totals(*columns)

    def search(self, words: TypedWords) -> list[Entry]:
        """Return the prospects whose name, company, owner, stage, tags or people hold all these words."""
        if self._index is not None:
            found = self._index.entries.values()
            return [e for e in found if has_words(e.folded, words)]
        return matching(self.documents().values(), words, *self.evaluator.weighting)

    def owners(self) -> set[str]:
        """Return everybody who owns a prospect, with an empty name where one has no owner."""
        return {entry.owner for entry in self.index.entries.values()}

    def entry(self, prospect_id: str) -> Entry | None:
        """Return the index entry of a prospect, if it exists."""
        return self.index.entries.get(prospect_id)

    # Changing

    def stamp(self) -> Stamp:
        """Return who changes, when, and a new key."""
        return Stamp(at=self.clock(), by=self.by, key=secrets.token_hex(8))

    def change(self, prospect_id: str, change: Change, action: str) -> "Prospect":
        """Change one prospect; gives it as it is now. Refusals raise before anything happens."""
        return self.change_many({prospect_id: change}, action)[prospect_id]

    def change_many(
        self,
        changes: Mapping[str, Change],
        action: str,
        sessions: Sequence[SessionChange] = (),
        *,
        seen: Mapping[str, Document] | None = None,
        unchanged: Sequence[str] = (),
        removed: Sequence[str] = (),
    ) -> "dict[str, Prospect]":
        """Change many prospects (and sessions) in one commit, one undo point.

        ``seen`` holds the documents that a person was looking at while deciding: what others did
        to the same fields since then is a conflict and is told, never overwritten. Nor may anybody
        have changed the ``unchanged`` fields since then, whatever this change does to them. The
        ``removed`` prospects leave the pipeline in the same commit; undo brings them back.
        """
        self.refuse_read_only()
        drafts: list[DocumentChange] = []
        documents: dict[Key, Document | None] = {}
        after: dict[str, Prospect] = {}
        for key, found, document, prospect in self._changed(changes, seen or {}, unchanged):
            drafts += found
            documents[PROSPECTS, key], after[key] = document, prospect
        for session in sessions:
            drafts += difference(SESSIONS, session.before, session.after)
            documents[SESSIONS, str(session.after["id"])] = session.after
        for prospect_id in removed:
            gone = cast("Document", self.document(prospect_id))
            drafts.append(change_between(PROSPECTS, prospect_id, gone, None))
            documents[PROSPECTS, prospect_id] = None
        self._submit(drafts, documents, action)
        return after

    def bring_in(
        self,
        changes: Mapping[str, Change],
        added: "PackedProspects",
        action: str,
        *,
        seen: Mapping[str, Document],
        via: str,
        progress: Progress | None = None,
        done: Callable[[], None] = lambda: None,
        failed: Callable[[ReviewBoardError], None] = lambda _: None,
        is_last: bool = False,
    ) -> None:
        """Change prospects as ``change_many`` does and add new ones, perhaps tens of thousands.

        They show once they are on disk. ``progress`` counts them and may stop it before that; with
        ``is_last`` nobody looks at the board any more. ``via`` names another door than this one.
        """
        self.refuse_read_only()
        few = [draft for _, found, _, _ in self._changed(changes, seen, ()) for draft in found]
        progress = progress or Progress()
        docs = ManyChanges(tuple(few), PROSPECTS, added.ids, added.texts(), progress)
        draft = Commit(action, self.by, instant(self.clock()), via, docs)

        def job() -> tuple[Receipt, Index, Weighting]:
            receipt = self._commit(draft)
            if is_last:
                return receipt, Index(), self.evaluator.weighting
            # read and ordered here, where no screen waits
            documents = self.documents().values()
            counted = progress.over(documents, "showing them on the board", len(documents))
            weighting = self.evaluator.weighting_with(documents)
            return receipt, Index.of(counted, *weighting), weighting

        def saved(done_so_far: tuple[Receipt, Index, Weighting]) -> None:
            receipt, index, weighting = done_so_far
            if not is_last:
                self._take_all_anew(index, weighting)
            self._take_in(receipt.news)
            self._publish(Saved(receipt.commit))
            done()

        def refused(error: ReviewBoardError) -> None:
            self._look_at_files()
            if isinstance(self.runner, Inline):
                raise error
            failed(error)

        self.runner.run(job, saved, refused)

    def _changed(
        self,
        changes: Mapping[str, Change],
        seen: Mapping[str, Document],
        unchanged: Sequence[str],
    ) -> "Iterator[tuple[str, list[DocumentChange], Document | None, Prospect]]":
        """Yield for each what is to be committed, the document as it will stand, and the prospect."""
        from review_board.pipeline.prospect import from_document, to_document

        stamp = self.stamp()
        for prospect_id, change in changes.items():
            now = self.prospect(prospect_id)
            current = cast("Document", self.document(prospect_id))
            raw = seen.get(prospect_id, current)
            prospect = now if raw is current else from_document(raw)
            after = change(prospect, stamp)
            new = merged(raw, to_document(prospect), to_document(after))
            expects = {name: raw.get(name) for name in unchanged}
            found = difference(PROSPECTS, raw, new, expects)
            altered = found[0].after if found else {}
            document = apply(current, altered, prospect_id, current.get("rev", 0))
            yield prospect_id, found, document, after

    def add(
        self,
        prospects: "Sequence[Prospect]",
        action: str,
        by: str | None = None,
        past: Sequence[Document] = (),
        via: str | None = None,
    ) -> None:
        """Add prospects, with ``past`` reviews of them, in one commit, one undo point.

        ``by`` is named when it is not this person's doing, ``via`` when they come by another door.
        """
        from review_board.pipeline.prospect import to_document

        self.refuse_read_only()
        documents = {(PROSPECTS, p.id): to_document(p) for p in prospects}
        documents |= {(SESSIONS, str(session["id"])): dict(session) for session in past}
        drafts = [d for (table, _), doc in documents.items() for d in difference(table, None, doc)]
        self._submit(drafts, cast("dict[Key, Document | None]", documents), action, by, via)

    def save_session(self, session: SessionChange, action: str) -> None:
        """Write a review session alone."""
        self.change_many({}, action, [session])

    def transact(
        self,
        build: Callable[[Tables], Sequence[DocumentChange]],
        action: str,
        done: Callable[[Commit | None], None],
        failed: Callable[[ReviewBoardError], None],
    ) -> None:
        """Commit what ``build`` makes of the documents on disk; where others were faster, build again.

        For what follows from a state that several processes write. It runs where the store does, so
        it must be pure; it may give nothing, or raise what refuses the change.
        """
        self.refuse_read_only()
        at = instant(self.clock())

        def job() -> Receipt | None:
            for attempt in count(1):
                docs = tuple(build(self.store.tables))
                if not docs:
                    break
                try:
                    return self._commit(Commit(action, self.by, at, self.via, docs))
                except FieldConflictError:
                    if attempt == ATTEMPTS:
                        raise
            return None

        def answered(receipt: Receipt | None) -> None:
            if receipt:
                self._saved(set(), receipt)
            done(receipt.commit if receipt else None)

        def refused(error: ReviewBoardError) -> None:
            failed(error)
            self._not_saved(set(), action, error)

        self.runner.run(job, answered, refused)

    def note(self, table: str, before: Document | None, after: Document, action: str) -> None:
        """Write a document that is no prospect: what the file remembers of the work on it."""
        self.refuse_read_only()
        key = (table, str(after["id"]))
        self._submit(difference(table, before, after), {key: after}, action)

    # Taking back

    def undo(self, count: int = 1, done: Callable[[Commit], None] | None = None) -> None:
        """Take back this person's last changes, the newest first; each is a commit of its own."""
        for _ in range(count):
            self._undo_last(done)

    def next_undo(self, tell: Callable[[Commit], None]) -> None:
        """Find what ``undo`` would take back, to ask before something large goes."""
        self.find_commit(lambda history: undo.undoable(history, self.by), tell)

    def find_commit(self, find: Callable[[Iterator[Commit]], T], tell: Callable[[T], None]) -> None:
        """Look for a commit in the history, the newest first, and hand it on, or what is said of it."""
        self.runner.run(
            lambda: find(self.store.history()),
            tell,
            lambda error: self._not_saved(set(), "undo", error),
        )

    def undo_commit(
        self, seq: int, done: Callable[[Commit], None] | None = None, only: str | None = None
    ) -> None:
        """Take back one particular change, whoever made it.

        Of a large one ``only`` one prospect.
        """
        self._take_back(lambda: undo.named(self.store.history(), seq), done, only)

    def redo(self) -> None:
        """Make again what was undone last."""
        self._take_back(lambda: undo.redoable(self.store.history(), self.by))

    def history(self, about: str = "") -> Iterator[Commit]:
        """Return every change on record, the newest first; see ``Store.history``."""
        return self.store.history(about)

    # Inside

    def refuse_read_only(self) -> None:
        """Raise ``RefusedError`` where nothing can be changed."""
        if self.read_only:
            raise RefusedError(f"Nothing can be changed: {self.read_only}")

    def _submit(
        self,
        drafts: list[DocumentChange],
        documents: Mapping[Key, Document | None],
        action: str,
        by: str | None = None,
        via: str | None = None,
    ) -> None:
        forms, self.forms = tuple(self.forms.values()), {}
        if not drafts:
            return
        draft = Commit(action, by or self.by, instant(self.clock()), via or self.via, tuple(drafts))
        touched = {(d.table, d.id) for d in drafts}
        self._pending_changes.begin(touched, documents)
        self._refresh(touched)
        self._publish_changed(touched)
        self.runner.run(
            lambda: self._commit(draft),
            lambda receipt: self._saved(touched, receipt),
            lambda error: self._not_saved(touched, draft.action, error, forms),
        )

    def _commit(self, draft: Commit) -> Receipt:
        """Commit, after noting the zone where a pipeline begins, so that all share one today."""
        if self.store.seq == 0 and (first := beginning(self.zone, draft, self.store.tables)):
            with suppress(ConflictError):  # somebody else began it in the same moment
                self.store.commit(first)
        return self._committed(draft)

    def _committed(self, draft: Commit) -> Receipt:
        """Commit; where somebody was first, this is told in words that a person reads."""
        try:
            return self.store.commit(draft)
        except FieldConflictError as error:
            from review_board.board.conflict_words import tell_conflict

            tell_conflict(error, draft, self.clock(), self.today)
            raise

    def _undo_last(self, done: Callable[[Commit], None] | None) -> None:
        is_past_erasure = False

        def find() -> Commit:
            nonlocal is_past_erasure
            is_past_erasure = undo.is_after_forgetting(self.store.history(), self.by)
            return undo.undoable(self.store.history(), self.by)

        def saved(commit: Commit) -> None:
            if is_past_erasure:
                self._publish(Changed(frozenset(), notices=(undo.PASSED_OVER,)))
            if done:
                done(commit)

        self._take_back(find, saved)

    def _take_back(
        self,
        find: Callable[[], Commit],
        done: Callable[[Commit], None] | None = None,
        only: str | None = None,
    ) -> None:
        self.refuse_read_only()
        at = instant(self.clock())

        def job() -> Receipt:
            found, known = find(), self.store.tables.get(PROSPECTS, {})
            name = str(known.get(only, {}).get("name") or only) if only else ""
            part = undo.part_of(found, only, name) if only else found
            draft = undo.opposite(part, known, self.zone, by=self.by, at=at, via=self.via)
            return self._committed(undo.for_one(draft, found, name) if only else draft)

        def saved(receipt: Receipt) -> None:
            self._saved(set(), receipt)
            if done:
                done(receipt.commit)

        self.runner.run(job, saved, lambda error: self._not_saved(set(), "undo", error))

    def _saved(self, touched: set[Key], receipt: Receipt) -> None:
        self._pending_changes.settle(touched)
        mine = {(d.table, d.id) for d in receipt.commit.docs}
        self._refresh(mine)
        self._take_in(receipt.news)
        if mine - touched:
            self._publish_changed(mine)
        self._publish(Saved(receipt.commit))

    def _not_saved(
        self,
        touched: set[Key],
        action: str,
        error: ReviewBoardError,
        forms: "tuple[Draft, ...]" = (),
    ) -> None:
        self._pending_changes.settle(touched)
        self._refresh(touched)
        self._look_at_files()
        if touched:
            self._publish_changed(touched)
        if isinstance(self.runner, Inline):
            raise error
        ids = frozenset(key for table, key in touched if table == PROSPECTS)
        self._publish(NotSaved(action, error, ids, forms))

    def _catch_up_failed(self, error: ReviewBoardError) -> None:
        self._look_at_files()
        if isinstance(self.runner, Inline):
            raise error
        self._publish(NotSaved("follow others", error, frozenset()))

    def _look_at_files(self) -> None:
        """Tell when something became of the files, or is over."""
        before = self.trouble
        self.trouble = before.after(self.store, self.clock(), self.zone)
        if self.trouble.parts != before.parts:
            self._publish(TroubleChanged(before.is_lost and not self.trouble.is_lost))

    def _take_in(self, news: News) -> None:
        self.notices = tuple(dict.fromkeys((*news.notices, *self.notices)))
        if news.reloaded:
            self._rebuild()
            self._publish(Changed(frozenset(), news.commits, everything=True, notices=news.notices))
        elif news.commits or news.notices:
            touched = {(d.table, d.id) for commit in news.commits for d in commit.docs}
            self._refresh(touched)
            ids = frozenset(key for table, key in touched if table == PROSPECTS)
            self._publish(Changed(ids, news.commits, notices=news.notices))
        self._look_at_files()

    def _rebuild(self) -> None:
        self.evaluator.measure(self.documents().values())
        self._take_settings()

    def _take_settings(self) -> None:
        self.settings = self.evaluator.settings
        self._index = None

    def _refresh(self, touched: set[Key]) -> None:
        prospects = {key: self.document(key) for table, key in touched if table == PROSPECTS}
        if self.evaluator.has_no_value and any(d and d.get("value") for d in prospects.values()):
            self.evaluator.take_currency(self.documents().values())
            self._take_settings()
            return
        for prospect_id, document in prospects.items():
            self.evaluator.forget(prospect_id)
            if self._index is None:
                continue
            if document is None:
                self._index.remove(prospect_id)
            else:
                self._index.put(entry_of(document, *self.evaluator.weighting))

    def _take_all_anew(self, index: Index, weighting: Weighting) -> None:
        """Show all prospects anew, many of which have come, in the order that was found for them."""
        if self.evaluator.has_no_value:
            self.evaluator.take_currency(self.documents().values())
        self.evaluator.forget_all()
        self._take_settings()
        self._index = index if self.evaluator.weighting == weighting else None
        self._publish(Changed(frozenset(), everything=True))

    def _publish_changed(self, touched: set[Key]) -> None:
        self._publish(Changed(frozenset(key for table, key in touched if table == PROSPECTS)))

    def _publish(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)
