"""A pair review on two screens: at each step both tell the same story, and each is asked what to do."""

import pytest
from textual.widgets import Static

from review_board.pair.settling import Phase
from review_board.pipeline.vocabulary import Column
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.report.screen import ReportScreen
from tests.memory_store import Disk
from tests.pair.two_people import Office, pipeline
from tests.tui.conftest import toasts, type_in, until
from tests.tui.pair.two_screens import Person, TwoScreens, two_screens


async def keep(both: TwoScreens, person: Person) -> None:
    """Vote to keep it, with a step, fairly sure, and without a word why."""
    await person.press("K")
    await type_in(person.pilot, "call them")
    await both.vote(person, "enter", "enter")


async def drop(both: TwoScreens, person: Person, why: str = "") -> None:
    """Vote to drop it, certain."""
    await person.press("D", "e", "enter", "3", "tab")
    await type_in(person.pilot, why)
    await both.vote(person, "enter")


@pytest.fixture
def office() -> Office:
    return Office(Disk(), prospects=pipeline(3))


async def test_ten_steps_on_two_screens(office: Office) -> None:
    async with two_screens(office) as both:
        ann, raj = both.ann, both.raj

        assert "ann rep (driving) · raj manager" in ann.sees
        assert "hidden, like the advice, until both have voted" in raj.sees

        await keep(both, ann)
        assert "ann voted ✓   raj thinking …" in raj.sees
        assert "your vote is in; raj votes now. Until then you may change yours" in ann.sees

        await drop(both, raj, "seven times" + " x" * 34)
        for person in (ann, raj):
            band = person.screen.query_one("#band", Static)
            widest = max(len(line) for line in str(band.content).splitlines())
            assert widest <= band.content_size.width
            assert "why to keep it; " in person.sees
            assert "“seven times" in person.sees
            assert "record" in person.sees

        await both.vote(ann, "space")
        assert "left: raj says why to let it go; listen, then the two of you" in ann.sees
        await both.vote(raj, "space")
        assert "both have spoken" in ann.sees
        assert "b Bet" not in ann.sees
        await both.vote(ann, "b")
        assert not isinstance(ann.app.screen, Dialog)
        assert any("A bet comes after the second vote: v" in text for text in toasts(ann.app))
        await both.vote(raj, "v")
        assert "this one is the last, hidden until both have voted" in ann.sees
        assert "seven times" not in ann.sees

        await keep(both, ann)
        await drop(both, raj)
        assert "vote once more" not in ann.sees
        await both.vote(ann, "space", "space")
        assert "there is no third vote" in ann.sees
        assert "enter Agree with ann" in raj.sees
        await both.vote(raj, "enter")
        assert raj.review.current == ann.review.current == "p-1"
        assert "raj agreed with ann" in ann.sees

        await keep(both, ann)
        await drop(both, raj)
        await both.vote(ann, "v")
        await keep(both, ann)
        await drop(both, raj)
        await ann.press("b")
        await type_in(ann.pilot, "names a start day")
        await both.vote(ann, "enter")
        assert "raj is asked to agree to your bet: names a start day by" in ann.sees
        assert raj.review.current == "p-1", "a bet takes both"
        assert "enter Agree to the bet: kept if they do it, else dropped" in raj.sees
        for person in (ann, raj):
            assert "End minute" not in person.sees, "nobody speaks any more"
        await both.vote(raj, "enter")
        for person in (ann, raj):
            assert "before: Warm 1 → Active: on a bet: names a start" in person.sees

        await keep(both, ann)
        await keep(both, raj)
        assert ann.review.phase is raj.review.phase is Phase.OVER
        assert "The end   the report opens next, for both" in ann.sees
        assert "ann ends the review" in raj.sees
        await both.vote(ann, "enter")
        for person in (ann, raj):
            await until(person.pilot, lambda app=person.app: isinstance(app.screen, ReportScreen))  # type: ignore[misc]


async def test_two_ways_are_settled_by_one_key(office: Office) -> None:
    async with two_screens(office) as both:
        ann, raj = both.ann, both.raj
        await keep(both, ann)
        await raj.press("C")
        await type_in(raj.pilot, "1dec")
        await both.vote(raj, "enter", "enter")
        assert "ann proposes: call them" in raj.sees
        assert "raj is asked to agree to yours" in ann.sees
        assert "K propose another step   C propose a callback" in ann.sees
        assert "K propose" not in raj.sees
        assert "K Keep  C Callback  f Look around" in ann.sees, "the other two are refused here"
        await both.vote(raj, "enter")
        assert ann.review.current == "p-1"
        assert ann.review.board.prospect("p-0").column is Column.ACTIVE


async def test_another_step_on_the_same_day_is_confirmed_by_one_key_beside_the_record(
    office: Office,
) -> None:
    async with two_screens(office, (168, 40)) as both:
        ann, raj = both.ann, both.raj
        await keep(both, ann)
        await raj.press("K")
        await type_in(raj.pilot, "send a quote")
        await both.vote(raj, "enter", "enter")
        assert "ann proposes: call them" in raj.sees
        assert "send a quote" in ann.sees
        await both.vote(raj, "enter")
        assert "before: Warm 0 → Active, call them 23 Nov: raj agreed to ann's way" in ann.sees


async def test_what_one_notes_the_other_sees_though_nobody_has_voted(office: Office) -> None:
    async with two_screens(office) as both:
        await both.raj.press("n")
        await type_in(both.raj.pilot, "asked for a price")
        await both.raj.press("ctrl+s")
        await both.look()
        assert "asked for a price" in str(both.ann.screen.query_one("#text", Static).content)


async def test_looking_around_alone_moves_nobody_else_and_votes_nothing(office: Office) -> None:
    async with two_screens(office) as both:
        ann, raj = both.ann, both.raj
        await both.vote(raj, "f", "s")
        assert "Warm 1" in raj.sees
        assert "Warm 0" in ann.sees
        await both.vote(raj, "K")
        assert not isinstance(raj.app.screen, Dialog)
        await both.vote(raj, "f")
        assert "Warm 0" in raj.sees
        await both.vote(raj, "s")
        assert any("ann is driving" in text for text in toasts(raj.app))
        await both.vote(raj, "d")
        assert "raj manager (driving) · ann rep" in ann.sees
        await both.vote(raj, "s")
        assert ann.review.current == "p-1"


async def test_a_dialog_of_a_vote_closes_when_the_review_goes_on(office: Office) -> None:
    async with two_screens(office) as both:
        await both.raj.press("D")
        await both.vote(both.ann, "s")
        assert not isinstance(both.raj.app.screen, Dialog)
        assert both.raj.review.current == "p-1"


async def test_one_enter_too_many_agrees_to_nothing_that_was_not_seen(office: Office) -> None:
    async with two_screens(office) as both:
        await keep(both, both.ann)
        await both.raj.press("D", "e", "enter", "enter")
        await both.look()
        await both.raj.press("enter")
        await both.look()
        assert both.raj.review.phase is Phase.SPLIT
        assert any("read it first" in text for text in toasts(both.raj.app))
        await both.vote(both.raj, "enter")
        assert both.raj.review.current == "p-1"
