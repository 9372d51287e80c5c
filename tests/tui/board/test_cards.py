"""What a card says."""

from decimal import Decimal

from review_board.board.card_summary import CardSummary
from review_board.board.index import Entry, entry_of
from review_board.pipeline.money import Money
from review_board.tui.board.cards import ColumnHead, card_of, sums


def entry(amount: int | None = 24000, currency: str = "USD") -> Entry:
    value = {} if amount is None else {"value": {"amount": amount, "currency": currency}}
    return entry_of({"id": "p-1", "name": "Harbor", "owner": "ann", **value}, Decimal(1), "USD")


def card_summary(**fields: object) -> CardSummary:
    given: dict[str, object] = {
        "finding": None,
        "touch_days": 9,
        "signal_days": None,
        "attempts": 3,
        "deferrals": 0,
        "status": "quote 3/5",
        "card": None,
        "due_on": None,
    }
    return CardSummary(**(given | fields))  # type: ignore[arg-type]


def test_both_clocks_stand_on_the_second_line() -> None:
    assert card_of(entry(), card_summary(), "USD").status == "quote 3/5 · t9 b–"


def test_the_usual_currency_goes_without_saying() -> None:
    assert card_of(entry(), card_summary(), "USD").value == "24k"
    assert card_of(entry(currency="EUR"), card_summary(), "USD").value == "€24k"
    assert card_of(entry(None), card_summary(), "USD").value == ""


def test_states_are_signs_and_not_colours() -> None:
    card = card_of(entry(), card_summary(spoilt="no name", owed=True), "USD", marked=True)
    assert card.marks == "✓!✗"
    assert card.status == "cannot be read"


def test_a_heading_gives_way_where_room_is_short() -> None:
    head = ColumnHead("Callback-Pending", 21, 21, "$800k")
    assert head.fitting(40) == "Callback-Pending 21 · $800k"
    assert head.fitting(22) == "Callback 21 · $800k"
    assert head.fitting(12) == "Callback 21"


def test_a_filtered_heading_says_how_many_of_how_many() -> None:
    assert ColumnHead("Active", 3, 38).fitting(40) == "Active 3 of 38"


def test_currencies_stand_side_by_side_and_are_never_summed() -> None:
    money = [Money(amount=Decimal(2100), currency="USD"), Money(amount=Decimal(50), currency="EUR")]
    assert sums(money) == "$2.1k · €50"
