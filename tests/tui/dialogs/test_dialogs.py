"""Each dialog alone: what it gives, what it refuses and where it points."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from review_board.calls.entry import CallEntry, EntryDefaults, TypedAmount, TypedWhen
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.changes import UNEXPLAINED, WhyLater
from review_board.pipeline.dates import Today
from review_board.pipeline.fields import TypingDefaults
from review_board.pipeline.money import Money
from review_board.pipeline.moves import Move
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, NextStep
from review_board.pipeline.vocabulary import (
    Column,
    DropReason,
    Outcome,
    ReasonKind,
    Role,
    SignalKind,
    Track,
)
from review_board.review.verdicts import Decision
from review_board.settings.drop_reasons import USUAL
from review_board.settings.setting_groups import Calendar
from review_board.tui.calls.log_dialog import LETTERS, LogDialog
from review_board.tui.dialogs.bulk import OwnerDialog
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.confirm import ConfirmDialog, WonDialog, WonDraft
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.dialogs.drop import DropDialog, reason_choices
from review_board.tui.dialogs.drop_many import DropManyDialog
from review_board.tui.dialogs.fields import AddDialog, EditDialog
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.merge import MergeDialog
from review_board.tui.dialogs.next_step import NextStepDialog, StepDraft
from review_board.tui.dialogs.note import NoteDialog
from review_board.tui.dialogs.nurture import NurtureDialog
from review_board.tui.review.keep_dialog import BetDialog, EarliestDay, KeepDialog
from tests.judgement.build import evidence, prospect
from tests.tui.conftest import HOSTILE, Harness, dialog_words, screen_text, type_in, until

TODAY = date(2026, 11, 20)
DEFAULTS = EntryDefaults(Today(TODAY))
SETTING = TypingDefaults("USD", TODAY)
NO_PRESSURE = EarliestDay(None, "")
FREE_MONDAY = Calendar.model_validate({"holidays": ["2027-01-04"]})
"""The first working day of the next quarter is a day off."""


async def answer(dialog: Dialog[Any], *steps: str) -> Any:
    """Take the steps and give what the dialog gave."""
    app = Harness(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press_all(pilot, *steps)
        return app.result


async def press_all(pilot: Pilot[Any], *steps: str) -> None:
    """A letter and what follows ``>`` are keys; text is pasted: as good as typed, and quicker."""
    for step in steps:
        if step.startswith(">") or len(step) == 1:
            await pilot.press(*step.removeprefix(">").split())
        else:
            pilot.app.post_message(Paste(step))
            await pilot.pause()
    await pilot.pause()


async def put(app: Harness, pilot: Pilot[Any], dialog: Dialog[Any]) -> None:
    """Another dialog in an app that runs already."""
    app.result = "nothing yet"
    app.push_screen(dialog, app._dismissed)
    await pilot.pause()


class TestReason:
    async def test_a_letter_and_enter(self) -> None:
        assert await answer(DropDialog("it"), "b", ">enter") == Decision(
            Column.DROPPED, reason=DropReason.BOUGHT_ELSEWHERE
        )

    async def test_one_and_many_are_asked_by_one_title(self) -> None:
        """Each place that opened it wrote a title of its own."""
        for dialog in (DropDialog("Harbor"), DropManyDialog("Harbor", {"a": "A"}, {})):
            async with Harness(dialog).run_test() as pilot:
                assert "Drop Harbor: why?" in screen_text(pilot.app)

    async def test_with_a_note(self) -> None:
        given = await answer(DropDialog("it"), "o", ">tab", "moved away", ">enter")
        assert given == Decision(Column.DROPPED, reason=DropReason.OTHER, note="moved away")

    async def test_against_the_advice_one_dialog_asks_all_and_own_words_are_the_note(self) -> None:
        dialog = DropDialog("it", advice="Against the advice to keep it")
        given = await answer(dialog, "b", ">tab", "n", ">enter")
        bought = Decision(Column.DROPPED, reason=DropReason.BOUGHT_ELSEWHERE, start_anew=False)
        assert given == bought
        dialog = DropDialog("it", advice="Against the advice to keep it")
        given = await answer(dialog, "b", ">enter", "n", ">tab", "from Dorn", ">enter")
        assert given == replace(bought, note="from Dorn")

    async def test_a_duplicate_is_not_asked_whether_they_would_start_with_it(self) -> None:
        app = Harness(DropDialog("it", advice="Against the advice to keep it"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press_all(pilot, "2")
            assert "E on the board merges the two" in screen_text(app)
            assert "would you start with it" not in screen_text(app)
            await press_all(pilot, ">enter")
            assert app.result == Decision(Column.DROPPED, reason=DropReason.DUPLICATE)

    async def test_y_and_n_answer_the_question_from_the_list_of_reasons(self) -> None:
        """``n`` was the letter of a reason: who answered no had another reason on record."""
        dialog = DropDialog("it", reasons={**USUAL, "nay": "nay"}, advice="The record says KEEP")
        assert await answer(dialog, "b", "n", ">enter") == Decision(
            Column.DROPPED, reason=DropReason.BOUGHT_ELSEWHERE, start_anew=False
        )
        assert not {"y", "n"} & {
            choice.letter for choice in reason_choices({"nay": "nay", "y": "y"})
        }

    async def test_of_many_a_duplicate_is_not_asked_about_as_a_new_lead(self) -> None:
        def asks() -> DropManyDialog:
            names = {"a": "A", "b": "B"}
            advice = "Against the advice for 1 of these 2: B"
            return DropManyDialog("them", names, {}, advice=advice, against=["b"])

        twice = Decision(Column.DROPPED, reason=DropReason.DUPLICATE)
        bought = replace(twice, reason=DropReason.BOUGHT_ELSEWHERE)
        assert await answer(asks(), "2", ">enter") == {"a": twice, "b": twice}
        steps = (">down", "2", "b", ">enter")
        assert await answer(asks(), *steps) == "nothing yet", "B is no duplicate"
        assert await answer(asks(), *steps[:-1], ">tab", "n", ">enter") == {
            "a": twice,
            "b": replace(bought, start_anew=False),
        }

    async def test_nothing_is_chosen_for_the_user(self) -> None:
        assert await answer(DropDialog("it"), ">enter") == "nothing yet"

    async def test_other_needs_a_line(self) -> None:
        assert await answer(DropDialog("it"), "o", ">enter") == "nothing yet"

    async def test_esc_changes_nothing(self) -> None:
        assert await answer(DropDialog("it"), "b", ">escape") is None

    def test_every_reason_has_its_own_letter(self) -> None:
        choices = reason_choices(USUAL)
        assert {choice.value for choice in choices} == set(DropReason)
        assert len({choice.letter for choice in choices}) == len(choices)

    def test_usual_reasons_keep_their_letters_and_own_ones_get_what_is_free(self) -> None:
        own = {"not-now": "not now", "no-budget": "no money", "xx": "x", "xxx": "y", "x": "z"}
        letters = {choice.value: choice.letter for choice in reason_choices({**USUAL, **own})}
        assert (letters["no-budget"], letters["not-now"]) == ("u", "w")
        assert (letters["xx"], letters["xxx"], letters["x"]) == ("x", "1", "3")

    def test_many_reasons_have_no_letter_twice(self) -> None:
        many = {f"a{number}": f"reason {number}" for number in range(100)}
        letters = [choice.letter for choice in reason_choices(many) if choice.letter != "·"]
        assert len(set(letters)) == len(letters) > 50

    async def test_an_own_reason_is_picked_by_its_name(self) -> None:
        dialog = DropDialog("it", reasons={**USUAL, "lost-key": "lost key"})
        assert await answer(dialog, "l", ">enter") == Decision(Column.DROPPED, reason="lost-key")

    async def test_a_reason_that_is_no_longer_offered_still_shows(self) -> None:
        dialog = DropDialog("it", "long-ago", reasons=USUAL)
        assert await answer(dialog, ">enter") == Decision(Column.DROPPED, reason="long-ago")


class TestCallback:
    async def test_a_day_alone_is_unproven(self) -> None:
        given = await answer(CallbackDialog("Harbor", TODAY), "+2w", ">enter")
        assert given == AgreedCallback(date(2026, 12, 4))

    async def test_the_hour_that_was_shown_is_given(self) -> None:
        given = await answer(CallbackDialog("Harbor", TODAY), "18jan 10:30", ">enter")
        assert given == AgreedCallback(date(2027, 1, 18), time(10, 30))

    async def test_the_whole_proof(self) -> None:
        steps = ["18jan", ">tab", "b", ">tab", "b", ">tab", "budget voted", ">enter"]
        given = await answer(CallbackDialog("Harbor", TODAY), *steps)
        assert given == AgreedCallback(
            date(2027, 1, 18), asked_by_buyer=True, reason=ReasonKind.BUDGET, change="budget voted"
        )

    async def test_the_day_is_shown_before_it_counts(self) -> None:
        app = Harness(CallbackDialog("Harbor", TODAY))
        async with app.run_test(size=(80, 24)) as pilot:
            await type_in(pilot, "18jan")
            assert "→ Mon 18 Jan, in 59 days" in screen_text(app)

    async def test_what_is_no_day_ahead_is_refused(self) -> None:
        app = Harness(CallbackDialog("Harbor", TODAY))
        async with app.run_test(size=(80, 24)) as pilot:
            for typed in ("2026-02-30", "01/02/2026", "soon", "", "2026-11-01"):
                assert "✗" not in screen_text(app)
                await press_all(pilot, *([typed] if typed else []), ">enter")
                assert app.result == "nothing yet", typed
                assert "✗" in screen_text(app), typed
                await pilot.press("escape")
                await put(app, pilot, CallbackDialog("Harbor", TODAY))

    async def test_an_earlier_promise_is_filled_in(self) -> None:
        old = AgreedCallback(date(2027, 1, 18), time(10, 30), True, ReasonKind.BUDGET, "voted")
        assert await answer(CallbackDialog("Harbor", TODAY, prefill=old), ">enter") == old


class TestNurture:
    async def test_enter_takes_the_usual_track(self) -> None:
        assert await answer(NurtureDialog("Nurture", TODAY), ">enter") == Move(
            Column.NURTURE, track=Track.MONTHLY_EMAIL, first=date(2026, 12, 20)
        )

    async def test_another_track_and_day(self) -> None:
        given = await answer(NurtureDialog("Nurture", TODAY), "c", ">tab", "+1m", ">enter")
        assert given == Move(Column.NURTURE, track=Track.CHAMPION, first=date(2026, 12, 20))

    async def test_nobody_is_to_be_asked_who_is_not_on_record(self) -> None:
        def offered(*roles: Role, track: Track = Track.MONTHLY_EMAIL) -> str:
            people = tuple(Contact(id=role, name=role, role=role) for role in roles)
            dialog = NurtureDialog("Nurture", TODAY, track, prospects=[prospect(contacts=people)])
            return "".join(choice.letter for choice in dialog.tracks)

        assert offered() == offered(Role.CONTACT) == "mkw"
        assert offered(Role.ASSISTANT) == "mkaw"
        assert offered(Role.ASSISTANT, Role.CHAMPION) == "mkcaw"
        assert offered(track=Track.CHAMPION) == "mkcw", "the plan that they have stays"
        two = [prospect(contacts=[Contact(id="a", name="Al", role=Role.CHAMPION)]), prospect()]
        assert len(NurtureDialog("Nurture both", TODAY, prospects=two).tracks) == 3

    async def test_a_time_that_would_be_lost_is_refused(self) -> None:
        app = Harness(NurtureDialog("Nurture", TODAY))
        async with app.run_test(size=(80, 24)) as pilot:
            await press_all(pilot, ">tab", "fri 10:30")
            await until(pilot, lambda: "? No time of day is kept here" in screen_text(app))
            await pilot.press("enter")
            await pilot.pause()
            assert app.result == "nothing yet"

    async def test_the_first_touch_of_the_track_is_shown(self) -> None:
        usual = {Track.MONTHLY_EMAIL: date(2026, 12, 20), Track.CHAMPION: date(2027, 1, 4)}
        app = Harness(NurtureDialog("Nurture", TODAY, usual=usual.__getitem__))
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "→ Sun 20 Dec, in 30 days" in screen_text(app))
            await pilot.press("c")
            await until(pilot, lambda: "→ Mon 4 Jan, in 45 days" in screen_text(app))
            await press_all(pilot, ">tab", "+1w")
            await until(pilot, lambda: "→ Fri 27 Nov, in 7 days" in screen_text(app))


class TestNextStep:
    async def test_what_and_when(self) -> None:
        given = await answer(NextStepDialog("Next", TODAY), "demo", ">tab", "fri 10:00", ">enter")
        step = NextStep(action="demo", on=date(2026, 11, 27), time=time(10), agreed=False)
        assert given == StepDraft(step)

    async def test_a_letter_says_that_they_agreed(self) -> None:
        keys = ("demo", ">tab", "fri", ">tab", "y", ">enter")
        given = await answer(NextStepDialog("Next", TODAY), *keys)
        assert given == StepDraft(NextStep(action="demo", on=date(2026, 11, 27), agreed=True))

    async def test_who_asks_what_they_agreed_to_gets_no_plan_for_an_answer(self) -> None:
        def asked() -> NextStepDialog:
            return NextStepDialog("Next", TODAY, action="demo", when="fri", agreed=None, asks=True)

        assert await answer(asked(), ">enter") == "nothing yet"
        given = await answer(asked(), "p", ">enter")
        assert given == StepDraft(NextStep(action="demo", on=date(2026, 11, 27), agreed=False))

    async def test_it_must_be_dated(self) -> None:
        assert await answer(NextStepDialog("Next", TODAY), "demo", ">enter") == "nothing yet"

    @pytest.mark.parametrize(
        ("typed", "day", "agreed"),
        [("call wed", 25, False), ("call wed agreed", 25, True), ("call 10:30", 27, False)],
    )
    async def test_a_day_behind_new_words_is_the_day(
        self, typed: str, day: int, agreed: bool
    ) -> None:
        old = NextStepDialog("Next", TODAY, action="demo", when="fri 10:00")
        app = Harness(old)
        async with app.run_test(size=(80, 24)) as pilot:
            await press_all(pilot, ">ctrl+u", typed)
            assert f"→ {'Wed 25' if day == 25 else 'Fri 27'} Nov" in screen_text(app)
            await press_all(pilot, ">enter")
        assert app.result.step.on == date(2026, 11, day)
        assert app.result.step.action == ("call" if day == 25 else "call 10:30")
        assert app.result.step.agreed is agreed

    async def test_words_that_stood_there_keep_their_day(self) -> None:
        old = NextStepDialog("Next", TODAY, action="ask again on mon", when="fri")
        given = await answer(old, ">enter")
        assert given.step.action == "ask again on mon"
        assert given.step.on == date(2026, 11, 27)

    async def test_a_day_in_both_fields_is_asked_about(self) -> None:
        app = Harness(NextStepDialog("Next", TODAY, action="demo", when="fri"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press_all(pilot, ">ctrl+u", "call wed", ">tab", "mon", ">enter")
            assert "“wed” and “mon” are two days" in screen_text(app)
            assert app.screen.query_one("#action", Input).selected_text == "wed"

    async def test_one_day_in_both_fields_is_one_day(self) -> None:
        step = NextStepDialog("Next", TODAY, action="demo", when="fri")
        given = await answer(step, ">ctrl+u", "ring him, wed", ">tab", "25nov 10:00", ">enter")
        assert (given.step.action, given.step.on) == ("ring him", date(2026, 11, 25))
        assert given.step.time == time(10)

    async def test_a_bet_and_an_idea_take_their_day_behind_them_too(self) -> None:
        bet = BetDialog("Bet", TODAY, 14, date(2026, 12, 1))
        made = await answer(bet, "they sign fri", ">enter")
        assert made.bet == NextStep(action="they sign", on=date(2026, 11, 27))

    async def test_both_parts_may_be_empty(self) -> None:
        given = await answer(NextStepDialog("Next", TODAY), ">enter")
        assert given == StepDraft(None)

    async def test_the_error_points_at_the_word(self) -> None:
        app = Harness(NextStepDialog("Next", TODAY))
        async with app.run_test(size=(80, 24)) as pilot:
            await press_all(pilot, "demo", ">tab", "fri 25:00", ">enter")
            assert app.screen.query_one("#when", Input).selected_text == "25:00"


class TestLine:
    async def test_a_line(self) -> None:
        assert await answer(LineDialog("Why?"), "we know them", ">enter") == "we know them"

    async def test_it_must_say_something(self) -> None:
        assert await answer(LineDialog("Why?"), ">space space enter") == "nothing yet"

    async def test_a_paste_is_one_clean_line(self) -> None:
        app = Harness(LineDialog("Why?"))
        async with app.run_test(size=(80, 24)) as pilot:
            field = app.screen.query_one(Input)
            for pasted in HOSTILE:
                field.value = ""
                field.post_message(Paste(pasted))
                await pilot.pause()
                assert field.value
                assert not [c for c in field.value if ord(c) < 32 or 0x7F <= ord(c) < 0xA0]
                assert "\x1b" not in screen_text(app)

    async def test_a_paste_replaces_the_selection(self) -> None:
        app = Harness(LineDialog("Why?", text="old"))
        async with app.run_test(size=(80, 24)) as pilot:
            field = app.screen.query_one(Input)
            field.post_message(Paste("new"))
            await pilot.pause()
            assert field.value == "new"
            assert "tab next field" not in screen_text(app), "there is no other"


async def test_a_hint_leaves_out_the_parts_that_have_no_room() -> None:
    app = Harness(AddDialog("Add a prospect", SETTING))
    async with app.run_test(size=(60, 20)) as pilot:
        await until(
            pilot, lambda: "Locations      how many sites, such as: 120 " in screen_text(app)
        )
        assert "empty" not in screen_text(app)
        await pilot.resize_terminal(80, 20)
        await until(pilot, lambda: "such as: 120; empty: not known" in screen_text(app))


class TestLog:
    async def test_one_letter_and_enter(self) -> None:
        assert await answer(LogDialog(prospect(), DEFAULTS), "v", ">enter") == CallEntry(
            Outcome.VOICEMAIL
        )

    @pytest.mark.parametrize(
        ("typed", "outcome"),
        [
            ("voicemail", Outcome.VOICEMAIL),
            ("mailing", Outcome.MAILING),
            ("ta", Outcome.ADVANCED),
            ("vt", Outcome.TALKED),
        ],
    )
    async def test_a_name_typed_on_picks_its_outcome(self, typed: str, outcome: Outcome) -> None:
        keys = ">" + " ".join([*typed, "enter"])
        given = await answer(LogDialog(prospect(), DEFAULTS), keys)
        assert given.outcome is outcome

    @pytest.mark.parametrize("typed", ["called", "k", "kv", "voix", "spoke"])
    async def test_what_is_typed_and_is_no_outcome_picks_none_and_says_so(self, typed: str) -> None:
        app = Harness(LogDialog(prospect(), DEFAULTS))
        async with app.run_test(size=(80, 30)) as pilot:
            await press_all(pilot, ">" + " ".join(typed))
            assert f"✗ “{typed}” is none of these; backspace begins anew" in screen_text(app)
            assert "▸" not in screen_text(app)
            assert "enter: log" not in screen_text(app)
            await press_all(pilot, ">backspace v")
            assert "none of these" not in screen_text(app)
            assert "enter: log it: voicemail left" in screen_text(app)

    async def test_what_is_wrong_is_in_sight_where_the_terminal_is_small(self) -> None:
        app = Harness(LogDialog(prospect(), DEFAULTS))
        async with app.run_test(size=(60, 20)) as pilot:
            await press_all(pilot, ">c a l l")
            await until(pilot, lambda: "“call” is none of these" in screen_text(app))
            await press_all(pilot, ">backspace enter")
            await until(pilot, lambda: "Press the letter of how it ended" in screen_text(app))

    async def test_a_contact_of_an_earlier_day(self) -> None:
        steps = ["v", ">tab tab", "mon", ">enter"]
        given = await answer(LogDialog(prospect(), DEFAULTS), *steps)
        assert given == CallEntry(Outcome.VOICEMAIL, at=TypedWhen(date(2026, 11, 16), None))
        told = await answer(LogDialog(prospect(), DEFAULTS), "v", ">tab tab", "5dec 2026", ">enter")
        assert told == "nothing yet", "it is still to come"

    async def test_with_whom_and_a_note(self) -> None:
        people = (Contact(id="c-1", name="Hiro"), Contact(id="c-2", name="[bold"))
        steps = ["n", ">tab", "2", ">tab", "no luck", ">enter"]
        assert await answer(LogDialog(prospect(contacts=people), DEFAULTS), *steps) == CallEntry(
            Outcome.NO_ANSWER, "no luck", contact="c-2"
        )

    async def test_a_digit_names_the_person_while_the_outcome_is_picked(self) -> None:
        people = (Contact(id="c-1", name="Hiro"), Contact(id="c-2", name="Wei"))
        assert await answer(
            LogDialog(prospect(contacts=people), DEFAULTS), "v", "2", ">enter"
        ) == CallEntry(Outcome.VOICEMAIL, contact="c-2")

    async def test_a_note_typed_at_the_people_is_the_note(self) -> None:
        asked = LogDialog(prospect(contacts=(Contact(id="c-1", name="Hiro"),)), DEFAULTS)
        given = await answer(asked, "v", "1", ">tab", ">l e f t", ">enter")
        assert given == CallEntry(Outcome.VOICEMAIL, "left", contact="c-1")

    async def test_a_quote_asks_for_its_amount(self) -> None:
        worthless = prospect(value=None)
        assert await answer(LogDialog(worthless, DEFAULTS), "q", ">enter") == "nothing yet"
        given = await answer(LogDialog(worthless, DEFAULTS), "q", ">tab", "24k", ">enter")
        assert given == CallEntry(Outcome.QUOTE, amount=TypedAmount(Decimal(24000), "USD"))

    async def test_what_they_gave(self) -> None:
        given = await answer(LogDialog(prospect(), DEFAULTS), "a", ">tab", "n", ">enter")
        assert given == CallEntry(Outcome.ADVANCED, signal=SignalKind.INTRODUCTION)

    def test_every_outcome_has_its_own_letter(self) -> None:
        assert set(LETTERS) == set(Outcome) - {Outcome.CONTACTED}  # only a list says no more
        assert len(set(LETTERS.values())) == len(LETTERS)


class TestFields:
    async def test_a_name_is_enough(self) -> None:
        given = await answer(AddDialog("Add", SETTING), "Harbor", ">enter")
        assert given == {"name": "Harbor"}

    async def test_more_by_tab(self) -> None:
        steps = ["Harbor", ">tab", ">tab", "Kim", ">tab", "555-0142", ">tab", ">tab", "24k"]
        steps += [">tab", ">tab", ">tab", "call 9jan", ">tab", "30%", ">enter"]
        given = await answer(AddDialog("Add", SETTING), *steps)
        assert (given["person"], given["phone"]) == ("Kim", "555-0142")
        assert given["value"] == Money(amount=Decimal(24000))
        assert given["step"].action == "call"
        assert given["probability"] == Decimal("0.3")

    async def test_no_name_is_refused(self) -> None:
        assert await answer(AddDialog("Add", SETTING), ">enter") == "nothing yet"

    async def test_a_doubtful_value_is_refused(self) -> None:
        app = Harness(AddDialog("Add", SETTING))
        async with app.run_test(size=(80, 24)) as pilot:
            await press_all(pilot, "Harbor")
            for typed in ("1.234", "-5", "nan", "1E+999999", "٣"):
                app.screen.query_one("#value", Input).value = typed
                app.screen.query_one("#name").focus()
                await press_all(pilot, ">enter")
                assert app.result == "nothing yet", typed
                assert app.screen.query_one("#value", Input).has_focus, typed

    async def test_editing_gives_only_what_changed(self) -> None:
        prospect = Prospect(id="p", name="Harbor", probability=Decimal("0.305"), tags=("a", "b"))
        dialog = EditDialog("Edit", SETTING, prospect)
        given = await answer(dialog, ">tab", "Group", ">enter")
        assert given == {"company": "Group"}

    async def test_it_shows_the_first_person_and_where_the_others_are(self) -> None:
        people = (Contact(id="c-1", name="Hiro", phone="1"), Contact(id="c-2", name="Kim"))
        prospect = Prospect(id="p", name="Harbor", contacts=people)
        app = Harness(EditDialog("Edit", SETTING, prospect))
        async with app.run_test(size=(80, 30)) as pilot:
            assert "1 more person: p on the card" in screen_text(app)
            await press_all(pilot, *[">tab"] * 3, ">end", "23")
            assert "change phone" in screen_text(app)
            await press_all(pilot, ">enter")
        assert app.result == {"phone": "123"}

    async def test_a_person_is_not_emptied_by_mistake(self) -> None:
        prospect = Prospect(id="p", name="Harbor", contacts=(Contact(id="c-1", name="Hiro"),))
        app = Harness(EditDialog("Edit", SETTING, prospect))
        async with app.run_test(size=(80, 30)) as pilot:
            await press_all(pilot, *[">tab"] * 2, ">ctrl+u", ">enter")
            assert "p and r take somebody off" in screen_text(app)

    async def test_a_key_typed_by_mistake_replaces_no_name(self) -> None:
        prospect = Prospect(id="p", name="Harbor")
        given = await answer(EditDialog("Edit", SETTING, prospect), ">x", ">enter")
        assert given == {"name": "Harborx"}

    async def test_what_was_typed_is_not_wiped_by_the_next_key(self) -> None:
        prospect = Prospect(id="p", name="Harbor")
        keys = (">tab", "Group", ">tab", ">shift+tab", ">s", ">enter")
        given = await answer(EditDialog("Edit", SETTING, prospect), *keys)
        assert given["company"] == "Groups"

    async def test_a_later_close_date_says_why(self) -> None:
        wrong = WhyLater(correction=True)
        prospect = Prospect(id="p", name="Harbor", close_date=date(2026, 12, 5))
        for keys, why in (("w", wrong), ("b", WhyLater(ReasonKind.BUDGET)), ("n", UNEXPLAINED)):
            app = Harness(EditDialog("Edit", SETTING, prospect))
            async with app.run_test(size=(80, 24)) as pilot:
                app.screen.query_one("#close_date", LineInput).value = "4 Dec"
                await pilot.pause()
                assert not app.screen.query_one("#row-why").display
                app.screen.query_one("#close_date", LineInput).value = "18 Dec"
                await press_all(pilot, ">enter")
                assert app.result == "nothing yet"
                assert app.screen.query_one("#why").has_focus
                await press_all(pilot, keys, ">enter")
            assert app.result["close_date"] == date(2026, 12, 18)
            assert app.result["why"] == why

    async def test_tags_longer_than_a_line_are_kept_and_can_be_edited(self) -> None:
        tags = tuple(f"a rather long tag number {n}" for n in range(20))
        prospect = Prospect(id="p", name="Harbor", tags=tags)
        given = await answer(EditDialog("Edit", SETTING, prospect), ">tab", "Group", ">enter")
        assert "tags" not in given
        dialog = EditDialog("Edit", SETTING, prospect)
        given = await answer(dialog, *[">tab"] * 12, ">end", ", new", ">enter")
        assert given["tags"] == (*tags, "new")


class TestConfirm:
    async def test_only_y_means_yes(self) -> None:
        assert await answer(ConfirmDialog("Sure?", "Really?"), "y") is True
        assert not await answer(ConfirmDialog("Sure?", "Really?"), ">enter")
        assert not await answer(ConfirmDialog("Sure?", "Really?"), "n")
        assert await answer(ConfirmDialog("Sure?", "Really?"), ">right", ">enter") is True

    async def test_won_keeps_the_value_it_shows(self) -> None:
        given = await answer(WonDialog("Won", "USD", "24000 USD"), ">enter")
        assert given == WonDraft(Money(amount=Decimal(24000)))


DIALOGS: list[Callable[[], Dialog[Any]]] = [
    lambda: DropDialog("it"),
    lambda: CallbackDialog("Harbor", TODAY),
    lambda: NurtureDialog("Nurture", TODAY),
    lambda: NextStepDialog("Next", TODAY),
    lambda: NoteDialog("Note"),
    lambda: LogDialog(prospect(), DEFAULTS),
    lambda: AddDialog("Add", SETTING),
    lambda: WonDialog("Won", "USD"),
    lambda: ConfirmDialog("Sure?", "Really?"),
]


async def test_every_dialog_shows_its_hint_at_any_size() -> None:
    app = Harness(DIALOGS[0]())
    async with app.run_test(size=(80, 24)) as pilot:
        for again, make in enumerate(DIALOGS):
            if again:
                await pilot.resize_terminal(80, 24)
                await put(app, pilot, make())
            dialog = app.screen
            assert isinstance(dialog, Dialog)
            assert "esc" in screen_text(app), dialog
            for size in [(60, 20), (20, 5), (160, 48)]:
                await pilot.resize_terminal(*size)
                await pilot.pause()
                foot = dialog.query_one("#foot").region
                assert dialog.region.contains_region(foot), (dialog, size)
            assert "esc" in screen_text(app), dialog
            await pilot.press("escape")
            await pilot.pause()
            assert app.result is None, dialog


async def test_hostile_titles_are_shown_literally() -> None:
    app = Harness(LineDialog("\n".join(HOSTILE[:11]), "\n".join(HOSTILE[11:])))
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.pause()
        await until(pilot, lambda: bool(app.screen.query_one("#heading").region.height))
        app.screen.query_one("#box").scroll_home(animate=False)  # the field below has the focus
        await until(pilot, lambda: "[@click=app.quit]Acme[/]" in screen_text(app))
        text = screen_text(app)
        assert "\x1b" not in text
        assert "\x9b" not in text


async def test_news_that_comes_before_a_dialog_is_built_is_shown_in_it() -> None:
    dialog = NoteDialog("Note")
    dialog.show_news("ann has just dropped it: no budget")
    app = Harness(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await until(pilot, lambda: "! ann has just dropped it: no budget" in screen_text(app))
        dialog.show_news("")
        await until(pilot, lambda: "ann has just" not in screen_text(app))


@pytest.mark.parametrize(
    "dialog",
    [
        KeepDialog("Keep", TODAY, "call", "sun", NO_PRESSURE, calendar=Calendar()),
        BetDialog("Bet", TODAY, 14, date(2026, 11, 22), calendar=Calendar()),
        NextStepDialog("Next", TODAY, action="call", when="sun", calendar=Calendar()),
        NurtureDialog("Nurture", TODAY, first="2026-11-22", calendar=Calendar()),
        CallbackDialog(
            "Harbor",
            TODAY,
            prefill=AgreedCallback(date(2026, 11, 22)),
            evidence=evidence(prospect()),
        ),
    ],
    ids=("keep", "bet", "step", "nurture", "callback"),
)
async def test_a_day_off_is_told_before_enter(dialog: Dialog[Any]) -> None:
    async with Harness(dialog).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert "Sun 22 Nov, in 2 days · no working day of yours" in shown


@pytest.mark.parametrize(
    ("dialog", "day"),
    [
        (KeepDialog("Keep", TODAY, "call", "nextq", NO_PRESSURE, calendar=FREE_MONDAY), "5 Jan"),
        (NextStepDialog("Next", TODAY, action="call", when="nextq", calendar=FREE_MONDAY), "5 Jan"),
    ],
    ids=("keep", "step"),
)
async def test_enter_names_the_working_day_that_stands_below_the_field(
    dialog: Dialog[Any], day: str
) -> None:
    async with Harness(dialog).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        button = next(line for line in screen_text(pilot.app).splitlines() if "enter: " in line)
        assert day in button


async def test_the_step_of_a_new_lead_falls_on_a_working_day_of_the_settings() -> None:
    setting = replace(SETTING, working_from=FREE_MONDAY.working_from)
    given = await answer(AddDialog("Add", setting), "Elm", *[">tab"] * 8, "call nextq", ">enter")
    assert given["step"].on == date(2027, 1, 5)


async def test_an_enter_too_early_takes_no_owner_off_many() -> None:
    app = Harness(OwnerDialog("2 prospects: whose?", ["ann", "raj"], SETTING, {"ann", "raj"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await press_all(pilot, ">enter")
        assert app.result == "nothing yet"
        assert "none leaves them to nobody" in screen_text(app)
        await press_all(pilot, "none", ">enter")
    assert app.result == ""


async def test_an_owner_nearly_called_as_another_is_asked_about_before_a_new_one_is_made() -> None:
    app = Harness(OwnerDialog("Acme: whose?", ["Dana Whitlock", "Tom Reyes"], SETTING, {""}))
    async with app.run_test(size=(80, 24)) as pilot:
        await press_all(pilot, "tom")
        assert "enter: ask whom you mean" in screen_text(app)
        await press_all(pilot, ">enter")
        assert app.result == "nothing yet"
        assert "Did you mean Tom Reyes?" in dialog_words(app)
        assert "the owner is tom then, a new name here" in dialog_words(app)
        await press_all(pilot, ">right")
        assert "enter: the owner is Tom Reyes then" in screen_text(app)
        await press_all(pilot, ">enter")
    assert app.result == "Tom Reyes"


async def test_a_doubtful_owner_entered_twice_is_a_new_one() -> None:
    app = Harness(OwnerDialog("Acme: whose?", ["Tom Reyes"], SETTING, {""}))
    async with app.run_test(size=(80, 24)) as pilot:
        await press_all(pilot, "tom", ">enter", ">enter")
    assert app.result == "tom"


async def test_a_dialog_that_is_too_long_says_which_key_scrolls_it() -> None:
    lines = [f"line {n}" for n in range(12)]
    names = {"a": "Acme", "b": "Bolt"}
    dialog = MergeDialog(names, names, "One phone number\nOne name\nOne town", lambda _: lines, "a")
    app = Harness(dialog)
    async with app.run_test(size=(60, 16)) as pilot:
        await until(pilot, lambda: "▾ more: pgdn" in screen_text(app))
        assert "line 11" not in screen_text(app)
        await press_all(pilot, ">pagedown")
        await until(pilot, lambda: "line 11" in screen_text(app))
