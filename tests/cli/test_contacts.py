"""``contact``: the people of a prospect on the command line."""

import pytest

from review_board.cli.contacts import contact as contact_command
from review_board.pipeline.text import REPLACEMENT
from tests.cli.conftest import Shell


@pytest.fixture
def acme(shell: Shell) -> Shell:
    shell.ok("add", "Acme")
    shell.ok("contact", "acme", "--add", "Kim Aldous", "--role", "champ", "--phone", "555-0142")
    return shell


def test_a_person_is_added_with_what_is_known(acme: Shell) -> None:
    assert acme.ok("contact", "acme") == "Kim Aldous (champion) · 555-0142\n"
    assert "Kim Aldous · champion · 555-0142" in acme.ok("show", "acme")
    assert "Kim Aldous 555-0142" in acme.ok("best")


def test_a_person_is_changed_by_a_part_of_the_name(acme: Shell) -> None:
    out = acme.ok("contact", "acme", "kim", "--email", "k@a.example", "--phone", "none")
    assert out.startswith("saved Acme: contact Kim Aldous: email k@a.example, phone emptied\n")
    acme.ok("contact", "acme", "champion", "--name", "Kim Ash", "--note", "mornings\nonly")
    (listed,) = acme("contact", "acme", "--json").json["contacts"]
    listed.pop("id")
    assert listed == {
        "name": "Kim Ash",
        "role": "champion",
        "title": "",
        "email": "k@a.example",
        "phone": "",
        "note": "mornings\nonly",
    }
    assert acme.ok("contact", "acme").endswith("k@a.example · mornings only\n")


def test_an_address_and_a_number_in_a_name_are_taken_as_such(acme: Shell) -> None:
    mia = "Mia Brandt <mia@birch.example> +1 212 555 0101"
    added = acme.ok("contact", "acme", "--add", mia)
    assert added.startswith("saved Acme: contact Mia Brandt: role contact, email mia@birch.example")
    acme.ok("add", "Birch", "--contact", f"{mia}:champion", "--contact", "jo@birch.example")
    acme.ok("edit", "birch", "--contact", "Al <al@birch>, +44 20 7946 0001 / al@home.example")
    acme.ok("contact", "acme", "kim", "--name", "Kim Ash, kim@acme.example")
    named = {}
    for who in ("acme", "birch"):
        for one in acme("contact", who, "--json").json["contacts"]:
            named[who, one["name"]] = one["email"], one["phone"], one["note"]
    assert named == {
        ("acme", "Kim Ash"): ("kim@acme.example", "555-0142", ""),
        ("acme", "Mia Brandt"): ("mia@birch.example", "+1 212 555 0101", ""),
        ("birch", "Mia Brandt"): ("mia@birch.example", "+1 212 555 0101", ""),
        ("birch", "jo@birch.example"): ("jo@birch.example", "", ""),
        ("birch", "Al"): ("al@birch", "+44 20 7946 0001", "also al@home.example"),
    }


def test_undo_brings_back_who_was_removed(acme: Shell) -> None:
    acme.ok("contact", "acme", "kim", "--remove")
    assert acme("contact", "acme", "--json").json["contacts"] == []
    assert "no contact yet" in acme("contact", "acme").err
    acme.ok("undo")
    assert acme.ok("contact", "acme").startswith("Kim Aldous")


def test_the_history_goes_on_naming_who_was_removed(acme: Shell) -> None:
    acme.ok("log", "acme talk with:kim")
    acme.ok("contact", "acme", "kim", "--remove")
    page = acme.ok("show", "acme")
    assert "talked with Kim Aldous, no progress" in page
    assert "Kim Aldous · champion · gone" in page
    assert "Kim" not in acme.ok("best")
    assert "no contact 'kim'" in acme.fails("log", "acme vm with:kim", status=2)
    acme.ok("contact", "acme", "--add", "Kim Aldous", "--role", "assistant")
    assert acme.ok("contact", "acme").startswith("Kim Aldous (assistant)")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--add", "kim aldous"], 1, "has a contact Kim Aldous already"),
        (["--add", "\u200b"], 2, "--add: A name needs"),
        (["--add", "Jo", "--email", "jo"], 2, "--email: 'jo' is no email address"),
        (["--add", "Jo", "--role", "boss"], 2, "economic-buyer"),
        (["kim"], 2, "nothing to change"),
        (["--phone", "1"], 2, "Nobody is named"),
        (["--remove"], 2, "Nobody is named"),
        (["kim", "--add", "Jo"], 2, "one at a time"),
        (["kim", "--remove", "--phone", "1"], 2, "one at a time"),
        (["kim", "--phone", "1", "--json"], 2, "--json only lists"),
        (["zoe", "--phone", "1"], 2, "on record: Kim Aldous"),
        (["Zoe Lee", "--phone", "1"], 2, "--add 'Zoe Lee' puts somebody new on record"),
    ],
)
def test_what_is_refused(acme: Shell, words: list[str], status: int, said: str) -> None:
    assert said in acme.fails("contact", "acme", *words, status=status)


def test_the_same_again_stores_nothing(acme: Shell) -> None:
    before = acme.bytes
    assert acme.ok("contact", "acme", "kim", "--phone", "555-0142").startswith("unchanged Acme")
    assert acme.bytes == before


def test_what_is_typed_is_cleaned(acme: Shell) -> None:
    acme.ok("contact", "acme", "kim", "--title", "head\x1b[31m\nof ops", "--phone", " 5\u202e5 ")
    (kim,) = acme.document("acme")["contacts"]
    assert kim["title"] == f"head{REPLACEMENT}[31m of ops"
    assert kim["phone"] == f"5{REPLACEMENT}5"


def test_roles_are_completed() -> None:
    (role,) = (p for p in contact_command.params if p.name == "role")
    with contact_command.make_context("contact", ["x"], resilient_parsing=True) as context:
        assert [item.value for item in role.shell_complete(context, "ch")] == ["champion"]


def test_edit_names_the_command_for_a_number(shell: Shell) -> None:
    shell.ok("add", "Acme")
    said = shell.fails("edit", "acme", "--phone", "555-0142", status=2)
    assert "contact WHO NAME --phone" in said


def test_who_is_corrected_is_told_how_to_correct_the_other_cards(acme: Shell) -> None:
    """The command names the card by its id: a second card with a person is often called the same."""
    acme.ok("add", "Acme Service", "--contact", "Kim Aldous <kim@a.example>")
    acme.ok("contact", "acme service", "kim", "--phone", "555-0142")
    other = acme("show", "acme service", "--json").json["id"]
    file = ("--file", str(acme.path))
    told = acme(*file, "contact", "acme", "champion", "--phone", "555-0100", "--note", "x").err
    again = f"review-board --file {acme.path} contact {other} 'Kim Aldous' --phone 555-0100"
    assert told == (f"Kim Aldous is on Acme Service too, without the new phone:\n  {again}\n")
    acme.typed(again.removeprefix("review-board "))
    assert acme("contact", "acme", "champion", "--phone", "none").err.endswith("--phone none\n")
    assert "555-0100" in acme.ok("contact", "acme service")
