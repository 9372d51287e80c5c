"""Makes the page that shows a pair review step by step: ``python -m docs.pair_transcript``.

Two running apps on one pipeline in memory are given the keys; what both screens say is written side
by side, from the top down to the band with the vote, and the keys.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from review_board.pipeline.prospect import from_document
from review_board.samples import load_sample
from tests.memory_store import Disk
from tests.pair.two_people import NINE, Office
from tests.tui.conftest import lines_of
from tests.tui.pair.two_screens import TwoScreens, two_screens

PAGE = Path(__file__).parent / "pair-review-transcript.md"
SIZE = (62, 24)
NAMES = ("Lakeside Dental", "Solid Labs", "Pell & Sons")
LOST = "(lost)"
"""Stands for a connection that is lost; the other looks 40 seconds later."""
INTRODUCTION = """# A pair review, step by step

Ann is the rep and drives; raj is her manager. Each sits at a terminal of their own, on the same pipeline. This is what both
see at each step, ann on the left and raj on the right. Under a heading stand the keys that were pressed. Below the votes
each has the whole card, as in any review; it is left out here.

How to set it up stands in [pair-review](pair-review.md). This page is made by `python -m docs.pair_transcript`.
"""
STEPS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Both see the same card", "", "", ()),
    (
        "Ann votes, unseen: a callback on a day, how sure she is, and why",
        "ann",
        "`C` `1dec` `enter` `2` `tab` `she asked for the price list` `enter`",
        ("C", *"1dec", "enter", "2", "tab", *"she asked for the price list", "enter"),
    ),
    (
        "Raj votes to drop it: both votes come to light at once, then what the record says",
        "raj",
        "`D` `f` `enter` `3` `tab` `seven times is an answer` `enter`",
        ("D", "f", "enter", "3", "tab", *"seven times is an answer", "enter"),
    ),
    ("Ann has said her case; now raj has a minute", "ann", "`space`", ("space",)),
    (
        "Raj has spoken, and ann wants to vote once more",
        "raj, then ann",
        "`space`, then `v`",
        ("raj:space", "ann:v"),
    ),
    (
        "They still differ after the second vote; now ann may propose a bet: it stays if the buyer does something by a day",
        "both, then ann",
        "as before, then `b` `name a start day` `enter`",
        (
            *("ann:C", *"1dec", "enter", "enter"),
            *("raj:D", "f", "enter", "enter"),
            *("ann:b", *"name a start day", "enter"),
        ),
    ),
    ("Raj agrees to the bet", "raj", "`enter`", ("enter",)),
    (
        "The record said to drop it: ann says what it does not know, and the card is kept on the bet",
        "ann",
        "`enter` `the price list is out` `tab` `y` `enter`",
        ("enter", *"the price list is out", "tab", "y", "enter"),
    ),
    (
        "On the next card both want to keep it, each in another way",
        "both",
        "ann `K` `call them` `enter` `enter`, raj `C` `7dec` `enter` `enter`",
        (
            *("ann:K", *"call them", "enter", "enter"),
            *("raj:C", *"7dec", "enter", "enter"),
        ),
    ),
    ("Raj agrees to ann's way with one key", "raj", "`enter`", ("enter",)),
    (
        "Raj's connection is lost: after 30 seconds ann is told; what raj sees is what was last sent",
        "",
        "",
        (LOST,),
    ),
    (
        "Raj is back; both keep the last card, and ann may end the review",
        "both",
        "`K` `call them` `enter` `enter`",
        (
            *("ann:K", *"call them", "enter", "enter"),
            *("raj:K", *"call them", "enter", "enter"),
        ),
    ),
)


async def played(both: TwoScreens, who: str, keys: tuple[str, ...]) -> None:
    """Let them press the keys; ``raj:x`` says that raj presses from here on."""
    people = {"ann": both.ann, "raj": both.raj}
    person = people.get(who, both.ann)
    person.read()
    for key in keys:
        name, colon, rest = key.partition(":")
        if colon and name in people:
            await both.look()
            person = people[name]
        pressed = rest if colon else key
        if pressed == LOST:
            await both.lose_raj()
            return
        await person.press(pressed)
    await both.look()


def side_by_side(both: TwoScreens) -> Iterator[str]:
    """Yield what both screens say: down to the end of the longer band, and the keys."""
    people = (both.ann, both.raj)
    deep = max(person.screen.query_one("#band").region.bottom for person in people)
    lines = [*zip(*(lines_of(person.app) for person in people), strict=True)]
    for left, right in [*lines[:deep], (" …", " …"), lines[-1]]:
        yield f"{left:<{SIZE[0]}} │ {right}".rstrip()


async def page() -> str:
    """Return the page."""
    sample = [from_document(d) for d in load_sample("scenarios", NINE.date())]
    chosen = [p for name in NAMES for p in sample if p.name == name]
    parts = [INTRODUCTION]
    async with two_screens(Office(Disk(), prospects=chosen), SIZE) as both:
        for title, who, said, keys in STEPS:
            await played(both, who, keys)
            parts.append(f"## {title}\n")
            if said:
                parts.append(f"{who.capitalize()}: {said}\n")
            parts.append("\n".join(["```text", *side_by_side(both), "```\n"]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(asyncio.run(page()), "utf-8")
