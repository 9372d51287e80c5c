from review_board.exchange.people import NOBODY, Person, contacts_of, person_of


def test_the_parts_of_a_name_make_one() -> None:
    row = {"first_name": "Ann", "last_name": "Lee", "email": ("a@b.co", "a@b.co")}
    assert person_of(row, "leads") == Person("Ann Lee", ("a@b.co",))


def test_a_cell_that_mixes_name_address_and_number_is_taken_apart() -> None:
    row = {"contact": "Bob Ray <bob@x.com>, bob2@x.com / Ph: 9876543210"}
    assert person_of(row, "deals") == Person(
        "Bob Ray", ("bob@x.com", "bob2@x.com"), ("9876543210",)
    )


def test_in_a_list_of_leads_the_name_is_a_person() -> None:
    row = {"name": "Ann", "email": ("a@b.co",)}
    assert person_of(row, "leads").name == "Ann"
    assert person_of(row, "deals").name == ""
    assert person_of({"name": "Acme"}, "leads").name == ""


def test_who_has_only_an_address_is_called_by_it() -> None:
    (contact,) = contacts_of({"job_title": "CEO"}, Person("", ("a@b.co",), ("555",)), "x-1")
    assert (contact.name, contact.email, contact.phone, contact.title) == (
        "a@b.co",
        "a@b.co",
        "555",
        "CEO",
    )
    assert contacts_of({}, NOBODY, "x-1") == ()
    assert person_of({}, "leads") is NOBODY
