"""Which of several tables is the list: the deals, else the leads; tables with the same columns are one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from review_board.errors import InvalidValueError
from review_board.exchange import list_table
from review_board.exchange.header_synonyms import is_known, meaning_of
from review_board.exchange.header_words import canonical
from review_board.exchange.import_result import ImportOptions, ImportResult
from review_board.exchange.list_kinds import NOUNS, RecognisedList, recognise
from review_board.exchange.record_links import is_link_table
from review_board.exchange.tables import column_names
from review_board.pipeline.stages import stage_meaning
from review_board.wording import first_few

_PREFERRED = ("deals", "leads")
_NAMES = {"name", "company", "contact", "id"}
BESIDE = ("links", "companies", "contacts", "activities", "details")
"""Kinds of tables that add to prospects, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of a file, on the sheet of this name, and what it is about (empty: unknown)."""

    name: str
    table: list_table.ListTable
    kind: str
    is_turned: bool = False


@dataclass(slots=True)
class ReadFile:
    """What one file holds: the table that is the list and its kind, or a pipeline of our own; and others.

    ``beside`` are tables that add to lists, ``notices`` what to say of the file and of tables that are not
    read; of its ``sheets`` that hold anything the list is on ``read_sheets``.
    """

    name: str
    table: list_table.ListTable | None = None
    kind: str = ""
    own: Callable[[], ImportResult] | None = None
    recognised: RecognisedList | None = None
    beside: list[FoundTable] = field(default_factory=list)
    notices: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    read_sheets: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Return whether it holds a list of prospects."""
        return self.table is not None or self.own is not None

    def put_beside(self, kind: str) -> None:
        """Take its list as one that adds to lists."""
        if self.table is not None:
            self.beside.insert(0, FoundTable("", self.table, kind))
            self.table = None

    def take_as_list(self, recognised: RecognisedList | None = None) -> None:
        """Take the first table that adds to lists as the list itself."""
        self.table, self.recognised = self.beside.pop(0).table, recognised


def find_tables(
    sheets: Iterable[tuple[str, Sequence[list_table.NumberedRow]]], options: ImportOptions
) -> list[FoundTable]:
    """Return the tables on the named sheets, each of which may hold several; those with rows if any has.

    ``InvalidValueError`` when there is no table at all.
    """
    known = column_names(options)
    found: list[FoundTable] = []
    trouble: InvalidValueError | None = None
    for name, rows in sheets:
        if upright := list_table.turned(rows, known):
            table = list_table.table_of(upright, known)
            found.append(FoundTable(name, table, _kind_of(table), is_turned=True))
            continue
        parts = list_table.beside_each_other(rows, _name_in)
        for block in (block for part in parts for block in list_table.blocks_of(part, known)):
            try:
                table = list_table.table_of(block, known)
            except InvalidValueError as error:
                trouble = trouble or error
                continue
            table = _with_stages(table, _group_of_rows(table))
            found.append(FoundTable(name, table, _kind_of(table)))
    if not found:
        raise trouble or InvalidValueError("it holds no rows", "export the list again")
    return [candidate for candidate in found if candidate.table.rows] or found


def _group_of_rows(table: list_table.ListTable) -> list[str]:
    """Return the title above each row; nothing where the list has no titles."""
    titles = {
        row.row: next(filter(None, map(str.strip, row.cells))).strip("-=*#~_ ")
        for row in table.skipped
        if row.reason == list_table.GROUP_TITLE
    }
    above = [max((n for n in titles if n < number), default=0) for number, _ in table.rows]
    return [titles[n] for n in above] if titles and all(above) else []


def _with_stages(table: list_table.ListTable, groups: Sequence[str]) -> list_table.ListTable:
    """Return a table with the stage of each row, where only the groups that they stand in tell it."""
    said = {meaning.field for header in table.headers if (meaning := meaning_of(header))}
    if not groups or said & {"stage", "status"} or not all(map(stage_meaning, groups)):
        return table
    staged = [(n, [*cells, group]) for (n, cells), group in zip(table.rows, groups, strict=True)]
    return replace(table, headers=(*table.headers, "Stage"), rows=tuple(staged))


