"""Our own list as a table: out to a spreadsheet, and in again without a loss.

It holds the plain fields, where a prospect stands and why, its people, contacts, notes, quotes and
answers; what was decided in reviews is in the JSON alone. The header of its first column marks it as ours: then every text is taken to the letter,
which a list of unknown origin never is.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from review_board.errors import InvalidValueError
from review_board.exchange.cell_readers import unguarded
from review_board.exchange.delimited import DELIMITERS, lines_of
from review_board.exchange.list_table import NumberedRow
from review_board.exchange.lost_reasons import drop_reason
from review_board.exchange.record_cells import COLUMNS, PEOPLE, read_records, record_cell
from review_board.exchange.tables_out import Cell
from review_board.pipeline import fields
from review_board.pipeline.money import CURRENCY, Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column, DropReason, ReasonKind, Role, Track

T = TypeVar("T")
Document = dict[str, Any]

MARK = "review_board id"
"""The header of the first column, by which the list is known."""
WON = "Won"
_NO_YES = ("no", "yes")

_NUMBER = re.compile(r"\d{1,16}(?:\.\d{1,2}|\.\d{4})?", re.ASCII)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,17})?)\s*(%?)", re.ASCII)
_REASON = re.compile("[a-z][a-z0-9-]{0,39}")
_TAG = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;]*))\s*(?:[,;]|$)')
_LONGEST_HEADER = 10_000


# Out


def own_headers() -> list[str]:
    """Return the names of the columns."""
    return [header for header, _ in _COLUMNS]


def own_rows(prospects: Iterable[Prospect]) -> Iterator[list[Cell]]:
    """Yield a row for each prospect."""
    for prospect in prospects:
        yield [cell(prospect) for _, cell in _COLUMNS]


def _plain_cell(plain: fields.PlainField) -> Callable[[Prospect], Cell]:
    def cell(prospect: Prospect) -> Cell:
        value = getattr(prospect, plain.name)
        if value == plain.kind.empty:
            return None
        if plain.kind is fields.SHARE:
            return fields.write_share(value)
        if plain.kind is fields.CHANNELS:
            return plain.write(value)
        if plain.kind is fields.TAGS:
            return ", ".join(map(_written_tag, value))
        made: Cell = value.amount if isinstance(value, Money) else value
        return made

    return cell


def _written_tag(tag: str) -> str:
    return '"' + tag.replace('"', '""') + '"' if re.search('[,;"]', tag) else tag


def _currency(prospect: Prospect) -> Cell:
    money = prospect.value or (prospect.won and prospect.won.value)
    return money.currency if money else None


def _won_for(prospect: Prospect) -> Cell:
    won = prospect.won.value if prospect.won else None
    return won.amount if won and won.currency == _currency(prospect) else None


def _agreed(prospect: Prospect) -> Cell:
    """Return ``yes`` where they agreed to the next step, ``no`` for our own plan."""
    agreed = prospect.next_step.agreed if prospect.next_step else None
    return None if agreed is None else _NO_YES[agreed]


def _drop(prospect: Prospect) -> Drop | None:
    """Return why it is Dropped; one that was opened again is not."""
    return prospect.drop if prospect.column is Column.DROPPED else None


def _of_person(name: str) -> Callable[[Prospect], Cell]:
    return lambda prospect: getattr(next(iter(prospect.people), None), name, None)


def _role(prospect: Prospect) -> Cell:
    role = next((one.role for one in prospect.people), Role.CONTACT)
    return None if role is Role.CONTACT else str(role)


def _step_time(prospect: Prospect) -> Cell:
    clock = prospect.next_step.time if prospect.next_step else None
    return str(clock) if clock else None


_CALLBACK = {
    "Callback on": "on",
    "Callback time": "time",
    "Callback asked on": "asked_on",
    "Callback asked by them": "asked_by_buyer",
    "Callback because": "reason",
    "What will have changed": "change",
    "They promised": "commitment",
}
"""The columns of the callback, and its parts."""


def _of_callback(name: str) -> Callable[[Prospect], Cell]:
    def cell(prospect: Prospect) -> Cell:
        value = getattr(prospect.callback, name, None)
        if isinstance(value, bool):
            return _NO_YES[value]
        return value if isinstance(value, date) or not value else str(value)

    return cell


_COLUMNS: tuple[tuple[str, Callable[[Prospect], Cell]], ...] = (
    (MARK, lambda p: p.id),
    *((plain.label, _plain_cell(plain)) for plain in fields.PLAIN_FIELDS.values()),
    ("Currency", _currency),
    ("Column", lambda p: WON if p.won else p.column.title),
    ("Created", lambda p: p.created.astimezone(UTC).isoformat() if p.created else None),
    ("Contact", _of_person("name")),
    ("Job title", _of_person("title")),
    ("Email", _of_person("email")),
    ("Phone", _of_person("phone")),
    ("Contact role", _role),
    ("Contact note", _of_person("note")),
    ("Next step", lambda p: p.next_step.action if p.next_step else None),
    ("Next step on", lambda p: p.next_step.on if p.next_step else None),
    ("Next step agreed", _agreed),
    ("Next step time", _step_time),
    *((header, _of_callback(name)) for header, name in _CALLBACK.items()),
    ("Nurture track", lambda p: p.nurture.track if p.nurture else None),
    ("Nurture since", lambda p: p.nurture.since if p.nurture else None),
    ("Next nurture touch", lambda p: p.nurture.next_on if p.nurture else None),
    ("Dropped at", lambda p: drop.at.astimezone(UTC).isoformat() if (drop := _drop(p)) else None),
    ("Lost reason", lambda p: str(drop.reason) if (drop := _drop(p)) else None),
    ("Lost note", lambda p: drop.note if (drop := _drop(p)) else None),
    ("Won on", lambda p: p.won.on if p.won else None),
    ("Won for", _won_for),
    (
        "Do not contact since",
        lambda p: p.do_not_contact.at.astimezone(UTC).isoformat() if p.do_not_contact else None,
    ),
    ("Do not contact note", lambda p: p.do_not_contact.note if p.do_not_contact else None),
    ("CRM id", lambda p: p.external_id or None),
    ("Times contacted", lambda p: p.times_contacted or None),
    ("All contacts known", lambda p: _NO_YES[p.contact_history]),
    *((one.header, partial(record_cell, one)) for one in COLUMNS),
)


# In


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

    def take(self, header: str, read: Callable[[str], T]) -> T | None:
        """Return what a cell says, or ``None`` for an empty one and one that cannot be read."""
        text = self.cells.get(header, "")
        if not text:
            return None
        try:
            return read(text)
        except (InvalidValueError, ValueError, ArithmeticError):
            self.left_open.append(header)
            return None

    def day(self, header: str) -> str | None:
        """Return the day in a cell, as a document has it."""
        return self.take(header, lambda text: str(_day(text, self.defaults)))

    def moment(self, header: str) -> str | None:
        """Return the moment in a cell; the beginning of the day where there is but a day."""
        return self.take(header, lambda text: _moment(text, self))

    def document(self) -> Document:
        """Return the stored form of what the row says."""
        plain = {
            name: self.take(plain.label, lambda text, plain=plain: _read(plain, text, self))  # type: ignore[misc]
            for name, plain in fields.PLAIN_FIELDS.items()
        }
        place = self.take("Column", _column) or Column.ACTIVE.value
        return _filled(
            {
                "id": self.cells.get(MARK, "").strip(),
                **plain,
                "column": place if place != WON else None,
                "created": self.moment("Created"),
                **self._places(),
                "won": self._won() if place == WON or self.cells.get("Won on") else None,
                "drop": self._drop() if place == Column.DROPPED else None,
                "external_id": self.cells.get("CRM id"),
                "times_contacted": self.take("Times contacted", int),
                **self._records(),
            }
        ) | {"contact_history": self._is_yes("All contacts known")}

    def _is_yes(self, header: str) -> bool:
        return self.cells.get(header, "").strip().casefold() == _NO_YES[True]

    def _records(self) -> Document:
        """Return the people and what else has a line each in a cell."""
        people: list[Document] = [*self._first_person()]
        people += self.take(PEOPLE.header, partial(read_records, PEOPLE)) or []
        found = {
            one.field: self.take(one.header, partial(read_records, one, people=people))
            for one in COLUMNS
            if one is not PEOPLE
        }
        return {"contacts": people or None, **found}

    def _first_person(self) -> Iterator[Document]:
        names = {"name": "Contact", "title": "Job title", "email": "Email", "phone": "Phone"}
        names |= {"note": "Contact note"}
        person = _filled({name: self.cells.get(header) for name, header in names.items()})
        role = self.take("Contact role", lambda text: Role(text.strip().casefold()).value)
        if person:
            name = person.get("name") or person.get("email") or person.get("phone") or "Contact"
            yield _filled({**person, "id": "c-1", "name": name, "role": role})

    def _places(self) -> Document:
        """Return what is planned, and the request to be left alone."""
        step_on, call_on = self.day("Next step on"), self.day("Callback on")
        track = self.take("Nurture track", lambda text: Track(text.strip().casefold()))
        today = str(self.defaults.today)
        asked = self.moment("Do not contact since")
        return {
            "next_step": step_on
            and {
                "action": self.cells.get("Next step") or "next step",
                "on": step_on,
                "agreed": self.take(
                    "Next step agreed", lambda text: bool(_NO_YES.index(text.strip().casefold()))
                ),
                **self._time("Next step time"),
            },
            "callback": call_on and self._callback(call_on, min(call_on, today)),
            "nurture": track
            and _filled(
                {
                    "track": track,
                    "since": self.day("Nurture since") or today,
                    "next_on": self.day("Next nurture touch"),
                }
            ),
            "do_not_contact": asked
            and _filled(
                {"at": asked, "by": self.by, "note": self.cells.get("Do not contact note")}
            ),
        }

    def _callback(self, on: str, asked_on: str) -> Document:
        """Return the call that was agreed, with who asked for it and why."""
        texts = {"change": "What will have changed", "commitment": "They promised"}
        reason = self.take("Callback because", lambda text: ReasonKind(text.strip().casefold()))
        found = {
            "on": on,
            "asked_on": self.day("Callback asked on") or asked_on,
            "asked_by_buyer": self._is_yes("Callback asked by them"),
            "reason": reason,
            **{name: self.cells.get(header) for name, header in texts.items()},
        }
        return _filled(found) | self._time("Callback time")

    def _time(self, header: str) -> Document:
        found = self.take(header, lambda text: str(time.fromisoformat(text.strip())))
        return {"time": found} if found else {}

    def _won(self) -> Document:
        value = self.take("Won for", lambda text: _money(text, self))
        return _filled({"on": self.day("Won on") or str(self.defaults.today), "value": value})

    def _drop(self) -> Document:
        words, note = self.cells.get("Lost reason", ""), self.cells.get("Lost note", "")
        reason = words if _REASON.fullmatch(words) else drop_reason(words).value
        return {
            "at": self.moment("Dropped at") or self.now.astimezone(UTC).isoformat(),
            "by": self.by,
            "reason": reason or DropReason.OTHER.value,
            "note": note or ("" if reason == words else words),
        }


def _filled(found: Document) -> Document:
    return {name: value for name, value in found.items() if value not in (None, "")}


def _column(text: str) -> str:
    word = fold(text.strip())
    if word == fold(WON):
        return WON
    return Column(word.replace(" ", "-")).value


def _day(text: str, defaults: fields.TypingDefaults) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        typed = fields.DATE.parse(text.strip(), defaults)
        assert isinstance(typed, date)
        return typed


def _moment(text: str, row: OwnRow) -> str:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        at = datetime.combine(_day(text, row.defaults), datetime.min.time())
    return (at if at.tzinfo else at.replace(tzinfo=row.now.tzinfo)).isoformat()


def _money(text: str, row: OwnRow) -> Document | None:
    """Return an amount as it is stored; what a hand wrote is read as if it were typed."""
    named = row.cells.get("Currency", "").strip().upper()
    currency = named if CURRENCY.fullmatch(named) else row.defaults.currency
    if _NUMBER.fullmatch(text.strip()):
        return {"amount": text.strip(), "currency": currency}
    typed = fields.PLAIN_FIELDS["value"].read(
        text, fields.TypingDefaults(currency, row.defaults.today)
    )
    return typed.as_json() if typed else None


def _read(plain: fields.PlainField, text: str, row: OwnRow) -> Any:
    """Return a value as a document has it: a text to the letter, all else as if it were typed."""
    if plain.kind in (fields.TEXT, fields.NAME):
        return text
    if plain.kind is fields.TAGS:
        return _read_tags(text)
    if plain.kind is fields.CHANNELS:
        return list(plain.read(text, row.defaults))
    if plain.name == "value":
        return _money(text, row)
    if plain.name == "close_date":
        return str(_day(text, row.defaults))
    if plain.kind is fields.SHARE and (found := _SHARE.fullmatch(text.strip())):
        return f"{round(Decimal(found[1]) / (100 if found[2] else 1), 6).normalize():f}"
    value = plain.read(text, row.defaults)
    return value if value is None or isinstance(value, int) else str(value)


def _read_tags(text: str) -> list[str]:
    found = _TAG.finditer(text)
    tags = (m[1].replace('""', '"') if m[1] is not None else m[2].strip() for m in found)
    return [tag for tag in tags if tag]
