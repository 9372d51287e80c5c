"""What few see: the manager overrules, bets were lost at the start, somebody only watches."""

from datetime import timedelta

import pytest

from review_board.errors import StoreError
from review_board.pair.session import PairRole, PairSession
from review_board.pair.settling import Phase
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import DoNotContact, NextStep
from review_board.pipeline.vocabulary import Column, Outcome
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.pair.screen import PairScreen
from tests.judgement.build import prospect, touch
from tests.memory_store import Disk, MemoryStore
from tests.pair.test_lost_bets import after_the_bet
from tests.pair.two_people import NINE, Office, call, drop, keep, pipeline
from tests.tui.conftest import toasts, until
from tests.tui.pair.two_screens import SIZE, Person, TwoScreens, app_of, two_screens

OVERRULES = "o overrule ann: let it go"


def asked_us_to_stop() -> Prospect:
    request = DoNotContact(at=NINE - timedelta(days=1), by="ann")
    talked = touch(Outcome.TALKED, 20)
    return prospect(talked, id="p-0", name="Warm 0", do_not_contact=request)


def claimed(session: PairSession) -> PairSession:
    """Let nothing but ``--as`` say that raj is raj."""
    raj = session.people["raj"].model_copy(update={"asserted": True})
    return session.model_copy(update={"people": {**session.people, "raj": raj}})


async def split(both: TwoScreens) -> None:
    both.ann.review.vote(keep())
    both.raj.review.vote(drop())
    await both.look()
    assert both.ann.review.phase is both.raj.review.phase is Phase.SPLIT


async def test_the_manager_overrules_where_the_buyer_asked_to_be_left_alone() -> None:
    async with two_screens(Office(Disk(), prospects=[asked_us_to_stop()])) as both:
        await split(both)
        assert OVERRULES in both.raj.sees
        assert OVERRULES not in both.ann.sees
        await both.vote(both.ann, "o")
        assert both.ann.review.phase is Phase.SPLIT
        await both.vote(both.raj, "o")
        assert both.ann.review.current is None
        assert "before: Warm 0 → Dropped: raj overruled ann" in both.ann.sees
        assert both.ann.review.board.prospect("p-0").column is Column.DROPPED


async def test_a_wheel_that_was_taken_by_mistake_is_given_back_with_the_same_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []

    def notify(screen: PairScreen, message: str, **_: object) -> None:
        told.append(f"{screen.review.me}: {message}")

    monkeypatch.setattr(PairScreen, "notify", notify)
    async with two_screens(Office(Disk(), prospects=pipeline(1))) as both:
        await both.vote(both.raj, "d")
        assert both.ann.review.driver == "raj"
        assert "raj: You drive now, and skip for both; d gives it back to ann" in told
        assert "ann: raj drives now, and skips for both; d takes it back" in told
        await both.vote(both.raj, "d")
        assert both.ann.review.driver == "ann"


async def test_who_overrules_says_what_it_still_takes() -> None:
    async with two_screens(Office(Disk(), prospects=[asked_us_to_stop()])) as both:
        both.ann.review.vote(drop())
        both.raj.review.vote(keep(why=""))
        await both.look()
        await both.vote(both.raj, "o")
        assert both.raj.review.missing()
        assert "raj answers for both" in both.ann.sees


async def test_nobody_is_offered_to_overrule_any_other_advice() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(1))) as both:
        await split(both)
        assert OVERRULES not in both.raj.sees
        await both.vote(both.raj, "o")
        assert both.raj.review.phase is Phase.SPLIT
        assert any("overrules only where" in text for text in toasts(both.raj.app))


async def test_who_drives_takes_the_others_way_with_one_key_and_the_day_is_told() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        both.ann.review.vote(keep(sure=None))
        both.raj.review.vote(call(11))
        await both.look()
        assert "ann      KEEP   call them 25 Nov · “she asked”" in both.ann.sees
        assert "enter Agree with raj" in both.ann.sees
        await both.vote(both.ann, "enter")
        said = "before: Warm 0 → Callback-Pending, call 1 Dec: ann agreed to raj's way"
        assert said in both.raj.sees


async def test_who_does_not_drive_sees_the_key_to_answer_and_undo_says_what_it_took_back() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        for person in (both.ann, both.raj):
            person.review.vote(drop(why=""))
        await both.look()
        assert "ann answers for both" in both.raj.sees
        assert "d drive instead, to answer" in both.raj.sees
        assert "drive instead" not in both.ann.sees
        await both.vote(both.raj, "d")
        assert "enter Answer" in both.raj.sees
        await both.vote(both.raj, "u")
        assert "Taken back: what Warm 0 was settled to" in toasts(both.raj.app)
        assert both.ann.review.phase is Phase.VOTING


async def test_bets_lost_at_the_start_are_told_to_both_and_taken_back_by_one_key() -> None:
    office = after_the_bet()
    async with two_screens(office) as both:
        for person in (both.ann, both.raj):
            assert any("1 lost bet dropped" in text for text in toasts(person.app))
        assert both.ann.review.board.prospect("p-0").column is Column.DROPPED
        await both.vote(both.ann, "u")
        assert both.raj.review.board.prospect("p-0").column is Column.ACTIVE


