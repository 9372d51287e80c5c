"""Which column feeds which field: by its name, and only when its cells bear that out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice

from review_board.errors import InvalidValueError
from review_board.exchange.amount_columns import looks_like_amount
from review_board.exchange.cell_readers import (
    asks_for_none,
    currency_in,
    is_empty,
    looks_like_count,
    looks_like_flag,
    share_in,
)
from review_board.exchange.day_columns import end_of_period, looks_like_day
from review_board.exchange.header_synonyms import (
    BEHIND,
    CONTACT_DAYS,
    FIELDS,
    FIRST_RANK,
    MANY,
    OWNER_PARTS,
    HeaderMeaning,
    header_currency,
    meaning_of,
    part_of_owner,
)
from review_board.exchange.header_words import canonical, word_set
from review_board.exchange.history_words import reference_of
from review_board.exchange.import_result import DateOrder
from review_board.exchange.list_table import ListTable
from review_board.pipeline.fields import DATE, MONEY, PLAIN_FIELDS, SHARE_SHAPE, TEXT
from review_board.pipeline.stages import StageMeaning, stage_meaning
from review_board.pipeline.text import is_phone

DAYS = {
    *word_set("created expected_close won_on lost_on last_activity next_activity"),
    *CONTACT_DAYS,
} | {name for name, field in PLAIN_FIELDS.items() if field.kind is DATE}
ENDS = word_set("close_date expected_close won_on lost_on")
"""Days on which a sale ends: a list may tell the month or the quarter alone."""
FLAGS = word_set(
    "is_won is_lost is_closed is_deleted is_converted is_archived is_active do_not_contact do_not_call "
    "do_not_email"
)
CLOSING = word_set("do_not_contact do_not_call do_not_email")

_SAMPLE = 200
_NAME_PARTS = frozenset({"first_name", "last_name"})
_OF_PERSON = _NAME_PARTS | {"contact", "email", "phone", "job_title", "note"}
_BARE_NAMES = word_set("name nom nome naam nombre имя")
"""Beside the one part of a person's name it is the other."""
_ONE_OF_SEVERAL = re.compile(r"\d|primary|main|second|other|additional", re.IGNORECASE)
"""What a column says of which of several people it names."""
_CUSTOMER = re.compile(r"(customer|client|cliente|kunde|klant|khachhang|клиент)(name|n|a)?$")
_NUMBER = re.compile(r"\d{1,12}([.,]\d{1,4})?", re.ASCII)
_DECIMAL = re.compile(r"\d{1,12}[.,]\d{1,4}", re.ASCII)
_DIAL_CODE = re.compile(r"\+?\d{1,4}", re.ASCII)
_CURRENCY_WORD = re.compile(r"currency|wahrung|devise|moneda|moeda|valuta|валюта|tiente")
_CODE = re.compile(r"[A-Z]{3}")
_TELLS_STATE = word_set("stage status is_won is_lost is_closed won_on lost_on lost_reason")
_CHOSEN = -1
"""Rank of a column that the user mapped: before every synonym."""


@dataclass(slots=True)
class ColumnPlan:
    """Field → places of its columns, the best first; what is left over, and why."""

    places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    likely: dict[str, str] = field(default_factory=dict)
    """The columns that look like a field which none feeds, by their header."""
    day_order: DateOrder | None = None
    """How days with slashes were read, where the list proves it."""


def plan_columns(table: ListTable, kind: str, chosen: Mapping[str, str]) -> ColumnPlan:
    """Plan which column feeds which field; ``chosen`` maps headers to fields by hand."""
    by_hand = chosen_fields(table.headers, chosen)
    plan = ColumnPlan()
    candidates: dict[str, list[tuple[int, int]]] = {}
    known = {meaning.field for h in table.headers if (meaning := meaning_of(h))}
    for place, header in enumerate(table.headers):
        if not any(map(str.strip, table.column(place))):
            continue
        meaning = by_hand.get(place) or _by_shape(
            table, place, _meaning(header, kind, known), known
        )
        if meaning is None or not meaning.field:
            plan.unmapped.append(header or f"column {place + 1}, which has no name")
        elif trouble := _contradiction(table, place, meaning):
            plan.unmapped.append(header)
            plan.notices.append(f"column {header!r} {trouble}: not used")
        else:
            candidates.setdefault(meaning.field, []).append((meaning.rank, place))
    _part_customer(table, candidates)
    _drop_organisation(table, plan, candidates)
    for name, found in candidates.items():
        _choose(plan, name, sorted(found), table)
    _take_only_currency(table, plan, chosen)
    _take_only_status(table, plan, chosen)
    plan.likely.update(_likely_but_unused(table, plan))
    return plan


