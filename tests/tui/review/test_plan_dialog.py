"""What ``r`` on the board offers: what to review, its plan, and how much of it to take."""

from collections.abc import Iterator

import pytest

from review_board.board.board import Board
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Outcome, Verdict
from review_board.progress import Progress
from review_board.review import scope
from review_board.review.plan import Pace, Plan
from review_board.review.scope import Queue, QueuePart, Scope
from review_board.tui.board.screen import BoardScreen
from review_board.tui.dialogs.dialog import FieldError
from review_board.tui.review import open_review
from review_board.tui.review.plan_dialog import how_much, of_rep, taken
from review_board.tui.review.screen import ReviewScreen
from tests.judgement.build import day, prospect, touch, verdict_record
from tests.tui.conftest import until
from tests.tui.review.conftest import MakeApp, scenario
from tests.tui.review.test_review_screen import in_review, press, shown

ALL = ("S1", "S2", "S4", "S5", "S6")


class TestHowMuch:
    def test_a_number_takes_the_first_and_words_take_parts(self) -> None:
        assert taken(Scope(owner="ann"), "90") == Scope(owner="ann", limit=90)
        assert taken(Scope(), "owed, Sure 5") == Scope(parts=("owed", "sure"), limit=5)
        assert taken(Scope(), "") == Scope()

    @pytest.mark.parametrize("typed", ["0", "3 4"])
    def test_what_is_no_number_of_cards_is_refused(self, typed: str) -> None:
        with pytest.raises(FieldError):
            taken(Scope(), typed)


@pytest.mark.parametrize(
    ("cards", "said"), [(0, "all"), (1, "all"), (5, "all, or a number such as 2")]
)
def test_as_much_may_be_taken_as_there_is(cards: int, said: str) -> None:
    parts = (QueuePart("owed", "you owe them", tuple(map(str, range(cards)))),)
    plan = Plan(Scope(), Queue(parts), Pace(30), 45)
    assert how_much(plan).removesuffix(", or parts: owed") == said


async def test_enter_begins_with_what_is_shown(make_app: MakeApp) -> None:
    async with make_app(scenario(*ALL), review=open_review.offer_review).run_test() as pilot:
        await pilot.pause()
        await press(pilot, "r")
        said = shown(pilot)
        assert "5 cards to review (everything)" in said
        assert "all, or a number such as 2, or parts: owed sure " in said
        assert "at 30 s a card that takes 3 min" in said.lower()
        assert "enter: review 5 cards, about 3 minutes" in said
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_bar_counts_where_the_plan_takes_long_and_esc_stops_it(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key was silent for a second on a board of 10,000 that nobody had judged yet."""

    def endless(_: Board, progress: Progress) -> Iterator[None]:
        progress.begin("prospects looked at", 10_000)
        while True:
            progress.step()
            yield

    monkeypatch.setattr(open_review, "SOON", 0)
    monkeypatch.setattr(scope, "FEW", 1)
    app = make_app(scenario(*ALL), review=open_review.offer_review)
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "r")
        await until(pilot, lambda: "5 cards to review (everything)" in shown(pilot))
        await press(pilot, "escape")
        monkeypatch.setattr(open_review, "look_ahead", endless)
        await press(pilot, "r")
        await until(pilot, lambda: "prospects looked at" in shown(pilot))
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


async def test_a_managers_selection_is_offered_though_nothing_is_due(make_app: MakeApp) -> None:
    kept = verdict_record(3, by="sam", against="I know the owner", recommended=Verdict.PURGE)
    card = prospect(
        touch(Outcome.TALKED, 1),
        next_step=NextStep(action="call", on=day(-3)),
        owner="sam",
        verdicts=(kept,),
    )
    async with make_app([card], review=open_review.offer_review).run_test() as pilot:
        await pilot.pause()
        await press(pilot, "r")
        assert "Nothing to review" in shown(pilot)
        await press(pilot, "enter")
        assert "✗ Nothing to review" in shown(pilot)
        await press(pilot, "m", "enter")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_only_parts_are_taken_and_a_session_that_was_left_goes_on(make_app: MakeApp) -> None:
    async with make_app(scenario(*ALL), review=open_review.offer_review).run_test() as pilot:
        await pilot.pause()
        await press(pilot, "r", "tab", "'owed")
        assert "enter: review 1 card (you owe them), about 1 minute" in shown(pilot)
        await press(pilot, "enter")
        assert "1 of 1 " in shown(pilot)
        await press(pilot, "q", "r", "tab", "'owed")
        assert "enter: go on at card 1 of 1" in shown(pilot)
        await press(pilot, "backspace", "backspace", "backspace", "backspace", "'small", "enter")
        assert "There is no part small" in shown(pilot)


async def test_the_review_that_was_left_is_offered_first(make_app: MakeApp) -> None:
    cards = [card.with_changes(owner=f"rep {n % 2}") for n, card in enumerate(scenario(*ALL))]
    async with make_app(cards, review=open_review.offer_review).run_test() as pilot:
        await pilot.pause()
        await press(pilot, "r", "2")
        await press(pilot, "enter", "q", "r")
        assert "▸ 2 only rep 1" in shown(pilot)
        assert "enter: go on at card" in shown(pilot)


async def test_the_list_of_sure_purges_can_be_left_for_the_next_part(make_app: MakeApp) -> None:
    async with make_app(scenario("S2", "S4", "S6")).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, "space")
        assert "1 of 2 ticked" in shown(pilot)
        await press(pilot, "g")
        assert "Meridian" in shown(pilot)
        await press(pilot, "g")
        assert "1 of 2 ticked" in shown(pilot)


async def test_the_next_part_comes_at_a_key(make_app: MakeApp) -> None:
    async with make_app(scenario("S1", "S6")).run_test() as pilot:
        await in_review(pilot)
        first = shown(pilot)
        await press(pilot, "g")
        assert "Harbor" in first
        assert "Meridian" in shown(pilot)


class TestARepByName:
    NAMES = ("Ann Lee", "Anna", "Raj")

    def test_any_number_of_reps_is_reached_by_name(self) -> None:
        manager = Scope(manager=True)
        assert of_rep(manager, "", self.NAMES) == manager
        assert of_rep(manager, "anna", self.NAMES) == Scope(owner="Anna")
        assert of_rep(Scope(), "ra", self.NAMES) == Scope(owner="Raj")

    @pytest.mark.parametrize(("typed", "said"), [("an", "Ann Lee, Anna"), ("zoe", "Nobody")])
    def test_a_name_of_several_or_of_nobody_is_refused(self, typed: str, said: str) -> None:
        with pytest.raises(FieldError, match=said):
            of_rep(Scope(), typed, self.NAMES)