def _kind_of(table: list_table.ListTable) -> str:
    if is_link_table(table.headers):
        return "links"
    return recognise(table.headers, set(_repeated_in(table))).kind


def _repeated_in(table: list_table.ListTable) -> Iterator[str]:
    """Yield the headers under which several rows have the same."""
    for place, header in enumerate(table.headers):
        filled = [cell for cell in table.column(place) if cell.strip()]
        if len(set(filled)) < len(filled):
            yield header


def _name_in(header: str) -> str:
    meaning = meaning_of(header)
    return meaning.field if meaning and meaning.field in _NAMES else ""


def choose_table(name: str, found: list[FoundTable], options: ImportOptions) -> ReadFile:
    """Return the file of a name with the list among its tables, those with the same columns as one.

    Where none is a list of deals or leads, it is one to be refused by what it is.
    """
    first = min(found, key=lambda candidate: _preference(candidate, options))
    same = [candidate for candidate in found if _columns(candidate) == _columns(first)]
    rest = [other for other in found if other not in same and other.kind in BESIDE]
    unread = [candidate for candidate in found if candidate not in rest]
    return ReadFile(
        name,
        _joined(same),
        first.kind,
        beside=rest,
        notices=tuple(_notices(same, unread)),
        read_sheets=tuple(dict.fromkeys(candidate.name for candidate in same)),
    )


def _preference(candidate: FoundTable, options: ImportOptions) -> tuple[int, int, float]:
    """Return what ranks a table: its kind, how many rows it has, how many of its columns are known."""
    kind, headers = candidate.kind, candidate.table.headers
    if options.kind:
        rank = 0 if kind == options.kind else 1
    else:
        rank = _PREFERRED.index(kind) if kind in _PREFERRED else 3 - bool(kind)
    return rank, -len(candidate.table.rows), -sum(map(is_known, headers)) / len(headers)


def _columns(candidate: FoundTable) -> list[str]:
    return [canonical(header) for header in candidate.table.headers]


def _joined(same: list[FoundTable]) -> list_table.ListTable:
    """Return the tables as one; the rows of a further sheet count on from those before it.

    Sheets that are called as stages are, tell the stages of their rows.
    """
    names = {one.name for one in same}
    if len(names) > 1 and all(map(stage_meaning, names)):
        same = [
            replace(one, table=_with_stages(one.table, [one.name] * len(one.table.rows)))
            for one in same
        ]
    whole = same[0].table
    for last, candidate in pairwise(same):
        table = candidate.table
        offset = 0 if candidate.name == last.name else max(number for number, _ in whole.rows)
        moved = tuple((number + offset, cells) for number, cells in table.rows)
        skipped = tuple(replace(row, row=row.row + offset) for row in table.skipped)
        bad = tuple(replace(row, row=row.row + offset) for row in table.bad)
        whole = list_table.ListTable(
            whole.headers, whole.rows + moved, whole.skipped + skipped, whole.bad + bad
        )
    return whole


def _notices(same: list[FoundTable], found: list[FoundTable]) -> Iterable[str]:
    """Say which sheets were read, and what the others seem to hold."""
    names = list(dict.fromkeys(candidate.name for candidate in same))
    if any(candidate.is_turned for candidate in same):
        yield "its fields stand below each other: each column was read as a row"
    if len(names) > 1:
        yield (
            f"sheets {first_few([repr(n[:40]) for n in names], 5)} have the same columns and were read "
            "together: the rows of each count on from those before"
        )
    others = [candidate for candidate in found if candidate not in same]
    told = [
        f"{candidate.name[:40]!r}, {NOUNS.get(candidate.kind, 'something else')}"
        if candidate.name
        else NOUNS[candidate.kind]
        for candidate in others
        if candidate.name or candidate.kind in NOUNS
    ]
    if told:
        yield f"not read: {first_few(told, 5)}"