def _take_only_currency(table: ListTable, plan: ColumnPlan, chosen: Mapping[str, str]) -> None:
    """Read the currency from the one column left that names it and holds codes: "Bid Currency"."""
    if "currency" in plan.places or "currency" in chosen.values():
        return
    unused = set(plan.unmapped)
    found = [
        (place, header)
        for place, header in enumerate(table.headers)
        if header in unused
        and header not in chosen
        and _CURRENCY_WORD.search(canonical(header))
        and all(map(currency_in, islice(_contents(table, place), _SAMPLE)))
    ]
    if len(found) == 1:
        ((place, header),) = found
        plan.places["currency"] = (place,)
        plan.unmapped.remove(header)


def _take_only_status(table: ListTable, plan: ColumnPlan, chosen: Mapping[str, str]) -> None:
    """Read the state from the one column left whose cells are all words for one, an end among them: "State"."""
    if not _TELLS_STATE.isdisjoint({*plan.places, *chosen.values()}):
        return
    unused = {*plan.unmapped} - chosen.keys()
    found = []
    for place, header in enumerate(table.headers):
        said = {*map(stage_meaning, islice(_contents(table, place), _SAMPLE))}
        if header in unused and None not in said and said & {StageMeaning.WON, StageMeaning.LOST}:
            found.append(place)
    if len(found) == 1:
        plan.places["status"] = (found[0],)
        plan.unmapped.remove(table.headers[found[0]])


def _choose(
    plan: ColumnPlan, name: str, found: Sequence[tuple[int, int]], table: ListTable
) -> None:
    """Take the best column of a field, or all where it may have many; an exact name beats all others.

    Records of several forms name one thing in two ways, ``company`` here and ``business_name`` there:
    columns of which a row never fills two are one.
    """
    if name in MANY:  # of names with a further word ("Work Phone") the list says which comes first
        found = sorted((min(rank, FIRST_RANK), place) for rank, place in found)
    is_whole = (
        name in MANY
        or (name == "owner" and [r for r, _ in found] == [*OWNER_PARTS.values()])
        or (name == "contact" and all(_ONE_OF_SEVERAL.search(table.headers[p]) for _, p in found))
    )
    kept = found if is_whole else _in_turn(found, table)
    plan.places[name] = tuple(place for _, place in kept)
    headers = table.headers
    for _, place in found[len(kept) :]:
        plan.unmapped.append(headers[place])
        used = headers[kept[0][1]]
        if headers[place] == used:
            plan.notices.append(f"column {used!r} stands twice: the first is used")
        elif name in {"value", "name", "id"}:
            plan.notices.append(f"columns {used!r} and {headers[place]!r}: the first is the {name}")


def _part_customer(table: ListTable, candidates: dict[str, list[tuple[int, int]]]) -> None:
    """Read the customer beside the company as the person, where no other column names one."""
    found = sorted(candidates.get("company", ()))
    if len(found) != 2 or candidates.keys() & {"contact", *_NAME_PARTS}:
        return
    (_, first), (rank, second) = found
    named = [bool(_CUSTOMER.search(canonical(table.headers[place]))) for place in (first, second)]
    both = [(cells[first], cells[second]) for _, cells in table.rows if cells[second].strip()]
    if named == [False, True] and any(one != other for one, other in both):
        candidates["company"].remove((rank, second))
        candidates["contact"] = [(rank, second)]


def _drop_organisation(
    table: ListTable, plan: ColumnPlan, candidates: dict[str, list[tuple[int, int]]]
) -> None:
    """Leave out a contact that is the company in every row, where another column has the person."""
    companies = [table.column(place) for _, place in candidates.get("company", ())]
    found = candidates.get("contact", [])
    kept = [one for one in found if table.column(one[1]) not in companies]
    if kept and len(kept) < len(found):
        plan.unmapped += [
            table.headers[place] for rank, place in found if (rank, place) not in kept
        ]
        candidates["contact"] = kept


