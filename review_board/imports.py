"""A list from elsewhere comes into an open pipeline: what would come in, in words, then all in one change.

The command line and the board both go through ``ImportPlan``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from shlex import quote
from typing import Any, TypeAlias

from review_board.board import forget as forgetting
from review_board.board.board import Board, Change
from review_board.board.undo import undoable
from review_board.errors import RefusedError
from review_board.exchange.content_ids import content_id
from review_board.exchange.field_words import field_words
from review_board.exchange.identity import Matches, NearMatch, match
from review_board.exchange.import_result import (
    ImportOptions,
    ImportResult,
    JoinedHistory,
    SkippedRow,
    hints_of,
    lists_of,
    row_key,
)
from review_board.exchange.older_export import signs_of_age
from review_board.exchange.project_json import FORMAT
from review_board.exchange.three_way import FieldChange
from review_board.exchange.updating import Update, compare, told_by_both
from review_board.joined_history import history_count, history_lines, join_history
from review_board.pipeline.money import Money, total_by_currency
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column
from review_board.progress import Progress
from review_board.store.protocol import Commit, Document, Tables
from review_board.wording import first_few, plural, several

SHOWN = 5
NUMBERED = 10
REFUSED = 20
VIA = "import"
"""How a change is marked that brought a list in."""


@dataclass(frozen=True)
class ImportPlan:
    """What a file called ``name`` would bring into a pipeline; nothing is changed by making it.

    Its rows are ``created`` here, or are on record already: ``matched`` says for each what is taken
    over, what stands, and what a person decides. ``near`` are rows that may be on record, with what
    a person said of it; of whom nothing was said is created.
    """

    result: ImportResult
    name: str
    warnings: tuple[str, ...]
    created: tuple[Prospect, ...] = ()
    matched: tuple[Update, ...] = ()
    near: tuple[NearMatch, ...] = ()
    seen: Mapping[str, Document] | None = None
    joined: JoinedHistory = field(default_factory=JoinedHistory)

    @property
    def count(self) -> str:
        """Say how many prospects come in or are changed, and how much of their history."""
        number = len(self.created) + len(self.updated) + len(self.undecided)
        history = history_count(self.joined.reports)
        return ", ".join(
            [*([several(number, "prospect")] if number or not history else []), *history]
        )

    @property
    def is_empty(self) -> bool:
        """Return whether nothing would be changed by it."""
        news = any(u.changes_record or u.is_news for u in self.matched)
        return not (self.created or news or self.joined.additions)

    @property
    def trouble(self) -> str:
        """Return why nothing can be taken in, where that is so."""
        lists = lists_of(self.result)
        return lists[0].trouble if all(one.trouble for one in lists) else ""

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
        """Return the rows with a field that was changed there and here."""
        return tuple(u for u in self.matched if u.conflicts)

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
        """Yield each field that was changed there and here."""
        return ((update, field) for update in self.undecided for field in update.conflicts)

    @property
    def tally(self) -> str:
        """Count the rows by what becomes of them."""
        unchanged = len(self.matched) - len(self.updated) - len(self.kept) - len(self.undecided)
        counts = {
            "created": len(self.created),
            "updated": len(self.updated),
            "unchanged": unchanged,
            "your decision kept": len(self.kept),
            "to decide": len(self.undecided),
            "refused": len(self.result.refused),
        }
        always = {"created", "updated", "unchanged"}
        return " · ".join(f"{w} {n:,}" for w, n in counts.items() if n or w in always)

    @property
    def told(self) -> str:
        """Say in a line what comes in."""
        if not self.matched:
            return self.count
        return " · ".join([self.tally, *history_count(self.joined.reports)])

    @cached_property
    def lines(self) -> list[str]:
        """Return what the file holds and what becomes of it, the count first."""
        return [
            *_summary(self.result, self.name),
            *_second_time(self),
            *history_lines(self.joined.reports),
        ]

    def settled(self, choose: Callable[[Update, FieldChange], bool]) -> "ImportPlan":
        """Return the plan with each conflict decided: ``choose`` says whether as the list has it."""
        matched = tuple(
            u.settled({one.field for one in u.conflicts if choose(u, one)}) if u.conflicts else u
            for u in self.matched
        )
        return replace(self, matched=matched)

    def take_in(self, board: Board) -> str:
        """Carry it out in one change, and say so."""
        if self.is_empty:
            raise RefusedError("There is nothing to import")
        if self.undecided:
            raise RefusedError(
                f"{several(len(list(self.conflicts)), 'field')} changed there and here",
                "decide: as in the list (--theirs), or as here (--ours)",
            )
        changes: dict[str, Change] = {}
        for update in self.matched:
            if update.changes_record or update.is_news:
                changes[update.id] = _both(changes.get(update.id), update.apply)
        seen = {key: (self.seen or {})[key] for key in changes}
        add = self.joined.additions
        created = [add[p.id](p) if p.id in add else p for p in self.created]
        for prospect_id in add.keys() - {p.id for p in created}:
            changes[prospect_id] = _both(changes.get(prospect_id), _adding(add[prospect_id]))
        told = self.told
        board.change_many(
            changes, f"imported {self.name}: {told}", seen=seen, added=created, via=VIA
        )
        return f"{self.name}: {told}"

    @property
    def them(self) -> str:
        """Say what is taken back again."""
        return "it" if self.matched else plural(len(self.created) or 2, "it", "them")


def _both(first: Change | None, second: Change) -> Change:
    """Return one change for two rows that are the same prospect, which was merged here."""
    if first is None:
        return second
    return lambda prospect, stamp: second(first(prospect, stamp), stamp)


def _adding(add: Callable[[Prospect], Prospect]) -> Change:
    return lambda prospect, stamp: add(prospect)


@dataclass(frozen=True, slots=True)
class PipelineNow:
    """A pipeline as it stands at a moment, which nothing changes: any thread can plan with it."""

    tables: Tables
    documents: Mapping[str, Document]
    today: date

    @classmethod
    def of(cls, board: Board) -> "PipelineNow":
        """Return what the board shows now."""
        return cls(board.store.tables, board.documents(), board.today.day)


def plan_import(
    pipeline: PipelineNow,
    result: ImportResult,
    name: str,
    progress: Progress | None = None,
    answers: Sequence[NearMatch] = (),
) -> ImportPlan:
    """Return the plan for what was read, with warnings of those who asked to be forgotten, and of an old list.

    ``answers`` are questions whether a row is on record, as a person answered them.
    """
    warnings = [*forgetting.warnings(pipeline.tables, result.prospects)]
    documents, progress = pipeline.documents, progress or Progress()
    created: list[Prospect] = []
    matched: list[Update] = []
    near: list[NearMatch] = []
    same: dict[str, str] = {}
    for place, one in enumerate(lists_of(result)):
        mine = {p.id for p in created}
        known = {**documents, **{p.id: to_document(p) for p in created}}
        progress.begin("looking for them in the pipeline")
        mine_said = {a.row: a.id for a in answers if a.place == place and a.is_same}
        found = _matches(one, known, mine_said)
        rows = [row for row in found.rows if row.id not in found.same]
        new = _with_free_ids(rows, known)
        same |= {row_key(place, row_id): known_as for row_id, known_as in found.same.items()}
        same |= {row_key(place, row.id): p.id for row, p in zip(rows, new, strict=True)}
        near += _questions(found, place, answers)
        created += new
        again = [
            compare(from_document(documents[found.same[row.id]]), row, pipeline.today)
            for row in progress.over(found.rows, "comparing the rows", len(found.rows))
            if row.id in found.same and found.same[row.id] not in mine
        ]
        warnings += _take_in_both(created, found, pipeline.today)
        warnings += signs_of_age(one.source, found.rows, again, documents)
        matched += again
    seen = {update.id: documents[update.id] for update in matched}
    joined = join_history(result, documents, created, same, progress)
    return ImportPlan(
        result, name, tuple(warnings), tuple(created), tuple(matched), tuple(near), seen, joined
    )


def _take_in_both(created: list[Prospect], found: Matches, today: date) -> Iterator[str]:
    """Let this list add to those whom another list of the same import brings; tell where the two differ."""
    place_of = {p.id: place for place, p in enumerate(created)}
    differing: list[str] = []
    for row in found.rows:
        place = place_of.get(found.same.get(row.id, ""))
        if place is not None:
            created[place], update = told_by_both(created[place], row, today)
            differing += [conflict_words(update, one) for one in update.conflicts]
    if differing:
        told = f"{several(len(differing), 'field')} of prospects that two lists have"
        verb = plural(len(differing), "differs", "differ")
        yield f"{told} {verb}, the first list stands: {first_few(differing, SHOWN)}"


def _questions(found: Matches, place: int, answers: Sequence[NearMatch]) -> Iterator[NearMatch]:
    """Yield the questions of a list, those that are answered with their answer."""
    rows = {row.id for row in found.rows}
    said = {one.key: one for one in answers if one.place == place and one.row in rows}
    yield from said.values()
    for one in found.near:
        question = replace(one, place=place)
        if question.key not in said:
            yield question


def _matches(
    result: ImportResult, known: Mapping[str, Document], said: Mapping[str, str]
) -> Matches:
    """Return which rows of one list are on record; an export of ours left those out itself."""
    if result.kind == FORMAT:
        return Matches(result.prospects, "", {}, ())
    by_reach = result.kind == "leads" or not {"name", "product"} & result.mapping.keys()
    said = {row: key for row, key in said.items() if key in known}
    return match(result.prospects, known, by_reach=by_reach, said=said)


def _with_free_ids(rows: Sequence[Prospect], taken: Mapping[str, Any]) -> tuple[Prospect, ...]:
    """Return new prospects under ids that nobody has: another list may number the same way."""
    found: list[Prospect] = []
    for row in rows:
        identity, number = row.id, 1
        while identity in taken:
            number += 1
            identity = content_id(row.id, row.imports[0].source, str(number))
        found.append(row if identity == row.id else row.with_changes(id=identity))
    return tuple(found)


def undo_import(board: Board, done: Callable[[Commit], None]) -> None:
    """Take back the last import of this person that still stands, whatever was done since."""
    board.find_commit(
        lambda history: undoable(history, board.by, VIA),
        lambda commit: board.undo_commit(commit.seq, done),
    )


@dataclass(frozen=True, slots=True)
class BoardChange:
    """A column of the board, or what is won: how many are in it and what they are worth, before and after."""

    title: str
    before: int
    after: int
    sums_before: tuple[Money, ...]
    sums_after: tuple[Money, ...]


Standing: TypeAlias = "tuple[str, Money | None]"
"""Where a prospect stands, and what it is worth."""


def board_changes(board: Board, plan: ImportPlan) -> list[BoardChange]:
    """Return what each column would gain or lose; those that stay empty are left out."""
    return changes_of(standings(board), plan, board.stamp())


def standings(board: Board) -> dict[str, Standing]:
    """Return where each prospect stands now."""
    return {
        key: (_WON if entry.won or not entry.column else entry.column.title, entry.value)
        for key, entry in board.index.entries.items()
        if entry.won or entry.column
    }


def changes_of(before: Mapping[str, Standing], plan: ImportPlan, stamp: Stamp) -> list[BoardChange]:
    """Return what each column would gain or lose; any thread can ask for it."""
    seen = plan.seen or {}
    changed = (u.apply(from_document(seen[u.id]), stamp) for u in plan.matched if u.changes_record)
    after = {**before} | {
        prospect.id: _standing(prospect) for prospect in (*plan.created, *changed)
    }
    titles = (*(column.title for column in Column), _WON)
    found = [_board_change(title, before.values(), after.values()) for title in titles]
    return [change for change in found if change.before or change.after]


_WON = "Won"


def _standing(prospect: Prospect) -> Standing:
    if prospect.won:
        return _WON, prospect.won.value or prospect.value
    return prospect.column.title, prospect.value


def _board_change(
    title: str,
    before: Iterable[Standing],
    after: Iterable[Standing],
) -> BoardChange:
    was, then = ([worth for place, worth in side if place == title] for side in (before, after))
    sums = (total_by_currency(filter(None, worths)) for worths in (was, then))
    return BoardChange(title, len(was), len(then), *sums)


def import_options(board: Board, **given: object) -> ImportOptions:
    """Return how to read a list for this pipeline: whose it is, what is there already, its currency."""
    known = {"currency": board.settings.currency, **given}
    return ImportOptions(by=board.by, existing=frozenset(board.documents()), **known)  # type: ignore[arg-type]


def _summary(result: ImportResult, name: str) -> list[str]:
    """Tell what the file holds and what becomes of it, the count first."""
    columns = Counter(p.column for p in result.prospects if not p.won)
    won = sum(1 for p in result.prospects if p.won)
    where = [f"{columns[one]:,} {one.title}" for one in Column if columns[one]]
    where += [f"{won:,} won"] if won else []
    if result.parts:
        return [
            f"{several(len(result.prospects), 'prospect')} in {name}: {result.confidence}",
            *(f"  Look: {warning}" for warning in result.warnings),
            *(f"  {line}" for part, one in result.parts for line in _summary(one, part)),
        ]
    if result.beside and not result.counts.rows:
        return [f"{name}: history and people for prospects that are here"]
    lines = [f"{several(len(result.prospects), 'prospect')} in {name}: {result.confidence}"]
    asked = (*result.warnings, *hints_of(result), *_unknown_stages(result))
    lines += [f"  Look: {warning}" for warning in asked]
    if said := result.applied.as_json():
        lines.append(f"  as you said, now or before: {_said_words(said)}")
    origin = "" if result.origin in {"a list", result.kind} else f"from {result.origin}; "
    lines += [f"  {origin}{', '.join(where)}"] if where else []
    if result.mapping:
        read = ", ".join(
            f"{field_words(field)} ← {' + '.join(h)}" for field, h in result.mapping.items()
        )
        lines.append(f"  read: {read}")
    lines += [f"  not used: {', '.join(result.unmapped)}"] if result.unmapped else []
    lines += [f"  stages: {'; '.join(_stages_read(result))}"] if result.states else []
    lines += [f"  {notice}" for notice in result.notices]
    return lines + _left_out(result)


def _stages_read(result: ImportResult) -> Iterator[str]:
    """Yield ``lost ← 'Lost' (3), 'Dead' (1)``: how the stage words were read, and how often each stands there."""
    words: dict[StageMeaning, list[str]] = {}
    for use in sorted(result.states, key=lambda use: -use.count):
        words.setdefault(use.meaning, []).append(f"{use.word[:40]!r} ({use.count:,})")
    for meaning, said in words.items():
        yield f"{meaning.name.lower()} ← {first_few(said, REFUSED)}"


def _unknown_stages(result: ImportResult) -> list[str]:
    """Ask of each stage word that is not known what it means, and tell how to answer."""
    asked = [u for u in result.states if not u.is_known and u.meaning is StageMeaning.OPEN]
    lines = [
        f"stage {use.word[:40]!r} ({several(use.count, 'row')}) is taken as open: "
        f"--stage {quote(f'{use.word}=lost')} says otherwise, or =won, =nurture, =callback"
        for use in asked[:SHOWN]
    ]
    more = [f"{use.word[:40]!r} ({use.count:,})" for use in asked[SHOWN:]]
    return lines + ([f"taken as open as well: {first_few(more, REFUSED)}"] if more else [])


def _said_words(said: dict[str, Any]) -> str:
    """Return ``value ← Deal size; Parked is nurture`` for a mapping as it is kept."""
    columns, stages = said.get("columns", {}), said.get("stages", {})
    parts = [f"{field_words(field) or 'not used'} ← {header}" for header, field in columns.items()]
    parts += [f"{word} is {meaning}" for word, meaning in stages.items()]
    rest = said.keys() - {"columns", "stages"}
    return "; ".join([*parts, *(f"{name} {said[name]}" for name in sorted(rest))])


def _second_time(plan: ImportPlan) -> Iterator[str]:
    """Tell what becomes of rows that are on record already, what was changed on both sides first."""
    if plan.matched or plan.near:
        yield f"  {plan.tally}"
    near = [
        f"new, or here: {near_words(one)}; --same {quote(one.row_name)} says so"
        for one in plan.unsure
    ]
    yield from _some(near, REFUSED)
    if plan.matched:
        yield from _some([f"created {one.name}" for one in plan.created], REFUSED)
    both = list(plan.conflicts)
    yield from _some([f"changed there and here: {conflict_words(*one)}" for one in both], REFUSED)
    closed = [f"{u.name}: open in the list, here {u.closed}" for u in plan.closed]
    yield from _some(closed, REFUSED)
    yield from _some([f"updated {u.name}: {update_words(u)}" for u in plan.updated], REFUSED)
    kept = [f"kept {u.name}: {kept_words(u)}" for u in plan.kept]
    yield from _some(kept, SHOWN)


def rest_lines(plan: ImportPlan) -> Iterator[str]:
    """Yield what else there is to know of the lists: how cells were read, what was left out, what was joined."""
    for one in lists_of(plan.result):
        yield from one.notices
        rest = [row for row in one.skipped if row not in set(one.refused)]
        yield from (line.strip() for line in _others_left_out(rest))
    yield from (line.strip() for line in history_lines(plan.joined.reports))


def _some(lines: list[str], most: int) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  and {len(lines) - most:,} more like this"


def conflict_words(update: Update, field: FieldChange) -> str:
    """Return both sides of a conflict in a line."""
    here, there = field.ours or "nothing", field.theirs or "nothing"
    return f"{update.name}: {field.label} here {here}, there {there}"


def near_words(one: NearMatch) -> str:
    """Return a question whether a row is on record, in a line."""
    return f"{one.row_name} is perhaps {one.name} ({', '.join(one.why)})"


def update_words(update: Update) -> str:
    """Return what an update takes over, before and after."""
    fields = [f"{one.label} {one.ours or '–'} → {one.theirs or '–'}" for one in update.taken]
    return "; ".join([*fields, *update.added])


def kept_words(update: Update) -> str:
    """Return what stands as it is here, and what the list says instead."""
    return ", ".join(
        f"{one.label} {one.ours or '–'} (there {one.theirs or '–'})" for one in update.kept
    )


def _left_out(result: ImportResult) -> list[str]:
    """Tell the refused rows one by one, the others so when they are few, else counted by reason."""
    lines = [f"  row {row.row} refused: {row.reason}" for row in result.refused[:REFUSED]]
    if len(result.refused) > REFUSED:
        lines.append(
            f"  and {len(result.refused) - REFUSED:,} more refused: --report FILE names all"
        )
    return lines + _others_left_out(
        [row for row in result.skipped if row not in set(result.refused)]
    )


def _others_left_out(skipped: list[SkippedRow]) -> list[str]:
    if len(skipped) <= SHOWN:
        return [f"  row {row.row} left out: {row.reason}" for row in skipped]
    reasons: dict[str, list[int]] = {}
    for row in skipped:
        reasons.setdefault(row.reason, []).append(row.row)
    ranked = sorted(reasons.items(), key=lambda item: -len(item[1]))
    lines = [f"  {_rows(rows)} left out: {reason}" for reason, rows in ranked[:SHOWN]]
    more = sorted(row for _, rows in ranked[SHOWN:] for row in rows)
    return lines + ([f"  {_rows(more)} left out for other reasons"] if more else [])


def _rows(rows: list[int]) -> str:
    """Return ``row 7`` or ``3 rows (7, 9, 12)``: the first ten by number."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    return f"{several(len(rows), 'row')} ({first_few([str(row) for row in rows], NUMBERED)})"
