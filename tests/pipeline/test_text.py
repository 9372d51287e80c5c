"""Text from outside is data: shown literally, on one line, and never run."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.errors import InvalidValueError
from review_board.pipeline.text import (
    LINE_LIMIT,
    NOTE_LIMIT,
    REPLACEMENT,
    clean,
    clean_name,
    fold,
    is_phone,
)

MEANT = [
    "[@click=app.quit]Acme[/]",
    "Acme [/foo] AG",
    "[bold",
    "-rf",
    "=x",
    "../../x",
    "日本電気",
    "شركة",
    "Łódź & Ó Briain",
    "👩‍👩‍👧‍👦 Nursery",
    "नमस्ते",
]
"""Odd, but what somebody may well be called; kept letter by letter."""

HOSTILE = {
    "clipboard": "\x1b]52;c;aGk=\x07",
    "clear screen": "\x1b[2J",
    "C1 colour": "\x9b31m",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "zero-width space": "\u200b",
    "NUL": "\x00",
    "lone surrogate": "\ud800",
    "tag": "\U000e0041",
    "byte order mark": "\ufeff",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "bell": "\x07",
    "delete": "\x7f",
}

anything = st.text(st.characters(categories=None, codec=None), max_size=300)
"""Any code points, lone surrogates too."""


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_is_kept(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)
    assert clean_name(text) == clean(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_could_steer_a_terminal_becomes_visible(text: str) -> None:
    cleaned = clean(f"Acme{text}Ltd")
    assert cleaned.startswith(f"Acme{REPLACEMENT}")
    assert cleaned.endswith("Ltd")
    assert not set(cleaned) & set(text) - set("[]52;c;aGk=J31m")


@pytest.mark.parametrize(
    "mark", ["\n", "\r\n", "\t", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]
)
def test_a_break_becomes_a_space(mark: str) -> None:
    assert clean(f"one{mark}two") == "one two"


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_a_note_keeps_its_lines(mark: str) -> None:
    assert clean(f"one{mark}two\tthree", keep_lines=True) == "one\ntwo three"


def test_at_most_three_marks_climb_on_one_letter() -> None:
    assert clean("Z" + "\u0335" * 500 + "algo") == "Z" + "\u0335" * 3 + "algo"


def test_length_is_capped() -> None:
    assert clean("W" * 10_000) == "W" * LINE_LIMIT
    assert len(clean("é" * 50_000, keep_lines=True)) == NOTE_LIMIT
    assert clean("abcdef", limit=3) == "abc"


def test_a_cut_leaves_no_space_behind() -> None:
    assert clean("a" * (LINE_LIMIT - 1) + " b") == "a" * (LINE_LIMIT - 1)


@given(anything, st.booleans())
def test_cleaning_is_safe_for_any_text(text: str, keep_lines: bool) -> None:
    cleaned = clean(text, keep_lines=keep_lines)
    allowed = {"\n"} if keep_lines else set()
    for character in set(cleaned) - allowed:
        assert unicodedata.category(character) not in {"Cc", "Cs"}
        assert unicodedata.bidirectional(character) not in {
            "RLO",
            "LRO",
            "RLE",
            "LRI",
            "RLI",
            "PDF",
        }
    cleaned.encode("utf-8")
    assert len(cleaned.splitlines()) <= 1 or keep_lines
    assert len(cleaned) <= NOTE_LIMIT


@given(anything, st.booleans())
def test_cleaning_again_changes_nothing(text: str, keep_lines: bool) -> None:
    once = clean(text, keep_lines=keep_lines)
    assert clean(once, keep_lines=keep_lines) == once


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "\x1b\x07", "\u200b", "\u202e\u2066", "\ufeff\n"]
)
def test_a_name_without_anything_visible_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="visible character") as refused:
        clean_name(text)
    assert refused.value.cure


@pytest.mark.parametrize(
    ("written", "searched"), [("ÉCOLE", "ecole"), ("Straße", "strasse"), ("Ångström", "angstrom")]
)
def test_search_knows_no_case_and_no_accents(written: str, searched: str) -> None:
    assert fold(written) == searched


@pytest.mark.parametrize(
    "text",
    [
        *("555-0142", "+44 20 7946 0001", "0711/4455660", "(030) 123-45 67", "044.668.18.00"),
        *(
            "555.0142",
            "+1 415 555-0123 ext. 4",
            "0711 44 55 66 (Office)",
            "204",
            "ext. 204",
            "0-12",
        ),
        "12-34-567",
    ],
)
def test_a_phone_number_in_any_form(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        *("+49 1/2", "1/2", "12.5", "30 %", "$1,200,000", "1,234,567", "1.234,56", "4.91761E+11"),
        *("2026-11-20", "20.11.2026", "11/20/2026", "2026-11-20 10:30", "20 Nov 2026", "10:30"),
        *("", "none yet", "three"),
    ],
)
def test_a_day_a_fraction_or_a_sum_is_no_phone_number(text: str) -> None:
    assert not is_phone(text)
