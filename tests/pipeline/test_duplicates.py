"""Which prospects may be one: by what they share, and by their names."""

from typing import Any

import pytest

from review_board.pipeline.duplicates import DuplicatePair, duplicates


def record(number: int, name: str, **fields: Any) -> dict[str, Any]:
    return {"id": f"p-{number}", "name": name, **fields}


def person(**fields: str) -> dict[str, Any]:
    return {"contacts": [{"id": "c-1", "name": "Kim", **fields}]}


def why(one: dict[str, Any], other: dict[str, Any]) -> tuple[str, ...]:
    return next((pair.why for pair in duplicates([one, other])), ())


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        (
            person(email="kim@a.example"),
            person(email="KIM@A.example "),
            "same email kim@a.example",
        ),
        (
            person(phone="+41 79 555 01 42"),
            person(phone="079 555 01 42"),
            "same phone +41 79 555 01 42",
        ),
        (person(email="a@a.example"), person(email="b@a.example"), "same web domain a.example"),
    ],
)
def test_what_they_share(ours: dict[str, Any], theirs: dict[str, Any], told: str) -> None:
    assert told in why(record(1, "North", **ours), record(2, "South", **theirs))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lakeside Dental", "Lakeside Dental Ltd."),
        ("Müller & Söhne GmbH", "Mueller und Sohne"),
        ("Harbor Auto Glass", "Harbour Auto Glass"),
        ("Northgate Schools", "Northgate School"),
    ],
)
def test_names_that_are_nearly_the_same(one: str, other: str) -> None:
    assert "name" in why(record(1, one), record(2, other))[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("River Bend Bakery", "River Bend Brewery"),
        ("Shop 12", "Shop 13"),
        ("Lakeside Dental", "Harbor Auto Glass"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert not why(record(1, one), record(2, other))


def test_an_address_anybody_may_have_and_two_sales_to_one_company_say_nothing() -> None:
    ours, theirs = person(email="a@gmail.com"), person(email="b@gmail.com")
    assert not why(record(1, "North", **ours), record(2, "South", **theirs))
    same = {"company": "Acme"}
    assert not why(record(1, "Renewal", **same), record(2, "New fleet", **same))
    assert why(record(1, "Acme Ltd"), record(2, "New fleet", **same)) == ("same name",)


def test_the_surest_come_first_and_those_known_to_be_two_not_at_all() -> None:
    one = record(1, "Harbor", **person(email="k@a.example"))
    two = record(2, "Other", **person(email="k@a.example"))
    three = record(3, "Harbour")
    found = duplicates([three, two, one])
    assert [(p.one, p.other) for p in found] == [("p-1", "p-2"), ("p-1", "p-3")]
    assert duplicates([one, two], {frozenset({"p-2", "p-1"})}) == []
    assert isinstance(found[0], DuplicatePair)


def test_what_a_hand_has_spoilt_is_passed_over() -> None:
    assert (
        duplicates([{"id": "p-1", "name": 3, "contacts": "x"}, {"id": "p-2", "contacts": [7]}])
        == []
    )


def test_a_number_that_many_share_gives_no_crowd_of_pairs() -> None:
    many = [record(n, f"Branch {'x' * n}", **person(phone="555-0100")) for n in range(30)]
    shared = [pair for pair in duplicates(many) if pair.why[0].startswith("same phone")]
    assert len(shared) == 29
