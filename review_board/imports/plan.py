"""A list from elsewhere comes into an open pipeline: what would come in, in words, then all in one change.

The command line and the board both go through ``ImportPlan``.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from review_board.board import forget as forgetting
from review_board.board.board import Board, Change
from review_board.board.undo import undoable
from review_board.errors import RefusedError
from review_board.exchange.content_ids import content_id
from review_board.exchange.import_result import (
    ImportOptions,
    ImportResult,
    JoinedHistory,
    lists_of,
    row_key,
)
from review_board.exchange.project_json import FORMAT
from review_board.imports import list_again
from review_board.imports.identity import LOOKING, Matches, NearMatch, match, numbered
from review_board.imports.joined_history import history_count, join_history
from review_board.imports.three_way import FieldChange
from review_board.imports.updating import Update, compare, conflict_words, ending_now, told_by_both
from review_board.pipeline.dates import Today
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect, from_document, is_gone
from review_board.progress import Progress
from review_board.store.protocol import IMPORT, Commit, Document, Tables
from review_board.wording import first_few, plural, several

SHOWN = 5


@dataclass(frozen=True)
class ImportPlan:
    """What a file called ``name`` would bring into a pipeline; nothing is changed by making it.

    Its rows are ``created`` here, or are on record already: ``matched`` says for each of these that says
    anything else what is taken over, what stands, and what a person decides; ``unchanged`` counts the
    others. ``near`` are rows that may be on record, with what
    a person said of it; of whom nothing was said is created. ``of_lists`` are warnings that no decision changes.
    """

    result: ImportResult
    name: str
    of_lists: tuple[str, ...]
    created: PackedProspects = field(default_factory=PackedProspects)
    matched: tuple[Update, ...] = ()
    unchanged: int = 0
    near: tuple[NearMatch, ...] = ()
    seen: Mapping[str, Document] | None = None
    joined: JoinedHistory = field(default_factory=JoinedHistory)
    missing: tuple[list_again.Missing, ...] = ()
    gone: Mapping[str, str] = field(default_factory=dict)
    """The open cards that a list has no more since it came last, each with the source of the list."""

    @property
    def count(self) -> str:
        """Say how many prospects come in or are changed, and how much of their history."""
        number = len(self.created) + len(self.updated) + len(self.undecided)
        history = history_count(self.joined.reports)
        parts = [several(number, "prospect")] if number or not history else []
        if self.on_record:
            rows = sum(one.rows for one in lists_of(self.result))
            parts = [
                several(rows, "row"),
                f"{number:,} new or changed" if number else "none new or changed",
            ]
            parts += [f"{len(self.gone):,} gone"] if self.gone else []
        return ", ".join([*parts, *history])

    @property
    def is_empty(self) -> bool:
        """Return whether nothing would be changed by it."""
        news = any(u.changes_record or u.is_news for u in self.matched)
        return not (self.created or news or self.joined.additions or self.gone)

    @property
    def trouble(self) -> str:
        """Return why nothing can be taken in, where that is so."""
        lists = lists_of(self.result)
        return lists[0].trouble if all(one.trouble for one in lists) else ""

    @property
    def on_record(self) -> int:
        """Return how many of its rows are on record."""
        return len(self.matched) + self.unchanged

    @cached_property
    def unsure(self) -> tuple[NearMatch, ...]:
        """Return the questions that are open, whether a row is on record."""
        return tuple(one for one in self.near if one.is_same is None)

    @cached_property
    def updated(self) -> tuple[Update, ...]:
        """Return the rows that change a record."""
        return tuple(u for u in self.matched if u.changes_record and not u.conflicts)

    @cached_property
    def undecided(self) -> tuple[Update, ...]:
        """Return the rows with a field that list and board say differently."""
        return tuple(u for u in self.matched if u.conflicts)

    @property
    def updating(self) -> tuple[Update, ...]:
        """Return the rows of which something is taken over, whatever is decided of the rest."""
        return (*self.updated, *(u for u in self.undecided if u.changes_record))

    @cached_property
    def kept(self) -> tuple[Update, ...]:
        """Return the rows of which what was decided here stands against the list."""
        rest = (u for u in self.matched if not (u.changes_record or u.conflicts))
        return tuple(u for u in rest if u.kept)

    @cached_property
    def closed(self) -> tuple[Update, ...]:
        """Return the rows that the list has as open, and that were ended here."""
        return tuple(u for u in self.matched if u.closed)

    @property
    def conflicts(self) -> Iterator[tuple[Update, FieldChange]]:
        """Yield each field that list and board say differently."""
        return ((update, field) for update in self.undecided for field in update.conflicts)

    @property
    def standing(self) -> Iterator[tuple[Update, FieldChange]]:
        """Yield each field that stands as it was decided here, against the list."""
        return ((update, field) for update in self.matched for field in update.kept)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """Return what to know before it is taken in, as it is decided so far."""
        later = list_again.moved_later(self.matched, self.seen or {})
        return (*self.of_lists, *later)

    @property
    def tally(self) -> str:
        """Count the rows by what becomes of them."""
        unchanged = self.on_record - len(self.updated) - len(self.kept) - len(self.undecided)
        counts = {
            "created": len(self.created),
            "updated": len(self.updated),
            "unchanged": unchanged,
            "kept as you decided": len(self.kept),
            "to decide": len(self.undecided),
            "gone from the list (filter gone:yes)": len(self.gone),
            "refused": len(self.result.refused),
        }
        always = {"created", "updated", "unchanged"}
        return " · ".join(f"{w} {n:,}" for w, n in counts.items() if n or w in always)

    @property
    def told(self) -> str:
        """Say in a line what comes in."""
        if not self.on_record:
            return self.count
        return " · ".join([self.tally, *history_count(self.joined.reports)])

    def settled(self, choose: Callable[[Update, FieldChange], bool]) -> "ImportPlan":
        """Return the plan with each conflict decided: ``choose`` says whether as the list has it."""
        matched = tuple(
            u.settled({one.field for one in u.conflicts if choose(u, one)}) if u.conflicts else u
            for u in self.matched
        )
        return replace(self, matched=matched)

    def taking(self, fields: Collection[tuple[str, str]]) -> "ImportPlan":
        """Return the plan with these fields, by prospect, taken from the list after all."""
        of_each: dict[str, set[str]] = {}
        for prospect_id, name in fields:
            of_each.setdefault(prospect_id, set()).add(name)
        matched = tuple(u.taking(of_each[u.id]) if u.id in of_each else u for u in self.matched)
        return replace(self, matched=matched)

    def take_in(self, board: Board, **how: Any) -> str:
        """Carry it out in one change, and say so; ``how`` is what ``Board.bring_in`` may be told."""
        if self.is_empty:
            raise RefusedError("There is nothing to import")
        if self.undecided:
            count = len(list(self.conflicts))
            raise RefusedError(
                f"{several(count, 'field')} {plural(count, 'differs', 'differ')} in the list and here",
                "decide: as in the list (--theirs), or as here (--ours)",
            )
        changes: dict[str, Change] = {}
        for update in self.matched:
            if update.changes_record or update.is_news:
                changes[update.id] = _both(changes.get(update.id), update.apply)
        for key, source in self.gone.items():
            changes[key] = _adding(partial(list_again.with_gone, source=source))
        seen = {key: (self.seen or {})[key] for key in changes}
        add = self.joined.additions
        created = PackedProspects(self.created)
        for place, prospect_id in enumerate(created.ids if add else ()):
            if prospect_id in add:
                created.put(place, add[prospect_id](created[place]))
        for prospect_id in add.keys() - set(created.ids):
            changes[prospect_id] = _both(changes.get(prospect_id), _adding(add[prospect_id]))
        told = self.told
        board.bring_in(
            changes, created, f"imported {self.name}: {told}", seen=seen, via=IMPORT, **how
        )
        return f"{self.name}: {told}"

    @property
    def them(self) -> str:
        """Say what is taken back again."""
        return "it" if self.on_record else plural(len(self.created) or 2, "it", "them")


def _both(first: Change | None, second: Change) -> Change:
    """Return one change for two rows that are the same prospect, which was merged here.

    What each adds has ids of its own.
    """
    if first is None:
        return second
    return lambda prospect, stamp: second(
        first(prospect, replace(stamp, key=f"{stamp.key}-1")), stamp
    )


def _adding(add: Callable[[Prospect], Prospect]) -> Change:
    return lambda prospect, _: add(prospect)


@dataclass(frozen=True, slots=True)
class PipelineNow:
    """A pipeline as it stands at a moment, which nothing changes: any thread can plan with it."""

    tables: Tables
    documents: Mapping[str, Document]
    today: Today

    @classmethod
    def of(cls, board: Board) -> "PipelineNow":
        """Return what the board shows now."""
        return cls(board.store.tables, board.documents(), board.today)


def plan_import(
    pipeline: PipelineNow,
    result: ImportResult,
    name: str,
    progress: Progress | None = None,
    answers: Sequence[NearMatch] = (),
) -> ImportPlan:
    """Return the plan for what was read; ``answers`` say of rows that were asked about whether they are on record."""
    warnings = [*forgetting.warnings(pipeline.tables, result.prospects)]
    documents, progress = pipeline.documents, progress or Progress()
    created, compared = PackedProspects(), _Compared(pipeline)
    near: list[NearMatch] = []
    same: dict[str, str] = {}
    off: dict[str, str] = {}  # who is deleted in a list, with its source
    lists = list_again.ListsAgain(documents)
    left = [numbered(one.source, one.retired, documents) for one in lists_of(result)]
    for place, one in enumerate(lists_of(result)):
        mine = set(created.ids)
        known = {**documents, **dict(zip(created.ids, created.documents(), strict=True))}
        progress.begin(LOOKING)
        mine_said = {a.row: a.id for a in answers if a.place == place and a.is_same}
        found = _matches(one, known, mine_said, set().union(*left), progress)
        rows = found.rows.only(i for i, key in enumerate(found.rows.ids) if key not in found.same)
        new = _with_free_ids(rows, known)
        same |= {row_key(place, row_id): known_as for row_id, known_as in found.same.items()}
        same |= {row_key(place, row): key for row, key in zip(rows.ids, new.ids, strict=True)}
        near += _questions(found, place, answers)
        created.extend(new)
        again = compared.with_list(found, mine, one.without_end, progress)
        gone = numbered(found.source or one.source, one.retired, documents)
        deleted = list_again.deleted_there(gone, documents)
        off |= dict.fromkeys(deleted, found.source or one.source)
        lists.add(found, gone, [row.cells for row in one.refused])
        warnings += list_again.deleted_words([*deleted.values()])
        warnings += list_again.numbered_anew(found)
        warnings += _take_in_both(created, found, pipeline.today)
        warnings += list_again.contacted_later(found.rows, again)
    warnings += list_again.merged_rows(compared.beside)
    warnings += list_again.ended_since([*compared.ended.values()], pipeline.today.day)
    missing = lists.missing(has_news=bool(created) or any(u.ends for u in compared.matched))
    warnings += [one.words for one in missing]
    gone_now = _gone_now(off, missing, set(same.values()), documents)
    return ImportPlan(
        result,
        name,
        tuple(warnings),
        created,
        tuple(compared.matched),
        compared.unchanged,
        tuple(near),
        {key: documents[key] for key in (*(u.id for u in compared.matched), *gone_now)},
        join_history(result, documents, created, same, progress),
        missing,
        gone_now,
    )


def _gone_now(
    deleted: Mapping[str, str],
    missing: Sequence[list_again.Missing],
    here: Set[str],
    documents: Mapping[str, Document],
) -> dict[str, str]:
    """Return the cards that a list has no more and that are not marked so yet, each with its source."""
    told = (one for one in missing if not one.are_newer)
    missed = {key: one.source for one in told for key in (*one.names, *one.dropped)}
    found = {**deleted, **missed}
    return {k: s for k, s in found.items() if k not in here and not is_gone(documents[k], s)}


@dataclass(slots=True)
class _Compared:
    """Rows that are on record, compared one by one: held are those alone that say anything else."""

    pipeline: PipelineNow
    matched: list[Update] = field(default_factory=list)
    unchanged: int = 0
    beside: list[Update] = field(default_factory=list)
    """Of rows that are a card of which another row of their list counts."""
    ended: dict[str, str] = field(default_factory=dict)
    """The names of those who are over since the list came last, on a day that it does not tell, by id."""

    def with_list(
        self, found: Matches, mine: Set[str], without_end: Set[str], progress: Progress
    ) -> dict[str, bool]:
        """Compare the rows of one list; return who they are, and whether a row goes back in time.

        ``mine`` are those whom another list of the same import brings, ``without_end`` rows that have
        no day of the end.
        """
        again: dict[str, bool] = {}
        counting = list_again.rows_that_count(found, self.pipeline.documents)
        known = [i for i, key in enumerate(found.rows.ids) if key in found.same]
        ids = found.rows.ids
        known.sort(key=lambda i: counting.get(found.same[ids[i]], ids[i]) == ids[i])
        rows = found.rows.only(known)
        for row in progress.over(rows, "comparing the rows", len(rows)):
            if (key := found.same[row.id]) in mine:
                continue
            document = self.pipeline.documents[key]
            ours, today = from_document(document), self.pipeline.today
            over = ending_now(ours, row, today) if row.id in without_end else None
            self.ended |= {key: ours.name} if over else {}
            update = compare(ours, over or row, today)
            again[key] = again.get(key, False) or list_again.goes_back(row, document)
            if counting.get(key, row.id) != row.id:
                self.beside.append(update)
                update = update.beside()
            if update.says_anything:
                self.matched.append(update)
            else:
                self.unchanged += 1
        return again


def _take_in_both(created: PackedProspects, found: Matches, today: Today) -> Iterator[str]:
    """Let this list add to those whom another list of the same import brings; tell where the two differ."""
    place_of = {key: place for place, key in enumerate(created.ids)} if found.same else {}
    differing: list[str] = []
    for number, row_id in enumerate(found.rows.ids if found.same else ()):
        place = place_of.get(found.same.get(row_id, ""))
        if place is not None:
            both, update = told_by_both(created[place], found.rows[number], today)
            created.put(place, both)
            differing += [conflict_words(update, one) for one in update.conflicts]
    if differing:
        told = f"{several(len(differing), 'field')} of prospects that two lists have"
        verb = plural(len(differing), "differs", "differ")
        yield f"{told} {verb}, the first list stands: {first_few(differing, SHOWN)}"


def _questions(found: Matches, place: int, answers: Sequence[NearMatch]) -> Iterator[NearMatch]:
    """Yield the questions of a list, those that are answered with their answer."""
    rows = set(found.rows.ids)
    said = {one.key: one for one in answers if one.place == place and one.row in rows}
    yield from said.values()
    for one in found.near:
        question = replace(one, place=place)
        if question.key not in said:
            yield question


def _matches(
    result: ImportResult,
    known: Mapping[str, Document],
    said: Mapping[str, str],
    retired: Set[str],
    progress: Progress,
) -> Matches:
    """Return which rows of one list are on record; an export of ours left those out itself."""
    if result.kind == FORMAT:
        return Matches(result.prospects, "", {}, ())
    by_reach = result.kind == "leads" or not {"name", "product"} & result.mapping.keys()
    said = {row: key for row, key in said.items() if key in known}
    return match(
        result.prospects, known, by_reach=by_reach, said=said, retired=retired, progress=progress
    )


def _with_free_ids(rows: PackedProspects, taken: Mapping[str, Any]) -> PackedProspects:
    """Return new prospects under ids that nobody has: another list may number the same way."""
    found = PackedProspects(rows)
    for place, own in enumerate(rows.ids):
        identity, number = own, 1
        while identity in taken:
            number += 1
            identity = content_id(own, rows[place].imports[0].source, str(number))
        if identity != own:
            found.put(place, rows[place].with_changes(id=identity))
    return found


def undo_import(board: Board, done: Callable[[Commit], None]) -> None:
    """Take back the last import of this person that still stands, whatever was done since."""
    board.find_commit(
        lambda history: undoable(history, board.by, IMPORT),
        lambda commit: board.undo_commit(commit.seq, done),
    )


def import_options(board: Board, **given: object) -> ImportOptions:
    """Return how to read a list for this pipeline: whose it is, what is there already, its currency."""
    known = {"currency": board.settings.currency, **given}
    return ImportOptions(by=board.by, existing=frozenset(board.documents()), **known)  # type: ignore[arg-type]
