"""Amounts as people type them; what may mean two things is asked, not guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from review_board.errors import InvalidValueError
from review_board.pipeline.limits import MAX_AMOUNT
from review_board.pipeline.money import (
    Money,
    Totals,
    long_money,
    short_amount,
    short_money,
    total_by_currency,
)
from review_board.pipeline.typed_amounts import parse_amount, parse_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("24000", "24000"),
        ("24k", "24000"),
        ("1.25M", "1250000"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("1 234", "1234"),
        ("1\u00a0234,5", "1234.50"),
        ("1\u202f234", "1234"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,34,567", "1234567"),
        ("0.5", "0.50"),
        ("0,5", "0.50"),
        ("0", "0"),
        ("0.005", "0.01"),
        ("  7  ", "7"),
        ("7 k", "7000"),
        ("1 234 567,89", "1234567.89"),
    ],
)
def test_amount_is_read(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-5", "nan", "NaN", "inf", "Infinity", "1E+999999", "1e5", "٣", "x", "k"),
        *(
            "1 2 3 4",
            "12 34",
            "1 2345",
            "1.234",
            "12.345",
            "1,23,4",
            "1.2.3,4",
            "1,2345,678",
            "1,234.567.8",
            "..",
            "1..2",
            ",5",
        ),
        *("9" * 17, "9" * 5000, "5%", "0x10", "=1+1"),
    ],
)
def test_amount_is_refused_with_a_cure(text: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        parse_amount(text)
    assert refused.value.cure
    assert len(str(refused.value)) < 200


def test_thousands_or_fraction_is_asked() -> None:
    with pytest.raises(InvalidValueError, match=r"write 1234 or 1\.23"):
        parse_amount("1.234")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$40,000", "40000", "USD"),
        ("1.234,56 €", "1234.56", "EUR"),
        ("EUR 500", "500", "EUR"),
        ("500EUR", "500", "EUR"),
        ("eur 5", "5", "EUR"),
        ("CAD $500", "500", "CAD"),
        ("$500 USD", "500", "USD"),
        ("US$ 1.2 mio", "1200000", "USD"),
        ("CHF 1'234.–", "1234", "CHF"),
        ("0,500", "0.50", "CHF"),
        ("£2k", "2000", "GBP"),
        ("₹12,34,567", "1234567", "INR"),
        ("1\u00a0234\u00a0€", "1234", "EUR"),
        ("750", "750", "CHF"),
    ],
)
def test_money_carries_its_currency(text: str, amount: str, currency: str) -> None:
    assert parse_money(text, "CHF") == Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize(
    "text", ["$-5", "-$5", "$5 EUR", "EUR", "EUR USD 5", "500 ARR", "(500)", "$", "5 $ 5", "5$50"]
)
def test_money_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_money(text)


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "1e999", str(MAX_AMOUNT + 1)])
def test_a_file_cannot_bring_in_impossible_amounts(amount: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Money).validate_python({"amount": amount})


@pytest.mark.parametrize(
    ("amount", "short"),
    [
        ("0", "0"),
        ("950", "950"),
        ("999.5", "1k"),
        ("1250", "1.25k"),
        ("5600", "5.6k"),
        ("9999", "10k"),
        ("12500", "12.5k"),
        ("24000", "24k"),
        ("99950", "100k"),
        ("999499", "999k"),
        ("288500", "289k"),
        ("999500", "1M"),
        ("1250000", "1.25M"),
        ("12500000", "12.5M"),
        ("250000000", "250M"),
        ("1e15", "1000T"),
    ],
)
def test_short_amount(amount: str, short: str) -> None:
    assert short_amount(Decimal(amount)) == short


@given(st.decimals(0, MAX_AMOUNT, places=2))
def test_short_amount_is_short_and_near(amount: Decimal) -> None:
    short = short_amount(amount)
    assert len(short) <= 5
    scale = {"k": 3, "M": 6, "B": 9, "T": 12}.get(short[-1], 0)
    read = Decimal(short.rstrip("kMBT")).scaleb(scale)
    assert abs(read - amount) <= max(amount / 20, Decimal("0.5"))


@given(st.decimals(0, MAX_AMOUNT, places=2))
def test_a_written_amount_is_read_again(amount: Decimal) -> None:
    money = Money(amount=amount, currency="EUR")
    assert parse_money(long_money(money)).amount == amount
    stored = TypeAdapter(Money)
    assert stored.validate_json(stored.dump_json(money)) == money


def test_money_is_written_with_its_sign() -> None:
    assert long_money(Money(amount=Decimal("1234.5"), currency="EUR")) == "€1,234.50"
    assert long_money(Money(amount=Decimal(18000))) == "$18,000"
    assert short_money(Money(amount=Decimal("1.25e6"), currency="CHF")) == "CHF 1.25M"


def test_currencies_are_never_summed() -> None:
    dollars, euros = Money(amount=Decimal(5)), Money(amount=Decimal(9), currency="EUR")
    totals = total_by_currency([dollars, euros, dollars])
    assert totals == (Money(amount=Decimal(10)), euros)
    assert total_by_currency([]) == ()


def test_our_currency_goes_first_then_the_most_used_however_large_another_is() -> None:
    ours, yen, euro = (Money(Decimal(n), c) for n, c in ((5, "USD"), (9000, "JPY"), (9, "EUR")))
    order = [money.currency for money in total_by_currency([yen, euro, euro, ours], "USD")]
    assert order == ["USD", "EUR", "JPY"]
    foreign = Totals(3, (yen, euro), (), {"JPY": 1, "EUR": 2}, "USD")
    both = foreign + Totals(1, (ours,), (), {"USD": 1}, "USD")
    assert both.value == (ours, euro, yen)


def test_a_share_of_money_is_rounded_to_the_cent() -> None:
    assert Money(amount=Decimal(24000)).times(Decimal("0.30")).amount == 7200
    assert Money(amount=Decimal("0.05")).times(Decimal("0.5")).amount == Decimal("0.03")
