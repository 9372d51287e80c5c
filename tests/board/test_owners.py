"""An owner is meant by whole words of the name."""

import pytest

from review_board.board.owners import likely_owners, may_become, nobody_called, owns


@pytest.mark.parametrize(
    "owner", ["ann", "Ann Lee", "Lee, ANN", "Änn", "ann.lee@acme.example", "Ann (north)"]
)
def test_a_word_of_the_name_is_enough(owner: str) -> None:
    assert owns("ann", owner)


@pytest.mark.parametrize("owner", ["joanne", "annabel", "Ann-Marie", "", "Lee"])
def test_a_part_of_a_word_is_not(owner: str) -> None:
    assert not owns("ann", owner)


def test_several_words_must_all_be_there_in_any_order() -> None:
    assert owns("lee ann", "Ann Lee")
    assert not owns("ann lee", "Ann")


def test_a_name_of_nothing_but_marks_is_nobody_else() -> None:
    assert owns("...", "...")
    assert not owns("...", "Ann")


@pytest.mark.parametrize(
    ("wanted", "owners", "cure"),
    [
        ("jo", ["joanne", "raj"], "did you mean joanne?"),
        ("anne", ["Ann Lee", "raj"], "did you mean Ann Lee?"),
        ("zoe", ["Ann Lee", ""], "see review-board list"),
    ],
)
def test_who_is_not_known_is_refused_with_the_nearest(
    wanted: str, owners: list[str], cure: str
) -> None:
    refused = nobody_called(wanted, owners)
    assert (refused.message, refused.cure) == (f"Nobody called {wanted!r} owns a prospect", cure)


@pytest.mark.parametrize(
    ("typed", "owners", "names"),
    [
        ("ra", ["raj", "ann", ""], ["raj"]),
        ("RA pa", ["Raj Patel", "Raj", "Rapa"], ["Raj Patel"]),
        ("ra", ["Raj", "Ramona", "Joan"], ["Raj", "Ramona"]),
        ("ann", ["Ann", "Annabel"], []),  # it is the name of somebody already
        ("zoe", ["Ann", ""], []),
    ],
)
def test_whom_a_name_may_become(typed: str, owners: list[str], names: list[str]) -> None:
    assert may_become(typed, owners) == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Karla", ["Karla Weiß"]),
        ("karl", ["Karl Otto", "Karla Weiß"]),
        ("Carla Weiss", ["Karla Weiß"]),
        ("otot", ["Karl Otto"]),
        ("root", []),
    ],
)
def test_whom_a_name_may_mean(typed: str, names: list[str]) -> None:
    assert likely_owners(typed, ["Raj", "Karla Weiß", "", "Karl Otto"]) == names


def test_names_that_differ_in_their_capitals_alone_have_one_order() -> None:
    owners = [name for first in "tT" for name in (f"{first}om", f"{first}OM")]
    assert likely_owners("to", owners) == sorted(owners)
