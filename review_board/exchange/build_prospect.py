"""From the values of one row to a prospect."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from pydantic import ValidationError

from review_board.errors import InvalidValueError
from review_board.exchange import imported_values
from review_board.exchange.header_synonyms import CONTACT_DAYS
from review_board.exchange.header_words import field_words
from review_board.exchange.import_result import ImportContext
from review_board.exchange.listed_contacts import contact_days, listed_touches
from review_board.exchange.people import contacts_of
from review_board.exchange.read_rows import UnreadCell, Values
from review_board.exchange.row_place import TODAY, Fields, close_day, end_taken, place_fields
from review_board.pipeline.dates import full_day
from review_board.pipeline.fields import PLAIN_FIELDS, distinct_tags
from review_board.pipeline.model import first_fault
from review_board.pipeline.money import Money
from review_board.pipeline.person_text import Person
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import DAY_ALONE, NoteEntry
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.text import clean, fold
from review_board.pipeline.vocabulary import Column

ALSO_REACHED, ALSO_REACHED_BEFORE = "also reached at: ", "further addresses: "
"""How the note begins with a person's second numbers and addresses; so it began in earlier versions."""
NAMING = frozenset({"name", "company", "contact", "first_name", "last_name", "email", "phone"})
"""The columns that say who a row is about."""
_OWN_WORDS = {"open", *Column}
_LAST_ACTIVITY = "last activity in the CRM on"
_MYSELF = frozenset({"me", "myself"})
_NOTED = frozenset({"note", "next_step", "lost_reason", "last_activity", *CONTACT_DAYS})
_NOBODY = Person()
_AS_READ = PLAIN_FIELDS.keys() - {"name", "value", "close_date", "stage", "tags"}
"""The fields that a prospect has as their cells were read."""


@dataclass(slots=True)
class PlainRow:
    """What a row of a list says, before anything is made of it.

    ``source_id`` is its id in the words of its source (empty where the list has none),
    ``prospect_id`` the one it has here; ``values`` are its fields and days, ``meaning`` its state,
    ``people`` whom it names at the buyer's, ``unread`` the cells that say nothing to their field.
    It ``is_known`` where its state was told by a word that is known.
    """

    number: int
    source_id: str
    prospect_id: str
    values: Values
    meaning: StageMeaning
    people: tuple[Person, ...] = ()
    unread: tuple[UnreadCell, ...] = ()
    is_known: bool = True

    @property
    def person(self) -> Person:
        """Return the first of the people, or nobody."""
        return self.people[0] if self.people else _NOBODY


def build(plain: PlainRow, context: ImportContext) -> Prospect:
    """Return the prospect of a row; ``InvalidValueError`` names what cannot be.

    A CRM's "last activity" is ours or nobody's, so it becomes a note; the days of contacts become
    touches that say nothing of how they ended.
    """
    try:
        built: Prospect = Prospect.__pydantic_validator__.validate_python(_document(plain, context))
    except ValidationError as error:
        raise InvalidValueError(first_fault(error)) from error
    unread = frozenset(cell.field for cell in plain.unread)
    if _is_mine(plain.values):
        unread |= {"owner"}  # which names nobody, and so nobody else later
    # what the list says is told by the checked prospect, which is nobody else's yet: no copy of it
    built.imports[0].values.update(imported_values.values_told(built, context, unread))
    if built.won and end_taken(plain.values, plain.meaning, context)[1] == TODAY:
        built.imports[0].values.pop(imported_values.WON_ON, None)  # the list tells no such day
    if not plain.is_known:
        built.imports[0].values[imported_values.STATE] = imported_values.UNKNOWN_STATE
    if pipeline := plain.values.get(imported_values.PIPELINE):
        built.imports[0].values[imported_values.PIPELINE] = clean(pipeline)
    return built


def with_people_of(first: Prospect, again: Prospect) -> Prospect | None:
    """Return a prospect with the people and notes of another row of it; nothing where that says anything else."""
    alone: Fields = {"contacts": (), "notes": (), "imports": ()}
    if first.with_changes(**alone) != again.with_changes(**alone):
        return None
    contacts, notes = list(first.contacts), list(first.notes)
    known = {(fold(c.name), c.email.casefold(), c.phone) for c in contacts}
    for contact in again.contacts:
        if (fold(contact.name), contact.email.casefold(), contact.phone) not in known:
            number = f"{first.id}-c{len(contacts) + 1}"
            contacts.append(contact.model_copy(update={"id": number}))
    for note in again.notes:
        if note.text not in {old.text for old in first.notes}:
            notes.append(note.model_copy(update={"id": f"{first.id}-n{len(notes) + 1}"}))
    told = first.imports[0].model_copy(update={"people": tuple(contacts)})
    return first.with_changes(contacts=tuple(contacts), notes=tuple(notes), imports=(told,))


def title_of(row: Values, person: Person, context: ImportContext) -> str:
    """Return the name of the card: the deal's, else company and product or person, else its id."""
    company: str = row.get("company", "")
    if context.kind == "leads":
        second = person.name or row.get("name", "")
    elif "name" in row:
        return str(row["name"])
    else:
        second = row.get("product", "") if company else person.name
    if company and second and company != second:
        return f"{company} - {second}"
    return company or second or _title_without_words(row, person, context)


def _title_without_words(row: Values, person: Person, context: ImportContext) -> str:
    """Return how to reach them, or the id where the list names nobody but says something of the deal.

    Where no column names anybody it is where it came from, and when.
    """
    if reach := next(iter((*person.emails, *person.phones)), ""):
        return reach
    if "id" not in row:
        if context.fields & NAMING or not (row.get("source") or row.get("created")):
            raise InvalidValueError("it has no name, company, person or id")
        created = str(row["created"].day) if "created" in row else ""
        return " ".join(filter(None, (row.get("source", ""), created)))
    if "name" in context.fields or row.keys() == {"id"}:
        raise InvalidValueError("it has no name")
    return f"{'lead' if context.kind == 'leads' else 'opportunity'} {row['id']}"