async def test_who_watches_sees_the_split_and_changes_nothing() -> None:
    office = Office(Disk(), prospects=pipeline(1))
    async with two_screens(office) as both:
        app = app_of(office, "eve", PairRole.WATCHER)
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: any(isinstance(s, PairScreen) for s in app.screen_stack))
            eve = Person("eve", pilot, office)
            assert "vote; you watch" in eve.sees
            await eve.press("K")
            assert not isinstance(app.screen, Dialog)
            await split(both)
            eve.review.board.catch_up()
            await eve.look()
            assert "eve watcher" in eve.sees
            assert "seven times is an answer" in eve.sees
            assert "Agree with" not in eve.sees
            for key in ("K", "D", "v", "b", "enter"):
                await eve.press(key, "escape")
                await both.look()
                assert both.ann.review.phase is Phase.SPLIT, key
                assert both.ann.review.session
                assert both.ann.review.session.card.settlement is None, key
                assert not both.ann.review.session.card.again, key


async def test_who_gives_in_while_their_bet_is_open_is_asked_whether_they_take_it_back() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        ann, raj = both.ann, both.raj
        await split(both)
        await both.vote(ann, "v")
        await split(both)
        await both.vote(ann, "b", *"sign", "enter")
        await both.vote(ann, "enter", "enter")
        assert ann.review.phase is Phase.SPLIT, "one enter too many takes nothing back"
        assert "ann proposes a bet: sign" in raj.sees
        await both.vote(ann, "enter")
        raj.review.bet(
            NextStep(action="pay", on=NINE.date() + timedelta(days=3)), raj.review.proposal
        )
        await both.look()
        await both.vote(ann, "y")
        assert "raj proposes a bet: pay" in ann.sees, "a bet unseen is not refused"
        await both.vote(ann, "b", *"sign", "enter")
        await both.vote(ann, "enter", "y")
        assert ann.review.phase is not Phase.SPLIT


async def test_a_card_gone_back_to_says_what_it_came_to_and_takes_no_second_vote() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        ann, raj = both.ann, both.raj
        ann.review.vote(keep())
        raj.review.vote(keep())
        await both.look()
        await both.vote(ann, "p")
        for person in (ann, raj):
            assert "Decided   → Active, call them" in person.sees
            assert "u take it back: both vote again" in person.sees
        assert "s Go on" in ann.sees
        assert "s Go on" not in raj.sees
        await both.vote(raj, "K")
        assert not isinstance(raj.app.screen, Dialog)
        assert any("Nothing is voted on now" in text for text in toasts(raj.app))
        await both.vote(ann, "s")
        assert ann.review.current == raj.review.current == "p-1"
        await both.vote(ann, "p")
        await both.vote(raj, "u")
        assert "Your vote" in ann.sees
        assert not raj.review.board.prospect("p-0").verdicts


async def test_who_stays_is_told_whom_the_review_waits_for() -> None:
    office = Office(Disk(), prospects=pipeline(2))
    async with two_screens(office) as both:
        ann, raj = both.ann, both.raj
        await both.lose_raj()
        assert "raj logs in and types this to go on: review-board pair join" in ann.sees
        await both.look()
        raj.review.leave()
        await both.look()
        assert "raj has left, and types this to come back: review-board pair join" in ann.sees
        assert "--as" not in ann.sees
        raj.review.change(claimed, "joined the pair review")
        await both.look()
        assert "review-board pair join --as raj" in ann.sees
        office.join("raj")
        await both.look()
        assert "pair join" not in ann.sees
        office.join("ann")
        await both.look()
        assert "you go on at another terminal; this one has no say any more" in ann.sees


async def test_a_vote_stays_while_its_process_lives_and_both_are_told_so() -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        both.raj.review.vote(drop())
        await both.look()
        await both.lose_raj()
        assert "raj voted ✓" in both.ann.sees
        both.ann.review.vote(drop())
        await both.ann.look()
        assert "both are in; they are opened once raj is back" in both.ann.sees
        await both.look()
        for person in (both.ann, both.raj):
            assert "Settled" in person.sees


async def test_who_joins_twice_is_asked_which_terminal_they_mean() -> None:
    office = Office(Disk(), prospects=pipeline(1))
    async with two_screens(office) as both:
        app = app_of(office, "raj", None)
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
            again = Person("raj", pilot, office)
            assert "You are in this review as raj at another terminal" in again.sees
            assert "--as NAME" in again.sees
            await again.press("y")
            await until(pilot, lambda: any(isinstance(s, PairScreen) for s in app.screen_stack))
            await both.look()
            assert (again.review.is_seated, both.raj.review.is_seated) == (True, False)
        app = app_of(office, "ann", None)
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
            await pilot.press("enter")
            await until(pilot, lambda: app.problem is not None)
        assert "--take-over" in str(app.problem)
        await both.look()
        assert both.ann.review.is_seated


async def test_what_fails_each_second_is_told_once_and_that_it_works_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with two_screens(Office(Disk(), prospects=pipeline(2))) as both:
        ann, told = both.ann, list[str]()
        ann.review.vote(keep())
        both.raj.review.vote(keep())
        both.raj.review.board.catch_up()
        monkeypatch.setattr(ann.screen, "notify", lambda text, **_: told.append(text))

        def full(*_: object) -> None:
            raise StoreError("The disk is full")

        with monkeypatch.context() as broken:
            broken.setattr(MemoryStore, "commit", full)
            for _ in range(3):
                ann.review.board.catch_up()
                ann.screen._look()
            assert told == ["The disk is full"]
        await both.look()
        assert ann.review.current == "p-1"
        assert told[1:] == ["It is saved again: the review goes on"]
