import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.exchange.cell_readers import unguarded
from review_board.exchange.tables_out import guarded


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44-1",
        "+1-415-555-0123",
        "+A1",
        "+1 -4",
        "-rf",
        "@me",
        "\tx",
        "\rx",
        "'=x",
        "''-x",
        "+49 1/2",
        "+1 4",
    ],
)
def test_what_runs_in_a_spreadsheet_gets_a_quote_that_import_takes_off(cell: str) -> None:
    assert guarded(cell) == "'" + cell
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "Acme",
        "'Acme'",
        "'s-Hertogenbosch",
        "a=b",
        "5",
        "+49 711 4455660",
        "+4917612345",
        "+1 (415) 555-0123",
    ],
)
def test_other_cells_stay(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == cell


@given(st.text())
def test_there_and_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
