"""Tables on a terminal: nothing is broken inside a word, nothing is wider than the screen."""

from review_board.cli.layout import hanging, table

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
