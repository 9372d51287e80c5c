"""The timeline of a prospect's page: what happened, limited to a kind, with the words that are looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from review_board.judgement.event_text import (
    BOTH,
    CHANGED,
    NOTE,
    OURS,
    PUT_OFF,
    THEIRS,
    VERDICT,
    EventKind,
    TimelineEvent,
)
from review_board.pipeline.text import spellings
from review_board.tui.textfit import clip, plain, plain_lines, wrapped

SIGNS = {
    OURS: "$primary",
    THEIRS: "$success",
    BOTH: "$success",
    PUT_OFF: "$warning",
    VERDICT: "$accent",
    NOTE: "$quiet",
    CHANGED: "$quiet",
}
FOUND, ALSO_FOUND = "bold $filled on $accent", "bold underline $accent"
EVERYTHING = "all"
KINDS: tuple[EventKind | None, ...] = (None, *EventKind)
"""What the timeline can be limited to; ``None`` is everything."""
GAP = 2
LEAST = 10
"""Cells that what an event says has at least."""


@dataclass(frozen=True, slots=True)
class TimelineText:
    """The timeline as it is drawn: its lines, and the line at which each event that fits begins."""

    content: Content
    found: tuple[int, ...]


def timeline_text(
    events: Sequence[TimelineEvent],
    width: int,
    *,
    kind: EventKind | None = None,
    words: str = "",
    place: int = 0,
) -> TimelineText:
    """Return the events of a kind, the newest first, in lines of a width.

    What has the ``words`` that are looked for is marked, the ``place`` that is looked at most of
    all, and the lines of all places are told.
    """
    shown = [event for event in events if kind is None or event.kind is kind]
    if not shown:
        what = "nothing has happened yet" if kind is None else f"no {kind} on record"
        return TimelineText(Content.styled(what, "$quiet"), ())
    label = max(cell_len(event.day) for event in shown)
    lines: list[Content] = []
    found: list[int] = []
    for event in shown:
        style = ALSO_FOUND
        if words and is_found(words, event):
            style = FOUND if len(found) == place else ALSO_FOUND
            found.append(len(lines))
        lines += _lines(event, label, width, (words, style))
    return TimelineText(Content("\n").join(lines), tuple(found))


def last_events(
    events: Sequence[TimelineEvent], width: int, count: int | None = None, *, day: int = 0
) -> list[Content]:
    """Return the newest ``count`` events, each cut to one line of a width, behind ``day`` cells at least."""
    label = max((day, *(cell_len(event.day) for event in events[:count])))
    lines: list[Content] = []
    for event in events[:count]:
        room = max(LEAST, width - _indent(event, label))
        text = clip(plain_lines(event.text).split("\n")[0], room)
        lines += _lines(event._replace(text=text), label, width, ("", ""))
    return lines


def is_found(words: str, event: TimelineEvent) -> bool:
    """Return whether an event has these words; case and accents make no difference."""
    said = spellings(" ".join(event.text.split()))
    return any(way in text for text in said for way in spellings(words))


def kinds_shown(kind: EventKind | None, key: str) -> Content:
    """Return ``Timeline  all touches notes verdicts changes``: the kind in use stands out."""
    names = [
        Content.styled(
            str(one or EVERYTHING), "bold underline $foreground" if one is kind else "$quiet"
        )
        for one in KINDS
    ]
    return Content.assemble(
        *(("Timeline", "bold"), "  ", Content(" ").join(names), "   "),
        *((key, "bold $accent"), (" filters", "$quiet")),
    )


def _lines(
    event: TimelineEvent, label: int, width: int, looked_for: tuple[str, str]
) -> list[Content]:
    """Return an event behind its day and sign; what is wrapped hangs behind them."""
    indent = _indent(event, label)
    texts = wrapped(plain_lines(event.text).split("\n"), max(LEAST, width - indent))
    day = " " * (label - cell_len(event.day)) + event.day
    before = Content.assemble((day, "$quiet"), " " * GAP, (event.sign, SIGNS[event.sign]), " ")
    shown = [_marked(text, *looked_for) for text in texts]
    return [before + shown[0], *(Content(" " * indent) + text for text in shown[1:])]


def _indent(event: TimelineEvent, label: int) -> int:
    """Return the cells before what an event says."""
    return label + GAP + cell_len(event.sign) + 1


def _marked(text: str, words: str, style: str) -> Content:
    content = Content(plain(text))
    if not words:
        return content
    for match in re.finditer(re.escape(words), content.plain, re.IGNORECASE):
        content = content.stylize(style, *match.span())
    return content
