"""The after-call line on a screen: its rows, its dialog alone, and journeys over the board."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from itertools import product
from typing import Any, cast

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from review_board.board.runner import Inline
from review_board.calls.entry import CallEntry, TypedAmount
from review_board.calls.find_outcome import CODES
from review_board.calls.grammar import parse_line
from review_board.calls.recorder import CallRecorder, SaveResult
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.changes import add_note
from review_board.pipeline.vocabulary import Column, Outcome, ReasonKind, SignalKind
from review_board.textlayout import cells
from review_board.tui.actions import ProspectActions
from review_board.tui.board.screen import BoardScreen
from review_board.tui.calls.line_dialog import AfterCallDialog, LineDraft, WhichDialog
from review_board.tui.calls.preview_rows import (
    OUTCOMES,
    ROWS,
    RowStyle,
    mark_under,
    preview_rows,
    reminder,
)
from review_board.tui.calls.record_call import acknowledgement
from tests.memory_store import Disk
from tests.tui.conftest import (
    HARBOR,
    HOSTILE,
    SMALL,
    Harness,
    MakeApp,
    disk_of,
    document,
    open_board,
    ready,
    screen_text,
    toasts,
    until,
)
from tests.tui.fake_app import FakeApp

HARBOR_ID = HARBOR["id"]
SOLID_ID = "p-solid-labs"


def spoken(card: str | None = HARBOR_ID, disk: Disk | None = None) -> CallRecorder:
    return CallRecorder(open_board(disk or disk_of(SMALL)), card)


def rows(text: str, width: int = 72, *, loud: bool = False) -> list[tuple[str, RowStyle]]:
    line = spoken()
    return preview_rows(line.preview(text), line.label, width, loud=loud)


class TestRows:
    def test_whom_what_and_the_turn(self) -> None:
        assert rows('gk "come by"') == [
            ("Harbor Auto Glass (Harbor Group), Active, $24,000, ann", RowStyle.WHOM),
            ("stopped at the gatekeeper · “come by”", RowStyle.STORED),
            (
                "still KEEP in Active: quote of $24,000 from 26 Oct, 4 of 5 attempts,",
                RowStyle.TURN,
            ),
            ("$7.2k at stake", RowStyle.TURN),
        ]

    def test_a_callback_without_a_reason_says_what_enter_asks(self) -> None:
        asks = "enter asks what will have changed by then"
        assert asks in [text for text, _ in rows("cb +3d")]
        assert asks in [text for text, _ in rows("cb +3d because:budget")]
        assert asks not in [text for text, _ in rows('cb +3d because:budget "the vote"')]

    def test_a_step_that_counts_as_agreed_says_how_to_call_it_ones_own(self) -> None:
        tells = "your own plan alone? write ours behind its day"
        assert tells in [text for text, _ in rows("talk+ >offer fri")]
        for line in ("talk+ >offer fri ours", "talk+ >offer fri agreed", "vm >offer fri", "talk+"):
            assert tells not in [text for text, _ in rows(line)]

    def test_what_it_becomes_has_a_row_of_its_own_with_its_reason(self) -> None:
        *_, was, becomes = rows('cb 18jan because:budget "the board votes the budget on 15 Jan"')
        assert was == ("KEEP in Active", RowStyle.TURN)
        assert becomes[0].startswith("becomes  KEEP in Callback-Pending: proven callback on 18 Jan")

    def test_an_error_is_quiet_until_enter(self) -> None:
        assert rows("vmm")[-1] == ("There is no outcome 'vmm'; did you mean vm?", RowStyle.QUIET)
        assert rows("vmm", loud=True)[-1] == (
            "✗ There is no outcome 'vmm'; did you mean vm?",
            RowStyle.LOUD,
        )

    def test_the_codes_that_stand_below_are_not_said_again(self) -> None:
        said = " ".join(text for text, _ in rows("harbor"))
        assert said.endswith("after the name write one of the codes below")

    def test_each_outcome_may_be_written_as_the_table_calls_it(self) -> None:
        for code, meaning in ((c, m) for group in OUTCOMES for c, m in group if m):
            day = " fri" if code == "cb" else ""
            written = parse_line(f"harbor {meaning}{day}", date(2026, 11, 20)).outcome
            assert written is parse_line(f"harbor {code}{day}", date(2026, 11, 20)).outcome

    def test_a_name_with_words_behind_it_lacks_the_outcome(self) -> None:
        assert [text for text, _ in rows("solid left word again")] == [
            "Solid Labs, Active, $52,000, ann",
            'The line does not say how it went; write it like solid vm "left word',
            'again"',
        ]

    @pytest.mark.parametrize("width", [16, 56, 72])
    @pytest.mark.parametrize(
        "text", ["", "o", "o vm", "vm " + '"long words" ' * 2, "cb +3d", "harb"]
    )
    def test_are_never_too_many_nor_too_wide(self, text: str, width: int) -> None:
        found = rows(text, width)
        assert len(found) <= ROWS
        assert all(cells(row) <= width for row, _ in found)

    def test_of_many_some_are_listed(self) -> None:
        many = disk_of(tuple(document(f"Shop {n}") for n in range(9)))
        line = spoken(None, many)
        listed = [
            text for text, _ in preview_rows(line.preview("shop vm"), line.label, 72, loud=False)
        ]
        assert listed[0] == "Any of 9: enter asks which"
        assert listed[-1] == "  and 6 more"

    def test_the_mark_stands_under_the_word_also_in_a_field_that_scrolled(self) -> None:
        text = "日本 vmm"
        board = open_board(disk_of((document("日本"),)))
        error = CallRecorder(board, None).preview(text).error
        assert mark_under(text, error, 0, 72) == "     ^^^"
        assert mark_under(text, error, 4, 72) == " ^^^"
        assert mark_under(text, error, 20, 72) == ""

    def test_every_outcome_is_recalled_and_fits_where_it_is_narrow(self) -> None:
        assert {code for group in OUTCOMES for code, _ in group} == set(CODES)
        for width, answer in product((56, 72), ("?budget=no", "?pain=no", "?challenges=no")):
            rows = reminder(width, answer, "€")
            lines = ["".join(text for text, _ in row).rstrip() for row in rows]
            assert max(map(len, lines)) <= width
            assert len(lines) == 9
            assert any(f"{answer} answer" in line for line in lines)
            assert any("€24k amount" in line for line in lines)

    def test_is_acknowledged_as_on_the_command_line(self) -> None:
        board = open_board(disk_of(SMALL))
        entry = board.entry(HARBOR_ID)
        assert entry
        told = SaveResult(entry, "voicemail left", "A  becomes  B", new=True)
        assert acknowledgement(told, HARBOR_ID) == (
            "Harbor Auto Glass: voicemail left\nA\nbecomes  B"
        )
        assert acknowledgement(told, None).startswith("Harbor Auto Glass in Active: ")
        long = SaveResult(entry, "w" * 500, "A  becomes  B", new=True)
        assert acknowledgement(long, HARBOR_ID).endswith("…\nA\nbecomes  B")
        known = SaveResult(entry, "voicemail left", "", new=False)
        assert acknowledgement(known, HARBOR_ID).endswith(
            "is already on record: nothing was stored"
        )


class Answers(FakeApp):
    """Stands for the app: gives these answers to the dialogs, and keeps what is said."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(*answers)
        self.before_the_last: Callable[[], object] = lambda: None

    async def push_screen_wait(self, screen: Screen[Any]) -> Any:
        if len(self.answers) == 1:
            self.before_the_last()
        return await super().push_screen_wait(screen)


