"""Our own list as a table: out to a spreadsheet, and in again without a loss.

One line for each column says where its value stands in the record, how it is written and how it is read.
What was decided in reviews is in the JSON alone. The header of the first column marks the list as ours:
then every text is taken to the letter, which a list of unknown origin never is.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from review_board.errors import InvalidValueError
from review_board.exchange.cell_readers import unguarded
from review_board.exchange.delimited import DELIMITERS, cells_of_any_length, lines_of
from review_board.exchange.list_table import NumberedRow
from review_board.exchange.lost_reasons import drop_reason
from review_board.exchange.record_cells import (
    COLUMNS,
    Document,
    RecordColumn,
    read_records,
    record_cell,
)
from review_board.exchange.tables_out import Cell
from review_board.pipeline import fields
from review_board.pipeline.money import CURRENCY
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Won
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column, DropReason, ReasonKind, Role, Track

MARK = "review_board id"
"""The header of the first column, by which the list is known."""
WON = "Won"
_NO_YES = ("no", "yes")

_NUMBER = re.compile(r"\d{1,16}(?:\.\d{1,2}|\.\d{4})?", re.ASCII)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,17})?)\s*(%?)", re.ASCII)
_REASON = re.compile("[a-z][a-z0-9-]{0,39}")
_TAG = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;]*))\s*(?:[,;]|$)')
_LONGEST_HEADER = 10_000
OLD_HEADERS = {"Next nurture touch": "Next contact in Nurture"}
"""Columns that had another name in older exports."""


def own_headers() -> list[str]:
    """Return the names of the columns."""
    return [column.header for column in _COLUMNS]


def own_rows(prospects: Iterable[Prospect]) -> Iterator[list[Cell]]:
    """Yield a row for each prospect."""
    for prospect in prospects:
        yield [column.write(prospect) for column in _COLUMNS]


def own_delimiter(text: str) -> str:
    """Return what parts the cells of our own list; empty for any other text."""
    line = text[:_LONGEST_HEADER].lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    return next((mark for mark in DELIMITERS if is_own_header(_split(line, mark))), "")


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), []) if MARK in line else []
    except csv.Error:
        return []


def is_own_header(cells: Sequence[str]) -> bool:
    """Return whether a first row is that of our own list."""
    return list(cells[:1]) == [MARK] and "Name" in cells


def own_records(text: str, delimiter: str) -> list[NumberedRow]:
    """Return the rows of our own list in text, freed of the guard of formulas."""
    reader = csv.reader(lines_of(text.removeprefix("\ufeff")), delimiter=delimiter)
    try:
        with cells_of_any_length(text):
            return [(number, list(map(unguarded, cells))) for number, cells in enumerate(reader, 1)]
    except csv.Error as error:
        raise InvalidValueError(f"it is damaged: {error}", "export it again") from error


@dataclass(slots=True)
class OwnRow:
    """The cells of one row by their headers; ``left_open`` names those that cannot be read."""

    cells: dict[str, str]
    now: datetime
    by: str
    defaults: fields.TypingDefaults
    left_open: list[str] = field(default_factory=list)
    _found: Document = field(default_factory=dict)

    def document(self) -> Document:
        """Return the stored form of what the row says."""
        for column in _COLUMNS:
            self._take(column)
        found = self._found
        place = found.pop("column", Column.ACTIVE.value)
        found["contacts"] = self.people
        self._complete(place)
        if place != WON:
            found["column"] = place
        return {"contact_history": False} | found

    def _take(self, column: "_OwnColumn") -> None:
        """Put what a cell says where it belongs; nothing for an empty one and one that cannot be read."""
        text = self.cells.get(column.header, "")
        group, _, part = column.path.partition(".")
        try:
            value = column.read(text, self) if text else None
        except (InvalidValueError, ValueError, ArithmeticError):
            self.left_open.append(column.header)
            return
        if value not in (None, ""):
            into = self._found.setdefault(group, {}) if part else self._found
            into[part or group] = value

    @property
    def people(self) -> list[Document]:
        """Return the person of the row's own columns, and the others."""
        person, others = self._found.get(_PERSON, {}), self._found.get("contacts", [])
        if person.keys() <= {"role", "tried"}:
            return [*others]
        name = next((person[key] for key in ("name", "email", "phone") if key in person), "Contact")
        return [{**person, "id": "c-1", "name": name}, *others]

    def _complete(self, place: str) -> None:
        """Add what goes without saying, and leave out what says too little or is over."""
        found, today = self._found, str(self.defaults.today)
        found.pop(_PERSON, None)
        if place == WON:
            found.setdefault("won", {}).setdefault("on", today)
        dropped = found.pop("drop", {})
        if place == Column.DROPPED:
            found["drop"] = self._drop(**dropped)
        called_on = found.get("callback", {}).get("on", today)
        usual = {"next_step": {"action": "next step"}, "nurture": {"since": today},
                 "callback": {"asked_on": min(called_on, today)}, "do_not_contact": {"by": self.by}}  # fmt: skip
        for group, needed in _NEEDED.items():
            if needed not in found.get(group, {}):
                found.pop(group, None)
            else:
                found[group] = usual.get(group, {}) | found[group]

    def _drop(self, at: str = "", reason: str = "", note: str = "") -> Document:
        known = reason if _REASON.fullmatch(reason) else drop_reason(reason).value
        return {
            "at": at or self.now.astimezone(UTC).isoformat(),
            "by": self.by,
            "reason": known or DropReason.OTHER.value,
            "note": note or ("" if known == reason else reason),
        }


