"""Journeys through review mode with the keyboard alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any, cast

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from review_board.board.board import Board
from review_board.pipeline.records import Drop, NextStep, Nurture
from review_board.pipeline.text import REPLACEMENT
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Verdict
from review_board.review.scope import Scope
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.report.screen import ReportScreen
from review_board.tui.review import screen
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.review_bar import ReviewBar
from review_board.tui.review.screen import TOO_EARLY, ReviewScreen
from review_board.tui.review.second_verdict import wait_until_saved
from tests.judgement.build import day, moment, prospect, touches
from tests.tui.conftest import toasts, until
from tests.tui.review.conftest import MakeApp, scenario


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press the keys; what begins with a quote is pasted, which is as good as typed and quicker."""
    for key in keys:
        if key.startswith("'"):
            pilot.app.post_message(events.Paste(key[1:]))
        else:
            await pilot.press(key)
        await pilot.pause()


async def in_review(pilot: Pilot[int]) -> Board:
    await pilot.pause()
    await press(pilot, "r")
    assert isinstance(pilot.app.screen, ReviewScreen | PurgeListScreen)
    return cast("Board", cast("ReviewBoardApp", pilot.app).board)


def on_top(pilot: Pilot[int]) -> Screen[Any]:
    """The screen that takes the keys now."""
    return pilot.app.screen


def shown(pilot: Pilot[int]) -> str:
    """The screen as text."""
    size = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips[: size.height])


def told(pilot: Pilot[int]) -> str:
    """What the toasts say."""
    return "\n".join(toasts(pilot.app))