JAN_18 = AgreedCallback(date(2027, 1, 18), time(10, 30), True, ReasonKind.BUDGET, "the vote")


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ('vm "left word"', [CallEntry(Outcome.VOICEMAIL, "left word")]),
        ('talk with:"Hiro Jovanović"', [CallEntry(Outcome.TALKED, contact="c-1")]),
        (
            "quote €30k",
            [CallEntry(Outcome.QUOTE, amount=TypedAmount(Decimal(30000), "EUR"))],
        ),
        (
            'cb 18jan 10:30 because:budget "the vote"',
            [CallEntry(Outcome.DEFERRED, "the vote"), JAN_18],
        ),
    ],
)
async def test_a_contact_is_acknowledged_as_the_line_is(line: str, answers: list[Any]) -> None:
    by_line, by_dialog = Answers(LineDraft(line, spoken().preview(line))), Answers(*answers)
    assert await ProspectActions(by_line, open_board(disk_of(SMALL))).line(HARBOR_ID)
    assert await ProspectActions(by_dialog, open_board(disk_of(SMALL))).log(HARBOR_ID)
    assert by_dialog.said == by_line.said
    assert by_dialog.said[0].startswith("Harbor Auto Glass: ")
    assert "KEEP in " in by_dialog.said[0]


async def test_the_same_contact_twice_is_one_at_c_and_after_the_line() -> None:
    """Pressed twice, or logged by two after one call."""
    disk, again = disk_of(SMALL), (CallEntry(Outcome.DEFERRED, "the vote"), JAN_18)
    ann, raj = Answers(*again), Answers(*again)
    assert await ProspectActions(ann, open_board(disk)).log(HARBOR_ID)
    board = open_board(disk, "raj")
    stored = board.document(HARBOR_ID)
    assert not await ProspectActions(raj, board).log(HARBOR_ID)
    assert raj.said[0].endswith("is already on record: nothing was stored")
    line = 'cb 18jan 10:30 because:budget "the vote"'
    spoken_by_raj = Answers(LineDraft(line, CallRecorder(board, HARBOR_ID).preview(line)))
    assert not await ProspectActions(spoken_by_raj, board).line(HARBOR_ID)
    assert board.document(HARBOR_ID) == stored
    board.change(HARBOR_ID, lambda p, s: add_note(p, "hm", s), "noted on Harbor")
    once_more = Answers(*again)
    assert not await ProspectActions(once_more, board).log(HARBOR_ID)
    assert once_more.said[0].endswith("nothing was stored; undo takes back: noted on Harbor")


