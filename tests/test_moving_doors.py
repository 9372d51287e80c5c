"""A move demands the same, in the same words, at every door that it is made through."""

import ast
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import review_board
from review_board.errors import ReviewBoardError
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.moves import Move
from review_board.pipeline.records import NextStep
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, Track
from review_board.review.verdicts import Decision, record_decision
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.dialogs.drop import DropDialog
from review_board.tui.dialogs.next_step import NextStepDialog
from review_board.tui.dialogs.nurture import NurtureDialog
from tests.cli.conftest import Shell, shell
from tests.judgement.build import DEFAULTS, TODAY, moment, prospect, recommend
from tests.tui.conftest import Harness, screen_text, type_in, until

__all__ = ["shell"]

DAY = TODAY.day
OVER = "2026-11-01"
OVER_SAID = "1 Nov 2026"
STAMP = Stamp(moment(0), "ann", "1")


@dataclass(frozen=True)
class Case:
    """A move as it is typed, and the words in which it is refused, or else what is stored."""

    to: Column
    day: str = ""
    reason: str = ""
    note: str = ""
    step: str = ""
    refused: str = ""
    stored: Any = None

    @property
    def move(self) -> Move:
        """The move, as a program builds it; Nurture without a day begins as usual."""
        day = date.fromisoformat(self.day) if self.day else None
        first = day or DEFAULTS.first_touch(Track.MONTHLY_EMAIL, DAY)
        return Move(
            self.to,
            step=_step(self.step),
            callback=AgreedCallback(day) if day and self.to is Column.CALLBACK else None,
            track=Track.MONTHLY_EMAIL if self.to is Column.NURTURE else None,
            first=first if self.to is Column.NURTURE else None,
            reason=self.reason or None,
            note=self.note,
        )


def _step(typed: str) -> NextStep | None:
    action, _, day = typed.rpartition(" ")
    return NextStep(action=action, on=date.fromisoformat(day)) if typed else None


NO_NOTE = "This reason needs a line that says what it is"
CASES = [
    Case(Column.ACTIVE, stored="active"),
    Case(Column.ACTIVE, step="demo 2026-11-27", stored="2026-11-27"),
    Case(Column.ACTIVE, step=f"demo {OVER}", refused=f"{OVER_SAID} is over; give a day to come"),
    Case(Column.CALLBACK, refused="A callback needs its day"),
    Case(Column.CALLBACK, day=OVER, refused=f"{OVER_SAID} is over; give a day to come"),
    Case(Column.CALLBACK, day="2027-01-18", stored="2027-01-18"),
    Case(Column.NURTURE, stored="2026-12-21"),
    Case(Column.NURTURE, day="2026-12-03", stored="2026-12-03"),
    Case(Column.NURTURE, day=OVER, refused=f"{OVER_SAID} is over; give a day to come"),
    Case(Column.DROPPED, refused="A drop needs a reason"),
    Case(Column.DROPPED, reason="timing", stored="timing"),
    Case(Column.DROPPED, reason="other", refused=NO_NOTE),
    Case(Column.DROPPED, reason="other", note="moved to the moon", stored="other"),
]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.to} {c.refused or c.stored}")


def stored(document: dict[str, Any]) -> Any:
    """What shows that a move was made."""
    column = document.get("column", "active")
    if column == "active":
        return document.get("next_step", {}).get("on", column)
    part, name = {
        "callback-pending": ("callback", "on"),
        "nurture": ("nurture", "next_on"),
        "dropped": ("drop", "reason"),
    }[column]
    return document[part][name]


@every_case
def test_as_a_program_builds_it(case: Case) -> None:
    if case.refused:
        problem = case.move.problem(DAY)
        assert problem
        assert str(problem).startswith(case.refused)
        with pytest.raises(ReviewBoardError, match=problem.message):
            case.move.apply(prospect(), STAMP, DAY)
        return
    moved = case.move.apply(prospect(), STAMP, DAY)
    assert stored(moved.model_dump(mode="json", exclude_none=True)) == case.stored


@every_case
@pytest.mark.parametrize("command", ["move", "add"])
def test_on_the_command_line(shell: Shell, case: Case, command: str) -> None:
    if command == "add" and case.to is Column.DROPPED:
        return  # nobody is dropped unseen
    options = {
        "--on": case.day,
        "--reason": case.reason,
        "--note": case.note,
        "--next": case.step,
    }
    given = [part for option, value in options.items() if value for part in (option, value)]
    arguments = [command, "Acme", *(["--column"] if command == "add" else []), case.to.value]
    if command == "move":
        shell.ok("add", "Acme")
    if case.refused:
        said = shell.fails(*arguments, *given, status=2)
        assert case.refused in said
    else:
        shell.ok(*arguments, *given)
        assert stored(shell.document("acme")) == case.stored


