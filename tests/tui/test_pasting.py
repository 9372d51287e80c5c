"""What is pasted is text, whatever it holds and however it arrives."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

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


class Reads:
    """A parser that is given reads at certain moments, as the driver gives them."""

    def __init__(self) -> None:
        self.now = 0.0
        self.parser = SafeParser(clock=lambda: self.now)

    def read(self, data: str, after: float = 0.0) -> list[str]:
        """What a read means: keys by their names, pastes in quotes."""
        self.now += after
        return self._told([*self.parser.feed(data), *self.parser.tick()])

    def silence(self, seconds: float = 1.0) -> list[str]:
        """What nothing more for a while means."""
        self.now += seconds
        return self._told(self.parser.tick())

    @staticmethod
    def _told(found: Iterable[Message]) -> list[str]:
        return [
            repr(event.text) if isinstance(event, events.Paste) else event.key
            for event in found
            if isinstance(event, events.Paste | events.Key)
        ]


def test_many_characters_at_once_with_a_line_break_are_a_paste() -> None:
    reads = Reads()
    assert reads.read("Call Ann\rdrop it\r") == []
    assert reads.silence() == [repr("Call Ann\rdrop it\r")]
    assert reads.read("j") == ["j"]


def test_a_paste_that_comes_in_parts_is_one_paste() -> None:
    reads = Reads()
    first, rest = "a long first line ", "and more of it\rq\r"
    assert reads.read(first) == []
    assert reads.read(rest, after=0.02) == []
    assert reads.silence() == [repr(first + rest)]


def test_what_hands_may_have_typed_is_keys() -> None:
    reads = Reads()
    assert reads.read("jjjjjjjjjjjjjjjj\r") == ["j"] * 16 + ["enter"]
    assert reads.read("Kx\r") == ["K", "x", "enter"]
    assert reads.read("\x1b[A\x1b[B\x1b[<0;12;34M\r") == ["up", "down", "enter"]


def test_what_is_typed_ahead_without_a_line_break_is_keys_in_order() -> None:
    reads = Reads()
    assert reads.read("abcdefghij") == []
    assert reads.read("\r", after=0.05) == [*"abcdefghij", "enter"]
    assert reads.read("abcdefghij", after=1) == []
    assert reads.silence() == [*"abcdefghij"]


def test_escape_codes_in_a_paste_without_marks_do_nothing() -> None:
    reads = Reads()
    assert reads.read("one line\x1b[31m red\rq\r") == []
    assert reads.silence() == [repr(f"one line{REPLACEMENT}[31m red\rq\r")]


def test_a_paste_without_its_end_ends_when_nothing_more_comes() -> None:
    reads = Reads()
    assert reads.read(f"{START}half") == []
    assert reads.read("j", after=0.2) == []  # at once behind it: still a part of it
    assert reads.silence() == ["'halfj'"]
    assert reads.read("j", after=1) == ["j"]


def test_keys_do_not_keep_a_paste_without_its_end_open() -> None:
    reads = Reads()
    assert reads.read(f"{START}half") == []
    assert [reads.read("j", after=0.15) for _ in range(3)] == [[], [], ["'halfjjj'"]]
    assert reads.read("j", after=0.15) == ["j"]


def test_the_rest_of_a_paste_that_was_slow_is_a_paste_too() -> None:
    reads = Reads()
    assert reads.read(f"{START}one ") == []
    assert reads.silence() == ["'one '"]
    assert reads.read(f"two\rq{END}") == [repr("two\rq")]
    assert reads.read("j") == ["j"]
