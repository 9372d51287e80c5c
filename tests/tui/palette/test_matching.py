"""What fits the words comes in an order that can be foreseen."""

from collections.abc import Callable

import pytest

from review_board.board.index import Entry
from review_board.tui.palette.matching import Command, best_first, mixed, people_first
from tests.tui.conftest import document, open_board


def nothing() -> None:
    """Do nothing."""


def command(name: str, meaning: str = "") -> Command:
    return Command(name, meaning, nothing)


COMMANDS = [
    command("Undo", "Take back your last change"),
    command("Report", "What your last review came to"),
    command("Review", "Step through what is to review"),
    command("Add", "A new prospect: a name is enough"),
    command("View: Never contacted", "no contact on record yet"),
]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("undo", ["Undo"]),
        ("TAKE BACK", ["Undo"]),
        ("review", ["Review", "Report"]),
        ("your last", ["Undo", "Report"]),
        ("contacted", ["View: Never contacted"]),
        ("contact never", ["View: Never contacted"]),
        ("enough", ["Add"]),
        ("evie", ["Review"]),
        ("nothing of it", []),
    ],
)
def test_commands_are_found_by_any_word(typed: str, names: list[str]) -> None:
    assert [one.name for one in best_first(COMMANDS, typed)] == names


def test_without_a_word_all_stand_in_their_order() -> None:
    assert best_first(COMMANDS, "  ") == COMMANDS


def entries(make: Callable[..., object], *names: str) -> list[Entry]:
    board = open_board(make(names))  # type: ignore[arg-type]
    return list(board.index.entries.values())


def test_people_whose_name_begins_so_come_first_then_by_value() -> None:
    from tests.tui.conftest import disk_of

    def disk(names: tuple[str, ...]) -> object:
        return disk_of(tuple(document(n, value=v) for n, v in zip(names, (1, 2, 90), strict=True)))

    found = people_first(entries(disk, "Harbor Glass", "Old Harbor", "Bright Harbor"), "harb")
    assert [entry.name for entry in found] == ["Harbor Glass", "Bright Harbor", "Old Harbor"]


def test_a_name_that_fits_comes_before_a_description_that_does() -> None:
    people = [command("Last Mile Foods", "Active, ann")]
    found = mixed(best_first(COMMANDS, "last"), people, "last")
    assert [one.name for one in found] == ["Last Mile Foods", "Undo", "Report"]
