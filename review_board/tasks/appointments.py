"""The dated tasks of the prospects as appointments of a calendar: callbacks, next steps, bets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from review_board.board.card_summary import CardSummary
from review_board.board.index import Entry
from review_board.judgement.due.task_wording import task_words
from review_board.judgement.due.tasks import Task, TaskKind
from review_board.pipeline.money import long_money
from review_board.tasks.lists import TaskData

UID_END = "@review-board"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event: ``uid`` stays the same whatever changes; a day alone has no ``time``."""

    uid: str
    day: date
    time: time | None
    summary: str
    details: tuple[str, ...]


SUMMARIES = {
    TaskKind.CALLBACK: "Call {} back",
    TaskKind.UNPROVEN: "Call {} back",
    TaskKind.STEP: "{}: the next step",
    TaskKind.BET: "{}: the bet is due",
    TaskKind.WAKE: "{}: callback soon",
}
"""What has a place in a calendar, and what its event is called."""
NAMES = {TaskKind.UNPROVEN: TaskKind.CALLBACK}
"""Kinds that are one event: a callback stays the same when it gets its proof."""


def uid_of(prospect_id: str, kind: TaskKind) -> str:
    """Return the id of an event: there is one of a kind for a prospect."""
    return f"{prospect_id}.{NAMES.get(kind, kind)}{UID_END}"


def prospect_of(uid: str) -> str:
    """Return the prospect that an event of ours is about; empty for another's."""
    return uid.removesuffix(UID_END).rpartition(".")[0] if uid.endswith(UID_END) else ""


def appointments(task_data: TaskData) -> list[Appointment]:
    """Return the appointments of all prospects, by day."""
    found = [made for entry, card in task_data.prospects for made in _appointments(entry, card)]
    return sorted(found, key=lambda one: (one.day, one.time or time.min, one.uid))


def _appointments(entry: Entry, card: CardSummary) -> Iterator[Appointment]:
    for task in card.agenda.tasks:
        if task.kind in SUMMARIES:
            yield Appointment(
                uid_of(entry.id, task.kind),
                task.day,
                task.time,
                SUMMARIES[task.kind].format(entry.who),
                tuple(_details(entry, task)),
            )


def _details(entry: Entry, task: Task) -> Iterator[str]:
    """Yield what to know before one begins: what to do, with whom, the worth, whose it is."""
    words = task_words(task)
    yield words[:1].upper() + words[1:]
    if entry.value:
        yield f"Value: {long_money(entry.value)}"
    if entry.owner:
        yield f"Owner: {entry.owner}"
