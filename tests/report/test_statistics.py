"""The weeks of a pipeline: columns at the end of each, signals, purges and what was kept anyway."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop, NextStep, Nurture, Won, touch_of
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Track, Verdict
from review_board.progress import Progress, StoppedError
from review_board.report.look_back import prepare_statistics
from review_board.report.model import Share
from review_board.report.source import DateRange
from review_board.report.statistics import (
    Statistics,
    chart_of,
    chart_section,
    reps_section,
    weeks_from,
    weeks_section,
)
from review_board.report.values import records_json
from review_board.review.scope import Scope
from review_board.tasks.lists import collect_tasks, due_lines
from tests.judgement.build import moment, money, promise, prospect, quote, verdict_record
from tests.office import Office

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


def test_weeks_begin_on_mondays_and_the_last_ends_today() -> None:
    assert weeks_from(date(2026, 11, 12), FRIDAY) == [
        DateRange(date(2026, 11, 9), date(2026, 11, 15)),
        DateRange(MONDAY, FRIDAY),
    ]
    assert weeks_from(FRIDAY, FRIDAY) == [DateRange(MONDAY, FRIDAY)]


def card(name: str, *signals: int, **fields: Any) -> Prospect:
    """A card of ann's, 60 days old, with a buyer's signal so many days ago."""
    touches = tuple(
        touch_of(Outcome.ADVANCED, id=f"t-{ago}", at=moment(ago), by="ann") for ago in signals
    )
    given = {"owner": "ann", "value": money(1000), "created": moment(60), "touches": touches}
    return prospect(id=f"p-{name}", name=name, **(given | fields))


def statistics(board: Board, weeks: int = 3, owner: str = "") -> Statistics:
    from datetime import timedelta

    return prepare_statistics(
        board, board.today.day - timedelta(weeks=weeks - 1), Scope(owner=owner)
    )()


def counts(found: Statistics, column: Column) -> list[int]:
    return [week.columns[column].count for week in found.weeks]


def test_it_says_how_far_it_is_and_stops_when_asked(office: Office) -> None:
    board, progress = office.open(), Progress()
    board.add([card("a"), card("b")], "import")
    prepare_statistics(board, progress=progress)()
    assert (progress.done, progress.total) == (12, 12)
    progress.stop()
    with pytest.raises(StoppedError):
        prepare_statistics(board, progress=progress)()


def test_the_columns_of_each_week_come_from_the_ledger(office: Office) -> None:
    board = office.open()
    board.add([card("a"), card("b")], "import")
    office.clock.turn(days=7)
    board.change("p-a", lambda p, s: changes.drop(p, DropReason.NO_NEED, s), "drop")
    office.clock.turn(days=7)
    board.add([card("c", created=moment(-14))], "add")
    found = statistics(board)
    assert counts(found, Column.ACTIVE) == [2, 1, 2]
    assert counts(found, Column.DROPPED) == [0, 1, 1]


def test_a_win_counts_from_its_day_on_though_it_was_recorded_later(office: Office) -> None:
    board = office.open()
    board.add([card("a"), card("b")], "import")
    office.clock.turn(days=3)
    board.change("p-a", lambda p, _: changes.win(p, Won(on=date(2026, 11, 22))), "won")
    found = statistics(board, 2)
    assert counts(found, Column.ACTIVE) == [1, 1]


def test_before_the_ledger_the_cards_tell_as_far_back_as_decisions_go(board: Board) -> None:
    drop = Drop(at=moment(8), by="ann", reason=DropReason.NO_NEED)
    decided = verdict_record(8, destination=Column.DROPPED, id="v-1")
    dropped = card("old", column=Column.DROPPED, drop=drop, verdicts=(decided,))
    board.add([dropped, card("young", created=moment(1))], "import")
    found = statistics(board)
    assert counts(found, Column.ACTIVE) == [0, 1]
    assert counts(found, Column.DROPPED) == [1, 1]
    began, left_out = weeks_section(found).notes[-2:]
    assert "The weeks before are worked out from the dates on its cards." in began
    assert left_out == "1 week before is left out: nothing was decided on these cards."


def test_what_is_decided_now_changes_no_week_before_the_list_came(board: Board) -> None:
    said = promise(9, 14)
    decided = verdict_record(16, id="v-1")
    waiting = card("waiting", column=Column.CALLBACK, callback=said, verdicts=(decided,))
    board.add([waiting], "import")
    before = counts(statistics(board), Column.CALLBACK)
    board.change("p-waiting", lambda p, s: changes.drop(p, DropReason.NO_NEED, s), "drop")
    assert before == [0, 1, 1]
    assert counts(statistics(board), Column.CALLBACK) == [0, 1, 0]


def test_a_list_that_was_imported_tells_nothing_of_the_weeks_before(board: Board) -> None:
    board.add([card("old"), card("older", created=moment(90))], "import")
    found = statistics(board)
    assert counts(found, Column.ACTIVE) == [2]
    assert not any("begins" in note for note in weeks_section(found).notes)


def test_weeks_without_anything_at_the_beginning_are_left_out(board: Board) -> None:
    board.add([card("young", created=moment(1))], "import")
    assert [week.days.first for week in statistics(board, 5).weeks] == [MONDAY]


def test_the_middle_age_of_the_last_signal_counts_only_what_is_open(board: Board) -> None:
    gone = card("gone", 1, column=Column.NURTURE)
    decided = card("a", 2, verdicts=(verdict_record(8),))
    board.add([decided, card("b", 40, 10), card("c", 30), card("never"), gone], "import")
    now = statistics(board).weeks[-1].signals
    assert (now.median, now.given, now.never) == (10, 3, 1)
    assert statistics(board).weeks[-2].signals.median == 5, "of b's 5 and c's 25 days on Sunday"
    said = chart_section(statistics(board)).notes[0]
    assert said == "3 of 4 open cards ever showed interest, typically 10 days ago."


def test_what_one_buyer_showed_is_not_called_typical(board: Board) -> None:
    board.add([card("a", 0), card("b"), card("c")], "import")
    said = chart_section(statistics(board)).notes[0]
    assert said == "1 of 3 open cards ever showed interest, today."


def test_late_is_what_is_owed_and_has_its_day_behind_it_as_the_list_of_what_is_due(
    board: Board,
) -> None:
    late_step = NextStep(action="send the plan", on=date(2026, 11, 12))
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=date(2026, 8, 1))
    missed = promise(40, -10)
    board.add(
        [
            card("talks", 3, next_step=late_step),
            card("rests", column=Column.NURTURE, nurture=plan),
            card("missed", 50, column=Column.CALLBACK, callback=missed),
            card("quoted", 35, quotes=(quote(35),)),
        ],
        "import",
    )
    lines = due_lines(collect_tasks(board))
    assert sum(line.task.day < FRIDAY for line in lines) == 3, "step, nurture and callback"
    (row,) = records_json(statistics(board).owed)
    assert (row["now"], row["late"], row["later"]) == (2, 1, 0)
    assert sum(line.owed and line.task.day < FRIDAY for line in lines) == 1


@pytest.fixture
def decided(board: Board) -> Board:
    """Three decisions this week: purged, kept as advised, kept against advice and dropped since."""
    against = verdict_record(2, recommended=Verdict.PURGE, id="v-3")
    died = card("died", column=Column.DROPPED, verdicts=(against,), owner="raj")
    purge = {"verdict": Verdict.PURGE, "recommended": Verdict.PURGE}
    purged = verdict_record(1, destination=Column.NURTURE, id="v-1", **purge)
    kept = verdict_record(1, id="v-2", recommended=Verdict.KEEP)
    board.add(
        [
            card("purged", column=Column.NURTURE, verdicts=(purged,)),
            card("kept", verdicts=(kept,)),
            died,
        ],
        "import",
    )
    return board


def test_decisions_are_counted_by_week_and_rep(decided: Board) -> None:
    found = statistics(decided)
    assert [week.decisions.decided for week in found.weeks] == [3]
    assert found.decisions.purge_rate == Share(Decimal("0.3333"))
    assert (found.decisions.kept_against, found.decisions.died) == (1, 1)
    reps = {rep.name: rep.decisions.decided for rep in found.reps}
    assert reps == {"ann": 2, "raj": 1}
    assert {rep.name for rep in statistics(decided, owner="raj").reps} == {"raj"}


def test_the_lines_have_a_gap_where_nothing_is_known(decided: Board) -> None:
    early = card("early", verdicts=(verdict_record(15, id="v-early"),))
    decided.add([early], "import")
    lines = {line.label: line for line in chart_of(statistics(decided))}
    assert lines["Purge rate"].points[1:2] == (None,)
    assert lines["Decisions"].summary == "4 in all"
    assert lines["Hours freed"].summary == "0.0 h a week in all"
    assert len({len(line.points) for line in lines.values()}) == 1


def test_the_tables_hold_the_figures_of_the_weeks_and_reps(decided: Board) -> None:
    found = statistics(decided)
    assert [row[0] for row in weeks_section(found).rows] == [w.days.first for w in found.weeks]
    assert [row[0] for row in reps_section(found).rows] == ["ann", "raj"]


def test_a_spoilt_record_is_left_out(office: Office) -> None:
    from tests.memory_store import Disk

    office.disk = Disk({"prospects": {"p": {"id": "p", "rev": 1, "name": "x", "created": "never"}}})
    assert counts(statistics(office.open()), Column.ACTIVE) == [0]
