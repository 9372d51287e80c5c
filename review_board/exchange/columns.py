"""Which column feeds which field: by its name, and only when its cells bear that out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from review_board.errors import InvalidValueError
from review_board.exchange.cell_readers import is_empty, looks_like_flag
from review_board.exchange.day_columns import looks_like_day
from review_board.exchange.delimited import DelimitedTable
from review_board.exchange.header_synonyms import (
    FIELDS,
    MANY,
    HeaderMeaning,
    canonical,
    meaning_of,
    word_set,
)
from review_board.pipeline.fields import DATE, PLAIN_FIELDS, TEXT

DAYS = word_set("created expected_close won_on lost_on last_activity next_activity") | {
    name for name, field in PLAIN_FIELDS.items() if field.kind is DATE
}
FLAGS = word_set("is_won is_lost is_closed is_deleted is_converted")

_SAMPLE = 200
_CHOSEN = -1
"""Rank of a column that the user mapped: before every synonym."""


@dataclass(slots=True)
class ColumnPlan:
    """Field → places of its columns, the best first; what is left over, and why."""

    places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def plan_columns(table: DelimitedTable, kind: str, chosen: Mapping[str, str]) -> ColumnPlan:
    """Plan which column feeds which field; ``chosen`` maps headers to fields by hand."""
    by_hand = chosen_fields(table.headers, chosen)
    plan = ColumnPlan()
    candidates: dict[str, list[tuple[int, int]]] = {}
    for place, header in enumerate(table.headers):
        meaning = by_hand.get(place) or _meaning(header, kind, table.headers)
        if not _has_content(table, place):
            continue
        if meaning is None or not meaning.field:
            plan.unmapped.append(header or f"column {place + 1}, which has no name")
        elif trouble := _contradiction(table, place, meaning):
            plan.unmapped.append(header)
            plan.notices.append(f"column {header!r} {trouble}: not used")
        else:
            candidates.setdefault(meaning.field, []).append((meaning.rank, place))
    for name, found in candidates.items():
        _choose(plan, name, sorted(found), table.headers)
    return plan


def _choose(
    plan: ColumnPlan, name: str, found: Sequence[tuple[int, int]], headers: Sequence[str]
) -> None:
    kept = found if name in MANY else found[:1]
    plan.places[name] = tuple(place for _, place in kept)
    for _, place in found[len(kept) :]:
        plan.unmapped.append(headers[place])
        used = headers[kept[0][1]]
        if headers[place] == used:
            plan.notices.append(f"column {used!r} stands twice: the first is used")
        elif name in {"value", "name", "id"}:
            plan.notices.append(f"columns {used!r} and {headers[place]!r}: the first is the {name}")


def _meaning(header: str, kind: str, headers: Sequence[str]) -> HeaderMeaning | None:
    """Return what a header means in a list of this kind: some words change their sense."""
    meaning = meaning_of(header)
    if meaning is None:
        return None
    foreign = meaning.of not in {"", kind}
    if foreign and meaning.field == "name" and meaning.of == "leads" and kind == "deals":
        return HeaderMeaning("company", 99, "")
    if foreign and meaning.field in {"id", "name"}:
        return None
    if canonical(header) == "title" and _is_job_title(kind, headers):
        return HeaderMeaning("job_title", 99, "")
    return meaning


def _is_job_title(kind: str, headers: Sequence[str]) -> bool:
    """Return whether a bare "Title" is a person's: in a list of leads, or beside parts of a name."""
    fields = {meaning.field for header in headers if (meaning := meaning_of(header))}
    return kind == "leads" or bool(fields & {"first_name", "last_name"})


def _contradiction(table: DelimitedTable, place: int, meaning: HeaderMeaning) -> str:
    """Say why the cells of a column are not what its name says; empty where they are."""
    if meaning.rank == _CHOSEN:
        return ""
    if meaning.field == "id":
        return _not_identifying(table, place)
    check, nouns = _check_of(meaning.field)
    sample = list(islice(_contents(table, place), _SAMPLE))
    fitting = sum(1 for cell in sample if check(cell))
    return "" if fitting * 2 >= len(sample) else f"holds no {nouns}"


def _check_of(field: str) -> tuple[Callable[[str], object], str]:
    """Return what tells a cell that may belong to a field, and what such cells are called."""
    if field in DAYS:
        return looks_like_day, "dates"
    if field in FLAGS:
        return looks_like_flag, "yes or no"
    kind = PLAIN_FIELDS[field].kind if field in PLAIN_FIELDS else TEXT
    return (kind.shape.fullmatch if kind.shape else bool), kind.plural


def _not_identifying(table: DelimitedTable, place: int) -> str:
    cells = list(_contents(table, place))
    if len(set(cells)) * 10 < len(cells) * 9 or len(cells) * 2 < len(table.rows):
        return "is not different for each row"
    return ""


def _contents(table: DelimitedTable, place: int) -> Iterator[str]:
    return (cells[place].strip() for _, cells in table.rows if not is_empty(cells[place]))


def _has_content(table: DelimitedTable, place: int) -> bool:
    return any(cells[place].strip() for _, cells in table.rows)


def chosen_fields(headers: Sequence[str], chosen: Mapping[str, str]) -> dict[int, HeaderMeaning]:
    """Return the field that the user wants each column for; an empty one leaves it out."""
    found: dict[int, HeaderMeaning] = {}
    for header, name in chosen.items():
        if name and name not in FIELDS:
            raise InvalidValueError(
                f"{name[:40]!r} is no field", f"take one of {', '.join(sorted(FIELDS))}"
            )
        places = [i for i, known in enumerate(headers) if canonical(known) == canonical(header)]
        if not places:
            raise InvalidValueError(
                f"there is no column {header[:40]!r}", f"there are {', '.join(headers)[:300]}"
            )
        found[places[0]] = HeaderMeaning(name, _CHOSEN, "")
    return found
