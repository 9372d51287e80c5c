"""The facts on a page, as text: the head, the advice with its reasons, people, chips; any width."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from review_board.board.board import Board
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Role
from review_board.tui.prospect.facts import chips, facts, head
from tests.tui.conftest import HARBOR, HOSTILE, SMALL


@pytest.fixture
def small(board: Board) -> Board:
    board.add([from_document(document) for document in SMALL], "import")
    return board


HARBOR_ID = str(HARBOR["id"])


def test_the_head_says_who_it_is_and_whom_to_call(small: Board) -> None:
    shown, whom = head(small, HARBOR_ID)
    assert shown.plain == "Harbor Auto Glass  Harbor Group  $24,000  Active  ann  #north"
    assert whom.plain == "Hiro Jovanović hiro@h.example"


def test_the_advice_comes_first_in_the_sellers_words(small: Board) -> None:
    text = facts(small, HARBOR_ID, 100).plain
    assert text.startswith(" KEEP  in Active")
    for words in ("\nReasons to keep", "Reasons to let go\n", "\nTurns to PURGE if", "\nus    "):
        assert words in text
    assert "open-quote" not in text
    assert "thresholds." not in text
    full = facts(small, HARBOR_ID, 100, full=True).plain
    assert "open-quote" in full
    assert "thresholds.attempts" in full


def test_people_stand_in_columns_and_who_was_never_asked_is_said(small: Board) -> None:
    def with_gus(p: Prospect, stamp: Stamp) -> Prospect:
        note = "only before nine\nask for Gus"
        return changes.add_contact(p, "Gus", Role.GATEKEEPER, stamp, phone="555-0101", note=note)

    small.change(HARBOR_ID, with_gus, "added Gus")
    lines = facts(small, HARBOR_ID, 100).plain.split("\n")
    at = lines.index("People")
    assert [line.rstrip() for line in lines[at + 1 : at + 5]] == [
        "Hiro Jovanović  champion              hiro@h.example  never asked",
        "Gus             gatekeeper  555-0101",
        "  only before nine",
        "  ask for Gus",
    ]


def test_what_was_won_and_what_was_dropped(small: Board) -> None:
    assert "hostile" in facts(small, "p-brandt-logistics", 90).plain.split("\n")[0]
    shown, _ = head(small, "p-brandt-logistics")
    assert "Dropped" in shown.plain


@pytest.mark.parametrize("width", [24, 57, 90, 108])
def test_no_line_is_wider_than_its_width_whatever_is_on_record(small: Board, width: int) -> None:
    def hostile(p: Prospect, stamp: Stamp) -> Prospect:
        for number, text in enumerate(HOSTILE):
            given = replace(stamp, key=f"{stamp.key}-{number}")
            p = changes.add_contact(p, f"{number} {text}", Role.CONTACT, given, note=text)
        return changes.edit(p, tags=HOSTILE, company=HOSTILE[0])

    small.change(HARBOR_ID, hostile, "tried")
    text = facts(small, HARBOR_ID, width).plain
    assert max(map(cell_len, text.split("\n"))) <= width
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert "#[@click=app.quit]Acme[/]" in head(small, HARBOR_ID)[0].plain


def test_chips_are_set_apart_by_a_sign_and_a_ground() -> None:
    assert chips(("solar", "price first")).plain == "#solar #price first"
