"""What was decided and corrected here, as lists that a CRM imports: stage, lost reason, next step, amount, people.

Each row names its deal by the id that the CRM gave it, so only what came from there is in the list: the
id of one CRM would change somebody else's deal in another. Stages are said in the words of the CRM, as
far as its lists told them; an empty cell changes nothing there. Amount, owner and people are given only
where they are otherwise than the CRM's list said last: what it has by now is not put back.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from operator import attrgetter

from review_board.exchange.cell_readers import is_risky
from review_board.exchange.contact_cards import name_parts
from review_board.exchange.header_words import word_set
from review_board.exchange.imported_values import (
    FIELDS,
    PIPELINE,
    STATE,
    WON,
    kept_first,
    state_of,
)
from review_board.exchange.list_kinds import ORIGINS
from review_board.exchange.tables_out import Cell
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, Imported
from review_board.pipeline.stages import StageMeaning, stage_meaning
from review_board.pipeline.vocabulary import Column

_NEXT_STEP_LIMIT = 255
"""Characters that Salesforce keeps of a next step."""
_ENDS = {StageMeaning.WON, StageMeaning.LOST, StageMeaning.CLOSED}
_SALESFORCE_USER = re.compile(r"005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_SIGNS = re.compile(r"[-./()]+")
_LOST = Column.DROPPED.value
_BY_NAME = {WON: "Closed Won", _LOST: "Closed Lost"}
_BY_KEY = {WON: "closedwon", _LOST: "closedlost"}
"""What HubSpot and Salesforce call the ends, by their names and by the keys that HubSpot has for them."""
_KEYS = word_set(
    "appointmentscheduled qualifiedtobuy presentationscheduled decisionmakerboughtin contractsent "
    "closedwon closedlost"
)


@dataclass(frozen=True, slots=True)
class CrmDeal:
    """A prospect by the id of a CRM, what its list ``said`` last, and a ``person`` that was corrected here.

    Moments become days in the ``zone``; ``merged_here`` are further deals of the list that are this card,
    ``ends`` what the CRM calls the stages of deals won and lost.
    """

    prospect: Prospect
    id: str
    zone: tzinfo
    said: Imported | None = None
    person: Contact | None = None
    merged_here: tuple[Imported, ...] = ()
    ends: Mapping[str, str] = field(default_factory=dict)

    def there(self, field: str) -> str:
        """Return what the list said of a field."""
        return self.said.values.get(field, "") if self.said else ""

    def is_corrected(self, field: str) -> bool:
        """Return whether a field is otherwise here than the list said last."""
        return self.said is not None and FIELDS[field].read(self.prospect) != self.there(field)

    @property
    def origin(self) -> str:
        """Return the program that the list is of: ``HubSpot 2`` is a second one of HubSpot."""
        source = self.said.source if self.said else ""
        name, _, number = source.rpartition(" ")
        return name if name and number.isdecimal() else source


@dataclass(frozen=True, slots=True)
class CrmForm:
    """The CRM, and the headers that it knows, each with what stands under it."""

    origin: str
    columns: Mapping[str, Callable[[CrmDeal], Cell]]

    def deals(self, prospects: Iterable[Prospect], zone: tzinfo) -> list[CrmDeal]:
        """Return the deals of the CRM; of several that were merged here, that of the card that was kept.

        Where no list was known to be of it, those of programs that are not known either are taken.
        """
        known = [deal for prospect in prospects for deal in _deals_of(prospect, zone)]
        of_it = [deal for deal in known if deal.origin == self.origin]
        return of_it or [deal for deal in known if deal.origin not in ORIGINS]

    def rows(self, deals: Sequence[CrmDeal]) -> list[list[Cell]]:
        """Return a row for each deal, and one more for each further person who was corrected."""
        ends = _end_words(deals)
        rows = [replace(row, ends=ends) for deal in deals for row in _with_people(deal)]
        return [[_safe(cell(row)) for cell in self.columns.values()] for row in rows]


def _deals_of(prospect: Prospect, zone: tzinfo) -> list[CrmDeal]:
    """Return one deal for each list with ids of its own; an id alone, of an older file, is of any list.

    One card must not overwrite two deals: the others that the list had are ``merged_here``.
    """
    of_source: dict[str, list[Imported]] = {}
    for said in kept_first(prospect):
        if said.external_id:
            of_source.setdefault(said.source, []).append(said)
    found = [
        CrmDeal(prospect, said.external_id, zone, said, merged_here=tuple(others))
        for said, *others in of_source.values()
    ]
    alone = [CrmDeal(prospect, prospect.external_id, zone)] if prospect.external_id else []
    return found or alone


def to_close(deals: Iterable[CrmDeal]) -> list[str]:
    """Return the deals that the CRM still has beside that of a card into which they were merged here."""
    return [
        f"{other.external_id} {other.values.get('name', '')}".strip()
        + f" (into {deal.id} {deal.prospect.name})"
        for deal in deals
        for other in deal.merged_here
    ]


def _end_words(deals: Sequence[CrmDeal]) -> dict[str, str]:
    """Return what the CRM calls the ends: as it did most often, else as usual."""
    words = dict(_BY_KEY if any(deal.there("stage") in _KEYS for deal in deals) else _BY_NAME)
    for state, meaning in ((WON, StageMeaning.WON), (_LOST, StageMeaning.LOST)):
        stages = (deal.there("stage") for deal in deals if deal.there(STATE) == state)
        found = Counter(stage for stage in stages if stage_meaning(stage) is meaning)
        words |= {state: found.most_common(1)[0][0]} if found else {}
    return words


def _safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: what it would run stays as the CRM has it."""
    return "" if isinstance(cell, str) and is_risky(cell) else cell


