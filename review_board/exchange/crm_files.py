"""What was decided here, as lists that a CRM imports: stage, lost reason and next step of its deals.

Each row names its deal by the id that the CRM gave it, so only what came from there is in the list.
The stage of an open deal stays as the CRM had it, and an empty cell changes nothing there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from review_board.exchange.csv_out import Cell
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column

_NEXT_STEP_LIMIT = 255
"""Characters that Salesforce keeps of a next step."""


@dataclass(frozen=True, slots=True)
class CrmForm:
    """The headers that a CRM knows, each with what stands under it."""

    name: str
    columns: Mapping[str, Callable[[Prospect], Cell]]

    @property
    def headers(self) -> list[str]:
        """Return the names of the columns."""
        return [*self.columns]

    def rows(self, prospects: Iterable[Prospect]) -> list[list[Cell]]:
        """Return a row for each prospect that has an id of the CRM."""
        return [[cell(p) for cell in self.columns.values()] for p in prospects if p.external_id]


def _is_lost(prospect: Prospect) -> bool:
    return prospect.column is Column.DROPPED and not prospect.won


def _stage(prospect: Prospect) -> Cell:
    if prospect.won:
        return "Closed Won"
    return "Closed Lost" if _is_lost(prospect) else prospect.stage


def _status(prospect: Prospect) -> Cell:
    if prospect.won:
        return "won"
    return "lost" if _is_lost(prospect) else "open"


def _reason(prospect: Prospect) -> str:
    if not (_is_lost(prospect) and prospect.drop):
        return ""
    return str(prospect.drop.reason).replace("-", " ").capitalize()


def _reason_and_note(prospect: Prospect) -> Cell:
    reason, note = _reason(prospect), prospect.drop.note if prospect.drop else ""
    return ": ".join(filter(None, (reason, note if reason else "")))


def _end(prospect: Prospect) -> Cell:
    """Return the day on which it was won or lost; the day expected for an open one."""
    if prospect.won:
        return prospect.won.on
    if _is_lost(prospect) and prospect.drop:
        return prospect.drop.at.date()
    return prospect.close_date


def _planned(prospect: Prospect) -> tuple[str, date | None]:
    """Return what is planned, and when: the callback, the touch of a nurture track, the next step."""
    if prospect.won or _is_lost(prospect):
        return "", None
    if prospect.callback and prospect.column is Column.CALLBACK:
        words = prospect.callback.commitment or prospect.callback.change
        return f"Call back{f': {words}' if words else ''}", prospect.callback.on
    if prospect.nurture and prospect.column is Column.NURTURE:
        return f"Nurture: {prospect.nurture.track.label}", prospect.nurture.next_on
    step = prospect.next_step
    return (step.action, step.on) if step else ("", None)


def _step(prospect: Prospect) -> Cell:
    words, day = _planned(prospect)
    line = " ".join(words.split())
    return (f"{day} {line}" if day else line)[:_NEXT_STEP_LIMIT]


def _person(prospect: Prospect) -> Cell:
    return prospect.people[0].name if prospect.people else ""


_MEANT: Mapping[str, Callable[[Prospect], Cell]] = {
    "id": lambda p: p.external_id,
    "name": lambda p: p.name,
    "company": lambda p: p.company,
    "person": _person,
    "stage": _stage,
    "status": _status,
    "reason": _reason,
    "reason and note": _reason_and_note,
    "step": _step,
    "plan": lambda p: " ".join(_planned(p)[0].split()),
    "plan day": lambda p: _planned(p)[1],
    "end": _end,
}
_HEADERS = {
    "hubspot": {
        "Record ID": "id", "Deal Name": "name", "Deal Stage": "stage",
        "Closed Lost Reason": "reason and note", "Next Step": "step", "Close Date": "end",
    },
    "salesforce": {
        "Id": "id", "Name": "name", "StageName": "stage", "Loss_Reason__c": "reason",
        "NextStep": "step", "CloseDate": "end",
    },
    "pipedrive": {
        "Deal - ID": "id", "Deal - Title": "name", "Deal - Status": "status",
        "Deal - Lost reason": "reason and note", "Activity - Subject": "plan",
        "Activity - Due date": "plan day", "Organization - Name": "company",
        "Person - Name": "person",
    },
}  # fmt: skip
"""By the name that is typed: each header, and what stands under it.

Pipedrive takes no deal without an organization or a person.
"""
CRM_FORMS = {
    name: CrmForm(name, {header: _MEANT[meant] for header, meant in headers.items()})
    for name, headers in _HEADERS.items()
}
"""The CRMs by the name that is typed."""
