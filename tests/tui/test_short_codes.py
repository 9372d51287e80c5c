"""Shorter output paints the same picture."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from review_board.tui.short_codes import shortened

SEEN_ON_BLANKS = {"4", "7", "9", "21", "53"}


def painted(data: str) -> list[tuple[str, object]]:
    """Each character with how it is seen, and at last how the terminal would go on writing."""
    cells: list[tuple[str, object]] = []
    attributes: set[str] = set()
    ink = ground = "usual"
    while data:
        if not data.startswith("\x1b["):
            seen = (frozenset(attributes), ink, ground)
            blank = (frozenset(attributes & SEEN_ON_BLANKS), "", ground)
            cells.append((data[0], blank if data[0] == " " and not blank[0] else seen))
            data = data[1:]
            continue
        end = next(n for n, letter in enumerate(data) if letter.isalpha())
        if data[end] == "m":
            codes = data[2:end].split(";")
            while codes:
                code = codes.pop(0)
                if code == "0":
                    attributes, ink, ground = set(), "usual", "usual"
                elif code == "22":
                    attributes -= {"1", "2"}
                elif code in {"38", "48"}:
                    colour = [codes.pop(0) for _ in range(4 if codes[0] == "2" else 2)]
                    ink, ground = (str(colour), ground) if code == "38" else (ink, str(colour))
                elif code in {"39", "49"}:
                    ink, ground = ("usual", ground) if code == "39" else (ink, "usual")
                elif int(code) >= 30 and code not in {"51", "52", "53"}:
                    is_ink = code[:-1] in {"3", "9"}
                    ink, ground = (code, ground) if is_ink else (ink, code)
                else:
                    attributes |= {code}
        else:
            cells.append((data[: end + 1], ""))
        data = data[end + 1 :]
    return [*cells, ("", (frozenset(attributes), ink, ground))]


COLOURS = st.sampled_from([None, "#8cc265", "#161920", "red", "bright_blue", "color(208)"])
STYLES: st.SearchStrategy[Style] = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=st.booleans(),
    dim=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
)
WAYS = re.compile(r"(?:\n?\x1b\[[0-9;]*H)*\n?(\x1b\[[0-9;]*H)")
"""Of several moves one after another only the last counts."""
MOVES = ("\x1b[3;4H", "\n\x1b[4;9H", "\n\x1b[H")
TEXTS = st.sampled_from(["Acme", " ", "    ", "a b", "●", *MOVES])


@given(st.lists(st.tuples(TEXTS, STYLES), max_size=12))
def test_the_picture_stays_the_same(parts: list[tuple[str, Style]]) -> None:
    data = "".join(text if text in MOVES else style.render(text) for text, style in parts)
    seen = [painted(WAYS.sub(r"\1", some)) for some in (shortened(data), data)]
    assert seen[0] == seen[1]
    assert len(shortened(data)) <= len(data)


def test_a_ground_that_stays_is_sent_once() -> None:
    row = [
        Segment("▎", Style(color="#8cc265", bgcolor="#161920")),
        Segment("  ", Style(color="#e5b567", bgcolor="#161920")),
        Segment("Acme", Style(color="#d7dae0", bgcolor="#161920")),
    ]
    data = "".join(part.style.render(part.text) for part in row if part.style)
    assert shortened(data) == (
        "\x1b[38;2;140;194;101;48;2;22;25;32m▎  \x1b[38;2;215;218;224mAcme\x1b[0m"
    )


def test_lines_below_each_other_are_written_with_one_pen() -> None:
    pen = Style(color="#8cc265", bgcolor="#161920")
    data = "\x1b[5;9H" + pen.render("Acme") + "\x1b[5;80H\n\x1b[6;9H" + pen.render("Solid")
    assert shortened(data) == (
        "\x1b[5;9H\x1b[38;2;140;194;101;48;2;22;25;32mAcme\x1b[6;9HSolid\x1b[0m"
    )


@pytest.mark.parametrize(
    "data", ["plain", "\x1b[2J\x1b[H", "\x1b[200mnew\x1b[0m", "\x1b[38;7mhalf\x1b[0m", ""]
)
def test_what_it_does_not_know_goes_unchanged(data: str) -> None:
    assert shortened(data) == data
