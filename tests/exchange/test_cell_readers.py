from decimal import Decimal

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.cell_readers import (
    cached_reader,
    company_name,
    is_empty,
    owner_name,
    plain_text,
    read_flag,
    share_reader,
    undecorated,
)
from tests.exchange.support import taken


@pytest.mark.parametrize("cell", ["", " ", "-", "n/a", "NULL", "None", "(none)", "#N/A"])
def test_what_says_nothing(cell: str) -> None:
    assert is_empty(cell)


def test_zero_and_nan_do_say_something() -> None:
    assert not is_empty("0")
    assert not is_empty("nan")


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("TRUE", True), ("Yes", True), ("1", True), ("sí", True), ("false", False), ("Nein", False)],
)
def test_yes_and_no(cell: str, flag: bool) -> None:
    assert read_flag(cell) is flag


@pytest.mark.parametrize("cell", ["maybe", "2", "٣"])
def test_what_is_neither(cell: str) -> None:
    with pytest.raises(InvalidValueError, match="neither yes nor no"):
        read_flag(cell)


def test_shares_are_percents_when_one_of_the_column_is() -> None:
    percents = share_reader(["10", "0.5", "100"])
    assert percents("0.5") == Decimal("0.005")
    signed = share_reader(["1%", "0 %"])
    assert signed("1%") == Decimal("0.01")


def test_a_fraction_beside_percents_as_hands_write_them_is_read_and_told() -> None:
    result = taken("Deal Name,Probability\nA,40%\nB,0.6\nC,20\nD,30%\nE,\n", kind="deals")
    assert [str(p.probability) for p in result.prospects] == ["0.4", "0.6", "0.2", "0.3", "None"]
    assert "column 'Probability' mixes fractions and percents: 0.6 is 60 %" in result.notices
    told = taken("Deal Name,Probability\nA,12.5\nB,0.5\nC,1\n", kind="deals")
    assert [str(p.probability) for p in told.prospects] == ["0.125", "0.005", "0.01"]
    assert (
        "column 'Probability' mixes fractions and percents: 0.5 is 0.5 %, 1 is 1 %" in told.notices
    )


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("https://www.acme.example/about?x=1", "acme.example"),
        ("https://www.linkedin.com/company/birch-hall/", "birch hall"),
        ("https://www.notion.so/Birch-Hall-0123456789abcdef0123456789abcdef", "Birch Hall"),
        ("Birch Hall (https://birch.example)", "Birch Hall"),
        ("https://linkedin.com", "linkedin.com"),
    ],
)
def test_a_company_that_is_but_a_page_has_a_name(cell: str, name: str) -> None:
    assert company_name(cell) == name


def test_a_sign_speaks_for_its_own_cell() -> None:
    mixed = share_reader(["30%", ".3", "1"])
    assert mixed("30%") == mixed(".3") == Decimal("0.3")
    with pytest.raises(InvalidValueError, match="may mean 1% or 100%"):
        mixed("1")


def test_a_share_that_may_be_an_amount_is_left_open() -> None:
    with pytest.raises(InvalidValueError, match=r"45\.000 may be an amount"):
        share_reader(["10", "45.000"])("45.000")
    assert share_reader(["10.000", "45.000"])("45.000") == Decimal("0.45")


def test_shares_are_fractions_otherwise() -> None:
    fractions = share_reader(["0.25", "1", "0", ""])
    assert [fractions(cell) for cell in ("0.25", "1", "0", "", "0,5")] == [
        Decimal("0.25"), 1, 0, None, Decimal("0.5"),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["1000", "-5", "nan", "inf", "high", "1E+999999", "٣"])
def test_what_is_no_probability(cell: str) -> None:
    read = share_reader([cell, "50"])
    with pytest.raises(InvalidValueError, match="not a probability"):
        read(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Accounts::::Birch Hall", "Birch Hall"),
        ("Birch Hall (https://www.notion.example/Birch-1a2b)", "Birch Hall"),
        ("[Birch Hall](https://x.example/1)", "Birch Hall"),
        ("https://birch.example", "https://birch.example"),
        ("#REF!", ""),
        ("'=1+1", "=1+1"),
    ],
)
def test_what_a_crm_wraps_around_a_text_is_taken_off(cell: str, text: str) -> None:
    assert undecorated(cell) == text


def test_the_address_of_a_colleague_is_not_the_name() -> None:
    assert owner_name("Rob Lane (rob@us.example)") == "Rob Lane"
    assert owner_name("rob@us.example") == "rob@us.example"


def test_text_is_freed_of_the_guard() -> None:
    assert plain_text(" '=1+1 ") == "=1+1"
    assert plain_text("  ") is None


def test_each_text_is_read_once() -> None:
    seen: list[str] = []

    def read(cell: str) -> int:
        seen.append(cell)
        return len(seen)

    once = cached_reader(read)
    assert [once("a"), once("a"), once("-")] == [1, 1, None]
    assert seen == ["a"]
