"""The look: one calm theme, and the few colours of the board that Textual has no name for."""

from textual.theme import Theme

CALM = Theme(
    name="calm",
    primary="#7aa2c8",
    secondary="#8fa3ad",
    accent="#d8b26e",
    warning="#d8a657",
    error="#d98080",
    success="#8fb98b",
    foreground="#d6d9dc",
    background="#16191d",
    surface="#1b1f24",
    panel="#22272e",
    dark=True,
    variables={"cursor": "#31506b", "rule": "#3a414a", "quiet": "#8b949e"},
)

PAPER = Theme(
    name="paper",
    primary="#2f5f8a",
    secondary="#5c6b75",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a32f2f",
    success="#2f6b3a",
    foreground="#1f2328",
    background="#f6f5f1",
    surface="#ecebe6",
    panel="#e2e0d9",
    dark=False,
    variables={"cursor": "#c4d8ea", "rule": "#bdb9ae", "quiet": "#5f6670"},
)

THEMES = (CALM, PAPER)
DEFAULTS = CALM.variables
"""What the extra variables are under a theme that does not set them."""
