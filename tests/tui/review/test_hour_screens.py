"""Journeys through the hour: the list, the follow-ups, the clock, with the keyboard alone."""

from collections.abc import Container
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommend import recommend_from
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.money import Money
from review_board.pipeline.records import Bet, NextStep, Nurture
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    Outcome,
    ReasonKind,
    Track,
    Verdict,
)
from review_board.review import sure_purges
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.review.sure_purges import SurePurge
from review_board.tui.board.screen import BoardScreen
from review_board.tui.review.importance_dialog import ImportanceDialog
from review_board.tui.review.plan_dialog import TimeDialog
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.screen import ReviewScreen
from tests.judgement.build import day, moment, promise, prospect, touch
from tests.tui.conftest import dialog_words, until
from tests.tui.review.conftest import NOON, MakeApp, scenario
from tests.tui.review.test_review_screen import in_review, on_top, press, shown, told

EVERYTHING = Scope(everything=True)


class TestSurePurges:
    async def test_enter_with_nothing_ticked_purges_nothing(self, make_app: MakeApp) -> None:
        async with make_app(scenario("S2", "S4")).run_test() as pilot:
            board = await in_review(pilot)
            await press(pilot, "enter")
            assert "Nothing is ticked; enter again" in told(pilot)
            assert isinstance(pilot.app.screen, PurgeListScreen)
            await press(pilot, "enter")
            assert not board.column(Column.DROPPED)
            assert "1 of 2 " in shown(pilot)

    async def test_undo_there_takes_back_the_last_tick_or_reason_first_and_then_the_purge(
        self, make_app: MakeApp
    ) -> None:
        async with make_app(scenario("S1", "S2", "S4")).run_test() as pilot:
            board = await in_review(pilot)
            await press(pilot, "enter", "enter")  # what we owe comes first
            decided = board.store.seq
            await press(pilot, "a", "r", "t", "enter", "u")
            assert "2 of 2 ticked" in shown(pilot)
            assert "Drop: wrong time" not in shown(pilot)
            assert "Its reason as before: " in told(pilot)
            await press(pilot, "u")
            assert "0 of 2 ticked" in shown(pilot)
            assert "Unticked: " in told(pilot)
            harbor = scenario("S1")[0].id
            assert board.prospect(harbor).verdicts, "nothing else was taken back"
            await press(pilot, "u")
            assert not board.prospect(harbor).verdicts
            assert board.store.seq > decided
            assert "the list stays" in told(pilot)
            assert isinstance(pilot.app.screen, PurgeListScreen)
            await press(pilot, "a", "enter")
            assert len(board.column(Column.DROPPED)) == 2
            assert "Harbor Auto Glass" in shown(pilot)
            await press(pilot, "u")
            assert not board.column(Column.DROPPED), "one undo takes back both"
            assert isinstance(pilot.app.screen, PurgeListScreen), "and brings back the list"

    async def test_the_question_of_the_sites_is_answered_there(self, make_app: MakeApp) -> None:
        silent = (touch(Outcome.NO_ANSWER, 80 + days) for days in range(8))
        small = prospect(touch(Outcome.TALKED, 200), *silent, value=Money(Decimal(2000), "USD"))
        async with make_app([small, *scenario("S2")]).run_test() as pilot:
            board = await in_review(pilot)
            await press(pilot, "1")
            assert "Nothing is asked about the sites of this one" in told(pilot)
            await press(pilot, "j")
            await until(pilot, lambda: "1 answers it" in shown(pilot))
            await press(pilot, "1", *"120", "enter")
            assert board.prospect(small.id).locations == 120
            await until(pilot, lambda: "may have more sites" not in shown(pilot))
            assert f"{small.name} is no sure purge any more: it comes as a card" in told(pilot)

    async def test_only_lines_that_are_seen_are_argued_in_full(
        self, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of a thousand lines each had its whole argument made before the first was shown."""
        argued: list[str] = []

        def noted(evidence: Evidence) -> Recommendation:
            argued.append(evidence.prospect.id)
            return recommend_from(evidence)

        monkeypatch.setattr(sure_purges, "recommend_from", noted)
        (sure,) = scenario("S2")
        many = [sure.with_changes(id=f"p-{n}", name=f"Sure {n}") for n in range(60)]
        async with make_app(many).run_test(size=(80, 24)) as pilot:
            await in_review(pilot)
            assert "0 of 60 ticked" in shown(pilot)
            assert 0 < len({*argued}) < 24

    async def test_only_what_changed_is_judged_again(
        self, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        judged: list[Container[str] | None] = []
        judge = ReviewController.sure_purges

        def noted(
            controller: ReviewController, among: Container[str] | None = None
        ) -> list[SurePurge]:
            judged.append(among)
            return judge(controller, among)

        async with make_app(scenario("S2", "S4")).run_test() as pilot:
            board = await in_review(pilot)
            monkeypatch.setattr(ReviewController, "sure_purges", noted)
            await press(pilot, "space", "a")
            assert "2 of 2 ticked" in shown(pilot)
            assert judged == []
            live = board.column(Column.ACTIVE)[0]
            met = touch(Outcome.MEETING, 0)
            board.change(live, lambda p, _: p.with_changes(touches=(*p.touches, met)), "met")
            await pilot.pause()
            assert judged == [{live}]
            assert "1 of 1 ticked" in shown(pilot)

    async def test_it_comes_up_again_ticked_as_it_was_and_all_purged_is_the_end(
        self, make_app: MakeApp
    ) -> None:
        async with make_app(scenario("S2", "S4")).run_test() as pilot:
            board = await in_review(pilot)
            await press(pilot, "a", "space", "r", "t", "enter", "q")
            assert len(pilot.app.screen_stack) == 1, "it stops"
            assert not board.column(Column.DROPPED)
            await press(pilot, "r")
            assert isinstance(on_top(pilot), PurgeListScreen)
            assert "1 of 2 ticked" in shown(pilot)
            assert "Drop: wrong time" in shown(pilot)
            await press(pilot, "u")
            assert "0 of 2 ticked" in shown(pilot)
            assert "Drop: wrong time" not in shown(pilot)
            await press(pilot, "a", "enter")
            assert len(board.column(Column.DROPPED)) == 2
            assert not isinstance(on_top(pilot), ReviewScreen | PurgeListScreen)
            await press(pilot, "escape")
            assert isinstance(on_top(pilot), BoardScreen)

    async def test_another_reason_ticks_a_line_and_enter_purges_what_is_ticked(
        self, make_app: MakeApp
    ) -> None:
        async with make_app(scenario("S1", "S2", "S4")).run_test() as pilot:
            board = await in_review(pilot)
            await press(pilot, "enter", "enter")  # what we owe comes first
            assert isinstance(pilot.app.screen, PurgeListScreen)
            assert "0 of 2 ticked" in shown(pilot)
            await press(pilot, "r", "t")
            assert "enter: tick it, with the reason wrong time" in dialog_words(pilot.app)
            await press(pilot, "enter")
            assert "Drop: wrong time" in shown(pilot)
            assert "1 of 2 ticked" in shown(pilot), "a reason ticks it"
            await press(pilot, "enter")
            (dropped,) = board.column(Column.DROPPED)
            assert board.prospect(dropped).verdicts[-1].reason == "timing"
            assert isinstance(pilot.app.screen, ReviewScreen)
            assert "3 of 3 " in shown(pilot)


class TestFollowUps:
    async def test_an_impression_goes_round_an_early_step_takes_a_word_and_a_bet_keeps_the_card(
        self, make_app: MakeApp
    ) -> None:
        async with make_app(scenario("S7")).run_test(size=(80, 40)) as pilot:
            board = await in_review(pilot)
            for said in ("first call felt right", "first call felt wrong", "f: note that"):
                await press(pilot, "f")
                assert said in shown(pilot)
            await press(pilot, "K", "tab", *"+1d", "enter")
            assert "say why so soon" in shown(pilot)
            await press(pilot, "'he asked me to", "enter")
            (kept,) = board.column(Column.ACTIVE)
            assert board.prospect(kept).verdicts[-1].sooner == "he asked me to"
            await press(pilot, "u", "b", "'sign the trial", "enter")
            found = board.prospect(kept)
            assert found.column is Column.ACTIVE
            assert [bet.action for bet in found.bets] == ["sign the trial"]
            assert found.verdicts[-1].verdict is Verdict.KEEP
            assert (found.bets[0].until - NOON.date()).days == 14, "until the day of the bet"

    async def test_a_high_tier_purge_asks_for_importance_and_an_important_one_for_an_idea(
        self, make_app: MakeApp
    ) -> None:
        async with make_app(scenario("S6")).run_test() as pilot:
            board = await in_review(pilot)
            await press(pilot, "N", "'merged", "tab", "n", "tab")
            assert isinstance(pilot.app.screen, ImportanceDialog), "both are asked in one window"
            await press(pilot, "5", "enter")
            assert "one more idea" in shown(pilot)
            await press(pilot, "a", "enter", "enter")
            (nurtured,) = board.column(Column.NURTURE)
            found = board.prospect(nurtured)
            assert found.verdicts[-1].importance == 5
            assert found.next_step is not None
            assert "Dana Whitfield" in found.next_step.action
            await press(pilot, "u")
            assert not board.column(Column.NURTURE)
            await press(pilot, "N", "'merged", "tab", "n", "tab", "2", "enter", "enter")
            assert board.column(Column.NURTURE) == [nurtured]
            assert board.prospect(nurtured).next_step is None, "an unimportant one needs no idea"

    async def test_a_comeback_tells_its_file_and_asks_what_has_changed(
        self, make_app: MakeApp
    ) -> None:
        async with make_app(scenario("S11")).run_test(size=(80, 24)) as pilot:
            board = await in_review(pilot)
            assert "t shows its whole record" in shown(pilot)
            before = shown(pilot).split("Reasons to keep")[0]
            assert "8 May 2026  ◆ PURGE to Dropped" in before, "the end of its file"
            assert "Turns to PURGE if" in shown(pilot), "what turns it stays in sight"
            await pilot.resize_terminal(120, 40)
            assert "What has changed since?" in shown(pilot)
            assert "budget approved" in shown(pilot)
            await press(pilot, "enter")
            assert "what has changed since 8 May" in shown(pilot)
            assert "They said on" in shown(pilot)
            await press(pilot, "enter")
            assert "One line is needed here" in shown(pilot), "their note is not our answer"
            await press(pilot, "'budget approved in writing", "enter", "enter")
            (kept,) = board.column(Column.ACTIVE)
            found = board.prospect(kept)
            assert found.verdicts[-1].changed == "budget approved in writing"
            assert found.drop is not None

    async def test_a_card_by_itself(self, make_app: MakeApp) -> None:
        """Its details on a narrow screen, its questions, an answer with words and a day."""
        async with make_app(scenario("S1")).run_test(size=(80, 60)) as pilot:
            board = await in_review(pilot)
            assert "thresholds.attempts" not in shown(pilot)
            await press(pilot, "i")
            assert "thresholds.attempts" in shown(pilot)
            assert "+ an open quote" in shown(pilot)
            await press(pilot, "i")
            assert "thresholds.attempts" not in shown(pilot)
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, ReviewScreen), "esc never leaves the hour"
            assert "q stops the review" in told(pilot)
            await pilot.resize_terminal(80, 24)
            assert "3 Process?" in shown(pilot)
            assert "4 " not in shown(pilot).split("Turns to")[0].split("1 Budget")[1]
            await press(pilot, "1", "y", "enter", "4")
            assert "There is no question 4" in told(pilot), "only three questions are asked"
            await press(pilot, "u")
            await press(pilot, "1", "c", "tab", "'they showed the plan", "tab", *"yesterday")
            await press(pilot, "enter")
            (found,) = board.column(Column.ACTIVE)
            given = board.prospect(found).answers["budget"]
            assert (given.state, given.text) == (AnswerState.CONFIRMED, "they showed the plan")
            assert given.on == day(1)


class TestTakingTheAdvice:
    async def test_a_missed_promise_that_somebody_tried_says_so(self, make_app: MakeApp) -> None:
        tried = prospect(
            touch(Outcome.DEFERRED, 60),
            touch(Outcome.NO_ANSWER, 0),
            column=Column.CALLBACK,
            callback=promise(60, -12),
        )
        async with make_app([tried]).run_test() as pilot:
            await in_review(pilot)
            await press(pilot, "enter")
            assert "named 8 Nov, tried once so far" in shown(pilot)

    async def test_a_missed_promise_stands_and_takes_the_day_of_the_call(
        self, make_app: MakeApp
    ) -> None:
        missed = prospect(
            touch(Outcome.DEFERRED, 60), column=Column.CALLBACK, callback=promise(60, -12)
        )
        async with make_app([missed]).run_test() as pilot:
            board = await in_review(pilot)
            await press(pilot, "enter")
            assert "and nobody called: when will you call?" in shown(pilot)
            await press(pilot, *"tomorrow", "enter")
            kept = board.prospect(missed.id)
            assert kept.callback == missed.callback
            assert NextStep(action="call them back", on=day(-1)).says_same(kept.next_step)
            assert kept.verdicts[-1].destination is Column.CALLBACK

    async def test_what_stays_in_nurture_keeps_its_track_its_touch_and_its_count(
        self, make_app: MakeApp
    ) -> None:
        plan = Nurture(track=Track.CHAMPION, since=day(200), next_on=day(-6))
        staying = prospect(column=Column.NURTURE, nurture=plan)
        async with make_app([staying]).run_test() as pilot:
            board = await in_review(pilot)
            await press(pilot, "enter", "enter")
            assert board.prospect(staying.id).nurture == plan

    async def test_a_lost_bet_is_dropped_at_the_start_and_taken_back_comes_as_a_card(
        self, make_app: MakeApp
    ) -> None:
        bet = Bet(id="b-1", at=moment(14), action="sign", until=day(1))
        lost = prospect(touch(Outcome.TALKED, 20), name="Lost {a.b:c}", bets=(bet,))
        async with make_app([lost, *scenario("S1")]).run_test() as pilot:
            board = await in_review(pilot)
            await until(pilot, lambda: "lost bet" in told(pilot))
            assert "1 lost bet dropped (u takes it back): Lost {a.b:c}" in told(pilot)
            assert board.prospect(lost.id).column is Column.DROPPED
            await press(pilot, "u")
            assert board.prospect(lost.id).column is Column.ACTIVE
            await press(pilot, "q")
        async with make_app([lost]).run_test() as pilot:
            await pilot.pause()
            await press(pilot, "r")
            await until(pilot, lambda: "lost bet" in told(pilot))
            assert "1 lost bet dropped (u takes it back): Lost {a.b:c}" in told(pilot)
            assert "Nothing to review" in told(pilot)
            await press(pilot, "u")
            await in_review(pilot)
            assert "PURGE  to Dropped" in shown(pilot)
            assert "bet lost, “sign” is not on record by" in shown(pilot)

    async def test_one_of_several_lost_bets_is_taken_back_alone(self, make_app: MakeApp) -> None:
        bets = [Bet(id=f"b-{n}", at=moment(14), action="sign", until=day(1)) for n in range(2)]
        old = touch(Outcome.TALKED, 20)
        lost = [prospect(old, id=f"l-{n}", name=f"Lost {n}", bets=(b,)) for n, b in enumerate(bets)]
        async with make_app([*lost, *scenario("S1")]).run_test() as pilot:
            board = await in_review(pilot)
            await until(pilot, lambda: "(u takes it back, or one of them)" in told(pilot))
            await press(pilot, "u", "o", "b", "enter")
            assert board.prospect("l-0").column is Column.DROPPED
            assert board.prospect("l-1").column is Column.ACTIVE

    async def test_the_grade_knows_a_reason_that_was_given_before(self, make_app: MakeApp) -> None:
        before = touch(Outcome.DEFERRED, 60, reason=ReasonKind.BUDGET)
        again = prospect(before, column=Column.CALLBACK, callback=promise(60, -2))
        async with make_app([again]).run_test() as pilot:
            await in_review(pilot)
            await press(pilot, "C", "'18jan")
            assert "budget was the reason before" not in shown(pilot), (
                "what is over is not said anew"
            )
            await press(pilot, "tab", "b", "tab", "b")
            assert "budget was the reason before" in shown(pilot)


class Hands:
    """A clock that each look moves on by twenty seconds."""

    def __init__(self) -> None:
        self.now = NOON
        self.each = timedelta(0)

    def __call__(self) -> datetime:
        self.now += self.each
        return self.now


class TestTheClock:
    async def _time_up(self, pilot: Pilot[int], clock: Hands) -> None:
        await in_review(pilot)
        clock.now += timedelta(seconds=70)
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, TimeDialog)
        assert "1 minute is up" in shown(pilot)
        assert "2 cards are left" in shown(pilot)

    async def test_when_the_time_is_up_the_rest_can_be_parked(self, make_app: MakeApp) -> None:
        clock = Hands()
        app = make_app(scenario("S1", "S6", "S7"), clock=clock, settings="[review]\nminutes = 1")
        async with app.run_test() as pilot:
            await self._time_up(pilot, clock)
            await press(pilot, "p")
            assert not isinstance(pilot.app.screen, ReviewScreen | TimeDialog)
            assert "parked" in shown(pilot)

    async def test_or_one_goes_on_and_is_not_asked_again(self, make_app: MakeApp) -> None:
        clock = Hands()
        app = make_app(scenario("S1", "S6", "S7"), clock=clock, settings="[review]\nminutes = 1")
        async with app.run_test() as pilot:
            await self._time_up(pilot, clock)
            await press(pilot, "g")
            assert isinstance(pilot.app.screen, ReviewScreen)
            clock.now += timedelta(seconds=70)
            await press(pilot, "s")
            assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_manager_sees_why_each_card_was_picked(make_app: MakeApp) -> None:
    app = make_app(scenario(), scope=Scope(manager=True), by="mia")
    async with app.run_test() as pilot:
        await in_review(pilot)
        assert "picked: a large sale that gets one more attempt" in shown(pilot)


async def test_a_pipeline_of_one_is_reviewed_to_its_end(make_app: MakeApp) -> None:
    one = prospect(touch(Outcome.TALKED, 9))
    async with make_app([one]).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, "enter", "enter", "escape")
        assert isinstance(pilot.app.screen, BoardScreen)
        await press(pilot, "r")
        assert "Nothing to review" in told(pilot)
        assert "7 d in Active" in told(pilot)


async def test_the_review_is_about_what_the_board_shows(make_app: MakeApp) -> None:
    async with make_app(scenario("S1", "S6", "S7")).run_test() as pilot:
        await pilot.pause()
        await press(pilot, "slash", "'value>100k", "enter", "r")
        assert "1 of 1 " in shown(pilot)
        assert "Meridian Health" in shown(pilot)
