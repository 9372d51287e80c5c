from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.errors import InvalidValueError
from review_board.exchange.amount_columns import amount_reader, common_currency
from review_board.pipeline.typed_amounts import AMOUNT, DecimalMark, ParsedAmount, read_amount
from tests.exchange.support import taken


@pytest.mark.parametrize(
    ("cell", "mark", "amount", "currency"),
    [
        ("30000.0", "point", "30000", ""),
        ("$40,000", "point", "40000", "USD"),
        ("1,234.56", "point", "1234.56", ""),
        ("1.234,56 €", "comma", "1234.56", "EUR"),
        ("EUR 1 234,5", "comma", "1234.50", "EUR"),
        ("CHF 1'234.50", "point", "1234.50", "CHF"),
        ("12,34,567", "point", "1234567", ""),
        ("₹ 24k", "point", "24000", "INR"),
        ("1.2m usd", "point", "1200000", "USD"),
        ("US$500", "point", "500", "USD"),
        ("2984097.3600000003", "point", "2984097.36", ""),
        ("500,-", "comma", "500", ""),
        ("0", "point", "0", ""),
        ("R 12 500", "point", "12500", "ZAR"),
        ("S$1,200", "point", "1200", "SGD"),
        ("Rp 5.000.000", "comma", "5000000", "IDR"),
        ("12 500 ₽", "point", "12500", "RUB"),
        ("₺1.250,50", "comma", "1250.50", "TRY"),
        ("500 Euro", "point", "500", "EUR"),
        ("₹ 2.5 lakh", "point", "250000", "INR"),
        ("1,2 млн", "comma", "1200000", ""),
        ("TEUR 24", "point", "24000", "EUR"),
        ("24 TEUR", "point", "24000", "EUR"),
        ("1,5 T€", "comma", "1500", "EUR"),
        ("24 k€", "point", "24000", "EUR"),
        ("24 TRY", "point", "24", "TRY"),
        ("KES 24", "point", "24", "KES"),
    ],
)
def test_amounts(cell: str, mark: DecimalMark, amount: str, currency: str) -> None:
    assert AMOUNT.fullmatch(cell)
    assert read_amount(cell, mark) == ParsedAmount(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        (["1.234", "1.234,56"], "1234"),
        (["1.234", "99.5"], "1.23"),
        (["1,234", "1,234.56"], "1234"),
        (["1,234", "40,000"], "1234"),
        (["1,234", "0,5"], "1.23"),
        (["1.234", "1.234.567"], "1234"),
        (["1.234", "30000.000"], "1.23"),
        (["500", "600"], "500"),
    ],
)
def test_the_column_settles_the_mark(cells: list[str], amount: str) -> None:
    assert amount_reader(cells, "Amount", None)(cells[0]) == ParsedAmount(Decimal(amount), "")


def test_a_number_that_a_spreadsheet_shortened() -> None:
    read = amount_reader(["1.2E+05", "7"], "Amount", None)
    assert read("1.2E+05") == ParsedAmount(Decimal(120000), "")


def test_crowns_are_those_of_the_settings_or_asked() -> None:
    assert amount_reader(["24 000 kr"], "Värde", None, "SEK")("24 000 kr") == (
        Decimal(24000),
        "SEK",
    )
    assert amount_reader(["kr. 500"], "Beløb", None, "DKK")("kr. 500") == (Decimal(500), "DKK")
    with pytest.raises(InvalidValueError, match="SEK, NOK, DKK or ISK; say which with --currency"):
        amount_reader(["24 000 kr"], "Värde", None, "EUR")


def test_most_amounts_of_a_column_name_the_currency_of_all() -> None:
    assert common_currency(["€ 5", "6 €", "7", ""]) == "EUR"
    assert common_currency(["€ 5", "6", "7", "8"]) == ""
    assert common_currency(["€ 5", "$ 6"]) == ""


def test_empty_and_zero_differ() -> None:
    read = amount_reader(["", "0"], "close_value", None)
    assert read("") is None
    assert read("0") == ParsedAmount(Decimal(0), "")


def test_a_column_that_may_mean_both_asks_which() -> None:
    with pytest.raises(InvalidValueError, match=r"'Wert': 1.234 may mean.*--decimal point"):
        amount_reader(["1.234", "500"], "Wert", None)
    assert amount_reader(["1.234"], "Wert", "comma")("1.234") == ParsedAmount(Decimal(1234), "")