def _document(plain: PlainRow, context: ImportContext) -> Fields:
    row, meaning = plain.values, plain.meaning
    if _is_mine(row):
        row = row | {"owner": context.by}
    value = _value(row, meaning, context)
    step = _next_step(row) if meaning is StageMeaning.OPEN else None
    contacts = contacts_of(row, plain.people, plain.prospect_id)
    known_as = clean(row.get("id", ""))
    made: Fields = {
        "created": row["created"].moment(context.zone) if "created" in row else None,
        "value": value,
        "close_date": close_day(row, meaning),
        "contacts": contacts,
        "notes": _notes(plain, step, context),
        "next_step": step,
        "tags": _tags(row),
        "stage": _stage(row.get("stage") or row.get("status", "")),
        "external_id": known_as,
        "touches": listed_touches(row, plain.prospect_id, context),
        "times_contacted": row.get("times_contacted"),
    }
    fields: Fields = {name: said for name, said in row.items() if name in _AS_READ}
    # what is left out has its usual value: less to check, and less memory for each prospect
    fields.update([one for one in made.items() if one[1]])
    fields["id"] = plain.prospect_id
    fields["name"] = title_of(row, plain.person, context)
    said: Fields = {"source": context.source, "external_id": known_as, "at": context.now}
    said["id"] = imported_values.import_id(context.source, known_as or plain.prospect_id)
    fields["imports"] = ({**said, "people": contacts},)
    fields["contact_history"] = False  # a table has no column that says who called whom
    fields.update(place_fields(row, meaning, value, context))
    return fields


def _is_mine(row: Values) -> bool:
    """Return whether the owner is "Me", as in a list that somebody keeps alone: who takes it in."""
    return fold(row.get("owner", "")) in _MYSELF


def _value(row: Values, meaning: StageMeaning, context: ImportContext) -> Money | None:
    """Return the value; nought of a lost deal is what a CRM writes when nobody knows."""
    if "value" not in row or (meaning is StageMeaning.LOST and not row["value"][0]):
        return None
    amount, named = row["value"]
    return _money_of(amount, row.get("currency") or named or context.currency)


@lru_cache(maxsize=4096)
def _money_of(amount: Decimal, currency: str) -> Money:
    return Money(amount=amount, currency=currency)


def has_step_without_day(row: Values) -> bool:
    """Return whether a row names a next step, and no day for it."""
    return "next_step" in row and "next_activity" not in row


def _next_step(row: Values) -> Fields | None:
    """Return what is planned, when it has a day; without one it becomes a note."""
    if "next_activity" not in row:
        return None
    action = clean(row.get("next_step", "")) or DAY_ALONE
    return {"action": action, "on": row["next_activity"].day}


def _notes(plain: PlainRow, step: Fields | None, context: ImportContext) -> list[Fields]:
    """Return as notes what has no field of its own: it counts as no contact."""
    further = [x for person in plain.people for x in (*person.emails[1:], *person.phones[1:])]
    if not (further or plain.unread) and _NOTED.isdisjoint(plain.values):
        return []
    now = context.now
    texts = _texts(plain, step, context)
    if further:
        texts.append((f"{ALSO_REACHED}{', '.join(further)}", now))
    if plain.unread:
        cells = "; ".join(f"{cell.header}: {cell.text[:200]}" for cell in plain.unread)
        texts.append((f"in the list, and not understood: {cells}", now))
    return [
        {"id": f"{plain.prospect_id}-n{i}", "at": at, "by": context.by, "text": text}
        for i, (text, at) in enumerate(texts, 1)
    ]


def _texts(
    plain: PlainRow, step: Fields | None, context: ImportContext
) -> list[tuple[str, datetime]]:
    row, now = plain.values, context.now
    texts = [(text, now) for text in row.get("note", ())]
    if "next_step" in row and step is None:
        texts.append((f"next step in the CRM: {row['next_step']}", now))
    if "lost_reason" in row and plain.meaning is not StageMeaning.LOST:
        texts.append((f"lost reason in the CRM: {row['lost_reason']}", now))
    texts += [
        (f"still to come, says the list: {field_words(field).removesuffix(' that day')}, {when.day}", now)
        for field in CONTACT_DAYS
        for when in row.get(field, ())
        if when.day > context.today
    ]  # fmt: skip
    if last_activity_alone(row):
        activity = row["last_activity"]
        words = f"{_LAST_ACTIVITY} {full_day(activity.day)}; it does not say by whom"
        texts.append((words, activity.moment(context.zone)))
    return texts


def tells_last_activity(note: NoteEntry) -> bool:
    """Return whether a note is that of a column with the day of the last activity."""
    return note.text.startswith(_LAST_ACTIVITY)


def last_activity_alone(row: Values) -> bool:
    """Return whether a row tells of a last activity on a day of which no contact is told."""
    activity = row.get("last_activity")
    return activity is not None and activity.day not in contact_days(row)


def _tags(row: Values) -> tuple[str, ...]:
    tags = [tag for cell in row.get("tags", ()) for tag in cell]
    tags.append(row.get("product", ""))
    return _distinct(tuple(tags))


_distinct = lru_cache(maxsize=4096)(distinct_tags)


@lru_cache(maxsize=4096)
def _stage(stage: str) -> str:
    """Return the stage in the list's words; nothing where it only repeats one of our columns."""
    return "" if stage.casefold() in _OWN_WORDS else clean(stage)
