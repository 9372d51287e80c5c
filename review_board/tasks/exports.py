"""All prospects in the form that the ending of a file names, and what that form leaves out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from review_board.pipeline.prospect import Prospect, from_document
from review_board.wording import listed, several

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.tasks.appointments import Appointment

CALENDAR = ".ics"


@dataclass(frozen=True, slots=True)
class Export:
    """What goes out: how much is in it, in words, and ``notes`` on what is left out."""

    data: bytes
    what: str
    notes: tuple[str, ...] = ()


def prepare_export(board: "Board", ending: str) -> Callable[[], Export]:
    """Return what makes a form of the pipeline as it is now; it may run in another thread."""
    if ending == CALENDAR:
        from review_board.tasks.appointments import appointments
        from review_board.tasks.lists import collect_tasks

        return partial(_calendar, appointments(collect_tasks(board)), board.clock())
    documents = [*board.documents().values()]
    form, now = FORMS[ending], board.clock()
    return lambda: form([from_document(document) for document in documents], now)


def left_out_note(count: int, why: str) -> tuple[str, ...]:
    """Say how many prospects are not in it, and why."""
    return (f"{several(count, 'prospect')} left out: {why}",) if count else ()


def _json(prospects: Sequence[Prospect], _: datetime) -> Export:
    from review_board.exchange.project_json import to_json

    return Export(to_json(prospects), several(len(prospects), "prospect"))


def _csv(prospects: Sequence[Prospect], _: datetime) -> Export:
    from review_board.exchange.own_table import own_headers, own_rows
    from review_board.exchange.tables_out import csv_bytes

    return _table(csv_bytes(own_headers(), own_rows(prospects)), prospects)


def _xlsx(prospects: Sequence[Prospect], now: datetime) -> Export:
    from review_board.exchange.own_table import own_headers, own_rows
    from review_board.exchange.tables_out import LONGEST, workbook_bytes

    rows = list(own_rows(prospects))
    cut = sum(isinstance(cell, str) and len(cell) > LONGEST for row in rows for cell in row)
    short = f"{several(cut, 'cell')} cut short: Excel takes no more; .csv keeps them"
    return _table(workbook_bytes(own_headers(), rows, now), prospects, *[short] * bool(cut))


def _table(made: bytes, prospects: Sequence[Prospect], *notes: str) -> Export:
    """Return our own table, and say what it has no column for, and which form has it."""
    from review_board.exchange.record_cells import fields_left_out

    words = fields_left_out(prospects)
    lost = [f"not in a table: {listed(words)}; a .json file has all"] if words else []
    return Export(made, several(len(prospects), "prospect"), (*lost, *notes))


def _vcf(prospects: Sequence[Prospect], _: datetime) -> Export:
    from review_board.exchange.contact_cards import contact_cards, reachable

    cards = contact_cards(prospects)
    barred = sum(not reachable(prospect) for prospect in prospects)
    made = "".join(cards).encode("utf-8", "replace")
    notes = left_out_note(barred, "asked not to be contacted")
    return Export(made, several(len(cards), "contact card"), notes)


def _calendar(found: "Sequence[Appointment]", now: datetime) -> Export:
    from review_board.tasks.appointments import calendar_text

    return Export(calendar_text(found, b"", now), several(len(found), "event"))


FORMS: Mapping[str, Callable[[Sequence[Prospect], datetime], Export]] = {
    ".csv": _csv,
    ".json": _json,
    ".xlsx": _xlsx,
    ".vcf": _vcf,
}
"""The ending of a file, and what makes its form out of the prospects."""
ENDINGS = (*FORMS, CALENDAR)