_PERSON = "person"
_NEEDED = {
    "next_step": "on",
    "callback": "on",
    "nurture": "track",
    "do_not_contact": "at",
    "won": "on",
}
"""Parts of a record, and without which cell there is none."""


def _day(text: str, row: OwnRow) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        typed = fields.DATE.parse(text.strip(), row.defaults)
        assert isinstance(typed, date)
        return typed


def _moment(text: str, row: OwnRow) -> str:
    """Return a moment; the beginning of the day where there is but a day."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        at = datetime.combine(_day(text, row), time.min)
    return (at if at.tzinfo else at.replace(tzinfo=row.now.tzinfo)).isoformat()


def _money(text: str, row: OwnRow) -> Document | None:
    """Return an amount as it is stored; what a hand wrote is read as if it were typed."""
    named = row.cells.get("Currency", "").strip().upper()
    currency = named if CURRENCY.fullmatch(named) else row.defaults.currency
    if _NUMBER.fullmatch(text.strip()):
        return {"amount": text.strip(), "currency": currency}
    defaults = fields.TypingDefaults(currency, row.defaults.today)
    typed = fields.PLAIN_FIELDS["value"].read(text, defaults)
    return typed.as_json() if typed else None


def _share(text: str, row: OwnRow) -> str | None:
    if found := _SHARE.fullmatch(text.strip()):
        return f"{round(Decimal(found[1]) / (100 if found[2] else 1), 6).normalize():f}"
    typed = fields.PLAIN_FIELDS["probability"].read(text, row.defaults)
    return None if typed is None else str(typed)


def _place(text: str, _: OwnRow) -> str:
    word = fold(text.strip())
    return WON if word == fold(WON) else Column(word.replace(" ", "-")).value


def _tags(text: str, _: OwnRow) -> list[str]:
    found = _TAG.finditer(text)
    tags = (m[1].replace('""', '"') if m[1] is not None else m[2].strip() for m in found)
    return [tag for tag in tags if tag]


def _write_tags(tags: Iterable[str]) -> str:
    doubled = ((tag, tag.replace('"', '""')) for tag in tags)
    return ", ".join(f'"{two}"' if re.search('[,;"]', tag) else tag for tag, two in doubled)


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class _CellKind:
    """How a value is read from a cell as a document has it, and written into one."""

    read: Callable[[str, OwnRow], Any]
    write: Callable[[Any], Cell] = _same


def _word(choices: type[StrEnum], usual: StrEnum | None = None) -> _CellKind:
    """Return the kind of a word of ours; the usual one leaves the cell empty."""
    return _CellKind(
        lambda text, _: choices(text.strip().casefold()).value,
        lambda word: None if word is usual else str(word),
    )


_TEXT = _CellKind(lambda text, _: text)
_DAY = _CellKind(lambda text, row: str(_day(text, row)))
_MOMENT = _CellKind(_moment, lambda at: at.astimezone(UTC).isoformat())
_CLOCK = _CellKind(lambda text, _: str(time.fromisoformat(text.strip())), str)
_YES = _CellKind(lambda text, _: bool(_NO_YES.index(text.strip().casefold())), _NO_YES.__getitem__)
_AMOUNT = _CellKind(_money, lambda money: money.amount)
_OF_PLAIN = {
    fields.TEXT: _TEXT,
    fields.NAME: _TEXT,
    fields.DATE: _DAY,
    fields.MONEY: _AMOUNT,
    fields.SHARE: _CellKind(_share, fields.write_share),
    fields.TAGS: _CellKind(_tags, _write_tags),
}


def _kind_of(plain: fields.PlainField) -> _CellKind:
    """Return how a plain field stands in a cell; what is not said here is read as if it were typed."""

    def typed(text: str, row: OwnRow) -> Any:
        value = plain.read(text, row.defaults)
        return str(value) if isinstance(value, Decimal) else value

    is_number = plain.kind in fields.NUMBERS
    return _OF_PLAIN.get(plain.kind) or _CellKind(typed, _same if is_number else plain.write)


@dataclass(frozen=True, slots=True)
class _OwnColumn:
    """A column: what it writes of a prospect, and the place in the document for what is read."""

    header: str
    path: str
    write: Callable[[Prospect], Cell]
    read: Callable[[str, OwnRow], Any]


def _column(header: str, path: str, kind: _CellKind = _TEXT) -> _OwnColumn:
    """Return the column of a value in the record, as in ``next_step.on``."""
    group, _, part = path.partition(".")

    def write(prospect: Prospect) -> Cell:
        found = _PARTS[group](prospect) if group in _PARTS else getattr(prospect, group)
        value = getattr(found, part, None) if part else found
        return None if value in (None, "", ()) else kind.write(value)

    return _OwnColumn(header, path, write, kind.read)


def _records(column: RecordColumn, text: str, row: OwnRow) -> Any:
    return read_records(column, text, row.people)


def _won(prospect: Prospect) -> Won | None:
    """Return the sale, without its value where that is in another currency than the column has."""
    won = prospect.won
    if won and won.value and won.value.currency != _currency(prospect):
        return won.model_copy(update={"value": None})
    return won


def _currency(prospect: Prospect) -> str | None:
    money = prospect.value or (prospect.won and prospect.won.value)
    return money.currency if money else None


_PARTS: dict[str, Callable[[Prospect], Any]] = {
    "column": lambda p: WON if p.won else p.column.title,
    "currency": _currency,
    _PERSON: lambda p: next(iter(p.people), None),
    "drop": lambda p: p.drop if p.column is Column.DROPPED else None,  # not of one opened again
    "won": _won,
}
"""What a path begins with that is no field of the record."""

_COLUMNS = (
    _column(MARK, "id", _CellKind(lambda text, _: text.strip())),
    *(_column(plain.label, plain.name, _kind_of(plain)) for plain in fields.PLAIN_FIELDS.values()),
    _column("Currency", "currency", _CellKind(lambda *_: None)),
    _column("Column", "column", _CellKind(_place)),
    _column("Created", "created", _MOMENT),
    _column("Contact", "person.name"),
    _column("Job title", "person.title"),
    _column("Email", "person.email"),
    _column("Phone", "person.phone"),
    _column("Contact role", "person.role", _word(Role, Role.CONTACT)),
    _column("Contact note", "person.note"),
    _column("Contact tried", "person.tried", _YES),
    _column("Next step", "next_step.action"),
    _column("Next step on", "next_step.on", _DAY),
    _column("Next step agreed", "next_step.agreed", _YES),
    _column("Next step time", "next_step.time", _CLOCK),
    _column("Callback on", "callback.on", _DAY),
    _column("Callback time", "callback.time", _CLOCK),
    _column("Callback asked on", "callback.asked_on", _DAY),
    _column("Callback asked by them", "callback.asked_by_buyer", _YES),
    _column("Callback because", "callback.reason", _word(ReasonKind)),
    _column("What will have changed", "callback.change"),
    _column("They promised", "callback.commitment"),
    _column("Nurture track", "nurture.track", _word(Track)),
    _column("Nurture since", "nurture.since", _DAY),
    _column("Next contact in Nurture", "nurture.next_on", _DAY),
    _column("Dropped at", "drop.at", _MOMENT),
    _column("Lost reason", "drop.reason", _CellKind(lambda text, _: text, str)),
    _column("Lost note", "drop.note"),
    _column("Won on", "won.on", _DAY),
    _column("Won for", "won.value", _AMOUNT),
    _column("Do not contact since", "do_not_contact.at", _MOMENT),
    _column("Do not contact note", "do_not_contact.note"),
    _column("CRM id", "external_id"),
    _column("Times contacted", "times_contacted", _CellKind(lambda text, _: int(text), lambda n: n or None)),
    _column("All contacts known", "contact_history", _YES),
    *(_OwnColumn(one.header, one.field, partial(record_cell, one), partial(_records, one)) for one in COLUMNS),
)  # fmt: skip