def _in_turn(found: Sequence[tuple[int, int]], table: ListTable) -> list[tuple[int, int]]:
    """Return the first column, and those that fill only rows which the ones before leave empty."""
    kept = [found[0]]
    taken = _filled(table, found[0][1]) if len(found) > 1 else set()
    for rank, place in found[1:]:
        filled = _filled(table, place)
        if rank != _CHOSEN and taken.isdisjoint(filled):
            kept.append((rank, place))
            taken |= filled
    return kept


def _filled(table: ListTable, place: int) -> set[int]:
    return {number for number, cells in table.rows if not is_empty(cells[place])}


def _meaning(header: str, kind: str, known: Set[str]) -> HeaderMeaning | None:
    """Return what a header means in a list of this kind: some words change their sense.

    ``known`` are the fields that the headers of the list name.
    """
    meaning = meaning_of(header)
    if meaning is None:
        return part_of_owner(header)
    foreign = meaning.of not in {"", kind}
    if foreign and meaning.field == "name" and meaning.of == "leads" and kind == "deals":
        untold = (field for field in ("company", "contact") if field not in known)
        return HeaderMeaning(next(untold, "name"), 99, "")
    if foreign and meaning.field in {"id", "name"}:
        return None
    if canonical(header) == "title" and (kind == "leads" or known & _NAME_PARTS):
        return HeaderMeaning("job_title", 99, "")
    if canonical(header) == "ten" and kind == "deals" and known.isdisjoint({"name", "last_name"}):
        return HeaderMeaning("name", 99, "")  # in Vietnamese a first name, and any other
    if canonical(header) in _BARE_NAMES and len(known & _NAME_PARTS - {meaning.field}) == 1:
        (missing,) = _NAME_PARTS - (known - {meaning.field})
        return HeaderMeaning(missing, 99, "")
    return meaning


def _by_shape(
    table: ListTable, place: int, meaning: HeaderMeaning | None, known: Set[str]
) -> HeaderMeaning | None:
    """Return what the cells of a column make of its name.

    Where it says deal and they are amounts (OPPORTUNITY) it is the value, whole numbers where a currency
    stands beside them and another column has the name. A code of a country is its dialling code or
    nothing. The place a deal is about ("Property Name") is the buyer where the deal has a name of its own.
    An amount whose cells are codes of currencies is the currency, a pipeline that no two rows share the deal.
    """
    if meaning is None or meaning.field not in {"name", "dial_code", "pipeline", "value"}:
        return meaning
    cells = list(islice(_contents(table, place), _SAMPLE))
    if meaning.field == "value":  # Salesforce has "Betrag (Währung)" beside "Betrag"
        return (
            HeaderMeaning("currency", 0, "")
            if cells and all(map(_CODE.fullmatch, cells))
            else meaning
        )
    if meaning.field == "pipeline":  # with Bigin, a pipeline is a deal
        is_deal = "name" not in known and 1 < len(cells) == len({*cells})
        return HeaderMeaning("name", 99, "") if is_deal else meaning
    if meaning.field == "dial_code":
        return meaning if all(map(_DIAL_CODE.fullmatch, cells)) else None
    names = [h for h in table.headers if (found := meaning_of(h)) and found.field == "name"]
    if meaning.rank == BEHIND and len(names) > 1 and "company" not in known:
        return HeaderMeaning("company", 99, "")
    if "value" in known:
        return meaning
    amount = _NUMBER if "currency" in known and len(names) > 1 else _DECIMAL
    if cells and all(amount.fullmatch(cell) for cell in cells):
        return HeaderMeaning("value", 99, "")
    return meaning


def _contradiction(table: ListTable, place: int, meaning: HeaderMeaning) -> str:
    """Say why the cells of a column are not what its name says; empty where they are."""
    if meaning.rank == _CHOSEN:
        return ""
    if meaning.field == "id":
        return _not_identifying(table, place)
    if meaning.field in CLOSING and any(map(asks_for_none, _contents(table, place))):
        return ""  # one request that is missed would be a call too many
    check, nouns = _check_of(meaning.field)
    sample = list(islice(_contents(table, place), _SAMPLE))
    fitting = sum(1 for cell in sample if check(cell))
    is_told_by_row = meaning.field == "currency" and not _names_its_currency(table)
    least = min(1, len(sample)) if is_told_by_row else len(sample) / 2
    return "" if fitting >= least else f"holds no {nouns}"


def _names_its_currency(table: ListTable) -> bool:
    """Return whether the header of an amount names its currency: another column is of something else."""
    amounts = (h for h in table.headers if (found := meaning_of(h)) and found.field == "value")
    return any(map(header_currency, amounts))


