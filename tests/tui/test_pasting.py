"""What is pasted is text, whatever it holds and however it arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from review_board.pipeline.text import REPLACEMENT
from review_board.tui.pasting import END, START, PasteFilter, SafeParser

BAD = "Red\x1b[31mText\x1b]52;c;aGk=\x07q\nD"


def test_escapes_inside_a_paste_are_replaced_and_outside_are_keys() -> None:
    cleaned = PasteFilter().clean(f"\x1b[A{START}{BAD}{END}\x1b[B")
    assert cleaned == f"\x1b[A{START}{BAD.replace(chr(27), REPLACEMENT)}{END}\x1b[B"


@given(st.lists(st.integers(1, 40), max_size=8))
def test_it_does_not_matter_where_the_reads_break(breaks: list[int]) -> None:
    whole = f"j\x1b[A{START}{BAD}{END}k{START}\x1b[201x{END}q"
    expected = PasteFilter().clean(whole)
    torn, parts, rest = PasteFilter(), [], whole
    for size in breaks:
        parts.append(torn.clean(rest[:size]))
        rest = rest[size:]
    assert "".join(parts) + torn.clean(rest) == expected


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_the_parser_gives_one_paste_and_no_keys(size: int) -> None:
    parser = SafeParser()
    data = f"{START}{BAD}{END}"
    found = [
        event for at in range(0, len(data), size) for event in parser.feed(data[at : at + size])
    ]
    assert [type(event) for event in found] == [events.Paste]
    paste = found[0]
    assert isinstance(paste, events.Paste)
    assert "\x1b" not in paste.text
    assert paste.text.endswith("q\nD")
