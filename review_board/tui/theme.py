"""The look: our themes, and the colours of the board that Textual has no name for.

A colour means one of three things: which column (``$column-…``), what the record advises
(``$success`` keep, ``$warning`` ask or act, ``$error`` purge), or the accent of keys and debts
(``$accent``). Words on a ground of such a colour are ``$filled``. Widgets name these and never a
colour of their own.
"""

from collections.abc import Mapping
from typing import Final

from textual.color import Color
from textual.theme import Theme

CALM: Final = Theme(
    name="calm",
    primary="#61afef",
    secondary="#d18be6",
    accent="#e5b567",
    warning="#e5b567",
    error="#f4858d",
    success="#8cc265",
    foreground="#e3e5ea",
    background="#161920",
    surface="#1c2028",
    panel="#222731",
    dark=True,
    variables={"cursor": "#213a5a", "rule": "#3a404c", "quiet": "#9da3ae"},
)

PAPER: Final = Theme(
    name="paper",
    primary="#1c5a97",
    secondary="#7a3d96",
    accent="#7c5000",
    warning="#7c5000",
    error="#a32f2f",
    success="#27652c",
    foreground="#1f2328",
    background="#f6f5f1",
    surface="#ecebe6",
    panel="#e2e0d9",
    dark=False,
    variables={"cursor": "#c4d8ea", "rule": "#bdb9ae", "quiet": "#565d67"},
)

BLUE_ORANGE: Final = Theme(
    name="blue-orange",
    primary="#56b4e9",
    secondary="#cc9bd8",
    accent="#f0e442",
    warning="#f0e442",
    error="#f28e2b",
    success="#6fb7f2",
    foreground="#e6e8ec",
    background="#14171c",
    surface="#1b1f26",
    panel="#222730",
    dark=True,
    variables={
        "cursor": "#28394d",
        "rule": "#3f4650",
        "quiet": "#a0a6b0",
        "column-callback": "#a7b8d6",
    },
)
"""For people who cannot tell red from green: blue keeps, yellow asks, orange lets go."""

THEMES: Final = (CALM, PAPER, BLUE_ORANGE)


PALE: Final = 0.86
"""How much of the paper is in the ground behind an advice, where its words are read."""


INKS: Final = (
    *("primary", "secondary", "accent", "success", "warning", "error", "quiet"),
    *("column-active", "column-callback", "column-nurture", "column-dropped"),
)
"""Colours in which words are written, besides that of most words."""
READ: Final = 4.5
"""The contrast that words have at least, wherever they stand."""
READ_FIRST: Final = 7.0
"""That of most words, so that dim ones stay behind them."""
GROUNDS: Final = {
    "surface": 1.2,
    "panel": 1.3,
    "cursor": 1.55,
    "band-keep": 1.4,
    "band-act": 1.4,
    "band-let-go": 1.4,
}
"""What words stand on besides the paper, and the contrast that it has with the paper at most."""
STEP: Final = 0.05


def readable(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of words and of their grounds, each as far from its own as it must be to be read.

    Many themes that come with Textual have bright yellow and green for areas, not for words.
    """
    paper = Color.parse(variables["background"])
    ink = paper.get_contrast_text(1.0)
    colours = {
        name: _moved(Color.parse(variables[name]), paper, beside=paper, most=most)
        for name, most in GROUNDS.items()
    }
    hardest = min(colours.values(), key=lambda ground: contrast(ground, ink))
    for name, least in (dict.fromkeys(INKS, READ) | {"foreground": READ_FIRST}).items():
        colours[name] = _moved(Color.parse(variables[name]), ink, beside=hardest, least=least)
    return {name: colour.hex for name, colour in colours.items()}


def _moved(
    colour: Color, end: Color, *, beside: Color, least: float = 1, most: float = 21
) -> Color:
    """Return the colour, or the one nearest to it on the way to an end with that contrast to another."""
    mixed, share = colour, 0.0
    while share < 1 and not least <= contrast(mixed, beside) <= most:
        share += STEP
        mixed = colour.blend(end, share)
    return mixed


def contrast(one: Color, other: Color) -> float:
    """Return how well two colours can be told apart by their lightness, from 1 to 21, as the WCAG has it."""
    dark, light = sorted((_lightness(one), _lightness(other)))
    return (light + 0.05) / (dark + 0.05)


def _lightness(colour: Color) -> float:
    parts = (c / 12.92 if c <= 0.04 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def own_colours(theme: Theme) -> dict[str, str]:
    """Return the colours that are ours alone, for a theme that does not set them itself."""
    if theme.ansi:
        return _of_the_terminal(theme) | theme.variables
    paper = Color.parse(theme.background or ("#121212" if theme.dark else "#f5f5f5"))
    ink = Color.parse(theme.foreground) if theme.foreground else paper.get_contrast_text(1.0)
    primary = Color.parse(theme.primary)
    quiet = theme.variables.get("quiet", ink.blend(paper, 0.4).hex)
    keep, act, let_go = (c or theme.primary for c in (theme.success, theme.warning, theme.error))
    advice = (("keep", keep), ("act", act), ("let-go", let_go))
    made = {
        "cursor": primary.blend(paper, 0.75).hex,
        "rule": ink.blend(paper, 0.75).hex,
        "quiet": quiet,
        "filled": paper.hex,
        "column-active": theme.success or theme.primary,
        "column-callback": theme.primary,
        "column-nurture": theme.secondary or theme.primary,
        "column-dropped": quiet,
        **{f"band-{name}": Color.parse(colour).blend(paper, PALE).hex for name, colour in advice},
    }
    return made | theme.variables


def scrollbars(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of scrollbars, which are never the loudest on a screen."""
    states = ("", "-hover", "-active")
    bars = {f"scrollbar{state}": variables["quiet" if state else "rule"] for state in states}
    return bars | {f"scrollbar-background{state}": variables["background"] for state in states}


def _of_the_terminal(theme: Theme) -> dict[str, str]:
    """Return our colours where the terminal has its own sixteen, which nothing can be mixed from.

    Words in each of these colours must be read on the row in use, too.
    """
    return {
        "cursor": "ansi_blue" if theme.dark else "ansi_white",
        "rule": "ansi_bright_black",
        "quiet": "ansi_bright_black",
        "filled": "ansi_black" if theme.dark else "ansi_bright_white",
        "column-active": theme.success or theme.primary,
        "column-callback": theme.secondary or theme.primary,
        "column-nurture": "ansi_magenta" if theme.dark else "ansi_blue",
        "column-dropped": "ansi_bright_black",
        "band-keep": "ansi_default",
        "band-act": "ansi_default",
        "band-let-go": "ansi_default",
    }