async def test_what_they_gave_is_acknowledged_too() -> None:
    app = Answers(CallEntry(Outcome.ADVANCED, "CFO joins", signal=SignalKind.STEP_AGREED))
    assert await ProspectActions(app, open_board(disk_of(SMALL))).log(HARBOR_ID)
    assert "“CFO joins” · they gave: step agreed\n" in app.said[0]


async def test_a_contact_that_is_refused_is_told_and_not_acknowledged() -> None:
    disk = disk_of(SMALL)
    app = Answers(CallEntry(Outcome.DEFERRED), JAN_18)
    prospect_actions = ProspectActions(app, open_board(disk))
    theirs = replace(JAN_18, change="their own words").stored(date(2026, 11, 20))
    other = open_board(disk, "raj")
    app.before_the_last = lambda: other.change(
        HARBOR_ID, lambda p, _: p.with_changes(callback=theirs), "their callback"
    )
    assert not await prospect_actions.log(HARBOR_ID)
    (told,) = app.said
    assert app.warned == [told]
    assert "raj" in told


def paste(pilot: Pilot[Any], text: str) -> None:
    """As good as typed, and quicker."""
    assert pilot.app.focused
    pilot.app.focused.post_message(events.Paste(text))


class TestDialog:
    async def test_follows_each_key_and_gives_a_whole_line(self) -> None:
        app = Harness(AfterCallDialog(spoken()))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "After the call with Harbor Auto Glass" in screen_text(app)
            await pilot.press("enter")
            await pilot.pause()
            assert "✗ The line is empty" in screen_text(app)
            paste(pilot, "vmm")
            await pilot.pause()
            assert "There is no outcome 'vmm'" in screen_text(app)
            assert "✗" not in screen_text(app)
            await pilot.press("enter")
            await pilot.pause()
            assert "✗ There is no outcome 'vmm'" in screen_text(app)
            field = cast("Input", app.focused)
            assert field.selected_text == "vmm"
            await pilot.press("v", "m")
            await pilot.pause()
            assert "voicemail left" in screen_text(app)
            await pilot.press("enter")
            await pilot.pause()
        assert isinstance(app.result, LineDraft)
        assert (app.result.text, app.result.preview.words) == ("vm", "voicemail left")

    async def test_esc_gives_nothing(self) -> None:
        app = Harness(AfterCallDialog(spoken(), "vm"))
        async with app.run_test(size=(60, 20)) as pilot:
            await pilot.pause()
            assert "voicemail left" in screen_text(app)
            assert all(part in screen_text(app) for part in ("esc cancels", "enter: store it"))
            await pilot.press("escape")
            await pilot.pause()
        assert app.result is None

    async def test_the_title_names_whom_the_line_is_about(self) -> None:
        app = Harness(AfterCallDialog(spoken(), "solid vm"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "After the call with Solid Labs" in screen_text(app)

    async def test_hostile_names_are_literal_text(self) -> None:
        disk = disk_of(tuple(document(n) | {"id": f"p-{i}"} for i, n in enumerate(HOSTILE[:3])))
        line = spoken("p-1", disk)
        app = Harness(AfterCallDialog(line, 'vm "[@click=app.quit]x[/] [/foo]"'))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "Acme [/foo] AG, Active" in screen_text(app)
            assert "“[@click=app.quit]x[/] [/foo]”" in screen_text(app)

    async def test_which_of_several_is_picked_by_its_number(self) -> None:
        line = spoken(None)
        entries = line.preview("o vm").whom
        names = [line.label(entry) for entry in entries]
        app = Harness(WhichDialog("Who is it?", entries, names))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
            assert "Press the number of who it is" in screen_text(app)
            await pilot.press("2", "enter")
            await pilot.pause()
        assert app.result == entries[1].id


class TestOnTheBoard:
    async def test_a_line_is_stored_told_and_taken_back(self, make_app: MakeApp) -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await pilot.press("semicolon", *"vm", "enter")
            await pilot.pause()
            board = app.board
            assert board
            assert board.prospect(SOLID_ID).touches[-1].outcome is Outcome.VOICEMAIL
            assert toasts(app)[-1].startswith("Solid Labs: voicemail left\nstill KEEP")
            await pilot.press("u")
            await pilot.pause()
            assert not board.prospect(SOLID_ID).touches
            await pilot.press("U", "semicolon")
            await pilot.pause()
            assert len(board.prospect(SOLID_ID).touches) == 1
            paste(pilot, "lakeside talk+")
            await pilot.press("enter")
            await pilot.pause()
            assert toasts(app)[-1].startswith("Lakeside Dental in Nurture: talked, progress")
            assert isinstance(app.screen, BoardScreen)
            assert app.screen.here.card_id == SOLID_ID

    async def test_esc_at_a_question_goes_back_to_the_line(self, make_app: MakeApp) -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            board = app.board
            assert board
            await pilot.press("semicolon")
            paste(pilot, 'o cb 18jan "busy"')
            await pilot.press("enter")
            await pilot.pause()
            assert "Who is it?" in screen_text(app)
            await pilot.press("escape")
            await pilot.pause()
            assert cast("Input", app.focused).value == 'o cb 18jan "busy"'
            await pilot.press("enter", "1", "enter")
            await pilot.pause()
            assert "2027-01-18" in screen_text(app)
            assert "what will have changed by 18 Jan" in screen_text(app)
            picked = next(iter(board.column(Column.DROPPED)))
            await pilot.press("escape")
            await pilot.pause()
            assert board.store.seq == 0
            await pilot.press("enter", "tab", "tab", "b", "tab", *"yes", "enter")
            await pilot.pause()
            promise = board.prospect(picked).callback
            assert promise
            assert (promise.reason, promise.change) == (ReasonKind.BUDGET, "yes")
            assert board.prospect(picked).touches[-1].note == "busy"

    async def test_a_conflict_is_told_and_the_line_is_kept(
        self, make_app: MakeApp, disk: Disk
    ) -> None:
        raj = open_board(disk, "raj")
        app = make_app(make_runner=None)
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await pilot.press("semicolon")
            await pilot.pause()
            paste(pilot, "talk+ $70k")
            await pilot.pause()
            theirs = CallRecorder(raj, SOLID_ID)
            found = theirs.preview("talk+ $60k")
            assert found.one
            assert found.call
            theirs.store(found.one, found.call)
            assert app.board
            app.board.catch_up()
            await pilot.press("enter")
            await until(pilot, lambda: any("was not saved" in text for text in toasts(app)))
            await pilot.press("semicolon")
            await pilot.pause()
            assert cast("Input", app.focused).value == "talk+ $70k"

    async def test_on_an_empty_board_a_name_is_needed(self, make_app: MakeApp) -> None:
        app = make_app(disk_of(()), make_runner=lambda _: Inline())
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await pilot.press("semicolon", *"vm", "enter")
            await pilot.pause()
            assert "write it before the outcome" in screen_text(app)