def _is_lost(prospect: Prospect) -> bool:
    return state_of(prospect) == _LOST


def _stage(deal: CrmDeal) -> Cell:
    """Return the stage in the words of the CRM; one reopened here has none that we know."""
    stage, state, there = deal.prospect.stage, state_of(deal.prospect), deal.there("stage")
    if state in deal.ends:
        return there if there and state == deal.there(STATE) else deal.ends[state]
    return "" if stage_meaning(stage) in _ENDS else stage


def _reason(deal: CrmDeal) -> str:
    drop = deal.prospect.drop if _is_lost(deal.prospect) else None
    return str(drop.reason).replace("-", " ").capitalize() if drop else ""


def _reason_and_note(deal: CrmDeal) -> Cell:
    reason, drop = _reason(deal), deal.prospect.drop
    return ": ".join(filter(None, (reason, drop.note if reason and drop else "")))


def _end(deal: CrmDeal) -> Cell:
    """Return the day on which it was won or lost; the day expected for an open one."""
    prospect = deal.prospect
    if prospect.won:
        return prospect.won.on
    if _is_lost(prospect) and prospect.drop:
        return prospect.drop.at.astimezone(deal.zone).date()
    return prospect.close_date


def _planned(deal: CrmDeal) -> tuple[str, date | None]:
    """Return what is planned, and when: the callback, the touch of a nurture track, the next step."""
    prospect = deal.prospect
    if prospect.won or _is_lost(prospect):
        return "", None
    if prospect.callback and prospect.column is Column.CALLBACK:
        words = prospect.callback.commitment or prospect.callback.change
        return f"Call back{f': {words}' if words else ''}", prospect.callback.on
    if prospect.nurture and prospect.column is Column.NURTURE:
        return f"Nurture: {prospect.nurture.track.replace('-', ' ')}", prospect.nurture.next_on
    step = prospect.next_step
    return (step.named, step.on) if step else ("", None)


def _step(deal: CrmDeal) -> Cell:
    words, day = _planned(deal)
    line = " ".join(words.split())
    return " ".join(filter(None, (str(day or ""), line)))[:_NEXT_STEP_LIMIT]


def _amount(deal: CrmDeal) -> Cell:
    """Return the value where it was corrected, in the currency in which the list had it."""
    value, there = deal.prospect.value, deal.there("value").rpartition(" ")[2]
    if value is None or not deal.is_corrected("value") or there not in {"", value.currency}:
        return None
    return value.amount


