import csv
import io

import pytest

from review_board.exchange.people import contacts_of, people_of
from review_board.pipeline.person_text import Person
from tests.exchange.support import taken


def test_the_parts_of_a_name_make_one() -> None:
    row = {"first_name": "Ann", "last_name": "Lee", "email": ("a@b.co", "a@b.co")}
    assert people_of(row, "leads") == (Person("Ann Lee", ("a@b.co",)),)


def test_a_cell_that_mixes_name_address_and_number_is_taken_apart() -> None:
    row = {"contact": "Bob Ray <bob@x.com>, bob2@x.com / Ph: 9876543210"}
    bob = Person("Bob Ray", ("bob@x.com", "bob2@x.com"), ("9876543210",))
    assert people_of(row, "deals") == (bob,)


def test_a_cell_with_several_people_gives_each_their_own() -> None:
    row = {"contact": "Mia Brandt (mia@x.de);Joe Kern (joe@x.de)", "phone": ("555-0101",)}
    mia = Person("Mia Brandt", ("mia@x.de",), ("555-0101",))
    assert people_of(row, "deals") == (mia, Person("Joe Kern", ("joe@x.de",)))
    beside = {"contact": "Mia; Joe", "email": ("mia@x.de, joe@x.de",)}
    assert people_of(beside, "deals") == (
        Person("Mia", ("mia@x.de",)),
        Person("Joe", ("joe@x.de",)),
    )


@pytest.mark.parametrize(
    ("cell", "count"),
    [("a@x.de, b@x.de", 2), ("a@x.de\nb@x.de", 2), ("a@x.de;b@x.de c@x.de", 3), ("a@x.de", 1)],
)
def test_addresses_in_one_cell_are_several(cell: str, count: int) -> None:
    (person,) = people_of({"contact": "Ann", "email": (cell,)}, "deals")
    assert len(person.emails) == count


def test_a_number_beside_an_address_is_a_number() -> None:
    row = {"contact": "Ann", "email": ("Ann Lee <a@x.de> / 9876543210",)}
    assert people_of(row, "deals") == (Person("Ann", ("a@x.de",), ("9876543210",)),)


def test_numbers_in_one_cell_are_several_and_blanks_inside_part_none() -> None:
    row = {"contact": "Ann", "phone": ("+44 20 7946 0001; +44 20 7946 0002",)}
    assert people_of(row, "deals")[0].phones == ("+44 20 7946 0001", "+44 20 7946 0002")
    one = {"contact": "Ann", "phone": ("030 / 123 45, Zentrale",)}
    assert people_of(one, "deals")[0].phones == ("030 / 123 45, Zentrale",)


def test_in_a_list_of_leads_the_name_is_a_person() -> None:
    row = {"name": "Ann", "email": ("a@b.co",)}
    assert people_of(row, "leads")[0].name == "Ann"
    assert people_of(row, "deals")[0].name == ""
    assert people_of({"name": "Acme"}, "leads") == ()


def test_who_has_only_an_address_is_called_by_it() -> None:
    (contact,) = contacts_of({"job_title": "CEO"}, (Person("", ("a@b.co",), ("555",)),), "x-1")
    assert (contact.name, contact.email, contact.phone, contact.title) == (
        "a@b.co",
        "a@b.co",
        "555",
        "CEO",
    )
    assert contacts_of({}, (), "x-1") == ()
    assert people_of({}, "leads") == ()


@pytest.mark.parametrize(
    ("columns", "people"),
    [
        ({"Email": "mailto:b@x.example"}, "b@x.example b@x.example"),
        ({"Contact": "Mia Brandt", "Email": "[b@x.example](mailto:b@x.example)"}, "Mia Brandt b@x.example"),
        ({"Contact": "Mia Brandt", "Email": "n/a", "Phone": "-"}, "Mia Brandt"),
        ({"Contact": "Mia Brandt", "Phone": "m: +49 170 1234567 / o: +49 30 1234567"}, "Mia Brandt +49 170 1234567"),
        ({"Contact": "Mia Brandt", "Phone": "Mobile: 0170 1234567\nOffice: 030 1234567"}, "Mia Brandt 0170 1234567"),
        ({"Contact": "Mia Brandt", "Phone": "555-0101 (work), 555-0102 (cell)"}, "Mia Brandt 555-0101"),
        ({"Contact": "Mia Brandt", "Phone": "555-0101 or 555-0102"}, "Mia Brandt 555-0101"),
        ({"Contact": "Mia Brandt", "Phone": "tel:+4930123456"}, "Mia Brandt +4930123456"),
        ({"Contact": "Mia Brandt & Joe Kern"}, "Mia Brandt|Joe Kern"),
        ({"Contact": "Mia Brandt, Joe Kern", "Email": "m@x.example, j@x.example"}, "Mia Brandt m@x.example|Joe Kern j@x.example"),
        ({"Contact": "Mia Brandt; Joe Kern", "Phone": "555-0101; 555-0102"}, "Mia Brandt 555-0101|Joe Kern 555-0102"),
        ({"Contact": "5;#Mia Brandt;#7;#Joe Kern"}, "Mia Brandt|Joe Kern"),
        ({"Contact": '["Mia Brandt","Joe Kern"]'}, "Mia Brandt|Joe Kern"),
        ({"Contact": '=HYPERLINK("https://x.example/1","Mia Brandt")'}, "Mia Brandt"),
        ({"Contact": '<a href="https://x.example/1">Mia Brandt</a>'}, "Mia Brandt"),
        ({"Contact": "Hall, Birch"}, "Hall, Birch"),
        ({"Contact": "Hr. Brandt, Fr. Kern"}, "Hr. Brandt|Fr. Kern"),
        ({"Contact": "Brandt, Hr. Max"}, "Brandt, Hr. Max"),
        ({"Contact": "van der Berg, Mia Anna"}, "van der Berg, Mia Anna"),
    ],
)  # fmt: skip
def test_cells_of_people_become_what_they_mean(columns: dict[str, str], people: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Deal", "Stage", *columns], ["Solar", "Open", *columns.values()]])
    (solar,) = taken(out.getvalue()).prospects
    found = (" ".join(filter(None, (c.name, c.email, c.phone))) for c in solar.contacts)
    assert "|".join(found) == people


def test_a_day_beside_a_name_or_under_phone_is_no_number() -> None:
    (mia,) = people_of({"contact": "Mia Brandt 2026-11-20 <mia@x.de> 555-0101-22"}, "deals")
    assert (mia.name, mia.phones) == ("Mia Brandt 2026-11-20", ("555-0101-22",))
    rows = [
        "Name,Contact,Phone",
        "Alder,Jo,2026-11-20",
        "Birch,Bo,1/2",
        "Cedar,Cy,+44 20 7946 0001",
    ]
    result = taken(
        "\n".join(
            [*rows, "Elm,Ed,Office: 204", "Yew,Al,491761234567.0", "Fir,Flo,20.11.2026; 555-0142"]
        )
    )
    phones = [one.contacts[0].phone for one in result.prospects]
    assert phones == ["", "", "+44 20 7946 0001", "Office: 204", "491761234567", "555-0142"]
    assert "Phone: 1/2" in result.prospects[1].notes[0].text
