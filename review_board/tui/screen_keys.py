"""The keys that several screens have, told once; ``place`` begins their names on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding

from review_board.pipeline.vocabulary import Column


@dataclass(frozen=True, slots=True)
class KeyMaker:
    """Makes the keys of a screen, which may be remapped by their names; they begin with ``place``.

    The footer has those that are to ``show``; of a window without one, all count as shown.
    """

    place: str
    shows_all: bool = False

    def __call__(
        self, keys: str, action: str, label: str, name: str, tooltip: str, *, show: bool = False
    ) -> Binding:
        """Return a key."""
        name = f"{self.place}.{name}"
        show = show or self.shows_all
        return Binding(keys, action, label, id=name, tooltip=tooltip, show=show)


def help_key(place: str) -> Binding:
    """Return the key that shows all keys."""
    return KeyMaker(place)("question_mark", "app.help", "Help", "help", "All keys", show=True)


def row_keys(place: str, row: str = "line") -> list[Binding]:
    """Return the keys that move the cursor of a ``RowsScreen``; ``row`` is what it stands on."""
    key = KeyMaker(place)
    return [
        key("j,down", "step(1)", "Down", "down", f"The next {row}"),
        key("k,up", "step(-1)", "Up", "up", f"The {row} before"),
        key("g,home", "step(-1000000)", "First", "first", f"The first {row}"),
        key("G,end", "step(1000000)", "Last", "last", f"The last {row}"),
        key("pagedown", "pages(1)", "Page down", "page_down", "A page down"),
        key("pageup", "pages(-1)", "Page up", "page_up", "A page up"),
    ]


def reading_keys(place: str) -> list[Binding]:
    """Return the keys that scroll a ``ReadingScreen``, and the one for help among them."""
    key = KeyMaker(place)
    return [
        key("j,down", "scroll(1)", "Down", "down", "Scroll", show=True),
        key("k,up", "scroll(-1)", "Up", "up", "Scroll", show=True),
        help_key(place),
        key("pagedown,space", "page(1)", "Page down", "page_down", "Scroll a page"),
        key("pageup", "page(-1)", "Page up", "page_up", "Scroll a page back"),
        key("g,home", "top", "Top", "top", "To the beginning"),
        key("G,end", "bottom", "End", "end", "To the end"),
    ]


VERDICTS = ("keep", "callback", "nurture", "drop")


def verdict_keys(
    place: str, names: Sequence[str] = VERDICTS, *, show: bool = True
) -> list[Binding]:
    """Return the keys of a verdict, the same on every screen; ``place`` begins their ``names``."""
    verdicts = (
        ("K", Column.ACTIVE, "Keep", "Keep it in Active, with a dated next step"),
        ("C", Column.CALLBACK, "Callback", "Keep it for a callback on a day"),
        ("N", Column.NURTURE, "Nurture", "Purge it to Nurture"),
        ("D", Column.DROPPED, "Drop", "Purge it to Dropped: it is lost, for a reason"),
    )
    return [
        KeyMaker(place)(key, f"decide('{to}')", label, name, tooltip, show=show)
        for name, (key, to, label, tooltip) in zip(names, verdicts, strict=True)
    ]


def won_key(place: str) -> Binding:
    """Return the key that says that they bought, the same on every screen."""
    tooltip = "They bought: off the board, into the view Won"
    return KeyMaker(place)("W", "act('win')", "Won", "won", tooltip, show=True)


def copy_key(place: str, *, show: bool = False) -> Binding:
    """Return the key that copies a number or an address, the same on every screen."""
    tooltip = "Copy a phone number or an email address of theirs"
    return KeyMaker(place)("y", "copy", "Copy", "copy", tooltip, show=show)


def people_key(place: str, *, show: bool = False) -> Binding:
    """Return the key that leads to the people of a prospect, the same on every screen."""
    tooltip = "Add a contact person, change a phone number or an email, take one off"
    return KeyMaker(place)("p", "act('people')", "People", "people", tooltip, show=show)
