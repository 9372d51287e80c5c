"""A newcomer takes in the export of a CRM each week, and no card is ever another than there."""

from collections import Counter

import pytest

from review_board.board.board import Board
from review_board.exchange.read_files import import_bytes
from review_board.imports.plan import (
    ImportPlan,
    PipelineNow,
    import_options,
    plan_import,
    undo_import,
)
from review_board.pipeline.prospect import Prospect
from tests.imports.weekly_exports import EXPORTS, LOST, WON, Crm, Sale
from tests.office import Office


def planned(board: Board, crm: Crm, program: str) -> ImportPlan:
    options = import_options(board, currency="EUR")
    result = import_bytes(EXPORTS[program](crm), now=crm.now, options=options)
    return plan_import(PipelineNow.of(board), result, program)


def card(prospect: Prospect) -> tuple[str, ...]:
    """Return what a card says of a sale."""
    status = "won" if prospect.won else prospect.column.value
    ended = str(prospect.won.on) if prospect.won else ""
    ended = str(prospect.drop.at.date()) if prospect.drop else ended
    people = [contact.email for contact in prospect.contacts]
    assert prospect.value
    return (
        prospect.name, prospect.company, *people, prospect.owner, status, ended,
        f"{prospect.value.amount:f} {prospect.value.currency}",
        str(prospect.close_date) if status == "active" else "",
        prospect.stage if status == "active" else "",
    )  # fmt: skip


def as_there(sale: Sale) -> tuple[str, ...]:
    """Return what the card of a sale should say."""
    status = {WON: "won", LOST: "dropped"}.get(sale.status, "active")
    is_open = status == "active"
    return (
        sale.title, sale.company, sale.email, sale.owner, status,
        str(sale.ended or ""), f"{sale.value:f} EUR",
        str(sale.closes) if is_open else "", sale.stage if is_open else "",
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("program", EXPORTS)
def test_each_week_every_card_is_as_in_the_crm(program: str, seed: int) -> None:
    if program.endswith(".xlsx"):
        pytest.importorskip("python_calamine")
    office, crm = Office(), Crm(seed)
    board = office.open()
    for week in range(3):
        office.clock.now = crm.now
        plan = planned(board, crm, program)
        assert not [
            words for words in plan.warnings if "later, which counts as put off" not in words
        ]
        assert not plan.near
        assert not plan.undecided
        assert (len(plan.created), len(plan.updated)) == ((2, 8) if week else (24, 0))
        plan.take_in(board)
        found = Counter(card(board.prospect(key)) for key in board.documents())
        assert found == Counter(as_there(sale) for sale in crm.sales.values())
        assert planned(board, crm, program).is_empty
        undo_import(board, lambda _: None)
        plan = planned(board, crm, program)
        assert (len(plan.created), len(plan.updated)) == ((2, 8) if week else (24, 0))
        plan.take_in(board)
        crm.a_week_passes()
