"""Every plain field at every door: the same text gives the same value, or the same error."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.board.filter_fields import FIELDS
from review_board.cli.adding import OPTIONS, read_fields, read_tags
from review_board.errors import InvalidValueError, UsageError
from review_board.exchange.import_result import ImportOptions
from review_board.exchange.read_files import import_bytes
from review_board.judgement.record_text import page_of
from review_board.pipeline.dates import Today
from review_board.pipeline.fields import MONEY, NUMBERS, PLAIN_FIELDS, PlainField, TypingDefaults
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.vocabulary import Channel
from review_board.settings.tree import Settings
from review_board.tui.dialogs.dialog import FieldError
from review_board.tui.dialogs.fields import read_typed

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DEFAULTS = TypingDefaults("USD", TODAY)


@dataclass(frozen=True)
class Refused:
    """What a door says of a text that it does not take."""

    words: str


def euro(amount: int) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


def dollars(amount: int) -> Money:
    return Money(amount=Decimal(amount))


NOT_A_SHARE = "is not a probability; write 30% or 0.3"
NOT_AN_AMOUNT = "is not an amount; write it like 24000, 24k or 1234.56"
NOT_LOCATIONS = "is not a number of locations; write 1 or more"
NOT_HOURS = "is not a number of hours; write 0.5 or 2, up to 10,000"
NOT_DAYS = "is not a number of days; write 1 to 3650 (ten years)"
NOT_A_DAY = "is not a day I can read; write +3d, in 2 weeks, fri, 18jan, 2027-01-18, eom or nextq"

GOOD: dict[str, dict[str, Any]] = {
    "name": {"Harbor": "Harbor", " Harbor  ": "Harbor", "none": "none", "-": "-", "a\tb": "a b"},
    "company": {"Acme": "Acme", " ": "", "none": "", "-": "", "[b]": "[b]", "a\x1b[1m": "a�[1m"},
    "owner": {"raj": "raj", "": "", "NONE": ""},
    "source": {"fair": "fair", "": ""},
    "stage": {"Proposal": "Proposal", "": ""},
    "closed_channels": {
        "no calls": (Channel.PHONE,),
        "No E-Mail, calls": (Channel.EMAIL, Channel.PHONE),
        "none": (),
    },
    "value": {
        "24k": dollars(24_000),
        "$40,000": dollars(40_000),
        "1.234,00 €": euro(1_234),
        "eur 500": euro(500),
        "0": dollars(0),
        "none": None,
        "": None,
    },
    "probability": {
        **dict.fromkeys(["30", "30%", "0.3", ".3", "0,3", ",3", " 30 % "], Decimal("0.3")),
        "1%": Decimal("0.01"),
        "100": Decimal(1),
        "100%": Decimal(1),
        "0": Decimal(0),
        "0.305": Decimal("0.305"),
        "12.5": Decimal("0.125"),
        "": None,
        "none": None,
    },
    "locations": {"one": 1, "1": 1, "120": 120, "120.0": 120, "1,200": 1200, "1k": 1000, "": None},
    "close_date": {"18jan": date(2027, 1, 18), "2027-01-18": date(2027, 1, 18), "-": None},
    "hours": {"2": Decimal(2), "0.5": Decimal("0.5"), "1,5": Decimal("1.5"), "": None},
    "hours_spent": {"12": Decimal(12), "0.5": Decimal("0.5"), "none": None},
    "tags": {
        "North, north, NORTH": ("North",),
        "dental; north,,": ("dental", "north"),
        "Zürich, zurich": ("Zürich",),
        "none": (),
        " ": (),
    },
    "review_days": {"30": 30, "3650": 3650, "": None},
}

BAD: dict[str, dict[str, str]] = {
    "name": dict.fromkeys(
        ["", "  ", "\u200b\u202e", "\x1b"],
        "A name needs at least one visible character; type a name",
    ),
    "value": {
        **{text: f"{text!r} {NOT_AN_AMOUNT}" for text in ["lots", "nan", "1e9", "٣", "1\x1b"]},
        "500 ARR": f"'500 ARR' {NOT_AN_AMOUNT}",
        "-5": NOT_AN_AMOUNT.replace("is not an amount", "'-5' is negative"),
        "9"
        * 17: f"{'9' * 17!r} is more than any deal is worth; write it like 24000, 24k or 1234.56",
        "1.234": "1.234 may mean thousands or a fraction; write 1234 or 1.23",
    },
    "probability": {
        **{text: f"{text!r} {NOT_A_SHARE}" for text in ["-5", "nan", "1e9", "101", "٣", "high"]},
        "9" * 200: f"{'9' * 40!r} {NOT_A_SHARE}",
        "1": "'1' may mean 1% or 100%; write 1% or 100%",
        "1.0": "'1.0' may mean 1% or 100%; write 1% or 100%",
        "45.000": "'45.000' may mean thousands; write 30% or 0.3",
    },
    "locations": {
        **{text: f"{text!r} {NOT_LOCATIONS}" for text in ["0", "-1", "1.5", "many", "1e9", "٣"]},
        "9" * 200: f"{'9' * 40!r} {NOT_LOCATIONS}",
        "2000000": f"'2000000' {NOT_LOCATIONS}",
    },
    "close_date": {
        **{text: f"{text!r} {NOT_A_DAY}" for text in ["soon", "nan", "1e9", "١٨jan"]},
        "2026-02-30": (
            "2026-02-30 is not in the calendar; "
            "write +3d, in 2 weeks, fri, 18jan, 2027-01-18, eom or nextq"
        ),
    },
    "hours": {
        **{text: f"{text!r} {NOT_HOURS}" for text in ["0", "-1", "inf", "1e9", "٣", "10001", "$5"]},
        "9" * 60: f"{'9' * 40!r} {NOT_HOURS}",
    },
    "hours_spent": {text: f"{text!r} {NOT_HOURS}" for text in ["0", "-1", "many"]},
    "review_days": {
        **{text: f"{text!r} {NOT_DAYS}" for text in ["0", "-1", "3651", "1.5", "1e9", "٣", "week"]},
    },
}

CASES = [
    *((name, text, value) for name, cases in GOOD.items() for text, value in cases.items()),
    *((name, text, Refused(told)) for name, cases in BAD.items() for text, told in cases.items()),
]


def test_every_field_of_the_table_is_walked() -> None:
    assert set(GOOD) == set(PLAIN_FIELDS)


def at_the_form(field: PlainField, text: str) -> Any:
    try:
        return read_typed(field, text, DEFAULTS)
    except FieldError as error:
        return Refused(error.message if error.field == field.name else error.field)


def on_the_command_line(field: PlainField, text: str) -> Any:
    option = f"{field.option or '--' + field.name.replace('_', '-')}: "
    try:
        if field.name == "tags":
            return read_tags([text], DEFAULTS)
        return read_fields({field.name: text}, DEFAULTS)[field.name]
    except UsageError as error:
        return Refused(str(error).removeprefix(option))


def in_a_list(field: PlainField, text: str) -> Any:
    """Give the value of one cell in a column that proves nothing more."""
    beside = {"name": ("Company", "Acme")}.get(field.name, ("Name", "Harbor"))
    header = "Deal name" if field.name == "name" else field.name
    out = io.StringIO()
    csv.writer(out).writerows([[beside[0], header, "Stage"], [beside[1], text, "open"]])
    options = ImportOptions(kind="deals", columns={header: field.name})
    try:
        (read,) = import_bytes(out.getvalue().encode(), now=NOW, options=options).prospects
    except InvalidValueError as error:
        return Refused(error.message)
    return getattr(read, field.name)


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_each_door_reads_it_alike(name: str, text: str, expected: Any) -> None:
    field = PLAIN_FIELDS[name]
    assert at_the_form(field, text) == expected
    assert on_the_command_line(field, text) == expected


def in_a_filter(field: PlainField, text: str) -> Any:
    try:
        read = FIELDS[field.name].read(text, DEFAULTS)
    except InvalidValueError as error:
        return Refused(str(error))
    if field.name == "value" and isinstance(read.value, Decimal):
        return Money(amount=read.value, currency=read.currency)
    return read.value


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [case for case in CASES if PLAIN_FIELDS[case[0]].kind in {MONEY, *NUMBERS}],
)
def test_a_filter_reads_what_it_compares_with_alike(name: str, text: str, expected: Any) -> None:
    assert in_a_filter(PLAIN_FIELDS[name], text) == expected


@pytest.mark.parametrize("text", ["none", "-", "NONE"])
@pytest.mark.parametrize(
    "name",
    sorted(
        {"tag", "wants", *PLAIN_FIELDS} - {"name", "tags", "close_date", "closed_channels"}
        | {"close", "contact", "reason"}
    ),
)
def test_a_filter_knows_the_words_for_nothing(name: str, text: str) -> None:
    assert FIELDS[name].read(text, DEFAULTS).value is None


IN_A_LIST = {
    ("name", ""): "Acme",  # a card without a name is called after its company
    ("name", "  "): "Acme",
    ("probability", "1"): Decimal(1),  # of a column that has no percents
    ("probability", "1.0"): Decimal(1),
    ("probability", "45.000"): Decimal("0.45"),  # of a column of percents
    ("value", "1e9"): Money(amount=Decimal(10**9), currency="USD"),  # as a spreadsheet writes it
    ("value", "٣"): Money(amount=Decimal(3), currency="USD"),  # the digits of a list in Arabic
}
"""What a list says with more or less certainty than a person who types."""


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_a_cell_is_read_as_if_it_were_typed(name: str, text: str, expected: Any) -> None:
    found = in_a_list(PLAIN_FIELDS[name], text)
    expected = IN_A_LIST.get((name, text), expected)
    if isinstance(expected, Refused):  # a bad cell costs that cell, or the list if it must
        open_field = PLAIN_FIELDS[name].kind.empty
        assert found == open_field or expected.words.partition(";")[0] in found.words
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, text, value in CASES if not isinstance(value, Refused)],
)
def test_what_is_read_is_stored_and_written_so_that_it_is_read_again(name: str, value: Any) -> None:
    field = PLAIN_FIELDS[name]
    stored = from_document(to_document(Prospect(**({"id": "p", "name": "Harbor"} | {name: value}))))
    assert getattr(stored, name) == value
    assert field.read(field.write(value), DEFAULTS) == value
    assert bool(field.show(value, TODAY)) is (value != field.kind.empty)


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, v) for name, _, v in CASES if name != "name" and not isinstance(v, Refused)],
)
def test_the_page_shows_what_is_on_record_under_the_label_of_the_table(
    name: str, value: Any
) -> None:
    field = PLAIN_FIELDS[name]
    subject = Prospect(**({"id": "p", "name": "Harbor"} | {name: value}))
    page = page_of(subject, Today(TODAY), [], Settings())
    shown = [line.text for line in page if line.label == field.label]
    assert shown == [text for text in [field.show(value, TODAY)] if text]


def test_every_field_but_the_name_and_the_tags_has_an_option() -> None:
    assert {field.name for field in OPTIONS} == set(PLAIN_FIELDS) - {"name", "tags"}


@pytest.mark.parametrize("text", ["1.234", "12.345"])
def test_thousands_are_asked_in_every_number(text: str) -> None:
    for name in ("value", "locations", "hours", "review_days"):
        with pytest.raises(InvalidValueError, match="may mean thousands or a fraction"):
            PLAIN_FIELDS[name].read(text, DEFAULTS)


@pytest.mark.parametrize(
    ("share", "text"), [("1", "100%"), ("0", "0%"), ("0.305", "30.5%"), ("0.1", "10%")]
)
def test_a_probability_is_written_in_percent(share: str, text: str) -> None:
    assert PLAIN_FIELDS["probability"].write(Decimal(share)) == text


TYPED = st.one_of(
    st.text(max_size=80),
    st.text("0123456789.,'%-+ kmbio$€", max_size=70),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
)


@given(st.sampled_from(sorted(PLAIN_FIELDS)), TYPED)
def test_any_text_is_read_or_refused_in_words_and_what_is_read_can_be_stored(
    name: str, text: str
) -> None:
    field, refused = PLAIN_FIELDS[name], None
    try:
        value = field.read(text, DEFAULTS)
    except InvalidValueError as error:
        refused = error
    if refused:
        assert refused.cure
        assert len(str(refused)) < 250
        return
    Prospect.model_validate({"id": "p", "name": "Harbor"} | {name: value})
    again = field.read(field.write(value), DEFAULTS)
    assert field.write(again) == field.write(value)