def test_where_a_column_mixes_both_each_amount_proves_its_own_mark_and_what_proves_none_is_left_open() -> (
    None
):
    read = amount_reader(["1,234.56", "1.234,56", "1.234"], "Amount", None)
    assert read("1,234.56") == read("1.234,56") == ParsedAmount(Decimal("1234.56"), "")
    with pytest.raises(InvalidValueError, match="may mean thousands or a fraction"):
        read("1.234")


@pytest.mark.parametrize("cell", ["24.000,-", "24.000.-", "24,000.-", "24000,--", "€ 24.000,-"])
def test_a_dash_for_no_cents_proves_the_decimal_mark(cell: str) -> None:
    assert amount_reader([cell], "Amount", None)(cell).amount == 24000  # type: ignore[union-attr]


def test_a_sign_of_several_currencies_names_none_where_each_amount_has_one_beside_it() -> None:
    read = amount_reader(["kr 500"], "Amount", None, "USD", is_beside=True)
    assert read("kr 500") == ParsedAmount(Decimal(500), "")


@pytest.mark.parametrize(
    "cell",
    [
        "-5", "(500)", "$-5", "−5", "nan", "inf", "1E+999999", "٣", "NO REVENUE", "5360 HA", "1,23,4",
        "1..2", "9" * 5000, "10000000000000000", "=1+1", "12 500 000 000 000 000 000",
    ],
)  # fmt: skip
def test_what_is_no_amount(cell: str) -> None:
    with pytest.raises(InvalidValueError):
        read_amount(cell, "point")


@given(st.integers(0, 10**11))
def test_both_styles_mean_the_same(cents: int) -> None:
    english = f"{cents / 100:,.2f}"
    continental = english.replace(",", "x").replace(".", ",").replace("x", ".")
    assert read_amount(english, "point") == read_amount(continental, "comma")
    assert amount_reader([continental], "v", None)(continental) == read_amount(english, "point")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.2E+05", "120000 USD"),
        ("1.000,50 TL", "1000.50 TRY"),
        ("lei 40", "40 RON"),
        ("S/ 500", "500 PEN"),
        ("3 Cr", "30000000 USD"),
        ("500-", None),
        ("1,234.56 CR", None),
    ],
)
def test_a_hostile_cell_is_read_or_left_open(cell: str, value: str | None) -> None:
    result = taken(f'Deal,Stage,Amount\nA,Open,"{cell}"\nB,Open,"{cell}"\n')
    first = result.prospects[0]
    assert (f"{first.value.amount} {first.value.currency}" if first.value else None) == value
    assert value or cell in first.notes[0].text


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ("¥1,000|₫1.000.000", "1000 JPY|1000000 VND"),
        ("¥1,000|¥2.000", "1000 JPY|2000 JPY"),
        ("$1,000.50|€1.000,50", "1000.50 USD|1000.50 EUR"),
        ("$1,000|€1.000.000", "1000 USD|1000000 EUR"),
        ("$1,000.50|€1.000", "1000.50 USD|open"),
        ("1,000|2.000.000", "open|2000000 USD"),
        ("$1,500.00|1.000|€2.500,00", "1500 USD|open|2500 EUR"),
        ("１，０００|２０００．５", "1000 USD|2000.50 USD"),
        ("١٬٠٠٠|١٢٣٤٫٥", "1000 USD|1234.50 USD"),
        ("₹3L|2L|$1L", "300000 INR|open|open"),
        ("Q2,500.00|Q3", "2500 GTQ|open"),
        ("Rs 300/-|AR$ 20", "300 INR|20 ARS"),
    ],
)
def test_each_amount_is_read_by_its_own_currency_or_left_open(cells: str, values: str) -> None:
    """A fraction is never made of what groups thousands."""
    rows = "".join(f'{name},Open,"{cell}"\n' for name, cell in enumerate(cells.split("|")))
    read = [p.value for p in taken(f"Deal,Stage,Amount\n{rows}").prospects]
    assert "|".join(f"{v.amount} {v.currency}" if v else "open" for v in read) == values


def test_signs_of_several_currencies_are_asked() -> None:
    with pytest.raises(InvalidValueError, match="'Bs 20' may be BOB or VES"):
        amount_reader(["Bs 20"], "Monto", None)
    assert amount_reader(["Bs 20"], "Monto", None, "BOB")("Bs 20") == (Decimal(20), "BOB")


def test_lakhs_are_said_with_one_letter_where_the_list_is_in_rupees() -> None:
    assert amount_reader(["2.5L"], "Amount", None, "INR")("2.5L") == (Decimal(250000), "INR")
