"""A prospect: everything on record about one possible sale, and nothing that is computed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError

from review_board.errors import InvalidValueError
from review_board.pipeline import records
from review_board.pipeline.company_names import with_company
from review_board.pipeline.limits import MOST_LOCATIONS, MOST_REVIEW_DAYS, MOST_TIMES
from review_board.pipeline.model import Model, first_fault
from review_board.pipeline.money import Money, Share, worth_words
from review_board.pipeline.old_fields import with_new_names
from review_board.pipeline.text import Line, Name
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Channel, Column, Outcome

_LEAVE_ALONE = Outcome.DO_NOT_CONTACT


class Prospect(Model):
    """One possible sale. ``hours`` are those of the next step, ``hours_spent`` those behind us.

    ``probability`` is 0 to 1; ``locations`` times ``value`` is the potential, and ``None`` says
    that nobody knows yet how many there are. ``rev`` is the number of the commit that last wrote
    the record, kept by the store. ``review_days`` is an interval of its own between two reviews.
    """

    id: records.Id
    rev: int = 0
    name: Name
    company: Line = ""
    column: Column = Column.ACTIVE
    owner: Line = ""
    created: records.Moment | None = None
    value: Money | None = None
    locations: Annotated[int, Field(ge=1, le=MOST_LOCATIONS)] | None = None
    probability: Share | None = None
    hours: records.Hours | None = None
    hours_spent: records.Hours | None = None
    close_date: records.Day | None = None
    contacts: tuple[records.Contact, ...] = ()
    touches: tuple[records.Touch, ...] = ()
    notes: tuple[records.NoteEntry, ...] = ()
    quotes: tuple[records.Quote, ...] = ()
    pushes: tuple[records.Push, ...] = ()
    callback: records.Callback | None = None
    earlier_callbacks: tuple[records.Callback, ...] = ()
    answers: dict[str, records.Answer] = Field(default_factory=dict)
    next_step: records.NextStep | None = None
    nurture: records.Nurture | None = None
    drop: records.Drop | None = None
    earlier_drops: tuple[records.Drop, ...] = ()
    do_not_contact: records.DoNotContact | None = None
    closed_channels: tuple[Channel, ...] = ()
    """How they asked not to be contacted, where another way is left: no calls, or no email."""
    rescue: records.Rescue | None = None
    won: records.Won | None = None
    reopenings: tuple[records.Reopening, ...] = ()
    verdicts: tuple[VerdictRecord, ...] = ()
    bets: tuple[records.Bet, ...] = ()
    snoozes: tuple[records.Snooze, ...] = ()
    review_days: Annotated[int, Field(ge=1, le=MOST_REVIEW_DAYS)] | None = None
    first_impression: records.FirstImpression | None = None
    tags: tuple[Line, ...] = ()
    source: Line = ""
    stage: Line = ""
    """How far the sale has come, in the words of the list that it came from."""
    external_id: Line = ""
    merged: tuple[records.Id, ...] = ()
    """The ids of the prospects that were merged into this one."""
    contact_history: bool = True
    """False where it came from a list that could not bring contacts: then silence proves nothing."""
    times_contacted: Annotated[int, Field(ge=0, le=MOST_TIMES)] = 0
    """How often they were contacted by the word of a list, which does not say when."""
    imports: tuple[records.Imported, ...] = ()
    """What each list said last from which it came."""

    @property
    def who(self) -> str:
        """Return the name and, where it does not say it, the company: ``Bearings (Acme Ltd)``."""
        return with_company(self.name, self.company)

    @property
    def potential(self) -> Money | None:
        """Return locations times value: one shop may stand for 120."""
        if self.value is None or not self.has_many_locations:
            return self.value
        return self.value.times(self.locations or 1)

    @property
    def worth_words(self) -> str:
        """Return ``$24k``, or ``$6k × 133 sites`` where the sites stand in the sum; "nothing" without a value."""
        return worth_words(self.value, self.locations) if self.value else "nothing"

    @property
    def has_many_locations(self) -> bool:
        """Return whether there is known to be more than one."""
        return self.locations is not None and self.locations > 1

    @property
    def callbacks(self) -> tuple[records.Callback, ...]:
        """Return every callback that is or was on record, the oldest first."""
        return (*self.earlier_callbacks, self.callback) if self.callback else self.earlier_callbacks

    @property
    def moved_later(self) -> tuple[records.Push, ...]:
        """Return the moves of the close date that put the sale off: a correction of it is none."""
        return tuple(push for push in self.pushes if not push.correction)

    @property
    def drops(self) -> tuple[records.Drop, ...]:
        """Return every drop on record, the oldest first."""
        return (*self.earlier_drops, self.drop) if self.drop else self.earlier_drops

    def may_use(self, channel: Channel) -> bool:
        """Return whether they may be contacted this way."""
        return self.do_not_contact is None and channel not in self.closed_channels

    @property
    def people(self) -> tuple[records.Contact, ...]:
        """Return the contacts who are still there: whom we may turn to."""
        return tuple(contact for contact in self.contacts if not contact.gone)

    def contact(self, contact_id: str | None) -> records.Contact | None:
        """Return the contact with this id, one who is gone too, or ``None``."""
        return next((c for c in self.contacts if c.id == contact_id), None)

    def with_changes(self, **fields: Any) -> Self:
        """Return a copy with other field values; they must be valid already."""
        return self.model_copy(update=fields)

    def weighted(self, probability: Decimal) -> Money | None:
        """Return value times probability; ``probability`` stands in where none is on record."""
        if self.value is None:
            return None
        share = self.probability if self.probability is not None else probability
        return self.value.times(share)


def from_document(document: Mapping[str, Any]) -> Prospect:
    """Return the prospect in a stored document; ``InvalidValueError`` names the first bad field."""
    try:
        return with_request(Prospect.model_validate(with_new_names(document)))
    except ValidationError as error:
        who = str(document.get("name") or document.get("id") or "a prospect")[:60]
        raise InvalidValueError(
            f"{who!r} cannot be read: {first_fault(error)}", "run review-board doctor"
        ) from error


def records_in(document: Mapping[str, Any] | None, field: str) -> Iterator[Mapping[str, Any]]:
    """Yield the records in one field of a stored document, which a hand may have spoilt."""
    found = (document or {}).get(field)
    yield from (r for r in found if isinstance(r, Mapping)) if isinstance(found, list) else ()


def is_gone(document: Mapping[str, Any], source: str = "") -> bool:
    """Return whether each list that told of a prospect has it no more, or that of one ``source``."""
    told = [one for one in records_in(document, "imports") if one.get("source")]
    told = [one for one in told if one["source"] == source] if source else told
    return bool(told) and all(one.get("gone") is True for one in told)


def with_request(prospect: Prospect) -> Prospect:
    """Return the prospect with its request to be left alone, where only a touch tells of one.

    A file or a program that writes touches need not know what we store beside such a touch.
    """
    if prospect.do_not_contact:
        return prospect
    for touch in prospect.touches:
        if touch.outcome is _LEAVE_ALONE:
            request = records.DoNotContact(at=touch.at, by=touch.by, note=touch.note)
            return prospect.with_changes(do_not_contact=request)
    return prospect


def to_document(prospect: Prospect) -> dict[str, Any]:
    """Return the prospect as JSON values, without what has its default."""
    return prospect.model_dump(mode="json", exclude_defaults=True)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a stored prospect."""
    return Prospect.model_json_schema(mode="serialization")