@every_case
async def test_in_the_dialogs_of_the_board(case: Case) -> None:
    dialog, typed = _dialog(case)
    app = Harness(dialog)
    async with app.run_test(size=(100, 30)) as pilot:
        for keys in typed:
            await (pilot.press(keys[1:]) if keys.startswith(">") else type_in(pilot, keys))
        await pilot.press("enter")
        await until(pilot, lambda: case.refused in screen_text(app))
        assert (app.result == "nothing yet") is bool(case.refused)


def _dialog(case: Case) -> tuple[Dialog[Any], list[str]]:
    """The dialog of a column, and what is typed there; a key is written after ``>``."""
    day = [case.day] if case.day else []
    if case.to is Column.CALLBACK:
        return CallbackDialog("Call back", DAY), day
    if case.to is Column.NURTURE:
        return NurtureDialog("Nurture", DAY), [">tab", *day]
    if case.to is Column.DROPPED:
        letters = {"timing": [">t"], "other": [">o"]}.get(case.reason, [])
        return DropDialog("it"), [*letters, ">tab", *([case.note] if case.note else [])]
    action, _, when = case.step.rpartition(" ")
    return NextStepDialog("Active", DAY), [action, ">tab", when] if when else []


@every_case
def test_in_a_review(case: Case) -> None:
    move, subject = case.move, prospect()
    decision = Decision(
        case.to,
        step=move.step,
        callback=move.callback,
        first=date.fromisoformat(case.day) if case.day and move.first else None,
        reason=move.reason,
        note=move.note,
        against="they go elsewhere",
        start_anew=False,
    )
    made = recommend(subject, TODAY, DEFAULTS)
    if case.to is Column.ACTIVE and not case.step:
        return  # a review demands the next step as well
    if case.refused:
        said = "The day of the callback is over" if case.day and move.callback else case.refused
        with pytest.raises(ReviewBoardError) as error:
            record_decision(subject, decision, made, TODAY, STAMP, settings=DEFAULTS)
        assert said.partition(";")[0] in str(error.value)
        return
    decided = record_decision(subject, decision, made, TODAY, STAMP, settings=DEFAULTS)
    assert stored(decided.model_dump(mode="json", exclude_none=True)) == case.stored


@pytest.mark.parametrize(
    "command",
    [
        ["move", "acme", "active"],
        ["move", "acme", "callback", "--on", "18jan"],
        ["log", "acme cb 18jan"],
    ],
)
def test_a_dropped_one_is_taken_up_at_every_door(shell: Shell, command: list[str]) -> None:
    shell.ok("add", "Acme", "--probability", "0")
    shell.ok("move", "acme", "dropped", "--reason", "timing")
    shell.ok(*command)
    document = shell.document("acme")
    assert document["drop"]["taken_up"]
    assert "probability" not in document


def test_a_customer_who_asks_for_a_call_stays_won(shell: Shell) -> None:
    shell.ok("add", "Acme")
    shell.ok("won", "acme")
    shell.ok("log", "acme cb 18jan")
    document = shell.document("acme")
    assert document["won"]
    assert document["callback"]["on"] == "2027-01-18"


def test_an_option_of_another_column_is_refused_alike(shell: Shell) -> None:
    shell.ok("add", "Acme")
    said = "--on means nothing for Active; it takes --next"
    assert said in shell.fails("move", "acme", "active", "--on", "fri", status=2)
    assert said in shell.fails("add", "Other", "--on", "fri", status=2)


def test_everything_that_is_typed_with_a_new_one_is_stored_or_refused(shell: Shell) -> None:
    assert "--next means nothing for Nurture" in shell.fails(
        "add", "Acme", "--column", "nurture", "--next", "demo fri", status=2
    )
    shell.ok("add", "Acme", "--column", "callback", "--on", "18jan", "--next", "demo fri")
    document = shell.document("acme")
    assert (document["callback"]["on"], document["next_step"]["on"]) == ("2027-01-18", "2026-11-27")


def test_nobody_moves_a_prospect_but_a_move() -> None:
    moving = {"activate", "await_callback", "nurture", "drop", "take_up"}
    package = Path(review_board.__file__).parent
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in moving
        and isinstance(node.value, ast.Name)
        and node.value.id == "changes"
    }
    # A list that comes again tells how its sales stand, with the day and the author of each end.
    assert found == {"pipeline/moves.py", "imports/updating.py"}
