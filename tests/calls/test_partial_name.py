"""The name in a line that is still being typed."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.calls.find_outcome import CODES
from review_board.calls.grammar import parse_line, partial_name
from review_board.calls.tokens import LineError

DAY = date(2026, 11, 20)


def named(text: str, *, nameless: bool = True) -> str | None:
    name = partial_name(text, nameless=nameless)
    return name.text if name else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", None),
        ("vm", None),
        ("ta", None),
        ('vm "left', None),
        ("harb", "harb"),
        ("harbor auto", "harbor auto"),
        ("harbor ta", "harbor"),
        ("harbor tas", "harbor tas"),
        ("harbor vm", "harbor"),
        ('harbor vm "left wo', "harbor"),
        ('harbor "left word"', "harbor"),
        ('"in mot', "in mot"),
        ('"vm"', "vm"),
        ('"', None),
        ("ta vm", "ta"),
        ("w" * 20_000, None),
    ],
)
def test_is_what_stands_before_the_outcome(text: str, name: str | None) -> None:
    assert named(text) == name


def test_without_a_card_the_first_word_is_a_name_whatever_it_is() -> None:
    assert named("vm", nameless=False) == "vm"
    assert named("vm na", nameless=False) == "vm"


@given(st.lists(st.sampled_from([*CODES, "x", '"', "“n", ">", " "])), st.booleans())
def test_any_text_has_a_name_that_stands_in_it_or_none(words: list[str], nameless: bool) -> None:
    text = " ".join(words)
    if name := partial_name(text, nameless=nameless):
        assert 0 <= name.start < name.end <= len(text)


@given(st.lists(st.sampled_from([*CODES, "x", "harbor", '"in motion"', '"vm"', ">call fri"])))
def test_in_a_whole_line_it_is_the_name_that_the_line_is_read_with(words: list[str]) -> None:
    text = " ".join(words)
    for nameless in (False, True):
        with suppress(LineError):
            assert (named(text, nameless=nameless) or "") == parse_line(
                text, DAY, nameless=nameless
            ).who
