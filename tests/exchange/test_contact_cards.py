"""Contact cards in the three versions, each taken as a lead."""

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.contact_cards import card_rows, looks_like_cards
from review_board.exchange.import_result import ImportResult
from tests.exchange.support import taken


def card(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])


def lead(*lines: str) -> ImportResult:
    return taken(card(*lines))


def test_a_card_of_version_3() -> None:
    result = lead(
        "VERSION:3.0", "FN:Mia Brandt", "N:Brandt;Mia;;;", "ORG:Birch Hall\\, Ltd;Sales", "TITLE:CFO",
        "item1.EMAIL;TYPE=INTERNET:mia@birch.example", "EMAIL:m@home.example",
        "TEL;TYPE=WORK,FAX:+44 1", "TEL;TYPE=CELL:+44 20 7946 0001", "NOTE:first\\nsecond", "UID:u-1",
    )  # fmt: skip
    (mia,) = result.prospects
    (contact,) = mia.contacts
    assert (mia.name, mia.company) == ("Birch Hall, Ltd - Mia Brandt", "Birch Hall, Ltd")
    assert (contact.email, contact.phone, contact.title) == (
        "mia@birch.example", "+44 20 7946 0001", "CFO",
    )  # fmt: skip
    assert [note.text for note in mia.notes] == [
        "first\nsecond", "also reached at: m@home.example",
    ]  # fmt: skip
    assert result.confidence == "contact cards, each taken as a lead"


def test_a_card_of_version_2_writes_its_bytes_out() -> None:
    result = lead(
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;",
        "TEL;CELL;PREF:123456789",
        "NOTE;ENCODING=QUOTED-PRINTABLE:one =",
        "line",
        "EMAIL;PREF;INTERNET:j@m.example",
    )
    assert result.prospects[0].name == "Jörg Müller"
    assert result.prospects[0].contacts[0].phone == "123456789"
    assert result.prospects[0].contacts[0].email == "j@m.example"


def test_a_card_of_version_4_has_addresses_of_phones() -> None:
    (simon,) = lead(
        "VERSION:4.0", "FN:Simon", 'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102',
        "ADR;TYPE=work:;Suite;2875 Laurier;", " Quebec;QC;G1V 2M2;Canada",
    ).prospects  # fmt: skip
    assert simon.contacts[0].phone == "+1-418-656-9254 x102"


def test_several_cards_of_one_file_and_one_without_a_name() -> None:
    text = card("VERSION:2.1", "EMAIL:a@b.example") + card("VERSION:3.0", "FN:Ann")
    assert [p.name for p in taken(text).prospects] == ["a@b.example", "Ann"]
    refused = taken(text + card("VERSION:3.0", "X-EMPTY:1")).refused
    assert [(row.row, row.reason) for row in refused] == []


@pytest.mark.parametrize(
    "text",
    ["BEGIN:VCARD", "BEGIN:VCARD\nFN", card("FN:" + "x" * 100_000), card(";:;;:", "=", " ", "N")],
)
def test_broken_cards_give_rows_or_none(text: str) -> None:
    assert looks_like_cards(text)
    assert card_rows(text)[0][0] == 0


def test_a_card_is_read_as_far_as_its_lines_matter_and_an_endless_one_is_refused() -> None:
    foreign = ["X-OTHER:1"] * 3_000
    endless = ["NOTE;ENCODING=QUOTED-PRINTABLE:a=", *["b="] * 30_000, ""]
    (ann,) = lead("FN:Ann", *foreign, *endless).prospects
    assert (ann.name, len(ann.notes)) == ("Ann", 1)
    with pytest.raises(InvalidValueError, match="card 1 has more than 1,000 lines"):
        card_rows(card("FN:Ann", *["EMAIL:a@b.example"] * 1_001))