async def test_enter_leaves_what_was_dropped_and_is_to_be_left(make_app: MakeApp) -> None:
    drop = Drop(at=moment(40), by="ann", reason=DropReason.TIMING)
    touch = touches(Outcome.TALKED, 50)
    left = prospect(*touch, column=Column.DROPPED, drop=drop)
    app = make_app([left], scope=Scope(everything=True), at_once=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        card = shown(pilot)
        assert "STAYS  in Dropped" in card
        assert "Leave it, unless something new comes from them" in card
        assert "enter leaves it" in card
        assert "KEEP" not in card
        assert "takes it" not in card
        await press(pilot, "enter")
        assert isinstance(on_top(pilot), ReportScreen), "the next card, or the end"
        board = cast("Board", cast("ReviewBoardApp", pilot.app).board)
        assert not board.prospect(left.id).verdicts, "nothing was decided"


async def test_a_verdict_with_and_against_the_recommendation(make_app: MakeApp) -> None:
    async with make_app(scenario("S2")).run_test(size=(100, 40)) as pilot:
        board = await in_review(pilot)
        bindings = [b for _, b, _, _ in pilot.app.screen.active_bindings.values()]
        own = [b for b in bindings if b.id and b.id.startswith("review.")]
        assert len(own) >= 16
        assert all(b.tooltip and b.description for b in own), "every key is explained"
        await press(pilot, "question_mark")
        assert "Take the recommendation" in shown(pilot)
        await press(pilot, "escape")
        await pilot.resize_terminal(80, 24)
        assert "PURGE  to Dropped   put off 7 times without a reason (3 are too many)" in shown(
            pilot
        )

        await press(pilot, "D", "escape")
        assert isinstance(on_top(pilot), ReviewScreen)
        assert not board.column(Column.DROPPED), "escape decides nothing"
        await press(pilot, "D", "enter")
        assert board.column(Column.DROPPED)
        await press(pilot, "u")
        assert not board.column(Column.DROPPED)

        await press(pilot, "enter", "enter")
        (dropped,) = board.column(Column.DROPPED)
        verdict = board.prospect(dropped).verdicts[-1]
        assert verdict.reason is DropReason.ONLY_DEFERRALS, "the reason is filled in"
        assert verdict.followed
        assert isinstance(on_top(pilot), ReportScreen)
        await press(pilot, "u")

        await press(pilot, "K", "enter")
        assert board.column(Column.CALLBACK), "an empty line is no line"
        await press(pilot, "'the owner called", "enter")
        assert "would you start with it today?" in shown(pilot)
        await press(pilot, "y", "enter", "enter")
        assert "Say what the next step is" in shown(pilot), "no step follows from a purge"
        await press(pilot, "'meet the owner", "enter")
        (kept,) = board.column(Column.ACTIVE)
        prospect = board.prospect(kept)
        assert prospect.verdicts[-1].against == "the owner called"
        assert prospect.verdicts[-1].start_anew is True
        assert prospect.next_step is not None
        assert prospect.next_step.on == board.today.day


async def test_a_key_typed_ahead_decides_no_card_that_was_not_on_the_screen(
    make_app: MakeApp,
) -> None:
    app = make_app(scenario("S1", "S2"))
    async with app.run_test() as pilot:
        board = await in_review(pilot)
        for _ in range(2):
            app.post_message(events.Key("z", "z"))
        await until(pilot, lambda: TOO_EARLY in toasts(app))
        entries = board.index.entries.values()
        assert sum(bool(board.prospect(entry.id).snoozes) for entry in entries) == 1
        await press(pilot, "z")
        assert all(board.prospect(entry.id).snoozes for entry in entries)


async def test_top_line_and_card_change_together_once_the_verdict_is_stored(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(scenario("S1", "S2")).run_test() as pilot:
        await in_review(pilot)
        seen, title = [], ReviewBar.render_line

        async def look(board: Board) -> None:
            bar = pilot.app.screen.query_one(ReviewBar)
            seen.append(title(bar, 0).text)
            await wait_until_saved(board)

        monkeypatch.setattr(screen, "wait_until_saved", look)
        await press(pilot, "N", "'gone", "enter", "n", "enter", "enter")
        assert seen
        assert all("1 of 2" in line for line in seen)
        assert "2 of 2" in shown(pilot)


async def test_every_destination_is_a_verdict_and_an_answer_turns_the_recommendation(
    make_app: MakeApp,
) -> None:
    keys: dict[str, Sequence[str]] = {
        "active": ("K", "enter"),
        "nurture": ("N", "'no time", "enter", "n", "enter", "enter"),
    }
    async with make_app(scenario("S1")).run_test() as pilot:
        board = await in_review(pilot)
        assert "KEEP  in Active" in shown(pilot)
        for destination, pressed in keys.items():
            await press(pilot, *pressed)
            (prospect_id,) = board.column(Column(destination))
            verdict = board.prospect(prospect_id).verdicts[-1]
            assert verdict.verdict is Verdict.of(Column(destination))
            await press(pilot, "u")
            assert not board.prospect(prospect_id).verdicts

        await press(pilot, "1", "c", "enter")
        assert "Write down what proves it" in shown(pilot), "what is confirmed needs its evidence"
        await press(pilot, "'saw the plan", "enter")
        (prospect_id,) = board.column(Column.ACTIVE)
        assert board.prospect(prospect_id).answers["budget"].text == "saw the plan"
        await press(pilot, "u")

        await press(pilot, "1", "x", "enter")
        assert "Drop Harbor Auto Glass: why?" in shown(pilot), "the purge is offered at once"
        await press(pilot, "escape")
        assert "PURGE  to Dropped   no budget and none planned" in shown(pilot)
        await press(pilot, "enter", "enter")
        (dropped,) = board.column(Column.DROPPED)
        assert board.prospect(dropped).verdicts[-1].reason is DropReason.NO_BUDGET


async def test_what_will_have_changed_is_answered_on_the_callback(make_app: MakeApp) -> None:
    async with make_app(scenario("S2")).run_test() as pilot:
        board = await in_review(pilot)
        assert "1 Kim Aldous, what will have changed by" in shown(pilot)
        await press(pilot, "1")
        assert "NOT PROVEN" in shown(pilot)
        await press(pilot, "tab", "b", "tab", "c")
        assert "NOT PROVEN" in shown(pilot)
        await press(pilot, "tab", "'their contract ends")
        assert "PROVEN: + they asked for it" in shown(pilot)
        await press(pilot, "enter")
        assert "KEEP  in Callback-Pending" in shown(pilot)
        assert board.column(Column.CALLBACK)


async def test_skip_back_undo_and_not_this_week(make_app: MakeApp) -> None:
    async with make_app(scenario("S1", "S6")).run_test() as pilot:
        board = await in_review(pilot)
        await press(pilot, "s")
        assert "skipped 1" in shown(pilot)
        await press(pilot, "p")
        assert "1 of 2 " in shown(pilot)
        await press(pilot, "p")
        assert "This is the first card" in told(pilot)

        await press(pilot, "enter", "enter")
        assert "2 of 2 " in shown(pilot)
        await press(pilot, "u")
        assert "1 of 2 " in shown(pilot), "undo returns to the card"
        assert not any(board.prospect(i).verdicts for i in board.column(Column.ACTIVE))

        await press(pilot, "z")
        assert "not this week 1" in shown(pilot)
        await press(pilot, "p")
        assert "put aside once" in shown(pilot)
        assert [len(board.prospect(i).snoozes) for i in board.column(Column.ACTIVE)] == [0, 1]


async def test_it_stops_and_resumes_at_the_same_card(make_app: MakeApp) -> None:
    async with make_app(scenario("S1", "S6", "S7")).run_test() as pilot:
        await in_review(pilot)
        await press(pilot, "s", "q")
        assert isinstance(pilot.app.screen, BoardScreen)
        await press(pilot, "r")
        assert "2 of 3 " in shown(pilot)


async def test_when_nothing_is_due_it_says_when_something_will_be(make_app: MakeApp) -> None:
    async with make_app(scenario("S3")).run_test() as pilot:
        await pilot.pause()
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert "the next card comes up on 18 Jan" in told(pilot)


async def test_a_record_that_cannot_be_read_is_told_when_it_is_passed_over(
    make_app: MakeApp,
) -> None:
    (spoilt,) = scenario("S7")
    spoilt = spoilt.with_changes(created=datetime(1850, 1, 2, tzinfo=UTC))
    app = make_app([*scenario("S1"), spoilt], at_once=True)
    async with app.run_test(size=(120, 32)) as pilot:
        await pilot.pause()
        assert "1 of 2" in shown(pilot)
        await press(pilot, "enter", "enter")
        assert "Passed over: 'Pell & Sons' cannot be read: created: " in told(pilot)
        assert "run review-board doctor" in told(pilot)
        assert "1 cannot be read" in shown(pilot)


async def test_the_summary_tells_what_was_purged(make_app: MakeApp) -> None:
    async with make_app(scenario("S2", "S4")).run_test(size=(80, 60)) as pilot:
        await in_review(pilot)
        await press(pilot, "a", "enter")
        assert "2 of 2 cards" in shown(pilot)
        await press(pilot, "pagedown")
        assert "Lakeside Dental" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_markup_and_control_codes_in_a_record_are_shown_as_they_stand(
    make_app: MakeApp,
) -> None:
    (prospect,) = scenario("S2")
    names = ["[@click=app.quit]Acme[/]", "Acme [/foo] AG", "[bold", "[red]x"]
    bad = "a\x1b]52;c;aGk=\x07b\u202ec\x9b31md"
    subjects = []
    for number, name in enumerate([*names, bad]):
        touches = tuple(t.model_copy(update={"note": name}) for t in prospect.touches)
        hostile = prospect.with_changes(
            id=f"p-{number}", name=name, owner=name, touches=touches, company=f"{name} Ltd"
        )
        subjects.append(hostile)
    async with make_app(subjects).run_test(size=(160, 48)) as pilot:
        await in_review(pilot)
        await press(pilot, "enter", "enter")  # past the list of sure purges, with none ticked
        left = {*names, REPLACEMENT}
        for _ in subjects:
            text = shown(pilot)
            assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(text)
            left -= {name for name in left if text.count(name) > 2}
            await press(pilot, "s")
        assert not left, "not shown as it stands"


async def test_a_line_shows_the_card_again_and_a_win_leaves_it(make_app: MakeApp) -> None:
    async with make_app(scenario("S1", "S4")).run_test() as pilot:
        board = await in_review(pilot)
        first = shown(pilot)
        harbor = next(i for i, d in board.documents().items() if d["name"].startswith("Harbor"))
        assert "Harbor Auto Glass" in first
        await press(pilot, "semicolon", "'vm", "enter")
        assert "4 of 5 attempts" in shown(pilot)
        assert "still KEEP in Active: quote of $24,000 from 26 Oct, 4 of 5 attempts" in told(pilot)
        await press(pilot, "semicolon", "'brandt in", "enter")
        assert "Brandt Logistics in Active: they came to us" in told(pilot)
        assert "Harbor Auto Glass" in shown(pilot)
        await press(pilot, "semicolon", "'talk ?budget=no", "enter")
        assert "Drop Harbor Auto Glass: why?" in shown(pilot), (
            "an answer that ends it offers the purge"
        )
        await press(pilot, "escape", "semicolon", "'won $25k", "enter")
        assert board.prospect(harbor).won
        assert "Brandt Logistics" in shown(pilot)
        await press(pilot, "u")
        assert not board.prospect(harbor).won
        assert "Harbor Auto Glass" in shown(pilot)


async def test_a_verdict_tells_which_appointment_went_with_it(make_app: MakeApp) -> None:
    step = NextStep(action="call", on=day(-7), time=time(15))
    put_off = prospect(*touches(Outcome.DEFERRED, 90, 60, 30), next_step=step)
    async with make_app([put_off], scope=Scope(everything=True)).run_test() as pilot:
        board = await in_review(pilot)
        await press(pilot, "D", "enter")
        assert board.column(Column.DROPPED), shown(pilot)
        assert "no longer planned: call Fri 27 Nov 15:00" in told(pilot)


async def test_the_first_touch_shown_is_the_one_that_is_stored(make_app: MakeApp) -> None:
    """The usual day of each is 20 December, a Sunday; one a day is enough here."""
    cards = [prospect(*touches(Outcome.VOICEMAIL, 30, 20, 10), id=f"p-{n}") for n in range(2)]
    app = make_app(cards, scope=Scope(everything=True), settings="[review]\nsteps_a_day = 1\n")
    async with app.run_test() as pilot:
        board = await in_review(pilot)
        for expected in ("21 Dec", "22 Dec"):
            await press(pilot, "N", "'they said so", "enter", "y", "enter", "m")
            assert f"{expected}, in" in shown(pilot), shown(pilot)
            await press(pilot, "enter")
        days = sorted(str(plan.next_on) for plan in _plans(board))
        assert days == ["2026-12-21", "2026-12-22"]


def _plans(board: Board) -> list[Nurture]:
    return [plan for key in board.column(Column.NURTURE) if (plan := board.prospect(key).nurture)]
