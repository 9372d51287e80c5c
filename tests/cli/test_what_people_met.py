"""What people met in public, through the real command line: what they typed, and what must be told.

One line a cause. ``Step.told`` stands in the answer (stdout and stderr) in this order, ``never`` does
not; a step without ``told`` must only succeed.
"""

import shutil
import sys
from dataclasses import dataclass

import pytest

from review_board.cli.run import run
from tests.cli.conftest import Shell
from tests.cli.test_ascii_fallback import in_ascii

TODAY = "2026-11-29"  # a Sunday


@dataclass(frozen=True)
class Step:
    """A command on a day; ``status`` is the exit status it must have."""

    typed: tuple[str, ...]
    told: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    status: int = 0
    day: str = TODAY


def do(*typed: str, day: str = TODAY) -> Step:
    """A step that only prepares."""
    return Step(typed, day=day)


def log(
    line: str, *told: str, never: tuple[str, ...] = (), status: int = 0, day: str = TODAY
) -> Step:
    """A contact, and what is told of it."""
    return Step(("log", line), told, never, status, day)


CALLA = do("add", "Calla Ltd", "--value", "9k")
KICK_OFF = 'double cb 2026-12-10 because:project "kick-off on the 10th"'
CASES: dict[str, tuple[Step, ...]] = {
    "a time of day is typed as 3pm": (
        CALLA,
        log("calla vm >call fri 3pm", "next: call Fri 4 Dec 15:00"),
        log("calla na >call fri 15:00", "next: call Fri 4 Dec 15:00"),
    ),
    "a day that can be read in one way only": (
        CALLA,
        Step(("edit", "calla", "--close-date", "12/31/2026"), ("close date 31 Dec",)),
        Step(
            ("edit", "calla", "--close-date", "01/02/2027"),
            ("may be Sat 2 Jan or Mon 1 Feb", "2027-01-02 or 2027-02-01"),
            status=2,
        ),
    ),
    "a day that is in no calendar after the next step": (
        CALLA,
        log(
            "calla vm >call 2027-02-30",
            "2027-02-30 is not in the calendar",
            "  calla vm >call 2027-02-30",
            "                 ^^^^^^^^^^",
            never=("By when",),
            status=2,
        ),
    ),
    "days ahead are typed in words": (
        CALLA,
        log('calla cb in 3 months because:budget "board votes"', "call back Sun 28 Feb"),
        log("calla vm >call 2 weeks", "next: call Sun 13 Dec"),
        log("calla em >call next week", "next: call Mon 30 Nov"),
        log("calla na >call eow", "next: call Fri 4 Dec"),
        log("calla gk >call 15/1", "next: call Fri 15 Jan"),
        Step(("edit", "calla", "--close-date", "eoq"), ("close date 31 Dec",)),
    ),
    "a typed day is told as it was understood": (
        Step(("add", "Acme", "--next", "demo in 2 weeks"), ("next: demo Sun 13 Dec",)),
        Step(("edit", "acme", "--next", "call fri 3pm"), ("next step call Fri 4 Dec 15:00",)),
        Step(("move", "acme", "nurture", "--on", "next week"), ("first contact Mon 30 Nov",)),
        Step(("won", "acme", "--on", "3 days ago"), ("won on Thu 26 Nov",)),
        Step(("add", "Beta", "--column", "callback", "--on", "eow"), ("call back Fri 4 Dec",)),
    ),
    "next friday may be one of two": (
        CALLA,
        log("calla vm >call next fri", "Fri 4 Dec or Fri 11 Dec", "^^^^^^^^", status=2),
    ),
    "the next reminder counts from the last real contact": (
        do("add", "Nina Nurture Ltd", "--value", "5k", day="2026-11-01"),
        do(
            *("move", "nina", "nurture", "--track", "monthly-email", "--on", "2026-12-01"),
            day="2026-11-01",
        ),
        log('nina em "newsletter"', day="2026-12-01"),
        log('nina talk "chat at the fair"', day="2026-12-10"),
        Step(("due",), ("Nothing is due today",), day="2026-12-10"),
        Step(("show", "nina"), ("9 Jan",), never=("1 Dec\n",), day="2026-12-10"),
    ),
    "one callback entered again and again puts nobody off": (
        do("add", "Double Ltd", "--value", "9k"),
        log(KICK_OFF, "saved Double Ltd"),
        log(KICK_OFF, "unchanged Double Ltd"),
        log(KICK_OFF, "unchanged Double Ltd"),
        Step(
            ("explain", "double", "--rules"),
            ("KEEP", "proven-callback"),
            never=("serial-deferral",),
        ),
    ),
    "a won deal is cancelled and goes back on the board": (
        do("add", "Bought Ltd", "--value", "20k"),
        do("won", "bought"),
        log('bought in "they cancelled, want a smaller one"'),
        Step(("move", "bought", "active"), ("saved", "taken back"), never=("unchanged",)),
        Step(("list",), ("Active",), never=("Won",)),
    ),
    "the whole word of an outcome": (
        CALLA,
        log("calla voicemail", "saved Calla Ltd: voicemail left"),
        log("calla no answer", "saved Calla Ltd: no answer"),
        log("calla voicemial", "did you mean voicemail?", never=("mailing",), status=2),
    ),
}


@pytest.mark.parametrize("cause", CASES)
def test_what_people_met(shell: Shell, cause: str) -> None:
    for step in CASES[cause]:
        result = shell("--today", step.day, *step.typed)
        answer = result.out + result.err
        assert result.status == step.status, answer
        place = 0
        for told in step.told:
            assert told in answer[place:], answer
            place = answer.index(told, place) + 1
        for never in step.never:
            assert never not in answer


def test_an_older_file_put_back_names_its_cure_before_anything_is_written(shell: Shell) -> None:
    shell.ok("add", "Alpha Co")
    older = shell.path.with_name("old.tmp")
    shutil.copy(shell.path, older)
    shell.ok("add", "Beta Co")
    older.replace(shell.path)
    assert "doctor --restore" in shell("list").err
    shell.ok("doctor", "--restore")
    assert "Beta Co" in shell.ok("list")


def test_a_lost_deal_that_comes_back_keeps_nothing_of_its_end(shell: Shell) -> None:
    rows = shell.path.with_name("lost.csv")
    rows.write_text(
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal probability,Closed Lost Reason\n"
        "1,Solar roof,Closed lost,24000,2026-09-30,0.0,No budget\n",
        "utf-8",
    )
    shell.ok("import", str(rows), "--yes")
    assert "close date 30 Sep" in shell.ok("move", "solar", "active")
    shell.ok("log", 'solar in "they called us back"')
    (best,) = [line for line in shell.ok("best").splitlines() if "Solar roof" in line]
    assert "$0/h" not in best


def test_a_currency_is_told_by_its_code_where_its_sign_cannot_be_written(shell: Shell) -> None:
    shell.ok("add", "Euro Ltd", "--value", "€1.234,56")
    with in_ascii() as written:
        assert run(["list"]) == 0
        sys.stdout.flush()
        told = written.getvalue().decode("ascii")
    assert "EUR 1.23k" in told
    assert "?" not in told
