"""Which of several tables is the list: the deals, else the leads; tables with the same columns are one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from review_board.errors import InvalidValueError
from review_board.exchange.header_synonyms import is_known
from review_board.exchange.header_words import canonical
from review_board.exchange.import_result import ImportOptions
from review_board.exchange.list_kinds import NOUNS, recognise
from review_board.exchange.list_table import ListTable, NumberedRow, blocks_of, table_of
from review_board.exchange.tables import column_names
from review_board.wording import first_few

_PREFERRED = ("deals", "leads")


@dataclass(frozen=True, slots=True)
class TableChoice:
    """The table that is read, and what to say about the others."""

    table: ListTable
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    table: ListTable
    kind: str


def choose_table(
    sheets: Iterable[tuple[str, Sequence[NumberedRow]]], options: ImportOptions
) -> TableChoice:
    """Return the list among the named sheets, each of which may hold several tables.

    Where none is a list of deals or leads, the first with rows is returned, to be refused by what it
    is. ``InvalidValueError`` when there is no table at all.
    """
    known = column_names(options)
    found: list[_Candidate] = []
    trouble: InvalidValueError | None = None
    for name, rows in sheets:
        for block in blocks_of(rows, known):
            try:
                table = table_of(block, known)
            except InvalidValueError as error:
                trouble = trouble or error
                continue
            recognised = recognise(table.headers)
            found.append(_Candidate(name, table, recognised.kind if recognised else ""))
    if not found:
        raise trouble or InvalidValueError("it holds no rows", "export the list again")
    found = [candidate for candidate in found if candidate.table.rows] or found
    first = min(found, key=lambda candidate: _preference(candidate, options))
    same = [candidate for candidate in found if _columns(candidate) == _columns(first)]
    return TableChoice(_joined(same), tuple(_notices(same, found)))


def _preference(candidate: _Candidate, options: ImportOptions) -> tuple[int, int, float]:
    """Return what ranks a table: its kind, how many rows it has, how many of its columns are known."""
    kind, headers = candidate.kind, candidate.table.headers
    if options.kind:
        rank = 0 if kind == options.kind else 1
    else:
        rank = _PREFERRED.index(kind) if kind in _PREFERRED else 3 - bool(kind)
    return rank, -len(candidate.table.rows), -sum(map(is_known, headers)) / len(headers)


def _columns(candidate: _Candidate) -> list[str]:
    return [canonical(header) for header in candidate.table.headers]


def _joined(same: list[_Candidate]) -> ListTable:
    """Return the tables as one; the rows of a further sheet count on from those before it."""
    whole = same[0].table
    for last, candidate in pairwise(same):
        table = candidate.table
        offset = 0 if candidate.name == last.name else max(number for number, _ in whole.rows)
        moved = tuple((number + offset, cells) for number, cells in table.rows)
        skipped = tuple(replace(row, row=row.row + offset) for row in table.skipped)
        bad = tuple(replace(row, row=row.row + offset) for row in table.bad)
        whole = ListTable(
            whole.headers, whole.rows + moved, whole.skipped + skipped, whole.bad + bad
        )
    return whole


def _notices(same: list[_Candidate], found: list[_Candidate]) -> Iterable[str]:
    """Say which sheets were read, and what the others seem to hold."""
    names = list(dict.fromkeys(candidate.name for candidate in same))
    if len(names) > 1:
        yield (
            f"sheets {first_few([repr(n[:40]) for n in names], 5)} have the same columns and were read "
            "together: the rows of each count on from those before"
        )
    others = [candidate for candidate in found if candidate not in same]
    told = [
        f"{candidate.name[:40]!r}, {NOUNS.get(candidate.kind, 'something else')}"
        if candidate.name
        else NOUNS.get(candidate.kind, "something else")
        for candidate in others
    ]
    if told:
        yield f"not read: {first_few(told, 5)}"
