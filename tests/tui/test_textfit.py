"""Text fills exactly the cells it is given."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from review_board.tui.textfit import clip, columns, fit, plain, plain_lines, told_apart
from tests.tui.conftest import HOSTILE


def test_short_text_is_padded() -> None:
    assert fit("Acme", 6) == "Acme  "


def test_long_text_ends_in_an_ellipsis() -> None:
    assert fit("Harbor Auto Glass", 8) == "Harbor… "


def test_a_wide_character_is_never_halved() -> None:
    assert fit("日本電気", 4) == "日… "


def test_two_ends() -> None:
    assert columns("Harbor", "24k", 12) == "Harbor   24k"


def test_the_right_end_is_kept_whole() -> None:
    assert columns("Harbor Auto", "24k", 9) == "Harb… 24k"


def test_no_room_at_all() -> None:
    assert fit("Acme", 0) == ""
    assert columns("Acme", "24k", 2) == "2…"


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [1, 2, 7, 16, 40])
def test_hostile_text_fills_exactly_and_carries_no_control_code(name: str, width: int) -> None:
    shown = fit(name, width)
    assert cell_len(shown) == width
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


@given(st.text(max_size=60), st.integers(0, 30))
def test_any_text_fills_exactly(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(columns(text, text, width)) == width
    assert cell_len(clip(text, width)) <= width


def test_sequences_that_terminals_draw_differently_are_taken_apart() -> None:
    assert plain("👨‍👩‍👧") == "👨👩👧"
    assert plain("🇩🇪 ❤️") == "DE ❤"


def test_lines_stay_lines() -> None:
    assert plain_lines("a\x1b[2J\nb") == "a\N{REPLACEMENT CHARACTER}[2J\nb"


def test_an_indent_stands_before_any_letters() -> None:
    assert plain("  ■ 7 ≥ 3") == "  ■ 7 ≥ 3"
    assert plain_lines("Höhe\n  ≥ 3") == "Höhe\n  ≥ 3"


def test_what_two_names_have_alike_is_left_out_before_they_differ() -> None:
    one, other = "Tessari Macchine Utensili SRL, Active", "Tessari Macchine Utensili SPA, Nurture"
    assert told_apart(one, other, 30) == (
        "Tessari Ma…ensili SRL, Active",
        "Tessari Ma…ensili SPA, Nurture",
    )
    assert told_apart(one, other, 40) == (one, other)
    assert told_apart("Szabó Veterinary, Active", "Szabó Veterinary Inc., Active", 20) == (
        "Szabó Veterinary, A…",
        "Szabó Veterinary In…",
    )
    assert told_apart("Acme Tools of Ohio", "Beta Tools of Ohio", 9) == ("Acme Too…", "Beta Too…")


@given(st.text(max_size=60), st.text(max_size=60), st.integers(1, 60))
def test_any_two_fit_and_stay_as_they_are_where_there_is_room(
    one: str, other: str, width: int
) -> None:
    shown = told_apart(one, other, width)
    assert all(cell_len(text) <= width for text in shown)
    if max(cell_len(plain(one)), cell_len(plain(other))) <= width:
        assert shown == (plain(one), plain(other))


def test_a_sentence_is_cut_between_words_a_name_where_the_room_ends() -> None:
    assert clip("no answer for 106 days, 7 attempts (enough: 60 days)", 37) == (
        "no answer for 106 days, 7 attempts…"
    )
    assert clip("they asked, nobody called: ring them", 29) == "they asked, nobody called…"
    assert clip("Maple Cross Heat & Pipe", 21) == "Maple Cross Heat & P…"
