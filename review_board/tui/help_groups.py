"""How the help is ordered: keys by their purpose, and the legend of every sign."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from textual.binding import Binding

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
from review_board.wording import AGAINST, FOR

OTHER: Final = "Also here"
GROUPS: Final = {
    "Decide": (
        "take keep keep_callback callback purge_nurture nurture drop purge tick all reason "
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
    "Take back and copy": "undo undo_mine redo copy",
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
        Sign("asked", "$quiet", "days since they asked for that call, without interest before"),
    ),
    "The two lines of contact": (
        Sign("us", "$quiet", "days since our last call or email; never: there was none"),
        Sign(TOUCH, "$primary", "a call or email of ours"),
        Sign(QUOTE, "$primary", "a quote of ours"),
        Sign(SIGNAL, "$success", "they showed interest"),
        Sign(ANSWER, "$quiet", "they answered, without interest"),
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
        Sign(CHANGED, "$quiet", "a field, a callback or the column was changed"),
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
