"""One choice out of a closed list: a letter picks, arrows move, enter accepts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from review_board.tui.textfit import fit

T = TypeVar("T")

NAMED = 3
"""Letters of a name that are more than two letters in a row, each of which picks."""
HEAD = 3
"""Cells before the name of a choice: its dot and its letter."""
HERE = "bold $foreground on $cursor"
"""How the choice that is made looks."""
BESIDE = 3
"""Choices that stand side by side where a box is fitted to them."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """A value, the letter that picks it, and what it is called."""

    value: T
    letter: str
    label: str


class Choices(Widget, Generic[T], can_focus=True):
    """A grid of choices that fills its width; ``▸`` stands before the chosen one, ``●`` in a field not in use.

    ``chosen`` is ``None`` until something is picked, unless ``initial`` says otherwise. ``by_name``
    a name that is typed on picks its choice: ``voi`` is voicemail, though ``i`` is the letter of another;
    ``unknown`` is what was typed and is none of them: it picks nothing.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Choices { height: auto; width: 1fr; background: $surface; color: $foreground; text-wrap: nowrap; }
    """

    @dataclass
    class Picked(Message):
        """A choice was made; ``sure`` when enter confirmed it, ``typed`` when its letter picked it."""

        choices: "Choices[object]"
        sure: bool = False
        typed: bool = False

        @property
        def control(self) -> "Choices[object]":
            """Return the widget that it was made in."""
            return self.choices

    def __init__(
        self,
        options: Sequence[Choice[T]],
        *,
        initial: T | None = None,
        by_name: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._options = options
        self._by_name = by_name
        self._word = self.unknown = ""
        self._at = next((i for i, o in enumerate(options) if o.value == initial), -1)
        if initial is None and not any(o.value is None for o in options):
            self._at = -1
        self._before = self._at
        self.original = self.value

    @property
    def chosen(self) -> Choice[T] | None:
        """Return the choice made, if any."""
        return self._options[self._at] if self._at >= 0 else None

    @property
    def value(self) -> str:
        """Return the letter of the choice made; empty before."""
        return self._options[self._at].letter if self._at >= 0 else ""

    @value.setter
    def value(self, letter: str) -> None:
        if letter in self._letters:
            self.choose(self._letters.index(letter))

    @property
    def keys_that_pick(self) -> str:
        """Return what picks, for a hint: ``y or n picks``, ``a number picks``, ``a letter or a name picks``."""
        if len(self._letters) == 2:
            return f"{' or '.join(self._letters)} picks"
        kinds = sorted({"a number" if c.isdecimal() else "a letter" for c in self._letters})
        return " or ".join([*kinds, *(["a name"] if self._by_name else [])]) + " picks"

    @property
    def at(self) -> int:
        """Return the place of the choice made, from 0; −1 before."""
        return self._at

    def relabel(self, options: Sequence[Choice[T]]) -> None:
        """Show the same choices in other words."""
        self._options = options
        self.refresh()

    def choose(self, index: int, *, typed: bool = False) -> None:
        """Pick a choice by its place."""
        self._at = min(max(0, index), len(self._options) - 1)
        self.refresh()
        self.post_message(self.Picked(self, typed=typed))  # type: ignore[arg-type]

    def pick(self, letter: str) -> bool:
        """Pick a choice by its letter; return whether there is one."""
        if letter not in self._letters:
            return False
        self.choose(self._letters.index(letter), typed=True)
        return True

    def shares_letters(self, other: "Choices[Any]") -> bool:
        """Return whether a letter picks in both."""
        return not set(self._letters).isdisjoint(other._letters)

    def _pick_by(self, typed: str) -> bool:
        """Pick by a letter; from the third on what was typed is the beginning of a name, or picks nothing."""
        if not self._by_name or not (typed.isalpha() or (self._word and typed.isspace())):
            return self.pick(typed)
        if not self._word:
            self._before = self._at
        self._word += typed.casefold()
        if len(self._word) < NAMED and set(self._word) <= set(self._letters):
            return self.pick(self._word[-1])
        names = [option.label.casefold() for option in self._options]
        named = next((n for n, name in enumerate(names) if name.startswith(self._word)), None)
        if named is None:
            self.unknown, self._at = self._word, self._before
        elif len(self._word) >= NAMED:
            self._at = named
        self.refresh()
        self.post_message(self.Picked(self, typed=True))  # type: ignore[arg-type]
        return True

    def on_blur(self) -> None:
        """Begin another word when the keys come back."""
        self._begin_another_word()

    def _begin_another_word(self) -> None:
        self._word = self.unknown = ""

    def on_key(self, event: events.Key) -> None:
        """Pick by a letter or a name, move by an arrow, confirm by enter; every other key goes on.

        Backspace begins another word.
        """
        across = self._across(self.size.width)
        steps = {"left": -1, "right": 1, "up": -across, "down": across}
        if event.key in steps:
            self._begin_another_word()
            target = self._at + steps[event.key] if self._at >= 0 else 0
            if 0 <= target < len(self._options):
                self.choose(target)
        elif event.key == "backspace" and self._word:
            self._begin_another_word()
            self.post_message(self.Picked(self))  # type: ignore[arg-type]
        elif event.key == "enter":
            self._begin_another_word()
            self.post_message(self.Picked(self, sure=True))  # type: ignore[arg-type]
        elif not event.is_printable or not self._pick_by(event.character or ""):
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        across = self._across(self.size.width)
        index = event.y * across + min(across - 1, event.x // (self.size.width // across))
        if index < len(self._options):
            self.choose(index)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the grid needs in this width."""
        return -(-len(self._options) // self._across(width))

    def render(self) -> Content:
        """Return the grid."""
        width, across = self.size.width, self._across(self.size.width)
        cells = [self._cell(place, width // across) for place in range(len(self._options))]
        rows = (cells[at : at + across] for at in range(0, len(cells), across))
        return Content("\n").join(Content().join(row) for row in rows)

    def _cell(self, place: int, width: int) -> Content:
        option = self._options[place]
        label = f"{fit(' ' + option.label, width - HEAD - 1)} "
        if place == self._at:
            dot = "▸ " if self.has_focus else "● "
            return Content.styled(f"{dot}{option.letter}{label}", HERE)
        return Content.assemble("  ", (option.letter, "bold $accent"), label)

    @property
    def row(self) -> int:
        """Return the line of the choice made."""
        return max(0, self._at) // self._across(self.size.width)

    @property
    def fitting_width(self) -> int:
        """Return the cells in which a few of them stand side by side."""
        return self._cell_width * min(len(self._options), BESIDE)

    @property
    def room(self) -> int:
        """Return the cells that the name of a choice has."""
        width = self.size.width
        return width // self._across(width) - HEAD - 2

    @property
    def _cell_width(self) -> int:
        return max((cell_len(option.label) for option in self._options), default=0) + 6

    def _across(self, width: int) -> int:
        """Return how many choices fit side by side."""
        return max(1, min(len(self._options), width // self._cell_width))

    @property
    def _letters(self) -> list[str]:
        return [option.letter for option in self._options]


def scroll_to_choice(box: VerticalScroll, choices: Choices[T]) -> None:
    """Scroll to the choice made, where there are more lines than the box has."""
    row = choices.virtual_region.y + choices.row
    if not box.scroll_y <= row < box.scroll_y + box.size.height:
        box.scroll_to(y=row - box.size.height // 2, animate=False)


def lettered(values: Sequence[T], letters: str, labels: Sequence[str]) -> list[Choice[T]]:
    """Return choices with these letters, in order."""
    return [Choice(v, c, label) for v, c, label in zip(values, letters, labels, strict=True)]