def _owner(deal: CrmDeal) -> Cell:
    return deal.prospect.owner if deal.is_corrected("owner") else None


def _owner_id(deal: CrmDeal) -> Cell:
    """Return the owner where the list named owners by their ids: Salesforce takes no names."""
    owner = _owner(deal)
    return owner if isinstance(owner, str) and _SALESFORCE_USER.fullmatch(owner) else None


def _with_people(deal: CrmDeal) -> list[CrmDeal]:
    """Return the deal with each person who was corrected, or whom the list had not; else alone."""
    told = attrgetter("name", "title", "email", "phone")
    there = {told(person) for person in deal.said.people} if deal.said else set()
    people = deal.prospect.people if deal.said else ()
    return [replace(deal, person=one) for one in people if told(one) not in there] or [deal]


def _of_person(name: str) -> Callable[[CrmDeal], Cell]:
    return lambda deal: getattr(deal.person, name) if deal.person else None


def _phone(deal: CrmDeal) -> Cell:
    """Return the number with blanks for other signs, where a spreadsheet would reckon with these."""
    phone = deal.person.phone if deal.person else ""
    return _SIGNS.sub(" ", phone) if is_risky(phone) else phone


def _part_of_name(place: int) -> Callable[[CrmDeal], Cell]:
    return lambda deal: name_parts(deal.person.name)[place] if deal.person else None


def _any_person(deal: CrmDeal) -> Cell:
    people = [deal.person] if deal.person else deal.prospect.people
    return next((person.name for person in people), "")


_MEANT: Mapping[str, Callable[[CrmDeal], Cell]] = {
    "id": attrgetter("id"),
    "name": attrgetter("prospect.name"),
    "company": attrgetter("prospect.company"),
    "person": _any_person,
    "given name": _part_of_name(1),
    "family name": _part_of_name(2),
    "email": _of_person("email"),
    "phone": _phone,
    "job title": _of_person("title"),
    "amount": _amount,
    "owner": _owner,
    "owner id": _owner_id,
    "stage": _stage,
    "pipeline": lambda deal: deal.there(PIPELINE),
    "open stage": attrgetter("prospect.stage"),
    "status": lambda deal: {WON: "Won", _LOST: "Lost"}.get(state_of(deal.prospect), "Open"),
    "reason": _reason,
    "reason and note": _reason_and_note,
    "step": _step,
    "plan": lambda deal: " ".join(_planned(deal)[0].split()),
    "plan day": lambda deal: _planned(deal)[1],
    "end": _end,
}
_HEADERS = {
    "HubSpot": {
        "Record ID": "id", "Deal Name": "name", "Deal Stage": "stage",
        "Closed Lost Reason": "reason and note", "Next step": "step", "Close Date": "end",
        "Pipeline": "pipeline", "Amount": "amount", "Deal owner": "owner", "Email": "email",
        "First Name": "given name", "Last Name": "family name", "Phone Number": "phone",
        "Job Title": "job title",
    },
    "Salesforce": {
        "Id": "id", "Name": "name", "StageName": "stage", "Loss_Reason__c": "reason",
        "NextStep": "step", "CloseDate": "end", "Amount": "amount", "OwnerId": "owner id",
    },
    "Pipedrive": {
        "Deal - Pipedrive System ID": "id", "Deal - Title": "name", "Deal - Status": "status",
        "Deal - Stage": "open stage", "Deal - Lost reason": "reason and note",
        "Activity - Subject": "plan", "Activity - Due date": "plan day",
        "Organization - Name": "company", "Person - Name": "person", "Person - Email": "email",
        "Person - Phone": "phone", "Deal - Value": "amount", "Deal - Owner": "owner",
    },
}  # fmt: skip
"""Each header of a CRM, and what stands under it.

Pipedrive takes no deal without an organization or a person.
"""
CRM_FORMS = {
    origin.lower(): CrmForm(origin, {header: _MEANT[meant] for header, meant in headers.items()})
    for origin, headers in _HEADERS.items()
}
"""The CRMs by the name that is typed."""
