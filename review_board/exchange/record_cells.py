"""The records of a prospect in a cell of our own table: a line each, its parts set apart by semicolons.

People, contacts made, notes, quotes, put-offs and answers so come back from a table. Ids are made anew.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from review_board.exchange.delimited import cells_of_any_length
from review_board.pipeline import records
from review_board.pipeline.model import Model
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column with all records of one field, and their parts in order."""

    header: str
    field: str
    model: type[Model]
    parts: tuple[str, ...]


PEOPLE = RecordColumn(
    "Other people",
    "contacts",
    records.Contact,
    ("name", "title", "email", "phone", "role", "note", "tried", "gone"),
)
_ANSWERS = RecordColumn("Answers", "answers", records.Answer, ("key", "state", "on", "by", "text"))
COLUMNS = (
    PEOPLE,
    RecordColumn(
        "Contacts made",
        "touches",
        records.Touch,
        ("at", "outcome", "channel", "direction", "by", "note", "contact", "reason", "signal", "from_list"),
    ),
    RecordColumn("Notes", "notes", records.NoteEntry, ("at", "by", "text")),
    RecordColumn("Quotes", "quotes", records.Quote, ("sent_on", "amount", "state", "decided_on")),
    RecordColumn(
        "Put off", "pushes", records.Push, ("at", "from_day", "to_day", "reason", "by", "correction")
    ),
    _ANSWERS,
)  # fmt: skip
_LEFT_OUT = {
    "verdicts": "verdicts",
    "bets": "bets",
    "snoozes": "what was put off “not this week”",
    "rescue": "last attempts",
    "earlier_callbacks": "earlier callbacks",
    "earlier_drops": "earlier drops",
    "drop": "earlier drops",
    "reopenings": "reopened wins",
    "first_impression": "how first calls felt",
    "merged": "merged cards",
    "imports": "what lists said",
}
"""Fields of the record that no column has; ``drop`` of a card that is not dropped any more."""


def fields_left_out(prospects: Sequence[Prospect]) -> list[str]:
    """Name what of these prospects stands in no column."""
    kept = {p.id for p in prospects if p.column is Column.DROPPED}
    found = (
        words
        for name, words in _LEFT_OUT.items()
        if any(getattr(p, name) and not (name == "drop" and p.id in kept) for p in prospects)
    )
    return [*dict.fromkeys(found)]


def record_cell(column: RecordColumn, prospect: Prospect) -> str | None:
    """Return the records of a prospect in a cell; of its people all but the first who is there."""
    people = _in_order(prospect)
    names = dict(zip((one.id for one in people), _labels(one.name for one in people), strict=True))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    for key, record in _records_of(column, prospect):
        found = record.model_dump(mode="json", exclude_defaults=True)
        if isinstance(record, records.Quote):
            found["amount"] = f"{record.amount.amount} {record.amount.currency}"
        if "contact" in found:
            found["contact"] = names.get(found["contact"])
        cells = [key if part == "key" else _text(found.get(part)) for part in column.parts]
        while cells and not cells[-1]:
            cells.pop()
        writer.writerow(cells)
    return out.getvalue().removesuffix("\n") or None


def _records_of(column: RecordColumn, prospect: Prospect) -> Iterator[tuple[str, Model]]:
    found = getattr(prospect, column.field)
    if column is PEOPLE:
        found = _in_order(prospect)[1:] if prospect.people else found
    yield from found.items() if isinstance(found, Mapping) else (("", one) for one in found)


def _in_order(prospect: Prospect) -> list[records.Contact]:
    """Return the people as the columns have them: the first who is there has columns of their own."""
    first = next(iter(prospect.people), None)
    return sorted(prospect.contacts, key=lambda contact: contact is not first)


def _labels(names: Iterable[str]) -> Iterator[str]:
    """Yield what each person is called in other cells: the second of a name is ``Mia Brandt (2)``."""
    taken: set[str] = set()
    for name in names:
        numbered = (f"{name} ({number})" for number in count(2))
        label = next(one for one in chain([name], numbered) if one not in taken)
        taken.add(label)
        yield label


def _text(value: object) -> str:
    return "" if value in (None, False) else "yes" if value is True else str(value)


def read_records(column: RecordColumn, text: str, people: Sequence[Document] = ()) -> Any:
    """Return the records in a cell as a document has them; ``ValueError`` where one cannot be read."""
    labels = _labels(person["name"] for person in people)
    ids = dict(zip(labels, (person["id"] for person in people), strict=True))
    found: list[Document] = []
    with cells_of_any_length(text):
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    for number, cells in enumerate(rows, 1):
        if not any(cells):
            continue
        record: Document = {
            part: cell == "yes" if part in _FLAGS else cell
            for part, cell in zip(column.parts, cells, strict=False)
            if cell
        }
        if amount := record.get("amount"):
            number_text, _, currency = amount.partition(" ")
            record["amount"] = {"amount": number_text, "currency": currency}
        if "contact" in record:
            record["contact"] = ids.get(record["contact"])
        key = record.pop("key", "")
        if column is not _ANSWERS:
            record["id"] = f"{column.field[0]}-{number + (column is PEOPLE)}"
        made = column.model.model_validate(record)
        found.append({"key": key, "record": made.model_dump(mode="json", exclude_defaults=True)})
    if column is _ANSWERS:
        return {one["key"]: one["record"] for one in found}
    return [one["record"] for one in found]


_FLAGS = {"tried", "gone", "from_list", "correction"}
