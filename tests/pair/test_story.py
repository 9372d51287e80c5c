"""The two sides of the printed transcript tell one story, and a word changed on one of them is noticed."""

from pathlib import Path

import pytest

from tests.pair.story import told

PAGE = Path(__file__).parents[2] / "docs/pair-review-transcript.md"
Sides = tuple[list[str], list[str]]


def steps() -> dict[str, Sides]:
    """Each step with what ann and what raj sees; but the one where raj sees nothing new, and the report."""
    found: dict[str, Sides] = {}
    for part in PAGE.read_text("utf-8").split("\n## ")[1:]:
        title, _, rest = part.partition("\n")
        lines = [line.partition("│") for line in rest.split("```")[1].splitlines()]
        if "connection is lost" not in title:
            ann, raj = zip(*((left, right[1:]) for left, bar, right in lines if bar), strict=True)
            found[title] = [*ann], [*raj]
    return found


def test_both_sides_of_each_step_tell_the_same() -> None:
    assert len(steps()) > 8
    for title, (ann, raj) in steps().items():
        assert told(ann, "ann", "raj") == told(raj, "raj", "ann"), title


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("raj thinking …", "raj voted ✓"),
        ("ann drives, and", "raj drives, and"),
        ("ann rep (driving)", "ann rep"),
        ("says why to keep it", "says why to let it go"),
        ("left: ann says", "left: raj says"),
        ("raj     PURGE", "raj      KEEP"),
        ("callback 7 Dec", "callback 8 Dec"),
        ("ann proposes: call them 25 Nov", "ann proposes: call them 26 Nov"),
        ("ann proposes a bet", "ann proposed a bet"),
        ("Agree with ann: keep it", "Agree with ann: let it go"),
        ("end ann's minute", "end your minute"),
        ("Callback-Pending on a bet; ann answers", "Active on a bet; ann answers"),
        ("before: Lakeside Dental → Callback-Pending", "before: Lakeside Dental → Active"),
        ("1 of 3", "2 of 3"),
        ("ann ends the review", "raj ends the review"),
    ],
)
def test_what_one_side_says_otherwise_is_noticed(said: str, otherwise: str) -> None:
    changed = 0
    for ann, raj in steps().values():
        altered = [line.replace(said, otherwise) for line in raj]
        if altered != raj:
            changed += 1
            assert told(ann, "ann", "raj") != told(altered, "raj", "ann")
    assert changed, f"nobody says {said}"