def _check_of(field: str) -> tuple[Callable[[str], object], str]:
    """Return what tells a cell that may belong to a field, and what such cells are called."""
    if field in ENDS:
        return lambda cell: looks_like_day(cell) or end_of_period(cell), "dates"
    if field in DAYS:
        return looks_like_day, "dates"
    if field in FLAGS:
        return lambda cell: looks_like_flag(cell) or looks_like_day(cell), "yes or no"
    if field == "currency":
        return currency_in, "currency codes"
    if field == "times_contacted":
        return looks_like_count, "counts"
    if field == "probability":
        return lambda cell: SHARE_SHAPE.fullmatch(share_in(cell)), "percentages"
    kind = PLAIN_FIELDS[field].kind if field in PLAIN_FIELDS else TEXT
    if kind is MONEY:
        return looks_like_amount, kind.plural
    return (kind.shape.fullmatch if kind.shape else bool), kind.plural


def _not_identifying(table: ListTable, place: int) -> str:
    cells = list(_contents(table, place))
    distinct = len(set(cells))
    repeated = distinct == 1 < len(cells) or distinct < min(len(cells) - 1, len(cells) * 0.9)
    if len(cells) * 2 < len(table.rows) or (repeated and not _has_row_a_person(table, place)):
        return "is not different for each row"
    return ""


def _has_row_a_person(table: ListTable, place: int) -> bool:
    """Return whether rows of one id differ in nothing but the person they name: a deal has a row for each."""
    rest = [i for i, header in enumerate(table.headers) if not _is_of_person(header)]
    told: dict[str, list[str]] = {}
    for _, cells in table.rows:
        said = [cells[i] for i in rest]
        if told.setdefault(cells[place], said) != said:
            return False
    return len(told) > 1


def _is_of_person(header: str) -> bool:
    meaning, reference = meaning_of(header), reference_of(header)
    is_pointer = reference is not None and reference.of == "contact"
    return is_pointer or (meaning is not None and meaning.field in _OF_PERSON)


_TELLING: tuple[tuple[str, re.Pattern[str], Callable[[str], object]], ...] = (
    ("value", re.compile(r"amount|value|price|revenue|worth|budget|betrag|wert|umsatz|montant|valor|"
                         r"import[eo]|bedrag|waarde|сумма|giatri"), looks_like_amount),
    ("stage", re.compile(r"stage|status|phase|etap|fase|стади|статус"), lambda cell: not looks_like_day(cell)),
    ("owner", re.compile(r"owner|salesrep|seller|responsib|propriet|exec(utive)?$|accountmanager"), bool),
    ("company", re.compile(r"company|account|organi[sz]ation|firma|empresa|societe"), lambda cell: not cell.isdigit()),
    ("close_date", re.compile(r"clos(e|ing|ure)|abschluss|cierre|cloture"), looks_like_day),
    ("email", re.compile(r""), re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE).fullmatch),
    ("phone", re.compile(r"phone|mobile|^tel|telef|handy"), is_phone),
    ("do_not_contact", re.compile(r"donot|nocall|noe?mail|optout|optedout|unsubscri|dnc"), looks_like_flag),
)  # fmt: skip
"""Field → what its header and most of its cells are like, where no name of it is known here."""


_STANDS_IN = {
    "stage": ("status",),
    "close_date": ("expected_close",),
    "do_not_contact": ("do_not_call",),
}
"""Fields that say nearly the same: where one is read, nothing is amiss."""


def _likely_but_unused(table: ListTable, plan: ColumnPlan) -> Iterator[tuple[str, str]]:
    """Yield columns that look like a field which no column feeds: the list may be read wrongly."""
    unused = set(plan.unmapped)
    for place, header in enumerate(table.headers):
        if header not in unused:
            continue
        cells = list(islice(_contents(table, place), _SAMPLE))
        for name, words, check in _TELLING:
            is_money = name == "value" and header_currency(header)
            if not (is_money or words.search(canonical(header))):
                continue
            if cells and sum(bool(check(cell)) for cell in cells) * 10 >= len(cells) * 8:
                if not plan.places.keys() & {name, *_STANDS_IN.get(name, ())}:
                    yield header, name
                break


def _contents(table: ListTable, place: int) -> Iterator[str]:
    return (cells[place].strip() for _, cells in table.rows if not is_empty(cells[place]))


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
