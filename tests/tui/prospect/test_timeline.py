"""The timeline on a page: days and signs in line, one kind alone, words found whatever their case."""

from datetime import timedelta

from review_board.judgement.event_text import (
    NOTE,
    OURS,
    EventKind,
    TimelineEvent,
)
from review_board.tui.prospect.timeline import EVERYTHING, KINDS, kinds_shown, timeline_text
from tests.judgement.build import moment
from tests.tui.conftest import HOSTILE

EVENTS = [
    TimelineEvent(moment(3), "17 Nov", EventKind.TOUCH, OURS, "voicemail left for Kim · ann"),
    TimelineEvent(
        moment(9), "11 Nov", EventKind.NOTE, NOTE, "the Café opens\n[bold]in May[/] · raj"
    ),
    TimelineEvent(moment(400), "6 Oct 2025", EventKind.TOUCH, OURS, "email sent to Kim · ann"),
]


def test_days_stand_in_line_and_what_is_wrapped_hangs() -> None:
    assert timeline_text(EVENTS, 36).content.plain.split("\n") == [
        "    17 Nov  → voicemail left for Kim",
        "              · ann",
        "    11 Nov  ¶ the Café opens",
        "              [bold]in May[/] · raj",
        "6 Oct 2025  → email sent to Kim ·",
        "              ann",
    ]


def test_one_kind_alone_and_none_of_a_kind() -> None:
    notes = timeline_text(EVENTS, 60, kind=EventKind.NOTE).content.plain
    assert "the Café opens" in notes
    assert "Kim" not in notes
    assert timeline_text(EVENTS, 60, kind=EventKind.VERDICT).content.plain == (
        "no verdicts on record"
    )
    assert timeline_text([], 60).content.plain == "nothing has happened yet"


def test_words_are_found_without_case_and_accents_and_tell_their_lines() -> None:
    assert timeline_text(EVENTS, 36, words="kim").found == (0, 4)
    assert timeline_text(EVENTS, 36, words="CAFE opens [bold]").found == (2,)
    assert timeline_text(EVENTS, 36, kind=EventKind.NOTE, words="kim").found == ()
    marked = timeline_text(EVENTS, 60, words="KIM").content
    spans = [marked.plain[s.start : s.end] for s in marked.spans if "$accent" in str(s.style)]
    assert spans == ["Kim", "Kim"]
    second = timeline_text(EVENTS, 60, words="kim", place=1).content
    strong = [span.start for span in second.spans if " on $accent" in str(span.style)]
    assert strong == [second.plain.rindex("Kim")]


def test_hostile_text_stays_text() -> None:
    for number, text in enumerate(HOSTILE):
        event = TimelineEvent(
            moment(1) - timedelta(days=number), "1 Nov", EventKind.NOTE, NOTE, text
        )
        shown = timeline_text([event], 40, words=text[:5]).content.plain
        assert not any(ord(char) < 32 and char != "\n" for char in shown)


def test_the_kind_in_use_stands_out() -> None:
    shown = kinds_shown(None, "f")
    assert shown.plain == "Timeline  all contacts notes verdicts changes   f filters"
    assert [str(kind or EVERYTHING) for kind in KINDS][1:] == [str(kind) for kind in EventKind]
