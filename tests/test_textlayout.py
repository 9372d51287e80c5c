"""Text and tables on a terminal: nothing is broken inside a word, nothing is wider than the screen."""

from review_board.textlayout import fit, hanging, in_columns, table, wrapped

ROWS = [
    ("!", "Harbor Auto Glass", "send an article, a letter, a newsletter or a postcard"),
    ("", "Pell", "call, and ask how things stand"),
]


def test_without_a_width_a_row_is_a_line() -> None:
    assert list(table(ROWS, (1, 20))) == [
        "!  Harbor Auto Glass  send an article, a letter, a newsletter or a postcard",
        "   Pell               call, and ask how things stand",
    ]


def test_the_last_column_hangs_beside_the_others() -> None:
    assert list(table(ROWS, (1, 20), width=56)) == [
        "!  Harbor Auto Glass  send an article, a letter, a",
        "                      newsletter or a postcard",
        "   Pell               call, and ask how things stand",
    ]


def test_without_room_it_goes_below() -> None:
    assert list(table(ROWS, (1, 20), width=40)) == [
        "!  Harbor Auto Glass",
        "    send an article, a letter, a",
        "    newsletter or a postcard",
        "   Pell",
        "    call, and ask how things stand",
    ]


def test_the_widest_column_gives_way() -> None:
    assert list(table([("!", "Harbor Auto Glass", "")], (1, 20), width=18)) == [
        "!  Harbor Auto Gl…",
    ]


def test_a_line_hangs_under_its_beginning() -> None:
    assert hanging("  ○ one two three", 10) == ["  ○ one", "    two", "    three"]
    assert hanging("  ○ one two three", None) == ["  ○ one two three"]


def test_lines_begin_as_they_are_told_and_stay_in_the_width() -> None:
    assert wrapped("one two three", 9, "- ", "    ") == ["- one two", "    three"]
    assert wrapped("strengthened", 8, "- ", "  ") == ["- streng", "  thened"]
    assert wrapped("", 8, "- ") == ["-"]


def test_a_number_and_its_word_stay_together() -> None:
    assert wrapped("called again by 4 Dec at last", 18) == ["called again by", "4 Dec at last"]
    assert wrapped("frees 1.2 h a week", 9) == ["frees", "1.2 h a", "week"]
    assert wrapped("on 4 Dec 2027, at 30 %", 12) == ["on", "4 Dec 2027,", "at 30 %"]
    assert wrapped("then ○ a signal", 7) == ["then", "○ a", "signal"]
    assert wrapped("12 Dec 2027", 6) == ["12 Dec", "2027"]


def test_an_address_too_long_for_a_line_ends_after_one_of_its_signs() -> None:
    address = "ingrid.tremblay@whitewater-biotech.example"
    assert wrapped(address, 38) == ["ingrid.tremblay@whitewater-biotech.", "example"]
    assert wrapped(address, 30) == ["ingrid.tremblay@whitewater-", "biotech.example"]
    assert wrapped("W" * 50, 30) == ["W" * 30, "W" * 20]


def test_columns_fill_their_widths() -> None:
    assert in_columns(("Harbor", "7"), (4, 3), frozenset({1})) == "Har…    7"


def test_fit() -> None:
    assert fit("abc", 5) == "abc  "
    assert fit("abc", 5, right=True) == "  abc"
    assert fit("abcdef", 4) == "abc…"
    assert fit("株式会社", 5) == "株式…"
    assert fit("株式会社", 4) == "株… "
    assert list(table([("a", "b", "c"), ("aaa", "b", "")], [2, 9])) == ["a   b  c", "a…  b"]
