"""Every key of a screen by its purpose, made from its bindings, so that it cannot be out of date; and every sign."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from review_board.judgement.contact_lines import ANSWER, DEFERRAL, NOTHING, QUOTE, SIGNAL, TOUCH
from review_board.judgement.event_text import (
    BOTH,
    CHANGED,
    NOTE,
    OURS,
    PUT_OFF,
    THEIRS,
    VERDICT,
)
from review_board.tui.board.cards import MARKED, OWED, SPOILT, WON
from review_board.tui.board.column import STRIPES
from review_board.tui.footer_keys import key_name
from review_board.tui.screen_keys import KeyMaker
from review_board.tui.sized_screen import SizedScreen
from review_board.tui.textfit import wrapped
from review_board.wording import AGAINST, FOR

OTHER: Final = "Also here"
GROUPS: Final = {
    "Decide": (
        "take keep keep_callback callback purge_nurture nurture drop purge tick all reason sites "
        "won left right bet snooze skip answer first_call as_cards agree again overrule speak"
    ),
    "Write down": "log line note edit step add people owner tags merge apart",
    "Look": (
        "open review due best quotes report changes stats timeline duplicates.one "
        "duplicates.other detail read details next_part back week since board.pair wheel seat "
        "follow"
    ),
    "Choose what is shown": "filter limit find sort views mine mark range mark_all clear turn turn_back pane",
    "Move": (
        "down up go_left go_right board.active board.callback board.nurture board.dropped "
        "first last top end page_down page_up pagedown pageup"
    ),
    "Take back and copy": "undo redo copy",
    "The program": (
        "palette import pipelines sample missing redraw suspend help write stay stop leave quit "
        "agenda.back prospect.back changes.back stats.back duplicates.back import.back"
    ),
}
"""Which keys belong together: by their whole name where one is given, else by its last part."""
_BY_NAME: Final = {name: title for title, names in GROUPS.items() for name in names.split()}


class Sign(NamedTuple):
    """A sign on the screens, the name of its colour, and what it says."""

    sign: str
    colour: str
    words: str


LEGEND: Final[dict[str, tuple[Sign, ...]]] = {
    "On a card": (
        Sign(OWED, "$accent", "you owe them now: a call they asked for, a quote, a first call"),
        Sign(MARKED, "$accent", "you marked it"),
        Sign(WON, "$accent", "they bought"),
        Sign(SPOILT, "$accent", "its record cannot be read; open it to see why"),
        Sign(STRIPES["keep"], "$success", "the record says KEEP"),
        Sign(STRIPES["act"], "$warning", "the record says KEEP, but ask or do something first"),
        Sign(STRIPES["let-go"], "$error", "the record says PURGE"),
        Sign(STRIPES["nurture"], "$quiet", "it stays in Nurture or Dropped"),
        Sign("quote", "$success", "your quote; 2 of 5: followed up on twice of five times"),
        Sign("proven", "$success", "a call they asked for, with a reason and what changes"),
        Sign("too far", "$error", "the day of the call is later than a sale can wait"),
        Sign("nothing", "$error", "by that day they did not do what you bet on"),
        Sign("missing", "$error", "answers that you lack in review after review"),
        Sign("them", "$quiet", "days since they showed interest"),
        Sign(
            "interest", "$quiet", "days since they showed interest; they answered since without any"
        ),
        Sign("answered", "$quiet", "days since their last answer; none showed interest"),
        Sign("asked", "$quiet", "days since they asked for that call, without interest before"),
    ),
    "The two lines of contact": (
        Sign("us", "$quiet", "days since our last call or email; never: there was none"),
        Sign(TOUCH, "$primary", "a call or email of ours"),
        Sign(QUOTE, "$primary", "a quote of ours"),
        Sign(SIGNAL, "$success", "they showed interest"),
        Sign(ANSWER, "$quiet", "they answered, no sign of interest"),
        Sign(DEFERRAL, "$warning", "they put us off"),
        Sign(NOTHING, "$rule", "nothing"),
    ),
    "The timeline": (
        Sign(OURS, "$primary", "a call or email of ours"),
        Sign(THEIRS, "$success", "they came to us; also an automatic reply"),
        Sign(BOTH, "$success", "you spoke"),
        Sign(PUT_OFF, "$warning", "they put us off"),
        Sign(NOTE, "$quiet", "a note"),
        Sign(VERDICT, "$accent", "a verdict: KEEP or PURGE"),
        Sign(CHANGED, "$quiet", "a field, a person, a step or the column was changed"),
    ),
    "Reasons and dialogs": (
        Sign(FOR, "$success", "a reason to keep; what proves a callback"),
        Sign(AGAINST, "$error", "a reason to let go; what a callback lacks"),
        Sign("▸", "$accent", "the answer that enter takes; ●: in a field not in use"),
        Sign("✗", "$error", "what was typed cannot be taken, and why"),
        Sign("!", "$warning", "look at this first"),
    ),
}
"""Every sign, by where it stands."""


def group_of(name: str) -> str:
    """Return the group of a key by the name of its action."""
    return _BY_NAME.get(name) or _BY_NAME.get(name.rpartition(".")[2]) or OTHER


def by_purpose(bindings: Iterable[Binding]) -> Iterator[tuple[str, list[Binding]]]:
    """Yield the groups that have keys, each with its own, in the order of the table."""
    found: dict[str, list[Binding]] = {title: [] for title in (*GROUPS, OTHER)}
    for binding in bindings:
        found[group_of(binding.id or binding.action)].append(binding)
    yield from ((title, keys) for title, keys in found.items() if keys)


WIDEST = 100
"""Cells of the whole box at most."""
EDGES = 5
"""Cells beside the text: the frame, its padding, the scrollbar."""
BESIDE = 16
"""Most cells for the keys and signs, before what they do."""


Line = tuple[str, str, str]
"""What stands at the left, its style, and the words beside it."""
Section = tuple[str, list[Line]]


def grouped(bindings: Iterable[Binding]) -> list[tuple[str, str]]:
    """Return keys and what they do, one line for each id."""
    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for binding in bindings:
        name = binding.id or binding.action
        keys.setdefault(name, []).extend(key_name(key) for key in binding.key.split(","))
        words[name] = f"{binding.description}: {binding.tooltip}"
    return [(" ".join(keys[name]), words[name]) for name in keys]


_key = KeyMaker("help", shows_all=True)


class HelpScreen(SizedScreen[None], ModalScreen[None]):
    """The keys of a screen and the legend of all signs; any of esc, q, ? and enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("escape,q,question_mark,enter", "dismiss", "Close", "close", "Back"),
        _key("j,down", "scroll_by(2)", "Down", "down", "Scroll"),
        _key("k,up", "scroll_by(-2)", "Up", "up", "Scroll"),
        _key("pagedown,space", "page(1)", "Page down", "page_down", "A page down"),
        _key("pageup", "page(-1)", "Page up", "page_up", "A page up"),
        _key("g,home", "page(-1000)", "Top", "top", "To the beginning"),
        _key("G,end", "page(1000)", "End", "end", "To the legend of the signs"),
    ]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background; }
    HelpScreen VerticalScroll {
        width: 100; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 1; scrollbar-size-vertical: 1;
        border-title-color: $accent; border-title-style: bold;
    }
    HelpScreen Static { width: 1fr; height: auto; }
    """

    def __init__(self, title: str, bindings: Iterable[Binding], remark: str = "") -> None:
        super().__init__()
        self._title = title
        self._keys_shown = list(bindings)
        self._remark = remark

    def compose(self) -> ComposeResult:
        """Yield one text in a box that scrolls."""
        with VerticalScroll() as box:
            box.border_title = Content(self._title)
            yield Static(id="text")

    def on_resize(self) -> None:
        """Break the lines for the width that there is."""
        self.query_one(Static).update(self.text(min(WIDEST, self.app.size.width) - EDGES))

    def text(self, width: int) -> Content:
        """Return the keys by purpose, then the signs, in lines of this width."""
        sections = [*self._keys(), *_signs()]
        beside = min(BESIDE, max(len(left) for _, lines in sections for left, *_ in lines) + 2)
        parts: list[str | tuple[str, str]] = []
        if self._remark:
            parts += [(f"{line}\n", "$quiet") for line in wrapped([self._remark], width)]
        for title, lines in sections:
            parts += _section(title, lines, beside, width)
        return Content.assemble(*parts)

    def _keys(self) -> Iterator[Section]:
        for title, bindings in by_purpose(self._keys_shown):
            yield title, [(keys, "bold $accent", words) for keys, words in grouped(bindings)]

    def action_scroll_by(self, lines: int) -> None:
        """Scroll some lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll some pages."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)


def _signs() -> Iterator[Section]:
    for title, signs in LEGEND.items():
        yield title, [(sign, f"bold {colour}", words) for sign, colour, words in signs]


def _section(
    title: str, lines: list[Line], beside: int, width: int
) -> Iterator[str | tuple[str, str]]:
    """Yield a heading, then what stands at the left, each with its words beside it."""
    yield "\n"
    yield f"{title}\n", "bold"
    for left, style, words in lines:
        first, *rest = wrapped([words], max(11, width - beside)) or [""]
        yield f"{left:<{beside - 1}} ", style
        yield f"{first}\n"
        yield from (f"{'':<{beside}}{line}\n" for line in rest)
