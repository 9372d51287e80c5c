"""While a vote is hidden no card tells what the record advises or what was decided before; nothing is kept."""

import re

from textual.content import Content
from textual.widgets import Static

from review_board.pipeline.prospect import from_document
from review_board.samples import load_sample
from review_board.tui.dialogs.kept_drafts import forms_on
from review_board.tui.pair.card_view import PairCardView
from tests.memory_store import Disk
from tests.pair.two_people import NINE, Office, pipeline
from tests.plain_words import CODES, DIALECT
from tests.tui.conftest import lines_of, type_in
from tests.tui.pair.two_screens import two_screens
from tests.tui.test_words_on_screens import LONGEST, pieces

TELLING = re.compile(r"\bKEEP\b|\bPURGE\b|Turns to|takes it|^ ?(?:Do|Next)  ", re.MULTILINE)


async def test_no_card_of_the_sample_tells_the_advice_or_an_earlier_verdict() -> None:
    sample = [from_document(d) for d in load_sample("scenarios", NINE.date())]
    async with two_screens(Office(Disk(), prospects=sample)) as both:
        raj = both.raj
        session = raj.review.session
        assert session
        await raj.press("f")
        for place, key in enumerate(session.queue):
            raj.review.look_around(place)
            raj.screen.redraw()
            await raj.pilot.pause()
            prospect = raj.review.board.prospect(key)
            view = raj.screen.query_one(PairCardView)
            parts = [str(part.content) for part in view.query(Static) if part.display]
            shown = "\n".join(parts)
            assert not TELLING.search(shown), shown
            assert not [v for v in prospect.verdicts if v.note and v.note in shown]


async def test_both_sides_speak_plainly_at_a_vote_and_a_split() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        for keys in ((), ("D", "e", "enter", "enter")):
            await both.vote(both.raj, *keys)
            for person in (both.ann, both.raj):
                said = list(pieces(lines_of(person.app)))
                assert [text for text in said if len(text) > LONGEST] == []
                assert [text for text in said if DIALECT.search(text) or CODES.search(text)] == []


async def test_what_is_typed_for_a_vote_is_no_draft() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        await both.ann.press("K")
        await type_in(both.ann.pilot, "call them on friday")
        assert forms_on(both.ann.app.screen_stack) == []


async def test_the_band_is_painted_only_when_it_says_something_new() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        view = both.ann.screen.query_one(PairCardView)
        painted, paint = list[str](), view._set

        def noted(part: str, content: Content) -> None:
            painted.append(part)
            paint(part, content)

        view._set = noted  # type: ignore[method-assign]
        both.ann.screen._look()
        assert painted == []
        await both.vote(both.raj, "K")
        await type_in(both.raj.pilot, "call them")
        await both.vote(both.raj, "enter", "enter")
        assert "band" in painted
